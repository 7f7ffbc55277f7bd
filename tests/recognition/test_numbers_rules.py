"""Every rule of the number register claims what its examples say."""

import re
import tomllib

import pytest

from kg.reading import edition_of
from kg.recognition.numbers import find_numbers
from kg.resources import folder
from kg.vocabulary import load

RULES = tomllib.loads((folder("ontology") / "rules" / "number-rules.toml").read_text(encoding="utf-8"))["rule"]
EXAMPLES = [(rule["id"], rule["class"], example) for rule in RULES for example in rule["examples"]]


@pytest.mark.parametrize(("rule", "number_class", "example"), EXAMPLES, ids=[f"{r}:{e}" for r, _, e in EXAMPLES])
def test_rule_claims_what_its_example_marks(rule: str, number_class: str, example: str) -> None:
    marked = re.findall("⟦(.*?)⟧", example)
    text = re.sub("[⟦⟧]", "", example)
    edition = edition_of(text)
    found = [n for n in find_numbers(edition, load()) if n.rule == rule]
    assert [edition.text[n.start : n.end] for n in found] == marked
    assert {n.number_class.value for n in found} == {number_class}


def test_rule_ids_are_unique() -> None:
    ids = [rule["id"] for rule in RULES]
    assert len(ids) == len(set(ids))
