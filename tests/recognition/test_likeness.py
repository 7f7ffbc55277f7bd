"""Firms' own names are told from words by their characters."""

from __future__ import annotations

import pytest

from kg.recognition.names.lexicon import lexicon
from kg.recognition.names.likeness import name_odds
from kg.vocabulary import load


def test_odds_favour_characters_of_firms_names_in_their_place() -> None:
    odds = name_odds(["恒泰科技", "恒鑫股份", "宝泰电子"], ["农村", "水利", "民生"])
    assert odds.of("恒泰") > 0 > odds.of("农村")
    assert odds.of("恒泰") > odds.of("泰恒")  # the order counts


def test_names_of_other_lengths_teach_nothing() -> None:
    assert name_odds(["恒泰"], ["水利"]).of("恒泰") == name_odds([], ["水利"]).of("恒泰")


@pytest.mark.parametrize(("firm", "word"), [("鑫泰", "疫苗"), ("恒瑞", "乡镇"), ("宏达", "村民"), ("金盛", "棚户")])
def test_with_the_lists_of_the_project(firm: str, word: str) -> None:
    odds = lexicon(load()).odds
    assert odds.of(firm) > 2 > 0 > odds.of(word)
