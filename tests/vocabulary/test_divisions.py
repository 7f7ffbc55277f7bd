from __future__ import annotations

import pytest

from kg.errors import VocabularyError
from kg.vocabulary.divisions import Divisions, load_divisions


@pytest.fixture(scope="module")
def divisions() -> Divisions:
    return load_divisions()


def test_a_code_stands_from_its_change_on_and_both_stand_in_the_year_of_it(divisions: Divisions) -> None:
    assert [divisions.valid("520222", year) for year in (1998, 2016, 2017, 2018)] == [False, True, True, False]
    assert [divisions.valid("520281", year) for year in (2016, 2017, 2024)] == [False, True, True]


def test_a_former_division_leads_to_what_it_is_now(divisions: Divisions) -> None:
    (former,) = divisions.named("盘县", 2010)
    current = divisions.current(former)
    assert current is not None
    assert (current.code, current.name) == ("520281", "盘州市")
    assert {c.source for c in divisions.history if c.new_name == "水城区"} == {"国函〔2020〕83号"}


def test_a_name_says_different_divisions_in_different_years(divisions: Divisions) -> None:
    assert [d.code for d in divisions.named("毕节市", 2005)] == ["522401"]
    assert [d.code for d in divisions.named("毕节市", 2020)] == ["520500"]
    assert [d.level for d in divisions.named("吉林", 2020)] == ["province", "prefecture"]
    assert divisions.named("无此地") == ()


@pytest.mark.parametrize(
    ("full", "short"),
    [
        ("六盘水市", "六盘水"), ("钟山区", "钟山"), ("六枝特区", "六枝"), ("盘州市", "盘州"), ("杞县", "杞县"),
        ("沙市区", "沙市区"), ("芒市", "芒市"), ("郊区", "郊区"), ("清新区", "清新"), ("浦东新区", "浦东"),
        ("黔西南布依族苗族自治州", "黔西南"), ("内蒙古自治区", "内蒙古"), ("新疆维吾尔自治区", "新疆"),
        ("东乡族自治县", "东乡"), ("鄂温克族自治旗", "鄂温克"), ("隆林各族自治县", "隆林"),
        ("伊犁哈萨克自治州", "伊犁"), ("和布克赛尔蒙古自治县", "和布克赛尔"), ("互助土族自治县", "互助"),
        ("科尔沁左翼中旗", "科尔沁左翼中旗"), ("敖汉旗", "敖汉"), ("正蓝旗", "正蓝旗"), ("大兴安岭地区", "大兴安岭"),
        ("神农架林区", "神农架"), ("万柏林区", "万柏林"), ("井陉矿区", "井陉矿区"), ("香港特别行政区", "香港"),
        ("积石山保安族东乡族撒拉族自治县", "积石山"), ("三都水族自治县", "三都"), ("大理白族自治州", "大理"),
    ],
)  # fmt: skip
def test_short_names(divisions: Divisions, full: str, short: str) -> None:
    bearers = divisions.named(full, 2024)
    assert {divisions.short_name(division) for division in bearers} == {short}


def test_autonomous_divisions_have_a_middle_name_too(divisions: Divisions) -> None:
    assert divisions.named("阿坝州", 2024) == divisions.named("阿坝藏族羌族自治州", 2024)
    assert [d.name for d in divisions.named("威宁县", 2024)] == ["威宁彝族回族苗族自治县"]


def test_the_subtree_reaches_down_to_townships(divisions: Divisions) -> None:
    subtree = divisions.subtree("520200", 2024)
    assert subtree[0].name == "六盘水市"
    assert {d.name for d in subtree if d.level == "county"} == {"钟山区", "六枝特区", "水城区", "盘州市"}
    assert {"黄土坡街道", "玉舍镇"} <= {d.name for d in subtree if d.level == "township"}
    assert "水城县" in {d.name for d in divisions.subtree("520200", 2018)}


def test_townships_of_a_prefecture_without_counties_and_of_a_county_that_was(divisions: Divisions) -> None:
    assert "虎门镇" in {d.name for d in divisions.subtree("441900", 2020)}
    assert divisions.by_code("520281", 2010) == divisions.by_code("520281")
    assert {d.name for d in divisions.townships("520222")} == {d.name for d in divisions.townships("520281")}
    assert all(d.parent == "520222" for d in divisions.townships("520222"))


def test_ancestors_are_nearest_first(divisions: Divisions) -> None:
    assert [d.name for d in divisions.ancestors("520201", 2024)] == ["六盘水市", "贵州省"]
    assert [d.name for d in divisions.ancestors("500101", 2024)] == ["重庆市"]
    assert [d.name for d in divisions.ancestors("429004", 2024)] == ["湖北省"]
    assert divisions.ancestors("520000", 2024) == ()


def test_every_parent_stood_when_its_child_did(divisions: Divisions) -> None:
    orphans = [d for d in divisions.all if d.parent and d.valid_to is None and not divisions.valid(d.parent, 2025)]
    assert orphans == []


def test_history_leads_from_known_divisions_to_known_ones_and_never_in_a_circle(divisions: Divisions) -> None:
    known = {(d.code, d.name) for d in divisions.all}
    assert {(c.old_code, c.old_name) for c in divisions.history} <= known
    assert {(c.new_code, c.new_name) for c in divisions.history} <= known
    assert all(divisions.current(d) in {d, None} for d in divisions.all if d.valid_to is None)


def test_tables_are_sorted_and_codes_of_standing_divisions_unique(divisions: Divisions) -> None:
    codes = [d.code for d in divisions.all]
    standing = [d.code for d in divisions.all if d.valid_to is None]
    assert codes == sorted(codes)
    assert len(standing) == len(set(standing)) == 34 + 333 + 2845


def test_coordinates_lie_in_the_country_and_come_with_most_prefectures(divisions: Divisions) -> None:
    placed = [d for d in divisions.all if d.lat is not None and d.lon is not None]
    assert all(3 < d.lat < 54 and 73 < d.lon < 136 for d in placed if d.lat and d.lon)
    assert sum(d.level == "prefecture" for d in placed) > 280


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2020年阜平县政府工作报告\n各位代表：", "130624"),
        ("——2024年1月31日在六盘水市第九届人民代表大会第四次会议上\n市长 某某\n各位代表：", "520200"),
        ("政府工作报告\n各位代表：\n现在，我代表浙江省人民政府向大会报告工作。在杭州市第二届", "330000"),
        ("保定市满城区2020年政府工作报告\n各位代表：", "130607"),
        ("政府工作报告\n朝阳市市长 某某\n各位代表：\n全市上下，建平、凌源、北票，辽宁全省第一。", "211300"),
    ],
)
def test_the_head_says_whose_report_it_is(divisions: Divisions, text: str, code: str) -> None:
    guess = divisions.place_of_report(text, 2020)
    assert (guess.code, guess.reason) == (code, "named in the head")


def test_without_a_head_the_body_betrays_it(divisions: Divisions) -> None:
    body = (
        "全市生产总值增长，我市位居全省前列。在市人大、市政协的监督支持下，钟山、水城、盘州、六枝协同发展，"
        "六盘水知名度提升。推动六盘水高质量发展，贵州省委肯定。全市上下努力。"
    )
    guess = divisions.place_of_report(body, 2024)
    assert guess.code == "520200"
    assert 0 < guess.certainty < 0.99


def test_ordinary_words_and_renumbered_codes_do_not_mislead(divisions: Divisions) -> None:
    body = "全市深化合作，整合资源，合作、合作、合作，资源、资源、资源。我市张北、怀来、涿鹿、宣化发展，张家口市努力。"
    assert divisions.place_of_report(body, 2014).name == "张家口市"
    assert divisions.place_of_report("阜平县政府工作报告\n各位代表：").code == "130624"


def test_little_evidence_gives_little_certainty(divisions: Divisions) -> None:
    assert divisions.place_of_report("全市努力，六盘水发展。", 2024).certainty < 0.8


def test_a_text_that_names_no_place_is_of_none(divisions: Divisions) -> None:
    assert divisions.place_of_report("全面完成各项工作。", 2024).code == ""


def test_a_missing_or_malformed_table_is_named(tmp_path) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(VocabularyError, match=r"ethnic-groups\.tsv"):
        Divisions(tmp_path)
    (tmp_path / "ethnic-groups.tsv").write_text("name\tin_names\n苗族\n", encoding="utf-8")
    with pytest.raises(VocabularyError, match="line 2"):
        Divisions(tmp_path)
