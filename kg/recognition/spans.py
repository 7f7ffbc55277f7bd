"""What recognition yields: numbers and names, each a span of one edition's text.

Invariant: a span never crosses a sentence, and ``edition.norm[start:end]`` is what was recognised.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from kg.reading.edition import Span


class NumberClass(StrEnum):
    """What a number token is for. Every token has exactly one class."""

    OBSERVATION = "observation"
    TIME = "time"
    LABEL = "label"
    ENUMERATOR = "enumerator"


class Bound(StrEnum):
    EQ = "eq"
    APPROX = "approx"
    GE = "ge"
    GT = "gt"
    LE = "le"
    LT = "lt"
    BETWEEN = "between"


class EntityType(StrEnum):
    PLACE = "place"
    ZONE = "zone"
    FACILITY = "facility"
    ENTERPRISE = "enterprise"
    ORGANIZATION = "organization"
    PROJECT = "project"
    PROGRAMME = "programme"
    POLICY = "policy"
    HONOUR = "honour"
    EVENT = "event"
    BRAND = "brand"


@dataclass(frozen=True, slots=True)
class Number:
    """A number token or several that make one figure or label, with the unit written after them.

    ``start``/``end`` cover value and unit (``1.1万余户``); ``tokens`` are the digit runs inside. Numbers written in
    Chinese numerals that count or rank have no digit run: ``tokens`` is empty. ``value`` is signed as written
    (the direction of a change is decided with the claim). ``unit`` is as in ``norm``, without 余/多 (万户).
    """

    start: int
    end: int
    number_class: NumberClass
    tokens: tuple[Span, ...]
    value: Decimal | None = None
    value_max: Decimal | None = None
    unit: str = ""
    bound: Bound = Bound.EQ
    count: int | None = None  # n of n×m
    each: Decimal | None = None  # m of n×m
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """A name where it stands. ``name`` is the fullest form this place supports, in Simplified characters: shared
    heads are restored (盘南、大湾…项目 gives two mentions), elided levels are supplied (市人民医院 → …市人民医院).
    """

    start: int
    end: int
    entity_type: EntityType
    name: str
    rule: str = ""
    kind: str = ""  # notation in the scheme of project or facility kinds, where the words decide it
    code: str = ""  # division code, for administrative places
