"""Finding things by name and sentences by words, in the index beside the store.

Invariant: two things are the same only when their names are (in either script, or by a change of name that the data
record); likeness gives candidates for a person to choose from, never a match.
"""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from kg.serving import index
from kg.serving.jobs import JobError
from kg.serving.pool import Pool, lives

_BUILD_SECONDS = 900.0


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing as the index knows it. ``valid`` are years, "" for open; ``successor`` an IRI."""

    iri: str
    type: str
    hans: str
    hant: str
    english: str
    place: str
    place_name: str
    mentions: int
    valid: tuple[str, str]
    successor: str
    code: str

    def held_in(self, year: int) -> bool:
        """Whether the thing existed under this name in ``year`` (as far as is known)."""
        begins, ends = (int(text) if text.isdigit() else None for text in self.valid)
        return (begins is None or begins <= year) and (ends is None or year <= ends)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A thing that may be meant: ``score`` 0 to 100, ``how`` it was found, ``exact`` when its name is the one asked."""

    entity: Entity
    score: float
    how: str
    name: str
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that has the words, and where it stands."""

    iri: str
    text: str
    document: str
    start: int
    end: int
    language: str
    report: str
    title: str


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of things: its short name, its names for people, its class."""

    name: str
    hans: str
    english: str
    iri: str


_ENTITY = (
    "e.iri, e.type, e.hans, e.hant, e.english, e.place, e.place_name, e.mentions, e.valid_from, e.valid_to, "
    "e.successor, e.code"
)
_NAMES = f"SELECT {_ENTITY}, n.name, n.preferred FROM name n JOIN entity e ON e.id = n.entity WHERE "
_LIKELIEST = " ORDER BY e.mentions DESC, e.id LIMIT 200"


def _entity(row: Sequence[object]) -> Entity:
    texts = [str(cell) for cell in row]
    return Entity(
        texts[0], texts[1], texts[2], texts[3], texts[4], texts[5], texts[6], int(texts[7]), (texts[8], texts[9]),
        texts[10], texts[11],
    )  # fmt: skip


@dataclass(slots=True)
class Index:
    """An open index. Every question takes milliseconds; it may be asked from any thread, one at a time."""

    path: Path
    database: sqlite3.Connection = field(init=False)

    def __post_init__(self) -> None:
        # immutable: the file is complete before it has its name, and is never changed after
        self.database = sqlite3.connect(f"file:{self.path}?mode=ro&immutable=1", uri=True, check_same_thread=False)

    def kinds(self) -> list[Kind]:
        """The kinds of things there are."""
        rows = self.database.execute("SELECT name, hans, english, class FROM type ORDER BY name")
        return [Kind(*row) for row in rows]

    def entity(self, iri: str) -> Entity | None:
        """The thing with this IRI."""
        row = self.database.execute(f"SELECT {_ENTITY} FROM entity e WHERE e.iri = ?", (iri,)).fetchone()
        return _entity(row) if row else None

    def names(self, iri: str) -> list[str]:
        """All names of a thing, the preferred first."""
        query = "SELECT n.name FROM name n JOIN entity e ON e.id = n.entity WHERE e.iri = ? "
        return [str(row[0]) for row in self.database.execute(query + "ORDER BY preferred DESC, n.id", (iri,))]

    def find(self, query: str, types: Sequence[str] = (), limit: int = 10, year: int | None = None) -> list[Candidate]:
        """The things that ``query`` may name, the likeliest first.

        By name in either script, by pinyin (with tones or without) or its initials, by a former name, by the beginning
        or a part of a name. With ``year``, a name counts for what bore it in that year.
        """
        wanted = index.key(query)
        if not wanted:
            return []
        found: dict[str, Candidate] = {}

        def take(where: str, argument: str, score: float, how: str, exact: bool = False) -> None:
            for *row, name, preferred in self.database.execute(_NAMES + where + _LIKELIEST, (argument,)):
                entity = _entity(row)
                if types and entity.type not in types:
                    continue
                # What no report speaks of (a term of the vocabulary) comes after what one does.
                share = 1.0 if exact or "pinyin" in how else min(1.0, len(wanted) / max(1, len(index.key(str(name)))))
                known = 1.0 if exact or entity.mentions else 0.7
                one = Candidate(entity, score * share * known - (0 if preferred else 1), how, str(name), exact)
                if entity.iri not in found or found[entity.iri].score < one.score:
                    found[entity.iri] = one

        take("n.key = ?", wanted, 100, "name", exact=True)
        self._former(found, types)
        spelled = index.latin(query)
        if spelled:
            take("n.pinyin = ?", spelled, 85, "pinyin")
            if len(spelled) >= 2:
                take("n.initials = ?", spelled, 60, "pinyin initials")
            if len(spelled) >= 3:
                take("n.pinyin GLOB ?", spelled + "*", 50, "pinyin beginning")
        if len(found) < limit:
            text = index.phrase(query)
            if text:
                take("n.id IN (SELECT rowid FROM name_text WHERE name_text MATCH ?)", text, 80, "part of the name")
        return self._ranked(found.values(), year)[:limit]

    def _former(self, found: dict[str, Candidate], types: Sequence[str]) -> None:
        """Add what the things found are called now, and what they were called before."""
        for candidate in list(found.values()):
            successor, steps = candidate.entity.successor, 0
            while successor and steps < 10:
                entity = self.entity(successor)
                if entity is None:
                    break
                if not types or entity.type in types:
                    found.setdefault(entity.iri, Candidate(entity, 95 - steps, "former name", candidate.name))
                successor, steps = entity.successor, steps + 1
            sql = f"SELECT {_ENTITY} FROM entity e WHERE e.successor = ? ORDER BY e.id"
            for row in self.database.execute(sql, (candidate.entity.iri,)):
                entity = _entity(row)
                if not types or entity.type in types:
                    found.setdefault(entity.iri, Candidate(entity, 90, "later name", candidate.name))

    @staticmethod
    def _ranked(found: Iterable[Candidate], year: int | None) -> list[Candidate]:
        def dated(one: Candidate) -> Candidate:
            if year is None or one.entity.held_in(year):
                return one
            return replace(one, score=one.score * 0.5, exact=False)

        return sorted(map(dated, found), key=lambda one: (-one.score, -one.entity.mentions, one.entity.iri))

    def beginning(self, prefix: str, types: Sequence[str] = (), limit: int = 10) -> list[Candidate]:
        """The things whose name, or its pinyin, begins so: for suggestions while typing."""
        wanted, spelled = index.key(prefix), index.latin(prefix)
        found: dict[str, Candidate] = {}
        conditions = [("n.key GLOB ?", _glob(wanted))] if wanted else []
        if spelled:
            conditions += [("n.pinyin GLOB ?", spelled + "*"), ("n.initials GLOB ?", spelled + "*")]
        for where, argument in conditions:
            for *row, name, _ in self.database.execute(_NAMES + where + _LIKELIEST, (argument,)):
                entity = _entity(row)
                if not types or entity.type in types:
                    found.setdefault(entity.iri, Candidate(entity, 100 - len(found), "beginning", str(name)))
        if len(found) < limit:
            for one in self.find(prefix, types, limit):
                found.setdefault(one.entity.iri, one)
        return list(found.values())[:limit]

    def sentences(
        self, query: str, limit: int = 20, offset: int = 0, script: str = "zh-hans"
    ) -> tuple[list[Sentence], int]:
        """The sentences that have all parts of ``query``, the best first, and how many there are (5,000 at most).

        A sentence that stands in two editions of a report is given once, in the reader's script where it can be.
        """
        text = index.phrase(query)
        if not text:
            return [], 0
        groups = self.database.execute(
            """SELECT MIN(CASE WHEN s.language = ? THEN s.id ELSE s.id + 1000000000000 END) % 1000000000000 AS chosen,
                MIN(f.rank) AS best
              FROM (SELECT rowid, rank FROM sentence_text WHERE sentence_text MATCH ? ORDER BY rank LIMIT 5000) f
              JOIN sentence s ON s.id = f.rowid
              GROUP BY s.report, s.key ORDER BY best, MIN(s.document), MIN(s.start)""",
            (script, text),
        ).fetchall()
        one = "SELECT iri, text, document, start, end, language, report, title FROM sentence WHERE id = ?"
        chosen = [number for number, _ in groups[offset : offset + limit]]
        found = [Sentence(*self.database.execute(one, (number,)).fetchone()) for number in chosen]
        return found, len(groups)


def _glob(text: str) -> str:
    return "".join(f"[{character}]" if character in "*?[" else character for character in text) + "*"


class Searcher:
    """The index of what a pool serves: built in a process of its own when first needed, and anew when that changes."""

    def __init__(self, pool: Pool) -> None:
        self.pool = pool
        self._generation = -1
        self._index: Index | None = None
        self._task: asyncio.Task[Index] | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    async def index(self, wait: float = 30.0) -> Index:
        """The index; while a new one is being built, the earlier one. ``JobError`` 503 when there is none in time."""
        await self.pool.refresh()
        if self._task is None and self._generation != self.pool.generation:
            self._generation = self.pool.generation
            self._task = asyncio.create_task(self._build(self.pool.reading))
        if self._task is not None and (self._index is None or self._task.done() or self.pool.writable):
            try:
                async with asyncio.timeout(wait):
                    fresh = await asyncio.shield(self._task)
            except TimeoutError:
                if self._index is None:
                    raise JobError(503, "the search index is being built; try again soon", 10) from None
            except (JobError, OSError, sqlite3.Error):
                self._task, self._generation = None, -1
                if self._index is None:
                    raise
            else:
                if self._index is not None and self._index is not fresh:
                    self._index.database.close()
                self._index, self._task = fresh, None
        assert self._index is not None
        return self._index

    async def _build(self, store: Path) -> Index:
        path = await asyncio.to_thread(self._place, store)
        if not path.exists():
            command = [sys.executable, "-m", "kg.serving.index", str(store), str(path)]
            self.pool.kept.add(str(store))
            process = await asyncio.create_subprocess_exec(*command)
            try:
                async with asyncio.timeout(_BUILD_SECONDS):
                    status = await process.wait()
            except BaseException:
                with contextlib.suppress(ProcessLookupError):
                    process.kill()
                await process.wait()
                raise
            finally:
                self.pool.kept.discard(str(store))
            if status:
                raise JobError(500, "the search index could not be built")
        return Index(path)

    def _place(self, store: Path) -> Path:
        """Beside the store where that can be written, else in a temporary folder; indexes of earlier builds go."""
        place = index.place_of(store)
        if self.pool.writable:  # a snapshot lives as long as this service
            self._folder = self._folder or tempfile.TemporaryDirectory(prefix="kg-search-")
            return Path(self._folder.name) / place.name
        try:
            for old in store.parent.glob(f".{store.name}.search-*"):
                unfinished = old.name.removeprefix(f"{place.name}.")  # the process that builds it, or built it
                if old.name != place.name and not (unfinished.isdigit() and lives(unfinished)):
                    old.unlink(missing_ok=True)
            probe = place.with_suffix(".probe")
            probe.touch()
            probe.unlink()
        except OSError:
            self._folder = self._folder or tempfile.TemporaryDirectory(prefix="kg-search-")
            return Path(self._folder.name) / place.name
        return place

    async def close(self) -> None:
        """Stop a build under way and let go of the files."""
        if self._task is not None and not self._task.done():
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        if self._index is not None:
            self._index.database.close()
        if self._folder is not None:
            self._folder.cleanup()
