"""Headings: which paragraphs open a section, at which level, with which words.

Level 1 is 一、 or an unnumbered line of its own; 2 is （一） or ——; 3 is 1. or a run-in heading; 4 is （1）.
Where a document numbers 第一部分 above 一、, every level below moves down by one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.reading.edition import Span

_NUMERAL = "[一二三四五六七八九十]{1,3}"
_MARKERS = (
    (0, re.compile(rf"第{_NUMERAL}(?:部分|章|篇)[：、 ]*")),
    (1, re.compile(rf"{_NUMERAL}[、.．] *")),
    (2, re.compile(rf"（{_NUMERAL}） *[、]?|— ?— *|--+ *|—(?=[\u4e00-\u9fff])")),
    (3, re.compile(r"\d{1,2}(?:、|\.(?!\d)) *|[①-⑳] *|（?[⑴-⒇]）? *|[⒈-⒛] *")),
    (4, re.compile(r"（\d{1,2}） *|\d{1,2}） *")),
    (3, re.compile(rf"(?:第?{_NUMERAL}(?:是|要)|第{_NUMERAL}[，、：])(?=[^。]*)")),
)
_RUN_IN_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: ``start``–``end`` marker and words, ``title_start`` where the words begin."""

    start: int
    title_start: int
    end: int
    level: int
    number: str


def marker_at(norm: str, start: int, end: int) -> tuple[int, int] | None:
    """Level and end of the enumeration marker that opens ``norm[start:end]``."""
    for level, pattern in _MARKERS:
        match = pattern.match(norm, start, end)
        if match:
            return level, match.end()
    return None


def heading_of(norm: str, start: int, end: int, sentences: list[Span]) -> Heading | None:
    """The heading that is, or opens, the paragraph ``norm[start:end]``."""
    found = marker_at(norm, start, end)
    first = sentences[0]
    if found:
        level, title_start = found
        stop = first.end
        if stop - title_start > 60:
            cut = re.compile("[：；，]").search(norm, title_start, stop)
            stop = cut.start() if cut else stop
        return Heading(start, title_start, stop, level, norm[start:title_start].strip())
    if len(sentences) == 1 and end - start <= _RUN_IN_LONGEST and norm[end - 1] not in "。！？：；，":
        return Heading(start, start, end, 1, "")
    if (
        len(sentences) > 1
        and first.end - first.start <= _RUN_IN_LONGEST
        and norm[first.end - 1] == "。"
        and not re.search(r"\d", norm[first.start : first.end])
    ):
        return Heading(start, start, first.end, 3, "")
    return None
