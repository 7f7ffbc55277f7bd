"""Decisions applied to a report: what was split, and what was joined.

Invariant: claims keep their keys, so a claim's IRI is the same before and after a decision and after it is undone; only
the things that claims speak of change.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.claims.claim import Observation, Predicate, Relation, Undertaking
from kg.iris import division_path, name_in_path, normal_name
from kg.reading.edition import Edition, Span
from kg.reading.script import detect_script, normalise
from kg.recognition.spans import EntityType
from kg.resolution.alignment import align
from kg.resolution.decisions import Decision, Judgement, Judgements, Selector, selectors
from kg.resolution.report import Citation, Cited, CitedMention, Report, Thing
from kg.vocabulary.divisions import load_divisions


def apply_decisions(report: Report, judgements: Judgements) -> Report:
    """``report`` as the decisions have it. Those that concern none of its entities change nothing."""
    effective: list[Decision] = []
    for decision in judgements.splits:
        changed = _split(report, decision, judgements)
        if changed is not report:
            effective.append(decision)
            report = changed
    named = {t.path for t in report.things}
    moves = {p: judgements.canonical(p) for p in sorted(named) if judgements.canonical(p) != p}
    effective += [
        d for d in judgements.standing if d.judgement is not Judgement.SPLIT and (d.one in named or d.other in named)
    ]
    joined = rejoin(report, moves) if moves else report
    return replace(joined, decisions=tuple(sorted(effective, key=lambda d: d.line))) if effective else joined


# -- joining ---------------------------------------------------------------------------------------------------------


def rejoin(report: Report, moves: Mapping[str, str], names: Mapping[str, str] | None = None) -> Report:
    """``report`` with each thing at the path that ``moves`` gives for its own; things at one path become one.

    The type of a thing that moved is that of its new path. Its name is that in ``names``, else of the thing that was
    there, else what the path says; other names are kept beside it.
    """
    groups: dict[str, list[Thing]] = defaultdict(list)
    for thing in report.things:
        groups[moves.get(thing.path, thing.path)].append(thing)
    things = tuple(_one(path, group, moves, (names or {}).get(path, "")) for path, group in sorted(groups.items()))
    return replace(report, things=things, paths={k: moves.get(p, p) for k, p in report.paths.items()})


def _one(path: str, group: Sequence[Thing], moves: Mapping[str, str], name: str) -> Thing:
    lead = next((t for t in group if t.path == path), None) or new_thing(path)
    name = name or lead.name
    aliases = {a for t in group for a in (t.name, *t.aliases)} | {*lead.aliases}
    kinds = [lead.kind, *(t.kind for t in group if t.entity_type is lead.entity_type)]
    place = moves.get(lead.place, lead.place)
    return replace(
        lead,
        name=name,
        aliases=tuple(sorted(aliases - {name})),
        mentions=tuple(sorted({m for t in group for m in t.mentions}, key=mention_order)),
        kind=next((k for k in kinds if k), ""),
        place=place if place != path else "",
        labels=tuple(dict.fromkeys(label for t in group for label in t.labels)),
    )


def mention_order(mention: CitedMention) -> tuple[Citation, str, str]:
    """Where a mention stands among those of its thing."""
    return mention.citation, mention.rule, mention.name


def new_thing(path: str, name: str = "") -> Thing:
    """A thing that nothing is known of but its path, and perhaps how its name is written."""
    kind, code, *_ = path.split("/", 2)
    if path == division_path(code):
        division = load_divisions().by_code(code)
        return Thing(path, EntityType.PLACE, name or (division.name if division else code), (), (), "", code)
    place = division_path(code) if code.isdigit() else ""
    return Thing(path, EntityType(kind), name or name_in_path(path), (), (), place=place)


# -- splitting -------------------------------------------------------------------------------------------------------


def _split(report: Report, decision: Decision, judgements: Judgements) -> Report:
    """``report`` with the mentions that the decision names moved; itself if it has none of them."""
    one = judgements.canonical(decision.one)
    chosen = _chooser(report, selectors(decision.where))
    for source in [t for t in report.things if judgements.canonical(t.path) == one]:
        moved = tuple(m for m in source.mentions if chosen(m))
        if moved and source.path != decision.other:
            report = _move(report, source, moved, decision.other)
    return report


def _chooser(report: Report, wanted: Sequence[Selector]) -> Callable[[CitedMention], bool]:
    words = {_plain(s.words) for s in wanted if s.words}
    spans = {
        Citation(i, s.start, s.end) for s in wanted for i, e in enumerate(report.editions) if e.document == s.document
    }
    in_first = _aligner(report.editions) if spans else None
    places = {in_first(c) for c in spans} if in_first else set()

    def chosen(mention: CitedMention) -> bool:
        if not words.isdisjoint(_words(report, mention)):
            return True
        return in_first is not None and in_first(mention.citation) in places

    return chosen


def _plain(words: str) -> str:
    return normal_name(normalise(words, detect_script(words)))


def _words(report: Report, mention: CitedMention) -> set[str]:
    """What the mention is called: the words that stand there, and the name they stand for."""
    edition, start, end = mention.citation
    return {normal_name(report.editions[edition].norm[start:end]), normal_name(mention.name)}


def _aligner(editions: Sequence[Edition]) -> Callable[[Citation], object]:
    """Where a citation of any edition stands in the first one."""
    alignments = [align(editions[0], e) for e in editions[1:]]

    def in_first(citation: Citation) -> object:
        if citation.edition == 0:
            return Span(citation.start, citation.end)
        return alignments[citation.edition - 1].to_base(citation.start, citation.end) or citation

    return in_first


@dataclass(frozen=True, slots=True)
class _Move:
    """Mentions on their way from one thing to another, and the keys that claims know the two by."""

    report: Report
    keys: frozenset[str]
    new_key: str
    moved: tuple[CitedMention, ...]
    kept: tuple[CitedMention, ...]

    def goes_along(self, edition: int, start: int, end: int) -> bool:
        """Whether a claim read there speaks of what moved: the narrowest stretch that names either thing decides.

        A stretch that names both does not tell them apart: the claim stays.
        """
        sentence = self.report.editions[edition].sentence_at(start)
        for low, high in ((start, end), (sentence.start, sentence.end)):
            moved, kept = (
                any(c.edition == edition and low <= c.start and c.end <= high for c in (m.citation for m in mentions))
                for mentions in (self.moved, self.kept)
            )
            if moved or kept:
                return not kept
        return not self.kept

    def of(self, key: str, goes: bool) -> str:
        return self.new_key if goes and key in self.keys else key

    def observation(self, cited: Cited[Observation]) -> Cited[Observation]:
        claim = cited.claim
        if self.keys.isdisjoint(claim.about):
            return cited
        goes = self.goes_along(cited.citations[0].edition, claim.clause_start, claim.clause_end)
        return replace(cited, claim=replace(claim, about=tuple(self.of(k, goes) for k in claim.about)))

    def relation(self, cited: Cited[Relation]) -> Cited[Relation]:
        claim = cited.claim
        if self.keys.isdisjoint((claim.subject, claim.object)):
            return cited
        goes = self.goes_along(cited.citations[0].edition, claim.start, claim.end)
        named = claim.predicate is not Predicate.HAS_STATUS
        return replace(
            cited,
            claim=replace(
                claim,
                subject=self.of(claim.subject, goes),
                object=self.of(claim.object, goes) if named else claim.object,
            ),
        )

    def undertaking(self, cited: Cited[Undertaking]) -> Cited[Undertaking]:
        claim = cited.claim
        if self.keys.isdisjoint((*claim.concerns, *claim.responsible)):
            return cited
        goes = self.goes_along(cited.citations[0].edition, claim.start, claim.end)
        return replace(
            cited,
            claim=replace(
                claim,
                concerns=tuple(self.of(k, goes) for k in claim.concerns),
                responsible=tuple(self.of(k, goes) for k in claim.responsible),
            ),
        )


def _move(report: Report, source: Thing, moved: tuple[CitedMention, ...], path: str) -> Report:
    kept = tuple(m for m in source.mentions if m not in moved)
    keys = frozenset(k for k, p in report.paths.items() if p == source.path and k)
    new_key, paths = key_of(report, path)
    move = _Move(report, keys, new_key, moved, kept)
    kept_words = {w for m in kept for w in _words(report, m)}
    gone_words = {w for m in moved for w in _words(report, m)} - kept_words
    target = next((t for t in report.things if t.path == path), None) or new_thing(path)
    written = {report.editions[m.citation.edition].norm[m.citation.start : m.citation.end] for m in moved}
    written |= {m.name for m in moved if normal_name(m.name) not in {normal_name(source.name), *kept_words}}
    target = replace(
        target,
        aliases=tuple(sorted({*target.aliases, *written} - {target.name})),
        mentions=tuple(sorted({*target.mentions, *moved}, key=mention_order)),
    )
    rest = replace(source, mentions=kept, aliases=tuple(a for a in source.aliases if normal_name(a) not in gone_words))
    things = {t.path: t for t in report.things} | {target.path: target, rest.path: rest}
    if not kept and source.path != report.paths[""]:
        del things[rest.path]
        paths = {k: path if k in keys else p for k, p in paths.items()}
    return replace(
        report,
        things=tuple(things[p] for p in sorted(things)),
        paths=paths,
        observations=tuple(map(move.observation, report.observations)),
        relations=tuple(map(move.relation, report.relations)),
        undertakings=tuple(map(move.undertaking, report.undertakings)),
    )


def key_of(report: Report, path: str) -> tuple[str, dict[str, str]]:
    """A key that claims can know the thing at ``path`` by, and the report's paths with it."""
    known = sorted(k for k, p in report.paths.items() if p == path and k)
    if known:
        return known[0], report.paths
    kind = path.split("/", 1)[0]
    key = f"{kind}:{name_in_path(path)}"
    while key in report.paths:
        key += "'"
    return key, {**report.paths, key: path}
