"""What is called like a zone of the document, and looks like a firm, is that zone."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "cases"))
import naming


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("加快恒岳新区建设。推进恒岳锂电池二期项目建设。", [("zone", "恒岳新区")]),
        ("推进恒岳锂电池二期项目建设。加快恒岳新区建设。", [("zone", "恒岳新区")]),
        ("建成恒岳产业园。推进恒岳锂电池二期项目建设。", [("enterprise", "恒岳")]),  # parks are called after firms
        ("推进恒岳锂电池二期项目建设。", [("enterprise", "恒岳")]),
    ],
)
def test_which_it_is(text: str, wanted: list[tuple[str, str]]) -> None:
    edition = naming.report(text)
    at = text.index("恒岳锂电池") + edition.norm.index(text)
    found = [(str(m.entity_type), m.name) for m in naming.names(edition) if (m.start, m.end) == (at, at + 2)]
    assert found == wanted


def test_the_project_lies_in_the_zone() -> None:
    lines = naming.lines(naming.report("加快恒岳新区建设。推进恒岳锂电池二期项目建设。"))
    assert "恒岳锂电池二期项目 | locatedIn | 恒岳新区 |" in lines
