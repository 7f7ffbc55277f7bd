"""Every format and encoding gives the report's own text."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from specimens import HANS, HANT, YEARLY, pdf_file, word_file

from kg.reading import read, text_of

LINES = [line.strip() for line in HANS.read_text(encoding="utf-8").split("\n") if line.strip()]


def test_utf8_is_taken_as_it_stands(tmp_path: Path) -> None:
    content = ("\ufeff" + YEARLY.replace("\n", "\r\n")).encode()
    path = tmp_path / "report.txt"
    path.write_bytes(content)
    edition = read(path)
    assert edition.text == content.decode("utf-8")
    assert edition.text.startswith("\ufeff政府工作报告\r\n")
    assert edition.paragraphs[0].start == 1
    assert not any("\r" in edition.text[p.start : p.end] for p in edition.paragraphs)
    assert edition.media_type == "text/plain"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030", "gbk"])
def test_encodings_of_simplified_text(tmp_path: Path, encoding: str) -> None:
    text = HANS.read_text(encoding="utf-8")
    path = tmp_path / "report.txt"
    path.write_bytes(text.encode(encoding))
    assert text_of(path) == text


@pytest.mark.parametrize("encoding", ["big5hkscs", "gb18030"])
def test_encodings_of_traditional_text(tmp_path: Path, encoding: str) -> None:
    content = HANT.read_text(encoding="utf-8").encode(encoding, errors="ignore")  # big5 lacks some signs
    path = tmp_path / "report.txt"
    path.write_bytes(content)
    assert text_of(path) == content.decode(encoding)
    assert read(path).script == "zh-Hant"


def test_a_short_text_in_gbk(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes(YEARLY.encode("gbk"))
    assert text_of(path) == YEARLY


PAGE = """<!DOCTYPE html><html><head><meta charset="{charset}"><title>2023年南岭市政府工作报告_南岭市人民政府网</title>
<style>p {{color: red}}</style></head><body>
<div class="header"><a href="/">首页</a><a href="/gk">政务公开</a><a href="/hd">互动交流</a></div>
<div class="crumbs">当前位置：首页 &gt; 政务公开 &gt; 政府工作报告</div>
<div class="article"><h1>南岭市政府工作报告</h1><div class="share">分享到：微信 微博</div>
<div id="zoom"><div>{paragraphs}</div></div></div>
<ul class="related"><li><a href="/1">关于印发工作要点的通知</a></li><li><a href="/2">市政府召开全体会议</a></li></ul>
<div class="footer">版权所有：南岭市人民政府办公室　网站标识码4400000000</div>
<script>var title = "政府工作报告";</script></body></html>"""


@pytest.mark.parametrize(("charset", "encoding"), [("utf-8", "utf-8"), ("gb2312", "gb18030"), ("utf-8", "gb18030")])
def test_a_web_page_gives_the_report_alone(tmp_path: Path, charset: str, encoding: str) -> None:
    body = [line for line in YEARLY.split("\n") if line]
    paragraphs = "\n".join(
        f"<p style='text-indent:2em'>&nbsp;　　<span>{line[:9]}</span>{line[9:]}</p>" for line in body
    )
    path = tmp_path / "report.html"
    path.write_bytes(PAGE.format(charset=charset, paragraphs=paragraphs).encode(encoding))
    lines = text_of(path).rstrip("\n").split("\n")
    assert [line.replace("\u3000", " ") for line in lines[-len(body) :]] == [
        line.replace("\u3000", " ") for line in body
    ]
    assert len(lines) <= len(body) + 1  # the page's own title may stand before
    edition = read(path)
    assert (edition.media_type, edition.metadata.plan_year) == ("text/html", 2023)


def test_a_web_page_of_line_breaks_and_tables(tmp_path: Path) -> None:
    body = [line for line in YEARLY.split("\n") if line]
    page = "<html><body><table><tr><td class=menu>首页</td></tr><tr><td>" + "<br>\n".join(body)
    page += "<table><tr><td>地区生产总值</td><td>812.4亿元</td></tr></table></td></tr></table></body></html>"
    path = tmp_path / "report.htm"
    path.write_text(page, encoding="utf-8")
    lines = text_of(path).split("\n")
    assert "一、2022年工作回顾" in lines
    assert "地区生产总值 812.4亿元" in lines
    assert "首页" not in lines


def test_a_word_file_gives_paragraphs_and_tables_in_order(tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    path.write_bytes(word_file(LINES, [["指标", "完成"], ["地区生产总值", "1557.64亿元"]]))
    assert text_of(path) == "\n".join([*LINES, "指标\t完成", "地区生产总值\t1557.64亿元"]) + "\n"
    edition = read(path)
    assert edition.metadata.plan_year == 2024
    assert edition.media_type.endswith("wordprocessingml.document")


def test_a_word_file_keeps_inserted_and_drops_deleted_text(tmp_path: Path) -> None:
    document = Document()
    paragraph = document.add_paragraph("全市地区生产总值完成")._p
    run = "<w:r><w:{0}>{1}</w:{0}></w:r>"
    paragraph.append(parse_xml(f"<w:del {nsdecls('w')}>{run.format('delText', '800')}</w:del>"))
    paragraph.append(parse_xml(f"<w:ins {nsdecls('w')}>{run.format('t', '812.4亿元')}</w:ins>"))
    stream = io.BytesIO()
    document.save(stream)
    path = tmp_path / "report.docx"
    path.write_bytes(stream.getvalue())
    assert text_of(path) == "全市地区生产总值完成812.4亿元\n"


def test_a_word_file_shows_the_numbers_word_counts(tmp_path: Path) -> None:
    document = Document()
    numbering = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{pattern}"/></w:lvl>'
        for level, (form, pattern) in enumerate([("chineseCounting", "%1、"), ("chineseCounting", "（%2）")])
    )
    abstract = parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{levels}</w:abstractNum>')
    number = parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>')
    numbering.insert(0, abstract)
    numbering.append(number)

    def add(words: str, level: int) -> None:
        numbered = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr>'
        document.add_paragraph(words)._p.get_or_add_pPr().append(parse_xml(numbered))

    add("2022年工作回顾", 0)
    add("工业", 1)
    add("农业", 1)
    add("2023年工作安排", 0)
    add("工业", 1)
    stream = io.BytesIO()
    document.save(stream)
    path = tmp_path / "report.docx"
    path.write_bytes(stream.getvalue())
    assert text_of(path).split("\n")[:5] == [
        "一、2022年工作回顾",
        "（一）工业",
        "（二）农业",
        "二、2023年工作安排",
        "（一）工业",
    ]


@pytest.mark.parametrize("indent", [True, False])
def test_a_pdf_gives_its_paragraphs_again(tmp_path: Path, indent: bool) -> None:
    path = tmp_path / "report.pdf"
    lines = [line for line in YEARLY.replace("\u3000", "").split("\n") if line]
    path.write_bytes(pdf_file(lines, head="第六届人民代表大会第三次会议文件", per_page=12, indent=indent))
    assert text_of(path).rstrip("\n").split("\n") == lines
    edition = read(path)
    assert (edition.media_type, edition.metadata.plan_year) == ("application/pdf", 2023)


def test_a_long_pdf(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(pdf_file(LINES))
    assert text_of(path).rstrip("\n").split("\n") == LINES


def test_the_format_is_told_from_the_content(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes(word_file(LINES))
    assert read(path).media_type.endswith("wordprocessingml.document")


def test_a_word_file_is_not_unpacked_beyond_all_measure(tmp_path: Path) -> None:
    from kg.errors import ReadingError

    path = tmp_path / "bomb.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package, package.open("word/document.xml", "w") as part:
        for _ in range(70):
            part.write(b"0" * 2**20)
    with pytest.raises(ReadingError, match=r"bomb\.docx: the Word file unpacks to 70 MiB"):
        read(path)
