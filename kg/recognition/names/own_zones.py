"""The zone of the place that reports, spoken of by its class alone: 高新区创成…, 支持经开区…, 某市高新区、经开区….

Invariant: the class stands at the beginning of a clause, after a verb that begins it or in a row of zones that does, so
that one zone is meant; it is called by the place's own short name, as its full form is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.recognition.names.candidates import Candidate
from kg.recognition.places import PlaceSpan
from kg.recognition.spans import EntityType as T

_OF_A_COUNTY = "高新区|经开区"
_OF_A_PROVINCE = "自贸试验区|自由贸易试验区|自贸区|国家自主创新示范区"
_OF_A_CITY = (
    f"{_OF_A_PROVINCE}|{_OF_A_COUNTY}|综保区|综合保税区|跨境电商综试区|跨境电商综合试验区|跨境电子商务综合试验区"
    "|自主创新示范区|临空经济示范区|临空经济区|空港经济区|农高区"
)
_BEGINS = (
    r"(?:(?<![一-鿿”）、])|(?<=[一二三四五六七八九十]是))(?:(?:大力|全力|加快|扎实|统筹|持续|稳步|积极|纵深|深入)?(?:推动|推进|支持|深化|提升)|加快|高标准建设|高水平建设"
    r"|加速|预计|(?:致力)?(?:做强|做大做强)|依托|发挥|用好|用足用好)?"
)
_GOES_ON = r"(?![、和与及—]|等|类|级|管委会|党工委|企业)"


def _row(classes: str) -> re.Pattern[str]:
    """Zones in a row from the beginning of a clause, the last one followed by what is said of them."""
    member = rf"(?:(?![一二三四五六七八九十]是)[一-鿿]{{2,5}})??(?:{classes})"
    return re.compile(rf"{_BEGINS}(?P<row>{member}(?:[、和与]{member})*){_GOES_ON}")


_BY_LEVEL = {
    level: (_row(classes), re.compile(rf"(?P<owner>[一-鿿]*?)(?P<class>{classes})(?:[、和与]|$)"))
    for level, classes in (("province", _OF_A_PROVINCE), ("city", _OF_A_CITY), ("county", _OF_A_COUNTY))
}


_MUNICIPALITIES = ("110000", "120000", "310000", "500000")


def _level(home: str) -> str:
    """Whether a division is a province, a city (a municipality is one) or a county, by its code."""
    if home.endswith("0000") and home not in _MUNICIPALITIES:
        return "province"
    return "city" if home.endswith("00") else "county"


def own_zones(norm: str, start: int, end: int, places: Sequence[PlaceSpan], home: str) -> Iterator[Candidate]:
    """Such zones in ``norm[start:end]``; ``places`` are all of the text, ``home`` is the reporting place's code."""
    called = {norm[p.start : p.end] for p in places if p.code == home}
    shorts = sorted((n for n in called if len(n) > 1 and n[0] not in "全我本各"), key=lambda n: (len(n), n))
    if not shorts:
        return
    rows, members = _BY_LEVEL[_level(home)]
    spans = {(p.start, p.end) for p in places}
    for row in rows.finditer(norm, start, end):
        owner = shorts[0]
        for member in members.finditer(norm, row.start("row"), row.end("row")):
            if not member["owner"]:
                yield Candidate(*member.span("class"), T.ZONE, owner + member["class"], "name-own-zone", 3)
            elif member.span("owner") in spans:
                owner = member["owner"]  # 甲市高新区、|经开区
            else:
                break
