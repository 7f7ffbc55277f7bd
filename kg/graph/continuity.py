"""Across years: a level and a growth that do not fit the level last year's report gave.

Invariant: findings speak of claims of two reports of one place in consecutive years; both stay published.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pyoxigraph import Literal, NamedNode, QuerySolution, Store, Triple

from kg.graph.select import select
from kg.graph.terms import RDF_TYPE, concept, term, triple_order
from kg.iris import content_hash

# Levels are revised after a census and growth is often in constant prices: only what is off by more than this many
# percentage points is worth a reader's time.
TOLERANCE = Decimal(8)

# Which reports follow each other. Asked first, so that the figures are looked up between two known reports.
_PAIRS = f"""
SELECT DISTINCT ?r0 ?r1 ?p ?y0 ?y1 WHERE {{
  ?r0 a {term("bg:Report")} ; {term("bg:place")} ?p ; {term("bg:reviewYear")} ?y0 ; {term("bg:planYear")} ?y1 .
  ?r1 {term("bg:place")} ?p ; {term("bg:reviewYear")} ?y1 .
}} ORDER BY ?r0 ?r1"""


def _figure(name: str, report: object, place: object, measure: str, year: str, value: str) -> str:
    """The pattern of a figure that is no target, of ``place`` itself."""
    return f"""
  ?{name} {term("bg:report")} {report} ; {term("bg:period")} "{year}" ; {term("bg:about")} {place} ;
    {term("bg:measure")} {concept("measure", measure)} ; {term("bg:indicator")} ?i ; {value} ?{name}Value ;
    {term("bg:bound")} {concept("bound", "eq")} ; {term("bg:status")} ?{name}Status .
  FILTER(?{name}Status != {concept("status", "target")})"""


def _query(pair: QuerySolution) -> str:
    last, year = pair["y0"].value, pair["y1"].value
    normal, stated = str(term("bg:normalisedValue")), str(term("sdmx-measure:obsValue"))
    return f"""
SELECT DISTINCT ?label ?levelValue ?growthValue ?beforeValue ?before ?level ?growth WHERE {{
  {_figure("growth", pair["r1"], pair["p"], "growth", year, stated)}
  {_figure("level", pair["r1"], pair["p"], "level", year, normal)}
  {_figure("before", pair["r0"], pair["p"], "level", last, normal)}
  FILTER NOT EXISTS {{ ?growth {term("bg:comparator")} ?c }}
  ?i {term("skos:prefLabel")} ?label . FILTER(LANGMATCHES(LANG(?label), "zh-Hans"))
}}"""


def continuity_triples(store: Store, base: str) -> list[Triple]:
    """Findings about levels and growths of consecutive years in ``store``."""
    triples: set[Triple] = set()
    for pair in list(select(store, _PAIRS)):
        for row in select(store, _query(pair)):
            triples.update(_finding(row, pair["y1"].value, base))
    return sorted(triples, key=triple_order)


def _finding(row: QuerySolution, year: str, base: str) -> Iterator[Triple]:
    before, level, growth = (Decimal(row[f"{name}Value"].value) for name in ("before", "level", "growth"))
    if before <= 0:
        return
    implied = (level / before - 1) * 100
    if abs(implied - growth) <= TOLERANCE:
        return
    claims = sorted(row[name].value for name in ("before", "level", "growth"))
    node = NamedNode(f"{base}finding/{content_hash(*claims)}")
    label = row["label"].value
    yield Triple(node, RDF_TYPE, term("bg:QualityFinding"))
    yield Triple(node, term("bg:finding"), concept("finding-kind", "level_and_growth_disagree"))
    for message, language in (
        (f"{year}年{label}：报告增速为{growth:f}%，按上年报告的水平推算为{implied:.1f}%。", "zh-Hans"),
        (f"{label}, {year}: the report says it grew {growth:f} %; from last year's level it is {implied:.1f} %.", "en"),
    ):
        yield Triple(node, term("bg:message"), Literal(message, language=language))
    for claim in claims:
        yield Triple(node, term("bg:concerns"), NamedNode(claim))


def quality_graph(base: str) -> NamedNode:
    """The named graph of findings across reports."""
    return NamedNode(f"{base}graph/quality")
