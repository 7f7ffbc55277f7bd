"""PDF files to text: the lines of the pages put together to paragraphs again.

Invariant: one line a paragraph. Page numbers and running heads are left out; notes at the foot of a page stand at the
end, so that they never cut a paragraph in two.
"""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from kg.errors import ReadingError
from kg.reading.script import HAN

_MOST_PAGES = 1000
_PAGE_NUMBER = re.compile(r"[-—–―·\s]*第?\s*\d{1,4}\s*页?(?:\s*[/／,，共]\s*(?:共\s*)?\d{1,4}\s*页?)?[-—–―·\s]*$")
_ENDS_SENTENCE = re.compile("[。！？：；…”）]$")
_ENDS_HEAD = re.compile("会议上[）)]?$")  # the session line: the speaker's follows, however long it is
_MARKER = re.compile(
    r"[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|\([一二三四五六七八九十]{1,3}\)|——|第[一二三四五六七八九十]{1,3}部分|"
    r"\d{1,2}[.．、](?!\d)|各位代表[：！，:]|名词解释$"
)
_WIDE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60\u3000-\u303f“”‘’—…]")


@dataclass(slots=True)
class _Line:
    page: int
    x: float
    y: float
    size: float
    text: str

    @property
    def right(self) -> float:
        """Where the line ends, to judge by its characters."""
        wide = len(_WIDE.findall(self.text))
        return self.x + self.size * (wide + 0.5 * (len(self.text) - wide))


def pdf_text(content: bytes, name: str) -> str:
    """The text of a PDF file. Raises ReadingError if it is damaged, cut off, encrypted, or only pictures of text."""
    lines = _lines(content, name)
    if len(HAN.findall("".join(line.text for line in lines))) < 30:
        raise ReadingError(
            f"{name}: the PDF holds no Chinese text, only pictures of it or characters without meaning; "
            "recognise the text (OCR) and save it as .txt or .docx"
        )
    lines = _without_running_heads(lines)
    size = Counter(round(line.size * 2) / 2 for line in lines for _ in line.text).most_common(1)[0][0]
    body = [line for line in lines if not _is_note(line, lines, size)]
    notes = [line for line in lines if _is_note(line, lines, size)]
    paragraphs = [*_paragraphs(body, size), *_paragraphs(notes, size * 0.8)]
    return "\n".join(paragraphs) + "\n"


def _lines(content: bytes, name: str) -> list[_Line]:
    """The lines of all pages, top to bottom."""
    # Here, not above: a plain text is read without loading the library.
    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    if b"%%EOF" not in content[-4096:]:
        raise ReadingError(f"{name}: the PDF is cut off; get a whole copy of the file")
    lines: list[_Line] = []
    try:
        reader = pypdf.PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise ReadingError(f"{name}: the PDF asks for a password; open it and save it without one")
        if len(reader.pages) > _MOST_PAGES:
            raise ReadingError(f"{name}: the PDF has {len(reader.pages)} pages; give the report's alone")
        for number, page in enumerate(reader.pages):
            lines.extend(_page_lines(page, number))
    except ReadingError:
        raise
    except Exception as error:  # pypdf raises whatever a damaged file leads it to
        raise ReadingError(
            f"{name}: the PDF is damaged ({type(error).__name__}: {error}); get a whole copy, or print it to PDF again"
        ) from error
    return lines


def _page_lines(page: object, number: int) -> Iterator[_Line]:
    """The lines of one page: pieces of text at one height, left to right."""
    pieces: list[tuple[float, float, float, str]] = []  # x, y, size, text

    def visit(text: str, cm: list[float], tm: list[float], font: object, size: float) -> None:
        del font
        if not text.strip():
            return
        x = cm[0] * tm[4] + cm[2] * tm[5] + cm[4]
        y = cm[1] * tm[4] + cm[3] * tm[5] + cm[5]
        scale = abs(tm[3] * cm[3]) or 1.0
        pieces.append((x, y, size * scale, text))

    page.extract_text(visitor_text=visit)  # type: ignore[attr-defined]
    rows: list[list[tuple[float, float, float, str]]] = []
    for piece in pieces:
        row = next((row for row in reversed(rows[-3:]) if abs(row[0][1] - piece[1]) < 0.35 * max(piece[2], 1)), None)
        if row is not None:
            row.append(piece)
        else:
            rows.append([piece])
    for row in sorted(rows, key=lambda row: -row[0][1]):
        row.sort(key=lambda piece: piece[0])
        text = "".join(piece[3] for piece in row).replace("\n", "").replace("\t", " ")
        size = max(row, key=lambda piece: len(piece[3]))[2] or 1.0
        indent = len(text) - len(text.lstrip("\u3000"))
        words = text.strip()
        if words:
            yield _Line(number, row[0][0] + indent * size, row[0][1], size, words)


def _without_running_heads(lines: list[_Line]) -> list[_Line]:
    """``lines`` without page numbers and what stands at the head or foot of many pages."""
    pages: dict[int, list[_Line]] = {}
    for line in lines:
        pages.setdefault(line.page, []).append(line)
    edges = {page: [*on_page[:2], *on_page[-2:]] for page, on_page in pages.items()}
    seen = Counter(key for on_edge in edges.values() for key in {_likeness(line) for line in on_edge})
    drop = set()
    for page, on_edge in edges.items():
        for line in on_edge:
            repeated = seen[_likeness(line)] >= max(3, len(pages) // 3)
            outer = line in (pages[page][0], pages[page][-1])
            if repeated or (outer and _PAGE_NUMBER.match(line.text)):
                drop.add(id(line))
    return [line for line in lines if id(line) not in drop]


def _likeness(line: _Line) -> tuple[str, int]:
    """What the same line on another page has in common with it: words and height, numbers aside."""
    return re.sub(r"\d+", "#", line.text), round(line.y)


def _is_note(line: _Line, lines: list[_Line], size: float) -> bool:
    """Whether a line is a note: in clearly smaller print, in a text of which most is in larger."""
    return line.size < 0.88 * size and line.page != lines[0].page


def _paragraphs(lines: list[_Line], size: float) -> Iterator[str]:
    """``lines`` joined to paragraphs."""
    if not lines:
        return
    edges = Counter(round(line.x / 3) for line in lines if len(line.text) > 10)
    margin = 3.0 * min((edge for edge, count in edges.items() if count >= max(edges.values()) // 4), default=0)
    width = sorted(line.right for line in lines)[int(len(lines) * 0.8)]
    gaps = [a.y - b.y for a, b in pairwise(lines) if a.page == b.page and a.y > b.y]
    leading = median(gaps) if gaps else size * 2
    words = lines[0].text
    for before, line in pairwise(lines):
        short = before.right < width - 2.5 * size
        indented = line.x > margin + 1.2 * size
        centred = before.x > margin + 3 * size and short
        apart = before.page == line.page and before.y - line.y > 1.3 * leading
        other_size = abs(before.size - line.size) > 0.15 * size and not before.text[-1].isdigit()
        ended = short and (bool(_ENDS_SENTENCE.search(before.text)) or before.right < margin + 0.75 * (width - margin))
        headed = bool(_ENDS_HEAD.search(before.text))
        if headed or indented or centred or apart or other_size or ended or (short and _MARKER.match(line.text)):
            yield words
            words = line.text
        else:
            latin = words[-1].isascii() and words[-1].isalpha() and line.text[0].isascii() and line.text[0].isalpha()
            words += (" " if latin else "") + line.text
    yield words
