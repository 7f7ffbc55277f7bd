"""Exports: complete, deterministic, and read back by a parser of another make."""

from __future__ import annotations

import io
import random
import shutil
import subprocess
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, parse
from rdflib import Dataset, Graph

from kg.errors import UsageError
from kg.exporting import FORMATS, export

P = NamedNode("https://w3id.org/baogao/ns#text")
QUADS = [
    Quad(NamedNode(f"https://w3id.org/baogao/id/place/{n}"), p, o, NamedNode(f"http://e/g{g}"))
    for n in range(20)
    for p, o in (
        (NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), NamedNode("https://w3id.org/baogao/ns#Place")),
        (P, Literal(f"“第{n}个”\n<b>&", language="zh-Hans")),
        (P, Literal(n)),
    )
    for g in (1, 2)
]


def exported(fmt: str, seed: int = 0, graph: str | None = None) -> bytes:
    quads = list(QUADS)
    random.Random(seed).shuffle(quads)
    store = Store()
    store.extend(quads)
    out = io.BytesIO()
    export(store, fmt, out, graph, "https://w3id.org/baogao/id/")
    return out.getvalue()


@pytest.mark.parametrize("fmt", FORMATS)
def test_the_same_content_gives_the_same_bytes(fmt: str) -> None:
    assert exported(fmt, 1) == exported(fmt, 2)


@pytest.mark.parametrize(("fmt", "syntax"), [("turtle", "turtle"), ("ntriples", "nt"), ("rdfxml", "xml")])
def test_rdflib_reads_the_same_triples(fmt: str, syntax: str) -> None:
    assert len(Graph().parse(data=exported(fmt), format=syntax)) == len({q.triple for q in QUADS})


@pytest.mark.parametrize(("fmt", "syntax"), [("trig", "trig"), ("nquads", "nquads"), ("jsonld", "json-ld")])
def test_rdflib_reads_the_same_quads(fmt: str, syntax: str) -> None:
    dataset = Dataset()
    dataset.parse(data=exported(fmt), format=syntax)
    assert sum(len(g) for g in dataset.graphs()) == len(QUADS)


@pytest.mark.skipif(shutil.which("rapper") is None, reason="rapper (raptor2-utils) is not installed")
@pytest.mark.parametrize(("fmt", "syntax"), [("turtle", "turtle"), ("ntriples", "ntriples"), ("rdfxml", "rdfxml")])
def test_raptor_counts_the_same_triples(fmt: str, syntax: str, tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(exported(fmt))
    done = subprocess.run(
        ["rapper", "-q", "-i", syntax, "-o", "ntriples", str(path), "http://e/"], capture_output=True, check=True
    )
    assert len(set(done.stdout.splitlines())) == len({q.triple for q in QUADS})


def test_turtle_is_grouped_and_has_prefixes_in_order() -> None:
    text = exported("turtle").decode()
    assert "@prefix bg: <https://w3id.org/baogao/ns#> ." in text
    prefixes = [line for line in text.splitlines() if line.startswith("@prefix")]
    assert prefixes == sorted(prefixes)
    assert text.count("\nplace:7 a bg:Place ;\n") == 1
    assert text.count(" .\n\n") == 21  # after the prefixes' last and after each subject


def test_one_graph_alone() -> None:
    assert len(list(parse(exported("nquads", graph="http://e/g1"), RdfFormat.N_QUADS))) == len(QUADS) // 2
    with pytest.raises(UsageError, match="http://e/g2"):
        exported("nquads", graph="http://e/none")
