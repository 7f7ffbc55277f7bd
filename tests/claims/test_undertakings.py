"""Promises and achievements, clause by clause."""

import sys
import tomllib
from pathlib import Path

import pytest

from kg.claims.deadlines import deadline, deadline_alone
from kg.claims.observations import observe
from kg.claims.undertakings import undertake
from kg.recognition.numbers import find_numbers
from kg.resources import folder
from kg.vocabulary import load

sys.path.insert(0, str(Path(__file__).parents[1] / "cases"))
import naming

REGISTER = tomllib.loads((folder("ontology") / "rules" / "relation-rules.toml").read_text(encoding="utf-8"))["rule"]


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
    assert deadline == "2024"


def test_the_policy_area_comes_from_the_words() -> None:
    ((_, _, _, _, area, _),) = read("城镇新增就业6万人。", "plan") or read("实现城镇新增就业6万人。", "plan")
    assert area == "employment"


def test_a_thing_that_is_to_be_finished_is_promised() -> None:
    assert [u[:3] for u in read("贵黄、贵金高速公路建成通车。", "plan")] == [(False, "建成通车", "贵黄、贵金高速公路")]


@pytest.mark.parametrize(
    "example",
    [pytest.param(e, id=e["text"]) for r in REGISTER if r["id"] == "undertaking-clause" for e in r["examples"]],
)
def test_rule_of_undertakings_reads_its_example(example: dict[str, object]) -> None:
    found = [
        f"{'achievement' if achieved else 'promise'} | {verb} | {thing} | {by_when}".rstrip()
        for achieved, verb, thing, by_when, _, _ in read(str(example["text"]), str(example["part"]))
    ]
    assert found == example["expect"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("年内新增就业6万人", "2024"),
        ("今年底建成", "2024"),
        ("6月底前完成", "2024-06"),
        ("上半年投产", "2024-H1"),
        ("三季度完工", "2024-Q3"),
        ("力争到2025年建成", "2025"),
        ("2025年6月底前建成", "2025-06"),
        ("2025年底建成", "2025"),
        ("2024年，新增就业6万人", ""),  # the year of the plan is no deadline
        ("2022年北京冬奥会", ""),
        ("3个月内办结", ""),
        ("三年内建成", ""),
        ("1至6月增长5%", ""),
        ("1月至6月增长5%", ""),
        ("面向2035年远景目标", ""),
    ],
)
def test_a_deadline_is_a_period(text: str, expected: str) -> None:
    assert deadline(text, 2024) == expected


def test_a_deadline_of_its_own_holds_for_what_follows_in_the_sentence() -> None:
    assert deadline_alone("到2025年", 2024) == "2025"
    assert deadline_alone("到2025年建成学校", 2024) == ""
    found = read("到2025年，新建学校10所，建成贵金高速公路。改造道路5公里。", "plan")
    assert [(u[1], u[3]) for u in found] == [("新建", "2025"), ("建成", "2025"), ("改造", "")]


def test_what_is_achieved_has_no_deadline() -> None:
    assert [u[3] for u in read("年内新建学校10所。", "review")] == [""]


def test_verbs_told_together_stay_together() -> None:
    assert [u[1:3] for u in read("新建、改扩建学校10所。", "plan")] == [("新建、改扩建", "学校10所")]


def test_a_verb_that_only_says_how_is_left_out() -> None:
    assert [u[1:3] for u in read("加快构建贵阳综合保税区开放平台。", "plan")] == [("构建", "贵阳综合保税区开放平台")]


def test_when_and_how_a_thing_is_finished_is_not_part_of_it() -> None:
    assert [u[1:4] for u in read("贵金高速公路8月份正式建成通车。", "plan")] == [
        ("建成通车", "贵金高速公路", "2024-08")
    ]


def test_a_quotation_is_not_cut() -> None:
    assert all("“" not in u[2] for u in read("社会投资项目推行“拿地即开工”模式。", "review"))


def test_who_is_named_first_is_responsible_and_the_rest_is_concerned() -> None:
    edition = naming.report("花溪区、白云区加快建设贵金高速公路。", "plan")
    entities = naming.entities(edition)
    labels = {e.key: e.name for e in entities}
    (found,) = undertake(edition, entities, (), load())
    assert [labels[k] for k in found.responsible] == ["花溪区", "白云区"]
    assert [labels[k] for k in found.concerns] == ["贵金高速公路"]
    assert (found.verb, found.object) == ("建设", "贵金高速公路")
