"""Candidates: what the rules propose as names, before the best are chosen.

Invariant: a candidate names its rule; ``start``/``end`` are offsets of the edition's text.
"""

from __future__ import annotations

from dataclasses import dataclass

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
