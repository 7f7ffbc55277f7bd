"""The register that stands beside a published dataset: which graphs it has, how many triples, with what content.

Invariant: the register changes in the same update as the graphs it lists, so it always tells what is published.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from kg.graph.terms import integer, term
from kg.publishing.endpoint import RemoteEndpoint

_GRAPH = ox.NamedNode("http://www.w3.org/ns/sparql-service-description#Graph")
_PREFIX = "sha256:"


@dataclass(frozen=True, slots=True)
class Listed:
    """One published graph: its name, its number of triples, the hash of its content."""

    name: str
    triples: int
    content: str


def register_graph(base: str) -> str:
    """The IRI of the register's own graph."""
    return f"{base}graph/publication"


def register_triples(graphs: Iterable[Listed]) -> list[ox.Triple]:
    """The register as RDF."""
    found = []
    for graph in sorted(graphs, key=lambda one: one.name):
        node = ox.NamedNode(graph.name)
        found.append(ox.Triple(node, term("rdf:type"), _GRAPH))
        found.append(ox.Triple(node, term("void:triples"), integer(graph.triples)))
        found.append(ox.Triple(node, term("dcterms:identifier"), ox.Literal(_PREFIX + graph.content)))
    return found


def read_register(endpoint: RemoteEndpoint, base: str) -> dict[str, Listed]:
    """What is published at ``endpoint``, by name of the graph; empty when nothing was pushed there yet."""
    triples, content = term("void:triples"), term("dcterms:identifier")
    pattern = f"?graph {triples} ?triples ; {content} ?content"
    table = endpoint.select(
        f"SELECT ?graph ?triples ?content WHERE {{ GRAPH <{register_graph(base)}> {{ {pattern} }} }} ORDER BY ?graph"
    )
    listed = {}
    for row in table.rows:
        name, count, digest = (str(getattr(cell, "value", "")) for cell in row)
        if name and count.isdigit() and digest.startswith(_PREFIX):
            listed[name] = Listed(name, int(count), digest.removeprefix(_PREFIX))
    return listed
