"""Which documents are editions of one report.

Invariant: a group is one report; groups and the editions in them stand in the order of their documents' names, so that
the order files are given in never matters. Two reports are never put together because they are alike in part.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from kg.errors import ReadingError
from kg.reading.edition import Edition
from kg.reading.metadata_file import METADATA_FILE, ReportEntry

_SHINGLE = 12  # characters
_SAME = 0.8  # share of the shorter text found in the longer one: another script, site or print of one speech
_ANOTHER = 0.25  # below it, two texts are two speeches


def group_editions(editions: Iterable[Edition], reports: Iterable[ReportEntry] = ()) -> tuple[tuple[Edition, ...], ...]:
    """``editions`` put together by report.

    Editions of one report are: those that ``metadata.toml`` (``reports``) names together; those of one place and one
    plan year; those of unknown place or year whose texts are nearly the same. A document given twice, byte for byte,
    is kept once. Raises ReadingError if two texts of one place and year are different speeches, since one of them has
    its place or year wrong or only ``metadata.toml`` can say what it is.
    """
    ordered = sorted(editions, key=lambda edition: (edition.document, edition.sha256))
    unique: list[Edition] = []
    seen: set[str] = set()
    for edition in ordered:
        if edition.sha256 not in seen:
            seen.add(edition.sha256)
            unique.append(edition)
    named = {entry.file: number for number, report in enumerate(reports) for entry in report.editions}
    groups: list[list[Edition]] = []
    by_entry: dict[int, list[Edition]] = {}
    by_place: dict[tuple[str, int], list[Edition]] = {}
    for edition in unique:
        entry = named.get(edition.document)
        key = (edition.metadata.place, edition.metadata.plan_year or 0)
        group = by_entry.get(entry) if entry is not None else None
        if group is None and all(key):
            group = by_place.get(key)
            if group is not None:
                _check_same_speech(group[0], edition)
        if group is None and not all(key):
            group = next((other for other in groups if likeness(other[0], edition) >= _SAME), None)
        if group is None:
            group = []
            groups.append(group)
        group.append(edition)
        if entry is not None:
            by_entry.setdefault(entry, group)
        if all(key):
            by_place.setdefault(key, group)
    return tuple(tuple(group) for group in groups)


def _check_same_speech(first: Edition, second: Edition) -> None:
    if likeness(first, second) >= _ANOTHER:
        return
    where = first.metadata.place_name or first.metadata.place
    raise ReadingError(
        f"{first.document} and {second.document}: both are read as the report of {where} for "
        f"{first.metadata.plan_year}, but they are different texts; give the place and plan_year of each in "
        f"{METADATA_FILE} beside them, or name both as editions of one report there"
    )


def likeness(first: Edition, second: Edition) -> float:
    """The share of the shorter text that stands in the longer one, 0 to 1, scripts and punctuation aside."""
    one, other = _shingles(first.norm), _shingles(second.norm)
    return len(one & other) / max(1, min(len(one), len(other)))


@lru_cache(maxsize=4)
def _shingles(norm: str) -> frozenset[str]:
    letters = "".join(re.findall(r"[\u3400-\u9fff]+", norm))
    return frozenset(letters[at : at + _SHINGLE] for at in range(max(1, len(letters) - _SHINGLE + 1)))
