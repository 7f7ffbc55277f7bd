"""Decisions at work on a report: joined, undone, split; and what the graph says of them."""

from __future__ import annotations

from collections import Counter

import pytest
from handmade import BASE, DAM, FIRM, PLANT, SHORT, WEST, edition, glued, ntriples, report, said
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import VocabularyError
from kg.resolution.decisions import Decision, Judgement, Judgements, replay
from kg.resolution.joining import apply_decisions
from kg.resolution.report import Thing


def decided(*rows: tuple[str, str, str, str]) -> Judgements:
    return replay(
        [
            Decision(Judgement(j), a, b, where, "李明", "2024-03-01", "同一", n)
            for n, (j, a, b, where) in enumerate(rows, 2)
        ]
    )


def thing(r, path: str) -> Thing:  # type: ignore[no-untyped-def]
    return next(t for t in r.things if t.path == path)


JOIN = decided(("same", PLANT, SHORT, ""))


def test_joined_things_are_one_node_with_all_names_mentions_and_claims() -> None:
    before = report()
    after = apply_decisions(before, JOIN)
    paths = [t.path for t in after.things]
    assert SHORT in [t.path for t in before.things]
    assert SHORT not in paths
    assert paths == sorted(paths)
    plant = thing(after, PLANT)
    assert (plant.name, plant.aliases) == ("东山电厂二期工程", ("东山二期",))
    assert len(plant.mentions) == len(thing(before, PLANT).mentions) + len(thing(before, SHORT).mentions)
    assert (PLANT, "undertakenBy", FIRM) in said(after)
    assert not any(SHORT in statement for statement in said(after))


def test_claims_keep_their_iris() -> None:
    before = report()
    after = apply_decisions(before, JOIN)
    for kind in ("observations", "relations"):
        assert [c.key for c in getattr(after, kind)] == [c.key for c in getattr(before, kind)]


def test_undone_is_as_if_it_had_never_been() -> None:
    assert ntriples(apply_decisions(report(), decided())) == ntriples(report())
    later = Decision(Judgement.UNSURE, SHORT, PLANT, "", "王", "2024-04-01", "", 9)
    undone = apply_decisions(report(), replay([*JOIN.standing, later]))
    assert said(undone) == said(report())


def test_the_graph_tells_who_decided_when_and_why_and_writes_no_same_as() -> None:
    lines = ntriples(apply_decisions(report(), JOIN))
    text = "\n".join(lines)
    assert "sameAs" not in text
    node = f"<{BASE}decision/{JOIN.standing[0].key}>"
    ns = "https://w3id.org/baogao/ns#"
    for said_of_it in (
        f'{node} <{ns}judgement> "same"',
        f"{node} <{ns}one> <{BASE}{PLANT}>",
        f"{node} <{ns}other> <{BASE}{SHORT}>",
        f'{node} <{ns}why> "同一"',
        f'{node} <http://purl.org/dc/terms/date> "2024-03-01"^^<http://www.w3.org/2001/XMLSchema#date>',
        f"{node} <http://www.w3.org/ns/prov#wasAssociatedWith> <{BASE}person/李明>",
        f'<{BASE}person/李明> <http://xmlns.com/foaf/0.1/name> "李明"',
        f'<{BASE}{PLANT}> <http://www.w3.org/2004/02/skos/core#altLabel> "东山二期"@zh-hans',
        f'<{BASE}{PLANT}> <http://www.w3.org/2004/02/skos/core#altLabel> "東山二期"@zh-hant',
    ):
        assert said_of_it in lines, said_of_it


def test_different_and_unsure_are_recorded_and_change_nothing() -> None:
    for word in ("different", "unsure"):
        after = apply_decisions(report(), decided((word, PLANT, SHORT, "")))
        assert after.things == report().things
        assert f'judgement> "{word}"' in "\n".join(ntriples(after))


def test_a_report_without_the_kept_thing_still_speaks_of_it() -> None:
    kept = "project/520200/东山发电厂二期（扩建）"
    after = apply_decisions(report(), decided(("same", "project/520200/东山发电厂二期%28扩建%29", SHORT, "")))
    node = thing(after, "project/520200/东山发电厂二期%28扩建%29")
    assert node.name == kept.rsplit("/", 1)[-1].replace("（", "(").replace("）", ")")
    assert node.aliases == ("东山二期",)
    assert node.place == "place/520200"


def test_a_name_joined_to_a_division_bears_its_code() -> None:
    after = apply_decisions(report(), decided(("same", "place/520203", "facility/520200/西山水库", "")))
    place = thing(after, "place/520203")
    assert (place.name, place.code, place.aliases) == ("六枝特区", "520203", ("西山水库",))


def test_decisions_about_other_reports_change_nothing() -> None:
    other = decided(("same", "project/110000/甲", "project/110000/乙", ""), ("split", WEST, DAM, "不在这里的字"))
    assert apply_decisions(report(), other) == report()


def test_what_was_wrongly_joined_is_split_with_its_claims() -> None:
    before = report(glued)
    assert (WEST, "hasStatus", "completed") in said(before)
    after = apply_decisions(before, decided(("split", WEST, DAM, "西山水库")))
    assert said(after) == said(report())
    dam, west = thing(after, DAM), thing(after, WEST)
    assert (dam.name, dam.aliases, dam.place) == ("西山水库", (), "place/520200")
    assert (west.name, west.aliases) == ("西山电厂", ())
    assert {m.citation.edition for m in dam.mentions} == {0, 1}
    assert not set(dam.mentions) & set(west.mentions)


@pytest.mark.parametrize("document", ["a.txt", "b.txt"])
def test_a_span_of_one_edition_moves_the_mention_in_both(document: str) -> None:
    before = report(glued)
    edition = next(e for e in before.editions if e.document == document)
    at = edition.norm.index("西山水库")
    after = apply_decisions(before, decided(("split", WEST, DAM, f"{document}:{at}-{at + 4}")))
    assert {m.citation.edition for m in thing(after, DAM).mentions} == {0, 1}
    assert said(after) == said(report())


def test_words_of_a_split_may_be_of_either_script() -> None:
    after = apply_decisions(report(glued), decided(("split", WEST, DAM, "西山水庫")))
    assert said(after) == said(report())


def test_a_claim_whose_clause_names_both_stays() -> None:
    text = "一、2023年工作回顾\n西山电厂与西山水库同步建成投用。\n"

    def read(e):  # type: ignore[no-untyped-def]
        from handmade import Extraction, Predicate, entity, relation

        both = entity(e, "facility", "西山电厂", "西山电厂", "西山水库")
        clause = "西山电厂与西山水库同步建成投用"
        return Extraction((), (both,), (), (relation(e, clause, both.key, Predicate.HAS_STATUS, "completed"),), ())

    after = apply_decisions(report(read, edition(text)), decided(("split", WEST, DAM, "西山水库")))
    assert said(after) == {(WEST, "hasStatus", "completed")}
    assert DAM in [t.path for t in after.things]


def test_a_claim_that_names_neither_goes_with_its_sentence() -> None:
    text = "一、2023年工作回顾\n西山水库加快建设，年底前建成投用。西山电厂运行良好。\n"

    def read(e):  # type: ignore[no-untyped-def]
        from handmade import Extraction, Predicate, entity, relation

        both = entity(e, "facility", "西山电厂", "西山电厂", "西山水库")
        return Extraction(
            (), (both,), (), (relation(e, "年底前建成投用", both.key, Predicate.HAS_STATUS, "completed"),), ()
        )

    after = apply_decisions(report(read, edition(text)), decided(("split", WEST, DAM, "西山水库")))
    assert said(after) == {(DAM, "hasStatus", "completed")}


def test_a_thing_all_of_whose_mentions_move_is_gone() -> None:
    after = apply_decisions(report(), decided(("split", SHORT, "project/520200/东山三期", "东山二期")))
    assert SHORT not in [t.path for t in after.things]
    assert ("project/520200/东山三期", "undertakenBy", FIRM) in said(after)
    assert thing(after, "project/520200/东山三期").aliases == ("东山二期",)


def test_a_split_reaches_what_was_joined_in() -> None:
    """The mention is of 东山二期, which another row joins to the plant: who looks at the joined node splits that."""
    new = "project/520200/东山风电二期"
    both = decided(("same", PLANT, SHORT, ""), ("split", PLANT, new, "东山二期"))
    after = apply_decisions(report(), both)
    assert (new, "undertakenBy", FIRM) in said(after)
    assert thing(after, PLANT).aliases == ()


def test_replaying_twice_gives_the_same_graph() -> None:
    rows = decided(("same", PLANT, SHORT, ""), ("split", WEST, DAM, "西山水库"))
    assert ntriples(apply_decisions(report(glued), rows)) == ntriples(apply_decisions(report(glued), rows))


PATHS = [PLANT, SHORT, FIRM, WEST, DAM, "project/520200/新", "place/520203"]
WORDS = ["东山二期", "西山水库", "西山电厂", "东山电厂二期工程", "没有"]
ROWS = st.tuples(
    st.sampled_from(list(Judgement)), st.sampled_from(PATHS), st.sampled_from(PATHS), st.sampled_from(WORDS)
)


@settings(max_examples=60, deadline=None)
@given(st.lists(ROWS, max_size=6))
def test_whatever_is_decided_nothing_is_lost(rows: list[tuple[Judgement, str, str, str]]) -> None:
    """Every mention is still of exactly one thing, every claim keeps its key, and what claims name is there."""
    given_rows = [
        Decision(j, a, b, w if j is Judgement.SPLIT else "", "李", "2024-01-01", "", n)
        for n, (j, a, b, w) in enumerate(rows, 2)
        if a != b and not (j is Judgement.SAME and b == "place/520203")
    ]
    try:
        judgements = replay(given_rows)
    except VocabularyError:
        return  # they contradict each other
    before = report(glued)
    after = apply_decisions(before, judgements)
    assert Counter(m for t in after.things for m in t.mentions) == Counter(m for t in before.things for m in t.mentions)
    there = {t.path for t in after.things}
    assert len(there) == len(after.things)
    assert not there & set(judgements.joined)
    for kind in ("observations", "relations"):
        assert [c.key for c in getattr(after, kind)] == [c.key for c in getattr(before, kind)]
    named = [k for c in after.observations for k in c.claim.about]
    named += [k for c in after.relations for k in (c.claim.subject, c.claim.object) if ":" in k]
    assert {after.paths[k] for k in named} <= there
