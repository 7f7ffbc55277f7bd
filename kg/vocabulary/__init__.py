"""Vocabularies: what the ``ontology`` folder says, as plain values that recognition and claims work with."""

from kg.vocabulary.concepts import Concept, IndicatorConcept, Scheme, Unit, plain
from kg.vocabulary.vocabulary import Vocabulary, hash_of, load

__all__ = ["Concept", "IndicatorConcept", "Scheme", "Unit", "Vocabulary", "hash_of", "load", "plain"]
