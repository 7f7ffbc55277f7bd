"""``kg push`` and ``kg pull``: the graph to other people's stores, and back."""

from __future__ import annotations

import click

from kg.cli.context import Settings, pass_settings
from kg.cli.messages import say

_ENVIRONMENT = """\b
Credentials come from the environment: KG_ENDPOINT_TOKEN (bearer), or KG_ENDPOINT_USER and KG_ENDPOINT_PASSWORD (basic).
"""


@click.command(
    epilog=_ENVIRONMENT
    + """
\b
Examples:
  kg push --endpoint http://localhost:7878/query --update http://localhost:7878/update
  KG_ENDPOINT_TOKEN=… kg push --endpoint https://data.example.org/sparql"""
)
@click.option("--endpoint", required=True, metavar="URL", help="Endpoint for queries and updates.")
@click.option("--update", metavar="URL", default="", help="Endpoint for updates, where it is another.")
@click.option("--timeout", type=click.FloatRange(1), default=120, show_default=True, help="Seconds a request may take.")
@click.option("--whole", is_flag=True, help="Send every graph, also those that are published already.")
@pass_settings
def push(settings: Settings, endpoint: str, update: str, timeout: float, whole: bool) -> None:
    """Publish the graph to a SPARQL 1.1 store.

    It is sent in pieces into staging graphs, read back and compared, and then replaces what is published in one update.
    A push that was cut short goes on where it was when it is started again.
    """
    from kg.publishing import RemoteEndpoint
    from kg.publishing import push as publish
    from kg.store import open_store

    remote = RemoteEndpoint(endpoint, update, timeout=timeout)
    done = publish(open_store(settings.store), remote, settings.config.base, whole=whole, progress=settings.progress())
    settings.note(
        say(
            f"{endpoint}: {done.graphs} graphs with {done.triples} triples are published; {done.changed} changed, "
            f"{done.removed} removed, {done.sent} pieces sent, {done.found} were there",
            f"{endpoint}：已发布 {done.graphs} 个图，共 {done.triples} 条三元组；更新 {done.changed} 个，"
            f"移除 {done.removed} 个；发送 {done.sent} 批，已有 {done.found} 批",
        )
    )


@click.command(
    epilog=_ENVIRONMENT
    + """

\b
Example:
  kg --store copy/store pull --endpoint http://localhost:7878/query"""
)
@click.option("--endpoint", required=True, metavar="URL", help="Endpoint for queries.")
@click.option("--graph", "graphs", multiple=True, metavar="IRI", help="Bring this graph only; may be repeated.")
@click.option("--timeout", type=click.FloatRange(1), default=120, show_default=True, help="Seconds a request may take.")
@pass_settings
def pull(settings: Settings, endpoint: str, graphs: tuple[str, ...], timeout: float) -> None:
    """Bring a published graph back into the store, which it replaces.

    What comes is compared with the register that “kg push” wrote beside it; with --graph the other graphs stay.
    """
    from kg.publishing import RemoteEndpoint
    from kg.publishing import pull as bring

    counts = bring(
        RemoteEndpoint(endpoint, timeout=timeout), settings.store, settings.config.base, graphs=graphs,
        progress=settings.progress(),
    )  # fmt: skip
    settings.note(
        say(
            f"{settings.store}: {len(counts)} graphs with {sum(counts.values())} triples from {endpoint}",
            f"{settings.store}：从 {endpoint} 取得 {len(counts)} 个图，共 {sum(counts.values())} 条三元组",
        )
    )
