"""A text without the blanks that typesetting put into it (``2013 年``, ``241 亿元``).

Invariant: every character of ``DenseText.text`` stands at ``offsets`` in the text it was made from, in the same order.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.reading.edition import Span

_BLANKS = re.compile("[ \\t\u00a0\u2000-\u200f\u202f\u205f\u3000\ufeff]+")
_ALPHANUMERIC = re.compile("[0-9A-Za-z.]")


@dataclass(frozen=True, slots=True)
class DenseText:
    """``text`` without blanks and, for each of its characters, the offset where it came from."""

    text: str
    offsets: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """The span, in the text it was made from, of ``text[start:end]``."""
        return Span(self.offsets[start], self.offsets[end - 1] + 1)


def dense(text: str, start: int = 0, end: int | None = None) -> DenseText:
    """``text[start:end]`` without blanks; one blank stays between two Latin letters or digits, where it parts them."""
    end = len(text) if end is None else end
    pieces: list[str] = []
    offsets: list[int] = []
    at = start
    for blank in _BLANKS.finditer(text, start, end):
        pieces.append(text[at : blank.start()])
        offsets.extend(range(at, blank.start()))
        before, after = text[blank.start() - 1 : blank.start()], text[blank.end() : blank.end() + 1]
        if blank.start() > start and _ALPHANUMERIC.match(before) and _ALPHANUMERIC.match(after):
            pieces.append(" ")
            offsets.append(blank.start())
        at = blank.end()
    pieces.append(text[at:end])
    offsets.extend(range(at, end))
    return DenseText("".join(pieces), tuple(offsets))
