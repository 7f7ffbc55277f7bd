"""Corrections applied to a report, after extraction and decisions and before the shapes.

Invariant: every correction that concerns a report leaves an outcome, applied or stale; stale ones change nothing. What
is asserted stands on words of the text like what was extracted, in each edition that has them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from kg.claims.claim import Indicator, Measure, Observation, Predicate, Relation, Status
from kg.iris import division_path, entity_path, name_in_path
from kg.reading.edition import Edition, Span
from kg.reading.script import detect_script, normalise
from kg.recognition.spans import Bound, NumberClass
from kg.resolution.corrections import Action, Correction, Stale
from kg.resolution.joining import key_of, mention_order, new_thing, rejoin
from kg.resolution.report import (
    Citation,
    Cited,
    CitedMention,
    Label,
    Outcome,
    Report,
    Thing,
    claim_key,
    observation_content,
    relation_content,
)
from kg.vocabulary import Vocabulary


def apply_corrections(
    report: Report,
    corrections: Sequence[Correction],
    vocabulary: Vocabulary,
    joined: Mapping[str, str] | None = None,
) -> Report:
    """``report`` corrected, with the outcome of each correction that concerns it.

    ``joined`` leads from the path of an entity to the one that decisions made it part of; a correction may name either.
    """
    state = _State(report, vocabulary, dict(joined or {}))
    outcomes = [o for c in corrections for o in state.apply(c)]
    return replace(state.report, corrections=tuple(outcomes)) if outcomes else state.report


class _State:
    """The report as the corrections so far left it, and where things that moved have gone."""

    def __init__(self, report: Report, vocabulary: Vocabulary, moved: dict[str, str]) -> None:
        self.report = report
        self.vocabulary = vocabulary
        self.moved = moved

    def follow(self, path: str) -> str:
        """Where the entity ``path`` is now."""
        seen = set()
        while path in self.moved and path not in seen:
            seen.add(path)
            path = self.moved[path]
        return path

    def thing(self, path: str) -> Thing | None:
        return next((t for t in self.report.things if t.path == path), None)

    def apply(self, c: Correction) -> Iterator[Outcome]:
        """What comes of ``c``: nothing if it does not concern this report."""
        if c.report and c.report != self.report.path:
            return
        path = "" if c.of_claim else self.follow(c.target)
        there = self._claim_there(c.target) if c.of_claim else bool(path and self.thing(path))
        if not c.report and not there:
            return
        if c.action is not Action.ASSERT and not there:
            yield Outcome(c, Stale.TARGET)
            return
        citations, stale = locate(self.report.editions, c.quote, c.values.get("text", ""))
        if (stale is Stale.QUOTE and c.report) or (stale and c.action is Action.ASSERT):
            yield Outcome(c, stale)
            return
        match c.action:
            case Action.ASSERT:
                outcome = self._assert(c, citations)
            case Action.RETRACT if c.of_claim:
                outcome = self._retract_claims(c, {c.target})
            case Action.RETRACT:
                outcome = self._retract_thing(c, path)
            case Action.RETYPE | Action.RENAME:
                outcome = self._rename(c, path)
            case Action.RELABEL:
                outcome = self._relabel(c, path)
        yield replace(outcome, citations=citations) if outcome.stale is None else outcome

    # -- taking away -------------------------------------------------------------------------------------------

    def _claim_there(self, key: str) -> bool:
        r = self.report
        return any(c.key == key for claims in (r.observations, r.relations, r.undertakings) for c in claims)

    def _retract_claims(self, c: Correction, keys: set[str]) -> Outcome:
        r = self.report
        self.report = replace(
            r,
            observations=tuple(x for x in r.observations if x.key not in keys),
            relations=tuple(x for x in r.relations if x.key not in keys),
            undertakings=tuple(x for x in r.undertakings if x.key not in keys),
            numbers=tuple(replace(n, observation="") if n.observation in keys else n for n in r.numbers),
        )
        return Outcome(c, claims=tuple(sorted(keys)))

    def _retract_thing(self, c: Correction, path: str) -> Outcome:
        r = self.report
        if path == r.paths[""]:
            return Outcome(c, Stale.HOME)
        keys = {k for k, p in r.paths.items() if p == path}
        gone = {x.key for x in r.observations if x.claim.about and keys.issuperset(x.claim.about)}
        gone |= {
            x.key
            for x in r.relations
            if x.claim.subject in keys or (x.claim.object in keys and x.claim.predicate is not Predicate.HAS_STATUS)
        }
        outcome = self._retract_claims(c, gone)
        r = self.report

        def rest(named: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(k for k in named if k not in keys)

        self.report = replace(
            r,
            things=tuple(replace(t, place="") if t.place == path else t for t in r.things if t.path != path),
            paths={k: p for k, p in r.paths.items() if k not in keys},
            observations=tuple(replace(x, claim=replace(x.claim, about=rest(x.claim.about))) for x in r.observations),
            undertakings=tuple(
                replace(
                    x, claim=replace(x.claim, concerns=rest(x.claim.concerns), responsible=rest(x.claim.responsible))
                )
                for x in r.undertakings
            ),
        )
        return replace(outcome, things=(path,))

    # -- naming otherwise --------------------------------------------------------------------------------------

    def _rename(self, c: Correction, path: str) -> Outcome:
        thing = self.thing(path)
        assert thing is not None  # apply() has looked
        kind, code, _ = path.split("/", 2)
        name = c.values.get("name", thing.name)
        new = entity_path(c.values.get("type", kind), c.values.get("place", code), name)
        there = self.thing(new) if new != path else None
        self.report = rejoin(self.report, {path: new}, {new: there.name if there else name})
        if new != path:
            self.moved[path] = new
        if name != thing.name and c.values.get("keep") != "true":
            self._change(new, aliases=tuple(a for a in self._at(new).aliases if a != thing.name))
        return Outcome(c, things=(path,), results=(new,))

    def _relabel(self, c: Correction, path: str) -> Outcome:
        label = Label(c.values.get("language", "zh-Hans"), c.values["label"], c.values.get("as", "preferred"))
        self._change(path, labels=(*self._at(path).labels, label))
        return Outcome(c, things=(path,), results=(path,))

    # -- adding ------------------------------------------------------------------------------------------------

    def _assert(self, c: Correction, citations: tuple[Citation, ...]) -> Outcome:
        if "predicate" in c.values:
            return self._assert_relation(c, citations)
        if "indicator" in c.values:
            return self._assert_observation(c, citations)
        return self._assert_thing(c, citations)

    def _assert_thing(self, c: Correction, citations: tuple[Citation, ...]) -> Outcome:
        values, name = c.values, c.values["name"]
        home = self.report.paths[""].rsplit("/", 1)[-1]
        path = self.follow(entity_path(values["type"], values.get("place", home if home.isdigit() else ""), name))
        thing = self.thing(path) or new_thing(path, name)
        spans = citations if "text" in values else [self._narrowed(x, name) for x in citations]
        mentions = {*thing.mentions, *(CitedMention(x, "", name) for x in spans)}
        thing = replace(
            thing,
            aliases=tuple(sorted({*thing.aliases, name, *c.aliases} - {thing.name})),
            kind=values.get("kind", thing.kind),
            mentions=tuple(sorted(mentions, key=mention_order)),
        )
        self._put(thing)
        return Outcome(c, results=(path,))

    def _narrowed(self, citation: Citation, words: str) -> Citation:
        """Where ``words`` stand inside ``citation``; all of it if they do not."""
        span = _inside(self.report.editions[citation.edition], Span(citation.start, citation.end), words)
        return Citation(citation.edition, *span)

    def _assert_relation(self, c: Correction, citations: tuple[Citation, ...]) -> Outcome:
        values = c.values
        predicate = Predicate(values["predicate"])
        subject = self._key(values.get("subject", ""))
        target = values["object"] if predicate is Predicate.HAS_STATUS else self._key(values["object"])
        if subject is None or target is None:
            return Outcome(c, Stale.ENTITY)
        claim = Relation(
            start=citations[0].start,
            end=citations[0].end,
            subject=subject,
            predicate=predicate,
            object=target,
            period=values.get("period", ""),
            target=values.get("planned") == "true",
        )
        key = claim_key(self.report.editions[citations[0].edition], citations[0], relation_content(claim))
        if not self._claim_there(key):
            self.report = replace(self.report, relations=(*self.report.relations, Cited(key, claim, citations)))
            return Outcome(c, made=key)
        return Outcome(c, claims=(key,))

    def _assert_observation(self, c: Correction, citations: tuple[Citation, ...]) -> Outcome:
        values = c.values
        about = [k for k in map(self._key, c.about) if k is not None]
        if len(about) < len(c.about):
            return Outcome(c, Stale.ENTITY)
        first = citations[0]
        edition = self.report.editions[first.edition]
        clause = _clause(edition, first)
        phrase = _normal(values["indicator"])
        maximum = values.get("value_max")
        claim = Observation(
            start=first.start,
            end=first.end,
            clause_start=clause.start,
            clause_end=clause.end,
            indicators=(Indicator(phrase, values.get("concept") or self.vocabulary.indicator_for(phrase)),),
            measure=Measure(values.get("measure", "level")),
            value=Decimal(values["value"]),
            value_max=Decimal(maximum) if maximum else None,
            unit=_normal(values.get("unit", "")),
            period=values["period"],
            status=Status(values["status"]),
            bound=Bound(values.get("bound", "between" if maximum else "eq")),
            about=tuple(about) if any(about) else (),
            comparator=values.get("comparator", ""),
            scope=values.get("scope", ""),
        )
        key = claim_key(edition, first, observation_content(claim))
        if self._claim_there(key):
            return Outcome(c, claims=(key,))
        numbers = tuple(
            replace(n, observation=key, number=replace(n.number, number_class=NumberClass.OBSERVATION))
            if not n.observation
            and any(x.edition == n.edition and x.start <= n.number.start and n.number.end <= x.end for x in citations)
            else n
            for n in self.report.numbers
        )
        self.report = replace(
            self.report, numbers=numbers, observations=(*self.report.observations, Cited(key, claim, citations))
        )
        return Outcome(c, made=key)

    def _key(self, path: str) -> str | None:
        """The key that claims know the thing at ``path`` by, None if there is no such thing.

        "" is the report's own place. A division needs no mention: its code is certain.
        """
        path = self.follow(path)
        if not path or path == self.report.paths[""]:
            return ""
        if self.thing(path) is None:
            if path != division_path(name_in_path(path)):
                return None
            self._put(new_thing(path))
        key, paths = key_of(self.report, path)
        self.report = replace(self.report, paths=paths)
        return key

    # -- things ------------------------------------------------------------------------------------------------

    def _at(self, path: str) -> Thing:
        return next(t for t in self.report.things if t.path == path)

    def _change(
        self, path: str, *, aliases: tuple[str, ...] | None = None, labels: tuple[Label, ...] | None = None
    ) -> None:
        thing = self._at(path)
        self._put(
            replace(
                thing,
                aliases=thing.aliases if aliases is None else aliases,
                labels=thing.labels if labels is None else labels,
            )
        )

    def _put(self, thing: Thing) -> None:
        things = {t.path: t for t in self.report.things} | {thing.path: thing}
        self.report = replace(self.report, things=tuple(things[p] for p in sorted(things)))


# -- finding words -----------------------------------------------------------------------------------------------------


def locate(editions: Sequence[Edition], quote: str, part: str = "") -> tuple[tuple[Citation, ...], Stale | None]:
    """Where ``part`` of ``quote`` (all of it by default) stands in each edition that has the quote, as it is written or
    in the other script; and what is amiss, if anything is.
    """
    if not quote:
        return (), None
    found: list[Citation] = []
    repeated = False
    for i, edition in enumerate(editions):
        spans = list(_occurrences(edition.text, quote)) or list(_occurrences(edition.norm, _normal(quote)))
        repeated |= len(spans) > 1
        found += [Citation(i, *_inside(edition, span, part)) for span in spans]
    if not found:
        return (), Stale.QUOTE
    if any(editions[c.edition].sentence_at(c.start).end < c.end for c in found):
        return tuple(found), Stale.SENTENCES
    return tuple(found), Stale.REPEATED if repeated else None


def _occurrences(text: str, words: str) -> Iterator[Span]:
    at = text.find(words)
    while at >= 0 and words:
        yield Span(at, at + len(words))
        at = text.find(words, at + len(words))


def _inside(edition: Edition, span: Span, words: str) -> Span:
    """Where ``words`` first stand inside ``span``; all of it if they do not."""
    for text, wanted in ((edition.text, words), (edition.norm, _normal(words))):
        at = text.find(wanted, span.start, span.end) if wanted else -1
        if at >= 0:
            return Span(at, at + len(wanted))
    return span


def _normal(words: str) -> str:
    return normalise(words, detect_script(words))


def _clause(edition: Edition, citation: Citation) -> Span:
    sentence = edition.sentence_at(citation.start)
    inside = [c for c in sentence.clauses if c.start <= citation.start and citation.end <= c.end]
    return inside[0] if inside else Span(sentence.start, sentence.end)
