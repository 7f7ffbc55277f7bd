"""What the pages show, read out of the store once, as plain values.

Invariant: nothing is inferred from text here: every value stands in the store. All sequences are sorted (things by IRI,
what is said by its place in the text), so that the same store gives the same pages byte for byte. Characters that turn
the direction of the text around them, or that no page may hold, are shown as ``�``, one for one, so that offsets hold.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from pyoxigraph import Literal, NamedNode, Store

from kg.asking.ask import ask
from kg.asking.table import Table, Term, plain
from kg.graph.terms import PREFIXES
from kg.iris import NS, SCHEMES, content_hash

# Control characters, and those that turn the direction of text (Unicode TR36, bidirectional spoofing).
_HIDDEN = {
    **dict.fromkeys((*range(9), 11, 12, *range(14, 32), *range(127, 160)), "�"),
    **dict.fromkeys((1564, 8206, 8207, *range(8234, 8239), *range(8294, 8298)), "�"),
}
# Divisions of this level are what people filter by.
COUNTY_CLASSES = ("County", "District", "CountyLevelCity", "SpecialDistrict")
# What pages show of concepts: they have many other labels, which only recognition needs.
_OF_CONCEPTS = "skos:prefLabel skos:notation skos:inScheme skos:definition skos:broader bg:direction bg:policyArea"


@dataclass(frozen=True, slots=True)
class Names:
    """A name in Simplified and Traditional characters and in English; "" where there is none."""

    zh: str
    hant: str = ""
    en: str = ""


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept of one of the vocabularies' schemes."""

    iri: str
    scheme: str
    notation: str
    names: Names
    definition: str = ""
    broader: str = ""
    direction: str = ""
    area: str = ""  # notation of a policy area


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an edition; offsets are code points of the edition's text, ``end`` exclusive."""

    iri: str
    start: int
    end: int
    text: str
    section: str  # IRI
    part: str


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands under it."""

    iri: str
    level: int
    number: str
    title: str
    start: int
    end: int
    part: str


@dataclass(frozen=True, slots=True)
class Edition:
    """One text of a report."""

    iri: str
    report: str
    language: str  # zh-Hans or zh-Hant
    document: str
    sha256: str
    characters: int
    sections: tuple[Section, ...]
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A report with its editions, the Simplified one first."""

    iri: str
    slug: str
    place: str  # IRI
    review_year: str
    plan_year: str
    title: Names
    issued: str
    session: str
    speaker: str
    editions: tuple[Edition, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """Where something stands: a span of an edition and the sentence around it."""

    edition: str  # IRI
    start: int
    end: int
    sentence: str  # IRI


@dataclass(frozen=True, slots=True)
class Said:
    """A statement read from a report, with the places it was read from."""

    iri: str
    report: str
    part: str
    period: str
    rule: str
    confidence: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Link(Said):
    """A relation between two things; ``target``: still to be reached."""

    subject: str
    predicate: str  # name in the ontology: locatedIn
    object: str
    target: bool


@dataclass(frozen=True, slots=True)
class StatusChange(Said):
    """A project's or facility's status; ``status`` is a notation."""

    subject: str
    status: str
    target: bool


@dataclass(frozen=True, slots=True)
class Figure(Said):
    """A figure: value and unit as written, the value in the unit's base, and what it is of."""

    about: tuple[str, ...]
    indicators: tuple[str, ...]  # IRIs
    phrase: Names
    measure: str
    status: str
    bound: str
    value: Decimal
    value_max: Decimal | None
    text: Names  # as written, with unit
    unit: Names  # as written
    normal: Decimal | None  # in the base unit
    base_unit: str  # notation, "" if the unit is not known
    dimension: str
    comparator: str
    scope: str


@dataclass(frozen=True, slots=True)
class Undertaking(Said):
    """A promise, or what was done."""

    achieved: bool
    verb: Names
    object: Names
    figures: tuple[str, ...]  # IRIs of figures
    deadline: str
    area: str  # notation of a policy area
    concerns: tuple[str, ...]
    responsible: tuple[str, ...]
    item: int | None


@dataclass(frozen=True, slots=True)
class Mention:
    """A name where it stands."""

    thing: str
    quote: Quote
    surface: str


@dataclass(frozen=True, slots=True)
class NumberMark:
    """A number where it stands, with its class and the figure it became ("" if none)."""

    quote: Quote
    number_class: str
    figure: str


@dataclass(frozen=True, slots=True)
class Difference:
    """Where two editions of a report disagree."""

    report: str
    reading: str
    other: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about the figures that a reader should know."""

    kind: Names
    message: Names
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Thing:
    """A named thing."""

    iri: str
    slug: str  # stable, ASCII: names files and fragments
    type: str  # place, zone … as the stored queries print it
    names: Names
    aliases: tuple[Names, ...]
    kind: Concept | None
    industries: tuple[Concept, ...]  # of GB/T 4754, by code
    code: str
    classes: tuple[str, ...]
    within: tuple[str, ...]  # IRIs of places it is in, from near to far
    stated_in: tuple[str, ...]  # IRIs of places a report says it is in
    valid: tuple[str, str]
    point: tuple[float, float] | None  # longitude, latitude
    successor: str


@dataclass(frozen=True, slots=True)
class Contents:
    """All that the pages show."""

    base: str
    reports: tuple[Report, ...]
    things: Mapping[str, Thing]
    indicators: Mapping[str, Concept]  # those that a figure uses
    concepts: Mapping[str, Concept]  # all, by IRI
    types: Mapping[str, Names]  # entity type -> its class's label
    predicates: Mapping[str, Names]  # name in the ontology -> label
    links: tuple[Link, ...]
    statuses: tuple[StatusChange, ...]
    figures: tuple[Figure, ...]
    undertakings: tuple[Undertaking, ...]
    mentions: tuple[Mention, ...]
    numbers: tuple[NumberMark, ...]
    differences: tuple[Difference, ...]
    findings: tuple[Finding, ...]
    set_aside: tuple[tuple[str, str], ...]
    version: str
    statements: int
    editions: Mapping[str, Edition] = field(default_factory=dict)
    sentences: Mapping[str, Sentence] = field(default_factory=dict)

    def concept(self, scheme: str, notation: str) -> Concept | None:
        """The concept ``notation`` of the project's scheme ``scheme``."""
        return self.concepts.get(f"{SCHEMES}{scheme}/{notation}")


Properties = dict[str, list[Term]]
S = TypeVar("S", bound=Said)


def read_contents(store: Store, base: str) -> Contents:
    """Everything in ``store`` that pages show. ``base`` is the base of the instances' IRIs."""
    reader = _Reader(store, base)
    reports, editions = reader.reports()
    quotes = reader.quotes()
    things = reader.things()
    concepts = reader.concepts()
    said = _SaidReader(reader, quotes, [e.iri for e in editions])
    figures = said.figures(concepts)
    indicators = {i: concepts[i] for f in figures for i in f.indicators if i in concepts}
    return Contents(
        base=base,
        reports=reports,
        things=things,
        indicators=dict(sorted(indicators.items())),
        concepts=concepts,
        types=reader.labels_of("?x bg:entityType ?key"),
        predicates=reader.labels_of(
            f'?x a owl:ObjectProperty . FILTER(STRSTARTS(STR(?x), "{NS}")) BIND(STRAFTER(STR(?x), "#") AS ?key)'
        ),
        links=said.links(),
        statuses=said.statuses(),
        figures=figures,
        undertakings=said.undertakings(),
        mentions=said.mentions(),
        numbers=said.numbers(),
        differences=said.differences(),
        findings=reader.findings(),
        set_aside=reader.set_aside(),
        version=reader.version(),
        statements=len(store),
        editions={e.iri: e for e in editions},
        sentences={s.iri: s for e in editions for s in e.sentences},
    )


def slug_of(iri: str, base: str, kind: str, code: str = "") -> str:
    """A short ASCII name for files and fragments that stands for ``iri`` in every build."""
    return f"{kind}-{code}" if code else f"{kind}-{content_hash(iri.removeprefix(base))[:10]}"


def _short(iri: str) -> str:
    return iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]


def visible(text: str) -> str:
    """``text`` with nothing hidden in it; as long as ``text``."""
    return text.translate(_HIDDEN)


def _names(terms: Iterable[Term]) -> Names:
    found: dict[str, str] = {}
    for t in sorted(terms, key=str):
        if isinstance(t, Literal):
            found.setdefault((t.language or "").lower(), visible(t.value))
    zh = found.get("zh-hans") or found.get("zh") or found.get("zh-hant") or found.get("") or found.get("en") or ""
    return Names(zh, found.get("zh-hant", ""), found.get("en", ""))


class _Reader:
    """Asks the store. Subjects of one class are read with all their properties at once."""

    def __init__(self, store: Store, base: str) -> None:
        self.store = store
        self.base = base

    def rows(self, query: str) -> tuple[tuple[Term | None, ...], ...]:
        """The rows of a SELECT."""
        answer = ask(self.store, query)
        return answer.rows if isinstance(answer, Table) else ()

    def of_class(self, cls: str, only: str = "") -> dict[str, Properties]:
        """Every subject of class ``cls``, by IRI in order, with its properties (or ``only`` some) by short name."""
        found: dict[str, Properties] = defaultdict(lambda: defaultdict(list))
        wanted = f"VALUES ?p {{ {only} }}" if only else ""
        for s, p, o in self.rows(f"SELECT DISTINCT ?s ?p ?o WHERE {{ ?s a {cls} . {wanted} ?s ?p ?o }}"):
            if o is not None:
                found[plain(s)][_short(plain(p))].append(o)
        return {iri: {p: sorted(found[iri][p], key=str) for p in found[iri]} for iri in sorted(found)}

    def reports(self) -> tuple[tuple[Report, ...], tuple[Edition, ...]]:
        sentences: dict[str, list[Sentence]] = defaultdict(list)
        for iri, p in self.of_class("bg:Sentence").items():
            sentences[_one(p, "edition")].append(
                Sentence(
                    iri,
                    _int(p, "start"),
                    _int(p, "end"),
                    visible(_one(p, "text")),
                    _one(p, "isPartOf"),
                    _short(_one(p, "part")),
                )
            )
        parents: dict[str, str] = {}
        raw = self.of_class("bg:Section")
        for iri, p in raw.items():
            parents[iri] = _one(p, "isPartOf")
        sections: dict[str, list[Section]] = defaultdict(list)
        for iri, p in raw.items():
            edition = parents[iri]
            while edition in parents:
                edition = parents[edition]
            sections[edition].append(
                Section(
                    iri,
                    _int(p, "level"),
                    visible(_one(p, "number")),
                    _names(p.get("title", [])).zh,
                    _int(p, "start"),
                    _int(p, "end"),
                    _short(_one(p, "part")),
                )
            )
        editions: dict[str, list[Edition]] = defaultdict(list)
        for iri, p in self.of_class("bg:Edition").items():
            report = _one(p, "isVersionOf")
            editions[report].append(
                Edition(
                    iri,
                    report,
                    "zh-Hant" if _one(p, "language").lower() == "zh-hant" else "zh-Hans",
                    visible(_one(p, "document")),
                    _one(p, "sha256"),
                    _int(p, "characters"),
                    tuple(sorted(sections[iri], key=lambda s: (s.start, s.level, s.iri))),
                    tuple(sorted(sentences[iri], key=lambda s: (s.start, s.end))),
                )
            )
        reports = []
        for iri, p in self.of_class("bg:Report").items():
            of = tuple(sorted(editions[iri], key=lambda e: (e.language, e.document)))
            path = iri.removeprefix(self.base)
            plain_path = path.isascii() and path.replace("/", "").replace("-", "").isalnum()
            slug = path.removeprefix("report/").replace("/", "-") if plain_path else slug_of(iri, self.base, "report")
            reports.append(
                Report(
                    iri,
                    slug,
                    _one(p, "place"),
                    _one(p, "reviewYear"),
                    _one(p, "planYear"),
                    _names(p.get("title", [])),
                    _one(p, "issued"),
                    visible(_one(p, "session")),
                    visible(_one(p, "speaker")),
                    of,
                )
            )
        reports.sort(key=lambda r: (r.plan_year, r.iri), reverse=True)
        return tuple(reports), tuple(e for r in reports for e in r.editions)

    def quotes(self) -> dict[str, Quote]:
        found = {}
        for e, source, start, end, sentence in self.rows(
            "SELECT ?e ?source ?start ?end ?sentence WHERE { "
            "?e oa:hasSource ?source ; oa:hasSelector ?p ; bg:inSentence ?sentence . ?p oa:start ?start ; oa:end ?end }"
        ):
            found[plain(e)] = Quote(plain(source), int(plain(start)), int(plain(end)), plain(sentence))
        return found

    def concepts(self) -> dict[str, Concept]:
        found: dict[str, Concept] = {}
        for cls in ("skos:Concept", "bg:LocalIndicator"):
            for iri, p in self.of_class(cls, _OF_CONCEPTS).items():
                scheme = _short(_one(p, "inScheme").rstrip("/")) or "indicator"
                found[iri] = Concept(
                    iri,
                    scheme,
                    _one(p, "notation"),
                    _names(p.get("prefLabel", [])),
                    _names(p.get("definition", [])).zh,
                    _one(p, "broader"),
                    _short(_one(p, "direction")),
                    _short(_one(p, "policyArea")),
                )
        return found

    def labels_of(self, pattern: str) -> dict[str, Names]:
        found: dict[str, list[Term]] = defaultdict(list)
        for key, label in self.rows(f"SELECT DISTINCT ?key ?label WHERE {{ {pattern} . ?x rdfs:label ?label }}"):
            if label is not None:
                found[plain(key)].append(label)
        return {k: _names(v) for k, v in sorted(found.items())}

    def things(self) -> dict[str, Thing]:
        types: dict[str, str] = {}
        found: dict[str, Properties] = defaultdict(lambda: defaultdict(list))
        query = "SELECT DISTINCT ?s ?t ?p ?o WHERE { ?c bg:entityType ?t . ?s a ?c ; ?p ?o }"
        for s, t, predicate, o in self.rows(query):
            if o is not None:
                types[plain(s)] = min(plain(t), types.get(plain(s), "~"))
                values = found[plain(s)][_short(plain(predicate))]
                if o not in values:
                    values.append(o)
        points: dict[str, tuple[float, float]] = {}
        for s, wkt in self.rows("SELECT ?s ?wkt WHERE { ?s geo:hasGeometry/geo:asWKT ?wkt } ORDER BY ?s ?wkt"):
            if (point := _point(plain(wkt))) is not None:
                points.setdefault(plain(s), point)
        kinds, industries = self._concepts_of("kind"), self._concepts_of("industry")
        inside = {iri: _places(p, "locatedIn", "inPlace") for iri, p in found.items()}
        things: dict[str, Thing] = {}
        for iri in sorted(found):
            p, kind = found[iri], types[iri]
            code = _one(p, "code") if kind == "place" else ""
            names = _names(p.get("prefLabel", []))
            things[iri] = Thing(
                iri=iri,
                slug=slug_of(iri, self.base, kind, code if code.isdigit() else ""),
                type=kind,
                names=names if names.zh else Names(_short(iri)),
                aliases=_aliases(p.get("altLabel", [])),
                kind=next((kinds[plain(k)] for k in sorted(p.get("kind", []), key=str) if plain(k) in kinds), None),
                industries=tuple(industries[i] for i in sorted(map(plain, p.get("industry", []))) if i in industries),
                code=code,
                classes=tuple(sorted(_short(plain(c)) for c in p.get("type", []))),
                within=_chain(iri, inside),
                stated_in=tuple(_places(p, "locatedIn")),
                valid=(_one(p, "validFrom"), _one(p, "validTo")),
                point=points.get(iri),
                successor=_one(p, "succeededBy"),
            )
        return things

    def _concepts_of(self, name: str) -> dict[str, Concept]:
        """The concepts that are values of ``bg:{name}``."""
        found: dict[str, list[Term]] = defaultdict(list)
        for k, label in self.rows(f"SELECT DISTINCT ?k ?label WHERE {{ ?s bg:{name} ?k . ?k skos:prefLabel ?label }}"):
            if label is not None:
                found[plain(k)].append(label)
        return {k: Concept(k, "", _short(k), _names(v)) for k, v in found.items()}

    def findings(self) -> tuple[Finding, ...]:
        labels: dict[str, list[Term]] = defaultdict(list)
        query = "SELECT DISTINCT ?k ?l WHERE { ?f a bg:QualityFinding ; bg:finding ?k . ?k skos:prefLabel ?l }"
        for k, label in self.rows(query):
            if label is not None:
                labels[plain(k)].append(label)
        return tuple(
            Finding(
                _names(labels.get(_one(p, "finding"), [])),
                _names(p.get("message", [])),
                tuple(plain(c) for c in p.get("concerns", [])),
            )
            for p in self.of_class("bg:QualityFinding").values()
        )

    def set_aside(self) -> tuple[tuple[str, str], ...]:
        return tuple(
            (
                _names(p.get("claim", [])).zh or _names(p.get("what", [])).zh or _one(p, "what"),
                _names(p.get("reason", [])).zh,
            )
            for p in self.of_class("bg:SetAside").values()
        )

    def version(self) -> str:
        rows = self.rows("SELECT ?v WHERE { ?a a prov:SoftwareAgent ; bg:version ?v } ORDER BY ?v")
        return plain(rows[0][0]) if rows else ""


class _SaidReader:
    """Reads what is said, each statement with its quotes in text order."""

    def __init__(self, reader: _Reader, quotes: dict[str, Quote], editions: list[str]) -> None:
        self.reader = reader
        self.evidence = quotes
        self.rank = {iri: i for i, iri in enumerate(editions)}

    def _quotes(self, p: Properties) -> tuple[Quote, ...]:
        found = {self.evidence[plain(e)] for e in p.get("wasDerivedFrom", []) if plain(e) in self.evidence}
        return tuple(sorted(found, key=lambda q: (self.rank.get(q.edition, 0), q.start, q.end)))

    def _said(self, iri: str, p: Properties) -> tuple[str, str, str, str, str, str, tuple[Quote, ...]]:
        return (
            iri,
            _one(p, "report"),
            _short(_one(p, "part")),
            visible(_one(p, "period")),
            _short(_one(p, "rule")),
            _one(p, "confidence"),
            self._quotes(p),
        )

    def _in_text_order(self, said: Iterable[S]) -> tuple[S, ...]:
        """The newest report's first, each report's in the order of its first edition."""

        def order(s: Said) -> tuple[int, int, int, str]:
            first = s.quotes[0] if s.quotes else Quote("", 0, 0, "")
            return self.rank.get(first.edition, len(self.rank)), first.start, first.end, s.iri

        return tuple(sorted(said, key=order))

    def links(self) -> tuple[Link, ...]:
        return self._in_text_order(
            Link(
                *self._said(iri, p),
                _one(p, "subject"),
                _short(_one(p, "predicate")),
                _one(p, "object"),
                _one(p, "target") == "true",
            )
            for iri, p in self.reader.of_class("bg:Relation").items()
        )

    def statuses(self) -> tuple[StatusChange, ...]:
        return self._in_text_order(
            StatusChange(
                *self._said(iri, p), _one(p, "subject"), _short(_one(p, "object")), _one(p, "target") == "true"
            )
            for iri, p in self.reader.of_class("bg:StatusChange").items()
        )

    def figures(self, concepts: Mapping[str, Concept]) -> tuple[Figure, ...]:
        dimensions: dict[str, str] = {}
        for u, d in self.reader.rows("SELECT ?u ?d WHERE { ?u a bg:Unit ; bg:dimension ?d }"):
            dimensions[plain(u)] = _short(plain(d))
        made = []
        for iri, p in self.reader.of_class("bg:Observation").items():
            value = _decimal(_one(p, "obsValue"))
            if value is None:
                continue
            unit, base = _one(p, "unit"), _one(p, "unitMeasure")
            text = _names(p.get("valueText", []))
            made.append(
                Figure(
                    *self._said(iri, p),
                    about=tuple(plain(a) for a in p.get("about", [])),
                    indicators=tuple(plain(i) for i in p.get("indicator", [])),
                    phrase=_names(p.get("indicatorPhrase", [])),
                    measure=_short(_one(p, "measure")),
                    status=_short(_one(p, "status")),
                    bound=_short(_one(p, "bound")),
                    value=value,
                    value_max=_decimal(_one(p, "valueMax")),
                    text=text if text.zh else Names(str(value)),
                    unit=_names(p.get("unitText", [])),
                    normal=_decimal(_one(p, "normalisedValue")),
                    base_unit=_short(base) if base in concepts else "",
                    dimension=dimensions.get(unit, ""),
                    comparator=visible(_one(p, "comparator")),
                    scope=visible(_one(p, "scope")),
                )
            )
        return self._in_text_order(made)

    def undertakings(self) -> tuple[Undertaking, ...]:
        made = []
        for cls, achieved in (("bg:Commitment", False), ("bg:Achievement", True)):
            for iri, p in self.reader.of_class(cls).items():
                item = _one(p, "livelihoodItem")
                made.append(
                    Undertaking(
                        *self._said(iri, p),
                        achieved=achieved,
                        verb=_names(p.get("verb", [])),
                        # rdf:object is the undertaking itself; the literal bg:object is what is undertaken.
                        object=_names(o for o in p.get("object", []) if isinstance(o, Literal)),
                        figures=tuple(plain(f) for f in p.get("quantity", [])),
                        deadline=visible(_one(p, "deadline")),
                        area=_short(_one(p, "policyArea")),
                        concerns=tuple(plain(c) for c in p.get("concerns", [])),
                        responsible=tuple(plain(c) for c in p.get("responsible", [])),
                        item=int(item) if item.isdigit() else None,
                    )
                )
        return self._in_text_order(made)

    def mentions(self) -> tuple[Mention, ...]:
        made = set()
        for iri, e, surface in self.reader.rows(
            "SELECT ?x ?e ?surface WHERE { ?m a bg:Mention ; bg:mentions ?x ; prov:wasDerivedFrom ?e . "
            "OPTIONAL { ?m bg:surface ?surface } }"
        ):
            if plain(e) in self.evidence:
                made.add(Mention(plain(iri), self.evidence[plain(e)], visible(plain(surface))))
        return tuple(sorted(made, key=lambda m: (m.quote.edition, m.quote.start, m.quote.end, m.thing)))

    def numbers(self) -> tuple[NumberMark, ...]:
        made = set()
        for e, cls, figure in self.reader.rows(
            "SELECT ?e ?class ?o WHERE { ?n a bg:NumberMention ; prov:wasDerivedFrom ?e ; bg:numberClass ?class . "
            "OPTIONAL { ?n bg:observation ?o } }"
        ):
            if plain(e) in self.evidence:
                made.add(NumberMark(self.evidence[plain(e)], _short(plain(cls)), plain(figure)))
        return tuple(sorted(made, key=lambda n: (n.quote.edition, n.quote.start, n.quote.end, n.figure)))

    def differences(self) -> tuple[Difference, ...]:
        made = [
            Difference(
                _one(p, "report"), visible(_one(p, "reading")), visible(_one(p, "otherReading")), self._quotes(p)
            )
            for p in self.reader.of_class("bg:EditionDifference").values()
        ]
        return tuple(sorted(made, key=lambda d: (d.report, d.quotes[0].start if d.quotes else 0, d.reading, d.other)))


def _one(properties: Properties, name: str) -> str:
    values = properties.get(name)
    return plain(values[0]) if values else ""


def _places(properties: Properties, *names: str) -> list[str]:
    return sorted({o.value for name in names for o in properties.get(name, []) if isinstance(o, NamedNode)})


def _int(properties: Properties, name: str) -> int:
    value = _one(properties, name)
    return int(value) if value.isdigit() else 0


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        return None


def _point(wkt: str) -> tuple[float, float] | None:
    inside = wkt[wkt.find("(") + 1 : wkt.rfind(")")].split() if "POINT" in wkt.upper() else []
    try:
        return (float(inside[0]), float(inside[1])) if len(inside) == 2 else None
    except ValueError:
        return None


def _aliases(terms: Iterable[Term]) -> tuple[Names, ...]:
    """Other names; a Simplified and a Traditional form are not matched up, each is a name of its own."""
    seen: dict[str, Names] = {}
    for t in sorted(terms, key=str):
        if isinstance(t, Literal) and (name := visible(t.value)) not in seen:
            hant = (t.language or "").lower() == "zh-hant"
            seen[name] = Names("" if hant else name, name if hant else "")
    return tuple(seen.values())


def _chain(iri: str, inside: Mapping[str, list[str]]) -> tuple[str, ...]:
    """The places that ``iri`` is in, nearest first: a place comes before those that it is in itself."""
    above = _above(iri, inside)
    return tuple(sorted(above, key=lambda place: (-len(_above(place, inside)), place)))


def _above(iri: str, inside: Mapping[str, list[str]]) -> set[str]:
    found: set[str] = set()
    level = set(inside.get(iri, []))
    while level := level - found - {iri}:
        found |= level
        level = {up for place in level for up in inside.get(place, [])}
    return found


def curie(iri: str) -> str:
    """``iri`` shortened with the project's prefixes where one fits."""
    if iri.startswith(NS):
        return f"bg:{iri.removeprefix(NS)}"
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri
