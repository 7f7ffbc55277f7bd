"""Web pages to text: the report itself, one paragraph a line, without what the site puts around it.

Invariant: every line of the result is a block of the page, in page order, with white space inside it folded.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from kg.errors import ReadingError
from kg.reading.decoding import decode, fluency

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

_NOT_CONTENT = (
    "script", "style", "noscript", "template", "nav", "header", "footer", "aside", "form", "iframe", "button", "select",
    "option", "svg", "object", "head",
)  # fmt: skip
_BLOCKS = frozenset(
    (
        "p", "div", "section", "article", "main", "body", "li", "ul", "ol", "dl", "dt", "dd", "h1", "h2", "h3", "h4",
        "h5", "h6", "table", "thead", "tbody", "tr", "blockquote", "pre", "center", "figure", "figcaption", "hr",
    )
)  # fmt: skip
_NOT_CONTENT_CLASS = re.compile(
    r"(?:^|[-_ ])(?:nav|menu|header|footer|foot|breadcrumb|crumb|sidebar|share|copyright|toolbar|related|pagination|"
    r"comment|advert|print|font-?size|tools?)(?:$|[-_ ])",
    re.IGNORECASE,
)
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_-]{2,20})""", re.IGNORECASE)
_SPACE_IN_PROSE = re.compile(r"(?<=[\u3400-\u9fff，。；：、！？（）“”]) (?=[\u3400-\u9fff，。；：、！？（）“”])")
_LONG = 40  # characters of a paragraph that can only be the report's


def webpage_text(content: bytes, name: str) -> str:
    """The report in a web page. Raises ReadingError if the page cannot be decoded or holds no running text."""
    from bs4 import BeautifulSoup, Comment

    soup = BeautifulSoup(_decoded(content, name), "lxml")
    page_title = soup.title.get_text(" ", strip=True) if soup.title else ""
    for node in soup.find_all(_NOT_CONTENT):
        node.decompose()
    for comment in soup.find_all(string=lambda text: isinstance(text, Comment)):
        comment.extract()
    for node in soup.find_all(_is_furniture):
        if not node.decomposed:
            node.decompose()
    main = _main(soup)
    if main is None:
        raise ReadingError(
            f"{name}: the page holds no running text; it may load the report by script: open it in a browser and save "
            "the text, or save the page completely"
        )
    lines = _lines(main)
    title = _heading(soup, main) or page_title
    if not any("工作报告" in re.sub(r"\s", "", line) for line in lines[:8]) and "工作报告" in title:
        lines.insert(0, re.split(r"\s*[-_|—]\s*(?=[^-_|—]*(?:网|政府|门户)[^-_|—]*$)", title)[0])
    return "\n".join(lines) + "\n"


def _decoded(content: bytes, name: str) -> str:
    """The page's characters: as its mark or its meta element says, where that gives Chinese; else as found out."""
    declared = _CHARSET.search(content[:4096])
    if declared and not content.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = declared[1].decode("ascii").lower()
        encoding = "gb18030" if encoding in ("gb2312", "gbk", "gb18030") else encoding
        try:
            text = content.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            pass
        else:
            if fluency(re.sub(r"<[^>]*>|\s", "", text)) > 0.5:
                return text
    return decode(content, name)[0].removeprefix("\ufeff")


def _is_furniture(node: Tag) -> bool:
    """Whether an element is by its class or id part of the site around the text, and holds little of it."""
    if node.name not in ("div", "ul", "section", "span", "p", "table"):
        return False
    names = " ".join([*(node.get_attribute_list("class") or ()), str(node.get("id") or "")]).replace("None", "")
    return bool(names and _NOT_CONTENT_CLASS.search(names)) and len(node.get_text()) < 600


def _main(soup: BeautifulSoup) -> Tag | None:
    """The innermost element that holds nearly all long paragraphs."""
    root = soup.body or soup
    total = _running(root)
    if not total:
        return None
    node: Tag = root
    while True:
        inner = next((child for child in node.find_all(True, recursive=False) if _running(child) >= 0.85 * total), None)
        if inner is None or inner.name in ("p", "span", "font", "td") or not inner.find(True):
            return node
        node = inner


def _running(node: Tag) -> int:
    """Characters of running text in an element: of its lines that are long or end a sentence, links aside."""
    return sum(len(line) for line in _lines(node) if len(line) >= _LONG or line[-1] in "。！？；：")


def _lines(node: Tag) -> list[str]:
    """The text of an element, one block a line."""
    from bs4 import NavigableString, Tag

    lines: list[str] = []
    words: list[str] = []

    def end_line() -> None:
        line = re.sub(r"[ \t\r\n\xa0\u3000\u200b\ufeff]+", " ", "".join(words)).strip()
        words.clear()
        if line:
            lines.append(_SPACE_IN_PROSE.sub("", line) if len(line) > _LONG else line)

    def walk(element: Tag) -> None:
        for child in element.children:
            if isinstance(child, NavigableString):
                words.append(str(child))
            elif isinstance(child, Tag):
                if child.name == "br":
                    end_line()
                elif child.name in ("td", "th"):
                    walk(child)
                    words.append(" ")
                elif child.name in _BLOCKS:
                    end_line()
                    walk(child)
                    end_line()
                else:
                    walk(child)

    walk(node)
    end_line()
    return lines


def _heading(soup: BeautifulSoup, main: Tag) -> str:
    """The page's own heading of the report, where it stands outside the text."""
    for node in soup.find_all(("h1", "h2", "h3")):
        words = re.sub(r"\s+", " ", node.get_text()).strip()
        if "工作报告" in words and node not in main.descendants:
            return words
    return ""
