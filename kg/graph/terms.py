"""The terms the graph is written in, and the prefixes it is shown with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from pyoxigraph import Literal, NamedNode, Quad, Triple

from kg.iris import NS, SCHEMES

_SCHEMES = (
    "bound",
    "facility-kind",
    "finding-kind",
    "indicator",
    "industry",
    "measure",
    "number-class",
    "part",
    "policy-area",
    "project-kind",
    "project-status",
    "rule",
    "status",
)

PREFIXES: dict[str, str] = {
    "bg": NS,
    **{scheme: f"{SCHEMES}{scheme}/" for scheme in _SCHEMES},
    "bg-unit": f"{SCHEMES}unit/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dcterms": "http://purl.org/dc/terms/",
    "dqv": "http://www.w3.org/ns/dqv#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "qb": "http://purl.org/linked-data/cube#",
    "qudt": "http://qudt.org/schema/qudt/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sdmx-attribute": "http://purl.org/linked-data/sdmx/2009/attribute#",
    "sdmx-dimension": "http://purl.org/linked-data/sdmx/2009/dimension#",
    "sdmx-measure": "http://purl.org/linked-data/sdmx/2009/measure#",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "unit": "http://qudt.org/vocab/unit/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


@cache
def term(curie: str) -> NamedNode:
    """The IRI that ``curie`` (``bg:Report``) stands for."""
    prefix, name = curie.split(":", 1)
    return NamedNode(PREFIXES[prefix] + name)


@cache
def concept(scheme: str, notation: str) -> NamedNode:
    """The concept ``notation`` of one of the project's own schemes."""
    return NamedNode(f"{SCHEMES}{scheme}/{notation}")


RDF_TYPE = term("rdf:type")
XSD_INTEGER = term("xsd:integer")
XSD_DECIMAL = term("xsd:decimal")
XSD_BOOLEAN = term("xsd:boolean")
XSD_GYEAR = term("xsd:gYear")
XSD_DATE = term("xsd:date")


def integer(value: int) -> Literal:
    """An xsd:integer."""
    return Literal(str(value), datatype=XSD_INTEGER)


def decimal(value: object) -> Literal:
    """An xsd:decimal, written out exactly (never in exponent notation, no zeros at its end)."""
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return Literal(text, datatype=XSD_DECIMAL)


def boolean(value: bool) -> Literal:
    """An xsd:boolean."""
    return Literal("true" if value else "false", datatype=XSD_BOOLEAN)


def year(value: int) -> Literal:
    """An xsd:gYear."""
    return Literal(f"{value:04d}", datatype=XSD_GYEAR)


def triple_order(triple: Triple) -> tuple[str, str, str]:
    """Sort key: subject, predicate, object, as N-Triples writes them; rdf:type first."""
    p = triple.predicate.value
    return str(triple.subject), "" if p == RDF_TYPE.value else p, str(triple.object)


def quads(triples: Iterable[Triple], graph: NamedNode) -> Iterator[Quad]:
    """``triples`` in ``graph``."""
    for t in triples:
        yield Quad(t.subject, t.predicate, t.object, graph)
