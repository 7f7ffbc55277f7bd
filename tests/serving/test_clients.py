"""Other people's SPARQL clients against our service."""

from __future__ import annotations

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore, SPARQLUpdateStore
from served import TOKEN, Running

BG = "https://w3id.org/baogao/ns#"


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
@pytest.mark.parametrize("form", ["xml", "json", "csv", "tsv"])
def test_rdflib_reads(service: Running, method: str, form: str) -> None:
    graph = Graph(SPARQLStore(f"{service.url}/sparql", returnFormat=form, method=method))
    rows = list(graph.query("SELECT ?name WHERE { ?p a bg:Project ; skos:prefLabel ?name } ORDER BY ?name"))
    assert {str(row[0]).strip('"') for row in rows} == {"盘州市抽水蓄能电站项目", "盤州市抽水蓄能電站項目"}
    if form in {"xml", "json"}:
        place = URIRef("https://w3id.org/baogao/id/place/520200")
        assert Literal("520200") in set(graph.objects(place, URIRef(BG + "code")))


def test_rdflib_writes(writable: Running) -> None:
    url, headers = f"{writable.url}/sparql", {"Authorization": f"Bearer {TOKEN}"}
    store = SPARQLUpdateStore(url, url, headers=headers, autocommit=True)
    graph = Graph(store, URIRef("http://example.org/rdflib"))
    triple = (URIRef("http://example.org/s"), URIRef("http://example.org/p"), Literal("水", lang="zh-hans"))
    graph.add(triple)
    assert set(graph) == {triple}
    graph.remove(triple)
    assert len(graph) == 0
