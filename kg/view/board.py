"""Projects by status and county, promises by policy area, and the livelihood items.

Invariant: a project stands where its newest status of what has happened puts it; a status that is only planned is shown
as planned and moves nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from kg.view.contents import COUNTY_CLASSES, Contents, Figure, Names, StatusChange, Undertaking
from kg.view.lines import Line, Ref, Speaker

# Only planned so far: what is to happen is on the card.
DUE = "due"
# In the order of a project's life; "" is where no report says.
LIFE = (
    DUE,
    "planned",
    "preliminary",
    "approved",
    "started",
    "under_construction",
    "resumed",
    "suspended",
    "completed",
    "in_operation",
    "",
)
UNSAID = Names("报告未说明状态", "", "no status stated")
NEXT = Names("本年计划推进", "", "planned for the year")
EVERYWHERE = Names("未分到县（区）", "", "no county stated")
NO_AREA = Names("未归入政策领域", "", "no policy area")


@dataclass(frozen=True, slots=True)
class Card:
    """A project or facility on the board."""

    ref: Ref
    kind: Names
    status: str  # notation of the column
    county: Ref | None
    place: Names
    now: Names
    now_year: str
    next: Names  # planned status, or ""
    next_year: str
    figures: tuple[str, ...]
    href: str  # the sentence that says the status


@dataclass(frozen=True, slots=True)
class Column:
    """Cards of one status."""

    key: str
    names: Names
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Area:
    """Promises, or what was done, in one policy area."""

    key: str
    names: Names
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One of the livelihood items."""

    report: Names
    number: int
    lines: tuple[Line, ...]


def columns(contents: Contents, speaker: Speaker) -> tuple[Column, ...]:
    """Projects, and facilities with a status, by status in the order of a project's life."""
    statuses: dict[str, list[StatusChange]] = defaultdict(list)
    for s in contents.statuses:
        statuses[s.subject].append(s)
    figures: dict[str, list[Figure]] = defaultdict(list)
    for f in contents.figures:
        for about in f.about:
            figures[about].append(f)
    cards: dict[str, list[Card]] = defaultdict(list)
    for thing in contents.things.values():
        if thing.type != "project" and not (thing.type == "facility" and statuses.get(thing.iri)):
            continue
        ref = speaker.ref(thing.iri)
        if ref is None:
            continue
        happened, planned = newest(statuses.get(thing.iri, []))
        shown = happened or planned
        county = _county(contents, thing.iri)
        quote = shown.quotes[0] if shown and shown.quotes else None
        key = happened.status if happened else planned.status if planned else ""
        if not happened and planned:
            key = DUE
        cards[key if key in LIFE else ""].append(
            Card(
                ref=ref,
                kind=thing.kind.names if thing.kind else Names(""),
                status=key,
                county=speaker.ref(county) if county else None,
                place=contents.things[county].names if county else Names(""),
                now=speaker.label("project-status", happened.status) if happened else Names(""),
                now_year=happened.period if happened else "",
                next=speaker.label("project-status", planned.status) if planned else Names(""),
                next_year=planned.period if planned else "",
                figures=tuple(f"{f.phrase.zh} {speaker.value(f)}" for f in figures.get(thing.iri, [])[:3]),
                href=speaker.href(quote) if quote and quote.sentence in contents.sentences else "",
            )
        )
    return tuple(
        Column(
            key,
            NEXT if key == DUE else speaker.label("project-status", key) if key else UNSAID,
            tuple(sorted(cards[key], key=lambda c: (c.place.zh == "", c.place.zh, c.ref.names.zh))),
        )
        for key in LIFE
        if cards.get(key)
    )


def newest(changes: Sequence[StatusChange]) -> tuple[StatusChange | None, StatusChange | None]:
    """The newest status that has happened, and the newest that is planned."""
    ordered = sorted(changes, key=lambda s: (s.period, LIFE.index(s.status) if s.status in LIFE else 0))
    happened = [s for s in ordered if not s.target]
    planned = [s for s in ordered if s.target]
    return (happened[-1] if happened else None), (planned[-1] if planned else None)


def _county(contents: Contents, iri: str) -> str:
    thing = contents.things[iri]
    for place in (*thing.stated_in, *thing.within):
        known = contents.things.get(place)
        for up in (place, *(known.within if known else ())):
            if up in contents.things and set(contents.things[up].classes) & set(COUNTY_CLASSES):
                return up
    return ""


def areas(contents: Contents, speaker: Speaker, achieved: bool) -> tuple[Area, ...]:
    """Undertakings by policy area, the largest area first; in each as the text has them."""
    found: dict[str, list[Undertaking]] = defaultdict(list)
    for u in contents.undertakings:
        if u.achieved is achieved:
            found[u.area].append(u)
    order = sorted(found, key=lambda a: (a == "", -len(found[a]), a))
    return tuple(
        Area(key, speaker.label("policy-area", key) if key else NO_AREA, tuple(speaker.line(u) for u in found[key]))
        for key in order
    )


def livelihood(contents: Contents, speaker: Speaker) -> tuple[Item, ...]:
    """The livelihood items, report by report, by number."""
    found: dict[tuple[str, int], list[Undertaking]] = defaultdict(list)
    for u in contents.undertakings:
        if u.item is not None:
            found[u.report, u.item].append(u)
    titles = {r.iri: r.title for r in contents.reports}
    order = {r.iri: i for i, r in enumerate(contents.reports)}
    return tuple(
        Item(titles[report], number, tuple(speaker.line(u) for u in found[report, number]))
        for report, number in sorted(found, key=lambda k: (order.get(k[0], 0), k[1]))
        if report in titles
    )
