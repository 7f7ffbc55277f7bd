"""Sights, halls and markets by the name they open under: 某某王国|开园, 甲乙1939、|丙丁古镇|开业运营.

Invariant: a name stands at the beginning of a clause, alone or in a row, holds no word of grammar, and is no class of
such things.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.recognition.names.candidates import Candidate
from kg.recognition.names.clauses import Clause, Role
from kg.recognition.names.lexicon import Lexicon
from kg.recognition.names.shapes import span_of
from kg.recognition.names.tokens import Kind
from kg.recognition.spans import EntityType as T

_OPENS = re.compile(
    r"(?:火爆|正式|盛大|顺利|相继|陆续|成功|建成|竣工|全新|全面|如期|惊艳|隆重|试)*"
    r"(?P<deed>开园|开街|开城|开业|免费(?:向[一-鿿]{2,4})?开放)(?=迎客|运营|营业|纳客|$)"
)
_SETTLED = (T.PLACE, T.ZONE, T.FACILITY)
_SHORTEST, _LONGEST = 3, 10  # characters of a name


def openings(clause: Clause, lexicon: Lexicon) -> Iterator[Candidate]:
    """What opens in a clause, each member of a row."""
    for index in range(1, len(clause.tokens)):
        opens = _OPENS.match(clause.after(index))
        if opens is None:
            continue
        first = 0
        for stop in (*(n for n in range(index) if clause.roles[n] is Role.COMMA), index):
            yield from _name(clause, first, stop, opens["deed"], lexicon)
            first = stop + 1
        return


def _name(clause: Clause, first: int, last: int, deed: str, lexicon: Lexicon) -> Iterator[Candidate]:
    words = clause.tokens[first:last]
    text = clause.text(first, last)
    if not _SHORTEST <= len(text) <= _LONGEST or text in lexicon.common or words[0].kind is Kind.NUMBER:
        return
    if any(role is not Role.CONTENT for role in clause.roles[first:last]) or any(
        t.kind not in (Kind.WORD, Kind.NUMBER, Kind.PLACE) or lexicon.is_a(t.text, "general") for t in words
    ):
        return
    head = lexicon.head_of(text)
    if head is not None and head[1].type not in _SETTLED:
        return
    if all(t.text in lexicon.common for t in words) or (head is not None and head[0] == text):
        return  # 公共文化|场馆
    kind = head[1].type if head is not None and head[1].type is not T.PLACE else T.ZONE if "园" in deed else T.FACILITY
    yield Candidate(*span_of(clause, first, last), kind, text, "name-opening", 3)
