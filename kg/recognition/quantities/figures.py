"""The grammar of one figure: literal, approximation, multiplier, unit; ranges, products, ratios and fractions.

Invariant: a parsed figure begins at the literal's first digit (or its sign) and ends with its unit; ``value`` is exact,
in the written unit (``1.1万余户`` is 1.1 in 万户).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

import regex

from kg.recognition.quantities.words import Words, alternatives
from kg.recognition.spans import Bound

LITERAL = r"\d+(?:,\d{3})*(?:\.\d+)?"
SCALE = r"(?:[十百千]?万亿|[十百千]?亿|[十百千]万|万|千(?![瓦伏米克升帕])|百(?!分))"
INSIDE = "[余多来几]"
DASH = r"(?:——|--|[-—–−~～])"
_TIMES = r"[×xX✕✖*]"


_FROM = regex.compile("[由从][^，。；：]{0,15}$")


@dataclass(frozen=True, slots=True)
class Figure:
    """One parsed figure. ``start``/``end`` are offsets in the dense text; ``unit`` is multiplier and unit."""

    start: int
    end: int
    value: Decimal
    value_max: Decimal | None
    unit: str
    inside: str = ""  # 余, 多, 来, 几
    count: int | None = None
    each: Decimal | None = None
    form: str = "plain"  # plain | range | product | ratio | fraction


def decimal(literal: str) -> Decimal:
    """The exact value of a literal such as ``1,294.57``."""
    return Decimal(literal.replace(",", ""))


_COUNTING = frozenset(
    {
        "count",
        "persons",
        "person_times",
        "households",
        "livestock",
        "rank",
        "ratio",
        "change_of_ratio",
        "duration",
        "working_time",
        "calendar",
    }
)


def _usable(labels: Iterable[str], words: Words) -> set[str]:
    """Unit labels without those that name the thing counted (个车位): there the classifier is the unit."""
    return {
        label
        for label in labels
        if not any(label.endswith(thing) for thing in words.units_that_are_things)
        and (label == "个" or not label.startswith("个") or label in words.units_after_classifier)
    }


class Grammar:
    """Figures over one set of unit labels; ``labels`` gives the dimension of each."""

    def __init__(self, labels: Mapping[str, str], words: Words) -> None:
        units = alternatives(_usable({*labels, *words.units_after_classifier, *words.further_units}, words))
        measuring = alternatives(_usable((u for u, d in labels.items() if d not in _COUNTING), words))
        guard = "|".join(words.not_units)
        # A unit written in Latin letters must not run on into a longer word (5G网络, 3D打印, 10TB).
        one = rf"(?:(?!{guard})(?:{units})(?!(?<=[A-Za-z])[A-Za-z]))"
        self.measuring = rf"(?:(?!{guard})(?:{measuring})(?!(?<=[A-Za-z])[A-Za-z]))"
        self.unit = rf"(?:{one}(?:(?:[/／]|每){one}(?:[·/／]{one})?)?)"
        self._tail = regex.compile(
            rf"(?P<inside1>{INSIDE})?(?P<scale>{SCALE})?(?P<inside2>{INSIDE})?(?P<unit>个多百分点|{self.unit})?"
            rf"(?P<inside3>(?<=[年月里米亩吨天元户家个])多(?=[，。；、的]))?"
        )
        self._literal = regex.compile(LITERAL)
        self._range = regex.compile(
            rf"(?P<low>{LITERAL})(?P<lowtail>{SCALE}?{self.unit}?)(?P<dash>{DASH}|至|到)(?P<high>{LITERAL})"
        )
        self._product = regex.compile(rf"(?P<count>\d+){_TIMES}(?P<each>{LITERAL})(?P<unit>{SCALE}?{self.unit})")
        self._ratio = regex.compile(rf"{LITERAL}(?:[:∶：]{LITERAL})+")
        self._fraction = regex.compile(r"(\d{1,2})/(\d{1,2})(?![\d/])")

    def ratio_at(self, text: str, at: int) -> list[Figure]:
        """The terms of the ratio ``11.9:44.1:44`` at ``at``, or an empty list."""
        whole = self._ratio.match(text, at)
        if whole is None:
            return []
        return [
            Figure(term.start(), term.end(), decimal(term.group()), None, "", form="ratio")
            for term in self._literal.finditer(text, at, whole.end())
        ]

    def figure_at(self, text: str, at: int) -> Figure | None:
        """The figure whose first digit is at ``at``."""
        product = self._product.match(text, at)
        if product:
            count, each = int(product["count"]), decimal(product["each"])
            return Figure(
                at, product.end(), count * each, None, product["unit"], count=count, each=each, form="product"
            )
        ranged = self._range.match(text, at)
        if ranged:
            figure = self._ranged(text, at, ranged)
            if figure:
                return figure
        fraction = self._fraction.match(text, at)
        if fraction and 0 < int(fraction[1]) < int(fraction[2]):
            value = (Decimal(int(fraction[1])) / Decimal(int(fraction[2]))).quantize(Decimal("0.0001"))
            return Figure(at, fraction.end(), value, None, "", form="fraction")
        literal = self._literal.match(text, at)
        if literal is None:
            return None
        tail = self._tail.match(text, literal.end())
        assert tail is not None  # every part of the tail may be empty
        end, unit, inside = self._read_tail(text, literal.end(), tail)
        return Figure(at, end, decimal(literal.group()), None, unit, inside)

    def _read_tail(self, text: str, after: int, tail: regex.Match[str]) -> tuple[int, str, str]:
        inside = tail["inside1"] or tail["inside2"] or tail["inside3"] or ""
        unit = (tail["scale"] or "") + (tail["unit"] or "")
        if unit == "个多百分点":
            return tail.end(), "个百分点", "多"
        if not unit:  # 余 and 多 belong to a number only before a multiplier or unit
            return (tail.end(), "", inside) if inside in ("余", "多") else (after, "", "")
        return tail.end(), unit, inside

    def _ranged(self, text: str, at: int, ranged: regex.Match[str]) -> Figure | None:
        low, high = decimal(ranged["low"]), decimal(ranged["high"])
        tail = self._tail.match(text, ranged.end())
        assert tail is not None
        end, unit, inside = self._read_tail(text, ranged.end(), tail)
        low_tail = ranged["lowtail"]
        if low_tail and low_tail != unit and not unit.endswith(low_tail):
            return None
        if not unit and not low_tail and high < 10 and "." not in ranged["low"]:
            return None
        if low_tail != unit and low_tail:  # 5000—1万元 has two multipliers; the written unit is the second one's
            return None
        if high <= low:
            return None
        if not low_tail and ranged["dash"] in ("至", "到") and _FROM.search(text[max(0, at - 18) : at]):
            return None  # 由5到8 is a movement, no range
        return Figure(at, end, low, high, unit, inside, form="range")


_BY_NAME = {bound.value: bound for bound in Bound}


def bound_of(text: str, figure: Figure, words: Words) -> Bound:
    """The bound that the words directly around ``figure`` put on it."""
    if figure.value_max is not None:
        return Bound.BETWEEN
    before = words.bound_before.search(text[max(0, figure.start - 8) : figure.start])
    if before:
        name = words.bounds_before[before["bound"]]
        if not (before["bound"] in ("低于", "高于") and figure.unit.endswith("百分点")):
            after = words.bound_after.match(text, figure.end)
            # 控制在…以内 and 超过…以上 agree; 达到…以上 says more than 达到.
            return _BY_NAME[name] if not after or name != "approx" else _BY_NAME[words.bounds_after[after["bound"]]]
    if figure.inside:
        return _BY_NAME[words.bounds_inside[figure.inside]]
    after = words.bound_after.match(text, figure.end)
    if after:
        name = after["bound"]
        if name == "内" and not figure.unit.endswith(("日", "天", "时", "钟", "月", "年", "周", "秒")):
            return Bound.EQ
        return _BY_NAME[words.bounds_after[name]]
    return Bound.EQ
