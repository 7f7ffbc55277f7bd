from __future__ import annotations

import time

import pytest

from kg.errors import QueryError
from kg.serving.syntax import is_volatile, names_dataset, refuse_outside, tokens, with_dataset


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }",
        "SELECT * { service SILENT ?where { ?s ?p ?o } }",
        "ASK { FILTER(?a<?b)SERVICE?s{?x ?y ?z} }",
        "PREFIX x: <http://example.org/> ASK { SERVICEx:foo{?s ?p ?o} }",
        "PREFIX : <http://example.org/> ASK { SERVICE:foo{?s ?p ?o} }",
        "ASK { ?s ?p trueSERVICE<http://example.org/>{?a ?b ?c} }",
        "ASK { ?s ?p 1SERVICE<http://example.org/>{?a ?b ?c} }",
        "ASK { ?s ?p 1eSERVICE<http://example.org/>{?a ?b ?c} }",
        "ASK { s\\u0065rvice <http://example.org/x> {?a ?b ?c} }",
        "ASK { # SERVICE in a comment\n SERVICE <http://example.org/> {} }",
        'ASK { ?s ?p "a\\"b" . SERVICE <http://example.org/> {} }',
        "ASK { ?s ?p '''it's''' . SERVICE <http://example.org/> {} }",
        "ASK { ?s <http://example.org/#a> ?o SERVICE <http://example.org/> {} }",
        "LOAD <http://example.org/data.ttl>",
        "CLEAR ALL;load SILENT <file:///etc/hostname> INTO GRAPH <http://example.org/g>",
    ],
)
def test_whatever_calls_out_is_refused(text: str) -> None:
    with pytest.raises(QueryError, match="not offered"):
        refuse_outside(text)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?service ?load { ?service ?load 1 }",
        'SELECT * { ?s ?p "SERVICE <x> {}" }',
        "SELECT * { ?s <http://example.org/SERVICE/load> ?o }",
        "# LOAD\nASK {}",
        "PREFIX ex: <http://example.org/> ASK { ?s ex:serviceArea ?o ; ex:load 1 }",
        'ASK { ?s ?p "服务"@en-service }',
        "ASK { _:service ?p ?o }",
    ],
)
def test_the_words_elsewhere_are_harmless(text: str) -> None:
    refuse_outside(text)


def test_a_dataset_clause_is_seen_only_where_it_is_one() -> None:
    assert names_dataset("SELECT * FROM <http://example.org/g> { ?s ?p ?o }")
    assert names_dataset("ask from named <http://example.org/g> {}")
    assert not names_dataset("SELECT ?from { ?from ?p 'FROM' } # FROM <x>")
    assert not names_dataset("SELECT * { { SELECT * { ?s ?p 'x' } } }")


def test_a_query_with_changing_values_is_seen() -> None:
    assert is_volatile("SELECT (NOW() AS ?t) {}")
    assert not is_volatile("SELECT ?now { ?now ?p 'NOW()' }")


def test_less_than_is_not_the_start_of_an_iri() -> None:
    kinds = [(token.kind, token.text) for token in tokens("FILTER(?a < 5 && ?b > <http://example.org/>)")]
    assert ("iri", "<http://example.org/>") in kinds
    assert ("mark", "<") in kinds


def test_the_protocols_dataset_goes_before_every_where() -> None:
    update = "INSERT { ?s a 'WHERE' } WHERE { ?s ?p ?o } ; DELETE WHERE { ?a ?b { } } ; DELETE DATA { <s> <p> 1 }"
    rewritten = with_dataset(update, ["http://example.org/g"], ["http://example.org/n"])
    using = "USING <http://example.org/g> USING NAMED <http://example.org/n> "
    assert rewritten == (
        f"INSERT {{ ?s a 'WHERE' }} {using}WHERE {{ ?s ?p ?o }} ; "
        f"DELETE {{ ?a ?b {{ }} }} {using}WHERE {{ ?a ?b {{ }} }} ; DELETE DATA {{ <s> <p> 1 }}"
    )


@pytest.mark.parametrize("clause", ["USING <http://example.org/g>", "using named <http://example.org/g>"])
def test_two_datasets_for_one_update_are_a_conflict(clause: str) -> None:
    with pytest.raises(QueryError, match="USING or WITH"):
        with_dataset(f"DELETE {{ ?s ?p ?o }} {clause} WHERE {{ ?s ?p ?o }}", ["http://example.org/h"], [])
    with pytest.raises(QueryError, match="USING or WITH"):
        with_dataset("WITH <http://example.org/g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", ["http://example.org/h"], [])


@pytest.mark.parametrize("piece", ["a.", "a-", "<", '"', "'''", "a:", "\\", "{"])
def test_long_texts_take_linear_time(piece: str) -> None:
    def seconds(times: int) -> float:
        begin = time.process_time()
        list(tokens(piece * times))
        return time.process_time() - begin

    assert seconds(40_000) < 40 * seconds(4_000) + 0.5  # were it quadratic: a hundred times
