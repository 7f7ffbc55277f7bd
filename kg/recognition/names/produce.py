"""Produce called after where it comes from: 某县脐橙, 某州茶叶. A brand of its place. So is what a geographical
indication protects, whatever it is called.

Invariant: the place stands directly before the produce, and what follows goes on to no other thing (…产业园, …博览会).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.recognition.names.candidates import Candidate
from kg.recognition.names.clauses import Clause, Role
from kg.recognition.names.lexicon import Lexicon
from kg.recognition.names.listings import items_before
from kg.recognition.names.shapes import span_of
from kg.recognition.names.tokens import Kind
from kg.recognition.spans import EntityType as T

_TRADE = frozenset({"产业", "品牌", "公用品牌", "系列", "公共品牌"})
_WARES = re.compile(r"等[^，。；]{0,12}?(?:品牌|产品|特产|名品|产业|美食|商标|食材|名优)(?!园|基地|示范)")
_MOST = 3  # words of a kind of produce


def produce(clause: Clause, lexicon: Lexicon) -> Iterator[Candidate]:
    """The produce of a clause that bears the name of a place."""
    tokens, roles = clause.tokens, clause.roles
    for index, token in enumerate(tokens):
        if token.kind is not Kind.PLACE:
            continue
        for last in range(min(len(tokens), index + 1 + _MOST), index + 1, -1):
            if not lexicon.is_a(clause.text(index + 1, last), "ware"):
                continue
            after = tokens[last] if last < len(tokens) else None
            goes_on = after is not None and roles[last] in (Role.CONTENT, Role.SOFT) and after.text not in _TRADE
            trade = after is not None and after.text == "产业"
            if trade and last + 1 < len(tokens) and roles[last + 1] is Role.CONTENT:
                goes_on = True  # …产业|园
            if after is not None and roles[last] is Role.ETC and not _WARES.match(clause.after(last)):
                goes_on = True  # …等现代农业园区
            begins = index and tokens[index - 1].kind is Kind.PLACE and roles[index - 1] is Role.CONTENT
            if not goes_on and not begins:
                span = span_of(clause, index, last)
                yield Candidate(*span, T.BRAND, clause.text(index, last), "name-produce", 4)
            break


_PROTECTION = re.compile(r"(?:国家级?|全国|中国)?(?:农产品)?地理标志")
_LONGEST = 8


def protected(clause: Clause, lexicon: Lexicon) -> Iterator[Candidate]:
    """What a geographical indication protects: 岗岭羊、花溪木耳|国家地理标志产品."""
    roles = clause.roles
    for index in range(2, len(clause.tokens)):
        if roles[index - 1] is not Role.CONTENT or not _PROTECTION.match(clause.after(index)):
            continue
        for first, last in items_before(clause, index, lexicon):
            text = clause.text(first, last)
            counted = any(roles[n] in (Role.COUNT, Role.FUNCTION, Role.VERB) for n in range(first, last))
            if not counted and 2 <= len(text) <= _LONGEST and text not in lexicon.common:
                yield Candidate(*span_of(clause, first, last), T.BRAND, text, "name-produce", 5)
        return
