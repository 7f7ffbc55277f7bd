"""Administrative divisions of China as they stood in a given year, by code and by name.

Invariant: a name is a name at a date. Every lookup takes a year and answers with the divisions that stood in it; in the
year of a change both the old and the new stand, since a report of January still speaks of the old. Divisions down to
counties are in memory; townships are read only for the counties asked for, and only as they stand today.

``valid_from`` is the year a division came to bear its code and name (``None``: before 1980), ``valid_to`` the year it
ceased to (``None``: it stands).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from kg.errors import VocabularyError
from kg.resources import folder


class Division(NamedTuple):
    """A division under one code and one name."""

    code: str  # GB/T 2260; nine digits for townships
    name: str  # full standard name in Simplified characters
    level: str  # province, prefecture, county, township
    parent: str  # code of the division it belongs to, "" for a province
    kind: str  # what it is called by law: district, county_level_city, autonomous_county, subdistrict …
    valid_from: int | None
    valid_to: int | None
    lat: float | None  # WGS 84, of its seat
    lon: float | None

    def stands(self, year: int) -> bool:
        """Whether it stood at any time of ``year``."""
        return (self.valid_from is None or self.valid_from <= year) and (self.valid_to is None or year <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a division: under which code and name it went on, when, and by which document."""

    year: int
    old_code: str
    old_name: str
    new_code: str
    new_name: str
    change: str  # rename, conversion (县 to 市 or 区 and the like), recode, merge
    source: str


@dataclass(frozen=True, slots=True)
class Region:
    """A named region, river, lake or range that is no division and is known nation-wide."""

    name: str
    name_hant: str
    name_en: str
    kind: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReportPlace:
    """Whose report a text is. ``code`` is "" when nobody could tell, ``certainty`` 0 to 1, ``reason`` for people."""

    code: str
    name: str
    certainty: float
    reason: str


_LEVELS = ("province", "prefecture", "county", "township")
_KEEPS_LEVEL_WORD = re.compile(r"([左右前中后]|联合|[黄白蓝红])旗$|矿区$")  # what is left without 旗, 区 is no name
_LEVEL_WORD = re.compile(
    r"(特别行政区|自治区|自治州|自治县|自治旗|地区|特区|林区|街道|苏木|新区|省|市|州|盟|县|区|旗|镇|乡)$"
)


def below(code: str) -> str:
    """What the codes of all divisions below one begin with: 5202 for 520200, 52 for 520000, 520203 for 520203."""
    if len(code) != 6:
        return code
    return code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code


def _rows(path: Path, columns: int) -> Iterator[list[str]]:
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except OSError as error:
        raise VocabularyError(f"{path}: cannot be read ({error.strerror}); reinstall, or derive it anew") from error
    for number, line in enumerate(lines[1:], start=2):
        if line:
            row = line.split("\t")
            if len(row) != columns:
                raise VocabularyError(f"{path}, line {number}: {len(row)} columns instead of {columns}")
            yield row


def _year(text: str) -> int | None:
    return int(text) if text else None


def _coordinate(text: str) -> float | None:
    return float(text) if text else None


class Divisions:
    """All divisions. Make one with ``load_divisions``; it is never changed afterwards."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        groups = [name for row in _rows(directory / "ethnic-groups.tsv", 2) for name in row[1].split("|")]
        self._groups = re.compile("(?:" + "|".join(sorted(groups, key=lambda name: (-len(name), name))) + ")+$")
        self.all: tuple[Division, ...] = tuple(
            Division(c, n, lv, p, k, _year(f), _year(t), _coordinate(la), _coordinate(lo))
            for c, n, lv, p, k, f, t, la, lo in _rows(directory / "divisions.tsv", 9)
        )
        self._by_code: dict[str, list[Division]] = {}
        self._children: dict[str, list[Division]] = {}
        for division in self.all:
            self._by_code.setdefault(division.code, []).append(division)
            self._children.setdefault(division.parent, []).append(division)

    # Townships: 38,000 rows that one report needs 100 of. The lines are sorted by code, so a county's are found by
    # bisection and only those are parsed.

    @cached_property
    def _township_lines(self) -> list[str]:
        path = self._directory / "townships.tsv"
        try:
            return path.read_text(encoding="utf-8").split("\n")[1:-1]
        except OSError as error:
            raise VocabularyError(f"{path}: cannot be read ({error.strerror}); reinstall, or derive it anew") from error

    def townships(self, code: str) -> tuple[Division, ...]:
        """The townships that stand today in a county (or in a prefecture without counties), by code.

        For a county that ended, those of the county it became.
        """
        standing = self.current(self._by_code[code][-1]) if code in self._by_code else None
        if standing is None:
            return ()
        lines = self._township_lines
        found = []
        for line in lines[bisect_left(lines, standing.code) : bisect_left(lines, standing.code + "\uffff")]:
            township, name, kind = line.split("\t")
            found.append(Division(township, name, "township", code, kind, None, None, None, None))
        return tuple(found)

    # By code

    def by_code(self, code: str, year: int | None = None) -> Division | None:
        """The division of a code in a year; without a year, or if none stood in it, the last that had the code."""
        if len(code) == 9:
            return next((d for d in self.townships(code[:6]) if d.code == code), None)
        states = self._by_code.get(code)
        if not states:
            return None
        standing = [state for state in states if year is not None and state.stands(year)]
        return (standing or states)[-1]

    def valid(self, code: str, year: int) -> bool:
        """Whether a division of this code stood in ``year``."""
        return any(state.stands(year) for state in self._by_code.get(code, ()))

    def children(self, code: str, year: int) -> tuple[Division, ...]:
        """The divisions one level below that stood in ``year``, by code; "" for the provinces."""
        below = tuple(division for division in self._children.get(code, ()) if division.stands(year))
        return below or (self.townships(code) if code else ())

    def subtree(self, code: str, year: int) -> tuple[Division, ...]:
        """The division and all below it that stood in ``year``, down to townships, by level and code."""
        found = [state for state in self._by_code.get(code, ()) if state.stands(year)][-1:]
        layer = [code]
        while layer:
            below = [division for parent in layer for division in self.children(parent, year)]
            found += below
            layer = list(dict.fromkeys(division.code for division in below if division.level != "township"))
        return tuple(sorted(found, key=lambda division: _LEVELS.index(division.level)))

    def ancestors(self, code: str, year: int | None = None) -> tuple[Division, ...]:
        """The divisions above, nearest first."""
        found: list[Division] = []
        division = self.by_code(code, year)
        while division is not None and division.parent:
            division = self.by_code(division.parent, year)
            if division is not None:
                found.append(division)
        return tuple(found)

    # History

    @cached_property
    def history(self) -> tuple[Change, ...]:
        """All recorded changes, by year and code."""
        return tuple(Change(int(y), *rest) for y, *rest in _rows(self._directory / "history.tsv", 7))

    @cached_property
    def _next(self) -> dict[tuple[str, str], Change]:
        return {(change.old_code, change.old_name): change for change in self.history}

    def successor(self, division: Division) -> Division | None:
        """What a division became next; ``None`` if it stands, or if what became of it is not recorded."""
        change = self._next.get((division.code, division.name))
        if change is None:
            return None
        states = [s for s in self._by_code.get(change.new_code, ()) if s.name == change.new_name]
        return next((s for s in states if s.stands(change.year)), states[-1] if states else None)

    def current(self, division: Division) -> Division | None:
        """The standing division that a division is or became; ``None`` if that is not recorded."""
        seen = {division}
        while division.valid_to is not None:
            following = self.successor(division)
            if following is None or following in seen:
                return None
            seen.add(following)
            division = following
        return division

    # By name

    def short_name(self, division: Division) -> str:
        """The name without the level word and the peoples named in it: 六盘水, 黔西南, 内蒙古, 浦东.

        Where no name of two characters would be left (杞县, 芒市, 城区), or what is left still ends in a level word
        (沙市区), or is no name (左翼中旗), the full name.
        """
        name = division.name
        if _KEEPS_LEVEL_WORD.search(name):
            return name
        match = _LEVEL_WORD.search(name)
        if match is None:
            return name
        bare = name[: match.start()]
        if (len(bare) == 1 and match[1] == "新区") or (match[1] == "林区" and division.kind != "forestry_district"):
            bare = name[:-1]  # 清新区, 万柏林区: the level word is 区
        if match[1].startswith("自治") or division.kind in {"ethnic_township", "ethnic_sumu"}:
            match = self._groups.search(bare)
            if match is not None:
                whole, bare = bare, bare[: match.start()]
                if not bare:  # 东乡族自治县, 鄂温克族自治旗: the people is the name
                    bare = whole.removesuffix("族")
                elif len(bare) == 1:  # 内蒙古: part of the name reads like a people's
                    bare = whole
        return name if len(bare) < 2 or (len(bare) == 2 and bare[1] in "市县区") else bare

    @cached_property
    def _aliases(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for code, alias in _rows(self._directory / "aliases.tsv", 2):
            found.setdefault(code, []).append(alias)
        return {code: tuple(names) for code, names in found.items()}

    def names(self, division: Division) -> tuple[str, ...]:
        """Everything a division is called: full name, short name, 黔西南州 and 威宁县 for autonomous ones, by-names."""
        short = self.short_name(division)
        names = [division.name, short]
        if division.kind in {"autonomous_prefecture", "autonomous_county", "autonomous_banner"}:
            names.append(short + division.name[-1])
        names += self._aliases.get(division.code, ())
        return tuple(dict.fromkeys(names))

    @cached_property
    def _named(self) -> dict[str, list[Division]]:
        found: dict[str, list[Division]] = {}
        for division in self.all:
            for name in self.names(division):
                found.setdefault(name, []).append(division)
        return found

    def named(self, name: str, year: int | None = None) -> tuple[Division, ...]:
        """All divisions down to counties that bear a full, short or by-name in a year (or ever), highest first."""
        bearers = [d for d in self._named.get(name, ()) if year is None or d.stands(year)]
        return tuple(sorted(bearers, key=lambda d: (_LEVELS.index(d.level), d.code)))

    def short_name_of(self, name: str) -> str:
        """The short name of whatever division bears a full name; the name itself if none does."""
        return next((self.short_name(d) for d in self._named.get(name, ()) if d.name == name), name)

    @cached_property
    def literary_names(self) -> dict[str, str]:
        """The codes of provinces by names that stand for them in speeches (三秦, 荆楚)."""
        return {name: code for code, name in _rows(self._directory / "literary-names.tsv", 2)}

    @cached_property
    def ordinary_words(self) -> dict[str, int]:
        """Short names that are ordinary words too, each with the reports (of 224) in which it stands as such."""
        rows = _rows(self._directory / "ordinary-words.tsv", 3)
        return {word: int(reports) for word, reports, _ in rows}

    @cached_property
    def regions(self) -> tuple[Region, ...]:
        """Regions that are no divisions, in the order of the file."""
        return tuple(
            Region(name, hant, en, kind, tuple(filter(None, aliases.split("|"))))
            for name, hant, en, kind, aliases in _rows(self._directory / "regions.tsv", 5)
        )

    # Whose report

    @cached_property
    def _automaton(self) -> tuple[AhoCorasick, tuple[str, ...]]:
        names = tuple(sorted(self._named))
        return AhoCorasick(names, MatchKind.LeftmostLongest, implementation=Implementation.ContiguousNFA), names

    def names_in(self, text: str) -> list[tuple[int, int, str]]:
        """Start, end and name of every name of a division (of any year, down to counties) in a text, longest first."""
        automaton, names = self._automaton
        return [(start, end, names[index]) for index, start, end in automaton.find_matches_as_indexes(text)]

    def place_of_report(self, text: str, year: int | None = None, title: str = "") -> ReportPlace:
        """Whose report ``text`` is, from its title and first lines, else from what it speaks of.

        ``text`` is in Simplified characters. ``year`` is the year of the report; without it, names of any year count.
        """
        return _from_head(self, title, text, year) or _from_body(self, text, year)


@cache
def load_divisions(directory: Path | None = None) -> Divisions:
    """The divisions of the running installation (or of ``directory``), loaded once.

    Raises VocabularyError if a table is missing or malformed.
    """
    return Divisions(directory or folder("ontology") / "divisions")


# Whose report: the head says it, or the body betrays it.

_ORDINARY = 10  # reports, of those measured, in which a name stands as an ordinary word, for it to tell nothing
_OPENING = re.compile(r"各位代表|现在[,，]")
_OFFICES = "省长|市长|县长|区长|州长|盟长|旗长|主席|专员"
# Words by which a report speaks of its own division, and how much they say: 全省 stands in every city's report
# (全省第一), 市人大 and 我市 hardly in a province's or a county's.
_OWN_WORDS = (
    (re.compile(r"(?<!自治)(省|市|县|区|州|盟|旗)(?:人大|政协)"), 3),
    (re.compile(r"我(省|市|县|区|州|盟|旗)(?![域际])"), 2),
    (re.compile(r"全(省|市|县|区|州|盟|旗)(?![域际])"), 1),
    (re.compile(r"自治(区)(?:人大|政协)"), 3),
)


def _from_head(divisions: Divisions, title: str, text: str, year: int | None) -> ReportPlace | None:
    """The place named where reports say whose they are: in the title, the session line, the speaker's office."""
    head = "\n".join(line for line in (title, *text.split("\n", 12)[:12]))[:1500]
    opening = _OPENING.search(head)
    lines = head[: opening.start()] if opening else head[:400]
    proxy = re.search(r"代表([^，。\n]{2,20}?)(?:人民政府|政府)", head[opening.start() :] if opening else head)
    for scope, after in (
        (lines, r"第?[一二三四五六七八九十〇零○\d]{1,4}届人民代表大会|人民代表大会|[一二三四五六七八九十]{1,3}届人大"),
        (lines, rf"(?:人民)?(?:政府)?(?:代)?(?:{_OFFICES})"),
        (lines, r"(?:人民)?(?:[12]\d{3}年)?(?:度)?《?政府工作报告"),
        (proxy[1] + "⌁" if proxy else "", "⌁"),
    ):
        compact = re.sub(r"[ \t\u3000]", "", scope)
        chain: list[Division] = []
        last_end = -1
        for start, end, name in divisions.names_in(compact):
            candidates = _narrow(divisions, name, year, chain if start == last_end else [])
            chain = candidates if candidates else []
            last_end = end
            if candidates and re.match(after, compact[end:]):
                found = candidates[0] if len(candidates) == 1 else _settle(divisions, candidates, text, year)
                return ReportPlace(found.code, found.name, 0.99, "named in the head")
    return None


def _bearers(divisions: Divisions, name: str, year: int | None) -> list[Division]:
    """The bearers of a name in a year; without a year the standing ones, the former only if none stands."""
    bearers = divisions.named(name, year)
    standing = [division for division in bearers if year is not None or division.valid_to is None]
    return standing or list(bearers)


def _narrow(divisions: Divisions, name: str, year: int | None, above: list[Division]) -> list[Division]:
    """The bearers of a name that lie in one of ``above`` (保定市 before 满城区), all of them if none is given."""
    bearers = _bearers(divisions, name, year) or list(divisions.named(name))[-1:]
    codes = {division.code for division in above}
    inside = [d for d in bearers if any(a.code in codes for a in divisions.ancestors(d.code, year))]
    return inside if above and inside else bearers


def _settle(divisions: Divisions, candidates: list[Division], text: str, year: int | None) -> Division:
    """The one of several divisions of a name that a text is of: whose neighbours and parts it names most."""
    scores = {d: _speaks_of(divisions, d, text, year) for d in candidates}
    return max(candidates, key=lambda d: (scores[d], -_LEVELS.index(d.level), d.code))


def _speaks_of(divisions: Divisions, division: Division, text: str, year: int | None) -> float:
    """How much a text speaks of a division, 0 to 8: which share of its parts it names, and whether what is above."""
    own = divisions.names(division)
    parts = divisions.children(division.code, year or 9999)
    ordinary = divisions.ordinary_words
    named = 0
    for part in parts:
        short = divisions.short_name(part)
        telling = part.level != "township" and short not in own and ordinary.get(short, 0) < _ORDINARY
        named += part.name in text or (telling and short in text)
    above = divisions.ancestors(division.code, year or 9999)
    near = sum(ancestor.name in text or divisions.short_name(ancestor) in text for ancestor in above)
    return 6 * named / max(len(parts), 1) + min(near, 2) * 0.5 + (division.name in text)


def _own_words(text: str) -> set[str]:
    """The level words a report may call its own division by.

    Measured on 224 reports: in a province's, 省 is nine tenths of them, in others less than three quarters; a county's
    or prefecture's own word is more than a fifth.
    """
    words: Counter[str] = Counter()
    for pattern, weight in _OWN_WORDS:
        for word in pattern.findall(text):
            words[word] += weight
    total = sum(words.values())
    if words["省"] > 0.8 * total:
        return {"省"}
    own = {word for word, count in words.items() if word != "省" and count > 0.2 * total}
    return own - {"市", "区"} or own


def _from_body(divisions: Divisions, text: str, year: int | None) -> ReportPlace:
    """The place a text without a head is of: of the level its 全市, 全县, 全省 say, and most spoken of."""
    words = _own_words(text)
    counts = Counter(name for _, _, name in divisions.names_in(text))
    spoken: Counter[Division] = Counter()
    for name, count in counts.most_common(80):
        if divisions.ordinary_words.get(name, 0) >= _ORDINARY:
            continue
        for division in _bearers(divisions, name, year):
            if not words or division.name[-1] in words:
                spoken[division] += count
    scores = ((2 * n**0.5 + _speaks_of(divisions, division, text, year), division) for division, n in spoken.items())
    ranked = sorted(scores, key=lambda item: (-item[0], item[1].code, item[1].name))
    if not ranked:
        return ReportPlace("", "", 0.0, "no division is named")
    best, division = ranked[0]
    second = ranked[1][0] if len(ranked) > 1 else 0.0
    certainty = best / (best + second) * best / (best + 1)  # how far ahead, and on how much evidence
    return ReportPlace(division.code, division.name, round(min(0.95, certainty), 2), "most spoken of")


__all__ = ["Change", "Division", "Divisions", "Region", "ReportPlace", "load_divisions"]
