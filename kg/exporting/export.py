"""Writing a store out, sorted, so that two exports of equal content are equal byte for byte.

Invariant: statements are ordered by graph, subject, predicate (rdf:type first) and object; formats without graphs get
the union, each triple once.
"""

from __future__ import annotations

from typing import IO

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, Triple, serialize

from kg.errors import UsageError
from kg.graph.terms import PREFIXES, triple_order

FORMATS: dict[str, RdfFormat] = {
    "turtle": RdfFormat.TURTLE,
    "trig": RdfFormat.TRIG,
    "ntriples": RdfFormat.N_TRIPLES,
    "nquads": RdfFormat.N_QUADS,
    "jsonld": RdfFormat.JSON_LD,
    "rdfxml": RdfFormat.RDF_XML,
}


def export(store: Store, fmt: str, output: IO[bytes], graph: str | None = None, base: str = "") -> int:
    """Write ``store`` (or one of its graphs) to ``output``; the number of statements written.

    Raises:
        UsageError: the format or the graph is not there.

    """
    if fmt not in FORMATS:
        raise UsageError(f"There is no export format {fmt!r}; choose one of {', '.join(FORMATS)}.")
    syntax = FORMATS[fmt]
    prefixes = {**PREFIXES, **({"id": base} if base else {})}
    if graph is not None:
        if not store.contains_named_graph(NamedNode(graph)):
            known = "\n  ".join(sorted(g.value for g in store.named_graphs() if isinstance(g, NamedNode)))
            raise UsageError(f"There is no graph <{graph}>. There are:\n  {known}")
        found = store.quads_for_pattern(None, None, None, NamedNode(graph))
    else:
        found = store.quads_for_pattern(None, None, None, None)
    statements: list[Triple] | list[Quad]
    if syntax.supports_datasets:
        statements = sorted(found, key=_quad_order)
    else:
        statements = sorted({q.triple for q in found}, key=triple_order)
    serialize(statements, output, syntax, prefixes=prefixes)
    return len(statements)


def _quad_order(quad: Quad) -> tuple[str, str, str, str]:
    graph = "" if isinstance(quad.graph_name, DefaultGraph) else str(quad.graph_name)
    return (graph, *triple_order(quad.triple))
