from __future__ import annotations

from itertools import pairwise

import pytest

from kg.recognition.places import PlaceSpan, find_places
from kg.vocabulary.divisions import load_divisions


def places(text: str, home: str = "520200", year: int | None = 2024) -> list[PlaceSpan]:
    return list(find_places(text, load_divisions(), home, year))


def named(text: str, home: str = "520200", year: int = 2024) -> list[tuple[str, str]]:
    return [(text[span.start : span.end], span.code or span.name) for span in places(text, home, year)]


def test_divisions_of_the_place_by_full_and_short_name() -> None:
    assert named("开工六枝、钟山煤炭储配基地，推动水城区县域内教师交流。") == [
        ("六枝", "520203"), ("钟山", "520201"), ("水城区", "520204"),
    ]  # fmt: skip


def test_a_name_of_the_past_is_the_division_of_the_past_and_says_what_it_is_now() -> None:
    (span,) = places("支持盘县火腿拓宽市场。")
    assert (span.name, span.code, span.current, span.rule) == ("盘县", "520222", "520281", "former name")
    (span,) = places("盘县火腿", year=2014)
    assert (span.code, span.current, span.rule) == ("520222", "520281", "full name")


def test_ordinary_words_are_no_places() -> None:
    assert named("推进平安建设，保持社会和平安宁，整合资源，打造新兴产业，市委坚强领导。") == [("市", "520200")]
    assert named("建设新城镇，实施旅游兴县、产业富县。", home="140000", year=2020) == []
    assert named("完成54个旧住宅区改造。", home="530000", year=2017) == []


def test_an_ordinary_word_in_a_list_of_divisions_is_one() -> None:
    assert named("新增和平、连平2个科技园区", home="441600", year=2023) == [("和平", "441624"), ("连平", "441623")]
    assert named("呈贡、富民两县", home="530100", year=2017) == [("呈贡", "530114"), ("富民", "530124")]
    assert named("建设富民产业", home="530100", year=2017) == []


def test_townships_only_where_something_says_so() -> None:
    assert named("水城陡箐储能电站") == [("水城", "520204"), ("陡箐", "520204109")]
    assert named("陡箐储能电站") == []
    assert named("在玉舍镇建设。") == [("玉舍镇", "520204108")]
    assert named("启动建设5个乡村振兴示范带", home="220000", year=2019) == []


def test_the_division_before_decides_between_bearers_of_a_name() -> None:
    assert named("与北京市朝阳区合作。") == [("北京市", "110000"), ("朝阳区", "110105")]
    assert ("西宁市", "630100") in named("玉树、西宁市城北区", home="630000", year=2014)


def test_a_division_that_changes_in_the_year_is_still_the_old_one() -> None:
    assert named("宁夏荔浦至玉林高速", home="450000", year=2018)[1] == ("荔浦", "450331")


def test_a_name_of_province_and_city_is_of_the_level_of_what_stands_beside_it() -> None:
    assert named("吉林至舒兰高速公路", home="220000", year=2019)[0] == ("吉林", "220200")
    assert named("数字吉林建设", home="220000", year=2019)[0] == ("吉林", "220000")


def test_a_level_word_that_begins_another_word_is_not_of_the_name() -> None:
    assert named("深圳市场和水城区域")[0] == ("深圳", "440300")
    assert named("与北京市委宣传部合作") == [("北京市", "110000")]


def test_regions_and_quarters() -> None:
    assert named("融入长三角、粤港澳大湾区和成渝双城经济圈") == [
        ("长三角", "长三角"), ("粤港澳大湾区", "粤港澳大湾区"), ("成渝双城经济圈", "成渝地区双城经济圈"),
    ]  # fmt: skip
    assert named("打造西南地区煤炭保供中心") == [("西南地区", "西南地区")]
    assert named("西部大开发，位于西部，盘州西部") == [("西部", "西部"), ("盘州", "520281")]


def test_names_inside_longer_names_are_marked() -> None:
    spans = places("六盘水师范学院、贵阳北站、盘州刺梨")
    assert [span.nested_hint for span in spans] == [True, True, False]
    (span,) = places("深圳证券交易所")
    assert (span.name, span.nested_hint) == ("深圳市", True)


@pytest.mark.parametrize(
    ("text", "home", "year", "found"),
    [
        ("全市上下，我市，全省第一，市委、省政府，市人大代表", "520200", 2024,
         [("全市", "520200"), ("我市", "520200"), ("全省", "520000"), ("市", "520200"), ("省", "520000"),
          ("市", "520200")]),
        ("在中央、省市和县委的领导下", "130624", 2020, [("省", "130000"), ("市", "130600"), ("县", "130624")]),
        ("全县，市委，全国，全区域", "130624", 2020, [("全县", "130624"), ("市", "130600")]),
        ("全区上下，自治区党委，自治区政府", "450000", 2018, [("全区", "450000"), ("自治区", "450000")]),
        ("六盘水市委", "520200", 2024, [("六盘水市", "520200")]),
        ("全州人大代表", "522300", 2020, [("全州", "522300")]),
    ],
)  # fmt: skip
def test_level_words_are_nominal_mentions(text: str, home: str, year: int, found: list[tuple[str, str]]) -> None:
    assert named(text, home, year) == found
    assert all(span.nominal == (span.rule == "level word") for span in places(text, home, year))


def test_without_a_known_place_only_names_known_nation_wide() -> None:
    assert named("全市，在深圳、六盘水市和南山", home="", year=2024) == [("深圳", "440300"), ("六盘水市", "520200")]


def test_spans_are_in_order_and_do_not_overlap() -> None:
    text = "六盘水市人大常委会，贵州省六盘水市水城区陡箐镇，全市钟山区、六枝特区和盘州市。" * 3
    spans = places(text)
    assert spans == sorted(spans, key=lambda span: span.start)
    assert all(a.end <= b.start for a, b in pairwise(spans))


def test_a_street_called_after_a_far_place_is_not_certainly_that_place() -> None:
    (far,) = places("改造延安路、", home="310000", year=2016)
    (near,) = places("改造六盘水路、")
    assert (far.certain, far.nested_hint) == (False, True)
    assert (near.certain, near.nested_hint) == (True, True)


def test_without_a_year_the_standing_divisions() -> None:
    assert [(s.code, s.rule) for s in places("水城区和水城县", year=None)] == [
        ("520204", "full name"), ("520221", "former name"),
    ]  # fmt: skip
