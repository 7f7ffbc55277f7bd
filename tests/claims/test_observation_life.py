"""预期寿命 is the name of an indicator; the 预期 in it makes no estimate of what is told beside it."""

from __future__ import annotations

from kg.claims.claim import Status
from kg.claims.extract import extract
from kg.reading import edition_of
from kg.vocabulary import load

TEXT = (
    "2024年临江县政府工作报告\n——2024年1月5日在临江县第十届人民代表大会第二次会议上\n各位代表：\n一、2023年工作回顾\n"
    "过去一年，人均预期寿命达77.1岁，城镇累计新增就业824.2万人。\n二、2024年工作安排\n人均预期寿命提高到78岁。\n"
)


def test_life_expectancy_is_named_whole_and_expects_nothing() -> None:
    found = [(o.indicators[0].phrase, str(o.value), o.status) for o in extract(edition_of(TEXT), load()).observations]
    assert found[0] == ("人均预期寿命", "77.1", Status.ACTUAL)
    assert found[1][1:] == ("824.2", Status.ACTUAL)
    assert found[2] == ("人均预期寿命", "78", Status.TARGET)
