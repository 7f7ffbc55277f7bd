"""Paragraphs, sections and sentences of a text.

Invariant: paragraphs, sections and sentences stand in text order; every sentence lies in one paragraph, and in the
innermost section whose heading stands before it; section 0 is the document.
"""

from __future__ import annotations

from dataclasses import replace

from kg.reading import parts
from kg.reading.edition import Paragraph, Part, Section, Sentence, Span
from kg.reading.outline import outline
from kg.reading.parts import Years


def structure(norm: str, years: Years) -> tuple[tuple[Paragraph, ...], tuple[Section, ...], tuple[Sentence, ...]]:
    """The paragraphs, sections and sentences of ``norm``, with their parts."""
    blocks, entries = outline(norm, years)
    sections = [Section(0, 0, "", "", Span(0, 0), Span(0, len(norm)), None, Part.OPENING)]
    headed: dict[tuple[int, int], int] = {}
    for entry in entries:
        heading = entry.heading
        end = heading.end
        for block in blocks[entry.block + 1 :]:
            if not block.continues:
                break
            end = block.end
        title = " ".join(norm[heading.title_start : end].split()).rstrip("。：；，！")
        headed[entry.block, entry.sentence] = len(sections)
        sections.append(
            Section(
                index=len(sections),
                level=entry.level,
                number=norm[heading.start : heading.title_start].strip(),
                title=title,
                heading=Span(heading.start, end),
                span=Span(heading.start, heading.start),
                parent=0 if entry.parent is None else entry.parent + 1,
                part=entry.part,
            )
        )
    paragraphs: list[Paragraph] = []
    sentences: list[Sentence] = []
    outer = 0  # section of the paragraph; ``inner`` of the sentence, where a heading stands inside the paragraph
    for at, block in enumerate(blocks):
        outer = inner = headed.get((at, 0), outer)
        paragraphs.append(Paragraph(at, block.start, block.end, outer))
        part = block.part
        for number, (span, clauses) in enumerate(block.sentences):
            inner = headed.get((at, number), inner)
            part = parts.turned(norm[span.start : span.end], part, block.part)
            sentences.append(Sentence(len(sentences), span.start, span.end, at, inner, part, clauses))
    stops = [len(norm), *(blocks[entry.block].end if entry.sentence else len(norm) for entry in entries)]
    return tuple(paragraphs), tuple(_spanned(sections, stops)), tuple(sentences)


def _spanned(sections: list[Section], stops: list[int]) -> list[Section]:
    """``sections``, each reaching to the next heading of its level or above, or to where it stops at the latest."""
    ends = list(stops)
    open_sections: list[int] = []
    for section in sections[1:]:
        start = section.heading.start
        while open_sections and (
            sections[open_sections[-1]].level >= section.level or ends[open_sections[-1]] <= start
        ):
            last = open_sections.pop()
            ends[last] = min(ends[last], start)
        open_sections.append(section.index)
    return [sections[0], *(replace(s, span=Span(s.heading.start, ends[s.index])) for s in sections[1:])]
