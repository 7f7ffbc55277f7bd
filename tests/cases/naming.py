"""A sentence as a report of 贵阳市, and the names, entities and relations read from it."""

from __future__ import annotations

from dataclasses import replace

import sentences

from kg.claims.claim import Entity, Relation
from kg.claims.entities import resolve_entities
from kg.claims.relations import relate
from kg.reading.edition import Edition
from kg.recognition.names import find_names
from kg.recognition.names.echoes import echoes
from kg.recognition.names.find import by_rules, mentions
from kg.recognition.names.lexicon import lexicon
from kg.recognition.places import find_places
from kg.recognition.spans import Mention
from kg.vocabulary import load
from kg.vocabulary.divisions import load_divisions


def report(text: str, part: str = "plan", home: str = "520100") -> Edition:
    """``text`` in the given part of a report of a division that reviews 2023 and plans 2024."""
    edition = sentences.report(text, part)
    name = load_divisions().by_code(home, 2024)
    return replace(edition, metadata=replace(edition.metadata, place=home, place_name=name.name if name else ""))


def names(edition: Edition) -> tuple[Mention, ...]:
    """The mentions of an edition."""
    places = find_places(edition.norm, load_divisions(), edition.metadata.place, edition.metadata.plan_year or 2024)
    return find_names(edition, load(), places)


def names_by_rule(edition: Edition) -> tuple[Mention, ...]:
    """The mentions that rules find, before taggers judge them and add to them."""
    places = find_places(edition.norm, load_divisions(), edition.metadata.place, edition.metadata.plan_year or 2024)
    read, chosen = by_rules(edition, lexicon(load()), places)
    chosen += echoes(edition.norm, chosen, {t.start for sentence in read for t in sentence.tokens})
    return mentions(edition, load(), chosen, places)


def entities(edition: Edition) -> tuple[Entity, ...]:
    """The entities of an edition."""
    return resolve_entities(edition, names(edition), load_divisions())


def relations(edition: Edition) -> tuple[tuple[Entity, ...], tuple[Relation, ...]]:
    """The entities of an edition and the relations between them."""
    found = entities(edition)
    return found, relate(edition, found, load())


def lines(edition: Edition) -> list[str]:
    """The relations of an edition as the cases write them: subject | predicate | object | period."""
    found, stated = relations(edition)
    label = {e.key: e.name for e in found} | {"": edition.metadata.place_name}
    found_lines = []
    for r in stated:
        period = r.period + ("+" if r.target else "")
        found_lines.append(f"{label[r.subject]} | {r.predicate} | {label.get(r.object, r.object)} | {period}".rstrip())
    return found_lines
