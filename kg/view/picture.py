"""Which things a graph page shows, how they are joined, and how weighty each is.

Invariant: joined means that a report says so (a relation) or names both one after the other in one sentence (``near``,
drawn apart from relations). Weight is the number of sentences that name a thing plus the number of statements about it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt

from kg.view.contents import COUNTY_CLASSES, Contents, Figure, Said, StatusChange, Undertaking, slug_of
from kg.view.layout import layout

INDICATOR = "indicator"
# In this order in legends and lists.
TYPES = (
    "place",
    "zone",
    "project",
    "facility",
    "enterprise",
    "organization",
    "programme",
    "policy",
    "honour",
    "event",
    "brand",
    INDICATOR,
)
# What is not shown at first: it joins nearly everything to the report's own place.
HIDDEN_AT_FIRST = (INDICATOR,)
NEAR_WEIGHT = 0.35  # how strongly things named together are drawn together, a stated relation being 1
# In a sentence that lists more names than this, being named side by side says nothing.
LONGEST_LIST = 14


@dataclass(frozen=True, slots=True)
class Node:
    """A thing, or an indicator, as drawn."""

    iri: str
    slug: str
    type: str
    weight: int
    sentences: int  # that name it
    statements: int  # about it
    counties: tuple[str, ...]  # slugs
    years: tuple[str, ...]
    statuses: tuple[str, ...]
    areas: tuple[str, ...]

    @property
    def radius(self) -> float:
        """Half its width, pixels."""
        return round(min(38.0, 8.0 + 2.6 * sqrt(self.weight)), 1)


@dataclass(frozen=True, slots=True)
class Join:
    """What joins two nodes: a predicate (``near`` for side by side in a sentence) and what says so."""

    subject: str  # IRI
    predicate: str
    object: str
    said: tuple[str, ...]  # claims' IRIs, or sentences' for ``near``


@dataclass(frozen=True, slots=True)
class Picture:
    """Nodes, weightiest first, with a position each; joins between them; which nodes are drawn at first."""

    nodes: tuple[Node, ...]
    joins: tuple[Join, ...]
    positions: tuple[tuple[int, int], ...]
    shown: tuple[str, ...]  # IRIs
    of: int  # how many there would be without a cut


def concerned(said: Said) -> tuple[str, ...]:
    """The IRIs a statement is about: things and indicators."""
    if isinstance(said, Figure):
        return (*said.about, *said.indicators)
    if isinstance(said, Undertaking):
        return (*said.concerns, *said.responsible)
    return tuple(x for x in (getattr(said, "subject", ""), getattr(said, "object", "")) if x)


def statements_about(contents: Contents) -> dict[str, list[Said]]:
    """What is said of each thing and indicator, in text order."""
    found: dict[str, list[Said]] = defaultdict(list)
    home = {r.iri: r.place for r in contents.reports}
    for said in (*contents.links, *contents.statuses, *contents.figures, *contents.undertakings):
        # What is promised of nothing in particular is the report's own place's to keep.
        for iri in dict.fromkeys(concerned(said)) or [home.get(said.report, "")]:
            found[iri].append(said)
    return found


def joins_of(contents: Contents) -> tuple[Join, ...]:
    """All joins: relations, figures (thing to indicator) and side by side."""
    stated: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for link in contents.links:
        if link.subject in contents.things and link.object in contents.things and link.subject != link.object:
            stated[link.subject, link.predicate, link.object].append(link.iri)
    for figure in contents.figures:
        for about in figure.about:
            for indicator in figure.indicators:
                if about in contents.things and indicator in contents.indicators:
                    stated[about, "hasObservation", indicator].append(figure.iri)
    for thing in contents.things.values():
        # Where a county or town lies is worth drawing; that everything lies in the report's own place is not.
        if thing.type == "place" and thing.within and thing.within[0] in contents.things:
            stated.setdefault((thing.iri, "inPlace", thing.within[0]), [])
    told = {frozenset((s, o)) for s, _, o in stated}
    homes = {r.place for r in contents.reports}
    above = {w for h in homes if h in contents.things for w in contents.things[h].within}
    named: dict[str, list[str]] = defaultdict(list)
    first = {e.iri for r in contents.reports for e in r.editions[:1]}
    for m in contents.mentions:
        if m.quote.edition in first and m.thing not in homes and m.thing not in above:
            in_order = named[m.quote.sentence]
            if not in_order or in_order[-1] != m.thing:
                in_order.append(m.thing)
    near: dict[tuple[str, str], list[str]] = defaultdict(list)
    for sentence, things in named.items():
        if len(things) > LONGEST_LIST:
            continue
        for a, b in pairwise(things):
            if frozenset((a, b)) not in told:
                near[min(a, b), max(a, b)].append(sentence)
    return (
        *(Join(s, p, o, tuple(said)) for (s, p, o), said in sorted(stated.items())),
        *(Join(a, "near", b, tuple(dict.fromkeys(said))) for (a, b), said in sorted(near.items())),
    )


def nodes_of(contents: Contents) -> dict[str, Node]:
    """Every thing and indicator as a node."""
    about = statements_about(contents)
    first = {e.iri for r in contents.reports for e in r.editions[:1]}
    sentences: dict[str, set[str]] = defaultdict(set)
    for m in contents.mentions:
        if m.quote.edition in first:
            sentences[m.thing].add(m.quote.sentence)
    nodes: dict[str, Node] = {}
    for thing in contents.things.values():
        said = about.get(thing.iri, [])
        counties = [
            contents.things[i].slug
            for i in (thing.iri, *thing.within)
            if i in contents.things and any(c in COUNTY_CLASSES for c in contents.things[i].classes)
        ]
        nodes[thing.iri] = _node(
            thing.iri, thing.slug, thing.type, len(sentences[thing.iri]), said, tuple(sorted(set(counties)))
        )
    for iri, concept in contents.indicators.items():
        said = about.get(iri, [])
        where = {q.sentence for s in said for q in s.quotes if q.edition in first}
        nodes[iri] = _node(iri, indicator_slug(iri, concept.notation, contents.base), INDICATOR, len(where), said, ())
    return nodes


def indicator_slug(iri: str, notation: str, base: str) -> str:
    """File name of an indicator's page."""
    plain = notation.isascii() and notation.replace("_", "").isalnum()
    return slug_of(iri, base, INDICATOR, notation.replace("_", "-") if plain else "")


def _node(iri: str, slug: str, kind: str, sentences: int, said: Sequence[Said], counties: tuple[str, ...]) -> Node:
    years = {y for s in said for y in s.period.split("-")[:2] if len(y) == 4 and y.isdigit()}
    statuses = {s.status for s in said if isinstance(s, StatusChange) and s.subject == iri}
    areas = {s.area for s in said if isinstance(s, Undertaking) and s.area}
    return Node(
        iri,
        slug,
        kind,
        sentences + len(said),
        sentences,
        len(said),
        counties,
        tuple(sorted(years)),
        tuple(sorted(statuses)),
        tuple(sorted(areas)),
    )


def within_hops(joins: Iterable[Join], start: Iterable[str], hops: int) -> set[str]:
    """What is at most ``hops`` joins from ``start``; side by side counts as no join."""
    neighbours: dict[str, set[str]] = defaultdict(set)
    for j in joins:
        if j.predicate not in ("near", "hasObservation"):
            neighbours[j.subject].add(j.object)
            neighbours[j.object].add(j.subject)
    found, edge = set(start), set(start)
    for _ in range(hops):
        edge = {n for i in edge for n in neighbours.get(i, ())} - found
        found |= edge
    return found


def draw(
    contents: Contents, *, only: set[str] | None = None, classes: Sequence[str] = (), top: int = 300, most: int = 3000
) -> Picture:
    """The picture of ``contents``, or of the things ``only`` and of ``classes`` in it.

    ``top`` things are drawn at first, and ``most`` are in the page to be found and grown, by weight.
    """
    everything = nodes_of(contents)
    # Places that no report speaks of (a province above) are drawn only where they join something.
    joins = joins_of(contents)
    nodes = [
        n
        for n in everything.values()
        if (only is None or n.iri in only)
        and (not classes or n.type in classes)
        and (n.weight > 0 or only is not None or n.type == "place")
    ]
    nodes.sort(key=lambda n: (-n.weight, n.iri))
    of = len(nodes)
    nodes = nodes[:most]
    first = [n for n in nodes if classes or only is not None or n.type not in HIDDEN_AT_FIRST][:top]
    kept = {n.iri for n in nodes}
    joins = tuple(j for j in joins if j.subject in kept and j.object in kept)
    positions = _positions(nodes, joins, {n.iri for n in first})
    return Picture(tuple(nodes), joins, positions, tuple(n.iri for n in first), of)


def _positions(nodes: Sequence[Node], joins: Sequence[Join], first: set[str]) -> tuple[tuple[int, int], ...]:
    """What is drawn at first is laid out for itself; the rest is placed around it."""
    shown = [n for n in nodes if n.iri in first]
    found = dict(zip((n.iri for n in shown), _lay_out(shown, joins, None), strict=True))
    if len(shown) < len(nodes):
        index = {n.iri: i for i, n in enumerate(nodes)}
        return tuple(_lay_out(nodes, joins, {index[i]: at for i, at in found.items()}))
    return tuple(found[n.iri] for n in nodes)


def _lay_out(
    nodes: Sequence[Node], joins: Sequence[Join], fixed: Mapping[int, tuple[int, int]] | None
) -> list[tuple[int, int]]:
    index = {n.iri: i for i, n in enumerate(nodes)}
    pairs: dict[tuple[int, int], float] = {}
    for j in joins:
        if j.subject in index and j.object in index:
            key = (min(index[j.subject], index[j.object]), max(index[j.subject], index[j.object]))
            pairs[key] = max(pairs.get(key, 0.0), NEAR_WEIGHT if j.predicate == "near" else 1.0)
    edges = [(a, b, w) for (a, b), w in sorted(pairs.items())]
    return layout(len(nodes), edges, [n.radius for n in nodes], [TYPES.index(n.type) for n in nodes], fixed)
