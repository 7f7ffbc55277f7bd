"""Firms by a tagger of their own: most of them stand only where a longer name begins (恒岳|新材料二期项目), and no word
says where they end.

Rules propose, and the tagger, which is told what they found, has the last word where they only guess.

Invariant: a firm that a rule is sure of stays; names of other types stay as they are; nothing crosses them.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.recognition.names.candidates import Candidate
from kg.recognition.names.clauses import Role
from kg.recognition.names.learnt.stacked import GUESSED
from kg.recognition.names.learnt.tagger import Tagger, Told, may_be_name, parts, span, supported, text_of
from kg.recognition.names.sentences import Parsed
from kg.recognition.names.tokens import Kind
from kg.recognition.spans import EntityType as T

FIRM_RULE, UNSURE_FIRM_RULE = "name-learnt-firm", "name-learnt-firm-unsure"

_KNOWN = "name-known"  # a rule that may have found a part: 中石油 in 中石油管道公司
_SUPPORTED = 0.2  # probability of a firm's beginning below which a guess is dropped
_LEAST = 0.6  # from which the tagger's own firm is taken
_LIKELY = 0.7  # from which it is called likely, and displaces a guess
_HOSTS = (T.PROJECT, T.ZONE)  # may be called by the firm's name alone: 恒岳、岳泰等项目
_PUBLIC = "工程"  # works that begin with where they are, seldom with whose


def judged(sentence: Parsed, tagger: Tagger, chosen: Sequence[Candidate], told: Told) -> list[Candidate]:
    """The names ``chosen`` in a sentence by rules, less the firms that are none, and those the tagger finds; ``told``
    are its tokens' features.
    """
    guesses = [c for c in chosen if c.rule in GUESSED]
    kept = supported(sentence, tagger, told, chosen, guesses, _SUPPORTED)
    for found in tagger.label(told):
        part = parts(sentence, found)
        (start, end), text = span(part), text_of(part)
        roles = [sentence.roles.get(t.start) for t in part]
        if found.probability < _LEAST or not may_be_name(part, sentence.roles, text, tagger.lexicon):
            continue
        if Role.ETC in roles or (len(part) == 1 and part[0].kind is Kind.PLACE):
            continue
        across = [c for c in kept if c.start < end and start < c.end]
        rivals = [c for c in across if c.entity_type is T.ENTERPRISE]
        others = [c for c in across if c.entity_type is not T.ENTERPRISE]
        known = any((c.start, c.end) == (start, end) for c in rivals)
        likely = found.probability >= _LIKELY
        if known or not all(likely and _gives_way(c, start, end) for c in rivals):
            continue
        if all(agrees(c, start, end) for c in others):
            rule = FIRM_RULE if likely else UNSURE_FIRM_RULE
            kept = [c for c in kept if c not in rivals]
            kept.append(Candidate(start, end, T.ENTERPRISE, text, rule, 0, nested=bool(others)))
    return kept


def _gives_way(rival: Candidate, start: int, end: int) -> bool:
    """Whether a firm that a rule found gives way to the tagger's: a guess, or a known name that is a part of it."""
    return rival.rule in GUESSED or (rival.rule == _KNOWN and start <= rival.start and rival.end <= end)


def agrees(other: Candidate, start: int, end: int) -> bool:
    """Whether a firm may stand there beside a name of another type: within it, around it, or as what it is called."""
    if (other.start, other.end) == (start, end):
        return other.entity_type in _HOSTS
    if other.start <= start and end <= other.end:
        return other.rule != _KNOWN and not other.name.endswith(_PUBLIC)
    return start <= other.start and other.end <= end
