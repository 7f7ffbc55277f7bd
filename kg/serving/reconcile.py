"""OpenRefine: the Reconciliation Service API 0.2 over everything that has a name.

Invariant: ``match`` is true only for the one thing whose very name was asked (of the type, place and year asked); all
else is a candidate for a person to judge. An identifier is the thing's IRI below the base.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from kg.iris import NS
from kg.serving.describing import Describer
from kg.serving.index import key
from kg.serving.linked import page_link
from kg.serving.pages import page, reader
from kg.serving.protocol import FORM
from kg.serving.requests import Parameters, decode, media_type, one, read_body, refuse, url_parameters
from kg.serving.search import Candidate, Entity, Index, Kind, Searcher
from kg.serving.service import Service

MOST_QUERIES = 100
MOST_CANDIDATES = 50
PROPERTIES = (
    ("year", "Year the name was used in / 名称使用年份", "A name counts for what bore it in that year."),
    ("place", "Place it belongs to / 所在地", "Name or identifier of the place."),
    ("code", "Division code / 区划代码", "GB/T 2260 code."),
)


def short(service: Service, iri: str) -> str:
    """The identifier of a thing: its IRI below the base, or the IRI itself where it lies elsewhere."""
    return iri.removeprefix(service.config.base)


def full(service: Service, identifier: str) -> str:
    """The IRI that an identifier stands for."""
    return identifier if identifier.startswith(("http://", "https://")) else service.config.base + identifier


def _types(entity: Entity, kinds: Mapping[str, Kind]) -> list[dict[str, str]]:
    kind = kinds.get(entity.type)
    return [{"id": entity.type, "name": f"{kind.hans} / {kind.english}" if kind else entity.type}]


def _described(entity: Entity, names: Sequence[str]) -> str:
    """What tells this thing from others of like name: where it is, when it was, what else it is called."""
    begins, ends = entity.valid
    parts = [entity.place_name if entity.place_name != entity.hans else ""]
    parts.append(f"{begins}–{ends}" if begins or ends else "")
    parts.append(entity.code)
    parts.append("、".join(name for name in names if name != entity.hans)[:80])
    return "；".join(part for part in parts if part)


async def endpoint(request: Request) -> Response:
    """The manifest, or the answers to a batch of queries."""
    service: Service = request.app.state.service
    searcher: Searcher = request.app.state.searcher
    parameters = url_parameters(request)
    if request.method == "POST":
        if media_type(request) != FORM:
            raise refuse(415, f"send the batch as {FORM}, in the parameter “queries”")
        body = await read_body(request, service.limits.body_bytes, service.limits.body_seconds)
        for name, values in decode(body, "the body").items():
            parameters.setdefault(name, []).extend(values)
    batch = one(parameters, "queries")
    index = await searcher.index()
    if batch is None:
        return JSONResponse(manifest(request, service, index))
    queries = _batch(batch)
    kinds = {kind.name: kind for kind in index.kinds()}
    found = {name: _reconciled(service, index, kinds, query) for name, query in queries.items()}
    return JSONResponse({name: {"result": result} for name, result in found.items()})


def _batch(text: str) -> dict[str, dict[str, Any]]:
    try:
        queries = json.loads(text)
    except (ValueError, RecursionError):
        raise refuse(400, "“queries” is not JSON") from None
    if not isinstance(queries, dict) or not all(isinstance(query, dict) for query in queries.values()):
        raise refuse(400, "“queries” must be an object of queries")
    if len(queries) > MOST_QUERIES:
        raise refuse(413, f"send at most {MOST_QUERIES} queries at once")
    return queries


def manifest(request: Request, service: Service, index: Index) -> dict[str, Any]:
    """What this service offers (section 3 of the specification)."""
    root = service.url(request, "")
    kinds = index.kinds()
    return {
        "versions": ["0.2"],
        "name": service.config.title_zh,
        "identifierSpace": service.config.base,
        "schemaSpace": NS,
        "defaultTypes": [{"id": kind.name, "name": f"{kind.hans} / {kind.english}"} for kind in kinds],
        "view": {"url": f"{root}/page?iri={{{{id}}}}"},
        "preview": {"url": f"{root}/reconcile/preview?id={{{{id}}}}", "width": 420, "height": 240},
        "suggest": {
            name: {"service_url": root, "service_path": f"/reconcile/suggest/{name}"}
            for name in ("entity", "type", "property")
        },
        "batchSize": MOST_QUERIES,
    }


def _reconciled(
    service: Service, index: Index, kinds: Mapping[str, Kind], query: Mapping[str, Any]
) -> list[dict[str, Any]]:
    text = query.get("query")
    wanted = query.get("type") or query.get("types") or []
    types = [name for name in ([wanted] if isinstance(wanted, str) else wanted) if name in kinds]
    limit = query.get("limit")
    limit = min(limit, MOST_CANDIDATES) if isinstance(limit, int) and limit > 0 else 10
    year, place, code = _conditions(query.get("properties"))
    if not isinstance(text, str) or not text.strip():
        return []
    candidates = index.find(text[:200], types, MOST_CANDIDATES, year)
    judged = [_judged(service, one, place, code) for one in candidates]
    judged.sort(key=lambda pair: (-pair[0].score, -pair[0].entity.mentions, pair[0].entity.iri))
    exact = [one for one, features in judged if one.exact and all(value for _, value in features)]
    return [
        {
            "id": short(service, one.entity.iri),
            "name": one.entity.hans,
            "description": _described(one.entity, index.names(one.entity.iri)),
            "type": _types(one.entity, kinds),
            "score": round(one.score, 1),
            "match": len(exact) == 1 and one is exact[0],
            "features": [
                {"id": "how", "value": one.how},
                *({"id": name, "value": value} for name, value in features),
            ],
        }
        for one, features in judged[:limit]
    ]


def _conditions(properties: Any) -> tuple[int | None, list[str], str]:
    """Year, names or identifiers of a place, and code, from the ``properties`` of a query."""
    year: int | None = None
    places: list[str] = []
    code = ""
    for condition in properties if isinstance(properties, list) else []:
        if not isinstance(condition, dict):
            continue
        name, value = condition.get("pid"), condition.get("v")
        values = value if isinstance(value, list) else [value]
        plain = [v.get("id", v.get("name", "")) if isinstance(v, dict) else v for v in values]
        texts = [str(v) for v in plain if v not in (None, "")]
        if name == "year" and texts:
            found = re.search(r"\d{4}", texts[0])
            year = int(found.group()) if found else None
        elif name == "place":
            places += texts
        elif name == "code" and texts:
            code = texts[0]
    return year, places, code


def _judged(
    service: Service, one: Candidate, places: Sequence[str], code: str
) -> tuple[Candidate, list[tuple[str, bool]]]:
    """A candidate and whether it fits what else was asked; what does not fit counts half."""
    features = []
    if places:
        own = {one.entity.place, short(service, one.entity.place), key(one.entity.place_name)}
        features.append(("place", any(place in own or key(place) in own for place in places)))
    if code:
        features.append(("code", one.entity.code == code))
    score = one.score
    for _, fits in features:
        score = score if fits else score / 2
    return replace(one, score=score), features


async def suggest(request: Request) -> Response:
    """Suggestions while somebody types: things, kinds of things, or properties."""
    service: Service = request.app.state.service
    searcher: Searcher = request.app.state.searcher
    parameters = url_parameters(request)
    prefix = (one(parameters, "prefix") or "").strip()[:200]
    what = request.path_params["what"]
    index = await searcher.index()
    kinds = {kind.name: kind for kind in index.kinds()}
    result: list[dict[str, Any]]
    if what == "entity":
        types = [name for name in parameters.get("type", []) if name in kinds]
        result = [
            {
                "id": short(service, found.entity.iri),
                "name": found.entity.hans,
                "description": _described(found.entity, index.names(found.entity.iri)),
                "notable": _types(found.entity, kinds),
            }
            for found in (index.beginning(prefix, types, _cursor(parameters) + 10) if prefix else [])
        ][_cursor(parameters) :]
    elif what == "type":
        result = [
            {"id": kind.name, "name": f"{kind.hans} / {kind.english}", "description": kind.iri}
            for kind in kinds.values()
            if prefix.casefold() in f"{kind.name} {kind.hans} {kind.english}".casefold()
        ]
    else:
        result = [
            {"id": name, "name": label, "description": meaning}
            for name, label, meaning in PROPERTIES
            if prefix.casefold() in f"{name} {label}".casefold()
        ]
    return JSONResponse({"result": result})


def _cursor(parameters: Parameters) -> int:
    text = one(parameters, "cursor") or "0"
    return min(int(text), 1000) if text.isascii() and text.isdigit() else 0


async def preview(request: Request) -> Response:
    """A small page about one thing, to be shown inside OpenRefine."""
    service: Service = request.app.state.service
    identifier = one(url_parameters(request), "id")
    if not identifier:
        raise refuse(400, "name a thing: id=…")
    iri = full(service, identifier)
    index = await request.app.state.searcher.index()
    entity = index.entity(iri)
    if entity is None:
        raise refuse(404, f"there is no thing “{identifier[:200]}”")
    who = reader(request)
    description = await Describer(service.runner(request), service.config.base, who).describe(iri)
    kind = {kind.name: kind for kind in index.kinds()}.get(entity.type)
    response = page(
        request, "preview.html", who=who, entity=entity, kind=kind, names=index.names(iri),
        description=_described(entity, []), one=description, link=page_link,
    )  # fmt: skip
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'self'; frame-ancestors *"
    return response
