"""Firms told by the two characters of their own name, as firms' names are made of such: 恒泰|柔性屏, 恒华|电路中心.

Invariant: the two characters begin what is read, are no word that reports of many places share and no pair of
countries or provinces; what follows them is made, run or built by firms.
"""

from __future__ import annotations

import re

from kg.recognition.names.clauses import Clause
from kg.recognition.names.lexicon import Lexicon
from kg.recognition.names.pairs import of_two_places
from kg.recognition.names.tokens import Kind
from kg.recognition.names.wares import begins_with_ware, begins_with_works, measures_output
from kg.recognition.spans import EntityType as T

# Odds, as logarithms, from which two characters are read as a firm's own name: the less tells of a firm, the higher.
LIKELY = 2.0  # in an item of a list of projects, before works, a phase or an output
VERY_LIKELY = 3.5  # before a product or a trade alone
_ALMOST_SURE = 4.0  # before works, as places are called like firms
_LAND = re.compile(
    r"[山河坝湾岭坪塘沟岗洼溪江湖镇乡村寨屯庄桥口洲岛峡营堡店家关川原塬滩港城区州县市路门坡冲井东南西北中]$"
)
_REGIONS = re.compile(r"[华中][东南西北中原]|[东西南北]部|.[东西南北]")
_NO_WORKS = (T.PLACE, T.ZONE, T.FACILITY, T.ORGANIZATION, T.POLICY, T.PROGRAMME)


def ends_like_land(text: str) -> bool:
    """Whether a text ends as places do that no list holds: 某湾, 某家岭."""
    return _LAND.search(text) is not None


def _own(clause: Clause, first: int, last: int, lexicon: Lexicon, least: float) -> int | None:
    """The index after two characters that are a firm's own by at least such odds, if more follows them."""
    tokens = clause.tokens
    stop = first + 1 if len(tokens[first].text) == 2 else first + 2
    if stop >= last or any(t.kind is not Kind.WORD for t in tokens[first:stop]):
        return None
    own = clause.text(first, stop)
    if len(own) != 2 or own in lexicon.common or lexicon.odds.of(own) < least:
        return None
    return None if of_two_places(own) else stop  # 中德|工业园


def likely_owner(clause: Clause, first: int, last: int, lexicon: Lexicon) -> tuple[int, int] | None:
    """The firm before a product that works bear in their name: 恒华|电路中心."""
    stop = _own(clause, first, last, lexicon, _ALMOST_SURE)
    if stop is None:
        return None
    own, rest = clause.text(first, stop), clause.text(stop, last)
    if _REGIONS.fullmatch(own) or ends_like_land(own):
        return None
    return (first, stop) if begins_with_ware(rest) and not rest.endswith("站") else None


def likely_beginning(clause: Clause, first: int, last: int, lexicon: Lexicon, listed: bool) -> int | None:
    """The index after a firm before a product or works (恒泰|柔性屏), its phase or output; in lists before any noun."""
    tokens = clause.tokens
    stop = _own(clause, first, last, lexicon, LIKELY)
    if stop is None:
        return None
    rest = clause.text(stop, last)
    goes_on = begins_with_ware(rest) or begins_with_works(rest) or lexicon.is_a(rest, "phase")
    output = tokens[stop].kind is Kind.NUMBER and stop + 1 < last and measures_output(clause.text(stop + 1, stop + 3))
    noun = listed and tokens[stop].kind is Kind.WORD and len(tokens[stop].text) > 1 and tokens[stop].pos[:1] in "nvbl"
    noun = noun and lexicon.head_of(rest) is None
    return stop if goes_on or output or noun else None


def likely_maker(clause: Clause, first: int, last: int, lexicon: Lexicon) -> int | None:
    """The index after a firm, and the trade that follows its own name, before what it makes."""
    tokens = clause.tokens
    stop = _own(clause, first, last, lexicon, VERY_LIKELY)
    if stop is None or lexicon.is_a(clause.text(first, stop), "general", "soft"):
        return None
    rest = clause.text(stop, last)
    heads = (lexicon.head_of(rest), lexicon.head_of(tokens[stop].text))
    if any(head is not None and head[1].type in _NO_WORKS for head in heads):
        return None  # 恒阳|客车站
    output = (
        stop + 1 < last
        and "一" <= tokens[stop].text[0] <= "鿿"
        and (tokens[stop + 1].kind is Kind.NUMBER or tokens[stop + 1].text == "年产")
    )
    trade = lexicon.is_a(tokens[stop].text, "enterprise-trade") or output  # 恒岳钻石|年产…
    return stop + trade if trade or begins_with_ware(rest) else None
