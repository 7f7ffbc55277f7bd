"""The ASGI application: which path is answered by what, and what holds for every answer."""

from __future__ import annotations

import asyncio
import logging
import re
import time
from collections.abc import MutableMapping
from typing import Any
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg import __version__
from kg.iris import NS
from kg.serving import description, finding, linked, protocol, reconcile
from kg.serving.jobs import JobError
from kg.serving.pages import HERE
from kg.serving.requests import ClientGoneError, on_gone, on_http_error, on_job_error, sorry
from kg.serving.search import Searcher
from kg.serving.service import Service

access = logging.getLogger("kg.serving.access")
log = logging.getLogger("kg.serving")

# Every page is made of our own files; a site's pages may hold their own scripts and styles.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)
SECURITY = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
CROSS_ORIGIN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, Location, Retry-After",
}
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST, PUT, DELETE, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Authorization, Content-Type, If-None-Match",
    "Access-Control-Max-Age": "86400",
}


class Guard:
    """Around the whole application: security headers, cross-origin headers, the access log, and no stack traces."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        began = time.monotonic()
        status, size = 0, 0

        async def sending(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
                message = {**message, "headers": _with_defaults(message.get("headers", []))}
            else:
                size += len(message.get("body", b""))
            await send(message)

        preflight = scope["method"] == "OPTIONS" and any(
            name == b"access-control-request-method" for name, _ in scope["headers"]
        )
        try:
            if preflight:
                await Response(status_code=204, headers=PREFLIGHT)(scope, receive, sending)
            else:
                await self.app(scope, receive, sending)
        except Exception:
            log.exception("an error nobody foresaw, at %s %s", scope["method"], _printable(scope["path"]))
            if not status:
                await sorry(500, "something went wrong here; it was logged")(scope, receive, sending)
        finally:
            client = scope["client"][0] if scope.get("client") else "-"
            took = (time.monotonic() - began) * 1000
            path = _printable(scope["path"])
            access.info("%s %s %s %d %d %.1fms", client, scope["method"], path, status, size, took)


def _printable(path: str) -> str:
    """A path as one word of a log line: nothing in it can end the line or speak to a terminal."""
    return re.sub(r"[^\w/.:~%()+,;=@-]", "?", path)[:200]


def _with_defaults(headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    present = {name.lower() for name, _ in headers}
    html = any(name.lower() == b"content-type" and value.startswith(b"text/html") for name, value in headers)
    defaults = {**SECURITY, **CROSS_ORIGIN, **({"Content-Security-Policy": POLICY} if html else {})}
    return headers + [
        (name.lower().encode(), value.encode())
        for name, value in defaults.items()
        if name.lower().encode() not in present
    ]


async def healthz(request: Request) -> Response:
    """Whether queries are answered, and how busy the service is. A service at work is well, even if all must wait."""
    service: Service = request.app.state.service
    state = service.pool.state
    try:
        if state["idle"] or not state["running"]:
            fresh = f"ASK {{}} # {time.monotonic_ns()}"  # an answer that was kept would prove nothing
            async with asyncio.timeout(5.0):
                result = await service.pool.run({"do": "query", "query": fresh, "table": "text/csv"}, 5.0)
            result.close()
    except TimeoutError:
        why = "no worker is there to answer"
        return JSONResponse({"status": "unavailable", "reason": why}, 503, {"Cache-Control": "no-store"})
    except JobError as error:
        return JSONResponse({"status": "unavailable", "reason": error.reason}, 503, {"Cache-Control": "no-store"})
    told: MutableMapping[str, Any] = {"status": "ok", "version": __version__, **service.pool.state}
    return JSONResponse(told, headers={"Cache-Control": "no-store"})


def application(service: Service, searcher: Searcher) -> ASGIApp:
    """The application for ``service`` (whose pool must be started; who opened pool and searcher closes them)."""
    read, store = "GET, HEAD, POST, OPTIONS", "GET, HEAD, PUT, POST, DELETE, OPTIONS"
    routes: list[BaseRoute] = [
        Route("/healthz", healthz),
        Route("/.well-known/void", description.void),
    ]
    for path in ("/sparql", "/sparql/"):
        routes += [
            Route(path, protocol.sparql, methods=["GET", "POST"]),
            Route(path, protocol.only(read), methods=["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"]),
        ]
    for path in ("/store", "/store/{rest:path}"):
        routes += [
            Route(path, protocol.graph_store, methods=["GET", "PUT", "POST", "DELETE"]),
            Route(path, protocol.only(store), methods=["PATCH", "OPTIONS", "TRACE"]),
        ]
    routes += [
        Route("/", finding.home),
        Route("/editor", finding.editor),
        Route("/editor/setup", finding.editor_setup),
        Route("/queries", finding.queries),
        Route("/queries/{name}", finding.run_query),
        Route("/search", finding.search),
        Route("/opensearch.xml", finding.opensearch),
        Route("/reconcile", reconcile.endpoint, methods=["GET", "POST"]),
        Route("/reconcile/suggest/{what:str}", reconcile.suggest),
        Route("/reconcile/preview", reconcile.preview),
        Route("/page", linked.thing_page),
        Route("/cite", linked.cite),
        Route("/data", linked.thing_data),
        Route("/data{suffix}", linked.thing_data),
        Mount("/static", StaticFiles(directory=HERE / "static")),
    ]
    routes += [Route(path, linked.vocabulary) for path in sorted({"/ns", urlsplit(NS).path})]
    routes += [Route(f"{path}{{rest:path}}", linked.thing) for path, _ in linked.prefixes(service)]
    if service.site is not None:
        routes.append(Mount("/site", finding.SitePages(directory=service.site, html=True)))
    app = Starlette(
        routes=routes,
        exception_handlers={
            HTTPException: on_http_error,
            JobError: on_job_error,
            ClientGoneError: on_gone,
        },
    )
    app.router.redirect_slashes = False
    app.state.service = service
    app.state.counting = description.Counting()
    app.state.searcher = searcher
    return Guard(app)
