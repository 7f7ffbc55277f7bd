"""Which pairs of entities a person is asked about, and which never."""

from __future__ import annotations

import random

import pytest

from kg.resolution.candidates import Candidate, Likeness, Named, around, find_candidates


def named(path: str, *aliases: str, mentions: int = 1) -> Named:
    return Named(path, (path.rsplit("/", 1)[-1], *aliases), mentions)


def asked(*paths: str) -> list[tuple[str, str, Likeness]]:
    return [(c.one.path, c.other.path, c.likeness) for c in find_candidates([named(p) for p in paths])]


@pytest.mark.parametrize(
    ("one", "other", "likeness"),
    [
        ("zone/520204/水城经济开发区", "zone/520204/水城经开区", Likeness.NAME),
        ("organization/520200/六盘水市人民医院", "organization/520200/人民医院", Likeness.NAME),
        ("facility/520000/盘兴高铁", "facility/522300/盘兴高铁", Likeness.NAME),
        ("enterprise/520200/宏盛煤焦化有限公司", "enterprise/520200/宏盛煤焦化", Likeness.PART),
        ("enterprise/520200/博跃新能源有限公司", "enterprise/520200/博跃新能源集团", Likeness.PART),
        ("project/520200/东山电厂", "project/520200/东山电厂建设项目", Likeness.PART),
        ("project/520200/东山电厂二期工程", "project/520200/东山电厂", Likeness.PART),
        ("project/520200/东山2×66万千瓦燃煤发电项目", "project/520200/东山燃煤发电项目", Likeness.PART),
        ("project/520200/富源电厂", "project/520200/福源电厂", Likeness.SOUND),
        ("programme/000000/易地扶贫搬迁", "programme/520500/易地扶贫搬迁工程", Likeness.PART),
    ],
)
def test_names_that_may_be_of_one_thing(one: str, other: str, likeness: Likeness) -> None:
    found = asked(one, other)
    assert [{a, b} for a, b, _ in found] == [{one, other}]
    assert found[0][2] is likeness


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("project/520200/东山电厂一期", "project/520200/东山电厂二期"),  # two phases
        ("project/520200/东山电厂", "facility/520200/东山电厂项目"),  # two types
        ("organization/520203/人民医院", "organization/520204/人民医院"),  # two places beside each other
        ("organization/520203/六枝特区人民医院", "organization/520200/六盘水市人民医院"),  # a county's and the city's
        ("project/520200/东山电厂", "project/520200/东山水厂"),  # another thing
        ("project/520200/东山电厂", "project/520200/东山电厂铁路专用线"),  # what is more is not general
        ("place/520203", "place/520200"),  # codes are certain
        ("zone/520200/二期", "zone/520200/二期项目"),  # too short to tell
        ("facility/520200/东环路", "facility/520200/西环路"),
    ],
)
def test_names_that_are_not_asked_about(one: str, other: str) -> None:
    assert asked(one, other) == []


def test_what_is_also_called_the_same() -> None:
    a = named("project/520200/东山电厂二期", "东山扩建")
    b = named("project/520200/东山发电扩建工程", "东山扩建")
    assert [c.likeness for c in find_candidates([a, b])] == [Likeness.ALIAS]


def test_a_short_form_that_many_share_tells_nothing() -> None:
    crowd = [named(f"zone/520200/{n}新材料基地", "新材料基地") for n in "甲乙丙丁戊己"]
    assert find_candidates(crowd) == ()
    assert find_candidates(crowd[:3]) != ()


def test_the_most_mentioned_come_first_and_the_better_known_is_kept() -> None:
    things = [
        named("enterprise/520200/甲能源有限公司", mentions=2),
        named("enterprise/520200/甲能源集团", mentions=5),
        named("enterprise/520200/乙矿业公司", mentions=9),
        named("enterprise/520200/乙矿业集团", mentions=1),
    ]
    found = find_candidates(things)
    assert [(c.worth, c.one.path) for c in found] == [
        (10, "enterprise/520200/乙矿业公司"),
        (7, "enterprise/520200/甲能源集团"),
    ]


def test_a_division_is_the_one_to_keep() -> None:
    place = Named("place/520203", ("六枝特区", "六枝特区县城"), 1)
    found = find_candidates([named("place/520203/六枝特区县城", mentions=9), place])
    assert [(c.one.path, c.other.path) for c in found] == [("place/520203", "place/520203/六枝特区县城")]


def test_settled_pairs_and_parts_are_not_asked_again() -> None:
    things = [named("project/520200/东山燃煤电厂"), named("project/520200/东山2×66万千瓦燃煤电厂项目")]
    pair = ("project/520200/东山2×66万千瓦燃煤电厂项目", "project/520200/东山燃煤电厂")  # sorted, as settled pairs are
    assert len(find_candidates(things)) == 1
    assert find_candidates(things, settled=[pair]) == ()
    assert find_candidates(things, apart=[pair]) == ()


def test_the_order_of_things_does_not_matter() -> None:
    things = [
        named(f"enterprise/520200/{n}{tail}")
        for n in ("东山能源", "西山煤业", "南山铝业")
        for tail in ("集团", "有限公司", "公司")
    ]
    expected: tuple[Candidate, ...] = find_candidates(things)
    assert len(expected) == 9
    for seed in range(4):
        random.Random(seed).shuffle(things)
        assert find_candidates(things) == expected


def test_around_leads_from_a_place_up_to_the_nation() -> None:
    assert around("520203") == ("520203", "520200", "520000", "000000", "")
    assert around("") == ("",)
