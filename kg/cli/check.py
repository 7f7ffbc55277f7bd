"""``kg validate``: the published graph against the shapes."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.context import Settings, pass_settings
from kg.cli.messages import chinese, say


@click.command(epilog="\b\nExamples:\n  kg validate\n  kg validate --format turtle -o validation.ttl")
@click.option(
    "--format",
    "-f",
    "fmt",
    type=click.Choice(["table", "turtle"]),
    default="table",
    show_default=True,
    help="A report for people, or the sh:ValidationReport.",
)
@click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False), help="File to write the report to.")
@click.option(
    "--engine", type=click.Choice(["pyshacl", "fast"]), default="pyshacl", show_default=True, help="SHACL engine."
)
@pass_settings
def validate(settings: Settings, fmt: str, output: Path | None, engine: str) -> None:
    """Check what the store publishes against the SHACL shapes. Exit status 4 if it does not conform."""
    from kg.auditing.published import for_people, validate_store
    from kg.checking import report_graph
    from kg.store import open_store

    findings = validate_store(open_store(settings.store), engine, settings.progress())
    text = report_graph(findings).serialize(format="turtle") if fmt == "turtle" else for_people(findings, chinese())
    if output:
        output.write_text(text, encoding="utf-8")
        settings.note(say(f"Report in {output}", f"校验报告：{output}"))
    else:
        click.echo(text, nl=False)
    if not findings.conforms:
        click.get_current_context().exit(4)
