"""``kg build``, ``kg withdraw``, ``kg text``: documents into the store, and out of it."""

from __future__ import annotations

import time
from pathlib import Path

import click

from kg.cli.context import Settings, pass_settings
from kg.cli.messages import say


@click.command(
    epilog="""\b
Examples:
  kg build                       # the folder seeds/
  kg build report.docx 2023.txt  # these
  kg build corpus/ --jobs 2 --fresh"""
)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--fresh", is_flag=True, help="Start from an empty store instead of adding to the one there is.")
@click.option("--strict", is_flag=True, help="Publish nothing if a single claim violates a shape.")
@click.option(
    "--engine",
    type=click.Choice(["auto", "pyshacl", "fast"]),
    default="auto",
    show_default=True,
    help="SHACL engine; auto takes the fast one from ten reports on, if it is installed (baogao[fast]).",
)
@click.option("--jobs", "-j", type=click.IntRange(1), help="How many processes (default: one a processor).")
@pass_settings
def build(
    settings: Settings, paths: tuple[Path, ...], fresh: bool, strict: bool, engine: str, jobs: int | None
) -> None:
    """Read reports (TXT, HTML, DOCX, PDF; files or folders) and put their checked graphs into the store.

    A report built before is replaced; other reports in the store stay. A document that cannot be read is named, and the
    others are built; the exit status is then 3.
    """
    from kg import building

    began = time.monotonic()
    summary = building.build(
        paths or (Path("seeds"),),
        settings.store,
        settings.config,
        fresh=fresh,
        strict=strict,
        jobs=jobs,
        engine=engine,
        progress=settings.progress(),
    )
    took = time.monotonic() - began
    settings.note(describe(summary, settings, took))
    for stale in (s for report in summary.reports for s in report.stale):
        click.echo(f"kg: {stale}", err=True)
    if summary.reports:
        _tell_idle(settings)
    for failure in summary.failures:
        click.echo(f"kg: {failure.message}", err=True)
    if summary.failures:
        click.get_current_context().exit(3)


def _tell_idle(settings: Settings) -> None:
    """Say which corrections and decisions of the files concern nothing in the store: a slip of the pen, mostly."""
    from kg.auditing.revisions import idle_decisions, stale_corrections
    from kg.resolution.revisions import load_revisions
    from kg.store import open_store

    revisions = load_revisions(settings.config)
    if not revisions.corrections and not revisions.judgements.standing:
        return
    store = open_store(settings.store)
    for entry in stale_corrections(store, revisions.corrections, settings.config.base):
        if not entry.report:
            file = settings.config.corrections_file()
            reason = say(entry.reason_en, entry.reason_zh)
            click.echo(f"kg: {file}, {entry.correction.describe()}: {reason}", err=True)
    for decision in idle_decisions(store, revisions.judgements, settings.config.base):
        what = f"{settings.config.decisions_file()}:{decision.line}: {decision.judgement} {decision.one}"
        reason = say("concerns nothing in the store", "与库中任何内容无关")
        click.echo(f"kg: {what} {decision.other}: {reason}", err=True)


def describe(summary: object, settings: Settings, took: float) -> str:
    """What a build did, for people."""
    from kg.building import Summary

    if not isinstance(summary, Summary):
        raise TypeError
    totals: dict[str, int] = {}
    for report in summary.reports:
        for name, n in report.counts:
            totals[name] = totals.get(name, 0) + n
    lines = [""]
    if len(summary.reports) <= 5:
        for report in summary.reports:
            lines.append(say("Read  ", "读取  ") + f"{report.title}  ←  {', '.join(report.documents)}")
    else:
        n = sum(len(r.documents) for r in summary.reports)
        lines.append(
            say(
                f"Read  {len(summary.reports)} reports from {n} documents",
                f"读取  {n} 份文本，{len(summary.reports)} 份报告",
            )
        )
    lines.append("")
    for name, (en, zh) in _SHOWN.items():
        n = totals.get(name, 0)
        detail = ""
        if name == "entities":
            detail = "  " + ", ".join(
                f"{say(t, _TYPES.get(t, t))} {totals[k]}" for k in totals if k.startswith("type:") and (t := k[5:])
            )
        if name == "observations":
            detail = "  " + ", ".join(
                f"{say(t, _STATUS.get(t, t))} {totals[k]}" for k in totals if k.startswith("status:") and (t := k[7:])
            )
        lines.append(f"  {n:>7,}  {say(en, zh)}{detail}")
    aside = sum(len(r.set_aside) for r in summary.reports)
    lines.append(
        f"  {aside:>7,}  "
        + say("claims set aside by SHACL (kg audit lists them)", "条陈述未通过 SHACL 校验而搁置（kg audit 列出）")
    )
    lines.append("")
    lines.append(
        say(
            f"{summary.statements:,} statements in {settings.store}, conforming; {took:.1f} s",
            f"{settings.store} 现有 {summary.statements:,} 条三元组，全部通过校验；用时 {took:.1f} 秒",
        )
    )
    return "\n".join(lines)


_SHOWN = {
    "sentences": ("sentences", "个句子"),
    "numbers": ("numbers, every one classed", "个数字，逐一归类"),
    "entities": ("named things", "个实体"),
    "observations": ("figures", "个观测值"),
    "relations": ("relations and statuses", "条关系与状态"),
    "achievements": ("achievements", "条已完成事项"),
    "commitments": ("commitments", "条承诺事项"),
    "differences": ("places where the editions differ", "处版本差异"),
}
_TYPES = {
    "place": "地点",
    "zone": "园区",
    "facility": "设施",
    "enterprise": "企业",
    "organization": "机构",
    "project": "项目",
    "programme": "行动",
    "policy": "政策",
    "honour": "荣誉",
    "event": "活动",
    "brand": "品牌",
}
_STATUS = {"actual": "实际", "estimate": "预计", "target": "目标"}


@click.command(epilog="\b\nExample:\n  kg withdraw report/520200/2024")
@click.argument("report")
@pass_settings
def withdraw(settings: Settings, report: str) -> None:
    """Take one report out of the store, by its IRI or the end of it (report/520200/2024)."""
    from kg import building

    building.withdraw(report, settings.store, settings.config)
    settings.note(say(f"{report} is withdrawn.", f"{report} 已撤下。"))


@click.command(epilog="\b\nExample:\n  kg text report.docx | head")
@click.argument("file", type=click.Path(path_type=Path))
def text(file: Path) -> None:
    """Print the text of a document as offsets count in it."""
    from kg.reading import text_of

    click.echo(text_of(file), nl=False)
