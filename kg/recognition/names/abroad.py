"""Places of other countries, by the country they follow: 德国|巴伐利亚州, 俄罗斯|滨海边疆区.

Invariant: a place abroad begins with the name of its country and ends with a class of divisions, or is a whole member
of a row of sister cities.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from kg.recognition.names.candidates import Candidate
from kg.recognition.places import PlaceSpan
from kg.recognition.spans import EntityType as T
from kg.vocabulary.divisions import load_divisions

_DIVISION = re.compile(r"[一-鿿·]{2,8}?(?:市|州|省|郡|县|大区|边疆区|特区)(?!场|民|区|政|长)")
_SISTER = re.compile(r"[一-鿿·]{2,7}?(?=、|等|(?:正式|新|相继|分别)*(?:缔结|结为|结成|建立|签订|签署)[^，。；]{0,8}友)")
_NO_NAME = re.compile(r"[的等和与在个多各][一-鿿]*|.*(?:企业|公司|集团|大学|政府|学院|友城|友好|相关).*")


@cache
def _countries() -> frozenset[str]:
    return frozenset(region.name for region in load_divisions().regions if region.kind == "country")


def places_abroad(norm: str, end: int, places: Sequence[PlaceSpan]) -> Iterator[Candidate]:
    """The places abroad of a sentence that ends at ``end``; ``places`` are the places found in it."""
    for place in places:
        if place.rule != "region" or place.name not in _countries():
            continue
        match = _DIVISION.match(norm, place.end, end) or _SISTER.match(norm, place.end, end)
        if match is None or _NO_NAME.fullmatch(match.group()):
            continue
        yield Candidate(place.start, match.end(), T.PLACE, norm[place.start : match.end()], "name-abroad", 7)
