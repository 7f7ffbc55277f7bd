"""Tables for spreadsheets: complete, with sentences, and nothing in them that a spreadsheet would run."""

from __future__ import annotations

import csv
import io

import pytest

from kg.view.contents import Contents
from kg.view.figures_page import figure_rows
from kg.view.lines import Speaker
from kg.view.spreadsheets import as_csv, cell, figures_csv, undertakings_csv


def read(data: bytes) -> list[dict[str, str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_every_figure_with_its_sentence(contents: Contents) -> None:
    speaker = Speaker(contents)
    rows = read(figures_csv(contents, figure_rows(contents, speaker)))
    assert len(rows) == len(contents.figures)
    target = next(r for r in rows if r["written"] == "5.5%")
    assert (target["indicator"], target["status"], target["bound"], target["period"]) == (
        "地区生产总值",
        "target",
        "approx",
        "2024",
    )
    assert "主要预期目标" in target["sentence"]
    assert target["page"].startswith("report/520200-2024.html#s-")
    assert next(r for r in rows if r["written"] == "6.2万人")["normalised"] == "62000"


def test_every_promise_and_everything_done(contents: Contents) -> None:
    rows = read(undertakings_csv(contents, Speaker(contents)))
    assert {r["kind"] for r in rows} == {"promise", "done"}
    item = next(r for r in rows if r["livelihood_item"] == "1")
    assert (item["verb"], item["figures"], item["policy_area"]) == ("新建", "新建公办幼儿园数 3所", "教育")


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("-cmd|x", "'-cmd|x"),
        ("-2.8%", "-2.8%"),
        ("+3.5", "+3.5"),
        ("正常", "正常"),
        ("", ""),
    ],
)
def test_nothing_is_run_as_a_formula(text: str, written: str) -> None:
    assert cell(text) == written
    assert read(as_csv(["x"], [[text or "y"]]))[0]["x"] == (written or "y")
