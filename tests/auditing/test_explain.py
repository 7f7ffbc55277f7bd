"""``kg explain`` tells of a thing what the store holds of it, with quotes, by any of its names."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from program import run_kg
from pyoxigraph import Store

from kg.auditing.explain import explain, find
from kg.errors import BaogaoError
from kg.store import open_store

BASE = "https://w3id.org/baogao/id/"
SEED = Path(__file__).parents[2] / "seeds" / "liupanshui-2024.zh-Hans.txt"


@pytest.fixture(scope="module")
def store(seed_store: Path) -> Store:
    return open_store(seed_store)


@pytest.mark.parametrize("name", ["六盘水市", "六盤水市", "六盘水", "凉都", BASE + "place/520200"])
def test_a_thing_is_found_by_any_of_its_names(store: Store, name: str) -> None:
    assert find(store, name) == (BASE + "place/520200",)


def test_what_a_thing_is_called_comes_before_what_else_it_is_called(store: Store) -> None:
    names = explain(store, BASE + "place/520200").names
    assert names[:2] == ("六盘水市", "六盤水市")
    assert {"凉都", "涼都", "全市"} <= set(names[2:])
    assert len(names) == len(set(names))


def test_every_statement_has_its_words_in_the_text(store: Store) -> None:
    text = SEED.read_text(encoding="utf-8")
    statements = explain(store, BASE + "place/520200").statements
    places = [p for s in statements for p in s.places if p.document == SEED.name]
    assert len(places) > 100
    assert [p for p in places if text[p.start : p.end] != p.quote] == []
    assert all(s.rule and s.reason for s in statements)


def test_what_the_store_does_not_know_is_told(store: Store, seed_store: Path) -> None:
    assert find(store, "并无此物") == ()
    with pytest.raises(BaogaoError, match="says nothing of"):
        explain(store, BASE + "place/999999")
    done = run_kg("explain", "并无此物", store=seed_store)
    assert (done.returncode, done.stdout) == (1, "")
    assert "并无此物" in done.stderr


def test_as_json_it_says_the_same(store: Store, seed_store: Path) -> None:
    done = run_kg("explain", "凉都", "--format", "json", store=seed_store)
    (told,) = json.loads(done.stdout)
    assert told["iri"] == BASE + "place/520200"
    assert len(told["statements"]) == len(explain(store, told["iri"]).statements)
