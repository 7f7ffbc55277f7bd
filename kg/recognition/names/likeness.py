"""Whether a word looks like a firm's own name (恒泰, 鑫源): the odds of its characters, in their order, among the short
names of listed firms against the words that reports of many places share.

Invariant: a pure function of the two lists it is made from; it knows characters, no names.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_SMOOTHING = 0.5  # what is added to every count
_CHARACTERS = 6000  # in use


@dataclass(frozen=True, slots=True)
class NameOdds:
    """Natural logarithms of odds by character: ``first`` and ``second`` of a name, and of a character in neither list
    (``unseen``, for each of the two places).
    """

    first: Mapping[str, float]
    second: Mapping[str, float]
    unseen: tuple[float, float]

    def of(self, word: str) -> float:
        """The odds, as a logarithm, that a word of two characters is a firm's own name; above 0 it looks like one.

        The model is naive Bayes over characters (Jurafsky and Martin, Speech and Language Processing, chapter 4).
        """
        return self.first.get(word[0], self.unseen[0]) + self.second.get(word[1], self.unseen[1])


def name_odds(firms: Iterable[str], words: Iterable[str]) -> NameOdds:
    """The odds from short names of ``firms`` (of four characters, the first two of which are mostly their own) and from
    common ``words`` of two characters.
    """
    own = sorted({name[:2] for name in firms if len(name) == 4})
    other = sorted({word for word in words if len(word) == 2})
    sides = [_odds([w[n] for w in own], [w[n] for w in other]) for n in (0, 1)]
    return NameOdds(sides[0][0], sides[1][0], (sides[0][1], sides[1][1]))


def _odds(own: list[str], other: list[str]) -> tuple[dict[str, float], float]:
    mine, theirs = Counter(own), Counter(other)
    base = math.log(len(other) + _SMOOTHING * _CHARACTERS) - math.log(len(own) + _SMOOTHING * _CHARACTERS)
    odds = {
        c: base + math.log(mine[c] + _SMOOTHING) - math.log(theirs[c] + _SMOOTHING) for c in sorted({*mine, *theirs})
    }
    return odds, base
