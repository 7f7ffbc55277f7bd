"""Publishing to real stores and back, and servers that are killed in the middle of it."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest
from conftest import BASE
from stores import Server

from kg.errors import EndpointError, StoreError, UsageError
from kg.publishing import RemoteEndpoint, pull, push
from kg.publishing.content import content_hash
from kg.publishing.manifest import read_register
from kg.publishing.push import STAGING
from kg.store import open_store

LARGE = f"{BASE}graph/large"


def contents(store: ox.Store) -> dict[str, str]:
    return {
        graph.value: content_hash(quad.triple for quad in store.quads_for_pattern(None, None, None, graph))
        for graph in store.named_graphs()
        if isinstance(graph, ox.NamedNode)
    }


def test_what_is_pushed_comes_back_the_same(endpoint: RemoteEndpoint, sample: ox.Store, tmp_path: Path) -> None:
    done = push(sample, endpoint, BASE)
    assert done.graphs == len(contents(sample))
    assert done.sent > done.graphs  # the large one went in pieces
    back = pull(endpoint, tmp_path / "store", BASE)
    store = open_store(tmp_path / "store")
    assert contents(store) == contents(sample)
    assert sum(back.values()) == len(store)
    nothing_left = f"SELECT ?g WHERE {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?g), '{STAGING}')) }}"
    assert endpoint.select(nothing_left).rows == ()
    # pushing again changes nothing; a changed store changes what it must
    assert push(sample, endpoint, BASE).changed == 0
    sample.remove_graph(ox.NamedNode(f"{BASE}graph/awkward"))
    sample.add(ox.Quad(ox.NamedNode(f"{BASE}x"), ox.NamedNode(f"{BASE}y"), ox.Literal("新"), ox.NamedNode(LARGE)))
    again = push(sample, endpoint, BASE)
    assert (again.changed, again.removed) == (1, 1)
    assert endpoint.count(f"{BASE}graph/awkward") == 0
    assert endpoint.count(LARGE) == 2201
    assert set(read_register(endpoint, BASE)) == set(contents(sample))


def test_content_that_comes_back_changed_is_not_published(
    oxigraph_server: Server, sample: ox.Store, tmp_path: Path
) -> None:
    endpoint = oxigraph_server.endpoint
    push(sample, endpoint, BASE)
    sample.add(ox.Quad(ox.NamedNode(f"{BASE}x"), ox.NamedNode(f"{BASE}y"), ox.Literal("新"), ox.NamedNode(LARGE)))
    meddled = False

    def progress(what: str, done: int, of: int) -> None:
        nonlocal meddled
        if what == "sending" and done == of and not meddled:
            meddled = True
            rows = endpoint.select(f"SELECT DISTINCT ?g WHERE {{ GRAPH ?g {{ <{BASE}x> ?p ?o }} }}").rows
            staging = next(row[0].value for row in rows if row[0] is not None and row[0].value.startswith(STAGING))
            endpoint.update(f"INSERT DATA {{ GRAPH <{staging}> {{ <{BASE}evil> <{BASE}y> 1 }} }}")

    with pytest.raises(EndpointError, match="other content than was sent"):
        push(sample, endpoint, BASE, progress=progress)
    assert meddled
    assert endpoint.count(LARGE) == 2200  # as before
    assert push(sample, endpoint, BASE).changed == 1
    assert endpoint.count(LARGE) == 2201


def test_a_pull_of_changed_content_leaves_the_store_alone(
    oxigraph_server: Server, sample: ox.Store, tmp_path: Path
) -> None:
    endpoint = oxigraph_server.endpoint
    push(sample, endpoint, BASE, whole=True)
    pull(endpoint, tmp_path / "store", BASE)
    before = contents(open_store(tmp_path / "store"))
    endpoint.update(f"INSERT DATA {{ GRAPH <{LARGE}> {{ <{BASE}evil> <{BASE}y> 1 }} }}")
    with pytest.raises(EndpointError, match="not what was published"):
        pull(endpoint, tmp_path / "store", BASE)
    assert contents(open_store(tmp_path / "store")) == before
    endpoint.update(f"DELETE DATA {{ GRAPH <{LARGE}> {{ <{BASE}evil> <{BASE}y> 1 }} }}")


def test_single_graphs_can_be_pulled_into_a_store(oxigraph_server: Server, sample: ox.Store, tmp_path: Path) -> None:
    endpoint = oxigraph_server.endpoint
    push(sample, endpoint, BASE)
    places = f"{BASE}graph/places"
    assert set(pull(endpoint, tmp_path / "store", BASE, graphs=[places])) == {places}
    pull(endpoint, tmp_path / "store", BASE, graphs=[LARGE])
    assert set(contents(open_store(tmp_path / "store"))) == {places, LARGE}
    with pytest.raises(EndpointError, match="there is no graph"):
        pull(endpoint, tmp_path / "store", BASE, graphs=[f"{BASE}graph/none"])


def test_there_must_be_something_to_push_and_to_pull(oxigraph_server: Server, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no graph to publish"):
        push(ox.Store(), oxigraph_server.endpoint, BASE)
    with pytest.raises(EndpointError, match="no graph was pushed there"):
        pull(oxigraph_server.endpoint, tmp_path / "store", "http://example.org/another/base/")
    with pytest.raises(StoreError):
        open_store(tmp_path / "store")


@pytest.mark.parametrize("kind", ["oxigraph", "virtuoso"])
def test_a_server_killed_in_the_middle_keeps_the_old_graph(
    kind: str, request: pytest.FixtureRequest, sample: ox.Store, tmp_path: Path
) -> None:
    server: Server = request.getfixturevalue(f"{kind}_server")
    old = ox.Store()
    old.add(ox.Quad(ox.NamedNode(f"{BASE}old"), ox.NamedNode(f"{BASE}p"), ox.Literal("旧"), ox.NamedNode(LARGE)))
    push(old, server.endpoint, BASE)
    published = read_register(server.endpoint, BASE)

    def progress(what: str, done: int, of: int) -> None:
        if what == "sending" and done == of - 2:
            server.kill()

    with pytest.raises(EndpointError, match="the published graphs are as they were; push again") as caught:
        push(sample, server.endpoint, BASE, progress=progress)
    assert caught.value.endpoint == server.query_url
    server.start()
    assert server.endpoint.count(LARGE) == 1
    assert read_register(server.endpoint, BASE) == published
    done = push(sample, server.endpoint, BASE)
    assert done.found > 0  # it went on where it was
    assert server.endpoint.count(LARGE) == 2200
    pull(server.endpoint, tmp_path / "store", BASE)
    assert contents(open_store(tmp_path / "store")) == contents(sample)


class Lossy(ThreadingHTTPServer):
    """A proxy that loses the one request that replaces the graphs: on its way there, or on its way back."""

    daemon_threads = True

    def __init__(self, server: Server, reaches: bool) -> None:
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                lost = b"MOVE" in body
                if lost and not reaches:
                    return
                target = server.update_url if self.path == "/update" else server.query_url
                headers = {name: self.headers[name] for name in ("Content-Type", "Accept")}
                answer = httpx.post(target, content=body, headers=headers, timeout=30)
                if lost:
                    return
                self.send_response(answer.status_code)
                self.send_header("Content-Type", answer.headers.get("Content-Type", "text/plain"))
                self.send_header("Content-Length", str(len(answer.content)))
                self.end_headers()
                self.wfile.write(answer.content)

            def log_message(self, *_: object) -> None:
                pass

        super().__init__(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}).start()


@pytest.mark.parametrize("reaches", [True, False])
def test_an_answer_lost_at_the_last_step_is_looked_up(oxigraph_server: Server, sample: ox.Store, reaches: bool) -> None:
    place = ox.NamedNode(LARGE)
    sample.add(ox.Quad(ox.NamedNode(f"{BASE}x"), ox.NamedNode(f"{BASE}y"), ox.Literal(f"{reaches}"), place))
    push(sample, oxigraph_server.endpoint, BASE)
    before = read_register(oxigraph_server.endpoint, BASE)
    sample.add(ox.Quad(ox.NamedNode(f"{BASE}x"), ox.NamedNode(f"{BASE}y"), ox.Literal(f"more {reaches}"), place))
    proxy = Lossy(oxigraph_server, reaches)
    url = f"http://127.0.0.1:{proxy.server_address[1]}"
    try:
        endpoint = RemoteEndpoint(f"{url}/query", f"{url}/update", timeout=30, attempts=1)
        if reaches:
            assert push(sample, endpoint, BASE).changed == 1
            assert endpoint.count(LARGE) == 2202
        else:
            with pytest.raises(EndpointError, match="the published graphs are as they were"):
                push(sample, endpoint, BASE)
            assert read_register(endpoint, BASE) == before
            assert endpoint.count(LARGE) == 2201
    finally:
        proxy.shutdown()
        proxy.server_close()


def test_an_endpoint_without_updates_says_so(service_url: str, sample: ox.Store) -> None:
    with pytest.raises(EndpointError, match="read-only") as caught:
        push(sample, RemoteEndpoint(service_url), BASE)
    assert caught.value.status == 403
