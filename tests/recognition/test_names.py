"""Every rule of the register finds its examples, and every mention cites a registered rule."""

import re
import sys
import tomllib
from pathlib import Path

import pytest

from kg.claims.entities import resolve_entities
from kg.reading import read
from kg.recognition.names.learnt import RULES
from kg.resources import folder
from kg.vocabulary.divisions import load_divisions

sys.path.insert(0, str(Path(__file__).parents[1] / "cases"))
import naming

REGISTER = tomllib.loads((folder("ontology") / "rules" / "name-rules.toml").read_text(encoding="utf-8"))
CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "names" / "sentences.toml").read_text(encoding="utf-8"))[
    "case"
]
SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))


@pytest.mark.parametrize(
    ("rule", "example"),
    [pytest.param(r["id"], e, id=f"{r['id']}: {e['text']}") for r in REGISTER["rule"] for e in r["examples"]],
)
def test_rule_finds_its_example(rule: str, example: dict[str, str]) -> None:
    text = re.sub(r"[⟦⟧]", "", example["text"])
    wanted = re.search(r"⟦(.+?)⟧", example["text"])
    assert wanted is not None
    edition = naming.report(text)
    start = edition.text.index(text) + wanted.start()
    read = naming.names if rule in RULES else naming.names_by_rule
    found = [m for m in read(edition) if (m.start, m.end) == (start, start + len(wanted[1]))]
    assert [(m.rule, m.entity_type) for m in found if m.rule == rule] == [(rule, example["type"])], found
    if "name" in example:
        full = {e.name for e in resolve_entities(edition, found, load_divisions())}
        assert example["name"] in full


@pytest.mark.parametrize("case", [pytest.param(c, id=c["text"][:40]) for c in CASES])
def test_names_of_a_sentence(case: dict[str, object]) -> None:
    edition = naming.report(str(case["text"]), home=str(case.get("home", "520100")))
    start = edition.text.index(str(case["text"]))
    found = [m for m in naming.names_by_rule(edition) if m.start >= start and not m.rule.startswith("place-")]
    outer = [
        m
        for m in found
        if not any(o is not m and o.start <= m.start and m.end <= o.end and o.rule != "name-shared-head" for o in found)
    ]
    assert [f"{m.entity_type} {edition.norm[m.start : m.end]}" for m in outer] == case["names"]


def test_mentions_of_the_seed_cite_registered_rules_and_lie_in_their_sentences() -> None:
    known = {r["id"] for r in REGISTER["rule"]}
    for path in SEEDS:
        edition = read(path)
        for mention in naming.names(edition):
            assert mention.rule in known
            sentence = edition.sentence_at(mention.start)
            assert sentence.start <= mention.start < mention.end <= sentence.end


def test_finding_names_is_deterministic() -> None:
    edition = read(SEEDS[0])
    assert naming.names(edition) == naming.names(edition)


def test_mentions_of_one_type_never_cross() -> None:
    edition = read(SEEDS[-1])
    found = [m for m in naming.names(edition) if m.rule != "name-shared-head"]
    for one in found:
        for other in found:
            crossing = one.start < other.start < one.end < other.end
            assert not crossing, (one, other)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("贵金高速公路建成通车。", "expressway"),
        ("加快贵阳电厂建设。", "power_station"),
        ("推进贵阳城市更新改造项目建设。", "urban_renewal"),
        ("支持贵州大学发展。", ""),
    ],
)
def test_the_words_of_a_name_decide_its_kind(text: str, kind: str) -> None:
    (first,) = [m for m in naming.names(naming.report(text)) if not m.rule.startswith("place-")]
    assert first.kind == kind


@pytest.mark.parametrize(
    "text", ["2023年。", "2023年、2024年会议。", "举办2023年会议、12月。", "、和等。", "“”、《》（）。", "建成2个、。"]
)
def test_a_fragment_names_nothing_and_raises_nothing(text: str) -> None:
    assert [m for m in naming.names(naming.report(text)) if m.rule.startswith("name-descriptive")] == []


def test_land_by_its_direction_is_no_firm() -> None:
    named = {m.name: m.entity_type for m in naming.names(naming.report("推动云北化工园区铁路专用线建设。"))}
    assert named["云北化工园区铁路专用线"] == "facility"
    assert "云北" not in named


def test_a_region_inside_a_longer_name_is_no_mention_of_its_own() -> None:
    edition = naming.report("圆满举办第三届丝绸之路国际博览会，加强与长三角的合作。")
    regions = [edition.norm[m.start : m.end] for m in naming.names(edition) if m.rule == "place-region"]
    assert regions == ["长三角"]


def test_a_phase_that_is_called_a_project_is_not_called_so_twice() -> None:
    found = naming.names(naming.report("推进恒岳铝业二期项目、柘川铝业二期建设。"))
    assert [m.name for m in found if m.entity_type == "project"] == ["恒岳铝业二期项目", "柘川铝业二期项目"]
