"""The words around figures, read from ``ontology/rules/quantity-words.toml``.

Invariant: a word stands in one list of a kind; longer words are tried before shorter ones.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import regex

from kg import resources
from kg.errors import VocabularyError

FILE = "quantity-words.toml"


def alternatives(words: Iterable[str]) -> str:
    """A regular expression for any of ``words``, the longest first."""
    return "|".join(regex.escape(word) for word in sorted(set(words), key=lambda w: (-len(w), w)))


@dataclass(frozen=True, slots=True)
class Words:
    """The lists of the file, and the patterns made of them."""

    bounds_before: Mapping[str, str]  # 不低于 -> ge
    bounds_after: Mapping[str, str]  # 左右 -> approx
    bounds_inside: Mapping[str, str]  # 余 -> gt
    not_units: tuple[str, ...]
    units_after_classifier: tuple[str, ...]
    units_that_are_things: tuple[str, ...]
    further_units: tuple[str, ...]
    bound_before: regex.Pattern[str]  # at the end of what precedes a number
    bound_after: regex.Pattern[str]
    value_before: regex.Pattern[str]  # what says that a bare number is a value
    value_after: regex.Pattern[str]
    rank_before: regex.Pattern[str]  # what says that 第 and a number without 位 is a rank


def read_toml(name: str) -> dict[str, Any]:
    """A rule file of ``ontology/rules``.

    Raises:
        VocabularyError: the file is missing or no TOML; the message names it and, where known, the line.

    """
    path = resources.folder("ontology") / "rules" / name
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise VocabularyError(f"{path}: {error}") from error


def _by_word(path: Path, lists: Mapping[str, list[str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, words in lists.items():
        for word in words:
            if found.setdefault(word, name) != name:
                raise VocabularyError(f"{path}: “{word}” is listed under both {found[word]} and {name}")
    return found


@lru_cache(maxsize=1)
def load_words() -> Words:
    """The words of the installation."""
    path = resources.folder("ontology") / "rules" / FILE
    data = read_toml(FILE)
    before = _by_word(path, data["bound"]["before"])
    after = _by_word(path, data["bound"]["after"])
    not_after = alternatives(data["bound"]["not_part_of"])
    return Words(
        bounds_before=before,
        bounds_after=after,
        bounds_inside=_by_word(path, data["bound"]["inside"]),
        not_units=tuple(data["unit"]["not_in"]),
        units_after_classifier=tuple(data["unit"]["after_classifier"]),
        units_that_are_things=tuple(data["unit"]["things"]),
        further_units=tuple(data["unit"]["also"]),
        bound_before=regex.compile(rf"(?<!(?:{not_after}))(?P<bound>{alternatives(before)})[了到过为至]?$"),
        bound_after=regex.compile(rf"(?:的)?(?P<bound>{alternatives(after)})"),
        value_before=regex.compile(rf"(?:{alternatives(data['value']['before'])})$"),
        value_after=regex.compile(rf"$|[，。；、：！）\n”]|{alternatives(data['value']['after'])}"),
        rank_before=regex.compile(rf"(?:{alternatives(data['rank']['before'])})[^，。；：\d]{{0,8}}第$"),
    )
