"""Writing a store out, sorted, so that two exports of equal content are equal byte for byte.

Invariant: statements are ordered by graph, subject, predicate (rdf:type first) and object; formats without graphs get
the union, each triple once.
"""

from __future__ import annotations

from typing import IO, cast

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
    # Divisions are what readers know by their codes; longer paths would need escapes behind a prefix.
    prefixes = {**PREFIXES, **({"place": f"{base}place/"} if base else {})}
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
    if fmt in ("turtle", "trig"):
        with _Readable(output) as readable:
            serialize(statements, cast(IO[bytes], readable), syntax, prefixes=prefixes)
    else:
        serialize(statements, output, syntax, prefixes=prefixes)
    return len(statements)


class _Readable:
    """Passes Turtle on with its prefixes in alphabetical order and an empty line after each subject.

    The serialiser writes one statement list a subject, and line feeds inside literals as escapes, so lines are
    structure and can be told apart without parsing.
    """

    def __init__(self, output: IO[bytes]) -> None:
        self._output = output
        self._rest = b""
        self._prefixes: list[bytes] | None = []

    def __enter__(self) -> _Readable:
        return self

    def __exit__(self, *error: object) -> None:
        self._lines([self._rest] if self._rest else [])
        if self._prefixes is not None:
            self._output.write(b"".join(sorted(self._prefixes)))

    def write(self, data: bytes) -> int:
        *lines, self._rest = (self._rest + bytes(data)).split(b"\n")
        self._lines([line + b"\n" for line in lines])
        return len(data)

    def _lines(self, lines: list[bytes]) -> None:
        for line in lines:
            if self._prefixes is not None:
                if line.startswith(b"@prefix"):
                    self._prefixes.append(line)
                    continue
                self._output.write(b"".join(sorted(self._prefixes)) + b"\n")
                self._prefixes = None
            self._output.write(line + b"\n" if line.endswith(b" .\n") else line)

    def flush(self) -> None:
        self._output.flush()


def _quad_order(quad: Quad) -> tuple[str, str, str, str]:
    graph = "" if isinstance(quad.graph_name, DefaultGraph) else str(quad.graph_name)
    return (graph, *triple_order(quad.triple))
