"""Roads and lines by their ends, where words that elsewhere are grammar belong to the name: 雷山|至|榕江高速公路,
甲|自|快速通道, 甲|会、丙|丁高速公路.

Invariant: only the words around a token decide, before their roles are known; a road, street or line follows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.recognition.names.tokens import Kind, Token


def joins_ends(tokens: Sequence[Token], index: int) -> bool:
    """Whether 至 joins the two ends of a road or line: 雷山至榕江高速公路."""
    before = tokens[index - 1] if index else None
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    if before is None or after is None or Kind.NUMBER in (before.kind, after.kind):
        return False
    if before.kind is Kind.BRACKET and index > 1:
        before = tokens[index - 2]  # 贵阳（乌当）至瓮安高速公路
    if before.kind is not Kind.PLACE and not (before.kind is Kind.WORD and before.pos in ("ns", "nr", "nz", "n")):
        return False
    rest = "".join(t.text for t in tokens[index + 1 :])
    if tokens[index].text == "经":
        return bool(re.match(r"[^，。、的]{2,8}[至到][^，。、的]{2,12}", rest))
    told = index > 1 and tokens[index - 2].text in ("从", "由", "自")
    listed = before.kind is after.kind is Kind.PLACE and not told
    if not told and (_NEXT_ROUTE.match(rest) or (index > 2 and _ROUTE_BEFORE.search(_before(tokens, index)))):
        return True
    return bool(re.match(_LINE, rest) or (listed and re.match(_LISTED_LINE, rest)))


_NEXT_ROUTE = re.compile(r"[^，。、的]{1,6}、[^，。、的至到]{2,6}[至到][^，。、的]{2,8}")
_ROUTE_BEFORE = re.compile(r"[^，。、的]{2,6}[至到][^，。、的]{2,8}、[^，。、的]{2,6}$")


def _before(tokens: Sequence[Token], index: int) -> str:
    return "".join(t.text for t in tokens[max(0, index - 10) : index])


_STREETS = frozenset("桥路街巷")


def listed_alike(tokens: Sequence[Token], index: int) -> bool:
    """Whether a word stands between 、 and a street or bridge, after another that ends likewise: 文昌桥、|利民|桥."""
    if index + 1 >= len(tokens) or tokens[index + 1].text not in _STREETS:
        return False
    last = index + 2 == len(tokens) or tokens[index + 2].kind is not Kind.WORD or len(tokens[index + 2].text) == 1
    before = tokens[:index]
    return last and len(before) > 1 and before[-1].kind is Kind.COMMA and before[-2].text == tokens[index + 1].text


def in_initials(tokens: Sequence[Token], index: int) -> bool:
    """Whether a character stands in a row of two to five single ones that a road or railway follows: 甲|自|快速通道."""
    first = last = index
    while first and tokens[first - 1].kind is Kind.WORD and len(tokens[first - 1].text) == 1:
        first -= 1
    while last + 1 < len(tokens) and tokens[last + 1].kind is Kind.WORD and len(tokens[last + 1].text) == 1:
        last += 1
    row = "".join(t.text for t in tokens[first : last + 1])
    after = tokens[last + 1] if last + 1 < len(tokens) else None
    line = after is not None and bool(_FAST_LINE.match(after.text))
    return line and 2 <= len(row) <= 5 and not any(c in _NO_INITIALS for c in row)


_FAST_LINE = re.compile(r"快速通道|快速路|高速|高铁|铁路|城际")
_NO_INITIALS = frozenset("暨的了和与及等将已为在把对以到至从有可一二三四五六七八九十两条座个改扩新建续快修通各")


def inside_initials(tokens: Sequence[Token], index: int) -> bool:
    """Whether a character is the middle one of a line named after three places: 甲|自|丙 in a list of railways."""
    if not 0 < index < len(tokens) - 1:
        return False
    around = (tokens[index - 1], tokens[index + 1])
    if any(t.kind is not Kind.WORD or len(t.text) != 1 or t.text in "、等和与及的" for t in around):
        return False
    before = tokens[index - 2] if index > 1 else None
    after = tokens[index + 2] if index + 2 < len(tokens) else None
    if (before is not None and before.kind is Kind.WORD and len(before.text) == 1) or after is None:
        return False
    ends = after.kind is Kind.COMMA or after.text in ("等", "和", "及", "与") or bool(_RAIL.match(after.text))
    return ends and bool(_RAIL.search("".join(t.text for t in tokens[index + 2 :])))


_RAIL = re.compile(r"高铁|铁路|高速|公路|城际")
_LINE = re.compile(
    r"[^，。、的]{1,8}?(?:高速|铁路|公路|高铁|快速|段|航道|大道|隧道|通道|线|[^，。、的]{0,6}?(?:班列|专列|输变电|直流|特高压))"
)
LINE_ENDS = re.compile(
    r"(?:[—–\-~][^，。、的]{2,4}?)*"
    r"(?:、[^，。、的]{2,10}?[—–\-~][^，。、的]{2,4}?)*(?:(?:[两二三四五六七八九]|\d{1,2})条)?"
    r"(?:城际|客专)?(?:高速公路|高速|铁路|高铁|快铁|公路|城际|客专|航线|段|(?:旅游|快速)*大?通道|输气管道|管道|[^，。、的]{0,5}班列|[^，。、的]{0,12}枢纽)"
)
_LISTED_LINE = re.compile(r"[^，。的]{2,60}?(?:\d+条|等)?(?:高速|铁路|公路|高铁|快速路)")


def ends_initials(tokens: Sequence[Token], index: int) -> bool:
    """Whether a character is the second one of a line named after two places: 甲|会、丙|丁高速公路."""
    if not 0 < index < len(tokens) - 1 or tokens[index + 1].kind is not Kind.COMMA or tokens[index].text in "等和与及":
        return False
    first = tokens[index - 1]
    if first.kind is not Kind.WORD or len(first.text) != 1:
        return False
    return bool(_LISTED_RAIL.match("".join(t.text for t in tokens[index + 1 :])))


def between_initials(tokens: Sequence[Token], index: int) -> bool:
    """Whether a conjunction stands between two lines named by one character of each end: 甲|乙|和|丙|丁高速公路."""
    around = (*tokens[max(0, index - 2) : index], *tokens[index + 1 : index + 3])
    if len(around) < 4 or any(t.kind is not Kind.WORD or len(t.text) != 1 for t in around):
        return False
    return index + 3 < len(tokens) and bool(_RAIL.match(tokens[index + 3].text))


_LISTED_RAIL = re.compile(r"(?:、[^，。、]{2,3})*[、和][^，。、]{2,3}?(?:高速|铁路|高铁|公路|城际)")
