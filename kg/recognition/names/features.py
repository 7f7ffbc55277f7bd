"""What a tagger is told of each word of a sentence: the word and its neighbours, as names of features.

Invariant: a word stands for itself only if reports of many places share it (``common-phrases.tsv``); of any other word,
of places, numbers and quotations, only the kind, length, head and characters are told. So no tagger learns a name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from kg.recognition.names.clauses import Role
from kg.recognition.names.lexicon import Lexicon
from kg.recognition.names.sentences import Parsed
from kg.recognition.names.tokens import Kind, Token

_NUMERAL = re.compile(r"[\d一二三四五六七八九十两百千万]")
_IN_MARKS = (Kind.QUOTE, Kind.BOOK, Kind.BRACKET)
_ITSELF = (Kind.STOP, Kind.COMMA, Kind.LEVEL)  # what is written the same everywhere
_SHARED = (25, 60)  # places: fewer, some, many
_AHEAD = 7  # words in which the next head is looked for
_SUMMED = 6  # words after 等 in which the head of the list is looked for
_NONE = "-"


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of one word: what it is written as, its part of speech or kind, its role, the type of its head, and
    more that only its own and its neighbours' labels depend on.
    """

    word: str
    pos: str
    role: str
    head: str
    more: tuple[str, ...]


def features(sentence: Parsed, lexicon: Lexicon, seen: dict[tuple[str, Kind, str, str], Told]) -> Iterator[list[str]]:
    """The features of each token of a sentence, in their order; ``seen`` keeps what was told of words, for the next."""
    tokens, roles, told = sentence.tokens, sentence.roles, []
    for token in tokens:
        role = str(roles.get(token.start, Kind.STOP))
        key = (token.text, token.kind, token.pos, role)
        if key not in seen:
            seen[key] = _told(token, role, lexicon)
        told.append(seen[key])
    ends = list(_what_follows(told, lambda t: t.word if t.role in (Role.VERB, Role.FUNCTION) else None))
    sums = list(_summed_up(tokens, told))
    for index, own in enumerate(told):
        found = ["b", f"nx{ends[index]}", *_around(told, index), *_heads_ahead(told, index)]
        if sums[index]:
            found += [f"et{sums[index]}", f"eh{sums[index].partition('/')[2]}"]
        if index + 1 < len(told):
            found += [f"pr{own.pos}|{told[index + 1].pos}", f"cr{_shared(tokens, index, lexicon)}"]
        if index:
            found += [f"pl{told[index - 1].pos}|{own.pos}", f"cl{_shared(tokens, index - 1, lexicon)}"]
        if 0 < index < len(told) - 1:
            found.append(f"pc{told[index - 1].pos}|{own.pos}|{told[index + 1].pos}")
        yield found


def _told(token: Token, role: str, lexicon: Lexicon) -> Told:
    text, kind = token.text, token.kind
    word = text if text in lexicon.common or kind in _ITSELF else f"#{kind}"
    if kind is Kind.WORD and word != text:
        word += str(min(len(text), 5))
    headed = lexicon.head_of(token.inner) if kind is Kind.WORD or kind in _IN_MARKS else None
    head = _NONE if headed is None else "/".join(headed[1].types) + ("-weak" if headed[1].weak else "")
    more = _of_word(text, lexicon) if kind is Kind.WORD else _of_marked(token, lexicon) if kind in _IN_MARKS else []
    more.append(f"n={_degree(lexicon.common.get(text, 0))}")
    return Told(word, token.pos[:2] if kind is Kind.WORD else f"#{kind}", role, head, tuple(more))


def _of_word(text: str, lexicon: Lexicon) -> list[str]:
    told = [f"l={min(len(text), 4)}", f"a={text[0]}", f"z={text[-1]}"]
    if len(text) == 2:
        told.append(f"o={max(-3, min(3, round(lexicon.odds.of(text))))}")
    return told + [f"c={cue}" for cue in sorted(lexicon.cues) if text in lexicon.cues[cue]]


def _of_marked(token: Token, lexicon: Lexicon) -> list[str]:
    inner = token.inner
    return [
        f"ql={min(len(inner) // 2, 6)}",
        f"qn={_NUMERAL.search(inner) is not None}",
        f"q0={_NUMERAL.match(inner) is not None}",
        f"qc={inner in lexicon.common}",
        f"qz={inner[-1:]}",
    ]


def _degree(places: int) -> int:
    """How widely a phrase is shared: 0 not, 1 to 3 by ever more places."""
    return 0 if places == 0 else 1 + sum(places >= bound for bound in _SHARED)


def _shared(tokens: Sequence[Token], index: int, lexicon: Lexicon) -> int:
    return _degree(lexicon.common.get(tokens[index].text + tokens[index + 1].text, 0))


def _around(told: Sequence[Told], index: int) -> Iterator[str]:
    for distance in (-2, -1, 0, 1, 2):
        at = index + distance
        if not 0 <= at < len(told):
            yield f"{distance}B"
            continue
        t = told[at]
        yield from (f"{distance}w{t.word}", f"{distance}p{t.pos}", f"{distance}r{t.role}", f"{distance}h{t.head}")
        if abs(distance) < 2:
            yield from (f"{distance}{m}" for m in t.more)


def _heads_ahead(told: Sequence[Told], index: int) -> Iterator[str]:
    for at in range(index, min(len(told), index + _AHEAD)):
        if told[at].role == Kind.STOP:
            return
        if told[at].head != _NONE:
            yield f"nh{told[at].head}{min(at - index, 3)}"


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
