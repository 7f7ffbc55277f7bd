"""A graph that answers pySHACL's questions quickly: what values a node has, and which nodes are of a class.

Invariant: it answers as an rdflib graph of the same triples would. rdflib's own store keeps three indexes and the
contexts of each triple, which for a graph that is only read once costs more than the check itself.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from typing import Any

from pyoxigraph import Triple
from rdflib import RDFS, Graph
from rdflib.term import Node

from kg.checking.terms import OxTerm, to_rdflib


class LookupGraph(Graph):
    """An rdflib graph over dictionaries. It has no store, so SPARQL does not work on it."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        super().__init__(bind_namespaces="none")
        self._values: dict[Any, dict[Any, list[Any]]] = {}
        self._made: dict[OxTerm, Node] = {}
        self._kinds: dict[Any, list[Any]] = {}
        self._inverse: dict[Any, dict[Any, list[Any]]] = {}
        self._length = 0
        made, values = self._made, self._values
        for s, p, o in triples:
            subject = made.get(s) or self._make(s)
            predicate = made.get(p) or self._make(p)
            obj = made.get(o)
            if obj is None:  # an empty literal is false
                obj = self._make(o)
            of_subject = values.get(subject)
            if of_subject is None:
                of_subject = values[subject] = {}
            of_predicate = of_subject.get(predicate)
            if of_predicate is None:
                of_subject[predicate] = [obj]
            else:
                of_predicate.append(obj)
            self._length += 1

    def _make(self, term: OxTerm) -> Node:
        node = self._made[term] = to_rdflib(term)
        return node

    def drop(self, triples: Iterable[Triple]) -> None:
        """Take triples away."""
        for s, p, o in triples:
            found = self._values.get(self._made.get(s), {}).get(self._made.get(p), [])
            obj = self._made.get(o)
            if obj in found:
                found.remove(obj)
                self._length -= 1
        self._inverse.clear()
        self._kinds.clear()

    def _subjects_by_object(self, predicate: Any) -> dict[Any, list[Any]]:
        found = self._inverse.get(predicate)
        if found is None:
            found = self._inverse[predicate] = {}
            for subject, of_subject in self._values.items():
                for obj in of_subject.get(predicate, ()):
                    found.setdefault(obj, []).append(subject)
        return found

    # -- what pySHACL asks ------------------------------------------------------------------------------------------

    def objects(self, subject: Any = None, predicate: Any = None, unique: bool = False) -> Generator[Any, None, None]:
        """The values of a property of a node."""
        if subject is None or predicate is None:
            yield from super().objects(subject, predicate, unique)
        else:
            yield from self._values.get(subject, {}).get(predicate, ())

    def subjects(self, predicate: Any = None, object: Any = None, unique: bool = False) -> Generator[Any, None, None]:
        """The nodes that have a value for a property."""
        if predicate is None or object is None:
            yield from super().subjects(predicate, object, unique)
        else:
            yield from self._subjects_by_object(predicate).get(object, ())

    def transitive_objects(self, subject: Any, predicate: Any, remember: Any = None) -> Generator[Any, None, None]:
        """A node and all that a property leads to from it; remembered for classes, asked for again and again."""
        if predicate != RDFS.subClassOf or remember is not None:
            yield from super().transitive_objects(subject, predicate, remember)
            return
        found = self._kinds.get(subject)
        if found is None:
            found = self._kinds[subject] = list(super().transitive_objects(subject, predicate))
        yield from found

    def triples(self, triple: Any) -> Generator[Any, None, None]:
        """The triples that match a pattern."""
        s, p, o = triple
        if s is not None:
            for predicate, objects in self._values.get(s, {}).items():
                if p is None or p == predicate:
                    yield from ((s, predicate, x) for x in objects if o is None or o == x)
        elif p is not None:
            by_object = self._subjects_by_object(p)
            for x in [o] if o is not None else list(by_object):
                yield from ((subject, p, x) for subject in by_object.get(x, ()))
        else:
            for subject in self._values:
                yield from self.triples((subject, p, o))

    def __contains__(self, triple: Any) -> bool:
        return any(True for _ in self.triples(triple))

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[Any]:  # type: ignore[override]
        return self.triples((None, None, None))
