"""The whole site: static pages that work from a folder, from any web server, and without a network.

Invariant: every page carries a policy that admits nothing but the site's own files; a page is written only from what
the store holds; pages of an earlier site that are not written again are removed.
"""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from pyoxigraph import Store

from kg import __version__
from kg.auditing.audit import audit
from kg.config import Config
from kg.errors import StoreError
from kg.exporting import export
from kg.view.atlas import HEIGHT, MEASURES, WIDTH, atlas
from kg.view.board import areas, columns, livelihood
from kg.view.contents import Contents, Mention, Names, Report, read_contents
from kg.view.ego import WIDTH as EGO_WIDTH
from kg.view.ego import ego
from kg.view.figures_page import charts, comparison, figure_rows
from kg.view.graph_page import FIGURE, MEASURE, NEAR, graph_page
from kg.view.lines import Passage, Speaker
from kg.view.page import HERE, environment, script_json
from kg.view.picture import INDICATOR, TYPES, Join, Node, draw, joins_of, nodes_of, statements_about
from kg.view.pinyin import syllables
from kg.view.render import MOST, title_of
from kg.view.report_page import ReportView, view_report
from kg.view.spreadsheets import figures_csv, undertakings_csv
from kg.view.thing_page import as_rdf, described, view_thing

Progress = Callable[[str, int, int], None]
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'none'; "
    "base-uri 'none'; form-action 'none'; object-src 'none'"
)
NAV = (
    ("index", "首页", "Home"),
    ("graph", "图谱", "Graph"),
    ("report", "报告", "Reports"),
    ("indicators", "数据", "Figures"),
    ("projects", "项目与承诺", "Projects and promises"),
    ("map", "地图", "Map"),
    ("things", "索引", "Index"),
)
# What a page holds at most of one table; files beside it hold all.
LONGEST_TABLE = 2500
LONGEST_AREA = 200
# Folders of the site in which only this program writes.
OWN = ("thing", "report", "assets", "data")
ASSETS = ("base.css", "site.css", "page.js", "table.js", "report.js", "charts.js", "board.js", "map.js", "index.js")


def build_site(
    store: Store,
    config: Config,
    out: Path,
    *,
    boundaries: Path | None = None,
    top: int = 300,
    built: date | None = None,
    progress: Progress = lambda what, done, of: None,
) -> int:
    """Write the site of ``store`` into ``out``; the number of pages.

    ``boundaries`` is a GeoJSON file for the map; ``top`` how many things the graph page draws at first; ``built`` the
    day the store was built, if known.

    Raises:
        UsageError: the boundary file is not usable.
        StoreError: the folder cannot be written.

    """
    contents = read_contents(store, config.base)
    writer = _Writer(contents, config, store, out, built)
    try:
        return writer.write(boundaries, top, progress)
    except OSError as error:
        raise StoreError(
            f"{out}: the site cannot be written ({error.strerror or error}); choose another folder with -o."
        ) from None


class _Writer:
    """Writes one site. Holds what several pages need."""

    def __init__(self, contents: Contents, config: Config, store: Store, out: Path, built: date | None) -> None:
        self.contents, self.config, self.store, self.out, self.built = contents, config, store, out, built
        self.speaker = Speaker(contents)
        self.title = title_of(contents)
        self.written: set[Path] = set()
        self.pages = 0

    # -- files -----------------------------------------------------------------------------------------------------

    def _file(self, name: str, data: bytes) -> None:
        path = self.out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        self.written.add(path)

    def _page(self, name: str, template: str, current: str, title: Names, **values: Any) -> None:
        root = "../" * name.count("/")
        html = (
            environment()
            .get_template(template)
            .render(
                root=root,
                policy=POLICY,
                nav=self._nav(root, current),
                home=f"{root}index.html",
                title=title,
                site_title=self.title,
                config=self.config,
                version=__version__,
                **values,
            )
        )
        self._file(name, html.encode("utf-8"))
        self.pages += 1

    def _nav(self, root: str, current: str) -> list[dict[str, Any]]:
        hrefs = {
            "report": f"report/{self.contents.reports[0].slug}.html" if self.contents.reports else "index.html#reports"
        }
        if len(self.contents.reports) > 1:
            hrefs["report"] = "index.html#reports"
        return [
            {"href": root + hrefs.get(key, f"{key}.html"), "zh": zh, "en": en, "current": key == current}
            for key, zh, en in NAV
        ]

    # -- the site --------------------------------------------------------------------------------------------------

    def write(self, boundaries: Path | None, top: int, progress: Progress) -> int:
        contents, speaker = self.contents, self.speaker
        drawn = atlas(contents, speaker, boundaries)  # first: a bad boundary file must leave the old site as it was
        about = statements_about(contents)
        nodes, joins = nodes_of(contents), joins_of(contents)
        steps = len(nodes) + len(contents.reports) + 6
        done = 0

        def step() -> None:
            nonlocal done
            done += 1
            if done % 50 == 0 or done == steps:
                progress("rendering", done, steps)

        self._assets()
        picture = draw(contents, top=top, most=MOST)
        html = graph_page(contents, picture, self.title, site=True, nav=self._nav("", "graph"), top=top)
        self._file("graph.html", html.encode("utf-8"))
        self.pages += 1
        step()
        views = []
        for report in contents.reports:
            view = view_report(contents, report, speaker)
            views.append(view)
            self._page(
                f"report/{report.slug}.html",
                "report.html",
                "report",
                report.title,
                view=view,
                types=self._types(),
                place=speaker.ref(report.place),
            )
            step()
        self._figures()
        step()
        self._projects()
        step()
        self._page(
            "map.html",
            "map.html",
            "map",
            Names("地图", "", "Map"),
            atlas=drawn,
            measures=list(MEASURES.items()),
            width=WIDTH,
            height=HEIGHT,
            given=boundaries is not None,
        )
        step()
        for _ in self._things(about, nodes, joins):
            step()
        self._index(nodes)
        step()
        self._home(views)
        step()
        self._sweep()
        return self.pages

    def _assets(self) -> None:
        for name in ASSETS:
            self._file(f"assets/{name}", (HERE / "assets" / name).read_bytes())
        for path in sorted((HERE / "assets" / "vendor").rglob("*")):
            if path.is_file():
                self._file(
                    f"assets/vendor/{path.relative_to(HERE / 'assets' / 'vendor').as_posix()}", path.read_bytes()
                )
        data = self.out / "data" / "graph.ttl"
        data.parent.mkdir(parents=True, exist_ok=True)
        with data.open("wb") as stream:
            export(self.store, "turtle", stream, None, self.config.base)
        self.written.add(data)

    def _types(self) -> list[tuple[str, Names]]:
        return [(t, self.contents.types.get(t, Names("指标", "", "indicator"))) for t in TYPES]

    def _figures(self) -> None:
        rows = figure_rows(self.contents, self.speaker)
        self._file("data/figures.csv", figures_csv(self.contents, rows))
        compared = comparison(self.contents, self.speaker)
        self._page(
            "indicators.html",
            "indicators.html",
            "indicators",
            Names("数据与目标", "", "Figures and targets"),
            rows=compared[:LONGEST_TABLE],
            rows_of=len(compared),
            figures=rows[:LONGEST_TABLE],
            figures_of=len(rows),
            charts=script_json(charts(self.contents, self.speaker)),
            statuses=_distinct((r.figure.status, r.status) for r in rows),
            measures=_distinct((r.figure.measure, r.measure) for r in rows),
            many=len(self.contents.reports) > 1,
        )

    def _projects(self) -> None:
        contents, speaker = self.contents, self.speaker
        self._file("data/promises.csv", undertakings_csv(contents, speaker))
        items = livelihood(contents, speaker)
        self._page(
            "projects.html",
            "projects.html",
            "projects",
            Names("项目与承诺", "", "Projects and promises"),
            columns=columns(contents, speaker),
            promises=areas(contents, speaker, False),
            done=areas(contents, speaker, True),
            items=[
                (title, [i for i in items if i.report == title]) for title in dict.fromkeys(i.report for i in items)
            ],
            most=LONGEST_AREA,
            many=len(contents.reports) > 1,
        )

    def _things(self, about: dict[str, Any], nodes: dict[str, Node], joins: tuple[Join, ...]) -> Iterator[None]:
        """Write the pages of all things, one at each step."""
        contents, speaker = self.contents, self.speaker
        refs = {iri: r for iri in nodes if (r := speaker.ref(iri))}
        beside: dict[str, list[Join]] = defaultdict(list)
        for j in joins:
            beside[j.subject].append(j)
            beside[j.object].append(j)
        labels = {
            **contents.predicates,
            "near": Names(NEAR[0], "", NEAR[1]),
            "hasObservation": Names(FIGURE[0], "", FIGURE[1]),
        }
        named: dict[str, list[Mention]] = defaultdict(list)
        first = {e.iri for r in contents.reports for e in r.editions[:1]}
        for m in contents.mentions:
            if m.quote.edition in first:
                named[m.thing].append(m)
        for iri, node in sorted(nodes.items()):
            thing = contents.things.get(iri) or contents.indicators[iri]
            said = about.get(iri, [])
            mentions = _passages(speaker, named.get(iri, []))
            view = view_thing(
                contents,
                speaker,
                thing,
                node.slug,
                node.type,
                said,
                mentions,
                ego(iri, beside.get(iri, []), refs, nodes, labels),
            )
            self._page(
                f"thing/{node.slug}.html",
                "thing.html",
                "things",
                thing.names,
                view=view,
                size=(EGO_WIDTH, view.ego.height),
            )
            for suffix, data in as_rdf(described(self.store, iri, said), self.config.base).items():
                self._file(f"thing/{node.slug}.{suffix}", data)
            yield

    def _index(self, nodes: dict[str, Node]) -> None:
        groups = []
        for kind, names in self._types():
            members = sorted((n for n in nodes.values() if n.type == kind), key=lambda n: (-n.weight, n.slug))
            entries = [(r, n.weight, self._search(n.iri)) for n in members if (r := self.speaker.ref(n.iri))]
            if entries:
                groups.append((kind, names, entries))
        self._page("things.html", "things.html", "things", Names("索引", "", "Index"), groups=groups, measure=MEASURE)

    def _search(self, iri: str) -> str:
        thing = self.contents.things.get(iri)
        names = thing.names if thing else self.contents.indicators[iri].names
        others = [x for a in thing.aliases for x in (a.zh, a.hant)] if thing else []
        pinyin = syllables(names.zh)
        words = [names.hant, names.en, *others, pinyin.replace(" ", ""), "".join(s[0] for s in pinyin.split())]
        return " ".join(dict.fromkeys(w.lower() for w in words if w and w != names.zh))

    def _home(self, views: list[ReportView]) -> None:
        contents = self.contents
        # Places that others lie in are in the graph though nobody names them
        named = {m.thing for m in contents.mentions} & contents.things.keys()
        found = audit(self.store)
        numbers = sum(s.numbers for s in found.sections)
        clauses = sum(s.clauses for s in found.sections)
        read = sum(s.clauses_understood for s in found.sections)
        counts = [
            (Names("事物", "", "named things"), len(named), "things.html"),
            (Names("数据", "", "figures"), len(contents.figures), "indicators.html"),
            (
                Names("关系与状态", "", "relations and statuses"),
                len(contents.links) + len(contents.statuses),
                "graph.html",
            ),
            (
                Names("承诺", "", "promises"),
                sum(not u.achieved for u in contents.undertakings),
                "projects.html#promises",
            ),
            (
                Names("已完成事项", "", "things done"),
                sum(u.achieved for u in contents.undertakings),
                "projects.html#done",
            ),
            (Names("三元组", "", "triples"), contents.statements, "data/graph.ttl"),
        ]
        self._page(
            "index.html",
            "home.html",
            "index",
            self.title,
            reports=[(r, self._documents(r)) for r in contents.reports],
            counts=counts,
            numbers=numbers,
            missed=found.missed,
            clauses=clauses,
            read=read,
            linked=found.linked,
            observations=found.observations,
            unplaced=found.unplaced,
            differences=[(v.report, d) for v in views for d in v.differences],
            findings=contents.findings,
            set_aside=contents.set_aside,
            built=self.built,
            built_by=contents.version,
            by_type=[
                (kind, names, sum(contents.things[iri].type == kind for iri in named))
                for kind, names in self._types()
                if kind != INDICATOR
            ],
        )

    def _documents(self, report: Report) -> list[dict[str, Any]]:
        return [
            {
                "name": e.document,
                "language": Names("简体", "", "Simplified")
                if e.language == "zh-Hans"
                else Names("繁体", "", "Traditional"),
                "characters": e.characters,
                "sha256": e.sha256,
            }
            for e in report.editions
        ]

    def _sweep(self) -> None:
        """Remove what an earlier site left in the folders that are ours."""
        for folder in OWN:
            for path in sorted((self.out / folder).rglob("*"), reverse=True):
                if path.is_file() and path not in self.written:
                    path.unlink()
                elif path.is_dir() and not any(path.iterdir()):
                    shutil.rmtree(path)


def _distinct(pairs: Iterator[tuple[str, Names]]) -> list[tuple[str, Names]]:
    return sorted(dict(pairs).items())


def _passages(speaker: Speaker, mentions: list[Mention]) -> list[Passage]:
    seen: dict[str, Mention] = {}
    for m in mentions:
        seen.setdefault(m.quote.sentence, m)
    return [p for m in seen.values() if (p := speaker.passage(m.quote))]
