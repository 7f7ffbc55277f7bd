"""``kg render``, ``kg site`` and ``kg path``: pages to look at, and how two things are connected."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import click

from kg.cli.context import Settings, pass_settings
from kg.cli.messages import chinese, say
from kg.errors import BaogaoError, StoreError, UsageError


@click.command(
    epilog="""\b
Examples:
  kg render -o graph.html
  kg render --focus 水城区 --hops 2 -o shuicheng.html
  kg render --class project --class enterprise --top 100
  kg render --query my.rq -o answer.html"""
)
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path, dir_okay=False),
    default="build/graph.html",
    show_default=True,
    help="File to write; - for standard output.",
)
@click.option("--focus", metavar="NAME", default="", help="Only what is near the thing of this name (or IRI).")
@click.option("--hops", type=click.IntRange(0, 6), default=1, show_default=True, help="How near: steps from --focus.")
@click.option(
    "--class",
    "classes",
    metavar="CLASS",
    multiple=True,
    help="Only things of this class (place, project, …); may be repeated.",
)
@click.option(
    "--query",
    "query_file",
    type=click.Path(path_type=Path),
    help="Only the things that the answer to this SPARQL file names.",
)
@click.option(
    "--top",
    type=click.IntRange(1),
    default=300,
    show_default=True,
    help="How many things are drawn at first, the weightiest.",
)
@pass_settings
def render(
    settings: Settings, output: Path, focus: str, hops: int, classes: tuple[str, ...], query_file: Path | None, top: int
) -> None:
    """Write the graph as one page to explore in a browser; it needs no network and no other file."""
    from kg.asking.stored import parse
    from kg.store import open_store
    from kg.view import render as run

    query = ""
    if query_file is not None:
        if not query_file.is_file():
            raise UsageError(f"{query_file}: there is no such query file.")
        query = parse(query_file).bind({})
    html = run(
        open_store(settings.store), settings.config.base, focus=focus, hops=hops, classes=classes, query=query, top=top
    )
    if str(output) == "-":
        click.echo(html, nl=False)
        return
    part = output.with_name(f".{output.name}.part")
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(html, encoding="utf-8", newline="\n")
        os.replace(part, output)
    except OSError as error:
        raise StoreError(
            f"{output}: cannot be written ({error.strerror or error}); an earlier file of this name is as it was."
        ) from None
    finally:
        part.unlink(missing_ok=True)
    settings.note(
        say(
            f"{output}: open it in a browser ({len(html.encode()) // 1024} kB)",
            f"{output}：用浏览器打开即可（{len(html.encode()) // 1024} kB）",
        )
    )


@click.command(epilog="\b\nExamples:\n  kg site -o public\n  kg site -o public --boundaries counties.geojson")
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path, file_okay=False),
    default="build/site",
    show_default=True,
    help="Folder to write.",
)
@click.option(
    "--boundaries",
    type=click.Path(path_type=Path, dir_okay=False),
    help="GeoJSON file with boundaries for the map (none is shipped).",
)
@click.option(
    "--top",
    type=click.IntRange(1),
    default=300,
    show_default=True,
    help="How many things the graph page draws at first.",
)
@pass_settings
def site(settings: Settings, output: Path, boundaries: Path | None, top: int) -> None:
    """Write all pages: graph, reports beside their facts, charts, projects and promises, map, a page for every thing.

    They work from a folder, from any web server, and without a network.
    """
    from kg.store import open_store
    from kg.view import build_site

    current = settings.store / "CURRENT"
    built = datetime.fromtimestamp(current.stat().st_mtime, UTC).date() if current.is_file() else None
    pages = build_site(
        open_store(settings.store),
        settings.config,
        output,
        boundaries=boundaries,
        top=top,
        built=built,
        progress=settings.progress(),
    )
    settings.note(
        say(f"{pages} pages; start with {output / 'index.html'}", f"共 {pages} 页，从 {output / 'index.html'} 看起")
    )


@click.command(epilog="\b\nExample:\n  kg path 水城区 盘州市")
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="TO")
@click.option("--most", type=click.IntRange(1, 50), default=5, show_default=True, help="How many paths to show.")
@click.option("--near", is_flag=True, help="Also step between names that only stand side by side in a sentence.")
@pass_settings
def path(settings: Settings, source: str, target: str, most: int, near: bool) -> None:
    """The shortest paths between two things, each step with what says so."""
    from kg.store import open_store
    from kg.view.paths import shortest_paths

    found = shortest_paths(open_store(settings.store), settings.config.base, source, target, most=most, near=near)
    if not found:
        raise BaogaoError(say(f"Nothing connects {source} and {target}.", f"“{source}”与“{target}”之间没有联系。"))
    for i, steps in enumerate(found):
        click.echo(click.style(say(f"{i + 1}. {len(steps)} steps", f"{i + 1}．{len(steps)} 步"), bold=True))
        for step in steps:
            label = step.label.zh if chinese() else step.label.en or step.label.zh
            click.echo(f"   {step.subject} — {label} → {step.object}")
            if step.quote:
                click.echo(f"      “{step.quote}”")
