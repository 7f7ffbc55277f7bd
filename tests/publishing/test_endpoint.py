"""Asking endpoints that work, and endpoints that fail in every way they do."""

from __future__ import annotations

import base64
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pyoxigraph as ox
import pytest

from kg.asking.formats import render
from kg.asking.table import Table
from kg.errors import EndpointError, UsageError
from kg.publishing import RemoteEndpoint, ask_endpoint
from kg.publishing.endpoint import Credentials

EMPTY = b'{"head":{"vars":["x"]},"results":{"bindings":[]}}'
JSON_TYPE = "application/sparql-results+json"


class Failing(ThreadingHTTPServer):
    """A server that does what the test tells it, and remembers what it was sent."""

    daemon_threads = True

    def __init__(self, behave: Callable[[BaseHTTPRequestHandler], None]) -> None:
        self.seen: list[dict[str, str]] = []
        self.bodies: list[bytes] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                outer.seen.append({name.lower(): value for name, value in self.headers.items()})
                outer.bodies.append(self.rfile.read(int(self.headers.get("Content-Length", 0))))
                behave(self)

            def log_message(self, *_: Any) -> None:
                pass

        super().__init__(("127.0.0.1", 0), Handler)

    def handle_error(self, *_: Any) -> None:
        """Say nothing: clients that hang up are what is tested."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/sparql"


@pytest.fixture
def serve() -> Iterator[Callable[..., Failing]]:
    servers: list[Failing] = []

    def start(behave: Callable[[BaseHTTPRequestHandler], None]) -> Failing:
        server = Failing(behave)
        servers.append(server)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}).start()
        return server

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


Behaviour = Callable[[BaseHTTPRequestHandler], None]


def says(status: int, body: bytes, media: str = "text/plain", **headers: str) -> Behaviour:
    def behave(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        handler.send_header("Content-Type", media)
        handler.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    return behave


def test_every_form_of_query_is_answered_in_the_same_types(endpoint: RemoteEndpoint) -> None:
    endpoint.update(
        "DROP SILENT GRAPH <urn:forms> ; "
        "INSERT DATA { GRAPH <urn:forms> { <urn:六> <urn:p> '水'@zh-Hans , 7 . <urn:b> <urn:p> <urn:六> } }"
    )
    table = endpoint.select("SELECT ?s ?o ?none WHERE { GRAPH <urn:forms> { ?s <urn:p> ?o } } ORDER BY ?s ?o")
    assert isinstance(table, Table)
    assert table.columns == ("s", "o", "none")
    assert len(table.rows) == 3
    assert (ox.NamedNode("urn:b"), ox.NamedNode("urn:六"), None) in table.rows
    assert {row[1].value for row in table.rows if isinstance(row[1], ox.Literal)} == {"水", "7"}
    assert "urn:六" in render(table, "csv")
    assert endpoint.ask("# select\nASK { GRAPH <urn:forms> { <urn:b> ?p ?o } }") is True
    assert endpoint.ask("PREFIX select: <urn:> ASK { GRAPH <urn:none> { ?s ?p ?o } }") is False
    where = "GRAPH <urn:forms> { ?s <urn:p> ?o FILTER(isIRI(?o)) }"
    triples = endpoint.ask(f"CONSTRUCT {{ ?o <urn:q> ?s }} WHERE {{ {where} }}")
    assert triples == (ox.Triple(ox.NamedNode("urn:六"), ox.NamedNode("urn:q"), ox.NamedNode("urn:b")),)
    with pytest.raises(EndpointError) as caught:
        endpoint.ask("SELECT * WHERE {{{")
    assert caught.value.status == 400
    assert caught.value.reason


def test_the_projects_prefixes_need_no_declaring(service_url: str) -> None:
    table = ask_endpoint(service_url, "SELECT ?p WHERE { ?p a bg:Project }")
    assert isinstance(table, Table)
    assert len(table.rows) == 1


def test_a_long_query_is_no_problem(service_url: str) -> None:
    values = " ".join(f"<http://example.org/{number}>" for number in range(20_000))
    table = ask_endpoint(service_url, f"SELECT (COUNT(*) AS ?n) WHERE {{ VALUES ?x {{ {values} }} }}")
    assert isinstance(table, Table)
    assert str(table.rows[0][0]).startswith('"20000"')


def test_errors_name_the_endpoint_the_status_and_the_servers_reason(serve: Callable[..., Failing]) -> None:
    page = b"<!DOCTYPE html><html><head><title>x</title></head><h1>Sorry</h1>\n<p>out of &lt;memory&gt;</p></html>"
    server = serve(says(500, page, "text/html"))
    with pytest.raises(EndpointError) as caught:
        ask_endpoint(server.url, "ASK {}")
    assert (caught.value.endpoint, caught.value.status) == (server.url, 500)
    assert caught.value.reason == "Sorry / out of <memory>"
    assert str(caught.value) == f"{server.url}: status 500: Sorry / out of <memory>"
    assert caught.value.exit_status == 8


@pytest.mark.parametrize(
    ("status", "body", "media", "reason"),
    [
        (401, b"who are you?", "text/plain", "who are you"),
        (404, b"", "text/plain", "Not Found"),
        (429, b"slow\x1b[31m down", "text/plain", "slow  ?.*down"),
        (200, b"<html>login</html>", "text/html", "no SPARQL JSON result"),
        (200, EMPTY[:-5], JSON_TYPE, "no SPARQL JSON result"),
        (200, b"\xff\xfe", JSON_TYPE, "no SPARQL JSON result"),
    ],
)
def test_what_is_no_answer_is_an_error(
    serve: Callable[..., Failing], status: int, body: bytes, media: str, reason: str
) -> None:
    with pytest.raises(EndpointError, match=reason) as caught:
        ask_endpoint(serve(says(status, body, media)).url, "SELECT ?x WHERE {}")
    assert "\x1b" not in str(caught.value)


def test_redirects_are_not_followed(serve: Callable[..., Failing]) -> None:
    other = serve(says(200, EMPTY, JSON_TYPE))
    server = serve(says(307, b"", Location=other.url))
    with pytest.raises(EndpointError, match="has moved to") as caught:
        RemoteEndpoint(server.url, credentials=Credentials(token="secret")).ask("SELECT ?x WHERE {}")
    assert caught.value.status == 307
    assert other.seen == []


def test_a_slow_or_endless_answer_is_given_up(serve: Callable[..., Failing]) -> None:
    ended = threading.Event()

    def silent(handler: BaseHTTPRequestHandler) -> None:
        ended.wait(5)

    def dribbling(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", JSON_TYPE)
        handler.end_headers()
        while not ended.wait(0.05):
            handler.wfile.write(b" ")
            handler.wfile.flush()

    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        while not ended.is_set():
            handler.wfile.write(b" " * 65536)

    try:
        for behave in (silent, dribbling):
            began = time.monotonic()
            with pytest.raises(EndpointError, match=r"within 0\.4 seconds"):
                ask_endpoint(serve(behave).url, "ASK {}", timeout=0.4)
            assert time.monotonic() - began < 2
        with pytest.raises(EndpointError, match="larger than 1000000 bytes"):
            RemoteEndpoint(serve(endless).url, most=1_000_000).ask("ASK {}")
    finally:
        ended.set()


def test_a_broken_connection_is_an_error(serve: Callable[..., Failing]) -> None:
    def cut(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        handler.wfile.write(b"{")

    server = serve(cut)
    with pytest.raises(EndpointError, match=r"broke|no SPARQL JSON"):
        ask_endpoint(server.url, "ASK {}")
    server.shutdown()
    server.server_close()
    with pytest.raises(EndpointError, match="cannot be reached"):
        ask_endpoint(server.url, "ASK {}", timeout=2)


def test_credentials_come_from_the_environment_and_are_never_shown(
    serve: Callable[..., Failing], monkeypatch: pytest.MonkeyPatch
) -> None:
    server = serve(says(403, b"not you"))
    monkeypatch.setenv("KG_ENDPOINT_USER", "李雷")
    monkeypatch.setenv("KG_ENDPOINT_PASSWORD", "geheim")
    basic = "Basic " + base64.b64encode("李雷:geheim".encode()).decode()
    remote = RemoteEndpoint(server.url)
    assert "geheim" not in repr(remote)
    for act in (remote.ask, remote.update):
        with pytest.raises(EndpointError) as caught:
            act("ASK {}")
        assert "geheim" not in str(caught.value)
        assert basic not in str(caught.value)
        assert server.seen[-1]["authorization"] == basic
    monkeypatch.setenv("KG_ENDPOINT_TOKEN", "token-token")
    with pytest.raises(EndpointError):
        RemoteEndpoint(server.url).ask("ASK {}")
    assert server.seen[-1]["authorization"] == "Bearer token-token"
    for name in ("KG_ENDPOINT_TOKEN", "KG_ENDPOINT_USER", "KG_ENDPOINT_PASSWORD"):
        monkeypatch.delenv(name)
    with pytest.raises(EndpointError):
        RemoteEndpoint(server.url).ask("ASK {}")
    assert "authorization" not in server.seen[-1]


@pytest.mark.parametrize("url", ["http://user:secret@example.org/sparql", "http://user@example.org/sparql"])
def test_no_password_in_the_url(url: str) -> None:
    with pytest.raises(UsageError, match="KG_ENDPOINT_PASSWORD") as caught:
        RemoteEndpoint(url)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://example.org/", "sparql", "http://"])
def test_only_http_is_an_endpoint(url: str) -> None:
    with pytest.raises(UsageError, match="no http"):
        RemoteEndpoint(url)
