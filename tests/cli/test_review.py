"""From a text through decisions and corrections and back: ``kg build``, ``kg review``, ``kg correct``, ``kg audit``."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import main

TEXT = """政府工作报告
——2024年1月10日在六盘水市第九届人民代表大会第四次会议上
六盘水市人民政府市长 王明
各位代表：
现在，我代表市人民政府，向大会报告工作，请予审议。
一、2023年工作回顾
过去一年，全市上下共同努力，经济社会发展取得新成绩。地区生产总值增长6.5%。
（一）产业发展
水城经济开发区入驻企业30家。
（二）城乡建设
青山水库建成投用，供水能力5000立方米。新建学校12所。
二、2024年工作安排
今年是关键之年。
（一）抓好产业
推动水城经开区扩区，新增企业10家。开工建设青山水库配套管网工程。
各位代表，让我们团结奋斗！
"""
ONE, OTHER = "zone/520204/水城经济开发区", "zone/520204/水城经开区"
DAM = "facility/520200/青山水库"
SIGNED = ("--who", "李明", "--when", "2024-03-01")


class Office:
    """An institution's folder: a report, a store, and the files of decisions and corrections."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.decisions = folder / "decisions.tsv"
        self.corrections = folder / "corrections.toml"
        self.report = folder / "report.txt"
        self.report.write_text(TEXT, encoding="utf-8")
        (folder / "kg.toml").write_text("", encoding="utf-8")

    def kg(self, *arguments: str, stdin: str = "") -> Result:
        options = ["--store", str(self.folder / "store"), "--config", str(self.folder / "kg.toml")]
        return CliRunner().invoke(main, [*options, *arguments], input=stdin, env={"KG_LANG": "en"})

    def build(self) -> Result:
        done = self.kg("build", str(self.report), "--fresh")
        assert done.exit_code == 0, done.output
        return done

    def entities(self) -> dict[str, str]:
        """Path to names of every entity."""
        rows = json.loads(self.kg("query", "entities", "--format", "json").stdout)["results"]["bindings"]
        base = "https://w3id.org/baogao/id/"
        return {r["entity"]["value"].removeprefix(base): r.get("aliases", {"value": ""})["value"] for r in rows}

    def graph(self) -> str:
        return self.kg("export", "--format", "nquads").stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the report built, for tests to copy."""
    office = Office(tmp_path_factory.mktemp("office"))
    office.build()
    return office.folder


@pytest.fixture
def office(tmp_path: Path, built: Path) -> Office:
    shutil.copytree(built, tmp_path, dirs_exist_ok=True)
    return Office(tmp_path)


def test_from_candidate_to_join_and_back(office: Office) -> None:
    before = office.graph()
    listed = office.kg("review")
    assert ONE in listed.stdout
    assert "水城经济开发区入驻企业30家。" in listed.stdout
    (question,) = json.loads(office.kg("review", "--json").stdout)
    assert {question["one"]["path"], question["other"]["path"]} == {ONE, OTHER}
    assert question["one"]["quotes"][0]["document"] == "report.txt"

    recorded = office.kg("review", "--same", "水城经济开发区", OTHER, "--why", "同一园区", *SIGNED)
    assert recorded.exit_code == 0, recorded.output
    assert office.decisions.read_text(encoding="utf-8").splitlines()[1:] == [
        f"same\t{ONE}\t{OTHER}\t\t李明\t2024-03-01\t同一园区"
    ]
    assert "No pair is waiting" in office.kg("review").stdout
    assert office.graph() == before  # a decision takes effect at the next build

    office.build()
    assert OTHER not in office.entities()
    assert office.entities()[ONE] == "水城经开区"
    assert 'judgement> "same"' in office.graph()
    assert office.kg("validate").exit_code == 0

    undone = office.decisions.read_text(encoding="utf-8").splitlines()[:1]
    office.decisions.write_text("\n".join(undone) + "\n", encoding="utf-8")
    office.build()
    assert office.graph() == before


def test_an_interview_writes_rows_and_ends_with_its_input(office: Office) -> None:
    asked = office.kg("review", "--interactive", *SIGNED, stdin="x\nd\n两个园区\n")
    assert asked.exit_code == 0, asked.output
    assert f"different\t{ONE}\t{OTHER}\t\t李明\t2024-03-01\t两个园区" in office.decisions.read_text(encoding="utf-8")
    assert "No pair is waiting" in office.kg("review", "-i", *SIGNED).stdout


@pytest.mark.parametrize(
    ("answers", "rows"),
    [("k\n", 0), ("skip\n", 0), ("q\n", 0), ("", 0), ("z\nunsure\n\n", 1), ("o\n\n", 1), ("u\n?\n", 1)],
)
def test_answers_of_an_interview(office: Office, answers: str, rows: int) -> None:
    office.kg("review", "--interactive", *SIGNED, stdin=answers)
    written = office.decisions.read_text(encoding="utf-8").splitlines()[1:] if office.decisions.exists() else []
    assert len(written) == rows
    if answers.startswith("o"):
        assert written[0].startswith(f"same\t{OTHER}\t{ONE}\t")


def test_a_contradiction_is_refused_before_it_is_written(office: Office) -> None:
    assert (
        office.kg("review", "--split", DAM, "facility/520200/青山电站", "--where", "青山水库", *SIGNED).exit_code == 0
    )
    before = office.decisions.read_bytes()
    refused = office.kg("review", "--same", DAM, "facility/520200/青山电站", *SIGNED)
    assert refused.exit_code == 7
    assert "line 2 (split)" in refused.output
    assert office.decisions.read_bytes() == before


def test_who_is_meant_must_be_clear(office: Office) -> None:
    nobody = office.kg("review", "--same", ONE, "没有的园区", *SIGNED)
    assert nobody.exit_code == 2
    assert "nothing named" in nobody.output
    many = office.kg("review", "--same", ONE, "青山", *SIGNED)
    assert many.exit_code == 2
    assert DAM in many.output
    assert not office.decisions.exists()


def test_splits_and_corrections_change_the_graph_and_are_told_when_stale(office: Office) -> None:
    split, project = "facility/520200/青山中型水库", "project/520200/青山中型水库"
    for done in (
        office.kg("review", "--split", DAM, split, "--where", "青山水库", *SIGNED),
        office.kg("correct", "retype", split, "--set", "type=project", "--why", "在建", *SIGNED),
        office.kg(
            *("correct", "assert", "--report", "report/520200/2024", "--quote", "供水能力5000立方米"),
            *("--set", f"subject={project}", "--set", "predicate=hasStatus"),
            *("--set", "object=resumed", "--set", "period=2023", "--why", "核对原文", *SIGNED),
        ),
    ):
        assert done.exit_code == 0, done.output
    assert "not applied" not in office.build().output
    entities = office.entities()
    assert project in entities
    assert not {DAM, split} & set(entities)
    relations = json.loads(office.kg("query", "relations", "--format", "json").stdout)["results"]["bindings"]
    statuses = {r["object"]["value"] for r in relations if r["subject"]["value"] == "青山中型水库"}
    assert {"completed", "resumed"} <= statuses
    assert "核对原文" in office.graph()
    assert "Not applied" not in office.kg("audit").stdout
    assert office.kg("validate").exit_code == 0

    office.report.write_text(TEXT.replace("供水能力5000立方米", "供水能力6000立方米"), encoding="utf-8")
    assert "entry 2 (assert" in office.build().output
    told = office.kg("audit").stdout
    assert "Not applied: " in told
    assert "its quote is no longer in the text (report/520200/2024)" in told
    stale = json.loads(office.kg("audit", "--format", "json").stdout)["stale_corrections"]
    assert [s["report"] for s in stale] == ["report/520200/2024"]


def test_what_concerns_nothing_is_told_when_the_report_is_built(office: Office) -> None:
    nobody = "facility/520200/没有的水库"
    office.kg("correct", "retype", nobody, "--set", "type=project", "--why", "在建", *SIGNED)
    head = "judgement\tone\tother\twhere\twho\twhen\twhy\n"
    row = f"same\t{nobody}\tfacility/520200/也没有的水库\t\t李明\t2024-03-01\t同一水库\n"
    office.decisions.write_text(head + row, encoding="utf-8")
    told = office.build().output
    assert "corrections.toml, entry 1 (retype facility/520200/没有的水库)" in told
    assert "no report built since it was written holds what it is about" in told
    assert "decisions.tsv:2: same" in told
    assert "concerns nothing in the store" in told


def test_a_malformed_entry_is_refused_and_a_malformed_file_stops_the_build(office: Office) -> None:
    refused = office.kg("correct", "retype", DAM, "--set", "type=lake", "--why", "湖", *SIGNED)
    assert refused.exit_code == 7
    assert "type = 'lake'" in refused.output
    assert not office.corrections.exists()
    before = office.graph()
    for file, content in ((office.corrections, "[[correction]]\n"), (office.decisions, "same\n")):
        file.write_text(content, encoding="utf-8")
        done = office.kg("build", str(office.report))
        assert done.exit_code == 7
        assert str(file) in done.output
        file.unlink()
    assert office.graph() == before


def test_the_quality_page_is_written(office: Office) -> None:
    page = office.folder / "pages" / "quality.html"
    done = office.kg("audit", "--html", str(page))
    assert done.exit_code == 0, done.output
    assert "水城经济开发区" in page.read_text(encoding="utf-8")
    assert office.kg("audit", "--html", "-").stdout.startswith("<!doctype html>")
