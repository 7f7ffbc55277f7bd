"""What a careful reader would notice about a report's figures: not errors of reading, but things to know.

Invariant: a finding speaks of claims that are published; it never removes or changes one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from kg.claims.claim import Measure, Observation, Status
from kg.recognition.spans import Bound
from kg.resolution.report import Cited, Report
from kg.vocabulary import Vocabulary

# Rounded shares of a whole may miss 100 by this much.
SHARE_TOLERANCE = Decimal("0.6")
Figure = Cited[Observation]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a reader should know. ``kind`` is a notation of ontology/finding-kinds.ttl, ``claims`` are claim keys."""

    kind: str
    claims: tuple[str, ...]
    message_zh: str
    message_en: str


def find_inconsistencies(report: Report, vocabulary: Vocabulary) -> tuple[Finding, ...]:
    """The findings within one report, in a fixed order."""
    found = [
        *_shares(report),
        *_parts(report, vocabulary),
        *_repeated(report, vocabulary),
    ]
    return tuple(sorted(set(found), key=lambda f: (f.kind, f.claims)))


def _clause(figure: Figure) -> tuple[int, int, int]:
    claim = figure.claim
    return figure.citations[0].edition, claim.clause_start, claim.clause_end


def _name(claim: Observation) -> str:
    return "、".join(i.phrase for i in claim.indicators)


def _written(claim: Observation) -> str:
    return f"{claim.value:f}{claim.unit}"


def _shares(report: Report) -> Iterator[Finding]:
    """Shares of one whole that are given as a structure (A：B：C) and do not sum to 100."""
    groups: dict[tuple[object, ...], list[Figure]] = defaultdict(list)
    for figure in report.observations:
        claim = figure.claim
        if claim.measure is Measure.SHARE and claim.scope and claim.rule.startswith("ratio"):
            groups[*_clause(figure), claim.scope, claim.period, claim.status].append(figure)
    for (_, _, _, scope, *_), figures in groups.items():
        total = sum((f.claim.value for f in figures), Decimal(0))
        if len(figures) > 1 and abs(total - 100) > SHARE_TOLERANCE:
            parts = "、".join(f"{f.claim.value:f}" for f in figures)
            yield Finding(
                "shares_do_not_sum",
                tuple(f.key for f in figures),
                f"{scope}各部分（{parts}）之和为{total:f}，不是100。",
                f"The parts of {scope} ({parts}) sum to {total:f}, not 100.",
            )


def _parts(report: Report, vocabulary: Vocabulary) -> Iterator[Finding]:
    """A part that is larger than the whole it is said to be of (其中)."""
    for part in report.observations:
        whole_name = part.claim.scope
        if not whole_name or part.claim.measure is not Measure.LEVEL:
            continue
        for whole in report.observations:
            claim = whole.claim
            if (
                claim.measure is Measure.LEVEL
                and claim.period == part.claim.period
                and claim.about == part.claim.about
                and any(i.phrase == whole_name for i in claim.indicators)
            ):
                a, b = _normal(part.claim, vocabulary), _normal(claim, vocabulary)
                if a is not None and b is not None and a[1] == b[1] and a[0] > b[0]:
                    yield Finding(
                        "part_larger_than_whole",
                        (part.key, whole.key),
                        f"{_name(part.claim)}（{_written(part.claim)}）大于其整体{whole_name}（{_written(claim)}）。",
                        f"{_name(part.claim)} ({_written(part.claim)}) is larger than its whole, "
                        f"{whole_name} ({_written(claim)}).",
                    )


def _normal(claim: Observation, vocabulary: Vocabulary) -> tuple[Decimal, str] | None:
    unit = vocabulary.unit_for(claim.unit) if claim.unit else None
    return (unit.normalise(claim.value), unit.base) if unit is not None else None


def _repeated(report: Report, vocabulary: Vocabulary) -> Iterator[Finding]:
    """One figure given twice with different values. Only facts and exact figures of scheme indicators are held to it."""
    groups: dict[tuple[object, ...], list[tuple[Decimal, Figure]]] = defaultdict(list)
    for figure in report.observations:
        claim = figure.claim
        if (
            claim.status is Status.TARGET
            or claim.bound is not Bound.EQ
            or claim.comparator
            or len(claim.indicators) != 1
        ):
            continue
        concept = claim.indicators[0].concept
        normal = _normal(claim, vocabulary)
        if concept and normal is not None and claim.value_max is None and claim.measure is not Measure.RANK:
            groups[concept, claim.measure, claim.period, claim.about, normal[1]].append((normal[0], figure))
    for (key, measure, period, *_), repeated in groups.items():
        figures, concept = repeated, str(key)
        values = {v for v, _ in figures}
        if len(values) > 1:
            written = "、".join(_written(f.claim) for _, f in figures)
            indicator = vocabulary.indicators[concept]
            yield Finding(
                "same_figure_differs",
                tuple(f.key for _, f in figures),
                f"{period}年{indicator.labels.get('zh-Hans', concept)}前后给出不同数值：{written}。",
                f"{indicator.labels.get('en', concept)}, {measure}, {period} is given with different values: {written}.",
            )
