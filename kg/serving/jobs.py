"""What the service and its workers say to each other.

A job is ``<u32 length of head><u32 length of body><head: JSON><body>``; an answer is frames
``<letter><u32 length><bytes>``: ``R`` ready (once, when the store is open), any number of ``C`` chunks of a result,
then ``E`` end or ``X`` error (both JSON).
"""

from __future__ import annotations

import struct

HEAD = struct.Struct(">II")
FRAME = struct.Struct(">cI")
CHUNK = 64 * 1024


class JobError(Exception):
    """A job that ended without a result: ``status`` is the HTTP status, ``reason`` is for the client.

    ``retry_after`` is in seconds, where trying again may help.
    """

    def __init__(self, status: int, reason: str, retry_after: int | None = None) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason
        self.retry_after = retry_after
