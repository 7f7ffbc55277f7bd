"""How often each rule of extraction is right, as measured on annotated reports (tools/measure_rules.py).

Invariant: a number is there only for a rule that was seen at work; nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from kg.errors import VocabularyError
from kg.resources import folder

COLUMNS = ("rule", "kind", "right", "of", "confidence")


@cache
def load_confidence(path: Path | None = None) -> Mapping[str, str]:
    """Confidence by rule, as decimals between 0 and 1; empty if nothing was measured.

    Raises:
        VocabularyError: a row of the table is malformed.

    """
    path = path or folder("ontology") / "rules" / "confidence.tsv"
    if not path.exists():
        return MappingProxyType({})
    found: dict[str, str] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        cells = line.split("\t")
        if not line or line.startswith("#") or tuple(cells) == COLUMNS:
            continue
        if len(cells) != len(COLUMNS) or not re.fullmatch(r"0\.\d+|1\.0+", cells[-1]) or cells[0] in found:
            raise VocabularyError(
                f"{path}, line {number}: a row is {', '.join(COLUMNS)}, parted by tabs, each rule once; measure anew."
            )
        found[cells[0]] = cells[-1]
    return MappingProxyType(found)
