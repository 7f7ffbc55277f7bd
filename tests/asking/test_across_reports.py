"""Questions over several years and places, on small reports written for them."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from program import run_kg

BODY = (
    "{year}年{place}政府工作报告\n——{year}年1月5日在{place}第十届人民代表大会第{n}次会议上\n{head}长 王某\n各位代表：\n"
    "现在，我代表{head}人民政府向大会报告工作，请予审议。\n一、{last}年工作回顾\n"
    "过去一年，全{head}地区生产总值完成{gdp}亿元、增长{growth}%。一般公共预算收入完成{budget}亿元、增长{budget_growth}%。\n"
    "二、{year}年工作安排\n主要预期目标是：地区生产总值增长{target}%左右，一般公共预算收入增长{budget_target}%以上，城镇新增就业2000人。\n"
    "深入实施乡村建设行动。\n" + "各级政府要扎实工作，推动经济社会发展。\n" * 15
)
REPORTS = {
    "a2022.txt": {
        "place": "阜平县",
        "head": "县",
        "year": 2022,
        "last": 2021,
        "n": "二",
        "gdp": 50,
        "growth": 7,
        "budget": 5,
        "budget_growth": 8,
        "target": 6,
        "budget_target": 5,
    },
    "a2023.txt": {
        "place": "阜平县",
        "head": "县",
        "year": 2023,
        "last": 2022,
        "n": "三",
        "gdp": 53.5,
        "growth": 6.5,
        "budget": 9,
        "budget_growth": 4,
        "target": 6,
        "budget_target": 5,
    },
    "b2023.txt": {
        "place": "涞水县",
        "head": "县",
        "year": 2023,
        "last": 2022,
        "n": "三",
        "gdp": 80,
        "growth": 5,
        "budget": 7,
        "budget_growth": 5,
        "target": 7,
        "budget_target": 6,
    },
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("years")
    for name, values in REPORTS.items():
        (folder / name).write_text(BODY.format(**values), encoding="utf-8")
    done = run_kg("build", str(folder), store=folder / "store")
    assert done.returncode == 0, done.stderr
    return folder / "store"


def rows(store: Path, query: str, *parameters: str) -> list[dict[str, str]]:
    options = [o for p in parameters for o in ("--param", p)]
    done = run_kg("query", query, "--format", "csv", *options, store=store)
    assert done.returncode == 0, done.stderr
    return list(csv.DictReader(io.StringIO(done.stdout)))


def test_16_target_and_outcome(store: Path) -> None:
    found = {(r["indicator"], r["measure"]): r for r in rows(store, "outcomes", "place=阜平县")}
    gdp = found["地区生产总值", "growth"]
    assert (gdp["year"], gdp["target"], gdp["outcome"], gdp["verdict"]) == ("2022", "6%", "6.5%", "met")
    assert "6%左右" in gdp["targetQuote"]
    assert "增长6.5%" in gdp["outcomeQuote"]
    assert found["一般公共预算收入", "growth"]["verdict"] == "missed"
    assert found["城镇新增就业人数", "level"]["verdict"] == "not mentioned"


def test_17_places_ranked(store: Path) -> None:
    found = rows(store, "ranking", "indicator=gdp", "year=2022")
    assert [(r["place"], r["value"]) for r in found] == [("涞水县", "80"), ("阜平县", "53.5")]
    targets = rows(store, "ranking", "indicator=gdp", "year=2023", "measure=growth", "status=target")
    assert [(r["place"], r["value"]) for r in targets] == [("涞水县", "7"), ("阜平县", "6")]


def test_17_programmes_shared(store: Path) -> None:
    found = {r["name"]: (r["places"], r["firstYear"], r["first"]) for r in rows(store, "shared-programmes")}
    assert found["乡村建设行动"] == ("2", "2022", "阜平县")


def test_18_a_level_that_does_not_fit_last_years(store: Path) -> None:
    found = [r for r in rows(store, "inconsistencies") if "水平与增速" in r["kind"]]
    assert any("一般公共预算收入" in r["message"] and "80.0%" in r["message"] for r in found)
    assert not any("地区生产总值" in r["message"] for r in found)


def test_growth_targets_of_every_report(store: Path) -> None:
    found = {(r["place"], r["year"]): (r["low"], r["bound"]) for r in rows(store, "growth-targets")}
    assert found == {
        ("阜平县", "2022"): ("6", "approx"),
        ("阜平县", "2023"): ("6", "approx"),
        ("涞水县", "2023"): ("7", "approx"),
    }
