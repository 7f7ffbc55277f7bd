"""Finding things in either script, by pinyin and former names; finding sentences; OpenRefine's reconciliation."""

from __future__ import annotations

import json
import shutil
import time
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from served import SAMPLE, TOKEN, Running, make_store, running

from kg.serving.index import key, latin, phrase, pinyin
from kg.serving.limits import Limits


def found(service: Running, query: str, **params: object) -> list[dict[str, Any]]:
    response = service.client.get("/search", params={"q": query, "format": "json", **params})  # type: ignore[arg-type]
    assert response.status_code == 200, response.text
    return list(response.json()["entities"])


@pytest.mark.parametrize(
    ("query", "name", "how"),
    [
        ("六盘水市", "六盘水市", "name"),
        ("六盤水市", "六盘水市", "name"),
        ("六盘水", "六盘水市", "name"),
        ("liupanshui", "六盘水市", "pinyin"),
        ("Liùpánshuǐ Shì", "六盘水市", "pinyin"),
        ("liu2 pan2 shui3 shi4", "六盘水市", "pinyin"),
        ("lpss", "六盘水市", "pinyin initials"),
        ("鄉村建設行動", "乡村建设行动", "name"),
        ("“乡村建设行动”", "乡村建设行动", "name"),
        ("抽水蓄能", "盘州市抽水蓄能电站项目", "part of the name"),
        ("GDP", "地区生产总值", "name"),
        ("地區生產總值", "地区生产总值", "name"),
        ("盘县", "盘县", "name"),
    ],
)
def test_a_thing_is_found_by_every_name_it_has(service: Running, query: str, name: str, how: str) -> None:
    first = found(service, query)[0]
    assert (first["name"], first["how"]) == (name, how)


def test_what_a_thing_is_called_now_and_was_called_before(service: Running) -> None:
    old = [(one["name"], one["how"]) for one in found(service, "盘县")]
    assert old[:2] == [("盘县", "name"), ("盘州市", "former name")]
    assert ("盘县", "later name") in [(one["name"], one["how"]) for one in found(service, "盘州市")]


def test_likeness_is_no_match(service: Running) -> None:
    assert found(service, "六盘山市") == []
    assert found(service, "盘") != []
    assert found(service, "!!!") == []
    assert [one["type"] for one in found(service, "盘州", type="project")] == ["project"]


def test_sentences_are_found_by_words_of_any_length(service: Running) -> None:
    there = {"抽水蓄能": 1, "開工": 1, "站": 1, "开工 甲公司": 1, "电开": 0, "甲公司 水利": 0}
    for query, expected in there.items():
        answer = service.client.get("/search", params={"q": query, "format": "json"}).json()
        assert answer["total_sentences"] == expected, query
    sentence = service.client.get("/search", params={"q": "抽水蓄能", "format": "json"}).json()["sentences"][0]
    assert (sentence["document"], sentence["start"], sentence["end"]) == ("sample.txt", 0, 24)
    page = service.client.get("/search", params={"q": "抽水蓄能"}, headers={"Accept": "text/html"})
    assert "<mark>抽水蓄能</mark>" in page.text


@pytest.mark.parametrize(
    "query", ['"', "*", "NEAR(a b)", "a AND", "名 OR", "-", "(", "t:x", "\x00", "'; DROP TABLE name; --", "𠀀"]
)
def test_no_query_breaks_the_search(service: Running, query: str) -> None:
    assert service.client.get("/search", params={"q": query, "format": "json"}).status_code in (200, 400)
    assert found(service, "六盘水")


def test_words_are_prepared_alike_on_both_sides() -> None:
    assert key("《“十四五”規劃》 ") == key("十四五规划")
    assert key("５Ｇ基站") == "5g基站"
    assert phrase("煤电 5G") == '"煤 电" AND "5g"'
    assert phrase("，。") == ""
    assert pinyin("重庆市") == ("chongqingshi", "cqs")
    assert latin("lǜ xīn") == latin("lü xin") == "lvxin"
    assert latin("盘县") == ""


def test_the_index_is_kept_and_made_anew_for_a_new_build(tmp_path: Path) -> None:
    store = make_store(tmp_path / "store", SAMPLE)
    with running(store, limits=Limits(workers=1)) as one:
        assert found(one, "六盘水")
        kept = list(tmp_path.glob(".store.search-*"))
        assert len(kept) == 1
        other = ox.Store(str(tmp_path / "new"))
        changed = SAMPLE.read_text(encoding="utf-8").replace("盘州市抽水蓄能电站项目", "盘州市风力电站项目")
        other.load(changed, format=ox.RdfFormat.TRIG)
        other.flush()
        del other
        shutil.rmtree(store)
        (tmp_path / "new").rename(store)
        deadline = time.monotonic() + 15
        while not found(one, "风力电站") and time.monotonic() < deadline:
            time.sleep(0.2)
        assert found(one, "风力电站")[0]["name"] == "盘州市风力电站项目"
        assert len(list(tmp_path.glob(".store.search-*"))) == 1
    with running(store, limits=Limits(workers=1)) as one:
        assert found(one, "风力电站")


def test_what_is_written_is_found(tmp_path: Path) -> None:
    store = make_store(tmp_path / "store", SAMPLE)
    with running(store, limits=Limits(workers=1), writable=True, token=TOKEN) as one:
        assert found(one, "新能源") == []
        update = "INSERT DATA { GRAPH <urn:g> { <urn:new> a bg:Project ; skos:prefLabel '新能源项目'@zh-Hans } }"
        headers = {"Authorization": f"Bearer {TOKEN}"}
        assert one.client.post("/sparql", data={"update": update}, headers=headers).status_code == 204
        assert [hit["iri"] for hit in found(one, "新能源")] == ["urn:new"]
    assert [path.name for path in tmp_path.iterdir()] == ["store"]


# ---------------------------------------------------------------------------------------------- reconciliation


def reconcile(service: Running, **queries: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    response = service.client.post("/reconcile", data={"queries": json.dumps(queries)})
    assert response.status_code == 200, response.text
    answer = response.json()
    assert set(answer) == set(queries)
    by_get = service.client.get("/reconcile", params={"queries": json.dumps(queries)}).json()
    assert by_get == answer
    return {name: one["result"] for name, one in answer.items()}


def test_the_manifest_says_what_the_specification_asks(service: Running) -> None:
    response = service.client.get("/reconcile")
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    manifest = response.json()
    assert manifest["versions"] == ["0.2"]
    for name in ("name", "identifierSpace", "schemaSpace"):
        assert isinstance(manifest[name], str)
        assert manifest[name]
    assert "{{id}}" in manifest["view"]["url"]
    assert {"url", "width", "height"} <= set(manifest["preview"])
    assert {"entity", "type", "property"} == set(manifest["suggest"])
    types = {one["id"] for one in manifest["defaultTypes"]}
    assert {"place", "enterprise", "project", "programme", "indicator"} <= types


def test_a_batch_of_queries_is_answered_by_name(service: Running) -> None:
    """The shape of the specification's example (section 4): several queries, with type, limit and properties."""
    answer = reconcile(
        service,
        q0={"query": "六盤水", "type": "place", "limit": 5, "type_strict": "should"},
        q1={"query": "liupanshui", "type": ["place", "project"], "limit": 3},
        q2={"query": "甲公司", "properties": [{"pid": "place", "v": {"id": "place/520200", "name": "六盘水市"}}]},
        q3={"query": "没有这样的名称"},
        q4={"query": "GDP", "type": "indicator"},
        q5={"query": "鄉村建設行動", "type": "programme"},
    )
    first = answer["q0"][0]
    assert (first["id"], first["name"], first["match"]) == ("place/520200", "六盘水市", True)
    assert first["type"] == [{"id": "place", "name": "地点 / Place"}]
    assert isinstance(first["score"], int | float)
    assert answer["q1"][0]["id"] == "place/520200"
    assert answer["q1"][0]["match"] is False  # pinyin is not the name
    assert answer["q2"][0]["match"] is True
    assert answer["q3"] == []
    assert answer["q4"][0]["id"] == "https://w3id.org/baogao/ns/indicator/gdp"
    assert answer["q5"][0]["match"] is True


def test_a_former_name_counts_at_its_date(service: Running) -> None:
    def first(query: str, year: object) -> tuple[str, bool]:
        one = reconcile(service, q={"query": query, "properties": [{"pid": "year", "v": year}]})["q"][0]
        return one["name"], one["match"]

    assert first("盘县", "2016") == ("盘县", True)
    assert first("盘县", "2024") == ("盘州市", False)
    assert first("盘州市", 2024) == ("盘州市", True)
    assert first("盘州市", ["2010年"]) == ("盘县", False)


def test_a_wrong_place_or_code_is_no_match(service: Running) -> None:
    def match(**condition: object) -> bool:
        properties = [{"pid": name, "v": value} for name, value in condition.items()]
        return bool(reconcile(service, q={"query": "盘州市", "properties": properties})["q"][0]["match"])

    assert match(place="六盘水市", code="520281")
    assert match(place="place/520200")
    assert not match(place="贵阳市")
    assert not match(code="520222")


@pytest.mark.parametrize("batch", ["not json", "[]", '{"q": 1}', '{"q": {}}', "[" * 100_000, '{"q": {"query": 7}}'])
def test_bad_batches_are_refused_or_empty(service: Running, batch: str) -> None:
    response = service.client.post("/reconcile", data={"queries": batch})
    assert response.status_code in (200, 400)
    if response.status_code == 200:
        assert response.json()["q"]["result"] == []


def test_too_many_queries_at_once(service: Running) -> None:
    queries = {f"q{number}": {"query": "x"} for number in range(101)}
    assert service.client.post("/reconcile", data={"queries": json.dumps(queries)}).status_code == 413
    assert service.client.post("/reconcile", content="{}").status_code == 415


def test_suggestions_while_typing(service: Running) -> None:
    def suggested(what: str, **params: str) -> list[dict[str, Any]]:
        return list(service.client.get(f"/reconcile/suggest/{what}", params=params).json()["result"])

    assert suggested("entity", prefix="六")[0]["id"] == "place/520200"
    assert suggested("entity", prefix="liup")[0]["name"] == "六盘水市"
    assert suggested("entity", prefix="") == []
    assert {"id", "name", "description", "notable"} <= set(suggested("entity", prefix="甲")[0])
    assert suggested("type", prefix="企")[0]["id"] == "enterprise"
    assert [one["id"] for one in suggested("property", prefix="")] == ["year", "place", "code"]


def test_a_preview_is_shown_in_a_frame(service: Running) -> None:
    preview = service.client.get("/reconcile/preview", params={"id": "project/520281/盘州市抽水蓄能电站项目"})
    assert preview.status_code == 200
    assert "由甲公司承担的<mark>" in preview.text
    assert "frame-ancestors *" in preview.headers["Content-Security-Policy"]
    assert service.client.get("/reconcile/preview", params={"id": "place/0"}).status_code == 404
