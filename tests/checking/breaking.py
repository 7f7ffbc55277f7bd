"""The conforming graph, and the graphs that break it: each names in its head the shapes it must trigger."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from rdflib import Graph

GRAPHS = Path(__file__).parent / "graphs"
_TERM = re.compile(r"([\w-]+):([\w-]+)")


@dataclass(frozen=True)
class Case:
    """A breaking graph: the shapes it must trigger, and nothing else."""

    name: str
    graph: Graph
    shapes: frozenset[str]


def conforming() -> Graph:
    """The graph that every shape accepts."""
    return Graph().parse(GRAPHS / "conforming.ttl")


def cases() -> list[Case]:
    """All breaking graphs: the conforming one, without what ``# without:`` lines name, with what the file adds."""
    found = []
    for path in sorted((GRAPHS / "breaking").glob("*.ttl")):
        text = path.read_text(encoding="utf-8")
        graph = conforming()
        prefixes = dict(re.findall(r"^@prefix ([\w-]+): <([^>]+)> \.$", text, re.MULTILINE))
        for line in re.findall(r"^# without: (.+)$", text, re.MULTILINE):
            subject, predicate = (_iri(prefixes, t) for t in line.split())
            triples = list(graph.triples((subject, predicate, None)))
            assert triples, f"{path.name}: nothing to take away for {line!r}"
            for t in triples:
                graph.remove(t)
        graph.parse(data=text, format="turtle")
        named = re.search(r"^# breaks: (.+)$", text, re.MULTILINE)
        assert named, f"{path.name}: no “# breaks:” line"
        found.append(Case(path.stem, graph, frozenset(named[1].split())))
    return found


def _iri(prefixes: dict[str, str], curie: str):
    from rdflib import URIRef

    match = _TERM.fullmatch(curie)
    assert match, curie
    return URIRef(prefixes[match[1]] + match[2])
