"""Across years: a level and a growth that do not fit the level last year's report gave.

Invariant: findings speak of claims of two reports of one place in consecutive years; both stay published.
"""

from __future__ import annotations

from decimal import Decimal

from pyoxigraph import Literal, NamedNode, Store, Triple

from kg.graph.select import select
from kg.graph.terms import RDF_TYPE, concept, term, triple_order
from kg.iris import content_hash

# Levels are revised after a census and growth is often in constant prices: only what is off by more than this many
# percentage points is worth a reader's time.
TOLERANCE = Decimal(8)

_QUERY = f"""
SELECT ?label ?year ?l0 ?l1 ?g ?before ?level ?growth WHERE {{
  ?r0 a {term("bg:Report")} ; {term("bg:place")} ?p ; {term("bg:reviewYear")} ?y0 ; {term("bg:planYear")} ?y1 .
  ?r1 {term("bg:place")} ?p ; {term("bg:reviewYear")} ?y1 .
  BIND(STR(?y0) AS ?last) BIND(STR(?y1) AS ?year)
  ?level {term("bg:report")} ?r1 ; {term("bg:about")} ?p ; {term("bg:measure")} {concept("measure", "level")} ;
    {term("bg:period")} ?year ; {term("bg:indicator")} ?i ; {term("bg:normalisedValue")} ?l1 ;
    {term("bg:bound")} {concept("bound", "eq")} ; {term("bg:status")} ?s1 .
  ?growth {term("bg:report")} ?r1 ; {term("bg:about")} ?p ; {term("bg:measure")} {concept("measure", "growth")} ;
    {term("bg:period")} ?year ; {term("bg:indicator")} ?i ;
    {term("sdmx-measure:obsValue")} ?g ; {term("bg:status")} ?s2 .
  ?before {term("bg:report")} ?r0 ; {term("bg:about")} ?p ; {term("bg:measure")} {concept("measure", "level")} ;
    {term("bg:period")} ?last ; {term("bg:indicator")} ?i ; {term("bg:normalisedValue")} ?l0 ;
    {term("bg:bound")} {concept("bound", "eq")} ; {term("bg:status")} ?s0 .
  FILTER({concept("status", "target")} NOT IN (?s0, ?s1, ?s2))
  FILTER NOT EXISTS {{ ?growth {term("bg:comparator")} ?c }}
  ?i {term("skos:prefLabel")} ?label . FILTER(LANGMATCHES(LANG(?label), "zh-Hans"))
}}"""


def continuity_triples(store: Store, base: str) -> list[Triple]:
    """Findings about levels and growths of consecutive years in ``store``."""
    triples: set[Triple] = set()
    for row in select(store, _QUERY):
        l0, l1, g = (Decimal(row[name].value) for name in ("l0", "l1", "g"))
        if l0 <= 0:
            continue
        implied = (l1 / l0 - 1) * 100
        if abs(implied - g) <= TOLERANCE:
            continue
        claims = sorted(row[name].value for name in ("before", "level", "growth"))
        node = NamedNode(f"{base}finding/{content_hash(*claims)}")
        year, label = row["year"].value, row["label"].value
        triples.add(Triple(node, RDF_TYPE, term("bg:QualityFinding")))
        triples.add(Triple(node, term("bg:finding"), concept("finding-kind", "level_and_growth_disagree")))
        for message, language in (
            (f"{year}年{label}：报告增速为{g:f}%，按上年报告的水平推算为{implied:.1f}%。", "zh-Hans"),
            (f"{label}, {year}: the report says it grew {g:f} %; from last year's level it is {implied:.1f} %.", "en"),
        ):
            triples.add(Triple(node, term("bg:message"), Literal(message, language=language)))
        for claim in claims:
            triples.add(Triple(node, term("bg:concerns"), NamedNode(claim)))
    return sorted(triples, key=triple_order)


def quality_graph(base: str) -> NamedNode:
    """The named graph of findings across reports."""
    return NamedNode(f"{base}graph/quality")
