"""Zones by the short name that a longer name begins with: 岳南|锂电池项目, where the document names 岳南新区.

Invariant: only what else would pass for a firm is read so, only where the document names the zone in full, and no
firm of that name is sure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from kg.recognition.names.candidates import Candidate
from kg.recognition.spans import EntityType as T

SHORT_ZONE_RULE = "name-zone-short"

# Of zones that governments found; parks are called after firms too.
_CLASS = re.compile(r"(?:经济|高新|经济技术|高新技术)?(?:新区|开发区|经开区|高新区|试验区|综保区|保税港区)")
_SURE = frozenset({"name-known", "name-listed-firm", "name-firm"})


def short_zones(norm: str, found: Iterable[Candidate]) -> list[Candidate]:
    """``found`` in a document, with the firms that are named like one of its zones as that zone."""
    found = list(found)
    zones: dict[str, str] = {}
    for c in found:
        end = next((m.start() for m in _CLASS.finditer(c.name) if m.end() == len(c.name)), 0)
        if c.entity_type is T.ZONE and end > 1:
            zones.setdefault(c.name[:end], c.name)
    firms = {norm[c.start : c.end] for c in found if c.entity_type is T.ENTERPRISE and c.rule in _SURE}
    return [_as_zone(norm, c, zones) if norm[c.start : c.end] not in firms else c for c in found]


def _as_zone(norm: str, c: Candidate, zones: dict[str, str]) -> Candidate:
    zone = zones.get(norm[c.start : c.end])
    if zone is None or c.entity_type is not T.ENTERPRISE:
        return c
    return replace(c, entity_type=T.ZONE, name=zone, rule=SHORT_ZONE_RULE, nested=True)
