"""The editor in a real browser: it asks nobody but the service, completes, shows examples, and quotes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from served import Running

import kg.serving

EDITOR = Path(kg.serving.__file__).parent / "static" / "editor"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("no Chromium on this machine (apt-get install chromium)")
    with playwright.sync_playwright() as engine:
        one = engine.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield one
        one.close()


@pytest.mark.skipif(not (EDITOR / "yasgui.min.js").is_file(), reason="the editor is not built (python hatch_build.py)")
def test_the_editor_asks_completes_and_quotes(service: Running, browser: Any) -> None:
    page = browser.new_page(locale="zh-CN")
    asked: list[str] = []
    trouble: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: trouble.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.goto(f"{service.url}/editor")
    page.wait_for_selector("html[data-ready]", timeout=20_000)

    page.wait_for_timeout(500)  # the editor checks what is written a moment later
    assert page.locator(".parseErrorIcon").count() == 0  # the first query is not marked as wrong

    examples = page.locator("#examples button")
    assert examples.count() >= 5
    assert examples.first.locator("small").inner_text()

    query = "SELECT ?p ?name WHERE { ?p a bg:Project ; skos:prefLabel ?name }"
    page.evaluate("query => { yasgui.getTab().setQuery(query) }", query)
    page.locator(".yasqe_queryButton:visible").click()
    link = page.locator("a.ours").first
    link.wait_for(timeout=20_000)
    assert link.get_attribute("href").startswith("/page?iri=")
    link.click()
    page.wait_for_selector("#panel[open] mark")
    assert page.locator("#panel mark").first.inner_text() == "盘州市抽水蓄能电站项目"
    page.locator("#panel .close").click()

    def completions(text: str) -> list[str]:
        whole = f"PREFIX bg: <https://w3id.org/baogao/ns#> SELECT * {{ {text}"
        page.evaluate(
            """text => {
              const editor = yasgui.getTab().getYasqe();
              editor.setValue(text); editor.setCursor(0, text.length); editor.focus(); editor.autocomplete();
            }""",
            whole,
        )
        page.wait_for_selector(".CodeMirror-hints li")
        return [str(text) for text in page.locator(".CodeMirror-hints li").all_inner_texts()]

    assert any("undertakenBy" in text for text in completions("?s bg:under"))
    assert any("CountyLevelCity" in text for text in completions("?s a bg:County"))

    examples.first.click()
    assert "SELECT" in page.evaluate("yasgui.getTab().getQuery()")
    assert [url for url in asked if not url.startswith((service.url, "data:", "blob:"))] == []
    assert trouble == []
    page.close()


def test_tables_break_between_words_on_a_narrow_screen(service: Running, browser: Any) -> None:
    page = browser.new_page(locale="en-GB", viewport={"width": 360, "height": 640})
    page.goto(f"{service.url}/queries/projects")
    assert page.locator("td").count() > 0
    broken = page.evaluate(
        """() => [...document.querySelectorAll('th, td')].filter(cell => {
             const text = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT).nextNode();
             if (!text || !/^\\s*[A-Za-z]+\\s*$/.test(text.data)) return false;
             const range = document.createRange();
             range.selectNodeContents(text);
             return range.getClientRects().length > 1;
           }).map(cell => cell.innerText)"""
    )
    assert broken == []
    page.close()


def test_without_its_scripts_there_is_a_plain_form(service: Running, tmp_path: Path) -> None:
    from kg.serving import finding

    built = (EDITOR / "yasgui.min.js").is_file()
    page = service.client.get("/editor", headers={"Accept": "text/html"})
    assert ("yasgui.min.js" in page.text) is built
    original = finding.EDITOR
    try:
        finding.EDITOR = tmp_path
        plain = service.client.get("/editor", headers={"Accept": "text/html"})
    finally:
        finding.EDITOR = original
    assert 'action="/sparql" method="post"' in plain.text
    answer = service.client.post("/sparql", data={"query": "SELECT * WHERE { ?p a bg:Project }"})
    assert answer.status_code == 200
