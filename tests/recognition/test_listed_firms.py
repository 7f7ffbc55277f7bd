"""The table of listed firms holds names that a report means as such, and the tool that made it leaves out the others."""

import sys
from pathlib import Path

import pytest

from kg.recognition.names.lexicon import lexicon
from kg.recognition.spans import EntityType
from kg.resources import folder
from kg.vocabulary import load
from kg.vocabulary.divisions import load_divisions

sys.path.insert(0, str(Path(__file__).parents[1] / "cases"))
sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))
import derive_listed_firms
import naming


def test_the_table_is_sorted_and_names_no_place_and_no_common_phrase() -> None:
    lines = (folder("ontology") / "firms" / "listed.tsv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "name"
    assert lines[1:] == sorted(set(lines[1:]))
    words, divisions = lexicon(load()), load_divisions()
    places = {name for d in divisions.all for name in divisions.names(d)}
    assert not [n for n in lines[1:] if n in words.common or n in words.heads or n in places or len(n) < 3]


@pytest.mark.parametrize(
    ("short", "name"),
    [
        ("*ST宝实", "宝实"),
        ("万  科Ａ", "万科"),
        ("九号公司-UWD", "九号公司"),
        ("N兰剑智能", "兰剑智能"),
        ("爱尔眼科", "爱尔眼科"),
    ],
)
def test_marks_of_trading_are_taken_off(short: str, name: str) -> None:
    assert derive_listed_firms.cleaned(short) == name


def test_a_listed_firm_is_found_where_it_stands_alone_and_in_what_it_builds() -> None:
    found = {
        m.name: m.entity_type for m in naming.names(naming.report("支持爱尔眼科发展，推进蓝思科技黄花基地等项目。"))
    }
    assert found["爱尔眼科"] is EntityType.ENTERPRISE
    assert found["蓝思科技"] is EntityType.ENTERPRISE


def test_what_only_reads_like_a_listed_firm_is_none() -> None:
    text = "发展新技术新产业新业态，推动线上线下融合，抓好公路桥梁和机场等路桥建设，技术创新和成果转化加快。"
    assert not [m for m in naming.names(naming.report(text)) if m.entity_type is EntityType.ENTERPRISE]
