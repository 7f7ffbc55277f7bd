"""Party and state bodies and their meetings, which reports write by office word alone: 市委、市政府, 省第十二次党代会.

Invariant: a body's name begins with the place it is of, or with 省, 市, 县 … which the document's own place completes.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from kg.recognition.names.candidates import Candidate
from kg.recognition.places import PlaceSpan
from kg.recognition.spans import EntityType as T

_LEVEL = "自治区|自治州|自治县|省|市|县|区|州|盟|旗"
_OFFICE = (
    "人大常委会|人民代表大会常务委员会|人民代表大会|人大|政协|人民政府|政府办公室|政府办公厅|政府|党委政府|党委|委办公室|委宣传部"
    "|委组织部|委统战部|委政法委|委党校|委政策研究室|委政研室|委|扶贫办|纪委监委|纪委|监委|监察委员会|中级人民法院|中级法院|法院|检察院|军分区|总工会|工商联"
)
_DEPARTMENT = (
    "(?:发展和?改革|教育|科技|科学技术|工业和信息化|经济和信息化|公安|民政|司法|财政|人力资源和?社会保障|自然资源|国土资源|生态环境|环境保护"
    "|环保|住房和?城乡建设|住建|交通运输|交通|水利|水务|农业农村|农业|林业|商务|文化和旅游|文化广电旅游体育|文旅|旅游|卫生健康|卫健"
    "|应急管理|审计|市场监管|市场监督管理|体育|统计|医疗保障|医保|信访|税务|大数据发展管理|乡村振兴|地方金融监管)(?:委员会|委|厅|局)(?![长员])"
)
_BODY = re.compile(rf"(?:{_LEVEL})(?:{_OFFICE}|{_DEPARTMENT})")
_NEXT_DEPARTMENT = re.compile(rf"(?<=[部局委办厅院][、和]){_DEPARTMENT}(?=[、和等被获荣])")
_NOT_AFTER = re.compile(
    r"书记|常委(?!会)|委员|主席|主任|主要|领导(?!下)|代表|性|工作报告|投资|采购|购买|债|网|系统|常务会|服务|各|部门|主导|引导|隐性|职能|数据"
    r"|平台|产业|专项|资金|班子|信用|办法|规章|自身|融资|令|颁|全体|机关|类|储备|副|工作|大楼|[一二三四五六七八九十]{1,3}届|第[一二三四五六七八九十]+|经济工作|农村工作|全会|意见|决定|关于|会议|换届|热线|奖|质量奖"
)
_N = "[一二三四五六七八九十]{1,3}"
_MEETING = re.compile(
    rf"(?:党的)?(?:十[六七八九]|二十)大(?!精神的)(?=[^一-鿿]|[^型中小])"
    rf"|(?:党的)?(?:十[六七八九]|二十)届(?:[一二三四五六七]中){{2,6}}全会"
    rf"|(?:党的)?(?:十[六七八九]|二十)届{_N}中(?:全会)?(?:(?:、|及|和|以及)(?:(?:十[六七八九]|二十)届)?{_N}中)*全会"
    rf"|(?:中共)?(?:{_LEVEL})?(?:党委|委)?第?{_N}届(?:党委)?(?:第)?{_N}次(?:全会|全体会议|全体\(扩大\)会议|全委会)"
    rf"|(?:中共)?(?:{_LEVEL})?(?:党委|委)?第?{_N}届{_N}次[、和]{_N}次全会"
    rf"|(?:中央|(?:{_LEVEL})(?:委)?)(?:经济|农村|人才|城市|民族|政法|工业|金融|统战|宣传思想|组织)工作会议"
    rf"|(?:{_LEVEL})?第?{_N}次(?:党代会|党代表大会)|(?:{_LEVEL})第{_N}届人民代表大会(?:第{_N}次会议)?|(?:{_LEVEL})?{_N}届人大{_N}次会议"
)


_SERIAL = re.compile(
    r"第(?:[一二三四五六七八九十百]{1,4}|\d{1,3})届(?!大会|年会|论坛|展会)(?:(?!和第|和首届)[^，。、；：“”《》（）()\s的]){0,24}?"
    r"(?:博览会|交易会|洽谈会|运动会|艺术节|文化节|旅游节|博会|[^环季细使]节|论坛|大会|峰会|马拉松|锦标赛|联赛|大赛|年会|展会"
    r"|(?:冰雪|旅游|消费|购物|采摘|文化|欢乐|体验|滑雪|避暑|赏花|美食|音乐|时尚)季|交流会|推介会|对接会|展销会|[灯庙花]会|[省市县农民全冬军青大亚残]运会|竞赛|比赛|邀请赛|公开赛|挑战赛|交流周|文化周|巡展)"
    r"(?:启动仪式|开幕式|闭幕式)?(?=[，。、；和及暨]|$|\n|在|等|开幕|闭幕|成功|圆满|顺利|上|筹备|系列|暨|火热|隆重|盛大|启幕)"
)
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
    r"|(?:[一二三四五六七八九十]{1,3}|\d{1,2})(?:[件项类个]|方面)(?:大|重点)?(?:民生|惠民|为民|利民|便民)(?:办)?(?:实事|大事|好事)(?=[^求])"
    r"|(?P<body>(?:自治区|省|市|县|区)(?:委)?(?:、)?(?:政府)?)为民办实事(?:项目|事项|工程)"
)


def bodies(
    norm: str, start: int, end: int, places: Mapping[int, PlaceSpan], edges: Collection[int]
) -> Iterator[Candidate]:
    """Bodies and meetings in ``norm[start:end]``; ``places`` are the places there by where they end, ``edges`` where
    words begin.
    """
    for match in _BODY.finditer(norm, start, end):
        if _NOT_AFTER.match(norm, match.end()):
            continue
        first = _begin(norm, start, match, places, edges)
        if first is not None and first > start and norm[first - 1] in "省市县区州" and first not in places:
            continue  # 市县政府
        if first is not None:
            yield Candidate(first, match.end(), T.ORGANIZATION, norm[first : match.end()], "name-body", 8)
    for match in _NEXT_DEPARTMENT.finditer(norm, start, end):
        yield Candidate(match.start(), match.end(), T.ORGANIZATION, match.group(), "name-body", 8)
    for match in _MEETING.finditer(norm, start, end):
        first = _begin(norm, start, match, places, edges)
        if first is None and match.group().startswith(("党的", "中共", "十", "二十", "第")):
            first = match.start()
        if first is not None:
            yield from _sessions(norm, first, match.end())


def body_at_start(text: str) -> str:
    """The party or state body that ``text`` begins with, by its level and office; "" if none."""
    match = _BODY.match(text)
    return match.group() if match is not None and _NOT_AFTER.match(text, match.end()) is None else ""


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


_CONFERENCES = re.compile(
    r"(?P<first>(?:(?:中央|自治区党委|省委|市委|县委|区委|州委)[、和])+)(?P<last>自治区党委|省委|市委|县委|区委|州委)"
    r"(?P<what>(?:经济|农村|人才|城市|民族|政法|工业|统战|宣传思想|组织)工作会议)"
)


def conferences(norm: str, start: int, end: int) -> Iterator[Candidate]:
    """Conferences of several levels in one breath: 中央、省委、市委|经济工作会议. The last is read by itself."""
    for match in _CONFERENCES.finditer(norm, start, end):
        at = match.start()
        for level in re.split(r"[、和]", match["first"].rstrip("、和")):
            name = level + match["what"]
            yield Candidate(at, match.end(), T.EVENT, name, "name-shared-head", 9, nested=True)
            at += len(level) + 1


_STRETCH = re.compile(r"(?:国道|省道)?[GS]\d{2,4}(?:线|国道|省道)?[一-鿿（）]{2,14}?[至到][一-鿿]{2,10}?(?:段|公路)")


def stretches(norm: str, start: int, end: int) -> Iterator[Candidate]:
    """Stretches of numbered roads from place to place: S465|青皮村至坪山村段."""
    for match in _STRETCH.finditer(norm, start, end):
        yield Candidate(match.start(), match.end(), T.FACILITY, match.group(), "name-stretch", 6)


_SUBSTATION = re.compile(r"\d{2,4}(?:千伏|[kK][vV])[一-鿿]{2,4}变(?=[、和及建输扩开工前项，。]|$)")


def substations(norm: str, start: int, end: int, places: Mapping[int, PlaceSpan]) -> Iterator[Candidate]:
    """Substations as reports abbreviate them: 500千伏|贵阳|变, after the place they are in."""
    for match in _SUBSTATION.finditer(norm, start, end):
        place = places.get(match.start())
        first = place.start if place is not None else match.start()
        yield Candidate(first, match.end(), T.FACILITY, norm[first : match.end()], "name-substation", 6)


def _begin(
    norm: str, start: int, match: re.Match[str], places: Mapping[int, PlaceSpan], edges: Collection[int]
) -> int | None:
    """Where the name begins: with a place that runs into it (贵阳市|委, 贵阳|市委), or with the level word."""
    for end in range(match.start(), min(match.start() + 4, match.end())):  # 自治区 has three characters
        place = places.get(end)
        if place is not None and place.start <= match.start():
            return place.start
    return match.start() if match.start() in edges or match.start() == start else None


_SESSION = re.compile(rf"(?P<n>{_N}中)(?:全会)?")


def _sessions(norm: str, start: int, end: int) -> Iterator[Candidate]:
    """A meeting, or the several plenary sessions of one congress: 十九届二中、三中、四中全会."""
    text = norm[start:end]
    parts = list(_SESSION.finditer(text)) if text.endswith("全会") and "中" in text else []
    if len(parts) < 2:
        yield Candidate(start, end, T.EVENT, text, "name-meeting", 9)
        return
    congress = text[: parts[0].start()]
    for part in parts:
        first = start if part is parts[0] else start + part.start()
        yield Candidate(first, end, T.EVENT, f"{congress}{part['n']}全会", "name-shared-head", 9, nested=True)
