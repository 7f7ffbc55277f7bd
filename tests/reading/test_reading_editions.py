"""Editions of one report are put together; different speeches are kept apart."""

from __future__ import annotations

from dataclasses import replace

import pytest
from specimens import ELECTION, HANS, HANT, YEARLY

from kg.reading import EditionEntry, ReportEntry, edition_of, group_editions, read
from kg.reading.edition import Edition, Metadata
from kg.reading.script import to_traditional


def edition(text: str, name: str, place: str = "520200", year: int = 2023) -> Edition:
    return edition_of(text, name, Metadata(place=place, plan_year=year))


def names(groups: tuple[tuple[Edition, ...], ...]) -> list[list[str]]:
    return [[edition.document for edition in group] for group in groups]


def test_the_seed_is_one_report_in_any_order() -> None:
    hans, hant = read(HANS), read(HANT)
    for given in ([hans, hant], [hant, hans]):
        grouping = group_editions(given)
        assert names(grouping.groups) == [[HANS.name, HANT.name]]
        assert grouping.strangers == ()


def test_one_speech_in_two_scripts_from_two_sites() -> None:
    short = YEARLY[: YEARLY.index("名词解释")]
    given = [edition(YEARLY, "a.txt"), edition(to_traditional(short), "b.txt"), edition(ELECTION, "c.txt", year=2022)]
    assert names(group_editions(given).groups) == [["a.txt", "b.txt"], ["c.txt"]]


def test_one_speech_whose_place_and_year_nobody_could_tell() -> None:
    body = YEARLY[YEARLY.index("（一）聚力") :].replace("2023", "").replace("2022", "")
    given = [edition_of(body, "a.txt"), edition_of(to_traditional(body), "b.txt"), edition_of(ELECTION, "c.txt")]
    given = [replace(e, metadata=Metadata()) for e in given]
    assert names(group_editions(given).groups) == [["a.txt", "b.txt"], ["c.txt"]]


def test_the_same_file_twice_is_one_edition() -> None:
    given = [edition(YEARLY, "b.txt"), edition(YEARLY, "a.txt"), edition(ELECTION, "c.txt", year=2022)]
    grouping = group_editions(given)
    assert names(grouping.groups) == [["a.txt"], ["c.txt"]]
    assert grouping.strangers == ()


def test_two_speeches_of_one_place_and_year_are_told_apart() -> None:
    grouping = group_editions([edition(YEARLY, "b.txt"), edition(ELECTION, "a.txt")])
    assert names(grouping.groups) == [["a.txt"]]
    [(stranger, message)] = grouping.strangers
    assert stranger.document == "b.txt"
    for words in ("b.txt", "a.txt", "六盘水市", "2023", "metadata.toml"):
        assert words in message


def test_the_metadata_file_has_the_last_word() -> None:
    reports = [ReportEntry(Metadata(), (EditionEntry("a.txt"), EditionEntry("b.txt")))]
    given = [edition(YEARLY, "a.txt"), edition(ELECTION, "b.txt", year=2022)]
    assert names(group_editions(given, reports).groups) == [["a.txt", "b.txt"]]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_the_order_given_does_not_matter(order: tuple[int, ...]) -> None:
    given = [
        edition(YEARLY, "a.txt"),
        edition(YEARLY + "（本文有删减）", "b.txt"),
        edition(ELECTION, "c.txt", year=2022),
    ]
    assert names(group_editions([given[i] for i in order]).groups) == [["a.txt", "b.txt"], ["c.txt"]]
