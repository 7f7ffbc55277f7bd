"""The tool that teaches the tagger labels as the annotations say, and what it teaches is found again."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from handmade import edition

from kg.recognition.names.candidates import Candidate
from kg.recognition.names.learnt import taggers
from kg.recognition.names.learnt.features import features
from kg.recognition.names.learnt.firms import FIRM_RULE
from kg.recognition.names.learnt.names import LIKELY_RULE
from kg.recognition.names.learnt.tagger import FIRMS, NAMES, Told
from kg.recognition.names.lexicon import lexicon
from kg.recognition.spans import EntityType
from kg.vocabulary import load

TOOLS = Path(__file__).resolve().parents[2] / "tools"
sys.path.insert(0, str(TOOLS))
sys.path.insert(0, str(Path(__file__).parent))

import learn_names  # noqa: E402
from test_measure_rules import ENTITIES, gold, span  # noqa: E402

__all__ = ["gold"]  # the same annotations
WORDS = lexicon(load())


@pytest.fixture
def lesson(gold: Path) -> learn_names.Lesson:
    return learn_names.lesson(edition(), gold, WORDS)


def labelled(lesson: learn_names.Lesson) -> dict[str, str]:
    """Every labelled name with its label, as it is written."""
    found: dict[str, str] = {}
    for sentence in lesson.sentences:
        name = ""
        for token, label in zip(sentence.tokens, learn_names.labels(sentence.tokens, lesson), strict=True):
            if label.startswith("I-"):
                found[name + token.text] = found.pop(name)
                name += token.text
            elif label != "O":
                name = token.text
                found[name] = label[2:]
    return found


def test_labels_are_the_annotated_types_and_what_need_not_be_named_is_vague(lesson: learn_names.Lesson) -> None:
    assert labelled(lesson) == {
        "东山电厂二期工程": "project",
        "东山二期": "vague",
        "西山水库": "project",
        "西山电厂": "zone",
    }


def test_the_longest_name_over_a_word_labels_it(gold: Path) -> None:
    part = {"name": "东山电厂", "type": "facility", "alt_types": [], "aliases": [], "mentions": [span("东山电厂")]}
    lines = "".join(json.dumps(e, ensure_ascii=False) + "\n" for e in (part, *ENTITIES))
    (gold / "entities.jsonl").write_text(lines, encoding="utf-8")
    found = labelled(learn_names.lesson(edition(), gold, WORDS))
    assert found["东山电厂二期工程"] == "project"
    assert "东山电厂" not in found


def test_firms_are_labelled_within_longer_names(gold: Path) -> None:
    part = {"name": "东山", "type": "enterprise", "aliases": [], "mentions": [], "optional_mentions": [span("东山")]}
    lines = "".join(json.dumps(e, ensure_ascii=False) + "\n" for e in (part, *ENTITIES))
    (gold / "entities.jsonl").write_text(lines, encoding="utf-8")
    lesson = learn_names.lesson(edition(), gold, WORDS)
    sentence = next(s for s in lesson.sentences if any(t.start == span("东山")[0] for t in s.tokens))
    found = zip(sentence.tokens, learn_names.firm_labels(sentence.tokens, lesson), strict=True)
    assert [t.text for t, label in found if label != "O"] == ["东山"]


def test_what_is_taught_is_found_again_and_teaching_is_deterministic(
    lesson: learn_names.Lesson, tmp_path: Path
) -> None:
    for folder in ("a", "b"):
        learn_names.teach([lesson] * 5, WORDS, tmp_path / folder)
    for name in (NAMES, FIRMS):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
    found = {
        "".join(t.text for t in sentence.tokens[name.first : name.last]): name.label
        for sentence in lesson.sentences
        for name in taggers(WORDS, tmp_path / "a").names.label(Told(list(features(sentence, WORDS))))
    }
    assert found == labelled(lesson)


def test_what_the_tagger_adds_is_judged_by_reports_it_did_not_learn_from(gold: Path) -> None:
    phase = {"name": "东山二期", "type": "project", "aliases": [], "mentions": [span("东山二期")]}
    (gold / "entities.jsonl").write_text(json.dumps(phase, ensure_ascii=False) + "\n", encoding="utf-8")
    lesson = learn_names.lesson(edition(), gold, WORDS)
    texts = [replace(lesson, edition=replace(lesson.edition, sha256=f"{n}")) for n in range(learn_names.FOLDS)]
    asked = replace(texts[0], required={})  # where it is found again, it is wrong
    for first, right in ((texts[0], True), (asked, False)):
        (judged,) = learn_names.fold([first, *texts[1:]], 0, WORDS)
        assert judged == ("mention", LIKELY_RULE, right, "project 东山二期")


def test_one_text_is_not_enough_to_learn_from_and_be_asked_about(lesson: learn_names.Lesson) -> None:
    with pytest.raises(SystemExit, match="at least two texts"):
        list(learn_names.fold([lesson] * learn_names.FOLDS, 0, WORDS))


def test_firms_are_learnt_from_folders_where_only_firms_were_annotated(gold: Path, tmp_path: Path) -> None:
    about = json.loads((gold / "gold.json").read_text(encoding="utf-8"))
    (gold / "gold.json").write_text(json.dumps(about | {"types": ["enterprise"]}), encoding="utf-8")
    firm = {"name": "东山", "type": "enterprise", "aliases": [], "mentions": [span("东山")]}
    (gold / "entities.jsonl").write_text(json.dumps(firm, ensure_ascii=False) + "\n", encoding="utf-8")
    only = learn_names.lesson(edition(), gold, WORDS)
    assert only.only_firms
    learn_names.teach([only] * 5, WORDS, tmp_path / "only")
    assert taggers(WORDS, tmp_path / "only").firms.model.labels() == ["O", "B-enterprise"]
    found = [Candidate(*span("东山")[:2], EntityType.ENTERPRISE, "东山", FIRM_RULE)]
    found.append(replace(found[0], start=0, end=2, rule=FIRM_RULE))
    found.append(replace(found[0], entity_type=EntityType.PROJECT, rule=LIKELY_RULE))
    assert [right for *_, right, _ in learn_names.judge(only, found)] == [True, False]  # projects were not annotated
