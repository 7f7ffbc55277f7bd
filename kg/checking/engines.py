"""Running shapes over a graph: core shapes with pySHACL (the reference) or the ``shacl`` engine, the checks between
statements with the query engine of the store.

Invariant: both engines give the same results for our shapes (a test compares them).
"""

from __future__ import annotations

import warnings
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

from pyoxigraph import NamedNode, Quad, Store, Triple
from rdflib import RDF, SH, Graph, URIRef

from kg.checking.index import Term, plain
from kg.checking.lookup import LookupGraph
from kg.checking.shapes import domain_checks, flat_shapes, shapes_graph
from kg.checking.terms import to_pyoxigraph
from kg.errors import UsageError
from kg.graph.terms import RDF_TYPE, term

ENGINES = ("pyshacl", "fast")
SPARQL_COMPONENT = str(SH.SPARQLConstraintComponent)


class Result(NamedTuple):
    """A validation result as an engine gives it; terms as N-Triples writes them, ``bindings`` what a query found."""

    shape: str
    component: str
    focus: str
    path: str
    value: str
    bindings: tuple[tuple[str, Any], ...] = ()


class CoreChecker:
    """A graph ready for checking against core shapes, and for checking again after something was taken away."""

    def __init__(self, triples: Sequence[Triple], names: tuple[str, ...], engine: str = "pyshacl") -> None:
        if engine not in ENGINES:
            raise UsageError(f"There is no SHACL engine {engine!r}; there are {', '.join(ENGINES)}.")
        self.engine = engine
        self.names = names
        self._triples = list(triples)
        self._graph = LookupGraph(self._triples) if engine == "pyshacl" else None

    def run(self, focus: Collection[str] | None = None) -> list[Result]:
        """Results for all focus nodes, or for those whose IRIs are in ``focus``."""
        if self._graph is not None:
            return _run_pyshacl(self._graph, self.names, focus)
        results = _run_fast(self._triples, self.names)
        return [r for r in results if focus is None or r.focus[1:-1] in focus]

    def remove(self, triples: Collection[Triple]) -> None:
        """Take triples away."""
        gone = set(triples)
        self._triples = [t for t in self._triples if t not in gone]
        if self._graph is not None:
            self._graph.drop(triples)


def _run_pyshacl(graph: Graph, names: tuple[str, ...], focus: Collection[str] | None) -> list[Result]:
    import pyshacl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # rdflib tells of ill-typed literals, which the shapes find themselves
        _, report, _ = pyshacl.validate(
            graph,
            shacl_graph=flat_shapes(names),
            inference="none",
            advanced=False,
            inplace=True,
            focus_nodes=[URIRef(f) for f in focus] if focus is not None else None,
        )
    if not isinstance(report, Graph):
        raise UsageError(f"pySHACL could not check the graph: {report}")
    results = []
    for node in report.subjects(RDF.type, SH.ValidationResult):
        found: dict[Any, Any] = dict(report.predicate_objects(node))
        path = found.get(SH.resultPath)
        value = found.get(SH.value)
        results.append(
            Result(
                shape=str(found[SH.sourceShape]),
                component=str(found[SH.sourceConstraintComponent]),
                focus=str(to_pyoxigraph(found[SH.focusNode])),
                path=str(path) if isinstance(path, URIRef) else "",
                value=str(to_pyoxigraph(value)) if value is not None else "",
            )
        )
    return results


@cache
def _compiled(names: tuple[str, ...]) -> Any:
    try:
        import shacl
    except ImportError:
        raise UsageError("The fast SHACL engine is not installed: pip install 'baogao[fast]', or pyshacl.") from None
    return shacl.Shapes.from_text(shapes_graph(*names).serialize(format="nt"), "ntriples")


def _run_fast(triples: Sequence[Triple], names: tuple[str, ...]) -> list[Result]:
    text = "".join(f"{t.subject} {t.predicate} {t.object} .\n" for t in triples)
    report = _compiled(names).validate_turtle(text)
    return [
        Result(
            (r.source_shape or "").strip("<>"), r.component_iri, r.focus_node, (r.path or "").strip("<>"), r.value or ""
        )
        for r in report.results
    ]


def store_of(triples: Sequence[Triple]) -> Store:
    """A store in memory that holds ``triples``."""
    store = Store()
    store.bulk_extend([Quad(t.subject, t.predicate, t.object) for t in triples])
    return store


def run_domain(store: Store) -> Iterator[Result]:
    """Results of the checks between statements."""
    for check in domain_checks():
        targets = _instances(store, NamedNode(check.target))
        if not targets:
            continue
        solutions = store.query(check.select)
        names = [v.value for v in solutions.variables]  # type: ignore[union-attr]
        for row in solutions:  # type: ignore[union-attr]
            found = {n: row[n] for n in names if row[n] is not None}
            if found.get("this") not in targets:
                continue
            value = found.get("value")
            yield Result(
                check.shape.iri,
                SPARQL_COMPONENT,
                str(found["this"]),
                "",
                str(value) if value is not None else "",
                tuple(sorted(found.items())),
            )


def _instances(store: Store, target: NamedNode) -> set[Term]:
    """The SHACL instances of a class: of itself and of its subclasses."""
    classes, found = [target], set[Term]()
    for cls in classes:
        for quad in store.quads_for_pattern(None, term("rdfs:subClassOf"), cls, None):
            if isinstance(quad.subject, NamedNode) and quad.subject not in classes:
                classes.append(quad.subject)
        found |= {plain(quad.subject) for quad in store.quads_for_pattern(None, RDF_TYPE, cls, None)}
    return found
