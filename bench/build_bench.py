"""How fast a text becomes a stored, checked graph, beside segmenting the same text with jieba; and how cost grows.

    python -m bench.build_bench

Ratios to the segmenter are what counts: both run in the same minute on the same machine. Peak memory is that of one
build in a process of its own.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import rjieba

from kg.checking import gate
from kg.claims.extract import extract
from kg.config import Config
from kg.graph.dataset import run_node
from kg.graph.report_graph import report_triples
from kg.reading import read
from kg.resolution.report import resolve_report
from kg.vocabulary import load

SEEDS = Path(__file__).resolve().parents[1] / "seeds"
Row = tuple[str, float, str, float | None]


def measure() -> list[Row]:
    """Rows of (what, value, unit, budget)."""
    vocabulary, base = load(), Config().base
    texts = sorted(SEEDS.glob("*.txt"))
    characters = sum(len(p.read_text(encoding="utf-8")) for p in texts)
    extract(read(texts[0]), vocabulary)  # what is loaded once
    rows: list[Row] = []

    began = time.perf_counter()
    for path in texts:
        rjieba.cut(path.read_text(encoding="utf-8"), False)
    jieba = time.perf_counter() - began
    rows.append(("segmenting both editions with jieba", characters / jieba, "characters/s", None))

    began = time.perf_counter()
    editions = [read(p) for p in texts]
    rows.append(("reading both editions", characters / (time.perf_counter() - began), "characters/s", None))

    began = time.perf_counter()
    extractions = [extract(e, vocabulary) for e in editions]
    claims = time.perf_counter() - began
    rows.append(("text to claims with offsets", characters / claims, "characters/s", None))
    rows.append(("text to claims against segmenting", claims / jieba, "times", None))

    began = time.perf_counter()
    triples = report_triples(
        resolve_report(editions, extractions), vocabulary, base, run_node(base, vocabulary.vocabulary_hash), {}
    )
    rows.append(("claims to triples", len(triples) / (time.perf_counter() - began), "triples/s", None))

    for engine in ("pyshacl", "fast"):
        began = time.perf_counter()
        gate(triples, engine)
        rows.append((f"SHACL gate, {engine}", len(triples) / (time.perf_counter() - began), "triples/s", None))

    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "kg", "-q", "--store", str(Path(folder) / "store"), "build", str(SEEDS)],
            check=True,
            env={**os.environ, "PYTHONPATH": str(SEEDS.parent)},
        )
        took = time.perf_counter() - began
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    rows.append(("whole build of the seed, both editions, with SHACL", took, "s", 10))
    rows.append(("  from text to stored, checked graph", characters / took, "characters/s", None))
    rows.append(("  peak memory", memory, "MiB", 400))
    return rows
