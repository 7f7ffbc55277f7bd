"""Checking a graph: core shapes and the checks between statements, as findings that name what is wrong to people.

Invariant: the same graph gives the same findings whatever the engine and the order of its triples.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from functools import cache, cached_property

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, parse
from rdflib import Graph

from kg.checking.context import vocabulary_facts, vocabulary_labels
from kg.checking.engines import CoreChecker, Result, run_domain, store_of
from kg.checking.findings import Finding, Findings, gathered
from kg.checking.index import Index, Term, plain
from kg.checking.shapes import REPORT_SHAPES, domain_checks, shape_index
from kg.checking.terms import triples_of

_PLACEHOLDER = re.compile(r"\{[$?](\w+)\}")


def check(
    graph: Graph | Iterable[Triple],
    *,
    shapes: tuple[str, ...] = REPORT_SHAPES,
    engine: str = "pyshacl",
    context: Iterable[Triple] = (),
) -> Findings:
    """Check ``graph`` against ``shapes`` (names of files) and the checks between statements.

    What the vocabularies say of the concepts, units and rules that the graph names is known to the shapes; ``context``
    is what else is known, such as divisions of another graph. Nodes that only these speak of are not checked.

    Raises:
        UsageError: there is no such engine, or it is not installed.

    """
    triples = triples_of(graph) if isinstance(graph, Graph) else list(graph)
    return Checker(triples, shapes, engine, context).run()


class Checker:
    """A graph ready to be checked, and to be checked again after something was taken away from it."""

    def __init__(
        self,
        triples: Iterable[Triple],
        shapes: tuple[str, ...] = REPORT_SHAPES,
        engine: str = "pyshacl",
        context: Iterable[Triple] = (),
    ) -> None:
        own = dict.fromkeys(triples)
        self._everything = list(dict.fromkeys([*own, *vocabulary_facts(own), *context]))
        self._own = own
        self._core = CoreChecker(self._everything, shapes, engine)
        self._store = store_of(self._everything)

    @cached_property
    def index(self) -> Index:
        """The graph by node; made when there is something to say of it."""
        return Index([*self._everything, *vocabulary_labels()])

    def run(self, focus: Collection[str] | None = None) -> Findings:
        """What is wrong; with ``focus``, the core shapes look only at these nodes (IRIs)."""
        results = [*self._core.run(focus), *run_domain(self._store)]
        if not results:
            return Findings(())
        checked = {str(t.subject) for t in self._own}
        return findings_of(results, self.index, checked)

    def remove(self, triples: Collection[Triple]) -> None:
        """Take triples away."""
        gone = set(triples)
        self._everything = [t for t in self._everything if t not in gone]
        self._own = {t: None for t in self._own if t not in gone}
        self.index.remove(triples)
        self._core.remove(triples)
        for t in triples:
            self._store.remove(Quad(t.subject, t.predicate, t.object))


def findings_of(results: Iterable[Result], index: Index, checked: Collection[str] | None = None) -> Findings:
    """Results as findings; if ``checked`` is given, those whose focus node is in it."""
    return gathered(_finding(r, index) for r in results if checked is None or r.focus in checked)


@cache
def _whole_report_checks() -> frozenset[str]:
    """The shapes whose focus is a document: what is wrong there is the statement that is the value."""
    return frozenset(c.shape.iri for c in domain_checks() if c.target.endswith(("#Report", "#Edition")))


def _finding(result: Result, index: Index) -> Finding:
    shape = shape_index()[result.shape]
    focus = term_of(result.focus)
    value = term_of(result.value) if result.value else None
    bindings: dict[str, Term] = {**dict(result.bindings), "this": focus}
    if value is not None:
        bindings["value"] = value
    culprit = value if shape.iri in _whole_report_checks() and isinstance(value, NamedNode) else focus
    return Finding(
        severity=shape.severity,
        shape=shape.iri,
        component=result.component,
        focus=result.focus,
        path=result.path,
        value=result.value,
        culprit=str(culprit),
        message_zh=_filled(shape.message_zh, bindings, index, True),
        message_en=_filled(shape.message_en, bindings, index, False),
        kind=shape.kind,
        sentence=index.sentence(culprit),
    )


def _filled(template: str, bindings: Mapping[str, Term], index: Index, chinese: bool) -> str:
    nothing = "无" if chinese else "none"
    return _PLACEHOLDER.sub(lambda m: index.label(bindings[m[1]], chinese) if m[1] in bindings else nothing, template)


def term_of(text: str) -> Term:
    """The term that ``text`` is in N-Triples."""
    if text.startswith("<"):
        return NamedNode(text[1:-1])
    statement = next(iter(parse(f"<x:s> <x:p> {text} .".encode(), format=RdfFormat.N_TRIPLES)))
    return plain(statement.object)
