"""Connections that cannot be held for nothing: deadlines uvicorn leaves to a proxy in front of it.

Invariant: a connection that has sent no whole request head in ``header_seconds``, or has taken nothing of its answer in
``stall_seconds``, is cut; there are at most ``connections`` of them, and a head is at most 64 KiB.
"""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

from kg.serving.limits import Limits

HEAD_BYTES = 64 * 1024


class Connection(H11Protocol):
    """uvicorn's HTTP/1.1 connection with deadlines for the head of a request and for the taking of an answer."""

    limits = Limits()
    _head_timer: asyncio.TimerHandle | None = None
    _stall_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        for timer in (self._head_timer, self._stall_timer):
            if timer is not None:
                timer.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self.cycle is None or self.cycle.response_complete:
            self._await_head()
        elif self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None

    def pause_writing(self) -> None:
        super().pause_writing()
        self._stall_timer = self.loop.call_later(self.limits.stall_seconds, self._cut)

    def resume_writing(self) -> None:
        if self._stall_timer is not None:
            self._stall_timer.cancel()
            self._stall_timer = None
        super().resume_writing()

    def timeout_keep_alive_handler(self) -> None:
        super().timeout_keep_alive_handler()
        if self.transport.get_write_buffer_size():  # an answer nobody takes must not hold the connection
            self._stall_timer = self.loop.call_later(self.limits.stall_seconds, self._cut)

    def _await_head(self) -> None:
        if self._head_timer is None:
            self._head_timer = self.loop.call_later(self.limits.header_seconds, self._late)

    def _late(self) -> None:
        self._head_timer = None
        if self.cycle is None or self.cycle.response_complete:
            self._cut()

    def _cut(self) -> None:
        self.transport.abort()


def connection_class(limits: Limits) -> type[Connection]:
    """A connection class with these limits."""
    return type("Connection", (Connection,), {"limits": limits})


def settings(limits: Limits) -> dict[str, Any]:
    """What uvicorn is told besides the application."""
    return {
        "http": connection_class(limits),
        "ws": "none",
        "lifespan": "off",
        "log_config": None,
        "access_log": False,
        "server_header": False,
        "limit_concurrency": limits.connections,
        "timeout_keep_alive": int(max(1, limits.idle_seconds)),
        "timeout_graceful_shutdown": int(max(1, limits.shutdown_seconds)),
        "h11_max_incomplete_event_size": HEAD_BYTES,
    }
