"""Small reports whose extraction is written by hand, so that what decisions and corrections do can be seen."""

from __future__ import annotations

from decimal import Decimal

from kg.claims.claim import (
    Entity,
    Extraction,
    Indicator,
    Measure,
    Observation,
    Predicate,
    Relation,
    Status,
)
from kg.graph.dataset import run_node
from kg.graph.report_graph import report_triples
from kg.reading.edition import Edition, Metadata
from kg.reading.reader import edition_of
from kg.recognition.spans import Bound, EntityType, Mention
from kg.resolution.report import Report, resolve_report
from kg.vocabulary import load

BASE = "https://example.org/id/"
META = Metadata(place="520200", place_name="六盘水市", plan_year=2024, review_year=2023)
HANS = """一、2023年工作回顾
东山电厂二期工程开工建设，装机容量66万千瓦。东山二期由东山能源公司承建。西山水库建成投用。
西山电厂装机容量120万千瓦。启动“幸福河”行动。
"""
HANT = """一、2023年工作回顧
東山電廠二期工程開工建設，裝機容量66萬千瓦。東山二期由東山能源公司承建。西山水庫建成投用。
西山電廠裝機容量120萬千瓦。啟動「幸福河」行動。
"""
PLANT = "project/520200/东山电厂二期工程"
SHORT = "project/520200/东山二期"
FIRM = "enterprise/520200/东山能源公司"
WEST = "facility/520200/西山电厂"
DAM = "facility/520200/西山水库"


def edition(text: str = HANS, document: str = "a.txt") -> Edition:
    return edition_of(text, document, META)


def entity(e: Edition, kind: str, name: str, *words: str) -> Entity:
    """An entity mentioned wherever one of ``words`` (the name by default) stands."""
    mentions = []
    for word in words or (name,):
        at = e.norm.find(word)
        while at >= 0:
            mentions.append(Mention(at, at + len(word), EntityType(kind), name, "test-rule"))
            at = e.norm.find(word, at + 1)
    return Entity(
        f"{kind}:{name}",
        EntityType(kind),
        name,
        tuple(w for w in words if w != name),
        tuple(sorted(mentions, key=lambda m: m.start)),
    )


def relation(e: Edition, clause: str, subject: str, predicate: Predicate, target: str) -> Relation:
    at = e.norm.index(clause)
    return Relation(at, at + len(clause), subject, predicate, target, "2023", False, "test-relation")


def figure(
    e: Edition, clause: str, written: str, value: str, unit: str, about: tuple[str, ...], phrase: str
) -> Observation:
    at = e.norm.index(clause)
    start = e.norm.index(written, at)
    return Observation(
        *(start, start + len(written), at, at + len(clause)),
        (Indicator(phrase),),
        Measure.LEVEL,
        Decimal(value),
        None,
        unit,
        "2023",
        Status.ACTUAL,
        Bound.EQ,
        about,
        rule="test-figure",
    )


def extraction(e: Edition) -> Extraction:
    """东山二期 was not recognised as 东山电厂二期工程."""
    things = (
        entity(e, "project", "东山电厂二期工程"),
        entity(e, "project", "东山二期"),
        entity(e, "enterprise", "东山能源公司"),
        entity(e, "facility", "西山水库"),
        entity(e, "facility", "西山电厂"),
    )
    return Extraction(
        numbers=(),
        entities=things,
        observations=(
            figure(e, "装机容量66万千瓦", "66万千瓦", "66", "万千瓦", ("project:东山电厂二期工程",), "装机容量"),
            figure(e, "西山电厂装机容量120万千瓦", "120万千瓦", "120", "万千瓦", ("facility:西山电厂",), "装机容量"),
        ),
        relations=(
            relation(e, "东山电厂二期工程开工建设", "project:东山电厂二期工程", Predicate.HAS_STATUS, "started"),
            relation(
                e, "东山二期由东山能源公司承建", "project:东山二期", Predicate.UNDERTAKEN_BY, "enterprise:东山能源公司"
            ),
            relation(e, "西山水库建成投用", "facility:西山水库", Predicate.HAS_STATUS, "completed"),
        ),
        undertakings=(),
    )


def glued(e: Edition) -> Extraction:
    """西山水库 and 西山电厂 were taken for one thing."""
    read = extraction(e)
    both = entity(e, "facility", "西山电厂", "西山电厂", "西山水库")
    return Extraction(
        read.numbers,
        (*read.entities[:3], both),
        read.observations,
        (*read.relations[:2], relation(e, "西山水库建成投用", "facility:西山电厂", Predicate.HAS_STATUS, "completed")),
        (),
    )


def report(read=extraction, *editions: Edition) -> Report:  # type: ignore[no-untyped-def]
    """The report of these editions (both by default)."""
    there = editions or (edition(), edition(HANT, "b.txt"))
    return resolve_report(there, [read(e) for e in there])


def ntriples(r: Report) -> list[str]:
    """The graph, one line a triple."""
    return [f"{t}" for t in report_triples(r, load(), BASE, run_node(BASE, "0" * 64), {})]


def said(r: Report) -> set[tuple[str, str, str]]:
    """What is stated of things: subject, predicate, and object or status, by path."""
    found = {
        (
            r.paths[c.claim.subject],
            c.claim.predicate.value,
            c.claim.object if c.claim.predicate is Predicate.HAS_STATUS else r.paths[c.claim.object],
        )
        for c in r.relations
    }
    return found | {
        (r.paths[k], i.phrase, f"{c.claim.value}{c.claim.unit}")
        for c in r.observations
        for k in c.claim.about
        for i in c.claim.indicators
    }
