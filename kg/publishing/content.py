"""What a graph says, whoever stores it: its value, its hash, and the pieces it travels in.

Invariant: two stores hold the same graph exactly when ``content_hash`` says so. Stores may write a number or a language
tag otherwise (0.980 as 0.98, @zh-Hans as @zh-hans), a point with fewer digits; terms are compared by their values.
"""

from __future__ import annotations

import hashlib
import re
import struct
from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation
from urllib.parse import urlsplit

import pyoxigraph as ox

XSD = "http://www.w3.org/2001/XMLSchema#"
WKT = "http://www.opengis.net/ont/geosparql#wktLiteral"
_VIRTUOSO_GEOMETRY = "http://www.openlinksw.com/schemas/virtrdf#Geometry"
_EXACT = {XSD + name for name in ("integer", "decimal", "int", "long", "short", "byte", "nonNegativeInteger")}
_FLOATING = {XSD + "double", XSD + "float"}
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")
GENID = "/.well-known/genid/"

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def value(term: Term) -> Term:
    """The term by which ``term`` is compared: one spelling for one value."""
    if not isinstance(term, ox.Literal):
        return term
    if term.language:
        return ox.Literal(term.value, language=term.language.lower())
    datatype = term.datatype.value
    try:
        if datatype in _EXACT:
            return ox.Literal(_plain(Decimal(term.value)), datatype=term.datatype)
        if datatype in _FLOATING:
            return ox.Literal(repr(float(term.value)), datatype=term.datatype)
    except (InvalidOperation, ValueError):
        return term
    if datatype == XSD + "boolean":
        return ox.Literal({"1": "true", "0": "false"}.get(term.value, term.value), datatype=term.datatype)
    if datatype in {WKT, _VIRTUOSO_GEOMETRY}:  # Virtuoso keeps coordinates in single precision, which is about a metre
        return ox.Literal(_NUMBER.sub(_single, term.value), datatype=ox.NamedNode(WKT))
    return term


def _single(number: re.Match[str]) -> str:
    """A coordinate in single precision."""
    (rounded,) = struct.unpack("f", struct.pack("f", float(number.group())))
    return f"{rounded:.7g}"


def by_value(triples: Iterable[ox.Triple]) -> dict[str, ox.Triple]:
    """The triples, each value once, by what they are compared by, in order."""
    found: dict[str, ox.Triple] = {}
    for triple in triples:
        found.setdefault(f"{triple.subject} {triple.predicate} {value(triple.object)} .", triple)
    return dict(sorted(found.items()))


def content_hash(triples: Iterable[ox.Triple]) -> str:
    """SHA-256 of the graph's canonical form (RDFC-1.0, over values)."""
    dataset = ox.Dataset(ox.Quad(t.subject, t.predicate, value(t.object)) for t in triples)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    digest = hashlib.sha256()
    for line in sorted(f"{quad.subject} {quad.predicate} {quad.object} .\n" for quad in dataset):
        digest.update(line.encode("utf-8"))
    return digest.hexdigest()


def skolemised(triples: Iterable[ox.Triple], base: str) -> list[ox.Triple]:
    """The triples with an IRI for every blank node, the same for the same graph: a piece may then be sent twice.

    The IRIs are those RDF 1.1 (3.5) sets aside for this: ``/.well-known/genid/…`` below the host of ``base``.
    """
    listed = list(triples)
    if not any(isinstance(node, ox.BlankNode) for triple in listed for node in (triple.subject, triple.object)):
        return listed
    dataset = ox.Dataset(ox.Quad(*triple) for triple in listed)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    parts = urlsplit(base)
    prefix = f"{parts.scheme}://{parts.netloc}{GENID}{content_hash(listed)[:16]}-"

    def named(node: Term) -> Term:
        return ox.NamedNode(prefix + node.value) if isinstance(node, ox.BlankNode) else node

    return [ox.Triple(named(q.subject), q.predicate, named(q.object)) for q in dataset]  # type: ignore[arg-type]


def restored(triples: Iterable[ox.Triple]) -> list[ox.Triple]:
    """Triples as they were before they were sent: blank nodes for their IRIs, values as our store spells them."""

    def back(node: Term) -> Term:
        if isinstance(node, ox.NamedNode) and GENID in node.value:
            return ox.BlankNode("g" + hashlib.sha256(node.value.encode()).hexdigest()[:24])
        if isinstance(node, ox.Literal) and node.datatype.value in {XSD + "boolean", _VIRTUOSO_GEOMETRY}:
            return value(node)
        return node

    return [ox.Triple(back(t.subject), t.predicate, back(t.object)) for t in triples]  # type: ignore[arg-type]


def chunks(triples: Iterable[ox.Triple], most: int = 500, most_characters: int = 100_000) -> Iterator[list[str]]:
    """The triples as N-Triples lines, in pieces no server finds too large."""
    piece: list[str] = []
    size = 0
    for triple in triples:
        line = f"{triple} ."
        if piece and (len(piece) >= most or size + len(line) > most_characters):
            yield piece
            piece, size = [], 0
        piece.append(line)
        size += len(line)
    if piece:
        yield piece
