"""A report's other names for its own place: established by what is said of it, read outside longer names."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from kg.recognition.bynames import by_names
from kg.recognition.places import find_places
from kg.vocabulary.divisions import load_divisions

sys.path.insert(0, str(Path(__file__).parents[1] / "cases"))
import naming

ESTABLISHED = "建设书香柘都，让柘都人民过上好日子。"


def read(text: str, home: str = "520100") -> list[tuple[str, str]]:
    found = find_places(text, load_divisions(), home, 2024)
    return [(text[p.start : p.end], p.name) for p in found if p.rule == "by-name"]


def test_once_established_it_stands_for_the_reports_place_everywhere() -> None:
    text = "感受柘都魅力。" + ESTABLISHED
    assert read(text) == [("柘都", "贵阳市")] * 3


@pytest.mark.parametrize(
    "text",
    [
        "让柘都人民过上好日子。感受柘都魅力。",  # said of it once
        "建设书香柘都、平安柘都。",  # neither its people nor its land
        "提升人民幸福指数，提升市民获得感，推进平安提升、品质提升。",  # a word that many reports share
        "建设美丽柘区，让柘区人民过上好日子。",  # a kind of place
        "建设平安清镇，让清镇人民过上好日子。",  # a place by its name
    ],
)
def test_what_is_not_established(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize("rest", ["大道", "银行", "江", "水库", "工业园", "公园"])
def test_what_is_called_after_it_is_not_the_place(rest: str) -> None:
    assert read(f"{ESTABLISHED}建成柘都{rest}。") == [("柘都", "贵阳市")] * 2


def test_names_of_provinces_need_be_used_so_once() -> None:
    assert read("让陇原大地更美。", "620100") == [("陇原", "甘肃省")]
    assert read("实施陇原英才计划。", "620100") == []


def test_the_name_of_another_province_is_not_ours() -> None:
    assert read("走进陇原大地，感谢陇原人民。", "520100") == []


def test_without_a_place_of_its_own_a_document_has_no_by_names() -> None:
    assert read(ESTABLISHED, "") == []


def test_within_a_longer_name_it_is_no_mention() -> None:
    edition = naming.report("开展“礼赞柘都”行动。" + ESTABLISHED)  # 书香柘都 is a name too
    found = [edition.norm[m.start - 2 : m.end] for m in naming.names(edition) if m.rule == "place-by-name"]
    assert found == ["，让柘都"]


def test_only_whole_words_are_read() -> None:
    text = "书香柘都，柘都人民，又柘都。"
    boundaries = set(range(len(text) + 1)) - {text.rindex("柘都")}
    assert [start for start, _ in by_names(text, boundaries, [], (), ())] == [2, 5]
    assert list(by_names(text, boundaries, [(2, 4), (5, 7)], (), ())) == []
    assert list(by_names(text, boundaries, [], (), {"柘都"})) == []
