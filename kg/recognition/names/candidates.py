"""Candidates: what the rules propose as names, before the best are chosen.

Invariant: a candidate names its rule; ``start``/``end`` are offsets of the edition's text.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.reading.edition import Edition
from kg.recognition.spans import EntityType


@dataclass(frozen=True, slots=True)
class Candidate:
    """A proposed name. ``sure`` ranks candidates that overlap (higher wins); ``nested`` ones may lie inside others."""

    start: int
    end: int
    entity_type: EntityType
    name: str
    rule: str
    sure: int = 5
    nested: bool = False
    code: str = ""


def by_sentence(edition: Edition, found: Iterable[Candidate]) -> dict[int, list[Candidate]]:
    """Candidates by the offset at which their sentence begins, in the order given."""
    read: dict[int, list[Candidate]] = {}
    for c in found:
        read.setdefault(edition.sentence_at(c.start).start, []).append(c)
    return read
