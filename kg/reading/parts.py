"""Which part of a report words belong to: reviewed or planned, a year or a term.

Invariant: nothing here looks at a whole document. Headings are read for the parts they announce, the first words of a
paragraph for a change of part, clauses for whether they tell of the past or of what is to come.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kg.reading.edition import Part

REVIEWS = (Part.REVIEW, Part.TERM_REVIEW)
PLANS = (Part.PLAN, Part.TERM_PLAN, Part.GOVERNMENT)


@dataclass(frozen=True, slots=True)
class Years:
    """The years a report speaks of. ``spoken`` is the year 今年 means: a report given in December plans the next."""

    review: int | None = None
    plan: int | None = None
    spoken: int | None = None


def five_year_plan(ordinal: str) -> tuple[int, int]:
    """First and last year of a national five-year plan by its Chinese ordinal: 十四五 is 2021 to 2025."""
    number = 10 + "一二三四五六七八九".index(ordinal) + 1
    return 1951 + 5 * number, 1955 + 5 * number


_FIVE_YEAR_PLAN = re.compile("[“”]?十([一二三四五六七八])五[“”]?|第十([一二三四五六七八])个五年规划")
_YEAR = re.compile(r"(20\d\d) ?(?:—|-|至)? ?(?:20\d\d)? ?年|二〇([〇一二三四五六七八九])([〇一二三四五六七八九])年")
_PAST_TERM = re.compile(
    "过去(?:的)?[三四五几]年|[三四五六]年来|[本上]一?届|第[一二三四五六七八九十]+届[^，。]{0,6}政府|任期|"
    r"[四五]年(?:政府)?工作(?:的)?(?:回顾|总结)|20\d\d年以来"
)
_COMING_TERM = re.compile("(?:今后|未来|下一个|接下来)的?(?:[三四五]年|几年|一个时期|一段时期)|[新下]一届")
_THIS_YEAR = re.compile("今年(?!以来)|新的一年|开局之年")
_NEXT_YEAR = re.compile("明年")
_LAST_YEAR = re.compile("去年|过去(?:的)?一年|一年来|今年以来")
_REVIEW_WORDS = re.compile("回顾|总结|成就|成绩|成效|完成情况|工作情况|开展的|取得|过去|收官")
_PLAN_WORDS = re.compile(
    "目标|任务|安排|思路|部署|打算|要求|今后|未来|重点|奋斗|建议|考虑|说明|谋划|展望|做好|努力|奋力|开局|方向|主要工作|开好局"
)
_PLAN_WORDS_ALONE = re.compile("(?:目标|重点|主要|工作|总体)(?:任务|目标|工作|安排|要求|思路|部署|打算)|工作建议")
GOVERNMENT_WORDS = re.compile(
    "自身(?:改革和)?建设|政府(?:改革和)?建设|(?:法治|服务型?|廉洁|效能|有为|诚信|责任|阳光|透明|创新|高效|满意)(?:型)?的?政府|"
    "政府(?:治理|职能|效能|履职|作风|自身)|人民(?:群众)?(?:更加|更为)?满意的?[^，。]{0,8}政府|改进政府工作|政府机关|行政效能|依法行政"
)
_APPENDIX = re.compile(
    r"^\W*(?:附件?\d*|附录|附表)\W*$|(?:名词|术语|词语|用语|缩略语|概念|新词)\W*(?:和说明|解释|注释|说明|注解|释义)|"
    r"^\W*(?:注释?|注解|解释)\W*$|报告》.{0,8}(?:解释|注释|说明|注解)|(?:解释|注释)和说明"
)
_LIVELIHOOD = re.compile("民生实事|为民.{0,3}实事|惠民实事|[件项]实事|民生工程|重点(?:建设)?项目|任务分解")


@dataclass(frozen=True, slots=True)
class Announcement:
    """What a heading says comes: ``parts`` in the order named; ``explicit`` when it names a time."""

    parts: tuple[Part, ...]
    explicit: bool


_SILENT = Announcement((), False)


def announced(title: str, years: Years) -> Announcement:
    """The parts a heading announces; none when its words do not tell."""
    words = title.replace(" ", "")
    if _APPENDIX.search(words):
        return Announcement((Part.APPENDIX,), True)
    times = _times(words, years)
    reviewed = [part for _, part in times if part in REVIEWS]
    planned = [part for _, part in times if part in PLANS]
    review_words, plan_words = _REVIEW_WORDS.search(words), _PLAN_WORDS.search(words)
    if GOVERNMENT_WORDS.search(words) and not times and not review_words:
        return Announcement((Part.GOVERNMENT,), True)
    if _LIVELIHOOD.search(words) and planned:
        return Announcement((Part.PLAN,), True)
    if reviewed and not planned and not (plan_words and not review_words and Part.TERM_REVIEW in reviewed):
        if reviewed == [Part.TERM_REVIEW] and "完成情况" in words and "规划" not in words:
            reviewed = [Part.REVIEW, Part.TERM_REVIEW]
        return Announcement(tuple(dict.fromkeys(reviewed)), True)
    if planned and not reviewed:
        if review_words and not plan_words:
            return Announcement((Part.REVIEW,), True)
        return Announcement(tuple(dict.fromkeys(planned)), True)
    if reviewed and planned:
        if review_words and not plan_words:
            return Announcement(tuple(dict.fromkeys(reviewed)), True)
        if plan_words and not review_words:
            return Announcement(tuple(dict.fromkeys(planned)), True)
        return _SILENT
    if re.search("回顾|总结", words) and not plan_words:
        return Announcement((Part.REVIEW, Part.TERM_REVIEW), False)
    if _PLAN_WORDS_ALONE.search(words) and not review_words:
        return Announcement((Part.PLAN, Part.TERM_PLAN), False)
    return _SILENT


def _times(words: str, years: Years) -> list[tuple[int, Part]]:
    """The times a heading names, in text order, as the part each points to."""
    found: list[tuple[int, Part]] = []
    plan = years.plan
    for match in _YEAR.finditer(words):
        year = int(match.group(1)) if match.group(1) else 0
        if not year:
            digits = "〇一二三四五六七八九"
            year = 2000 + 10 * digits.index(match.group(2)) + digits.index(match.group(3))
        if plan is None:
            continue
        if words.startswith("以来", match.end()) and year < plan - 1:
            part = Part.TERM_REVIEW
        elif year < plan:
            part = Part.REVIEW
        else:
            part = Part.PLAN if year == plan else Part.TERM_PLAN
        found.append((match.start(), part))
    for match in _FIVE_YEAR_PLAN.finditer(words):
        first, last = five_year_plan(match.group(1) or match.group(2))
        if plan is None:
            continue
        opening = re.search("开局|起步|第一仗|开好局|开门红", words[match.end() :])
        if last < plan:
            found.append((match.start(), Part.TERM_REVIEW))
        elif first >= plan:
            found.append((match.start(), Part.PLAN if opening else Part.TERM_PLAN))
        elif re.search("收官|中期|承上启下", words[match.end() :]):
            found.append((match.start(), Part.PLAN))
    spoken_is_plan = years.spoken is None or years.spoken == plan
    for pattern, part in (
        (_PAST_TERM, Part.TERM_REVIEW),
        (_COMING_TERM, Part.TERM_PLAN),
        (_THIS_YEAR, Part.PLAN if spoken_is_plan else Part.REVIEW),
        (_NEXT_YEAR, Part.TERM_PLAN if spoken_is_plan else Part.PLAN),
        (_LAST_YEAR, Part.REVIEW),
    ):
        found.extend((match.start(), part) for match in pattern.finditer(words))
    found.sort(key=lambda item: item[0])
    # 2018年以来 is one time, found once as a year and once as a term.
    return [item for at, item in enumerate(found) if at == 0 or item != found[at - 1]]


_ADDRESS = re.compile("(?:(?:各位代表|同志们|各位委员)[！，：、。]?)+")
# What may stand before a time that a paragraph opens with.
_LEAD = (
    "(?:总的来?看，|总体看，|特别(?:需要指出的|值得一提的)?是，?|需要指出的是，|"
    "回顾|回首|回望|纵观|展望|在|到|随着|—+|--+)?"
)  # fmt: skip


@lru_cache(maxsize=64)
def _cues(years: Years) -> tuple[tuple[Part, re.Pattern[str]], ...]:
    review, plan = years.review, years.plan
    past_plans, coming_plans, past_years, coming_years = "", "", "", ""
    this_year, next_year = ("今年", "") if years.spoken in (None, plan) else ("", "明年")
    if review and plan:
        ordinals = "一二三四五六七八"
        past = "".join(o for o in ordinals if five_year_plan(o)[1] in range(review - 4, review + 1))
        coming = "".join(o for o in ordinals if five_year_plan(o)[0] in range(plan, plan + 5))
        if past:
            past_plans = f"|[“”]?十[{past}]五[“”]?(?:时期|期间|以来|规划|的五年|五年|是|，)"
        if coming:
            coming_plans = f"|[“”]?十[{coming}]五[“”]?(?:时期|期间|的五年|五年|规划)"
        past_years = "|" + "|".join(f"{year}年(?:以来|至{review}年)" for year in range(review - 6, review - 1))
        coming_years = "|" + "|".join(f"{year}年" for year in range(plan + 2, plan + 6))
    last = f"|{review}年(?![至—\\-到底末以])" if review else ""
    now = f"|{plan}年(?![至—\\-到以])" if plan else ""
    review_now = "" if this_year else "|今年(?:以来)?"
    government = "(?:[市县省州区盟旗]|自治[区州县])?(?:人民)?政府"
    return (
        (
            Part.TERM_REVIEW,
            re.compile(
                f"{_LEAD}(?:(?:刚刚?)?过去的?[三四五六]年|(?:这|本届政府|任期)?[三四五六]年(?:来|间|的|，)|[三四五六]年[^，。；]{{2,6}}，|"
                f"本届{government}{past_plans}{past_years})|[^，。；]{{2,30}}的[三四五六]年[，。；]|"
                f"[^，。]{{0,12}}(?:任期|届满|换届)"
            ),
        ),
        (
            Part.REVIEW,
            re.compile(
                f"{_LEAD}(?:刚刚?过去的(?![三四五六]年)|过去的?(?:这)?一年|一年来|去年|这一年|全年{last}{review_now})"
            ),
        ),
        (
            Part.TERM_PLAN,
            re.compile(
                f"{_LEAD}(?:(?:今后|未来|下一个|接下来)的?(?:[三四五]年|几年|一个时期)|新一届{government}"
                f"{coming_plans}{coming_years})"
            ),
        ),
        (
            Part.PLAN,
            re.compile(f"{_LEAD}(?:要?做好|完成|实现|按照)?的?(?:{this_year or next_year}(?!以来){now})"),
        ),
    )


_SENTENCE = re.compile("[^。！？]*[。！？]?")


def cue(paragraph: str, years: Years) -> Part | None:
    """The part the first words of a paragraph turn to, if they name a time.

    A short saying may stand before (九层之台，起于垒土。过去一年，…); a second sentence may correct the first
    (2022年是本届政府任期的最后一年。五年来，…). A figure compared with the year before the term tells of the term.
    """
    words = paragraph[:240].replace(" ", "")
    address = _ADDRESS.match(words)
    at = address.end() if address else 0
    first: Part | None = None
    for number in range(3):
        match = _SENTENCE.match(words, at)
        if match is None or not match.group():
            break
        sentence = match.group()
        for part, pattern in _cues(years):
            if not pattern.match(sentence):
                continue
            if first is None and (number == 0 or _TERM_NAMED.match(sentence)):
                first = part
            elif part is Part.TERM_REVIEW and first is Part.REVIEW:
                return part
            break
        at = match.end()
        if at > 70 or (first is None and (number or at > 30 or _FIGURE.search(sentence))):
            break
    if first is Part.REVIEW and years.review and not re.match("[^，。]{0,8}(?:刚刚?过去|过去的?一年|一年来)", words):
        earlier = "|".join(str(year) for year in range(years.review - 6, years.review - 2))
        if re.search(f"(?:是|比|较|从|由)(?:{earlier})年", words[:150]):
            return None
    return first


_TERM_NAMED = re.compile("(?:刚刚?)?过去的?|[一三四五]年来|今后|未来")
_FIGURE = re.compile(r"\d")
_ADDRESSED = re.compile("各位代表|同志们")
_LOOKS_BACK = re.compile(
    r"(?:各位代表[！，：]\s*)?(?:回顾|总结)?(?:(?:刚刚?)?过去的?(?:这)?(?:[一三四五]年|20\d\d年)|[一三四五]年来|这[一三四五]年)"
)
_LOOKS_ON = re.compile(r"(?:今年|20\d\d年|做好|新的一年|面对新|展望|我们(?:要|将)|实现[^，。]{0,12}目标|主要预期)")


def is_bare_address(paragraph: str) -> bool:
    """Whether a paragraph is nothing but 各位代表！."""
    return bool(_ADDRESS.fullmatch(paragraph))


def is_address(paragraph: str) -> bool:
    """Whether a paragraph turns to the listeners (各位代表！…), as those do that open a new train of thought."""
    return bool(_ADDRESSED.match(paragraph))


def looks_back(paragraph: str) -> Part | None:
    """The part of a paragraph that looks back, within what is planned (五年来，政府自身建设…)."""
    match = _LOOKS_BACK.match(paragraph)
    if not match:
        return None
    return Part.REVIEW if re.search(r"一|20\d\d", match.group()) else Part.TERM_REVIEW


def turned(sentence: str, part: Part, of_paragraph: Part) -> Part:
    """The part of ``sentence`` where the one before it is of ``part``: a plan may look back for a sentence or a few."""
    if of_paragraph not in PLANS:
        return of_paragraph
    back = looks_back(sentence.lstrip())
    if back:
        return back
    return of_paragraph if _LOOKS_ON.match(sentence.lstrip()) else part


def on_government(paragraph: str) -> bool:
    """Whether a paragraph turns to the government's own conduct (各位代表！…必须加强政府自身建设)."""
    head = paragraph[:120]
    satisfied = "人民(?:群众)?满意的?[^。！]{0,8}政府"
    return bool(
        re.match("(?:各位代表|同志们)", head) and re.search(f"自身建设|政府系统|政府工作人员|{satisfied}", head)
    ) or bool(re.match(f"[^。！]{{0,40}}(?:政府自身建设|{satisfied})", head))


_PROBLEMS = re.compile("[^。]{0,40}(?:清醒(?:地|的)?(?:看到|认识)|困难和问题|问题和不足|困难和挑战|不足之处|短板)")


def on_problems(paragraph: str) -> bool:
    """Whether a paragraph owns to what is wanting (我们也清醒地看到…), with which a review ends."""
    return bool(_PROBLEMS.match(paragraph))


def is_livelihood(title: str) -> bool:
    """Whether a heading announces the livelihood items or a list of projects."""
    return bool(_LIVELIHOOD.search(title))


def on_livelihood(paragraph: str) -> bool:
    """Whether a paragraph lists the livelihood items of the year planned."""
    return bool(re.match("[^。]{0,60}(?:民生实事|为民办实事|[件项]实事)", paragraph))


_PERORATION = re.compile("让我们|团结在以|紧密团结|奋勇前进|(?:不懈|努力|团结|接续)奋斗")
_PERORATION_END = re.compile(
    "奋斗|前进|篇章|贡献|胜利|未来|努力|力量|辉煌|征程|成绩|明天|华章|新局面|步伐|答卷|台阶|跨越"
)
_RESOLVE = re.compile("领导下|我们(?:一定|坚信|相信)")


def is_peroration(paragraph: str, last: bool) -> bool:
    """Whether a paragraph is the call to action that ends a report; ``last``: nothing of weight follows it."""
    words = re.sub("（[^（）]*）$", "", paragraph)
    if "让我们" in words and words.endswith(("！", "。")):
        return True
    if _PERORATION.search(words) and _PERORATION_END.search(words[-60:]):
        return True
    return last and words.endswith("！") and bool(_ADDRESS.match(words)) and bool(_RESOLVE.search(words))


_BACK = re.compile(
    "了|已|成功|荣获|被评为|获批|累计|同比|比上年|较上年|去年|全年|顺利|得到|明显|显著|居全|位居|突破|实现.{0,12}(?:增长|突破|翻番)|"
    r"(?:完成|增长|达到?|新增|建成|新建|实施|投入|开工|下降|提高到|增加到)[^，。；]{0,8}\d"
)
_FORWARD = re.compile(
    "(?:加快|加强|推进|推动|坚持|深入|大力|积极|完善|健全|强化|优化|培育|支持|抓好|抓实|做好|做大|做强|确保|力争|打造|落实|鼓励|引导|"
    "继续|进一步|全力|着力|要|必须|全面|建立|争取|努力|统筹|深化|扩大|严格|提升|促进|巩固|实施|推广|开展|提高|启动)"
)
_CLAUSE = re.compile("[^，。；：！？]+")


def forwardness(paragraph: str) -> tuple[int, int]:
    """How many clauses of a paragraph speak of what is to come, and how many of what was done."""
    forward = back = 0
    for clause in _CLAUSE.findall(paragraph):
        if _BACK.search(clause):
            back += 1
        elif _FORWARD.match(clause.lstrip()):
            forward += 1
    return forward, back
