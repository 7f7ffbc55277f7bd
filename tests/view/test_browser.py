"""The pages in a real browser: search, filter, open, grow, paths, editions, tables, keyboard; no error and no request.

Everything a page asks for and every word on its console is gathered; a test that leaves any fails.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from pyoxigraph import Store
from sample import BASE

from kg.cli import main
from kg.view import render

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

Open = Callable[..., "Page"]


@pytest.fixture
def show(browser: Browser) -> Iterator[Open]:
    """Open a page; at the end nothing may have gone wrong in it."""
    troubles: list[str] = []
    contexts = []

    def opened(
        path: Path, fragment: str = "", *, width: int = 1280, height: int = 800, locale: str = "zh-CN", **options: Any
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height}, locale=locale, accept_downloads=True, **options
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(8000)
        page.on("console", lambda m: troubles.append(f"{m.type}: {m.text}") if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda e: troubles.append(str(e)))
        page.on("dialog", lambda d: troubles.append(f"dialog: {d.message}"))
        page.on("request", lambda r: None if r.url.startswith(("file:", "data:", "blob:")) else troubles.append(r.url))
        page.goto(path.as_uri() + fragment)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert troubles == []


@pytest.fixture(scope="session")
def seed_site(seed_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the seed, as ``kg site`` writes it."""
    out = tmp_path_factory.mktemp("seed-site") / "site"
    done = CliRunner().invoke(main, ["--store", str(seed_store), "-q", "site", "-o", str(out)])
    assert done.exit_code == 0, done.output
    return out


def ready(page: Page, what: str) -> Page:
    page.wait_for_selector(f"html[data-ready={what}]", state="attached")
    return page


def drawn(page: Page) -> set[str]:
    """The names the graph shows."""
    return set(page.evaluate("nodes.get().map(n => n.label)"))


def search(page: Page, text: str) -> list[str]:
    page.fill("#find", text)
    return page.locator("#found li bdi").all_inner_texts()


def select(page: Page, name: str) -> None:
    search(page, name)
    page.press("#find", "Enter")
    page.wait_for_selector(f"#panel h2:has-text('{name}')")


# -- the graph --------------------------------------------------------------------------------------------------------


def test_search_in_characters_pinyin_and_initials(sample_site: Path, show: Open) -> None:
    page = ready(show(sample_site / "graph.html"), "graph")
    assert search(page, "电厂")[0] == "东山电厂二期工程"
    assert search(page, "dongshandianchang")[0] == "东山电厂二期工程"
    assert search(page, "dsdc")[0] == "东山电厂二期工程"
    assert search(page, "東山電廠")[0] == "东山电厂二期工程"
    assert search(page, "没有这个") == []
    assert page.locator("#found .none").count() == 1


def test_the_legend_filters_and_counts(sample_site: Path, show: Open) -> None:
    page = ready(show(sample_site / "graph.html"), "graph")
    before = drawn(page)
    assert "东山电厂二期工程" in before
    page.click("#types li[data-key=project] label")
    assert before - drawn(page) == {"东山电厂二期工程"}
    assert page.inner_text("#types li[data-key=project] .n") == "0 / 1"
    page.click("#clear")
    assert drawn(page) == before


def test_filters_by_county_year_status_and_area(sample_site: Path, show: Open) -> None:
    page = ready(show(sample_site / "graph.html"), "graph")
    page.select_option("#f-county", "place-520204")
    assert drawn(page) == {"水城区", "东山电厂二期工程", "西山储能电站"}
    page.select_option("#f-status", "started")
    assert drawn(page) == {"东山电厂二期工程"}
    page.select_option("#f-county", "")
    page.select_option("#f-status", "")
    page.select_option("#f-area", "environment")
    assert drawn(page) == {"幸福河行动"}
    assert "显示 1 / " in page.inner_text("#count")


def test_a_click_opens_what_is_said_with_quotes_that_lead_to_the_report(sample_site: Path, show: Open) -> None:
    page = ready(show(sample_site / "graph.html"), "graph")
    slug = page.evaluate("nodes.get().find(n => n.label === '东山电厂二期工程').id")
    at = page.evaluate("id => network.canvasToDOM(network.getPositions([id])[id])", slug)
    box = page.locator("#mynetwork").bounding_box()
    assert box
    page.mouse.click(box["x"] + at["x"], box["y"] + at["y"])
    page.wait_for_selector("#panel h2:has-text('东山电厂二期工程')")
    panel = page.inner_text("#panel")
    for words in ("开工", "建成", "66万千瓦", "20亿元", "东山能源公司", "水城区", "计划", "电力、热力生产和供应业"):
        assert words in panel, words
    page.locator("#panel details summary").first.click()
    assert page.locator("#panel blockquote").first.is_visible()
    page.locator("#panel blockquote .src a").first.click()
    ready(page, "report")
    assert page.locator(".s.now").count() == 1
    assert "东山电厂二期工程" in page.inner_text("#facts")


def test_growing_hiding_pinning_and_back(two_years: Store, show: Open, tmp_path: Path) -> None:
    file = tmp_path / "graph.html"
    file.write_text(render(two_years, BASE, top=2), encoding="utf-8")
    page = ready(show(file), "graph")
    first = drawn(page)
    assert len(first) == 2
    select(page, "东山电厂二期工程")
    assert "东山电厂二期工程" in drawn(page)
    page.click("#act-grow")
    grown = drawn(page)
    assert {"东山能源公司", "水城区"} <= grown
    page.click("#act-hide")
    assert drawn(page) == grown - {"东山电厂二期工程"}
    page.click("#back")
    page.wait_for_function("nodes.get().some(n => n.label === '东山电厂二期工程')")
    assert drawn(page) == grown
    page.click("#act-pin")
    assert "pin=" in page.url
    page.go_back()
    page.wait_for_function("!location.hash.includes('pin=')")


def test_a_double_click_grows_the_neighbourhood(two_years: Store, show: Open, tmp_path: Path) -> None:
    file = tmp_path / "graph.html"
    file.write_text(render(two_years, BASE, top=3), encoding="utf-8")
    page = ready(show(file), "graph")
    before = drawn(page)
    slug = page.evaluate("nodes.get().find(n => n.label === '六盘水市').id")
    at = page.evaluate("id => network.canvasToDOM(network.getPositions([id])[id])", slug)
    box = page.locator("#mynetwork").bounding_box()
    assert box
    page.mouse.dblclick(box["x"] + at["x"], box["y"] + at["y"])
    page.wait_for_function(f"nodes.length > {len(before)}")
    assert "全国文明城市" in drawn(page)


def test_paths_between_two_things(sample_site: Path, show: Open) -> None:
    page = ready(show(sample_site / "graph.html"), "graph")
    page.click("#path")
    page.fill("#p-from", "东山能源")
    page.press("#p-from", "Enter")
    page.fill("#p-to", "scq")
    page.press("#p-to", "Enter")
    page.wait_for_selector("#panel .ways li")
    stops = page.locator("#panel .ways > li").first.locator(".stop").all_inner_texts()
    assert [s.strip() for s in stops] == ["东山能源公司", "东山电厂二期工程", "水城区"]
    assert "from=" in page.url
    again = ready(show(sample_site / "graph.html", "#" + page.url.split("#")[1]), "graph")
    assert again.locator("#panel .ways .stop").count() == 3 * again.locator("#panel .ways > li").count()


def test_a_view_can_be_sent_as_an_address(sample_site: Path, show: Open) -> None:
    page = ready(show(sample_site / "graph.html"), "graph")
    page.select_option("#f-county", "place-520204")
    select(page, "西山储能电站")
    page.click("#labels")
    fragment = "#" + page.url.split("#")[1]
    other = ready(show(sample_site / "graph.html", fragment), "graph")
    assert drawn(other) == drawn(page)
    assert "西山储能电站" in other.inner_text("#panel h2")
    assert other.get_attribute("#labels", "aria-pressed") == "true"
    broken = ready(
        show(sample_site / "graph.html", "#sel=%E0%A4%A&view=a,b&pin=x:1:2&off=castle&add=__proto__"), "graph"
    )
    assert len(drawn(broken)) > 3


def test_saving_the_picture(sample_site: Path, show: Open) -> None:
    page = ready(show(sample_site / "graph.html"), "graph")
    with page.expect_download() as svg:
        page.click("#svg")
    text = Path(svg.value.path()).read_text(encoding="utf-8")
    assert text.startswith("<svg")
    assert "东山电厂二期工程" in text
    with page.expect_download() as png:
        page.click("#png")
    assert Path(png.value.path()).read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"


def test_the_graph_with_the_keyboard_alone(sample_site: Path, show: Open) -> None:
    page = ready(show(sample_site / "graph.html"), "graph")
    page.keyboard.press("/")
    page.keyboard.type("xscn")
    page.keyboard.press("Enter")
    page.wait_for_selector("#panel h2:has-text('西山储能电站')")
    assert page.evaluate("document.activeElement.textContent") == "西山储能电站"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "mynetwork"
    page.keyboard.press("ArrowUp")
    page.wait_for_selector("#panel:not([hidden]) h2")
    chosen = page.inner_text("#panel h2")
    for key in ("ArrowDown", "ArrowLeft", "ArrowRight", "ArrowUp"):
        page.keyboard.press(key)
    assert page.inner_text("#spoken") != ""
    page.keyboard.press("h")
    assert page.inner_text("#count").startswith("显示")
    page.keyboard.press("Backspace")
    page.wait_for_function("name => nodes.get().some(n => n.label === name)", arg=chosen)
    page.keyboard.press("?")
    assert page.locator("#helps").is_visible()
    page.keyboard.press("Escape")
    # Everything that can be pressed can be reached and has a name.
    unnamed = page.evaluate(
        "[...document.querySelectorAll('button, a, input, select')].filter(e => !(e.textContent.trim() ||"
        " e.getAttribute('aria-label') || (e.labels && e.labels.length) || e.id === 'find')).map(e => e.outerHTML)"
    )
    assert unnamed == []


def test_language_and_theme(sample_site: Path, show: Open) -> None:
    page = ready(show(sample_site / "graph.html", locale="en-US", color_scheme="dark"), "graph")
    assert "Showing" in page.inner_text("#count")
    assert page.evaluate("document.documentElement.lang") == "en"
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.click("[data-switch=language]")
    assert "显示" in page.inner_text("#count")
    page.click("[data-switch=theme]")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != dark


# -- the other pages --------------------------------------------------------------------------------------------------


def test_editions_can_be_switched_and_laid_side_by_side(sample_site: Path, show: Open) -> None:
    page = ready(show(sample_site / "report/520200-2024.html"), "report")
    text = page.locator("#text")
    assert "东山电厂二期工程" in text.inner_text()
    assert "東山電廠二期工程" not in text.inner_text()
    page.click("#controls [data-view='1']")
    assert "東山電廠二期工程" in text.inner_text()
    assert "东山电厂二期工程" not in text.inner_text()
    page.click("#controls [data-view=both]")
    assert "東山電廠二期工程" in text.inner_text()
    assert "东山电厂二期工程" in text.inner_text()
    row = page.locator(".row", has=page.locator(".c0 p")).nth(1)
    left, right = row.locator(".c0").bounding_box(), row.locator(".c1").bounding_box()
    assert left
    assert right
    assert abs(left["y"] - right["y"]) < 2
    assert right["x"] > left["x"] + left["width"]
    assert page.locator("#text .differs").first.is_visible()


def test_a_sentence_shows_its_facts_and_a_fact_leads_to_its_sentence(sample_site: Path, show: Open) -> None:
    page = ready(show(sample_site / "report/520200-2024.html"), "report")
    sentence = page.locator(".c0 .s.has", has_text="装机容量")
    sentence.locator(".fn").click()
    facts = page.inner_text("#facts")
    assert "66万千瓦" in facts
    assert "东山能源公司" in facts
    page.locator("#facts a.ref", has_text="东山能源公司").first.click()
    page.wait_for_selector("body.thing h1:has-text('东山能源公司')")
    page.locator("blockquote .src a").last.click()
    ready(page, "report")
    assert page.locator(".s.now").count() == 1
    assert "东山能源公司" in page.inner_text(".s.now")


def test_marks_can_be_switched_off(sample_site: Path, show: Open) -> None:
    page = ready(show(sample_site / "report/520200-2024.html"), "report")
    grey = "getComputedStyle(document.querySelector('.c0 p > .s .unread')).color"
    plain = "getComputedStyle(document.querySelector('#text')).color"
    assert page.evaluate(grey) != page.evaluate(plain)
    page.uncheck("[data-toggle=unread]")
    assert page.evaluate(grey) == page.evaluate(plain)


def test_charts_and_tables(sample_site: Path, show: Open) -> None:
    page = ready(show(sample_site / "indicators.html"), "charts")
    page.select_option("#which", "1")
    shown = page.locator(".chart:not([hidden])")
    assert shown.count() == 5
    for i in range(shown.count()):
        box = shown.nth(i).locator("canvas").bounding_box()
        assert box
        assert box["width"] > 200
    rows = page.locator("#t-all tbody tr:not([hidden])")
    everything = rows.count()
    page.select_option("[data-table=t-all] [data-by=status]", "target")
    assert 0 < rows.count() < everything
    page.fill("[data-table=t-all] [data-filter]", "就业")
    assert rows.count() == 1
    page.fill("[data-table=t-all] [data-filter]", "")
    page.select_option("[data-table=t-all] [data-by=status]", "")
    page.click("#t-all th:has-text('数值') button")
    values = [
        float(v) for v in page.eval_on_selector_all("#t-all tbody td[data-sort]", "c => c.map(x => x.dataset.sort)")
    ]
    assert values == sorted(values, reverse=True)
    with page.expect_download() as csv:
        page.click("[data-table=t-compare] [data-csv]")
    text = Path(csv.value.path()).read_bytes()
    assert text.startswith(b"\xef\xbb\xbf")
    assert "地区生产总值" in text.decode()
    assert "≈ 5.5%" in text.decode()


def test_the_board_by_status_and_by_county(sample_site: Path, show: Open) -> None:
    page = ready(show(sample_site / "projects.html"), "board")
    assert "建成" in page.locator(".column", has_text="东山电厂二期工程").locator("h3").inner_text()
    page.click("[data-group=county]")
    assert page.locator(".column").count() == 1
    assert "水城区" in page.inner_text(".column h3")
    page.fill("#q", "储能")
    assert page.locator(".card:visible").count() == 1
    assert page.locator("#livelihood .items > li").count() == 2


def test_the_map_changes_what_size_means(sample_site: Path, show: Open) -> None:
    page = ready(show(sample_site / "map.html"), "map")
    county = page.locator(".pt", has_text="水城区")
    assert county.locator("text.v").text_content() == "2"
    page.click("[data-measure='1']")
    assert county.locator("text.v").text_content() == "66"
    page.click("[data-zoom=in]")
    assert page.get_attribute("#map", "viewBox") != "0 0 1000 680"


def test_the_index_is_searched_in_pinyin(sample_site: Path, show: Open) -> None:
    page = ready(show(sample_site / "things.html"), "index")
    page.fill("#q", "xfhxd")
    assert page.locator("ul.index li:visible a").all_inner_texts() == ["幸福河行动"]


@pytest.mark.parametrize("width", [390, 1280])
def test_no_page_is_wider_than_its_window(seed_site: Path, show: Open, width: int) -> None:
    things = sorted((seed_site / "thing").glob("*.html"))
    biggest = max(things, key=lambda p: p.stat().st_size)
    for path in [*sorted(seed_site.glob("*.html")), *sorted((seed_site / "report").glob("*.html")), biggest, things[0]]:
        page = show(path, width=width, height=800)
        page.wait_for_load_state("load")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path.name


def test_the_seeds_graph_is_searched_and_opened(seed_site: Path, show: Open) -> None:
    page = ready(show(seed_site / "graph.html"), "graph")
    assert search(page, "lpss")[0] == "六盘水市"
    select(page, "水城区")
    assert page.locator("#panel .says li").count() > 2
    assert page.evaluate("performance.getEntriesByName('graph-ready')[0].startTime") < 15000
    moved = page.evaluate(
        "nodes.get().some(n => { const p = network.getPositions([n.id])[n.id]; return p.x !== n.x || p.y !== n.y })"
    )
    assert not moved


def test_a_hostile_report_does_nothing(hostile_site: Path, show: Open) -> None:
    page = ready(show(hostile_site / "graph.html"), "graph")
    assert '<script>alert("电厂")</script>' in drawn(page)
    page.fill("#find", "<script>")
    page.press("#find", "Enter")
    page.wait_for_selector("#panel h2:has-text('<script>')")
    page.click("#fit")
    page.wait_for_timeout(600)
    slug = page.evaluate("network.getSelectedNodes()[0]")
    at = page.evaluate("id => network.canvasToDOM(network.getPositions([id])[id])", slug)
    box = page.locator("#mynetwork").bounding_box()
    assert box
    page.mouse.move(box["x"] + at["x"] - 60, box["y"] + at["y"])
    page.mouse.move(box["x"] + at["x"], box["y"] + at["y"], steps=4)
    page.wait_for_selector(".vis-tooltip:has-text('<script>')")
    for path in sorted(hostile_site.rglob("*.html")):
        if path.name != "graph.html" and not path.name.startswith("indicator-"):
            other = show(path)
            other.wait_for_load_state("load")
            assert other.locator("img, iframe").count() == 0
            assert other.evaluate("document.querySelectorAll('script:not([src]):not([type])').length") == 0
