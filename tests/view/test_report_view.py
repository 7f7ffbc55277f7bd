"""The report's page: the text as written, marked, laid side by side."""

from __future__ import annotations

import pytest

from kg.view.contents import Contents
from kg.view.lines import Speaker
from kg.view.report_page import MarkedSentence, ReportView, view_report


@pytest.fixture(scope="module")
def view(contents: Contents) -> ReportView:
    return view_report(contents, contents.reports[1], Speaker(contents))


def text(s: MarkedSentence) -> str:
    return "".join(p.text for r in s.runs for p in r.pieces)


def sentences(view: ReportView, edition: int) -> list[MarkedSentence]:
    return [s for row in view.rows for p in row[edition] for s in p.sentences]


def marked(view: ReportView, mark: str, edition: int = 0) -> list[str]:
    return [p.text for s in sentences(view, edition) for r in s.runs for p in r.pieces if mark in p.marks.split()]


@pytest.mark.parametrize("edition", [0, 1])
def test_marks_change_no_character(contents: Contents, view: ReportView, edition: int) -> None:
    shown = {s.start: text(s) for s in sentences(view, edition)}
    assert shown == {s.start: s.text for s in contents.reports[1].editions[edition].sentences}


def test_numbers_are_marked_by_class_and_those_left_over_visibly(view: ReportView) -> None:
    assert {"1500亿元", "5.5%", "66万千瓦"} <= set(marked(view, "n-observation"))
    assert "2023" in marked(view, "n-time")
    assert "7" in marked(view, "missed")
    assert "7" not in marked(view, "n-observation")


def test_names_lead_to_their_pages(view: ReportView) -> None:
    runs = [r for s in sentences(view, 0) for r in s.runs if r.ref]
    plant = next(r for r in runs if r.ref and r.ref.names.zh == "东山电厂二期工程")
    assert plant.ref is not None
    assert plant.ref.href.startswith("thing/project-")


def test_what_was_not_understood_is_grey(view: ReportView) -> None:
    unread = "".join(marked(view, "unread"))
    assert "累计办件" in unread
    assert "地区生产总值" not in unread


def test_editions_stand_side_by_side(view: ReportView) -> None:
    pairs = [["".join(text(s) for p in cell for s in p.sentences)[:12] for cell in row] for row in view.rows]
    assert pairs[0] == ["", "——2024年1月31日"[:12]]
    assert ["一、2023年工作回顾", "一、2023年工作回顧"] in pairs
    assert all(a and b for a, b in pairs[1:])
    assert any("2024年1月31日" in m or m for m in marked(view, "differs", 1))
    assert marked(view, "differs", 0) == []


def test_headings_make_the_table_of_contents(view: ReportView) -> None:
    assert [(h.level, h.title) for h in view.contents if h.level == 1] == [(1, "2023年工作回顾"), (1, "2024年重点任务")]
    anchors = {s.heading for s in sentences(view, 0) if s.heading}
    assert {h.anchor for h in view.contents} <= anchors


def test_facts_of_a_sentence(view: ReportView) -> None:
    start = next(s.start for s in sentences(view, 0) if text(s).startswith("东山电厂"))
    facts = next(f for f in view.facts if f.anchor == f"s-{start}")
    kinds = [line.kind for line in facts.lines]
    assert kinds.count("status") == 1
    assert kinds.count("relation") == 2
    assert [line.value for line in facts.lines if line.kind == "figure"] == ["66万千瓦"]
    assert {r.names.zh for r in facts.names} == {"东山电厂二期工程", "水城区", "东山能源公司"}


def test_how_much_was_understood(view: ReportView) -> None:
    u = view.understood[0]
    assert u.numbers_missed >= 1
    assert 0 < u.clauses_read < u.clauses
    assert dict(u.classes)["observation"] == 12
