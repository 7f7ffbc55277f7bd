"""Values, units and bounds of figures; every digit token accounted for."""

from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from kg.reading import edition_of, read
from kg.recognition.numbers import TOKEN, find_numbers
from kg.recognition.spans import Bound, Number, NumberClass
from kg.vocabulary import load

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))


def one(text: str) -> Number:
    (number,) = (n for n in find_numbers(edition_of(text), load()) if n.number_class is NumberClass.OBSERVATION)
    return number


@pytest.mark.parametrize(
    ("text", "value", "unit", "bound"),
    [
        ("新改建户厕1.1万余户", "1.1", "万户", Bound.GT),
        ("惠及20余万人", "20", "万人", Bound.GT),
        ("产能855万吨／年", "855", "万吨/年", Bound.EQ),
        ("粮食单产236公斤／亩", "236", "公斤/亩", Bound.EQ),
        ("资金近2400万元", "2400", "万元", Bound.LT),
        ("带动消费4亿元以上", "4", "亿元", Bound.GE),
        ("产值超620亿元", "620", "亿元", Bound.GT),
        ("力争突破150亿元", "150", "亿元", Bound.GE),
        ("增长5.5％左右", "5.5", "%", Bound.APPROX),
        ("控制在3%以内", "3", "%", Bound.LE),
        ("总额1,294.57亿元", "1294.57", "亿元", Bound.EQ),
        ("实现241 亿元", "241", "亿元", Bound.EQ),
        ("提高0.5个多百分点", "0.5", "个百分点", Bound.GT),
        ("出口额20万美元", "20", "万美元", Bound.EQ),
        ("10万家庭受益", "10", "万", Bound.EQ),
        ("引进5家电商企业", "5", "家", Bound.EQ),
        ("压减到25个工作日", "25", "个工作日", Bound.EQ),
        ("新建５００千瓦电站", "500", "千瓦", Bound.EQ),
        ("同比增长-2.5%", "-2.5", "%", Bound.EQ),
    ],
)
def test_figure(text: str, value: str, unit: str, bound: Bound) -> None:
    number = one(text)
    assert (number.value, number.unit, number.bound) == (Decimal(value), unit, bound)


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("增长5—5.5%", "5", "5.5", "%"),
        ("增长6%至6.5%", "6", "6.5", "%"),
        ("引进1-2个龙头项目", "1", "2", "个"),
        ("培育3至5家企业", "3", "5", "家"),
    ],
)
def test_range(text: str, low: str, high: str, unit: str) -> None:
    number = one(text)
    assert (number.value, number.value_max, number.unit) == (Decimal(low), Decimal(high), unit)
    assert number.bound is Bound.BETWEEN


def test_movement_from_one_figure_to_another_is_no_range() -> None:
    found = find_numbers(edition_of("人均收入由5至8万元"), load())
    assert [n.value_max for n in found] == [None, None]


def test_product_keeps_count_and_each() -> None:
    number = one("建设2×66万千瓦机组")
    assert (number.value, number.count, number.each, number.unit) == (Decimal(132), 2, Decimal(66), "万千瓦")


def test_ratio_gives_a_number_for_each_term() -> None:
    found = find_numbers(edition_of("三次产业结构为11.9：44.1：44"), load())
    assert [n.value for n in found] == [Decimal("11.9"), Decimal("44.1"), Decimal(44)]


def test_elided_unit_is_supplied_and_the_span_stays_bare() -> None:
    edition = edition_of("分别提高10.6、6.3、12.9个百分点")
    found = find_numbers(edition, load())
    assert [n.unit for n in found] == ["个百分点"] * 3
    assert [edition.text[n.start : n.end] for n in found] == ["10.6", "6.3", "12.9个百分点"]


def test_bound_after_the_last_item_limits_the_list() -> None:
    found = find_numbers(edition_of("分别增长10%和13%以上"), load())
    assert [n.bound for n in found] == [Bound.GE, Bound.GE]


@pytest.mark.parametrize("seed", SEEDS, ids=lambda p: p.name)
def test_every_token_of_a_seed_has_one_number(seed: Path) -> None:
    edition = read(seed)
    tokens = [m.span() for m in TOKEN.finditer(edition.text)]
    held = [tuple(token) for number in find_numbers(edition, load()) for token in number.tokens]
    assert len(tokens) > 100
    assert sorted(held) == tokens


@pytest.mark.parametrize("seed", SEEDS, ids=lambda p: p.name)
def test_numbers_stand_in_text_order_without_overlap(seed: Path) -> None:
    numbers = find_numbers(read(seed), load())
    assert all(a.end <= b.start for a, b in pairwise(numbers))
