"""The vocabulary files as plain values: which subject has which values for which property.

Invariant: this is the only place of the package that knows RDF; what leaves it are strings, in the order of the file.
IRIs of the project's own schemes and properties are shortened to their path (``indicator/gdp``, ``bg:factor``).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pyoxigraph

from kg.errors import VocabularyError

_SCHEMES = "https://w3id.org/baogao/ns/"
_PREFIXES = {
    "https://w3id.org/baogao/ns#": "bg:",
    "http://www.w3.org/2004/02/skos/core#": "skos:",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf:",
    "http://www.w3.org/2000/01/rdf-schema#": "rdfs:",
    "http://purl.org/dc/terms/": "dcterms:",
    _SCHEMES: "",
}


class Value(NamedTuple):
    """A literal with its language ("" for none), or a shortened IRI (``language`` is then "@id")."""

    text: str
    language: str = ""


Properties = Mapping[str, tuple[Value, ...]]


def _short(iri: str, known: dict[str, str]) -> str:
    found = known.get(iri)
    if found is None:
        found = iri
        for namespace, prefix in _PREFIXES.items():
            if iri.startswith(namespace):
                found = prefix + iri[len(namespace) :]
                break
        known[iri] = found
    return found


def read(path: Path) -> dict[str, Properties]:
    """The subjects of a Turtle file with their properties, in file order.

    Raises:
        VocabularyError: the file cannot be read or is no Turtle; the message names file and line.
    """
    known: dict[str, str] = {}
    subjects: dict[str, dict[str, list[Value]]] = {}
    try:
        for subject, predicate, value, _ in pyoxigraph.parse(path=str(path), format=pyoxigraph.RdfFormat.TURTLE):
            kind = type(value)
            if kind is pyoxigraph.Literal:
                item = Value(value.value, value.language or "")
            elif kind is pyoxigraph.NamedNode:
                item = Value(_short(value.value, known), "@id")
            else:
                item = Value(f"_:{value.value}", "@id")
            key = _short(subject.value, known) if type(subject) is pyoxigraph.NamedNode else f"_:{subject.value}"
            name = _short(predicate.value, known)
            subjects.setdefault(key, {}).setdefault(name, []).append(item)
    except SyntaxError as error:
        raise VocabularyError(f"{path}: line {error.lineno}: {error.msg}") from error
    except OSError as error:
        raise VocabularyError(f"{path}: cannot be read: {error.strerror}") from error
    return {s: {p: tuple(values) for p, values in properties.items()} for s, properties in subjects.items()}
