"""What the graph says of one thing: its names, its properties, who refers to it, and every quotation behind that.

Invariant: everything here is bounded: at most ``MOST`` rows of each kind are read, and what was left out is counted.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import pyoxigraph as ox

from kg.graph.terms import PREFIXES
from kg.iris import NS
from kg.serving.pages import Reader
from kg.serving.pool import Result
from kg.serving.service import JSON_RESULTS

MOST = 300
Run = Callable[[dict[str, Any]], Awaitable[Result]]
_LABELS = "skos:prefLabel|rdfs:label|dcterms:title|foaf:name|bg:document"
_HIDDEN = {
    PREFIXES["rdf"] + "type",
    PREFIXES["skos"] + "prefLabel",
    PREFIXES["skos"] + "altLabel",
    PREFIXES["rdfs"] + "label",
    PREFIXES["geo"] + "hasDefaultGeometry",
}
# What points at a thing only because statements are nodes; shown as what reports say, or of no use to a reader.
_PLUMBING = (
    "rdf:subject, rdf:predicate, rdf:object, bg:mentions, bg:about, bg:concerns, bg:edition, bg:rule, bg:part, "
    "bg:unit, bg:status, bg:measure, bg:bound, oa:hasSource, prov:wasGeneratedBy, sdmx-dimension:refArea, "
    "sdmx-attribute:unitMeasure, sdmx-attribute:obsStatus, qb:dataSet, bg:report, bg:numberClass"
)
_EVIDENCE = """
  ?evidence oa:hasSource ?edition ; oa:hasSelector ?position , ?quotation ; bg:inSentence ?sentence .
  ?position oa:start ?start ; oa:end ?end . ?quotation oa:exact ?exact .
  ?sentence bg:text ?text ; bg:start ?from . ?edition bg:document ?document ; dcterms:language ?language .
"""


# What a page tells of a claim, by property.
_TOLD = {
    "rdf:subject": "s", "rdf:predicate": "p", "rdf:object": "o", "bg:period": "period", "bg:target": "target",
    "bg:indicatorPhrase": "phrase", "bg:valueText": "value", "bg:verb": "verb", "bg:object": "what",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Node:
    """A term as a page shows it: text, the IRI it stands for ("" for a literal), and its language or datatype."""

    text: str
    iri: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """A place in a text: the sentence in three pieces, the middle one being what was read."""

    before: str
    exact: str
    after: str
    document: str
    start: int
    end: int
    language: str
    evidence: str


@dataclass(slots=True)
class Saying:
    """A statement of a report about the thing, with its quotations."""

    claim: str
    kind: Node
    line: list[Node]
    period: str
    target: bool
    quotes: list[Quote] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Description:
    """One thing, ready to be shown."""

    iri: str
    title: str
    names: list[Node]
    types: list[Node]
    facts: list[tuple[Node, list[Node]]]
    sayings: list[Saying]
    mentions: list[Quote]
    incoming: list[tuple[Node, list[Node]]]
    left_out: dict[str, int]


def local_name(iri: str) -> str:
    """The end of an IRI, for want of a label."""
    return iri.rstrip("/#").rpartition("#")[2].rpartition("/")[2] or iri


class Describer:
    """Asks the questions a page needs, for one reader. ``run`` gives the result of a job."""

    def __init__(self, run: Run, base: str, who: Reader) -> None:
        self.run = run
        self.base = base
        self.who = who
        self._labels: dict[str, dict[str, str]] = {}

    async def rows(self, query: str) -> list[dict[str, dict[str, str]]]:
        """The rows of a query, as SPARQL JSON has them."""
        job = {"do": "query", "query": query, "table": JSON_RESULTS}
        result = await self.run(job)
        found: list[dict[str, dict[str, str]]] = json.loads(result.read())["results"]["bindings"]
        return found

    async def label(self, iris: Iterable[str]) -> None:
        """Look up the labels of ``iris``, for ``node``."""
        wanted = sorted({iri for iri in iris if iri not in self._labels and _safe(iri)})
        for start in range(0, len(wanted), 400):
            part = wanted[start : start + 400]
            values = " ".join(f"<{iri}>" for iri in part)
            query = f"SELECT DISTINCT ?x ?l {{ VALUES ?x {{ {values} }} ?x {_LABELS} ?l }} ORDER BY ?x ?l"
            for iri in part:
                self._labels[iri] = {}
            for row in await self.rows(query):
                label = row["l"]
                self._labels[row["x"]["value"]].setdefault(label.get("xml:lang", "").lower(), label["value"])

    def node(self, term: dict[str, str]) -> Node:
        """A term of a result as a page shows it."""
        value = term["value"]
        if term["type"] == "uri":
            return Node(self.who.best(self._labels.get(value, {})) or local_name(value), value)
        return Node(value, "", term.get("xml:lang", ""))

    def named(self, iri: str) -> Node:
        return self.node({"type": "uri", "value": iri})

    async def exists(self, iri: str) -> bool:
        """Whether the graph says anything of ``iri``."""
        return _safe(iri) and bool(await self.rows(f"SELECT ?p {{ <{iri}> ?p ?o }} LIMIT 1"))

    async def describe(self, iri: str) -> Description | None:
        """All that a page shows of ``iri``; None when the graph does not know it."""
        if not _safe(iri):
            return None
        out = await self.rows(f"SELECT DISTINCT ?p ?o {{ <{iri}> ?p ?o }} ORDER BY ?p ?o LIMIT {MOST * 4}")
        if not out:
            return None
        into = await self.rows(
            f"SELECT DISTINCT ?p ?s {{ ?s ?p <{iri}> FILTER(isIRI(?s) && ?p NOT IN ({_PLUMBING})) }} "
            f"ORDER BY ?p ?s LIMIT {MOST + 1}"
        )
        left_out = {"incoming": max(0, len(into) - MOST), "facts": 0}
        into = into[:MOST]
        sayings = await self._sayings(iri, left_out)
        mentions = await self._mentions(iri, left_out)
        await self.label(term["value"] for row in [*out, *into] for term in row.values() if term["type"] == "uri")
        await self.label(node.iri for saying in sayings for node in [saying.kind, *saying.line] if node.iri)
        for saying in sayings:
            saying.kind = self.named(saying.kind.iri)
            saying.line = [self.named(node.iri) if node.iri else node for node in saying.line]
        names = [self.node(row["o"]) for row in out if row["p"]["value"] in _names()]
        types = [self.node(row["o"]) for row in out if row["p"]["value"] == PREFIXES["rdf"] + "type"]
        facts: dict[str, list[Node]] = {}
        for row in out:
            if row["p"]["value"] not in _HIDDEN:
                facts.setdefault(row["p"]["value"], []).append(self.node(row["o"]))
        incoming: dict[str, list[Node]] = {}
        for row in into:
            incoming.setdefault(row["p"]["value"], []).append(self.node(row["s"]))
        await self.label([iri])
        title = self.who.best(self._labels[iri]) or _title(out) or local_name(iri)
        return Description(
            iri,
            title,
            list({name.text: name for name in reversed(names) if name.text != title}.values())[::-1],
            types,
            [(self.named(key), values) for key, values in facts.items()],
            sayings,
            mentions,
            [(self.named(key), values) for key, values in incoming.items()],
            left_out,
        )

    async def _sayings(self, iri: str, left_out: dict[str, int]) -> list[Saying]:
        """The claims about ``iri`` (or the claim it is), each with its quotations, in text order."""
        rows = await self.rows(
            f"""SELECT DISTINCT ?claim ?kind ?evidence ?exact ?start ?end ?text ?from ?document ?language WHERE {{
  {{ SELECT DISTINCT ?claim WHERE {{
    {{ ?claim rdf:subject <{iri}> }} UNION {{ ?claim rdf:object <{iri}> }} UNION {{ ?claim bg:about <{iri}> }}
    UNION {{ ?claim bg:concerns <{iri}> }} UNION {{ ?claim bg:responsible <{iri}> }}
    UNION {{ ?claim bg:indicator <{iri}> }} UNION {{ VALUES ?claim {{ <{iri}> }} ?claim rdf:predicate ?any }}
  }} LIMIT {MOST * 20} }}
  ?claim prov:wasDerivedFrom ?evidence ; a ?kind .
  FILTER(?kind IN (bg:Observation, bg:Relation, bg:StatusChange, bg:Commitment, bg:Achievement))
  {_EVIDENCE}
}} ORDER BY ?document ?start ?claim"""
        )
        quoted: dict[str, list[dict[str, dict[str, str]]]] = {}
        for row in sorted(rows, key=lambda row: row["language"]["value"].lower() != self.who.script):
            quoted.setdefault(row["claim"]["value"], []).append(row)
        first = {claim: _quote(its[0]) for claim, its in quoted.items()}
        ordered = sorted(first, key=lambda claim: (first[claim].document, first[claim].start, claim))
        left_out["said"] = max(0, len(ordered) - MOST)
        ordered = ordered[:MOST]
        told = await self._told({claim: first[claim].language.lower() for claim in ordered})
        sayings: list[Saying] = []
        for claim in ordered:
            quotes = {row["evidence"]["value"]: _quote(row) for row in quoted[claim]}
            sayings.append(
                Saying(
                    claim,
                    Node("", quoted[claim][0]["kind"]["value"]),
                    _line(told[claim]),
                    told[claim].get("period", {}).get("value", ""),
                    told[claim].get("target", {}).get("value") == "true",
                    list(quotes.values()),
                )
            )
        return sayings

    async def _told(self, languages: dict[str, str]) -> dict[str, dict[str, dict[str, str]]]:
        """What each claim says, by the names in ``_TOLD``; its texts in the language given for it."""
        found: dict[str, dict[str, dict[str, str]]] = {claim: {} for claim in languages}
        if not languages:
            return found
        claims = " ".join(f"<{claim}>" for claim in languages)
        properties = {PREFIXES[name.partition(":")[0]] + name.partition(":")[2]: key for name, key in _TOLD.items()}
        for row in await self.rows(
            f"""SELECT DISTINCT ?claim ?p ?o WHERE {{
  VALUES ?claim {{ {claims} }} ?claim ?p ?o FILTER(?p IN ({", ".join(_TOLD)})) }} ORDER BY ?claim ?p ?o"""
        ):
            claim = row["claim"]["value"]
            if row["o"].get("xml:lang", languages[claim]).lower() == languages[claim]:
                found[claim].setdefault(properties[row["p"]["value"]], row["o"])
        return found

    async def _mentions(self, iri: str, left_out: dict[str, int]) -> list[Quote]:
        rows = await self.rows(
            f"""SELECT DISTINCT ?evidence ?exact ?start ?end ?text ?from ?document ?language WHERE {{
  {{ ?mention bg:mentions <{iri}> ; prov:wasDerivedFrom ?evidence }}
  UNION {{ VALUES ?evidence {{ <{iri}> }} ?evidence oa:hasSource ?any }}
  {_EVIDENCE} }} ORDER BY ?document ?start LIMIT {MOST + 1}"""
        )
        quotes = [_quote(row) for row in rows]
        preferred = [quote for quote in quotes if quote.language.lower() == self.who.script] or quotes
        left_out["mentions"] = max(0, len(rows) - MOST)
        return preferred[:MOST]


def _names() -> set[str]:
    return {PREFIXES["skos"] + "prefLabel", PREFIXES["skos"] + "altLabel", PREFIXES["rdfs"] + "label"}


def _title(out: list[dict[str, dict[str, str]]]) -> str:
    """A title for what has no label: the text it holds, or is about."""
    for wanted in ("text", "indicatorPhrase", "object"):
        for row in out:
            if row["p"]["value"] == NS + wanted and row["o"]["type"] == "literal":
                return row["o"]["value"][:60]
    return ""


def _line(row: dict[str, dict[str, str]]) -> list[Node]:
    """A statement as a line: the figure, the undertaking, or subject, predicate and object."""
    if "value" in row or "phrase" in row:
        phrase, value = row.get("phrase"), row.get("value")
        return [Node(part["value"], "", part.get("xml:lang", "")) for part in (phrase, value) if part]
    if "verb" in row or "what" in row:
        return [Node(row[key]["value"], "", row[key].get("xml:lang", "")) for key in ("verb", "what") if key in row]
    terms = [row[key] for key in ("s", "p", "o") if key in row]
    return [Node("", term["value"]) if term["type"] == "uri" else Node(term["value"]) for term in terms]


def _quote(row: dict[str, dict[str, str]]) -> Quote:
    text, begin = row["text"]["value"], int(row["from"]["value"])
    start, end = int(row["start"]["value"]), int(row["end"]["value"])
    exact = row["exact"]["value"]
    before, after = text[: max(0, start - begin)], text[max(0, end - begin) :]
    return Quote(
        before, exact, after, row["document"]["value"], start, end, row["language"]["value"], row["evidence"]["value"]
    )


def _safe(iri: str) -> bool:
    """Whether ``iri`` can stand in a query between < and >."""
    if not iri or any(ord(character) <= 0x20 or character in '<>"{}|^`\\' for character in iri):
        return False
    try:
        ox.NamedNode(iri)
    except ValueError:
        return False
    return True


def document_query(iri: str) -> str:
    """What a machine gets of ``iri``: its triples, those that point at it, and the quotations behind it."""
    return f"""CONSTRUCT {{
  <{iri}> ?p ?o . ?o ?bp ?bo . ?s ?q <{iri}> .
  ?e ?ep ?eo . ?selector ?sp ?so .
}} WHERE {{
  {{ <{iri}> ?p ?o OPTIONAL {{ ?o ?bp ?bo FILTER(isBlank(?o)) }} }}
  UNION {{ SELECT ?s ?q WHERE {{ ?s ?q <{iri}> }} LIMIT {MOST * 10} }}
  UNION {{ <{iri}> prov:wasDerivedFrom ?e . ?e ?ep ?eo OPTIONAL {{ ?e oa:hasSelector ?selector . ?selector ?sp ?so }} }}
}}"""


def as_json(description: Description) -> dict[str, Any]:
    """A description for programs of ours (the editor's panel, the assistant): title, types, quotations."""
    return {
        "iri": description.iri,
        "title": description.title,
        "types": [node.text for node in description.types],
        "names": [node.text for node in description.names],
        "facts": [
            {"property": key.text, "values": [{"text": node.text, "iri": node.iri} for node in values]}
            for key, values in description.facts
        ],
        "statements": [
            {
                "claim": saying.claim,
                "kind": saying.kind.text,
                "text": " ".join(node.text for node in saying.line),
                "period": saying.period,
                "target": saying.target,
                "quotes": [
                    {
                        "document": quote.document,
                        "start": quote.start,
                        "end": quote.end,
                        "language": quote.language,
                        "exact": quote.exact,
                        "sentence": quote.before + quote.exact + quote.after,
                    }
                    for quote in saying.quotes
                ],
            }
            for saying in description.sayings
        ],
        "left_out": description.left_out,
    }
