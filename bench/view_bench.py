"""How fast pages are: layout, the graph page in headless Chromium, panning, and the site of the seed.

Run alone with ``python -m bench.view_bench [--json FILE]``. ``measure()`` gives rows of (what, value, unit, budget); a
budget is what the project promises on two cores, None where it promises nothing. A machine under load is slower.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from kg.view.contents import Contents, Edition, Link, Mention, Names, Quote, Report, Sentence, Thing
from kg.view.graph_page import graph_page
from kg.view.layout import Edge, layout
from kg.view.picture import TYPES, draw

Row = tuple[str, float, str, float | None]
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
ROOT = Path(__file__).resolve().parents[1]


def synthetic(count: int) -> Contents:
    """A report of ``count`` things around a few hubs, as real ones are, each named in a sentence of its own."""
    chance = random.Random(7)
    base, report = "https://example.org/id/", "https://example.org/id/report/520200/2024"
    edition = f"{report}/edition/0"
    words = "山水城安平东南西北新电铁能煤化工园区项目中心示范行动"
    sentences, mentions, things = [], [], {}
    for i in range(count):
        name = "".join(chance.choice(words) for _ in range(chance.randint(3, 14))) + str(i)
        iri = f"{base}thing/{i}"
        kind = TYPES[i % 11]
        things[iri] = Thing(
            iri, f"{kind}-{i:010x}", kind, Names(name, name), (), None, "", (), (), (), ("", ""), None, ""
        )
        sentence = Sentence(
            f"{edition}/sentence/{i}", i * 60, i * 60 + 50, f"推进{name}建设，完成投资{i}亿元。", "", "plan"
        )
        sentences.append(sentence)
        mentions.append(Mention(iri, Quote(edition, i * 60 + 2, i * 60 + 2 + len(name), sentence.iri), name))
    links = []
    for i in range(1, count):
        for other in (
            {int(chance.random() ** 2.2 * i), chance.randrange(i)} if i % 2 else {int(chance.random() ** 2.2 * i)}
        ):
            quote = Quote(edition, i * 60, i * 60 + 20, sentences[i].iri)
            claim = f"{report}/claim/{i}-{other}"
            ends = (f"{base}thing/{i}", "locatedIn", f"{base}thing/{other}")
            links.append(Link(claim, report, "plan", "2024", "", "", (quote,), *ends, False))
    text = Edition(edition, report, "zh-Hans", "a.txt", "0" * 64, count * 60, (), tuple(sentences))
    title = Names("某市2024年政府工作报告", "", "A report")
    reports = (Report(report, "520200-2024", f"{base}thing/0", "2023", "2024", title, "", "", "", (text,)),)
    return Contents(
        base, reports, things, {}, {}, {}, {"locatedIn": Names("位于", "", "located in")}, tuple(links), (), (), (),
        tuple(mentions), (), (), (), (), "", 0, {edition: text}, {s.iri: s for s in sentences},
    )  # fmt: skip


def tree(count: int) -> list[Edge]:
    """Edges like those of a real graph: a tree with hubs and half as many others."""
    chance = random.Random(1)
    hubs = [(i, int(chance.random() ** 2 * i), 1.0) for i in range(1, count)]
    return [*hubs, *((chance.randrange(count), chance.randrange(count), 0.35) for _ in range(count // 2))]


def measure_layout() -> list[Row]:
    """Seconds to lay out graphs of three sizes."""
    rows: list[Row] = []
    for count, budget in ((300, None), (1000, None), (3000, 10.0)):
        edges = tree(count)
        start = time.perf_counter()
        layout(count, edges, [8.0] * count, [0] * count)
        rows.append((f"layout of {count} things", time.perf_counter() - start, "s", budget))
    return rows


def _chromium() -> str | None:
    return next((p for n in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(n))), None)


_FRAMES = """() => {
  window.gaps = []; let last = 0;
  const tick = now => { if (last) window.gaps.push(now - last); last = now; requestAnimationFrame(tick); };
  requestAnimationFrame(tick);
}"""


def _pan(page: Any) -> list[float]:
    """Milliseconds between frames while the drawing is dragged about for two seconds."""
    page.evaluate(_FRAMES)
    before = page.evaluate("network.getViewPosition()")
    page.mouse.move(700, 130)
    page.mouse.down()
    began = time.perf_counter()
    while (t := time.perf_counter() - began) < 2:
        page.mouse.move(700 + 250 * math.sin(t * 6), 130 + 120 * math.sin(t * 4))
    gaps: list[float] = page.evaluate("window.gaps")
    if page.evaluate("network.getViewPosition()") == before:
        raise RuntimeError("the drawing was not moved: something else lies where it is dragged")
    page.mouse.up()
    return gaps


def measure_pages() -> list[Row]:
    """Seconds until the graph page answers, and frames while it is moved, in headless Chromium."""
    found = _chromium()
    if found is None:
        print("view: no Chromium found, pages are not measured", file=sys.stderr)  # noqa: T201
        return []
    from playwright.sync_api import sync_playwright

    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        for count, budget in ((300, 2.0), (1000, 4.0)):
            file = Path(folder) / f"{count}.html"
            contents = synthetic(count)
            html = graph_page(contents, draw(contents, top=count), contents.reports[0].title, top=count)
            file.write_text(html, encoding="utf-8")
            times: list[float] = []
            gaps: list[float] = []
            for _ in range(3):
                page = browser.new_page(viewport={"width": 1440, "height": 900})
                page.goto(file.as_uri())
                page.wait_for_selector("html[data-ready=graph]", state="attached", timeout=60_000)
                times.append(page.evaluate(_ANSWERS) / 1000)
                if not gaps:
                    gaps = _pan(page)
                page.close()
            rows += [
                (f"graph page of {count} things answers after", statistics.median(times), "s", budget),
                (f"frames while panning {count} things", 1000 / statistics.median(gaps), "per s", None),
                (f"slowest of 20 frames at {count} things", sorted(gaps)[int(len(gaps) * 0.95)], "ms", None),
                (f"graph page of {count} things", len(html.encode()) / 1024, "kB", None),
            ]
        browser.close()
    return rows


# A press of a key is answered when the page has drawn what it asks for.
_ANSWERS = """() => new Promise(done => {
  const ready = performance.getEntriesByName('graph-ready')[0].startTime, asked = performance.now();
  network.once('afterDrawing', () => done(ready + performance.now() - asked));
  network.redraw();
})"""


def measure_site() -> list[Row]:
    """Seconds for all pages of the seed."""
    from kg.building import build
    from kg.config import Config
    from kg.store import open_store
    from kg.view import build_site, render

    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store"
        build([ROOT / "seeds"], store, Config(), jobs=1)
        opened: Any = open_store(store)
        start = time.perf_counter()
        render(opened, Config().base)
        rendered = time.perf_counter() - start
        start = time.perf_counter()
        pages = build_site(opened, Config(), Path(folder) / "site")
        took = time.perf_counter() - start
    return [("kg render of the seed", rendered, "s", None), (f"kg site of the seed ({pages} pages)", took, "s", 30.0)]


def measure() -> list[Row]:
    """All rows."""
    return [*measure_layout(), *measure_pages(), *measure_site()]


def main() -> int:
    """Print the rows, and write them as JSON if asked; 1 if a budget is passed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", type=Path, help="file to write the figures to")
    options = parser.parse_args()
    rows = measure()
    if options.json:
        figures = [{"what": w, "value": round(v, 3), "unit": u, "budget": b} for w, v, u, b in rows]
        options.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")
    for what, value, unit, budget in rows:
        promised = "" if budget is None else f"   (promised: {budget:g} {unit}{'' if value <= budget else ', PASSED'})"
        print(f"{what:45} {value:9.2f} {unit}{promised}")  # noqa: T201
    return int(any(budget is not None and value > budget for _, value, _, budget in rows))


if __name__ == "__main__":
    raise SystemExit(main())
