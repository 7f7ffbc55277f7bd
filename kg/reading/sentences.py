"""Sentences and clauses of a paragraph.

Invariant: the sentences of a paragraph tile it, white space between them aside; a clause lies in one sentence and
holds neither the mark that ends it nor white space at its ends.
"""

from __future__ import annotations

import re

from kg.reading.edition import Span

_OPENING = {"“": "”", "‘": "’", "（": "）", "《": "》", "〈": "〉", "【": "】", "〔": "〕", "[": "]"}
_CLOSING = frozenset(_OPENING.values())
_INTERESTING = re.compile("[“”‘’（）《》〈〉【】〔〕\\[\\]，；：。！？…]")
_LONGEST_QUOTATION = 120  # a longer one is speech of several sentences, or a mark nobody closed
_END = "。！？"
_CLAUSE_END = "，；：。！？"
_GOES_ON = frozenset("的，、；：。是和与及等这那")  # what follows a quotation in the middle of a sentence


def _nesting(norm: str, start: int, end: int) -> dict[int, int]:
    """Opening to closing offset of the matched quotation marks and brackets; unmatched ones do not count."""
    open_marks: list[tuple[str, int]] = []
    pairs: dict[int, int] = {}
    for match in _INTERESTING.finditer(norm, start, end):
        mark = match.group()
        if mark in _OPENING:
            open_marks.append((_OPENING[mark], match.start()))
        elif mark in _CLOSING:
            for depth in range(len(open_marks) - 1, -1, -1):
                if open_marks[depth][0] == mark:
                    if match.start() - open_marks[depth][1] <= _LONGEST_QUOTATION:
                        pairs[open_marks[depth][1]] = match.start()
                    del open_marks[depth:]
                    break
    return pairs


def split(norm: str, start: int, end: int) -> list[tuple[Span, tuple[Span, ...]]]:
    """The sentences of the paragraph ``norm[start:end]``, each with its clauses."""
    pairs = _nesting(norm, start, end)
    sentences: list[tuple[Span, tuple[Span, ...]]] = []
    clauses: list[Span] = []
    sentence_start = clause_start = at = start

    def close_clause(stop: int) -> None:
        span = trim(norm, clause_start, stop)
        if span.start < span.end:
            clauses.append(span)

    while at < end:
        match = _INTERESTING.search(norm, at, end)
        if match is None:
            break
        at = match.start()
        mark = norm[at]
        stop = at + 1
        if at in pairs:
            # A quotation or bracket is passed over whole, unless it closes the sentence: “……。” or ：“……！”
            closing = pairs[at]
            stop = closing + 1
            quoted = mark in "“‘"
            last = norm[closing - 1]
            ends = quoted and (
                last == "。" or (last in "！？…" and (norm[at - 1 : at] == "：" or at == sentence_start or stop >= end))
            )
            ends = ends and norm[stop : stop + 1] not in _GOES_ON
            if not ends:
                at = stop
                continue
        elif mark in _END or norm.startswith("……", at):
            while stop < end and (norm[stop] in _END or norm[stop] == "…"):
                stop += 1
            if mark != "。" and stop < end and norm[stop] in "，；：、":
                at = stop
                continue
        elif mark in _CLAUSE_END:
            close_clause(at)
            at = clause_start = stop
            continue
        else:
            at = stop
            continue
        close_clause(at if mark in _END else stop)
        while stop < end and norm[stop] in _CLOSING and stop not in pairs.values():
            stop += 1
        sentences.append((Span(sentence_start, stop), tuple(clauses)))
        clauses = []
        while stop < end and norm[stop].isspace():
            stop += 1
        sentence_start = clause_start = at = stop
    if sentence_start < end:
        close_clause(end)
        sentences.append((Span(sentence_start, end), tuple(clauses)))
    return sentences


def trim(text: str, start: int, end: int) -> Span:
    """``start``–``end`` without the white space (and byte order mark) at its ends."""
    while start < end and (text[start].isspace() or text[start] == "\ufeff"):
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
