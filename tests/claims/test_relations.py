"""Every rule of the register reads its examples; sentences of the seed give the relations a reader sees."""

import re
import sys
import tomllib
from pathlib import Path

import pytest

from kg.claims.claim import Predicate
from kg.claims.relation_status import status_words, statuses
from kg.reading import read
from kg.resources import folder
from kg.vocabulary import load

sys.path.insert(0, str(Path(__file__).parents[1] / "cases"))
import naming

REGISTER = tomllib.loads((folder("ontology") / "rules" / "relation-rules.toml").read_text(encoding="utf-8"))["rule"]
CASES = tomllib.loads(
    (Path(__file__).parents[1] / "cases" / "relations" / "sentences.toml").read_text(encoding="utf-8")
)["case"]
SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))


@pytest.mark.parametrize(
    ("rule", "example"),
    [
        pytest.param(r["id"], e, id=f"{r['id']}: {e['text']}")
        for r in REGISTER
        if r["id"].startswith("relation-")
        for e in r["examples"]
    ],
)
def test_rule_reads_its_example(rule: str, example: dict[str, object]) -> None:
    edition = naming.report(str(example["text"]), str(example["part"]))
    entities, stated = naming.relations(edition)
    found = set(naming.lines(edition))
    for line in example["expect"]:  # type: ignore[attr-defined]
        assert line in found
    assert rule in {r.rule for r in stated}
    keys = {e.key for e in entities} | {""}
    assert all(r.subject in keys for r in stated)


@pytest.mark.parametrize("case", [pytest.param(c, id=c["text"][:40]) for c in CASES])
def test_relations_of_a_sentence(case: dict[str, object]) -> None:
    edition = naming.report(str(case["text"]), str(case["part"]), str(case.get("home", "520100")))
    assert sorted(naming.lines(edition)) == sorted(case["expect"])  # type: ignore[arg-type]


def test_relations_of_the_seed_cite_registered_rules_and_quote_their_clause() -> None:
    known = {r["id"] for r in REGISTER}
    for path in SEEDS:
        edition = read(path)
        entities, stated = naming.relations(edition)
        keys = {e.key for e in entities}
        for relation in stated:
            assert relation.rule in known
            assert relation.subject in keys | {""}
            assert relation.predicate is Predicate.HAS_STATUS or relation.object in keys
            assert not re.search(
                r"[，；。]", re.sub(r"“[^”]*”|（[^）]*）", "", edition.norm[relation.start : relation.end])
            )


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("推动", "全面建成并网发电", ["completed", "in_operation"]),
        ("力争", "核准启动建设", ["approved", "started"]),
        ("加快", "建设", ["under_construction"]),
        ("启动建设", "及其附属工程", ["started"]),
        ("推动", "前期工作", ["preliminary"]),
        ("全力推动", "复工", ["resumed"]),
        ("", "完成主体工程", ["under_construction"]),
        ("支持", "发展", []),
        ("依托", "", []),
        ("打造", "", []),
    ],
)
def test_what_is_said_after_outranks_the_verb_before(before: str, after: str, expected: list[str]) -> None:
    words = status_words(load().scheme("project-status"))
    assert sorted(str(s) for s in statuses(before, after, words)) == sorted(expected)
