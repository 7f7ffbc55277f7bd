"""The graph that is checked, held so that its nodes can be looked up, named to people and taken away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from pyoxigraph import BlankNode, Literal, Triple

from kg.checking.terms import OxTerm as Term
from kg.checking.terms import plain
from kg.graph.terms import term
from kg.iris import NS, SCHEMES

_SHORT = (("bg:", NS), ("", SCHEMES), ("bgs:", "https://w3id.org/baogao/shapes#"))
_EN, _HANS = "en", "zh-hans"  # pyoxigraph writes language tags in lower case


class Index:
    """Triples by subject and by object. Nothing here depends on the order in which they were given."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self.about: dict[Term, set[Triple]] = defaultdict(set)
        self.naming: dict[Term, set[Triple]] = defaultdict(set)
        for t in triples:
            self.about[plain(t.subject)].add(t)
            self.naming[plain(t.object)].add(t)

    def objects(self, node: Term, predicate: str) -> list[Term]:
        """The values of a property (``bg:text``), sorted."""
        p = term(predicate)
        return sorted((plain(t.object) for t in self.about.get(node, ()) if t.predicate == p), key=str)

    def value(self, node: Term, predicate: str) -> Term | None:
        """The first value of a property, if there is one."""
        return next(iter(self.objects(node, predicate)), None)

    def subjects(self, predicate: str, node: Term) -> list[Term]:
        """The nodes that have ``node`` as value of a property, sorted."""
        p = term(predicate)
        return sorted((plain(t.subject) for t in self.naming.get(node, ()) if t.predicate == p), key=str)

    def classes(self, node: Term) -> frozenset[Term]:
        """The classes ``node`` is said to be of."""
        return frozenset(self.objects(node, "rdf:type"))

    def remove(self, triples: Iterable[Triple]) -> None:
        """Take triples away."""
        for t in triples:
            self.about[plain(t.subject)].discard(t)
            self.naming[plain(t.object)].discard(t)

    def triples(self) -> Iterator[Triple]:
        """All triples, in no order."""
        for found in self.about.values():
            yield from found

    # -- how a node is called in a message ------------------------------------------------------------------------

    def evidence(self, node: Term) -> Term | None:
        """The evidence a claim, mention or number was read from, of the Simplified edition if there is one."""
        if term("bg:Evidence") in self.classes(node):
            return node
        found = self.objects(node, "prov:wasDerivedFrom")
        for selector in self.subjects("oa:hasSelector", node):
            found.append(selector)
        hans = [e for e in found if (quote := self.quote(e)) is not None and quote.language == _HANS]
        return next(iter(hans or found), None)

    def quote(self, evidence: Term) -> Literal | None:
        """The words of a piece of evidence."""
        for selector in self.objects(evidence, "oa:hasSelector"):
            exact = self.value(selector, "oa:exact")
            if isinstance(exact, Literal):
                return exact
        return None

    def sentence(self, node: Term) -> str:
        """The sentence that a claim, mention, number or piece of evidence was read from, or ""."""
        evidence = self.evidence(node)
        sentence = self.value(evidence, "bg:inSentence") if evidence is not None else None
        text = self.value(sentence, "bg:text") if sentence is not None else self.value(node, "bg:text")
        return text.value if isinstance(text, Literal) else ""

    def label(self, node: Term, chinese: bool) -> str:
        """What to call ``node`` to a person: its name, the words it was read from, or the end of its IRI."""
        if isinstance(node, Literal):
            return node.value
        labels = [n for p in ("rdfs:label", "skos:prefLabel") for n in self.objects(node, p) if isinstance(n, Literal)]
        names = {n.language: n.value for n in labels}
        name = names.get(_HANS) if chinese else names.get(_EN) or names.get(_HANS)
        if name:
            return name
        evidence = self.evidence(node)
        quote = self.quote(evidence) if evidence is not None else None
        if quote is not None:
            return f"“{quote.value}”"
        if isinstance(node, BlankNode):
            return f"_:{node.value}"
        for short, namespace in _SHORT:
            if node.value.startswith(namespace):
                return short + node.value.removeprefix(namespace)
        return "/".join(node.value.rsplit("/", 2)[1:])


__all__ = ["Index", "Term", "plain"]
