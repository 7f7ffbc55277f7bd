"""What stands around each figure of a sentence: its cell.

Invariant: cells are in text order; the words between two figures of one clause belong to the left of the second and,
from the same list, to the right of the first, until reading decides how many of them the first one takes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from kg.claims.observation.lexicon import Kind
from kg.claims.observation.tokens import Token
from kg.recognition.spans import Number

_OPENING_BRACKETS = "（(〔["
_CLOSING_BRACKETS = "）)〕]"


@dataclass(slots=True)
class Cell:
    """A figure, the words before it since the last stop or figure, and the words after it until the next."""

    quantity: Token
    left: list[Token]
    right: list[Token]
    clause: int  # number of the clause in the sentence
    opens: bool  # the first figure of its clause
    stop: str = ""  # the stop before the clause
    earlier: list[Token] = field(default_factory=list)  # the sentence before this clause
    bounded: bool = False  # another figure of the clause follows
    tail: str = ""  # the clause after the figure

    @property
    def number(self) -> Number:
        """The figure."""
        assert self.quantity.number is not None
        return self.quantity.number


def cells_of(tokens: Sequence[Token]) -> list[Cell]:
    """The cells of a sentence."""
    cells: list[Cell] = []
    pending: list[Token] = []
    clause, opens, stop = 0, True, ""
    clause_start = 0
    for index, token in enumerate(tokens):
        if token.kind is Kind.QUANTITY:
            cells.append(Cell(token, pending, [], clause, opens, stop, list(tokens[:clause_start])))
            pending, opens = [], False
        elif token.kind is Kind.STOP:
            if cells and cells[-1].clause == clause and not cells[-1].right:
                cells[-1].right = pending
            pending = []
            clause, opens, stop = clause + 1, True, token.text
            clause_start = index + 1
        else:
            pending.append(token)
    if cells and cells[-1].clause == clause:
        cells[-1].right = pending
    for cell in cells:
        following = [t for t in tokens if t.start >= cell.quantity.end]
        stopped = next((i for i, t in enumerate(following) if t.kind is Kind.STOP), len(following))
        cell.tail = "".join(t.text for t in following[:stopped])
    for before, after in pairwise(cells):
        if after.clause == before.clause:
            before.right = after.left
            before.bounded = True
    return cells
