"""The outline of a document: its paragraphs with their headings, levels and parts.

Invariant: blocks stand in text order, one for each line that is not empty; a heading lies in one block, or in a block
and those right after it that only go on with it. Parts never go back from what is planned to what is reviewed, but
for a paragraph that says it looks back.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kg.reading import headings, parts
from kg.reading.edition import Part, Span
from kg.reading.headings import Heading, Kind
from kg.reading.parts import PLANS, REVIEWS, Announcement, Years
from kg.reading.sentences import split, trim

_LINE = re.compile(r"[^\n\r\u2028\u2029\x0b\x0c\x85]+")
_GREETING = re.compile("(?:尊敬的)?(?:各位|主席团|主任|同志们|主席、)[^。，]{0,30}[：:！!]?$|各位代表|尊敬的各位")
_DEFAULT_LEVEL = {
    Kind.PART: 1, Kind.LINE: 2, Kind.CHINESE: 1, Kind.BRACKETED: 2, Kind.DASH: 2, Kind.ARABIC: 3,
    Kind.ORDINAL: 3, Kind.CIRCLED: 4, Kind.BRACKETED_ARABIC: 4, Kind.RUN_IN: 3,
}  # fmt: skip
_COMPLETE_TITLE = re.compile("(?:回顾|总结|安排|任务|目标|工作|建设|要求|重点|思路|建议|部署|解释|实事)$")


@dataclass(slots=True)
class Block:
    """A paragraph while its place in the document is being found."""

    start: int
    end: int
    sentences: list[tuple[Span, tuple[Span, ...]]]
    heading: Heading | None = None
    inner: list[tuple[int, Heading]] = field(default_factory=list)
    continues: bool = False  # goes on with the heading of the block before
    chapter: Announcement | None = None
    part: Part = Part.OPENING

    @property
    def spans(self) -> list[Span]:
        return [sentence for sentence, _ in self.sentences]


@dataclass(slots=True)
class Entry:
    """A heading in its place in the tree: level, and the part in force once it is read.

    One that does not open its block (``sentence`` > 0) ends with it at the latest.
    """

    heading: Heading
    block: int
    sentence: int
    level: int
    parent: int | None
    part: Part


def blocks_of(norm: str) -> list[Block]:
    """The paragraphs of ``norm`` with their sentences."""
    blocks = []
    for line in _LINE.finditer(norm):
        span = trim(norm, line.start(), line.end())
        if span.start < span.end:
            blocks.append(Block(span.start, span.end, split(norm, span.start, span.end)))
    return blocks


def outline(norm: str, years: Years) -> tuple[list[Block], list[Entry]]:
    """The paragraphs and headings of ``norm``, each with its part."""
    blocks = blocks_of(norm)
    body = _front_matter(norm, blocks, years)
    _find_headings(norm, blocks, body)
    _find_chapters(norm, blocks, body, years)
    entries = _place(norm, blocks)
    _assign_parts(norm, blocks, entries, body, years)
    return blocks, entries


def _title(norm: str, heading: Heading) -> str:
    return norm[heading.title_start : heading.end].strip().rstrip("。：；，！ ")


# --- where the speech begins -------------------------------------------------------------------------------------


def _front_matter(norm: str, blocks: list[Block], years: Years) -> int:
    """The number of blocks before the speech: title, date, speaker, table of contents."""
    limit = min(len(norm) * 3 // 20 + 300, 4000)
    for index, block in enumerate(blocks):
        if block.start > limit:
            break
        if _GREETING.match(norm, block.start, block.end):
            return index
    for index, block in enumerate(blocks[:15]):
        if block.end - block.start > 60:
            return index
        heading = headings.paragraph_heading(norm, block.spans)
        if heading and heading.kind is not Kind.DASH:
            told = parts.announced(_title(norm, heading), years)
            if told.explicit or (heading.kind in (Kind.CHINESE, Kind.PART) and heading.value == 1):
                return index
    return 0


# --- headings ----------------------------------------------------------------------------------------------------


def _find_headings(norm: str, blocks: list[Block], body: int) -> None:
    for block in blocks[body:]:
        block.heading = headings.paragraph_heading(norm, block.spans)
    _drop_lines_that_are_no_headings(norm, blocks, body)
    _find_run_ins(norm, blocks, body)
    for block in blocks[body:]:
        heading = block.heading
        if heading and (heading.alone or heading.end >= block.end):
            continue
        spans = block.spans
        first = next((at for at, span in enumerate(spans) if heading is None or span.start >= heading.end), len(spans))
        block.inner = headings.inner_headings(norm, spans, first)


def _drop_lines_that_are_no_headings(norm: str, blocks: list[Block], body: int) -> None:
    """Rows of a flattened table, captions and the last line of a file are lines of their own too."""
    run: list[Block] = []
    for index in range(body, len(blocks) + 1):
        block = blocks[index] if index < len(blocks) else None
        if block and block.heading and block.heading.kind is Kind.LINE:
            run.append(block)
            continue
        if len(run) > 2 or block is None:
            for line in run:
                assert line.heading is not None
                if parts.announced(_title(norm, line.heading), Years()).parts != (Part.APPENDIX,):
                    line.heading = None
        run = []


def _find_run_ins(norm: str, blocks: list[Block], body: int) -> None:
    """Unnumbered headings at the start of paragraphs: by their words, or because a neighbour has one too."""
    found: list[tuple[Block, Heading]] = []
    sure = addressed = False
    for block in [*blocks[body:], None]:
        after_address, addressed = addressed, block is not None and parts.is_bare_address(norm[block.start : block.end])
        if after_address:
            continue  # 各位代表！ on a line of its own: what follows goes on from it
        if block is None or block.heading:
            if sure or len(found) > 1:
                for owner, heading in found:
                    owner.heading = heading
            found, sure = [], False
            continue
        candidate = headings.run_in(norm, block.spans)
        if candidate:
            found.append((block, candidate[0]))
            sure = sure or candidate[1]


# --- chapters ----------------------------------------------------------------------------------------------------


def _find_chapters(norm: str, blocks: list[Block], body: int, years: Years) -> None:
    """Mark the blocks that open a chapter, and those that only go on with a heading.

    第一部分 opens a chapter; so does 一、, unless it counts again inside one; so does an unnumbered line that names its
    part of the report (2019年工作回顾).
    """
    numbered_parts = sum(1 for b in blocks[body:] if b.heading and b.heading.kind is Kind.PART) > 1
    outer = inner = 0
    by_lines = False
    current: tuple[Part, ...] = ()
    previous: Block | None = None
    for block in blocks[body:]:
        heading = block.heading
        if heading is None:
            previous = None
            continue
        title = _title(norm, heading)
        told = parts.announced(title, years)
        opens = False
        if heading.kind is Kind.PART:
            opens = numbered_parts
        elif numbered_parts:
            opens = told.parts == (Part.APPENDIX,) and heading.kind is Kind.LINE
        elif heading.kind is Kind.LINE:
            if previous and previous.chapter and _goes_on(norm, previous, block, told):
                block.continues = True
                assert previous.heading is not None
                previous.chapter = parts.announced(_title(norm, previous.heading) + title, years)
                current = previous.chapter.parts or current
                continue
            another = told.parts != current or bool(_COMPLETE_TITLE.search(title))
            opens = bool(told.parts) and told.explicit and _allowed(told.parts, current) and another
            if opens and told.parts != (Part.APPENDIX,):
                by_lines, inner = True, 0
        elif heading.kind is Kind.CHINESE and not by_lines:
            value = heading.value
            again = value == 1 and outer >= 1
            goes_on_inside = inner and value == inner + 1
            goes_on_outside = value == outer + 1 and told.explicit
            if again or (goes_on_inside and not goes_on_outside):
                inner = value or 0
            else:
                opens, inner = True, 0
                outer = value if value is not None else outer + 1
        if opens:
            block.chapter = told
            current = told.parts or current
        previous = block if heading.alone else None


def _allowed(told: tuple[Part, ...], current: tuple[Part, ...]) -> bool:
    """Whether a chapter may follow: no review after a plan, nothing of the government's own conduct before one."""
    planned = any(part in PLANS for part in current)
    if Part.APPENDIX in current and Part.PLAN not in told:
        return False
    if told[0] in REVIEWS:
        return not planned
    if told[0] is Part.GOVERNMENT:
        return planned
    return True


def _goes_on(norm: str, before: Block, block: Block, told: Announcement) -> bool:
    """Whether the line ``block`` only goes on with the heading in the line before."""
    assert before.heading is not None
    title = _title(norm, before.heading)
    if re.match("[和与及、，]", norm[block.start : block.end]):
        return True
    return not _COMPLETE_TITLE.search(title) and not told.explicit and before.heading.kind is Kind.LINE


# --- levels ------------------------------------------------------------------------------------------------------


def _place(norm: str, blocks: list[Block]) -> list[Entry]:
    """Every heading with its level and parent, in text order."""
    entries: list[Entry] = []
    open_entries: list[int] = []
    appended = False

    def add(heading: Heading, block: int, sentence: int, level: int) -> None:
        while open_entries and entries[open_entries[-1]].level >= level:
            open_entries.pop()
        entries.append(Entry(heading, block, sentence, level, open_entries[-1] if open_entries else None, Part.OPENING))
        open_entries.append(len(entries) - 1)

    for index, block in enumerate(blocks):
        heading = block.heading
        level = 2
        if heading and not block.continues:
            if block.chapter:
                level = 1
                appended = block.chapter.parts == (Part.APPENDIX,)
            else:
                level = 1 + max((entries[at].level for at in open_entries if _holds(entries[at], heading)), default=0)
                if heading.kind is not Kind.CHINESE:
                    level = max(level, _DEFAULT_LEVEL[heading.kind])
            if heading.kind is Kind.LINE and appended and not block.chapter:
                block.heading = None
            else:
                add(heading, index, 0, level)
        for sentence, inner in block.inner:
            below = level + 1 if heading else max((entries[at].level for at in open_entries[:1]), default=1) + 2
            add(inner, index, sentence, max(below, 3))
        while open_entries and entries[open_entries[-1]].sentence > 0:
            open_entries.pop()  # a heading inside a paragraph holds nothing behind it
    return entries


def _holds(entry: Entry, heading: Heading) -> bool:
    """Whether ``heading`` may stand under ``entry``: anything under a chapter, else the finer under the coarser."""
    if entry.level == 1:
        return True
    if entry.heading.kind is Kind.DASH or (entry.heading.kind is Kind.LINE and heading.kind < Kind.ARABIC):
        return False
    return entry.heading.kind < heading.kind


# --- parts -------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Chapter:
    first: int  # block
    stop: int
    announced: tuple[Part, ...]
    explicit: bool
    allowed: tuple[Part, ...] = ()


def _assign_parts(norm: str, blocks: list[Block], entries: list[Entry], body: int, years: Years) -> None:
    """Give every block and heading its part."""
    opening_end = _opening_end(norm, blocks, body)
    appendix = _appendix_start(norm, blocks, body)
    closing = _closing(norm, blocks, opening_end, appendix)
    chapters = _chapters(norm, blocks, opening_end, years)
    headed: dict[int, list[Entry]] = {}
    for entry in entries:
        headed.setdefault(entry.block, []).append(entry)
    for block in blocks[:opening_end]:
        block.part = Part.OPENING
    for chapter in chapters:
        _assign_chapter(norm, blocks, entries, headed, chapter, years, len(norm))
    if closing is not None:
        _assign_ending(norm, blocks, closing, appendix, years)
    elif appendix is not None:
        _assign_ending(norm, blocks, (appendix, appendix - 1), appendix, years)
    for entry in entries:
        entry.part = blocks[entry.block].part


def _opening_end(norm: str, blocks: list[Block], body: int) -> int:
    """The block after the opening words (现在，我代表…报告工作，请予审议…)."""
    for index in range(body, min(len(blocks), body + 12)):
        block = blocks[index]
        words = norm[block.start : block.end]
        if block.chapter:
            return index
        if re.search("请予?.{0,6}审议|提出意见|提出宝贵意见", words):
            return index + 1
    if body < len(blocks) and _GREETING.match(norm, blocks[body].start, blocks[body].end):
        return body + (blocks[body].end - blocks[body].start < 60)
    return body


def _appendix_start(norm: str, blocks: list[Block], body: int) -> int | None:
    for index in range(body, len(blocks)):
        chapter = blocks[index].chapter
        if chapter and chapter.parts == (Part.APPENDIX,) and blocks[index].start > len(norm) // 3:
            return index
    return None


def _closing(norm: str, blocks: list[Block], opening_end: int, appendix: int | None) -> tuple[int, int] | None:
    """First and last block of the call to action that ends the speech."""
    stop = appendix if appendix is not None else len(blocks)
    for index in range(stop - 1, opening_end, -1):
        block = blocks[index]
        if block.start < len(norm) * 3 // 5:
            return None
        if not block.heading and parts.is_peroration(norm[block.start : block.end], index >= stop - 2):
            before = blocks[index - 1]
            alone = before.end - before.start < 8 and not before.heading  # 各位代表！ on a line of its own
            return (index - 1 if alone else index), index
    return None


def _chapters(norm: str, blocks: list[Block], first: int, years: Years) -> list[_Chapter]:
    """The chapters, each with the parts its heading announces or its sentences betray."""
    starts = [index for index in range(first, len(blocks)) if blocks[index].chapter]
    if not starts or starts[0] > first:
        starts = [first, *starts]
    chapters: list[_Chapter] = []
    for start, stop in zip(starts, [*starts[1:], len(blocks)], strict=True):
        told = blocks[start].chapter if start < len(blocks) else None
        chapters.append(_Chapter(start, stop, told.parts if told else (), bool(told and told.explicit)))
    result: list[_Chapter] = []
    planned = False
    at = 0
    while at < len(chapters):
        chapter = chapters[at]
        told_parts = chapter.announced
        if told_parts == (Part.APPENDIX,) or (told_parts and _allowed(told_parts, (Part.PLAN,) if planned else ())):
            planned = planned or told_parts[0] in PLANS
            result.append(chapter)
            at += 1
        elif planned:
            result.append(_Chapter(chapter.first, chapter.stop, (Part.PLAN, Part.TERM_PLAN), False))
            at += 1
        else:
            silent = at + 1
            while silent < len(chapters) and chapters[silent].announced in ((), (Part.GOVERNMENT,)):
                silent += 1
            found = _told_by_sentences(norm, blocks, chapters[at:silent], chapters[silent:], years)
            planned = any(chapter.announced[0] in PLANS for chapter in found)
            result.extend(found)
            at = silent
    _allow(result)
    return result


def _told_by_sentences(
    norm: str, blocks: list[Block], silent: list[_Chapter], rest: list[_Chapter], years: Years
) -> list[_Chapter]:
    """Chapters whose headings announce nothing: first what is reviewed, from one point on what is planned.

    All of it is reviewed if a chapter behind still is. The point is where most that looks back lies before and most
    that looks forward behind. It may lie inside a chapter only where no later chapter announces a plan: otherwise
    headings, not sentences, divide the report.
    """
    first, stop = silent[0].first, silent[-1].stop
    scores = [_outlook(norm[block.start : block.end], years) for block in blocks[first:stop]]
    announced = [chapter for chapter in rest if chapter.announced and blocks[chapter.first].start < len(norm) * 3 // 4]
    if any(chapter.announced[0] in REVIEWS for chapter in announced):
        return [_Chapter(c.first, c.stop, (Part.REVIEW, Part.TERM_REVIEW), False) for c in silent]
    divided = any(chapter.announced[0] in (Part.PLAN, Part.TERM_PLAN) for chapter in announced)
    edges = {chapter.first for chapter in silent} | {stop}
    turn, best, gain = first, 0.0, 0.0
    for index in range(first, stop + 1):
        if gain > best and (not divided or index in edges):
            turn, best = index, gain
        if index < stop:
            gain -= 2 * scores[index - first]
    turn = next((edge for edge in sorted(edges) if edge < turn <= edge + 2 and edge > first), turn)
    found: list[_Chapter] = []
    for chapter in silent:
        if chapter.first < turn:
            found.append(_Chapter(chapter.first, min(turn, chapter.stop), (Part.REVIEW, Part.TERM_REVIEW), False))
        if turn < chapter.stop:
            begun = any(before.announced[0] is Part.PLAN for before in found)
            planned = chapter.announced if begun and chapter.announced else (Part.PLAN, Part.TERM_PLAN)
            found.append(_Chapter(max(turn, chapter.first), chapter.stop, planned, chapter.explicit))
    return found


def _outlook(paragraph: str, years: Years) -> float:
    """How much a paragraph looks forward (positive) or back (negative); one that names its time counts most."""
    forward, back = parts.forwardness(paragraph)
    score = forward - 1.2 * back
    turned = parts.cue(paragraph, years)
    if turned in PLANS:
        score += 15
    elif turned in REVIEWS or parts.on_problems(paragraph):
        score -= 15
    return score


def _allow(chapters: list[_Chapter]) -> None:
    """Which parts a chapter's paragraphs may turn to for good.

    Those it announces; the year too where a term is announced and no chapter has the year; both where it is silent.
    """
    announced = {part for chapter in chapters if chapter.explicit for part in chapter.announced}
    for chapter in chapters:
        chapter.allowed = chapter.announced
        if Part.TERM_REVIEW in chapter.announced and Part.REVIEW not in announced:
            chapter.allowed += (Part.REVIEW,)
        if Part.TERM_PLAN in chapter.announced and Part.PLAN not in announced:
            chapter.allowed += (Part.PLAN,)


def _assign_chapter(
    norm: str,
    blocks: list[Block],
    entries: list[Entry],
    headed: dict[int, list[Entry]],
    chapter: _Chapter,
    years: Years,
    length: int,
) -> None:
    """Parts of the blocks of one chapter, from what it announces and what its paragraphs turn to."""
    if chapter.announced == (Part.APPENDIX,):
        for block in blocks[chapter.first : chapter.stop]:
            block.part = Part.APPENDIX
        return
    side = REVIEWS if chapter.announced[0] in REVIEWS else PLANS
    mode = _first_part(norm, blocks, chapter, years)
    base: dict[int, Part] = {}  # part in force where the list of the heading's level began
    last: dict[int, tuple[Kind, int]] = {}  # kind and number of the heading before at its level
    for index in range(chapter.first, chapter.stop):
        block = blocks[index]
        words = norm[block.start : block.end]
        entry = next((entry for entry in headed.get(index, ()) if entry.sentence == 0), None)
        title = ""
        if entry and not block.chapter:
            heading = entry.heading
            for level in [level for level in last if level > entry.level]:
                del last[level]
            before = last.get(entry.level)
            if heading.value and before and before[0] is heading.kind and heading.value > 1:
                mode = base[entry.level]
            else:
                base[entry.level] = mode
            if heading.value:
                last[entry.level] = (heading.kind, heading.value)
            title = _title(norm, heading)
            told = parts.announced(title, years)
            if told.parts == (Part.GOVERNMENT,) and heading.kind is not Kind.RUN_IN:
                mode = Part.GOVERNMENT if mode is Part.PLAN else mode
            elif (
                heading.kind not in (Kind.RUN_IN, Kind.ORDINAL)
                and told.explicit
                and len(title) <= 30
                and told.parts[0] in chapter.allowed
            ):
                mode = told.parts[0]
        if block.chapter:
            block.part = mode
            continue
        block.part = mode
        body = norm[entry.heading.end : block.end].lstrip("。：；， ") if entry and entry.heading.value else words
        turned = parts.cue(body, years)
        numbered = entry is not None and entry.heading.kind is not Kind.RUN_IN
        late = block.start > length * 7 // 10 and not numbered and mode is Part.PLAN
        if late and parts.on_government(body):
            mode = block.part = Part.GOVERNMENT
        elif turned and turned in chapter.allowed and turned in side:
            mode = block.part = turned
        elif side is PLANS:
            back = parts.looks_back(body)
            if back:
                block.part = back
            elif turned is Part.TERM_PLAN and mode is Part.PLAN and not entry:
                block.part = Part.TERM_PLAN
            elif turned is Part.PLAN and mode is Part.TERM_PLAN and not entry:
                block.part = Part.PLAN
            elif mode is Part.GOVERNMENT and Part.GOVERNMENT not in chapter.announced and parts.on_livelihood(body):
                mode = block.part = Part.PLAN
        elif turned in REVIEWS and not entry:
            block.part = turned
            if parts.is_address(words):
                mode = turned


def _first_part(norm: str, blocks: list[Block], chapter: _Chapter, years: Years) -> Part:
    """The part a chapter begins with."""
    if len(chapter.allowed) == 1 or (chapter.explicit and len(chapter.announced) == 1):
        return chapter.announced[0]
    for block in blocks[chapter.first : min(chapter.first + 5, chapter.stop)]:
        if block.chapter:
            continue
        turned = parts.cue(norm[block.start : block.end], years)
        if turned in chapter.allowed:
            return turned
    return chapter.announced[0]


def _assign_ending(
    norm: str, blocks: list[Block], closing: tuple[int, int], appendix: int | None, years: Years
) -> None:
    """Closing words and what stands behind the speech."""
    stop = appendix if appendix is not None else len(blocks)
    part = Part.CLOSING
    for index in range(closing[0], stop):
        block = blocks[index]
        if index > closing[1] and part is Part.CLOSING and (block.end - block.start > 60 or block.heading):
            part = Part.APPENDIX
        if block.heading and block.heading.alone and _lists_plans(_title(norm, block.heading), years):
            part = Part.PLAN
        block.part = part
    part = Part.APPENDIX
    for block in blocks[stop:]:
        if block.heading and block.heading.alone and block.heading.kind in (Kind.LINE, Kind.PART):
            title = _title(norm, block.heading)
            if _lists_plans(title, years):
                part = Part.PLAN
            elif parts.announced(title, years).parts == (Part.APPENDIX,):
                part = Part.APPENDIX
        block.part = part


def _lists_plans(title: str, years: Years) -> bool:
    """Whether a heading behind the speech announces a list of what is planned (2020年省十件民生实事)."""
    return len(title) <= 30 and parts.is_livelihood(title) and parts.announced(title, years).parts == (Part.PLAN,)
