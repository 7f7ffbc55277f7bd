"""Figures as they are read: their subjects, what they measure, and what the sentence has spoken of so far.

Invariant: a ``Spoken`` grows in text order; what a later figure continues stands before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from kg.claims.claim import Measure
from kg.claims.observation.clause import Cell
from kg.claims.observation.lexicon import Kind
from kg.claims.observation.parse import Form
from kg.claims.observation.tokens import Token
from kg.recognition.spans import Bound

PERCENT = frozenset({"%", "％", "‰"})
COUNTING = frozenset({"count", "persons", "person_times", "households", "livestock", "container"})
RANKS = frozenset({"number/rank", "number/rank-numeral"})
GROWTH_NOUNS = (Kind.GROWTH_UP, Kind.GROWTH_DOWN)
LONGEST_PREDICATE = 14  # characters of what is said of things counted that still help to name them


@dataclass(frozen=True, slots=True)
class Subject:
    """What a figure measures. ``base`` are its words, ``phrase`` the indicator made of them; ``topic`` is the thing
    it is of, which a bare attribute after it continues (粮食播种面积275万亩、产量64.9万吨).
    """

    base: str
    topic: str
    phrase: str = ""
    verb: str = ""
    unit: str = ""
    whole: str = ""
    tokens: tuple[Token, ...] = ()


@dataclass(slots=True)
class Draft:
    """A figure read: everything of an observation but time, status and about."""

    cell: Cell
    subjects: list[Subject]
    phrases: list[str]
    measure: Measure
    value: Decimal
    value_max: Decimal | None
    form: Form
    rule: str
    bound: Bound
    unit: str
    comparator: str = ""
    whole: str = ""
    done: bool = False  # counts or measures what was done (新增, 改造), not what there is
    since: str = ""
    origin: bool = False
    things: tuple[Token, ...] = ()  # the words after the figure that name what is counted
    said: tuple[Token, ...] = ()

    @property
    def bases(self) -> list[str]:
        """The words each indicator was made of, where it names a level; "" where it says more."""
        if self.measure is not Measure.LEVEL or len(self.subjects) != len(self.phrases):
            return [""] * len(self.phrases)
        return [s.base if p.startswith(s.base) else "" for s, p in zip(self.subjects, self.phrases, strict=True)]


@dataclass(slots=True)
class Head:
    """Subjects of a run of figures (one for all, or one for each), by which rule; how many words after it they use."""

    subjects: list[Subject]
    rule: str
    consumed: int = 0
    things: tuple[Token, ...] = ()
    said: tuple[Token, ...] = ()
    awaits: bool = False  # 15个新改建项目、5个改造项目加快推进: the predicate comes with a later item


@dataclass(slots=True)
class Spoken:
    """What a sentence has spoken of: subjects and figures in order, the whole that 其中 named, and where."""

    context: str = ""  # what the sentence before spoke of
    subjects: list[Subject] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    whole: str = ""
    whole_clause: int = -1
    run: list[Subject] = field(default_factory=list)  # of the last list of figures, one for each
    barrier: int = 0  # how many subjects stand before the last semicolon

    @property
    def near(self) -> list[Subject]:
        """The subjects since the last semicolon: what a bare attribute or effect can continue."""
        return self.subjects[self.barrier :]

    @property
    def last(self) -> Subject | None:
        """The last subject, if any."""
        return self.subjects[-1] if self.subjects else None

    def same_unit(self, unit: str) -> Subject | None:
        """The last subject that was given in ``unit``."""
        return next((s for s in reversed(self.subjects) if s.unit == unit), None)

    def clause_before(self, cell: Cell) -> list[Subject]:
        """The subjects of the nearest clause before the figure's own that has figures, each once."""
        clauses = [d.cell.clause for d in self.drafts if d.cell.clause < cell.clause]
        found: list[Subject] = []
        for draft in self.drafts if clauses else ():
            if draft.cell.clause == clauses[-1]:
                for subject, phrase in zip(draft.subjects, draft.phrases, strict=False):
                    if all(phrase != other.phrase for other in found):
                        found.append(replace(subject, phrase=phrase))
        return found


def without_verbs(core: Sequence[Token]) -> Sequence[Token]:
    """``core`` without the verbs it begins with."""
    start = 0
    while start < len(core) and core[start].kind in (Kind.VERB, Kind.CAUSE, Kind.LIGHT):
        start += 1
    return core[start:]
