"""``kg query``: stored and ad-hoc queries, on the store or a remote endpoint."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kg.asking.formats import FORMATS
from kg.cli.context import Settings, pass_settings
from kg.cli.messages import chinese
from kg.errors import UsageError


def _names(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    from kg.asking.stored import stored_queries

    return [n for n in stored_queries() if n.startswith(incomplete)]


@click.command(
    epilog="""\b
Examples:
  kg query --list
  kg query observations --format csv > observations.csv
  kg query statements --param name=水城区
  echo 'SELECT (COUNT(*) AS ?n) WHERE { ?o a bg:Observation }' | kg query -
  kg query -e 'CONSTRUCT WHERE { ?p a bg:Project ; ?q ?o }' --format turtle"""
)
@click.argument("name", required=False, shell_complete=_names)
@click.option("-e", "--execute", "expression", metavar="SPARQL", help="Ask this query.")
@click.option(
    "--param",
    "-p",
    "parameters",
    multiple=True,
    metavar="NAME=VALUE",
    help="A parameter of a stored query; may be repeated.",
)
@click.option(
    "--format", "-f", "fmt", type=click.Choice(FORMATS), default="table", show_default=True, help="Form of the answer."
)
@click.option("--list", "listing", is_flag=True, help="List the stored queries with their parameters.")
@click.option("--endpoint", metavar="URL", help="Ask a remote SPARQL 1.1 endpoint instead of the store.")
@click.option(
    "--timeout",
    type=click.FloatRange(0.1),
    default=60,
    show_default=True,
    help="Seconds to wait for a remote endpoint.",
)
@pass_settings
def query(
    settings: Settings,
    name: str | None,
    expression: str | None,
    parameters: tuple[str, ...],
    fmt: str,
    listing: bool,
    endpoint: str | None,
    timeout: float,
) -> None:
    """Ask a stored query by NAME, the query in a FILE (.rq, .sparql), or the one on standard input (-)."""
    from kg.asking.ask import ask
    from kg.asking.formats import render
    from kg.asking.stored import stored_queries, stored_query

    if listing:
        for q in stored_queries().values():
            click.echo(f"{q.name:24}  {q.title_zh if chinese() else q.title}")
            for p in q.parameters:
                default = "" if p.default is None else f" (default {p.default!r})"
                click.echo(f"{'':26}{p.name}: {p.meaning}{default}")
        return
    given = dict(_pair(p) for p in parameters)
    if expression is not None:
        text = expression
    elif name is None:
        raise UsageError(
            "Give the name of a stored query (kg query --list), a file, - for standard input, or -e SPARQL."
        )
    elif name == "-":
        text = sys.stdin.read()
    elif Path(name).suffix in (".rq", ".sparql") or "/" in name:
        path = Path(name)
        if not path.is_file():
            raise UsageError(f"{path}: there is no such query file.")
        from kg.asking.stored import parse

        text = parse(path).bind(given)
        given = {}
    else:
        text = stored_query(name).bind(given)
        given = {}
    if given:
        raise UsageError("--param is for stored queries and query files.")
    if endpoint:
        from kg.publishing import ask_endpoint

        answer = ask_endpoint(endpoint, text, timeout)
    else:
        from kg.store import open_store

        answer = ask(open_store(settings.store), text)
    click.echo(render(answer, fmt, settings.colour()), nl=False)


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise UsageError(f"--param takes NAME=VALUE, not {text!r}.")
    return name, value
