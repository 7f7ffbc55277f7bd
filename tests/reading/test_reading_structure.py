"""Sections, sentences and clauses lie where the text has them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from specimens import ELECTION, HANS, HANT, YEARLY

from kg.reading import edition_of, read
from kg.reading.edition import Edition, Span
from kg.reading.headings import numeral
from kg.reading.sentences import split


def titles(edition: Edition, level: int) -> list[str]:
    return [section.title for section in edition.sections if section.level == level]


def sentences(text: str) -> list[str]:
    return [text[start:end] for (start, end), _ in split(text, 0, len(text))]


def clauses(text: str) -> list[str]:
    return [text[start:end] for _, found in split(text, 0, len(text)) for start, end in found]


def check(edition: Edition) -> None:
    """What holds of every edition."""
    assert len(edition.norm) == len(edition.text)
    assert [p.index for p in edition.paragraphs] == list(range(len(edition.paragraphs)))
    assert [s.index for s in edition.sentences] == list(range(len(edition.sentences)))
    # Paragraphs are the lines that are not blank.
    outside = edition.text
    for paragraph in reversed(edition.paragraphs):
        words = edition.text[paragraph.start : paragraph.end]
        assert words == words.strip()
        assert words
        outside = outside[: paragraph.start] + outside[paragraph.end :]
    assert not outside.strip().strip("\ufeff").strip()
    # Sentences tile the paragraphs, clauses lie in them.
    at = 0
    for sentence in edition.sentences:
        paragraph = edition.paragraphs[sentence.paragraph]
        assert max(at, paragraph.start) <= sentence.start < sentence.end <= paragraph.end
        assert not edition.text[at : sentence.start].strip().strip("\ufeff").strip()
        at = sentence.end
        inner = sentence.start
        for clause in sentence.clauses:
            assert inner <= clause.start < clause.end <= sentence.end
            inner = clause.end
        heading = edition.sections[sentence.section].heading
        assert heading.start <= sentence.start
        assert edition.sentence_at(sentence.start) is sentence
    assert not edition.text[at:].strip().strip("\ufeff").strip()
    # Sections are a tree in text order.
    for section in edition.sections[1:]:
        assert section.parent is not None
        parent = edition.sections[section.parent]
        assert parent.index < section.index
        assert parent.level < section.level
        assert parent.span.start <= section.span.start <= section.span.end <= parent.span.end
        assert section.heading.start == section.span.start <= section.heading.end <= section.span.end
    starts = [section.heading.start for section in edition.sections[1:]]
    assert starts == sorted(set(starts))


PIECES = st.sampled_from(
    [
        *("一、", "（一）", "(二)", "——", "1.", "①", "一是", "第一，", "2023年", "今年", "过去五年"),
        *("，", "。", "；", "：", "！", "？", "……", "“", "”", "（", "）", "《", "》", "、"),
        *(".", ",", ";", ":", '"', "'", "工作回顾", "工作安排"),
        *("\n", "\r\n", " ", "\t", "\u3000", "\ufeff", "\u2028", "国", "經濟發展", "增长3.2%", "1557.64亿元"),
        *("政府工作报告", "各位代表！", "让我们努力奋斗！", "名词解释"),
    ]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.lists(PIECES, max_size=80).map("".join), st.text(max_size=200)))
def test_offsets_hold_for_any_text(text: str) -> None:
    check(edition_of(text))


@pytest.mark.parametrize("path", [HANS, HANT], ids=["Hans", "Hant"])
def test_offsets_hold_for_the_seed(path: object) -> None:
    check(read(str(path)))


def test_the_tree_of_a_yearly_report() -> None:
    edition = edition_of(YEARLY)
    assert titles(edition, 1) == ["2022年工作回顾", "2023年工作安排", "加强政府自身建设", "名词解释"]
    review, plan = (section for section in edition.sections if section.title in ("2022年工作回顾", "2023年工作安排"))
    under_review = [s for s in edition.sections if s.parent == review.index]
    assert [(s.number, s.title) for s in under_review] == [
        ("——", "综合实力稳步提升"),
        ("——", "民生福祉不断增进"),
        ("（一）", "聚力抓项目，发展后劲持续增强"),
        ("（二）", "聚力惠民生，社会大局和谐稳定"),
    ]
    # Headings that run on inside a paragraph.
    assert [s.title for s in edition.sections if s.parent == under_review[2].index] == ["狠抓招商引资", "狠抓项目建设"]
    under_plan = [s for s in edition.sections if s.parent == plan.index]
    assert [s.title for s in under_plan] == ["坚定不移抓工业", "坚定不移抓农业", "坚定不移惠民生"]
    assert [(s.number, s.title) for s in edition.sections if s.parent == under_plan[2].index] == [
        ("一是", "稳定扩大就业"),
        ("二是", "办好人民满意的教育"),
    ]
    assert edition.text[slice(*review.heading)] == "一、2022年工作回顾"
    assert edition.text[review.span.start : review.span.end].rstrip().endswith("仍然存在。")


def test_a_heading_inside_a_paragraph_holds_nothing_behind_it() -> None:
    text = YEARLY.replace("新增学位5000个。", "新增学位5000个。\n支持国防和军队建设，新建退役军人服务站6个。")
    edition = edition_of(text)
    inner = next(section for section in edition.sections if section.number == "二是")
    assert edition.norm[inner.span.start : inner.span.end].endswith("新增学位5000个。")
    after = edition.sentence_at(edition.norm.index("支持国防"))
    assert edition.sections[after.section].title == "坚定不移惠民生"
    paragraph = edition.paragraphs[after.paragraph]
    assert paragraph.section == after.section


def test_a_heading_without_a_number_opens_a_chapter() -> None:
    text = YEARLY.replace("一、2022", "2022").replace("二、2023", "2023").replace("三、加强", "加强")
    assert titles(edition_of(text), 1) == titles(edition_of(YEARLY), 1)


def test_a_list_that_counts_again_stands_under_its_chapter() -> None:
    text = YEARLY.replace("（一）坚定不移抓工业", "一、坚定不移抓工业").replace(
        "（二）坚定不移抓农业", "二、坚定不移抓农业"
    )
    text = text.replace("（三）坚定不移惠民生", "三、坚定不移惠民生")
    edition = edition_of(text)
    assert titles(edition, 1) == ["2022年工作回顾", "2023年工作安排", "加强政府自身建设", "名词解释"]
    plan = next(section for section in edition.sections if section.title == "2023年工作安排")
    assert [s.title for s in edition.sections if s.parent == plan.index] == [
        "坚定不移抓工业", "坚定不移抓农业", "坚定不移惠民生",
    ]  # fmt: skip


def test_parts_above_chapters_move_all_levels_down() -> None:
    text = YEARLY.replace("一、2022年工作回顾", "第一部分 2022年工作回顾\n一、主要成效")
    text = text.replace("二、2023年工作安排", "第二部分 2023年工作安排\n一、主要目标").replace(
        "三、加强", "第三部分 加强"
    )
    edition = edition_of(text)
    assert titles(edition, 1) == ["2022年工作回顾", "2023年工作安排", "加强政府自身建设", "名词解释"]
    assert titles(edition, 2) == ["主要成效", "主要目标"]


def test_a_heading_broken_over_two_lines_is_one() -> None:
    text = YEARLY.replace("一、2022年工作回顾", "过去一年，我们拼搏实干\n取得了新的成绩").replace("二、2023", "2023")
    edition = edition_of(text)
    section = edition.sections[1]
    assert section.title == "过去一年，我们拼搏实干 取得了新的成绩"
    assert edition.text[slice(*section.heading)] == "过去一年，我们拼搏实干\n取得了新的成绩"


def test_a_short_sentence_alone_is_no_heading() -> None:
    edition = read(HANS)
    assert "事非经过不知难" not in [section.title for section in edition.sections]
    assert "争资争项加力提质" in [section.title for section in edition.sections]


def test_rows_of_a_flattened_table_are_no_headings() -> None:
    table = "指标名称\n计量单位\n全年完成\n地区生产总值\n亿元\n"
    edition = edition_of(YEARLY.replace("（二）聚力惠民生", table + "（二）聚力惠民生"))
    assert "地区生产总值" not in [section.title for section in edition.sections]


def test_a_figure_that_opens_a_line_is_no_number_of_a_list() -> None:
    edition = edition_of(YEARLY.replace("教育卫生", "细颗粒物PM\n2.5年均浓度下降4%，教育卫生"))
    assert "2." not in [section.number for section in edition.sections]


def test_lines_before_the_speech_are_no_headings() -> None:
    edition = edition_of(ELECTION)
    assert edition.sections[1].title == "过去五年工作回顾"
    assert {edition.sentences[i].section for i in range(4)} == {0}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("增长3.2％。新增5户！", ["增长3.2％。", "新增5户！"]),
        ("他说：“要实干！”各位代表。", ["他说：“要实干！”", "各位代表。"]),
        ("弘扬“幸福是奋斗出来的！”精神。完。", ["弘扬“幸福是奋斗出来的！”精神。", "完。"]),
        ("“谁来干？怎么干？”的问题。", ["“谁来干？怎么干？”的问题。"]),
        ("建成园区（含两个在建的。见附件）12个。", ["建成园区（含两个在建的。见附件）12个。"]),
        ("任务很重……我们要努力。", ["任务很重……", "我们要努力。"]),
        ("科技会战？，新建高标准农田4.1万亩。", ["科技会战？，新建高标准农田4.1万亩。"]),
        ("完成“十件实事。", ["完成“十件实事。"]),
        ("一；二；三。", ["一；二；三。"]),
        ("干成了！！我们。", ["干成了！！", "我们。"]),
    ],
)  # fmt: skip
def test_where_sentences_end(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("增长3.2%，其中一、二产业增长5%；投资下降。", ["增长3.2%", "其中一、二产业增长5%", "投资下降"]),
        ("落实“稳增长，防风险”要求：抓项目。", ["落实“稳增长，防风险”要求", "抓项目"]),
        ("实施项目（水利，交通）12个。", ["实施项目（水利，交通）12个"]),
        ("三次产业比为11.9:44.1:44。", ["三次产业比为11.9:44.1:44"]),
    ],
)
def test_where_clauses_end(text: str, expected: list[str]) -> None:
    assert clauses(text) == expected


def test_a_quotation_nobody_closed_does_not_swallow_the_paragraph() -> None:
    text = "落实“三大战略，抓项目。" + "全年完成投资12亿元。" * 20
    assert len(sentences(text)) == 21


@pytest.mark.parametrize(("written", "value"), [("一", 1), ("十", 10), ("十二", 12), ("二十", 20), ("二十三", 23)])
def test_chinese_numerals_of_headings(written: str, value: int) -> None:
    assert numeral(written) == value


def test_sections_take_no_time_that_grows_with_the_square_of_the_text() -> None:
    text = re.sub("名词解释[\\s\\S]*", "", YEARLY)
    edition = edition_of(text + "（一）抓好工作。认真落实各项任务，完成投资3亿元。\n" * 3000)
    assert len(edition.sections) > 3000
    assert edition.sections[-1].span == Span(edition.sections[-1].heading.start, len(edition.text))
