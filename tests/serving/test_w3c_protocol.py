"""The W3C test manifests of the SPARQL 1.1 Protocol and the Graph Store Protocol, every entry, against a served store.

The manifests are the W3C's and not part of this project: they are looked for in ``$BAOGAO_REFERENCE``, else in
``../shared/reference`` beside the project. ``test_protocol.py`` covers the same ground without them.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest
from served import TOKEN, Running, running

from kg.serving.limits import Limits

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = Path(os.environ.get("BAOGAO_REFERENCE") or ROOT.parent / "shared" / "reference") / "sparql11-protocol"

MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
HT = "http://www.w3.org/2011/http#"
HTS = "http://www.w3.org/2011/http-statusCodes#"
CNT = "http://www.w3.org/2011/content#"
UT = "http://www.w3.org/2009/sparql/tests/test-update#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
BASE = "http://example.org/manifests/"

TABLES = {"application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values"}
GRAPHS = {"text/turtle", "application/rdf+xml", "application/n-triples"}
STATUS = {"Created": 201, "OK": 200, "NoContent": 204, "NotFound": 404}

Node = ox.NamedNode | ox.BlankNode | ox.Literal


class Manifest:
    """A manifest's graph, walked by property."""

    def __init__(self, path: Path) -> None:
        self.store = ox.Store()
        self.store.load(path=str(path), format=ox.RdfFormat.TURTLE, base_iri=BASE + path.name)

    def all(self, node: Node, iri: str) -> list[Node]:
        return [quad.object for quad in self.store.quads_for_pattern(node, ox.NamedNode(iri), None)]  # type: ignore[arg-type, misc]

    def one(self, node: Node, iri: str) -> Node | None:
        return next(iter(self.all(node, iri)), None)

    def list(self, node: Node | None) -> Iterator[Node]:
        while node is not None and node != ox.NamedNode(RDF + "nil"):
            first = self.one(node, RDF + "first")
            assert first is not None
            yield first
            node = self.one(node, RDF + "rest")

    def entries(self) -> list[Node]:
        lists = [quad.object for quad in self.store.quads_for_pattern(None, ox.NamedNode(MF + "entries"), None)]
        listed = [entry for found in lists for entry in self.list(found)]  # type: ignore[arg-type]
        kind = ox.NamedNode(MF + "GraphStoreProtocolTest")  # one of these is defined and not listed
        typed = self.store.quads_for_pattern(None, ox.NamedNode(RDF + "type"), kind)
        return sorted({*listed, *(quad.subject for quad in typed)}, key=str)  # type: ignore[arg-type]


def entries(file: str) -> list[object]:
    path = REFERENCE / file
    if not path.is_file():
        why = f"no W3C manifest at {path}; set BAOGAO_REFERENCE to the folder that holds sparql11-protocol"
        return [pytest.param(None, None, marks=pytest.mark.skip(reason=why), id=file)]
    manifest = Manifest(path)
    return [pytest.param(manifest, entry, id=entry.value.rpartition("#")[2]) for entry in manifest.entries()]  # type: ignore[union-attr]


@pytest.fixture(scope="module")
def read_only(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    path = tmp_path_factory.mktemp("w3c") / "store"
    store = ox.Store(str(path))
    manifest = Manifest(REFERENCE / "manifest.ttl")
    for quad in manifest.store.quads_for_pattern(None, ox.NamedNode(UT + "graphData"), None):
        file, name = manifest.one(quad.object, UT + "graph"), manifest.one(quad.object, RDFS + "label")  # type: ignore[arg-type]
        assert file is not None
        assert name is not None
        data = (REFERENCE / file.value.rpartition("/")[2]).read_bytes()
        store.load(data, format=ox.RdfFormat.N_TRIPLES, to_graph=ox.NamedNode(name.value))
    store.flush()
    del store
    with running(path, limits=Limits(workers=2)) as one:
        yield one


def send(manifest: Manifest, request: Node, client: httpx.Client, token: str) -> httpx.Response:
    def text(node: Node | None, iri: str) -> str:
        value = manifest.one(node, iri) if node is not None else None
        return value.value if value is not None else ""

    headers = [
        (text(header, HT + "fieldName"), text(header, HT + "fieldValue"))
        for header in manifest.list(manifest.one(request, HT + "headers"))
    ]
    body = manifest.one(request, HT + "body")
    content = text(body, CNT + "chars").encode(text(body, CNT + "characterEncoding")) if body is not None else None
    path = text(request, HT + "absolutePath").replace("/gsp", "/store", 1)
    if token:
        headers.append(("Authorization", f"Bearer {token}"))
    return client.request(text(request, HT + "methodName"), path, content=content, headers=headers)


def check_status(manifest: Manifest, expected: Node, response: httpx.Response) -> None:
    wanted = [node.value.removeprefix(HTS) for node in manifest.all(expected, MF + "expectedStatus")]
    assert wanted
    fits = [
        response.status_code == STATUS[name] if name in STATUS else f"{response.status_code}"[0] == name[-3]
        for name in wanted
    ]
    assert any(fits), (response.status_code, wanted, response.text)


@pytest.mark.parametrize(("manifest", "entry"), entries("manifest.ttl"))
def test_protocol(manifest: Manifest, entry: Node, request: pytest.FixtureRequest) -> None:
    """Queries go to a read-only service, updates to a writable one with its token."""
    updates = "update" in entry.value
    service: Running = request.getfixturevalue("writable" if updates else "read_only")
    action = manifest.one(entry, MF + "action")
    assert action is not None
    for step in manifest.list(manifest.one(action, HT + "requests")):
        response = send(manifest, step, service.client, TOKEN if updates else "")
        expected = manifest.one(step, HT + "resp")
        assert expected is not None
        check_status(manifest, expected, response)
        media = response.headers.get("Content-Type", "").partition(";")[0]
        form = manifest.one(expected, MF + "expectedFormat")
        if form is not None:
            assert media in {"boolean": TABLES, "tabular": TABLES, "RDF": GRAPHS}[form.value]
        truth = manifest.one(expected, MF + "expectedBoolean")
        if truth is not None:
            assert response.json()["boolean"] is (truth.value == "true")


@pytest.mark.parametrize(("manifest", "entry"), entries("gsp-manifest-direct.ttl"))
def test_graph_store_protocol(manifest: Manifest, entry: Node, writable: Running) -> None:
    writable.client.post("/sparql", data={"update": "CLEAR ALL"}, headers={"Authorization": f"Bearer {TOKEN}"})
    for number in (1, 2, 4):
        where = f"/store/person/{number}.ttl"
        writable.client.delete(where, headers={"Authorization": f"Bearer {TOKEN}"})
    action = manifest.one(entry, MF + "action")
    assert action is not None
    for step in manifest.list(manifest.one(action, HT + "requests")):
        response = send(manifest, step, writable.client, TOKEN)
        expected = manifest.one(step, HT + "resp")
        assert expected is not None
        check_status(manifest, expected, response)
        for header in manifest.list(manifest.one(expected, HT + "headers")):
            name, value = manifest.one(header, HT + "fieldName"), manifest.one(header, HT + "fieldValue")
            assert name is not None
            assert value is not None
            assert response.headers[name.value] == value.value
        body = manifest.one(expected, HT + "body")
        if body is not None:
            chars = manifest.one(body, CNT + "chars")
            assert chars is not None
            assert canonical(response.content) == canonical(chars.value.encode())


def canonical(turtle: bytes) -> set[str]:
    dataset = ox.Dataset(ox.parse(turtle, format=ox.RdfFormat.TURTLE))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return {str(quad) for quad in dataset}
