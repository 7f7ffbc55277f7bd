"""Observations: each figure with what it measures, how, of whom, when, and whether it is fact, estimate or target.

Invariant: one observation for each number of class observation, in text order; a pure function of its arguments.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

import regex

from kg.claims.claim import Entity, Indicator, Measure, Observation, Status
from kg.claims.observation.lexicon import load_lexicon
from kg.claims.observation.reading import Draft, SentenceReader
from kg.claims.observation.subjecthood import Named, about_of, governing
from kg.claims.observation.timing import Frame, period_of, status_of, status_of_size
from kg.claims.observation.tokens import Token, tokens_of
from kg.reading.edition import Edition, Sentence, Span
from kg.recognition.quantities.dense import dense
from kg.recognition.quantities.words import load_words
from kg.recognition.spans import Number, NumberClass
from kg.vocabulary.vocabulary import Vocabulary

_CONTINUING = frozenset(
    {"observation/continued", "observation/continued-list", "observation/attribute", "observation/effect"}
)

_BRACKETS = regex.compile("（[^（）]*）")
_FAMILIES = {
    "count": frozenset(
        {"count", "persons", "person_times", "households", "livestock", "container", "rank", "per_population"}
    ),
    "matter": frozenset({"mass", "volume"}),
    "time": frozenset({"duration", "calendar", "working_time"}),
}


def observe(
    edition: Edition, numbers: Sequence[Number], entities: Sequence[Entity], vocabulary: Vocabulary
) -> tuple[Observation, ...]:
    """The observations of ``edition``. ``about`` is empty where a figure is of the report's own place."""
    lexicon, words = load_lexicon(), load_words()
    found: list[Observation] = []
    by_sentence: dict[int, list[Number]] = {}
    starts = [sentence.start for sentence in edition.sentences]
    for number in numbers:
        by_sentence.setdefault(bisect_right(starts, number.start) - 1, []).append(number)
    context = ""
    names = governing(entities, edition.metadata, lexicon.own_offices)
    name_starts = [name.start for name in names]
    for index in sorted(by_sentence):
        inside = by_sentence[index]
        if index < 0 or not any(n.number_class is NumberClass.OBSERVATION for n in inside):
            continue
        sentence = edition.sentences[index]
        text = dense(edition.norm, sentence.start, sentence.end)
        near = names[bisect_left(name_starts, sentence.start) : bisect_left(name_starts, sentence.end)]
        tokens = tokens_of(text, inside, lexicon, words, _nouns(near, inside, edition.norm))
        frame = Frame(sentence.part, edition.metadata)
        governors: dict[str, tuple[str, ...]] = {}
        for draft in SentenceReader(tokens, lexicon, vocabulary, context).read():
            governed, draft.phrases = about_of(draft, near, text, lambda words: bool(vocabulary.indicator_for(words)))
            about = tuple(dict.fromkeys(name.key for name in governed))
            if not about and draft.rule in _CONTINUING:
                about = governors.get(draft.subjects[0].topic, ())
            governors[draft.subjects[0].topic] = about
            found.append(_observation(draft, about, sentence, frame, tokens, vocabulary))
            context = draft.subjects[-1].topic or context
    return tuple(found)


def concept_for(phrase: str, base: str, draft: Draft, vocabulary: Vocabulary) -> str:
    """The indicator of the scheme that a phrase names, by its full name or by its words without the noun of its unit;
    "" where the figure's unit measures another kind of quantity (厂房 in 个 is no floor area).
    """
    plain = "" if draft.comparator else _BRACKETS.sub("", phrase)  # 地区生产总值（GDP）
    notation = next((n for words in (phrase, base, plain) if words and (n := vocabulary.indicator_for(words))), "")
    concept = vocabulary.indicators.get(notation)
    unit = vocabulary.unit_for(draft.unit) if draft.unit else None
    if concept is None or unit is None or draft.measure is not Measure.LEVEL:
        return notation
    one, other = _family(concept.dimension), _family(unit.dimension)
    return notation if not one or one == other or other == "times" else ""


def _family(dimension: str) -> str:
    """The family of a kind of quantity: a figure may be given in one for another (water by mass or by volume)."""
    plain = dimension.split("_per_")[0]
    for name, members in _FAMILIES.items():
        if plain in members:
            return name
    return plain


def _nouns(names: Sequence[Named], numbers: Sequence[Number], norm: str) -> list[Span]:
    """The names that are one noun each: neither a list nor around a figure, and none inside another."""
    found: list[Span] = []
    for name in names:
        listed = any(mark in norm[name.start : name.end] for mark in "、和与及，")
        around = any(n.start < name.end and name.start < n.end for n in numbers)
        if not listed and not around and (not found or found[-1].end <= name.start):
            found.append(Span(name.start, name.end))
    return found


def _observation(
    draft: Draft,
    about: tuple[str, ...],
    sentence: Sentence,
    frame: Frame,
    tokens: Sequence[Token],
    vocabulary: Vocabulary,
) -> Observation:
    number = draft.cell.number
    before = "".join(t.text for t in tokens if t.start < draft.cell.quantity.start)
    period = period_of(draft.cell, draft.measure, draft.form, done=draft.done, frame=frame, before=before)
    status = status_of(draft.cell, frame, period, tokens)
    if draft.origin:
        period, status = frame.origin(draft.since) or period, Status.ACTUAL
    elif draft.rule == "observation/size-in-name" and not frame.planned:
        status = status_of_size(draft.cell.tail, load_lexicon(), status)
    clause = next((c for c in sentence.clauses if c.start <= number.start < c.end), None)
    return Observation(
        start=number.start,
        end=number.end,
        clause_start=clause.start if clause else sentence.start,
        clause_end=clause.end if clause else sentence.end,
        indicators=tuple(
            Indicator(phrase, concept_for(phrase, base, draft, vocabulary))
            for phrase, base in zip(draft.phrases, draft.bases, strict=True)
        ),
        measure=draft.measure,
        value=draft.value,
        value_max=draft.value_max,
        unit=draft.unit,
        period=period,
        status=status,
        bound=draft.bound,
        about=about,
        comparator=draft.comparator,
        scope=draft.whole,
        rule=draft.rule,
        number=number,
    )


__all__ = ["Measure", "Status", "observe"]
