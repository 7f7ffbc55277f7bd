"""What reading yields: an edition, its parts, and what the text says of itself.

Invariant: every offset is a code point offset into ``Edition.text``, which is the document as it stands on disk
(or as ``kg text`` prints it); ``Edition.norm`` has the same length, so one offset serves both.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple


class Span(NamedTuple):
    """A stretch of an edition's text, start inclusive, end exclusive."""

    start: int
    end: int


class Script(StrEnum):
    """The script a text is written in, as a BCP 47 language tag."""

    HANS = "zh-Hans"
    HANT = "zh-Hant"


class Part(StrEnum):
    """What a stretch of a report is about in time; it decides period and status where the sentence is silent."""

    OPENING = "opening"
    REVIEW = "review"  # the year reviewed
    TERM_REVIEW = "term_review"  # the five years (or other term) reviewed
    PLAN = "plan"  # the year planned
    TERM_PLAN = "term_plan"  # the coming five years
    GOVERNMENT = "government"  # the government's own conduct, planned
    CLOSING = "closing"
    APPENDIX = "appendix"  # glossaries and notes after the speech


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence (ends with 。！？ or a paragraph end) and its clauses (end with ，；： too)."""

    index: int
    start: int
    end: int
    paragraph: int
    section: int
    part: Part
    clauses: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it, up to the next heading of its level or above.

    ``level`` 0 is the document itself; 1 is 一、; 2 is （一） or ——; 3 is 1. or a run-in heading; 4 is （1）.
    ``number`` is the marker as written ("一、"), ``title`` the heading's words without it.
    """

    index: int
    level: int
    number: str
    title: str
    heading: Span
    span: Span
    parent: int | None
    part: Part


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of the text with its section."""

    index: int
    start: int
    end: int
    section: int


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of the report. Years are Gregorian; a term is (first, last) year, inclusive."""

    place: str = ""  # GB/T 2260 code, six digits; "" when nobody could tell
    place_name: str = ""  # full standard name in Simplified characters
    title: str = ""
    delivered: date | None = None
    session: str = ""
    speaker: str = ""
    office: str = ""
    review_year: int | None = None
    plan_year: int | None = None
    review_term: tuple[int, int] | None = None
    plan_term: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Edition:
    """One document as read. ``norm`` is ``text`` in Simplified characters with canonical punctuation, same length.

    In ``norm``: Traditional characters are Simplified; full-width digits, letters and ％＋－．／～ are ASCII (%+-./~),
    and the punctuation of running text is full-width (，。；：！？（）); quotation marks are “” ‘’; a comma or point
    between digits stays ASCII.
    """

    document: str  # the file's name
    sha256: str  # of the file's bytes
    media_type: str
    script: Script
    text: str
    norm: str
    paragraphs: tuple[Paragraph, ...]
    sections: tuple[Section, ...]
    sentences: tuple[Sentence, ...]
    metadata: Metadata = field(default_factory=Metadata)

    def sentence_at(self, offset: int) -> Sentence:
        """The sentence that holds ``offset`` (for an offset between two sentences, the earlier one)."""
        low, high = 0, len(self.sentences) - 1
        while low < high:
            middle = (low + high + 1) // 2
            if self.sentences[middle].start <= offset:
                low = middle
            else:
                high = middle - 1
        return self.sentences[low]
