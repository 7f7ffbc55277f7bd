"""Every shape finds what it is for, and nothing in a graph that is right."""

from __future__ import annotations

import warnings

import pyshacl
import pytest
from breaking import cases, conforming
from rdflib import OWL, RDF, RDFS, SH, Graph, Literal, Namespace, URIRef

from kg.checking import check, shapes_graph
from kg.checking.context import vocabulary_facts
from kg.checking.engines import CoreChecker, Result, run_domain, store_of
from kg.checking.shapes import ALL_SHAPES, domain_checks, shape_index
from kg.checking.terms import rdflib_graph, to_pyoxigraph, triples_of
from kg.resources import folder

BG = Namespace("https://w3id.org/baogao/ns#")
CASES = cases()


def names(found) -> set[str]:
    return {f.shape.rpartition("#")[2] for f in found}


def test_the_conforming_graph_has_no_finding() -> None:
    assert check(conforming(), shapes=ALL_SHAPES).all == ()


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.name)
def test_a_breaking_graph_triggers_the_shapes_it_names_and_no_other(case) -> None:
    assert names(check(case.graph, shapes=ALL_SHAPES)) == case.shapes


def test_every_shape_has_a_graph_that_breaks_it() -> None:
    broken = {s for case in CASES for s in case.shapes}
    assert {s.rpartition("#")[2] for s in shape_index()} - broken == set()


def test_every_shape_has_a_message_in_both_languages_that_names_a_node() -> None:
    for shape in shape_index().values():
        for message in (shape.message_zh, shape.message_en):
            assert "{$" in message or "{?" in message, shape.iri


def test_messages_leave_nothing_to_fill_in() -> None:
    findings = check(_all_together(), shapes=ALL_SHAPES)
    assert len(findings) > 250
    for finding in findings:
        assert "{" not in finding.message_zh + finding.message_en, finding


def test_every_class_of_the_ontology_is_the_target_of_a_shape() -> None:
    ontology = Graph().parse(folder("ontology") / "baogao.ttl")
    shapes = shapes_graph()
    targets = set(shapes.objects(None, SH.targetClass))
    classes = {c for c in ontology.subjects(RDF.type, OWL.Class) if isinstance(c, URIRef)}
    assert len(classes) > 40
    without = {c for c in classes if targets.isdisjoint(ontology.transitive_objects(c, RDFS.subClassOf))}
    assert without == set()


def test_a_property_shape_hangs_on_the_shape_of_a_class() -> None:
    shapes = shapes_graph(*ALL_SHAPES)
    loose = [s for s in shapes.subjects(RDF.type, SH.PropertyShape) if not list(shapes.subjects(SH.property, s))]
    assert loose == []


def test_checks_between_statements_name_a_kind_of_finding_that_exists() -> None:
    kinds = Graph().parse(folder("ontology") / "finding-kinds.ttl")
    notations = {str(n) for n in kinds.objects(None, URIRef("http://www.w3.org/2004/02/skos/core#notation"))}
    assert {c.shape.kind for c in domain_checks()} - notations == {""}


def _all_together() -> list:
    """Everything that is wrong anywhere, in one graph, with what the vocabularies say."""
    graph = Graph()
    for case in CASES:
        graph += case.graph
    own = triples_of(graph)
    return list(dict.fromkeys([*own, *vocabulary_facts(own)]))


def _keys(results) -> set[tuple[str, ...]]:
    return {(r.shape, r.component, r.focus, r.path, r.value) for r in results}


def test_pyshacl_finds_the_same_with_the_shapes_as_they_are_written() -> None:
    """Flattening the shapes and running the queries elsewhere changes nothing."""
    everything = _all_together()
    ours = [*CoreChecker(everything, ALL_SHAPES).run(), *run_domain(store_of(everything))]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        _, report, _ = pyshacl.validate(
            rdflib_graph(everything), shacl_graph=shapes_graph(), inference="none", advanced=False
        )
    assert isinstance(report, Graph), report
    theirs = []
    for node in report.subjects(RDF.type, SH.ValidationResult):
        found = dict(report.predicate_objects(node))
        path, value = found.get(SH.resultPath), found.get(SH.value)
        theirs.append(
            Result(
                str(found[SH.sourceShape]),
                str(found[SH.sourceConstraintComponent]),
                str(to_pyoxigraph(found[SH.focusNode])),
                str(path) if isinstance(path, URIRef) else "",
                str(to_pyoxigraph(value)) if value is not None else "",
            )
        )
    assert len(theirs) > 250
    assert _keys(ours) == _keys(theirs)


def test_the_fast_engine_agrees_with_pyshacl() -> None:
    pytest.importorskip("shacl")
    everything = _all_together()
    assert _keys(CoreChecker(everything, ALL_SHAPES, "fast").run()) == _keys(CoreChecker(everything, ALL_SHAPES).run())


def test_pyshacl_itself_accepts_the_shapes() -> None:
    """The shapes conform to the shapes of SHACL."""
    ok, _, text = pyshacl.validate(Graph(), shacl_graph=shapes_graph(*ALL_SHAPES), meta_shacl=True)
    assert ok, text


def test_ill_typed_values_are_findings_and_no_crash() -> None:
    graph = conforming()
    position = URIRef("https://w3id.org/baogao/id/test/gdp-hans-position")
    start = URIRef("http://www.w3.org/ns/oa#start")
    graph.remove((position, start, None))
    graph.add((position, start, Literal("fifth")))
    assert "Position-start" in names(check(graph, shapes=ALL_SHAPES))
