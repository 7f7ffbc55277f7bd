"""Pages and JSON to find things by: full-text search, the stored queries, the front page, the editor's page."""

from __future__ import annotations

import asyncio
import json
from dataclasses import asdict
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.staticfiles import StaticFiles

from kg.asking.stored import StoredQuery, stored_queries, stored_query, with_prefixes
from kg.errors import UsageError
from kg.graph.terms import PREFIXES
from kg.iris import NS, SCHEMES
from kg.serving import description
from kg.serving.jobs import JobError
from kg.serving.linked import page_link
from kg.serving.negotiation import GRAPH_FORMATS, HTML, TABLE_FORMATS, best
from kg.serving.pages import HERE, Reader, page, reader
from kg.serving.protocol import formats
from kg.serving.requests import answer, one, refuse, url_parameters, whole_number
from kg.serving.search import Candidate, Index, Searcher, Sentence
from kg.serving.service import Service

EDITOR = HERE / "static" / "editor"
PAGE = 20


def _wants_page(request: Request) -> bool:
    """Whether the client would rather have HTML than JSON."""
    if one(url_parameters(request), "format") == "json":
        return False
    return best(", ".join(request.headers.getlist("accept")), ["application/json", HTML]) == HTML


async def search(request: Request) -> Response:
    """Things by name and sentences by words: ``q``, ``type``, ``limit``, ``offset``."""
    searcher: Searcher = request.app.state.searcher
    parameters = url_parameters(request)
    query = (one(parameters, "q") or "").strip()[:200]
    limit = whole_number(parameters, "limit", PAGE, 100)
    offset = whole_number(parameters, "offset", 0, 5000)
    who = reader(request)
    html = _wants_page(request)
    if not query:
        if html:
            return page(request, "search.html", who=who, asked="", **_NOTHING)
        raise refuse(400, "ask for something: q=…")
    try:
        index = await searcher.index()
    except JobError as error:
        if not html:
            raise
        return page(request, "search.html", 503, who=who, asked=query, **{**_NOTHING, "trouble": error.reason})
    types = parameters.get("type", [])
    things, sentences, total = await asyncio.to_thread(_found, index, query, types, limit, offset, who)
    kinds = {kind.name: kind.hans if who.interface == "zh" else kind.english for kind in index.kinds()}
    if not html:
        return JSONResponse(
            {
                "query": query,
                "entities": [
                    {
                        "iri": found.entity.iri, "type": found.entity.type, "name": found.entity.hans,
                        "traditional": found.entity.hant, "place": found.entity.place_name, "matched": found.name,
                        "how": found.how, "score": round(found.score, 1), "mentions": found.entity.mentions,
                        "page": page_link(found.entity.iri),
                    }
                    for found in things
                ],
                "sentences": [{**asdict(sentence), "page": page_link(sentence.iri)} for sentence in sentences],
                "total_sentences": total,
            },
            headers={"Vary": "Accept, Accept-Language"},
        )  # fmt: skip

    def turned(to: int) -> str:
        return "/search?" + urlencode({"q": query, "offset": to})

    return page(
        request, "search.html", who=who, asked=query, things=things if offset == 0 else [], sentences=sentences,
        kinds=kinds, total=total, link=page_link, back=turned(max(0, offset - limit)) if offset else None,
        forth=turned(offset + limit) if offset + limit < total else None, trouble="", marked=_marked,
    )  # fmt: skip


def _found(
    index: Index, query: str, types: list[str], limit: int, offset: int, who: Reader
) -> tuple[list[Candidate], list[Sentence], int]:
    things = index.find(query, types, limit)
    sentences, total = index.sentences(query, limit, offset, who.script)
    return things, sentences, total


def _marked(text: str, query: str) -> list[tuple[str, bool]]:
    """``text`` in pieces, with the words of ``query`` (in either script) set apart."""
    from kg.reading.script import to_simplified

    plain = to_simplified(text).casefold()
    if len(plain) != len(text):
        return [(text, False)]
    hits = [False] * len(text)
    for part in query.split():
        wanted = to_simplified(part).casefold()
        start = plain.find(wanted)
        while wanted and start >= 0:
            hits[start : start + len(wanted)] = [True] * len(wanted)
            start = plain.find(wanted, start + len(wanted))
    pieces: list[tuple[str, bool]] = []
    for character, hit in zip(text, hits, strict=True):
        if pieces and pieces[-1][1] == hit:
            pieces[-1] = (pieces[-1][0] + character, hit)
        else:
            pieces.append((character, hit))
    return pieces


_NOTHING: dict[str, Any] = {
    "things": [], "sentences": [], "total": 0, "kinds": {}, "link": page_link, "back": None, "forth": None,
    "trouble": "", "marked": _marked,
}  # fmt: skip


async def opensearch(request: Request) -> Response:
    """What lets a browser offer this search in its own search field."""
    from xml.sax.saxutils import escape

    service: Service = request.app.state.service
    root = escape(service.url(request, ""))
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">'
        f"<ShortName>{escape(service.config.title_zh[:16])}</ShortName>"
        f"<Description>{escape(service.config.title[:1024])}</Description><InputEncoding>UTF-8</InputEncoding>"
        f'<Url type="text/html" template="{root}/search?q={{searchTerms}}"/>'
        f'<Url type="application/json" template="{root}/search?q={{searchTerms}}&amp;format=json"/>'
        "</OpenSearchDescription>\n"
    )
    return Response(text, media_type="application/opensearchdescription+xml")


# ------------------------------------------------------------------------------------------------- stored queries


def _example(query: StoredQuery) -> str:
    """The query as the editor shows it: a prefix a line, its defaults in place, without its header."""
    given = {parameter.name: "…" for parameter in query.parameters if parameter.default is None}
    try:
        bound = query.bind(given)
    except UsageError:  # a parameter that takes no "…"
        bound = query.text
    lines = bound.splitlines()
    while lines and (not lines[0].strip() or lines[0].lstrip().startswith("#")):
        lines.pop(0)
    text = "\n".join(lines)
    declared = with_prefixes(text).removesuffix(text).strip()
    return declared.replace("> PREFIX ", ">\nPREFIX ") + ("\n" if declared else "") + text


def _listed(query: StoredQuery) -> dict[str, Any]:
    return {
        "name": query.name,
        "title": query.title,
        "title_zh": query.title_zh,
        "description": query.description,
        "parameters": [asdict(parameter) for parameter in query.parameters],
        "query": _example(query),
    }


async def queries(request: Request) -> Response:
    """The list of stored queries."""
    found = stored_queries()
    if not _wants_page(request):
        return JSONResponse([_listed(query) for query in found.values()], headers={"Vary": "Accept"})
    return page(request, "queries.html", found=found.values())


async def run_query(request: Request) -> Response:
    """Run one stored query with the parameters of the link; results in any format, or a page for people."""
    service: Service = request.app.state.service
    parameters = url_parameters(request)
    name = request.path_params["name"]
    try:
        query = stored_query(name)
    except UsageError:
        raise refuse(404, f"there is no stored query “{name[:80]}”; /queries lists them") from None
    known = {parameter.name for parameter in query.parameters}
    for other in parameters:
        if other not in known and other not in {"format", "lang"}:
            has = ", ".join(sorted(known)) or "none"
            raise refuse(400, f"the query “{query.name}” has no parameter “{other[:40]}”; it has: {has}")
    asked = ((parameter.name, one(parameters, parameter.name)) for parameter in query.parameters)
    given = {name: value for name, value in asked if value is not None}
    accept = ", ".join(request.headers.getlist("accept"))
    html = "format" not in parameters and best(accept, [*TABLE_FORMATS, *GRAPH_FORMATS, HTML]) == HTML
    missing = [p.name for p in query.parameters if p.default is None and p.name not in given]
    if missing and html:
        return page(request, "query.html", query=query, given=given, columns=[], rows=[], trouble="", node=None,
                    link=page_link, ours=(), shown=0)  # fmt: skip
    if missing:
        raise refuse(400, f"the query “{query.name}” needs the parameter “{missing[0]}”: ?{missing[0]}=…")
    try:
        text = with_prefixes(query.bind(given))
    except UsageError as error:
        raise refuse(400, str(error)) from None
    job: dict[str, Any] = {"do": "query", "query": text, "base": service.config.base}
    if not html:
        return answer(request, await service.query(request, job | formats(request, parameters)))
    result = await service.query(request, job | {"table": "application/sparql-results+json", "graph": "text/turtle"})
    if result.kind != "table":
        return answer(request, result)
    return await _table(request, service, query, given, json.loads(result.read()))


async def _table(
    request: Request, service: Service, query: StoredQuery, given: dict[str, str], result: dict[str, Any]
) -> Response:
    """The answer as a table for people, things as links to their pages."""
    from kg.serving.describing import Describer

    who = reader(request)
    describer = Describer(service.runner(request), service.config.base, who)
    rows = result["results"]["bindings"]
    shown = rows[:500]
    await describer.label(cell["value"] for row in shown for cell in row.values() if cell["type"] == "uri")
    columns = result["head"]["vars"]
    cells = [[describer.node(row[column]) if column in row else None for column in columns] for row in shown]
    return page(
        request, "query.html", who=who, query=query, given=given, columns=columns, rows=cells, trouble="",
        link=page_link, ours=(service.config.base, NS, SCHEMES), shown=len(rows),
    )  # fmt: skip


# ------------------------------------------------------------------------------------------------ editor and front page


async def editor(request: Request) -> Response:
    """The page to write queries on."""
    return page(request, "editor.html", built=(EDITOR / "yasgui.min.js").is_file())


async def editor_setup(request: Request) -> Response:
    """What the editor needs to know: prefixes, classes and properties with their names, and the stored queries."""
    service: Service = request.app.state.service
    who = reader(request)
    statistics: description.Statistics | None = None
    try:
        async with asyncio.timeout(5.0):
            statistics = await request.app.state.counting.statistics(service)
    except TimeoutError:
        pass
    return JSONResponse(
        {
            "endpoint": service.url(request, "/sparql"),
            "base": service.config.base,
            "ours": [service.config.base, NS, SCHEMES],
            "prefixes": {**PREFIXES, "id": service.config.base},
            "classes": [iri for iri, _ in _commonest(statistics.classes if statistics else ())],
            "properties": [iri for iri, _ in _commonest(statistics.properties if statistics else ())],
            "examples": [
                {**_listed(query), "label": query.title_zh if who.interface == "zh" and query.title_zh else query.title}
                for query in stored_queries().values()
            ],
            "words": {key: who.word(key) for key in ("examples", "quote", "page", "close", "nothing", "target")},
        },
        headers={"Vary": "Accept-Language", "Cache-Control": "no-cache"},
    )


def _commonest(counted: tuple[tuple[str, int], ...]) -> list[tuple[str, int]]:
    return sorted(counted, key=lambda one: (-one[1], one[0]))


async def home(request: Request) -> Response:
    """The front page: the site's own where there is one, else a page with a way to everything."""
    service: Service = request.app.state.service
    if service.site is not None and (service.site / "index.html").is_file():
        return RedirectResponse("/site/index.html", 303)
    return page(request, "home.html", endpoint=service.url(request, "/sparql"), root_url=service.url(request, ""))


class SitePages(StaticFiles):
    """The static pages of ``kg site``; their own policy travels in the pages themselves."""

    def file_response(self, *arguments: Any, **named: Any) -> Response:
        response = super().file_response(*arguments, **named)
        response.headers["Content-Security-Policy"] = (
            "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
            "img-src 'self' data: blob:; connect-src 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'self'"
        )
        return response
