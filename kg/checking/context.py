"""What the shapes look up outside the graph that is checked: concepts, units, rules, and kinds of classes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache

from pyoxigraph import BlankNode, NamedNode, Triple

from kg.graph.ontology import ontology_triples
from kg.graph.terms import RDF_TYPE, term

_CLASSES = frozenset(term(c) for c in ("skos:Concept", "bg:Indicator", "bg:Unit", "bg:Rule"))
_OF_CLASSES = frozenset((term("rdfs:subClassOf"), term("bg:entityType")))
_LOOKED_UP = frozenset(term(p) for p in ("bg:dimension", "bg:above100"))
_NOTATION = term("skos:notation")
_LABEL = term("skos:prefLabel")


@cache
def _vocabulary() -> tuple[tuple[Triple, ...], Mapping[NamedNode, tuple[Triple, ...]], tuple[Triple, ...]]:
    """What is a kind of what; what is said of each concept, unit and rule; and how they are called."""
    kinds: list[Triple] = []
    facts: dict[NamedNode, list[Triple]] = defaultdict(list)
    indicators: set[NamedNode] = set()
    notations: list[Triple] = []
    labels: list[Triple] = []
    for t in ontology_triples():
        if not isinstance(t.subject, NamedNode):
            continue
        if t.predicate in _OF_CLASSES and not isinstance(t.object, BlankNode):
            kinds.append(t)
        elif t.predicate == RDF_TYPE and t.object in _CLASSES:
            facts[t.subject].append(t)
            if t.object == term("bg:Indicator"):
                indicators.add(t.subject)
        elif t.predicate in _LOOKED_UP:
            facts[t.subject].append(t)
        elif t.predicate == _NOTATION:
            notations.append(t)
        elif t.predicate == _LABEL:
            labels.append(t)
    for t in notations:
        if t.subject in indicators:
            facts[t.subject].append(t)  # type: ignore[index]
    return tuple(kinds), {node: tuple(found) for node, found in facts.items()}, tuple(labels)


def vocabulary_facts(triples: Iterable[Triple]) -> list[Triple]:
    """What the vocabularies say of the nodes that ``triples`` refer to, and which classes are kinds of which."""
    kinds, facts, _ = _vocabulary()
    named = {t.object for t in triples if isinstance(t.object, NamedNode)}
    return [*kinds, *(t for node in facts if node in named for t in facts[node])]


def vocabulary_labels() -> tuple[Triple, ...]:
    """How the concepts and units of the vocabularies are called, for messages to people."""
    return _vocabulary()[2]
