"""One record for one thing, and never two things in one record on likeness alone."""

import re
import sys
from pathlib import Path

import pytest

from kg.claims.entities import NATION, abbreviates, complete, level_words, resolve_entities
from kg.reading import read
from kg.recognition.spans import EntityType, Mention
from kg.vocabulary.divisions import load_divisions

sys.path.insert(0, str(Path(__file__).parents[1] / "cases"))
import naming

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))


def keys(text: str, home: str = "520200") -> dict[str, tuple[str, ...]]:
    return {e.key: tuple(e.aliases) for e in naming.entities(naming.report(text, home=home))}


def test_a_level_word_stands_for_the_division_of_the_report() -> None:
    found = keys("在省委、省政府和市委的领导下。支持市人民医院发展。")
    assert {
        "organization:贵州省委",
        "organization:贵州省政府",
        "organization:六盘水市委",
        "organization:六盘水市人民医院",
    } <= set(found)


def test_a_county_report_names_the_levels_above_it() -> None:
    words = level_words(load_divisions(), "520203", 2024)
    assert words["省"] == "贵州省"
    assert words["市"] == "六盘水市"


@pytest.mark.parametrize("name", ["市场监管局", "区域医疗中心", "县城新区", "省级实验室", "市民中心"])
def test_a_word_that_begins_like_a_level_word_is_left_alone(name: str) -> None:
    assert (
        complete(name, EntityType.ORGANIZATION, {"市": "六盘水市", "区": "水城区", "县": "某县", "省": "贵州省"})
        == name
    )


def test_government_and_peoples_government_are_one() -> None:
    found = keys("代表市人民政府报告工作。市政府加强自身建设。")
    assert "organization:六盘水市政府" not in found
    assert "市政府" in found["organization:六盘水市人民政府"]


@pytest.mark.parametrize(
    ("short", "full", "kind", "expected"),
    [
        ("贵州能源", "贵州能源集团", EntityType.ENTERPRISE, True),
        ("宏盛焦化", "宏盛煤焦化有限公司", EntityType.ENTERPRISE, True),
        ("首钢", "首钢水钢集团", EntityType.ENTERPRISE, False),
        ("永兴", "永兴药业", EntityType.ENTERPRISE, True),
        ("中航", "中航电子", EntityType.ENTERPRISE, False),
        ("盘州化工园区", "盘北化工园区", EntityType.ZONE, False),
        ("双元铝业技改扩能项目", "双元铝业二期项目", EntityType.PROJECT, False),
        ("荷马金桥项目", "荷马金桥服务外包基地", EntityType.ZONE, True),
        ("全国法治政府建设示范市", "第三批全国法治政府建设示范市", EntityType.HONOUR, True),
        ("乡村建设行动", "乡村建设五年行动", EntityType.PROGRAMME, False),
        ("平安贵阳", "平安贵阳建设", EntityType.PROGRAMME, True),
        ("大学城", "大学城建设", EntityType.ZONE, False),
    ],
)
def test_a_short_form_abbreviates_one_fuller_name(short: str, full: str, kind: EntityType, expected: bool) -> None:
    assert abbreviates(short, full, kind) is expected


def test_a_list_is_no_name_of_its_members() -> None:
    found = keys("加快建设青厚、阿果、马碧高速公路。")
    assert {"facility:青厚高速公路", "facility:阿果高速公路", "facility:马碧高速公路"} <= set(found)
    assert not [alias for aliases in found.values() for alias in aliases if "、" in alias]


def test_phases_are_things_of_their_own() -> None:
    found = keys("推动六枝美锦“煤—焦—氢”项目一期、二期建成投产。")
    names = sorted(k for k in found if k.startswith("project:"))
    assert [n[-2:] for n in names] == ["一期", "二期"]


def test_a_division_is_known_by_its_code_whatever_it_is_called() -> None:
    found = keys("支持水城提升城区品质。水城区获评先进。")
    assert "水城" in found["place:520221"] if "place:520221" in found else "水城" in found["place:520204"]


def test_what_the_country_shares_belongs_to_no_place() -> None:
    by_name = {
        e.name: e.place
        for e in naming.entities(naming.report("贯彻党中央、国务院部署，支持六枝经开区发展。", home="520200"))
    }
    assert by_name["国务院"] == NATION
    assert by_name["六枝经开区"] == "place:520203"


def test_a_place_without_a_code_belongs_to_the_report_not_to_the_country() -> None:
    by_name = {
        e.name: e.place
        for e in naming.entities(naming.report("青岩堡入选“全国乡村旅游重点村”，融入京津冀。", home="520200"))
        if e.entity_type is EntityType.PLACE and not e.code
    }
    assert by_name["青岩堡"] == ""
    assert by_name["京津冀"] == NATION


def test_a_line_named_by_its_ends_is_no_place_far_away() -> None:
    found = keys("加快推进安盘、纳晴、六安高速公路建设。", home="520200")
    assert "facility:六安高速公路" in found
    assert not [key for key in found if key.startswith("place:34")]


def test_every_mention_of_the_seed_belongs_to_one_entity() -> None:
    edition = read(SEEDS[-1])
    entities = naming.entities(edition)
    assert len({e.key for e in entities}) == len(entities)
    assert sum(len(e.mentions) for e in entities) == len(naming.names(edition))
    for entity in entities:
        assert {m.entity_type for m in entity.mentions} == {entity.entity_type}
        assert entity.name not in entity.aliases


def test_a_level_word_of_an_autonomous_division_stands_for_its_short_form() -> None:
    found = level_words(load_divisions(), "522300", 2024)
    assert (found["州"], found["自治州"], found["省"]) == ("黔西南州", "黔西南布依族苗族自治州", "贵州省")


def test_the_kind_of_a_project_says_nothing_of_the_zone_it_turns_out_to_be() -> None:
    edition = naming.report("岳新城、岳新城、岳新城。")
    starts = [m.start() for m in re.finditer("岳新城", edition.norm)]
    types = [EntityType.PROJECT, EntityType.ZONE, EntityType.ZONE]
    kinds = ["industry", "", ""]
    mentions = [
        Mention(start, start + 3, kind, "岳新城", "name-head", of)
        for start, kind, of in zip(starts, types, kinds, strict=True)
    ]
    (found,) = resolve_entities(edition, mentions, load_divisions())
    assert (found.entity_type, found.kind) == (EntityType.ZONE, "")
    assert {m.kind for m in found.mentions} == {""}
