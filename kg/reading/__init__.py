"""Reading: bytes to an edition with paragraphs, sections, sentences, offsets, script and metadata."""

from kg.reading.reader import read, text_of

__all__ = ["read", "text_of"]
