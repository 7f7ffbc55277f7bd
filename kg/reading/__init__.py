"""Reading: bytes to an edition with paragraphs, sections, sentences, offsets, script and metadata."""

from kg.reading.editions import group_editions
from kg.reading.metadata_file import EditionEntry, ReportEntry, load_metadata
from kg.reading.reader import edition_of, overriding, read, text_of
from kg.reading.writing import as_written

__all__ = [
    "EditionEntry", "ReportEntry", "as_written", "edition_of", "group_editions", "load_metadata", "overriding", "read",
    "text_of",
]  # fmt: skip
