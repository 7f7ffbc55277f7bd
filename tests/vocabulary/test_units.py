"""Written units: names, multipliers, per-units, exact arithmetic."""

from decimal import Decimal

import pytest

from kg.vocabulary import Unit, load


def unit(written: str) -> Unit:
    found = load().unit_for(written)
    assert found is not None, written
    return found


@pytest.mark.parametrize(
    ("value", "written", "normalised", "base"),
    [
        ("1557.64", "亿元", "155764000000", "yuan"),
        ("12.08", "万亿元", "12080000000000", "yuan"),
        ("3.5", "亿美元", "350000000", "us_dollar"),
        ("15", "亩", "10000", "square_metre"),
        ("1", "万亩", "6666666.666666667", "square_metre"),
        ("2.4", "公顷", "24000", "square_metre"),
        ("0.5", "平方公里", "500000", "square_metre"),
        ("121.06", "亿斤", "6053000", "tonne"),
        ("236", "公斤/亩", "236", "kilogram_per_mu"),
        ("500", "斤/亩", "250", "kilogram_per_mu"),
        ("7500", "公斤/公顷", "500", "kilogram_per_mu"),
        ("855", "万吨/年", "8550000", "tonne_per_year"),
        ("480.5", "亿千瓦时", "48050000000", "kilowatt_hour"),
        ("130", "亿度", "13000000000", "kilowatt_hour"),
        ("66", "万千瓦", "660000", "kilowatt"),
        ("500", "兆瓦", "500000", "kilowatt"),
        ("600", "元/月", "7200", "yuan_per_year"),
        ("580", "元/人·月", "6960", "yuan_per_person_year"),
        ("30", "万元/亩", "450", "yuan_per_square_metre"),
        ("5", "万吨/日", "18250000", "tonne_per_year"),
        ("7.5", "‰", "0.75", "percent"),
        ("3", "成", "30", "percent"),
        ("1.1", "万户", "11000", "household"),
        ("2.6", "亿立方米", "260000000", "cubic_metre"),
        ("3", "万", "30000", "one"),
        ("24", "小时", "1440", "minute"),
    ],
)
def test_values_are_normalised_exactly(value: str, written: str, normalised: str, base: str) -> None:
    found = unit(written)
    assert found.base == base
    assert str(found.normalise(Decimal(value))) == normalised


def test_a_name_wins_over_composition() -> None:
    assert unit("千瓦").notation == "kilowatt"
    assert unit("千瓦").scale == 1
    assert unit("百分点").notation == "percentage_point"


def test_the_multiplier_is_told_apart_from_the_unit() -> None:
    found = unit("万亩")
    assert (found.notation, found.scale, found.written) == ("mu", Decimal(10000), "万亩")


@pytest.mark.parametrize(
    ("full", "half"), [("％", "%"), ("公斤／亩", "公斤/亩"), ("ｋｍ", "km"), ("台（套）", "台(套)")]
)
def test_width_does_not_matter(full: str, half: str) -> None:
    assert unit(full).notation == unit(half).notation


def test_a_per_unit_nobody_named_is_composed() -> None:
    found = unit("万立方米/公顷")
    assert found.notation == "cubic_metre_per_hectare"
    assert found.base == "cubic_metre_per_square_metre"
    assert found.normalise(Decimal(3)) == 3
    assert found.labels["zh-Hans"] == "立方米/公顷"


@pytest.mark.parametrize("written", ["", "左右", "生产总值", "/", "元/", "万万万甲"])
def test_what_is_no_unit_is_none(written: str) -> None:
    assert load().unit_for(written) is None


def test_every_unit_is_found_by_each_of_its_labels() -> None:
    vocabulary = load()
    for known in vocabulary.units.values():
        for label in (*known.labels.values(), *known.alternatives):
            found = vocabulary.unit_for(label)
            assert found is not None, label
            assert found.notation == known.notation, label


def test_every_unit_has_labels_in_three_languages_a_known_dimension_and_a_base_that_is_its_own() -> None:
    vocabulary = load()
    dimensions = vocabulary.scheme("dimension").concepts
    for known in vocabulary.units.values():
        assert {"zh-Hans", "zh-Hant", "en"} <= set(known.labels), known.notation
        assert known.dimension in dimensions, known.notation
        base = vocabulary.units[known.base]
        assert (base.base, base.factor, base.divisor) == (base.notation, 1, 1), known.notation


def test_qudt_is_named_where_it_has_the_unit() -> None:
    assert unit("亿元").qudt == "http://qudt.org/vocab/unit/CCY_CNY"
    assert unit("万千瓦").base_qudt == "http://qudt.org/vocab/unit/KiloW"
    assert unit("亩").qudt == ""
    assert unit("亩").base_qudt == "http://qudt.org/vocab/unit/M2"
