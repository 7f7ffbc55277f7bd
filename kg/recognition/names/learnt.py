"""Names that no rule reads, found by taggers that learnt from annotated reports how names stand in sentences: one for
names of all types, one for the firms that names of projects begin with (恒岳|新材料二期).

A tagger is a linear-chain conditional random field (Lafferty, McCallum and Pereira 2001) over ``features``; how they
were made and how often they are right: ``ontology/tagger/ORIGIN.md``.

Invariant: rules go before. What is learnt stands where no rule has found a name, or, where the tagger is sure, around
one or within one; it begins and ends where words do and holds no list.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import pycrfsuite

from kg.errors import VocabularyError
from kg.recognition.names.candidates import Candidate
from kg.recognition.names.clauses import Role
from kg.recognition.names.features import features
from kg.recognition.names.lexicon import Lexicon
from kg.recognition.names.quotes import figurative
from kg.recognition.names.sentences import Parsed
from kg.recognition.names.tokens import Kind, Token
from kg.recognition.spans import EntityType as T
from kg.resources import folder

VAGUE = "vague"  # the label of what annotators need not name; the tagger learns it to keep away from it
OUTSIDE = "O"
LIKELY_RULE, UNSURE_RULE, FIRM_RULE = "name-learnt", "name-learnt-unsure", "name-learnt-firm"
RULES = (LIKELY_RULE, UNSURE_RULE, FIRM_RULE)
NAMES, FIRMS = "names.crfsuite", "firms.crfsuite"

_LEAST = 0.5  # probability from which a name that no rule contradicts is taken
_LEAST_OF = {  # of these, fewer are right: speeches use such words for what is no name
    T.PROGRAMME: 0.6,
    T.POLICY: 0.6,
    T.BRAND: 0.6,
    T.ENTERPRISE: 0.7,
    T.PLACE: 0.8,
}
_LIKELY = 0.7  # from which it is called likely
_CERTAIN = 0.8  # from which a name within or around another is taken
_BEGINS = {T.PROJECT: 0.6, T.ZONE: 0.9}  # names that may begin with a firm, and how sure it must be
_PUBLIC = "工程"  # works that begin with where they are, seldom with whose
_MARKED = (Kind.QUOTE, Kind.BOOK)
_NEVER_FIRST = (Role.VERB, Role.SOFT, Role.ADVERB, Role.FUNCTION, Role.COUNT, Role.ETC)
_NEVER_LAST = (Role.VERB, Role.SOFT, Role.ADVERB, Role.FUNCTION, Role.COUNT)
_NEVER_IN = (Role.COMMA, Role.JOINER)


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

    def label(self, told: Sequence[list[str]]) -> Iterator[Labelled]:
        """The likeliest names of a sentence of whose tokens these features are ``told``, in text order."""
        labels = self.model.tag(told)
        first = 0
        while first < len(labels):
            last = first + 1
            if labels[first] != OUTSIDE:
                kind = labels[first][2:]
                while last < len(labels) and labels[last] == f"I-{kind}":
                    last += 1
                sure = min(self.model.marginal(labels[n], n) for n in range(first, last))
                yield Labelled(first, last, kind, sure)
            first = last


@dataclass(frozen=True, slots=True)
class Taggers:
    """One for names of all types, one for firms that names begin with."""

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


def added(sentence: Parsed, taggers: Taggers, chosen: Sequence[Candidate]) -> Iterator[Candidate]:
    """The names of a sentence that the taggers add to those ``chosen`` in it by rules."""
    told = list(features(sentence, taggers.names.lexicon))
    found = list(_learnt(sentence, taggers.names, chosen, told))
    yield from found
    if any(c.entity_type in _BEGINS for c in (*chosen, *found)):
        yield from _firms_at_start(sentence, taggers.firms, [*chosen, *found], told)


def _learnt(
    sentence: Parsed, tagger: Tagger, chosen: Sequence[Candidate], told: Sequence[list[str]]
) -> Iterator[Candidate]:
    """The names that the tagger of all types adds; ``told`` are the features of the sentence's tokens."""
    for start, end, text, label, sure in _labelled(sentence, tagger, told):
        kind = T(label)
        across = [c for c in chosen if c.start < end and start < c.end]
        around = all(start <= c.start and c.end <= end for c in across)
        within = any(c.start <= start and end <= c.end for c in across)
        if any((c.start, c.end) == (start, end) for c in across) or not (around or within):
            continue
        if sure >= (_CERTAIN if across else _LEAST_OF.get(kind, _LEAST)):
            rule = LIKELY_RULE if sure >= _LIKELY else UNSURE_RULE
            yield Candidate(start, end, kind, text, rule, 0, nested=bool(across))


def _firms_at_start(
    sentence: Parsed, tagger: Tagger, chosen: Sequence[Candidate], told: Sequence[list[str]]
) -> Iterator[Candidate]:
    """The firms with which a name in ``chosen`` begins that holds no firm there yet."""
    for start, end, text, _, sure in _labelled(sentence, tagger, told):
        across = [c for c in chosen if c.start < end and start < c.end]
        longer = [c for c in across if c.start == start and c.end > end and c.entity_type in _BEGINS]
        longer = [c for c in longer if not c.name.endswith(_PUBLIC)]
        if longer and len(longer) == len(across) and sure >= min(_BEGINS[c.entity_type] for c in longer):
            yield Candidate(start, end, T.ENTERPRISE, text, FIRM_RULE, 0, nested=True)


def _labelled(
    sentence: Parsed, tagger: Tagger, told: Sequence[list[str]]
) -> Iterator[tuple[int, int, str, str, float]]:
    """Offsets, text, label and probability of what the tagger finds that may be a name."""
    for found in tagger.label(told):
        part = sentence.tokens[found.first : found.last]
        text = _text(part)
        if found.label != VAGUE and _is_name(part, sentence.roles, text, tagger.lexicon):
            yield *span(part), text, found.label, found.probability


def _text(part: Sequence[Token]) -> str:
    return "".join(t.text for t in part if t.kind is not Kind.NOTE) if len(part) > 1 else part[0].inner


def _is_name(part: Sequence[Token], roles: Mapping[int, Role], text: str, lexicon: Lexicon) -> bool:
    """Whether tokens may be a name: no list, no figure of speech, no phrase that reports of many places share, whole at
    both ends.
    """
    own = [roles.get(t.start) for t in part]
    first, last = part[0], part[-1]
    quotes = [t.kind is Kind.QUOTE for t in part]
    return (
        None not in own
        and len(text) > 1
        and text not in lexicon.common
        and own[0] not in _NEVER_FIRST
        and own[-1] not in _NEVER_LAST
        and not any(role in _NEVER_IN for role in own)
        and first.kind not in (Kind.NOTE, Kind.BRACKET)
        and last.kind is not Kind.NOTE
        and not (len(part) == 1 and (first.kind is Kind.PLACE or (quotes[0] and figurative(text, lexicon))))
        and not any(a and b for a, b in pairwise(quotes))  # “…”“…”: two names
    )
