"""What the service says of itself to machines: SPARQL service description, VoID, and the stored queries as examples.

Invariant: the numbers are counted on what is served, once for every generation of the store, in the background.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import Response

from kg.asking.stored import stored_queries, with_prefixes
from kg.graph.terms import PREFIXES, integer, term
from kg.serving.negotiation import GRAPH_FORMATS, best, content_type
from kg.serving.requests import refuse, tagged, while_connected
from kg.serving.service import JSON_RESULTS, Service

SD = "http://www.w3.org/ns/sparql-service-description#"
FORMATS = "http://www.w3.org/ns/formats/"
_RESULT_FORMATS = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
    "Turtle", "N-Triples", "JSON-LD", "RDF_XML",
)  # fmt: skip
_COUNT_SECONDS = 600.0

CLASSES = "SELECT ?class (COUNT(DISTINCT ?s) AS ?n) { ?s a ?class } GROUP BY ?class"
PROPERTIES = "SELECT ?property (COUNT(*) AS ?n) { ?s ?property ?o } GROUP BY ?property"
USES = "SELECT ?class ?property (COUNT(*) AS ?n) { ?s a ?class ; ?property ?o } GROUP BY ?class ?property"
GRAPHS = "SELECT ?graph (COUNT(*) AS ?n) { GRAPH ?graph { ?s ?p ?o } } GROUP BY ?graph"


@dataclass(frozen=True, slots=True)
class Statistics:
    """Counts of what is served: triples in every graph, instances of every class, triples of every property."""

    graphs: tuple[tuple[str, int], ...]
    classes: tuple[tuple[str, int], ...]
    properties: tuple[tuple[str, int], ...]
    uses: tuple[tuple[str, str, int], ...]  # class, property, triples

    @property
    def triples(self) -> int:
        return sum(count for _, count in self.properties)


class Counting:
    """The statistics of the store as it is, counted when first asked for and again after it changed."""

    def __init__(self) -> None:
        self._generation = -1
        self._task: asyncio.Task[Statistics] | None = None

    async def statistics(self, service: Service) -> Statistics:
        """The statistics; waits for a count under way."""
        generation = service.pool.generation
        failed = self._task is not None and self._task.done() and (self._task.cancelled() or self._task.exception())
        if self._task is None or self._generation != generation or failed:
            self._generation = generation
            self._task = asyncio.create_task(self._count(service))
        return await asyncio.shield(self._task)

    async def _count(self, service: Service) -> Statistics:
        async def counted(query: str, *names: str) -> list[tuple[str, ...]]:
            job = {"do": "query", "query": query, "table": JSON_RESULTS}
            result = await service.pool.run(job, _COUNT_SECONDS, patient=True)
            rows = json.loads(result.read())["results"]["bindings"]
            return sorted(tuple(row[name]["value"] for name in names) for row in rows if all(n in row for n in names))

        graphs = await counted(GRAPHS, "graph", "n")
        classes = await counted(CLASSES, "class", "n")
        properties = await counted(PROPERTIES, "property", "n")
        uses = await counted(USES, "class", "property", "n")
        return Statistics(
            tuple((graph, int(count)) for graph, count in graphs),
            tuple((kind, int(count)) for kind, count in classes),
            tuple((name, int(count)) for name, count in properties),
            tuple((kind, name, int(count)) for kind, name, count in uses),
        )


def _sd(name: str) -> ox.NamedNode:
    return ox.NamedNode(SD + name)


def service_triples(service: Service, endpoint: str, statistics: Statistics | None) -> Iterable[ox.Triple]:
    """The SPARQL 1.1 Service Description of ``endpoint``, with the stored queries as sh:SPARQLExecutable."""
    node, a = ox.NamedNode(endpoint), term("rdf:type")
    dataset, default = ox.BlankNode("dataset"), ox.BlankNode("default")
    yield ox.Triple(node, a, _sd("Service"))
    yield ox.Triple(node, _sd("endpoint"), node)
    yield ox.Triple(node, term("dcterms:title"), ox.Literal(service.config.title, language="en"))
    yield ox.Triple(node, term("dcterms:title"), ox.Literal(service.config.title_zh, language="zh-Hans"))
    yield ox.Triple(node, term("dcterms:license"), ox.NamedNode(service.config.licence))
    yield ox.Triple(node, _sd("supportedLanguage"), _sd("SPARQL11Query"))
    if service.writable:
        yield ox.Triple(node, _sd("supportedLanguage"), _sd("SPARQL11Update"))
    yield ox.Triple(node, _sd("feature"), _sd("UnionDefaultGraph"))
    yield ox.Triple(node, _sd("defaultEntailmentRegime"), ox.NamedNode("http://www.w3.org/ns/entailment/Simple"))
    for name in _RESULT_FORMATS:
        yield ox.Triple(node, _sd("resultFormat"), ox.NamedNode(FORMATS + name))
    yield ox.Triple(node, _sd("defaultDataset"), dataset)
    yield ox.Triple(dataset, a, _sd("Dataset"))
    yield ox.Triple(dataset, _sd("defaultGraph"), default)
    yield ox.Triple(default, a, _sd("Graph"))
    if statistics is not None:
        yield ox.Triple(default, term("void:triples"), integer(statistics.triples))
        for number, (name, count) in enumerate(statistics.graphs):
            named, graph = ox.BlankNode(f"named{number}"), ox.BlankNode(f"graph{number}")
            yield ox.Triple(dataset, _sd("namedGraph"), named)
            yield ox.Triple(named, a, _sd("NamedGraph"))
            yield ox.Triple(named, _sd("name"), ox.NamedNode(name))
            yield ox.Triple(named, _sd("graph"), graph)
            yield ox.Triple(graph, a, _sd("Graph"))
            yield ox.Triple(graph, term("void:triples"), integer(count))
    for name, query in stored_queries().items():
        if any(parameter.default is None for parameter in query.parameters):
            continue  # an example must run as it stands
        example = ox.NamedNode(f"{endpoint.removesuffix('/sparql')}/queries/{name}")
        yield ox.Triple(example, a, term("sh:SPARQLExecutable"))
        yield ox.Triple(example, a, term("sh:SPARQLSelectExecutable"))
        yield ox.Triple(example, term("rdfs:label"), ox.Literal(query.title, language="en"))
        if query.title_zh:
            yield ox.Triple(example, term("rdfs:label"), ox.Literal(query.title_zh, language="zh-Hans"))
        yield ox.Triple(example, term("rdfs:comment"), ox.Literal(query.description, language="en"))
        yield ox.Triple(example, term("sh:select"), ox.Literal(with_prefixes(query.bind({})).strip()))
        yield ox.Triple(example, term("schema:target"), node)


def void_triples(service: Service, root: str, statistics: Statistics) -> Iterable[ox.Triple]:
    """VoID of the dataset served: counts, and partitions by class (with their properties) and by property."""
    dataset, a = ox.NamedNode(f"{service.config.base}dataset"), term("rdf:type")
    yield ox.Triple(dataset, a, term("void:Dataset"))
    yield ox.Triple(dataset, term("dcterms:title"), ox.Literal(service.config.title, language="en"))
    yield ox.Triple(dataset, term("dcterms:title"), ox.Literal(service.config.title_zh, language="zh-Hans"))
    yield ox.Triple(dataset, term("dcterms:license"), ox.NamedNode(service.config.licence))
    yield ox.Triple(dataset, term("void:sparqlEndpoint"), ox.NamedNode(f"{root}/sparql"))
    yield ox.Triple(dataset, term("void:uriSpace"), ox.Literal(service.config.base))
    yield ox.Triple(dataset, term("void:openSearchDescription"), ox.NamedNode(f"{root}/opensearch.xml"))
    yield ox.Triple(dataset, term("void:triples"), integer(statistics.triples))
    yield ox.Triple(dataset, term("void:classes"), integer(len(statistics.classes)))
    yield ox.Triple(dataset, term("void:properties"), integer(len(statistics.properties)))
    for vocabulary in sorted({iri[: _local(iri)] for iri, _ in statistics.properties}):
        yield ox.Triple(dataset, term("void:vocabulary"), ox.NamedNode(vocabulary))
    for number, (kind, count) in enumerate(statistics.classes):
        part = ox.BlankNode(f"class{number}")
        yield ox.Triple(dataset, term("void:classPartition"), part)
        yield ox.Triple(part, term("void:class"), ox.NamedNode(kind))
        yield ox.Triple(part, term("void:entities"), integer(count))
        for position, (of, name, used) in enumerate(statistics.uses):
            if of == kind:
                use = ox.BlankNode(f"use{number}x{position}")
                yield ox.Triple(part, term("void:propertyPartition"), use)
                yield ox.Triple(use, term("void:property"), ox.NamedNode(name))
                yield ox.Triple(use, term("void:triples"), integer(used))
    for number, (name, count) in enumerate(statistics.properties):
        part = ox.BlankNode(f"property{number}")
        yield ox.Triple(dataset, term("void:propertyPartition"), part)
        yield ox.Triple(part, term("void:property"), ox.NamedNode(name))
        yield ox.Triple(part, term("void:triples"), integer(count))


def _local(iri: str) -> int:
    """Where the namespace of ``iri`` ends."""
    return max(iri.rfind("#"), iri.rfind("/")) + 1


def _rdf(request: Request, triples: Iterable[ox.Triple], media: str) -> Response:
    prefixes = {**PREFIXES, "sd": SD, "formats": FORMATS}
    data = ox.serialize(triples, format=GRAPH_FORMATS[media], prefixes=prefixes) or b""
    return tagged(request, data, content_type(media))


async def service_description(request: Request, media: str) -> Response:
    """The description of this service; without counts while they are being made."""
    service: Service = request.app.state.service
    counting: Counting = request.app.state.counting
    statistics: Statistics | None = None
    try:
        async with asyncio.timeout(1.0):
            statistics = await counting.statistics(service)
    except TimeoutError:
        pass
    return _rdf(request, service_triples(service, service.url(request, "/sparql"), statistics), media)


async def void(request: Request) -> Response:
    """``/.well-known/void``."""
    service: Service = request.app.state.service
    media = best(", ".join(request.headers.getlist("accept")), GRAPH_FORMATS)
    if media is None:
        media = next(iter(GRAPH_FORMATS))  # a browser that accepts HTML only still gets to see it
    counting: Counting = request.app.state.counting
    try:
        async with asyncio.timeout(service.limits.query_seconds):
            statistics = await while_connected(request, counting.statistics(service))
    except TimeoutError:
        raise refuse(503, "the dataset is still being counted; try again", {"Retry-After": "30"}) from None
    return _rdf(request, void_triples(service, service.url(request, ""), statistics), media)
