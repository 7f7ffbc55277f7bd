"""``kg review`` and ``kg correct``: what people decide and correct, written into the files that builds replay."""

from __future__ import annotations

import getpass
import json
import subprocess
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.context import Settings, pass_settings
from kg.cli.messages import say
from kg.errors import UsageError

if TYPE_CHECKING:
    from pyoxigraph import Store

    from kg.auditing.review import Question, Side
    from kg.resolution.decisions import Decision, Judgement

_WHO = click.option("--who", default="", help="Who decides (default: git's user.name, else the account).")
_WHEN = click.option("--when", default="", help="The date, as 2024-01-31 (default: today).")
_WHY = click.option("--why", default="", help="Why; it is kept with the decision.")


@click.command(
    epilog="\b\nExamples:\n  kg review                                  # the pairs that may be one thing\n"
    "  kg review --interactive                    # judge them one by one\n"
    "  kg review --same 东山电厂 东山发电厂 --why 同一电厂\n"
    "  kg review --different project/520200/甲 project/520200/乙\n"
    "  kg review --split 西山电厂 facility/520200/西山水库 --where 西山水库"
)
@click.option("--interactive", "-i", is_flag=True, help="Ask about each pair and record the answers.")
@click.option("--json", "as_json", is_flag=True, help="List the pairs as JSON.")
@click.option("--limit", type=click.IntRange(0), default=20, show_default=True, help="How many pairs (0: all).")
@click.option("--type", "kind", default="", help="Only things of this type (project, enterprise …).")
@click.option("--same", nargs=2, metavar="ONE OTHER", help="They are one thing; it keeps the IRI of ONE.")
@click.option("--different", nargs=2, metavar="ONE OTHER", help="They are two things; do not ask again.")
@click.option("--unsure", nargs=2, metavar="ONE OTHER", help="Looked at, not decided; do not ask again.")
@click.option("--split", nargs=2, metavar="ONE OTHER", help="Some mentions of ONE are of OTHER; --where says which.")
@click.option("--where", default="", help="Mentions to split off: their words, or DOCUMENT:START-END; several with |.")
@_WHY
@_WHO
@_WHEN
@pass_settings
def review(
    settings: Settings,
    interactive: bool,
    as_json: bool,
    limit: int,
    kind: str,
    same: tuple[str, str] | None,
    different: tuple[str, str] | None,
    unsure: tuple[str, str] | None,
    split: tuple[str, str] | None,
    where: str,
    why: str,
    who: str,
    when: str,
) -> None:
    """List pairs of entities that may be one thing, with quotes, and record what a person decides of them.

    Nothing is ever joined without a decision. Decisions are rows of a text file (decisions.tsv, see docs); they take
    effect when the reports are built again, and deleting a row undoes it. ONE and OTHER are names, IRIs, or paths below
    the base.
    """
    from kg.resolution.decisions import Judgement
    from kg.store import open_store

    given = [
        (j, pair)
        for j, pair in (
            (Judgement.SAME, same),
            (Judgement.DIFFERENT, different),
            (Judgement.UNSURE, unsure),
            (Judgement.SPLIT, split),
        )
        if pair
    ]
    store = open_store(settings.store)
    if given:
        for judgement, (one, other) in given:
            _record(
                settings,
                judgement,
                _entity(settings, store, one),
                _entity(settings, store, other, new=judgement is Judgement.SPLIT),
                where if judgement is Judgement.SPLIT else "",
                why,
                _who(settings, who),
                when,
            )
        return
    _ask_or_list(settings, store, interactive, as_json, limit, kind, _who(settings, who) if interactive else "", when)


def _ask_or_list(
    settings: Settings, store: Store, interactive: bool, as_json: bool, limit: int, kind: str, who: str, when: str
) -> None:
    from kg.auditing.review import candidates, questions
    from kg.resolution.decisions import load_decisions

    base = settings.config.base
    found = candidates(store, base, load_decisions(settings.config.decisions_file(), base))
    found = tuple(c for c in found if not kind or c.one.entity_type == kind)
    shown = questions(store, base, found[: limit or None])
    if as_json:
        click.echo(json.dumps([asdict(q) for q in shown], ensure_ascii=False, indent=1))
    elif interactive:
        _interview(settings, shown, who, when)
    else:
        for number, question in enumerate(shown, start=1):
            _show(question, number)
        rest = len(found) - len(shown)
        if not found:
            click.echo(say("No pair is waiting for a decision.", "没有待判断的实体对。"))
        elif rest:
            click.echo(say(f"… and {rest} more (--limit 0 lists all).", f"……另有 {rest} 对（--limit 0 列出全部）。"))


def _interview(settings: Settings, shown: tuple[Question, ...], who: str, when: str) -> None:
    from kg.resolution.decisions import Judgement

    keys = {
        "s": Judgement.SAME,
        "o": Judgement.SAME,
        "d": Judgement.DIFFERENT,
        "u": Judgement.UNSURE,
    }
    prompt = say(
        "[s]ame, keep A / [o] same, keep B / [d]ifferent / [u]nsure / s[k]ip / [q]uit",
        "[s] 同一，保留A / [o] 同一，保留B / [d] 不同 / [u] 未定 / [k] 跳过 / [q] 结束",
    )
    for number, question in enumerate(shown, start=1):
        _show(question, number)
        answer = _answer(prompt)
        if answer == "q":
            return
        if answer in keys:
            one, other = question.one.path, question.other.path
            if answer == "o":
                one, other = other, one
            why = click.prompt(say("Why", "理由"), default="", show_default=False)
            _record(settings, keys[answer], one, other, "", why, who, when)
    if not shown:
        click.echo(say("No pair is waiting for a decision.", "没有待判断的实体对。"))


_ANSWERS = {"same": "s", "other": "o", "different": "d", "unsure": "u", "skip": "k", "quit": "q"}


def _answer(prompt: str) -> str:
    """The key that was pressed, or whose word was typed; the end of the input ends the interview."""
    while True:
        try:
            answer = click.prompt(prompt, default="k", show_default=False).strip().lower()
        except click.Abort:
            click.echo()
            return "q"
        answer = _ANSWERS.get(answer, answer)
        if answer in _ANSWERS.values():
            return answer


def _show(question: Question, number: int) -> None:
    head = say(question.reason_en, question.reason_zh)
    click.echo(click.style(f"{number}. {question.one.entity_type}: {head}", bold=True))
    for mark, side in (("A", question.one), ("B", question.other)):
        _show_side(mark, side)
    click.echo()


def _show_side(mark: str, side: Side) -> None:
    names = say("; also ", "；又称").join([side.names[0], *(["、".join(side.names[1:])] if side.names[1:] else [])])
    click.echo(f"  {mark}  {names}   {side.path}   " + say(f"{side.mentions} mentions", f"提及 {side.mentions} 次"))
    for q in side.quotes:
        sentence = q.sentence.replace(q.words, click.style(q.words, bold=True), 1)
        click.echo(f"     {q.document}:{q.start}  {sentence}")


def _record(
    settings: Settings, judgement: Judgement, one: str, other: str, where: str, why: str, who: str, when: str
) -> Decision:
    """Write one row, unless the file with it would be malformed or contradict itself."""
    from kg.resolution.decisions import append_decisions, parse_row, read_decisions, replay

    config = settings.config
    file = config.decisions_file()
    before = read_decisions(file, config.base) if file.exists() else ()
    row = [judgement.value, one, other, where, who, when or date.today().isoformat(), why]
    line = len(file.read_text(encoding="utf-8-sig").splitlines()) + 1 if before else 2
    decision = parse_row([" ".join(f.split()) for f in row], say("This decision", "此项判定"), line, config.base)
    judgements = replay([*before, decision], file)
    append_decisions(file, [decision])
    if decision not in judgements.standing:
        settings.note(say("A later row about them holds all the same.", "关于这两者有日期更晚的一行，仍以它为准。"))
    settings.note(
        say(
            f"Written to {file}. It takes effect when the reports that name them are built again.",
            f"已写入 {file}；重新构建相关报告后生效。",
        )
    )
    return decision


def _entity(settings: Settings, store: Store, written: str, new: bool = False) -> str:
    """The path of the entity that ``written`` names; with ``new`` it need not be in the store.

    A path that a decision names already is accepted too: it may be in the store under another one now.
    """
    from kg.auditing.explain import find
    from kg.iris import canonical_path
    from kg.resolution.decisions import load_decisions

    base = settings.config.base
    try:
        path = canonical_path(written, base)
    except ValueError:
        path = ""
    decided = load_decisions(settings.config.decisions_file(), base).standing
    if path and (new or any(path in (d.one, d.other) for d in decided) or find(store, base + path)):
        return path
    found = [iri.removeprefix(base) for iri in find(store, base + path if path else written)]
    if len(found) == 1:
        return found[0]
    if not found:
        raise UsageError(
            say(
                f"The store knows nothing named {written!r}; kg query entities lists all names.",
                f"库中没有名为“{written}”的事物；kg query entities 列出全部名称。",
            )
        )
    raise UsageError(
        say(f"{written!r} may be any of these; give the path: ", f"“{written}”可指以下各项，请写明路径：")
        + ", ".join(found)
    )


def _who(settings: Settings, given: str) -> str:
    """Who decides: as given, else as git knows the user, else the account's name."""
    if given.strip():
        return given.strip()
    try:
        asked = subprocess.run(
            ["git", "config", "user.name"],
            capture_output=True,
            text=True,
            encoding="utf-8",
            cwd=settings.config.folder,
            check=False,
            timeout=10,
        )
        if asked.stdout.strip():
            return asked.stdout.strip()
    except (OSError, subprocess.SubprocessError, UnicodeDecodeError):
        pass
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        raise UsageError(
            say("Nobody knows who decides; say --who NAME.", "不知道由谁判定；请用 --who 写明姓名。")
        ) from None


_FIELDS = """\b
Fields, by action (docs/decisions-and-corrections.md has the whole table):
  retract TARGET                          a claim (IRI, or the sixteen digits that end it) or an entity
  retype  TARGET --set type=facility
  rename  TARGET --set name=… [--set place=520203] [--set keep=true]
  relabel TARGET --set label=… [--set language=en] [--set as=alternative]
  assert  --report R --quote Q --set predicate=… --set object=… [--set subject=…] [--set period=…] [--set planned=true]
  assert  --report R --quote Q --set indicator=… --set value=… --set unit=… --set period=… --set status=actual
  assert  --report R --quote Q --set name=… --set type=…

\b
Examples:
  kg correct retract report/520200/2024/claim/0123456789abcdef --why 误读
  kg correct retype zone/520200/某某水库 --set type=facility --why 是水库
"""


@click.command(epilog=_FIELDS)
@click.argument("action", type=click.Choice(["assert", "retract", "retype", "rename", "relabel"]))
@click.argument("target", required=False, default="")
@click.option("--set", "fields", multiple=True, metavar="FIELD=VALUE", help="A field of the entry; may be repeated.")
@click.option("--quote", default="", help="The words of the text that the correction stands on.")
@click.option("--report", default="", help="The report it is about, as report/520200/2024 (default: all).")
@_WHY
@_WHO
@_WHEN
@pass_settings
def correct(
    settings: Settings,
    action: str,
    target: str,
    fields: tuple[str, ...],
    quote: str,
    report: str,
    why: str,
    who: str,
    when: str,
) -> None:
    """Add a correction to the file of corrections: assert, retract, retype, rename or relabel.

    The entry is checked before it is written. It takes effect when the report is built again; deleting it undoes it.
    """
    from kg.resolution.corrections import append_correction, as_toml

    values: dict[str, str | tuple[str, ...]] = {"action": action, "target": target, "report": report}
    for given in fields:
        name, equals, value = given.partition("=")
        if not equals:
            raise UsageError(say(f"--set {given!r} is no FIELD=VALUE.", f"--set {given!r} 应写成“字段=值”。"))
        earlier = values.get(name, ())
        if name in ("about", "aliases"):
            values[name] = (*((earlier,) if isinstance(earlier, str) else earlier), value)
        else:
            values[name] = value
    values |= {"quote": quote, "why": why, "who": _who(settings, who), "when": when or date.today().isoformat()}
    file: Path = settings.config.corrections_file()
    entry = append_correction(file, as_toml(values), settings.config.base)
    settings.note(
        say(
            f"Written to {file}, {entry.describe()}. It takes effect when the report is built again.",
            f"已写入 {file}，{entry.describe()}；重新构建报告后生效。",
        )
    )
