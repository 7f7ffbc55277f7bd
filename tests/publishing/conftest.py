"""The servers the publishing tests talk to, each started once."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "serving"))

from served import SAMPLE, TOKEN, make_store, running
from stores import Server, oxigraph, virtuoso

from kg.publishing import RemoteEndpoint
from kg.publishing.endpoint import Credentials
from kg.serving.limits import Limits

BASE = "https://w3id.org/baogao/id/"


@pytest.fixture(scope="session")
def oxigraph_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with oxigraph(tmp_path_factory.mktemp("oxigraph")) as server:
        yield server


@pytest.fixture(scope="session")
def virtuoso_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with virtuoso(tmp_path_factory.mktemp("virtuoso")) as server:
        yield server


@pytest.fixture(scope="session")
def own_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RemoteEndpoint]:
    store = make_store(tmp_path_factory.mktemp("own") / "store")
    with running(store, limits=Limits(workers=1), writable=True, token=TOKEN) as one:
        yield RemoteEndpoint(f"{one.url}/sparql", timeout=30, credentials=Credentials(token=TOKEN))


@pytest.fixture(params=["oxigraph", "virtuoso", "own"])
def endpoint(request: pytest.FixtureRequest) -> RemoteEndpoint:
    """Each of three stores in turn."""
    server = request.getfixturevalue(f"{request.param}_server")
    return server if isinstance(server, RemoteEndpoint) else server.endpoint


AWKWARD = """
<https://w3id.org/baogao/id/graph/awkward> {
  <http://example.org/六盘水> <http://example.org/p> "0.980"^^<http://www.w3.org/2001/XMLSchema#decimal> , 1500.50 ,
    1.0e3 , true , "2024"^^<http://www.w3.org/2001/XMLSchema#gYear> ,
    "2024-01-20"^^<http://www.w3.org/2001/XMLSchema#date> ,
    "六盤水"@zh-Hant , "六盘水"@zh-Hans , "quote \\" backslash \\\\ line\\nbreak\\ttab" , "" , "𠀀😀" ,
    "}; DROP ALL" , 7 , "POINT(104.8 26.6)"^^<http://www.opengis.net/ont/geosparql#wktLiteral> .
  <http://example.org/list> <http://example.org/items> ( <http://example.org/a> [ <http://example.org/name> "无名" ] ) .
}
"""


@pytest.fixture
def sample() -> ox.Store:
    """The sample graph, awkward values, and one graph large enough for several pieces."""
    store = ox.Store()
    store.load(path=str(SAMPLE))
    store.load(AWKWARD, format=ox.RdfFormat.TRIG)
    graph = ox.NamedNode(f"{BASE}graph/large")
    store.extend(
        ox.Quad(
            ox.NamedNode(f"{BASE}n/{number % 700}"),
            ox.NamedNode(f"http://example.org/p{number % 3}"),
            ox.Literal(f"第{number}条", language="zh-Hans"),
            graph,
        )
        for number in range(2200)
    )
    return store


@pytest.fixture(scope="session")
def service_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A read-only service of our own."""
    store = make_store(tmp_path_factory.mktemp("read-only") / "store", SAMPLE)
    with running(store, limits=Limits(workers=1)) as one:
        yield f"{one.url}/sparql"
