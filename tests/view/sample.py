"""A small store whose extraction is written by hand, with everything that pages show: two editions that differ, two
years, figures with targets, statuses, promises, livelihood items, a number nobody accounts for.
"""

from __future__ import annotations

import re
from decimal import Decimal

from pyoxigraph import Store

from kg.building import refresh
from kg.claims.claim import (
    Entity,
    Extraction,
    Indicator,
    Measure,
    Observation,
    Predicate,
    Relation,
    Status,
    Undertaking,
)
from kg.config import Config
from kg.graph.dataset import run_node
from kg.graph.report_graph import graph_name, report_triples
from kg.graph.terms import quads
from kg.reading.edition import Edition, Metadata
from kg.reading.reader import edition_of
from kg.recognition.spans import Bound, EntityType, Mention, Number, NumberClass, Span
from kg.resolution.report import resolve_report
from kg.vocabulary import load

CONFIG = Config(base="https://example.org/id/")
BASE = CONFIG.base
COUNTY = "place:520204"  # 水城区
PLANT, STORAGE, FIRM, PLAN, HONOUR = (
    "project:东山电厂二期工程",
    "facility:西山储能电站",
    "enterprise:东山能源公司",
    "programme:幸福河行动",
    "honour:全国文明城市",
)

# Names that would do harm if a page took them for anything but text.
HOSTILE = {
    PLANT: '<script>alert("电厂")</script>',
    FIRM: '"><img src=x onerror=alert(1)> javascript:alert(1)',
    PLAN: "'</style></title>\u202eevil\u2066{{7*7}}行动",
}

HANS_2024 = """一、2023年工作回顾
（一）经济稳步回升。地区生产总值完成1500亿元、增长3.2%。一般公共预算收入110亿元、增长4.8%。城镇新增就业6.2万人。
（二）项目建设提速。东山电厂二期工程在水城区开工建设，装机容量66万千瓦，由东山能源公司承建。西山储能电站落户水城区。累计办件7次。
二、2024年重点任务
主要预期目标是：地区生产总值增长5.5%左右，一般公共预算收入增长3%以上，城镇新增就业6万人以上。
推动东山电厂二期工程建成投产，完成投资20亿元。实施幸福河行动。创建全国文明城市。西山储能电站年内投运。
办好两件民生实事：1.新建公办幼儿园3所；2.改造老旧小区40个。
"""
HANT_2024 = """——2024年1月31日在第四次會議上
一、2023年工作回顧
（一）經濟穩步回升。地區生產總值完成1500億元、增長3.2%。一般公共預算收入110億元、增長4.8%。城鎮新增就業6.2萬人。
（二）項目建設提速。東山電廠二期工程在水城區開工建設，裝機容量66萬千瓦，由東山能源公司承建。西山儲能電站落戶水城區。累計辦件7次。
二、2024年重點任務
主要預期目標是：地區生產總值增長5.5%左右，一般公共預算收入增長3%以上，城鎮新增就業6萬人以上。
推動東山電廠二期工程建成投產，完成投資20億元。實施幸福河行動。創建全國文明城市。西山儲能電站年內投運。
辦好兩件民生實事：1.新建公辦幼兒園3所；2.改造老舊小區40個。
"""
HANS_2025 = """一、2024年工作回顾
地区生产总值完成1600亿元、增长5.1%。东山电厂二期工程建成投产。
"""


class Reader:
    """What a person would read from an edition, said in its words (Simplified)."""

    def __init__(self, edition: Edition, year: str) -> None:
        self.e, self.year = edition, year
        self.numbers: list[Number] = []
        self.things: list[Entity] = []
        self.figures: list[Observation] = []
        self.relations: list[Relation] = []
        self.undertakings: list[Undertaking] = []

    def at(self, words: str, after: str = "") -> Span:
        """Where ``words`` stand."""
        text = self.e.text if words in self.e.text else self.e.norm  # names are given as written, words as in ``norm``
        start = text.index(words, self.e.norm.index(after) if after else 0)
        return Span(start, start + len(words))

    def thing(self, key: str, *also: str, code: str = "", place: str = "", name: str = "") -> None:
        """A thing named wherever its name or one of ``also`` stands."""
        kind, _, called = key.partition(":")
        called = name or called
        mentions = [
            Mention(m.start(), m.end(), EntityType(kind), called, "sample", "", code)
            for word in (called, *also)
            for m in re.finditer(re.escape(word), self.e.text if word in self.e.text else self.e.norm)
        ]
        if mentions or code:
            self.things.append(
                Entity(
                    key, EntityType(kind), called, also, tuple(sorted(mentions, key=lambda m: m.start)), "", code, place
                )
            )

    def figure(
        self,
        phrase: str,
        written: str,
        after: str,
        *,
        measure: str = "level",
        status: str = "actual",
        bound: str = "eq",
        about: tuple[str, ...] = (),
        concept: str = "",
        period: str = "",
    ) -> None:
        """A figure; its value and unit are read off ``written``."""
        span = self.at(written, after)
        found = re.match(r"([\d.]+)(.*)", written)
        assert found
        tokens = (Span(span.start, span.start + len(found.group(1))),)
        number = Number(
            span.start, span.end, NumberClass.OBSERVATION, tokens, Decimal(found.group(1)), None, found.group(2)
        )
        self.numbers.append(number)
        self.figures.append(
            Observation(
                span.start, span.end, span.start, span.end, (Indicator(phrase, concept),), Measure(measure),
                Decimal(found.group(1)), None, found.group(2), period or self.year, Status(status), Bound(bound), about,
                rule="sample", number=number,
            )
        )  # fmt: skip

    def mark(self, written: str, kind: str) -> None:
        """Every number ``written`` that no figure uses, of class ``kind``."""
        for m in re.finditer(re.escape(written), self.e.norm):
            if not any(n.start <= m.start() < n.end for n in self.numbers):
                self.numbers.append(Number(m.start(), m.end(), NumberClass(kind), (Span(m.start(), m.start() + 4),)))

    def relation(
        self, clause: str, subject: str, predicate: str, target: str, *, planned: bool = False, year: str = ""
    ) -> None:
        """A relation or status that ``clause`` states."""
        span = self.at(clause)
        self.relations.append(
            Relation(*span, subject, Predicate(predicate), target, year or self.year, planned, "sample")
        )

    def undertaking(
        self,
        clause: str,
        verb: str,
        achieved: bool,
        area: str,
        *,
        concerns: tuple[str, ...] = (),
        item: int | None = None,
    ) -> None:
        """A promise or what was done: ``clause`` is verb and object."""
        span = self.at(clause)
        inside = tuple(f.start for f in self.figures if span.start <= f.start < span.end)
        self.undertakings.append(
            Undertaking(
                *span,
                achieved,
                verb,
                clause.removeprefix(verb),
                inside,
                "" if achieved else "2024",
                area,
                concerns,
                (),
                item,
                "sample",
            )
        )

    def done(self) -> Extraction:
        """All that was read."""
        numbers = tuple(sorted(self.numbers, key=lambda n: n.start))
        return Extraction(
            numbers, tuple(self.things), tuple(self.figures), tuple(self.relations), tuple(self.undertakings)
        )


def read_2024(edition: Edition, names: dict[str, str]) -> Extraction:
    """What the sample of 2024 says; ``names`` replaces names of things (key to name)."""
    r = Reader(edition, "2023")
    r.thing(COUNTY, "水城", code="520204", name="水城区")
    for key in (PLANT, STORAGE, FIRM, PLAN, HONOUR):
        r.thing(key, place=COUNTY if key in (PLANT, STORAGE) else "", name=names.get(key, ""))
    r.figure("地区生产总值", "1500亿元", "地区生产总值完成", concept="gdp")
    r.figure("地区生产总值", "3.2%", "1500亿元", measure="growth", concept="gdp")
    r.figure("一般公共预算收入", "110亿元", "一般公共预算收入", concept="general_budget_revenue")
    r.figure("一般公共预算收入", "4.8%", "110亿元", measure="growth", concept="general_budget_revenue")
    r.figure("城镇新增就业", "6.2万人", "城镇新增就业", concept="urban_new_jobs")
    r.figure("装机容量", "66万千瓦", "装机容量", about=(PLANT,))
    for phrase, written, bound, concept in (
        ("地区生产总值", "5.5%", "approx", "gdp"),
        ("一般公共预算收入", "3%", "ge", "general_budget_revenue"),
    ):
        r.figure(
            phrase,
            written,
            "主要预期目标",
            measure="growth",
            status="target",
            bound=bound,
            concept=concept,
            period="2024",
        )
    r.figure(
        "城镇新增就业", "6万人", "主要预期目标", status="target", bound="ge", concept="urban_new_jobs", period="2024"
    )
    r.figure("投资", "20亿元", "完成投资", status="target", about=(PLANT,), period="2024")
    r.figure("新建公办幼儿园数", "3所", "办好两件", status="target", period="2024")
    r.figure("改造老旧小区数", "40个", "办好两件", status="target", period="2024")
    r.mark("2023", "time")
    r.mark("2024", "time")
    plant = names.get(PLANT, "东山电厂二期工程")
    r.relation(f"{plant}在水城区开工建设", PLANT, "locatedIn", COUNTY)
    r.relation(f"{plant}在水城区开工建设", PLANT, "hasStatus", "started")
    r.relation(f"由{names.get(FIRM, '东山能源公司')}承建", PLANT, "undertakenBy", FIRM)
    r.relation("西山储能电站落户水城区", STORAGE, "locatedIn", COUNTY)
    r.relation(f"推动{plant}建成投产", PLANT, "hasStatus", "completed", planned=True, year="2024")
    r.relation("西山储能电站年内投运", STORAGE, "hasStatus", "in_operation", planned=True, year="2024")
    r.relation(f"实施{names.get(PLAN, '幸福河行动')}", "", "implements", PLAN, planned=True, year="2024")
    r.relation("创建全国文明城市", "", "seeks", HONOUR, planned=True, year="2024")
    r.undertaking(f"推动{plant}建成投产", "推动", False, "energy", concerns=(PLANT,))
    r.undertaking(f"实施{names.get(PLAN, '幸福河行动')}", "实施", False, "environment", concerns=(PLAN,))
    r.undertaking("新建公办幼儿园3所", "新建", False, "education", item=1)
    r.undertaking("改造老旧小区40个", "改造", False, "housing", item=2)
    r.undertaking("城镇新增就业6.2万人", "新增", True, "employment")
    return r.done()


def read_2025(edition: Edition) -> Extraction:
    """What the sample of 2025 says."""
    r = Reader(edition, "2024")
    r.thing(COUNTY, code="520204", name="水城区")
    r.thing(PLANT, place=COUNTY)
    r.figure("地区生产总值", "1600亿元", "地区生产总值", concept="gdp")
    r.figure("地区生产总值", "5.1%", "1600亿元", measure="growth", concept="gdp")
    r.mark("2024", "time")
    r.relation("东山电厂二期工程建成投产", PLANT, "hasStatus", "completed")
    return r.done()


def metadata(year: int) -> Metadata:
    return Metadata(place="520200", place_name="六盘水市", plan_year=year, review_year=year - 1)


def sample_store(
    *, years: tuple[int, ...] = (2024,), names: dict[str, str] | None = None, hans: str = HANS_2024
) -> Store:
    """A store of the sample reports of ``years``, with ``names`` (key to name) in place of the sample's own."""
    names = names or {}
    called = {k: k.partition(":")[2] for k in (PLANT, STORAGE, FIRM, PLAN, HONOUR)}
    for key, name in names.items():
        hans = hans.replace(called[key], name)
    reports = []
    if 2024 in years:
        texts = [("a.zh-Hans.txt", hans), *([("a.zh-Hant.txt", HANT_2024)] if not names else [])]
        editions = [edition_of(text, document, metadata(2024)) for document, text in texts]
        reports.append(resolve_report(editions, [read_2024(e, names) for e in editions]))
    if 2025 in years:
        edition = edition_of(HANS_2025, "b.zh-Hans.txt", metadata(2025))
        reports.append(resolve_report([edition], [read_2025(edition)]))
    vocabulary = load()
    run = run_node(BASE, vocabulary.vocabulary_hash)
    store = Store()
    for report in reports:
        store.extend(quads(report_triples(report, vocabulary, BASE, run, {}), graph_name(BASE, report.path)))
    refresh(store, CONFIG)
    return store
