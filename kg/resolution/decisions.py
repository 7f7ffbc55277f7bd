"""Judgements of people on who is who: a plain file, one row a decision, replayed at every build.

Invariant: what is joined is a pure function of the rows. Of several rows about one pair the latest holds (by date, then
by line); a row that is deleted never was. Rows that contradict each other are refused, with their lines.
"""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from kg.errors import VocabularyError
from kg.iris import canonical_path, content_hash
from kg.recognition.spans import EntityType

COLUMNS = ("judgement", "one", "other", "where", "who", "when", "why")
_DIVISION = re.compile(r"place/\d+")
_SPAN = re.compile(r"(?P<document>.+):(?P<start>\d+)-(?P<end>\d+)")
_CONFLICT = ("<<<<<<<", "=======", ">>>>>>>")


class Judgement(StrEnum):
    """What was decided of two entities."""

    SAME = "same"  # one thing; it keeps the path of the first
    DIFFERENT = "different"  # two things, whatever else is decided
    UNSURE = "unsure"  # looked at, not decided
    SPLIT = "split"  # some mentions of the first are of the second


@dataclass(frozen=True, slots=True)
class Decision:
    """One row. ``one`` and ``other`` are paths below the base; ``line`` is where the row stands in its file.

    ``where`` tells which mentions a split moves: their words, or ``document:start-end``; several are parted by ``|``.
    """

    judgement: Judgement
    one: str
    other: str
    where: str
    who: str
    when: str  # ISO date, with or without time
    why: str
    line: int = 0

    @property
    def key(self) -> str:
        """What the decision is known by in the graph: its content, not its line."""
        return content_hash(self.judgement.value, self.one, self.other, self.where, self.who, self.when, self.why)

    @property
    def row(self) -> str:
        """The row as the file has it, without its end."""
        fields = (self.judgement.value, self.one, self.other, self.where, self.who, self.when, self.why)
        return "\t".join(" ".join(f.split()) for f in fields)


@dataclass(frozen=True, slots=True)
class Judgements:
    """What the rows come to.

    ``joined`` leads from an entity to the one it is published as, transitively resolved. ``standing`` are the rows that
    hold, in their order; what a later row about the same pair replaced is not among them.
    """

    joined: Mapping[str, str]
    splits: tuple[Decision, ...]
    standing: tuple[Decision, ...]

    def canonical(self, path: str) -> str:
        """The path under which the entity ``path`` is published."""
        return self.joined.get(path, path)

    def settled(self) -> frozenset[tuple[str, str]]:
        """The pairs that need no asking, each in sorted order: those of the rows, and of what they were joined to."""
        pairs = [(d.one, d.other) for d in self.standing]
        pairs += [(self.canonical(a), self.canonical(b)) for a, b in pairs]
        return frozenset((min(p), max(p)) for p in pairs)


NONE = Judgements({}, (), ())


def load_decisions(path: Path, base: str = "") -> Judgements:
    """What the file at ``path`` comes to; no file, no decisions.

    Raises:
        VocabularyError: a row is malformed, or rows contradict each other; the message names file and lines.

    """
    return replay(read_decisions(path, base), path) if path.exists() else NONE


def read_decisions(path: Path, base: str = "") -> tuple[Decision, ...]:
    """The rows of the file at ``path``, in order. Empty lines and lines that begin with ``#`` say nothing.

    Raises:
        VocabularyError: the file or a row of it is malformed.

    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise VocabularyError(f"{path}: cannot be read as UTF-8 text ({error}); mend or remove it.") from None
    rows: list[Decision] = []
    header = False
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith(_CONFLICT):
            raise VocabularyError(
                f"{path}, line {number}: a conflict that git left; keep the rows of both sides and delete this mark."
            )
        cells = [c.strip() for c in line.split("\t")]
        if not header:
            if tuple(cells) != COLUMNS:
                raise VocabularyError(
                    f"{path}, line {number}: the first line must be the header {' '.join(COLUMNS)}, parted by tabs."
                )
            header = True
        elif tuple(cells) != COLUMNS:  # a merge may bring a second header
            rows.append(parse_row(cells, f"{path}, line {number}", number, base))
    return tuple(rows)


def parse_row(cells: Sequence[str], where: str, number: int, base: str = "") -> Decision:
    """The decision in the cells of a row; ``where`` begins the messages.

    Raises:
        VocabularyError: the row is malformed.

    """
    if len(cells) != len(COLUMNS):
        raise VocabularyError(
            f"{where}: {len(cells)} columns instead of {len(COLUMNS)}; they are {', '.join(COLUMNS)}, parted by tabs."
        )
    word, one, other, mentions, who, when, why = cells
    try:
        judgement = Judgement(word)
    except ValueError:
        known = ", ".join(j.value for j in Judgement)
        raise VocabularyError(f"{where}: nobody knows the judgement {word!r}; there are {known}.") from None
    one, other = entity_at(one, where, base), entity_at(other, where, base)
    if one == other:
        raise VocabularyError(f"{where}: both sides are {one}; name two entities.")
    try:
        date.fromisoformat(when[:10])
    except ValueError:
        raise VocabularyError(f"{where}: {when!r} is no date; write it as 2024-01-31.") from None
    if not who:
        raise VocabularyError(f"{where}: nobody is named in the column who.")
    if (judgement is Judgement.SPLIT) != bool(mentions):
        need = "a split must" if not mentions else "only a split may"
        raise VocabularyError(f"{where}: {need} say in the column where which mentions are meant.")
    if judgement is Judgement.SAME and _DIVISION.fullmatch(other):
        advice = (
            "two division codes are two divisions" if _DIVISION.fullmatch(one) else "put the division in the column one"
        )
        raise VocabularyError(f"{where}: {other} cannot become part of {one}: {advice}.")
    return Decision(judgement, one, other, mentions, who, when, why, number)


def entity_at(written: str, where: str, base: str = "") -> str:
    """The canonical path of an entity written by a person.

    Raises:
        VocabularyError: it is no path of an entity; the message begins with ``where``.

    """
    try:
        path = canonical_path(written, base)
    except ValueError:
        path = ""
    if path.split("/", 1)[0] not in set(EntityType):
        raise VocabularyError(
            f"{where}: {written!r} is no entity; write its path below the base: project/520200/name, or place/520203."
        )
    return path


def replay(rows: Sequence[Decision], source: Path | str = "decisions") -> Judgements:
    """What ``rows`` come to.

    Raises:
        VocabularyError: some rows make one thing of what another row holds apart; the message names the lines.

    """
    latest: dict[object, Decision] = {}
    for decision in sorted(rows, key=lambda d: (d.when, d.line)):
        split = decision.judgement is Judgement.SPLIT
        latest[(decision.one, decision.other, decision.where) if split else _pair(decision)] = decision
    standing = tuple(sorted(latest.values(), key=lambda d: d.line))
    same = [d for d in standing if d.judgement is Judgement.SAME]
    neighbours: dict[str, list[Decision]] = defaultdict(list)
    for decision in same:
        neighbours[decision.one].append(decision)
        neighbours[decision.other].append(decision)
    clusters = _clusters(neighbours)
    for decision in standing:
        apart = decision.judgement in (Judgement.DIFFERENT, Judgement.SPLIT)
        if apart and decision.other in clusters.get(decision.one, ()):
            chain = _chain(neighbours, decision.one, decision.other)
            lines = ", ".join(str(n) for n in sorted(d.line for d in chain))
            raise VocabularyError(
                f"{source}: by line {decision.line} ({decision.judgement.value}) {decision.one} and {decision.other} "
                f"are two things, but by line {lines} (same) they are one; delete or change one of these rows."
            )
    joined: dict[str, str] = {}
    for members in {id(m): m for m in clusters.values()}.values():
        keeper = _keeper(members, [d for d in same if d.one in members], source)
        joined.update({m: keeper for m in members if m != keeper})
    return Judgements(
        dict(sorted(joined.items())), tuple(d for d in standing if d.judgement is Judgement.SPLIT), standing
    )


def _pair(decision: Decision) -> tuple[str, str]:
    low, high = sorted((decision.one, decision.other))
    return low, high


def _clusters(neighbours: Mapping[str, list[Decision]]) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for path in sorted(neighbours):
        if path not in found:
            members = {path}
            queue = deque(members)
            while queue:
                for d in neighbours[queue.popleft()]:
                    for end in (d.one, d.other):
                        if end not in members:
                            members.add(end)
                            queue.append(end)
            found.update(dict.fromkeys(members, frozenset(members)))
    return found


def _chain(neighbours: Mapping[str, list[Decision]], start: str, goal: str) -> list[Decision]:
    """The fewest rows that join ``start`` to ``goal``."""
    came: dict[str, tuple[str, Decision] | None] = {start: None}
    queue = deque([start])
    while queue and goal not in came:
        at = queue.popleft()
        for d in neighbours[at]:
            end = d.other if d.one == at else d.one
            if end not in came:
                came[end] = (at, d)
                queue.append(end)
    chain = []
    step = came[goal]
    while step is not None:
        chain.append(step[1])
        step = came[step[0]]
    return chain


def _keeper(members: Iterable[str], rows: Sequence[Decision], source: Path | str) -> str:
    """Whose path the joined entity keeps: a division's, else that of who is never the other; the latest row decides."""
    divisions = sorted(m for m in members if _DIVISION.fullmatch(m))
    if len(divisions) > 1:
        lines = ", ".join(str(d.line) for d in rows)
        raise VocabularyError(
            f"{source}: by lines {lines} (same) {divisions[0]} and {divisions[1]} are one, "
            "but two division codes are two divisions; delete or change one of these rows."
        )
    if divisions:
        return divisions[0]
    latest = sorted(rows, key=lambda d: (d.when, d.line), reverse=True)
    others = {d.other for d in rows}
    return next((d.one for d in latest if d.one not in others), latest[0].one)


@dataclass(frozen=True, slots=True)
class Selector:
    """Which mentions are meant: those of these words, or the one at this span of a document."""

    words: str = ""
    document: str = ""
    start: int = 0
    end: int = 0


def selectors(where: str) -> tuple[Selector, ...]:
    """What the column ``where`` of a split names."""
    found = []
    for part in (p.strip() for p in where.split("|")):
        if m := _SPAN.fullmatch(part):
            found.append(Selector("", m["document"], int(m["start"]), int(m["end"])))
        elif part:
            found.append(Selector(part))
    return tuple(found)


def append_decisions(path: Path, decisions: Iterable[Decision]) -> None:
    """Write rows at the end of the file at ``path``, which is made if it is not there.

    Raises:
        VocabularyError: the file cannot be written.

    """
    try:
        before = path.read_text(encoding="utf-8-sig") if path.exists() else ""
        lines = ["\t".join(COLUMNS)] if not before.strip() else []
        lines += [d.row for d in decisions]
        end = "\n" if before and not before.endswith("\n") else ""
        with path.open("a", encoding="utf-8", newline="\n") as file:
            file.write(end + "".join(line + "\n" for line in lines))
    except (OSError, UnicodeDecodeError) as error:
        raise VocabularyError(f"{path}: cannot be written ({error}).") from None
