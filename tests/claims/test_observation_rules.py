"""Every rule of the register reads its examples, and every rule an observation cites is registered."""

import sys
import tomllib
from pathlib import Path

import pytest

from kg.claims.observations import observe
from kg.reading import read as read_report
from kg.recognition.numbers import find_numbers
from kg.resources import folder
from kg.vocabulary import load

sys.path.insert(0, str(Path(__file__).parents[1] / "cases"))
import sentences

RULES = tomllib.loads((folder("ontology") / "rules" / "observation-rules.toml").read_text(encoding="utf-8"))["rule"]
NUMBER_RULES = tomllib.loads((folder("ontology") / "rules" / "number-rules.toml").read_text(encoding="utf-8"))["rule"]
CASES = tomllib.loads(
    (Path(__file__).parents[1] / "cases" / "observations" / "sentences.toml").read_text(encoding="utf-8")
)["case"]
SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))


@pytest.mark.parametrize(
    ("rule", "example"),
    [(r["id"], e) for r in RULES for e in r["examples"]],
    ids=lambda v: v if isinstance(v, str) else v["text"],
)
def test_rule_reads_its_example(rule: str, example: dict[str, object]) -> None:
    edition, found = sentences.read(str(example["text"]), str(example["part"]))
    assert [sentences.line(edition, o) for o in found] == example["expect"]
    assert rule in {o.rule for o in found}


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["text"])
def test_sentence_is_read_as_a_careful_reader_would(case: dict[str, object]) -> None:
    edition, found = sentences.read(str(case["text"]), str(case["part"]))
    assert [sentences.line(edition, o) for o in found] == case["expect"]


@pytest.mark.parametrize("seed", SEEDS, ids=lambda p: p.name)
def test_every_rule_cited_is_registered(seed: Path) -> None:
    edition, vocabulary = read_report(seed), load()
    numbers = find_numbers(edition, vocabulary)
    registered = {rule["id"] for rule in (*RULES, *NUMBER_RULES)}
    cited = {n.rule for n in numbers} | {o.rule for o in observe(edition, numbers, (), vocabulary)}
    assert cited <= registered


@pytest.mark.parametrize("seed", SEEDS, ids=lambda p: p.name)
def test_each_figure_is_one_observation(seed: Path) -> None:
    edition, vocabulary = read_report(seed), load()
    numbers = find_numbers(edition, vocabulary)
    found = observe(edition, numbers, (), vocabulary)
    figures = [n for n in numbers if n.number_class == "observation"]
    assert [o.number for o in found] == figures
    assert all(i.phrase for o in found for i in o.indicators)
    assert all(o.period for o in found)
