"""By when a promise is to be kept, as the clause says it, in the form of a period.

Invariant: a deadline is "2024", "2024-H1", "2024-Q1" or "2024-06"; words without a year speak of the year the report
plans; a year alone (2024年) is no deadline.
"""

from __future__ import annotations

import re

_HAN = "一二三四"
_PART = (
    r"(?:第?(?P<quarter>[一二三四])季度|(?P<half>[上下])半年|"
    r"(?<![-—～至\d.])(?P<month>1[0-2]|0?[1-9])月"
    r"(?:份|底|末|初|中旬|[0-3]?\d日)?)"
)
_DEADLINE = re.compile(
    r"(?:(?P<by>到)?(?P<year>20\d\d)年(?P<end>年?[底末])?"
    r"|(?P<this>今年年?[内底末]|(?<![\d一二三四五六七八九十两几数明去前上])年[内底末])|今年)?"
    rf"(?:{_PART})?(?P<before>之?前|以前|内)?"
)
# What parts a deadline from the clauses it holds for: 到2025年，…
_ALONE = re.compile(
    r"\s*(?:力争|确保|争取|努力|预计|计划)?\s*(?P<when>[到今年内底末前之以\d月份上下半第一二三四季度]{2,14})\s*"
)


def deadline(text: str, plan_year: int | None) -> str:
    """The first deadline that ``text`` names; "" where it names none.

    ``plan_year`` is the year of which 年底前 and 6月底前 speak; without one such words give nothing.
    """
    for match in _DEADLINE.finditer(text):
        found = _period(match, plan_year)
        if found:
            return found
    return ""


def deadline_alone(text: str, plan_year: int | None) -> str:
    """The deadline of a clause that is nothing else (到2025年), so that it holds for the clauses after it."""
    match = _ALONE.fullmatch(text)
    return deadline(match["when"], plan_year) if match else ""


def _period(match: re.Match[str], plan_year: int | None) -> str:
    part = match["quarter"] or match["half"] or match["month"]
    if match["year"] and not (match["by"] or match["end"] or match["before"] or part):
        return ""
    if not match["year"] and not match["this"] and not part:
        return ""
    if match["month"] and re.match(r"[-—至～到]", match.string[match.end() :]):
        return ""  # 1月至6月 is a span
    year = int(match["year"]) if match["year"] else plan_year
    if year is None or (plan_year is not None and year < plan_year):
        return ""
    if match["quarter"]:
        return f"{year}-Q{_HAN.index(match['quarter']) + 1}"
    if match["half"]:
        return f"{year}-H{1 if match['half'] == '上' else 2}"
    return f"{year}-{int(match['month']):02}" if match["month"] else f"{year}"
