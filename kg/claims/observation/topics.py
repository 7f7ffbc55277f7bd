"""What the earlier clauses of a sentence speak of.

Invariant: a topic is words of one clause that stands before the figure, as it is written.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.claims.observation.clause import Cell
from kg.claims.observation.lexicon import Kind
from kg.claims.observation.naming import Namer, clean
from kg.claims.observation.tokens import Token

_VERBAL = frozenset({Kind.VERB, Kind.CAUSE, Kind.LIGHT, Kind.UP, Kind.DOWN, Kind.PREPOSITION})


def topic_before(cell: Cell, namer: Namer, *, nearest: bool = False) -> str:
    """The topic before ``cell`` as a phrase, "" without one."""
    return topic_text(topic_words(cell, nearest=nearest), namer)


def topic_text(words: Sequence[Token], namer: Namer) -> str:
    """The words of a topic; an indicator at their beginning is enough."""
    for end in range(len(words), 0, -1):
        phrase = "".join(t.text for t in words[:end])
        if namer.known(phrase):
            return phrase
    return clean("".join(t.text for t in words), namer.lexicon)


def topic_words(cell: Cell, *, nearest: bool = False) -> list[Token]:
    """The nearest clause's subject, else the first clause's subject or, where it begins with a verb, its object;
    ``nearest``: of the nearest clause in any case.
    """
    chunks: list[list[Token]] = [[]]
    for token in cell.earlier:
        if token.kind is Kind.STOP:
            chunks.append([])
        elif token.kind is not Kind.QUANTITY:
            chunks[-1].append(token)
    chunks = [c for c in chunks if any(t.kind is Kind.NOUN for t in c)]
    if not chunks:
        return []
    last, is_subject = _noun_run(chunks[-1])
    if nearest or is_subject:
        return last
    return _noun_run(chunks[0])[0]


def _noun_run(chunk: Sequence[Token]) -> tuple[list[Token], bool]:
    """The first nouns of a clause, and whether no verb stands before them."""
    start = 0
    while start < len(chunk) and chunk[start].kind is not Kind.NOUN:
        start += 1
    run: list[Token] = []
    for token in chunk[start:]:
        if token.kind not in (Kind.NOUN, Kind.AND, Kind.OF):
            break
        run.append(token)
    return run, all(t.kind not in _VERBAL for t in chunk[:start])
