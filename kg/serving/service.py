"""What every part of the service shares: the workers, the limits, and what the publication says of itself."""

from __future__ import annotations

import hmac
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from starlette.requests import Request

from kg.config import Config
from kg.serving.limits import Limits
from kg.serving.pool import Pool, Result
from kg.serving.requests import refuse, while_connected

_HOST = re.compile(r"[\w.-]{1,255}(?::\d{1,5})?|\[[0-9A-Fa-f:.]{2,45}\](?::\d{1,5})?", re.ASCII)
JSON_RESULTS = "application/sparql-results+json"


@dataclass(frozen=True)
class Service:
    """One running service. ``token`` is what a writer must show; empty when the service is read-only."""

    pool: Pool
    limits: Limits
    config: Config = field(default_factory=Config)
    token: str = ""
    site: Path | None = None  # static pages served from the same process
    public_url: str = ""  # where clients see the service; "" to take it from the request

    @property
    def writable(self) -> bool:
        return self.pool.writable

    def url(self, request: Request, path: str) -> str:
        """The absolute URL of ``path`` (which begins with /) as this client sees it."""
        if self.public_url:
            return self.public_url.rstrip("/") + path
        host = request.headers.get("host", "")
        if not _HOST.fullmatch(host):
            host = "localhost"
        return f"{request.scope['scheme']}://{host}{path}"

    def must_write(self, request: Request) -> None:
        """Refuse a change unless the service was started writable and the request shows the token."""
        if not self.writable or not self.token:
            raise refuse(403, "this service is read-only; nothing can be changed through it")
        scheme, _, shown = request.headers.get("authorization", "").partition(" ")
        fits = hmac.compare_digest(shown.strip().encode("utf-8", "replace"), self.token.encode("utf-8"))
        if scheme.lower() != "bearer" or not fits:
            raise refuse(401, "a change needs the service's token", {"WWW-Authenticate": 'Bearer realm="kg"'})

    async def query(self, request: Request, job: Mapping[str, Any], seconds: float | None = None) -> Result:
        """The result of a reading job, as long as the client waits for it."""
        return await while_connected(request, self.pool.run(dict(job), seconds))

    def runner(self, request: Request) -> Callable[[dict[str, Any]], Awaitable[Result]]:
        """What runs jobs for one request."""

        async def run(job: dict[str, Any]) -> Result:
            return await self.query(request, job)

        return run
