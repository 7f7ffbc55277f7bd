"""HTML for people: the language they read, and templates that escape whatever comes from a report or a request."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from kg.serving.requests import one, url_parameters
from kg.serving.service import Service

HERE = Path(__file__).resolve().parent

_WORDS: dict[str, tuple[str, str]] = {
    "search": ("搜索", "Search"),
    "search_hint": ("名称、拼音或原文中的词", "A name, its pinyin, or words of a report"),
    "editor": ("SPARQL 查询", "SPARQL"),
    "queries": ("现成查询", "Stored queries"),
    "home": ("首页", "Home"),
    "facts": ("属性", "Facts"),
    "said": ("报告原文怎么说", "What reports say"),
    "mentions": ("出现之处", "Where it is mentioned"),
    "incoming": ("被引用", "Referred to by"),
    "also": ("又称", "Also"),
    "download": ("数据", "Data"),
    "period": ("时期", "Period"),
    "target": ("目标", "target"),
    "more": ("另有", "and"),
    "more_rows": ("条未显示", "more not shown"),
    "entities": ("实体", "Things"),
    "sentences": ("原文", "Sentences"),
    "nothing": ("没有找到", "Nothing was found"),
    "building": ("搜索索引正在建立，请稍后再试", "The search index is being built; try again soon"),
    "next": ("下一页", "Next"),
    "previous": ("上一页", "Previous"),
    "run": ("运行", "Run"),
    "examples": ("示例", "Examples"),
    "parameters": ("参数", "Parameters"),
    "terms": ("术语", "Terms"),
    "classes": ("类", "Classes"),
    "properties": ("属性", "Properties"),
    "schemes": ("词表", "Schemes"),
    "about": ("知识图谱服务", "A service of linked data"),
    "no_editor": (
        "本安装不含编辑器脚本，以下为简易查询框。",
        "This installation came without the editor's scripts; here is a plain form.",
    ),
    "quote": ("原文", "Quote"),
    "page": ("查看页面", "Open its page"),
    "close": ("关闭", "Close"),
    "reconcile": ("OpenRefine 对齐服务", "Reconciliation service for OpenRefine"),
    "void": ("数据集说明（VoID）", "Description of the dataset (VoID)"),
    "vocabulary": ("词汇", "Vocabulary"),
    "pinyin": ("拼音", "pinyin"),
    "pinyin initials": ("拼音首字母", "initials of the pinyin"),
    "pinyin beginning": ("拼音开头", "beginning of the pinyin"),
    "part of the name": ("名称的一部分", "part of the name"),
    "former name": ("曾用名", "former name"),
    "later name": ("后改名", "later name"),
    "name": ("名称", "name"),
}


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads: ``interface`` is zh or en; ``tags`` are language tags from the most wanted to the least."""

    interface: str
    tags: tuple[str, ...]

    def word(self, key: str) -> str:
        """One of our own words in the reader's language."""
        chinese, english = _WORDS[key]
        return chinese if self.interface == "zh" else english

    @property
    def script(self) -> str:
        """The script in which the reader wants quotations, where there are two editions."""
        return "zh-hant" if "zh-hant" in self.tags[:1] else "zh-hans"

    @property
    def html_language(self) -> str:
        return "en" if self.interface == "en" else "zh-Hant" if self.script == "zh-hant" else "zh-Hans"

    def best(self, labels: dict[str, str]) -> str:
        """The label in the language wanted most; "" when there is none."""
        for tag in self.tags:
            if tag in labels:
                return labels[tag]
        return next(iter(labels.values()), "")


SIMPLIFIED = Reader("zh", ("zh-hans", "zh", "zh-hant", "", "en"))
TRADITIONAL = Reader("zh", ("zh-hant", "zh-hans", "zh", "", "en"))
ENGLISH = Reader("en", ("en", "zh-hans", "zh", "zh-hant", ""))


def reader(request: Request) -> Reader:
    """The reader's language: ``lang=`` in the link, else the first that Accept-Language knows, else Chinese."""
    wanted = one(url_parameters(request), "lang") or request.headers.get("accept-language", "")
    for part in wanted.split(","):
        tag = part.partition(";")[0].strip().lower()
        if tag.startswith("en"):
            return ENGLISH
        if tag.startswith("zh"):
            traditional = "hant" in tag or tag.endswith(("-tw", "-hk", "-mo"))
            return TRADITIONAL if traditional else SIMPLIFIED
    return SIMPLIFIED


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def page(request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """A page out of a template, in the reader's language."""
    service: Service = request.app.state.service
    who = values.pop("who", None) or reader(request)
    title = service.config.title if who.interface == "en" else service.config.title_zh
    text = _environment().get_template(template).render(
        who=who, word=who.word, site_title=title, root=request.scope.get("root_path", ""), has_site=bool(service.site),
        **values,
    )  # fmt: skip
    return HTMLResponse(text, status, headers={"Vary": "Accept, Accept-Language"})
