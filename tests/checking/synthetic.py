"""Conforming graphs of any size, in the form docs/data-model.md gives, for measuring and for comparing engines."""

from __future__ import annotations

from rdflib import RDF, BNode, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, PROV, SKOS, XSD

BG = Namespace("https://w3id.org/baogao/ns#")
NS = "https://w3id.org/baogao/ns/"
OA = Namespace("http://www.w3.org/ns/oa#")
QB = Namespace("http://purl.org/linked-data/cube#")
GEO = Namespace("http://www.opengis.net/ont/geosparql#")
SDMX_D = Namespace("http://purl.org/linked-data/sdmx/2009/dimension#")
SDMX_M = Namespace("http://purl.org/linked-data/sdmx/2009/measure#")
SDMX_A = Namespace("http://purl.org/linked-data/sdmx/2009/attribute#")
ID = "https://w3id.org/baogao/id/"

_CLAUSE = "全市某项指标第{n:06d}号完成{n}万元，"
_ENTITY_TYPES = ("Project", "Facility", "Enterprise", "Programme", "Policy", "Organization", "Zone", "Honour")


def concept(scheme: str, notation: str) -> URIRef:
    """The IRI of a concept of one of the project's schemes."""
    return URIRef(f"{NS}{scheme}/{notation}")


def synthetic_graph(sentences: int = 500, *, editions: int = 2, per_sentence: int = 1) -> Graph:
    """A report of ``sentences`` sentences an edition; each sentence holds ``per_sentence`` marks and one claim of each
    of the two commonest kinds. The defaults give about what two editions of one city's report give."""
    graph = Graph()
    add = graph.add
    place = URIRef(f"{ID}place/990100")
    for kind in (BG.Prefecture, GEO.Feature):
        add((place, RDF.type, kind))
    add((place, SKOS.prefLabel, Literal("某某市", lang="zh-Hans")))
    add((place, SKOS.prefLabel, Literal("某某市", lang="zh-Hant")))
    add((place, BG.code, Literal("990100")))
    report = URIRef(f"{ID}report/990100/2024")
    run = URIRef(f"{ID}run/1")
    rule = concept("rule", "list")
    add((rule, RDF.type, BG.Rule))
    add((rule, SKOS.notation, Literal("list")))
    add((run, RDF.type, BG.Run))
    add((run, BG.version, Literal("0.1.0")))
    add((run, BG.vocabularyHash, Literal("0" * 64)))
    add((report, RDF.type, BG.Report))
    add((report, BG.place, place))
    add((report, BG.reviewYear, Literal("2023", datatype=XSD.gYear)))
    add((report, BG.planYear, Literal("2024", datatype=XSD.gYear)))
    add((report, DCTERMS.title, Literal("政府工作报告", lang="zh-Hans")))
    entities = []
    for n in range(max(8, sentences // 2)):
        kind = _ENTITY_TYPES[n % len(_ENTITY_TYPES)]
        entity = URIRef(f"{ID}{kind.lower()}/990100/名{n}")
        entities.append(entity)
        add((entity, RDF.type, BG[kind]))
        add((entity, SKOS.prefLabel, Literal(f"名{n}", lang="zh-Hans")))
        add((entity, SKOS.prefLabel, Literal(f"名{n}", lang="zh-Hant")))
        add((entity, BG.inPlace, place))
    indicators = []
    for n in range(max(4, sentences // 2)):
        indicator = URIRef(f"{ID}indicator/指标{n}")
        indicators.append(indicator)
        add((indicator, RDF.type, BG.Indicator))
        add((indicator, SKOS.prefLabel, Literal(f"指标{n}", lang="zh-Hans")))
        add((indicator, SKOS.prefLabel, Literal(f"指標{n}", lang="zh-Hant")))
    unit = concept("unit", "yuan")
    clause_length = len(_CLAUSE.format(n=0)) + 6
    evidence_of: dict[tuple[int, int], list[URIRef]] = {}
    for e in range(editions):
        edition = URIRef(f"{report}/edition/{e:012x}")
        add((report, DCTERMS.hasVersion, edition))
        add((edition, RDF.type, BG.Edition))
        add((edition, DCTERMS.isVersionOf, report))
        add((edition, DCTERMS.language, Literal("zh-Hans" if e == 0 else "zh-Hant")))
        add((edition, BG.document, Literal(f"report.{e}.txt")))
        add((edition, BG.sha256, Literal(f"{e:064x}")))
        add((edition, DCTERMS["format"], Literal("text/plain")))
        length = sentences * per_sentence * clause_length
        add((edition, BG.characters, Literal(length)))
        section = URIRef(f"{edition}/section/0-{length}")
        add((section, RDF.type, BG.Section))
        add((section, DCTERMS.isPartOf, edition))
        add((section, BG.level, Literal(0)))
        add((section, BG.start, Literal(0)))
        add((section, BG.end, Literal(length)))
        add((section, BG.part, concept("part", "review")))
        offset = 0
        for s in range(sentences):
            clauses = [_CLAUSE.format(n=s * per_sentence + m) for m in range(per_sentence)]
            text = "".join(clauses)
            sentence = URIRef(f"{edition}/sentence/{offset}-{offset + len(text)}")
            add((sentence, RDF.type, BG.Sentence))
            add((sentence, DCTERMS.isPartOf, section))
            add((sentence, BG.edition, edition))
            add((sentence, BG.start, Literal(offset)))
            add((sentence, BG.end, Literal(offset + len(text))))
            add((sentence, BG.text, Literal(text, lang="zh-Hans" if e == 0 else "zh-Hant")))
            at = 0
            for m, clause in enumerate(clauses):
                start, end = offset + at, offset + at + len(clause)
                evidence = _evidence(graph, edition, sentence, start, end, clause)
                evidence_of.setdefault((s, m), []).append(evidence)
                inner = clause.index("完成") + 2
                number = _evidence(graph, edition, sentence, start + inner, end - 1, clause[inner:-1])
                mark = URIRef(f"{number}&number")
                add((mark, RDF.type, BG.NumberMention))
                add((mark, PROV.wasDerivedFrom, number))
                add((mark, BG.numberClass, concept("number-class", "time")))
                name = _evidence(graph, edition, sentence, start, start + 4, clause[:4])
                entity = entities[(s * per_sentence + m) % len(entities)]
                mention = URIRef(f"{name}&mention=e")
                add((mention, RDF.type, BG.Mention))
                add((mention, BG.mentions, entity))
                add((mention, PROV.wasDerivedFrom, name))
                add((mention, BG.surface, Literal(clause[:4], lang="zh-Hans")))
                add((mention, BG.rule, rule))
                at += len(clause)
            offset += len(text)
    for s in range(sentences):
        _observation(graph, report, run, rule, s, indicators[s % len(indicators)], place, unit, evidence_of[s, 0])
        _undertaking(graph, report, run, rule, s, entities[s % len(entities)], evidence_of[s, 1 % per_sentence])
    return graph


def _evidence(graph: Graph, edition: URIRef, sentence: URIRef, start: int, end: int, exact: str) -> URIRef:
    add = graph.add
    node = URIRef(f"{edition}#char={start},{end}")
    position, quote = URIRef(f"{node}&position"), URIRef(f"{node}&quote")
    add((node, RDF.type, BG.Evidence))
    add((node, RDF.type, OA.SpecificResource))
    add((node, OA.hasSource, edition))
    add((node, OA.hasSelector, position))
    add((node, OA.hasSelector, quote))
    add((node, BG.inSentence, sentence))
    add((position, RDF.type, OA.TextPositionSelector))
    add((position, OA.start, Literal(start)))
    add((position, OA.end, Literal(end)))
    add((quote, RDF.type, OA.TextQuoteSelector))
    add((quote, OA.exact, Literal(exact)))
    add((quote, OA.prefix, Literal("前")))
    add((quote, OA.suffix, Literal("后")))
    return node


def _claim(
    graph: Graph,
    kind: URIRef,
    name: str,
    spo: tuple[URIRef, URIRef, URIRef | Literal | BNode | None],
    common: tuple[URIRef, URIRef, URIRef],
    evidence: list[URIRef],
) -> URIRef:
    report, run, rule = common
    add = graph.add
    node = URIRef(f"{report}/claim/{name}")
    subject, predicate, value = spo
    value = node if value is None else value
    add((node, RDF.type, kind))
    add((node, RDF.subject, subject))
    add((node, RDF.predicate, predicate))
    add((node, RDF.object, value))
    add((subject, predicate, value))
    for e in evidence:
        add((node, PROV.wasDerivedFrom, e))
    add((node, BG.report, report))
    add((node, BG.part, concept("part", "review")))
    add((node, BG.rule, rule))
    add((node, BG.confidence, Literal("0.95", datatype=XSD.decimal)))
    add((node, PROV.wasGeneratedBy, run))
    return node


def _observation(
    graph: Graph,
    report: URIRef,
    run: URIRef,
    rule: URIRef,
    n: int,
    indicator: URIRef,
    place: URIRef,
    unit: URIRef,
    evidence: list[URIRef],
) -> None:
    add = graph.add
    node = _claim(graph, BG.Observation, f"o{n}", (place, BG.hasObservation, None), (report, run, rule), evidence)
    add((node, RDF.type, QB.Observation))
    add((node, BG.period, Literal("2023", datatype=XSD.gYear)))
    add((node, BG.indicator, indicator))
    add((node, BG.indicatorPhrase, Literal("某项指标", lang="zh-Hans")))
    add((node, BG.measure, concept("measure", "level")))
    add((node, BG.about, place))
    add((node, SDMX_D.refArea, place))
    add((node, SDMX_D.refPeriod, Literal("2023", datatype=XSD.gYear)))
    add((node, SDMX_M.obsValue, Literal(str(n // 2), datatype=XSD.decimal)))
    add((node, BG.unit, unit))
    add((node, BG.unitText, Literal("万元", lang="zh-Hans")))
    add((node, BG.unitText, Literal("萬元", lang="zh-Hant")))
    add((node, BG.valueText, Literal(str(n // 2))))
    add((node, BG.normalisedValue, Literal(str(n // 2 * 10000), datatype=XSD.decimal)))
    add((node, SDMX_A.unitMeasure, unit))
    status = concept("status", ("actual", "estimate")[n % 2])
    add((node, BG.status, status))
    add((node, SDMX_A.obsStatus, status))
    add((node, BG.bound, concept("bound", "eq")))


def _undertaking(
    graph: Graph, report: URIRef, run: URIRef, rule: URIRef, n: int, entity: URIRef, evidence: list[URIRef]
) -> None:
    add = graph.add
    node = _claim(graph, BG.Achievement, f"u{n}", (entity, BG.achieved, None), (report, run, rule), evidence)
    add((node, BG.verb, Literal("完成", lang="zh-Hans")))
    add((node, BG.object, Literal("某项工作", lang="zh-Hans")))
    add((node, BG.quantity, URIRef(f"{report}/claim/o{n}")))
    add((node, BG.policyArea, concept("policy-area", "industry")))
    add((node, BG.concerns, entity))
