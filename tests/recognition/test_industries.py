"""The industry that the words of a name decide: the examples beside the rules, and what must decide nothing."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from kg.errors import VocabularyError
from kg.recognition.industries import FILE, TYPES, load_industry_words
from kg.recognition.spans import EntityType
from kg.resources import folder
from kg.vocabulary import load

RULES = folder("ontology") / "rules" / FILE
DATA = tomllib.loads(RULES.read_text(encoding="utf-8"))
EXAMPLES = [example for entry in DATA["industry"] for example in entry.get("examples", ())]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: e["name"])
def test_examples_beside_the_rules(example: dict[str, str | list[str]]) -> None:
    found = load_industry_words().of(EntityType(example["type"]), str(example["name"]))
    assert list(found) == example["industries"]


def test_the_codes_and_kinds_are_concepts_of_their_schemes() -> None:
    vocabulary = load()
    industries, kinds = vocabulary.scheme("industry").concepts, vocabulary.scheme("facility-kind").concepts
    for entry in DATA["industry"]:
        assert set(entry["codes"]) <= set(industries), entry["codes"]
        assert set(entry.get("kinds", ())) <= set(kinds), entry["kinds"]
        assert set(entry.get("of", ())) <= {t.value for t in TYPES}, entry["of"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("东山产业园", EntityType.ZONE),
        ("东山科技有限公司", EntityType.ENTERPRISE),
        ("东山综合开发项目", EntityType.PROJECT),
        ("煤改气工程", EntityType.PROJECT),
        ("东山市政府领导重大项目", EntityType.PROJECT),  # 市政府 is no 市政
        ("非机动车道", EntityType.FACILITY),  # no 动车
        ("钢铁街道", EntityType.ZONE),  # a place
    ],
)
def test_words_of_no_industry_decide_nothing(name: str, kind: EntityType) -> None:
    assert load_industry_words().of(kind, name) == ()


def test_a_word_across_two_others_is_no_word() -> None:
    words = load_industry_words()
    assert words.of(EntityType.PROJECT, "百万亩造林绿化工程") == ("02",)  # no 化工
    assert words.of(EntityType.PROJECT, "东山500千伏输变电工程") == ("44",)  # no 电工
    assert words.of(EntityType.FACILITY, "东山机场至西山县段铁路") == ("53",)
    assert words.of(EntityType.FACILITY, "国道东山至钢厂段") == ("54",)


def test_other_types_have_no_industry() -> None:
    assert load_industry_words().of(EntityType.ORGANIZATION, "贵阳市医院") == ()
    assert load_industry_words().of(EntityType.PLACE, "煤矿村") == ()


def test_the_kind_decides_where_no_word_does() -> None:
    words = load_industry_words()
    assert words.of(EntityType.FACILITY, "东山港", "port") == ("55",)
    assert words.of(EntityType.FACILITY, "东山港二期工程", "port") == ("55",)
    assert words.of(EntityType.FACILITY, "东山港", "factory") == ()
    assert words.of(EntityType.FACILITY, "东山机场至西山", "airport") == ()  # a road or line between them


def test_members_joined_by_a_mark_each_decide() -> None:
    words = load_industry_words()
    assert words.of(EntityType.ZONE, "生态食品和医药产业集群") == ("14", "27")
    assert words.of(EntityType.ZONE, "生态食品医药产业集群") == ("27",)


def test_a_word_of_two_industries_is_refused(tmp_path: Path) -> None:
    path = tmp_path / FILE
    text = 'tails="x$"\njoints="x"\nnot_before="x"\nnot_after="x"\nsilent=[]\n'
    path.write_text(
        text + '[[industry]]\ncodes=["06"]\nwords=["煤矿"]\n[[industry]]\ncodes=["B"]\nwords=["煤矿"]\n',
        encoding="utf-8",
    )
    with pytest.raises(VocabularyError, match=r"煤矿.*06.*B"):
        load_industry_words(path)
    path.write_text("x", encoding="utf-8")
    with pytest.raises(VocabularyError, match=FILE):
        load_industry_words(path)
