"""``kg audit`` and ``kg explain``."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.context import Settings, pass_settings
from kg.cli.messages import say
from kg.errors import BaogaoError

if TYPE_CHECKING:
    from kg.auditing.revisions import StaleCorrection


@click.command(
    epilog="\b\nExamples:\n  kg audit\n  kg audit --report 520200/2024 --format json\n  kg audit --html quality.html"
)
@click.option("--report", default="", help="Only reports whose document name or IRI contains this.")
@click.option(
    "--format", "-f", "fmt", type=click.Choice(["table", "json"]), default="table", show_default=True, help="Form."
)
@click.option(
    "--top", type=click.IntRange(0), default=20, show_default=True, help="How many unlinked indicators to list."
)
@click.option(
    "--html",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write a page of all that looks wrong in the graph, for a person; - for standard output.",
)
@pass_settings
def audit(settings: Settings, report: str, fmt: str, top: int, html: Path | None) -> None:
    """How many numbers, names and clauses were understood, by section, and what was not.

    Also the corrections and decisions of the files that have no effect. Exit status 0 if every number is accounted for,
    1 if not.
    """
    from kg.asking.formats import clip, width
    from kg.auditing.audit import audit as run
    from kg.auditing.revisions import stale_corrections
    from kg.resolution.revisions import load_revisions
    from kg.store import open_store

    store = open_store(settings.store)
    revisions = load_revisions(settings.config)
    found = run(store, report)
    stale = [s for s in stale_corrections(store, revisions.corrections, settings.config.base) if report in s.report]
    if html is not None:
        from kg.auditing.quality import find_quality
        from kg.view.quality_page import quality_page

        quality = find_quality(store, settings.config.base, found, revisions.judgements, revisions.corrections)
        _write(html, quality_page(quality))
        settings.note(say(f"{quality.total} things to look at: {html}", f"{quality.total} 处需要人看：{html}"))
    elif fmt == "json":
        said = {"missed": found.missed, "stale_corrections": [_stale(s, settings) for s in stale]}
        click.echo(json.dumps({**asdict(found), **said}, ensure_ascii=False, indent=1))
    else:
        header = say("numbers  missed  names  clauses understood  section", "数字  未归类  名称  读懂的分句  章节")
        click.echo(header)
        for s in found.sections:
            title = clip(s.section or say("(no heading)", "（无标题）"), 48)
            pad = " " * max(0, 50 - width(title))
            click.echo(
                f"{s.numbers:7}  {len(s.missed):6}  {s.names:5}  {s.clauses_understood:6}/{s.clauses:<6}"
                f"  {title}{pad}  {s.document}"
            )
        total = sum(s.numbers for s in found.sections)
        by_class: dict[str, int] = {}
        for s in found.sections:
            for name, n in s.classes:
                by_class[name] = by_class.get(name, 0) + n
        click.echo(
            say(
                f"\n{total} numbers, {found.missed} not accounted for: ",
                f"\n共 {total} 个数字，{found.missed} 个未归类：",
            )
            + ", ".join(f"{k} {v}" for k, v in sorted(by_class.items()))
        )
        share = 100 * found.linked / found.observations if found.observations else 0
        click.echo(
            say(
                f"{found.linked} of {found.observations} figures ({share:.0f} %) have an indicator of the scheme.",
                f"{found.observations} 个观测值中 {found.linked} 个（{share:.0f}%）对应指标体系中的指标。",
            )
        )
        for s in found.sections:
            for at, around in s.missed:
                click.echo(f"  {s.document}:{at} …{around}…")
        if found.unplaced:
            click.echo(say("Places nobody could place: ", "无法定位的地点：") + "、".join(found.unplaced))
        if found.set_aside:
            click.echo(say(f"{len(found.set_aside)} claims set aside:", f"搁置 {len(found.set_aside)} 条陈述："))
            for what, why in found.set_aside:
                click.echo(f"  {what}\n    {why}")
        for entry in stale:
            told = _stale(entry, settings)
            where = f" ({told['report']})" if told["report"] else ""
            click.echo(say("Not applied: ", "未生效：") + f"{told['correction']}: {told['reason']}{where}")
        if found.local_indicators[:top]:
            click.echo(
                say("Most frequent indicators outside the scheme: ", "指标体系之外最常见的指标：")
                + "、".join(f"{k}×{n}" for k, n in found.local_indicators[:top])
            )
    if found.missed:
        click.get_current_context().exit(1)


def _stale(entry: StaleCorrection, settings: Settings) -> dict[str, str]:
    file = settings.config.corrections_file()
    return {
        "correction": f"{file}, {entry.correction.describe()}",
        "reason": say(entry.reason_en, entry.reason_zh),
        "report": entry.report,
    }


def _write(path: Path, html: str) -> None:
    if str(path) == "-":
        click.echo(html, nl=False)
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(html, encoding="utf-8", newline="\n")
    except OSError as error:
        raise BaogaoError(
            say(f"{path}: cannot be written ({error.strerror}).", f"{path}：无法写入（{error.strerror}）。")
        ) from None


@click.command(epilog="\b\nExamples:\n  kg explain 水城区\n  kg explain https://w3id.org/baogao/id/place/520204")
@click.argument("name")
@click.option(
    "--format", "-f", "fmt", type=click.Choice(["text", "json"]), default="text", show_default=True, help="Form."
)
@pass_settings
def explain(settings: Settings, name: str, fmt: str) -> None:
    """All that is said of a thing, a claim or an indicator: quotes, edition, section, offsets, and the rule."""
    from kg.auditing.explain import explain as run
    from kg.auditing.explain import find
    from kg.store import open_store

    store = open_store(settings.store)
    found = find(store, name)
    if not found:
        raise BaogaoError(
            say(
                f"The store knows nothing named {name!r}. “kg query entities” lists all names.",
                f"库中没有名为“{name}”的事物；kg query entities 列出全部名称。",
            )
        )
    explanations = [run(store, iri) for iri in found]
    if fmt == "json":
        click.echo(json.dumps([asdict(e) for e in explanations], ensure_ascii=False, indent=1))
        return
    for e in explanations:
        click.echo(click.style("  ".join(e.names[:8]) or e.iri, bold=True) + f"   {', '.join(e.kinds)}\n<{e.iri}>")
        for s in e.statements:
            click.echo(f"\n  {s.words}")
            for p in s.places:
                click.echo(f"    “{p.quote}”  {p.document}:{p.start}-{p.end}  {p.section}")
                settings.detail(f"      {p.sentence}")
            click.echo(say("    claim ", "    陈述 ") + s.claim.removeprefix(settings.config.base))
            if s.rule:
                confidence = f" ({s.confidence})" if s.confidence else ""
                click.echo(say("    rule ", "    规则 ") + f"{s.rule}{confidence}: {s.reason}")
        click.echo(say(f"\n  mentioned {len(e.mentions)} times\n", f"\n  共提及 {len(e.mentions)} 次\n"))
