"""The quality page lists what looks wrong, each thing with its quotes, and is safe to open."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from handmade import BASE, edition, entity, figure, relation
from pyoxigraph import Store

from kg.auditing.audit import audit
from kg.auditing.quality import SEVERAL, Group, Quality, find_quality
from kg.checking import check, quality_triples
from kg.claims.claim import Extraction, Predicate, Relation
from kg.graph.dataset import run_node
from kg.graph.ontology import ontology_graph, ontology_triples
from kg.graph.report_graph import graph_name, report_triples
from kg.graph.terms import quads
from kg.reading.edition import Edition
from kg.resolution.correcting import apply_corrections
from kg.resolution.corrections import parse_corrections
from kg.resolution.decisions import Decision, Judgement, replay
from kg.resolution.joining import apply_decisions
from kg.resolution.report import resolve_report
from kg.view.quality_page import quality_page
from kg.vocabulary import load

TEXT = """一、2023年工作回顾
东山电厂建成投产，东山电厂处于规划阶段。东山电厂由<b>甲</b>建设。南片和北片互为一体。
东山水库装机30万千瓦，东山水库装机40万千瓦。宏远矿业集团投产。宏远矿业有限公司扩产。某处无名。
"""
FILE = """[[correction]]
action = "retract"
target = "report/520200/2024/claim/0123456789abcdef"
who = "李"
when = 2024-01-01
why = "读错"
"""
DECISIONS = replay(
    [Decision(Judgement.SAME, "project/520200/不在", "project/520200/这里", "", "李", "2024-01-01", "", 2)]
)


def read(e: Edition) -> Extraction:
    plant, again = entity(e, "project", "东山电厂"), entity(e, "facility", "东山电厂")
    south, north = entity(e, "zone", "南片"), entity(e, "zone", "北片")
    firm = entity(e, "enterprise", "甲")
    doubtful = entity(e, "brand", "东山水库")
    doubtful = replace(doubtful, mentions=tuple(replace(m, rule=LOW_RULE) for m in doubtful.mentions[:1]))
    nowhere = replace(entity(e, "place", "某处"), key="place:某处")
    done, planned = "东山电厂建成投产", "东山电厂处于规划阶段"
    link = "南片和北片互为一体"

    def part(one: str, other: str) -> Relation:
        return relation(e, link, one, Predicate.PART_OF, other)

    return Extraction(
        (),
        (
            *(plant, again, south, north, firm, doubtful, nowhere),
            entity(e, "enterprise", "宏远矿业集团"),
            entity(e, "enterprise", "宏远矿业有限公司"),
        ),
        (
            figure(e, "东山水库装机30万千瓦", "30万千瓦", "30", "万千瓦", (), "地区生产总值"),
            figure(e, "东山水库装机40万千瓦", "40万千瓦", "40", "万千瓦", (), "地区生产总值"),
        ),
        (
            relation(e, done, plant.key, Predicate.HAS_STATUS, "completed"),
            relation(e, planned, plant.key, Predicate.HAS_STATUS, "planned"),
            part(south.key, north.key),
            part(north.key, south.key),
            relation(e, "东山电厂由<b>甲</b>建设", plant.key, Predicate.UNDERTAKEN_BY, firm.key),
        ),
        (),
    )


LOW_RULE = "a-rule-that-is-often-wrong"


@pytest.fixture(scope="module")
def quality() -> Quality:
    e = edition(TEXT)
    vocabulary = load()
    report = apply_decisions(resolve_report([e], [read(e)]), DECISIONS)
    corrections = parse_corrections(FILE, "corrections.toml", BASE)
    report = apply_corrections(report, corrections, vocabulary)
    # Two levels of one indicator of the scheme: the report contradicts itself.
    same = [
        replace(c, claim=replace(c.claim, indicators=(replace(c.claim.indicators[0], concept="gdp"),), unit="亿元"))
        for c in report.observations
    ]
    report = replace(report, observations=tuple(same))
    store = Store()
    store.extend(quads(ontology_triples(), ontology_graph(BASE)))
    triples = report_triples(report, vocabulary, BASE, run_node(BASE, "0" * 64), {})
    triples += quality_triples(check(triples))
    store.extend(quads(triples, graph_name(BASE, report.path)))
    confidence = {LOW_RULE: "0.25", "test-rule": "0.90"}
    return find_quality(store, BASE, audit(store), DECISIONS, corrections, confidence)


def group(quality: Quality, key: str) -> Group:
    return next(g for g in quality.groups if g.key == key)


def test_every_kind_of_oddity_is_found(quality: Quality) -> None:
    found = {g.key: [i.name for i in g.items] for g in quality.groups}
    assert found["unplaced"] == ["某处"]
    assert found["one-letter"] == ["甲"]
    assert found["two-types"] == ["东山电厂"]
    assert found["cycles"] == ["北片 → 南片 → 北片"]
    assert found["statuses"] == ["东山电厂"]
    assert found["doubtful"] == ["东山水库"]
    assert found["candidates"] == ["宏远矿业有限公司 ／ 宏远矿业集团"]
    assert sorted(found["findings"]) == ["同一数值前后不一", "状态矛盾"]
    assert found["missed"] != []
    assert len(found["revisions"]) == 2
    assert quality.total == sum(len(names) for names in found.values())


def test_items_have_quotes_and_say_what_to_name(quality: Quality) -> None:
    for key in ("unplaced", "one-letter", "two-types", "cycles", "statuses", "doubtful", "candidates", "findings"):
        for item in group(quality, key).items:
            assert item.quotes, key
            assert all(q.words in q.sentence for q in item.quotes), key
    (clash,) = group(quality, "statuses").items
    assert clash.zh == "completed 2023 ／ planned 2023"
    assert [q.words for q in clash.quotes] == ["东山电厂建成投产", "东山电厂处于规划阶段"]
    (types,) = group(quality, "two-types").items
    assert types.path.split(SEVERAL) == ["facility/520200/东山电厂", "project/520200/东山电厂"]
    assert types.en == "facility 3、project 3"


def test_stale_corrections_and_idle_decisions_are_told(quality: Quality) -> None:
    stale, idle = group(quality, "revisions").items
    assert stale.name == "entry 1 (retract 0123456789abcdef)"
    assert "已不在图谱中" in stale.zh
    assert "读错" in stale.zh
    assert idle.name == "same 不在 ／ 这里"


def test_the_page_escapes_what_it_shows_and_asks_nothing_of_anybody(quality: Quality) -> None:
    html = quality_page(quality)
    assert "&lt;b&gt;<mark>甲</mark>&lt;/b&gt;" in html
    assert "<b>" not in html
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)
    assert policy
    assert "default-src &#39;none&#39;" in policy[1] or "default-src 'none'" in policy[1]
    assert "unsafe" not in policy[1]
    assert not re.search(r"""(?:src|href)=["'](?:https?:)?//""", html)
    assert " onclick=" not in html
    assert "同名而类型不同" in html
    assert 'data-en="One name, two types"' in html


def test_a_page_of_nothing(quality: Quality) -> None:
    empty = quality_page(Quality(tuple(replace(g, items=(), total=0) for g in quality.groups), ()))
    assert "<section" not in empty
    assert "共 0 处" in empty


def test_more_than_can_be_shown_is_counted(quality: Quality) -> None:
    cut = replace(group(quality, "missed"), total=500)
    assert "另有" in quality_page(replace(quality, groups=(cut,)))


def test_an_empty_store_has_nothing_to_look_at() -> None:
    store = Store()
    assert find_quality(store, BASE, audit(store)).total == 0
    assert len(store) == 0
