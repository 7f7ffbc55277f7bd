"""What a tagger is told of each word of a sentence: the word and its neighbours, as names of features.

Invariant: a word stands for itself only if reports of many places share it (``common-phrases.tsv``); of any other word,
of places, numbers and quotations, only the kind, length, head and characters are told. So no tagger learns a name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from kg.recognition.names.clauses import Role
from kg.recognition.names.lexicon import Lexicon
from kg.recognition.names.sentences import Parsed
from kg.recognition.names.tokens import Kind, Token

_NUMERAL = re.compile(r"[\d一二三四五六七八九十两百千万]")
_IN_MARKS = (Kind.QUOTE, Kind.BOOK, Kind.BRACKET)
_ITSELF = (Kind.STOP, Kind.COMMA, Kind.LEVEL)  # what is written the same everywhere
_SHARED = (25, 60)  # places: fewer, some, many
_NEAR = (-2, -1, 0, 1, 2)
_AHEAD = 7  # words in which the next head is looked for
_SUMMED = 6  # words after 等 in which the head of the list is looked for
_NONE = "-"


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of one word: what it is written as, its part of speech or kind, its role, the type of its head; and
    what of that the label of a word depends on that stands ``-2`` to ``2`` words before it (``at``).
    """

    word: str
    pos: str
    role: str
    head: str
    at: Mapping[int, tuple[str, ...]]


def features(sentence: Parsed, lexicon: Lexicon) -> Iterator[list[str]]:
    """The features of each token of a sentence, in their order."""
    tokens, roles = sentence.tokens, sentence.roles
    told = [_told(t.text, t.inner, t.kind, t.pos, str(roles.get(t.start, Kind.STOP)), lexicon) for t in tokens]
    ends = list(_what_follows(told, lambda t: t.word if t.role in (Role.VERB, Role.FUNCTION) else None))
    sums = list(_summed_up(tokens, told))
    ahead = list(_heads_ahead(told))
    alike = [_likeness(a.text + b.text, lexicon) for a, b in pairwise(tokens)]
    shared = [_degree(lexicon.common.get(a.text + b.text, 0)) for a, b in pairwise(tokens)]
    for index, own in enumerate(told):
        found = ["b", f"nx{ends[index]}"]
        for distance in _NEAR:
            at = index + distance
            found += told[at].at[distance] if 0 <= at < len(told) else (f"{distance}B",)
        found += ahead[index]
        if sums[index]:
            found += [f"et{sums[index]}", f"eh{sums[index].partition('/')[2]}"]
        if index + 1 < len(told):
            found += [f"pr{own.pos}|{told[index + 1].pos}", f"cr{shared[index]}", f"or{alike[index]}"]
        if index:
            found += [f"pl{told[index - 1].pos}|{own.pos}", f"cl{shared[index - 1]}", f"ol{alike[index - 1]}"]
        if 0 < index < len(told) - 1:
            found.append(f"pc{told[index - 1].pos}|{own.pos}|{told[index + 1].pos}")
        yield found


@lru_cache(maxsize=20_000)
def _told(text: str, inner: str, kind: Kind, pos: str, role: str, lexicon: Lexicon) -> Told:
    word = text if text in lexicon.common or kind in _ITSELF else f"#{kind}"
    if kind is Kind.WORD and word != text:
        word += str(min(len(text), 5))
    headed = lexicon.head_of(inner) if kind is Kind.WORD or kind in _IN_MARKS else None
    head = _NONE if headed is None else "/".join(headed[1].types) + ("-weak" if headed[1].weak else "")
    more = _of_word(text, lexicon) if kind is Kind.WORD else _of_marked(inner, lexicon) if kind in _IN_MARKS else []
    more.append(f"n={_degree(lexicon.common.get(text, 0))}")
    pos = pos[:2] if kind is Kind.WORD else f"#{kind}"
    first = (f"w{word}", f"p{pos}", f"r{role}", f"h{head}")
    at = {d: tuple(f"{d}{what}" for what in (first if abs(d) == 2 else (*first, *more))) for d in _NEAR}
    return Told(word, pos, role, head, at)


def _of_word(text: str, lexicon: Lexicon) -> list[str]:
    told = [f"l={min(len(text), 4)}", f"a={text[0]}", f"z={text[-1]}"]
    if len(text) == 2:
        told.append(f"o={_likeness(text, lexicon)}")
    return told + [f"c={cue}" for cue in sorted(lexicon.cues) if text in lexicon.cues[cue]]


def _of_marked(inner: str, lexicon: Lexicon) -> list[str]:
    return [
        f"ql={min(len(inner) // 2, 6)}",
        f"qn={_NUMERAL.search(inner) is not None}",
        f"q0={_NUMERAL.match(inner) is not None}",
        f"qc={inner in lexicon.common}",
        f"qz={inner[-1:]}",
    ]


def _likeness(text: str, lexicon: Lexicon) -> int | str:
    """How much two characters look like a firm's own name, from -3 to 3."""
    return max(-3, min(3, round(lexicon.odds.of(text)))) if len(text) == 2 else _NONE


def _degree(places: int) -> int:
    """How widely a phrase is shared: 0 not, 1 to 3 by ever more places."""
    return 0 if places == 0 else 1 + sum(places >= bound for bound in _SHARED)


def _heads_ahead(told: Sequence[Told]) -> Iterator[list[str]]:
    """For each word, the heads of its clause among it and the next words, and how far they are."""
    for index in range(len(told)):
        found = []
        for distance, t in enumerate(told[index : index + _AHEAD]):
            if t.role == Kind.STOP:
                break
            if t.head != _NONE:
                found.append(f"nh{t.head}{min(distance, 3)}")
        yield found


def _what_follows(told: Sequence[Told], what: Callable[[Told], str | None]) -> Iterator[str]:
    """For each word, what the next one for which there is a ``what`` gives, within its clause."""
    found, last = [], _NONE
    for t in reversed(told):
        found.append(last)
        last = _NONE if t.role == Kind.STOP else what(t) or last
    return reversed(found)


def _summed_up(tokens: Sequence[Token], told: Sequence[Told]) -> Iterator[str]:
    """For each word of a list that 等 ends, what follows 等: two words and, after a slash, the head's type."""
    found, last = [], ""
    for index in range(len(told) - 1, -1, -1):
        if told[index].role == Kind.STOP:
            last = ""
        if tokens[index].text == "等":
            head = next((t.head for t in told[index + 1 : index + _SUMMED] if t.head != _NONE), _NONE)
            last = "|".join(t.word for t in told[index + 1 : index + 3]) + f"/{head}"
        found.append(last)
    return reversed(found)
