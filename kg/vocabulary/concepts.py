"""What a vocabulary holds: concepts of SKOS schemes, indicators and units, as plain values.

Invariant: a concept is known by its notation, which is unique in its scheme and is the last part of its IRI; concepts
refer to each other by notation ("" for none). Nothing here knows RDF.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, Inexact, localcontext

_PRECISION = 50  # digits of the exact product; no report comes near
_PLACES = 9  # of a quotient that does not end (1 亩 = 2000/3 m²)


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept of a scheme: ``labels`` by language tag, ``alternatives`` other labels of any Chinese script."""

    notation: str
    labels: Mapping[str, str]
    alternatives: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    definition: Mapping[str, str] | None = None
    broader: str = ""


@dataclass(frozen=True, slots=True)
class Scheme:
    """A SKOS scheme: its concepts by notation, in the order of its file."""

    name: str
    labels: Mapping[str, str]
    concepts: Mapping[str, Concept]

    def notation_for(self, label: str) -> str:
        """The notation of the concept that has exactly this label in any language, or ""."""
        for concept in self.concepts.values():
            if label in concept.labels.values() or label in concept.alternatives or label in concept.hidden:
                return concept.notation
        return ""


@dataclass(frozen=True, slots=True)
class IndicatorConcept:
    """A statistical indicator. Its level, growth, change, share and rank are measures of the same concept.

    ``unit`` is the notation of the unit its level is usually given in; ``dimension`` the kind of quantity of the level;
    ``direction`` is ``higher`` or ``lower`` where more or less is wanted, else ""; ``measure`` is the measure that a
    bare figure of it has (``share`` for a rate, else ``level``); ``above_100`` says whether a share of it may exceed
    100 %; ``heads`` are labels by which a longer phrase that ends in one of them is recognised.
    """

    notation: str
    labels: Mapping[str, str]
    alternatives: tuple[str, ...]
    hidden: tuple[str, ...]
    heads: tuple[str, ...]
    definition: Mapping[str, str]
    dimension: str
    unit: str
    policy_area: str
    direction: str = ""
    measure: str = "level"
    above_100: bool = False
    broader: str = ""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as written: ``factor``/``divisor`` of the base unit ``base`` make one of it.

    ``written`` is what was asked for (万亩), ``notation`` the unit without multiplier (mu), ``scale`` the multiplier
    (10000) that is already part of ``factor``. Two units are comparable when their ``base`` is the same. ``qudt`` is
    the IRI of the unit ``notation`` in QUDT, ``base_qudt`` that of the base unit; "" where QUDT has none.
    """

    notation: str
    labels: Mapping[str, str]
    alternatives: tuple[str, ...]
    dimension: str
    factor: Decimal
    base: str
    divisor: Decimal = Decimal(1)
    scale: Decimal = Decimal(1)
    qudt: str = ""
    base_qudt: str = ""
    written: str = ""

    def normalise(self, value: Decimal) -> Decimal:
        """``value`` of this unit in the base unit: exact, or to nine places where the quotient does not end."""
        with localcontext() as context:
            context.prec = _PRECISION
            context.clear_flags()
            quotient = value * self.factor / self.divisor
            if context.flags[Inexact]:
                quotient = round(quotient, _PLACES)
            return plain(quotient)

    def times(self, scale: Decimal, written: str) -> Unit:
        """The same unit with a multiplier before it (万 before 亩)."""
        return replace(self, factor=self.factor * scale, scale=self.scale * scale, written=written)


def plain(value: Decimal) -> Decimal:
    """``value`` without exponent and without zeros that end a fraction (155764000000.00 gives 155764000000)."""
    with localcontext() as context:
        context.prec = _PRECISION
        if value == value.to_integral_value():
            return value.quantize(Decimal(1))
        return value.normalize()
