"""Linked data: an IRI of ours leads to a page for people and to RDF for machines (303, Cool URIs for the Semantic Web).

Invariant: a thing's IRI answers 303 with the document that describes it, or 404; the vocabulary's own document answers
200, since its terms are fragments of it. Paths are IRIs: only what is not ASCII is decoded in them.
"""

from __future__ import annotations

import re
from urllib.parse import quote, unquote, urlsplit

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from kg.iris import NS, SCHEMES, segment
from kg.serving.describing import Describer, as_json, document_query
from kg.serving.negotiation import GRAPH_FORMATS, HTML, SHORT_NAMES, best
from kg.serving.pages import page, reader
from kg.serving.requests import answer, one, refuse, url_parameters
from kg.serving.service import Service

_SUFFIXES = {
    ".ttl": "text/turtle",
    ".nt": "application/n-triples",
    ".jsonld": "application/ld+json",
    ".rdf": "application/rdf+xml",
}
_ENCODED = re.compile(rb"(?:%[89A-Fa-f][0-9A-Fa-f])+")


def decoded(raw: bytes) -> str:
    """A path as it stands in an IRI: escapes of characters beyond ASCII decoded, all others upper-case escapes."""

    def decode(found: re.Match[bytes]) -> bytes:
        data = bytes.fromhex(found.group().replace(b"%", b"").decode())
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            return found.group()
        return data

    text = _ENCODED.sub(decode, raw).decode("utf-8", "replace")
    return re.sub(r"%[0-9a-fA-F]{2}", lambda found: found.group().upper(), text)


def prefixes(service: Service) -> list[tuple[str, str]]:
    """Paths under which IRIs are dereferenced, with the beginning of the IRIs they stand for, the longest first."""
    base = service.config.base
    mounts = {"/id/": base, "/ns/": SCHEMES, urlsplit(base).path: base, urlsplit(SCHEMES).path: SCHEMES}
    return sorted(((path, iri) for path, iri in mounts.items() if len(path) > 1), key=lambda one: -len(one[0]))


def page_link(iri: str) -> str:
    """Where the page of ``iri`` is, on this service."""
    return f"/page?iri={quote(iri, safe='')}"


async def thing(request: Request) -> Response:
    """An IRI of ours: 303 to the page or the data that describe it."""
    service: Service = request.app.state.service
    raw: bytes = request.scope["raw_path"]
    start, prefix = next((path, iri) for path, iri in prefixes(service) if raw.startswith(path.encode()))
    iri = prefix + decoded(raw[len(start) :])
    who = reader(request)
    describer = Describer(service.runner(request), service.config.base, who)
    if not await describer.exists(iri):
        raise refuse(404, f"nothing is known here of <{iri}>")
    media = best(", ".join(request.headers.getlist("accept")), [HTML, *GRAPH_FORMATS])
    if media is None:
        raise refuse(406, f"offered are {HTML}, {', '.join(GRAPH_FORMATS)}")
    if media == HTML:
        where = page_link(iri)
    else:
        suffix = next(suffix for suffix, kind in _SUFFIXES.items() if kind == media)
        where = f"/data{suffix}?iri={quote(iri, safe='')}"
    return RedirectResponse(where, 303, headers={"Vary": "Accept"})


def asked(request: Request) -> str:
    """The IRI a document is asked for: ``iri=``."""
    iri = one(url_parameters(request), "iri")
    if not iri:
        raise refuse(400, "name a thing: iri=…")
    return iri


async def resolved(describer: Describer, iri: str) -> str | None:
    """``iri`` as the graph knows it: as it is, with its escapes as they are in IRIs, or below the base."""
    base = describer.base
    spelled = decoded(iri.encode("utf-8"))
    below = iri.removeprefix(base)
    encoded = base + "/".join(segment(part) for part in below.split("/"))  # for who decoded what belongs to the IRI
    for candidate in dict.fromkeys([iri, spelled, unquote(iri), base + iri, base + spelled, encoded]):
        if await describer.exists(candidate):
            return candidate
    return None


async def thing_page(request: Request) -> Response:
    """The page of a thing, for people."""
    service: Service = request.app.state.service
    who = reader(request)
    describer = Describer(service.runner(request), service.config.base, who)
    iri = await resolved(describer, asked(request))
    description = await describer.describe(iri) if iri else None
    if iri is None or description is None:
        raise refuse(404, f"nothing is known here of <{asked(request)}>")
    links = {suffix[1:]: f"/data{suffix}?iri={quote(iri, safe='')}" for suffix in _SUFFIXES}
    response = page(request, "thing.html", who=who, one=description, links=links, link=page_link, ours=_ours(service))
    response.headers["Link"] = ", ".join(
        f'<{links[suffix[1:]]}>; rel="alternate"; type="{media}"' for suffix, media in _SUFFIXES.items()
    )
    return response


def _ours(service: Service) -> tuple[str, ...]:
    return (service.config.base, NS, SCHEMES)


async def thing_data(request: Request) -> Response:
    """What the graph says of a thing, for machines: by the suffix of the path, else by the Accept header."""
    service: Service = request.app.state.service
    describer = Describer(service.runner(request), service.config.base, reader(request))
    iri = await resolved(describer, asked(request))
    if iri is None:
        raise refuse(404, f"nothing is known here of <{asked(request)}>")
    suffix = request.path_params.get("suffix", "")
    if suffix and suffix not in _SUFFIXES:
        raise refuse(404, f"offered are {', '.join(_SUFFIXES)}")
    media = _SUFFIXES.get(suffix) or best(", ".join(request.headers.getlist("accept")), GRAPH_FORMATS)
    if media is None:
        raise refuse(406, f"offered are {', '.join(GRAPH_FORMATS)}")
    result = await service.query(request, {"do": "query", "query": document_query(iri), "graph": media})
    return answer(request, result, headers={"Link": f'<{page_link(iri)}>; rel="alternate"; type="{HTML}"'})


async def cite(request: Request) -> Response:
    """What a panel beside a result shows of a thing: JSON."""
    service: Service = request.app.state.service
    who = reader(request)
    describer = Describer(service.runner(request), service.config.base, who)
    iri = await resolved(describer, asked(request))
    description = await describer.describe(iri) if iri else None
    if description is None:
        raise refuse(404, f"nothing is known here of <{asked(request)}>")
    return JSONResponse({**as_json(description), "page": page_link(description.iri)})


async def vocabulary(request: Request) -> Response:
    """The vocabulary: its terms are fragments of this document."""
    service: Service = request.app.state.service
    accept = ", ".join(request.headers.getlist("accept"))
    short = one(url_parameters(request), "format")
    media = SHORT_NAMES.get(short, short) if short else best(accept, [HTML, *GRAPH_FORMATS])
    if media in GRAPH_FORMATS:
        query = (
            "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o . "
            f"FILTER(STRSTARTS(STR(?s), '{NS}') || STR(?s) = '{NS.rstrip('#')}') }}"
        )
        return answer(request, await service.query(request, {"do": "query", "query": query, "graph": media}))
    if media != HTML:
        raise refuse(406, f"offered are {HTML}, {', '.join(GRAPH_FORMATS)}")
    who = reader(request)
    describer = Describer(service.runner(request), service.config.base, who)
    terms = await describer.rows(
        "SELECT DISTINCT ?x ?kind ?comment WHERE { VALUES (?type ?kind) { (owl:Class 'class') (rdfs:Class 'class') "
        "(owl:ObjectProperty 'property') (owl:DatatypeProperty 'property') (rdf:Property 'property') "
        "(skos:ConceptScheme 'scheme') } ?x a ?type . OPTIONAL { ?x rdfs:comment|skos:definition ?comment } "
        f"FILTER(STRSTARTS(STR(?x), '{NS.rstrip('#')}')) }} ORDER BY ?kind ?x"
    )
    await describer.label(row["x"]["value"] for row in terms)
    shown: dict[str, dict[str, dict[str, str]]] = {"class": {}, "property": {}, "scheme": {}}
    for row in terms:
        comments = shown[row["kind"]["value"]].setdefault(row["x"]["value"], {})
        if "comment" in row:
            comments.setdefault(row["comment"].get("xml:lang", "").lower(), row["comment"]["value"])
    groups = [
        (key, [(describer.named(iri), iri.removeprefix(NS), who.best(comments)) for iri, comments in found.items()])
        for key, found in (("classes", shown["class"]), ("properties", shown["property"]), ("schemes", shown["scheme"]))
    ]
    return page(request, "vocabulary.html", who=who, groups=groups, link=page_link)
