"""The zone of the place that reports, spoken of by its class alone: 高新区创成…, 综保区进出口增长….

Invariant: the class stands at the beginning of a clause and does something, so that one zone is meant; it is called by
the place's own short name, as its full form is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.recognition.names.candidates import Candidate
from kg.recognition.places import PlaceSpan
from kg.recognition.spans import EntityType as T

_OF_A_PROVINCE = "自贸试验区|自由贸易试验区"
_OF_A_CITY = f"{_OF_A_PROVINCE}|高新区|经开区|综保区|综合保税区|跨境电商综试区|自主创新示范区"
_DOES = (
    r"(?=(?:成功)?(?:创成|创建|获批|获评|入选|跻身|晋升|升级|入围)|与[一-鿿]{2,8}(?:共建|签|合作)|进出口|引进|新增|累计|率先|排名"
    r"|综合(?:排名|实力)|封关|正式|首次|\d)"
)
_ALONE = {
    level: re.compile(rf"(?<![一-鿿”）、])(?:{words}){_DOES}")
    for level, words in (("province", _OF_A_PROVINCE), ("city", _OF_A_CITY), ("county", "高新区|经开区"))
}


def own_zones(norm: str, start: int, end: int, places: Sequence[PlaceSpan], home: str) -> Iterator[Candidate]:
    """Such zones in ``norm[start:end]``; ``places`` are all of the text, ``home`` is the reporting place's code."""
    called = {norm[p.start : p.end] for p in places if p.code == home}
    shorts = sorted((n for n in called if len(n) > 1 and n[0] not in "全我本各"), key=lambda n: (len(n), n))
    if not shorts:
        return
    level = "province" if home.endswith("0000") else "city" if home.endswith("00") else "county"
    for match in _ALONE[level].finditer(norm, start, end):
        yield Candidate(*match.span(), T.ZONE, shorts[0] + match.group(), "name-own-zone", 3)
