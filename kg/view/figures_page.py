"""Figures as tables and charts: what was, what is aimed at, and by how much it grew.

Invariant: a figure is shown as written, with its bound and status; figures are put side by side only if they are of the
same thing, indicator and report; charts compare only what has one unit.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from kg.view.board import newest
from kg.view.contents import COUNTY_CLASSES, Contents, Figure, Names, Report, StatusChange, Thing
from kg.view.lines import Ref, Speaker

GROWTH = ("growth", "average_growth")
CHANGES = ("growth", "average_growth", "change")
MOST_BARS = 18


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure in a table."""

    text: str
    status: str  # actual, estimate or target
    href: str  # its sentence in the report
    number: str  # for sorting
    measure: Names
    kind: str  # notation of the measure
    sentence: str


@dataclass(frozen=True, slots=True)
class Row:
    """An indicator of a thing in one report: last year's figures and the coming year's targets."""

    indicator: Ref | None
    about: Ref | None
    report: Report
    level: tuple[Cell, ...]
    growth: tuple[Cell, ...]
    share: tuple[Cell, ...]
    rank: tuple[Cell, ...]
    target: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure of the table of all."""

    figure: Figure
    indicator: Ref | None
    about: tuple[Ref, ...]
    text: str
    href: str
    sentence: str
    number: str
    measure: Names
    status: Names


def figure_rows(contents: Contents, speaker: Speaker) -> tuple[FigureRow, ...]:
    """Every figure, in text order."""
    rows = []
    for f in contents.figures:
        quote = f.quotes[0] if f.quotes else None
        sentence = contents.sentences.get(quote.sentence) if quote else None
        rows.append(
            FigureRow(
                f,
                next(iter(speaker.refs(f.indicators)), None),
                speaker.refs(f.about),
                speaker.value(f),
                speaker.href(quote) if quote and sentence else "",
                sentence.text if sentence else "",
                _sortable(f),
                speaker.label("measure", f.measure),
                speaker.label("status", f.status),
            )
        )
    return tuple(rows)


def comparison(contents: Contents, speaker: Speaker) -> tuple[Row, ...]:
    """One row an indicator, thing and report; the report's own place first, then as the text has them."""
    found: dict[tuple[str, str, str], list[Figure]] = defaultdict(list)
    for f in contents.figures:
        for indicator in f.indicators or ("",):
            for about in f.about or ("",):
                if not f.comparator:
                    found[f.report, about, indicator].append(f)
    reports = {r.iri: r for r in contents.reports}
    rows = []
    for (report, about, indicator), figures in found.items():
        if report not in reports:
            continue
        targets = [f for f in figures if f.status == "target"]
        facts = [f for f in figures if f.status != "target"]
        rows.append(
            Row(
                speaker.ref(indicator),
                speaker.ref(about),
                reports[report],
                _cells(speaker, [f for f in facts if f.measure == "level"]),
                _cells(speaker, [f for f in facts if f.measure in CHANGES]),
                _cells(speaker, [f for f in facts if f.measure == "share"]),
                _cells(speaker, [f for f in facts if f.measure == "rank"]),
                _cells(speaker, targets),
            )
        )
    order = {r.iri: i for i, r in enumerate(contents.reports)}
    home = {r.iri: r.place for r in contents.reports}
    keys = list(found)
    position = {k: i for i, k in enumerate(keys)}
    paired = sorted(
        zip([k for k in keys if k[0] in reports], rows, strict=True),
        key=lambda x: (
            order[x[0][0]],
            x[0][1] != home[x[0][0]],
            not (x[1].target and (x[1].level or x[1].growth)),
            position[x[0]],
        ),
    )
    return tuple(r for _, r in paired)


def _cells(speaker: Speaker, figures: Iterable[Figure]) -> tuple[Cell, ...]:
    seen: dict[tuple[str, str, str], Cell] = {}
    for f in figures:
        quote = f.quotes[0] if f.quotes else None
        sentence = speaker.contents.sentences.get(quote.sentence) if quote else None
        measure = Names("") if f.measure == "level" else speaker.label("measure", f.measure)
        text = speaker.value(f)
        seen.setdefault(
            (text, f.status, f.measure),
            Cell(
                text,
                f.status,
                speaker.href(quote) if quote and sentence else "",
                _sortable(f),
                measure,
                f.measure,
                sentence.text if sentence else "",
            ),
        )
    return tuple(seen.values())


def _sortable(f: Figure) -> str:
    return str(f.normal if f.normal is not None else f.value)


def _middle(f: Figure) -> Decimal:
    return f.value if f.value_max is None else (f.value + f.value_max) / 2


def charts(contents: Contents, speaker: Speaker) -> dict[str, Any]:
    """What the charts draw, one object a report, newest report first, and series over years."""
    return {
        "reports": [_charts_of(contents, speaker, r) for r in contents.reports],
        "series": _series(contents, speaker),
    }


def _charts_of(contents: Contents, speaker: Speaker, report: Report) -> dict[str, Any]:
    figures = [f for f in contents.figures if f.report == report.iri]
    return {
        "title": _pair(report.title),
        "years": [report.review_year, report.plan_year],
        "growth": _against(contents, figures, report, GROWTH),
        "level": _against(contents, figures, report, ("level", "share")),
        "money": _money(contents, figures, speaker),
        "capacity": _capacity(contents, figures),
    }


def _pair(names: Names) -> list[str]:
    return [names.zh, names.en or names.zh]


def _against(
    contents: Contents, figures: Sequence[Figure], report: Report, measures: Sequence[str]
) -> list[dict[str, Any]]:
    """Indicators of the report's own place with both a fact and a target of one measure and unit."""
    facts: dict[tuple[str, str], Figure] = {}
    targets: dict[tuple[str, str], Figure] = {}
    for f in figures:
        if report.place not in f.about or f.measure not in measures or f.comparator:
            continue
        for indicator in f.indicators:
            key = (indicator, f.measure)
            if f.status == "target":
                targets.setdefault(key, f)
            elif not f.period or f.period == report.review_year:
                facts.setdefault(key, f)
    rows = []
    for key, fact in facts.items():
        target = targets.get(key)
        if target is None or fact.base_unit != target.base_unit or key[0] not in contents.indicators:
            continue
        a, t = (x.normal if x.normal is not None else x.value for x in (fact, target))
        if a == 0 and "level" in measures:
            continue
        rows.append(
            {
                "name": _pair(contents.indicators[key[0]].names),
                "actual": float(_middle(fact)),
                "target": float(_middle(target)),
                "ratio": round(float(t / a) * 100, 1) if a else None,
                "actualText": fact.text.zh,
                "targetText": target.text.zh,
                "status": fact.status,
                "bound": target.bound,
            }
        )
    return sorted(rows, key=lambda r: (-r["actual"], r["name"]))


def _money(contents: Contents, figures: Sequence[Figure], speaker: Speaker) -> list[dict[str, Any]]:
    """Amounts in yuan by purpose, largest first; what an economy produces is no purpose that money is given to."""
    rows: list[dict[str, Any]] = []
    for f in figures:
        output = any(contents.indicators[i].area == "economy" for i in f.indicators if i in contents.indicators)
        if f.base_unit == "yuan" and f.normal and f.normal > 0 and f.measure in ("level", "change") and not output:
            about = next((contents.things[a].names.zh for a in f.about if a in contents.things), "")
            rows.append(
                {
                    "name": f.phrase.zh or about,
                    "about": about,
                    "yuan": float(f.normal),
                    "text": speaker.value(f),
                    "status": f.status,
                    "year": f.period,
                }
            )
    rows.sort(key=lambda r: (-r["yuan"], r["name"]))
    return rows[: MOST_BARS * 2]


def _capacity(contents: Contents, figures: Sequence[Figure]) -> list[dict[str, Any]]:
    """Electric power by county and by the status of what it is of, in kilowatts."""
    statuses: dict[str, list[StatusChange]] = defaultdict(list)
    for s in contents.statuses:
        statuses[s.subject].append(s)
    rows = []
    for f in figures:
        if f.base_unit != "kilowatt" or f.normal is None or f.measure not in ("level", "change"):
            continue
        for about in f.about:
            thing = contents.things.get(about)
            if thing is None:
                continue
            county = next(
                (
                    contents.things[i]
                    for i in (about, *thing.within)
                    if i in contents.things and set(contents.things[i].classes) & set(COUNTY_CLASSES)
                ),
                None,
            )
            happened, planned = newest(statuses.get(about, []))
            at = happened or planned
            rows.append(
                {
                    "county": _pair((county or _holder(contents, about)).names),
                    "status": at.status if at else f.status,
                    "project": at is not None,
                    "planned": bool(at and at.target) or f.status == "target",
                    "kilowatts": float(f.normal),
                    "name": f"{thing.names.zh} · {f.phrase.zh}",
                    "text": f.text.zh,
                }
            )
    return rows


def _holder(contents: Contents, iri: str) -> Thing:
    """The place a thing belongs to; itself if it is one."""
    thing = contents.things[iri]
    return thing if thing.type == "place" or not thing.within else contents.things.get(thing.within[0], thing)


def _series(contents: Contents, speaker: Speaker) -> list[dict[str, Any]]:
    """Indicators of one place with figures of two years or more."""
    found: dict[tuple[str, str, str], dict[tuple[str, bool], Figure]] = defaultdict(dict)
    for f in contents.figures:
        if len(f.period) != 4 or not f.period.isdigit() or f.comparator:
            continue
        for about in f.about[:1]:
            thing = contents.things.get(about)
            if thing is None or thing.type != "place":
                continue
            for indicator in f.indicators[:1]:
                found[about, indicator, f.measure].setdefault((f.period, f.status == "target"), f)
    rows: list[dict[str, Any]] = []
    for (about, indicator, measure), points in found.items():
        years = {y for y, target in points if not target}
        units = {f.base_unit for f in points.values()}
        if len(years) < 2 or len(units) != 1 or indicator not in contents.indicators:
            continue
        rows.append(
            {
                "name": _pair(contents.indicators[indicator].names),
                "place": _pair(contents.things[about].names),
                "measure": _pair(speaker.label("measure", measure)),
                "points": _points(points),
            }
        )
    return sorted(rows, key=lambda r: (-len(r["points"]), r["place"], r["name"], r["measure"]))[:200]


def _points(points: Mapping[tuple[str, bool], Figure]) -> list[list[Any]]:
    """[year, value, target?, text]; values in the unit of the first figure."""
    scale: Decimal | None = None
    rows = []
    for (year, target), f in sorted(points.items()):
        if scale is None:
            scale = f.normal / f.value if f.normal is not None and f.value else Decimal(1)
        value = f.normal / scale if f.normal is not None and scale else f.value
        rows.append([year, float(value), int(target), f.text.zh, f.status, f.unit.zh])
    return rows
