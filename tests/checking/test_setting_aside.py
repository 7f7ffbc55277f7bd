"""What is published conforms; what does not is kept apart, whole, with the reason."""

from __future__ import annotations

import random

import pytest
from breaking import cases, conforming
from rdflib import RDF, Graph, Literal, Namespace, URIRef
from synthetic import synthetic_graph

from kg.checking import Severity, check, gate, report_graph, restored, set_aside, set_aside_triples
from kg.checking.shapes import ALL_SHAPES
from kg.checking.terms import rdflib_graph, triples_of
from kg.errors import ConformanceError

BG = Namespace("https://w3id.org/baogao/ns#")
OA = Namespace("http://www.w3.org/ns/oa#")
C = Namespace("https://w3id.org/baogao/id/report/990100/2024/claim/")
T = Namespace("https://w3id.org/baogao/id/test/")
PLACE = URIRef("https://w3id.org/baogao/id/place/990100")
CASES = {c.name: c for c in cases()}


def broken(name: str) -> Graph:
    return CASES[name].graph


def test_a_conforming_graph_is_kept_as_it_is() -> None:
    kept, aside = set_aside(conforming())
    assert aside == ()
    assert set(kept) == set(conforming())


def test_a_claim_goes_with_its_plain_triple_and_its_evidence_and_the_rest_stays() -> None:
    graph = broken("unit-unfit")
    kept, aside = set_aside(graph)
    (record,) = aside
    assert record.claim == str(C.gdp)
    assert record.shape.endswith("#UnitFitsIndicator")
    assert record.quote == "1000亿元"
    assert (record.document, record.start, record.end) == ("hans.txt", 10, 16)
    assert record.sentence.startswith("全市地区生产总值完成1000亿元")
    assert (None, None, C.gdp) not in kept
    assert (C.gdp, None, None) not in kept
    assert (T.finding, None, None) not in kept  # it concerned this claim alone
    assert (C.added, RDF.type, BG.Observation) in kept
    # The numbers were read from the same evidence, so that stays.
    assert (T["gdp-hans"], RDF.type, BG.Evidence) in kept
    assert check(kept).conforms


def test_evidence_that_nothing_else_was_read_from_goes_too() -> None:
    graph = conforming()
    graph.remove((C.awarded, BG.target, None))
    kept, _ = set_aside(graph)
    assert (T["award-hans"], None, None) not in kept
    assert (T["award-hans-quote"], None, None) not in kept
    assert (PLACE, BG.awarded, T.honour) not in kept


def test_a_plain_triple_that_another_claim_states_stays() -> None:
    graph = conforming()
    for p, o in list(graph.predicate_objects(C.awarded)):
        graph.add((C.again, p, o))
    graph.remove((C.again, BG.target, None))
    kept, aside = set_aside(graph)
    assert [r.claim for r in aside] == [str(C.again)]
    assert (PLACE, BG.awarded, T.honour) in kept


def test_a_nameless_thing_takes_what_is_said_of_it_along() -> None:
    graph = conforming()
    graph.remove((T.firm, None, None))
    graph.add((T.firm, RDF.type, BG.Enterprise))
    kept, aside = set_aside(graph)
    assert {r.claim for r in aside} == {str(T.firm), str(C.undertaken), str(C.achieved)}
    assert check(kept).conforms


def test_setting_aside_goes_on_until_all_conforms() -> None:
    """The observation goes, then the promise whose quantity it was is looked at again and stays."""
    graph = conforming()
    graph.remove((C.schools, BG.measure, None))
    kept, aside = set_aside(graph)
    assert [r.claim for r in aside] == [str(C.schools)]
    assert (C.promised, BG.quantity, None) not in kept
    assert (C.promised, RDF.type, BG.Commitment) in kept
    assert (T["local-indicator-2"], None, None) not in kept
    assert check(kept).conforms


def test_wrong_evidence_takes_only_what_has_no_other() -> None:
    graph = broken("quote-elsewhere")
    kept, aside = set_aside(graph)
    assert {r.claim for r in aside} == {str(T["gdp-hans"]), str(T["number-hans"])}
    assert (C.gdp, RDF.type, BG.Observation) in kept
    assert check(kept).conforms


@pytest.mark.parametrize("name", ["report-missing", "edition-wrong", "sentence-missing", "section-wrong"])
def test_a_wrong_document_cannot_be_set_aside_and_the_message_names_it(name: str) -> None:
    with pytest.raises(ConformanceError, match=r"https://w3id.org/baogao/id/\S+, shape \w"):
        set_aside(broken(name))


def test_every_violation_of_a_statement_can_be_set_aside() -> None:
    other = (
        "report",
        "edition",
        "section",
        "sentence",
        "division",
        "code-",
        "geometry",
        "position-",
        "quote-missing",
        "quote-wrong",
        "concept",
        "scheme",
        "indicator",
        "unit-missing",
        "unit-wrong",
        "run",
        "agent",
        "rule-missing",
        "finding",
        "set-aside",
        "dataset",
        "decision",
        "correction",
    )
    together, wrong = Graph(), 0
    for name, case in CASES.items():
        if not name.startswith(other):
            together += case.graph
            wrong += 1
    before = check(together)
    assert wrong > 40
    assert len(before.violations) > 80
    kept, aside = set_aside(together, before)
    assert len(aside) > 15
    assert check(kept).conforms


def test_what_was_set_aside_can_be_put_back() -> None:
    graph = conforming()
    graph.remove((C.awarded, BG.target, None))
    graph.remove((C.schools, BG.measure, None))
    kept, aside = set_aside(graph)
    assert len(kept) < len(graph) - 20
    for record in aside:
        kept += rdflib_graph(restored(record))
    assert set(kept) == set(graph)


def test_the_order_of_triples_does_not_matter() -> None:
    triples = [t for name in ("claim-missing", "unit-unfit", "structure-sum") for t in triples_of(broken(name))]
    first = gate(triples)
    for seed in (1, 2):
        random.Random(seed).shuffle(triples)
        assert gate(triples) == first


def test_the_gate_writes_records_and_quality_findings_that_conform_themselves() -> None:
    triples = triples_of(broken("unit-unfit")) + triples_of(broken("structure-sum"))
    kept, aside = gate(triples)
    graph = rdflib_graph(kept)
    assert check(graph, shapes=ALL_SHAPES).conforms
    (node,) = set(graph.subjects(BG.claim, C.gdp))
    assert (node, RDF.type, BG.SetAside) in graph
    assert {m.language.lower() for m in graph.objects(node, BG.reason)} == {"zh-hans", "en"}
    (finding,) = (f for f in graph.subjects(RDF.type, BG.QualityFinding) if f != T.finding)
    assert (finding, BG.finding, URIRef("https://w3id.org/baogao/ns/finding-kind/shares_do_not_sum")) in graph
    assert (finding, BG.concerns, C.primary) in graph
    assert set(set_aside_triples(aside[0])) <= set(kept)


def test_a_violating_warning_of_an_earlier_round_is_no_longer_told_when_its_claim_is_gone() -> None:
    """The structure's first term is set aside, so its sum is no finding any more."""
    graph = broken("structure-sum")
    graph.add((C.primary, BG.bound, URIRef("https://w3id.org/baogao/ns/bound/other")))
    kept, aside = gate(triples_of(graph))
    assert [r.claim for r in aside] == [str(C.primary)]
    assert not [f for f in rdflib_graph(kept).subjects(RDF.type, BG.QualityFinding) if f != T.finding]


def test_a_larger_graph_loses_the_one_claim_that_is_wrong() -> None:
    graph = synthetic_graph(40)
    wrong = URIRef("https://w3id.org/baogao/id/report/990100/2024/claim/o7")
    graph.remove((wrong, BG.measure, None))
    kept, aside = set_aside(graph)
    assert [r.claim for r in aside] == [str(wrong)]
    lost = set(graph) - set(kept)
    assert all(wrong in (s, o) for s, p, o in lost if "/edition/" not in s and "/indicator/" not in s)


def test_findings_name_the_sentence_and_the_words_in_both_languages() -> None:
    finding = next(f for f in check(broken("unit-unfit")) if f.severity is Severity.VIOLATION)
    assert "“1000亿元”" in finding.message_zh
    assert "“1000亿元”" in finding.message_en
    assert finding.sentence.startswith("全市地区生产总值完成1000亿元，")
    assert finding.sentence.endswith("获评全国示范市。")


def test_the_report_graph_is_a_validation_report() -> None:
    sh = Namespace("http://www.w3.org/ns/shacl#")
    findings = check(broken("observation-wrong"))
    graph = report_graph(findings)
    (report,) = graph.subjects(RDF.type, sh.ValidationReport)
    assert graph.value(report, sh.conforms) == Literal(False)
    results = list(graph.objects(report, sh.result))
    assert len(results) == len(findings)
    for result in results:
        assert {m.language for m in graph.objects(result, sh.resultMessage)} == {"zh", "en"}
        for p in (sh.focusNode, sh.resultSeverity, sh.sourceShape, sh.sourceConstraintComponent):
            assert len(list(graph.objects(result, p))) == 1
    again = report_graph(check(broken("observation-wrong")))
    assert again.serialize(format="longturtle") == graph.serialize(format="longturtle")


def test_nodes_that_only_the_context_speaks_of_are_not_checked() -> None:
    nameless = triples_of(Graph().parse(data="@prefix bg: <https://w3id.org/baogao/ns#> . <urn:x> a bg:Place ."))
    assert check(conforming(), context=nameless).all == ()
    assert not check([*triples_of(conforming()), *nameless]).conforms
