"""What taggers are told besides the words: what rules have found at them and in the other items of their row, where in
its item a word stands, and which words say an industry.

A tagger that so learns when to believe others is called stacked (Wolpert 1992, Stacked Generalization).

Invariant: of names only their type, rule and edges are told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from kg.recognition.industries import load_industry_words
from kg.recognition.names.candidates import Candidate
from kg.recognition.names.sentences import Parsed
from kg.recognition.names.tokens import Kind, Token
from kg.recognition.spans import EntityType as T

GUESSED = ("name-firm-of-project", "name-firm-of-works", "name-firm-trade")  # rules that only guess where a firm ends

_NEAR = (-2, -1, 0, 1, 2)
_NOTHING, _EDGE = "-", "^"


class _Place(NamedTuple):
    """Where a word stands in its row: how many other items hold a firm that a rule is sure of, or guesses; how many
    items there are; how many words of its item stand before it, and from it on. High numbers are cut.
    """

    sure: int
    guessed: int
    items: int
    before: int
    left: int


def stacked(sentence: Parsed, chosen: Sequence[Candidate], told: Sequence[list[str]]) -> Iterator[list[str]]:
    """The features ``told`` of each token of a sentence, and those that come of the names ``chosen`` in it by rules."""
    tokens = sentence.tokens
    over = [_over(t, chosen) for t in tokens]
    trades = [str(int(_says_industry(t.text))) for t in tokens]
    places = _places(tokens, chosen)
    # With an edge at either end, so that each token has neighbours.
    first = [_EDGE, *(min(tags, default=_NOTHING) for tags in over), _EDGE]
    kinds = [_EDGE, *(t.pos[:2] if t.kind is Kind.WORD else f"#{t.kind}" for t in tokens), _EDGE]
    trade = [_EDGE, *trades, _EDGE]
    for n, own in enumerate(told):
        found = list(own)
        for distance in _NEAR:
            if 0 <= n + distance < len(tokens):
                found += [f"{distance}{tag}" for tag in over[n + distance] or [_NOTHING]]
        found += [f"{d}in{trades[n + d]}" for d in _NEAR[1:] if 0 <= n + d < len(tokens)]
        if n + 1 < len(tokens):
            found.append(f"inr{int(_says_industry(tokens[n].text + tokens[n + 1].text))}")
        if n in places:
            p = places[n]
            found += [f"so{p.sure}", f"sw{p.guessed}", f"sl{p.items}|{p.sure}", f"sq{p.before}|{p.sure}|{p.guessed}"]
            found += [f"iq{p.before}", f"ir{p.left}", f"iqr{p.before}|{p.left}", f"il{p.items}|{p.before}"]
            found.append(f"iqp{p.before}|{kinds[n + 1]}")
        alike = next((feature for feature in reversed(own) if feature.startswith("or")), _NOTHING)
        yield [
            *found,
            f"x1{kinds[n]}|{first[n + 1]}",
            f"x2{first[n + 1]}|{kinds[n + 1]}|{kinds[n + 2]}",
            f"x3{alike}|{kinds[n + 1]}|{kinds[n + 2]}",
            f"x4{first[n]}|{first[n + 1]}|{first[n + 2]}",
            f"x5{first[n + 1]}|{trade[n + 1]}|{trade[n + 2]}|{kinds[n + 1]}",
        ]


def _over(token: Token, chosen: Sequence[Candidate]) -> list[str]:
    """The names over a token: of firms the rule, of others that lie in none the type; which edges of them it has."""
    found = []
    for c in chosen:
        if c.start >= token.end or c.end <= token.start or (c.nested and c.entity_type is not T.ENTERPRISE):
            continue
        what = f"cf{c.rule}" if c.entity_type is T.ENTERPRISE else f"co{c.entity_type}"
        found.append(what + ("B" if c.start >= token.start else "I") + ("E" if c.end <= token.end else ""))
    return found


def _places(tokens: Sequence[Token], chosen: Sequence[Candidate]) -> dict[int, _Place]:
    """Where each token stands in its row, by its index; punctuation stands in none."""
    firms = [c for c in chosen if c.entity_type is T.ENTERPRISE]
    found = {}
    for row in _rows(tokens):
        spans = [(tokens[item[0]].start, tokens[item[-1]].end) for item in row]
        rules = [{c.rule for c in firms if c.start < end and start < c.end} for start, end in spans]
        sure = [any(rule not in GUESSED for rule in own) for own in rules]
        guessed = [any(rule in GUESSED for rule in own) for own in rules]
        for at, item in enumerate(row):
            others = min(sum(sure) - sure[at], 2), min(sum(guessed) - guessed[at], 2)
            for n, index in enumerate(item):
                found[index] = _Place(*others, min(len(row), 3), min(n, 3), min(len(item) - n, 4))
    return found


def _rows(tokens: Sequence[Token]) -> Iterator[list[list[int]]]:
    """Runs of tokens between stops, as the indices of the tokens of each item between commas."""
    row: list[list[int]] = [[]]
    for index, token in enumerate(tokens):
        if token.kind is Kind.STOP:
            yield [item for item in row if item]
            row = [[]]
        elif token.kind is Kind.COMMA:
            row.append([])
        else:
            row[-1].append(index)
    yield [item for item in row if item]


@cache
def _says_industry(word: str) -> bool:
    return len(word) > 1 and bool(load_industry_words().of(T.PROJECT, word))
