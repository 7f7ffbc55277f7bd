"""Events by their number, year or day (第十三届…博览会, 成立70周年, “7·20”暴雨), and the year's chores for the people.

Invariant: what is proposed holds a number of its own and ends like an event, or is the label that such chores bear.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from kg.recognition.names.candidates import Candidate
from kg.recognition.places import PlaceSpan
from kg.recognition.spans import EntityType as T

_SERIAL = re.compile(
    r"(?:第(?:[一二三四五六七八九十百]{1,4}|\d{1,3})届(?!大会|年会|论坛|展会)"
    r"|(?:[一二三四五六七八九十]{1,3}|\d{1,2})届(?=[^，。、；：]{0,8}?运(?:动)?会))(?:(?!和第|和首届)[^，。、；：“”《》（）()\s的]){0,24}?"
    r"(?:博览会|交易会|洽谈会|运动会|艺术节|文化节|旅游节|博会|[^环季细使]节|论坛|大会|峰会|马拉松|锦标赛|联赛|大赛|年会|展会"
    r"|(?:冰雪|旅游|消费|购物|采摘|文化|欢乐|体验|滑雪|避暑|赏花|美食|音乐|时尚)季|交流会|推介会|对接会|展销会|[灯庙花]会|[省市县农民全冬军青大亚残]运会|竞赛|比赛|邀请赛|公开赛|挑战赛|交流周|文化周|巡展)"
    r"(?:启动仪式|开幕式|闭幕式)?(?=[，。、；和及暨]|$|\n|在|等|开幕|闭幕|成功|圆满|顺利|上|筹备|系列|暨|火热|隆重|盛大|启幕|备战|参赛|举办|召开)"
)
FAIR = re.compile(
    r"[一-鿿](?:[博交洽贸消投智创]|残?运|青运|民运|军运|特奥)会|[省市县]运会"
)  # fairs and games, in brief
_FAIR_ANYWHERE = re.compile(r"[一-鿿](?:博|洽)会(?![议展馆场址员])|[广冬药林旅华京高]交会(?![议展馆])")
_ANNIVERSARY = re.compile(
    r"(?:庆祝|纪念)[^，。、；：“”《》\s]{2,24}?\d{1,3}周年(?:系列活动|庆祝大会|纪念大会|庆祝活动|纪念活动)"
)
_ANNIVERSARY_OF = re.compile(
    r"(?:自治[区州县旗]|新中国|中华人民共和国|中国共产党|中国人民解放军|人民[一-鿿]{1,2}军)?(?:成立|建[党军国市县州])\d{1,3}周年"
    r"(?:系列|庆祝|纪念|大庆|庆典|主题)+(?:活动|大会)?"
)
_DISASTER = re.compile(
    r"“\d{1,2}[·.•・]\d{1,2}”[^，。；、的“”（）\s]{0,16}?(?:事故|火灾|洪灾|地震|泥石流|滑坡|灾害|爆炸|暴雨)(?:事故|灾害)?"
)
_CHORES = re.compile(
    r"(?:(?!一件)[一二三四五六七八九十]{1,3}|\d{1,2}) ?[件项](?:大|重点)?"
    r"(?:民生|惠民|为民|利民|便民)?(?:办)?实事(?=[^求])"
    r"|(?:[一二三四五六七八九十]{1,3}|\d{1,2})(?:[件项类]|个?方面的?|个)(?:大|重点)?(?:民生|惠民|为民|利民|便民)(?:办)?(?:实事|大事|好事)(?=[^求])"
    r"|(?P<body>(?:自治区|省|市|县|区)(?:委)?(?:、)?(?:政府)?)为民办实事(?:项目|事项|工程)"
)


def occasions(
    norm: str, start: int, end: int, places: Mapping[int, PlaceSpan], edges: Collection[int]
) -> Iterator[Candidate]:
    """Serial events by their number, anniversaries, disasters by their day, and the year's chores for the people, in
    ``norm[start:end]``; ``places`` and ``edges`` as for ``bodies``.
    """
    for match in _SERIAL.finditer(norm, start, end):
        first = (
            match.start() - 1 if match.start() - 1 in edges and norm[match.start() - 1] in "省市县" else match.start()
        )
        yield Candidate(first, match.end(), T.EVENT, norm[first : match.end()], "name-serial", 5)
    for match in _FAIR_ANYWHERE.finditer(norm, start, end):
        if match.start() in edges and (match.end() in edges or match.end() == end):
            yield Candidate(*match.span(), T.EVENT, match.group(), "name-event", 3)
    for match in _ANNIVERSARY.finditer(norm, start, end):
        yield Candidate(match.start(), match.end(), T.EVENT, match.group(), "name-serial", 5)
    for match in _ANNIVERSARY_OF.finditer(norm, start, end):
        if match.start() in edges:
            yield Candidate(match.start(), match.end(), T.EVENT, match.group(), "name-serial", 4)
    for match in _DISASTER.finditer(norm, start, end):
        place = places.get(match.start())
        first = place.start if place is not None else match.start()
        yield Candidate(first, match.end(), T.EVENT, norm[first : match.end()], "name-disaster", 9)
    for match in _CHORES.finditer(norm, start, end):
        if match.start() in edges:
            yield Candidate(match.start(), match.end(), T.PROGRAMME, match.group(), "name-chores", 7)
