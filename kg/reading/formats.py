"""A file of any known format to its text: what offsets count in.

Invariant: of a UTF-8 text file the text is exactly its characters; of anything else it is what ``kg text`` prints.
The format is told from the content; a file's name only settles what the content leaves open.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from kg.errors import ReadingError
from kg.reading.decoding import damage, decode

# What files a folder is searched for; a file that is named is read whatever it is called.
SUFFIXES = frozenset({".txt", ".html", ".htm", ".docx", ".pdf"})
_LARGEST_FILE = 64 * 2**20  # bytes
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM")
_PAGE = re.compile(rb"^\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html|head|body|!--)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Source:
    """A file as read: its bytes, what it is, and its text."""

    content: bytes
    media_type: str
    text: str


def read_source(path: Path) -> Source:
    """The bytes and the text of a file. Raises ReadingError with file, reason and remedy if there is none to be had."""
    content = _content(path)
    name = str(path)
    media_type = _media_type(content, path)
    # Here, not above: the readers of other formats load large libraries.
    if media_type == _WORD:
        from kg.reading.word import word_text

        text = word_text(content, name)
    elif media_type == "application/pdf":
        from kg.reading.pdf import pdf_text

        text = pdf_text(content, name)
    elif media_type == "text/html":
        from kg.reading.webpage import webpage_text

        text = webpage_text(content, name)
    else:
        text, _ = decode(content, name)
    if not text.strip("\ufeff \t\r\n\f\u3000"):
        raise ReadingError(f"{name}: there is no text in it; give the report itself")
    wrong = damage(text)
    if wrong:
        raise ReadingError(f"{name}: {wrong}")
    return Source(content, media_type, text)


def _content(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise ReadingError(f"{path}: this is a folder; name the files in it, or build it with `kg build {path}`")
        size = path.stat().st_size
        if size > _LARGEST_FILE:
            raise ReadingError(f"{path}: {size // 2**20} MiB is more than any report; give the report alone")
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise ReadingError(f"{path}: there is no such file; check the name") from error
    except PermissionError as error:
        raise ReadingError(f"{path}: may not be read; give yourself the permission (chmod u+r)") from error
    except (OSError, ValueError) as error:
        raise ReadingError(f"{path}: could not be read ({error})") from error
    if not content:
        raise ReadingError(f"{path}: the file is empty; get it again")
    return content


def _media_type(content: bytes, path: Path) -> str:
    suffix = path.suffix.lower()
    if content.startswith(b"PK\x03\x04") or (suffix == ".docx" and not content.startswith(_OLD_OFFICE)):
        return _WORD
    if content[:1024].lstrip().startswith(b"%PDF-") or suffix == ".pdf":
        if not content[:1024].lstrip().startswith(b"%PDF-"):
            raise ReadingError(f"{path}: this is no PDF, whatever its name says; get the file again")
        return "application/pdf"
    if content.startswith(_OLD_OFFICE):
        raise ReadingError(
            f"{path}: this is an old Word file (.doc, .wps) or one with a password; "
            "open it in Word and save it as .docx without one"
        )
    if content.startswith(b"{\\rtf"):
        raise ReadingError(f"{path}: this is an RTF file; open it in Word and save it as .docx")
    if content.startswith(_PICTURES):
        raise ReadingError(f"{path}: this is a picture; recognise the text (OCR) and save it as .txt or .docx")
    if suffix in (".html", ".htm", ".xhtml") or _PAGE.match(content[:2048].lstrip(b"\xef\xbb\xbf")):
        return "text/html"
    return "text/plain"
