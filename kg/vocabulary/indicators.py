"""From a phrase of a report to the indicator it names: by its canonical form, then by the head it ends in.

Invariant: no likeness. A phrase names an indicator when its canonical form is that of one of the indicator's labels, or
when it ends in a head label and what stands before only says whose or when. What is cut off, read alike and not allowed
before a head is data: properties of the scheme in ``ontology/indicators.ttl``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.errors import VocabularyError
from kg.vocabulary.concepts import IndicatorConcept

_DROPPED = re.compile(r"[\s“”\"'‘’《》〈〉「」『』·•,，、。]")
_SHORTEST = 2  # characters that cutting must leave


@dataclass(frozen=True, slots=True)
class Wording:
    """How phrases vary without changing what they name; see the scheme in ``ontology/indicators.ttl``.

    ``before`` and ``after`` are cut from the ends as often as they stand there; ``alike`` replaces a written form by
    the one labels are compared in; ``barriers`` may not stand between the start of a phrase and a head it ends in.
    """

    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    alike: tuple[tuple[str, str], ...] = ()
    barriers: tuple[str, ...] = ()

    def canonical(self, phrase: str) -> str:
        """The form in which phrases and labels are compared."""
        form = _DROPPED.sub("", unicodedata.normalize("NFKC", phrase)).casefold()
        for written, read in self.alike:
            form = form.replace(written, read)
        return self._cut_after(self._cut_before(form))

    def _cut_before(self, form: str) -> str:
        cut = True
        while cut:
            cut = False
            for words in self.before:
                if form.startswith(words) and len(form) - len(words) >= _SHORTEST:
                    form, cut = form[len(words) :], True
                    break
        return form

    def _cut_after(self, form: str) -> str:
        cut = True
        while cut:
            cut = False
            for words in self.after:
                if form.endswith(words) and len(form) - len(words) >= _SHORTEST:
                    form, cut = form[: -len(words)], True
                    break
        return form


def wording(
    before: Iterable[str], after: Iterable[str], alike: Iterable[tuple[str, str]], barriers: Iterable[str]
) -> Wording:
    """A ``Wording`` from lists in any order: the longest words are tried first."""

    def longest(words: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted({w.casefold() for w in words}, key=lambda w: (-len(w), w)))

    pairs = sorted({(a.casefold(), b.casefold()) for a, b in alike}, key=lambda p: (-len(p[0]), p))
    return Wording(longest(before), longest(after), tuple(pairs), longest(barriers))


def index(concepts: Mapping[str, IndicatorConcept], words: Wording) -> tuple[dict[str, str], dict[str, str]]:
    """Canonical labels and canonical head labels, each to notations.

    Raises:
        VocabularyError: two concepts share a label once it is canonical.
    """
    labels: dict[str, str] = {}
    heads: dict[str, str] = {}
    for concept in concepts.values():
        for label in (*concept.labels.values(), *concept.alternatives, *concept.hidden, *concept.heads):
            form = words.canonical(label)
            other = labels.setdefault(form, concept.notation)
            if other != concept.notation:
                raise VocabularyError(
                    f"indicators.ttl: “{label}” is a label of both {other} and {concept.notation} "
                    f"(read as “{form}”): keep it at one of them"
                )
        for label in concept.heads:
            heads[words.canonical(label)] = concept.notation
    return labels, heads


def find(phrase: str, labels: Mapping[str, str], heads: Mapping[str, str], words: Wording) -> str:
    """The notation of the indicator that ``phrase`` (Simplified characters) names, or ""."""
    form = words.canonical(phrase)
    found = labels.get(form)
    if found is not None:
        return found
    for start in range(1, len(form) - 1):
        notation = heads.get(form[start:])
        if notation is not None:
            before = form[:start]
            return "" if any(barrier in before for barrier in words.barriers) else notation
    return ""
