"""Pieces of networks as reports abbreviate them: numbered roads and stretches of them, substations.

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


_NUMBERED = re.compile(
    r"(?P<before>(?<!国)(?:国道|省道)) ?[GS]? ?\d{3}(?![\d.]|多?公里|多?千米)线?|\d{3}(?:国道|省道)"
    r"|(?<![A-Za-z\d])[GS]\d{2,4}(?:国道|省道|线)"
    r"|(?<![A-Za-z\d])(?:G(?!20|60)\d{2}|[GS]\d{3,4})(?![\d.A-Za-z]|峰会|科创)"
)
_BRACKETED = re.compile(r"[（(][一-鿿]{2,12}段[）)]")
_MORE = re.compile(r"[、和](\d{3})(?![\d.]|[国省县]道|公里|[个条项户])")


def numbered_roads(norm: str, start: int, end: int) -> Iterator[Candidate]:
    """Roads by their number: 国道106, G205, 109国道（甲至乙段）; 省道101、|307|等路段, of the class told before."""
    for match in _NUMBERED.finditer(norm, start, end):
        stretch = _BRACKETED.match(norm, match.end(), end)
        last = stretch.end() if stretch is not None else match.end()
        yield Candidate(match.start(), last, T.FACILITY, norm[match.start() : last], "name-numbered", 2, nested=True)
        at = match.end()
        while match["before"] and (more := _MORE.match(norm, at, end)) is not None:
            name = match["before"] + more[1]
            yield Candidate(*more.span(1), T.FACILITY, name, "name-numbered", 2, nested=True)
            at = more.end()


_SUBSTATION = re.compile(r"\d{2,4}(?:千伏|[kK][vV])[一-鿿]{2,4}变(?=[、和及建输扩开工前项，。]|$)")


def substations(norm: str, start: int, end: int, places: Mapping[int, PlaceSpan]) -> Iterator[Candidate]:
    """Substations as reports abbreviate them: 500千伏|贵阳|变, after the place they are in."""
    for match in _SUBSTATION.finditer(norm, start, end):
        place = places.get(match.start())
        first = place.start if place is not None else match.start()
        yield Candidate(first, match.end(), T.FACILITY, norm[first : match.end()], "name-substation", 6)
