"""SPARQL 1.1 Protocol (``/sparql``) and Graph Store HTTP Protocol (``/store``).

Invariant: a GET never changes anything; the dataset a request names replaces the query's own; without one the default
graph is the union of all graphs; relative IRIs are resolved against the base of the publication's instances.
"""

from __future__ import annotations

import email
import uuid
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kg.serving import description
from kg.serving.negotiation import GRAPH_FORMATS, HTML, SHORT_NAMES, TABLE_FORMATS, best
from kg.serving.requests import Parameters, answer, media_type, one, read_body, refuse, text_of, url_parameters
from kg.serving.requests import decode as decode_form
from kg.serving.service import Service

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"


def formats(request: Request, parameters: Parameters) -> dict[str, str | None]:
    """The formats to answer in, for tables and for graphs: by ``format=`` or by the Accept header."""
    short = one(parameters, "format")
    if short is not None:
        media = SHORT_NAMES.get(short, short)
        if media not in TABLE_FORMATS and media not in GRAPH_FORMATS:
            raise refuse(400, f"format={short[:40]} is not offered; use one of {', '.join(SHORT_NAMES)}")
        return {
            "table": media if media in TABLE_FORMATS else None,
            "graph": media if media in GRAPH_FORMATS else None,
        }
    accept = ", ".join(request.headers.getlist("accept"))
    return {"table": best(accept, TABLE_FORMATS), "graph": best(accept, GRAPH_FORMATS)}


def _seconds(parameters: Parameters) -> float | None:
    text = one(parameters, "timeout")
    if text is None:
        return None
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < 1e6:
        raise refuse(400, "timeout must be a number of seconds")
    return seconds


async def sparql(request: Request) -> Response:
    """The endpoint: a query, an update, or, for a GET without either, what the service is."""
    service: Service = request.app.state.service
    parameters = url_parameters(request)
    if request.method in {"GET", "HEAD"}:
        if "update" in parameters:
            raise refuse(400, "an update must be sent by POST")
        query = one(parameters, "query")
        if query is None:
            return await about(request)
        return await _answer_query(request, service, parameters, query)
    media = media_type(request)
    if media not in {FORM, QUERY, UPDATE}:
        raise refuse(415, f"send {FORM}, {QUERY} or {UPDATE}", {"Accept-Post": f"{FORM}, {QUERY}, {UPDATE}"})
    if media == UPDATE:
        service.must_write(request)  # before the body is read
    most = service.limits.update_bytes if service.writable else service.limits.body_bytes
    body = await read_body(request, most, service.limits.body_seconds)
    if media == QUERY:
        return await _answer_query(request, service, parameters, text_of(body))
    if media == UPDATE:
        return await _update(request, service, parameters, text_of(body))
    for name, values in decode_form(body, "the body").items():
        parameters.setdefault(name, []).extend(values)
    query, update = one(parameters, "query"), one(parameters, "update")
    if (query is None) == (update is None):
        raise refuse(400, "send one parameter “query” or one parameter “update”")
    if update is not None:
        service.must_write(request)
        return await _update(request, service, parameters, update)
    return await _answer_query(request, service, parameters, query or "")


async def _answer_query(request: Request, service: Service, parameters: Parameters, query: str) -> Response:
    job: dict[str, Any] = {"do": "query", "query": query, "base": service.config.base, **formats(request, parameters)}
    default, named = parameters.get("default-graph-uri"), parameters.get("named-graph-uri")
    if default is not None or named is not None:
        job |= {"default": default or [], "named": named or []}
    return answer(request, await service.query(request, job, _seconds(parameters)))


async def _update(request: Request, service: Service, parameters: Parameters, update: str) -> Response:
    default, named = parameters.get("using-graph-uri", []), parameters.get("using-named-graph-uri", [])
    for iri in [*default, *named]:
        if any(ord(character) <= 0x20 or character in '<>"{}|^`\\' for character in iri):
            raise refuse(400, "a graph is named by an IRI")
    job = {"do": "update", "update": update, "base": service.config.base, "default": default, "named": named}
    await service.pool.change(job)
    return Response(status_code=204)


async def about(request: Request) -> Response:
    """The service description; for a browser, the page to ask queries on."""
    accept = ", ".join(request.headers.getlist("accept"))
    media = best(accept, [*GRAPH_FORMATS, HTML])
    if media is None:
        raise refuse(406, f"the description of this service is offered as {', '.join([*GRAPH_FORMATS, HTML])}")
    if media == HTML:
        return RedirectResponse("editor", 303, headers={"Vary": "Accept"})
    return await description.service_description(request, media)


# ---------------------------------------------------------------------------------------------- Graph Store Protocol


async def graph_store(request: Request) -> Response:
    """One graph of the store: read by anyone, written by who has the token.

    The graph is named by ``?graph=IRI`` or ``?default``, or is the one whose IRI is the request's own URL.
    """
    service: Service = request.app.state.service
    parameters = url_parameters(request)
    if request.method not in {"GET", "HEAD"}:
        service.must_write(request)
    name, made = _graph(request, service, parameters)
    if request.method in {"GET", "HEAD"}:
        media = formats(request, parameters)["graph"]
        if media is None:
            raise refuse(406, f"a graph is offered as {', '.join(GRAPH_FORMATS)}")
        return answer(request, await service.query(request, {"do": "read_graph", "graph_name": name, "graph": media}))
    if request.method == "DELETE":
        await service.pool.change({"do": "delete_graph", "graph_name": name})
        return Response(status_code=204)
    media = media_type(request)
    body = await read_body(request, service.limits.update_bytes, service.limits.body_seconds)
    parts = _parts(media, request.headers.get("content-type", ""), body)
    job = {
        "do": "write_graph",
        "graph_name": name,
        "base": name or service.config.base,
        "replace": request.method == "PUT",
        "parts": [(part_media, len(data)) for part_media, data in parts],
    }
    done = await service.pool.change(job, b"".join(data for _, data in parts))
    if made:
        return Response(status_code=201, headers={"Location": name or ""})
    return Response(status_code=201 if done["created"] else 204)


def _graph(request: Request, service: Service, parameters: Parameters) -> tuple[str | None, bool]:
    """The graph a request means (None: the default graph), and whether its name was made just now."""
    path: str = request.path_params.get("rest", "")
    graph = one(parameters, "graph")
    if (graph is not None) + ("default" in parameters) + bool(path) > 1:
        raise refuse(400, "name one graph: by ?graph=IRI, by ?default, or by the path")
    if graph is not None:
        if not graph or any(ord(character) <= 0x20 or character in '<>"{}|^`\\' for character in graph):
            raise refuse(400, "graph must be an absolute IRI")
        return graph, False
    if "default" in parameters:
        return None, False
    if path:
        return service.url(request, request.scope["raw_path"].decode("ascii")), False
    if request.method == "POST":
        return service.url(request, f"/store/{uuid.uuid4()}"), True
    raise refuse(400, "name a graph: ?graph=IRI or ?default")


def _parts(media: str, header: str, body: bytes) -> list[tuple[str, bytes]]:
    """The documents in a body: itself, or the files of a form."""
    if media in GRAPH_FORMATS:
        return [(media, body)]
    if media != "multipart/form-data":
        raise refuse(415, f"a graph is taken as {', '.join(GRAPH_FORMATS)}")
    message = email.message_from_bytes(b"Content-Type: " + header.encode("latin-1") + b"\r\n\r\n" + body)
    found = []
    for part in message.walk():
        if part.is_multipart():
            continue
        data = part.get_payload(decode=True)
        part_media = part.get_content_type()
        if part_media not in GRAPH_FORMATS or not isinstance(data, bytes):
            raise refuse(415, f"the files of a form are taken as {', '.join(GRAPH_FORMATS)}")
        found.append((part_media, data))
    if not found:
        raise refuse(400, "the form holds no file")
    return found


def only(methods: str) -> Any:
    """An endpoint for the other methods: 405, and which ones there are."""

    async def endpoint(request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(status_code=204, headers={"Allow": methods})
        raise refuse(405, f"only {methods} are offered here", {"Allow": methods})

    return endpoint
