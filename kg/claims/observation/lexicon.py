"""The words of clauses that state figures, read from ``ontology/rules/observation-words.toml``, and segmentation by them.

Invariant: a word has at most one kind; ``NOUN`` and ``VERB`` are what no list names, told apart by part of speech.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import rjieba

from kg.errors import VocabularyError
from kg.recognition.quantities.words import read_toml

FILE = "observation-words.toml"
_FREQUENCY = 20_000  # of the lexicon's words in the segmenter: as common words have it


class Kind(StrEnum):
    """The part a token plays in its clause."""

    QUANTITY = "quantity"
    NOUN = "noun"
    VERB = "verb"
    STOP = "stop"  # ，；：。 and the like
    TIME = "time"
    ORDINAL = "ordinal"  # a number in Chinese numerals
    BOUND = "bound"
    UP = "up"
    DOWN = "down"
    REACHED = "reached"
    TO = "to"
    BE = "be"
    SHARE = "share"
    RANK = "rank"
    GROWTH_UP = "growth_up"
    GROWTH_DOWN = "growth_down"
    SHARE_NOUN = "share_noun"
    AMONG = "among"
    EARLIER = "earlier"
    AVERAGE = "average"
    THAN = "than"
    COMPARED = "compared"
    FROM = "from"
    DISTRIBUTIVE = "distributive"
    AIM = "aim"
    WHEN = "when"
    WHERE = "where"
    LIGHT = "light"
    CAUSE = "cause"
    AND = "and"
    OF = "of"
    ADVERB = "adverb"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Kinds by word, and the sets of nouns and verbs that grammar asks for."""

    kinds: dict[str, Kind]
    attributes: frozenset[str]
    tails: tuple[str, ...]
    predicates: frozenset[str]
    amounts: tuple[str, ...]
    lengthwise: tuple[str, ...]
    firms: tuple[str, ...]
    attributive: frozenset[str]
    effective: frozenset[str]
    inheritable: frozenset[str]


@lru_cache(maxsize=1)
def load_lexicon() -> Lexicon:
    """The lexicon of the installation.

    Raises:
        VocabularyError: the file is malformed, or a word has two kinds.

    """
    data = read_toml(FILE)
    kinds: dict[str, Kind] = {}
    for name, words in data["kind"].items():
        for word in words:
            if kinds.setdefault(word, Kind(name)) is not Kind(name):
                raise VocabularyError(f"{FILE}: “{word}” is listed under both {kinds[word]} and {name}")
    nouns, verbs = data["noun"], data["verb"]
    return Lexicon(
        kinds=kinds,
        attributes=frozenset(nouns["attribute"]),
        tails=tuple(sorted(nouns["tail"], key=lambda w: (-len(w), w))),
        predicates=frozenset(verbs["predicate"]),
        amounts=tuple(nouns["amount"]),
        lengthwise=tuple(nouns["lengthwise"]),
        firms=tuple(nouns["firm"]),
        attributive=frozenset(nouns["attributive"]),
        effective=frozenset(verbs["effective"]),
        inheritable=frozenset(verbs["inheritable"]),
    )


@lru_cache(maxsize=1)
def segmenter() -> rjieba.Jieba:
    """A segmenter of its own that knows the lexicon's words."""
    jieba = rjieba.Jieba()
    lexicon = load_lexicon()
    for word in sorted({*lexicon.kinds, *lexicon.attributes, *lexicon.predicates}):
        if len(word) > 1:
            jieba.add_word(word, _FREQUENCY, None)
    return jieba


def segment(text: str) -> list[tuple[str, str]]:
    """Words of ``text`` with their part of speech, without guesses at unknown words."""
    return list(segmenter().tag(text, False))
