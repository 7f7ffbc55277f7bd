"""Systems of rules after the verb that sets them up or carries them out: 建立|干部挂包企业工作制度.

Invariant: a system stands after such a verb and says in at least three characters what it is about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.recognition.names.anchors import back_to, is_anchor
from kg.recognition.names.candidates import Candidate
from kg.recognition.names.clauses import Clause, Role
from kg.recognition.names.lexicon import Lexicon
from kg.recognition.names.shapes import span_of
from kg.recognition.names.tokens import Kind
from kg.recognition.spans import EntityType as T


def systems(clause: Clause, lexicon: Lexicon) -> Iterator[Candidate]:
    """The systems of rules of a clause."""
    yield from _of_phrases(clause, lexicon)
    yield from _wide(clause, lexicon)


def _of_phrases(clause: Clause, lexicon: Lexicon) -> Iterator[Candidate]:
    """建立|干部挂包企业工作制度: a system of rules after the verb that sets it up or carries it out."""
    for phrase in clause.phrases:
        text = clause.text(phrase.first, phrase.last)
        if not _SYSTEM.search(text) or len(text) < _LEAST or text in lexicon.common or text in lexicon.known:
            continue
        if phrase.joiner or phrase.counted or phrase.first == 0:
            continue
        if any(t.kind in (Kind.QUOTE, Kind.BOOK) for t in clause.tokens[phrase.first : phrase.last]):
            continue
        if phrase.last < len(clause.roles) and clause.roles[phrase.last] in (Role.COMMA, Role.COUNT):
            continue
        if is_anchor(clause.tokens[phrase.first - 1].text, lexicon):
            yield Candidate(*span_of(clause, phrase.first, phrase.last), T.PROGRAMME, text, "name-system", 4)


def _wide(clause: Clause, lexicon: Lexicon) -> Iterator[Candidate]:
    """建立|联系外资企业直通车制度: a system of rules whose own words are verbs, which end phrases."""
    tokens, roles = clause.tokens, clause.roles
    for index, token in enumerate(tokens):
        if token.kind is not Kind.WORD or token.text != "制度":
            continue
        if index + 1 < len(tokens) and roles[index + 1] in (Role.CONTENT, Role.COMMA, Role.JOINER, Role.COUNT):
            continue
        first = back_to(clause, index, lambda word: is_anchor(word, lexicon), _OWN, (Kind.WORD,), _MOST_WORDS)
        text = clause.text(first, index + 1)
        if first == 0 or not lexicon.is_a(tokens[first - 1].text, "set-up") or Role.VERB not in roles[first:index]:
            continue
        if _LEAST < len(text) <= _MOST and text not in lexicon.known and lexicon.common.get(text, 0) < 3:
            yield Candidate(*span_of(clause, first, index + 1), T.PROGRAMME, text, "name-system", 4)


_SYSTEM = re.compile(r"(?:制度|管理办法|[级任约诺保号分薪聘究]制)$")
_LEAST, _MOST = 7, 26  # characters of a system's name: 会议制度 is what every place has
_MOST_WORDS = 6  # words of a system's name
_OWN = (Role.CONTENT, Role.SOFT, Role.VERB)
