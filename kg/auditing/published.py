"""What the store publishes, against the shapes: graph by graph, as a report for people and as a sh:ValidationReport."""

from __future__ import annotations

from collections.abc import Callable

from pyoxigraph import NamedNode, Store

from kg.checking import Findings, check
from kg.checking.findings import gathered
from kg.checking.shapes import ALL_SHAPES, REPORT_SHAPES

# People read the first so many findings of a kind; the sh:ValidationReport has them all.
SHOWN = 20


def validate_store(
    store: Store, engine: str = "pyshacl", progress: Callable[[str, int, int], None] = lambda what, done, of: None
) -> Findings:
    """Check every named graph of ``store``: reports against the shapes of reports, the others against all shapes."""
    graphs = sorted((g for g in store.named_graphs() if isinstance(g, NamedNode)), key=lambda g: g.value)
    places = [g for g in graphs if g.value.endswith("graph/places")]
    context = [q.triple for g in places for q in store.quads_for_pattern(None, None, None, g)]
    found = []
    for i, graph in enumerate(graphs):
        triples = [q.triple for q in store.quads_for_pattern(None, None, None, graph)]
        of_report = graph.value.endswith("/graph") and "/report/" in graph.value
        found += list(
            check(
                triples,
                shapes=REPORT_SHAPES if of_report else ALL_SHAPES,
                engine=engine,
                context=context if of_report else (),
            )
        )
        progress("checking", i + 1, len(graphs))
    return gathered(found)


def for_people(findings: Findings, chinese: bool) -> str:
    """The findings by severity and shape, each with the sentence it was read from; then what it comes to."""
    names = {
        "Violation": ("Violations", "违反"),
        "Warning": ("Warnings", "警告"),
        "Info": ("Worth knowing", "提示"),
    }
    lines: list[str] = []
    for severity, number in findings.counts().items():
        if not number:
            continue
        lines.append(f"{names[severity.value][chinese]}: {number}")
        by_shape: dict[str, list[str]] = {}
        for finding in findings:
            if finding.severity is severity:
                by_shape.setdefault(finding.shape.rpartition("#")[2], []).append(
                    finding.message(chinese) + (f"\n      {finding.sentence}" if finding.sentence else "")
                )
        for shape, messages in sorted(by_shape.items()):
            lines.append(f"  {shape} ({len(messages)})")
            lines += [f"    {m}" for m in messages[:SHOWN]]
            if len(messages) > SHOWN:
                lines.append(f"    … {len(messages) - SHOWN}")
    verdict = (
        ("The published graph conforms.", "已发布的图谱符合全部约束。")
        if findings.conforms
        else ("The published graph does not conform.", "已发布的图谱不符合约束。")
    )
    return "\n".join([*lines, verdict[chinese]]) + "\n"
