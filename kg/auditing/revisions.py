"""Which corrections and decisions of the files had no effect on the store, and why.

Invariant: the files are compared with what the reports' graphs say; nothing is applied here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from pyoxigraph import Store

from kg.asking.ask import ask
from kg.asking.table import Table, plain
from kg.resolution.corrections import Correction
from kg.resolution.decisions import Decision, Judgement, Judgements


@dataclass(frozen=True, slots=True)
class StaleCorrection:
    """A correction that is not in effect somewhere it should be."""

    correction: Correction
    report: str  # the report in which it could not be applied, "" if no report holds what it is about
    reason_en: str
    reason_zh: str


def stale_corrections(store: Store, corrections: Sequence[Correction], base: str) -> tuple[StaleCorrection, ...]:
    """The corrections of the file that could not be applied, in the order of the file."""
    applied = _column(store, "SELECT DISTINCT ?c WHERE { ?c a bg:Correction ; bg:appliedTo ?r }", base)
    grounded = _column(store, "SELECT DISTINCT ?c WHERE { ?c a bg:Correction ; prov:used ?evidence }", base)
    failed: dict[str, dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    answer = ask(
        store,
        """SELECT ?c ?r ?why WHERE { GRAPH ?g { ?c a bg:Correction ; bg:notAppliedTo ?r ; bg:staleReason ?why } }
        ORDER BY ?c ?r ?why""",
    )
    for c, r, why in answer.rows if isinstance(answer, Table) else ():
        language = getattr(why, "language", "") or ""
        failed[plain(c).removeprefix(base)][plain(r).removeprefix(base)][language[:2]] = plain(why)
    found = []
    for correction in corrections:
        key = f"correction/{correction.key}"
        for report, reasons in sorted(failed.get(key, {}).items()):
            found.append(StaleCorrection(correction, report, reasons.get("en", ""), reasons.get("zh", "")))
        if key not in applied and key not in failed:
            found.append(
                StaleCorrection(
                    correction,
                    "",
                    "no report built since it was written holds what it is about",
                    "写入之后构建的报告中没有它所说的内容",
                )
            )
        elif key in applied and correction.quote and key not in grounded:
            found.append(StaleCorrection(correction, "", "its quote stands in no report", "没有一份报告含有它的引文"))
    return tuple(found)


def idle_decisions(store: Store, judgements: Judgements, base: str) -> tuple[Decision, ...]:
    """The decisions that concern nothing in the store, or joined what is still apart in a report not built since."""
    recorded = _column(store, "SELECT DISTINCT ?d WHERE { ?d a bg:Decision }", base)
    apart = _column(store, "SELECT DISTINCT ?x WHERE { ?m bg:mentions ?x }", base)
    return tuple(
        d
        for d in judgements.standing
        if f"decision/{d.key}" not in recorded or (d.judgement is Judgement.SAME and d.other in apart)
    )


def _column(store: Store, query: str, base: str) -> frozenset[str]:
    answer = ask(store, query)
    return frozenset(plain(r[0]).removeprefix(base) for r in answer.rows) if isinstance(answer, Table) else frozenset()
