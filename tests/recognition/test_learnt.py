"""The tagger adds names to those that rules find, and takes none away."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from kg.errors import VocabularyError
from kg.reading import read
from kg.reading.edition import Metadata
from kg.reading.reader import edition_of
from kg.recognition.names.features import features
from kg.recognition.names.find import by_rules
from kg.recognition.names.learnt import RULES, added, tagger, taggers
from kg.recognition.names.lexicon import lexicon
from kg.recognition.places import find_places
from kg.recognition.spans import Mention
from kg.vocabulary import load
from kg.vocabulary.divisions import load_divisions

sys.path.insert(0, str(Path(__file__).parents[1] / "cases"))
import naming

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
WORDS = lexicon(load())
_WRITTEN = re.compile(r"-?\dw(?P<word>.+)")


def read_from(text: str) -> list[str]:
    edition = naming.report(text)
    return [f"{m.entity_type} {edition.norm[m.start : m.end]}" for m in naming.names(edition) if m.rule in RULES]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("建成柘岭云仓。", ["facility 柘岭云仓"]),
        ("建成柘岭医养中心、岳川馆。", ["facility 岳川馆"]),
    ],
)
def test_names_that_no_rule_reads(text: str, wanted: list[str]) -> None:
    assert read_from(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "稳住农业“压舱石”，鼓起群众“钱袋子”。",  # figures of speech
        "推进重点项目、重大工程建设。",  # what all reports say
        "支持花溪区、清镇市发展。",  # places are read by rules
        "全面加强党的建设，增进民生福祉。",
        "坚决做到“两个维护”，端稳粮食“饭碗”。",
    ],
)
def test_what_names_nothing(text: str) -> None:
    assert read_from(text) == []


@pytest.mark.parametrize("path", SEEDS, ids=lambda p: p.name)
def test_rules_go_before(path: Path) -> None:
    edition = read(path)
    meta = edition.metadata
    places = find_places(edition.norm, load_divisions(), meta.place, meta.plan_year)
    sentences, chosen = by_rules(edition, WORDS, places)
    found = naming.names(edition)
    by_rule = {(c.start, c.end, c.entity_type) for c in chosen}
    assert by_rule <= {(m.start, m.end, m.entity_type) for m in found}
    ours = [m for m in found if m.rule in RULES]
    starts = {t.start for s in sentences for t in s.tokens} | {t.inner_span.start for s in sentences for t in s.tokens}
    ends = {t.end for s in sentences for t in s.tokens} | {t.inner_span.end for s in sentences for t in s.tokens}
    assert ours
    for mention in ours:
        assert (mention.start, mention.end) not in {(a, b) for a, b, _ in by_rule}
        assert mention.start in starts
        assert mention.end in ends
        assert not any(_crosses(mention, c.start, c.end) for c in chosen)


@pytest.mark.parametrize("path", SEEDS, ids=lambda p: p.name)
def test_nothing_is_added_that_rules_have_as_another_type(path: Path) -> None:
    edition = read(path)
    found = naming.names(edition)
    types: dict[str, set[str]] = {}
    for m in found:
        if m.rule not in (*RULES, "name-echo"):
            types.setdefault(edition.norm[m.start : m.end], set()).add(m.entity_type)
    for m in found:
        text = edition.norm[m.start : m.end]
        assert m.rule not in RULES or text not in types or m.entity_type in types[text], m


def test_the_head_of_a_document_names_no_things() -> None:
    text = (Path(SEEDS[0]).read_text(encoding="utf-8")).replace("各位代表", "六盘水市市长 艾山·岳岭\n各位代表", 1)
    edition = edition_of(
        text, "a.txt", Metadata(place="520200", place_name="六盘水市", plan_year=2024, review_year=2023)
    )
    at = text.index("艾山·岳岭")
    assert not [m for m in naming.names(edition) if m.start < at + 5 and at < m.end]


def _crosses(mention: Mention, start: int, end: int) -> bool:
    return mention.start < start < mention.end < end or start < mention.start < end < mention.end


@pytest.mark.parametrize("which", ["names", "firms"])
def test_the_model_holds_no_name(which: str) -> None:
    known = getattr(taggers(WORDS), which).model.info().attributes
    written = {m["word"] for a in known if (m := _WRITTEN.fullmatch(a)) is not None}
    assert len(written) > 500
    marks = re.compile(r"\W+|\d+\W|[省市区县州旗乡镇村我本全该盟]{1,2}|自治区|自治州|自治县|#[a-z]+\d?")
    assert {w for w in written if w not in WORDS.common and not marks.fullmatch(w)} == set()


def test_it_is_deterministic() -> None:
    edition = read(SEEDS[0])
    places = find_places(edition.norm, load_divisions(), edition.metadata.place, edition.metadata.plan_year)
    sentences, _ = by_rules(edition, WORDS, places)
    first, second = ([list(added(s, taggers(WORDS), ())) for s in sentences] for _ in range(2))
    assert first == second
    assert list(features(sentences[3], WORDS)) == list(features(sentences[3], WORDS))


def test_a_missing_or_broken_model_is_told(tmp_path: Path) -> None:
    with pytest.raises(VocabularyError, match=r"none\.crfsuite: missing; restore it"):
        tagger(WORDS, tmp_path / "none.crfsuite")
    broken = tmp_path / "broken.crfsuite"
    broken.write_bytes(b"lCRF but nothing else")
    with pytest.raises(VocabularyError, match="not a model"):
        tagger(WORDS, broken)
