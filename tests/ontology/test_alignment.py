"""The page on alignment says what the ontology says."""

from __future__ import annotations

import re
from pathlib import Path

from rdflib import OWL, RDF, RDFS, SKOS, Graph, URIRef

from kg.resources import folder

BG = "https://w3id.org/baogao/ns#"
PAGE = Path(__file__).parents[2] / "docs" / "ontology-alignment.md"
_RELATIONS = {RDFS.subClassOf: "sub", RDFS.subPropertyOf: "sub", SKOS.closeMatch: "close", RDF.type: "type"}
# What is no alignment: the languages the ontology is written in, and the description of the data cube's structure.
_PLAIN = (BG, str(OWL), str(RDF) + "Property")
_STRUCTURE = ("ComponentSpecification", "DataStructureDefinition")
_ROW = re.compile(r"^\| (bg:\w+) \| (sub|close|type) \| (\S+) \| \S", re.MULTILINE)


def rows() -> set[tuple[str, str, str]]:
    return set(_ROW.findall(PAGE.read_text(encoding="utf-8")))


def alignments() -> set[tuple[str, str, str]]:
    graph = Graph().parse(folder("ontology") / "baogao.ttl")
    short = graph.namespace_manager.normalizeUri
    found = set()
    for predicate, relation in _RELATIONS.items():
        for s, o in graph.subject_objects(predicate):
            ours = isinstance(s, URIRef) and s.startswith(BG)
            if ours and isinstance(o, URIRef) and not str(o).startswith(_PLAIN) and not str(o).endswith(_STRUCTURE):
                found.add((short(s), relation, short(o)))
    return found


def test_every_row_stands_in_the_ontology() -> None:
    assert len(rows()) > 100
    assert rows() - alignments() == set()


def test_every_alignment_of_the_ontology_has_a_row() -> None:
    assert alignments() - rows() == set()


def test_every_row_says_why_and_what_is_not_used_is_named() -> None:
    text = PAGE.read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("| bg:"):
            assert len(line.split("|")[4].strip()) > 3, line
    for name in ("ELI", "CPSV-AP", "w3id.org"):
        assert name in text
