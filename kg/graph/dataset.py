"""The dataset's own description: DCAT-AP 3, VoID with partitions, the SPARQL service, and how it was made.

Invariant: no clock: the dataset is as new as its newest report, and a run is known by what it ran, not when.
"""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, Store, Triple

from kg import __version__
from kg.config import Config
from kg.graph.select import select
from kg.graph.terms import RDF_TYPE, XSD_DATE, integer, term, triple_order
from kg.iris import content_hash

MEDIA_TYPES = {
    "turtle": ("ttl", "text/turtle", "TURTLE"),
    "trig": ("trig", "application/trig", "TRIG"),
    "ntriples": ("nt", "application/n-triples", "N_TRIPLES"),
    "nquads": ("nq", "application/n-quads", "N_QUADS"),
    "jsonld": ("jsonld", "application/ld+json", "JSON_LD"),
    "rdfxml": ("rdf", "application/rdf+xml", "RDF_XML"),
}
AUTHORITY = "http://publications.europa.eu/resource/authority/"
FILE_TYPE = f"{AUTHORITY}file-type/"


def run_node(base: str, vocabulary_hash: str) -> NamedNode:
    """The extraction activity: this version with these vocabularies."""
    return NamedNode(f"{base}run/{content_hash(__version__, vocabulary_hash)}")


def run_triples(base: str, vocabulary_hash: str) -> list[Triple]:
    """How claims were made: PROV activity and software agent."""
    run, agent = run_node(base, vocabulary_hash), NamedNode(f"{base}agent/baogao-{__version__}")
    return [
        Triple(run, RDF_TYPE, term("bg:Run")),
        Triple(run, RDF_TYPE, term("prov:Activity")),
        Triple(run, term("prov:wasAssociatedWith"), agent),
        Triple(run, term("bg:vocabularyHash"), Literal(vocabulary_hash)),
        Triple(agent, RDF_TYPE, term("prov:SoftwareAgent")),
        Triple(agent, term("rdfs:label"), Literal(f"baogao {__version__}", language="en")),
        Triple(agent, term("bg:version"), Literal(__version__)),
    ]


def dataset_node(base: str) -> NamedNode:
    """The dataset."""
    return NamedNode(f"{base}dataset")


def dataset_triples(config: Config, store: Store) -> list[Triple]:
    """Catalogue, dataset, distributions, service and statistics of what ``store`` holds."""
    base = config.base
    dataset, catalogue = dataset_node(base), NamedNode(f"{base}catalogue")
    publisher, service = NamedNode(config.publisher_iri), NamedNode(f"{base}service")
    t: list[Triple] = []

    def add(s: NamedNode, p: str, *objects: NamedNode | Literal) -> None:
        t.extend(Triple(s, term(p), o) for o in objects)

    def titled(s: NamedNode, en: str, zh: str) -> None:
        add(s, "dcterms:title", Literal(en, language="en"), Literal(zh, language="zh-Hans"))

    def described(s: NamedNode, en: str, zh: str) -> None:
        add(s, "dcterms:description", Literal(en, language="en"), Literal(zh, language="zh-Hans"))

    licence = NamedNode(config.licence)
    add(publisher, "rdf:type", term("foaf:Agent"))
    add(publisher, "foaf:name", Literal(config.publisher))
    add(licence, "rdf:type", term("dcterms:LicenseDocument"))
    add(licence, "dcterms:type", NamedNode("http://purl.org/adms/licencetype/Attribution"))
    contact = NamedNode(f"{base}contact")
    add(contact, "rdf:type", term("vcard:Kind"))
    add(contact, "vcard:fn", Literal(config.publisher))
    add(
        contact, "vcard:hasEmail" if config.contact.startswith("mailto:") else "vcard:hasURL", NamedNode(config.contact)
    )
    language = NamedNode(f"{AUTHORITY}language/ZHO")
    theme = NamedNode(f"{AUTHORITY}data-theme/GOVE")
    china = NamedNode(f"{AUTHORITY}country/CHN")
    add(catalogue, "rdf:type", term("dcat:Catalog"))
    titled(catalogue, config.title, config.title_zh)
    described(catalogue, "Knowledge graphs of government work reports.", "政府工作报告知识图谱目录。")
    add(catalogue, "dcterms:publisher", publisher)
    add(catalogue, "dcat:dataset", dataset)
    add(catalogue, "dcat:service", service)
    add(catalogue, "dcterms:license", licence)
    add(catalogue, "dcterms:language", language)
    add(catalogue, "dcterms:spatial", china)
    add(catalogue, "foaf:homepage", NamedNode(config.landing_page))
    add(catalogue, "dcat:themeTaxonomy", NamedNode(f"{AUTHORITY}data-theme"))
    add(dataset, "rdf:type", term("dcat:Dataset"), term("void:Dataset"), term("qb:DataSet"))
    titled(dataset, config.title, config.title_zh)
    described(
        dataset,
        "Policies, projects, places and figures read from Chinese government work reports; every statement carries the "
        "sentence it was read from.",
        "从政府工作报告中读出的政策、项目、地点与数据，每一条陈述都附有原文出处。",
    )
    add(dataset, "dcterms:publisher", publisher)
    add(dataset, "dcterms:license", licence)
    add(dataset, "dcat:landingPage", NamedNode(config.landing_page))
    for keyword, tag in (
        ("政府工作报告", "zh-Hans"),
        ("政府工作報告", "zh-Hant"),
        ("government work report", "en"),
    ):
        add(dataset, "dcat:keyword", Literal(keyword, language=tag))
    add(dataset, "dcterms:language", language)
    add(dataset, "dcat:theme", theme)
    add(dataset, "dcterms:spatial", china)
    add(dataset, "dcat:contactPoint", contact)
    add(dataset, "qb:structure", term("bg:ObservationStructure"))
    add(dataset, "dcterms:conformsTo", NamedNode("https://w3id.org/baogao/ns"))
    for name, (suffix, media_type, file_type) in MEDIA_TYPES.items():
        distribution = NamedNode(f"{base}distribution/{name}")
        add(dataset, "dcat:distribution", distribution)
        add(distribution, "rdf:type", term("dcat:Distribution"))
        titled(
            distribution, f"The graph as {file_type.replace('_', '-')}", f"知识图谱（{file_type.replace('_', '-')}）"
        )
        add(distribution, "dcat:accessURL", NamedNode(f"{base}baogao.{suffix}"))
        add(distribution, "dcat:mediaType", NamedNode(f"https://www.iana.org/assignments/media-types/{media_type}"))
        add(distribution, "dcterms:format", NamedNode(FILE_TYPE + file_type))
        add(distribution, "dcterms:license", licence)
        described(distribution, "The whole graph in one file, sorted.", "全图单一文件，次序固定。")
        add(distribution, "dcatap:availability", NamedNode(f"{AUTHORITY}planned-availability/STABLE"))
    add(service, "rdf:type", term("dcat:DataService"))
    titled(service, "SPARQL 1.1 service", "SPARQL 1.1 查询服务")
    add(service, "dcat:endpointURL", NamedNode(f"{base}sparql"))
    add(service, "dcat:servesDataset", dataset)
    add(service, "dcterms:license", licence)
    add(service, "dcterms:publisher", publisher)
    add(service, "dcterms:conformsTo", NamedNode("https://www.w3.org/TR/sparql11-protocol/"))
    add(service, "dcat:theme", theme)
    add(service, "dcat:keyword", Literal("SPARQL", language="en"), Literal("政府工作报告", language="zh-Hans"))
    add(service, "dcat:endpointDescription", NamedNode(f"{base}sparql"))
    add(service, "dcat:contactPoint", contact)
    add(dataset, "void:sparqlEndpoint", NamedNode(f"{base}sparql"))
    add(dataset, "void:uriSpace", Literal(base))
    t += _statistics(dataset, base, store)
    return sorted(set(t), key=triple_order)


def _statistics(dataset: NamedNode, base: str, store: Store) -> Iterable[Triple]:
    """VoID counts and partitions, and how new the data are."""
    yield Triple(dataset, term("void:triples"), integer(len(store)))
    for kind, query in (
        ("class", "SELECT ?x (COUNT(?s) AS ?n) WHERE { ?s a ?x } GROUP BY ?x"),
        ("property", "SELECT ?x (COUNT(?s) AS ?n) WHERE { ?s ?x ?o } GROUP BY ?x"),
    ):
        counted = "void:entities" if kind == "class" else "void:triples"
        for row in select(store, query):
            x = row["x"]
            partition = NamedNode(f"{base}dataset/{kind}/{content_hash(x.value)}")
            yield Triple(dataset, term(f"void:{kind}Partition"), partition)
            yield Triple(partition, RDF_TYPE, term("void:Dataset"))
            yield Triple(partition, term(f"void:{kind}"), x)
            yield Triple(partition, term(counted), integer(int(row["n"].value)))
    newest = f"SELECT (MAX(?d) AS ?newest) WHERE {{ ?r {term('dcterms:issued')} ?d ; a {term('bg:Report')} }}"
    for row in select(store, newest):
        if row["newest"] is not None:
            catalogue = NamedNode(f"{base}catalogue")
            for date in ("dcterms:issued", "dcterms:modified"):
                yield Triple(catalogue, term(date), Literal(row["newest"].value, datatype=XSD_DATE))
            yield Triple(dataset, term("dcterms:modified"), Literal(row["newest"].value, datatype=XSD_DATE))
    first, last = term("bg:reviewYear"), term("bg:planYear")
    years = f"SELECT (MIN(?y) AS ?first) (MAX(?z) AS ?last) WHERE {{ ?r {first} ?y ; {last} ?z }}"
    for row in select(store, years):
        if row["first"] is not None and row["last"] is not None:
            period = NamedNode(f"{base}period/{row['first'].value}-{row['last'].value}")
            yield Triple(dataset, term("dcterms:temporal"), period)
            yield Triple(period, RDF_TYPE, term("dcterms:PeriodOfTime"))
            yield Triple(period, term("dcat:startDate"), Literal(f"{row['first'].value}-01-01", datatype=XSD_DATE))
            yield Triple(period, term("dcat:endDate"), Literal(f"{row['last'].value}-12-31", datatype=XSD_DATE))
    for name in sorted(g.value for g in store.named_graphs() if isinstance(g, NamedNode)):
        if "/report/" in name and name.endswith("/graph"):
            yield Triple(dataset, term("dcterms:hasPart"), NamedNode(name.removesuffix("/graph")))


def dataset_graph(base: str) -> NamedNode:
    """The named graph of the dataset's description."""
    return NamedNode(f"{base}graph/dataset")
