"""Schools and hospitals of the place that reports, spoken of by their kind alone: 建成|妇幼保健院|产科大楼.

Invariant: the kind is one of which a place has one, something is built of it or happens to it, and it is called by the
place's own name, as its full form is.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from kg.recognition.names.candidates import Candidate
from kg.recognition.places import PlaceSpan
from kg.recognition.spans import EntityType as T

_N = "[一二三四五六七八九十]{1,3}"
_KIND = (
    rf"妇幼保健院|妇幼保健中心|妇女儿童医院|妇产医院|人民医院|中医医院|中医院|中心医院|口腔医院|传染病医?院|儿童医院|肿瘤医院|精神病医?院|康复医院"
    rf"|精神卫生中心|急救中心|疾控中心|疾病预防控制中心|中心血站|特殊教育学校|特教学校|职业教育中心|职教中心|职业技术学校|体育运动学校"
    rf"|[一-鿿]{{2,4}}运动学校|实验小学|实验中学|民族中学|第{_N}(?:人民|中)?医院|第{_N}(?:高级)?(?:中学|小学|幼儿园)|残疾人[一-鿿]{{2,6}}中心"
)
_LEAD = re.compile(
    r"(?:^|[，。；：\s]|建成|启动|推进|推动|加快|支持|实施|完成|新建|改建|扩建|迁建|续建|深化|确保|开工|建设|实现|抓好|做好"
    r"|(?:院|校|学|园|区|中心|[一二三四五六七八九十]中)(?:（[^（）]{1,12}）)?[、和及与])$"
)
_HAPPENS = (
    r"(?:[一-鿿]{2,4}(?:院区|校区|分院|分校)|新院区?(?!长)|新校区|院区|[东南西北新]院|[一-鿿]{0,6}(?:大楼|[合诊院学务医]楼)"
    r"|(?:整体|异地)?(?:搬迁|迁建|改扩建|扩建)|实现搬迁"
    r"|(?:新建|迁建|搬迁|建设|改扩建|扩建)?(?:[一二三]期)?(?:项目|工程)?(?:顺利|全面|基本|主体|正式|如期|完成|相继|全部)*"
    r"(?:投入使用|投用|建成|竣工|开工|启用|完工|落成|招生|开诊|挂牌|(?:被)?[获荣](?!取|得感)|被评|入选|晋升)"
    r"|等(?:\d+个)?(?:新建|在建|续建|一批)?(?:重大|重点)?(?:项目|工程)|[^，。；、]{0,4}前期工作)"
)
_ROW = rf"(?:[、和及与](?:[一-鿿]{{0,10}}?(?:{_KIND})))*"
_OWN = re.compile(rf"(?P<kind>{_KIND})(?={_ROW}{_HAPPENS})")
_LOOK_BACK = 20  # characters before the kind that tell whether a name begins there


def own_institutions(
    norm: str, start: int, end: int, places: Sequence[PlaceSpan], edges: Collection[int], home: str
) -> Iterator[Candidate]:
    """Such bodies in ``norm[start:end]``; ``places`` are all of the text, ``edges`` where words begin, ``home`` is the
    reporting place's code.
    """
    full = next((p.name for p in places if p.code == home), "")
    if not full or home.endswith("0000"):
        return
    for match in _OWN.finditer(norm, start, end):
        at = match.start()
        if at in edges and _LEAD.search(norm, max(start, at - _LOOK_BACK), at):
            yield Candidate(*match.span(), T.ORGANIZATION, full + match["kind"], "name-own-institution", 1, nested=True)
