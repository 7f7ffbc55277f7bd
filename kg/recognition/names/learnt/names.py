"""Names that no rule reads, by a tagger that learnt from annotated reports how names stand in sentences and when rules
are right.

Invariant: rules go before. What is learnt stands where no rule has found a name, or, where the tagger is sure, around
one or within one; it begins and ends where words do and holds no list. A rule's name goes only if the rule is one of
those that take much for a name and the tagger sees none there. Firms have a tagger of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from kg.recognition.names.candidates import Candidate
from kg.recognition.names.clauses import Role
from kg.recognition.names.learnt.tagger import (
    VAGUE,
    Labelled,
    Tagger,
    Told,
    may_be_name,
    parts,
    span,
    supported,
    text_of,
)
from kg.recognition.names.lexicon import Lexicon
from kg.recognition.names.quotes import figurative
from kg.recognition.names.sentences import Parsed
from kg.recognition.names.tokens import Kind, Token
from kg.recognition.spans import EntityType as T

LIKELY_RULE, UNSURE_RULE = "name-learnt", "name-learnt-unsure"

_LEAST = 0.4  # probability from which a name that no rule contradicts is taken
_LEAST_OF = {  # of these, fewer are right: speeches use such words for what is no name
    T.PROGRAMME: 0.5,
    T.POLICY: 0.5,
    T.BRAND: 0.5,
    T.PLACE: 0.8,
}
_LIKELY = 0.7  # from which it is called likely
_CERTAIN = 0.7  # from which a name within or around another is taken
_SUPPORTED = 0.1  # probability that any name begins there, below which one of a generous rule is dropped
GENEROUS = (  # rules that take much for a name
    "name-descriptive",
    "name-head",
    "name-listed",
    "name-listed-project",
    "name-modified-label",
    "name-programme",
)
_NEVER_FIRST = (Role.VERB, Role.SOFT, Role.ADVERB, Role.FUNCTION, Role.COUNT, Role.ETC)
_NEVER_LAST = (Role.VERB, Role.SOFT, Role.ADVERB, Role.FUNCTION, Role.COUNT)
_NEVER_IN = (Role.COMMA, Role.JOINER)


def judged(sentence: Parsed, tagger: Tagger, chosen: Sequence[Candidate], told: Told) -> list[Candidate]:
    """The names ``chosen`` in a sentence without those that are probably none; ``told`` are its tokens' features."""
    doubted = [c for c in chosen if c.rule in GENEROUS and not c.nested]
    return supported(sentence, tagger, told, chosen, doubted, _SUPPORTED)


def added(
    sentence: Parsed, tagger: Tagger, chosen: Sequence[Candidate], labelled: Iterable[Labelled]
) -> Iterator[Candidate]:
    """The names of a sentence, of those ``labelled`` by the tagger, that are added to those ``chosen`` in it."""
    for found in labelled:
        if found.label in (VAGUE, T.ENTERPRISE):
            continue
        kind, part = T(found.label), parts(sentence, found)
        (start, end), text = span(part), text_of(part)
        if not _is_name(part, sentence.roles, text, tagger.lexicon):
            continue
        across = [c for c in chosen if c.start < end and start < c.end]
        around = all(start <= c.start and c.end <= end for c in across)
        within = any(c.start <= start and end <= c.end for c in across)
        if any((c.start, c.end) == (start, end) for c in across) or not (around or within):
            continue
        if found.probability >= (_CERTAIN if across else _LEAST_OF.get(kind, _LEAST)):
            rule = LIKELY_RULE if found.probability >= _LIKELY else UNSURE_RULE
            yield Candidate(start, end, kind, text, rule, 0, nested=bool(across))


def _is_name(part: Sequence[Token], roles: Mapping[int, Role], text: str, lexicon: Lexicon) -> bool:
    """Whether tokens may be a name: no list, no figure of speech, whole at both ends."""
    if not may_be_name(part, roles, text, lexicon):
        return False
    own = [roles[t.start] for t in part]
    quotes = [t.kind is Kind.QUOTE for t in part]
    return (
        own[0] not in _NEVER_FIRST
        and own[-1] not in _NEVER_LAST
        and not any(role in _NEVER_IN for role in own)
        and not (len(part) == 1 and (part[0].kind is Kind.PLACE or (quotes[0] and figurative(text, lexicon))))
        and not any(a and b for a, b in pairwise(quotes))  # “…”“…”: two names
    )
