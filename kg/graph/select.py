"""Looking into a set of graphs while writing others that speak of them."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import QuerySolution, QuerySolutions, Store


def select(store: Store, query: str) -> Iterator[QuerySolution]:
    """The solutions of the SELECT ``query`` over the union of all graphs."""
    answer = store.query(query, use_default_graph_as_union=True)
    if not isinstance(answer, QuerySolutions):
        raise TypeError("only SELECT queries have solutions")
    yield from answer
