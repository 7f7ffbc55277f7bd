"""Stored queries asked by a link: what is misspelt is refused, not passed over."""

from __future__ import annotations

import csv
import io

from served import Running

CSV = {"Accept": "text/csv"}


def test_a_query_is_asked_with_its_parameters(service: Running) -> None:
    found = service.client.get("/queries/projects", params={"place": "盘州市"}, headers=CSV)
    assert found.status_code == 200
    assert {row["place"] for row in csv.DictReader(io.StringIO(found.text))} == {"盘州市"}


def test_an_unknown_parameter_is_refused(service: Running) -> None:
    refused = service.client.get("/queries/projects", params={"plaec": "盘州市"}, headers=CSV)
    assert (refused.status_code, refused.text.strip()) == (
        400,
        "the query “projects” has no parameter “plaec”; it has: place",
    )


def test_a_missing_parameter_is_named_as_a_link_has_it(service: Running) -> None:
    refused = service.client.get("/queries/paths", params={"to": "盘州市"}, headers=CSV)
    assert (refused.status_code, refused.text.strip()) == (400, "the query “paths” needs the parameter “from”: ?from=…")


def test_a_person_is_given_a_form_for_what_is_missing(service: Running) -> None:
    page = service.client.get("/queries/paths", headers={"Accept": "text/html"})
    assert page.status_code == 200
    assert 'name="from"' in page.text


def test_a_table_names_only_languages_that_are_not_the_readers(service: Running) -> None:
    def page(language: str) -> str:
        return service.client.get(
            "/queries/projects", headers={"Accept": "text/html", "Accept-Language": language}
        ).text

    assert "盘州市抽水蓄能电站项目" in page("zh-CN")
    assert 'class="tag"' not in page("zh-CN")
    assert '<small class="tag">zh-hans</small>' in page("en").lower()
