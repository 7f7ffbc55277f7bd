"""What a person should judge: pairs of entities that may be one, each with the words in which it is named.

Invariant: the pairs come from kg.resolution.candidates; here they are looked up in the store and given their quotes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode, Store

from kg.asking.ask import ask
from kg.asking.table import Table, Term, plain
from kg.resolution.candidates import Candidate, Likeness, Named, describe, find_candidates
from kg.resolution.decisions import NONE, Judgements

# How many quotes tell a person what a thing is.
QUOTES = 3


@dataclass(frozen=True, slots=True)
class Quote:
    """Where a thing is named."""

    document: str
    start: int
    end: int
    words: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two entities of a question."""

    path: str
    entity_type: str
    names: tuple[str, ...]
    mentions: int
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """Are these two one thing? ``one`` is the one whose IRI would stay."""

    one: Side
    other: Side
    likeness: Likeness
    reason_en: str
    reason_zh: str


def candidates(store: Store, base: str, judgements: Judgements = NONE) -> tuple[Candidate, ...]:
    """The pairs of ``store`` that nobody has judged, the most mentioned first."""
    parts = _rows(store, "SELECT DISTINCT ?a ?b WHERE { ?a bg:partOf ?b }")
    apart = {(min(p), max(p)) for p in ((_path(a, base), _path(b, base)) for a, b in parts)}
    return find_candidates(named_things(store, base), judgements.settled(), apart)


def questions(store: Store, base: str, found: Sequence[Candidate]) -> tuple[Question, ...]:
    """``found`` with the quotes of both sides."""
    return tuple(
        Question(_side(store, base, c.one), _side(store, base, c.other), c.likeness, *describe(c.likeness))
        for c in found
    )


def named_things(store: Store, base: str) -> tuple[Named, ...]:
    """Every entity that a report of ``store`` names, in the order of their paths."""
    names: dict[str, dict[str, None]] = defaultdict(dict)
    for label in ("prefLabel", "altLabel"):
        for node, name in _rows(
            store,
            f"""SELECT ?x ?name WHERE {{ ?class bg:entityType ?type . ?x a ?class ; skos:{label} ?name .
                FILTER(LANGMATCHES(LANG(?name), "zh-Hans")) }} ORDER BY ?x ?name""",
        ):
            names[_path(node, base)][plain(name)] = None
    counts = _rows(store, "SELECT ?x (COUNT(?m) AS ?n) WHERE { ?m bg:mentions ?x } GROUP BY ?x")
    return tuple(
        Named(path, tuple(names[path]), n)
        for path, n in sorted((_path(x, base), int(plain(n))) for x, n in counts)
        if path in names
    )


def _side(store: Store, base: str, thing: Named) -> Side:
    return Side(thing.path, thing.entity_type, thing.names, thing.mentions, quotes(store, NamedNode(base + thing.path)))


def quotes(store: Store, thing: NamedNode, limit: int = QUOTES) -> tuple[Quote, ...]:
    """Some places where ``thing`` is named, in Simplified editions where there are any."""
    rows = _rows(
        store,
        f"""SELECT DISTINCT ?document ?start ?end ?words ?text WHERE {{
          ?m bg:mentions {thing} ; prov:wasDerivedFrom ?e ; bg:surface ?words .
          ?e oa:hasSource ?edition ; oa:hasSelector ?p ; bg:inSentence ?s .
          ?p oa:start ?start ; oa:end ?end . ?s bg:text ?text .
          ?edition bg:document ?document ; dcterms:language ?language }}
        ORDER BY ?language ?document ?start LIMIT {limit}""",
    )
    script = {getattr(row[4], "language", "") for row in rows}
    return tuple(
        Quote(plain(d), int(plain(a)), int(plain(b)), plain(w), plain(t).strip())
        for d, a, b, w, t in rows
        if len(script) < 2 or getattr(t, "language", "") == min(script)
    )


def _path(node: Term | None, base: str) -> str:
    return plain(node).removeprefix(base)


def _rows(store: Store, query: str) -> tuple[tuple[Term | None, ...], ...]:
    answer = ask(store, query)
    return answer.rows if isinstance(answer, Table) else ()
