"""How much of the machine one client, and all of them together, may have."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace

_MIB = 1024 * 1024


def _processors() -> int:
    return max(2, os.cpu_count() or 2)


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds of a service. Times in seconds, sizes in bytes.

    A query runs in one of ``workers`` processes. Past ``slow_after`` seconds of processor time it moves to one of
    ``slow_workers`` further places and to a lower priority, so that short queries keep theirs. Are those taken, and all
    workers busy with queries past ``crowded_after`` while others wait, the one that took most is ended. Past
    ``query_seconds`` on the clock every query is.
    """

    query_seconds: float = 30.0
    slow_after: float = 0.5
    crowded_after: float = 5.0
    workers: int = field(default_factory=_processors)
    slow_workers: int = 2
    waiting: int = 1000  # requests that may wait for a worker
    queue_seconds: float = 60.0  # for at most so long
    memory_bytes: int = 2048 * _MIB  # what one query's process may allocate
    result_bytes: int = 64 * _MIB
    spool_bytes: int = 1024 * _MIB  # results on their way to clients, all together
    cache_bytes: int = 64 * _MIB  # results kept for the next who asks the same
    body_bytes: int = 1 * _MIB  # a request to read
    update_bytes: int = 64 * _MIB  # a request to write
    connections: int = 1000
    header_seconds: float = 10.0  # to send a request's head
    body_seconds: float = 30.0  # to send its body
    stall_seconds: float = 30.0  # a client may take nothing of its answer for so long
    idle_seconds: float = 10.0  # a connection may stay open between requests
    shutdown_seconds: float = 5.0  # requests under way may still finish

    def with_workers(self, workers: int) -> Limits:
        """These limits with another number of queries at once."""
        return replace(self, workers=workers)
