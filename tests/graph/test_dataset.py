"""The dataset's own description is what data portals expect (DCAT-AP 3)."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from pyoxigraph import NamedNode
from rdflib import Graph

from kg.asking.ask import ask
from kg.asking.table import Table
from kg.store import open_store

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = Path(os.environ.get("BAOGAO_REFERENCE", ROOT.parent / "shared" / "reference")) / "dcat-ap"
DATASET = NamedNode("https://w3id.org/baogao/id/graph/dataset")


@pytest.fixture(scope="module")
def described(seed_store: Path) -> Graph:
    graph = Graph()
    lines = [
        f"{q.subject} {q.predicate} {q.object} ."
        for q in open_store(seed_store).quads_for_pattern(None, None, None, DATASET)
    ]
    return graph.parse(data="\n".join(lines), format="nt")


@pytest.mark.skipif(not REFERENCE.is_dir(), reason="the DCAT-AP 3.0.1 shapes are not here (set BAOGAO_REFERENCE)")
def test_dcat_ap_shapes_hold(described: Graph) -> None:
    import pyshacl

    shapes = Graph().parse(REFERENCE / "shapes.ttl")
    conforms, _, text = pyshacl.validate(described, shacl_graph=shapes, inference="none")
    assert conforms, text


@pytest.mark.skipif(not REFERENCE.is_dir(), reason="the DCAT-AP 3.0.1 shapes are not here (set BAOGAO_REFERENCE)")
def test_what_dcat_ap_recommends_is_there_but_the_kind_of_publisher(described: Graph) -> None:
    import pyshacl

    shapes = Graph().parse(REFERENCE / "shapes_recommended.ttl")
    _, report, text = pyshacl.validate(described, shacl_graph=shapes, inference="none")
    paths = {(str(n), str(p)) for n, p in report.query("SELECT ?n ?p WHERE { ?r sh:focusNode ?n ; sh:resultPath ?p }")}
    assert paths <= {("https://w3id.org/baogao", "http://purl.org/dc/terms/type")}, text


def test_what_dcat_ap_demands_is_there(described: Graph) -> None:
    """The mandatory properties of DCAT-AP 3.0.1, without its shapes at hand."""
    demanded = {
        "dcat:Catalog": ["dcterms:title", "dcterms:description", "dcterms:publisher"],
        "dcat:Dataset": ["dcterms:title", "dcterms:description"],
        "dcat:Distribution": ["dcat:accessURL"],
        "dcat:DataService": ["dcat:endpointURL", "dcterms:title"],
        "foaf:Agent": ["foaf:name"],
    }
    for cls, properties in demanded.items():
        assert described.query(f"ASK {{ ?x a {cls} }}").askAnswer, cls
        for p in properties:
            assert not described.query(f"ASK {{ ?x a {cls} FILTER NOT EXISTS {{ ?x {p} ?y }} }}").askAnswer, (cls, p)


def test_void_counts_what_is_there(seed_store: Path) -> None:
    store = open_store(seed_store)
    answer = ask(store, "SELECT ?n WHERE { ?p void:class bg:Commitment ; void:entities ?n }")
    counted = ask(store, "SELECT (COUNT(DISTINCT ?c) AS ?n) WHERE { ?c a bg:Commitment }")
    assert isinstance(answer, Table)
    assert isinstance(counted, Table)
    assert answer.rows == counted.rows
