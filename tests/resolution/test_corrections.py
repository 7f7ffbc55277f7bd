"""The file of corrections, and corrections at work on a report."""

from __future__ import annotations

from pathlib import Path

import pytest
from handmade import BASE, DAM, FIRM, HANS, PLANT, SHORT, WEST, edition, ntriples, report, said

from kg.checking import gate
from kg.errors import VocabularyError
from kg.graph.dataset import run_node
from kg.graph.report_graph import report_triples
from kg.resolution.correcting import apply_corrections
from kg.resolution.corrections import (
    Action,
    Stale,
    append_correction,
    as_toml,
    load_corrections,
    parse_corrections,
)
from kg.resolution.report import Report, Thing
from kg.vocabulary import load

HERE = "report/520200/2024"
SIGNED = 'who = "李明"\nwhen = 2024-03-01\nwhy = "核对原文"\n'


HEAD = f'action = "assert"\nreport = "{HERE}"\n'


def entry(fields: str) -> str:
    return f"[[correction]]\n{fields}\n{SIGNED}"


def corrected(*fields: str, of: Report | None = None) -> Report:
    corrections = parse_corrections("\n".join(entry(f) for f in fields), "corrections.toml", BASE)
    return apply_corrections(of or report(), corrections, load())


def stale(r: Report) -> list[Stale | None]:
    return [o.stale for o in r.corrections]


def thing(r: Report, path: str) -> Thing:
    return next(t for t in r.things if t.path == path)


def paths(r: Report) -> list[str]:
    return [t.path for t in r.things]


# -- the file ----------------------------------------------------------------------------------------------------------


def test_no_file_no_corrections(tmp_path: Path) -> None:
    assert load_corrections(tmp_path / "corrections.toml") == ()


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ('action = "delete"', "action = 'delete' is none of assert, relabel, rename, retract, retype"),
        ('action = "retract"', "the field 'target' is missing"),
        (f'action = "retract"\ntarget = "{PLANT}"\nname = "x"', "nobody knows the field 'name' here"),
        ('action = "retract"\ntarget = "什么"', "'什么' is no entity"),
        (f'action = "retype"\ntarget = "{PLANT}"\ntype = "thing"', "type = 'thing' is none of"),
        ('action = "retype"\ntarget = "place/520203"\ntype = "zone"', "is a division"),
        ('action = "rename"\ntarget = "place/520203"\nname = "甲"', "is a division"),
        (f'action = "rename"\ntarget = "{PLANT}"', "it has neither"),
        (f'action = "rename"\ntarget = "{PLANT}"\nplace = "盘州"', "no code of a division"),
        ('action = "relabel"\ntarget = "place/520203"\nlabel = "甲"', "its names are those of its code"),
        ('action = "retype"\ntarget = "0123456789abcdef"\ntype = "zone"', "retract it and assert what is right"),
        ('action = "assert"\nquote = "甲"', "it has none of these"),
        (
            f'action = "assert"\npredicate = "likes"\nobject = "{PLANT}"\nquote = "甲"\nreport = "{HERE}"',
            "predicate = 'likes'",
        ),
        (f'action = "assert"\npredicate = "partOf"\nobject = "{PLANT}"\nreport = "{HERE}"', "'quote' is missing"),
        (f'action = "assert"\npredicate = "partOf"\nobject = "{PLANT}"\nquote = "甲"', "'report' is missing"),
        (
            f'action = "assert"\npredicate = "hasStatus"\nobject = "done"\nquote = "甲"\nreport = "{HERE}"',
            "object = 'done'",
        ),
        (
            HEAD + 'indicator = "户数"\nvalue = "三"\nperiod = "2023"\nstatus = "actual"\nquote = "甲"',
            "no number",
        ),
        (
            f'action = "assert"\nname = "甲"\ntype = "zone"\nquote = "甲乙"\ntext = "丙"\nreport = "{HERE}"',
            "part of the quote",
        ),
        (f'action = "retract"\ntarget = "{PLANT}"\nreport = "520200/2024"', "is no report"),
        (
            f'action = "retract"\ntarget = "{HERE}/claim/0123456789abcdef"\nreport = "report/520200/2023"',
            "is a claim of",
        ),
        (f'action = "retract"\ntarget = "{PLANT}"\nquote = ["甲"]', "quote must be a text"),
    ],
)
def test_what_is_wrong_is_said_with_file_and_entry(tmp_path: Path, fields: str, says: str) -> None:
    file = tmp_path / "corrections.toml"
    good = entry(f'action = "retract"\ntarget = "{WEST}"')
    file.write_text(f"{good}\n{entry(fields)}", encoding="utf-8")
    with pytest.raises(VocabularyError, match=says) as error:
        load_corrections(file)
    assert f"{file}, entry 2: " in str(error.value)
    assert error.value.exit_status == 7


def test_who_when_and_why_are_needed() -> None:
    for gone in ("who", "when", "why"):
        text = "\n".join(
            line for line in entry(f'action = "retract"\ntarget = "{WEST}"').splitlines() if not line.startswith(gone)
        )
        with pytest.raises(VocabularyError, match=f"'{gone}' is missing"):
            parse_corrections(text, "c.toml")
    with pytest.raises(VocabularyError, match="is no date"):
        parse_corrections(entry(f'action = "retract"\ntarget = "{WEST}"').replace("2024-03-01", '"March"'), "c.toml")


@pytest.mark.parametrize("text", ["[[correction]\n", "name = 1\n", "[correction]\na = 1\n", "correction = 3\n"])
def test_what_is_no_list_of_corrections_is_refused(text: str) -> None:
    with pytest.raises(VocabularyError, match=r"c\.toml: "):
        parse_corrections(text, "c.toml")


def test_entries_are_appended_and_a_wrong_one_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "corrections.toml"
    signed = {"who": "李“明”", "when": "2024-03-01", "why": 'a "b" \\ c'}
    first = append_correction(file, as_toml({"action": "retract", "target": WEST, **signed}))
    append_correction(file, as_toml({"action": "rename", "target": PLANT, "name": "甲", "quote": "", **signed}))
    found = load_corrections(file)
    assert [(c.action, c.entry, c.why) for c in found] == [
        (Action.RETRACT, 1, 'a "b" \\ c'),
        (Action.RENAME, 2, 'a "b" \\ c'),
    ]
    assert found[0] == first
    before = file.read_bytes()
    with pytest.raises(VocabularyError, match="entry 3"):
        append_correction(file, as_toml({"action": "rename", "target": PLANT, **signed}))
    assert file.read_bytes() == before


# -- taking away -------------------------------------------------------------------------------------------------------


def claim_of(r: Report, subject: str) -> str:
    return next(c.key for c in r.relations if r.paths[c.claim.subject] == subject)


def test_a_retracted_claim_is_gone_and_nothing_else() -> None:
    before = report()
    key = claim_of(before, DAM)
    for target in (key, f"{HERE}/claim/{key}", f"{BASE}{HERE}/claim/{key}"):
        after = corrected(f'action = "retract"\ntarget = "{target}"')
        assert said(before) - said(after) == {(DAM, "hasStatus", "completed")}
        assert after.things == before.things
        assert stale(after) == [None]


def test_a_retracted_thing_takes_its_claims_along() -> None:
    after = corrected(f'action = "retract"\ntarget = "{SHORT}"')
    assert SHORT not in paths(after)
    assert said(report()) - said(after) == {(SHORT, "undertakenBy", FIRM)}
    text = "\n".join(ntriples(after))
    assert f"corrects> <{BASE}{SHORT}>" in text
    assert f"<{BASE}{SHORT}> <" not in text


def test_the_reports_own_place_stays() -> None:
    after = corrected('action = "retract"\ntarget = "place/520200"')
    assert stale(after) == [Stale.HOME]
    assert "place/520200" in paths(after)


# -- naming otherwise --------------------------------------------------------------------------------------------------


def test_retype_moves_the_thing_with_its_claims_and_keeps_the_claims_iris() -> None:
    before = report()
    after = corrected(f'action = "retype"\ntarget = "{WEST}"\ntype = "enterprise"')
    new = WEST.replace("facility", "enterprise")
    assert WEST not in paths(after)
    assert thing(after, new).entity_type == "enterprise"
    assert (new, "装机容量", "120万千瓦") in said(after)
    assert [c.key for c in after.observations] == [c.key for c in before.observations]


def test_retype_to_a_thing_that_is_there_makes_one_of_them() -> None:
    after = corrected(
        f'action = "rename"\ntarget = "{DAM}"\nname = "西山电厂"\nkeep = true',
        f'action = "retype"\ntarget = "{SHORT}"\ntype = "facility"',
    )
    west = thing(after, WEST)
    assert west.aliases == ("西山水库",)
    assert {(WEST, "hasStatus", "completed"), (WEST, "装机容量", "120万千瓦")} <= said(after)
    assert thing(after, "facility/520200/东山二期").name == "东山二期"


def test_rename_drops_the_wrong_name_unless_it_is_kept() -> None:
    new = "project/520200/东山电厂二期"
    after = corrected(f'action = "rename"\ntarget = "{PLANT}"\nname = "东山电厂（二期）"')
    renamed = thing(after, "project/520200/东山电厂%28二期%29")
    assert (renamed.name, renamed.aliases) == ("东山电厂（二期）", ())
    kept = thing(corrected(f'action = "rename"\ntarget = "{PLANT}"\nname = "东山电厂二期"\nkeep = true'), new)
    assert kept.aliases == ("东山电厂二期工程",)


def test_rename_to_another_way_of_writing_keeps_the_iri() -> None:
    after = corrected(f'action = "rename"\ntarget = "{PLANT}"\nname = "“东山”电厂二期工程"')
    assert thing(after, PLANT).name == "“东山”电厂二期工程"
    assert thing(after, PLANT).aliases == ()


def test_a_thing_is_moved_to_another_place() -> None:
    after = corrected(f'action = "rename"\ntarget = "{WEST}"\nplace = "520203"')
    assert thing(after, WEST.replace("520200", "520203")).place == "place/520203"


def test_later_entries_find_what_earlier_ones_moved_by_either_name() -> None:
    for target in (WEST, WEST.replace("facility", "zone")):
        after = corrected(
            f'action = "retype"\ntarget = "{WEST}"\ntype = "zone"',
            f'action = "rename"\ntarget = "{target}"\nname = "西山"',
        )
        assert "zone/520200/西山" in paths(after)
        assert stale(after) == [None, None]


def labels(r: Report, path: str) -> set[str]:
    mark = "http://www.w3.org/2004/02/skos/core#"
    return {
        line.split("#", 1)[1].replace("Label>", "")
        for line in ntriples(r)
        if line.startswith(f"<{BASE}{path}> <{mark}")
    }


def test_relabel_sets_names_and_leaves_the_iri() -> None:
    after = corrected(
        f'action = "relabel"\ntarget = "{WEST}"\nlabel = "Xishan power plant"\nlanguage = "en"',
        f'action = "relabel"\ntarget = "{WEST}"\nlabel = "西山火电厂"',
        f'action = "relabel"\ntarget = "{WEST}"\nlabel = "西山厂"\nas = "alternative"',
        f'action = "relabel"\ntarget = "{WEST}"\nlabel = "西山電廠"\nlanguage = "zh-Hant"\nas = "none"',
        f'action = "relabel"\ntarget = "{PLANT}"\nlabel = "东山电厂"\nas = "alternative"',
        f'action = "relabel"\ntarget = "{PLANT}"\nlabel = "东山电厂二期工程"\nas = "none"',
    )
    assert labels(after, WEST) == {
        'pref "Xishan power plant"@en',
        'pref "西山火电厂"@zh-hans',
        'alt "西山电厂"@zh-hans',
        'alt "西山厂"@zh-hans',
        'pref "西山電廠"@zh-hant',  # its last name in this script stays
    }
    assert labels(after, PLANT) == {'pref "东山电厂"@zh-hans', 'pref "東山電廠二期工程"@zh-hant'}
    assert set(paths(after)) == set(paths(report()))


# -- adding ------------------------------------------------------------------------------------------------------------

RELATION = f'''action = "assert"
report = "{HERE}"
subject = "{WEST}"
predicate = "operatedBy"
object = "{FIRM}"
period = "2023"
quote = "西山电厂装机容量120万千瓦"
'''
FIGURE = f'''action = "assert"
report = "{HERE}"
indicator = "户数"
value = 30
unit = "户"
period = "2023"
status = "actual"
quote = "西山水库建成投用"
text = "建成"
'''


def test_an_asserted_relation_has_evidence_in_every_edition_and_says_who() -> None:
    after = corrected(RELATION)
    assert (WEST, "operatedBy", FIRM) in said(after)
    made = after.relations[-1]
    assert [(c.edition, after.editions[c.edition].text[c.start : c.end]) for c in made.citations] == [
        (0, "西山电厂装机容量120万千瓦"),
        (1, "西山電廠裝機容量120萬千瓦"),
    ]
    lines = ntriples(after)
    node = f"<{BASE}{HERE}/claim/{made.key}>"
    prov = "http://www.w3.org/ns/prov#"
    correction = f"<{BASE}correction/{after.corrections[0].correction.key}>"
    assert f"{node} <{prov}wasAttributedTo> <{BASE}person/李明>" in lines
    assert [x for x in lines if x.startswith(f"{node} <{prov}wasGeneratedBy>")] == [
        f"{node} <{prov}wasGeneratedBy> {correction}"
    ]
    assert f'{correction} <https://w3id.org/baogao/ns#why> "核对原文"' in lines
    assert f"<{BASE}{WEST}> <https://w3id.org/baogao/ns#operatedBy> <{BASE}{FIRM}>" in lines


def test_what_extraction_reads_too_is_one_claim() -> None:
    again = (
        RELATION.replace(WEST, SHORT)
        .replace("operatedBy", "undertakenBy")
        .replace("西山电厂装机容量120万千瓦", "东山二期由东山能源公司承建")
    )
    after = corrected(again)
    assert len(after.relations) == len(report().relations)
    assert after.corrections[0].claims == (claim_of(report(), SHORT),)


def test_an_asserted_figure_is_an_observation_of_the_place() -> None:
    after = corrected(FIGURE)
    made = after.observations[-1]
    assert (made.claim.value, made.claim.unit, made.claim.about, made.claim.bound) == (30, "户", (), "eq")
    first = made.citations[0]
    assert after.editions[0].text[first.start : first.end] == "建成"
    assert len(made.citations) == 2


def test_an_asserted_thing_is_mentioned_where_its_name_stands() -> None:
    after = corrected(
        HEAD + 'name = "“幸福河”行动"\ntype = "programme"\naliases = ["幸福河"]\nquote = "启动“幸福河”行动"'
    )
    new = thing(after, "programme/520200/幸福河行动")
    assert (new.name, new.aliases) == ("“幸福河”行动", ("幸福河",))
    words = [after.editions[m.citation.edition].text[m.citation.start : m.citation.end] for m in new.mentions]
    assert words == ["“幸福河”行动", "「幸福河」行動"]


def test_a_relation_may_name_a_thing_asserted_before_it_or_a_division_or_the_place_itself() -> None:
    first = HEAD + 'name = "“幸福河”行动"\ntype = "programme"\nquote = "启动“幸福河”行动"'
    second = HEAD + 'predicate = "implements"\nobject = "programme/520200/幸福河行动"\nquote = "启动“幸福河”行动"'
    third = HEAD + f'subject = "{WEST}"\npredicate = "locatedIn"\nobject = "place/520203"\nquote = "西山电厂"'
    after = corrected(first, second, third)
    assert stale(after) == [None, None, None]
    assert ("place/520200", "implements", "programme/520200/幸福河行动") in said(after)
    assert (WEST, "locatedIn", "place/520203") in said(after)
    assert thing(after, "place/520203").name == "六枝特区"
    assert stale(corrected(second)) == [Stale.ENTITY]


# -- stale, and checked ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        (RELATION.replace("120万千瓦", "130万千瓦"), Stale.QUOTE),
        (RELATION.replace("西山电厂装机容量120万千瓦", "西山"), Stale.REPEATED),
        (RELATION.replace("西山电厂装机容量120万千瓦", "东山能源公司承建。西山水库"), Stale.SENTENCES),
        (RELATION.replace(FIRM, "enterprise/520200/无此公司"), Stale.ENTITY),
        (f'action = "retract"\ntarget = "{HERE}/claim/0123456789abcdef"', Stale.TARGET),
        (f'action = "retract"\ntarget = "0123456789abcdef"\nreport = "{HERE}"', Stale.TARGET),
        (f'action = "retype"\ntarget = "zone/520200/无"\ntype = "project"\nreport = "{HERE}"', Stale.TARGET),
        (f'action = "retype"\ntarget = "{WEST}"\ntype = "zone"\nreport = "{HERE}"\nquote = "没有这句话"', Stale.QUOTE),
    ],
)
def test_a_stale_correction_changes_nothing_and_says_why(fields: str, why: Stale) -> None:
    after = corrected(fields)
    assert stale(after) == [why]
    assert said(after) == said(report())
    assert after.things == report().things
    text = "\n".join(ntriples(after))
    assert f'staleReason> "{why.reason_en}"@en' in text
    assert f"notAppliedTo> <{BASE}{HERE}>" in text


@pytest.mark.parametrize(
    "fields",
    [
        RELATION.replace(HERE, "report/520200/2025"),
        'action = "retract"\ntarget = "report/520200/2025/claim/0123456789abcdef"',
        'action = "retype"\ntarget = "zone/520200/无"\ntype = "project"',
    ],
)
def test_what_concerns_other_reports_leaves_no_trace(fields: str) -> None:
    assert corrected(fields) == report()


def test_a_target_that_decisions_joined_is_found() -> None:
    corrections = parse_corrections(entry(f'action = "retype"\ntarget = "{SHORT}"\ntype = "facility"'), "c.toml")
    after = apply_corrections(report(), corrections, load(), {SHORT: PLANT})
    assert PLANT.replace("project", "facility") in paths(after)


def checked(r: Report) -> tuple[list[str], list[str]]:
    kept, aside = gate(report_triples(r, load(), BASE, run_node(BASE, "0" * 64), {}))
    return [str(t) for t in kept], [a.claim for a in aside]


def test_what_is_asserted_passes_the_shapes_or_is_set_aside_with_the_reason() -> None:
    good = corrected(RELATION, FIGURE)
    lines, aside = checked(good)
    assert aside == []
    assert any(good.relations[-1].key in line for line in lines)
    bad = corrected(RELATION.replace(FIRM, WEST))  # a thing operated by itself
    _, aside = checked(bad)
    assert aside == [f"{BASE}{HERE}/claim/{bad.relations[-1].key}"]


def test_a_changed_text_makes_the_correction_stale() -> None:
    key = claim_of(report(), DAM)
    changed = HANS.replace("西山水库建成投用", "西山水库已建成投用")

    def read(e):  # type: ignore[no-untyped-def]
        from handmade import Extraction, Predicate, entity, relation

        dam = entity(e, "facility", "西山水库")
        return Extraction(
            (), (dam,), (), (relation(e, "西山水库已建成投用", dam.key, Predicate.HAS_STATUS, "completed"),), ()
        )

    after = corrected(f'action = "retract"\ntarget = "{HERE}/claim/{key}"', of=report(read, edition(changed)))
    assert stale(after) == [Stale.TARGET]
    assert said(after) == {(DAM, "hasStatus", "completed")}
