"""Echoes: a name the document has established, where it stands again without the words that showed it to be one.

Invariant: an echo is the same characters, begins and ends where words do, and lies outside every name already found.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable

from ahocorasick_rs import AhoCorasick, MatchKind

from kg.recognition.names.candidates import Candidate
from kg.recognition.spans import EntityType as T

_ECHOED = frozenset(
    {T.ZONE, T.FACILITY, T.PROJECT, T.ENTERPRISE, T.ORGANIZATION, T.PROGRAMME, T.POLICY, T.BRAND, T.EVENT}
)
_SHORTEST, _SHORTEST_VILLAGE = 4, 3
_UNCERTAIN = frozenset(
    {
        "name-quoted",
        "name-shared-head",
        "name-firm-of-project",
        "name-listed-project",
        "name-known",
        "name-learnt-unsure",
    }
)


def echoes(norm: str, chosen: Iterable[Candidate], edges: Collection[int]) -> list[Candidate]:
    """Further mentions of chosen names; ``edges`` are where words begin."""
    kept = sorted(chosen, key=lambda c: (c.start, -c.end))
    names: dict[str, Candidate] = {}
    for candidate in kept:
        surface = norm[candidate.start : candidate.end]
        village = candidate.rule == "name-village" and len(surface) >= _SHORTEST_VILLAGE
        long = len(surface) >= _SHORTEST and candidate.entity_type in _ECHOED
        if village or (long and candidate.rule not in _UNCERTAIN):
            names.setdefault(surface, candidate)
    if not names:
        return []
    surfaces = sorted(names)
    starts = [c.start for c in kept]
    reach: list[int] = []  # how far names reach that begin no later
    for candidate in kept:
        reach.append(max(candidate.end, reach[-1] if reach else 0))
    found = []
    automaton = AhoCorasick(surfaces, MatchKind.LeftmostLongest)
    for index, start, end in automaton.find_matches_as_indexes(norm):
        if start not in edges or (end < len(norm) and end not in edges):
            continue
        before = bisect_right(starts, start) - 1
        if (before >= 0 and reach[before] > start) or (before + 1 < len(kept) and kept[before + 1].start < end):
            continue
        known = names[surfaces[index]]
        found.append(Candidate(start, end, known.entity_type, known.name, "name-echo", 1))
    return found
