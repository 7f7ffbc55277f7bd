"""Word files (.docx) to text: paragraphs, tables and automatic numbers in document order.

Invariant: one line a paragraph, one line a table row (cells apart by tabs); deleted text and field codes are left out,
inserted text is kept; footnotes stand at the end. Nothing is unpacked that claims to be larger than the limits.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from kg.errors import ReadingError

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ALTERNATIVE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LARGEST_PART = 64 * 2**20  # bytes of one unpacked part
_LARGEST_PACKAGE = 256 * 2**20  # bytes of all of them
_MOST_PARTS = 10_000
_NUMERALS = "〇一二三四五六七八九"


def word_text(content: bytes, name: str) -> str:
    """The text of a .docx file. Raises ReadingError if it is damaged, cut off, too large, or no Word file."""
    _check_package(content, name)
    # Here, not above: a plain text is read without loading the library.
    from docx import Document

    try:
        document = Document(io.BytesIO(content))
        numbers = _Numbers(document)
        lines = list(_lines(document.element.body, numbers))
        for relationship in document.part.rels.values():
            if relationship.reltype.endswith(("/footnotes", "/endnotes")):
                lines.extend(_notes(relationship.target_part.blob))
    except (KeyError, ValueError, OSError, zipfile.BadZipFile, AttributeError, SyntaxError) as error:
        raise ReadingError(f"{name}: the Word file is damaged ({error}); open it in Word and save it again") from error
    return "\n".join(line for line in lines if line.strip()) + "\n"


def _check_package(content: bytes, name: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise ReadingError(
            f"{name}: the Word file is damaged or cut off ({error}); get a whole copy, or save it again in Word"
        ) from error
    if not any(part.filename.startswith("word/") for part in parts):
        raise ReadingError(f"{name}: this is a ZIP archive but no Word file; unpack it and give the report itself")
    total = sum(part.file_size for part in parts)
    if (
        len(parts) > _MOST_PARTS
        or total > _LARGEST_PACKAGE
        or any(part.file_size > _LARGEST_PART and part.filename.endswith((".xml", ".rels")) for part in parts)
    ):
        raise ReadingError(
            f"{name}: the Word file unpacks to {total // 2**20} MiB, more than any report; "
            "it may be meant to do harm; if not, save its text as .txt"
        )


def _lines(body: Any, numbers: _Numbers) -> Iterator[str]:
    """One line a paragraph or table row, in document order, through content controls and text boxes."""
    for child in body:
        if child.tag == _W + "p":
            yield from (numbers.of(child) + _words(child)).split("\n")
            for box in child.iter(_W + "txbxContent"):
                if not any(ancestor.tag == _ALTERNATIVE for ancestor in box.iterancestors()):
                    yield from _lines(box, numbers)
        elif child.tag == _W + "tbl":
            for row in child.iter(_W + "tr"):
                cells = [" ".join(_words(p) for p in cell.iter(_W + "p")).strip() for cell in row.iter(_W + "tc")]
                yield "\t".join(cells)
        elif child.tag in (_W + "sdt", _W + "sdtContent", _W + "ins", _W + "moveTo", _W + "customXml", _W + "smartTag"):
            yield from _lines(child, numbers)


_SKIPPED = {
    _ALTERNATIVE,
    *(_W + tag for tag in ("del", "moveFrom", "txbxContent", "pPr", "rPr", "instrText", "delText")),
}


def _words(node: Any) -> str:
    """The characters of a paragraph: runs, tabs and line breaks, without what is deleted or in a text box."""
    result = []
    for child in node:
        if child.tag in _SKIPPED:
            continue
        if child.tag == _W + "t":
            result.append(child.text or "")
        elif child.tag == _W + "tab":
            result.append("\t")
        elif child.tag in (_W + "br", _W + "cr"):
            result.append("\n")
        elif child.tag == _W + "noBreakHyphen":
            result.append("-")
        else:
            result.append(_words(child))
    return "".join(result)


def _notes(blob: bytes) -> Iterator[str]:
    from docx.oxml import parse_xml

    for note in parse_xml(blob):
        if note.get(_W + "type") is None:  # the others are separators
            yield from (_words(paragraph) for paragraph in note.iter(_W + "p"))


class _Numbers:
    """The numbers Word counts itself (一、 （一） 1.): no characters of the file, but of the report."""

    def __init__(self, document: Any) -> None:
        self._levels: dict[str, dict[int, tuple[str, str, int]]] = {}  # numId -> level -> format, pattern, start
        self._counts: dict[str, dict[int, int]] = {}
        self._of_style: dict[str, tuple[str, int]] = {}
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return
        abstract = {node.get(_W + "abstractNumId"): node for node in root.iter(_W + "abstractNum")}
        for number in root.iter(_W + "num"):
            reference = number.find(_W + "abstractNumId")
            definition = abstract.get(reference.get(_W + "val")) if reference is not None else None
            levels = {}
            for level in definition.iter(_W + "lvl") if definition is not None else ():
                form, pattern, start = (
                    (found.get(_W + "val") or "") if (found := level.find(_W + tag)) is not None else ""
                    for tag in ("numFmt", "lvlText", "start")
                )
                levels[int(level.get(_W + "ilvl"))] = (form, pattern, int(start) if start.isdigit() else 1)
            self._levels[number.get(_W + "numId")] = levels
        for style in document.styles.element.iter(_W + "style"):
            properties = style.find(_W + "pPr")
            found = _numbering(properties)
            if found and found[0]:
                self._of_style[style.get(_W + "styleId")] = found

    def of(self, paragraph: Any) -> str:
        """The number before ``paragraph``, and count it; "" if it has none or a bullet."""
        properties = paragraph.find(_W + "pPr")
        if properties is None:
            return ""
        style = properties.find(_W + "pStyle")
        found = _numbering(properties) or (self._of_style.get(style.get(_W + "val")) if style is not None else None)
        if not found:
            return ""
        number, depth = found
        levels = self._levels.get(number, {})
        if depth not in levels:
            return ""
        counts = self._counts.setdefault(number, {})
        counts[depth] = counts.get(depth, levels[depth][2] - 1) + 1
        for deeper in [level for level in counts if level > depth]:
            del counts[deeper]
        form, pattern, _ = levels[depth]
        if form in ("bullet", "none", ""):
            return ""
        for level in range(depth + 1):
            if level in levels:
                numbered, _, first = levels[level]
                pattern = pattern.replace(f"%{level + 1}", _numeral(counts.get(level, first), numbered))
        return pattern


def _numbering(properties: Any) -> tuple[str, int] | None:
    """The list and the level in it that a paragraph's or style's properties name."""
    numbering = properties.find(_W + "numPr") if properties is not None else None
    if numbering is None:
        return None
    number, level = numbering.find(_W + "numId"), numbering.find(_W + "ilvl")
    if number is None:
        return None
    return number.get(_W + "val"), int(level.get(_W + "val")) if level is not None else 0


def _numeral(value: int, form: str) -> str:
    if form.startswith(("chinese", "japaneseCounting", "taiwanese", "ideographTraditional")) and 0 < value < 100:
        tens, units = divmod(value, 10)
        ten = ("" if tens == 1 else _NUMERALS[tens]) + "十" if tens else ""
        return ten + (_NUMERALS[units] if units else "")
    if form == "decimalEnclosedCircle" and 0 < value <= 20:
        return chr(0x2460 + value - 1)
    if form in ("upperLetter", "lowerLetter") and 0 < value <= 26:
        return chr((65 if form == "upperLetter" else 97) + value - 1)
    return str(value)
