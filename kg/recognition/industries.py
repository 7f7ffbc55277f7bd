"""Which industries the words of a name decide: sections or divisions of GB/T 4754, as industry-words.toml lists them.

Invariant: a pure function of the name, its type and its kind; only listed words decide, a longer word silences those
inside it, and of several words the last one says what the thing is. Where words decide nothing, there is no industry.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from kg.errors import VocabularyError
from kg.recognition.spans import EntityType as T
from kg.resources import folder

FILE = "industry-words.toml"
TYPES = (T.PROJECT, T.FACILITY, T.ENTERPRISE, T.ZONE)  # the types that have an industry


class Says(NamedTuple):
    """What a word says: its industries, none if it is silent; whether it gives way to words that say more."""

    codes: tuple[str, ...]
    general: bool = False


class _Match(NamedTuple):
    start: int
    end: int
    says: Says


@dataclass(frozen=True, slots=True)
class IndustryWords:
    """What the rule file says, by type: words of any place in a name, heads of its end; and kinds of facilities."""

    words: Mapping[T, Mapping[str, Says]]
    heads: Mapping[T, Mapping[str, Says]]
    kinds: Mapping[str, Says]
    tails: re.Pattern[str]
    joints: re.Pattern[str]
    not_before: re.Pattern[str]
    not_after: re.Pattern[str]

    def of(self, entity_type: T, name: str, kind: str = "") -> tuple[str, ...]:
        """The codes of the industries of a thing called ``name`` (Simplified characters), in order; () for none.

        ``kind`` is the notation of its kind, which decides where no word of the name is listed.
        """
        if entity_type not in TYPES:
            return ()
        found = _outermost(self._matches(entity_type, name))
        if not found and entity_type is T.FACILITY and kind in self.kinds and not self.not_after.search(name):
            return self.kinds[kind].codes
        return tuple(sorted({code for member in self._members(name, found) for code in _decided(member).codes}))

    def _matches(self, entity_type: T, name: str) -> Iterator[_Match]:
        words, heads = self.words[entity_type], self.heads[entity_type]
        tail = self.tails.search(name)
        bare = tail.start() if tail and tail.start() else len(name)
        for end in range(1, len(name) + 1):
            followed = self.not_before.match(name, end)
            for start in range(end):
                text = name[start:end]
                foreign = followed or (start and self.not_after.match(name, start - 1))
                if text in words and not foreign:
                    yield _Match(start, end, words[text])
                elif text in heads and end == bare:
                    yield _Match(start, end, heads[text])

    def _members(self, name: str, found: Iterable[_Match]) -> list[list[_Match]]:
        """Matches by the member of the name they stand in; members are joined by a mark or by 和."""
        members: list[list[_Match]] = []
        for match in found:
            if members and not self.joints.search(name, members[-1][-1].end, max(match.start, members[-1][-1].end)):
                members[-1].append(match)
            else:
                members.append([match])
        return members


def _outermost(found: Iterable[_Match]) -> list[_Match]:
    """The matches that lie in no longer one, in the order of their ends."""
    matches = sorted(set(found), key=lambda m: (m.end, m.start))
    return [
        m
        for m in matches
        if not any(o.start <= m.start and m.end <= o.end and o.end - o.start > m.end - m.start for o in matches)
    ]


def _decided(member: list[_Match]) -> Says:
    """What the words of one member say together: the last, or the last that is not general before it."""
    last = member[-1].says
    if last.general:
        return next((m.says for m in reversed(member) if m.says.codes and not m.says.general), last)
    return last


@cache
def load_industry_words(path: Path | None = None) -> IndustryWords:
    """The words of the installation, or of the file at ``path``.

    Raises:
        VocabularyError: the file is malformed, or a word stands for two industries.

    """
    path = path or folder("ontology") / "rules" / FILE
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        return IndustryWords(
            words={t: _table(path, data, "words", t, data["silent"]) for t in TYPES},
            heads={t: _table(path, data, "heads", t) for t in TYPES},
            kinds=_table(path, data, "kinds", T.FACILITY),
            tails=re.compile(data["tails"]),
            joints=re.compile(data["joints"]),
            not_before=re.compile(data["not_before"]),
            not_after=re.compile(data["not_after"]),
        )
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError, re.error) as error:
        raise VocabularyError(f"{path}: not as it should be ({error}); mend it or reinstall.") from None


def _table(
    path: Path, data: Mapping[str, Any], role: str, entity_type: T, silent: Iterable[str] = ()
) -> dict[str, Says]:
    table: dict[str, Says] = {}
    listed = [(word, Says(())) for word in silent] + [
        (word, Says(tuple(entry["codes"]), entry.get("general", False)))
        for entry in data["industry"]
        if entity_type.value in entry.get("of", [t.value for t in TYPES])
        for word in entry.get(role, ())
    ]
    for word, says in listed:
        other = table.setdefault(word, says)
        if other != says:
            both = f"{_named(other)} and for {_named(says)}"
            raise VocabularyError(f"{path}: “{word}” of type {entity_type.value} is listed for {both}; keep one")
    return table


def _named(says: Says) -> str:
    return "、".join(says.codes) or "silence"
