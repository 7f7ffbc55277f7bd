"""IRIs of ours lead to pages and data; pages say what the graph says, in the reader's language, all of it escaped."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import httpx
import pyoxigraph as ox
import pytest
from served import SAMPLE, Running, make_store, running

from kg.config import Config
from kg.serving.limits import Limits
from kg.serving.linked import decoded

BASE = "https://w3id.org/baogao/id/"
PROJECT = "project/520281/盘州市抽水蓄能电站项目"
CLAIM = "report/520200/2024/claim/00112233aabbccdd"
HTML = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


@pytest.mark.parametrize("start", ["/id/", "/baogao/id/"])
@pytest.mark.parametrize("path", ["place/520200", PROJECT, CLAIM, "report/520200/2024"])
def test_an_iri_leads_people_to_a_page_and_machines_to_data(service: Running, start: str, path: str) -> None:
    to_page = service.client.get(start + path, headers=HTML)
    assert to_page.status_code == 303
    assert "Accept" in to_page.headers["Vary"]
    shown = service.client.get(to_page.headers["Location"])
    assert shown.status_code == 200
    assert shown.headers["Content-Type"] == "text/html; charset=utf-8"
    assert BASE + path in shown.text
    for media, syntax in (("text/turtle", ox.RdfFormat.TURTLE), ("application/ld+json", ox.RdfFormat.JSON_LD)):
        to_data = service.client.get(start + path, headers={"Accept": media})
        assert to_data.status_code == 303
        data = service.client.get(to_data.headers["Location"])
        assert data.headers["Content-Type"].startswith(media)
        subjects = {quad.subject for quad in ox.parse(data.content, format=syntax)}
        assert ox.NamedNode(BASE + path) in subjects


def test_the_vocabulary_and_its_schemes_are_dereferenced(service: Running) -> None:
    turtle = service.client.get("/ns", headers={"Accept": "text/turtle"})
    assert turtle.status_code == 200
    assert "Prefecture" in turtle.text
    shown = service.client.get("/baogao/ns", headers=HTML)
    assert 'id="Project"' in shown.text
    assert "项目" in shown.text
    concept = service.client.get("/ns/indicator/gdp", headers=HTML, follow_redirects=True)
    assert "地区生产总值" in concept.text


def test_what_is_not_known_is_not_found(service: Running) -> None:
    for path in ("/id/place/999999", "/id/", "/ns/none/x", "/page?iri=" + quote(BASE + "nobody"), "/data.ttl?iri=x"):
        assert service.client.get(path, headers=HTML, follow_redirects=True).status_code == 404, path
    assert service.client.get("/page").status_code == 400
    other = service.client.get("/data", params={"iri": BASE + "place/520200"}, headers={"Accept": "image/png"})
    assert other.status_code == 406
    injection = quote("x> ?p ?o } UNION { ?s ?p ?o }#")
    assert service.client.get("/page?iri=" + injection).status_code == 404


def test_a_page_shows_facts_quotations_and_who_refers_to_it(service: Running) -> None:
    text = service.client.get("/page", params={"iri": BASE + PROJECT}).text
    assert "<h1>盘州市抽水蓄能电站项目</h1>" in text
    assert "甲公司" in text
    assert "由甲公司承担的<mark>盘州市抽水蓄能电站项目</mark>开工建设。" in text
    assert "sample.txt" in text
    place = service.client.get("/page", params={"iri": BASE + "place/520281"}).text
    assert "盘州市抽水蓄能电站项目" in place  # located there
    assert "1500.5" not in place
    figure = service.client.get("/page", params={"iri": "https://w3id.org/baogao/ns/indicator/gdp"}).text
    assert "2023" in figure


def test_a_name_equal_in_two_scripts_is_shown_once(service: Running) -> None:
    text = service.client.get("/page", params={"iri": BASE + "enterprise/520200/甲公司"}).text
    assert text.count("甲集团") == 1
    names = text.partition("</h1>")[2].partition("<h2>")[0]
    assert "甲公司" not in names.replace("enterprise/520200/甲公司", "")  # the title is no other name of itself


def test_the_readers_language_decides(service: Running) -> None:
    def title(language: str) -> str:
        asked = {"Accept-Language": language}
        response = service.client.get("/page", params={"iri": BASE + "place/520200"}, headers=asked)
        return response.text.partition("<h1>")[2].partition("</h1>")[0]

    assert title("zh-CN,zh;q=0.9,en;q=0.8") == "六盘水市"
    assert title("zh-TW,zh;q=0.9") == "六盤水市"
    english = service.client.get("/page", params={"iri": BASE + "place/520200", "lang": "en"}).text
    assert "<h2>Facts</h2>" in english
    assert ">Place</a>" in english


def test_the_panels_data_has_the_quotations(service: Running) -> None:
    told = service.client.get("/cite", params={"iri": BASE + PROJECT}).json()
    assert told["title"] == "盘州市抽水蓄能电站项目"
    quote_ = told["statements"][0]["quotes"][0]
    assert quote_["sentence"][quote_["start"] : quote_["end"]] == quote_["exact"]
    assert told["page"].startswith("/page?iri=")


def test_paths_are_iris() -> None:
    assert decoded(b"place/520200") == "place/520200"
    assert decoded(quote("project/盘州/a（b）").encode()) == "project/盘州/a（b）"
    assert decoded(b"policy/2%2b8") == "policy/2%2B8"  # an escape that belongs to the IRI
    assert decoded(b"a%ff%E6%b0%B4") == "a%FF%E6%B0%B4"  # not UTF-8 as a whole


HOSTILE = """
@prefix bg: <https://w3id.org/baogao/ns#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<https://w3id.org/baogao/id/graph/hostile> {
  <https://w3id.org/baogao/id/project/1/x%3Cscript%3E> a bg:Project ; bg:inPlace <javascript:alert(1)> ;
    skos:prefLabel "<script>alert(1)</script>\\" onload=\\"x"@zh-Hans ; bg:note "</mark><img src=x onerror=alert(1)>" .
  bg:Project bg:entityType "project" .
}
"""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "hostile.trig").write_text(HOSTILE, encoding="utf-8")
    site = folder / "site"
    site.mkdir()
    (site / "index.html").write_text("<!DOCTYPE html><title>Site</title><script>1</script>", encoding="utf-8")
    (folder / "secret.txt").write_text("secret", encoding="utf-8")
    (site / "link.txt").symlink_to(folder / "secret.txt")
    store = make_store(folder / "store", SAMPLE, folder / "hostile.trig")
    public = {"config": Config(title_zh="<b>标题</b>"), "public_url": "https://data.example.org"}
    with running(store, limits=Limits(workers=1), site=site, **public) as one:
        yield one


def test_nothing_from_a_report_runs_in_a_page(hostile: Running) -> None:
    iri = BASE + "project/1/x%3Cscript%3E"
    pages = [
        hostile.client.get("/page", params={"iri": iri}),
        hostile.client.get("/search", params={"q": "script"}, headers=HTML),
        hostile.client.get("/search", params={"q": '"><script>alert(2)</script>'}, headers=HTML),
        hostile.client.get("/reconcile/preview", params={"id": iri.removeprefix(BASE)}),
        hostile.client.get("/queries/statements", params={"name": "<script>alert(3)</script>"}, headers=HTML),
    ]
    for page in pages:
        assert "<script>alert" not in page.text, page.url
        assert "<img src=x" not in page.text
        assert "<b>标题" not in page.text
        assert 'href="javascript:' not in page.text
    for page in pages[:3]:
        assert "script-src 'self';" in page.headers["Content-Security-Policy"]
    assert "<h1>&lt;script&gt;" in pages[0].text


def test_a_thing_is_found_under_every_spelling_of_its_iri(hostile: Running) -> None:
    for path in ("/id/project/1/x%3Cscript%3E", "/id/project/1/x%3cscript%3e"):
        response = hostile.client.get(path, headers=HTML)
        assert response.status_code == 303
        assert hostile.client.get(response.headers["Location"]).status_code == 200
    for identifier in ("project/1/x%3Cscript%3E", BASE + "project/1/x%3Cscript%3E"):
        assert hostile.client.get(f"/page?iri={identifier}").status_code == 200
        assert hostile.client.get("/page", params={"iri": identifier}).status_code == 200


def test_the_sites_pages_are_served_and_nothing_beside_them(hostile: Running) -> None:
    home = hostile.client.get("/", follow_redirects=True)
    assert "<title>Site</title>" in home.text
    assert str(home.url).endswith("/site/index.html")
    outside = ("/site/../secret.txt", "/site/%2e%2e/secret.txt", "/site/..%2fsecret.txt", "/site/link.txt", "/site/no")
    for path in outside:
        with httpx.Client(base_url=hostile.url) as client:
            response = client.send(httpx.Request("GET", hostile.url + path))
            assert response.status_code == 404, path
            assert "secret" not in response.text


def test_links_are_made_for_the_public_address(hostile: Running) -> None:
    manifest = hostile.client.get("/reconcile").json()
    assert manifest["view"]["url"].startswith("https://data.example.org/")
    assert "https://data.example.org/sparql" in hostile.client.get("/sparql", headers={"Accept": "text/turtle"}).text


def test_the_front_page_leads_everywhere(service: Running) -> None:
    home = service.client.get("/")
    assert home.status_code == 200
    for path in ("/editor", "/queries", "/ns", "/.well-known/void"):
        assert f'href="{path}"' in home.text
        assert service.client.get(path, headers=HTML).status_code == 200
    for path in ("/static/service.css", "/static/icon.svg", "/static/editor.js"):
        assert service.client.get(path).status_code == 200
    assert Path(SAMPLE).is_file()
