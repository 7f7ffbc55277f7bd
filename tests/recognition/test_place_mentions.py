"""A place told with what it lies in is one name: 花溪区青岩镇."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "cases"))
import naming


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("花溪区青岩镇发展旅游。", ["花溪区青岩镇 青岩镇", "花溪区 花溪区"]),
        ("贵阳市花溪区青岩镇发展旅游。", ["贵阳市花溪区青岩镇 青岩镇", "贵阳市花溪区 花溪区", "贵阳市 贵阳市"]),
        ("支持花溪区、青岩镇。", ["花溪区 花溪区", "青岩镇 青岩镇"]),
        ("支持清镇市花溪区。", ["清镇市 清镇市", "花溪区 花溪区"]),  # the second does not lie in the first
        ("建成花溪区青岩镇水库。", ["花溪区 花溪区", "青岩镇 青岩镇"]),  # within a longer name
    ],
)
def test_mentions(text: str, wanted: list[str]) -> None:
    edition = naming.report(text)
    found = [m for m in naming.names(edition) if m.entity_type == "place"]
    assert [f"{edition.norm[m.start : m.end]} {m.name}" for m in found] == wanted


def test_it_is_a_part_of_what_it_is_told_with() -> None:
    assert naming.lines(naming.report("花溪区青岩镇发展旅游。")) == ["青岩镇 | partOf | 花溪区 |"]
