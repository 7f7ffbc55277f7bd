"""Answers in every form, read back by other programs' readers where there are any."""

from __future__ import annotations

import csv
import io
import json

import pytest
from pyoxigraph import Literal, NamedNode, QueryResultsFormat, QuerySolutions, Triple, parse_query_results

from kg.asking.formats import TABLE_FORMATS, as_csv, as_json, as_text, as_tsv, as_xml, clip, render, width
from kg.asking.table import Table
from kg.errors import UsageError

TABLE = Table(
    ("thing", "label", "n"),
    (
        (
            NamedNode("https://w3id.org/baogao/ns#Report"),
            Literal("“煤—焦”\n项目,\t<b>", language="zh-Hans"),
            Literal(3),
        ),
        (
            NamedNode("http://e/x"),
            None,
            Literal("1.50", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#decimal")),
        ),
    ),
)


def test_csv_reads_back() -> None:
    rows = list(csv.DictReader(io.StringIO(as_csv(TABLE))))
    assert rows[0] == {"thing": "https://w3id.org/baogao/ns#Report", "label": "“煤—焦”\n项目,\t<b>", "n": "3"}
    assert rows[1]["label"] == ""


@pytest.mark.parametrize(
    ("text", "syntax"),
    [
        (as_json(TABLE), QueryResultsFormat.JSON),
        (as_xml(TABLE), QueryResultsFormat.XML),
        (as_tsv(TABLE), QueryResultsFormat.TSV),
    ],
)
def test_results_formats_read_back(text: str, syntax: QueryResultsFormat) -> None:
    answer = parse_query_results(text.encode(), syntax)
    assert isinstance(answer, QuerySolutions)
    rows = [tuple(solution[v] for v in ("thing", "label", "n")) for solution in answer]
    assert rows == [tuple(r) for r in TABLE.rows]


def test_the_table_for_people_is_aligned_and_plain() -> None:
    lines = as_text(TABLE).splitlines()
    assert "bg:Report" in lines[2]
    assert lines[-1] == "(2 rows)"
    assert lines[1].split("  ")[0] == "─" * len("http://e/x")
    hostile = Table(("x",), ((Literal("a\x1b[31mred"),),))
    assert "\x1b" not in as_text(hostile)


def test_wide_characters_count_two() -> None:
    assert width("水城a") == 5
    assert clip("六盘水市人民政府", 9) == "六盘水市…"
    assert width(clip("六盘水市人民政府", 8)) <= 8


def test_a_format_that_does_not_suit_says_so() -> None:
    with pytest.raises(UsageError, match="CONSTRUCT"):
        render(TABLE, "turtle")
    triples = (Triple(NamedNode("http://e/a"), NamedNode("http://e/b"), Literal("c")),)
    with pytest.raises(UsageError, match="turtle"):
        render(triples, "csv")
    assert '<http://e/a> <http://e/b> "c" .' in render(triples, "turtle")
    assert json.loads(render(True, "json")) == {"head": {}, "boolean": True}
    assert {render(True, f) for f in TABLE_FORMATS if f != "json"} == {"true\n"}
