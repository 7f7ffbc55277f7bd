"""The shapes of the ``shapes`` folder, in the form in which each engine is fast.

Invariant: what is loaded says the same as the files. Core constraints hang on the shape of a class for people to read;
for pySHACL they are given its targets themselves, which spares it a run for each node (measured: a sixth of the time).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from pyoxigraph import RdfFormat, Triple, parse
from rdflib import RDF, SH, Graph, Literal, Namespace, URIRef

from kg.checking.findings import Severity
from kg.checking.terms import rdflib_graph
from kg.errors import VocabularyError
from kg.resources import folder

BG = Namespace("https://w3id.org/baogao/ns#")
_TARGETS = (SH.targetClass, SH.targetNode, SH.targetObjectsOf, SH.targetSubjectsOf)

# What a report's own graph is checked against; the others are for the graphs that all reports share.
REPORT_SHAPES = ("claims", "documents", "entities", "marks", "quality")
ALL_SHAPES = (*REPORT_SHAPES, "provenance", "vocabulary")
DOMAIN_SHAPES = "domain"


@dataclass(frozen=True, slots=True)
class Shape:
    """What a result of a shape is shown with: its severity, and messages in which ``{$this}`` is the node."""

    iri: str
    severity: Severity
    message_zh: str
    message_en: str
    path: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class DomainCheck:
    """A SHACL-SPARQL constraint: one query that finds every node that breaks it."""

    shape: Shape
    target: str  # IRI of the class its focus nodes are of
    select: str  # with its prefixes


def shapes_graph(*names: str) -> Graph:
    """The shapes as they are written, of the files ``names`` (default: all of them).

    Raises:
        VocabularyError: a file is missing or is no Turtle; the message names it.

    """
    return rdflib_graph(t for name in names or (*ALL_SHAPES, DOMAIN_SHAPES) for t in _read(name))


@cache
def _read(name: str) -> tuple[Triple, ...]:
    path = folder("shapes") / f"{name}.ttl"
    try:
        return tuple(q.triple for q in parse(path=str(path), format=RdfFormat.TURTLE))
    except OSError as error:
        raise VocabularyError(f"{path}: the shapes cannot be read ({error.strerror}).") from None
    except SyntaxError as error:
        raise VocabularyError(f"{path}: not Turtle: {error}") from None


@cache
def flat_shapes(names: tuple[str, ...]) -> Graph:
    """The core shapes with each property shape standing on its own, with the targets of the shape it hung on."""
    graph = shapes_graph(*names)
    for shape, _, prop in sorted(graph.triples((None, SH.property, None))):
        targets = [(p, o) for p in _TARGETS for o in graph.objects(shape, p)]
        if targets:
            graph.remove((shape, SH.property, prop))
            for p, o in targets:
                graph.add((prop, p, o))
    return graph


@cache
def shape_index() -> Mapping[str, Shape]:
    """Every shape that can be the source of a result, by IRI."""
    graph = shapes_graph()
    found = {}
    for node in sorted(
        {s for s in graph.subjects(SH.message, None) if isinstance(s, URIRef)}
        | {s for s in graph.subjects(SH.sparql, None) if isinstance(s, URIRef)}
    ):
        constraint = graph.value(node, SH.sparql) or node
        messages = {m.language: str(m) for m in graph.objects(constraint, SH.message) if isinstance(m, Literal)}
        severity = graph.value(node, SH.severity) or SH.Violation
        path = graph.value(node, SH.path)
        kind = graph.value(node, BG.finding)
        found[str(node)] = Shape(
            str(node),
            Severity(str(severity).rpartition("#")[2]),
            messages.get("zh", ""),
            messages.get("en", ""),
            str(path) if isinstance(path, URIRef) else "",
            str(kind).rpartition("/")[2] if kind else "",
        )
    return MappingProxyType(found)


@cache
def domain_checks() -> tuple[DomainCheck, ...]:
    """The checks between statements, in the order of their IRIs."""
    graph = shapes_graph(DOMAIN_SHAPES)
    checks = []
    for node in sorted(s for s in graph.subjects(SH.sparql, None) if isinstance(s, URIRef)):
        constraint = graph.value(node, SH.sparql)
        ontology = graph.value(constraint, SH.prefixes)
        prefixes = sorted(
            f"PREFIX {graph.value(d, SH.prefix)}: <{graph.value(d, SH.namespace)}>"
            for d in graph.objects(ontology, SH.declare)
        )
        checks.append(
            DomainCheck(
                shape_index()[str(node)],
                str(graph.value(node, SH.targetClass)),
                "\n".join([*prefixes, str(graph.value(constraint, SH.select))]),
            )
        )
    return tuple(checks)


def shape_names() -> tuple[str, ...]:
    """The IRIs of all shapes that stand by themselves: node shapes, property shapes and checks."""
    graph = shapes_graph()
    nodes = {s for kind in (SH.NodeShape, SH.PropertyShape) for s in graph.subjects(RDF.type, kind)}
    return tuple(sorted(str(s) for s in nodes if isinstance(s, URIRef)))
