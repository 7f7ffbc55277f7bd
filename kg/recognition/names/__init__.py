"""Names of things: what a document calls by a name of its own, by structure, quotation and what the country shares."""

from kg.recognition.names.find import find_names

__all__ = ["find_names"]
