"""Headings: what opens a section, whether a line of its own or the first words of a paragraph.

Invariant: what is found here is told from the words and their place in one paragraph alone; levels and parts, which
need the whole document, are decided in ``outline`` and ``parts``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

from kg.reading.edition import Span


class Kind(IntEnum):
    """The kinds of headings, outermost first."""

    PART = 0  # 第一部分
    LINE = 1  # an unnumbered line of its own
    CHINESE = 2  # 一、
    BRACKETED = 3  # （一）
    DASH = 4  # ——
    ARABIC = 5  # 1.  1、
    ORDINAL = 6  # 一是  第一，
    CIRCLED = 7  # ①
    BRACKETED_ARABIC = 8  # （1）
    RUN_IN = 9  # 狠抓招商引资。…


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: marker ``start``–``title_start``, words ``title_start``–``end``; ``value`` its number if it has one.

    ``alone``: nothing else stands in its paragraph.
    """

    kind: Kind
    start: int
    title_start: int
    end: int
    value: int | None
    alone: bool


_NUMERAL = "(?P<n>[一二三四五六七八九十]{1,3})"
_NTH = "第(?P<o>[一二三四五六七八九十]{1,3})"
_MARKERS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (Kind.PART, re.compile(rf"第{_NUMERAL}(?:部分|章|篇)[：、，\s]*")),
    (Kind.CHINESE, re.compile(rf"{_NUMERAL}\s?[、.]\s*|、(?=[\u4e00-\u9fff“])")),
    (Kind.BRACKETED, re.compile(rf"（\s?{_NUMERAL}\s?）\s*、?\s*")),
    (Kind.DASH, re.compile(r"(?:—\s?—|—|--)[—-]*\s*(?=[^\d—-])")),
    (Kind.ARABIC, re.compile(r"(?P<d>\d{1,2})\s?(?:、|\.(?!\d))\s*|(?P<c>[⒈-⒛])\s*")),
    (Kind.ORDINAL, re.compile(rf"{_NUMERAL}[是要](?![一否非个])[，：]?\s*|{_NTH}[，、：]\s*")),
    (Kind.CIRCLED, re.compile(r"(?P<c>[①-⑳])[、.]?\s*")),
    (Kind.BRACKETED_ARABIC, re.compile(r"（?\s?(?P<d>\d{1,2})\s?）\s*[、.]?\s*|(?P<c>[⑴-⒇])\s*")),
)
_DIGITS = {character: value for value, character in enumerate("一二三四五六七八九", 1)}
_LONGEST_HEADING = 46
_LONGEST_RUN_IN = 30
_LONGEST_INNER = 18
_PARALLEL = 3  # characters by which headings beside each other differ in length
_HAN = re.compile("[\u3400-\u9fff]")
_SENTENCE_END = "。！？；"
# A sentence that opens a paragraph with these speaks to the listeners or goes on from what was said: no heading.
_NO_HEADING = re.compile(
    "各位|同志|我们|我[市县区省州]|同时|为此|其中|此外|目前|当前|今年|明年|去年|过去|回顾|面对|这|那|五年|一年|现在|总之|"
    "在.{2,8}的同时|事实|实践|成绩|以上|上述|下面|下一步|因此|当然|谢谢|附|注"
)
# Date, session and speaker of the speech, which also stand on lines of their own.
_MEETING = re.compile(r"会议|大会|月\d+日|工作报告|[市县区州省]长|主席")
_GLOSSARY = re.compile(r"\W*(?:(?:有关)?(?:名词|术语|词语|用语)(?:解释|注释|注解|说明|释义)|注释?|注解)\W*$")
_NOISE = re.compile(r"下转|上接|来源|责任编辑|本文有删减|打印|关闭|浏览|字号|^\W*$|[.…·]{3,}\s*\d*$|\.{3,}")
# Words a run-in heading opens with, where no second one beside it shows that it is one.
_VERB = re.compile(
    "加快|加强|推进|推动|坚持|深入|大力|积极|完善|健全|实施|强化|优化|培育|支持|抓好|抓实|狠抓|突出|做好|做大|做强|做优|确保|打造|"
    "落实|鼓励|引导|继续|持续|进一步|全力|着力|全面|建立|启动|努力|统筹|深化|扩大|严格|提升|提高|促进|发展|壮大|巩固|夯实|"
    "聚焦|聚力|围绕|不断|切实|坚决|牢牢|开展|保障|构建|创新|激发|拓展|严守|守牢|筑牢|织密|办好|稳步|稳定|有效|有序|有力|精准|"
    "改善|改革|扎实|奋力|高质量|高标准|高水平|纵深|必须|要|始终|以|让|用"
)


def numeral(text: str) -> int:
    """The value of a Chinese numeral below one hundred (十二 is 12)."""
    if "十" not in text:
        return _DIGITS.get(text[-1], 0)
    tens, _, units = text.partition("十")
    return 10 * (_DIGITS.get(tens, 1) if tens else 1) + (_DIGITS.get(units, 0) if units else 0)


def _value(match: re.Match[str]) -> int | None:
    groups = match.groupdict()
    chinese = groups.get("n") or groups.get("o")
    if chinese:
        return numeral(chinese)
    if groups.get("d"):
        return int(groups["d"])
    if groups.get("c"):
        character = ord(groups["c"])
        return next(character - first + 1 for first in (0x2488, 0x2474, 0x2460) if character >= first)
    return None


def marker_at(norm: str, start: int, end: int) -> tuple[Kind, int, int | None] | None:
    """Kind, end and number of the enumeration marker that opens ``norm[start:end]``."""
    for kind, pattern in _MARKERS:
        match = pattern.match(norm, start, end)
        if match and match.end() < end:
            return kind, match.end(), _value(match)
    return None


def _cut(norm: str, start: int, end: int) -> int:
    """Where the words of a long item stop being its heading: at its first colon or comma, or a gap in the line."""
    gap = re.compile(r"(?<=[\u4e00-\u9fff”]) +(?=[\u4e00-\u9fff“])").search(norm, start + 5, min(end, start + 42))
    if gap:
        return gap.start()
    mark = re.compile("[：，；。]").search(norm, start, end)
    return mark.start() if mark else end


def paragraph_heading(norm: str, sentences: list[Span]) -> Heading | None:
    """The heading that opens, or is, the paragraph of these sentences; for a numbered one, or a line of its own."""
    start, end = sentences[0].start, sentences[-1].end
    first = sentences[0]
    found = marker_at(norm, start, end)
    if found:
        kind, title_start, value = found
        if _NOISE.search(norm, title_start, end) and end - title_start < 80:
            return None
        alone = len(sentences) == 1 and end - title_start <= _LONGEST_HEADING
        stop = first.end
        listed = kind in (Kind.ORDINAL, Kind.CIRCLED, Kind.BRACKETED_ARABIC) and not alone and len(sentences) == 1
        if listed or stop - title_start > _LONGEST_HEADING:
            stop = _cut(norm, title_start, stop)
        return Heading(kind, start, title_start, stop, value, alone)
    if (
        len(sentences) == 1
        and end - start <= _LONGEST_HEADING
        and (norm[end - 1] not in "。！？：；，、" or _GLOSSARY.match(norm, start, end))
        and len(_HAN.findall(norm, start, end)) >= 4
        and not _NOISE.search(norm[start:end])
        and (not _MEETING.search(norm[start:end]) or re.search("名词|术语|词语|解释|注释|说明", norm[start:end]))
    ):
        return Heading(Kind.LINE, start, start, end, None, True)
    return None


def _may_be_run_in(norm: str, sentence: Span, longest: int) -> bool:
    words = norm[sentence.start : sentence.end]
    return (
        4 < len(words) <= longest
        and words[-1] == "。"
        and not any(character.isdigit() for character in words)
        and "：" not in words
        and not _NO_HEADING.match(words)
    )


def run_in(norm: str, sentences: list[Span]) -> tuple[Heading, bool] | None:
    """The unnumbered heading that opens the paragraph, and whether its words alone make it one."""
    first = sentences[0]
    if len(sentences) < 2 or not _may_be_run_in(norm, first, _LONGEST_RUN_IN):
        return None
    if sentences[-1].end - first.end < 1.5 * (first.end - first.start):
        return None
    heading = Heading(Kind.RUN_IN, first.start, first.start, first.end, None, False)
    return heading, bool(_VERB.match(norm, first.start, first.end))


def inner_headings(norm: str, sentences: list[Span], first: int) -> list[tuple[int, Heading]]:
    """Headings inside a paragraph from its sentence ``first`` on, with the sentence each opens.

    Ordinals (一是 …。二是 …。) and short sentences without numbers, each followed by what it announces; of the
    latter there must be two of about one length, for headings run parallel and other short sentences do not.
    """
    ordinals: list[tuple[int, Heading]] = []
    short: list[tuple[int, Heading]] = []
    for at in range(first, len(sentences)):
        sentence = sentences[at]
        found = marker_at(norm, sentence.start, sentence.end)
        if found and found[0] in (Kind.ORDINAL, Kind.CIRCLED, Kind.BRACKETED_ARABIC, Kind.ARABIC):
            kind, title_start, value = found
            stop = _cut(norm, title_start, sentence.end)
            ordinals.append((at, Heading(kind, sentence.start, title_start, stop, value, False)))
        elif (
            at + 1 < len(sentences)
            and _may_be_run_in(norm, sentence, _LONGEST_INNER)
            and "，" not in norm[sentence.start : sentence.end]
            and sentences[at + 1].end - sentences[at + 1].start > sentence.end - sentence.start
        ):
            short.append((at, Heading(Kind.RUN_IN, sentence.start, sentence.start, sentence.end, None, False)))
    if short and short[0][0] <= first + 1:
        length = short[0][1].end - short[0][1].start
        short = [item for item in short if abs(item[1].end - item[1].start - length) <= _PARALLEL]
    if len(short) < 2 or short[0][0] > first + 1:
        short = []
    return sorted(ordinals + short)
