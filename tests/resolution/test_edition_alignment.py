"""Two editions laid side by side."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.reading import edition_of, read
from kg.resolution.alignment import align

SEEDS = Path(__file__).resolve().parents[2] / "seeds"


@pytest.fixture(scope="module")
def seed_editions() -> tuple:  # type: ignore[type-arg]
    return read(SEEDS / "liupanshui-2024.zh-Hans.txt"), read(SEEDS / "liupanshui-2024.zh-Hant.txt")


def test_the_seed_differs_where_a_reader_finds_it_to_differ(seed_editions) -> None:  # type: ignore[no-untyped-def]
    hans, hant = seed_editions
    found = align(hans, hant).differences
    assert any("李巍" in d.other_text for d in found), "the Traditional edition names the mayor"
    assert {d.base_text for d in found if d.base_text} == {"国", "学"}, "中国科学院 against 中科院"
    assert len(found) <= 4


def test_what_is_equal_maps_to_what_is_equal(seed_editions) -> None:  # type: ignore[no-untyped-def]
    hans, hant = seed_editions
    alignment = align(hans, hant)
    mapped = 0
    for sentence in hant.sentences:
        span = alignment.to_base(sentence.start, sentence.end)
        if span is not None and span.end - span.start == sentence.end - sentence.start:
            mapped += 1
            assert hans.norm[span.start : span.end] == hant.norm[sentence.start : sentence.end]
    assert mapped > 0.97 * len(hant.sentences)


HEAD = "2024年政府工作报告\n各位代表：\n现在，我代表市人民政府向大会报告工作，请予审议。\n"
SENTENCE = st.text(alphabet="一二三市县工程增长百分点", min_size=1, max_size=12)


@settings(max_examples=60, deadline=None)
@given(st.lists(SENTENCE, min_size=1, max_size=8), st.lists(SENTENCE, min_size=1, max_size=8))
def test_alignment_never_maps_to_other_characters(left: list[str], right: list[str]) -> None:
    editions = [edition_of(HEAD + "".join(s + "。" for s in sentences)) for sentences in (left, right)]
    base, other = editions
    alignment = align(base, other)
    for offset in range(len(other.norm)):
        span = alignment.to_base(offset, offset + 1)
        if span is not None:
            assert base.norm[span.start] == other.norm[offset]
