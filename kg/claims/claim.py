"""What extraction yields: claims, each with the span it was read from and the rule that read it.

Invariant: ``extract(edition, vocabulary)`` is a pure function; claims know spans, mentions and vocabulary notations,
never RDF. A claim's ``about``/``subject``/``object`` is an ``Entity`` key of the same extraction.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from kg.recognition.spans import Bound, EntityType, Mention, Number


class Measure(StrEnum):
    LEVEL = "level"
    GROWTH = "growth"
    AVERAGE_GROWTH = "average_growth"
    CHANGE = "change"
    SHARE = "share"
    RANK = "rank"


class Status(StrEnum):
    ACTUAL = "actual"
    ESTIMATE = "estimate"
    TARGET = "target"


class Predicate(StrEnum):
    LOCATED_IN = "locatedIn"
    OPERATED_BY = "operatedBy"
    UNDERTAKEN_BY = "undertakenBy"
    PART_OF = "partOf"
    HAS_STATUS = "hasStatus"
    AWARDED = "awarded"
    SEEKS = "seeks"
    ISSUED = "issued"
    IMPLEMENTS = "implements"


class ProjectStatus(StrEnum):
    PLANNED = "planned"
    PRELIMINARY = "preliminary"
    APPROVED = "approved"
    STARTED = "started"
    UNDER_CONSTRUCTION = "under_construction"
    COMPLETED = "completed"
    IN_OPERATION = "in_operation"
    RESUMED = "resumed"
    SUSPENDED = "suspended"


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing as this document knows it: its fullest name, its other names, and where it is mentioned.

    ``key`` is unique in the extraction and derived from type and name (``project:六枝…项目``; a division is
    ``place:520203``), never from order. ``optional`` mentions are nested or nominal (全市) ones.
    """

    key: str
    entity_type: EntityType
    name: str
    aliases: tuple[str, ...]
    mentions: tuple[Mention, ...]
    kind: str = ""
    code: str = ""  # division code
    place: str = ""  # key of the place it belongs to; "" for the report's own place


@dataclass(frozen=True, slots=True)
class Indicator:
    """What is measured: the report's own phrase (Simplified), and the scheme's concept when it is one.

    ``concept`` is the notation in ``ontology/indicators.ttl`` (``gdp``) or "" for a phrase the scheme does not know.
    """

    phrase: str
    concept: str = ""


@dataclass(frozen=True, slots=True)
class Observation:
    """A figure: what it measures, of whom, when, and whether it is a fact, an estimate or a target."""

    start: int  # span of value and unit
    end: int
    clause_start: int  # the clause it was read from
    clause_end: int
    indicators: tuple[Indicator, ...]  # more than one where a figure holds for several (均, 各)
    measure: Measure
    value: Decimal
    value_max: Decimal | None
    unit: str
    period: str  # "2023", "2018-2022", "2023-Q1", "2023-06"
    status: Status
    bound: Bound
    about: tuple[str, ...]  # entity keys; empty: the report's own place
    comparator: str = ""  # 较全省 …: what a gap is measured against, "" for change over time
    scope: str = ""  # 其中/nested whole
    rule: str = ""
    number: Number | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """A statement between two things, or of a thing's status (then ``object`` is a ``ProjectStatus`` value)."""

    start: int  # the clause that states it
    end: int
    subject: str  # entity key; "" : the report's own place
    predicate: Predicate
    object: str
    period: str = ""
    target: bool = False
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Undertaking:
    """A promise (plan part) or an achievement (review part): the unit of accountability."""

    start: int
    end: int
    achieved: bool
    verb: str
    object: str
    observations: tuple[int, ...] = ()  # start offsets of the observations that quantify it
    deadline: str = ""
    policy_area: str = ""  # notation in ontology/policy-areas.ttl
    concerns: tuple[str, ...] = ()  # entity keys
    responsible: tuple[str, ...] = ()  # entity keys
    item: int | None = None  # number among the livelihood items
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was read from one edition, each tuple in text order."""

    numbers: tuple[Number, ...]
    entities: tuple[Entity, ...]
    observations: tuple[Observation, ...]
    relations: tuple[Relation, ...]
    undertakings: tuple[Undertaking, ...]


__all__ = [
    "Bound",
    "Entity",
    "EntityType",
    "Extraction",
    "Indicator",
    "Measure",
    "Mention",
    "Number",
    "Observation",
    "Predicate",
    "ProjectStatus",
    "Relation",
    "Status",
    "Undertaking",
]
