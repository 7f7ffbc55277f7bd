"""What the taggers make of the names that rules find in a document.

Invariant: nothing is added that rules or places have as another type, and nothing judged or added in the lines of the
document's head, which name the meeting and who speaks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.reading.edition import Edition, Part
from kg.recognition.names.candidates import Candidate, by_sentence
from kg.recognition.names.echoes import echoes
from kg.recognition.names.learnt import firms, names
from kg.recognition.names.learnt.again import AGAIN_RULE, SHARING_RULE, again, sharing
from kg.recognition.names.learnt.features import features
from kg.recognition.names.learnt.stacked import GUESSED, stacked
from kg.recognition.names.learnt.tagger import Taggers, Told
from kg.recognition.names.sentences import Parsed
from kg.recognition.names.short_zones import SHORT_ZONE_RULE, short_zones
from kg.recognition.places import PlaceSpan
from kg.recognition.spans import EntityType as T

_OF_TAGGERS = (names.LIKELY_RULE, names.UNSURE_RULE, firms.FIRM_RULE, firms.UNSURE_FIRM_RULE)
RULES = (*_OF_TAGGERS, SHARING_RULE, AGAIN_RULE, SHORT_ZONE_RULE)

_CALLED_AS_FIRMS = (T.ENTERPRISE, T.PROJECT, T.ZONE)


def beyond_rules(
    edition: Edition,
    sentences: Sequence[Parsed],
    chosen: Iterable[Candidate],
    places: Iterable[PlaceSpan],
    ours: Taggers,
) -> list[Candidate]:
    """The names ``chosen`` by rules, as taggers judge them, what no rule reads, and where either are named again."""
    types = {edition.norm[p.start : p.end]: T.PLACE for p in places}
    of_places = frozenset(types)
    found = sorted(chosen, key=lambda c: (c.start, -c.end, c.entity_type, c.name, c.rule))
    types |= {edition.norm[c.start : c.end]: c.entity_type for c in found}

    def fits(c: Candidate) -> bool:
        known = types.get(edition.norm[c.start : c.end], c.entity_type)
        return known is c.entity_type or (c.entity_type is T.ENTERPRISE and known in _CALLED_AS_FIRMS)

    edges = {t.start for s in sentences for t in s.tokens}
    read = by_sentence(edition, found)
    told = {s.start: _told(s, read.get(s.start, ()), ours) for s in sentences if not _is_head(edition, s)}
    for s in sentences:
        if s.start in told:
            own = firms.judged(s, ours.firms, read.get(s.start, ()), told[s.start])
            own = names.judged(s, ours.names, own, told[s.start])
            read[s.start] = [c for c in own if c.rule not in RULES or fits(c)]
    labelled = {start: ours.names.label(features_of) for start, features_of in told.items()}
    found = short_zones(edition.norm, (c for own in read.values() for c in own), doubted=(*GUESSED, *_OF_TAGGERS))
    read = by_sentence(edition, found)
    found += [c for s in sentences for c in sharing(s, read.get(s.start, ()), ours.firms.lexicon) if fits(c)]
    proven = [c for c in found if c.rule not in _OF_TAGGERS and edition.norm[c.start : c.end] not in of_places]
    found += again(edition, sentences, ours.firms, told, found, proven)
    found += echoes(edition.norm, found, edges)
    read = by_sentence(edition, found)
    for s in sentences:
        found += filter(fits, names.added(s, ours.names, read.get(s.start, ()), labelled.get(s.start, ())))
    return found + echoes(edition.norm, found, edges)


def _told(sentence: Parsed, chosen: Sequence[Candidate], ours: Taggers) -> Told:
    """What the taggers are told of a sentence, the names ``chosen`` in it by rules among it."""
    return Told(list(stacked(sentence, chosen, list(features(sentence, ours.names.lexicon)))))


def _is_head(edition: Edition, sentence: Parsed) -> bool:
    """Whether it is a line of the document's head."""
    opening = edition.sentence_at(sentence.start).part is Part.OPENING
    return opening and edition.norm[sentence.end - 1] not in "。！？；"
