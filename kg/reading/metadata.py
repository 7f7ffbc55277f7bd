"""What a report says of itself: place, title, date, session, speaker, the years reviewed and planned."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

from kg.reading.edition import Metadata

_DATE = re.compile(r"(20\d\d) ?年 ?(\d{1,2}) ?月 ?(\d{1,2}) ?日")
_PLAN_HEADING = re.compile(r"(20\d\d)年[^。，\n]{0,20}(?:安排|任务|目标|重点|要求|打算|建议)")
_REVIEW_HEADING = re.compile(r"(20\d\d)年[^。，\n]{0,20}(?:回顾|总结)")


def read_metadata(norm: str, document: str) -> Metadata:
    """The metadata of the report ``norm``, whose file is called ``document``."""
    delivered = None
    match = _DATE.search(norm[:800])
    if match:
        try:
            delivered = date(*(int(number) for number in match.groups()))
        except ValueError:
            delivered = None
    votes: Counter[int] = Counter()
    if delivered:
        votes[delivered.year + (delivered.month == 12)] += 3
    for found in _PLAN_HEADING.finditer(norm):
        votes[int(found.group(1))] += 1
    for found in _REVIEW_HEADING.finditer(norm):
        votes[int(found.group(1)) + 1] += 2
    year = votes.most_common(1)[0][0] if votes else None
    if year is None:
        named = re.search(r"20\d\d", document)
        year = int(named.group()) if named else None
    return Metadata(delivered=delivered, plan_year=year, review_year=year - 1 if year else None)
