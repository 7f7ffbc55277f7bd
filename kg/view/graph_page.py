"""The graph page: everything it needs in one file, as data for the script that stands in it.

Invariant: the page holds what the picture holds, no more; each quote is given once, as a span of a sentence.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from kg.view.contents import Contents, Figure, Link, Names, Quote, Said, StatusChange, Undertaking
from kg.view.network import Drawing, vis_script
from kg.view.page import asset, new_environment, script_json, trusted, with_policy
from kg.view.picture import HIDDEN_AT_FIRST, INDICATOR, TYPES, Picture, statements_about
from kg.view.pinyin import syllables

# How many of the sentences that name a thing go into the page; the thing's own page has all.
SENTENCES_EACH = 6
MEASURE = Names(
    "“重要性”＝提及该事物的句数＋关于它的陈述数（关系、状态、数据、承诺）。"
    "虚线表示两个名称在同一句中相邻出现，并非报告明言的关系。",
    "",
    "Weight is the number of sentences that name a thing plus the number of statements about it. "
    "Dotted lines join names that stand side by side in a sentence; no report states a relation there.",
)
NEAR = ("同句提及", "named side by side")
FIGURE = ("有数据", "has a figure of")


def pair(names: Names) -> list[str]:
    """[Chinese, English]."""
    return [names.zh, names.en or names.zh]


def graph_page(
    contents: Contents,
    picture: Picture,
    title: Names,
    *,
    site: bool = False,
    nav: list[dict[str, Any]] | None = None,
    top: int = 300,
) -> str:
    """The page's HTML. With ``site``, its links lead to the other pages of the site it stands in."""
    drawing = Drawing()
    slugs = {n.iri: n.slug for n in picture.nodes}
    at = dict(zip((n.iri for n in picture.nodes), picture.positions, strict=True))
    shown = set(picture.shown)
    for n in picture.nodes:
        if n.iri in shown:
            names = _names(contents, n.iri)
            drawing.node(
                n.slug,
                names.zh,
                contents.types[n.type].zh if n.type in contents.types else "指标",
                n.type,
                n.radius,
                at[n.iri],
            )
    for k, j in enumerate(picture.joins):
        if j.subject in shown and j.object in shown:
            drawing.edge(f"j{k}", slugs[j.subject], j.predicate, slugs[j.object])
    values = {
        "policy": "POLICY",
        "title": title,
        "home": "index.html" if site else "#",
        "nav": nav or [],
        "measure": MEASURE,
        "css": trusted(asset("base.css") + asset("graph.css")),
        "data": script_json(_data(contents, picture, site, top)),
        "page_js": trusted(asset("page.js")),
        "vis_js": trusted(vis_script()),
        "graph_js": trusted(asset("graph.js")),
    }
    return with_policy(drawing.html(new_environment(), "graph.html", values))


def _names(contents: Contents, iri: str) -> Names:
    return contents.things[iri].names if iri in contents.things else contents.indicators[iri].names


class _Sentences:
    """Sentences by number, each once, in order of first use."""

    def __init__(self, contents: Contents) -> None:
        self.contents = contents
        self.number: dict[str, int] = {}
        self.rows: list[list[Any]] = []
        self.first = {e.iri: i for i, r in enumerate(contents.reports) for e in r.editions[:1]}
        self.headings = {s.iri: s.title for e in contents.editions.values() for s in e.sections}
        self.starts = contents.sentences
        self.edition = {s.iri: e.iri for e in contents.editions.values() for s in e.sentences}

    def quote(self, q: Quote) -> list[int] | None:
        """[sentence, from, to] if the quote stands in the first edition of a report."""
        if q.edition not in self.first or q.sentence not in self.starts:
            return None
        s = self.starts[q.sentence]
        length = len(s.text)
        return [self.of(q.sentence), max(0, min(length, q.start - s.start)), max(0, min(length, q.end - s.start))]

    def of(self, iri: str) -> int:
        """The sentence's number."""
        if iri not in self.number:
            s = self.starts[iri]
            self.number[iri] = len(self.rows)
            self.rows.append([self.first[self.edition[iri]], s.start, s.text, self.headings.get(s.section, "")])
        return self.number[iri]

    def quotes(self, quotes: tuple[Quote, ...]) -> list[list[int]]:
        found = [x for q in quotes if (x := self.quote(q))]
        return found[:2]


def _data(contents: Contents, picture: Picture, site: bool, top: int) -> dict[str, Any]:
    index = {n.iri: i for i, n in enumerate(picture.nodes)}
    sentences = _Sentences(contents)
    about = statements_about(contents)
    order: dict[str, int] = {}
    said_of: list[tuple[Said, list[int]]] = []
    for n in picture.nodes:
        for s in about.get(n.iri, []):
            if s.iri not in order:
                order[s.iri] = len(said_of)
                said_of.append((s, []))
            said_of[order[s.iri]][1].append(index[n.iri])
    said_of = [(s, who) for s, who in said_of if not isinstance(s, Link) or (s.subject in index and s.object in index)]
    said = [_said(s, who, index, sentences) for s, who in said_of]
    numbered = {s.iri: i for i, (s, _) in enumerate(said_of)}
    naming: dict[str, list[list[int]]] = defaultdict(list)
    for m in contents.mentions:
        if (
            m.thing in index
            and len(naming[m.thing]) < SENTENCES_EACH
            and (q := sentences.quote(m.quote))
            and q[0] not in (x[0] for x in naming[m.thing])
        ):
            naming[m.thing].append(q)
    joins = []
    for j in picture.joins:
        if j.predicate == "near":
            evidence = [sentences.of(s) for s in j.said[:3]]
        else:
            evidence = [numbered[s] for s in j.said if s in numbered]
        joins.append([index[j.subject], index[j.object], j.predicate, evidence])
    nodes = []
    for n, at in zip(picture.nodes, picture.positions, strict=True):
        names = _names(contents, n.iri)
        thing = contents.things.get(n.iri)
        record: dict[str, Any] = {"i": n.slug, "t": n.type, "n": names.zh, "w": n.weight, "at": at, "r": n.radius}
        for key, value in (
            ("h", names.hant if names.hant != names.zh else ""),
            ("e", names.en),
            ("py", syllables(names.zh)),
            (
                "a",
                sorted({x for a in thing.aliases for x in (a.zh, a.hant) if x and x not in (names.zh, names.hant)})
                if thing
                else [],
            ),
            ("kd", pair(thing.kind.names) if thing and thing.kind else None),
            ("in", [pair(i.names) for i in thing.industries] if thing else []),
            ("county", n.counties),
            ("year", n.years),
            ("status", n.statuses),
            ("area", n.areas),
            ("se", naming.get(n.iri)),
        ):
            if value:
                record[key] = value
        nodes.append(record)
    counties = {t.slug: t.names for t in contents.things.values()}
    present = picture.nodes
    return {
        "site": {"thing": "thing/", "report": "report/"} if site else None,
        "file": "graph",
        "of": picture.of - sum(1 for n in present if n.type in _off(picture)),
        "cap": top,
        "off": _off(picture),
        "types": [[t, *pair(contents.types.get(t, Names("指标", "", "indicator")))] for t in TYPES],
        "predicates": _predicates(contents),
        "nodes": nodes,
        "joins": joins,
        "said": said,
        "sentences": sentences.rows,
        "reports": [
            [r.slug, r.title.zh, r.editions[0].language if r.editions else "zh-Hans"] for r in contents.reports
        ],
        "filters": {
            "county": ["县（区）", "County"],
            "year": ["年份", "Year"],
            "status": ["状态", "Status"],
            "area": ["政策领域", "Policy area"],
        },
        "county": [[c, *pair(counties[c])] for c in sorted({c for n in present for c in n.counties}) if c in counties],
        "year": [[y, y, y] for y in sorted({y for n in present for y in n.years})],
        "status": _options(contents, "project-status", {s for n in present for s in n.statuses}),
        "area": _options(contents, "policy-area", {a for n in present for a in n.areas}),
        "statusName": _labels(contents, "project-status"),
        "areaName": _labels(contents, "policy-area"),
        "figureStatus": _labels(contents, "status"),
        "measure": _labels(contents, "measure"),
    }


def _off(picture: Picture) -> list[str]:
    """The classes that are switched off at first: those of which the page holds some but draws none."""
    drawn = set(picture.shown)
    types = {n.type for n in picture.nodes}
    return [t for t in HIDDEN_AT_FIRST if t in types and not any(n.type == t and n.iri in drawn for n in picture.nodes)]


def _predicates(contents: Contents) -> dict[str, list[str]]:
    names = {
        p: pair(contents.predicates[p])
        for p in contents.predicates
        if any(link.predicate == p for link in contents.links)
    }
    # A relation no vocabulary labels shows its own name rather than nothing.
    names |= {
        link.predicate: [link.predicate, link.predicate] for link in contents.links if link.predicate not in names
    }
    return {
        **dict(sorted(names.items())),
        "inPlace": pair(contents.predicates.get("inPlace", Names("所在地方", "", "in place"))),
        "near": list(NEAR),
        "hasObservation": list(FIGURE),
    }


def _labels(contents: Contents, scheme: str) -> dict[str, list[str]]:
    return {c.notation: pair(c.names) for c in contents.concepts.values() if c.scheme == scheme and c.notation}


def _options(contents: Contents, scheme: str, used: set[str]) -> list[list[str]]:
    labels = _labels(contents, scheme)
    return [[u, *labels.get(u, [u, u])] for u in sorted(used)]


def _said(s: Said, who: list[int], index: dict[str, int], sentences: _Sentences) -> dict[str, Any]:
    record: dict[str, Any] = {"w": sorted(set(who)), "y": s.period, "q": sentences.quotes(s.quotes)}
    if isinstance(s, Link):
        record |= {"k": "l", "s": index[s.subject], "p": s.predicate, "o": index[s.object], "t": int(s.target)}
    elif isinstance(s, StatusChange):
        record |= {"k": "s", "v": s.status, "t": int(s.target)}
    elif isinstance(s, Figure):
        record |= {
            "k": "f",
            "a": [index[a] for a in s.about if a in index],
            "i": [index[i] for i in s.indicators if i in index],
            "ph": s.phrase.zh,
            "m": s.measure,
            "st": s.status,
            "b": s.bound,
            "tx": s.text.zh,
        }
    elif isinstance(s, Undertaking):
        record |= {"k": "u", "d": int(s.achieved), "v": s.verb.zh, "ob": s.object.zh, "ar": s.area, "dl": s.deadline}
    return record


__all__ = ["INDICATOR", "graph_page"]
