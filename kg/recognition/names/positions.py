"""What a place is to become among others: 建设全国重要的新材料基地, 打造西北地区重要物流中心、全省科技创新策源地.

Invariant: a positioning is a whole item after a verb of becoming; it begins with how far it reaches and ends with a
head of positionings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.recognition.names.candidates import Candidate
from kg.recognition.names.lexicon import Lexicon
from kg.recognition.spans import EntityType as T

_BECOMES = re.compile(
    r"(?:建设|打造|创建|形成|建成|争创|申建|构建|争当|成为)(?:成为|成(?![渝都])|为)?(?=[^，。；：！？\n])"
)
_ITEM = re.compile(r"[^，。；：！？\n、“”《》（）()]+?(?=[，。；：！？\n、]|(?<=[区地心市纽户都])[和与]|$)")
_REACH = re.compile(
    r"(?:(?P<wide>全国|全省|全区|全球|亚太(?:地区)?|世界(?:一流|级)|国际一流|[东西]部|中部|西南|西北|东北亚?|华[东南北中]|长三角|京津冀|粤港澳大湾区"
    r"|区域性?|[一-鿿]{2,4}地区)|国家级?|省级|自治区级)"
    r"(?:性|重要|领先|一流|知名|著名|最大|(?:有|具有)?(?:重要)?影响力)?的?"
)
_BELOW = re.compile(
    r"(?:出口|产业|产业化|示范|升级|创新|生产|制造|加工)基地$|枢纽(?:城市|节点)?$|城市$|区域医疗中心$|试验区$|高地$|策源地$|先行区$|目的地$"
)  # what the country or the province designates; its other centres and bases are bodies and works
_COUNTS = re.compile(
    r"首[个家座条批]|第[一二三四五六七八九十]|[一二三四五六七八九十百\d]+[个家座批]|以上|一批|乡镇|村庄|建设|规划|推进|市场"
)
_SHORTEST = 6
_LONGEST = 24


def positions(norm: str, start: int, end: int, starts: set[int], lexicon: Lexicon) -> Iterator[Candidate]:
    """The positionings in ``norm[start:end]``; ``starts`` are where its words begin."""
    for verb in _BECOMES.finditer(norm, start, end):
        if verb.start() not in starts:
            continue
        at = verb.end()
        while item := _ITEM.match(norm, at, end):
            if _is_position(item.group(), lexicon):
                yield Candidate(*item.span(), T.HONOUR, item.group(), "name-position", 6)
            at = item.end() + 1
            if at > end or norm[item.end() : at] not in ("、", "和", "与"):
                break


def _is_position(text: str, lexicon: Lexicon) -> bool:
    reach = _REACH.match(text)
    least = _SHORTEST + 2 * text.startswith("区域")  # 区域|物流中心 is many a place's
    if reach is None or not least <= len(text) <= _LONGEST or text in lexicon.common or _COUNTS.search(text):
        return False
    if text in lexicon.known:
        return lexicon.known[text] is T.HONOUR
    if reach["wide"] is None:
        return _BELOW.search(text) is not None
    head = max((word for word in lexicon.cues["position"] if text.endswith(word)), key=len, default="")
    return len(head) > 1 and len(text) - reach.end() - len(head) >= 2
