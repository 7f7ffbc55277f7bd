"""What a report says of itself, and what a metadata file says instead."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from specimens import ELECTION, HANS, HANT, SEEDS, YEARLY

from kg.errors import VocabularyError
from kg.reading import edition_of, load_metadata, read
from kg.reading.edition import Metadata, Script


def metadata(text: str, name: str = "report.txt") -> Metadata:
    return edition_of(text, name).metadata


def test_the_head_of_a_report() -> None:
    found = metadata(YEARLY)
    assert found.title == "政府工作报告"
    assert found.delivered == date(2023, 1, 9)
    assert found.session == "南岭市第六届人民代表大会第三次会议"
    assert (found.speaker, found.office) == ("王明", "市长")
    assert (found.review_year, found.plan_year) == (2022, 2023)
    assert (found.review_term, found.plan_term) == (None, None)


@pytest.mark.parametrize(
    ("head", "delivered", "session", "speaker", "office"),
    [
        ("政府工作报告\n（2019年1月27日在贵州省第十三届人民代表大会第二次会议上）省长 张华", date(2019, 1, 27),
         "贵州省第十三届人民代表大会第二次会议", "张华", "省长"),
        ("——二〇一七年二月二十日在海南省第五届人民代表大会第五次会议上\n海南省代省长张华", date(2017, 2, 20),
         "海南省第五届人民代表大会第五次会议", "张华", "代省长"),
        ("——2018年3月27日在太原市第十四届\n人民代表大会第三次会议上\n太原市市长 张　华", date(2018, 3, 27),
         "太原市第十四届人民代表大会第三次会议", "张华", "市长"),
        ("——2018年1月5日在日喀则市第十四届人民代表大会第三次会议上\n市委副书记、代理市长 张华", date(2018, 1, 5),
         "日喀则市第十四届人民代表大会第三次会议", "张华", "代理市长"),
        ("2020年1月7日在市四届人大五次会议上\n自治区主席 艾尔肯·吐尼", date(2020, 1, 7),
         "市四届人大五次会议", "艾尔肯·吐尼", "自治区主席"),
        ("某市政府工作报告（2020年1月7日 张华）", date(2020, 1, 7), "", "张华", ""),
        ("张华市长在上海市第十四届人民代表大会第二次会议上的政府工作报告（2014年）", None,
         "上海市第十四届人民代表大会第二次会议", "张华", "市长"),
        ("", None, "", "", ""),
    ],
)  # fmt: skip
def test_heads_of_many_kinds(head: str, delivered: date | None, session: str, speaker: str, office: str) -> None:
    body = YEARLY[YEARLY.index("各位代表") :].replace("2022", "2017").replace("2023", "2018")
    if delivered:
        body = body.replace("2017", str(delivered.year - 1)).replace("2018", str(delivered.year))
    found = metadata(f"{head}\n{body}")
    assert (found.delivered, found.session, found.speaker, found.office) == (delivered, session, speaker, office)


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("2016年烟台市政府工作报告", "2016年烟台市政府工作报告"),
        ("政 府 工 作 报 告", "政府工作报告"),
        ("*政府工作报告", "政府工作报告"),
        ("某市政府工作报告 （2014年1月21日 张华）", "某市政府工作报告"),
        ("2023年《政府工作报告》", "2023年《政府工作报告》"),
        ("重庆市人民政府工作报告（2018年）", "重庆市人民政府工作报告"),
    ],
)
def test_titles(line: str, title: str) -> None:
    assert metadata(YEARLY.replace("政府工作报告", line, 1)).title == title


def test_years_from_headings_or_phrases_without_a_date() -> None:
    body = YEARLY[YEARLY.index("各位代表") :]
    assert metadata(body).plan_year == 2023
    assert metadata(body.replace("2022年工作回顾", "主要成效")).plan_year == 2023
    silent = body.replace("2022年工作回顾", "主要成效").replace("2023年工作安排", "工作安排")
    assert metadata(silent).plan_year is None
    assert metadata(silent, "2020_130624.txt").plan_year == 2020
    assert metadata(silent.replace("全市经济社会发展主要", "2023年经济社会发展主要")).plan_year == 2023


def test_a_report_given_in_december_plans_the_next_year() -> None:
    text = (
        YEARLY.replace("2023年1月9日", "2022年12月28日")
        .replace("2022年工作回顾", "工作回顾")
        .replace("2023年工作", "下步工作")
    )
    assert metadata(text).plan_year == 2023


def test_a_title_that_names_the_year_reviewed() -> None:
    assert metadata(YEARLY.replace("政府工作报告", "2022年南岭市政府工作报告", 1)).plan_year == 2023


@pytest.mark.parametrize(
    ("heading", "plan", "terms"),
    [
        ("“十三五”工作回顾", "“十四五”时期主要目标任务", ((2016, 2020), (2021, 2025))),
        ("过去五年工作回顾", "今后五年目标任务", ((2016, 2020), (2021, 2025))),
        ("过去四年工作回顾", "今后三年目标任务", ((2017, 2020), (2021, 2023))),
    ],
)
def test_terms(heading: str, plan: str, terms: tuple[tuple[int, int], tuple[int, int]]) -> None:
    text = ELECTION.replace("过去五年工作回顾", heading).replace("今后五年的目标任务", plan)
    text = text.replace("2022", "2021").replace("刚刚过去的2021年", "刚刚过去的2020年").replace("五年", "多年")
    for title in (heading, plan):
        text = text.replace(title.replace("五年", "多年"), title)
    found = metadata(text)
    assert (found.plan_year, (found.review_term, found.plan_term)) == (2021, terms)


def test_the_place_of_the_seed() -> None:
    for path in (HANS, HANT):
        found = read(path, Metadata(title="x")).metadata
        assert (found.place, found.place_name, found.title) == ("520200", "六盘水市", "x")


def test_the_place_from_the_text_alone(tmp_path: Path) -> None:
    copy = tmp_path / "copy.txt"  # without a metadata file beside it
    copy.write_bytes(HANT.read_bytes())
    found = read(copy).metadata
    assert (found.place, found.place_name) == ("520200", "六盘水市")
    assert found.delivered == date(2024, 1, 31)
    assert found.session == "六盘水市第九届人民代表大会第四次会议"
    assert (found.speaker, found.office) == ("李巍", "市长")


def test_overrides_win(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(YEARLY, encoding="utf-8")
    (tmp_path / "metadata.toml").write_text(
        '[[report]]\nplace = "110000"\nplan_year = 2020\ndelivered = 2020-01-12\nreview_term = [2015, 2019]\n'
        '[[report.edition]]\nfile = "a.txt"\nlanguage = "zh-Hant"\n',
        encoding="utf-8",
    )
    edition = read(tmp_path / "a.txt")
    found = edition.metadata
    assert (found.place, found.place_name) == ("110000", "北京市")
    assert (found.review_year, found.plan_year, found.delivered) == (2019, 2020, date(2020, 1, 12))
    assert found.review_term == (2015, 2019)
    assert found.speaker == "王明"  # read from the text
    assert edition.script is Script.HANT
    assert read(tmp_path / "a.txt", Metadata(plan_year=2021)).metadata.plan_year == 2021


def test_the_metadata_file_of_the_seed() -> None:
    file = load_metadata(SEEDS)
    assert [entry.file for entry in file.reports[0].editions] == [HANS.name, HANT.name]
    described = file.get(HANT.name)
    assert described is not None
    assert (described.place, described.plan_year) == ("520200", 2024)
    assert file.script(HANT.name) is Script.HANT
    assert file.get("another.txt") is None


def test_no_metadata_file(tmp_path: Path) -> None:
    assert load_metadata(tmp_path).reports == ()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[[report]\n", "line 1"),
        ("[[report]]\nplan_year = 2024\n\n[[report]]\nplaces = \"520200\"\n", "line 5: “places” is not known"),
        ("[[report]]\nplan_year = \"2024\"\n", "line 2: “plan_year” must be a year"),
        ("[[report]]\nplace = 520200\n", "line 2: “place” must be text"),
        ("[[report]]\nplace = \"5202\"\n", "line 2: “place” must be a GB/T 2260 code"),
        ("[[report]]\ndelivered = \"31.1.2024\"\n", "line 2: “delivered” must be a date"),
        ("[[report]]\nreview_term = [2022, 2018]\n", "line 2: “review_term” must begin before it ends"),
        ("[[report]]\n[[report.edition]]\nlanguage = \"zh-Hans\"\n", "line 2: an edition needs “file”"),
        ("[[report]]\n[[report.edition]]\nfile = \"a.txt\"\nlanguage = \"en\"\n", "line 4: “language” must be"),
        ("[[report]]\n[[report.edition]]\nfile = \"a.txt\"\nencoding = \"x\"\n", "line 4: “encoding” is not known"),
        ("[[report]]\n[[report.edition]]\nfile = \"a.txt\"\n[[report]]\n[[report.edition]]\nfile = \"a.txt\"\n",
         "line 6: the file “a.txt” is named twice"),
        ("[report]\nplan_year = 2024\n", "line 1: a report begins with"),
        ("name = \"x\"\n", "line 1: “name” is not known"),
    ],
)  # fmt: skip
def test_a_malformed_metadata_file_is_named_with_its_line(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "metadata.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(VocabularyError) as raised:
        load_metadata(tmp_path)
    assert str(raised.value).startswith(str(path))
    assert message in str(raised.value)


def test_a_metadata_file_that_changed_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "metadata.toml"
    path.write_text("", encoding="utf-8")
    assert load_metadata(tmp_path).reports == ()
    path.write_text("[[report]]\nplan_year = 2024\n", encoding="utf-8")
    assert len(load_metadata(tmp_path).reports) == 1
