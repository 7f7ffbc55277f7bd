"""Services on free loopback ports, started and stopped by the tests themselves."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pyoxigraph as ox
import uvicorn

from kg.serving.server import bind, serve

SAMPLE = Path(__file__).parent / "sample.trig"
TOKEN = "a token for the tests only"


@dataclass(frozen=True)
class Running:
    """A service that runs in a thread of this process."""

    url: str
    host: str
    port: int
    store: Path
    client: httpx.Client

    def connect(self) -> socket.socket:
        return socket.create_connection((self.host, self.port), timeout=10)

    def ask(self, query: str, **headers: str) -> httpx.Response:
        return self.client.get("/sparql", params={"query": query}, headers=headers)


def make_store(path: Path, *files: Path) -> Path:
    """A store on disk that holds ``files``."""
    store = ox.Store(str(path))
    for file in files:
        store.bulk_load(path=str(file))
    store.flush()
    del store
    return path


@contextmanager
def running(store: Path, **options: Any) -> Iterator[Running]:
    """A service over ``store`` while the block runs."""
    listening = bind("127.0.0.1", 0)
    host, port = listening.getsockname()[:2]
    ready = threading.Event()
    servers: list[uvicorn.Server] = []
    failed: list[BaseException] = []

    def on_ready(server: uvicorn.Server) -> None:
        servers.append(server)
        ready.set()

    def work() -> None:
        try:
            asyncio.run(serve(store, listening, on_ready=on_ready, **options))
        except BaseException as error:
            failed.append(error)
            ready.set()

    thread = threading.Thread(target=work)
    thread.start()
    ready.wait(20)
    if failed:
        raise failed[0]
    url = f"http://{host}:{port}"
    try:
        with httpx.Client(base_url=url, timeout=20) as client:
            yield Running(url, host, port, store, client)
    finally:
        servers[0].should_exit = True
        thread.join(20)
        assert not thread.is_alive()
        assert not failed, failed
