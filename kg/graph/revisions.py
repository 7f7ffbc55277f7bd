"""What people decided and corrected, as provenance: who, when, why, of what, and what came of it.

Invariant: a decision or correction has one node whatever report it concerns. The things themselves stay plain: no
owl:sameAs is written, an entity that was joined into another is known by the decision alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pyoxigraph import Literal, NamedNode, Triple

from kg.graph.terms import RDF_TYPE, XSD_DATE, term
from kg.iris import segment
from kg.resolution.corrections import Correction
from kg.resolution.decisions import Decision
from kg.resolution.report import Citation, Report


def correction_node(base: str, correction: Correction) -> NamedNode:
    """The activity of a correction."""
    return NamedNode(f"{base}correction/{correction.key}")


def decision_node(base: str, decision: Decision) -> NamedNode:
    """The activity of a decision."""
    return NamedNode(f"{base}decision/{decision.key}")


def person_node(base: str, who: str) -> NamedNode:
    """Whoever decided or corrected, known by the name given."""
    return NamedNode(f"{base}person/{segment(who)}")


def revision_triples(report: Report, base: str, evidence: Callable[[Citation], NamedNode]) -> list[Triple]:
    """All that people changed in ``report`` or looked at; ``evidence`` gives the node of a span."""
    return [*_decisions(report, base), *_corrections(report, base, evidence)]


def _activity(node: NamedNode, cls: str, base: str, who: str, when: str, why: str) -> Iterator[Triple]:
    person = person_node(base, who)
    yield Triple(node, RDF_TYPE, term(cls))
    yield Triple(node, RDF_TYPE, term("prov:Activity"))
    yield Triple(node, term("prov:wasAssociatedWith"), person)
    yield Triple(node, term("dcterms:date"), Literal(when[:10], datatype=XSD_DATE))
    if why:
        yield Triple(node, term("bg:why"), Literal(why))
    yield Triple(person, RDF_TYPE, term("prov:Agent"))
    yield Triple(person, term("foaf:name"), Literal(who))


def _decisions(report: Report, base: str) -> Iterator[Triple]:
    there = {t.path for t in report.things}
    for decision in report.decisions:
        node = decision_node(base, decision)
        yield from _activity(node, "bg:Decision", base, decision.who, decision.when, decision.why)
        yield Triple(node, term("bg:judgement"), Literal(decision.judgement.value))
        yield Triple(node, term("bg:one"), NamedNode(base + decision.one))
        yield Triple(node, term("bg:other"), NamedNode(base + decision.other))
        if decision.where:
            yield Triple(node, term("bg:where"), Literal(decision.where))
        for path in (decision.one, decision.other):
            if path in there:
                yield Triple(NamedNode(base + path), term("prov:wasInfluencedBy"), node)


def _corrections(report: Report, base: str, evidence: Callable[[Citation], NamedNode]) -> Iterator[Triple]:
    there = {t.path for t in report.things}
    for outcome in report.corrections:
        correction = outcome.correction
        node, person = correction_node(base, correction), person_node(base, correction.who)
        yield from _activity(node, "bg:Correction", base, correction.who, correction.when, correction.why)
        yield Triple(node, term("bg:action"), Literal(correction.action.value))
        if correction.quote:
            yield Triple(node, term("bg:quote"), Literal(correction.quote))
        done = NamedNode(f"{base}{report.path}")
        if outcome.stale is not None:
            yield Triple(node, term("bg:notAppliedTo"), done)
            yield Triple(node, term("bg:staleReason"), Literal(outcome.stale.reason_zh, language="zh-Hans"))
            yield Triple(node, term("bg:staleReason"), Literal(outcome.stale.reason_en, language="en"))
            if correction.target:
                yield Triple(node, term("bg:corrects"), _target(report, base, correction))
            continue
        yield Triple(node, term("bg:appliedTo"), done)
        for key in outcome.claims:
            yield Triple(node, term("bg:corrects"), NamedNode(f"{base}{report.path}/claim/{key}"))
        for path in outcome.things:
            yield Triple(node, term("bg:corrects"), NamedNode(base + path))
        for citation in outcome.citations:
            yield Triple(node, term("prov:used"), evidence(citation))
        if outcome.made:
            yield Triple(NamedNode(f"{base}{report.path}/claim/{outcome.made}"), term("prov:wasAttributedTo"), person)
        for path in outcome.results:
            if path in there:
                yield Triple(NamedNode(base + path), term("prov:wasInfluencedBy"), node)
                yield Triple(NamedNode(base + path), term("prov:wasAttributedTo"), person)


def _target(report: Report, base: str, correction: Correction) -> NamedNode:
    if correction.of_claim:
        return NamedNode(f"{base}{report.path}/claim/{correction.target}")
    return NamedNode(base + correction.target)
