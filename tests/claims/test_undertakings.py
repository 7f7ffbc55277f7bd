"""Promises and achievements, clause by clause."""

import sys
from pathlib import Path

from kg.claims.observations import observe
from kg.claims.undertakings import undertake
from kg.recognition.numbers import find_numbers
from kg.vocabulary import load

sys.path.insert(0, str(Path(__file__).parents[1] / "cases"))
import naming


def read(text: str, part: str) -> list[tuple[bool, str, str, str, str, int | None]]:
    edition = naming.report(text, part)
    vocabulary = load()
    entities = naming.entities(edition)
    figures = observe(edition, find_numbers(edition, vocabulary), entities, vocabulary)
    found = undertake(edition, entities, figures, vocabulary)
    return [(u.achieved, u.verb, u.object, u.deadline, u.policy_area, u.item) for u in found]


def test_a_plan_promises_and_a_review_achieves() -> None:
    assert [u[:3] for u in read("新建高标准农田20万亩。", "plan")] == [(False, "新建", "高标准农田20万亩")]
    assert [u[:3] for u in read("新建高标准农田20万亩。", "review")] == [(True, "新建", "高标准农田20万亩")]


def test_a_clause_without_figure_or_name_promises_nothing_that_could_be_checked() -> None:
    assert read("大力推动高质量发展。", "plan") == []


def test_a_deadline_is_what_the_clause_says() -> None:
    ((_, _, _, deadline, _, _),) = read("年底前建成贵金高速公路。加强领导。", "plan")
    assert deadline == "年底前"


def test_the_policy_area_comes_from_the_words() -> None:
    ((_, _, _, _, area, _),) = read("城镇新增就业6万人。", "plan") or read("实现城镇新增就业6万人。", "plan")
    assert area == "employment"


def test_a_thing_that_is_to_be_finished_is_promised() -> None:
    assert [u[:3] for u in read("贵黄、贵金高速公路建成通车。", "plan")] == [(False, "建成通车", "贵黄、贵金高速公路")]
