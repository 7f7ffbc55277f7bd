"""A sentence as tokens: words by segmentation, with places, quotations and titles in book marks kept whole.

Invariant: the tokens of a sentence cover it without gap or overlap; footnote marks are tokens that names may span.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import rjieba

from kg.reading.edition import Span
from kg.recognition.places import PlaceSpan


class Kind(StrEnum):
    WORD = "word"
    PLACE = "place"
    LEVEL = "level"  # 市, 省, 全市: the place itself or one above it
    QUOTE = "quote"  # “…” with its marks
    BOOK = "book"  # 《…》 with its marks
    NUMBER = "number"
    NOTE = "note"  # a footnote mark: 〔5〕
    BRACKET = "bracket"  # （…） with its marks
    STOP = "stop"  # punctuation that ends a clause
    COMMA = "comma"  # 、


@dataclass(frozen=True, slots=True)
class Token:
    start: int
    end: int
    text: str
    kind: Kind
    code: str = ""  # of a place, also of one in brackets
    pos: str = ""  # part of speech of a word, as the segmenter's dictionary has it

    @property
    def inner(self) -> str:
        """What stands inside the marks of a quotation or title."""
        return self.text[1:-1].strip() if self.kind in (Kind.QUOTE, Kind.BOOK, Kind.BRACKET) else self.text

    @property
    def inner_span(self) -> Span:
        """Where that stands."""
        if self.kind not in (Kind.QUOTE, Kind.BOOK, Kind.BRACKET):
            return Span(self.start, self.end)
        inner = self.text[1:-1]
        start = self.start + 1 + len(inner) - len(inner.lstrip())
        return Span(start, start + len(inner.strip()))


_WHOLE = re.compile(
    r"(?P<quote>“[^“”\n]{1,60}”)|(?P<book>《[^《》\n]{1,60}》)"
    r"|(?P<note>〔\d{1,3}〕|\[\d{1,3}\]|［\d{1,3}］|【\d{1,3}】|[①-⑳⑴-⒇⒈-⒛]|\((?:\d{1,3}|[①-⑳])\)(?=[，。；、”]))"
    r"|(?P<word>小(?:（[一二]）|\([一二]\))型)"  # of reservoirs
    r"|(?P<bracket>（[^（）\n]{1,30}）|\([^()\n]{1,30}\))"
    r"|(?P<number>\d+(?:[.,:]\d+)*)"
    r"|(?P<comma>、)"
    r"|(?P<stop>——|──|[，。；：！？,;:!?“”‘’《》（）()\[\]［］【】\s…\x00-\x1f])"
)


_LISTED = re.compile(r"\d{1,3}[.．、](?!\d)")  # the number of an item at the beginning of a line: 3.“两品一标”


def tokenise(norm: str, span: Span, places: Sequence[PlaceSpan], compounds: frozenset[str]) -> tuple[Token, ...]:
    """The tokens of ``norm[span]``. ``places`` are the places in it, in text order, without overlaps; words that make
    one of ``compounds`` are joined.
    """
    return tuple(_tokens(norm, span, places, compounds))


def _tokens(norm: str, span: Span, places: Sequence[PlaceSpan], compounds: frozenset[str]) -> Iterator[Token]:
    at = span.start
    numbered = _LISTED.match(norm, at, span.end)
    if numbered is not None:
        yield Token(at, numbered.end(), numbered.group(), Kind.STOP)
        at = numbered.end()
    waiting = list(places)
    while at < span.end:
        match = _WHOLE.search(norm, at, span.end)
        edge = match.start() if match else span.end
        while waiting and waiting[0].start < at:
            waiting.pop(0)
        while waiting and waiting[0].start < edge:
            place = waiting.pop(0)
            if place.end > edge or place.start < at:
                continue
            yield from _words(norm, at, place.start, compounds)
            kind = Kind.LEVEL if place.nominal else Kind.PLACE
            yield Token(place.start, place.end, norm[place.start : place.end], kind, place.code)
            at = place.end
        yield from _words(norm, at, edge, compounds)
        if match is None:
            break
        kind = Kind(match.lastgroup or "stop")
        inside = (p for p in places if kind is Kind.BRACKET and (p.start - 1, p.end + 1) == match.span())
        code = next((p.code or p.name for p in inside), "")
        yield Token(match.start(), match.end(), match.group(), kind, code)
        at = match.end()


def _words(norm: str, start: int, end: int, compounds: frozenset[str]) -> Iterator[Token]:
    words = [tagged for part in _DEED.split(norm[start:end]) if part for tagged in rjieba.tag(part, False)]
    at, index = start, 0
    while index < len(words):
        word, pos = words[index]
        taken = 1
        joined = word
        for count in range(2, min(_LONGEST_JOIN, len(words) - index) + 1):
            joined += words[index + count - 1][0]
            if joined in compounds:
                word, pos, taken = joined, "n", count
        if len(word) == 4 and word[2:] in ("工作", "任务") and word[:2] in compounds:
            yield Token(at, at + 2, word[:2], Kind.WORD, pos="n")  # 试点|工作
            at, word, pos = at + 2, word[2:], "n"
        numbered = len(word) == 3 and word[1:] in _NUMBERED_SCHOOLS
        if word[0] in _LEVELS and (numbered or (len(word) > 3 and word[1:] in compounds)):
            yield Token(at, at + 1, word[0], Kind.WORD, pos="n")  # 市|二中, 市|图书馆
            at, word, pos = at + 1, word[1:], "n"
        if len(word) == 2 and word[1] == "等" and word[0] not in _GRADES and "、" in norm[max(0, at - 12) : at]:
            yield Token(
                at, at + 1, word[0], Kind.WORD, pos="n"
            )  # 恒|等 at the end of a list, which the segmenter takes for the word 恒等
            at, word, pos = at + 1, "等", "u"
        if word in _WORK_ON and (at > start or norm[at - 1 : at] == "”") and norm[at - 1] not in "、和及与":
            yield Token(at, at + 2, word[:2], Kind.WORD, pos="n")  # …连通|工程|建设, …蓄能|项目|前期
            at, word = at + 2, word[2:]
        if len(word) == 3 and word.startswith("新建"):  # 新建|县第三中学, not the old county of that name
            yield Token(at, at + 2, "新建", Kind.WORD, pos="v")
            at, word, pos = at + 2, word[2:], "n"
        yield Token(at, at + len(word), word, Kind.WORD, pos=pos)
        at += len(word)
        index += taken


_DEED = re.compile(r"(做[大强优精实细美活]+|争创|申创|创成|上榜)")  # 做强|花溪…: a verb, no part of the word after it
_LEVELS = frozenset("市县区")
_NUMBERED_SCHOOLS = frozenset(n + s for n in "一二三四五六七八九十" for s in "中小院职")
_GRADES = frozenset("中高平优同上初均特头一二三四五对相劣等何次下")  # 中等, 高等 … are words
_WORK_ON = frozenset({"工程建设", "工程进度", "项目建设", "项目前期", "项目进度"})  # two words after a name
_LONGEST_JOIN = 7  # words that make one compound
