"""The competency questions on the seed, against values read from the text by hand."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from pyoxigraph import Store

from kg.asking.ask import ask_stored
from kg.asking.formats import as_csv
from kg.asking.table import Table
from kg.store import open_store


@pytest.fixture(scope="module")
def store(seed_store: Path) -> Store:
    return open_store(seed_store)


def rows(store: Store, query: str, /, **parameters: str) -> list[dict[str, str]]:
    answer = ask_stored(store, query, parameters)
    assert isinstance(answer, Table)
    return list(csv.DictReader(io.StringIO(as_csv(answer))))


def test_1_targets_beside_facts(store: Store) -> None:
    found = {(r["indicator"], r["measure"]): r for r in rows(store, "targets")}
    gdp = found["地区生产总值", "growth"]
    assert (gdp["actual"].rstrip("%％"), gdp["target"].rstrip("%％"), gdp["targetBound"], gdp["more"]) == (
        "3.2",
        "5.5",
        "approx",
        "more",
    )
    budget = found["一般公共预算收入", "growth"]
    assert (budget["actual"].rstrip("%％"), budget["target"].rstrip("%％"), budget["more"]) == ("14.83", "3", "less")
    coal = found["原煤产量", "level"]
    assert (coal["actual"], coal["target"], coal["more"]) == ("7601.8万吨", "8000万吨", "more")
    energy = found["单位地区生产总值能耗", "growth"]
    assert (energy["actual"].rstrip("%％"), energy["actualStatus"], energy["more"]) == ("-2.8", "estimate", "same")


def test_2_projects_in_a_county(store: Store) -> None:
    found = {r["project"]: r for r in rows(store, "projects", place="水城区")}
    assert "approved" in found["水城野龙拢抽水蓄能电站"]["planned"]
    assert "in_operation" in found["水城陡箐储能电站"]["planned"]
    assert found.keys() == {r["project"]: r for r in rows(store, "projects", place="水城")}.keys()


def test_3_who_undertakes_what(store: Store) -> None:
    found = {(r["enterprise"], r["project"]) for r in rows(store, "undertakers")}
    assert any(project == "双元铝业技改扩能项目" and "双元铝业" in firm for firm, project in found)
    assert any(project == "威箐焦化异地搬迁技改项目" and "威箐焦化" in firm for firm, project in found)


def test_4_everything_about_a_thing_in_text_order(store: Store) -> None:
    found = rows(store, "statements", name="盘江新光电厂")
    hans = [r for r in found if r["document"].endswith("zh-Hans.txt")]
    assert [int(r["start"]) for r in hans] == sorted(int(r["start"]) for r in hans)
    assert {("StatusChange", "2023"), ("StatusChange", "2024"), ("Commitment", "2024")} <= {
        (r["kind"], r["period"]) for r in hans
    }
    assert all("盘江新光电厂" in r["sentence"] for r in hans)


def test_5_promises_by_area(store: Store) -> None:
    found = rows(store, "promises")
    assert len(found) > 120
    assert any("5G基站" in r["object"] and "2500个" in r["quantities"] for r in found)
    assert {r["area"] for r in rows(store, "promises", area="education")} == {"教育"}


def test_6_estimates_and_ranks(store: Store) -> None:
    estimates = {(r["indicator"], r["value"]) for r in rows(store, "estimates") if r["document"].endswith("Hans.txt")}
    assert ("全员劳动生产率", "10.64万元／人") in estimates
    assert {v for i, v in estimates if "数字经济" in i} == {"35％", "1.3个百分点"}
    ranks = {
        (r["indicator"], r["rank"], r["period"]) for r in rows(store, "ranks") if r["document"].endswith("Hans.txt")
    }
    assert any("商品房销售面积" in i and n == "1" for i, n, _ in ranks)
    assert {(n, y) for i, n, y in ranks if "经济总量" in i} == {("6", "2022"), ("5", "2023")}


def test_7_money_largest_first(store: Store) -> None:
    found = rows(store, "money")
    assert (found[0]["yuan"], found[0]["amount"]) == ("155764000000", "1557.64亿元")
    amounts = [float(r["yuan"]) for r in found]
    assert amounts == sorted(amounts, reverse=True)
    assert {"22.67亿元", "8.58亿元", "1.68亿元", "103亿元"} <= {r["amount"] for r in found}


def test_8_capacity(store: Store) -> None:
    found = {(r["written"], float(r["kilowatts"]), r["status"]) for r in rows(store, "capacity")}
    assert ("940万千瓦", 9_400_000, "actual") in found
    assert ("120万千瓦", 1_200_000, "target") in found
    assert any(w == "2×66万千瓦" and kw == 1_320_000 for w, kw, _ in found)
    places = {r["about"]: r["place"] for r in rows(store, "capacity")}
    assert places["贵州能源水城2×66万千瓦燃煤发电项目"] == "水城区"


def test_9_honours_won_and_sought(store: Store) -> None:
    found = {(r["who"], r["what"], r["honour"]) for r in rows(store, "honours")}
    assert ("六盘水市", "won", "国家食品安全示范城市") in found
    assert ("六盘水市", "sought", "国家园林城市") in found
    assert {who for who, what, honour in found if honour == "生态文明示范区"} == {"水城区", "钟山区"}


def test_10_policies(store: Store) -> None:
    found = {(r["policy"], r["relation"], r["period"]) for r in rows(store, "policies")}
    assert ("国发〔2022〕2号文件", "implements", "2024") in found
    assert any("煤化工产业发展规划" in p and rel == "issued" for p, rel, _ in found)


def test_11_ten_livelihood_items(store: Store) -> None:
    found = rows(store, "livelihood")
    assert {int(r["item"]) for r in found} == set(range(1, 11))
    assert any(r["item"] == "6" and "100公里" in r["figures"] for r in found)
    assert any(r["item"] == "10" and "10条" in r["figures"] for r in found)


def test_12_places(store: Store) -> None:
    found = {r["place"]: int(r["projects"]) for r in rows(store, "places")}
    assert found["水城区"] >= 4
    assert found["六枝特区"] >= 2


def test_12_industries_of_places(store: Store) -> None:
    found = {(r["place"], r["code"]): r for r in rows(store, "industries")}
    water = found["六盘水市", "76"]
    assert (water["industry"], water["facilities"], water["projects"]) == ("水利管理业", "2", "0")
    assert water["names"] == "后箐水库、玉舍水库"
    assert found["水城区", "26"]["zones"] == "1"
    assert {code for place, code in found if place == "水城区"} >= {"26", "44", "53", "59"}
    assert {r["place"] for r in rows(store, "industries", place="水城")} == {"水城区"}
    assert {r["code"] for r in rows(store, "industries", industry="铁路运输业")} == {"53"}
    assert rows(store, "industries", industry="53") == rows(store, "industries", industry="铁路运输业")


def test_13_paths(store: Store) -> None:
    found = rows(store, "paths", **{"from": "水城陡箐储能电站", "to": "水城区"})
    assert (found[0]["steps"], found[0]["path"]) == ("1", "水城陡箐储能电站 — 水城区")


def test_13_paths_of_two_steps_name_what_lies_between(store: Store) -> None:
    found = rows(store, "paths", **{"from": "六枝特区", "to": "水城区"})
    assert found
    assert {r["steps"] for r in found} == {"2"}
    assert all(len(r["path"].split(" — ")) == 3 for r in found)


def test_14_where_the_editions_differ(store: Store) -> None:
    found = rows(store, "edition-differences")
    assert {r["reading"] for r in found if r["reading"]} == {"国", "学"}
    assert any("李巍" in r["otherReading"] for r in found)


def test_15_every_number_is_accounted_for(store: Store) -> None:
    assert [r for r in rows(store, "unaccounted") if r["kind"] == "number"] == []


def test_17_ranking_and_18_inconsistencies_answer(store: Store) -> None:
    found = rows(store, "ranking", indicator="gdp", year="2023")
    assert [(r["place"], r["value"], r["unit"]) for r in found] == [("六盘水市", "1557.64", "亿元")]
    assert all(r["message"] for r in rows(store, "inconsistencies"))


def test_growth_target(store: Store) -> None:
    (found,) = rows(store, "growth-targets")
    assert (found["place"], found["year"], found["low"], found["high"], found["bound"]) == (
        "六盘水市",
        "2024",
        "5.5",
        "",
        "approx",
    )
