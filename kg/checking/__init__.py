"""The gate: what is published conforms to the shapes; what does not is set aside with the reason."""

from kg.checking.check import check
from kg.checking.findings import Finding, Findings, Severity, report_graph
from kg.checking.setting_aside import SetAside, gate, quality_triples, restored, set_aside, set_aside_triples
from kg.checking.shapes import shapes_graph

__all__ = [
    "Finding",
    "Findings",
    "SetAside",
    "Severity",
    "check",
    "gate",
    "quality_triples",
    "report_graph",
    "restored",
    "set_aside",
    "set_aside_triples",
    "shapes_graph",
]
