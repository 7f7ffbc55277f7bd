"""Taggers add names to those that rules find, and take none away but firms that were guessed."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from kg.errors import VocabularyError
from kg.reading import read
from kg.reading.edition import Edition, Metadata
from kg.reading.reader import edition_of
from kg.recognition.names.candidates import Candidate
from kg.recognition.names.find import by_rules
from kg.recognition.names.learnt import RULES, beyond_rules, taggers
from kg.recognition.names.learnt.features import features
from kg.recognition.names.learnt.names import GENEROUS
from kg.recognition.names.learnt.stacked import GUESSED, stacked
from kg.recognition.names.learnt.tagger import tagger
from kg.recognition.names.lexicon import lexicon
from kg.recognition.names.sentences import Parsed
from kg.recognition.places import PlaceSpan, find_places
from kg.recognition.spans import EntityType
from kg.vocabulary import load
from kg.vocabulary.divisions import load_divisions

sys.path.insert(0, str(Path(__file__).parents[1] / "cases"))
import naming

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
WORDS = lexicon(load())
_WRITTEN = re.compile(r"-?\dw(?P<word>.+)")


def by_rule(path: Path) -> tuple[Edition, tuple[Parsed, ...], list[Candidate], tuple[PlaceSpan, ...]]:
    edition = read(path)
    places = find_places(edition.norm, load_divisions(), edition.metadata.place, edition.metadata.plan_year)
    return edition, *by_rules(edition, WORDS, places), tuple(places)


def read_from(text: str) -> list[str]:
    edition = naming.report(text)
    return [f"{m.entity_type} {edition.norm[m.start : m.end]}" for m in naming.names(edition) if m.rule in RULES]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("建成柘岭驿站。", ["facility 柘岭驿站"]),
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
    edition, sentences, chosen, places = by_rule(path)
    found = beyond_rules(edition, sentences, chosen, places, taggers(WORDS))
    kept = {(c.start, c.end, c.entity_type) for c in found}
    gone = [c for c in chosen if (c.start, c.end, c.entity_type) not in kept]
    assert {c.rule for c in gone} <= {*GUESSED, *GENEROUS, "name-known"}
    assert len(gone) < len(chosen) / 20
    ours = [c for c in found if c.rule in RULES]
    starts = {t.start for s in sentences for t in s.tokens} | {t.inner_span.start for s in sentences for t in s.tokens}
    ends = {t.end for s in sentences for t in s.tokens} | {t.inner_span.end for s in sentences for t in s.tokens}
    assert ours
    for c in ours:
        assert c.start in starts
        assert c.end in ends
        same = [o for o in found if (o.start, o.end) == (c.start, c.end) and o is not c]
        assert not same or (c.entity_type is EntityType.ENTERPRISE and len(same) == 1)
        assert not any(_crosses(c, o.start, o.end) for o in chosen if o not in gone)


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


def _crosses(c: Candidate, start: int, end: int) -> bool:
    return c.start < start < c.end < end or start < c.start < end < c.end


@pytest.mark.parametrize(
    ("text", "firms"),
    [
        ("推进花溪恒岳30万吨负极材料项目建设。", ["恒岳"]),  # after the place
        ("加快岳泰光电玻璃基板、柘川重汽整车及发动机等项目建设。", ["岳泰", "柘川重汽"]),
        ("恒岳能源天然气处理量稳步提升。", ["恒岳能源"]),  # by itself
        ("打造恒岳智能装备产业园。", ["恒岳"]),  # in the name of a zone
        ("推进新岳泰食品二期、柘川面粉三期等项目。", ["新岳泰", "柘川"]),
        ("木柘、恒泰面粉加工厂建成。", ["木柘", "恒泰"]),  # shares the head of a firm's
        ("河柘、恒泰露天煤矿建成投产。", ["河柘", "恒泰"]),
        ("木峰、恒泰面粉加工厂建成。", ["木峰", "恒泰"]),
        ("木柘村、恒泰面粉加工厂建成。", ["恒泰"]),
        ("支持翰瑞电子、柘钢等企业上市。确保柘钢炼量达到910万吨。", ["翰瑞电子", "柘钢", "柘钢"]),  # once more
        ("确保柘钢炼量达到910万吨。", []),
        ("加快智能装备、绿色建材等项目建设。", []),  # products
        ("发展海洋装备制造、海洋生物医药、海水淡化等产业。", []),
    ],
)
def test_firms(text: str, firms: list[str]) -> None:
    edition = naming.report(text)
    found = [m for m in naming.names(edition) if m.entity_type is EntityType.ENTERPRISE]
    assert [edition.norm[m.start : m.end] for m in found] == firms


def test_a_guess_that_the_tagger_does_not_hold_for_a_firm_is_dropped() -> None:
    text = "壮大海洋交通运输、海洋装备制造、海洋生物医药、海水淡化等海洋新兴产业。"
    edition = naming.report(text)
    places = find_places(edition.norm, load_divisions(), edition.metadata.place, edition.metadata.plan_year)
    sentences, chosen = by_rules(edition, WORDS, places)
    assert [c.name for c in chosen if c.rule in GUESSED] == ["海洋生物医药"]
    found = beyond_rules(edition, sentences, chosen, places, taggers(WORDS))
    assert [c.name for c in found if c.entity_type is EntityType.ENTERPRISE] == []


def test_of_what_rules_found_only_type_rule_and_edges_are_told() -> None:
    edition = naming.report("加快恒岳二期、岳泰三期等项目建设。")
    places = find_places(edition.norm, load_divisions(), edition.metadata.place, edition.metadata.plan_year)
    sentences, chosen = by_rules(edition, WORDS, places)
    start = edition.norm.index("恒岳")
    sentence = next(s for s in sentences if s.start <= start < s.end)
    plain = list(features(sentence, WORDS))
    more = [set(told) - set(own) for told, own in zip(stacked(sentence, chosen, plain), plain, strict=True)]
    at = [t.start for t in sentence.tokens].index(start)
    assert {"0cfname-firm-of-projectB", "0coprojectB", "2coprojectIE", "sw1", "iq1"} <= more[at]
    assert not any("恒" in feature or "岳" in feature for told in more for feature in told)


@pytest.mark.parametrize("which", ["names", "firms"])
def test_the_model_holds_no_name(which: str) -> None:
    known = getattr(taggers(WORDS), which).model.info().attributes
    written = {m["word"] for a in known if (m := _WRITTEN.fullmatch(a)) is not None}
    assert len(written) > 500
    marks = re.compile(r"\W+|\d+\W|[省市区县州旗乡镇村我本全该盟]{1,2}|自治区|自治州|自治县|#[a-z]+\d?")
    assert {w for w in written if w not in WORDS.common and not marks.fullmatch(w)} == set()


def test_it_is_deterministic() -> None:
    edition, sentences, chosen, places = by_rule(SEEDS[0])
    first, second = (
        beyond_rules(edition, sentences, order, places, taggers(WORDS)) for order in (chosen, chosen[::-1])
    )
    assert first == second
    assert list(features(sentences[3], WORDS)) == list(features(sentences[3], WORDS))


def test_a_missing_or_broken_model_is_told(tmp_path: Path) -> None:
    with pytest.raises(VocabularyError, match=r"none\.crfsuite: missing; restore it"):
        tagger(WORDS, tmp_path / "none.crfsuite")
    broken = tmp_path / "broken.crfsuite"
    broken.write_bytes(b"lCRF but nothing else")
    with pytest.raises(VocabularyError, match="not a model"):
        tagger(WORDS, broken)
