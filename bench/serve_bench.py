"""Many clients at once: our service beside ``oxigraph serve``, on the same store, the same queries, in the same run.

    python bench/serve_bench.py --store build/corpus [--clients 200] [--seconds 60] [--json build/serve-bench.json]

Phases, each of ``--seconds``: ours with every query new (nothing is kept), Oxigraph's server, ours as it is used
(answers kept), and ours with every query new, twice without and twice with runaway queries among them. Bounded in time
and number of requests. Ratios are what counts: the machine, the clients and both servers share its processors.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import random
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import psutil

from kg.asking.ask import ask
from kg.asking.stored import stored_queries, with_prefixes
from kg.asking.table import Table
from kg.store import open_store

Row = tuple[str, float, str, float | None]
say = partial(print, flush=True, file=sys.stdout)

MOST_REQUESTS = 500_000
SLOWEST = 0.5  # s; a stored query that takes longer alone is not part of the mix: 200 at once would only queue
RUNAWAYS = (
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a != ?i) }",
    "SELECT (COUNT(*) AS ?n) { ?a (!<urn:none>|^<urn:none>)* ?b . ?c (!<urn:none>)* ?d }",
)


@dataclass
class Load:
    """What came of one phase."""

    name: str
    seconds: float
    times: list[float] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)
    memory: float = 0.0  # MiB, most

    def percentile(self, share: float) -> float:
        ordered = sorted(self.times)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] * 1000 if ordered else float("nan")

    def row(self) -> dict[str, object]:
        return {
            "phase": self.name,
            "requests": len(self.times),
            "per_second": round(len(self.times) / self.seconds, 1),
            "p50_ms": round(self.percentile(0.50), 1),
            "p95_ms": round(self.percentile(0.95), 1),
            "p99_ms": round(self.percentile(0.99), 1),
            "errors": dict(self.errors),
            "memory_mib": round(self.memory),
        }


def candidates(store: Path) -> dict[str, list[str]]:
    """The stored queries as they run, each with up to twenty sets of parameters taken from the data."""
    graph = open_store(store)

    def column(query: str) -> list[str]:
        answer = ask(graph, query)
        assert isinstance(answer, Table)
        return [getattr(row[0], "value", "") for row in answer.rows]

    hans = 'FILTER(LANGMATCHES(LANG(?name), "zh-Hans"))'
    places = column(f"SELECT DISTINCT ?name {{ ?r a bg:Report ; bg:place ?p . ?p skos:prefLabel ?name {hans} }}")
    names = column(f"SELECT ?name {{ ?p a bg:Project ; skos:prefLabel ?name {hans} }} LIMIT 20")
    reports = [iri.partition("/report/")[2] for iri in column("SELECT ?r { ?r a bg:Report }")]
    values = {"place": places, "report": reports, "name": names, "from": names, "to": names[1:]}
    found: dict[str, list[str]] = {}
    for query in stored_queries().values():
        wanted = {p.name: sorted(values[p.name])[:20] for p in query.parameters if values.get(p.name)}
        if any(p.default is None and p.name not in wanted for p in query.parameters):
            continue
        for number in range(max([len(choices) for choices in wanted.values()], default=1)):
            given = {name: choices[number % len(choices)] for name, choices in wanted.items()}
            found.setdefault(query.name, []).append(with_prefixes(query.bind(given)).strip())
    return found


async def mix(url: str, store: Path) -> list[str]:
    """The stored queries that our service answers within ``SLOWEST`` when nothing else is asked of it."""
    kept: list[str] = []
    left: list[str] = []
    for name, texts in candidates(store).items():
        for number, text in enumerate(texts):
            reader, writer = await asyncio.open_connection(urlsplit(url).hostname, urlsplit(url).port, limit=1 << 20)
            begin = time.perf_counter()
            status, _ = await request(reader, writer, packed(f"{url}?timeout={SLOWEST}", text))
            writer.close()
            if status != 200 or time.perf_counter() - begin > SLOWEST:
                left.append(name if number == 0 else f"{name} with some parameters")
                break
            kept.append(text)
    say(f"left out, for taking more than {SLOWEST:g} s alone: {', '.join(left) or 'none'}")
    return kept


async def request(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, data: bytes) -> tuple[int, bytes]:
    """One HTTP/1.1 exchange on an open connection: status and body."""
    writer.write(data)
    head = await reader.readuntil(b"\r\n\r\n")
    status = int(head[9:12])
    lower = head.lower()
    if b"transfer-encoding: chunked" in lower:
        parts = []
        while True:
            size = int((await reader.readline()).split(b";")[0], 16)
            parts.append(await reader.readexactly(size))
            await reader.readexactly(2)
            if size == 0:
                return status, b"".join(parts)
    match = re.search(rb"content-length: (\d+)", lower)
    return status, await reader.readexactly(int(match.group(1))) if match else b""


def packed(url: str, query: str) -> bytes:
    """A query as an HTTP request."""
    parts = urlsplit(url)
    body = query.encode()
    target = f"{parts.path}?{parts.query}" if parts.query else parts.path
    head = (
        f"POST {target} HTTP/1.1\r\nHost: {parts.netloc}\r\nContent-Type: application/sparql-query\r\n"
        f"Accept: application/sparql-results+json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


async def drive(load: Load, url: str, queries: Sequence[str], clients: int, fresh: bool, runaways: int) -> None:
    """Let clients ask one query after the other until the phase is over."""
    host, port = urlsplit(url).hostname, urlsplit(url).port
    stop = time.perf_counter() + load.seconds
    phase = time.time_ns()
    sent = 0

    async def client(number: int) -> None:
        nonlocal sent
        choice = random.Random(number)
        reader = writer = None
        while time.perf_counter() < stop and sent < MOST_REQUESTS:
            sent += 1
            query = choice.choice(queries) + (f"\n# {phase} {sent}" if fresh else "")
            begin = time.perf_counter()
            try:
                if writer is None or reader is None:
                    reader, writer = await asyncio.open_connection(host, port, limit=1 << 20)
                status, body = await asyncio.wait_for(request(reader, writer, packed(url, query)), 120)
                if status == 200 and body:
                    load.times.append(time.perf_counter() - begin)
                else:
                    load.errors[f"{status} {body[:60].decode('utf-8', 'replace').strip()}"] += 1
            except (OSError, TimeoutError, asyncio.IncompleteReadError, ValueError) as error:
                load.errors[type(error).__name__] += 1
                if writer is not None:
                    writer.close()
                reader = writer = None
            except asyncio.CancelledError:
                if writer is not None:
                    writer.close()
                raise
        if writer is not None:
            writer.close()

    async def runaway(number: int) -> None:
        while time.perf_counter() < stop:
            with contextlib.suppress(OSError, TimeoutError, asyncio.IncompleteReadError, ValueError):
                reader, writer = await asyncio.open_connection(host, port)
                text = RUNAWAYS[number % len(RUNAWAYS)] + f"\n# {time.time()}"
                await asyncio.wait_for(request(reader, writer, packed(url, text)), max(0.1, stop - time.perf_counter()))
                writer.close()

    tasks = [asyncio.create_task(work) for work in (*map(client, range(clients)), *map(runaway, range(runaways)))]
    _, waiting = await asyncio.wait(tasks, timeout=load.seconds + 2)  # what is under way then is not counted
    for task in waiting:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def memory_of(process: psutil.Process) -> float:
    """MiB that a process and its children hold, what they share counted once."""
    total = 0
    for one in [process, *process.children(recursive=True)]:
        with contextlib.suppress(psutil.Error):
            info = one.memory_full_info()
            total += getattr(info, "pss", info.rss)
    return total / 2**20


async def phase(
    name: str, url: str, process: psutil.Process, queries: Sequence[str], clients: int, seconds: float, *,
    fresh: bool = True, runaways: int = 0,
) -> Load:  # fmt: skip
    """One phase."""
    load = Load(name, seconds)

    async def watch() -> None:
        while True:
            load.memory = max(load.memory, await asyncio.to_thread(memory_of, process))
            await asyncio.sleep(1)

    watching = asyncio.create_task(watch())
    await drive(load, url, queries, clients, fresh, runaways)
    watching.cancel()
    say(f"  {load.row()}")
    await asyncio.sleep(5)  # for what was given up to come to its end
    return load


def free_port() -> int:
    """A loopback port nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as one:
        return int(one.getsockname()[1])


@contextlib.contextmanager
def started(command: Sequence[str], port: int, log: Path) -> Iterator[psutil.Process]:
    """A server while the block runs."""
    with log.open("ab") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output)
    try:
        for _ in range(600):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            if process.poll() is not None:
                raise SystemExit(f"{command[0]} ended with status {process.returncode}; see {log}")
            time.sleep(0.1)
        yield psutil.Process(process.pid)
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()


async def agree(urls: Sequence[str], queries: Sequence[str]) -> int:
    """How many queries give the same number of rows at every server (the whole mix, once)."""
    same = 0
    for query in queries:
        counts = set()
        for url in urls:
            reader, writer = await asyncio.open_connection(urlsplit(url).hostname, urlsplit(url).port, limit=1 << 20)
            _, body = await request(reader, writer, packed(url, query))
            writer.close()
            counts.add(len(json.loads(body)["results"]["bindings"]))
        same += len(counts) == 1
    return same


def measured(store: Path, clients: int, seconds: float) -> tuple[list[Load], float]:
    """All phases, and by how many per cent runaway queries change the others' p95."""
    oxigraph = shutil.which("oxigraph") or str(Path(sys.executable).with_name("oxigraph"))
    say(f"store {store}: {len(open_store(store))} triples; {os.cpu_count()} processors")
    log = store.with_name("serve-bench.log")
    port, other = free_port(), free_port()
    ours, theirs = f"http://127.0.0.1:{port}/sparql", f"http://127.0.0.1:{other}/query"
    serve = [sys.executable, "-m", "kg", "-q", "--store", str(store), "serve", "--port", str(port)]
    peer = [oxigraph, "serve-read-only", "--location", str(store), "--bind", f"127.0.0.1:{other}"]
    peer.append("--union-default-graph")
    loads: list[Load] = []

    async def work() -> tuple[int, int]:
        with started(serve, port, log) as service:
            queries = await mix(ours, store)
            say(f"mix: {len(queries)} queries; {clients} clients, {seconds:g} s a phase")
            with started(peer, other, log):
                same = await agree([ours, theirs], queries)
            loads.append(await phase("kg serve, every query new", ours, service, queries, clients, seconds))
            with started(peer, other, log) as process:
                loads.append(await phase("oxigraph serve", theirs, process, queries, clients, seconds))
            loads.append(await phase("kg serve, answers kept", ours, service, queries, clients, seconds, fresh=False))
            for number in (1, 2):
                for runaways in (0, 2):
                    name = f"kg serve, {runaways} runaways ({number})"
                    loads.append(await phase(name, ours, service, queries, clients, seconds, runaways=runaways))
        return same, len(queries)

    same, of = asyncio.run(work())
    say(f"same number of rows from both servers: {same} of {of} queries\n")
    calm, stormy = (statistics.mean(load.percentile(0.95) for load in loads[start::2]) for start in (3, 4))
    return loads, (stormy / calm - 1) * 100


def measure(store: Path | None = None, clients: int = 200, seconds: float = 60) -> list[Row]:
    """Rows of (what, value, unit, budget) for the graph in ``store``."""
    store = store or Path(os.environ.get("KG_BENCH_STORE", "build/store"))
    loads, change = measured(store, clients, seconds)
    found: list[Row] = []
    for load in loads:
        found += [
            (f"{load.name}: requests", len(load.times) / load.seconds, "/s", None),
            (f"{load.name}: p50", load.percentile(0.50), "ms", None),
            (f"{load.name}: p95", load.percentile(0.95), "ms", None),
            (f"{load.name}: p99", load.percentile(0.99), "ms", None),
            (f"{load.name}: memory", load.memory, "MiB", None),
            (f"{load.name}: errors", float(sum(load.errors.values())), "", 0.0 if "kg" in load.name else None),
        ]
    found.append(("runaway queries change the others' p95 by", change, "%", 20.0))
    return found


def main() -> None:
    """Measure, print a table, and write the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--store", type=Path, default=Path(os.environ.get("KG_BENCH_STORE", "build/store")))
    parser.add_argument("--clients", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    loads, change = measured(options.store, min(options.clients, 500), min(options.seconds, 300))
    table = [load.row() for load in loads]
    say("| phase | requests | /s | p50 ms | p95 ms | p99 ms | errors | memory MiB |\n" + "|---" * 8 + "|")
    for row in table:
        say("| " + " | ".join(str(value if value != {} else 0) for value in row.values()) + " |")
    say(f"\nrunaway queries change the others' p95 by {change:+.1f} %")
    if options.json:
        options.json.parent.mkdir(parents=True, exist_ok=True)
        options.json.write_text(json.dumps({"rows": table, "runaway_p95_percent": change}, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
