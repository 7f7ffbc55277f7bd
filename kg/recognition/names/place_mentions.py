"""Which of the places found are mentions, and where these begin: 花溪区|青岩镇 is one name, a street called after a
place none.

Invariant: a place that a name is chosen for as it stands is not mentioned twice.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise

from kg.reading.edition import Edition
from kg.recognition.names.candidates import Candidate
from kg.recognition.places import PlaceSpan
from kg.recognition.spans import EntityType, Mention
from kg.vocabulary.divisions import below


def place_mentions(edition: Edition, chosen: Sequence[Candidate], places: Sequence[PlaceSpan]) -> Iterator[Mention]:
    """The ``places`` of an edition that are no part of the names ``chosen`` in it."""
    taken = {(c.start, c.end) for c in chosen}
    inside = _not_there(edition.norm, edition.metadata.place, chosen, places)
    begins = _from_above(places, chosen)
    for p in places:
        if (p.start, p.end) in taken or p in inside or (p.nominal and p.end - p.start == 1):
            continue
        rule = "place-nominal" if p.nominal else "place-" + p.rule.replace(" ", "-")
        yield Mention(begins.get(p.start, p.start), p.end, EntityType.PLACE, p.name, rule, code=p.code)


def _from_above(places: Sequence[PlaceSpan], chosen: Iterable[Candidate]) -> dict[int, int]:
    """Where the names of places begin, by their own start, that are told with what they lie in: 花溪区|青岩镇.

    Within a longer name each place stands for itself.
    """
    divisions = sorted((p for p in places if p.code and not p.nominal), key=lambda p: p.start)
    longer = [(c.start, c.end) for c in chosen]
    begins: dict[int, int] = {}
    for above, place in pairwise(divisions):
        start = begins.get(above.start, above.start)
        lies_in = place.code.startswith(below(above.code)) and place.code != above.code
        if above.end != place.start or not lies_in or place.rule == "short name":  # may be a lake or a hill
            continue
        if not any(a < place.end and start < b and (b - a) > (place.end - start) for a, b in longer):
            begins[place.start] = start
    return begins


_LINE_AFTER = re.compile(r"(?:城际)?(?:高速公路|高速|铁路|高铁|快铁)(?!站|口)")


_STREET_AFTER = re.compile(r"[东南西北中]?(?:路|街|大道|大街)(?![网况桥])|·")


_SEVERAL_PLACES = re.compile(r"(?:带|区|群|圈|冀|角|半岛|走廊)$")  # regions that places form, named for themselves


def _not_there(norm: str, home: str, chosen: Sequence[Candidate], places: Sequence[PlaceSpan]) -> frozenset[PlaceSpan]:
    """Places far from ``home`` that are no places here: streets called after them, lines named by a character of each
    end, firms' beginnings; lands, waters and by-names that are only spoken of in a longer name.
    """
    firms_at: dict[int, int] = {}
    for c in chosen:
        if c.entity_type is EntityType.ENTERPRISE:
            firms_at[c.start] = max(c.end, firms_at.get(c.start, 0))
    longer = sorted((c.start, c.end) for c in chosen if c.entity_type is not EntityType.PLACE)
    starts = [start for start, _ in longer]
    reach = list(accumulate((end for _, end in longer), max))
    found = []
    for place in places:
        near = not home or (place.code[:2] == home[:2] and place.code[2:6] in ("0000", home[2:4] + "00"))
        near |= place.code[:4] == home[:4] and place.code != ""
        before = bisect_right(starts, place.start)
        within = before > 0 and reach[before - 1] >= place.end
        if place.rule == "by-name" and within:
            found.append(place)
        if near or place.nominal:
            continue
        other = place.code[:2] != home[:2] and place.end - place.start == 2 and place.rule == "short name"
        street = place.rule == "short name" and _STREET_AFTER.match(norm, place.end)
        line = other and _LINE_AFTER.match(norm, place.end) and norm[place.start - 1 : place.start] not in ("至", "到")
        inside = place.rule == "region" and within and not _SEVERAL_PLACES.search(place.name)
        if street or line or inside or firms_at.get(place.start, 0) > place.end:
            found.append(place)
    return frozenset(found)
