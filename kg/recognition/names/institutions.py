"""Institutions that are neither party nor state: schools and hospitals by number or level, hosts of branches, branches
of banks, liaison offices, newspapers.

Invariant: every body begins at the edge of a word, with a place, a level (市, 县), a number, or stands in book
marks.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from kg.recognition.names.candidates import Candidate
from kg.recognition.places import PlaceSpan
from kg.recognition.spans import EntityType as T

_N = "[一二三四五六七八九十]{1,3}"
_HOST = re.compile(
    r"(?:图书馆|医院|保健院|保健中心|救治中心|疾病预防控制中心|疾控中心|急救中心|中学|小学|学校|学院|大学|幼儿园)"
    r"(?=新馆|新院|新校区|新址|院区|分院|分校|分馆|迁建|整体搬迁|[一-鿿]{2,4}?(?:院区|校区|分院|分校|分馆)(?:[，。、和及]|建|投|一期|二期|主体|启|开))"
)
_NUMBERED = re.compile(
    rf"第{_N}(?:初级|高级|实验|职业|民族|完全)?(?:中学|小学|人民医院|中医院|中医医院|医院|幼儿园|高级中学)(?![生校级])"
)
_PRESS = re.compile(r"《(?P<name>[一-鿿]{2,4}(?:日报|晚报|时报))》")
_LIAISON = re.compile(r"驻[一-鿿（）]{2,8}(?:联络处|办事处)")
_TOWN_OFFICE = re.compile(r"[一-鿿]{2,10}办公室(?=[被获荣、，。和])")
_TOWNSHIP_OFFICE = re.compile(r"(?:(?<=[，。、；\n])|^)[一-鿿]{2,4}(?:镇|乡|街道)[一-鿿]{2,12}办公室(?=[被获荣])")
_HOSPITAL = re.compile(
    rf"(?P<level>[省市县区州旗])(?:第?{_N})?(?:人民|中|中医|中西医结合|妇幼|儿童|肿瘤|传染病|口腔|康复|妇女儿童)?医院(?![长感])"
)
_SCHOOL = re.compile(
    rf"(?P<level>[市县区州旗])(?:{_N}[中小]|{_N}院|{_N}幼|{_N}医|实验[中小]学|职教中心|高级?中学?|职高)"
    r"(?=[、，。；（和及与等新整扩改迁建搬主高初教综宿投启门]|$)"
)
_SHORT_SCHOOL = re.compile(
    r"(?:师大|工大|农大|医大|财大|林大|理工大|民大|交大|职院|幼专|医专|农科院|社科院|林科院|工研院)(?!学)"
)
_STANDARDS = re.compile(r"全国[一-鿿]{2,16}?(?:标准化技术委员会|分技术委员会|标委会|分标委)")
_SOCIETY = re.compile(
    r"(?:中国|全国|国际|世界|亚洲|全球)(?!性|各|多)[一-鿿]{2,10}?(?:学会|协会|联合会|研究会|基金会|联盟|总会)(?![员长议成])"
)
_GENERAL_BEFORE = "省市县区州旗级各个所家座的等境"
_PREPOSITIONS = "与和同及在对由"
_LEVELS = "省市县区州旗"
_REACH = 14  # characters before the word for a body, within which it begins


_BANKS = re.compile(
    r"(?P<first>(?:[一-鿿]{2,6}(?:银行|农商行)、?(?:和|、)?)+?)(?P<last>[一-鿿]{2,6}(?:银行|农商行))(?P<where>[一-鿿]{2,4}[分支]行)"
)


def _branches(norm: str, start: int, end: int, edges: Collection[int]) -> Iterator[Candidate]:
    """Branches of several banks in one breath: 甲银行、乙银行|某地分行. The last is read by itself."""
    for match in _BANKS.finditer(norm, start, end):
        if match.start() not in edges:
            continue
        for bank in re.split("[、和]", match["first"].rstrip("、和")):
            name = bank + match["where"]
            yield Candidate(match.start(), match.end(), T.ORGANIZATION, name, "name-shared-head", 9, nested=True)


def institutions(
    norm: str, start: int, end: int, places: Mapping[int, PlaceSpan], edges: Collection[int], home: str
) -> Iterator[Candidate]:
    """Such bodies in ``norm[start:end]``; ``places`` are the places there by where they end, ``edges`` where words
    begin, ``home`` the code of the place that reports: 县医院 is one hospital only where a county speaks.
    """
    for match in _HOST.finditer(norm, start, end):
        first = _host_begins(norm, start, match, places, edges)
        if first is not None:
            yield _body(norm, first, match.end(), nested=True)
    for match in _NUMBERED.finditer(norm, start, end):
        if match.start() in edges and match.start() not in places and norm[match.start() - 1] not in _LEVELS:
            inside = _HOST.search(norm, match.start(), end)
            branch = inside is not None and inside.end() == match.end()
            yield _body(norm, match.start(), match.end(), nested=branch)
    for match in _PRESS.finditer(norm, start, end):
        yield _body(norm, *match.span("name"), nested=False)
    for match in _LIAISON.finditer(norm, start, end):
        if match.start() in edges and any(match.start() < place < match.end() for place in places):
            yield _body(norm, match.start(), match.end(), nested=False)
    for match in _TOWN_OFFICE.finditer(norm, start, end):
        place = places.get(match.start())
        if place is not None:
            yield _body(norm, place.start, match.end(), nested=False)
    for match in _TOWNSHIP_OFFICE.finditer(norm, start, end):
        yield _body(norm, *match.span(), nested=False)
    levels = "省" if home.endswith("0000") else "市州" if home.endswith("00") else "县区市旗"
    for match in _HOSPITAL.finditer(norm, start, end):
        at = match.start()
        if at in edges and at and match["level"] in levels and norm[at - 1] not in _GENERAL_BEFORE and at not in places:
            yield _body(norm, at, match.end(), nested=True)
    for match in _SCHOOL.finditer(norm, start, end):
        at = match.start()
        if at in edges and at and match["level"] in levels and norm[at - 1] not in _GENERAL_BEFORE and at not in places:
            yield _body(norm, at, match.end(), nested=True)
    for match in _SHORT_SCHOOL.finditer(norm, start, end):
        for at in (match.start() - 2, match.start() - 1):
            if norm[at] in _PREPOSITIONS:
                continue  # 与|哈工大
            if at >= start and at in edges and match.end() in edges and _PLAIN.fullmatch(norm, at, match.start()):
                place = places.get(at)
                yield _body(norm, at if place is None else place.start, match.end(), nested=True)
                break
    yield from _branches(norm, start, end, edges)
    for match in _SOCIETY.finditer(norm, start, end):
        if match.start() in edges and match.end() in edges:
            yield _body(norm, *match.span(), nested=True)
    for match in _STANDARDS.finditer(norm, start, end):
        yield _body(norm, *match.span(), nested=False)


def _body(norm: str, start: int, end: int, *, nested: bool) -> Candidate:
    rule, sure = ("name-nested", 1) if nested else ("name-institution", 5)
    return Candidate(start, end, T.ORGANIZATION, norm[start:end], rule, sure, nested=nested)


_PLAIN = re.compile(r"[一-鿿]{0,8}")


def _host_begins(
    norm: str, start: int, match: re.Match[str], places: Mapping[int, PlaceSpan], edges: Collection[int]
) -> int | None:
    """Where a body before its branch begins: with the nearest place, level or number before it."""
    for at in range(match.start(), max(start, match.start() - _REACH) - 1, -1):
        if not _PLAIN.fullmatch(norm, at, match.start()):
            return None
        place = places.get(at)
        if place is not None:
            return place.start
        if at in edges and at < match.start() and norm[at] in _LEVELS and norm[at - 1] not in _LEVELS + "各级":
            return at
    return None
