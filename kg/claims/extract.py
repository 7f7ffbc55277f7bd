"""From an edition to claims: the one way through recognition and reading of claims."""

from __future__ import annotations

from kg.claims.claim import Extraction
from kg.claims.entities import resolve_entities
from kg.claims.observations import observe
from kg.claims.relations import relate
from kg.claims.undertakings import undertake
from kg.reading.edition import Edition
from kg.recognition.names import find_names
from kg.recognition.numbers import find_numbers
from kg.recognition.places import find_places
from kg.vocabulary import Vocabulary
from kg.vocabulary.divisions import load_divisions


def extract(edition: Edition, vocabulary: Vocabulary) -> Extraction:
    """All claims of ``edition``. A pure function of its text and the vocabularies."""
    divisions = load_divisions()
    meta = edition.metadata
    places = find_places(edition.norm, divisions, meta.place, meta.plan_year)
    mentions = find_names(edition, vocabulary, places)
    entities = resolve_entities(edition, mentions, divisions)
    numbers = find_numbers(edition, vocabulary)
    observations = observe(edition, numbers, entities, vocabulary)
    relations = relate(edition, entities, vocabulary)
    undertakings = undertake(edition, entities, observations, vocabulary)
    return Extraction(numbers, entities, observations, relations, undertakings)
