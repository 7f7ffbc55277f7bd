"""Stored queries: their headers, their parameters, and what may not enter through them."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Store

from kg.asking.ask import ask
from kg.asking.stored import parse, stored_queries, stored_query
from kg.asking.table import Table
from kg.errors import QueryError, UsageError
from kg.resources import folder

QUERIES = stored_queries()


@pytest.mark.parametrize("name", QUERIES)
def test_every_query_says_what_it_is_and_parses(name: str) -> None:
    q = QUERIES[name]
    assert q.title
    assert q.title_zh
    assert q.description
    given = {p.name: {"integer": "1", "decimal": "1.5", "iri": "http://e/x"}.get(p.type, "x") for p in q.parameters}
    assert "$" not in [w[:1] for w in q.bind(given).split() if w[1:2].isalpha()]
    ask(Store(), q.bind(given))


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("numbers", "document,start,end,text,class,observation"),
        (
            "observations",
            "document,start,end,text,indicator,measure,value,value_max,unit,period,status,bound,about,observation",
        ),
        ("mentions", "document,start,end,text,entity,type,name"),
        ("entities", "entity,type,name,aliases,mentions"),
        ("relations", "document,start,end,subject,predicate,object,period"),
    ],
)
def test_the_contract_fixes_the_columns(name: str, columns: str) -> None:
    answer = ask(Store(), QUERIES[name].bind({}))
    assert isinstance(answer, Table)
    assert ",".join(answer.columns) == columns


def test_a_value_cannot_leave_its_quotation_marks(tmp_path: Path) -> None:
    path = tmp_path / "q.rq"
    path.write_text("# title: t\n# param: x string — a name\nSELECT * WHERE { BIND($x AS ?v) }", encoding="utf-8")
    hostile = '") } ; DROP ALL # \\" \n }'
    answer = ask(Store(), parse(path).bind({"x": hostile}))
    assert isinstance(answer, Table)
    assert answer.rows[0][0].value == hostile  # type: ignore[union-attr]


def test_wrong_parameters_are_named() -> None:
    with pytest.raises(UsageError, match="no parameter 'nme'"):
        stored_query("statements").bind({"nme": "x"})
    with pytest.raises(UsageError, match="needs --param name"):
        stored_query("statements").bind({})
    with pytest.raises(UsageError, match="whole number"):
        stored_query("shared-programmes").bind({"least": "two"})
    with pytest.raises(UsageError, match="There is no stored query"):
        stored_query("../pyproject")


def test_a_syntax_error_points_at_the_line() -> None:
    query = "SELECT ?x\nWHERE {\n  ?x a bg:Report .\n  FILTR(?x = 1)\n}"
    with pytest.raises(QueryError) as caught:
        ask(Store(), query)
    assert str(caught.value).splitlines()[0].startswith("The query is not SPARQL, line 4:")
    assert str(caught.value).splitlines()[1] == "    FILTR(?x = 1)"


def test_an_undeclared_prefix_is_said_in_words() -> None:
    with pytest.raises(QueryError, match="line 1: a prefix that is not declared"):
        ask(Store(), "SELECT ?x WHERE { ?x a nope:Report }")


def test_queries_travel_with_the_program() -> None:
    assert {p.stem for p in folder("queries").glob("*.rq")} == set(QUERIES)


def test_an_empty_default_is_empty() -> None:
    report = next(p for p in stored_query("money").parameters if p.name == "report")
    assert report.default == ""
    assert report.meaning.startswith("part of")
