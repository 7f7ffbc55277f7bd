"""Names that mean the same thing give the same IRI; names that do not, do not."""

from __future__ import annotations

import pytest

from kg.iris import canonical_path, entity_path, name_in_path


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“四在农家·和美乡村”", "四在农家•和美乡村"),
        ("四在农家 和美乡村", "四在农家·和美乡村"),
        ("《城市更新行动方案》", "城市更新行动方案"),
        ("５Ｇ＋工业互联网", "5G+工业互联网"),
        ("“３＋１”保障", "“3+1”保障"),
        ("水厂（二期）工程", "水厂(二期)工程"),
        ("煤—电—化一体化", "煤-电-化一体化"),
        ("「菜籃子」", "“菜籃子”"),
        ("一站 式", "一站\u3000式"),
    ],
)
def test_ways_of_writing_one_name_meet(one: str, other: str) -> None:
    assert entity_path("project", "520200", one) == entity_path("project", "520200", other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("水厂一期", "水厂二期"), ("东环路", "西环路"), ("水厂（二期）", "水厂"), ("水厂/泵站", "水厂泵站")],
)
def test_different_names_stay_apart(one: str, other: str) -> None:
    assert entity_path("project", "520200", one) != entity_path("project", "520200", other)


def test_type_and_place_belong_to_the_name() -> None:
    assert len({entity_path(t, p, "水厂") for t in ("project", "facility") for p in ("520200", "520203", "")}) == 6


def test_a_name_of_marks_alone_has_a_path() -> None:
    assert entity_path("brand", "520200", "·") == "brand/520200/·"


@pytest.mark.parametrize("name", ["水厂（二期）工程", "a/b", "100%达标", "“3+1”保障"])
def test_paths_may_be_written_as_people_read_them(name: str) -> None:
    path = entity_path("project", "520200", name)
    base = "https://example.org/id/"
    assert canonical_path(path) == path
    assert canonical_path(base + path, base) == path
    assert canonical_path(f"project/520200/{name_in_path(path)}".replace("100%", "100%25")) == path


@pytest.mark.parametrize("wrong", ["project", "project/520200", "project//水厂", "place/52020x"])
def test_what_is_no_path_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match=wrong):
        canonical_path(wrong)
