"""A file that cannot be read, or is no report, is refused with its name, the reason and the remedy."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from specimens import HANS, YEARLY, pdf_file, word_file

from kg.errors import ReadingError
from kg.reading import read

LINES = [line for line in YEARLY.split("\n") if line]
UTF8 = YEARLY.encode()


def locked_pdf() -> bytes:
    writer = PdfWriter(PdfReader(io.BytesIO(pdf_file(LINES))))
    writer.encrypt("secret")
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


NOVEL = "他在村口站了很久，望着远处的山。风从河面上吹来，带着一点凉意。她没有回头，只是轻轻地叹了一口气。" * 30

CASES = {
    "empty.txt": (b"", "the file is empty"),
    "blank.txt": ("\ufeff \n\u3000\r\n".encode(), "there is no text in it"),
    "binary.txt": (bytes(range(256)) * 40, "a binary file"),
    "short.txt": ("各位代表：".encode(), "only 4 Chinese characters"),
    "english.txt": (b"The government work report. " * 200, "hardly any Chinese text"),
    "novel.txt": (NOVEL.encode(), "does not read like a government work report"),
    "figures.txt": (UTF8 + b"1234567890,0987654321;\n" * 400, "most of it is not Chinese"),
    "cut.txt": (UTF8[:-20], "damaged at byte"),
    "latin.txt": (UTF8.decode("latin-1").encode(), "read as Western European"),
    "gbk-as-latin.txt": (YEARLY.encode("gbk").decode("latin-1").encode(), "read as Western European"),
    "lost.txt": (YEARLY.encode("gbk").decode("utf-8", errors="replace").encode(), "characters are lost"),
    "japanese.txt": (
        "これは報告ではありません。ひらがなのぶんしょう。".encode("shift_jis") * 60,
        "none of the encodings",
    ),
    "picture.txt": (b"\x89PNG\r\n\x1a\n" + bytes(200), "a picture"),
    "old.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "an old Word file"),
    "report.rtf": (b"{\\rtf1\\ansi report}", "an RTF file"),
    "archive.zip": (b"PK\x03\x04" + bytes(200), "damaged or cut off"),
    "cut.docx": (word_file(LINES)[:-2000], "damaged or cut off"),
    "text.docx": (UTF8, "damaged or cut off"),
    "cut.pdf": (pdf_file(LINES)[:-600], "the PDF is cut off"),
    "text.pdf": (UTF8, "this is no PDF"),
    "spoilt.pdf": (b"%PDF-1.4\n" + bytes(300) + b"\n%%EOF\n", "the PDF is damaged"),
    "pictures.pdf": (pdf_file(["scan"] * 3), "holds no Chinese text"),
    "locked.pdf": (locked_pdf(), "asks for a password"),
    "script.html": (b"<html><body><div id=app></div><script>load()</script></body></html>", "no running text"),
}


@pytest.mark.parametrize("name", CASES)
def test_what_cannot_be_read(tmp_path: Path, name: str) -> None:
    content, reason = CASES[name]
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(ReadingError) as raised:
        read(path)
    message = str(raised.value)
    assert message.startswith(f"{path}: ")
    assert reason in message
    remedies = ("get ", "give ", "save ", "open ")
    assert any(remedy in message for remedy in remedies)
    assert "\n" not in message


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(ReadingError, match=r"nowhere\.txt: there is no such file"):
        read(tmp_path / "nowhere.txt")
    with pytest.raises(ReadingError, match="this is a folder"):
        read(tmp_path)


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = tmp_path / "secret.txt"
    path.write_bytes(UTF8)
    path.chmod(0)
    with pytest.raises(ReadingError, match="may not be read"):
        read(path)


def test_a_zip_that_is_no_word_file(tmp_path: Path) -> None:
    import zipfile

    path = tmp_path / "report.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("report.txt", YEARLY)
    with pytest.raises(ReadingError, match="a ZIP archive but no Word file"):
        read(path)


def test_real_reports_are_not_refused(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    for content in (UTF8, HANS.read_bytes(), HANS.read_bytes()[: 3 * 2000 // 3 * 3]):
        path.write_bytes(content.decode("utf-8", errors="ignore").encode())
        assert read(path).sentences
    # A few characters that were lost long ago do no harm.
    path.write_bytes(YEARLY.replace("产业集聚", "产业\ufffd聚").encode())
    assert read(path).sentences
