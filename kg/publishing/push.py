"""Publishing the graph to a SPARQL 1.1 store: piece by piece beside what is published, then in its place in one step.

Invariant: until the one update that replaces them, the published graphs are not touched; that update is sent only when
every staging graph has been read back and its content is what was sent. A push that ended early goes on where it was:
a staging graph is named by its content, and a piece that is there is not sent again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

import pyoxigraph as ox

from kg.errors import EndpointError, UsageError
from kg.publishing.content import by_value, chunks, content_hash, restored, skolemised
from kg.publishing.endpoint import RemoteEndpoint
from kg.publishing.manifest import Listed, read_register, register_graph, register_triples
from kg.publishing.transfer import again, download

STAGING = "urn:baogao:staging"
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Pushed:
    """What a push did: graphs published, of them changed, and removed; all triples; pieces sent, and found there."""

    graphs: int
    changed: int
    removed: int
    triples: int
    sent: int
    found: int


@dataclass(frozen=True, slots=True)
class _Graph:
    """One graph to be published."""

    listed: Listed
    staging: str
    triples: tuple[ox.Triple, ...]


def push(
    store: ox.Store,
    endpoint: RemoteEndpoint,
    base: str,
    *,
    whole: bool = False,
    progress: Progress = lambda what, done, of: None,
) -> Pushed:
    """Publish the named graphs of ``store`` at ``endpoint`` under their own names.

    Graphs whose published content is the same already are left alone, unless ``whole``. Graphs that an earlier push
    published and the store has no more are removed.

    Raises:
        EndpointError: the endpoint failed; the message says whether the published graphs are as they were.
        UsageError: the store has no named graph.

    """
    published = again(endpoint, lambda: read_register(endpoint, base))
    graphs = _graphs(store, base)
    if not graphs:
        raise UsageError("the store has no graph to publish; run “kg build” first")
    changed = [g for g in graphs if whole or published.get(g.listed.name) != g.listed]
    gone = sorted(set(published) - {g.listed.name for g in graphs})
    triples = sum(graph.listed.triples for graph in graphs)
    if not changed and not gone:
        return Pushed(len(graphs), 0, 0, triples, 0, 0)
    try:
        sent, found = _stage(endpoint, changed, progress)
        _verify(endpoint, changed, progress)
    except EndpointError as error:
        reason = f"{error.reason} – the published graphs are as they were; push again to go on from here"
        raise EndpointError(endpoint.url, reason, error.status) from None
    _replace(endpoint, base, changed, gone, [graph.listed for graph in graphs])
    _tidy(endpoint)
    return Pushed(len(graphs), len(changed), len(gone), triples, sent, found)


def _graphs(store: ox.Store, base: str) -> list[_Graph]:
    graphs = []
    for name in sorted(g.value for g in store.named_graphs() if isinstance(g, ox.NamedNode)):
        if name == register_graph(base):
            continue
        original = [quad.triple for quad in store.quads_for_pattern(None, None, None, ox.NamedNode(name))]
        if not original:
            continue
        content = content_hash(original)
        triples = tuple(by_value(skolemised(original, base)).values())
        key = hashlib.sha256(f"{name}\n{content}".encode()).hexdigest()[:32]
        graphs.append(_Graph(Listed(name, len(triples), content), f"{STAGING}:{key}", triples))
    return graphs


def _stage(endpoint: RemoteEndpoint, graphs: list[_Graph], progress: Progress) -> tuple[int, int]:
    """Send what is not there yet; the numbers of pieces sent and of pieces found there."""
    pieces = [(graph, list(chunks(graph.triples))) for graph in graphs]
    total = sum(len(found) for _, found in pieces)
    sent = found = 0
    known = " ".join(f"<{STAGING}> <{STAGING}:holds> <{graph.staging}> ." for graph in graphs)
    again(endpoint, lambda: endpoint.update(f"INSERT DATA {{ GRAPH <{STAGING}> {{ {known} }} }}"))
    for graph, parts in pieces:
        begun = again(endpoint, lambda graph=graph: endpoint.count(graph.staging)) > 0  # type: ignore[misc]
        for part in parts:
            if begun and _is_there(endpoint, graph.staging, part):
                found += 1
            else:
                data = "\n".join(part)
                update = f"INSERT DATA {{ GRAPH <{graph.staging}> {{\n{data}\n}} }}"
                again(endpoint, lambda update=update: endpoint.update(update))  # type: ignore[misc]
                sent += 1
            progress("sending", sent + found, total)
    return sent, found


def _is_there(endpoint: RemoteEndpoint, staging: str, part: list[str]) -> bool:
    """Whether a piece was taken before. A server that cannot tell (it spells a value otherwise) gets it once more."""
    rows = " ".join(f"({line.removesuffix(' .')})" for line in part)
    query = f"SELECT (COUNT(*) AS ?n) WHERE {{ VALUES (?s ?p ?o) {{ {rows} }} GRAPH <{staging}> {{ ?s ?p ?o }} }}"
    try:
        table = again(endpoint, lambda: endpoint.select(query))
    except EndpointError as error:
        if error.status is None:
            raise
        return False
    return bool(table.rows) and getattr(table.rows[0][0], "value", "") == str(len(part))


def _verify(endpoint: RemoteEndpoint, graphs: list[_Graph], progress: Progress) -> None:
    """Read every staging graph back: as many triples, and the same content."""
    for number, graph in enumerate(graphs, 1):
        back = download(endpoint, graph.staging)
        if len(by_value(back)) != graph.listed.triples or content_hash(restored(back)) != graph.listed.content:
            again(endpoint, lambda graph=graph: endpoint.update(f"DROP SILENT GRAPH <{graph.staging}>"))  # type: ignore[misc]
            raise EndpointError(
                endpoint.url,
                f"graph <{graph.listed.name}> came back with other content than was sent "
                f"({len(by_value(back))} triples of {graph.listed.triples})",
            )
        progress("verifying", number, len(graphs))


def _replace(endpoint: RemoteEndpoint, base: str, changed: list[_Graph], gone: list[str], listed: list[Listed]) -> None:
    """The one step: all staging graphs into their places, what is gone out, the register renewed."""
    register = register_graph(base)
    data = "\n".join(f"{triple} ." for triple in register_triples(listed))
    steps = [f"MOVE SILENT GRAPH <{graph.staging}> TO GRAPH <{graph.listed.name}>" for graph in changed]
    steps += [f"DROP SILENT GRAPH <{name}>" for name in gone]
    steps += [f"DROP SILENT GRAPH <{register}>", f"INSERT DATA {{ GRAPH <{register}> {{\n{data}\n}} }}"]
    wanted = {one.name: one for one in listed}
    try:
        endpoint.update(" ;\n".join(steps))
    except EndpointError as error:
        # The answer may have been lost on its way: the register tells which of the two is published.
        try:
            now = again(endpoint, lambda: read_register(endpoint, base))
        except EndpointError:
            reason = (
                f"{error.reason} – while the graphs were being replaced; the store does all of it or nothing. "
                "Push again when it is back: what is published then will be completed or left"
            )
            raise EndpointError(endpoint.url, reason, error.status) from None
        if now != wanted:
            reason = f"{error.reason} – the published graphs are as they were; push again to go on from here"
            raise EndpointError(endpoint.url, reason, error.status) from None
    for graph in changed:
        count = again(endpoint, lambda graph=graph: endpoint.count(graph.listed.name))  # type: ignore[misc]
        if count != graph.listed.triples:
            raise EndpointError(
                endpoint.url,
                f"graph <{graph.listed.name}> has {count} triples after it was replaced and should have "
                f"{graph.listed.triples}; push with --whole to send it again",
            )


def _tidy(endpoint: RemoteEndpoint) -> None:
    """Remove what earlier, abandoned pushes left in staging."""
    query = f"SELECT ?g WHERE {{ GRAPH <{STAGING}> {{ <{STAGING}> <{STAGING}:holds> ?g }} }} ORDER BY ?g"
    left = [getattr(row[0], "value", "") for row in again(endpoint, lambda: endpoint.select(query)).rows]
    steps = [f"DROP SILENT GRAPH <{name}>" for name in left if name.startswith(f"{STAGING}:")]
    again(endpoint, lambda: endpoint.update(" ;\n".join([*steps, f"DROP SILENT GRAPH <{STAGING}>"])))
