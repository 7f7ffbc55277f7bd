"""``kg export``: the graph as a file."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from kg.cli.context import Settings, pass_settings
from kg.cli.messages import say
from kg.errors import StoreError
from kg.exporting import FORMATS


@click.command(
    epilog="""\b
Examples:
  kg export --format turtle -o report.ttl
  kg export --format nquads | gzip > all.nq.gz
  kg export --graph https://w3id.org/baogao/id/report/520200/2024/graph"""
)
@click.option(
    "--format", "-f", "fmt", type=click.Choice(list(FORMATS)), default="turtle", show_default=True, help="RDF syntax."
)
@click.option(
    "--output", "-o", type=click.Path(path_type=Path, dir_okay=False), help="File to write (default: standard output)."
)
@click.option("--graph", metavar="IRI", help="Only this named graph.")
@pass_settings
def export(settings: Settings, fmt: str, output: Path | None, graph: str | None) -> None:
    """Write the graph as RDF: sorted, the same bytes for the same content."""
    from kg.exporting import export as write
    from kg.store import open_store

    store, base = open_store(settings.store), settings.config.base
    if output is None:
        write(store, fmt, sys.stdout.buffer, graph, base)
        return
    part = output.with_name(f".{output.name}.part")
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as out:
            n = write(store, fmt, out, graph, base)
        os.replace(part, output)
    except OSError as error:
        raise StoreError(
            f"{output}: cannot be written ({error.strerror or error}); an earlier file of this name is as it was."
        ) from None
    finally:
        part.unlink(missing_ok=True)
    settings.note(say(f"{n:,} statements in {output}", f"{output}：{n:,} 条三元组"))
