"""What a report says of itself: place, title, date, session, speaker, the years and terms reviewed and planned.

Invariant: nothing is guessed from one sign alone where several can be compared; what nobody could tell stays empty.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from kg.reading.edition import Metadata, Part, Section, Sentence
from kg.reading.parts import five_year_plan

_NUMBER = "[〇零一二三四五六七八九十]"
_DATE = re.compile(
    rf"(?:(?P<year>20\d\d)|(?P<chinese_year>二[〇零]{_NUMBER}{{2}}))年"
    rf"(?:(?P<month>\d{{1,2}})|(?P<chinese_month>{_NUMBER}{{1,2}}))月"
    rf"(?:(?P<day>\d{{1,2}})|(?P<chinese_day>{_NUMBER}{{1,3}}))日"
)
_SPEECH_BEGINS = re.compile(
    r"各位代表|各位委员|尊敬的|同志们|现在，我|我代表|^[ 　]*(?:一、|第一部分|20\d\d年(?:政府)?工作回顾)", re.MULTILINE
)
_SESSION = re.compile(
    r"(?:[在日—（]|^)(?P<where>[^\W\d_在]{1,20}?)"
    rf"(?P<which>第?{_NUMBER}{{1,3}}届(?:人民代表大会|人大)第?{_NUMBER}{{1,3}}次(?:全体)?会议?)"
)
_OFFICE = re.compile(r"(?P<office>(?:自治区)?(?:代理?)?(?:省长|市长|县长|区长|州长|盟长|旗长|主席|专员|主任))")
_NAME = re.compile(r"(?P<name>[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]{2,8}(?:·[\u4e00-\u9fff]{1,8}){1,2})$")
_PLAN_HEADING = re.compile(
    r"^[^。，\n]{0,12}?(20\d\d) ?年[^。\n]{0,24}"
    "(?:安排|任务|目标|重点|要求|打算|建议|思路|部署|考虑|主要工作|各项工作|的工作)",
    re.MULTILINE,
)
_REVIEW_HEADING = re.compile(r"^[^。，\n]{0,12}?(20\d\d) ?年[^。，\n]{0,20}(?:回顾|总结|开展的)", re.MULTILINE)
_PLAN_PHRASE = re.compile(
    r"(20\d\d) ?年[^。，；\n]{0,16}?(?:预期目标|总体要求|指导思想|主要任务|政府工作要)|做好(20\d\d) ?年"
)
_DIGITS = {character: value for value, character in enumerate("〇一二三四五六七八九")} | {"零": 0}


@dataclass(frozen=True, slots=True)
class _Head:
    """The lines before the speech, white space inside them taken out."""

    lines: tuple[str, ...]
    joined: str


def _head(norm: str) -> _Head:
    begins = _SPEECH_BEGINS.search(norm, 0, 3000)
    text = norm[: begins.start() if begins else 400]
    spaced = [line.strip() for line in re.split(r"[\n\r\u2028\u2029\x0b\x0c]+", text) if line.strip(" \ufeff")]
    lines = tuple(line.strip("\ufeff") for line in spaced[:20])
    return _Head(lines, "".join(re.sub(r"\s", "", line) + "\n" for line in lines))


def _numeral(text: str) -> int:
    if "十" in text:
        tens, _, units = text.partition("十")
        return 10 * (_DIGITS[tens] if tens else 1) + (_DIGITS[units] if units else 0)
    return int("".join(str(_DIGITS[character]) for character in text))


def _date(text: str) -> date | None:
    for match in _DATE.finditer(re.sub(r"\s", "", text)):
        year, month, day = (
            int(match[part]) if match[part] else _numeral(match[f"chinese_{part}"]) for part in ("year", "month", "day")
        )
        try:
            return date(year, month, day)
        except ValueError:
            continue
    return None


def _title(head: _Head) -> str:
    """The line that calls the text a work report, without the date and name some sites add; "" if there is none."""
    titles = []
    for line in head.lines:
        words = re.sub(r"\s", "", line).strip("*※◆■●—-")
        words = re.sub(r"（[^（）]*(?:\d|[一二三四五六七八九十]届)[^（）]*）$|——.*$", "", words)
        if re.search("工作报告》?$", words) and len(words) <= 36 and not re.search("[，。]|作政府", words):
            titles.append(words)
    return max(titles, key=len) if titles else ""


def _session(head: _Head) -> str:
    """The session the report was given to, as the head names it (某市第九届人民代表大会第四次会议)."""
    lines = head.joined.split("\n")
    found = [match for text in (*lines, "".join(lines)) if (match := _SESSION.search(text))]
    if not found:
        return ""
    match = next((match for match in found if match["where"] != "第"), found[0])
    where = re.split(r"工作报告|[日在]在", match["where"])[-1]
    return where + (match["which"] if match["which"].endswith("议") else match["which"] + "议")


def _speaker(head: _Head) -> tuple[str, str]:
    """Name and office of who gave the report."""
    lines = [re.sub("作(?:政府)?工作报告$|同志$", "", re.sub(r"\s", "", line)) for line in head.lines]
    for number, line in enumerate(lines):
        after = re.split("会议上?[）)]?", line)[-1]
        for match in _OFFICE.finditer(after):
            name = _NAME.match(after[match.end() :].strip("：—（）"))
            if name:
                return name["name"], match["office"]
            if match.end() == len(after) and number + 1 < len(lines):
                name = _NAME.match(lines[number + 1])
                if name and len(lines[number + 1]) < 12 and "届" not in lines[number + 1]:
                    return name["name"], match["office"]
        before = re.match(rf"([\u4e00-\u9fff]{{2,4}}?){_OFFICE.pattern}在", line)
        if before:
            return before[1], before["office"]
    for before_line, line in pairwise(lines):
        if re.search("会议上?）?$", before_line) and _NAME.fullmatch(line) and not re.search("报告|政府|会", line):
            return line, ""
    for line in lines:
        named = re.search(r"（(?:\d+年\d+月\d+日)在?([\u4e00-\u9fff·]{2,12})）$", line)
        if named and "会" not in named[1]:
            return named[1], ""
    return "", ""


def _plan_year(norm: str, head: _Head, title: str, delivered: date | None, document: str) -> int | None:
    """The year planned: what date, headings and phrases agree on; the file's name only where they are silent."""
    votes: Counter[int] = Counter()
    if delivered:
        votes[delivered.year + (delivered.month >= 10)] += 4
    for match in list(_PLAN_HEADING.finditer(norm))[:6]:
        votes[int(match[1])] += 2
    for match in list(_REVIEW_HEADING.finditer(norm))[:4]:
        votes[int(match[1]) + 1] += 3
    for match in list(_PLAN_PHRASE.finditer(norm))[:4]:
        votes[int(match[1] or match[2])] += 2
    for year in re.findall(r"(20\d\d)年", title):
        votes[int(year)] += 1
    if not votes:
        for year in re.findall(r"^[^。，\n]{0,8}?(20\d\d)年[是，]", norm, re.MULTILINE):
            votes[int(year) + 1] += 1
    if not votes:
        votes.update(int(year) for year in re.findall(r"(?<!\d)(20\d\d)(?!\d)", document)[:1])
    if not votes:
        return None
    return max(votes, key=lambda year: (votes[year], year))


def read_metadata(norm: str, document: str) -> Metadata:
    """What ``norm`` says of itself before its structure is known; ``document`` is the name of its file."""
    head = _head(norm)
    title = _title(head)
    delivered = _date(head.joined) or _date(norm[-400:] if re.search("会议上?[）)]?\\s*$", norm[-60:]) else "")
    speaker, office = _speaker(head)
    plan = _plan_year(norm, head, title, delivered, document)
    if delivered and plan and not plan - 1 <= delivered.year <= plan:
        delivered = None
    return Metadata(
        title=title,
        delivered=delivered,
        session=_session(head),
        speaker=speaker,
        office=office,
        plan_year=plan,
        review_year=plan - 1 if plan else None,
    )


def terms(
    norm: str, sections: tuple[Section, ...], sentences: tuple[Sentence, ...], plan_year: int | None
) -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
    """First and last year of the term reviewed and of the term planned, where the report has them."""
    if plan_year is None:
        return None, None
    found: list[tuple[int, int] | None] = []
    for part, last in ((Part.TERM_REVIEW, plan_year - 1), (Part.TERM_PLAN, None)):
        chapters = [section for section in sections if section.level == 1 and section.part is part]
        titles = " ".join(norm[section.heading.start : section.heading.end] for section in chapters)
        stretch = [sentence for sentence in sentences if sentence.part is part]
        if not stretch:
            found.append(None)
            continue
        words = titles + " " + " ".join(norm[s.start : s.end][:60] for s in stretch[:12])
        found.append(_term(words, last, plan_year))
    return found[0], found[1]


_YEARS = re.compile("(?P<n>[三四五六])年")


def _term(words: str, last: int | None, plan_year: int) -> tuple[int, int]:
    """The term that ``words`` name: a five-year plan, or so many years; five where they do not say."""
    for match in re.finditer("十([一二三四五六七八])五[”“]?|第十([一二三四五六七八])个五年", words):
        first, final = five_year_plan(match[1] or match[2])
        if (last is not None and final in (last, last - 1)) or (last is None and first in (plan_year, plan_year + 1)):
            return first, final
    counted = _YEARS.search(words)
    years = "〇一二三四五六".index(counted["n"]) if counted else 5
    return (last - years + 1, last) if last is not None else (plan_year, plan_year + years - 1)
