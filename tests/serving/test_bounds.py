"""What one client can do to the others, and to the machine: nothing."""

from __future__ import annotations

import contextlib
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import psutil
import pyoxigraph as ox
import pytest
from served import SAMPLE, TOKEN, Running, make_store, running

from kg.serving.limits import Limits

E = "http://example.org/"
PRODUCT = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n1 ?o FILTER(?a != ?o) }"
PATH = f"SELECT (COUNT(*) AS ?n) {{ ?a (<{E}next>|^<{E}next>|!<{E}no>)* ?b . ?c (<{E}next>|!<{E}no>)* ?d }}"
LONG_UPDATE = f"INSERT {{ GRAPH <{E}out> {{ ?a ?b ?f }} }} WHERE {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }}"
BIG = "SELECT * { ?a ?b ?c . ?d ?e ?f }"


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store in which runaway queries run away: a ring of 2,000 nodes with shortcuts."""
    path = tmp_path_factory.mktemp("chain") / "store"
    store = ox.Store(str(path))
    node = [ox.NamedNode(f"{E}{number}") for number in range(2000)]
    steps = [(number, (number + step) % 2000) for number in range(2000) for step in (1, 7)]
    store.extend(ox.Quad(node[a], ox.NamedNode(f"{E}next"), node[b]) for a, b in steps)
    store.flush()
    del store
    return path


@pytest.fixture(scope="module")
def bounded(chain: Path) -> Iterator[Running]:
    limits = Limits(
        query_seconds=1, slow_after=0.15, crowded_after=0.3, workers=2, slow_workers=1, result_bytes=2_000_000, body_bytes=100_000,
        header_seconds=0.5, body_seconds=0.5, stall_seconds=0.5, idle_seconds=1, connections=60, waiting=20,
        memory_bytes=300 * 1024 * 1024,
    )  # fmt: skip
    with running(chain, limits=limits) as one:
        yield one


def alive(service: Running) -> bool:
    """Whether it answers a question, once it has dealt with those that wait (it says 503 while too many do)."""
    give_up = time.monotonic() + 10
    while True:
        response = service.ask("ASK { ?s ?p ?o }")
        if response.status_code != 503 or time.monotonic() > give_up:
            return response.status_code == 200 and response.json()["boolean"] is True
        time.sleep(0.1)


@pytest.mark.parametrize("query", [PRODUCT, PATH], ids=["product", "path"])
def test_a_runaway_query_is_stopped_and_says_so(bounded: Running, query: str) -> None:
    began = time.monotonic()
    response = bounded.ask(query)
    took = time.monotonic() - began
    assert response.status_code == 503
    assert "stopped after 1 seconds" in response.text
    assert 0.9 < took < 4
    assert alive(bounded)


def test_others_go_on_while_queries_run_away(bounded: Running) -> None:
    with ThreadPoolExecutor(8) as threads:
        runaways = [threads.submit(bounded.ask, PRODUCT) for _ in range(3)]
        time.sleep(0.3)
        slowest = 0.0
        while not all(one.done() for one in runaways):
            began = time.monotonic()
            assert alive(bounded)
            slowest = max(slowest, time.monotonic() - began)
        assert slowest < 0.9  # less than a runaway's own time
        assert {one.result().status_code for one in runaways} == {503}


def test_a_stopped_query_uses_no_processor_any_more(bounded: Running) -> None:
    bounded.ask(PRODUCT)
    time.sleep(0.3)
    workers = [child for child in psutil.Process().children() if "kg.serving.worker" in " ".join(child.cmdline())]
    before = sum(sum(worker.cpu_times()[:2]) for worker in workers if worker.is_running())
    time.sleep(0.2)
    after = sum(sum(worker.cpu_times()[:2]) for worker in workers if worker.is_running())
    assert after - before < 0.1


def test_a_client_may_ask_for_less_time_not_for_more(bounded: Running) -> None:
    params = {"query": PRODUCT, "timeout": "0.2"}
    began = time.monotonic()
    assert "stopped after 0.2 seconds" in bounded.client.get("/sparql", params=params).text
    assert time.monotonic() - began < 0.9
    assert "stopped after 1 seconds" in bounded.client.get("/sparql", params={**params, "timeout": "60"}).text
    for wrong in ("0", "-1", "nan", "x", "inf"):
        assert bounded.client.get("/sparql", params={**params, "timeout": wrong}).status_code == 400


def test_a_result_past_its_size_is_refused_with_a_reason(bounded: Running) -> None:
    response = bounded.ask(BIG)
    assert response.status_code == 400
    assert "larger than 2000000 bytes" in response.text
    assert alive(bounded)


def test_a_query_past_its_memory_is_stopped(chain: Path) -> None:
    limits = Limits(query_seconds=20, workers=1, memory_bytes=150 * 1024 * 1024, slow_after=30)
    with running(chain, limits=limits) as one:
        response = one.ask("SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f ?a")
        assert response.status_code == 503
        assert "memory" in response.text
        assert alive(one)


def test_an_update_past_its_time_writes_nothing(tmp_path: Path, chain: Path) -> None:
    shutil.copytree(chain, tmp_path / "store")
    with running(tmp_path / "store", limits=Limits(query_seconds=1, workers=1), writable=True, token=TOKEN) as one:
        headers = {"Authorization": f"Bearer {TOKEN}"}
        response = one.client.post("/sparql", data={"update": LONG_UPDATE}, headers=headers)
        assert response.status_code == 503
        assert "nothing was written" in response.text
        assert not one.ask(f"ASK {{ GRAPH <{E}out> {{ ?s ?p ?o }} }}").json()["boolean"]
        small = f"INSERT DATA {{ GRAPH <{E}out> {{ <{E}s> <{E}p> 1 }} }}"
        assert one.client.post("/sparql", data={"update": small}, headers=headers).status_code == 204
        assert one.ask(f"ASK {{ GRAPH <{E}out> {{ ?s ?p ?o }} }}").json()["boolean"]
    assert [path.name for path in tmp_path.iterdir()] == ["store"]  # no snapshot is left behind


def test_only_so_many_may_wait(chain: Path) -> None:
    limits = Limits(query_seconds=0.8, slow_after=10, workers=1, waiting=2)
    with running(chain, limits=limits) as one, ThreadPoolExecutor(6) as threads:
        asked = [threads.submit(one.ask, PRODUCT + f" # {number}") for number in range(6)]
        refused = [answer.result() for answer in asked if "waiting" in answer.result().text]
        assert len(refused) >= 3
        assert all(answer.status_code == 503 and answer.headers["Retry-After"] for answer in refused)


def test_nobody_waits_for_ever(chain: Path) -> None:
    with running(chain, limits=Limits(query_seconds=1, slow_after=10, workers=1, queue_seconds=0.2)) as one:
        with ThreadPoolExecutor(1) as threads:
            first = threads.submit(one.ask, PRODUCT)
            time.sleep(0.2)
            late = one.ask("ASK {}")
            assert late.status_code == 503
            assert "no worker became free" in late.text
            first.result()
        time.sleep(1)  # for the worker in the place of the one that was stopped
        assert alive(one)


def test_a_client_that_leaves_takes_its_query_with_it(chain: Path) -> None:
    with running(chain, limits=Limits(query_seconds=30, slow_after=0.3, workers=1, slow_workers=1)) as one:
        with one.connect() as connection:
            connection.sendall(f"GET /sparql?query={PRODUCT.replace(' ', '%20')} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            time.sleep(0.2)
            assert one.client.get("/healthz").json()["running"] >= 0
        deadline = time.monotonic() + 15
        while time.monotonic() < deadline:
            state = one.client.get("/healthz").json()
            if state.get("slow") == 0 and state.get("running") == 0:
                break
            time.sleep(0.1)
        assert state["slow"] == 0
        assert state["running"] == 0


# ----------------------------------------------------------------------------------------------- clients that misbehave


@pytest.mark.parametrize("declared", [True, False], ids=["declared", "chunked"])
def test_a_body_past_its_size_is_refused(bounded: Running, declared: bool) -> None:
    body = b"x" * 300_000
    content = body if declared else (body[start : start + 50_000] for start in range(0, len(body), 50_000))
    headers = {"Content-Type": "application/sparql-query"}
    response = bounded.client.post("/sparql", content=content, headers=headers)
    assert response.status_code == 413
    assert alive(bounded)


def raw(service: Running, data: bytes, wait: float = 3.0) -> bytes:
    """What comes back for these bytes, until the other side closes."""
    got = b""
    with service.connect() as connection:
        connection.settimeout(wait)
        with contextlib.suppress(TimeoutError, ConnectionError):
            connection.sendall(data)
            while part := connection.recv(65536):
                got += part
    return got


@pytest.mark.parametrize(
    "data",
    [
        b"GET /sparql?query=%FF%FE HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        b"GET /%C0%AE%C0%AE/etc/passwd HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        b"GET /sparql?query=\xff HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(200),
        b"GET / HTTP/x.y\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"GET /sparql HTTP/1.1\r\n" + b"X: y\r\n" * 100_000 + b"\r\n",
        b"GET /sparql?query=" + b"A" * 200_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
    ],
    ids=["utf-8", "overlong", "raw-bytes", "tls", "version", "length", "chunk", "header-flood", "long-line"],
)
def test_what_is_no_proper_request_gets_an_error(bounded: Running, data: bytes) -> None:
    got = raw(bounded, data)
    assert got == b"" or got.startswith(b"HTTP/1.1 4"), got[:200]
    assert b"Traceback" not in got
    assert alive(bounded)


@pytest.mark.parametrize("part", [b"", b"GET /sparql HTT", b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: "])
def test_a_head_that_never_ends_is_cut(bounded: Running, part: bytes) -> None:
    with bounded.connect() as connection:
        connection.sendall(part)
        connection.settimeout(3)
        began = time.monotonic()
        with contextlib.suppress(ConnectionError):
            assert connection.recv(10) == b""
        assert time.monotonic() - began < 2


def test_a_body_that_never_comes_is_given_up(bounded: Running) -> None:
    kind = b"Content-Type: application/sparql-query\r\nContent-Length: 100\r\n"
    head = b"POST /sparql HTTP/1.1\r\nHost: x\r\n" + kind + b"\r\nASK"
    assert raw(bounded, head).startswith(b"HTTP/1.1 408")
    assert alive(bounded)


def test_half_closed_and_reset_connections_do_no_harm(bounded: Running) -> None:
    request = b"GET /sparql?query=ASK%20%7B%7D HTTP/1.1\r\nHost: x\r\n\r\n"
    for _ in range(20):
        with bounded.connect() as connection:
            connection.sendall(request)
            connection.shutdown(socket.SHUT_WR)
        with bounded.connect() as connection:
            connection.sendall(request[:30])
            connection.shutdown(socket.SHUT_WR)
        with bounded.connect() as connection:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
            connection.sendall(request)
    assert alive(bounded)


def test_slow_readers_hold_no_worker_and_are_cut(bounded: Running) -> None:
    query = "SELECT ?a ?c { ?a ?b ?c } LIMIT 4000".replace(" ", "%20")
    readers = []
    for _ in range(10):
        connection = socket.socket()
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        connection.connect((bounded.host, bounded.port))
        connection.sendall(f"GET /sparql?query={query}%23{len(readers)} HTTP/1.1\r\nHost: x\r\n\r\n".encode() * 8)
        readers.append(connection)
    deadline = time.monotonic() + 5
    while bounded.client.get("/healthz").json()["running"] and time.monotonic() < deadline:
        time.sleep(0.05)
    assert bounded.client.get("/healthz").json()["running"] == 0
    time.sleep(0.7)
    for connection in readers:
        connection.settimeout(2)
        with contextlib.suppress(ConnectionError):
            while connection.recv(1 << 20):
                pass
        connection.close()
    assert alive(bounded)


def test_more_connections_than_allowed_are_turned_away_not_served_badly(bounded: Running) -> None:
    held = []
    try:
        for _ in range(70):
            held.append(bounded.connect())
        got = raw(bounded, b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 2)
        assert got.startswith(b"HTTP/1.1 503")
    finally:
        for connection in held:
            connection.close()
    time.sleep(0.3)
    assert alive(bounded)


def test_many_clients_at_once_all_get_their_answer(sample_store: Path) -> None:
    with running(sample_store, limits=Limits(workers=2)) as one:
        wrong: list[object] = []

        def client(number: int) -> None:
            with httpx.Client(base_url=one.url, timeout=30) as session:
                for step in range(4):
                    query = f"SELECT ({number * 100 + step} AS ?x) {{ ?s a bg:Project }}"
                    got = session.get("/sparql", params={"query": query, "format": "csv"})
                    if got.text != f"x\r\n{number * 100 + step}\r\n":
                        wrong.append(got.text)

        threads = [threading.Thread(target=client, args=(number,)) for number in range(30)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert not wrong


def test_the_same_question_asked_by_many_at_once_is_answered_once(chain: Path) -> None:
    """One worker and no queue: whoever came second would be turned away if the question were asked again for each."""
    slow = 'SELECT (COUNT(*) AS ?n) { ?a ?p ?b . ?c ?q ?d . FILTER(STRENDS(STR(?a), "00") && ?a != ?d) }'
    with running(chain, limits=Limits(workers=1, slow_workers=0, waiting=0)) as one:
        answers: list[tuple[int, str]] = []

        def client() -> None:
            with httpx.Client(base_url=one.url, timeout=60) as session:
                got = session.get("/sparql", params={"query": slow, "format": "csv"})
                answers.append((got.status_code, got.text))

        threads = [threading.Thread(target=client) for _ in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(answers) == 20
        assert len(set(answers)) == 1
        assert answers[0][0] == 200, answers[0]


# ------------------------------------------------------------------------------------------------ the store under it


def test_a_new_build_is_seen_without_a_restart(tmp_path: Path) -> None:
    store = make_store(tmp_path / "store", SAMPLE)
    ask = "ASK { <http://example.org/new> ?p ?o }"
    with running(store, limits=Limits(workers=2)) as one:
        assert not one.ask(ask).json()["boolean"]
        other = ox.Store(str(tmp_path / "new"))
        new = ox.NamedNode("http://example.org/new")
        other.add(ox.Quad(new, new, new, new))
        other.flush()
        del other
        store.rename(tmp_path / "old")
        (tmp_path / "new").rename(store)
        shutil.rmtree(tmp_path / "old")
        time.sleep(1.1)
        for _ in range(4):
            assert one.ask(ask).json()["boolean"]


def test_a_store_that_fails_is_reported_without_its_place(tmp_path: Path) -> None:
    store = make_store(tmp_path / "store", SAMPLE)
    with running(store, limits=Limits(workers=1)) as one:
        assert alive(one)
        for file in store.iterdir():
            file.write_bytes(b"")
        (store / "CURRENT").write_bytes(b"broken")
        time.sleep(1.1)
        response = one.ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
        assert response.status_code in (500, 503)
        assert str(tmp_path) not in response.text
        assert "Traceback" not in response.text
