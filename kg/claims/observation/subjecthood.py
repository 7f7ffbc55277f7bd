"""Of whom a figure is: the named place, zone, facility, enterprise or project that governs it.

Invariant: nobody is guessed. A name governs a figure when the words measured begin with it, when the figure stands
inside it, or when it stands directly before the things counted; else the figure is of the report's own place.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kg.claims.claim import Entity
from kg.claims.observation.lexicon import Kind
from kg.claims.observation.reading import Draft
from kg.reading.edition import Metadata
from kg.recognition.quantities.dense import DenseText
from kg.recognition.spans import EntityType

_GOVERNING = frozenset(
    {EntityType.PLACE, EntityType.ZONE, EntityType.FACILITY, EntityType.ENTERPRISE, EntityType.PROJECT}
)
_LEFT_OUT = frozenset({EntityType.PLACE, EntityType.ZONE})  # their names are no part of an indicator
_COUNTED = frozenset({"observation/right-head", "observation/reached-count"})
_BESIDE = frozenset(
    {"与", "和", "同", "跟", "向", "对", "由", "为", "给", "在"}
)  # 与某市围绕…: a partner, not the subject
_SHORTEST = 2  # characters an indicator keeps when a name is taken off


@dataclass(frozen=True, slots=True)
class Named:
    """A mention of an entity that can govern figures."""

    start: int
    end: int
    key: str
    entity_type: EntityType
    name: str


def governing(entities: Sequence[Entity], metadata: Metadata, own_offices: tuple[str, ...]) -> list[Named]:
    """The mentions that can govern a figure, in text order, the longer first; the report's own place, what it lies in
    and its government's own counters (names that end in ``own_offices``) govern nothing by name.
    """
    own = metadata.place
    above = {own, own[:4] + "00", own[:2] + "0000"} if own else set()
    found = {
        Named(mention.start, mention.end, entity.key, entity.entity_type, mention.name)
        for entity in entities
        if entity.entity_type in _GOVERNING and not (entity.code and entity.code in above)
        if not entity.name.rstrip("”").endswith(own_offices)
        for mention in entity.mentions
    }
    return sorted(found, key=lambda m: (m.start, -m.end, m.key))


def about_of(
    draft: Draft, names: Sequence[Named], text: DenseText, is_indicator: Callable[[str], bool]
) -> tuple[list[Named], list[str]]:
    """Who governs the figure of ``draft`` (none, or several of a list), and its indicators without the names of places
    (某市空气质量优良率, but not 某市机场旅客吞吐量: what is left must be an indicator).
    """
    number = draft.cell.number
    digits = draft.cell.quantity.text
    inside = [n for n in names if n.start <= number.start and number.end <= n.end and digits in n.name]
    if inside:
        return inside[:1], draft.phrases
    listed = [t for t in draft.cell.left[1:] if t.text == "等" or t.kind is Kind.AND]
    if draft.rule in _COUNTED and listed:  # 东河水库等18座水库: the names are of some of the things counted
        return [], draft.phrases
    subject = draft.subjects[0]
    before = [n for n in names if n.end <= number.start]
    found: list[Named] = []
    if subject.tokens:
        start = text.offsets[subject.tokens[0].start]
        end = text.offsets[subject.tokens[-1].end - 1] + 1
        found = [n for n in names if n.start == start and n.end < end and not _beside(n, text)][:1]
    phrases = []
    for phrase in draft.phrases:
        lead = next((n for n in reversed(before) if phrase.startswith(_words(n, text))), None)
        rest = phrase.removeprefix(_words(lead, text)) if lead else ""
        if lead is not None and len(rest) >= _SHORTEST and not _beside(lead, text):
            found = [lead]
            plain = rest.startswith("的") or is_indicator(rest)
            phrase = rest.lstrip("的") if lead.entity_type in _LEFT_OUT and plain else phrase
        phrases.append(phrase)
    if not found and draft.rule in _COUNTED and before:
        last = before[-1]
        if last.end == number.start and last.entity_type is not EntityType.PLACE and not draft.subjects[0].verb:
            found = [last]
    return found, phrases


def _words(name: Named, text: DenseText) -> str:
    """The words of a mention in the dense sentence."""
    return "".join(c for c, offset in zip(text.text, text.offsets, strict=True) if name.start <= offset < name.end)


def _beside(name: Named, text: DenseText) -> bool:
    """Whether the word before a mention makes it a partner or a circumstance."""
    at = bisect_left(text.offsets, name.start)
    return at > 0 and text.text[at - 1] in _BESIDE
