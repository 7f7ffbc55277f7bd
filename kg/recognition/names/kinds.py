"""What kind of project or facility a name tells: the concept whose words it ends with, or holds.

Invariant: a kind is given only where words of the scheme decide it; the last words of a name weigh most, then the
longest.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from kg.recognition.names.lexicon import Schemes
from kg.recognition.spans import EntityType as T

_SCHEMES = {T.FACILITY: "facility-kind", T.PROJECT: "project-kind"}
_TAIL = re.compile(r"(?:（?(?:首|第?[一二三四五])期）?|项目|工程|建设)+$")


@dataclass(frozen=True)
class Kinds:
    """Words of each scheme of kinds with the notation they stand for."""

    words: Mapping[T, Mapping[str, str]]
    longest: int

    def of(self, kind: T, name: str) -> str:
        """The notation of the kind that a name tells; "" where none does."""
        words = self.words.get(kind)
        if words is None:
            return ""
        bare = _TAIL.sub("", name) or name
        for end in range(len(bare), 1, -1):
            for length in range(min(self.longest, end), 1, -1):
                found = words.get(bare[end - length : end])
                if found is not None:
                    return found
        return words.get(bare[-1:], "") if kind is T.FACILITY else ""


_READ: dict[str, Kinds] = {}


def kinds(vocabulary: Schemes) -> Kinds:
    """The words of the schemes of kinds, read once for the same files."""
    found = _READ.get(vocabulary.vocabulary_hash)
    if found is None:
        words = {
            kind: {
                word: notation
                for notation, concept in vocabulary.scheme(scheme).concepts.items()
                for word in (*concept.labels.values(), *concept.alternatives)
            }
            for kind, scheme in _SCHEMES.items()
        }
        longest = max(len(word) for table in words.values() for word in table)
        found = _READ[vocabulary.vocabulary_hash] = Kinds(words, longest)
    return found
