"""Two editions of one report, laid side by side: where each place of one stands in the other, and where they differ.

Invariant: alignment is between the ``norm`` texts, sentence by sentence first and character by character inside the
stretches that differ; what is in both maps to exactly one place.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from difflib import SequenceMatcher

from kg.reading.edition import Edition, Span


@dataclass(frozen=True, slots=True)
class Difference:
    """A stretch that the two editions write differently; either side may be empty."""

    base: Span
    other: Span
    base_text: str
    other_text: str


@dataclass(frozen=True, slots=True)
class Alignment:
    """Equal stretches of ``other`` and ``base`` as (other start, base start, length), in text order."""

    blocks: tuple[tuple[int, int, int], ...]
    differences: tuple[Difference, ...]

    def to_base(self, start: int, end: int) -> Span | None:
        """The span of the base edition that ``other[start:end]`` equals or lies across; None if it is not there."""
        first, last = self._map(start), self._map(end - 1)
        if first is None or last is None or last < first:
            return None
        return Span(first, last + 1)

    def _map(self, offset: int) -> int | None:
        i = bisect_right(self.blocks, (offset, float("inf"), 0)) - 1
        if i < 0:
            return None
        other, base, length = self.blocks[i]
        return base + offset - other if offset < other + length else None


def align(base: Edition, other: Edition) -> Alignment:
    """Lay ``other`` beside ``base``."""
    base_keys = [_key(base, s.start, s.end) for s in base.sentences]
    other_keys = [_key(other, s.start, s.end) for s in other.sentences]
    blocks: list[tuple[int, int, int]] = []
    differences: list[Difference] = []
    matcher = SequenceMatcher(None, other_keys, base_keys, autojunk=False)
    for tag, o1, o2, b1, b2 in matcher.get_opcodes():
        if tag == "equal":
            for o, b in zip(other.sentences[o1:o2], base.sentences[b1:b2], strict=True):
                _characters(base, Span(b.start, b.end), other, Span(o.start, o.end), blocks, differences)
        else:
            b_span = _stretch(base, b1, b2)
            o_span = _stretch(other, o1, o2)
            _characters(base, b_span, other, o_span, blocks, differences)
    return Alignment(tuple(sorted(blocks)), tuple(sorted(differences, key=lambda d: (d.base, d.other))))


def _key(edition: Edition, start: int, end: int) -> str:
    return "".join(edition.norm[start:end].split())


def _stretch(edition: Edition, first: int, last: int) -> Span:
    """From sentence ``first`` to before sentence ``last``; an empty stretch stands where it would begin."""
    if first < last:
        return Span(edition.sentences[first].start, edition.sentences[last - 1].end)
    at = edition.sentences[first].start if first < len(edition.sentences) else len(edition.norm)
    return Span(at, at)


def _characters(
    base: Edition,
    base_span: Span,
    other: Edition,
    other_span: Span,
    blocks: list[tuple[int, int, int]],
    differences: list[Difference],
) -> None:
    left = other.norm[other_span.start : other_span.end]
    right = base.norm[base_span.start : base_span.end]
    if left == right:
        if left:
            blocks.append((other_span.start, base_span.start, len(left)))
        return
    for tag, o1, o2, b1, b2 in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        o_at, b_at = other_span.start + o1, base_span.start + b1
        if tag == "equal":
            blocks.append((o_at, b_at, o2 - o1))
        elif left[o1:o2].strip() or right[b1:b2].strip():
            o_to, b_to = other_span.start + o2, base_span.start + b2
            differences.append(
                Difference(
                    Span(b_at, b_to), Span(o_at, o_to), base.text[b_at:b_to].strip(), other.text[o_at:o_to].strip()
                )
            )
