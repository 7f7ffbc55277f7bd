"""``metadata.toml``: what an institution says of the reports in a folder, where their texts are silent or wrong.

Invariant: what is given there wins over what is read from a text; a key that is unknown or of the wrong kind is an
error naming file and line, never passed over.

    [[report]]
    place = "110000"  # GB/T 2260 code
    plan_year = 2024
    [[report.edition]]
    file = "report.txt"
    language = "zh-Hans"
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from kg.errors import VocabularyError
from kg.reading.edition import Metadata, Script

METADATA_FILE = "metadata.toml"


@dataclass(frozen=True, slots=True)
class EditionEntry:
    """A file of a report, and the script it is in where that is given."""

    file: str
    script: Script | None = None


@dataclass(frozen=True, slots=True)
class ReportEntry:
    """What the file says of one report; fields of ``metadata`` that are not set are read from the text."""

    metadata: Metadata
    editions: tuple[EditionEntry, ...]


@dataclass(frozen=True, slots=True)
class MetadataFile:
    """The reports a metadata file describes, in its order."""

    reports: tuple[ReportEntry, ...] = ()

    def get(self, file: str) -> Metadata | None:
        """What is said of the report that the file of this name is an edition of, if anything is."""
        return next((report.metadata for report in self.reports if _entry(report, file)), None)

    def script(self, file: str) -> Script | None:
        """The script that the file of this name is said to be in, if it is said."""
        return next((entry.script for report in self.reports if (entry := _entry(report, file))), None)


def _entry(report: ReportEntry, file: str) -> EditionEntry | None:
    return next((entry for entry in report.editions if entry.file == file), None)


_KEYS = frozenset(Metadata.__dataclass_fields__)


def load_metadata(folder: Path | str) -> MetadataFile:
    """What ``metadata.toml`` in ``folder`` says; no reports if there is no such file.

    Raises VocabularyError, naming file and line, if it is malformed.
    """
    path = Path(folder) / METADATA_FILE
    try:
        stat = path.stat()
    except OSError:
        return MetadataFile()
    return _load(path, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=16)
def _load(path: Path, modified: int, size: int) -> MetadataFile:
    del modified, size  # part of the key: a file that changed is read again
    try:
        text = path.read_text(encoding="utf-8-sig")
        content = tomllib.loads(text)
    except UnicodeDecodeError as error:
        raise VocabularyError(f"{path}: not UTF-8 (byte {error.start}); save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise VocabularyError(f"{path}: {error}") from error
    except OSError as error:
        raise VocabularyError(f"{path}: could not be read ({error})") from error
    return MetadataFile(_Reader(path, text).reports(content))


class _Reader:
    """Reads the parsed file and knows at which line each report's keys stand, for messages."""

    def __init__(self, path: Path, text: str) -> None:
        self._path = path
        self._lines = text.split("\n")

    def _fail(self, message: str, report: int, key: str = "") -> VocabularyError:
        """The error for ``key`` of the report with this number (of the whole file if 0)."""
        seen = 0
        line = 1
        for number, words in enumerate(self._lines, 1):
            if re.match(r"\s*\[\[\s*report\s*\]\]", words):
                seen += 1
                line = number if seen == report else line
            name = re.escape(key)
            if key and seen == report and re.match(rf'\s*(?:"?{name}"?\s*=|\[+[^]]*\b{name}\b)', words):
                line = number
                break
        return VocabularyError(f"{self._path}, line {line}: {message}")

    def reports(self, content: Mapping[str, Any]) -> tuple[ReportEntry, ...]:
        for key in content:
            if key != "report":
                raise self._fail(f"“{key}” is not known here; a report begins with [[report]]", 0, key)
        tables = content.get("report", [])
        if not isinstance(tables, list):
            raise self._fail("a report begins with [[report]], in two brackets", 0, "report")
        entries = tuple(self._report(table, number) for number, table in enumerate(tables, 1))
        files: set[str] = set()
        for number, entry in enumerate(entries, 1):
            for edition in entry.editions:
                if edition.file in files:
                    raise self._fail(f"the file “{edition.file}” is named twice", number, "file")
                files.add(edition.file)
        return entries

    def _report(self, table: Mapping[str, Any], number: int) -> ReportEntry:
        values: dict[str, Any] = {}
        editions: tuple[EditionEntry, ...] = ()
        for key, value in table.items():
            if key == "edition":
                editions = self._editions(value, number)
            elif key not in _KEYS:
                known = ", ".join(sorted(_KEYS | {"edition"}))
                raise self._fail(f"“{key}” is not known; known are {known}", number, key)
            elif key in ("review_year", "plan_year"):
                values[key] = self._year(value, number, key)
            elif key in ("review_term", "plan_term"):
                values[key] = self._term(value, number, key)
            elif key == "delivered":
                values[key] = self._date(value, number, key)
            elif not isinstance(value, str):
                raise self._fail(f"“{key}” must be text in quotation marks", number, key)
            elif key == "place" and not re.fullmatch(r"\d{6}", value):
                raise self._fail("“place” must be a GB/T 2260 code of six digits", number, key)
            else:
                values[key] = value
        return ReportEntry(Metadata(**values), editions)

    def _editions(self, value: Any, number: int) -> tuple[EditionEntry, ...]:
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self._fail("an edition begins with [[report.edition]], in two brackets", number, "edition")
        found = []
        for item in value:
            for key in item:
                if key not in ("file", "language"):
                    raise self._fail(f"“{key}” is not known of an edition; known are file, language", number, key)
            file = item.get("file")
            if not isinstance(file, str) or not file or "/" in file or "\\" in file:
                raise self._fail("an edition needs “file”, the name of a file beside this one", number, "edition")
            language = item.get("language")
            if language is not None and language not in tuple(Script):
                raise self._fail("“language” must be zh-Hans or zh-Hant", number, "language")
            found.append(EditionEntry(file, Script(language) if language else None))
        return tuple(found)

    def _year(self, value: Any, number: int, key: str) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not 1949 <= value <= 2100:
            raise self._fail(f"“{key}” must be a year, as 2024", number, key)
        return value

    def _term(self, value: Any, number: int, key: str) -> tuple[int, int]:
        if not isinstance(value, list) or len(value) != 2:
            raise self._fail(f"“{key}” must be its first and last year, as [2021, 2025]", number, key)
        first, last = (self._year(year, number, key) for year in value)
        if first > last:
            raise self._fail(f"“{key}” must begin before it ends", number, key)
        return first, last

    def _date(self, value: Any, number: int, key: str) -> date:
        if isinstance(value, str):
            try:
                value = date.fromisoformat(value)
            except ValueError:
                value = None
        if isinstance(value, datetime):
            value = value.date()
        if not isinstance(value, date):
            raise self._fail(f"“{key}” must be a date, as 2024-01-31", number, key)
        return value
