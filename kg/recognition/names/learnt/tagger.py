"""Taggers: conditional random fields that label the words of a sentence, and the names their labels make.

A tagger is a linear-chain conditional random field (Lafferty, McCallum and Pereira 2001). How the project's own were
made and how often they are right: ``ontology/tagger/ORIGIN.md``.

Invariant: labels depend on the model and the features alone.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeAlias

import pycrfsuite

from kg.errors import VocabularyError
from kg.recognition.names.candidates import Candidate
from kg.recognition.names.clauses import Role
from kg.recognition.names.lexicon import Lexicon
from kg.recognition.names.sentences import Parsed
from kg.recognition.names.tokens import Kind, Token
from kg.resources import folder

VAGUE = "vague"  # the label of what annotators need not name; the tagger learns it to keep away from it
OUTSIDE = "O"
NAMES, FIRMS = "names.crfsuite", "firms.crfsuite"

Told: TypeAlias = pycrfsuite.ItemSequence  # the features of each token of a sentence, made of lists of strings

_MARKED = (Kind.QUOTE, Kind.BOOK)


@dataclass(frozen=True, slots=True)
class Labelled:
    """Tokens ``first`` to ``last`` (exclusive) as one name, with the least probability of their labels."""

    first: int
    last: int
    label: str
    probability: float


@dataclass(frozen=True, slots=True)
class Tagger:
    """Labels the tokens of sentences."""

    model: pycrfsuite.Tagger
    lexicon: Lexicon

    def label(self, told: Told) -> list[Labelled]:
        """The likeliest names of a sentence of whose tokens these features are ``told``, in text order."""
        labels = self.model.tag(told)
        found = []
        first = 0
        while first < len(labels):
            last = first + 1
            if labels[first] != OUTSIDE:
                kind = labels[first][2:]
                while last < len(labels) and labels[last] == f"I-{kind}":
                    last += 1
                sure = min(self.model.marginal(labels[n], n) for n in range(first, last))
                found.append(Labelled(first, last, kind, sure))
            first = last
        return found

    def probability(self, told: Told, first: int, last: int, kind: str) -> float:
        """The least probability of the labels that make tokens ``first`` to ``last`` (exclusive) a name of a kind."""
        self.model.set(told)
        labels = (f"{'B' if n == first else 'I'}-{kind}" for n in range(first, last))
        return float(min(self.model.marginal(label, first + n) for n, label in enumerate(labels)))

    def begins(self, told: Told) -> list[float]:
        """For each token, how probably a name begins with it, of any kind but what is vague."""
        self.model.set(told)
        labels = sorted(label for label in self.model.labels() if label[:2] == "B-" and label[2:] != VAGUE)
        return [sum(self.model.marginal(label, n) for label in labels) for n in range(len(told))]


@dataclass(frozen=True, slots=True)
class Taggers:
    """One for names of all types, one for firms, those within longer names too."""

    names: Tagger
    firms: Tagger


@cache
def _model(path: Path) -> pycrfsuite.Tagger:
    if not path.exists():
        raise VocabularyError(f"{path}: missing; restore it, or learn it anew with tools/learn_names.py")
    model = pycrfsuite.Tagger()
    try:
        model.open(str(path))
    except ValueError as error:
        raise VocabularyError(f"{path}: not a model of CRFsuite ({error}); restore it") from error
    return model


def tagger(lexicon: Lexicon, path: Path) -> Tagger:
    """The tagger in ``path``.

    Raises:
        VocabularyError: the model is missing or broken.

    """
    return Tagger(_model(path), lexicon)


def taggers(lexicon: Lexicon, place: Path | None = None) -> Taggers:
    """The taggers in folder ``place``, without one the project's own.

    Raises:
        VocabularyError: a model is missing or broken.

    """
    place = place or folder("ontology") / "tagger"
    return Taggers(tagger(lexicon, place / NAMES), tagger(lexicon, place / FIRMS))


def span(tokens: Sequence[Token]) -> tuple[int, int]:
    """Offsets of the name that ``tokens`` make: a single one in marks without them."""
    if len(tokens) == 1 and tokens[0].kind in _MARKED:
        return tokens[0].inner_span.start, tokens[0].inner_span.end
    return tokens[0].start, tokens[-1].end


def text_of(tokens: Sequence[Token]) -> str:
    """The name that ``tokens`` make, without notes and without the marks of a single one."""
    return "".join(t.text for t in tokens if t.kind is not Kind.NOTE) if len(tokens) > 1 else tokens[0].inner


def may_be_name(tokens: Sequence[Token], roles: Mapping[int, Role], text: str, lexicon: Lexicon) -> bool:
    """Whether ``tokens`` can be a name at all: in one clause, more than a letter, no phrase that reports of many places
    share, no note at an end.
    """
    return (
        all(t.start in roles for t in tokens)
        and len(text) > 1
        and text not in lexicon.common
        and tokens[0].kind not in (Kind.NOTE, Kind.BRACKET)
        and tokens[-1].kind is not Kind.NOTE
    )


def supported(
    sentence: Parsed,
    tagger: Tagger,
    told: Told,
    chosen: Sequence[Candidate],
    doubted: Collection[Candidate],
    least: float,
) -> list[Candidate]:
    """``chosen`` without those ``doubted`` with which a name begins less likely, by the tagger, than ``least``."""
    if not doubted:
        return list(chosen)
    begins = tagger.begins(told)
    chance = {start: begins[n] for n, t in enumerate(sentence.tokens) for start in (t.start, t.inner_span.start)}
    return [c for c in chosen if c not in doubted or chance.get(c.start, 1.0) >= least]


def parts(sentence: Parsed, found: Labelled) -> tuple[Token, ...]:
    """The tokens of a name."""
    return sentence.tokens[found.first : found.last]
