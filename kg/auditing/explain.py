"""Everything that is said of a thing, each statement with quote, edition, section, offsets and the rule that read it.

Invariant: only what the store holds is told; nothing is inferred here.
"""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Store

from kg.asking.ask import ask
from kg.asking.table import Table, plain
from kg.errors import BaogaoError


@dataclass(frozen=True, slots=True)
class Place:
    """Where a statement stands."""

    document: str
    section: str
    start: int
    end: int
    quote: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement about a thing, in words."""

    claim: str
    kind: str
    words: str
    rule: str
    reason: str
    confidence: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """A thing or claim with what is said of it; what it is called comes first among its names."""

    iri: str
    names: tuple[str, ...]
    kinds: tuple[str, ...]
    statements: tuple[Statement, ...]
    mentions: tuple[Place, ...]


def find(store: Store, name: str) -> tuple[str, ...]:
    """IRIs of what ``name`` (an IRI, a name in either script, or the end of an IRI) may mean, in a fixed order.

    An exact name wins over a part of a name.
    """
    if "://" in name:
        node = NamedNode(name)
        known = ask(store, f"ASK {{ {{ {node} ?p ?o }} UNION {{ ?s ?p {node} }} }}")
        return (name,) if known is True else ()
    exact = _column(
        store,
        f"""SELECT DISTINCT ?x WHERE {{ VALUES ?n {{ {_literals(name)} }}
        ?x skos:prefLabel|skos:altLabel ?n . ?x a ?class . ?class bg:entityType ?type }} ORDER BY ?x""",
    )
    if exact:
        return exact
    return _column(
        store,
        f"""SELECT DISTINCT ?x WHERE {{ ?class bg:entityType ?type . ?x a ?class ; skos:prefLabel ?n .
        FILTER(CONTAINS(STR(?n), {Literal(name)})) }} ORDER BY ?x LIMIT 50""",
    )


def _literals(name: str) -> str:
    return " ".join(str(Literal(name, language=tag)) for tag in ("zh-Hans", "zh-Hant", "en")) + f" {Literal(name)}"


def _column(store: Store, query: str) -> tuple[str, ...]:
    answer = ask(store, query)
    return tuple(plain(row[0]) for row in answer.rows) if isinstance(answer, Table) else ()


def explain(store: Store, iri: str) -> Explanation:
    """All that ``store`` says of ``iri``: an entity, an indicator, or a single claim.

    Raises:
        BaogaoError: the store knows nothing of it.

    """
    node = NamedNode(iri)
    names = tuple(
        dict.fromkeys(
            name
            for kind in ("skos:prefLabel", "skos:altLabel")
            for name in _column(store, f"SELECT ?n WHERE {{ {node} {kind} ?n }} ORDER BY LANG(?n) STR(?n)")
        )
    )
    kinds = _column(store, f"SELECT DISTINCT ?t WHERE {{ {node} a ?t }} ORDER BY ?t")
    if not names and not kinds:
        raise BaogaoError(f"The store says nothing of <{iri}>. Search with “kg explain NAME” or “kg query entities”.")
    claims = _claims(store, node)
    mentions = _places(store, f"?mention bg:mentions {node} ; prov:wasDerivedFrom ?evidence .")
    return Explanation(
        iri,
        names,
        tuple(k.rsplit("#", 1)[-1] for k in kinds),
        claims,
        tuple(sorted({p for _, p in mentions}, key=_order)),
    )


def _order(place: Place) -> tuple[str, int, int]:
    return place.document, place.start, place.end


def _claims(store: Store, node: NamedNode) -> tuple[Statement, ...]:
    answer = ask(
        store,
        f"""SELECT DISTINCT ?claim ?kind ?subject ?predicate ?object ?period ?target ?rule ?reason ?confidence
          ?phrase ?valueText ?measure ?status ?bound ?verb ?what WHERE {{
        {{ ?claim rdf:subject {node} }} UNION {{ ?claim rdf:object {node} }} UNION {{ ?claim bg:about {node} }}
        UNION {{ ?claim bg:concerns {node} }} UNION {{ ?claim bg:indicator {node} }}
        UNION {{ BIND({node} AS ?claim) ?claim a ?any }}
        ?claim a ?kind ; rdf:subject ?s ; rdf:predicate ?predicate ; rdf:object ?o .
        OPTIONAL {{ ?s skos:prefLabel ?subject . FILTER(LANGMATCHES(LANG(?subject), "zh-Hans")) }}
        OPTIONAL {{ ?o skos:prefLabel ?object . FILTER(LANGMATCHES(LANG(?object), "zh-Hans")) }}
        OPTIONAL {{ ?claim bg:period ?period }} OPTIONAL {{ ?claim bg:target ?target }}
        OPTIONAL {{ ?claim bg:rule ?r . OPTIONAL {{ ?r skos:notation ?rule }} OPTIONAL {{ ?r rdfs:comment ?reason }} }}
        OPTIONAL {{ ?claim bg:confidence ?confidence }}
        OPTIONAL {{ ?claim bg:indicatorPhrase ?phrase . FILTER(LANGMATCHES(LANG(?phrase), "zh-Hans")) }}
        OPTIONAL {{ ?claim bg:valueText ?valueText . FILTER(LANGMATCHES(LANG(?valueText), "zh-Hans")) }}
        OPTIONAL {{ ?claim bg:measure/skos:notation ?measure }} OPTIONAL {{ ?claim bg:status/skos:notation ?status }}
        OPTIONAL {{ ?claim bg:bound/skos:notation ?bound }}
        OPTIONAL {{ ?claim bg:verb ?verb . FILTER(LANGMATCHES(LANG(?verb), "zh-Hans")) }}
        OPTIONAL {{ ?claim bg:object ?what . FILTER(LANGMATCHES(LANG(?what), "zh-Hans")) }}
    }}""",
    )
    if not isinstance(answer, Table):
        return ()
    places: dict[str, list[Place]] = {}
    for claim in sorted({plain(r[0]) for r in answer.rows}):
        places[claim] = [
            p
            for _, p in _places(store, f"BIND({NamedNode(claim)} AS ?mention) ?mention prov:wasDerivedFrom ?evidence .")
        ]
    statements: dict[str, Statement] = {}
    for row in answer.rows:
        (
            claim,
            kind,
            s,
            p,
            o,
            period,
            target,
            rule,
            reason,
            confidence,
            phrase,
            value,
            measure,
            status,
            bound,
            verb,
            what,
        ) = map(plain, row)
        if claim in statements:
            continue
        kind = kind.rsplit("#", 1)[-1]
        if kind == "Observation":
            bound_text = "" if bound in ("", "eq") else f" ({bound})"
            words = f"{s}：{phrase} = {value}{bound_text} [{measure}, {status}, {period}]"
        elif kind in ("Commitment", "Achievement"):
            words = f"{s}：{verb}{what} [{period}]"
        else:
            mark = "，target" if target == "true" else ""
            words = f"{s} — {p.rsplit('#', 1)[-1]} → {o}" + (f" [{period}{mark}]" if period or mark else "")
        statements[claim] = Statement(
            claim, kind, words, rule, reason, confidence, tuple(sorted(places[claim], key=_order))
        )
    return tuple(sorted(statements.values(), key=lambda x: (_order(x.places[0]) if x.places else ("", 0, 0), x.claim)))


def _places(store: Store, pattern: str) -> list[tuple[str, Place]]:
    answer = ask(
        store,
        f"""SELECT DISTINCT ?mention ?document ?section ?start ?end ?quote ?sentence WHERE {{
        {pattern}
        ?evidence oa:hasSource ?edition ; oa:hasSelector ?position , ?q ; bg:inSentence ?sn .
        ?position oa:start ?start ; oa:end ?end . ?q oa:exact ?quote . ?edition bg:document ?document .
        ?sn bg:text ?sentence ; dcterms:isPartOf ?sec . OPTIONAL {{ ?sec dcterms:title ?section }} }}""",
    )
    if not isinstance(answer, Table):
        return []
    return [
        (plain(m), Place(plain(d), plain(section), int(plain(a)), int(plain(b)), plain(q), plain(text)))
        for m, d, section, a, b, q, text in answer.rows
    ]
