"""The vocabularies as a graph of their own: classes, properties, schemes, and the rules that claims cite."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from kg.errors import VocabularyError
from kg.graph.terms import RDF_TYPE, concept, term, triple_order
from kg.iris import SCHEMES, content_hash, segment
from kg.resources import folder


@cache
def ontology_triples() -> tuple[Triple, ...]:
    """All statements of ``ontology/*.ttl`` and the register of rules, sorted, each once; read once a process.

    Raises:
        VocabularyError: a file does not parse; the message names file and line.

    """
    found: set[Triple] = set()
    for path in sorted(folder("ontology").glob("*.ttl")):
        try:
            found.update(_named(q.triple for q in parse(path=str(path), format=RdfFormat.TURTLE)))
        except SyntaxError as error:
            raise VocabularyError(f"{path}: not Turtle: {error}") from None
    for path in sorted((folder("ontology") / "rules").glob("*.toml")):
        found.update(_rules(path))
    return tuple(sorted(found, key=triple_order))


def _named(triples: Iterable[Triple]) -> Iterator[Triple]:
    """``triples`` with an IRI for each blank node, made from what is said of it: the same in every build."""
    triples = list(triples)
    said: dict[BlankNode, list[str]] = defaultdict(list)
    for t in triples:
        if isinstance(t.subject, BlankNode):
            said[t.subject].append(f"{t.predicate} {t.object}")
    names = {node: NamedNode(f"{SCHEMES}genid/{content_hash(*sorted(words))}") for node, words in said.items()}
    for t in triples:
        s = names[t.subject] if isinstance(t.subject, BlankNode) else t.subject
        o = names[t.object] if isinstance(t.object, BlankNode) else t.object
        yield Triple(s, t.predicate, o)


def _rules(path: Path) -> list[Triple]:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise VocabularyError(f"{path}: not TOML: {error}") from None
    triples = []
    for rule in data.get("rule", []):
        node = concept("rule", segment(rule["id"]))
        triples.append(Triple(node, RDF_TYPE, term("bg:Rule")))
        triples.append(Triple(node, term("skos:notation"), Literal(rule["id"])))
        triples.append(Triple(node, term("rdfs:comment"), Literal(rule["reason"], language="en")))
        if "label" in rule:
            triples.append(Triple(node, term("rdfs:label"), Literal(rule["label"], language="zh-Hans")))
    return triples


def ontology_graph(base: str) -> NamedNode:
    """The named graph of the vocabularies."""
    return NamedNode(f"{base}graph/ontology")
