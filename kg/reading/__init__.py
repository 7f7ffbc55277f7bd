"""Reading: bytes to an edition with paragraphs, sections, sentences, offsets, script and metadata."""

from kg.reading.editions import Grouping, group_editions
from kg.reading.formats import SUFFIXES
from kg.reading.metadata_file import EditionEntry, MetadataFile, ReportEntry, load_metadata
from kg.reading.reader import edition_of, overriding, read, text_of
from kg.reading.script import as_written

__all__ = [
    "SUFFIXES", "EditionEntry", "Grouping", "MetadataFile", "ReportEntry", "as_written", "edition_of",
    "group_editions", "load_metadata", "overriding", "read", "text_of",
]  # fmt: skip
