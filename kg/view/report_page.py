"""A report as its authors wrote it, every name and number marked by class, and what was not understood visibly so.

Invariant: the sentences of an edition, joined, are the text as the store has it; marks are laid over it and change no
character. A paragraph ends where the text between two sentences is more than nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from kg.reading.edition import Script
from kg.reading.script import normalise
from kg.view.contents import Contents, Edition, Mention, NumberMark, Report, Said, Section, Sentence
from kg.view.lines import Line, Ref, Speaker, anchor

NUMBER = re.compile(r"\d+(?:\.\d+)?")
CLAUSE = re.compile(r"[^，；。：！？,;:!?]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sentence that is marked alike."""

    text: str
    marks: str  # class names


@dataclass(frozen=True, slots=True)
class Run:
    """Pieces that belong to one name (then ``ref`` leads to it), or to none."""

    pieces: tuple[Piece, ...]
    ref: Ref | None


@dataclass(frozen=True, slots=True)
class MarkedSentence:
    """A sentence as shown: its marked runs, its anchor, and how many statements were read from it."""

    anchor: str
    start: int
    runs: tuple[Run, ...]
    facts: int
    heading: str  # anchor of the section that it opens, or ""
    level: int


@dataclass(frozen=True, slots=True)
class ShownParagraph:
    """A paragraph; ``level`` above 0 if the whole of it is a heading."""

    sentences: tuple[MarkedSentence, ...]
    level: int
    key: str  # for laying editions side by side


@dataclass(frozen=True, slots=True)
class Heading:
    """An entry of the table of contents."""

    anchor: str
    level: int
    number: str
    title: str


@dataclass(frozen=True, slots=True)
class SentenceFacts:
    """What was read from one sentence."""

    anchor: str
    lines: tuple[Line, ...]
    names: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Understood:
    """How much of an edition was understood."""

    numbers: int
    numbers_missed: int
    clauses: int
    clauses_read: int
    names: int
    classes: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class ReportView:
    """All that a report's page shows."""

    report: Report
    rows: tuple[tuple[tuple[ShownParagraph, ...], ...], ...]  # a row: what stands side by side, a cell for each edition
    contents: tuple[Heading, ...]
    facts: tuple[SentenceFacts, ...]  # of the first edition, in text order
    understood: tuple[Understood, ...]  # for each edition
    differences: tuple[tuple[str, str, str], ...]  # (reading, other reading, anchor)


def view_report(contents: Contents, report: Report, speaker: Speaker) -> ReportView:
    """``report`` as its page shows it."""
    editions = [_Edition(contents, e, i, speaker) for i, e in enumerate(report.editions)]
    shown = [e.paragraphs() for e in editions]
    return ReportView(
        report=report,
        rows=side_by_side(shown),
        contents=editions[0].headings() if editions else (),
        facts=tuple(x for e in editions[:1] for x in e.facts()),
        understood=tuple(e.understood() for e in editions),
        differences=_differences(contents, report, speaker),
    )


def _differences(contents: Contents, report: Report, speaker: Speaker) -> tuple[tuple[str, str, str], ...]:
    rows = []
    for d in contents.differences:
        if d.report == report.iri:
            at = [
                anchor(speaker.number[q.edition], contents.sentences[q.sentence].start)
                for q in d.quotes
                if q.sentence in contents.sentences
            ]
            rows.append((d.reading, d.other, at[0] if at else ""))
    return tuple(rows)


class _Edition:
    """One edition with all that was read from it, ready to be marked."""

    def __init__(self, contents: Contents, edition: Edition, number: int, speaker: Speaker) -> None:
        self.contents, self.edition, self.number, self.speaker = contents, edition, number, speaker
        self.mentions: dict[str, list[Mention]] = _by_sentence(
            (m.quote.sentence, m) for m in contents.mentions if m.quote.edition == edition.iri
        )
        self.numbers: dict[str, list[NumberMark]] = _by_sentence(
            (n.quote.sentence, n) for n in contents.numbers if n.quote.edition == edition.iri
        )
        self.said: dict[str, list[Said]] = defaultdict(list)
        self.claims: list[tuple[int, int]] = []
        for said in (*contents.figures, *contents.undertakings, *contents.links, *contents.statuses):
            for q in said.quotes:
                if q.edition == edition.iri:
                    self.claims.append((q.start, q.end))
                    if said not in self.said[q.sentence][-1:]:
                        self.said[q.sentence].append(said)
        self.claims.sort()
        self.starts = [c[0] for c in self.claims]
        self.longest = max((b - a for a, b in self.claims), default=0)
        self.differing = sorted(
            (q.start, q.end) for d in contents.differences for q in d.quotes if q.edition == edition.iri
        )
        # The section that opens with a sentence: the deepest one that starts there.
        self.opens: dict[int, Section] = {s.start: s for s in edition.sections if s.level > 0}

    def headings(self) -> tuple[Heading, ...]:
        sentences = {s.start for s in self.edition.sentences}
        return tuple(
            Heading(f"h-{s.start}", s.level, s.number, s.title)
            for s in self.edition.sections
            if s.level > 0 and s.title and s.start in sentences
        )

    def paragraphs(self) -> tuple[ShownParagraph, ...]:
        groups: list[list[Sentence]] = []
        for s in self.edition.sentences:
            if groups and s.start == groups[-1][-1].end:
                groups[-1].append(s)
            else:
                groups.append([s])
        return tuple(self._paragraph(g) for g in groups)

    def _paragraph(self, sentences: Sequence[Sentence]) -> ShownParagraph:
        marked = tuple(self._mark(s) for s in sentences)
        level = (
            marked[0].level
            if len(marked) == 1 and marked[0].heading and not sentences[0].text.rstrip().endswith(("。", "；"))
            else 0
        )
        text = "".join(s.text for s in sentences)
        script = Script.HANT if self.edition.language == "zh-Hant" else Script.HANS
        return ShownParagraph(marked, level, "".join(normalise(text, script).split()))

    def _overlapped(self, start: int, end: int) -> bool:
        i = bisect_left(self.starts, end)
        while i > 0:
            i -= 1
            a, b = self.claims[i]
            if b > start:
                return True
            if a < start - self.longest:
                return False
        return False

    def _mark(self, sentence: Sentence) -> MarkedSentence:
        text, base = sentence.text, sentence.start
        size = len(text)
        marks: list[set[str]] = [set() for _ in range(size)]
        ref_at: list[int] = [-1] * size
        refs: list[Ref | None] = []
        mentions = self.mentions.get(sentence.iri, [])
        for m in sorted(mentions, key=lambda m: (m.quote.start - m.quote.end, m.quote.start, m.thing)):
            a, b = m.quote.start - base, m.quote.end - base
            if 0 <= a < b <= size and all(r < 0 for r in ref_at[a:b]):
                refs.append(self.speaker.ref(m.thing))
                ref_at[a:b] = [len(refs) - 1] * (b - a)
        covered = [False] * size
        for n in self.numbers.get(sentence.iri, []):
            a, b = n.quote.start - base, n.quote.end - base
            for i in range(max(0, a), min(size, b)):
                marks[i].add(f"n-{n.number_class}")
                covered[i] = True
        for found in NUMBER.finditer(text):
            if not all(covered[found.start() : found.end()]):
                for i in range(found.start(), found.end()):
                    marks[i].add("missed")
        for a, b in self.differing:
            for i in range(max(0, a - base), min(size, b - base)):
                marks[i].add("differs")
        for clause in CLAUSE.finditer(text):
            a, b = clause.start(), clause.end()
            if not self._read(sentence, a, b):
                for i in range(a, b):
                    marks[i].add("unread")
        section = self.opens.get(sentence.start)
        return MarkedSentence(
            anchor=anchor(self.number, sentence.start),
            start=sentence.start,
            runs=tuple(_runs(text, marks, ref_at, refs)),
            facts=len(self.said.get(sentence.iri, [])),
            heading=f"h-{sentence.start}"
            if section is not None and self.number == 0
            else "x"
            if section is not None
            else "",
            level=section.level if section is not None else 0,
        )

    def _read(self, sentence: Sentence, a: int, b: int) -> bool:
        start, end = sentence.start + a, sentence.start + b
        named = any(m.quote.start < end and m.quote.end > start for m in self.mentions.get(sentence.iri, []))
        return named or self._overlapped(start, end)

    def facts(self) -> Iterable[SentenceFacts]:
        for sentence in self.edition.sentences:
            said = self.said.get(sentence.iri, [])
            names = dict.fromkeys(m.thing for m in self.mentions.get(sentence.iri, []))
            if said or names:
                ordered = sorted(
                    said, key=lambda s: (next((q.start for q in s.quotes if q.edition == self.edition.iri), 0), s.iri)
                )
                yield SentenceFacts(
                    anchor(self.number, sentence.start),
                    tuple(self.speaker.line(s, editions=0) for s in ordered),
                    self.speaker.refs(names),
                )

    def understood(self) -> Understood:
        numbers = missed = clauses = read = 0
        for sentence in self.edition.sentences:
            spans = [
                (n.quote.start - sentence.start, n.quote.end - sentence.start)
                for n in self.numbers.get(sentence.iri, [])
            ]
            for found in NUMBER.finditer(sentence.text):
                numbers += 1
                missed += not any(a <= found.start() and found.end() <= b for a, b in spans)
            for clause in CLAUSE.finditer(sentence.text):
                clauses += 1
                read += self._read(sentence, clause.start(), clause.end())
        classes = Counter(n.number_class for of in self.numbers.values() for n in of)
        return Understood(
            numbers, missed, clauses, read, sum(map(len, self.mentions.values())), tuple(sorted(classes.items()))
        )


def _by_sentence(pairs: Iterable[tuple[str, object]]) -> dict[str, list]:  # type: ignore[type-arg]
    found: dict[str, list] = defaultdict(list)  # type: ignore[type-arg]
    for key, value in pairs:
        found[key].append(value)
    return found


def _runs(text: str, marks: Sequence[set[str]], ref_at: Sequence[int], refs: Sequence[Ref | None]) -> Iterable[Run]:
    at = 0
    while at < len(text):
        end = at
        pieces: list[Piece] = []
        while end < len(text) and ref_at[end] == ref_at[at]:
            stop = end
            while stop < len(text) and ref_at[stop] == ref_at[at] and marks[stop] == marks[end]:
                stop += 1
            pieces.append(Piece(text[end:stop], " ".join(sorted(marks[end]))))
            end = stop
        yield Run(tuple(pieces), refs[ref_at[at]] if ref_at[at] >= 0 else None)
        at = end


def side_by_side(editions: Sequence[Sequence[ShownParagraph]]) -> tuple[tuple[tuple[ShownParagraph, ...], ...], ...]:
    """Rows of cells, one cell an edition: paragraphs that say the same stand in one row."""
    if not editions:
        return ()
    first = editions[0]
    cells: list[list[list[ShownParagraph]]] = [[[p], *([] for _ in editions[1:])] for p in first]
    before: list[list[list[ShownParagraph]]] = []
    for number, other in enumerate(editions[1:], start=1):
        matcher = SequenceMatcher(None, [p.key for p in first], [p.key for p in other], autojunk=False)
        for tag, a1, a2, b1, b2 in matcher.get_opcodes():
            if tag == "equal" or (tag == "replace" and a2 - a1 == b2 - b1):
                for i in range(a2 - a1):
                    cells[a1 + i][number].append(other[b1 + i])
            elif b2 > b1:
                if a1 == 0 and a2 == a1:
                    row: list[list[ShownParagraph]] = [[] for _ in editions]
                    row[number].extend(other[b1:b2])
                    before.append(row)
                else:
                    cells[min(a1, len(cells) - 1) if a2 > a1 else a1 - 1][number].extend(other[b1:b2])
    return tuple(tuple(tuple(cell) for cell in row) for row in (*before, *cells))
