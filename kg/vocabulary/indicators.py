"""From a phrase of a report to the indicator it names: by its canonical form, then by the head it ends in.

Invariant: no likeness. A phrase names an indicator when its canonical form is that of one of the indicator's labels, or
when it ends in a head label and what stands before only says whose or when. What is cut off, read alike and not allowed
before a head is data: properties of the scheme in ``ontology/indicators.ttl``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kg.errors import VocabularyError
from kg.vocabulary.concepts import IndicatorConcept

_DROPPED = re.compile(r"[\s“”\"'‘’《》〈〉「」『』·•,，、。]")
_SHORTEST = 2  # characters that cutting must leave
_VERBS = 3  # verbs that may follow each other at the start (开工 改造 提升)


@dataclass(frozen=True, slots=True)
class Wording:
    """How phrases vary without changing what they name; see the scheme in ``ontology/indicators.ttl``.

    ``before`` and ``after`` are cut from the ends as often as they stand there; ``alike`` replaces a written form by
    the one that labels are compared in, wherever it stands, ``alike_first`` only at the start (新建成 is read as 新建);
    ``moved`` are verbs that may stand last and are then read first (老旧小区改造 as 改造老旧小区). Before a head, one
    of ``head_after`` must stand and none of ``barriers`` may. Longer words are tried before shorter ones.
    """

    before: tuple[str, ...]
    after: tuple[str, ...]
    alike: Mapping[str, str]
    alike_first: Mapping[str, str]
    moved: tuple[str, ...]
    head_after: tuple[str, ...]
    barriers: tuple[str, ...]
    _alike: re.Pattern[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for name in ("before", "after", "moved", "head_after", "barriers"):
            words = {word.casefold() for word in getattr(self, name)}
            object.__setattr__(self, name, tuple(sorted(words, key=lambda word: (-len(word), word))))
        for name in ("alike", "alike_first"):
            pairs = {written.casefold(): read.casefold() for written, read in getattr(self, name).items()}
            object.__setattr__(self, name, dict(sorted(pairs.items(), key=lambda pair: (-len(pair[0]), pair[0]))))
        object.__setattr__(self, "_alike", re.compile("|".join(map(re.escape, self.alike)) or "(?!)"))

    def canonical(self, phrase: str) -> str:
        """The form in which phrases and labels are compared."""
        form = _DROPPED.sub("", unicodedata.normalize("NFKC", phrase)).casefold()
        form = self._alike.sub(lambda found: self.alike[found.group()], form)
        while form.startswith(self.before):
            word = next(word for word in self.before if form.startswith(word))
            if len(form) - len(word) < _SHORTEST:
                break
            form = form[len(word) :]
        while form.endswith(self.after):
            word = next(word for word in self.after if form.endswith(word))
            if len(form) - len(word) < _SHORTEST:
                break
            form = form[: -len(word)]
        if form.endswith(self.moved):
            verb = next(verb for verb in self.moved if form.endswith(verb))
            form = verb + form[: -len(verb)]
        verbs = tuple(self.alike_first)
        for _ in range(_VERBS):
            if not form.startswith(verbs):
                break
            verb = next(verb for verb in verbs if form.startswith(verb))
            form = self.alike_first[verb] + form[len(verb) :]
        return form


def index(concepts: Mapping[str, IndicatorConcept], words: Wording) -> tuple[dict[str, str], dict[str, str]]:
    """Canonical labels and canonical head labels, each to notations.

    Raises:
        VocabularyError: two concepts share a label once it is canonical.

    """
    labels: dict[str, str] = {}
    heads: dict[str, str] = {}
    for concept in concepts.values():
        for label in (concept.labels.get("zh-Hans", ""), *concept.alternatives, *concept.hidden, *concept.heads):
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


def find(
    phrase: str,
    labels: Mapping[str, str],
    heads: Mapping[str, str],
    words: Wording,
    concepts: Mapping[str, IndicatorConcept],
    nouns: Sequence[tuple[str, str]],
) -> str:
    """The notation of the indicator that ``phrase`` (Simplified characters) names, or "".

    ``nouns`` are words for an amount of one dimension (面积: area): 流转土地面积 is 流转土地 when that is an area.
    """
    form = words.canonical(phrase)
    found = labels.get(form)
    if found is not None:
        return found
    for noun, dimension in nouns:
        if form.endswith(noun):
            found = labels.get(words.canonical(form[: -len(noun)]))
            if found is not None and concepts[found].dimension == dimension:
                return found
    for start in range(1, len(form) - 1):
        notation = heads.get(form[start:])
        if notation is not None:
            before = form[:start]
            if before.endswith(words.head_after) and not any(barrier in before for barrier in words.barriers):
                return notation
    return ""
