"""Bringing a published graph back into a store.

Invariant: the store is replaced only by graphs whose content is what the register there says was published.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pyoxigraph as ox

from kg.errors import EndpointError
from kg.graph.terms import quads
from kg.publishing.content import by_value, content_hash, restored
from kg.publishing.endpoint import RemoteEndpoint
from kg.publishing.manifest import Listed, read_register
from kg.publishing.transfer import again, download
from kg.store import staging

Progress = Callable[[str, int, int], None]


def pull(
    endpoint: RemoteEndpoint,
    path: Path,
    base: str,
    *,
    graphs: Sequence[str] = (),
    progress: Progress = lambda what, done, of: None,
) -> dict[str, int]:
    """Make the store at ``path`` hold what is published at ``endpoint``; the triples of every graph by its name.

    ``graphs`` brings these named graphs instead of all that the register lists, and leaves the store's other graphs.

    Raises:
        EndpointError: the endpoint failed, has no register (and no graphs were named), or gave other content than
            was published.
        StoreError: the store cannot be written.

    """
    listed = again(endpoint, lambda: read_register(endpoint, base))
    if not graphs and not listed:
        raise EndpointError(endpoint.url, f"no graph was pushed there for <{base}>; name graphs with --graph")
    names = list(graphs) or sorted(listed)
    counts: dict[str, int] = {}
    with staging(path, fresh=not graphs) as store:
        for number, name in enumerate(names, 1):
            triples = restored(download(endpoint, name))
            if not triples:
                raise EndpointError(endpoint.url, f"there is no graph <{name}>, or it is empty")
            _check(endpoint, listed.get(name), triples)
            graph = ox.NamedNode(name)
            store.remove_graph(graph)
            store.bulk_extend(quads(triples, graph))
            counts[name] = len(triples)
            progress("receiving", number, len(names))
    return counts


def _check(endpoint: RemoteEndpoint, listed: Listed | None, triples: list[ox.Triple]) -> None:
    if listed is None:
        return
    if len(by_value(triples)) != listed.triples or content_hash(triples) != listed.content:
        raise EndpointError(
            endpoint.url,
            f"graph <{listed.name}> is not what was published (it has {len(triples)} triples, published were "
            f"{listed.triples}); somebody changed it there",
        )
