"""Pilot schemes whose own words are verbs (开展|排污权有偿使用试点), and those that a list names (甲、乙等试点).

Invariant: a scheme stands after a verb of carrying out or taking up, opens an item that says how it goes, or is an item
of a list summed up as pilot schemes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.recognition.names.anchors import back_to, is_anchor
from kg.recognition.names.candidates import Candidate
from kg.recognition.names.clauses import Clause, Role
from kg.recognition.names.evidence import evidence
from kg.recognition.names.groups import Group
from kg.recognition.names.lexicon import Lexicon
from kg.recognition.names.shapes import span_of
from kg.recognition.spans import EntityType as T


def pilot_schemes(clause: Clause, lexicon: Lexicon) -> Iterator[Candidate]:
    """开展|排污权有偿使用试点, …试点|工作有序推进: a pilot scheme whose own words are verbs, which end phrases."""
    tokens, roles = clause.tokens, clause.roles
    for index, token in enumerate(tokens):
        if token.text != "试点" or (index + 1 < len(tokens) and lexicon.is_a(tokens[index + 1].text, "of-pilots")):
            continue
        first = back_to(clause, index, lambda word: _leads(word, lexicon), _OWN)
        text = clause.text(first, index + 1)
        led = first > 0 and _leads(tokens[first - 1].text, lexicon)
        opens = first == 0 or roles[first - 1] in (Role.COMMA, Role.JOINER)
        said = opens and _GOES_ON.match(clause.after(index + 1))
        if not (led or said) or not _LEAST <= len(text) <= _MOST or text in lexicon.common:
            continue
        if led and first > 1 and roles[first - 2] is Role.JOINER:
            continue
        if _EVERY.search(text) or text in lexicon.known:
            continue
        yield Candidate(*span_of(clause, first, index + 1), T.PROGRAMME, text, "name-pilot", 4)


def listed_pilots(clause: Clause, group: Group, lexicon: Lexicon) -> Iterator[Candidate]:
    """A、B等试点: every item is a pilot scheme."""
    summary = group.summary
    if summary is None or not _PILOTS.fullmatch(clause.text(summary.first, summary.last)):
        return
    for item in group.items:
        text = clause.text(item.first, item.last)
        proof = evidence(clause.tokens[item.first : item.last], "", lexicon)
        if text in lexicon.known or lexicon.is_a(text, "general") or not (proof.content or proof.proper):
            continue
        name = text if text.endswith("试点") else text + "试点"
        yield Candidate(*span_of(clause, item.first, item.last), T.PROGRAMME, name, "name-listed", 5)


def _leads(word: str, lexicon: Lexicon) -> bool:
    """Whether a pilot scheme's name may begin right after a word: 实施, 支持, 承担."""
    return is_anchor(word, lexicon) or lexicon.is_a(word, "take-up")


_LEAST, _MOST = 7, 26  # characters of a pilot scheme's name
_EVERY = re.compile(
    r"^(?:全国|国家级?|省级?|市级?|首批|各类|各项|多项|一批|改革|国家和省|成为|入选|获批|列为|被列|纳入)*(?:综合|改革|示范|先行|专项)*试点$|^(?:成为|入选|获批|列为|被|纳入|选择|选取|作为)"
)
_GOES_ON = re.compile(
    r"(?:工作|建设|经验|任务|改革)?(?:正式|有序|顺利|稳步|扎实|全面|深入|成功|持续|加快|取得|在全|获|入选|成效|进展|启动|推进)"
)
_OWN = (Role.CONTENT, Role.SOFT, Role.VERB, Role.ADVERB)
_PILOTS = re.compile(r"(?:\d+[项个])?(?:国家级?|省级|全国|全省|重大|改革|创新)*试点(?:工作|任务|示范)?")
