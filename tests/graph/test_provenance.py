"""Every statement of the seed's graph leads back to the words it was read from, in both editions."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Store

from kg.asking.ask import ask
from kg.asking.table import Table, plain
from kg.store import open_store
from kg.vocabulary.confidence import load_confidence

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
CLAIMS = "VALUES ?class { bg:Observation bg:Relation bg:StatusChange bg:Commitment bg:Achievement }"


@pytest.fixture(scope="module")
def store(seed_store: Path) -> Store:
    return open_store(seed_store)


def rows(store: Store, query: str) -> list[tuple[str, ...]]:
    answer = ask(store, query)
    assert isinstance(answer, Table)
    return [tuple(plain(t) for t in row) for row in answer.rows]


def test_every_quotation_is_what_the_file_says(store: Store) -> None:
    texts = {p.name: p.read_bytes().decode("utf-8") for p in SEEDS.glob("*.txt")}
    found = rows(
        store,
        """SELECT DISTINCT ?document ?start ?end ?exact ?prefix ?suffix WHERE {
        ?e a bg:Evidence ; oa:hasSource/bg:document ?document ; oa:hasSelector ?p , ?q . ?p oa:start ?start ; oa:end ?end .
        ?q oa:exact ?exact ; oa:prefix ?prefix ; oa:suffix ?suffix }""",
    )
    assert len(found) > 2000
    for document, start, end, exact, prefix, suffix in found:
        text, a, b = texts[document], int(start), int(end)
        assert text[a:b] == exact
        assert text[:a].endswith(prefix)
        assert text[b:].startswith(suffix)


def test_every_claim_has_evidence_rule_run_and_its_plain_triple(store: Store) -> None:
    (total,) = rows(store, f"SELECT (COUNT(DISTINCT ?c) AS ?n) WHERE {{ {CLAIMS} ?c a ?class }}")[0]
    (whole,) = rows(
        store,
        f"""SELECT (COUNT(DISTINCT ?c) AS ?n) WHERE {{ {CLAIMS} ?c a ?class ; rdf:subject ?s ; rdf:predicate ?p ;
        rdf:object ?o ; prov:wasDerivedFrom ?e ; bg:rule ?rule ; prov:wasGeneratedBy ?run ; bg:report ?r . ?s ?p ?o }}""",
    )[0]
    assert int(total) > 500
    assert whole == total


def test_every_claim_and_mention_says_how_often_its_rule_is_right(store: Store) -> None:
    for cls in ("bg:Claim", "bg:Mention"):
        found = rows(
            store,
            f"""SELECT DISTINCT ?notation ?confidence WHERE {{ ?c a/rdfs:subClassOf* {cls} ; bg:rule ?rule .
            ?rule skos:notation ?notation FILTER NOT EXISTS {{ ?c bg:rule ?other FILTER (?other != ?rule) }}
            OPTIONAL {{ ?c bg:confidence ?confidence }} }}""",
        )
        assert len(found) > 10
        measured = {rule: float(confidence) for rule, confidence in load_confidence().items()}
        assert {rule: float(c) for rule, c in found if c} == {
            rule: measured[rule] for rule, _ in found if rule in measured
        }


def test_the_two_editions_give_one_graph(store: Store) -> None:
    assert rows(store, "SELECT DISTINCT ?r WHERE { ?r a bg:Report }") == [
        ("https://w3id.org/baogao/id/report/520200/2024",)
    ]
    both, one = (
        int(
            rows(
                store,
                f"""SELECT (COUNT(*) AS ?n) WHERE {{ SELECT ?c WHERE {{ {CLAIMS} ?c a ?class ; prov:wasDerivedFrom/oa:hasSource ?e }}
            GROUP BY ?c HAVING (COUNT(DISTINCT ?e) = {n}) }}""",
            )[0][0]
        )
        for n in (2, 1)
    )
    assert both > 0.98 * (both + one), f"{one} claims stand in one edition only"


def test_every_rule_that_is_cited_is_in_the_register(store: Store) -> None:
    assert (
        rows(
            store,
            "SELECT DISTINCT ?rule WHERE { ?c bg:rule ?rule . FILTER NOT EXISTS { ?rule a bg:Rule } } ORDER BY ?rule",
        )
        == []
    )


def test_labels_follow_the_edition(store: Store) -> None:
    found = dict(
        rows(
            store,
            """SELECT DISTINCT (LANG(?l) AS ?lang) ?l WHERE {
        <https://w3id.org/baogao/id/place/520204> skos:prefLabel ?l }""",
        )
    )
    assert found == {"zh-hans": "水城区", "zh-hant": "水城區"}


def test_places_are_placed(store: Store) -> None:
    assert rows(
        store,
        """SELECT ?parent ?class WHERE { <https://w3id.org/baogao/id/place/520203> bg:inPlace ?parent ; a ?class .
        FILTER(?class = bg:SpecialDistrict) }""",
    ) == [("https://w3id.org/baogao/id/place/520200", "https://w3id.org/baogao/ns#SpecialDistrict")]
