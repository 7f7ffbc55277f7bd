"""A page for every thing and indicator: its names, what is said of it, and the same as Turtle and JSON-LD.

Invariant: the RDF beside a page holds every triple whose subject is the thing, every statement about it with all its
properties, and the quotations those rest on; nothing else.
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pyoxigraph import NamedNode, RdfFormat, Store, Triple, serialize

from kg.graph.terms import PREFIXES, term, triple_order
from kg.view.contents import Concept, Contents, Figure, Link, Names, Said, StatusChange, Thing, Undertaking
from kg.view.ego import Ego
from kg.view.lines import Line, Passage, Ref, Speaker
from kg.view.pinyin import with_tones


@dataclass(frozen=True, slots=True)
class Group:
    """Relations of one kind."""

    names: Names
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class ThingView:
    """All that a thing's page shows."""

    iri: str
    slug: str
    type: str
    type_names: Names
    names: Names
    pinyin: str
    other_names: tuple[Names, ...]
    kind: Names
    industries: tuple[Names, ...]
    facts: tuple[tuple[Names, str], ...]  # code, validity …
    definition: str
    places: tuple[Ref, ...]
    statuses: tuple[Line, ...]
    figures: tuple[Line, ...]
    outgoing: tuple[Group, ...]
    incoming: tuple[Group, ...]
    promises: tuple[Line, ...]
    done: tuple[Line, ...]
    mentions: tuple[Passage, ...]
    ego: Ego


def view_thing(
    contents: Contents,
    speaker: Speaker,
    thing: Thing | Concept,
    slug: str,
    kind: str,
    said: Sequence[Said],
    mentions: Sequence[Passage],
    ego: Ego,
) -> ThingView:
    """The page of ``thing``, of which ``said`` is said."""
    iri = thing.iri
    out: dict[str, list[Line]] = defaultdict(list)
    back: dict[str, list[Line]] = defaultdict(list)
    labels: dict[str, Names] = {}
    for s in said:
        if isinstance(s, Link):
            line = speaker.line(s, iri, 2)
            outward = s.subject == iri
            labels[f"{s.predicate}{outward}"] = line.words
            (out if outward else back)[s.predicate].append(line)
    statuses = sorted((s for s in said if isinstance(s, StatusChange)), key=lambda s: (s.period, s.target))
    facts: list[tuple[Names, str]] = []
    other: tuple[Names, ...] = ()
    places: tuple[Ref, ...] = ()
    if isinstance(thing, Thing):
        other = thing.aliases
        places = speaker.refs(thing.stated_in or thing.within[:1])
        if thing.code:
            facts.append((Names("区划代码", "", "GB/T 2260 code"), thing.code))
        if any(thing.valid):
            facts.append((Names("有效期", "", "valid"), "–".join(thing.valid)))
        if thing.point:
            facts.append((Names("坐标", "", "coordinates"), f"{thing.point[1]:g}°N {thing.point[0]:g}°E"))
    type_names = contents.types.get(kind, Names("指标", "", "indicator"))
    return ThingView(
        iri=iri,
        slug=slug,
        type=kind,
        type_names=type_names,
        names=thing.names,
        pinyin=with_tones(thing.names.zh),
        other_names=other,
        kind=thing.kind.names if isinstance(thing, Thing) and thing.kind else Names(""),
        industries=tuple(i.names for i in thing.industries) if isinstance(thing, Thing) else (),
        facts=tuple(facts),
        definition=thing.definition if isinstance(thing, Concept) else "",
        places=places,
        statuses=tuple(speaker.line(s, iri, 2) for s in statuses),
        figures=tuple(speaker.line(s, iri, 2) for s in said if isinstance(s, Figure)),
        outgoing=tuple(Group(labels[f"{p}True"], _merged(lines)) for p, lines in sorted(out.items())),
        incoming=tuple(Group(labels[f"{p}False"], _merged(lines)) for p, lines in sorted(back.items())),
        promises=tuple(speaker.line(s, iri, 2) for s in said if isinstance(s, Undertaking) and not s.achieved),
        done=tuple(speaker.line(s, iri, 2) for s in said if isinstance(s, Undertaking) and s.achieved),
        mentions=tuple(mentions),
        ego=ego,
    )


def _merged(lines: Sequence[Line]) -> tuple[Line, ...]:
    """What is said twice as one line with the sentences of both."""
    found: dict[tuple[tuple[Ref, ...], str], Line] = {}
    for line in lines:
        key = (line.object, line.chip)
        if earlier := found.get(key):
            periods = dict.fromkeys(p for p in (*earlier.period.split("、"), line.period) if p)
            passages = dict.fromkeys((*earlier.passages, *line.passages))
            found[key] = replace(earlier, period="、".join(periods), passages=tuple(passages))
        else:
            found[key] = line
    return tuple(found.values())


def described(store: Store, iri: str, said: Iterable[Said]) -> list[Triple]:
    """The triples that a thing's RDF files hold."""
    subjects = dict.fromkeys([iri, *(s.iri for s in said)])
    evidence: dict[str, None] = {}
    found: set[Triple] = set()
    for s in subjects:
        for q in store.quads_for_pattern(NamedNode(s), None, None, None):
            found.add(q.triple)
            if q.predicate == term("prov:wasDerivedFrom") and isinstance(q.object, NamedNode):
                evidence[q.object.value] = None
    for e in evidence:
        for q in store.quads_for_pattern(NamedNode(e), None, None, None):
            found.add(q.triple)
            if q.predicate == term("oa:hasSelector") and isinstance(q.object, NamedNode):
                found |= {x.triple for x in store.quads_for_pattern(q.object, None, None, None)}
    return sorted(found, key=triple_order)


def as_rdf(triples: Sequence[Triple], base: str) -> Mapping[str, bytes]:
    """``triples`` as Turtle and as JSON-LD, by file suffix."""
    prefixes = {**PREFIXES, "id": base}
    written = {}
    for suffix, syntax in (("ttl", RdfFormat.TURTLE), ("jsonld", RdfFormat.JSON_LD)):
        out = io.BytesIO()
        serialize(triples, out, syntax, prefixes=prefixes)
        written[suffix] = out.getvalue()
    return written


def index_entry(view: ThingView, weight: int, search: str) -> dict[str, Any]:
    """A row of the list of all things."""
    return {"view": view, "weight": weight, "search": search}
