"""Setting aside: which statements must go so that the rest of a report's graph conforms.

Invariant: what is kept conforms; what is taken away is kept in a record, whole, with the reason. A statement is never
mended here. Documents and sentences cannot be set aside: a graph in which they are wrong is not published at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse
from rdflib import Graph

from kg.checking.check import Checker, term_of
from kg.checking.engines import SPARQL_COMPONENT
from kg.checking.findings import Finding, Findings, Severity, gathered
from kg.checking.index import Index, Term, plain
from kg.checking.shapes import REPORT_SHAPES
from kg.checking.terms import rdflib_graph, triples_of
from kg.errors import ConformanceError
from kg.graph.terms import RDF_TYPE, concept, term, triple_order
from kg.iris import content_hash

# What is read from evidence: claims and marks.
_DERIVED = frozenset(
    term(c)
    for c in (
        "bg:Relation",
        "bg:StatusChange",
        "bg:Observation",
        "bg:Commitment",
        "bg:Achievement",
        "bg:Claim",
        "bg:Mention",
        "bg:NumberMention",
        "bg:EditionDifference",
    )
)
_ENTITIES = frozenset(
    term(c)
    for c in (
        "bg:Place",
        "bg:Zone",
        "bg:Facility",
        "bg:Enterprise",
        "bg:Organization",
        "bg:Project",
        "bg:Programme",
        "bg:Policy",
        "bg:Honour",
        "bg:Event",
        "bg:Brand",
    )
)
_SELECTORS = frozenset(term(c) for c in ("oa:TextPositionSelector", "oa:TextQuoteSelector"))
# How a claim or mark speaks of a thing.
_USES = frozenset(
    term(p)
    for p in (
        "rdf:subject",
        "rdf:object",
        "bg:about",
        "bg:concerns",
        "bg:responsible",
        "bg:indicator",
        "bg:mentions",
        "sdmx-dimension:refArea",
        "bg:quantity",
    )
)
# What people said of a thing stays said when the thing itself is taken away.
_REMEMBERED = frozenset(term(p) for p in ("bg:one", "bg:other", "bg:corrects", "bg:claim"))


@dataclass(frozen=True, slots=True)
class SetAside:
    """A statement kept out of the published graph. ``claim`` and ``shape`` are IRIs, ``content`` is N-Triples."""

    claim: str
    shape: str
    message_zh: str
    message_en: str
    quote: str
    sentence: str
    document: str
    start: int | None
    end: int | None
    content: str

    @property
    def message(self) -> str:
        """What was wrong with it, and the words it was read from."""
        quoted = f" “{self.quote}”" if self.quote and self.quote not in self.message_en else ""
        return self.message_en + quoted


def gate(triples: Sequence[Triple], engine: str = "pyshacl") -> tuple[list[Triple], tuple[SetAside, ...]]:
    """The part of a report's graph that conforms, with records of the rest and quality findings; and these records.

    Raises:
        ConformanceError: what violates a shape is not a statement that could be set aside; the message names it.

    """
    kept, aside, findings = _settle(list(triples), engine)
    written = [*kept, *(t for a in aside for t in set_aside_triples(a)), *quality_triples(findings)]
    return sorted(set(written), key=triple_order), aside


def set_aside(
    graph: Graph, findings: Findings | None = None, engine: str = "pyshacl"
) -> tuple[Graph, tuple[SetAside, ...]]:
    """The part of ``graph`` that conforms, and a record of each statement that was taken away.

    ``findings`` are those of ``check`` on this graph, if they are at hand already.

    Raises:
        ConformanceError: what violates a shape is not a statement that could be set aside; the message names it.

    """
    kept, aside, _ = _settle(triples_of(graph), engine, findings)
    return rdflib_graph(kept), aside


def _settle(
    triples: list[Triple], engine: str, findings: Findings | None = None
) -> tuple[list[Triple], tuple[SetAside, ...], Findings]:
    """Check, take away what violates a shape, and check again what that touched, until all conforms."""
    checker = Checker(triples, REPORT_SHAPES, engine)
    findings = checker.run() if findings is None else findings
    gone: set[Triple] = set()
    records: dict[str, SetAside] = {}
    rest = findings
    while not rest.conforms:
        taken: set[Triple] = set()
        reasons: dict[Term, Finding] = {}
        for finding in rest.violations:
            doomed = _doomed(checker.index, term_of(finding.culprit))
            if not doomed:
                raise ConformanceError(
                    f"{finding.message_en} ({finding.focus[1:-1]}, shape {finding.shape.rpartition('#')[2]}). "
                    "This is no statement that could be set aside, so nothing of the report is published. "
                    "Check the text; if it is as its authors wrote it, report this as a fault of the program."
                )
            for node in doomed:
                reasons.setdefault(node, finding)
                taken |= _removal(checker.index, node)
        left_over = _left_over(checker.index, taken)
        taken |= left_over
        for node, finding in reasons.items():
            records[node.value] = _record(checker.index, node, finding, left_over)
        checker.remove(taken)
        gone |= taken
        # Core shapes look at a node's own values and their classes, so only nodes that lost a value need another look.
        left = {t.subject for t in taken if checker.index.about.get(plain(t.subject))}
        rest = checker.run({node.value for node in left if isinstance(node, NamedNode)})
        findings = gathered([*(f for f in findings if _still_holds(f, checker.index)), *rest])
    kept = [t for t in triples if t not in gone]
    return kept, tuple(sorted(records.values(), key=lambda r: (r.document, r.start or 0, r.claim))), findings


def _still_holds(finding: Finding, index: Index) -> bool:
    """Whether an earlier warning is still one: what it speaks of is there (checks between statements run anew)."""
    core = finding.component != SPARQL_COMPONENT
    return core and finding.severity is not Severity.VIOLATION and bool(index.about.get(term_of(finding.culprit)))


def _doomed(index: Index, culprit: Term) -> list[Term]:
    """The statements to take away so that ``culprit`` is wrong no more; none if it is no statement."""
    classes = index.classes(culprit)
    if classes & _DERIVED:
        return [culprit]
    if classes & _SELECTORS:
        return [n for e in index.subjects("oa:hasSelector", culprit) for n in _doomed(index, e)]
    if term("bg:Evidence") in classes:
        readers = index.subjects("prov:wasDerivedFrom", culprit)
        return [*(n for n in readers if index.objects(n, "prov:wasDerivedFrom") == [culprit]), culprit]
    if classes & _ENTITIES and not index.subjects("bg:place", culprit):
        return [*_users(index, culprit), culprit]
    if term("bg:LocalIndicator") in classes:
        return [*_users(index, culprit), culprit]
    return []


def _users(index: Index, node: Term) -> list[Term]:
    """Claims and marks that speak of ``node``."""
    found = {plain(t.subject) for t in index.naming.get(node, ()) if t.predicate in _USES}
    return sorted((n for n in found if index.classes(n) & _DERIVED), key=str)


def _removal(index: Index, node: Term) -> set[Triple]:
    """What is said of ``node``, what refers to it, and its plain triple unless another claim states that too."""
    taken = set(index.about.get(node, ()))
    taken |= {t for t in index.naming.get(node, ()) if t.predicate not in _REMEMBERED}
    s, p, o = (index.value(node, f"rdf:{part}") for part in ("subject", "predicate", "object"))
    if s is not None and isinstance(p, NamedNode) and o is not None:
        others = [
            c
            for c in index.subjects("rdf:subject", s)
            if c != node and index.value(c, "rdf:predicate") == p and index.value(c, "rdf:object") == o
        ]
        if not others:
            taken |= {t for t in index.about.get(s, ()) if t.predicate == p and t.object == o}
    if term("bg:Evidence") in index.classes(node):
        for selector in index.objects(node, "oa:hasSelector"):
            taken |= index.about.get(selector, set())
    return taken


def _left_over(index: Index, taken: set[Triple]) -> set[Triple]:
    """Evidence nothing is read from any more, local indicators nothing measures, findings that concern nothing."""
    found: set[Triple] = set()
    concerns = term("bg:concerns")
    for node in sorted({plain(t.subject) for t in taken if t.predicate == concerns}, key=str):
        left = [t for t in index.about.get(node, ()) if t.predicate == concerns and t not in taken]
        if not left and term("bg:QualityFinding") in index.classes(node):
            found |= _removal(index, node)
    for predicate, cls in (("prov:wasDerivedFrom", "bg:Evidence"), ("bg:indicator", "bg:LocalIndicator")):
        p = term(predicate)
        for node in sorted({plain(t.object) for t in taken if t.predicate == p}, key=str):
            users = [t for t in index.naming.get(node, ()) if t.predicate == p and t not in taken]
            if not users and term(cls) in index.classes(node):
                found |= _removal(index, node)
    return found


def _record(index: Index, node: Term, finding: Finding, left_over: set[Triple]) -> SetAside:
    content = _removal(index, node)
    for dependent in {plain(t.object) for t in content if t.subject == node}:
        if not left_over.isdisjoint(index.about.get(dependent, ())):
            content |= _removal(index, dependent)
    evidence = index.evidence(node)
    quote = index.quote(evidence) if evidence is not None else None
    source = index.value(evidence, "oa:hasSource") if evidence is not None else None
    document = index.value(source, "bg:document") if source is not None else None
    start = end = None
    for selector in index.objects(evidence, "oa:hasSelector") if evidence is not None else ():
        first, last = index.value(selector, "oa:start"), index.value(selector, "oa:end")
        start, end = _offset(first) if first is not None else start, _offset(last) if last is not None else end
    return SetAside(
        claim=node.value,
        shape=finding.shape,
        message_zh=finding.message_zh,
        message_en=finding.message_en,
        quote=quote.value if quote is not None else "",
        sentence=index.sentence(node),
        document=document.value if document is not None else "",
        start=start,
        end=end,
        content="".join(sorted(f"{t.subject} {t.predicate} {t.object} .\n" for t in content)),
    )


def _offset(value: Term) -> int | None:
    return int(value.value) if value.value.isdigit() else None


def set_aside_triples(record: SetAside) -> list[Triple]:
    """A record as RDF, by docs/data-model.md."""
    node = NamedNode(f"{record.claim}/set-aside")
    found = [
        Triple(node, RDF_TYPE, term("bg:SetAside")),
        Triple(node, term("bg:claim"), NamedNode(record.claim)),
        Triple(node, term("bg:shape"), NamedNode(record.shape)),
        Triple(node, term("bg:reason"), Literal(record.message_zh, language="zh-Hans")),
        Triple(node, term("bg:reason"), Literal(record.message_en, language="en")),
        Triple(node, term("bg:content"), Literal(record.content)),
    ]
    if record.quote:
        found.append(Triple(node, term("bg:quote"), Literal(record.quote)))
    if record.sentence:
        found.append(Triple(node, term("bg:text"), Literal(record.sentence)))
    if record.document:
        found.append(Triple(node, term("bg:document"), Literal(record.document)))
    for name, offset in (("bg:start", record.start), ("bg:end", record.end)):
        if offset is not None:
            found.append(Triple(node, term(name), Literal(offset)))
    return found


def restored(record: SetAside) -> list[Triple]:
    """The triples that were taken away."""
    return [q.triple for q in parse(record.content.encode("utf-8"), format=RdfFormat.N_TRIPLES)]


def quality_triples(findings: Iterable[Finding]) -> list[Triple]:
    """The findings that a reader should know of, as quality annotations of the statements they concern."""
    found = []
    for finding in findings:
        focus = finding.focus[1:-1]
        if not finding.kind or finding.severity is Severity.VIOLATION or "/report/" not in focus:
            continue
        node = NamedNode(f"{focus}/finding/{content_hash(finding.shape, finding.culprit, finding.message_en)}")
        found += [
            Triple(node, RDF_TYPE, term("bg:QualityFinding")),
            Triple(node, term("bg:finding"), concept("finding-kind", finding.kind)),
            Triple(node, term("bg:concerns"), NamedNode(finding.culprit[1:-1])),
            Triple(node, term("bg:message"), Literal(finding.message_zh, language="zh-Hans")),
            Triple(node, term("bg:message"), Literal(finding.message_en, language="en")),
        ]
    return found
