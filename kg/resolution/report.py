"""One report out of its editions: a claim found in several editions is one claim with several pieces of evidence.

Invariant: a claim's key depends on the sentence it was read from, its place in that sentence and its content, not on
which edition was read first or what else the document holds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from kg.claims.claim import Entity, Extraction, Observation, Relation, Undertaking
from kg.iris import content_hash, division_path, entity_path, region_path, report_path
from kg.reading import overriding
from kg.reading.edition import Edition, Metadata
from kg.recognition.spans import EntityType, Number
from kg.resolution.alignment import Alignment, Difference, align
from kg.resolution.corrections import Correction, Stale
from kg.resolution.decisions import Decision
from kg.vocabulary.divisions import load_divisions

ClaimT = TypeVar("ClaimT", bound=Observation | Relation | Undertaking)


class Citation(NamedTuple):
    """Where a claim stands: the number of the edition in its report, and the span in that edition's text."""

    edition: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Cited(Generic[ClaimT]):
    """A claim with all the places it was read from. Offsets inside ``claim`` are those of its first citation."""

    key: str
    claim: ClaimT
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class CitedMention:
    """A name where it stands in one edition."""

    citation: Citation
    rule: str
    name: str


@dataclass(frozen=True, slots=True)
class CitedNumber:
    """A number where it stands in one edition, with the key of the observation it became, if any."""

    edition: int
    number: Number
    observation: str


class Label(NamedTuple):
    """A name that a person gave. ``role`` is preferred, alternative, or none: then the thing is not called so."""

    language: str
    text: str
    role: str


@dataclass(frozen=True, slots=True)
class Thing:
    """An entity of the graph. ``path`` is its IRI below the base; names are in Simplified characters."""

    path: str
    entity_type: EntityType
    name: str
    aliases: tuple[str, ...]
    mentions: tuple[CitedMention, ...]
    kind: str = ""
    code: str = ""
    place: str = ""  # path of the place it belongs to
    labels: tuple[Label, ...] = ()  # what people put in the place of the names above


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a correction in a report.

    ``claims`` and ``things`` are the keys and paths of what it changed, as they were named before; ``results`` the
    paths of the things that came of it; ``made`` the key of a claim that is in the graph because of it alone.
    """

    correction: Correction
    stale: Stale | None = None
    claims: tuple[str, ...] = ()
    things: tuple[str, ...] = ()
    results: tuple[str, ...] = ()
    made: str = ""
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A report resolved: its editions, and everything read from them, once."""

    path: str
    metadata: Metadata
    editions: tuple[Edition, ...]
    things: tuple[Thing, ...]
    numbers: tuple[CitedNumber, ...]
    observations: tuple[Cited[Observation], ...]
    relations: tuple[Cited[Relation], ...]
    undertakings: tuple[Cited[Undertaking], ...]
    differences: tuple[tuple[int, Difference], ...]  # (number of the other edition, what differs from edition 0)
    paths: dict[str, str]  # entity key of the extractions -> path
    decisions: tuple[Decision, ...] = ()  # those that concern its entities
    corrections: tuple[Outcome, ...] = ()  # what became of those that concern it


def resolve_report(editions: Sequence[Edition], extractions: Sequence[Extraction]) -> Report:
    """Bring what was read from the editions of one report together."""
    metadata = editions[0].metadata
    for other in editions[1:]:  # one edition may name the speaker or the date where another does not
        metadata = overriding(other.metadata, metadata)
    alignments = [align(editions[0], other) for other in editions[1:]]
    paths = _paths(extractions, metadata)
    observations, observation_keys = _cite(
        editions,
        [e.observations for e in extractions],
        alignments,
        observation_content,
    )
    relations, _ = _cite(
        editions,
        [e.relations for e in extractions],
        alignments,
        relation_content,
    )
    undertakings, _ = _cite(
        editions,
        [e.undertakings for e in extractions],
        alignments,
        lambda c: ("undertaking", c.achieved, c.verb, c.object, c.item),
    )
    numbers = tuple(
        CitedNumber(i, n, observation_keys.get(Citation(i, n.start, n.end), ""))
        for i, extraction in enumerate(extractions)
        for n in extraction.numbers
    )
    return Report(
        path=report_path(metadata.place, metadata.plan_year, editions[0].sha256),
        metadata=metadata,
        editions=tuple(editions),
        things=_things(extractions, paths, metadata),
        numbers=numbers,
        observations=observations,
        relations=relations,
        undertakings=undertakings,
        differences=tuple((i + 1, d) for i, a in enumerate(alignments) for d in a.differences),
        paths=paths,
    )


def observation_content(claim: Observation) -> tuple[object, ...]:
    """What makes an observation the one it is, wherever it stands."""
    return (
        "observation",
        *(i.phrase for i in claim.indicators),
        *(claim.measure, claim.value, claim.value_max, claim.unit, claim.period, claim.status, claim.bound),
        claim.comparator,
        *claim.about,
    )


def relation_content(claim: Relation) -> tuple[object, ...]:
    """What makes a relation the one it is, wherever it stands."""
    return ("relation", claim.subject, claim.predicate, claim.object, claim.period, claim.target)


def claim_key(edition: Edition, citation: Citation, content: tuple[object, ...]) -> str:
    """The key of a claim of this content that stands at ``citation``."""
    return content_hash(*_place_in_text(edition, citation), *content)


def _cite(
    editions: Sequence[Edition],
    claims: Sequence[Sequence[ClaimT]],
    alignments: Sequence[Alignment],
    content: Callable[[ClaimT], tuple[object, ...]],
) -> tuple[tuple[Cited[ClaimT], ...], dict[Citation, str]]:
    """Merge the claims of all editions; also tell which claim stands at which citation."""
    found: dict[tuple[object, ...], tuple[ClaimT, list[Citation]]] = {}
    for i, read in enumerate(claims):
        for each in read:
            here = Citation(i, each.start, each.end)
            base = here if i == 0 else _in_base(alignments[i - 1], here)
            identity = (base, *content(each))
            found.setdefault(identity, (each, []))[1].append(here)
    cited: list[Cited[ClaimT]] = []
    keys: dict[Citation, str] = {}
    taken: set[str] = set()
    for statement, citations in found.values():
        key = claim_key(editions[citations[0].edition], citations[0], content(statement))
        if key in taken:  # the same statement twice at the same place: one claim
            continue
        taken.add(key)
        cited.append(Cited(key, statement, tuple(sorted(citations))))
        keys.update(dict.fromkeys(citations, key))
    return tuple(cited), keys


def _in_base(alignment: Alignment, citation: Citation) -> Citation:
    span = alignment.to_base(citation.start, citation.end)
    return Citation(0, span.start, span.end) if span else citation


def _place_in_text(edition: Edition, citation: Citation) -> tuple[object, ...]:
    """The sentence's words, which of the sentences of these words it is, and where in it the claim stands."""
    sentence = edition.sentence_at(citation.start)
    words = _words(edition, sentence.start, sentence.end)
    earlier = sum(
        1
        for s in edition.sentences[: sentence.index]
        if s.end - s.start == sentence.end - sentence.start and _words(edition, s.start, s.end) == words
    )
    return words, earlier, citation.start - sentence.start, citation.end - sentence.start


def _words(edition: Edition, start: int, end: int) -> str:
    return "".join(edition.norm[start:end].split())


def _paths(extractions: Sequence[Extraction], metadata: Metadata) -> dict[str, str]:
    """Entity keys to IRI paths. The empty key is the report's own place."""
    entities = {e.key: e for extraction in extractions for e in extraction.entities}
    home = metadata.place
    regions = _regions()
    paths = {"": division_path(home) if home else "place/unplaced/" + content_hash(metadata.place_name)}
    for key, entity in sorted(entities.items()):
        if entity.code and entity.entity_type is EntityType.PLACE:
            paths[key] = division_path(entity.code)
        elif entity.entity_type is EntityType.PLACE and entity.name in regions:
            paths[key] = region_path(regions[entity.name])
        else:
            place = entities.get(entity.place)
            code = place.code if place and place.code else entity.place.removeprefix("place:") or home
            paths[key] = entity_path(entity.entity_type.value, code if code.isdigit() else home, entity.name)
    return paths


def _regions() -> dict[str, str]:
    """Every name of a region that is known nation-wide, with the name it goes by."""
    return {name: r.name for r in load_divisions().regions for name in (r.name, *r.aliases)}


def _things(extractions: Sequence[Extraction], paths: dict[str, str], metadata: Metadata) -> tuple[Thing, ...]:
    by_path: dict[str, list[tuple[int, Entity]]] = defaultdict(list)
    for i, extraction in enumerate(extractions):
        for entity in extraction.entities:
            by_path[paths[entity.key]].append((i, entity))
    regions = _regions()
    things = []
    for path, found in sorted(by_path.items()):
        first = found[0][1]
        name = regions.get(first.name, first.name) if first.entity_type is EntityType.PLACE else first.name
        aliases = {a for _, e in found for a in (*e.aliases, e.name)} - {name}
        mentions = sorted(
            {CitedMention(Citation(i, m.start, m.end), m.rule, m.name) for i, e in found for m in e.mentions},
            key=lambda m: (m.citation, m.rule, m.name),
        )
        things.append(
            Thing(
                path,
                first.entity_type,
                name,
                tuple(sorted(aliases)),
                tuple(mentions),
                first.kind,
                first.code,
                paths.get(first.place, "") if path != paths.get(first.place, "") else "",
            )
        )
    if paths[""] not in by_path:
        name = metadata.place_name or metadata.place
        things.append(Thing(paths[""], EntityType.PLACE, name, (), (), "", metadata.place, ""))
    return tuple(things)
