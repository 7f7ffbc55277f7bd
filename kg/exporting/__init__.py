"""Exporting: the whole graph as a file in any RDF syntax, the same bytes for the same content."""

from kg.exporting.export import FORMATS, export

__all__ = ["FORMATS", "export"]
