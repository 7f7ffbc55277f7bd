"""Pairs of entities that may be one, for a person to judge.

Invariant: nothing is joined here. A pair is of one type and of places one of which holds the other; what makes names
alike is written in ontology/rules/name-likeness.toml.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import combinations
from pathlib import Path

from pypinyin import lazy_pinyin

from kg.errors import VocabularyError
from kg.iris import normal_name
from kg.resources import folder
from kg.vocabulary.divisions import load_divisions

# Shorter forms are shared by too many things to say anything (城东, 二期).
SHORTEST = 3
# A form that so many things of one place share tells none of them from the others.
CROWD = 5
NATION = "000000"


class Likeness(StrEnum):
    """Why a pair may be one thing, the strongest first."""

    NAME = "name"  # the names are equal but for the place before them and ways of writing a word
    ALIAS = "alias"  # both are also called the same
    SOUND = "sound"  # the names sound the same and differ in one character
    PART = "part"  # one name is the other with something general before or after it


@dataclass(frozen=True, slots=True)
class Named:
    """An entity as the review sees it. ``names`` begins with the preferred one."""

    path: str
    names: tuple[str, ...]
    mentions: int

    @property
    def entity_type(self) -> str:
        """Its type, as its path has it."""
        return self.path.split("/", 1)[0]

    @property
    def is_division(self) -> bool:
        """Whether its code makes it certain which it is."""
        return self.path.count("/") == 1

    @property
    def code(self) -> str:
        """The code of the place it belongs to (of itself, for a division); "" if nobody knows."""
        code = self.path.split("/")[1]
        return code if code.isdigit() else ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two entities that may be one: ``one`` is the one to keep."""

    one: Named
    other: Named
    likeness: Likeness

    @property
    def worth(self) -> int:
        """How much a decision would settle: the mentions of both."""
        return self.one.mentions + self.other.mentions


@dataclass(frozen=True, slots=True)
class Words:
    """What ``name-likeness.toml`` says."""

    alike: tuple[tuple[str, str], ...]  # longer first
    tails: Mapping[str, tuple[str, ...]]
    heads: tuple[str, ...]
    parts: re.Pattern[str]
    omissible: re.Pattern[str]
    both: frozenset[str]


@cache
def load_words(path: Path | None = None) -> Words:
    """The words by which names are compared.

    Raises:
        VocabularyError: the file is malformed.

    """
    path = path or folder("ontology") / "rules" / "name-likeness.toml"
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        alike = [(normal_name(w), normal_name(a["words"][0])) for a in data["alike"] for w in a["words"][1:]]
        return Words(
            tuple(sorted(alike, key=lambda p: (-len(p[0]), p))),
            {t: tuple(sorted(words, key=lambda w: (-len(w), w))) for t, words in data["tails"].items()},
            tuple(sorted(data["heads"]["words"], key=lambda w: (-len(w), w))),
            re.compile(data["parts"]["pattern"]),
            re.compile(data["parts"]["omissible"]),
            frozenset(data["both"]["types"]),
        )
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError, re.error) as error:
        raise VocabularyError(f"{path}: not as it should be ({error}); mend it or reinstall.") from None


def find_candidates(
    things: Iterable[Named],
    settled: Collection[tuple[str, str]] = (),
    apart: Collection[tuple[str, str]] = (),
) -> tuple[Candidate, ...]:
    """The pairs to judge, the most mentioned first.

    ``settled`` are pairs somebody has judged, ``apart`` pairs known to be two things (one is part of the other); each
    in sorted order.
    """
    known = {*settled, *apart}
    found: dict[tuple[str, str], Candidate] = {}
    for likeness, groups in _groups(sorted(things, key=lambda t: t.path)):
        for anchor, group in groups:
            if len(group) > CROWD:
                continue
            for a, b in combinations(sorted(group, key=lambda t: t.path), 2):
                pair = (a.path, b.path)
                if pair not in found and pair not in known and _may_be_one(a, b, anchor, likeness):
                    one, other = _order(a, b)
                    found[pair] = Candidate(one, other, likeness)
    return tuple(sorted(found.values(), key=lambda c: (-c.worth, c.one.path, c.other.path)))


def _order(a: Named, b: Named) -> tuple[Named, Named]:
    """The one to keep first: a division, then the one more often mentioned, then the longer name."""
    low, high = sorted((a, b), key=lambda t: (not t.is_division, -t.mentions, -len(t.names[0]), t.path))
    return low, high


def _may_be_one(a: Named, b: Named, anchor: str, likeness: Likeness) -> bool:
    if a.is_division and b.is_division:
        return False
    if anchor not in (a.code, b.code):  # both lie in the place, beside each other
        return False
    words = load_words()
    parts = [sorted(words.parts.findall(normal_name(t.names[0]))) for t in (a, b)]
    if all(parts) and parts[0] != parts[1]:
        return False
    return likeness is not Likeness.SOUND or _one_character(normal_name(a.names[0]), normal_name(b.names[0]))


def _one_character(a: str, b: str) -> bool:
    return len(a) == len(b) and sum(x != y for x, y in zip(a, b, strict=True)) == 1


Groups = Sequence[tuple[str, list[Named]]]


def _groups(things: Sequence[Named]) -> Iterable[tuple[Likeness, Groups]]:
    """Things that share a form, by likeness; a group's first part is the place within which they share it."""
    by_form: dict[Likeness, dict[tuple[str, str, str], list[Named]]] = {k: defaultdict(list) for k in Likeness}
    whole: dict[tuple[str, str, str], list[Named]] = defaultdict(list)
    reduced: dict[tuple[str, str, str], list[Named]] = defaultdict(list)
    both = load_words().both
    for thing in things:
        kind, normal = thing.entity_type, normal_name(thing.names[0])
        forms = [_one_way_of_writing(n) for n in thing.names]
        sound = " ".join(map(_sound, normal))
        for anchor in around(thing.code):
            names = [_bare(f, anchor) for f in forms]
            if len(normal) >= SHORTEST:
                by_form[Likeness.SOUND][kind, anchor, sound].append(thing)
            if len(names[0]) >= SHORTEST:
                by_form[Likeness.NAME][kind, anchor, names[0]].append(thing)
            for form in sorted({n for n in names if len(n) >= SHORTEST}):
                by_form[Likeness.ALIAS][kind, anchor, form].append(thing)
                whole[kind, anchor, form].append(thing)
            for form in sorted(_reductions(names[0], kind)):
                if form not in names:
                    reduced[kind, anchor, form].append(thing)
    for key, longer in reduced.items():
        group = {t.path: t for t in (*whole.get(key, ()), *longer)}
        if key in whole or key[0] in both:
            by_form[Likeness.PART][key] = list(group.values())
    for likeness, groups in by_form.items():
        yield likeness, [(k[1], g) for k, g in sorted(groups.items()) if len(g) > 1]


@cache
def around(code: str) -> tuple[str, ...]:
    """The place ``code`` and all that hold it, up to the nation and what has no place."""
    if not code:
        return ("",)
    above = tuple(d.code for d in load_divisions().ancestors(code)) if code != NATION else ()
    return (code, *above, *((NATION,) if code != NATION else ()), "")


@cache
def _place_names(code: str) -> tuple[str, ...]:
    """What a place and those that hold it are called, longest first."""
    divisions = load_divisions()
    found = {
        n
        for c in around(code)
        if (d := divisions.by_code(c) if c else None)
        for n in (*divisions.names(d), *((d.name[-1],) if d.level != "township" else ()))
    }
    return tuple(sorted(found, key=lambda n: (-len(n), n)))


@cache
def _sound(character: str) -> str:
    return str(lazy_pinyin(character)[0])


def _one_way_of_writing(name: str) -> str:
    form = normal_name(name)
    for word, short in load_words().alike:
        if form.endswith(word):
            return form.removesuffix(word) + short
    return form


def _bare(form: str, anchor: str) -> str:
    """``form`` as it is compared among things of the place ``anchor``: without the names of the places around it."""
    for place in _place_names(anchor):
        rest = form.removeprefix(place)
        if rest != form and len(rest) >= SHORTEST and (len(place) > 1 or len(rest) > SHORTEST):
            return rest
    return form


def _reductions(form: str, kind: str) -> set[str]:
    """What is left of a name when general words and parts that may be left out are taken off either end."""
    words = load_words()
    found: set[str] = set()
    waiting = [form]
    while waiting:
        at = waiting.pop()
        shorter = [at.removesuffix(t) for t in words.tails.get(kind, ()) if at.endswith(t)]
        shorter += [at.removeprefix(h) for h in words.heads if at.startswith(h)]
        shorter += [at[: m.start()] + at[m.end() :] for m in words.omissible.finditer(at)]
        for rest in shorter:
            if len(rest) >= SHORTEST and rest not in found:
                found.add(rest)
                waiting.append(rest)
    return found


def describe(likeness: Likeness) -> tuple[str, str]:
    """Why a pair is asked about, in English and Chinese."""
    return {
        Likeness.NAME: ("names equal but for place and spelling", "除地名和写法外名称相同"),
        Likeness.ALIAS: ("both are also called the same", "有相同的别名"),
        Likeness.SOUND: ("sound the same, one character differs", "读音相同，一字之差"),
        Likeness.PART: ("one name is the other with general words", "一个名称是另一个加上通用词语"),
    }[likeness]
