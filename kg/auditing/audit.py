"""How much of each report was understood, and what was not.

Invariant: the numbers are counted anew from the sentences in the store, not taken from what extraction says it found.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass

from pyoxigraph import Store

from kg.asking.ask import ask
from kg.asking.table import Table, Term, plain

NUMBER = re.compile(r"\d+(?:\.\d+)?")
_CLAUSE = re.compile(r"[^，；。：！？,;:!?]+")


@dataclass(frozen=True, slots=True)
class SectionAudit:
    """One section of one edition."""

    document: str
    section: str
    part: str
    numbers: int
    classes: tuple[tuple[str, int], ...]
    missed: tuple[tuple[int, str], ...]  # (offset, text around it)
    clauses: int
    clauses_understood: int
    names: int


@dataclass(frozen=True, slots=True)
class Audit:
    """What the store's reports came to."""

    sections: tuple[SectionAudit, ...]
    unplaced: tuple[str, ...]  # places nobody could place
    set_aside: tuple[tuple[str, str], ...]  # (what, why)
    local_indicators: tuple[tuple[str, int], ...]  # most frequent first
    linked: int  # observations whose indicator is in the scheme
    observations: int

    @property
    def missed(self) -> int:
        """Numbers not accounted for."""
        return sum(len(s.missed) for s in self.sections)


def audit(store: Store, report: str = "") -> Audit:
    """Audit all reports of ``store``, or those whose document name or IRI contains ``report``."""
    spans: dict[tuple[str, int], list[tuple[int, int, str]]] = defaultdict(list)
    sections: dict[tuple[str, int, str], list[tuple[int, str, str]]] = defaultdict(list)
    for document, sec_start, section, part, start, text, edition in _rows(
        store,
        """
        SELECT ?document ?secStart ?section ?part ?start ?text ?edition WHERE {
          ?s a bg:Sentence ; dcterms:isPartOf ?sec ; bg:edition ?edition ; bg:start ?start ;
            bg:text ?text ; bg:part/skos:notation ?part .
          ?edition bg:document ?document . ?sec bg:start ?secStart . OPTIONAL { ?sec dcterms:title ?section } }""",
    ):
        if report in plain(document) or report in plain(edition):
            sections[plain(document), int(plain(sec_start)), plain(section)].append(
                (int(plain(start)), plain(text), plain(part))
            )
    for document, start, end, cls in _rows(
        store,
        """
        SELECT ?document ?start ?end ?class WHERE {
          ?n a bg:NumberMention ; prov:wasDerivedFrom ?e ; bg:numberClass/skos:notation ?class .
          ?e oa:hasSource/bg:document ?document ; oa:hasSelector ?p . ?p oa:start ?start ; oa:end ?end }""",
    ):
        spans[plain(document), 0].append((int(plain(start)), int(plain(end)), plain(cls)))
    used: dict[str, list[tuple[int, int]]] = defaultdict(list)
    names: dict[str, list[int]] = defaultdict(list)
    for document, start, end, kind in _rows(
        store,
        """
        SELECT ?document ?start ?end ?kind WHERE {
          { ?c a bg:Mention . BIND("name" AS ?kind) } UNION { ?c a bg:Observation . BIND("claim" AS ?kind) }
          UNION { ?c a bg:Relation . BIND("claim" AS ?kind) } UNION { ?c a bg:StatusChange . BIND("claim" AS ?kind) }
          UNION { ?c a bg:Commitment . BIND("claim" AS ?kind) } UNION { ?c a bg:Achievement . BIND("claim" AS ?kind) }
          ?c prov:wasDerivedFrom ?e . ?e oa:hasSource/bg:document ?document ; oa:hasSelector ?p .
          ?p oa:start ?start ; oa:end ?end }""",
    ):
        used[plain(document)].append((int(plain(start)), int(plain(end))))
        if plain(kind) == "name":
            names[plain(document)].append(int(plain(start)))
    for key in spans:
        spans[key].sort()
    audited = [
        _section(key[0], key[2], sentences, spans[key[0], 0], used[key[0]], names[key[0]])
        for key, sentences in sorted(sections.items())
    ]
    linked, total = 0, 0
    local: Counter[str] = Counter()
    for label, n in _rows(
        store,
        """SELECT ?label (COUNT(DISTINCT ?o) AS ?n) WHERE { ?o a bg:Observation ; bg:indicator ?i .
          OPTIONAL { ?i a bg:LocalIndicator ; skos:prefLabel ?label . FILTER(LANGMATCHES(LANG(?label), "zh-Hans")) }
        } GROUP BY ?label""",
    ):
        total += int(plain(n))
        if label is None:
            linked += int(plain(n))
        else:
            local[plain(label)] += int(plain(n))
    return Audit(
        sections=tuple(audited),
        unplaced=tuple(
            plain(r[0])
            for r in _rows(
                store,
                """SELECT DISTINCT ?name WHERE { ?x a bg:Place ; skos:prefLabel ?name .
          FILTER(LANGMATCHES(LANG(?name), "zh-Hans")) FILTER NOT EXISTS { ?x bg:code ?c }
          FILTER NOT EXISTS { ?x a bg:Region }
          FILTER NOT EXISTS { ?x bg:inPlace ?q }
          FILTER NOT EXISTS { ?x bg:partOf|bg:locatedIn ?q2 } } ORDER BY ?name""",
            )
        ),
        set_aside=tuple(
            (plain(a), plain(b))
            for a, b in _rows(
                store,
                """SELECT ?what ?why WHERE { ?s a bg:SetAside ; bg:claim ?what ;
          bg:reason ?why . FILTER(LANGMATCHES(LANG(?why), "zh") || LANG(?why) = "") } ORDER BY ?what ?why""",
            )
        ),
        local_indicators=tuple(sorted(local.items(), key=lambda x: (-x[1], x[0]))),
        linked=linked,
        observations=total,
    )


def _rows(store: Store, query: str) -> tuple[tuple[Term | None, ...], ...]:
    answer = ask(store, query)
    return answer.rows if isinstance(answer, Table) else ()


def _section(
    document: str,
    title: str,
    sentences: list[tuple[int, str, str]],
    spans: list[tuple[int, int, str]],
    used: list[tuple[int, int]],
    names: list[int],
) -> SectionAudit:
    low, high = min(s[0] for s in sentences), max(s[0] + len(s[1]) for s in sentences)
    near = [s for s in spans if s[0] < high and s[1] > low]
    claims = [c for c in used if c[0] < high and c[1] > low]
    classes: Counter[str] = Counter()
    missed = []
    clauses = understood = 0
    for start, text, _ in sentences:
        for m in NUMBER.finditer(text):
            at, to = start + m.start(), start + m.end()
            cls = next((c for a, b, c in near if a <= at and to <= b), "")
            if cls:
                classes[cls] += 1
            else:
                missed.append((at, text[max(0, m.start() - 12) : m.end() + 12]))
        for m in _CLAUSE.finditer(text):
            at, to = start + m.start(), start + m.end()
            clauses += 1
            understood += any(a < to and b > at for a, b in claims)
    return SectionAudit(
        document,
        title,
        sentences[0][2],
        sum(classes.values()) + len(missed),
        tuple(sorted(classes.items())),
        tuple(missed),
        clauses,
        understood,
        sum(1 for n in names if low <= n < high),
    )
