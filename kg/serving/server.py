"""Running the service: bind, open the store, serve until told to stop, leave nothing behind."""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import logging
import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import uvicorn

from kg.config import Config
from kg.errors import UsageError
from kg.serving.application import application
from kg.serving.connection import settings
from kg.serving.limits import Limits
from kg.serving.pool import Pool
from kg.serving.search import Searcher
from kg.serving.service import Service

TOKEN_VARIABLE = "KG_TOKEN"

log = logging.getLogger("kg.serving")


def bind(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 takes a free one. Raises ``UsageError`` when the address cannot be had."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        return socket.create_server(address[:2], family=family, backlog=512)
    except OSError as error:
        why = error.strerror or str(error)
        raise UsageError(f"{host}:{port}: cannot listen there ({why}); choose another with --host and --port") from None


def is_loopback(host: str) -> bool:
    """Whether ``host`` is reached from this machine only."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def writer_token(writable: bool) -> str:
    """The token writers must show, from the environment. Raises ``UsageError`` when it is needed and missing."""
    token = os.environ.get(TOKEN_VARIABLE, "")
    if writable and len(token) < 16:
        raise UsageError(
            f"--writable needs a token of 16 characters or more in the environment variable {TOKEN_VARIABLE}"
        )
    return token if writable else ""


class _Server(uvicorn.Server):
    """uvicorn's server, which ends when told to instead of raising the signal once more when it is done."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self.handle_exit, number, None)
        try:
            yield
        finally:
            for number in (signal.SIGINT, signal.SIGTERM):
                loop.remove_signal_handler(number)


async def serve(
    store: Path,
    listening: socket.socket,
    *,
    config: Config | None = None,
    limits: Limits | None = None,
    writable: bool = False,
    token: str = "",
    site: Path | None = None,
    public_url: str = "",
    on_ready: Callable[[uvicorn.Server], None] | None = None,
) -> None:
    """Serve ``store`` on a listening socket until SIGINT or SIGTERM (or ``should_exit`` of the server is set).

    Raises ``StoreError`` when the store cannot be opened.
    """
    limits = limits or Limits()
    pool = Pool(store, limits, writable)
    await pool.start()
    searcher = Searcher(pool)
    try:
        service = Service(pool, limits, config or Config(), token, site, public_url)
        server = _Server(uvicorn.Config(application(service, searcher), **settings(limits)))
        if on_ready is not None:
            asyncio.get_running_loop().call_soon(on_ready, server)
        await server.serve(sockets=[listening])
    finally:
        await searcher.close()
        await pool.close()


def run(store: Path, listening: socket.socket, **options: Any) -> None:
    """Like ``serve``, from code that is not asynchronous."""
    asyncio.run(serve(store, listening, **options))
