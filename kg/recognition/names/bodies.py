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
_UNIT = "(?:稽查局|[一-鿿]{2,4}?分局|[一-鿿]{2,6}?(?:支队|大队|总队))"
_BODY = re.compile(
    rf"(?:{_LEVEL})(?:(?:公安|税务|市场监管|交通运输|应急管理|生态环境)[厅局]{_UNIT}|{_OFFICE}|{_DEPARTMENT})"
)
_NEXT_DEPARTMENT = re.compile(rf"(?<=[部局委办厅院][、和]){_DEPARTMENT}(?=[、和等被获荣])")
_CORPS = re.compile(r"兵团第?[一二三四五六七八九十]{1,3}师")
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
    rf"|(?:中共)?(?:{_LEVEL})?(?:党委|委)?第?{_N}届{_N}次(?:[、和及]{_N}次)+(?:全会|全体会议)"
    rf"|(?:{_LEVEL})(?:党委|委)第?{_N}届{_N}次(?:[、和及]{_N}次)*(?=[、和及](?:{_LEVEL})(?:党委|委)[^，。；]{{0,16}}?全会)"
    rf"|(?:中央|(?:{_LEVEL})(?:委)?)(?:经济|农村|人才|城市|民族|政法|工业|金融|统战|宣传思想|组织)工作会议"
    rf"|(?:{_LEVEL})?第?{_N}次(?:党代会|党代表大会)|(?:{_LEVEL})第{_N}届人民代表大会(?:第{_N}次会议)?|(?:{_LEVEL})?{_N}届人大{_N}次会议"
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
    for match in _CORPS.finditer(norm, start, end):
        yield Candidate(*match.span(), T.ORGANIZATION, match.group(), "name-body", 8)
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


def _begin(
    norm: str, start: int, match: re.Match[str], places: Mapping[int, PlaceSpan], edges: Collection[int]
) -> int | None:
    """Where the name begins: with a place that runs into it (贵阳市|委, 贵阳|市委), or with the level word."""
    for end in range(match.start(), min(match.start() + 4, match.end())):  # 自治区 has three characters
        place = places.get(end)
        if place is not None and place.start <= match.start():
            return place.start
    return match.start() if match.start() in edges or match.start() == start else None


_SESSION = re.compile(rf"(?P<n>{_N}[中次])(?:全会|全体会议)?")


def _sessions(norm: str, start: int, end: int) -> Iterator[Candidate]:
    """A meeting, or the several plenary sessions of one congress: 十九届二中、三中全会, 市委十届五次、六次全会."""
    text = norm[start:end]
    parts = [p for p in _SESSION.finditer(text) if text[p.start() - 1] != "第"]
    plenary = text.endswith(("全会", "全体会议")) or text[-1:] == "次"
    if not plenary or not parts or (len(parts) < 2 and text[-1:] != "次"):
        yield Candidate(start, end, T.EVENT, text, "name-meeting", 9)
        return
    congress = text[: parts[0].start()]
    for part in parts:
        first = start if part is parts[0] else start + part.start()
        yield Candidate(first, end, T.EVENT, f"{congress}{part['n']}全会", "name-shared-head", 9, nested=True)
