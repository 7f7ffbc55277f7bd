"""The flow has one direction: a stage imports earlier stages only."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "kg"

# Later stages may import earlier ones. Names on one line are independent of each other.
STAGES = [
    {"errors", "resources", "iris"},
    {"config"},
    {"vocabulary"},
    {"reading"},
    {"recognition"},
    {"claims"},
    {"resolution"},
    {"graph"},
    {"checking"},
    {"store"},
    {"asking", "exporting"},
    {"auditing"},
    {"publishing", "view"},
    {"serving"},
    {"building"},
    {"cli"},
]
RANK = {name: i for i, names in enumerate(STAGES) for name in names}
FILES = sorted(p for p in PACKAGE.rglob("*.py") if (p.name != "__main__.py" and p.parent != PACKAGE) or p.stem in RANK)


def stage_of(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def imported_stages(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("kg."):
            found.add(node.module.split(".")[1])
        if isinstance(node, ast.Import):
            found.update(a.name.split(".")[1] for a in node.names if a.name.startswith("kg."))
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_a_stage_imports_earlier_stages_only(path: Path) -> None:
    stage = stage_of(path)
    assert stage in RANK, f"{stage} is no known stage; name its place in the flow"
    for other in imported_stages(path) - {stage}:
        assert RANK[other] < RANK[stage], f"{path.name}: {stage} must not import {other}"


def test_stages_before_the_graph_know_no_rdf() -> None:
    for path in FILES:
        if RANK[stage_of(path)] < RANK["graph"] and stage_of(path) != "vocabulary":
            text = path.read_text(encoding="utf-8")
            assert "pyoxigraph" not in text, path
            assert "import rdflib" not in text, path
