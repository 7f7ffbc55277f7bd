"""The quality page: what looks wrong in the graph, as one file that needs no network and prints well."""

from __future__ import annotations

from kg.auditing.quality import Quality
from kg.view.contents import Names
from kg.view.page import asset, new_environment, trusted, with_policy

TITLE = Names("质量检查", "品質檢查", "Quality")


def quality_page(quality: Quality) -> str:
    """The page's HTML."""
    html = (
        new_environment()
        .get_template("quality.html")
        .render(
            policy="POLICY",
            title=TITLE,
            home="#",
            nav=[],
            quality=quality,
            css=trusted(asset("base.css") + asset("quality.css")),
            page_js=trusted(asset("page.js")),
        )
    )
    return with_policy(html)
