"""Places in a text: divisions of the report's year, regions known nation-wide, and level words (全市, 省委).

Invariant: spans are in text order, do not overlap and cross no punctuation; ``text[start:end]`` is what was read.
A short name counts only where it is a word by itself; one that is also an ordinary word (和平, 资源, 大庆) only where
its surroundings say that a place is meant: a division above it before it, a level word after it, or a list of
divisions around it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import rjieba
from ahocorasick_rs import AhoCorasick, MatchKind

from kg.recognition.bynames import by_names
from kg.vocabulary.divisions import Division, Divisions
from kg.vocabulary.phrases import load_common_phrases


@dataclass(frozen=True, slots=True)
class PlaceSpan:
    """A place where it stands in a text."""

    start: int
    end: int
    name: str  # full standard name in Simplified characters
    code: str  # of the division in the report's year; "" for regions and for names nobody could resolve
    certain: bool  # False where several divisions of equal standing bear the name, or the surroundings say little
    rule: str  # "full name", "short name", "former name", "region", "level word", "by-name"
    nominal: bool = False  # a level word: 全市, 我县, 省 in 省委
    nested_hint: bool = False  # what follows makes it part of a longer name: 中山路, 贵阳北站, 大连理工大学
    current: str = ""  # code of the standing division it has become, if that is another


class _Bearer(NamedTuple):
    """One thing a name may mean, and how near it is to the report's place (0: its own subtree)."""

    name: str
    code: str
    parent: str
    level: str
    rank: int
    rule: str


@dataclass(slots=True)
class _Match:
    start: int
    end: int
    text: str
    bearers: tuple[_Bearer, ...]  # of the lowest rank
    accepted: bool


# In how many of the measured reports a name stands as an ordinary word, for it to count as one; a place's own report
# speaks of its own divisions more often than it uses the word.
_ORDINARY, _ORDINARY_AT_HOME = 2, 10

_TODAY = 9999  # a year in which only standing divisions stand
_LEVELS = ("province", "prefecture", "county", "township")
_OWN, _ABOVE, _PROVINCE, _NATION_HIGH, _REGION, _NATION_COUNTY = range(6)

# Full names that are made of a direction and a general word: said of every town, names only of a few.
_GENERIC = re.compile(
    r"[东西南北中]区|[城郊矿市]区|[新老古]城区|新市区|城[东西南北中]区|市[中南北]区|[站桥][前东西]区|山城区|港口区|开发区"
)
# Words that begin with a level character without being of that level: 区 in 水城区域, 市 in 深圳市场.
_NOT_LEVEL = (
    "区域",
    "区位",
    "区间",
    "区块",
    "县城",
    "县域",
    "市域",
    "市场",
    "市容",
    "州域",
    "镇域",
    "乡村",
    "乡镇",
    "乡亲",
    "乡土",
)
_AFTER_PLACE = re.compile(r"县城|境内|境(?![况界遇外])|籍(?!贯)|全[县市区州镇乡]")
# What sums up a list of places; after an ordinary word it may sum up something else (建设5个乡).
_AFTER_LIST = re.compile(
    r"等地|等(?:[县市区州镇乡]|[\d一二三四五六七八九十两]+个?[县市区州镇乡街])|各[县市区乡镇]|段|片区|两地"
    r"|[\d两三四五六七八九十]个?(?:[县市区州乡镇]|街道)"
)
_LEVEL_AFTER = frozenset("县市区州旗镇乡")
_LEVEL_CHAIN = frozenset("省市县区州")
_JOINS = re.compile(r"[、—\-－~～/]|以及|[和与及至到赴往]|·")
_NESTING = re.compile(
    r"(?:大开发|振兴|[东西南北]?站|[东西南北中]?[路街桥]|大道|大街|特?大桥|.{0,6}(?:大学|学院|医院|校区)|银行|集团|公司|股份|机场|港(?![澳])|码头|口岸|水库|水电站|电站"
    r"|电厂|变电站|煤矿|铁路|高铁|高速|航线|工业园|产业园|园区|经开区|高新区|开发区|新区|新城|保税|自贸|论坛|峰会|精神|会议|时间"
    r"|理工|师范|职业|中学|小学|学校|国际|证券|交易所|海关|舰|号|杯)"
)
# Streets, estates and the like are called after places that have nothing to do with them.
_STREET = re.compile(r"[东西南北中]?[路街里巷弄桥]|大道|大街|大桥|立交|社区|公园|广场|小区|花园|苑|楼|阁")
_LAND = re.compile(r"[河江湖山岭]|丘陵")
_QUARTER_AFTER = re.compile(
    r"大开发|振兴|崛起|老工业|陆海|省[份区]|各省|城市|第一|前列|领先|率先|首[个家批条]|唯一|经济|片区"
)
_ABBREVIATIONS = frozenset("京津沪渝冀豫滇辽黑湘皖鲁新苏浙赣鄂桂甘陇晋蒙陕秦吉闽贵黔粤青藏川蜀宁琼")
_WE = re.compile(r"(?P<all>(?<!安)全|我)(?P<level>省|市|县|区|州|盟|旗)(?![域际])")
_BODY = re.compile(
    r"(?P<level>自治区|自治州|自治县|省|市|县|区|州|盟|旗)"
    r"(?=[、和]?[市县区州]?[、和]?[市县区州]?(?:委(?!员|托)|人民政府|政府)|人大|政协|纪委|监委|下达"
    r"|第[一二三四五六七八九十]+次|第?[一二三四五六七八九十]+届)"
)


class _Lexicon:
    """Every name a report of one place and year may use for a place."""

    def __init__(self, divisions: Divisions, home: str, year: int) -> None:
        self.divisions, self.year = divisions, year
        self.home = divisions.by_code(home, year) if home else None
        self.above = divisions.ancestors(home, year) if home else ()
        self.province = home[:2]
        found: dict[str, dict[tuple[str, str], _Bearer]] = {}
        self.found = found
        own = divisions.subtree(home, year) if home else ()
        for division in own:
            self._add(division, _OWN)
        for division in self.above:
            self._add(division, _ABOVE)
        for division in divisions.all:
            if division.stands(year):
                if self.province and division.code[:2] == self.province:
                    self._add(division, _PROVINCE)
                elif division.level != "county":
                    self._add(division, _NATION_HIGH)
                else:
                    self._enter(division.name, division, _NATION_COUNTY, "full name")
        # Names that are history in the report's year, as those of local products often are.
        codes = {division.code for division in own}
        for division in divisions.all:
            former = division.valid_to is not None and division.valid_to < year
            if former and division.code[:2] == self.province and division.name not in found:
                standing = divisions.current(division)
                rank = _OWN if standing is not None and standing.code in codes else _PROVINCE
                self._enter(division.name, division, rank, "former name")
        for region in divisions.regions:
            for name in (region.name, *region.aliases):
                bearer = _Bearer(region.name, "", "", region.kind, _REGION, "region")
                found.setdefault(name, {}).setdefault((region.name, ""), bearer)
        self.names = sorted(found)
        self.automaton = AhoCorasick(self.names, MatchKind.LeftmostLongest)

    def _add(self, division: Division, rank: int) -> None:
        for name in self.divisions.names(division):
            if len(name) > 1:
                self._enter(name, division, rank, "full name" if name == division.name else "short name")

    def _enter(self, name: str, division: Division, rank: int, rule: str) -> None:
        bearer = _Bearer(division.name, division.code, division.parent, division.level, rank, rule)
        self.found.setdefault(name, {}).setdefault((division.name, division.code), bearer)

    def bearers(self, name: str) -> tuple[_Bearer, ...]:
        """What a name may mean, nearest first."""
        return tuple(
            sorted(
                self.found[name].values(), key=lambda b: (b.rank, b.rule != "full name", b.level != "province", b.code)
            )
        )

    def needs_surroundings(self, name: str, nearest: tuple[_Bearer, ...]) -> bool:
        """Whether a name is taken for a place only where its surroundings say so."""
        one = nearest[0]
        if one.level == "quarter":
            return name == one.name
        ordinary = self.divisions.ordinary_words
        if one.rule == "short name":
            most = _ORDINARY_AT_HOME if one.rank in {_OWN, _ABOVE} else _ORDINARY
            return one.level == "township" or ordinary.get(name, 0) >= most
        if one.level != "county":
            return False
        if one.rank > _PROVINCE and (len(nearest) > 1 or self.divisions.short_name_of(name) in ordinary):
            return True
        if len(name) == 2 and (
            one.rank > _PROVINCE or (one.rule == "former name" and one.rank > _OWN) or name[0] in "和兴富强"
        ):
            return True  # 和县, 兴县: 市和县, 旅游兴县
        return _GENERIC.fullmatch(name) is not None


@lru_cache(maxsize=8)
def _lexicon(divisions: Divisions, home: str, year: int) -> _Lexicon:
    return _Lexicon(divisions, home, year)


def find_places(text: str, divisions: Divisions, home: str, year: int | None) -> tuple[PlaceSpan, ...]:
    """All places named in ``text`` (an edition's ``norm``), in text order.

    ``home`` is the code of the report's own place ("" if unknown), ``year`` the year of the report (``None``: today).
    """
    lexicon = _lexicon(divisions, home, _TODAY if year is None else year)
    boundaries = _boundaries(text)
    matches = list(_matches(lexicon, text, boundaries))
    _accept(lexicon, text, matches, boundaries)
    spans = [span for index in range(len(matches)) if (span := _span(lexicon, text, matches, index)) is not None]
    taken = [(span.start, span.end) for span in spans]
    spans += _level_words(lexicon, text, taken, boundaries)
    spans += _by_names(lexicon, text, [(span.start, span.end) for span in spans], boundaries)
    return tuple(sorted(spans, key=lambda span: (span.start, span.end)))


def _by_names(lexicon: _Lexicon, text: str, taken: list[tuple[int, int]], boundaries: set[int]) -> Iterator[PlaceSpan]:
    """The report's own place, or its province, by what else it calls it."""
    if lexicon.home is None:
        return
    above = {division.code: division for division in (lexicon.home, *lexicon.above)}
    literary = lexicon.divisions.literary_names
    ours = {name: above[code] for name, code in literary.items() if code in above}
    for start, end in by_names(text, boundaries, taken, ours, load_common_phrases()):
        name = text[start:end]
        named_after = any(after.match(text, end) for after in (_NESTING, _STREET, _LAND))  # 羊城大道, 羊城银行
        if (name in ours or name not in literary) and not named_after:
            division = ours.get(name, lexicon.home)
            yield PlaceSpan(start, end, division.name, division.code, True, "by-name")


def _boundaries(text: str) -> set[int]:
    """Where words begin and end."""
    found = {0}
    position = 0
    for token in rjieba.cut(text, False):
        position += len(token)
        found.add(position)
    return found


def _matches(lexicon: _Lexicon, text: str, boundaries: set[int]) -> Iterator[_Match]:
    """Names where they may stand for places; those that need more evidence are not yet accepted."""
    before = -1
    for index, start, end in lexicon.automaton.find_matches_as_indexes(text):
        name = lexicon.names[index]
        bearers = lexicon.bearers(name)
        if bearers[0].rule in {"full name", "former name"} and text.startswith(_NOT_LEVEL, end - 1):
            short = lexicon.divisions.short_name_of(name)
            if short not in lexicon.found:
                continue
            name, end = short, start + len(short)
            bearers = lexicon.bearers(name)
        nearest = tuple(b for b in bearers if b.rank == bearers[0].rank)
        if _stands_alone(lexicon, text, _Match(start, end, name, nearest, False), boundaries, before):
            before = end
            yield _Match(start, end, name, nearest, not lexicon.needs_surroundings(name, nearest))


def _stands_alone(lexicon: _Lexicon, text: str, match: _Match, boundaries: set[int], before: int) -> bool:
    """Whether a name is a word by itself where it stands, and not part of another or of a play on words.

    Full names of four characters and more are hardly ever part of another word. ``before``: where the last name ended.
    """
    start, end, name, bearer = match.start, match.end, match.text, match.bearers[0]
    previous = text[start - 1 : start]
    if bearer.rule in {"short name", "region"} or bearer.level == "township" or len(name) < 4:
        begins = start in boundaries or not "\u4e00" <= previous <= "\u9fff"
        if not begins or not _ends_word(text, bearer, end, boundaries):
            return False
        if previous.isdigit() and name[0] in "个家户条名万千百亿多余项座公吨":  # 54个旧住宅区
            return False
    if bearer.level == "township" and bearer.rule == "full name":  # 新/城镇
        bare = lexicon.divisions.short_name(Division(bearer.code, name, "township", "", "", None, None, None, None))
        if bare in lexicon.divisions.ordinary_words and start + len(bare) not in boundaries:
            return False
    if bearer.level == "quarter":  # 渝东北, 盘州西部: a quarter of that place
        return previous not in _ABBREVIATIONS and start != before
    far = bearer.rule == "short name" and bearer.level == "county" and bearer.rank > _ABOVE
    return not (far and previous == "“" and text[end : end + 1] == "”")  # “三都”: word-play, not the county


def _ends_word(text: str, bearer: _Bearer, end: int, boundaries: set[int]) -> bool:
    """Whether a word ends with the name.

    A full name may also end inside a word that begins with its level word (市政府), and a place may begin a word
    that is a longer name (深圳证券交易所).
    """
    if end in boundaries or _NESTING.match(text, end):
        return True
    full = bearer.rule in {"full name", "former name"} and bearer.level != "township"
    return full and (end - 1 in boundaries or text.startswith(("委", "政府", "人大", "政协", "人民"), end))


def _accept(lexicon: _Lexicon, text: str, matches: list[_Match], boundaries: set[int]) -> None:
    """Accept names whose surroundings say that a place is meant."""
    for match in matches:
        if match.accepted:
            continue
        if match.bearers[0].level == "quarter":
            match.accepted = _QUARTER_AFTER.match(text, match.end) is not None
        elif match.bearers[0].rule == "short name":
            level_word = text[match.end : match.end + 1] in _LEVEL_AFTER and {match.end, match.end + 1} <= boundaries
            ordinary = lexicon.divisions.ordinary_words.get(match.text, 0) >= _ORDINARY
            after = _AFTER_PLACE.match(text, match.end) or (not ordinary and _AFTER_LIST.match(text, match.end))
            match.accepted = level_word or bool(after)
    changed = True
    while changed:
        changed = False
        for left, right in pairwise(matches):
            if left.accepted == right.accepted:
                continue
            between = text[left.end : right.start]
            if between == "" and left.accepted:
                joined = any(b.parent == a.code for a in left.bearers for b in right.bearers)
            else:
                joined = _JOINS.fullmatch(between) is not None and _alike(lexicon, left, right)
            if joined:
                left.accepted = right.accepted = changed = True
    # A list of three ordinary words that are all divisions of one parent is a list of divisions.
    for first, second, third in zip(matches, matches[1:], matches[2:], strict=False):
        row = (first, second, third)
        if any(m.accepted for m in row) or {text[first.end : second.start], text[second.end : third.start]} != {"、"}:
            continue
        if set.intersection(*({(b.parent, b.level) for b in m.bearers} for m in row)):
            first.accepted = second.accepted = third.accepted = True


def _alike(lexicon: _Lexicon, left: _Match, right: _Match) -> bool:
    """Whether two names may stand in one list: divisions of one parent, or of one level far from home."""
    for a in left.bearers:
        for b in right.bearers:
            if a.rule == "region" or b.rule == "region":
                continue
            if a.parent == b.parent or (a.level == b.level and a.level != "township"):
                return True
    return False


def _span(lexicon: _Lexicon, text: str, matches: list[_Match], index: int) -> PlaceSpan | None:
    """What an accepted name stands for; nothing for a township's short name that several bear."""
    match = matches[index]
    if not match.accepted:
        return None
    bearers = match.bearers
    before = matches[index - 1] if index else None
    if len(bearers) > 1 and before is not None and before.accepted and before.end == match.start:
        inside = tuple(b for b in bearers if any(_lies_in(lexicon, b, a.code) for a in before.bearers))
        bearers = inside or bearers
    if len(bearers) > 1 and len({b.level for b in bearers}) > 1 and bearers[0].rank != _NATION_COUNTY:
        bearers = _of_one_level(bearers, _neighbours(text, matches, index))
    if len(bearers) > 1:
        bearers = _before_the_change(lexicon, bearers)
    bearer = bearers[0]
    nested = any(after.match(text, match.end) for after in (_NESTING, _STREET))
    if bearer.rule == "region":
        name = match.text if bearer.level in {"quarter", "group"} else bearer.name
        sure = bearer.level != "group"  # 港澳台 as in 港澳台同胞 is hardly a place
        return PlaceSpan(match.start, match.end, name, "", sure, bearer.rule, nested_hint=nested)
    short_township = bearer.level == "township" and bearer.rule == "short name"
    if len(bearers) > 1:
        if short_township:
            return None
        return PlaceSpan(match.start, match.end, bearer.name, "", False, bearer.rule, nested_hint=nested)
    street = bearer.rule == "short name" and bearer.rank > _ABOVE and _STREET.match(text, match.end) is not None
    sure = not (short_township or street)
    return PlaceSpan(
        match.start, match.end, bearer.name, bearer.code, sure, bearer.rule,
        nested_hint=nested, current=_current(lexicon, bearer),
    )  # fmt: skip


def _current(lexicon: _Lexicon, bearer: _Bearer) -> str:
    """The code a division has today, if that is another."""
    state = next((d for d in lexicon.divisions.named(bearer.name) if d.code == bearer.code), None)
    standing = lexicon.divisions.current(state) if state is not None else None
    return standing.code if standing is not None and standing.code != bearer.code else ""


def _neighbours(text: str, matches: list[_Match], index: int) -> Iterator[_Bearer]:
    """What the names joined to a name may mean."""
    for left, right, other in ((index - 1, index, index - 1), (index, index + 1, index + 1)):
        if left >= 0 and right < len(matches) and matches[other].accepted:
            between = text[matches[left].end : matches[right].start]
            if _JOINS.fullmatch(between):
                yield from matches[other].bearers


def _of_one_level(bearers: tuple[_Bearer, ...], neighbours: Iterator[_Bearer]) -> tuple[_Bearer, ...]:
    """吉林, 海南, 朝阳: those of the level of the names beside it (吉林至舒兰), else of the highest."""
    beside = {_LEVELS.index(b.level) for b in neighbours if b.level in _LEVELS}
    if beside and min(beside) > 0:
        lower = tuple(b for b in bearers if b.level != "province")
        bearers = lower or bearers
    highest = min(_LEVELS.index(b.level) for b in bearers)
    return tuple(b for b in bearers if b.level == _LEVELS[highest])


def _before_the_change(lexicon: _Lexicon, bearers: tuple[_Bearer, ...]) -> tuple[_Bearer, ...]:
    """Of a division that changed in the report's year, the state before: reports are given when the year begins."""
    states = {(d.code, d.name): d for b in bearers for d in lexicon.divisions.named(b.name) if d.code == b.code}
    following = {
        (after.code, after.name)
        for state in states.values()
        if (after := lexicon.divisions.successor(state)) is not None and (after.code, after.name) in states
    }
    return tuple(b for b in bearers if (b.code, b.name) not in following) or bearers


def _lies_in(lexicon: _Lexicon, bearer: _Bearer, code: str) -> bool:
    return bool(code) and (
        bearer.parent == code or any(a.code == code for a in lexicon.divisions.ancestors(bearer.code, lexicon.year))
    )


def _level_words(
    lexicon: _Lexicon, text: str, taken: list[tuple[int, int]], boundaries: set[int]
) -> Iterator[PlaceSpan]:
    """全市, 我市, and 市 in 市委, 市人大: the report's own place or the one above it of that level."""
    if lexicon.home is None:
        return
    by_level = {division.name[-1]: division for division in reversed((lexicon.home, *lexicon.above))}
    starts = [start for start, _ in taken]
    we = list(_WE.finditer(text))
    covered = {match.end() - 1 for match in we}  # 州 in 全州人大 is one mention, not two
    for match in (*we, *_BODY.finditer(text)):
        division = by_level.get(match["level"][-1])
        position = bisect_left(starts, match.end()) - 1
        inside = position >= 0 and taken[position][1] > match.start()
        if division is None or inside:
            continue
        if match.re is _BODY:
            chained = text[match.start() - 1 : match.start()] in _LEVEL_CHAIN  # 省市和县委
            if match.start() in covered or (match.start() not in boundaries and not chained):
                continue
        yield PlaceSpan(match.start(), match.end(), division.name, division.code, True, "level word", nominal=True)


__all__ = ["PlaceSpan", "find_places"]
