"""Which documents are editions of one report.

Invariant: a group is one report; groups and the editions in them stand in the order of their documents' names, so that
the order files are given in never matters. Two reports are never put together because they are alike in part.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from kg.reading.edition import Edition
from kg.reading.metadata_file import METADATA_FILE, ReportEntry

_SHINGLE = 12  # characters
_SAME = 0.8  # share of the shorter text found in the longer one: another script, site or print of one speech
_ANOTHER = 0.25  # below it, two texts are two speeches


class Grouping(NamedTuple):
    """Reports, each the editions of one; and documents that fit none, each with what is wrong, for the user."""

    groups: tuple[tuple[Edition, ...], ...]
    strangers: tuple[tuple[Edition, str], ...]


def group_editions(editions: Iterable[Edition], reports: Iterable[ReportEntry] = ()) -> Grouping:
    """``editions`` put together by report.

    Editions of one report are: those that a metadata file (``reports``) names together; those of one place and one
    plan year; those of unknown place or year whose texts are nearly the same. A document given twice, byte for byte,
    is kept once. Where two texts of one place and year are different speeches, the second is a stranger: one of them
    has its place or year wrong, or only the metadata file can say what it is.
    """
    ordered = sorted(editions, key=lambda edition: (edition.document, edition.sha256))
    unique: dict[str, Edition] = {}
    for edition in ordered:
        unique.setdefault(edition.sha256, edition)
    named = {entry.file: number for number, report in enumerate(reports) for entry in report.editions}
    groups: list[list[Edition]] = []
    strangers: list[tuple[Edition, str]] = []
    by_entry: dict[int, list[Edition]] = {}
    by_place: dict[tuple[str, int], list[Edition]] = {}
    for edition in unique.values():
        entry = named.get(edition.document)
        place, year = edition.metadata.place, edition.metadata.plan_year
        group = by_entry.get(entry) if entry is not None else None
        if group is None and place and year:
            group = by_place.get((place, year))
            if group is not None and likeness(group[0], edition) < _ANOTHER:
                strangers.append((edition, _two_speeches(group[0], edition)))
                continue
        elif group is None:
            group = next((other for other in groups if likeness(other[0], edition) >= _SAME), None)
        if group is None:
            group = []
            groups.append(group)
        group.append(edition)
        if entry is not None:
            by_entry.setdefault(entry, group)
        if place and year:
            by_place.setdefault((place, year), group)
    return Grouping(tuple(tuple(group) for group in groups), tuple(strangers))


def _two_speeches(first: Edition, second: Edition) -> str:
    where = first.metadata.place_name or first.metadata.place
    return (
        f"{second.document}: like {first.document} this is read as the report of {where} for "
        f"{first.metadata.plan_year}, but they are different texts; give place and plan_year of each in "
        f"{METADATA_FILE} beside them, or name both there as editions of one report"
    )


def likeness(first: Edition, second: Edition) -> float:
    """The share of the shorter text that stands in the longer one, 0 to 1, scripts and punctuation aside."""
    one, other = _shingles(first.norm), _shingles(second.norm)
    return len(one & other) / max(1, min(len(one), len(other)))


@lru_cache(maxsize=4)
def _shingles(norm: str) -> frozenset[str]:
    letters = "".join(re.findall(r"[\u3400-\u9fff]+", norm))
    return frozenset(letters[at : at + _SHINGLE] for at in range(max(1, len(letters) - _SHINGLE + 1)))
