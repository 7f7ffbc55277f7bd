"""The sentences of an edition taken apart: the places in them, their tokens, their clauses.

Invariant: sentences come in text order; the tokens of a sentence are those of its clauses and the stops between them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.reading.edition import Edition, Span
from kg.recognition.names.clauses import Clause, Role, clauses
from kg.recognition.names.lexicon import Lexicon
from kg.recognition.names.tokens import Token, tokenise
from kg.recognition.places import PlaceSpan


@dataclass(frozen=True, slots=True)
class Parsed:
    """A sentence of ``start`` to ``end``; its ``places`` lie side by side; ``roles`` are those of the tokens that stand
    in a clause, by offset.
    """

    start: int
    end: int
    places: tuple[PlaceSpan, ...]
    tokens: tuple[Token, ...]
    clauses: tuple[Clause, ...]
    roles: Mapping[int, Role]


def parsed(edition: Edition, places: Sequence[PlaceSpan], lexicon: Lexicon) -> Iterator[Parsed]:
    """Every sentence of an edition, with the ``places`` found in it."""
    by_sentence: dict[int, list[PlaceSpan]] = {}
    for place in places:
        by_sentence.setdefault(edition.sentence_at(place.start).index, []).append(place)
    for sentence in edition.sentences:
        here = _disjoint(by_sentence.get(sentence.index, []))
        tokens = tokenise(edition.norm, Span(sentence.start, sentence.end), here, lexicon.compounds)
        own = tuple(clauses(tokens, lexicon))
        roles = {t.start: role for clause in own for t, role in zip(clause.tokens, clause.roles, strict=True)}
        yield Parsed(sentence.start, sentence.end, here, tokens, own, roles)


def _disjoint(places: Iterable[PlaceSpan]) -> tuple[PlaceSpan, ...]:
    """Places without those inside or across an earlier one."""
    kept: list[PlaceSpan] = []
    for place in places:
        if not kept or place.start >= kept[-1].end:
            kept.append(place)
    return tuple(kept)
