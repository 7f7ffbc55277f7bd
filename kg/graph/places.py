"""The divisions that the reports speak of, with those above them: codes, levels, validity, successors, coordinates.

Invariant: only what the divisions table says. A report's graph says how it calls a place, this one what the place is.
"""

from __future__ import annotations

import re

from pyoxigraph import Literal, NamedNode, Store, Triple

from kg.graph.report_graph import traditional
from kg.graph.select import select
from kg.graph.terms import PREFIXES, RDF_TYPE, term, triple_order, year
from kg.iris import division_path, region_path
from kg.vocabulary.divisions import Division, Divisions, Region, load_divisions

# GB/T 2260 kinds to classes; what is not here is of the class of its level.
_CLASS_OF_KIND = {
    "county_level_city": "bg:CountyLevelCity",
    "special_district": "bg:SpecialDistrict",
    "district": "bg:District",
    "subdistrict": "bg:Subdistrict",
}
_CLASS_OF_LEVEL = {
    "province": "bg:Province",
    "prefecture": "bg:Prefecture",
    "county": "bg:County",
    "township": "bg:Township",
}
_WKT = NamedNode(PREFIXES["geo"] + "wktLiteral")


def place_triples(store: Store, base: str) -> list[Triple]:
    """What is known of every division that ``store`` names, and of those above it."""
    divisions = load_divisions()
    pattern = re.compile(re.escape(base) + r"place/(\d{6}(?:\d{3})?)$")
    codes: set[str] = set()
    regions = {base + region_path(r.name): r for r in divisions.regions}
    triples: list[Triple] = []
    for solution in select(store, f"SELECT DISTINCT ?p WHERE {{ ?p a {term('bg:Place')} }}"):
        if m := pattern.match(solution["p"].value):
            codes.add(m.group(1))
        elif region := regions.get(solution["p"].value):
            triples += _region(solution["p"], region)
    found: dict[str, Division] = {}
    for code in sorted(codes):
        division = divisions.by_code(code)
        if division is None:
            continue
        found[code] = division
        for above in divisions.ancestors(code, division.valid_to):
            found.setdefault(above.code, above)
    for division in found.values():
        triples += _division(divisions, division, base)
    return sorted(set(triples), key=triple_order)


def _region(node: NamedNode, region: Region) -> list[Triple]:
    return [
        Triple(node, RDF_TYPE, term("bg:Place")),
        Triple(node, RDF_TYPE, term("bg:Region")),
        Triple(node, term("skos:prefLabel"), Literal(region.name, language="zh-Hans")),
        Triple(node, term("skos:prefLabel"), Literal(region.name_hant, language="zh-Hant")),
        Triple(node, term("skos:prefLabel"), Literal(region.name_en, language="en")),
    ]


def _division(divisions: Divisions, division: Division, base: str) -> list[Triple]:
    node = NamedNode(base + division_path(division.code))
    cls = _CLASS_OF_KIND.get(division.kind) or _CLASS_OF_LEVEL[division.level]
    triples = [
        Triple(node, RDF_TYPE, term("bg:Place")),
        Triple(node, RDF_TYPE, term("geo:Feature")),
        Triple(node, RDF_TYPE, term("bg:AdministrativeDivision")),
        Triple(node, RDF_TYPE, term(cls)),
        Triple(node, term("bg:code"), Literal(division.code)),
        Triple(node, term("skos:prefLabel"), Literal(division.name, language="zh-Hans")),
        Triple(node, term("skos:prefLabel"), Literal(traditional(division.name), language="zh-Hant")),
    ]
    if division.parent:
        triples.append(Triple(node, term("bg:inPlace"), NamedNode(base + division_path(division.parent))))
    if division.valid_from is not None:
        triples.append(Triple(node, term("bg:validFrom"), year(division.valid_from)))
    if division.valid_to is not None:
        triples.append(Triple(node, term("bg:validTo"), year(division.valid_to)))
    successor = divisions.successor(division)
    if successor is not None and successor.code != division.code:
        triples.append(Triple(node, term("bg:succeededBy"), NamedNode(base + division_path(successor.code))))
    if division.lat is not None and division.lon is not None:
        geometry = NamedNode(f"{node.value}/geometry")
        triples.append(Triple(node, term("geo:hasGeometry"), geometry))
        triples.append(Triple(geometry, RDF_TYPE, term("geo:Geometry")))
        triples.append(
            Triple(geometry, term("geo:asWKT"), Literal(f"POINT({division.lon} {division.lat})", datatype=_WKT))
        )
    return triples


def places_graph(base: str) -> NamedNode:
    """The named graph of divisions."""
    return NamedNode(f"{base}graph/places")
