"""The vocabularies are read from a folder that an analyst edits."""

import pickle
import shutil
from pathlib import Path

import pytest

from kg.errors import VocabularyError
from kg.resources import folder
from kg.vocabulary import Vocabulary, hash_of, load


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    place = tmp_path / "ontology"
    place.mkdir()
    for path in folder("ontology").glob("*.ttl"):
        shutil.copy(path, place)
    return place


def append(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def test_an_added_label_changes_what_is_recognised(copy: Path) -> None:
    assert load(copy).indicator_for("本地产出之和") == ""
    append(copy / "indicators.ttl", '\nindicator:gdp skos:altLabel "本地产出之和"@zh-Hans .\n')
    assert load(copy).indicator_for("全市本地产出之和") == "gdp"


def test_an_added_written_form_changes_which_units_are_known(copy: Path) -> None:
    assert load(copy).unit_for("万垧") is None
    append(copy / "units.ttl", '\nunit:hectare skos:altLabel "垧"@zh-Hans .\n')
    found = load(copy).unit_for("万垧")
    assert found is not None
    assert found.notation == "hectare"


def test_a_label_of_two_indicators_is_refused_with_both_named(copy: Path) -> None:
    append(copy / "indicators.ttl", '\nindicator:exports skos:altLabel "全市地区生产总值总量"@zh-Hans .\n')
    with pytest.raises(VocabularyError, match="“全市地区生产总值总量” is a label of both gdp and exports"):
        load(copy)


def test_malformed_turtle_is_refused_with_file_and_line(copy: Path) -> None:
    append(copy / "statuses.ttl", "\n<broken\n")
    with pytest.raises(VocabularyError, match=r"statuses\.ttl: line \d+"):
        load(copy)


def test_a_base_unit_that_is_missing_is_refused(copy: Path) -> None:
    units = copy / "units.ttl"
    text = units.read_text(encoding="utf-8").replace("bg:baseUnit unit:tonne ;", "bg:baseUnit unit:ton ;")
    units.write_text(text, encoding="utf-8")
    with pytest.raises(VocabularyError, match=r"units\.ttl: unit/\w+ has the base unit “ton”"):
        load(copy)


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(VocabularyError, match="no vocabulary"):
        load(tmp_path)


def test_the_hash_stands_for_the_bytes(copy: Path) -> None:
    before = load(copy)
    assert before.vocabulary_hash == hash_of(copy)
    assert load(copy) is before
    append(copy / "units.ttl", "# a remark\n")
    assert load(copy).vocabulary_hash != before.vocabulary_hash


def test_schemes_are_found_by_name_and_by_file() -> None:
    vocabulary = load()
    assert vocabulary.scheme("bound") is vocabulary.scheme("bounds")
    status = vocabulary.scheme("status")
    assert {"actual", "estimate", "target"} <= set(status.concepts)
    assert status.concepts["target"].labels["en"]
    with pytest.raises(VocabularyError, match="no scheme “colour”"):
        vocabulary.scheme("colour")


def test_a_vocabulary_goes_to_other_processes() -> None:
    vocabulary = load()
    again: Vocabulary = pickle.loads(pickle.dumps(vocabulary))
    assert again.indicator_for("地区生产总值") == "gdp"
    assert again.vocabulary_hash == vocabulary.vocabulary_hash
