"""Confidence is what was measured, and the graph says it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from handmade import BASE, edition, report
from handmade import extraction as read

from kg.claims.claim import Extraction
from kg.errors import VocabularyError
from kg.graph.dataset import run_node
from kg.graph.report_graph import report_triples
from kg.vocabulary import load
from kg.vocabulary.confidence import COLUMNS, load_confidence


def table(folder: Path, *rows: str) -> Path:
    path = folder / "confidence.tsv"
    path.write_text("\n".join(["\t".join(COLUMNS), *rows]) + "\n", encoding="utf-8")
    return path


def test_what_was_measured_is_read(tmp_path: Path) -> None:
    path = table(tmp_path, "a\tmention\t8\t10\t0.75", "b\trelation\t98\t98\t0.99")
    assert load_confidence(path) == {"a": "0.75", "b": "0.99"}


def test_nothing_measured(tmp_path: Path) -> None:
    assert load_confidence(tmp_path / "confidence.tsv") == {}


@pytest.mark.parametrize(
    "row", ["a\tmention\t8\t10", "a\tmention\t8\t10\t75", "a\tmention\t8\t10\t1.5", "b\tm\t1\t1\t0.67"]
)
def test_a_malformed_row_is_told_with_its_line(tmp_path: Path, row: str) -> None:
    path = table(tmp_path, "b\tmention\t8\t10\t0.75", row)
    with pytest.raises(VocabularyError, match="line 3"):
        load_confidence(path)


def test_the_table_that_travels_along_is_well_formed_and_follows_from_its_counts() -> None:
    path = Path(__file__).resolve().parents[2] / "ontology" / "rules" / "confidence.tsv"
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[1:]]
    assert len(rows) == len(load_confidence())
    for rule, _, right, of, confidence in rows:
        assert confidence == f"{(int(right) + 1) / (int(of) + 2):.2f}", rule


def said(confidence: dict[str, str], extraction: Extraction) -> list[str]:
    triples = report_triples(report(lambda _: extraction), load(), BASE, run_node(BASE, "0" * 64), confidence)
    return [t.object.value for t in triples if t.predicate.value.endswith("#confidence")]


def test_claims_carry_the_confidence_of_their_rule() -> None:
    assert said({"test-relation": "0.83"}, read(edition())) == ["0.83"] * 3


def test_mentions_carry_the_confidence_of_the_best_of_their_rules() -> None:
    found = read(edition())
    mention = found.entities[0].mentions[0]
    twice = replace(found.entities[0], mentions=(replace(mention, rule="a"), replace(mention, rule="b")))
    assert (
        said({"a": "0.5", "b": "0.75"}, replace(found, entities=(twice, *found.entities[1:]))) == ["0.75"] * 2
    )  # in either edition
