"""Names that no rule reads, found by a tagger that learnt from annotated reports how names stand in sentences.

The tagger is a linear-chain conditional random field (Lafferty, McCallum and Pereira 2001) over ``features``; how it
was made and how often it is right: ``ontology/tagger/ORIGIN.md``.

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
LIKELY_RULE, UNSURE_RULE = "name-learnt", "name-learnt-unsure"

_LEAST = 0.35  # probability from which a name that no rule contradicts is taken
_LEAST_OF = {T.PROGRAMME: 0.5, T.POLICY: 0.5, T.ENTERPRISE: 0.5, T.BRAND: 0.5}  # fewer of these are right below
_LEAST_QUOTED = 0.5  # speeches quote what is no name
_LIKELY = 0.7  # from which it is called likely
_CERTAIN = 0.8  # from which a name within or around another is taken
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

    def label(self, sentence: Parsed) -> Iterator[Labelled]:
        """The likeliest names of a sentence, in text order."""
        labels = self.model.tag(list(features(sentence, self.lexicon)))
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


def tagger(lexicon: Lexicon, path: Path | None = None) -> Tagger:
    """The tagger in ``path``, by default the project's own.

    Raises:
        VocabularyError: the model is missing or broken.

    """
    return Tagger(_model(path or folder("ontology") / "tagger" / "names.crfsuite"), lexicon)


def span(tokens: Sequence[Token]) -> tuple[int, int]:
    """Offsets of the name that ``tokens`` make: a single one in marks without them."""
    if len(tokens) == 1 and tokens[0].kind in _MARKED:
        return tokens[0].inner_span.start, tokens[0].inner_span.end
    return tokens[0].start, tokens[-1].end


def learnt(sentence: Parsed, tagger: Tagger, chosen: Sequence[Candidate]) -> Iterator[Candidate]:
    """The names of a sentence that the tagger adds to those ``chosen`` in it by rules."""
    for found in tagger.label(sentence):
        part = sentence.tokens[found.first : found.last]
        start, end = span(part)
        text = "".join(t.text for t in part if t.kind is not Kind.NOTE) if len(part) > 1 else part[0].inner
        if found.label == VAGUE or not _is_name(part, sentence.roles, text, tagger.lexicon):
            continue
        kind = T(found.label)
        across = [c for c in chosen if c.start < end and start < c.end]
        around = all(start <= c.start and c.end <= end for c in across)
        within = any(c.start <= start and end <= c.end for c in across)
        if any((c.start, c.end) == (start, end) for c in across) or not (around or within):
            continue
        quoted = len(part) == 1 and part[0].kind is Kind.QUOTE
        least = _CERTAIN if across else max(_LEAST_OF.get(kind, _LEAST), _LEAST_QUOTED if quoted else 0)
        if found.probability < least:
            continue
        rule = LIKELY_RULE if found.probability >= _LIKELY else UNSURE_RULE
        yield Candidate(start, end, kind, text, rule, 0, nested=bool(across))


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
