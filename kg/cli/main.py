"""The ``kg`` command: options that hold for every command, and the list of commands."""

from __future__ import annotations

from pathlib import Path

import click

from kg import __version__
from kg.cli.ask import query
from kg.cli.audit import audit, explain
from kg.cli.build import build, text, withdraw
from kg.cli.check import validate
from kg.cli.context import Group, Settings
from kg.cli.export import export
from kg.cli.publish import pull, push
from kg.cli.review import correct, review
from kg.cli.serve import mcp, serve
from kg.cli.view import path, render, site

EPILOG = """\b
Exit status: 0 all is well; 1 another error; 2 wrong usage; 3 a document could not be read;
4 the graph does not conform; 5 the store is missing, locked or cannot be written; 6 a query is wrong;
7 a vocabulary, decisions or corrections file is wrong; 8 a remote endpoint failed.

\b
Shell completion: eval "$(_KG_COMPLETE=bash_source kg)"  (or zsh_source, fish_source)

\b
Example:
  kg build my-report.txt && kg query promises && kg render -o graph.html
"""


@click.group(
    cls=Group, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 120}
)
@click.version_option(__version__, prog_name="kg")
@click.option(
    "--store",
    type=click.Path(path_type=Path),
    envvar="KG_STORE",
    default="build/store",
    show_default=True,
    help="Folder of the store (also KG_STORE).",
)
@click.option(
    "--config",
    type=click.Path(path_type=Path),
    envvar="KG_CONFIG",
    help="Settings file (default: kg.toml here, if there is one).",
)
@click.option("--quiet", "-q", is_flag=True, help="Say nothing but results and errors.")
@click.option("--verbose", "-v", is_flag=True, help="Say more about what is done.")
@click.pass_context
def main(ctx: click.Context, store: Path, config: Path | None, quiet: bool, verbose: bool) -> None:
    """Chinese government work reports as a cited, checked, queryable knowledge graph.

    政府工作报告 → 有出处、经校验、可查询的知识图谱
    """
    ctx.obj = Settings(store, config, quiet, verbose)


COMMANDS = (
    *(build, withdraw, text, query, validate, export, audit, explain, path),
    *(review, correct, render, site, serve, mcp, push, pull),
)
for command in COMMANDS:
    main.add_command(command)
