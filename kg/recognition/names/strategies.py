"""Strategies after the verb that carries them out: 落实|强省会战略, 实施|服务业提升战略.

Invariant: a strategy stands after such a verb, bears words of its own and is none of those that every place has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.recognition.names.anchors import back_to, is_anchor
from kg.recognition.names.candidates import Candidate
from kg.recognition.names.clauses import Clause, Phrase, Role
from kg.recognition.names.evidence import evidence
from kg.recognition.names.lexicon import Lexicon
from kg.recognition.names.shapes import span_of
from kg.recognition.names.tokens import Kind
from kg.recognition.spans import EntityType as T


def strategies(clause: Clause, lexicon: Lexicon) -> Iterator[Candidate]:
    """The strategies of a clause."""
    yield from _of_phrases(clause, lexicon)
    yield from _wide(clause, lexicon)


def _of_phrases(clause: Clause, lexicon: Lexicon) -> Iterator[Candidate]:
    """落实|强省会战略: a strategy after the verb that carries it out."""
    for phrase in clause.phrases:
        last = next(
            (n + 1 for n in range(phrase.first, phrase.last) if clause.tokens[n].text.endswith("战略")), phrase.first
        )
        text = clause.text(phrase.first, last)
        yield from _two(clause, phrase, last, lexicon)
        row = phrase.joiner == "、" and clause.before(phrase.first).endswith("战略、")
        if len(text) < _LEAST or (phrase.joiner and not row) or phrase.counted:
            continue
        if text in lexicon.known or _PLAIN.search(text):
            continue
        if any(t.kind in (Kind.QUOTE, Kind.BOOK) for t in clause.tokens[phrase.first : last]):
            continue
        if not phrase.verbs or not is_anchor(phrase.verbs[-1], lexicon):
            continue
        proof = evidence(clause.tokens[phrase.first : last], "战略", lexicon)
        if proof.proper or proof.content or lexicon.common.get(text, 0) < 3:
            yield Candidate(*span_of(clause, phrase.first, last), T.PROGRAMME, text, "name-strategy", 5)


def _wide(clause: Clause, lexicon: Lexicon) -> Iterator[Candidate]:
    """实施|服务业提升战略: a strategy whose own words are verbs, which end phrases."""
    tokens, roles = clause.tokens, clause.roles
    for index, token in enumerate(tokens):
        if token.kind is not Kind.WORD or not token.text.endswith("战略"):
            continue
        if index + 1 < len(tokens) and roles[index + 1] is Role.CONTENT:
            continue
        first = back_to(clause, index, lambda word: is_anchor(word, lexicon), _OWN, most=_MOST_WORDS)
        text = clause.text(first, index + 1)
        if first == 0 or not is_anchor(tokens[first - 1].text, lexicon) or _PLAIN.search(text):
            continue
        if len(text) >= _LEAST and text not in lexicon.known and lexicon.common.get(text, 0) < 3:
            yield Candidate(*span_of(clause, first, index + 1), T.PROGRAMME, text, "name-strategy", 5)


def _two(clause: Clause, phrase: Phrase, last: int, lexicon: Lexicon) -> Iterator[Candidate]:
    """实施|创新驱动|和|人才强市战略: both are strategies."""
    before = next((p for p in clause.phrases if p.last == phrase.first - 1), None)
    if phrase.joiner not in ("和", "与") or before is None or before.first == 0 or before.counted:
        return
    text, other = clause.text(phrase.first, last), clause.text(before.first, before.last)
    words = (*clause.tokens[before.first : before.last], *clause.tokens[phrase.first : last])
    if not text.endswith("战略") or any(t.kind is not Kind.WORD for t in words):
        return
    if not is_anchor(clause.tokens[before.first - 1].text, lexicon) or other.endswith("战略"):
        return
    if len(text) < _LEAST_OF_TWO + 2 or len(other) < _LEAST_OF_TWO or _PLAIN.search(text) or _PLAIN.search(other):
        return
    start, end = span_of(clause, before.first, last)
    yield Candidate(start, end, T.PROGRAMME, other + "战略", "name-shared-head", 6, nested=True)
    yield Candidate(*span_of(clause, phrase.first, last), T.PROGRAMME, text, "name-strategy", 6)


_LEAST = 5  # characters of a strategy's name: 人才战略 is what every place has
_LEAST_OF_TWO = 4  # characters of what a strategy's name says of its own, where two have one head
_MOST_WORDS = 6  # words of a strategy's name
_OWN = (Role.CONTENT, Role.SOFT, Role.VERB, Role.ADVERB)
_PLAIN = re.compile(r"^(?:国家|重大|重要|发展|系列|各项|上述|以上|省委|市委|中央)|(?:重大|重要|总体|系列|长远)战略$")
