"""Each sentence is read in the part of the report it stands in: reviewed or planned, a year or a term."""

from __future__ import annotations

import pytest
from specimens import ELECTION, HANS, HANT, HEADLESS, YEARLY

from kg.reading import edition_of, read
from kg.reading.edition import Edition, Part
from kg.reading.parts import Years, announced, cue

YEARS = Years(review=2022, plan=2023, spoken=2023)


def part_of(edition: Edition, words: str) -> Part:
    return edition.sentence_at(edition.norm.index(words)).part


@pytest.mark.parametrize("text", [YEARLY, HEADLESS], ids=["headed", "headless"])
def test_a_yearly_report(text: str) -> None:
    edition = edition_of(text, "2023.txt")
    assert part_of(edition, "现在，我代表") is Part.OPENING
    assert part_of(edition, "812.4亿元") is Part.REVIEW
    assert part_of(edition, "新建学校12所") is Part.REVIEW
    assert part_of(edition, "一年来，我们持续加强政府自身建设") is Part.REVIEW
    assert part_of(edition, "经济总量偏小") is Part.REVIEW
    assert part_of(edition, "开局之年") is Part.PLAN
    assert part_of(edition, "6%左右") is Part.PLAN
    assert part_of(edition, "新增学位5000个") is Part.PLAN
    assert part_of(edition, "让我们更加紧密") is Part.CLOSING
    assert part_of(edition, "因公出国") is Part.APPENDIX


def test_the_governments_own_conduct() -> None:
    assert part_of(edition_of(YEARLY), "严控“三公”") is Part.GOVERNMENT
    edition = edition_of(ELECTION)
    assert part_of(edition, "从严治党主体责任") is Part.GOVERNMENT
    assert part_of(edition, "新建标准厂房12万") is Part.PLAN


def test_an_election_year_reviews_the_term_and_then_the_year() -> None:
    edition = edition_of(ELECTION)
    assert part_of(edition, "由2016年的96亿元") is Part.TERM_REVIEW
    assert part_of(edition, "改造棚户区6300户") is Part.TERM_REVIEW
    assert part_of(edition, "地区生产总值增长8.1%") is Part.REVIEW
    assert part_of(edition, "73亿元") is Part.REVIEW
    assert part_of(edition, "来之不易") is Part.TERM_REVIEW
    assert part_of(edition, "突破260亿元") is Part.TERM_PLAN
    assert part_of(edition, "7.5%以上") is Part.PLAN
    assert part_of(edition, "奋力谱写新篇章") is Part.CLOSING
    assert (edition.metadata.review_term, edition.metadata.plan_term) == ((2017, 2021), (2022, 2026))


def test_one_chapter_for_year_and_term() -> None:
    text = ELECTION.replace("一、过去五年工作回顾\n", "一、2021年和过去五年工作回顾\n2021年，我们完成投资70亿元。\n")
    text = text.replace("二、今后五年的目标任务", "二、今后五年目标任务和2022年重点工作").replace(
        "三、2022年重点工作\n", ""
    )
    edition = edition_of(text)
    assert part_of(edition, "完成投资70亿元") is Part.REVIEW
    assert part_of(edition, "由2016年的96亿元") is Part.TERM_REVIEW
    assert part_of(edition, "突破260亿元") is Part.TERM_PLAN
    assert part_of(edition, "7.5%以上") is Part.PLAN
    assert part_of(edition, "引进企业20家") is Part.PLAN


def test_a_figure_of_the_last_year_compared_with_the_first_is_of_the_term() -> None:
    text = ELECTION.replace(
        "五年来，我们攻坚克难", "圆满\n2021年，地区生产总值完成158亿元，是2016年的1.6倍。我们攻坚克难"
    )
    assert part_of(edition_of(text), "是2016年的1.6倍") is Part.TERM_REVIEW
    assert part_of(edition_of(text), "改造棚户区6300户") is Part.TERM_REVIEW


def test_a_report_given_in_december_calls_the_year_reviewed_this_year() -> None:
    text = YEARLY.replace("2023年1月9日", "2022年12月28日").replace("今年是全面贯彻", "明年是全面贯彻")
    text = text.replace("过去一年，在市委", "今年以来，在市委")
    edition = edition_of(text)
    assert (edition.metadata.review_year, edition.metadata.plan_year) == (2022, 2023)
    assert part_of(edition, "今年以来") is Part.REVIEW
    assert part_of(edition, "明年是") is Part.PLAN
    headless = "\n".join(line for line in text.split("\n") if not line.startswith(("一、", "二、", "三、")))
    assert part_of(edition_of(headless), "6%左右") is Part.PLAN


def test_looking_back_within_what_is_planned() -> None:
    text = YEARLY.replace(
        "坚持依法行政，自觉", "过去一年，政府自身建设取得进展，精简审批事项62项。\n坚持依法行政，自觉"
    )
    edition = edition_of(text)
    assert part_of(edition, "精简审批事项62项") is Part.REVIEW
    assert part_of(edition, "坚持依法行政") is Part.GOVERNMENT


def test_chapters_that_announce_nothing() -> None:
    text = YEARLY.replace("2022年工作回顾", "凝心聚力，发展迈上新台阶").replace(
        "2023年工作安排", "乘势而上，开创发展新局面"
    )
    edition = edition_of(text)
    assert part_of(edition, "新建学校12所") is Part.REVIEW
    assert part_of(edition, "6%左右") is Part.PLAN
    assert part_of(edition, "粮食产量稳定") is Part.PLAN


def test_a_list_of_promises_behind_the_speech() -> None:
    promises = "附件1\n2023年全市十件民生实事\n一、新建公园6个。\n二、改造老旧小区42个。\n附件2\n名词解释"
    edition = edition_of(YEARLY.replace("\n名词解释", "\n" + promises))
    assert part_of(edition, "改造老旧小区42个") is Part.PLAN
    assert part_of(edition, "因公出国") is Part.APPENDIX


@pytest.mark.parametrize("path", [HANS, HANT], ids=["Hans", "Hant"])
def test_the_seed(path: object) -> None:
    edition = read(str(path))
    assert part_of(edition, "请予审议") is Part.OPENING
    assert part_of(edition, "1557.64亿元") is Part.REVIEW
    assert part_of(edition, "对标年初提出的主要预期目标") is Part.REVIEW
    assert part_of(edition, "地区生产总值增长5.5%左右") is Part.PLAN
    assert part_of(edition, "政府系统各级干部要当好执行者") is Part.GOVERNMENT
    assert part_of(edition, "唯有实干") is Part.CLOSING
    chapters = [(s.number, s.part) for s in edition.sections if s.level == 1]
    assert chapters == [("一、", Part.REVIEW), ("二、", Part.PLAN), ("三、", Part.GOVERNMENT)]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("2022年工作回顾", (Part.REVIEW,)),
        ("2022年和过去五年工作回顾", (Part.REVIEW, Part.TERM_REVIEW)),
        ("今后五年工作思路和2023年重点任务", (Part.TERM_PLAN, Part.PLAN)),
        ("“十三五”时期工作回顾", (Part.TERM_REVIEW,)),
        ("本届政府工作回顾", (Part.TERM_REVIEW,)),
        ("2023年主要目标和重点任务", (Part.PLAN,)),
        ("对2023年政府工作的建议", (Part.PLAN,)),
        ("今年以来疫情防控工作情况", (Part.REVIEW,)),
        ("建设人民满意的服务型政府", (Part.GOVERNMENT,)),
        ("建设人民满意的幸福城市", ()),
        ("全面提升治理能力，加强政府自身建设", (Part.GOVERNMENT,)),
        ("※名词解释※", (Part.APPENDIX,)),
        ("附：《政府工作报告》部分词语解释", (Part.APPENDIX,)),
        ("2023年十件民生实事", (Part.PLAN,)),
        ("扩大有效投资", ()),
    ],
)
def test_what_headings_announce(title: str, expected: tuple[Part, ...]) -> None:
    assert announced(title, YEARS).parts == expected


def test_a_five_year_plan_is_past_or_coming_by_the_year() -> None:
    assert announced("“十三五”时期目标任务", Years(2015, 2016, 2016)).parts == (Part.TERM_PLAN,)
    assert announced("“十三五”时期工作回顾", Years(2020, 2021, 2021)).parts == (Part.TERM_REVIEW,)
    assert announced("真抓实干，实现“十三五”良好开局", Years(2015, 2016, 2016)).parts == (Part.PLAN,)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("刚刚过去的2022年，面对严峻形势，我们迎难而上。", Part.REVIEW),
        ("2022年是本届政府任期的最后一年。五年来，我们始终坚持。", Part.TERM_REVIEW),
        ("各位代表！五年来，我们苦干实干。", Part.TERM_REVIEW),
        ("九层之台，起于垒土。过去一年，我们砥砺前行。", Part.REVIEW),
        ("——这五年，综合实力大幅提升。", Part.TERM_REVIEW),
        ("2022年，全市生产总值完成96亿元，是2017年的1.5倍。", None),
        ("做好今年的工作，要坚持稳中求进。", Part.PLAN),
        ("未来五年，我们要加快发展。", Part.TERM_PLAN),
        ("率先开展试点。2022年实际利用外资3亿美元。", None),
    ],
)
def test_what_paragraphs_turn_to(words: str, expected: Part | None) -> None:
    assert cue(words, YEARS) is expected
