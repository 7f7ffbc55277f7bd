"""The site as files: every page there, every link leading somewhere, nothing asked of anybody, names as text."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from pyoxigraph import RdfFormat, Store, parse
from sample import BASE, CONFIG, FIRM, HOSTILE, PLANT, sample_store

from kg.building import build
from kg.cli import main
from kg.store import open_store
from kg.view import build_site
from kg.view.contents import Contents
from kg.view.render import render

PAGES = ("index", "graph", "indicators", "projects", "map", "things", "report/520200-2024", "report/520200-2025")


def soup(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text(encoding="utf-8"), "lxml")


def pages(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


def test_there_is_a_page_for_everything(contents: Contents, sample_site: Path) -> None:
    for name in PAGES:
        assert (sample_site / f"{name}.html").is_file(), name
    for thing in contents.things.values():
        for suffix in ("html", "ttl", "jsonld"):
            assert (sample_site / "thing" / f"{thing.slug}.{suffix}").is_file(), thing.names.zh
    assert (sample_site / "thing" / "indicator-gdp.html").is_file()
    assert (sample_site / "data" / "graph.ttl").stat().st_size > 10_000
    for licence in ("LICENSE", "NOTICE", "ORIGIN.md"):
        assert (sample_site / "assets/vendor/echarts" / licence).is_file()


def test_the_first_page_counts_what_is_named(contents: Contents, sample_site: Path) -> None:
    named = {m.thing for m in contents.mentions}
    assert named < contents.things.keys()  # places that others lie in are there too
    page = soup(sample_site / "index.html")
    by_type = {a["href"]: int(a.b.get_text()) for a in page.select('a[href^="things.html#"]') if a.b}
    for href, count in by_type.items():
        assert count == sum(f"things.html#{contents.things[iri].type}" == href for iri in named), href
    assert sum(by_type.values()) == len(named)


def test_every_link_leads_somewhere(sample_site: Path) -> None:
    anchors: dict[Path, set[str]] = {}

    def anchors_of(path: Path) -> set[str]:
        if path not in anchors:
            anchors[path] = {str(e["id"]) for e in soup(path).select("[id]")}
        return anchors[path]

    for page in pages(sample_site):
        for element in soup(page).select("[href], [src]"):
            link = str(element.get("href") or element.get("src"))
            parts = urlsplit(link)
            if parts.scheme == "data":
                continue
            assert not parts.scheme, f"{page.name}: {link}"
            assert not parts.netloc, f"{page.name}: {link}"
            target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
            assert target.is_file(), f"{page.name}: {link}"
            if parts.fragment and target.suffix == ".html" and target.name != "graph.html":
                assert parts.fragment in anchors_of(target), f"{page.name}: {link}"


def test_no_page_may_ask_another_host_for_anything(sample_site: Path) -> None:
    for page in pages(sample_site):
        html = soup(page)
        policy = str(html.select('meta[http-equiv="Content-Security-Policy"]')[0]["content"])
        assert policy.startswith("default-src 'none'; ")
        assert "unsafe" not in policy
        assert "http" not in policy
        assert "*" not in policy
        for element in html.find_all(True):
            assert not [a for a in element.attrs if a.startswith("on") or a == "style"], f"{page.name}: {element.name}"
        for script in html.select("script:not([src])"):
            assert script.get("type") == "application/json" or page.name == "graph.html", page.name


def test_the_graph_page_admits_exactly_its_own_scripts(sample_site: Path) -> None:
    text = (sample_site / "graph.html").read_text(encoding="utf-8")
    html = BeautifulSoup(text, "lxml")
    policy = str(html.select('meta[http-equiv="Content-Security-Policy"]')[0]["content"])
    allowed = set(re.findall(r"'sha256-([^']+)'", policy))
    bodies = [s.string or "" for s in html.select("script:not([type]), style")]
    assert {base64.b64encode(hashlib.sha256(b.encode()).digest()).decode() for b in bodies} == allowed
    assert not re.search(r"(?:src|href)=[\"']?(?:https?:)?//", text)
    assert "bootstrap" not in text.lower()
    assert "new vis.Network(" in text


def test_turtle_and_json_ld_beside_a_page_say_the_same(contents: Contents, sample_site: Path) -> None:
    plant = next(t for t in contents.things.values() if t.type == "project")
    stem = sample_site / "thing" / plant.slug
    turtle = set(parse(path=str(stem.with_suffix(".ttl")), format=RdfFormat.TURTLE))
    json_ld = set(parse(path=str(stem.with_suffix(".jsonld")), format=RdfFormat.JSON_LD))
    assert turtle == json_ld
    text = stem.with_suffix(".ttl").read_text(encoding="utf-8")
    assert '"东山电厂二期工程"@zh-hans' in text.lower()
    assert "66万千瓦" in text
    assert "TextQuoteSelector" in text


def test_what_an_earlier_site_left_is_removed_and_the_rest_is_kept(tmp_path: Path) -> None:
    store = sample_store()
    build_site(store, CONFIG, tmp_path)
    old = tmp_path / "thing" / "project-0000000000.html"
    old.write_text("old")
    own = tmp_path / "robots.txt"
    own.write_text("mine")
    before = {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file() and p != old}
    build_site(store, CONFIG, tmp_path)
    assert not old.exists()
    assert {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()} == before


def test_hostile_names_are_text_everywhere(hostile_site: Path) -> None:
    ours = {p.name for p in (hostile_site / "assets").rglob("*.js")}
    for page in pages(hostile_site):
        text = page.read_text(encoding="utf-8")
        html = BeautifulSoup(text, "lxml")
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", text), page.name
        for script in html.select("script"):
            source = str(script.get("src") or "")
            assert Path(source).name in ours or (not source and (script.get("type") or page.name == "graph.html")), (
                page.name
            )
        assert not html.select("img, iframe, object, embed, link[rel=import]"), page.name
        for element in html.find_all(True):
            for name, value in element.attrs.items():
                assert not name.startswith("on"), f"{page.name}: {name}"
                assert "javascript:" not in str(value).lower() or name not in ("href", "src", "action"), page.name
    assert HOSTILE[PLANT] in soup(hostile_site / "projects.html").get_text()
    assert HOSTILE[FIRM] in soup(hostile_site / "things.html").get_text()
    assert "evil�{{7*7}}行动" in soup(hostile_site / "things.html").get_text()
    graph = (hostile_site / "graph.html").read_text(encoding="utf-8")
    assert "<script>alert" not in graph
    assert graph.count("</script>") == len(BeautifulSoup(graph, "lxml").select("script"))


def test_a_hostile_text_goes_through_the_whole_program_as_text(tmp_path: Path) -> None:
    evil = "<script>alert(1)</script>"
    text = (
        "六盘水市2024年政府工作报告\n各位代表：\n现在，我代表市人民政府，向大会报告工作，请予审议。\n"
        "一、2023年政府工作回顾\n过去一年，地区生产总值增长5.2％。"
        f'深入实施“{evil}”行动，水城区“"onerror=alert(1)”产业园项目开工建设，投资20亿元。'
        "“javascript:alert(1)”专项行动取得实效。大力开展“\u202egnihton”工程。\n二、2024年重点任务\n"
        "今年，我们将实施“<img src=x>”行动，地区生产总值增长6％左右。\n谢谢大家！\n"
    )
    (tmp_path / "report.txt").write_text(text, encoding="utf-8")
    build([tmp_path / "report.txt"], tmp_path / "store", CONFIG)
    build_site(open_store(tmp_path / "store"), CONFIG, tmp_path / "site")
    report = soup(next((tmp_path / "site" / "report").glob("*.html")))
    assert evil in report.select("#text")[0].get_text()
    for page in pages(tmp_path / "site"):
        html = soup(page)
        assert not html.select("img, iframe"), page.name
        assert not [s for s in html.select("script:not([src]):not([type])") if page.name != "graph.html"], page.name
        raw = page.read_text(encoding="utf-8")
        assert evil not in raw, page.name
        assert "\u202e" not in raw, page.name


def test_the_commands_write_what_they_say(stored: Path, tmp_path: Path) -> None:
    runner = CliRunner()
    page = tmp_path / "deep" / "g.html"
    done = runner.invoke(main, ["--store", str(stored), "render", "-o", str(page), "--focus", "水城区"])
    assert done.exit_code == 0, done.output
    assert "水城区" in page.read_text(encoding="utf-8")
    done = runner.invoke(main, ["--store", str(stored), "render", "-o", "-", "--class", "project"])
    assert done.output.startswith("<!doctype html>")
    done = runner.invoke(main, ["--store", str(stored), "render", "--class", "castle"])
    assert done.exit_code == 2
    done = runner.invoke(main, ["--store", str(stored), "path", "水城区", "六盘水市"])
    assert done.exit_code == 0
    assert "水城区 — " in done.output


@pytest.mark.parametrize("top", [1, 5])
def test_a_cut_graph_says_so_in_its_data(two_years: Store, top: int) -> None:
    html = render(two_years, BASE, top=top)
    assert f'"cap":{top}' in html
    assert len(re.findall(r'"shape":', html)) == top
