"""What checking finds: one value for each way in which a node does not fit a shape.

Invariant: findings are plain values in a fixed order; what they say does not depend on the engine that found them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from pyoxigraph import RdfFormat, parse
from rdflib import RDF, SH, XSD, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from kg.checking.terms import plain, to_rdflib


class Severity(StrEnum):
    """How grave a finding is. Only violations keep a graph from conforming."""

    VIOLATION = "Violation"
    WARNING = "Warning"
    INFO = "Info"


_ORDER = {Severity.VIOLATION: 0, Severity.WARNING: 1, Severity.INFO: 2}


@dataclass(frozen=True, slots=True)
class Finding:
    """A node that does not fit a shape.

    ``shape``, ``component`` and ``path`` are IRIs (``path`` "" where the shape has none); ``focus`` and ``value`` are
    terms as N-Triples writes them (``value`` "" where there is none). ``culprit`` is the node to take away so that the
    rest conforms: the focus node, or the statement that a check over the whole report names. ``kind`` is the notation
    of the quality finding that this is, if it is one. ``sentence`` is the sentence it was read from.
    """

    severity: Severity
    shape: str
    component: str
    focus: str
    path: str
    value: str
    culprit: str
    message_zh: str
    message_en: str
    kind: str = ""
    sentence: str = ""

    def message(self, chinese: bool) -> str:
        """The message in Chinese or English."""
        return self.message_zh if chinese else self.message_en


@dataclass(frozen=True, slots=True)
class Findings:
    """All that one check found, gravest first."""

    all: tuple[Finding, ...]

    @property
    def conforms(self) -> bool:
        """Whether there is no violation."""
        return not any(f.severity is Severity.VIOLATION for f in self.all)

    @property
    def violations(self) -> tuple[Finding, ...]:
        """The violations."""
        return tuple(f for f in self.all if f.severity is Severity.VIOLATION)

    def counts(self) -> dict[Severity, int]:
        """How many findings there are of each severity."""
        counted = Counter(f.severity for f in self.all)
        return {s: counted[s] for s in Severity}

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.all)

    def __len__(self) -> int:
        return len(self.all)


def gathered(found: Iterable[Finding]) -> Findings:
    """``found``, each once, in the order in which findings are always given."""
    return Findings(tuple(sorted(set(found), key=_place)))


def _place(finding: Finding) -> tuple[object, ...]:
    return (
        _ORDER[finding.severity],
        finding.shape,
        finding.focus,
        finding.value,
        finding.component,
        finding.path,
        finding.message_en,
    )


def report_graph(findings: Findings) -> Graph:
    """The ``sh:ValidationReport`` that W3C SHACL defines, with messages in zh and en; its blank nodes are numbered."""
    graph = Graph()
    graph.bind("sh", SH)
    graph.bind("bg", "https://w3id.org/baogao/ns#")
    graph.bind("bgs", "https://w3id.org/baogao/shapes#")
    report = BNode("report")
    graph.add((report, RDF.type, SH.ValidationReport))
    graph.add((report, SH.conforms, Literal(findings.conforms, datatype=XSD.boolean)))
    for number, finding in enumerate(findings, 1):
        result = BNode(f"result{number}")
        graph.add((report, SH.result, result))
        graph.add((result, RDF.type, SH.ValidationResult))
        graph.add((result, SH.resultSeverity, SH[finding.severity.value]))
        graph.add((result, SH.sourceShape, URIRef(finding.shape)))
        graph.add((result, SH.sourceConstraintComponent, URIRef(finding.component)))
        graph.add((result, SH.focusNode, _term(finding.focus)))
        if finding.path:
            graph.add((result, SH.resultPath, URIRef(finding.path)))
        if finding.value:
            graph.add((result, SH.value, _term(finding.value)))
        graph.add((result, SH.resultMessage, Literal(finding.message_zh, lang="zh")))
        graph.add((result, SH.resultMessage, Literal(finding.message_en, lang="en")))
    return graph


def _term(text: str) -> Node:
    """The term that ``text`` is in N-Triples."""
    if text.startswith("<"):
        return URIRef(text[1:-1])
    if text.startswith("_:"):
        return BNode(text[2:])
    return to_rdflib(plain(next(iter(parse(f"<x:s> <x:p> {text} .".encode(), format=RdfFormat.N_TRIPLES))).object))
