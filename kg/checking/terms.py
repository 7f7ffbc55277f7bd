"""Between the terms of pyoxigraph, in which graphs are written and stored, and those of rdflib, which pySHACL reads."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import BlankNode, NamedNode, Triple
from pyoxigraph import Literal as OxLiteral
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import Node

_STRING = "http://www.w3.org/2001/XMLSchema#string"
OxTerm = NamedNode | BlankNode | OxLiteral


def plain(term: OxTerm | Triple) -> OxTerm:
    """``term``, which is no triple: our graphs have no triples within triples."""
    if isinstance(term, Triple):
        raise TypeError(f"{term}: a triple as a term is not expected here")
    return term


def to_rdflib(term: OxTerm) -> Node:
    """``term`` for rdflib. A literal keeps its words as they are."""
    if isinstance(term, NamedNode):
        return URIRef(term.value)
    if isinstance(term, BlankNode):
        return BNode(term.value)
    if term.language:
        return Literal(term.value, lang=term.language)
    datatype = term.datatype.value
    if datatype == _STRING:  # rdflib tells a plain literal from an xsd:string, RDF does not
        return Literal(term.value)
    return Literal(term.value, datatype=URIRef(datatype), normalize=False)


def to_pyoxigraph(node: Node) -> OxTerm:
    """``node`` for pyoxigraph."""
    if isinstance(node, URIRef):
        return NamedNode(str(node))
    if isinstance(node, BNode):
        return BlankNode(str(node))
    assert isinstance(node, Literal)
    if node.language:
        return OxLiteral(str(node), language=node.language)
    return OxLiteral(str(node), datatype=NamedNode(str(node.datatype))) if node.datatype else OxLiteral(str(node))


def rdflib_graph(triples: Iterable[Triple]) -> Graph:
    """A graph of ``triples``."""
    graph = Graph(bind_namespaces="none")
    for s, p, o in triples:
        graph.add((to_rdflib(plain(s)), to_rdflib(p), to_rdflib(plain(o))))
    return graph


def triples_of(graph: Graph) -> list[Triple]:
    """The triples of an rdflib graph, for pyoxigraph."""
    return [Triple(to_pyoxigraph(s), to_pyoxigraph(p), to_pyoxigraph(o)) for s, p, o in graph]  # type: ignore[arg-type]
