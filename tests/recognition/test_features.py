"""What the tagger is told of words says nothing that names them."""

from __future__ import annotations

import re
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from kg.reading import read
from kg.reading.edition import Edition
from kg.recognition.names.learnt.features import features
from kg.recognition.names.lexicon import lexicon
from kg.recognition.names.sentences import Parsed, parsed
from kg.recognition.names.tokens import Kind
from kg.recognition.places import find_places
from kg.vocabulary import load
from kg.vocabulary.divisions import load_divisions

sys.path.insert(0, str(Path(__file__).parents[1] / "cases"))
import naming

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
WORDS = lexicon(load())
_WRITTEN = re.compile(r"^-?\d?[a-z]{1,2}=?|/.*$")  # what stands before and behind the words of a feature
NAMING = (Kind.WORD, Kind.PLACE, Kind.QUOTE, Kind.BOOK, Kind.BRACKET, Kind.NUMBER)


def sentences(edition: Edition) -> list[Parsed]:
    meta = edition.metadata
    places = find_places(edition.norm, load_divisions(), meta.place, meta.plan_year or 2024)
    return list(parsed(edition, places, WORDS))


def told(text: str) -> dict[str, list[str]]:
    edition = naming.report(text)
    sentence = sentences(edition)[-1]
    return {t.text: f for t, f in zip(sentence.tokens, features(sentence, WORDS), strict=True)}


@pytest.mark.parametrize("path", SEEDS, ids=lambda p: p.name)
def test_a_word_that_few_reports_share_is_not_told(path: Path) -> None:
    rare = 0
    for sentence in sentences(read(path)):
        own = list(features(sentence, WORDS))
        assert len(own) == len(sentence.tokens)
        for token, found in zip(sentence.tokens, own, strict=True):
            if token.kind in NAMING and len(token.inner) > 1 and token.text not in WORDS.common:
                assert token.inner not in {w for f in found for w in _WRITTEN.sub("", f).split("|")}, (token, found)
                rare += 1
    assert rare > 1000


def test_tokens_of_a_sentence_are_in_order_and_side_by_side() -> None:
    for sentence in sentences(read(SEEDS[0])):
        assert (sentence.tokens[0].start, sentence.tokens[-1].end) == (sentence.start, sentence.end)
        assert all(a.end == b.start for a, b in pairwise(sentence.tokens))
        assert all(a.end <= b.start for a, b in pairwise(sentence.places))


def test_a_shared_word_is_told_as_it_is_and_a_rare_one_by_its_looks() -> None:
    found = told("加快恒星汽车城建设。")
    assert "0w建设" in found["建设"]
    assert "-1w加快" in found["恒星"]
    assert "0w恒星" not in found["恒星"]
    assert {"0w#word2", "0a=恒", "0z=星", "0l=2"} <= set(found["恒星"])
    assert any(re.fullmatch(r"0o=[123]", f) for f in found["恒星"])  # looks like a firm's name


def test_what_sums_a_list_up_is_told_to_its_members() -> None:
    found = told("建成恒星、云岭等公园。")
    assert any(f.startswith("ehzone") for f in found["恒星"])
    assert not any(f.startswith("et") for f in found["公园"])


def test_the_end_of_a_clause_ends_what_is_told() -> None:
    found = told("建成恒星，启动公园。")
    assert "nx-" in found["恒星"]
    assert not any(f.startswith("nh") for f in found["恒星"])
