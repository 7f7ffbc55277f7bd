"""Paragraphs, sections and sentences of a text.

Invariant: paragraphs, sections and sentences stand in text order; every sentence lies in one paragraph, every
paragraph in one section; section 0 is the document.
"""

from __future__ import annotations

import re
from dataclasses import replace

from kg.reading.edition import Paragraph, Part, Section, Sentence, Span
from kg.reading.headings import heading_of
from kg.reading.parts import part_of_heading
from kg.reading.sentences import split, trim

_LINE = re.compile(r"[^\n\r\u2028\u2029\x0b\x0c\x85]+")


def structure(
    norm: str, plan_year: int | None
) -> tuple[tuple[Paragraph, ...], tuple[Section, ...], tuple[Sentence, ...]]:
    """The structure of ``norm``."""
    paragraphs: list[Paragraph] = []
    sentences: list[Sentence] = []
    sections: list[Section] = [Section(0, 0, "", "", Span(0, 0), Span(0, len(norm)), None, Part.OPENING)]
    open_sections = [0]
    part = Part.OPENING
    for line in _LINE.finditer(norm):
        span = trim(norm, line.start(), line.end())
        if span.start == span.end:
            continue
        found = split(norm, span.start, span.end)
        heading = heading_of(norm, span.start, span.end, [sentence for sentence, _ in found])
        if heading:
            title = norm[heading.title_start : heading.end].rstrip("。：；， ")
            if heading.level <= 1:
                told = part_of_heading(title, part, plan_year)
                if told:
                    part = told
                elif heading.number and part is Part.OPENING:
                    part = Part.REVIEW
            while len(open_sections) > 1 and sections[open_sections[-1]].level >= max(heading.level, 1):
                open_sections.pop()
            index = len(sections)
            sections.append(
                Section(
                    index, max(heading.level, 1), heading.number, title, Span(heading.start, heading.end),
                    Span(heading.start, heading.start), open_sections[-1], part,
                )
            )
            open_sections.append(index)
        section = open_sections[-1]
        paragraph = len(paragraphs)
        paragraphs.append(Paragraph(paragraph, span.start, span.end, section))
        for sentence, clauses in found:
            sentences.append(
                Sentence(len(sentences), sentence.start, sentence.end, paragraph, section, part, clauses)
            )
    return tuple(paragraphs), tuple(_spanned(sections, len(norm))), tuple(sentences)


def _spanned(sections: list[Section], length: int) -> list[Section]:
    """``sections`` with each span reaching to the next heading of its level or above."""
    result = [sections[0]]
    for section in sections[1:]:
        end = next((s.heading.start for s in sections[section.index + 1 :] if s.level <= section.level), length)
        result.append(replace(section, span=Span(section.heading.start, end)))
    return result
