"""What observations say besides their line: concepts of the scheme, whom they are of, scope and comparator."""

import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from kg.claims.claim import Entity, Mention, Observation
from kg.claims.observations import observe
from kg.recognition.numbers import find_numbers
from kg.recognition.spans import EntityType
from kg.vocabulary import load

sys.path.insert(0, str(Path(__file__).parents[1] / "cases"))
import sentences


def read(text: str, part: str = "review") -> list[Observation]:
    return list(sentences.read(text, part)[1])


def about(text: str, name: str, entity_type: EntityType, *, spans: int = 1) -> list[Observation]:
    """The observations of ``text`` where ``name`` is known as an entity."""
    edition = sentences.report(text)
    mentions = []
    at = 0
    for _ in range(spans):
        at = edition.text.index(name, at)
        mentions.append(Mention(at, at + len(name), entity_type, name))
        at += len(name)
    entity = Entity(f"{entity_type}:{name}", entity_type, name, (), tuple(mentions))
    vocabulary = load()
    start = edition.text.index(text)
    return [o for o in observe(edition, find_numbers(edition, vocabulary), (entity,), vocabulary) if o.start >= start]


def test_indicator_of_the_scheme_is_linked() -> None:
    (observation,) = read("地区生产总值增长5.5%左右。", "plan")
    assert [i.concept for i in observation.indicators] == ["gdp"]


def test_unit_of_another_kind_of_quantity_unlinks_the_indicator() -> None:
    area, count = read("建设标准厂房20万平方米，新建标准厂房4个。")
    assert area.indicators[0].concept == "standard_workshops"
    assert count.indicators[0].concept == ""


def test_figure_is_of_the_zone_its_words_begin_with() -> None:
    (observation,) = about("东山产业园区工业总产值增长5%。", "东山产业园区", EntityType.ZONE)
    assert observation.about == ("zone:东山产业园区",)
    assert observation.indicators[0].phrase == "工业总产值"


def test_figure_continues_the_subject_it_is_of() -> None:
    first, second = about("东山电厂发电量达12亿千瓦时、增长5%。", "东山电厂", EntityType.FACILITY)
    assert first.about == second.about == ("facility:东山电厂",)
    assert first.indicators[0].phrase == "东山电厂发电量"


def test_names_listed_among_the_things_counted_govern_nothing() -> None:
    (observation,) = about("加快东河水库等18座水库建设。", "东河水库", EntityType.FACILITY)
    assert observation.about == ()


def test_partner_is_no_subject() -> None:
    (observation,) = about("与东山集团签订协议12个。", "东山集团", EntityType.ENTERPRISE)
    assert observation.about == ()


def test_share_within_a_whole_tells_the_whole() -> None:
    found = read("一般公共预算收入完成110亿元，其中税收收入增长19%，占比63.7%。")
    assert [o.scope for o in found] == ["", "一般公共预算收入", "一般公共预算收入"]


def test_gap_tells_what_it_is_compared_with() -> None:
    (observation,) = read("城镇化率低于全国平均水平1.2个百分点。")
    assert (observation.comparator, observation.value) == ("全国平均水平", Decimal("-1.2"))


def test_negative_range_runs_upwards() -> None:
    (observation,) = read("单位地区生产总值能耗降低2—3%。", "plan")
    assert (observation.value, observation.value_max) == (Decimal(-3), Decimal(-2))


def test_rank_in_numerals_is_an_observation_without_tokens() -> None:
    edition = sentences.report("规上工业增加值增速居全省第三位。")
    vocabulary = load()
    found = observe(edition, find_numbers(edition, vocabulary), (), vocabulary)
    (rank,) = (o for o in found if o.measure == "rank")
    assert rank.value == Decimal(3)
    assert rank.number is not None
    assert rank.number.tokens == ()


def test_reading_is_the_same_without_names_of_years() -> None:
    edition = sentences.report("地区生产总值增长5%。")
    nameless = replace(edition, metadata=replace(edition.metadata, review_year=None, plan_year=None))
    vocabulary = load()
    numbers = find_numbers(nameless, vocabulary)
    assert [o.value for o in observe(nameless, numbers, (), vocabulary)] == [Decimal(5)]
