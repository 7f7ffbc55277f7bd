"""Scripts are told apart, norms keep length, and phrases go back into an edition's own writing."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from specimens import HANS, HANT, YEARLY

from kg.reading import as_written, edition_of, read
from kg.reading.edition import Edition, Script
from kg.reading.script import detect_script, normalise, to_simplified


@pytest.fixture(scope="module")
def hans() -> Edition:
    return read(HANS)


@pytest.fixture(scope="module")
def hant() -> Edition:
    return read(HANT)


def test_scripts_of_the_seed(hans: Edition, hant: Edition) -> None:
    assert (hans.script, hant.script) == (Script.HANS, Script.HANT)


@pytest.mark.parametrize(("text", "script"), [("", "zh-Hans"), ("大小人口手", "zh-Hans"), ("經濟發展很快", "zh-Hant"),
                                              ("经济发展，後天", "zh-Hans")])  # fmt: skip
def test_script_of_a_text(text: str, script: str) -> None:
    assert detect_script(text) == script


def test_the_two_editions_have_one_norm_but_for_what_differs(hans: Edition, hant: Edition) -> None:
    def bare(norm: str) -> str:
        return re.sub(r"\s", "", norm)

    head = "——2024年1月31日在六盘水市第九届人民代表大会第四次会议上市长李巍"
    assert bare(hant.norm).startswith(head)
    assert bare(hant.norm).removeprefix(head) == bare(hans.norm).replace("借助中国科学院", "借助中科院")


@given(st.text(max_size=300), st.sampled_from(Script))
@settings(max_examples=200, deadline=None)
def test_the_norm_is_as_long_as_the_text(text: str, script: Script) -> None:
    assert len(normalise(text, script)) == len(text)


@pytest.mark.parametrize(
    ("text", "norm"),
    [
        ("增长３．２％，占ＧＤＰ的５－８％", "增长3.2%，占GDP的5-8%"),
        ("增长3.2%,其中(一)产业增长5%;投资下降?不!", "增长3.2%，其中（一）产业增长5%；投资下降？不！"),
        ("三次产业比为11.9：44.1：44，主要是:", "三次产业比为11.9:44.1:44，主要是："),
        ("完成1,557.64亿元，建成1，200套", "完成1,557.64亿元，建成1,200套"),
        ("完成5,同比增长", "完成5，同比增长"),
        ('落实"放管服"改革', "落实“放管服”改革"),
        ("「三農」『工作』", "“三农”‘工作’"),
        ("二○二三年一月", "二〇二三年一月"),
        ("──经济实力", "——经济实力"),
        ("855万吨／年，铁路＋公路", "855万吨/年，铁路+公路"),
        ("⼀般公共预算", "一般公共预算"),
        ("全年,完成.各项任务.增长2.5%.", "全年，完成。各项任务。增长2.5%。"),
        ("12306.cn和Xi'an", "12306.cn和Xi'an"),
    ],
)
def test_canonical_punctuation_and_digits(text: str, norm: str) -> None:
    assert normalise(text, detect_script(text)) == norm


def test_a_point_ends_a_sentence_only_where_the_edition_uses_it_so() -> None:
    assert (
        normalise("完成任务。见附件.增长。提高。改善。好。", Script.HANS) == "完成任务。见附件.增长。提高。改善。好。"
    )


def test_simplifying_keeps_the_length_of_every_line() -> None:
    text = "經濟發展\n瀋陽乾坤\n著名的看著"
    assert [len(line) for line in to_simplified(text).split("\n")] == [4, 4, 5]


def test_a_phrase_as_the_edition_writes_it(hans: Edition, hant: Edition) -> None:
    assert as_written(hant, "地区生产总值", 0, len(hant.norm)) == "地區生產總值"
    assert as_written(hans, "地区生产总值", 0, len(hans.norm)) == "地区生产总值"
    # This edition was converted by machine and writes 制造, not 製造.
    assert "制造" in hant.text
    assert as_written(hant, "制造业", 0, len(hant.norm)) == "制造業"
    # Composed of words that stand apart, and of one that stands nowhere.
    assert as_written(hant, "发展头发", 0, len(hant.norm)) == "發展頭髮"
    at = hant.norm.index("3.2%")
    assert as_written(hant, "增长3.2%", at - 10, at + 4) == "增長3.2%"


def test_signs_are_as_wide_as_the_edition_writes_them(hans: Edition) -> None:
    at = hans.norm.index("3.2%")
    assert as_written(hans, "3.2%", at, at + 4) == "3.2％"
    assert as_written(hans, "占比%", 0, 3) == "占比％"  # as elsewhere in the document
    assert as_written(edition_of(YEARLY), "铁路+公路", 0, 3) == "铁路＋公路"  # written nowhere; but ％ is
    assert as_written(edition_of(YEARLY.replace("％", "%")), "铁路+公路", 0, 3) == "铁路+公路"


def test_writing_back_is_fast(hant: Edition) -> None:
    as_written(hant, "农村居民人均可支配收入增速", 1000, 1100)
    start = time.perf_counter()
    for _ in range(2000):
        as_written(hant, "农村居民人均可支配收入增速", 1000, 1100)
    assert time.perf_counter() - start < 1.0
