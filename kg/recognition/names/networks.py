"""Pieces of networks as reports abbreviate them: stretches of numbered roads, substations.

Invariant: a number that the network gives (S465, 500千伏) is part of the name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from kg.recognition.names.candidates import Candidate
from kg.recognition.places import PlaceSpan
from kg.recognition.spans import EntityType as T

_STRETCH = re.compile(r"(?:国道|省道)?[GS]\d{2,4}(?:线|国道|省道)?[一-鿿（）]{2,14}?[至到][一-鿿]{2,10}?(?:段|公路)")


def stretches(norm: str, start: int, end: int) -> Iterator[Candidate]:
    """Stretches of numbered roads from place to place: S465|青皮村至坪山村段."""
    for match in _STRETCH.finditer(norm, start, end):
        yield Candidate(match.start(), match.end(), T.FACILITY, match.group(), "name-stretch", 6)


_SUBSTATION = re.compile(r"\d{2,4}(?:千伏|[kK][vV])[一-鿿]{2,4}变(?=[、和及建输扩开工前项，。]|$)")


def substations(norm: str, start: int, end: int, places: Mapping[int, PlaceSpan]) -> Iterator[Candidate]:
    """Substations as reports abbreviate them: 500千伏|贵阳|变, after the place they are in."""
    for match in _SUBSTATION.finditer(norm, start, end):
        place = places.get(match.start())
        first = place.start if place is not None else match.start()
        yield Candidate(first, match.end(), T.FACILITY, norm[first : match.end()], "name-substation", 6)
