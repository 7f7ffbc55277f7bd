"""Which format a client gets: the media types on offer, and the reading of an Accept header (RFC 9110, 12.5.1)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pyoxigraph as ox

__all__ = ["GRAPH_FORMATS", "HTML", "SHORT_NAMES", "TABLE_FORMATS", "best", "content_type"]

HTML = "text/html"
# For SELECT and ASK.
TABLE_FORMATS: dict[str, ox.QueryResultsFormat] = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
    "application/json": ox.QueryResultsFormat.JSON,
    "application/xml": ox.QueryResultsFormat.XML,
    "text/xml": ox.QueryResultsFormat.XML,
}
GRAPH_FORMATS: dict[str, ox.RdfFormat] = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}
# What ``format=`` in a link may say, where a client cannot send an Accept header (a spreadsheet, a browser's link).
SHORT_NAMES: dict[str, str] = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "turtle": "text/turtle",
    "ttl": "text/turtle",
    "ntriples": "application/n-triples",
    "nt": "application/n-triples",
    "jsonld": "application/ld+json",
    "rdfxml": "application/rdf+xml",
    "html": HTML,
}


def _ranges(accept: str) -> list[tuple[str, float]]:
    ranges: list[tuple[str, float]] = []
    for part in accept.split(",")[:100]:
        media, *parameters = (piece.strip().lower() for piece in part.split(";"))
        quality = 1.0
        for parameter in parameters:
            if parameter.startswith("q="):
                try:
                    quality = min(max(float(parameter[2:]), 0.0), 1.0)
                except ValueError:
                    quality = 0.0
        if media:
            ranges.append((media, quality))
    return ranges


def best(accept: str, offered: Sequence[str] | Mapping[str, object] | Iterable[str]) -> str | None:
    """The one of ``offered`` that ``accept`` wants most, the earlier of equals; None when it wants none of them.

    An empty header accepts everything. The most specific range that fits a media type gives its quality.
    """
    ranges = _ranges(accept) or [("*/*", 1.0)]
    chosen: str | None = None
    quality_of_chosen = 0.0
    for media in offered:
        major = media.partition("/")[0]
        exact = [quality for name, quality in ranges if name == media]
        family = [quality for name, quality in ranges if name == f"{major}/*"]
        anything = [quality for name, quality in ranges if name == "*/*"]
        quality = (exact or family or anything or [0.0])[0]
        if quality > quality_of_chosen:
            chosen, quality_of_chosen = media, quality
    return chosen


def content_type(media: str) -> str:
    """The Content-Type of an answer in ``media``: text formats say that they are UTF-8."""
    if media == "text/csv":
        return "text/csv; charset=utf-8; header=present"
    return f"{media}; charset=utf-8" if media.startswith("text/") else media
