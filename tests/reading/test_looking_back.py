"""A plan may look back for a sentence or a paragraph; what it says there is no target."""

from __future__ import annotations

from kg.reading import edition_of
from kg.reading.edition import Part

HEAD = (
    "2016年临江县政府工作报告\n——2016年1月5日在临江县第十届人民代表大会第二次会议上\n县长 王某\n各位代表：\n"
    "一、“十二五”时期工作回顾\n五年来，全县地区生产总值年均增长9%。\n二、2016年工作安排\n"
)


def part_of(text: str, words: str) -> Part:
    edition = edition_of(HEAD + text)
    return edition.sentence_at(edition.norm.index(words)).part


def test_a_sentence_that_looks_back_inside_a_plan() -> None:
    text = "2016年是开局之年。过去一年，全县地区生产总值增长6.9%，成绩来之不易。2016年的主要预期目标是：地区生产总值增长7%。\n"
    assert part_of(text, "过去一年") is Part.REVIEW
    assert part_of(text, "主要预期目标") is Part.PLAN


def test_a_paragraph_that_looks_back_inside_a_plan() -> None:
    text = "刚刚过去的2015年，我们攻坚克难。全县地区生产总值增长8%。\n2016年主要预期目标是：地区生产总值增长7.5%。\n"
    assert part_of(text, "全县地区生产总值增长8%") is Part.REVIEW
    assert part_of(text, "主要预期目标") is Part.PLAN
