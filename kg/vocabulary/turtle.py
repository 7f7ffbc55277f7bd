"""The vocabulary files as plain values: which subject has which values for which property.

Invariant: this is the only place of the package that knows RDF; what leaves it are strings, in the order of the file.
IRIs of the project's own schemes and properties are shortened to their path (``indicator/gdp``, ``bg:factor``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

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


IRI = "@id"
Value = tuple[str, str]
"""The text of a literal with its language ("" for none), or a shortened IRI with ``IRI`` in the language's place."""

Properties = Mapping[str, Sequence[Value]]
Subjects = Mapping[str, Properties]


def _short(iri: str) -> str:
    for namespace, prefix in _PREFIXES.items():
        if iri.startswith(namespace):
            return prefix + iri[len(namespace) :]
    return iri


class _Names(dict[str, str]):
    """IRIs to their short forms, each shortened once."""

    def __missing__(self, iri: str) -> str:
        self[iri] = short = _short(iri)
        return short


def read(path: Path) -> Subjects:
    """The subjects of a Turtle file with their properties, in file order.

    Raises:
        VocabularyError: the file cannot be read or is no Turtle; the message names file and line.

    """
    names = _Names()
    subjects: dict[str, dict[str, list[Value]]] = {}
    node, properties = "", dict[str, list[Value]]()
    try:
        for subject, predicate, value, _ in pyoxigraph.parse(path=str(path), format=pyoxigraph.RdfFormat.TURTLE):
            if subject.value != node:  # a subject's triples mostly stand together
                node = subject.value
                key = names[node] if type(subject) is pyoxigraph.NamedNode else f"_:{node}"
                properties = subjects.setdefault(key, {})
            kind = type(value)
            if kind is pyoxigraph.Literal:
                item = (value.value, value.language or "")
            else:
                item = (names[value.value] if kind is pyoxigraph.NamedNode else f"_:{value.value}", IRI)
            values = properties.get(name := names[predicate.value])
            if values is None:
                properties[name] = [item]
            else:
                values.append(item)
    except SyntaxError as error:
        raise VocabularyError(f"{path}: line {error.lineno}: {error.msg}") from error
    except OSError as error:
        raise VocabularyError(f"{path}: cannot be read: {error.strerror}") from error
    return subjects
