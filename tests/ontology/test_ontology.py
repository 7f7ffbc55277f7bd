"""The ontology and its schemes: complete in three languages, written once, in the characters each language has."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pyoxigraph
import pytest
from opencc import OpenCC
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, Namespace, URIRef

from kg.claims.claim import Measure, Predicate, ProjectStatus, Status
from kg.reading.edition import Part
from kg.recognition.spans import Bound, EntityType, NumberClass
from kg.resources import folder

BG = Namespace("https://w3id.org/baogao/ns#")
NS = "https://w3id.org/baogao/ns/"
LANGUAGES = {"zh-Hans", "zh-Hant", "en"}
ONTOLOGY = folder("ontology")
FILES = sorted(ONTOLOGY.glob("*.ttl"))
# Schemes that this folder's tests answer for; indicators, units and names have their own.
SCHEMES = (
    "bounds",
    "facility-kinds",
    "finding-kinds",
    "industries",
    "measures",
    "number-classes",
    "parts",
    "policy-areas",
    "project-kinds",
    "statuses",
)


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return Graph().parse(ONTOLOGY / "baogao.ttl")


@pytest.fixture(scope="module")
def schemes() -> Graph:
    graph = Graph()
    for name in SCHEMES:
        graph.parse(ONTOLOGY / f"{name}.ttl")
    return graph


def notations_of(graph: Graph, scheme: str) -> dict[str, URIRef]:
    members = graph.subjects(SKOS.inScheme, URIRef(NS + scheme))
    return {str(n): c for c in members for n in graph.objects(c, SKOS.notation)}


def languages(graph: Graph, node: URIRef, predicate: URIRef) -> Counter[str | None]:
    return Counter(o.language for o in graph.objects(node, predicate) if isinstance(o, Literal))


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_two_parsers_read_the_same(path: Path) -> None:
    assert len(Graph().parse(path)) == len(set(pyoxigraph.parse(path=str(path), format=pyoxigraph.RdfFormat.TURTLE)))


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_every_iri_is_described_once(path: Path) -> None:
    """In one file, a subject is written once; else a later block could quietly change an earlier one."""
    heads = re.findall(r"^((?:[\w-]+:[\w-]+|<[^>]+>)) a ", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert [h for h, n in Counter(heads).items() if n > 1] == []


def test_no_iri_is_described_in_two_files() -> None:
    where: dict[object, set[str]] = {}
    for path in FILES:
        for s in set(Graph().parse(path).subjects(RDF.type, None)):
            if isinstance(s, URIRef):
                where.setdefault(s, set()).add(path.name)
    assert {s: f for s, f in where.items() if len(f) > 1} == {}


def test_every_term_has_labels_and_comments_in_three_languages(ontology: Graph) -> None:
    terms = {s for s in ontology.subjects(RDFS.isDefinedBy, None) if str(s).startswith(str(BG))}
    assert len(terms) > 140
    for node in terms:
        for predicate in (RDFS.label, RDFS.comment):
            assert languages(ontology, node, predicate) == dict.fromkeys(LANGUAGES, 1), (node, predicate)


def test_every_class_and_property_is_defined_here(ontology: Graph) -> None:
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, RDF.Property)
    for kind in kinds:
        for node in ontology.subjects(RDF.type, kind):
            assert (node, RDFS.isDefinedBy, URIRef(NS.rstrip("/"))) in ontology, node


def test_the_header_says_version_licence_and_creator(ontology: Graph) -> None:
    (header,) = ontology.subjects(RDF.type, OWL.Ontology)
    for predicate in (OWL.versionInfo, OWL.versionIRI):
        assert ontology.value(header, predicate)
    assert "creativecommons" in str(ontology.value(header, URIRef("http://purl.org/dc/terms/license")))
    assert ontology.value(header, URIRef("http://purl.org/dc/terms/creator"))


def test_every_term_that_is_used_is_defined(ontology: Graph) -> None:
    defined = {str(s).removeprefix(str(BG)) for s in ontology.subjects() if str(s).startswith(str(BG))}
    used: dict[str, str] = {}
    for path in [*FILES, *folder("shapes").glob("*.ttl")]:
        for node in {n for t in Graph().parse(path) for n in t if isinstance(n, URIRef) and n.startswith(str(BG))}:
            used[str(node).removeprefix(str(BG))] = path.name
    for path in folder("queries").glob("*.rq"):
        used.update(dict.fromkeys(re.findall(r"\bbg:([A-Za-z]\w*)", path.read_text(encoding="utf-8")), path.name))
    for path in (Path(__file__).parents[2] / "kg").rglob("*.py"):
        for name in re.findall(r"""term\(["']bg:([A-Za-z]\w*)["']\)""", path.read_text(encoding="utf-8")):
            used[name] = path.name
    assert {n: f for n, f in used.items() if n not in defined} == {}


def test_every_term_of_the_data_model_page_is_defined(ontology: Graph) -> None:
    page = (Path(__file__).parents[2] / "docs" / "data-model.md").read_text(encoding="utf-8")
    named = set(re.findall(r"\bbg:([A-Za-z]\w*)", page))
    assert len(named) > 60
    assert {n for n in named if (BG[n], RDFS.label, None) not in ontology} == set()


def test_classes_of_things_are_entities_with_their_type(ontology: Graph) -> None:
    types = {str(o): s for s, o in ontology.subject_objects(BG.entityType)}
    assert set(types) == {t.value for t in EntityType}
    for cls in types.values():
        assert BG.Entity in ontology.transitive_objects(cls, RDFS.subClassOf)


def test_links_of_claims_are_properties(ontology: Graph) -> None:
    for predicate in Predicate:
        assert (BG[predicate.value], RDF.type, OWL.ObjectProperty) in ontology


@pytest.mark.parametrize(
    ("scheme", "values"),
    [
        ("status", Status),
        ("project-status", ProjectStatus),
        ("measure", Measure),
        ("bound", Bound),
        ("part", Part),
        ("number-class", NumberClass),
    ],
)
def test_notations_are_the_values_the_program_knows(schemes: Graph, scheme: str, values) -> None:
    assert set(notations_of(schemes, scheme)) == {v.value for v in values}


def test_a_concept_is_complete_and_its_iri_ends_in_its_notation(schemes: Graph) -> None:
    concepts = set(schemes.subjects(RDF.type, SKOS.Concept))
    assert len(concepts) > 250
    for concept in concepts:
        (scheme,) = schemes.objects(concept, SKOS.inScheme)
        (notation,) = schemes.objects(concept, SKOS.notation)
        assert str(concept) == f"{scheme}/{notation}"
        assert languages(schemes, concept, SKOS.prefLabel) == dict.fromkeys(LANGUAGES, 1), concept
        broader = list(schemes.objects(concept, SKOS.broader))
        top = (concept, SKOS.topConceptOf, scheme) in schemes and (scheme, SKOS.hasTopConcept, concept) in schemes
        assert (len(broader) == 1) != top, concept
        for parent in broader:
            assert (parent, SKOS.inScheme, scheme) in schemes, concept


def test_a_scheme_has_a_name_a_description_and_a_licence(schemes: Graph) -> None:
    for scheme in schemes.subjects(RDF.type, SKOS.ConceptScheme):
        assert languages(schemes, scheme, SKOS.prefLabel) == dict.fromkeys(LANGUAGES, 1)
        for name in ("description", "license"):
            assert schemes.value(scheme, URIRef(f"http://purl.org/dc/terms/{name}")), scheme


def test_no_word_shows_two_statuses_or_bounds(schemes: Graph) -> None:
    """A cue that two concepts of such a scheme share would decide nothing (one word may show two stages, though)."""
    for name in ("status", "bound", "direction"):
        words = Counter(
            str(label)
            for c in schemes.subjects(SKOS.inScheme, URIRef(NS + name))
            for label in {*schemes.objects(c, SKOS.prefLabel), *schemes.objects(c, SKOS.altLabel)}
            if label.language == "zh-Hans"
        )
        assert [w for w, n in words.items() if n > 1] == [], name


def test_cues_are_labels_too(schemes: Graph) -> None:
    for predicate in (BG.cueBefore, BG.cueAfter):
        for concept, cue in schemes.subject_objects(predicate):
            labels = {*schemes.objects(concept, SKOS.altLabel), *schemes.objects(concept, SKOS.prefLabel)}
            assert cue in labels


def test_directions_have_signs(schemes: Graph) -> None:
    signs = {str(c).rpartition("/")[2]: int(s) for c, s in schemes.subject_objects(BG.sign)}
    assert signs == {"up": 1, "down": -1}
    assert {str(s.datatype) for s in schemes.objects(None, BG.sign)} == {"http://www.w3.org/2001/XMLSchema#integer"}


def test_industries_are_the_sections_and_divisions_of_the_standard(schemes: Graph) -> None:
    codes = notations_of(schemes, "industry")
    sections = [c for c in codes if c.isalpha()]
    assert sorted(sections) == list("ABCDEFGHIJKLMNOPQRST")
    assert sorted(c for c in codes if c.isdigit()) == [f"{n:02}" for n in range(1, 98)]
    divisions = {c for c, node in codes.items() if (node, SKOS.broader, codes["C"]) in schemes}
    assert divisions == {str(n) for n in range(13, 44)}


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_each_language_is_written_in_its_characters(path: Path) -> None:
    """Simplified labels have no character that is only Traditional; Traditional ones none that is only Simplified."""
    to_simplified, to_traditional = OpenCC("t2s"), OpenCC("s2t")
    graph = Graph().parse(path)
    wrong = []
    for literal in {o for o in graph.objects() if isinstance(o, Literal) and o.language in ("zh-Hans", "zh-Hant")}:
        text = str(literal)
        if literal.language == "zh-Hans":
            wrong += [text] if to_simplified.convert(text) != text and "著" not in text else []
        else:
            wrong += [text] if any(_only_simplified(c, to_traditional, to_simplified) for c in text) else []
    assert wrong == []


def _only_simplified(character: str, to_traditional: OpenCC, to_simplified: OpenCC) -> bool:
    """Whether Traditional text never has this character: it converts to another, which converts back to it."""
    other = to_traditional.convert(character)
    return other != character and to_simplified.convert(other) == character and character not in _ALSO_TRADITIONAL


# Simplified forms that are characters of their own in Traditional text.
_ALSO_TRADITIONAL = set(
    "准后制复干系面台里谷范征只发余松云秋游群朱卷表冲历当尽回困布板采辟仆斗丰杆借克了"
    "蒙签舍沈胜术涂向叶佣御愿征症周准着岩占床峰群"
)


def test_the_traditional_label_is_the_simplified_one_converted(schemes: Graph, ontology: Graph) -> None:
    """As a converter writes it, but for the words listed: where it errs, a person has decided."""
    convert = OpenCC("s2tw").convert
    decided = {"行政複議": "行政復議", "制種基地": "製種基地", "化學制品": "化學製品"}
    for graph, predicate in ((schemes, SKOS.prefLabel), (ontology, RDFS.label)):
        for node in set(graph.subjects(predicate, None)):
            labels = {o.language: str(o) for o in graph.objects(node, predicate)}
            expected = convert(labels["zh-Hans"])
            for machine, person in decided.items():
                expected = expected.replace(machine, person)
            assert labels["zh-Hant"] == expected, node
