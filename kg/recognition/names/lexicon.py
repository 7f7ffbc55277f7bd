"""The words names are made of, as sets: read from the schemes name-head, name-cue and known-name.

Invariant: a lexicon is a pure function of the vocabulary; no word is written in code.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Protocol

from kg import resources
from kg.errors import VocabularyError
from kg.recognition.names.likeness import NameOdds, name_odds
from kg.recognition.spans import EntityType
from kg.vocabulary.concepts import Scheme
from kg.vocabulary.phrases import load_common_phrases


class Schemes(Protocol):
    """What is needed of a vocabulary: its schemes by name, and the hash of its files."""

    @property
    def vocabulary_hash(self) -> str: ...

    def scheme(self, name: str) -> Scheme: ...


class Head(NamedTuple):
    """A word a name ends with: the types it can mean, likeliest first; whether the first needs a proper modifier."""

    types: tuple[EntityType, ...]
    weak: bool

    @property
    def type(self) -> EntityType:
        return self.types[0]


@dataclass(frozen=True, eq=False)
class Lexicon:
    """Word lists by role; a lexicon equals itself alone. ``heads`` holds every head; ``cues`` every cue list by
    notation; ``known`` nation-wide names with their type; ``short`` the full form of a known short form; ``common`` the
    phrases that reports of many places share and that therefore name nothing.
    """

    heads: Mapping[str, Head]
    cues: Mapping[str, frozenset[str]]
    known: Mapping[str, EntityType]
    short: Mapping[str, str]
    common: Mapping[str, int]
    longest_head: int
    compounds: frozenset[str]  # words that segmentation may break and that are joined again
    odds: NameOdds  # how much a word looks like a firm's own name

    def head_of(self, text: str) -> tuple[str, Head] | None:
        """The longest head that ``text`` ends with."""
        for length in range(min(self.longest_head, len(text)), 0, -1):
            head = self.heads.get(text[-length:])
            if head is not None:
                return text[-length:], head
        return None

    def is_a(self, word: str, *lists: str) -> bool:
        """Whether a word stands in one of the cue lists."""
        for name in lists:  # noqa: SIM110 - called a hundred thousand times a report
            if word in self.cues[name]:
                return True
        return False


_HEAD_TYPES = {str(kind): kind for kind in EntityType}


def _words(scheme: Scheme, notation: str) -> tuple[str, ...]:
    concept = scheme.concepts.get(notation)
    if concept is None:
        raise VocabularyError(f"names.ttl: scheme “{scheme.name}” lacks the concept “{notation}”; restore it")
    return concept.alternatives


def _listed(path: Path) -> list[str]:
    """The names of a table of one column."""
    try:
        return path.read_text(encoding="utf-8").splitlines()[1:]
    except OSError as error:
        raise VocabularyError(f"{path}: cannot be read ({error.strerror}); reinstall") from error


_VERBS = ("run", "issue", "award", "seek", "hold", "build", "anchor", "seek-title", "other-verb")
_READ: dict[str, Lexicon] = {}


def lexicon(vocabulary: Schemes) -> Lexicon:
    """The lexicon of a vocabulary, built once for the same files."""
    found = _READ.get(vocabulary.vocabulary_hash)
    if found is None:
        found = _READ[vocabulary.vocabulary_hash] = _lexicon(vocabulary)
    return found


def _lexicon(vocabulary: Schemes) -> Lexicon:
    heads: dict[str, Head] = {}
    scheme = vocabulary.scheme("name-head")
    for notation, concept in scheme.concepts.items():
        base = notation.partition("-")[0]
        kind = _HEAD_TYPES.get(base)
        if kind is None or notation.removesuffix("-weak") not in _HEAD_TYPES:
            continue
        weak = notation.endswith("-weak")
        for word in concept.alternatives:
            old = heads.get(word)
            if old is None:
                heads[word] = Head((kind,), weak)
            elif kind not in old.types:
                heads[word] = Head((*old.types, kind), old.weak)
    cue_scheme = vocabulary.scheme("name-cue")
    cues = {notation: frozenset(_words(cue_scheme, notation)) for notation in cue_scheme.concepts}
    for notation in ("project-tail", "phase", "enterprise-trade"):
        cues[notation] = frozenset(_words(scheme, notation))
    known: dict[str, EntityType] = {}
    short: dict[str, str] = {}
    for notation, concept in vocabulary.scheme("known-name").concepts.items():
        for word in concept.alternatives:
            full, _, brief = word.partition("=")
            known.setdefault(full, _HEAD_TYPES[notation])
            if brief:
                known.setdefault(brief, _HEAD_TYPES[notation])
                short[brief] = full
    listed = _listed(resources.folder("ontology") / "firms" / "listed.tsv")
    for name in listed:
        known.setdefault(name, EntityType.ENTERPRISE)
    common = load_common_phrases()
    verbs = (word for name in _VERBS for word in cues[name])
    compounds = frozenset(
        w
        for w in (*heads, *verbs, *cues["enterprise-trade"], *cues["phase"], *cues["project-tail"], *cues["compound"])
        if len(w) > 1
    )
    return Lexicon(heads, cues, known, short, common, max(map(len, heads)), compounds, name_odds(listed, common))
