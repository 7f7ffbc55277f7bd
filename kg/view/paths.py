"""The shortest paths between two things, by what reports state of them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice, pairwise

import networkx as nx
from pyoxigraph import Store

from kg.auditing.explain import find
from kg.errors import UsageError
from kg.view.contents import Contents, Names, read_contents
from kg.view.graph_page import NEAR
from kg.view.picture import Join, joins_of


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path: a statement, read in its own direction, with a sentence that makes it."""

    subject: str
    label: Names
    object: str
    quote: str


def shortest_paths(
    store: Store, base: str, source: str, target: str, *, most: int = 5, near: bool = False
) -> list[list[Step]]:
    """Up to ``most`` shortest paths from one name to another, in a fixed order; empty if nothing connects them.

    Raises:
        UsageError: a name is unknown.

    """
    contents = read_contents(store, base)
    graph: nx.Graph[str] = nx.Graph()
    said: dict[frozenset[str], Join] = {}
    for j in joins_of(contents):
        if j.predicate == "hasObservation" or (j.predicate == "near" and not near):
            continue
        graph.add_edge(j.subject, j.object)
        said.setdefault(frozenset((j.subject, j.object)), j)
    ends = []
    for name in (source, target):
        known = [i for i in find(store, name) if i in contents.things]
        if not known:
            raise UsageError(f"The store knows nothing named {name!r}. “kg query entities” lists all names.")
        ends.append(known)
    pairs = [
        (a, b) for a in ends[0] for b in ends[1] if a != b and a in graph and b in graph and nx.has_path(graph, a, b)
    ]
    if not pairs:
        return []
    shortest = min(nx.shortest_path_length(graph, a, b) for a, b in pairs)
    paths = sorted(
        p
        for a, b in pairs
        if nx.shortest_path_length(graph, a, b) == shortest
        for p in islice(nx.all_shortest_paths(graph, a, b), 200)
    )
    return [[_step(contents, said[frozenset((a, b))]) for a, b in pairwise(p)] for p in paths[:most]]


def _step(contents: Contents, join: Join) -> Step:
    label = Names(NEAR[0], "", NEAR[1])
    if join.predicate != "near":
        label = contents.predicates.get(join.predicate, Names(join.predicate))
    subject, object_ = contents.things[join.subject].names.zh, contents.things[join.object].names.zh
    return Step(subject, label, object_, _quote(contents, join))


def _quote(contents: Contents, join: Join) -> str:
    for said in join.said:
        if said in contents.sentences:
            return contents.sentences[said].text
        for link in contents.links:
            if link.iri == said and link.quotes and link.quotes[0].sentence in contents.sentences:
                return contents.sentences[link.quotes[0].sentence].text
    return ""
