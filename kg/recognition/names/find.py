"""Find the names of an edition: every rule proposes, the best of what overlaps is kept, taggers add to it.

Invariant: the result is a pure function of edition, vocabulary and places; mentions are in text order, longer first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kg.reading.edition import Edition
from kg.recognition.names.abroad import places_abroad
from kg.recognition.names.aspirations import aspirations
from kg.recognition.names.beside import beside
from kg.recognition.names.bodies import bodies, conferences
from kg.recognition.names.candidates import Candidate
from kg.recognition.names.carried_out import carried_out
from kg.recognition.names.clauses import Clause, clauses
from kg.recognition.names.firms import firms, known, listed_firms
from kg.recognition.names.founded import founded
from kg.recognition.names.groups import groups
from kg.recognition.names.heads import by_head, nested
from kg.recognition.names.held import held_events
from kg.recognition.names.institutions import institutions
from kg.recognition.names.issued import issued
from kg.recognition.names.kinds import kinds
from kg.recognition.names.learnt import beyond_rules, taggers
from kg.recognition.names.lexicon import Lexicon, Schemes, lexicon
from kg.recognition.names.listings import listings
from kg.recognition.names.lists import summed_up
from kg.recognition.names.makers import crafts, makers
from kg.recognition.names.networks import numbered_roads, stretches, substations
from kg.recognition.names.occasions import occasions
from kg.recognition.names.openings import openings
from kg.recognition.names.own_institutions import own_institutions
from kg.recognition.names.own_zones import own_zones
from kg.recognition.names.pilot_schemes import listed_pilots, pilot_schemes
from kg.recognition.names.place_mentions import place_mentions
from kg.recognition.names.points import points
from kg.recognition.names.positions import positions
from kg.recognition.names.produce import produce, protected
from kg.recognition.names.quotes import quotes
from kg.recognition.names.rows import rows
from kg.recognition.names.sentences import Parsed, parsed
from kg.recognition.names.shared import counted_label, known_tail, owned_policy, shared_head
from kg.recognition.names.strategies import strategies
from kg.recognition.names.systems import systems
from kg.recognition.names.titles import resorts, titles, villages, wares
from kg.recognition.names.tokens import Kind, Token, tokenise
from kg.recognition.names.waters import waters
from kg.recognition.names.works import works
from kg.recognition.places import PlaceSpan
from kg.recognition.spans import EntityType, Mention


def find_names(edition: Edition, vocabulary: Schemes, places: Sequence[PlaceSpan]) -> tuple[Mention, ...]:
    """All named things of an edition, the ``places`` found in ``edition.norm`` among them."""
    words = lexicon(vocabulary)
    sentences, chosen = by_rules(edition, words, places)
    return mentions(edition, vocabulary, beyond_rules(edition, sentences, chosen, places, taggers(words)), places)


def mentions(
    edition: Edition, vocabulary: Schemes, chosen: Sequence[Candidate], places: Sequence[PlaceSpan]
) -> tuple[Mention, ...]:
    """The names ``chosen`` in an edition, with their kinds, and the ``places`` that are no part of them."""
    kind = kinds(vocabulary)
    found = [
        Mention(c.start, c.end, c.entity_type, c.name, c.rule, kind.of(c.entity_type, c.name), c.code) for c in chosen
    ]
    found += place_mentions(edition, chosen, places)
    return tuple(sorted(found, key=lambda m: (m.start, -m.end)))


def by_rules(
    edition: Edition, words: Lexicon, places: Sequence[PlaceSpan]
) -> tuple[tuple[Parsed, ...], list[Candidate]]:
    """The sentences of an edition, and the names that rules find in them."""
    sentences = tuple(parsed(edition, places, words))
    return sentences, choose(c for sentence in sentences for c in _proposed(edition, sentence, places, words))


def _proposed(edition: Edition, sentence: Parsed, places: Sequence[PlaceSpan], words: Lexicon) -> Iterator[Candidate]:
    """Everything the rules propose in a sentence."""
    norm, start, end, home = edition.norm, sentence.start, sentence.end, edition.metadata.place
    starts = {t.start for t in sentence.tokens}
    known_places = {p.end: p for p in sentence.places if not p.nominal}
    yield from bodies(norm, start, end, known_places, starts)
    yield from occasions(norm, start, end, known_places, starts)
    yield from conferences(norm, start, end)
    yield from stretches(norm, start, end)
    yield from numbered_roads(norm, start, end)
    yield from institutions(norm, start, end, known_places, starts, home)
    yield from places_abroad(norm, end, sentence.places)
    yield from positions(norm, start, end, starts, words)
    yield from founded(norm, start, end, starts)
    yield from own_zones(norm, start, end, places, home)
    yield from own_institutions(norm, start, end, places, starts, home)
    yield from substations(norm, start, end, known_places)
    for clause in sentence.clauses:
        read = list(read_clause(clause, words))
        yield from read
        yield from beside(clause, read, words)
    for token in sentence.tokens:
        if token.kind is Kind.QUOTE and len(token.inner) >= _LONG_QUOTE:
            yield from _whole_quote(norm, token, sentence.places, words)


_LONG_QUOTE = 7  # characters of a quotation that may be a whole name with a head of its own


def _whole_quote(norm: str, token: Token, places: Sequence[PlaceSpan], words: Lexicon) -> Iterator[Candidate]:
    """A quotation that is a whole name by its own words: “…省产业技能人才培训基地”在…挂牌."""
    span = token.inner_span
    inside = [p for p in places if span.start <= p.start and p.end <= span.end]
    for clause in clauses(tokenise(norm, span, inside, words.compounds), words):
        for group in groups(clause):
            for phrase in group.items:
                for candidate in by_head(clause, phrase, group, words):
                    whole = (candidate.start, candidate.end) == (span.start, span.end)
                    if whole and candidate.rule in ("name-head", "name-event", "name-designation"):
                        yield candidate


def read_clause(clause: Clause, words: Lexicon) -> Iterator[Candidate]:
    """Everything the rules propose in a clause."""
    for listing in listings(clause, words):
        yield from summed_up(clause, listing, words)
    for group in groups(clause):
        yield from shared_head(clause, group, words)
        yield from known_tail(clause, group, words)
        yield from owned_policy(clause, group, words)
        yield from counted_label(clause, group, words)
        yield from listed_pilots(clause, group, words)
        for phrase in (*group.items, *((group.summary,) if group.summary else ())):
            yield from by_head(clause, phrase, group, words)
            yield from nested(clause, phrase, words)
    yield from titles(clause, words)
    yield from villages(clause, words)
    yield from resorts(clause, words)
    yield from openings(clause, words)
    yield from wares(clause, words)
    yield from produce(clause, words)
    yield from protected(clause, words)
    yield from aspirations(clause, words)
    yield from strategies(clause, words)
    yield from points(clause, words)
    yield from systems(clause, words)
    yield from held_events(clause, words)
    yield from rows(clause, words)
    yield from pilot_schemes(clause, words)
    yield from works(clause, words)
    yield from carried_out(clause, words)
    yield from issued(clause, words)
    yield from quotes(clause, words)
    yield from firms(clause, words)
    yield from listed_firms(clause, words)
    yield from makers(clause, words)
    yield from crafts(clause, words)
    yield from known(clause, words)
    yield from waters(clause, words)


def choose(proposed: Iterable[Candidate]) -> list[Candidate]:
    """The candidates to keep: of those that overlap, the surer, then the longer; nested ones may lie inside others."""
    ranked = sorted(
        set(proposed), key=lambda c: (c.nested, -c.sure, -(c.end - c.start), c.start, c.entity_type, c.name, c.rule)
    )
    kept: list[Candidate] = []
    for candidate in ranked:
        clash = False
        for other in kept:
            if candidate.end <= other.start or other.end <= candidate.start:
                continue
            if (candidate.start, candidate.end) == (other.start, other.end):
                members = candidate.rule == other.rule == "name-shared-head" and candidate.name != other.name
                clash = not members and (candidate.entity_type == other.entity_type or not candidate.nested)
            elif candidate.rule in ("name-known", "name-firm-trade") and (
                (
                    candidate.entity_type is other.entity_type
                    and candidate.end == other.end
                    and other.rule != "name-shared-head"
                )
                or candidate.entity_type in (EntityType.PROGRAMME, EntityType.POLICY)
            ):
                clash = True  # 二十大 in 党的二十大
            elif candidate.nested and (
                (other.start <= candidate.start and candidate.end <= other.end)
                or (candidate.start <= other.start and other.end <= candidate.end)
            ):
                continue
            else:
                clash = True
            if clash:
                break
        if not clash:
            kept.append(candidate)
    return sorted(kept, key=lambda c: (c.start, -c.end, c.entity_type, c.name))
