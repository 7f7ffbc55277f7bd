"""The tool that measures rules counts as the annotations say."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from handmade import HANS, edition, extraction

from kg.vocabulary import load
from kg.vocabulary.confidence import load_confidence

TOOLS = Path(__file__).resolve().parents[2] / "tools"
sys.path.insert(0, str(TOOLS))

import measure_rules  # noqa: E402


def span(words: str) -> list[Any]:
    at = HANS.index(words)
    return [at, at + len(words), words]


ENTITIES = [
    {
        "name": "东山电厂二期工程",
        "type": "project",
        "alt_types": [],
        "aliases": [],
        "mentions": [span("东山电厂二期工程")],
    },
    {
        "name": "东山二期",
        "type": "project",
        "alt_types": [],
        "aliases": [],
        "mentions": [],
        "optional_mentions": [span("东山二期")],
    },
    {"name": "西山水库", "type": "project", "alt_types": ["facility"], "aliases": [], "mentions": [span("西山水库")]},
    {"name": "西山电厂", "type": "zone", "alt_types": [], "aliases": [], "mentions": [span("西山电厂")]},
]
OBSERVATIONS = [
    {
        "class": "observation",
        "start": span("66万千瓦")[0],
        "end": span("66万千瓦")[1],
        "value": 660,
        "unit": "兆瓦",
        "measure": "level",
        "status": "actual",
        "period": "2023",
        "bound": "eq",
        "alt": {"value": [66], "unit": ["万千瓦"]},
    },
    {
        "class": "observation",
        "start": span("120万千瓦")[0],
        "end": span("120万千瓦")[1],
        "value": 120,
        "unit": "万千瓦",
        "measure": "level",
        "status": "target",
        "period": "2023",
        "bound": "eq",
    },
]
RELATIONS = [
    {
        "s": "东山电厂二期工程",
        "p": "hasStatus",
        "o": "started",
        "period": "2023",
        "start": 10,
        "end": 30,
        "optional": False,
    },
    {"s": "西山水库", "p": "hasStatus", "o": "planned", "start": 10, "end": 70, "optional": False},
    {"s": "东山二期工程", "p": "undertakenBy", "o": "东山能源公司", "start": 10, "end": 70, "optional": True},
]


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    folder = tmp_path / "gold"
    folder.mkdir()
    (tmp_path / "a.txt").write_text(HANS, encoding="utf-8")
    digest = hashlib.sha256(HANS.encode("utf-8")).hexdigest()
    about = {"document": "a.txt", "sha256": digest, "ranges": [[0, len(HANS)]], "default_about": "六盘水市"}
    (folder / "gold.json").write_text(json.dumps(about), encoding="utf-8")
    for name, records in (("entities", ENTITIES), ("observations", OBSERVATIONS), ("relations", RELATIONS)):
        text = "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records)
        (folder / f"{name}.jsonl").write_text(text, encoding="utf-8")
    return folder


def test_each_rule_is_counted_against_the_annotations(gold: Path) -> None:
    table = measure_rules.tabulate(measure_rules.judge(extraction(edition()), gold, load()))
    rows = {line.split("\t")[0]: line.split("\t")[1:] for line in table.splitlines()[1:]}
    # Right: the plant, the dam (by its other type) and the short form, which is optional. Wrong: 西山电厂 of another
    # type, 东山能源公司 not in the gold.
    assert rows["test-rule"] == ["mention", "3", "5", "0.57"]
    # Right: 66万千瓦, one of the ways to say it. Wrong: a target taken for a fact.
    assert rows["test-figure"] == ["observation", "1", "2", "0.50"]
    # Right: started, and who undertakes, which is optional. Wrong: the status of the dam.
    assert rows["test-relation"] == ["relation", "2", "3", "0.60"]


def test_what_was_not_annotated_is_not_measured(gold: Path) -> None:
    (gold / "observations.jsonl").write_text("", encoding="utf-8")
    assert {kind for kind, *_ in measure_rules.judge(extraction(edition()), gold, load())} == {"mention", "relation"}


def test_rows_of_rules_that_were_not_measured_stay(tmp_path: Path) -> None:
    path = tmp_path / "confidence.tsv"
    for rules, measured in ((["a", "b"], {"a", "b"}), (["learnt"], {"learnt"}), (["a", "c"], {"a", "b", "c"})):
        judged = [("mention", rule, measured != {"learnt"}, "x") for rule in rules]
        measure_rules.write(judged, measured.__contains__, path)
    assert path.read_text(encoding="utf-8").splitlines() == [
        "rule\tkind\tright\tof\tconfidence",
        "a\tmention\t1\t1\t0.67",
        "c\tmention\t1\t1\t0.67",
        "learnt\tmention\t0\t1\t0.33",
    ]


def test_taggers_are_measured_by_their_own_tool() -> None:
    measured = {rule for rule in load_confidence() if rule.startswith("name-learnt")}
    assert measured
    assert measured <= set(measure_rules.TAGGERS)


@pytest.mark.parametrize("tool", ["measure_rules.py", "learn_names.py"])
def test_a_text_that_is_not_there_is_told(gold: Path, tool: str) -> None:
    (gold.parent / "a.txt").write_text("anything else", encoding="utf-8")
    command = [sys.executable, str(TOOLS / tool), "--dry-run", "--texts", str(gold.parent), str(gold)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 1
    assert "none of the texts" in done.stderr
