"""Pairs of countries or provinces by a character each."""

import pytest

from kg.recognition.names.pairs import begins_with_two_countries, names_two_countries, of_two_places


@pytest.mark.parametrize("text", ["中德合作产业园", "中新（贵阳）产业园", "中欧创新园"])
def test_two_countries_share_a_thing(text: str) -> None:
    assert begins_with_two_countries(text)


@pytest.mark.parametrize("text", ["中新社办公楼", "中欧班列集结中心", "中老年活动中心", "中心医院"])
def test_words_that_begin_like_a_pair_of_countries_are_none(text: str) -> None:
    assert not begins_with_two_countries(text)


@pytest.mark.parametrize(("text", "pair"), [("中德", True), ("中德园", False)])
def test_a_pair_of_countries_is_two_characters(text: str, pair: bool) -> None:
    assert names_two_countries(text) is pair


@pytest.mark.parametrize(("text", "pair"), [("川黔", True), ("中外", True), ("恒泰", False)])
def test_a_pair_of_places_is_no_firm(text: str, pair: bool) -> None:
    assert of_two_places(text) is pair
