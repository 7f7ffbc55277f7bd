"""Zones by the short name that a longer name begins with: 岳南|锂电池项目, where the document names 岳南新区.

Invariant: only what else would pass for a firm is read so, only where the document names the zone in full, and no
firm of that name is sure.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import replace

from kg.recognition.names.candidates import Candidate
from kg.recognition.spans import EntityType as T

SHORT_ZONE_RULE = "name-zone-short"

# Of zones that governments found; parks are called after firms too.
_ZONE = re.compile(
    r"(?P<own>.{2,}?)(?:经济技术|高新技术|经济|高新)?(?:新区|开发区|经开区|高新区|试验区|综保区|保税港区)"
)


def short_zones(norm: str, found: Iterable[Candidate], doubted: Collection[str]) -> list[Candidate]:
    """``found`` in a document, with firms that are named like one of its zones as that zone, if only rules that are
    ``doubted`` hold them for firms.
    """
    found = list(found)
    zones: dict[str, str] = {}
    for c in found:
        match = _ZONE.fullmatch(c.name)
        if c.entity_type is T.ZONE and match is not None:
            zones.setdefault(match["own"], c.name)
    for c in found:
        if c.entity_type is T.ENTERPRISE and c.rule not in doubted:
            zones.pop(norm[c.start : c.end], None)
    return [_as_zone(norm, c, zones) for c in found]


def _as_zone(norm: str, c: Candidate, zones: dict[str, str]) -> Candidate:
    zone = zones.get(norm[c.start : c.end])
    if zone is None or c.entity_type is not T.ENTERPRISE:
        return c
    return replace(c, entity_type=T.ZONE, name=zone, rule=SHORT_ZONE_RULE, nested=True)
