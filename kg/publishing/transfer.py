"""Asking again when a server stumbles, and bringing a whole graph over from servers that cap their answers."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

import pyoxigraph as ox

from kg.errors import EndpointError
from kg.publishing.endpoint import RemoteEndpoint

T = TypeVar("T")

_WHOLE = 200_000  # a graph of so many triples is asked for in one piece first
_PAGE = 5_000  # below the 10,000 rows some servers give at most


def again(endpoint: RemoteEndpoint, what: Callable[[], T]) -> T:
    """What ``what`` gives; asked again, with growing pauses, when the server or the way to it fails (not: refuses)."""
    attempts = endpoint.attempts
    for attempt in range(1, attempts + 1):
        try:
            return what()
        except EndpointError as error:
            passing = error.status is None or error.status == 429 or error.status >= 500
            if not passing or attempt == attempts:
                raise
            time.sleep(0.5 * 2 ** (attempt - 1))
    raise AssertionError("unreachable")


def download(endpoint: RemoteEndpoint, graph: str) -> list[ox.Triple]:
    """All triples of a named graph. Raises ``EndpointError`` when the server does not give as many as it counts."""
    expected = again(endpoint, lambda: endpoint.count(graph))
    if expected == 0:
        return []
    if expected <= _WHOLE:
        whole = again(endpoint, lambda: endpoint.construct(_pattern(graph, "?p")))
        if len(set(whole)) == expected:
            return whole
    found: set[ox.Triple] = set()
    query = f"SELECT ?p (COUNT(*) AS ?n) WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }} GROUP BY ?p ORDER BY ?p"
    for predicate, number in again(endpoint, lambda: endpoint.select(query)).rows:
        count = int(getattr(number, "value", "0"))
        for offset in range(0, count, _PAGE):
            page = _pattern(graph, str(predicate)) + (f" LIMIT {_PAGE} OFFSET {offset}" if count > _PAGE else "")
            found.update(again(endpoint, lambda page=page: endpoint.construct(page)))  # type: ignore[misc]
    if len(found) != expected:
        raise EndpointError(endpoint.url, f"of graph <{graph}> it gave {len(found)} triples and counts {expected}")
    return list(found)


def _pattern(graph: str, predicate: str) -> str:
    return f"CONSTRUCT {{ ?s {predicate} ?o }} WHERE {{ GRAPH <{graph}> {{ ?s {predicate} ?o }} }}"
