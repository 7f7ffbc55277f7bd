"""A resolved report as RDF, by docs/data-model.md: one named graph, every statement with its evidence.

Invariant: the triples depend on the report, the vocabularies and the base alone; no clock, no counter, no order of
discovery goes into them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache

from opencc import OpenCC
from pyoxigraph import Literal, NamedNode, Triple

from kg.claims.claim import Observation, Predicate
from kg.graph.revisions import correction_node, revision_triples
from kg.graph.terms import (
    RDF_TYPE,
    XSD_DATE,
    boolean,
    concept,
    decimal,
    integer,
    term,
    triple_order,
    year,
)
from kg.iris import content_hash, edition_path, segment
from kg.reading.edition import Edition, Script
from kg.reading.script import as_written
from kg.recognition.industries import load_industry_words
from kg.recognition.spans import EntityType
from kg.resolution.report import Citation, Cited, ClaimT, Report, Thing
from kg.vocabulary import Vocabulary

# How many characters before and after a quotation are given so that it can be found again in a changed text.
CONTEXT = 24

CLASS_OF = {
    EntityType.PLACE: "bg:Place",
    EntityType.ZONE: "bg:Zone",
    EntityType.FACILITY: "bg:Facility",
    EntityType.ENTERPRISE: "bg:Enterprise",
    EntityType.ORGANIZATION: "bg:Organization",
    EntityType.PROJECT: "bg:Project",
    EntityType.PROGRAMME: "bg:Programme",
    EntityType.POLICY: "bg:Policy",
    EntityType.HONOUR: "bg:Honour",
    EntityType.EVENT: "bg:Event",
    EntityType.BRAND: "bg:Brand",
}


@cache
def _to_traditional() -> OpenCC:
    return OpenCC("s2tw")


def traditional(text: str) -> str:
    """``text`` in Traditional characters, where no edition shows how its authors would write it."""
    converted: str = _to_traditional().convert(text)
    return converted


class ReportWriter:
    """Writes one report. Terms that many statements share are made once."""

    def __init__(
        self, report: Report, vocabulary: Vocabulary, base: str, run: NamedNode, confidence: Mapping[str, str]
    ) -> None:
        self.report = report
        self.vocabulary = vocabulary
        self.base = base
        self.run = run
        self.confidence = confidence
        self.node = NamedNode(base + report.path)
        self.editions = [NamedNode(base + edition_path(report.path, e.sha256)) for e in report.editions]
        self.home = NamedNode(base + report.paths[""])
        # What a person asserted was made by the correction, not by the run.
        self.made_by = {o.made: correction_node(base, o.correction) for o in report.corrections if o.made}
        self.triples: list[Triple] = []
        self._evidence: set[Citation] = set()
        self._asserted: set[Triple] = set()

    # -- the pieces --------------------------------------------------------------------------------------------

    def add(self, s: NamedNode, p: NamedNode, o: NamedNode | Literal) -> None:
        """One triple."""
        self.triples.append(Triple(s, p, o))

    def language(self, edition: int) -> str:
        """The language tag of an edition."""
        return self.report.editions[edition].script.value

    def thing(self, key: str) -> NamedNode:
        """The node of the entity with this key of the extraction; the empty key is the report's own place."""
        return NamedNode(self.base + self.report.paths[key])

    def claim_node(self, key: str) -> NamedNode:
        """The node of the claim with this key."""
        return NamedNode(f"{self.base}{self.report.path}/claim/{key}")

    def _read_by(self, node: NamedNode, rules: Iterable[str]) -> None:
        """The rules that read a claim or a mention, and how often the best of them is right; none for what a person
        asserted.
        """
        rules = sorted(filter(None, rules))
        for rule in rules:
            self.add(node, term("bg:rule"), concept("rule", segment(rule)))
        known = [self.confidence[rule] for rule in rules if rule in self.confidence]
        if known:
            self.add(node, term("bg:confidence"), Literal(max(known, key=Decimal), datatype=term("xsd:decimal")))

    def evidence(self, citation: Citation) -> NamedNode:
        """The evidence node of a span, written on first use."""
        edition = self.report.editions[citation.edition]
        source = self.editions[citation.edition]
        iri = f"{source.value}#char={citation.start},{citation.end}"
        node = NamedNode(iri)
        if citation in self._evidence:
            return node
        self._evidence.add(citation)
        text, language = edition.text, self.language(citation.edition)
        position, quote = NamedNode(iri + "&position"), NamedNode(iri + "&quote")
        sentence = edition.sentence_at(citation.start)
        add = self.add
        add(node, RDF_TYPE, term("bg:Evidence"))
        add(node, RDF_TYPE, term("oa:SpecificResource"))
        add(node, term("oa:hasSource"), source)
        add(node, term("oa:hasSelector"), position)
        add(node, term("oa:hasSelector"), quote)
        add(node, term("bg:inSentence"), self.sentence_node(citation.edition, sentence.start, sentence.end))
        add(position, RDF_TYPE, term("oa:TextPositionSelector"))
        add(position, term("oa:start"), integer(citation.start))
        add(position, term("oa:end"), integer(citation.end))
        add(quote, RDF_TYPE, term("oa:TextQuoteSelector"))
        add(quote, term("oa:exact"), Literal(text[citation.start : citation.end], language=language))
        add(
            quote,
            term("oa:prefix"),
            Literal(text[max(0, citation.start - CONTEXT) : citation.start], language=language),
        )
        add(quote, term("oa:suffix"), Literal(text[citation.end : citation.end + CONTEXT], language=language))
        return node

    def sentence_node(self, edition: int, start: int, end: int) -> NamedNode:
        """The node of a sentence."""
        return NamedNode(f"{self.editions[edition].value}/sentence/{start}-{end}")

    # -- the document ------------------------------------------------------------------------------------------

    def document(self) -> None:
        """Report, editions, sections and sentences."""
        report, meta, add = self.report, self.report.metadata, self.add
        node = self.node
        add(node, RDF_TYPE, term("bg:Report"))
        add(node, term("bg:place"), self.home)
        if meta.plan_year:
            add(node, term("bg:planYear"), year(meta.plan_year))
        if meta.review_year:
            add(node, term("bg:reviewYear"), year(meta.review_year))
        for name, period in (("bg:reviewTerm", meta.review_term), ("bg:planTerm", meta.plan_term)):
            if period:
                add(node, term(name), Literal(f"{period[0]}-{period[1]}"))
        if meta.delivered:
            add(node, term("dcterms:issued"), Literal(meta.delivered.isoformat(), datatype=XSD_DATE))
        self._titles(node)
        for name, value in (("bg:session", meta.session), ("bg:speaker", meta.speaker), ("bg:office", meta.office)):
            if value:
                add(node, term(name), Literal(value, language="zh-Hans"))
        for i, edition in enumerate(report.editions):
            self._edition(i, edition)

    def _titles(self, node: NamedNode) -> None:
        meta = self.report.metadata
        year_text = f"{meta.plan_year}年" if meta.plan_year else ""
        title = (
            f"{meta.place_name}{year_text}政府工作报告"
            if meta.place_name or year_text
            else meta.title or "政府工作报告"
        )
        self.add(node, term("dcterms:title"), Literal(title, language="zh-Hans"))
        self.add(node, term("dcterms:title"), Literal(traditional(title), language="zh-Hant"))
        place = f" of {meta.place_name}" if meta.place_name else ""
        self.add(
            node,
            term("dcterms:title"),
            Literal(f"Government work report{place}{f', {meta.plan_year}' if meta.plan_year else ''}", language="en"),
        )

    def _leading(self) -> int:
        """The edition whose words answers quote: the first Simplified one, if there is one."""
        scripts = [e.script for e in self.report.editions]
        return scripts.index(Script.HANS) if Script.HANS in scripts else 0

    def _edition(self, i: int, edition: Edition) -> None:
        add, node = self.add, self.editions[i]
        add(self.node, term("dcterms:hasVersion"), node)
        add(node, RDF_TYPE, term("bg:Edition"))
        add(node, term("dcterms:isVersionOf"), self.node)
        add(node, term("dcterms:language"), Literal(edition.script.value))
        add(node, term("dcterms:format"), Literal(edition.media_type))
        add(node, term("bg:document"), Literal(edition.document))
        add(node, term("bg:sha256"), Literal(edition.sha256))
        add(node, term("bg:characters"), integer(len(edition.text)))
        add(node, term("bg:leading"), boolean(i == self._leading()))
        language = edition.script.value
        sections: list[NamedNode] = []
        for section in edition.sections:
            s = NamedNode(f"{node.value}/section/{section.heading.start}-{section.span.end}-{section.level}")
            sections.append(s)
            add(s, RDF_TYPE, term("bg:Section"))
            add(s, term("dcterms:isPartOf"), sections[section.parent] if section.parent is not None else node)
            add(s, term("bg:level"), integer(section.level))
            if section.number:
                add(s, term("bg:number"), Literal(section.number))
            title = section.title
            if title:
                at = edition.norm.find(title, section.heading.start, section.heading.end + 1)
                written = edition.text[at : at + len(title)] if at >= 0 else title
                add(s, term("dcterms:title"), Literal(written, language=language))
            add(s, term("bg:start"), integer(section.span.start))
            add(s, term("bg:end"), integer(section.span.end))
            add(s, term("bg:part"), concept("part", section.part.value))
        for sentence in edition.sentences:
            s = self.sentence_node(i, sentence.start, sentence.end)
            add(s, RDF_TYPE, term("bg:Sentence"))
            add(s, term("dcterms:isPartOf"), sections[sentence.section])
            add(s, term("bg:edition"), node)
            add(s, term("bg:part"), concept("part", sentence.part.value))
            add(s, term("bg:start"), integer(sentence.start))
            add(s, term("bg:end"), integer(sentence.end))
            add(s, term("bg:text"), Literal(edition.text[sentence.start : sentence.end], language=language))

    # -- what is read from it ----------------------------------------------------------------------------------

    def things(self) -> None:
        """Entities, with their names in both scripts, and every place where they are named."""
        add = self.add
        for thing in self.report.things:
            node = NamedNode(self.base + thing.path)
            add(node, RDF_TYPE, term(CLASS_OF[thing.entity_type]))
            for name, label in self._names(thing):
                add(node, term(label), name)
            if thing.kind:
                scheme = "project-kind" if thing.entity_type is EntityType.PROJECT else "facility-kind"
                add(node, term("bg:kind"), concept(scheme, thing.kind))
            for code in load_industry_words().of(thing.entity_type, thing.name, thing.kind):
                add(node, term("bg:industry"), concept("industry", code))
            if thing.code:
                add(node, term("bg:code"), Literal(thing.code))
            if thing.place and thing.entity_type is not EntityType.PLACE:
                add(node, term("bg:inPlace"), NamedNode(self.base + thing.place))
            elif thing.entity_type is not EntityType.PLACE:
                add(node, term("bg:inPlace"), self.home)
            rules: dict[Citation, set[str]] = defaultdict(set)
            for mention in thing.mentions:
                rules[mention.citation].add(mention.rule)
            for citation, read_by in rules.items():
                self._mention(node, thing, citation, read_by)

    def _names(self, thing: Thing) -> list[tuple[Literal, str]]:
        """What a thing is called, each name with its property: as the text has it, and then as people have it."""
        preferred: dict[str, str] = {}
        others: dict[tuple[str, str], None] = {}
        for i, name in enumerate((thing.name, *thing.aliases)):
            for language, text in (("zh-Hans", name), ("zh-Hant", self._in_traditional(name, thing))):
                if i == 0:
                    preferred[language] = text
                else:
                    others[language, text] = None
        for label in thing.labels:
            if label.role == "preferred" and label.language in preferred:
                others[label.language, preferred[label.language]] = None
            others.pop((label.language, label.text), None)
            if label.role == "preferred":
                preferred[label.language] = label.text
            elif label.role == "alternative" and preferred.get(label.language) != label.text:
                others[label.language, label.text] = None
            elif label.role == "none" and preferred.get(label.language) == label.text:
                for key in [k for k in others if k[0] == label.language][:1]:  # a thing is never left without a name
                    preferred[label.language] = key[1]
                    del others[key]
        return [(Literal(text, language=tag), "skos:prefLabel") for tag, text in preferred.items()] + [
            (Literal(text, language=tag), "skos:altLabel") for tag, text in others
        ]

    def _in_traditional(self, name: str, thing: Thing) -> str:
        for mention in thing.mentions:
            edition = self.report.editions[mention.citation.edition]
            if edition.script is Script.HANT:
                written: str = as_written(edition, name, mention.citation.start, mention.citation.end)
                return written
        return traditional(name)

    def _mention(self, node: NamedNode, thing: Thing, citation: Citation, rules: Iterable[str]) -> None:
        edition = self.report.editions[citation.edition]
        evidence = self.evidence(citation)
        m = NamedNode(f"{evidence.value}&mention={segment(thing.path)}")
        self.add(m, RDF_TYPE, term("bg:Mention"))
        self.add(m, term("bg:mentions"), node)
        self.add(m, term("prov:wasDerivedFrom"), evidence)
        surface = edition.text[citation.start : citation.end]
        self.add(m, term("bg:surface"), Literal(surface, language=edition.script.value))
        self._read_by(m, rules)

    def numbers(self) -> None:
        """Every number of every edition, with its class and the observation it became."""
        for cited in self.report.numbers:
            n = cited.number
            evidence = self.evidence(Citation(cited.edition, n.start, n.end))
            node = NamedNode(f"{evidence.value}&number")
            self.add(node, RDF_TYPE, term("bg:NumberMention"))
            self.add(node, term("prov:wasDerivedFrom"), evidence)
            self.add(node, term("bg:numberClass"), concept("number-class", n.number_class.value))
            self.add(node, term("bg:digits"), boolean(bool(n.tokens)))
            if n.rule:
                self.add(node, term("bg:rule"), concept("rule", segment(n.rule)))
            if cited.observation:
                self.add(node, term("bg:observation"), self.claim_node(cited.observation))

    def _claim(
        self,
        cited: Cited[ClaimT],
        cls: str,
        triple: tuple[NamedNode, NamedNode, NamedNode | Literal],
        period: str,
        rule: str,
    ) -> NamedNode:
        node, add = self.claim_node(cited.key), self.add
        s, p, o = triple
        add(node, RDF_TYPE, term(cls))
        add(node, term("rdf:subject"), s)
        add(node, term("rdf:predicate"), p)
        add(node, term("rdf:object"), o)
        asserted = Triple(s, p, o)
        if asserted not in self._asserted:
            self._asserted.add(asserted)
            self.triples.append(asserted)
        for citation in cited.citations:
            add(node, term("prov:wasDerivedFrom"), self.evidence(citation))
        first = cited.citations[0]
        sentence = self.report.editions[first.edition].sentence_at(first.start)
        add(node, term("bg:report"), self.node)
        add(node, term("bg:part"), concept("part", sentence.part.value))
        self._read_by(node, (rule,))
        add(node, term("prov:wasGeneratedBy"), self.made_by.get(cited.key, self.run))
        if period:
            add(node, term("bg:period"), Literal(period))
        return node

    def observations(self) -> None:
        """Figures."""
        for cited in self.report.observations:
            self._observation(cited)

    def _observation(self, cited: Cited[Observation]) -> None:
        claim, add = cited.claim, self.add
        about = [self.thing(k) for k in claim.about] or [self.home]
        node = self._claim(
            cited,
            "bg:Observation",
            (about[0], term("bg:hasObservation"), self.claim_node(cited.key)),
            claim.period,
            claim.rule,
        )
        for other in about[1:]:
            add(other, term("bg:hasObservation"), node)
        for a in about:
            add(node, term("bg:about"), a)
        add(node, RDF_TYPE, term("qb:Observation"))
        add(node, term("qb:dataSet"), NamedNode(f"{self.base}dataset"))
        place = next((a for a in about if a.value.startswith(f"{self.base}place/")), self.home)
        add(node, term("sdmx-dimension:refArea"), place)
        if claim.period:
            add(node, term("sdmx-dimension:refPeriod"), Literal(claim.period))
        for indicator in claim.indicators:
            if indicator.concept:
                measured_by = concept("indicator", indicator.concept)
                add(node, term("bg:indicator"), measured_by)
                self._series(node, about, measured_by, claim)
            elif indicator.phrase:
                local = NamedNode(f"{self.base}indicator/{segment(indicator.phrase)}")
                add(node, term("bg:indicator"), local)
                self._series(node, about, local, claim)
                add(local, RDF_TYPE, term("bg:LocalIndicator"))
                add(local, term("skos:prefLabel"), Literal(indicator.phrase, language="zh-Hans"))
                add(local, term("skos:prefLabel"), Literal(traditional(indicator.phrase), language="zh-Hant"))
            for language, citation in self._by_language(cited.citations):
                phrase = as_written(self.report.editions[citation.edition], indicator.phrase, *self._sentence(citation))
                if phrase:
                    add(node, term("bg:indicatorPhrase"), Literal(phrase, language=language))
        add(node, term("bg:measure"), concept("measure", claim.measure.value))
        add(node, term("bg:status"), concept("status", claim.status.value))
        add(node, term("sdmx-attribute:obsStatus"), concept("status", claim.status.value))
        add(node, term("bg:bound"), concept("bound", claim.bound.value))
        add(node, term("sdmx-measure:obsValue"), decimal(claim.value))
        if claim.value_max is not None:
            add(node, term("bg:valueMax"), decimal(claim.value_max))
        for language, citation in self._by_language(cited.citations):
            edition = self.report.editions[citation.edition]
            if claim.unit:
                add(
                    node,
                    term("bg:unitText"),
                    Literal(as_written(edition, claim.unit, citation.start, citation.end), language=language),
                )
            add(node, term("bg:valueText"), Literal(edition.text[citation.start : citation.end], language=language))
        measured = self.vocabulary.unit_for(claim.unit) if claim.unit else None
        if measured is not None:
            add(node, term("bg:unit"), concept("unit", measured.notation))
            add(node, term("sdmx-attribute:unitMeasure"), concept("unit", measured.base))
            add(node, term("bg:normalisedValue"), decimal(measured.normalise(claim.value)))
            if claim.value_max is not None:
                add(node, term("bg:normalisedValueMax"), decimal(measured.normalise(claim.value_max)))
        if claim.comparator:
            add(node, term("bg:comparator"), Literal(claim.comparator, language="zh-Hans"))
        if claim.scope:
            add(node, term("bg:scope"), Literal(claim.scope, language="zh-Hans"))

    def _series(self, node: NamedNode, about: Sequence[NamedNode], indicator: NamedNode, claim: Observation) -> None:
        """Join the figure to others of the same thing, indicator and measure; gaps to somebody else join none."""
        if not claim.comparator:
            for a in about:
                key = content_hash(a.value, indicator.value, claim.measure.value)
                self.add(node, term("bg:series"), NamedNode(f"{self.base}series/{key}"))

    def _by_language(self, citations: Iterable[Citation]) -> Iterator[tuple[str, Citation]]:
        seen: set[str] = set()
        for citation in citations:
            language = self.language(citation.edition)
            if language not in seen:
                seen.add(language)
                yield language, citation

    def _sentence(self, citation: Citation) -> tuple[int, int]:
        sentence = self.report.editions[citation.edition].sentence_at(citation.start)
        return sentence.start, sentence.end

    def relations(self) -> None:
        """What is stated between two things, and the statuses of things."""
        for cited in self.report.relations:
            claim = cited.claim
            subject = self.thing(claim.subject)
            if claim.predicate is Predicate.HAS_STATUS:
                o, cls = concept("project-status", claim.object), "bg:StatusChange"
            else:
                o, cls = self.thing(claim.object), "bg:Relation"
            node = self._claim(cited, cls, (subject, term(f"bg:{claim.predicate.value}"), o), claim.period, claim.rule)
            self.add(node, term("bg:target"), boolean(claim.target))

    def undertakings(self) -> None:
        """Promises and achievements."""
        at: dict[Citation, str] = {c: o.key for o in self.report.observations for c in o.citations}
        starts: dict[tuple[int, int], str] = {(c.edition, c.start): k for c, k in at.items()}
        for cited in self.report.undertakings:
            claim, add = cited.claim, self.add
            cls = "bg:Achievement" if claim.achieved else "bg:Commitment"
            predicate = term("bg:achieved") if claim.achieved else term("bg:committedTo")
            key = cited.key
            meta = self.report.metadata
            period = str((meta.review_year if claim.achieved else meta.plan_year) or "")
            node = self._claim(cited, cls, (self.home, predicate, self.claim_node(key)), period, claim.rule)
            for language, citation in self._by_language(cited.citations):
                edition = self.report.editions[citation.edition]
                add(
                    node,
                    term("bg:verb"),
                    Literal(as_written(edition, claim.verb, *self._sentence(citation)), language=language),
                )
                add(
                    node,
                    term("bg:object"),
                    Literal(as_written(edition, claim.object, *self._sentence(citation)), language=language),
                )
            first = cited.citations[0]
            for start in claim.observations:
                if (first.edition, start) in starts:
                    add(node, term("bg:quantity"), self.claim_node(starts[first.edition, start]))
            if claim.deadline:
                add(node, term("bg:deadline"), Literal(claim.deadline))
            if claim.policy_area:
                add(node, term("bg:policyArea"), concept("policy-area", claim.policy_area))
            for key_ in claim.concerns:
                add(node, term("bg:concerns"), self.thing(key_))
            for key_ in claim.responsible:
                add(node, term("bg:responsible"), self.thing(key_))
            if claim.item is not None:
                add(node, term("bg:livelihoodItem"), integer(claim.item))

    def differences(self) -> None:
        """Where the editions disagree."""
        for i, difference in self.report.differences:
            node = NamedNode(
                f"{self.node.value}/difference/"
                + content_hash(i, difference.base, difference.other, difference.base_text, difference.other_text)
            )
            self.add(node, RDF_TYPE, term("bg:EditionDifference"))
            self.add(node, term("bg:report"), self.node)
            for number, span, text, name in (
                (0, difference.base, difference.base_text, "bg:reading"),
                (i, difference.other, difference.other_text, "bg:otherReading"),
            ):
                self.add(node, term(name), Literal(text, language=self.language(number)))
                if span.start < span.end:
                    self.add(node, term("prov:wasDerivedFrom"), self.evidence(Citation(number, span.start, span.end)))


def report_triples(
    report: Report, vocabulary: Vocabulary, base: str, run: NamedNode, confidence: Mapping[str, str]
) -> list[Triple]:
    """All triples of ``report``, sorted, each once."""
    writer = ReportWriter(report, vocabulary, base, run, confidence)
    writer.document()
    writer.things()
    writer.numbers()
    writer.observations()
    writer.relations()
    writer.undertakings()
    writer.differences()
    writer.triples += revision_triples(report, base, writer.evidence)
    return sorted(set(writer.triples), key=triple_order)


def graph_name(base: str, report_path: str) -> NamedNode:
    """The named graph of a report."""
    return NamedNode(f"{base}{report_path}/graph")
