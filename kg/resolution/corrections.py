"""Corrections by people: a plain file of entries that say what is wrong, what is right, who says so and why.

Invariant: the file is the whole truth about them: an entry that is deleted never was. This module only reads and writes
entries; kg/resolution/correcting.py applies them.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from pathlib import Path

from kg.claims.claim import Measure, Predicate, ProjectStatus, Status
from kg.errors import VocabularyError
from kg.iris import content_hash
from kg.recognition.spans import Bound, EntityType
from kg.resolution.decisions import entity_at

_CLAIM = re.compile(r"(?:(?P<report>report/.+)/claim/)?(?P<key>[0-9a-f]{16})")
_REPORT = re.compile(r"report/[^/]+/[^/]+")
_DIVISION = re.compile(r"place/\d+")


class Action(StrEnum):
    """What a correction does."""

    ASSERT = "assert"  # the text says this
    RETRACT = "retract"  # the text does not say this
    RETYPE = "retype"  # this thing is of another type
    RENAME = "rename"  # this thing has another name, and its IRI with it
    RELABEL = "relabel"  # this thing is also called, or written, so; its IRI stays


@dataclass(frozen=True, slots=True)
class Correction:
    """One entry. Which fields it has depends on its action; docs/decisions-and-corrections.md has the table.

    ``target`` is the key of a claim (sixteen digits) or the path of an entity; ``report`` the path of the one report it
    is about, "" for all. ``values`` are the further fields as text, by name, ``about`` the paths an observation is of.
    ``entry`` is its number in the file, from 1.
    """

    action: Action
    who: str
    when: str
    why: str
    target: str = ""
    report: str = ""
    quote: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    about: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    entry: int = 0

    @property
    def key(self) -> str:
        """What the correction is known by in the graph: its content, not its place in the file."""
        values = (f"{k}={v}" for k, v in sorted(self.values.items()))
        return content_hash(
            *(self.action.value, self.target, self.report, self.quote, *values, *self.about, *self.aliases),
            *(self.who, self.when, self.why),
        )

    @property
    def of_claim(self) -> bool:
        """Whether the target is a claim."""
        return bool(_CLAIM.fullmatch(self.target))

    def describe(self) -> str:
        """The entry in a few words, for messages."""
        about = (
            self.target
            or self.values.get("name")
            or " ".join(
                v
                for v in (self.values.get(n, "") for n in ("subject", "predicate", "object", "indicator", "value"))
                if v
            )
        )
        return f"entry {self.entry} ({self.action.value} {about})" if self.entry else f"{self.action.value} {about}"


_Wrong = Callable[[str], VocabularyError]

_COMMON = {"action", "who", "when", "why", "quote", "report"}
_RELATION = {"subject", "predicate", "object", "period", "planned"}
_OBSERVATION = {
    *("indicator", "concept", "measure", "value", "value_max", "unit", "period", "status", "bound"),
    *("about", "comparator", "scope", "text"),
}
_ENTITY = {"name", "type", "place", "kind", "aliases", "text"}
# What an assertion states is told by the field that only it has, and what it then must have.
_STATED: tuple[tuple[str, set[str], set[str]], ...] = (
    ("predicate", _RELATION, {"object"}),
    ("indicator", _OBSERVATION, {"value", "period", "status"}),
    ("name", _ENTITY, {"type"}),
)
_FIELDS = {
    Action.RETRACT: {"target"},
    Action.RETYPE: {"target", "type"},
    Action.RENAME: {"target", "name", "place", "keep"},
    Action.RELABEL: {"target", "label", "language", "as"},
}
_REQUIRED = {
    Action.RETRACT: {"target"},
    Action.RETYPE: {"target", "type"},
    Action.RENAME: {"target"},
    Action.RELABEL: {"target", "label"},
}
_CHOICES: dict[str, frozenset[str]] = {
    "predicate": frozenset(Predicate),
    "type": frozenset(EntityType),
    "measure": frozenset(Measure),
    "status": frozenset(Status),
    "bound": frozenset(Bound),
    "language": frozenset({"zh-Hans", "zh-Hant", "en"}),
    "as": frozenset({"preferred", "alternative", "none"}),
    "planned": frozenset({"true", "false"}),
    "keep": frozenset({"true", "false"}),
}


def load_corrections(path: Path, base: str = "") -> tuple[Correction, ...]:
    """The entries of the file at ``path``, in order; no file, no corrections.

    Raises:
        VocabularyError: the file is no TOML, or an entry is malformed; the message names file and entry.

    """
    if not path.exists():
        return ()
    try:
        return parse_corrections(path.read_text(encoding="utf-8-sig"), path, base)
    except (OSError, UnicodeDecodeError) as error:
        raise VocabularyError(f"{path}: cannot be read as UTF-8 text ({error}); mend or remove it.") from None


def parse_corrections(text: str, source: Path | str, base: str = "") -> tuple[Correction, ...]:
    """The entries of ``text``; ``source`` is what messages call it.

    Raises:
        VocabularyError: it is no TOML, or an entry is malformed.

    """
    try:
        data = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise VocabularyError(f"{source}: not readable as TOML ({error}); mend the line it names.") from None
    entries = data.pop("correction", [])
    if data or not isinstance(entries, list) or not all(isinstance(e, dict) for e in entries):
        extra = f" (not {next(iter(data))!r})" if data else ""
        raise VocabularyError(f"{source}: the file may hold entries that begin with [[correction]] only{extra}.")
    return tuple(_correction(e, f"{source}, entry {i}", i, base) for i, e in enumerate(entries, start=1))


def _correction(entry: Mapping[str, object], where: str, number: int, base: str) -> Correction:
    def wrong(what: str) -> VocabularyError:
        return VocabularyError(f"{where}: {what}.")

    values = _values(entry, wrong)
    action = Action(_choice(values.get("action", ""), "action", frozenset(Action), wrong))
    allowed, required = _fields(action, values, wrong)
    if unknown := sorted(set(entry) - allowed):
        raise wrong(f"nobody knows the field {unknown[0]!r} here; the fields are {', '.join(sorted(allowed))}")
    if missing := sorted(n for n in required if not values.get(n)):
        raise wrong(f"the field {missing[0]!r} is missing or empty")
    if action is Action.RENAME and not (values.get("name") or values.get("place")):
        raise wrong("a thing is renamed by a name, or moved by the code of a place; it has neither")
    _check(values, wrong)
    report = values.get("report", "").removeprefix(base).removesuffix("/graph")
    if report and not _REPORT.fullmatch(report):
        raise wrong(f"{values['report']!r} is no report; write it as report/520200/2024")
    target, report = _target(action, values.get("target", ""), report, where, base)
    if target.startswith("place/") and target.count("/") == 1 and action is Action.RELABEL:
        role = (values.get("language", "zh-Hans"), values.get("as", "preferred"))
        if role != ("en", "preferred") and role[1] != "alternative":
            raise wrong(f'{target} is a division, its names are those of its code; add to them with as = "alternative"')
    for name in ("subject", "object"):
        if name == "object" and values.get("predicate") == Predicate.HAS_STATUS:
            _choice(values[name], "object", frozenset(ProjectStatus), wrong)
        elif values.get(name):
            values[name] = entity_at(values[name], where, base)
    return Correction(
        action=action,
        who=values["who"],
        when=values["when"],
        why=values["why"],
        target=target,
        report=report,
        quote=values.get("quote", ""),
        values={k: v for k, v in sorted(values.items()) if k not in _COMMON and k != "target"},
        about=tuple(entity_at(a, where, base) for a in _texts(entry, "about", wrong)),
        aliases=_texts(entry, "aliases", wrong),
        entry=number,
    )


def _fields(action: Action, values: Mapping[str, str], wrong: _Wrong) -> tuple[set[str], set[str]]:
    """The fields an entry may have, and those it must have."""
    must = {"who", "when", "why"}
    if action is not Action.ASSERT:
        return _COMMON | _FIELDS[action], must | _REQUIRED[action]
    for sign, allowed, required in _STATED:
        if sign in values:
            return _COMMON | allowed, must | required | {sign, "quote", "report"}
    raise wrong(
        "an assertion states a relation (predicate), a figure (indicator) or a thing (name); it has none of these"
    )


def _values(entry: Mapping[str, object], wrong: _Wrong) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in entry.items():
        if isinstance(value, bool):
            found[name] = "true" if value else "false"
        elif isinstance(value, date | datetime):
            found[name] = value.isoformat()
        elif isinstance(value, str | int | Decimal):
            found[name] = f"{value}".strip()
        elif name not in ("about", "aliases"):
            raise wrong(f"{name} must be a text, a number, a date, or true or false")
    return found


def _texts(entry: Mapping[str, object], name: str, wrong: _Wrong) -> tuple[str, ...]:
    value = entry.get(name, [])
    if isinstance(value, str):
        return (value,)
    if not isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in value):
        raise wrong(f"{name} must be a list of texts")
    return tuple(value)


def _choice(value: str, name: str, choices: Iterable[str], wrong: _Wrong) -> str:
    known = sorted(str(c) for c in choices)
    if value not in known:
        raise wrong(f"{name} = {value!r} is none of {', '.join(known)}")
    return value


def _check(values: Mapping[str, str], wrong: _Wrong) -> None:
    for name, choices in _CHOICES.items():
        if name in values:
            _choice(values[name], name, choices, wrong)
    try:
        date.fromisoformat(values["when"][:10])
    except ValueError:
        raise wrong(f"{values['when']!r} is no date; write when = 2024-01-31") from None
    if "place" in values and not values["place"].isdigit():
        raise wrong(f"place = {values['place']!r} is no code of a division")
    for name in ("value", "value_max"):
        try:
            Decimal(values.get(name, "0"))
        except InvalidOperation:
            raise wrong(f"{name} = {values[name]!r} is no number") from None
    if values.get("text", "") not in values.get("quote", ""):
        raise wrong("the field text must be a part of the quote")


def _target(action: Action, target: str, report: str, where: str, base: str) -> tuple[str, str]:
    """The key of a claim or the path of an entity, and the report it is about."""
    claim = _CLAIM.fullmatch(target.removeprefix(base))
    if claim:
        if action is not Action.RETRACT:
            raise VocabularyError(
                f"{where}: {action.value} is for things; to mend a claim, retract it and assert what is right."
            )
        if report and claim["report"] and claim["report"] != report:
            raise VocabularyError(f"{where}: the target is a claim of {claim['report']}, not of {report}.")
        return claim["key"], claim["report"] or report
    if not target:
        return "", report
    path = entity_at(target, where, base)
    if _DIVISION.fullmatch(path) and action in (Action.RETYPE, Action.RENAME):
        raise VocabularyError(f"{where}: {path} is a division; its type and its name are those of its code.")
    return path, report


def as_toml(fields: Mapping[str, str | tuple[str, ...]]) -> str:
    """An entry as the file has it, in the order of ``fields``; empty fields are left out."""
    lines = ["[[correction]]"]
    for name, value in fields.items():
        if value:
            lines.append(f"{name} = {json.dumps(value if isinstance(value, str) else list(value), ensure_ascii=False)}")
    return "\n".join(lines) + "\n"


def append_correction(path: Path, entry: str, base: str = "") -> Correction:
    """Write ``entry`` at the end of the file at ``path``, which is made if it is not there, and return what it says.

    Raises:
        VocabularyError: the entry or the file is malformed, or the file cannot be written. The file is then as it was.

    """
    try:
        before = path.read_text(encoding="utf-8-sig") if path.exists() else ""
        text = before.rstrip("\n") + "\n\n" + entry if before.strip() else entry
        correction = parse_corrections(text, path, base)[-1]
        path.write_text(text, encoding="utf-8", newline="\n")
    except (OSError, UnicodeDecodeError) as error:
        raise VocabularyError(f"{path}: cannot be read or written ({error}).") from None
    return correction


class Stale(StrEnum):
    """Why a correction could not be applied."""

    TARGET = "target"  # what it corrects is not there any more
    QUOTE = "quote"  # the words it stands on are not there any more
    REPEATED = "repeated"  # the words stand there several times
    SENTENCES = "sentences"  # the words run over several sentences
    ENTITY = "entity"  # a thing that it names is not there
    HOME = "home"  # it would take the report's own place away

    @property
    def reason_en(self) -> str:
        """The reason, for people."""
        return _REASONS[self][0]

    @property
    def reason_zh(self) -> str:
        """The reason in Chinese."""
        return _REASONS[self][1]


_REASONS = {
    Stale.TARGET: ("what it corrects is no longer in the graph", "它所更正的内容已不在图谱中"),
    Stale.QUOTE: ("its quote is no longer in the text", "它所依据的引文已不在文本中"),
    Stale.REPEATED: ("its quote stands in the text more than once; lengthen it", "引文在文本中不止一处，请加长引文"),
    Stale.SENTENCES: ("its quote runs over several sentences; quote one of them", "引文跨越多个句子，请只引一句"),
    Stale.ENTITY: (
        "a thing that it names is not in the report; assert it first",
        "它所说的事物不在报告中，请先补充该事物",
    ),
    Stale.HOME: ("the report's own place cannot be taken away", "不能删除报告所属的地方"),
}
