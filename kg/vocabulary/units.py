"""From a written unit to the unit meant: names, multipliers before them (万亩), per-units (公斤/亩, 元/人·月).

Invariant: a name of the vocabulary wins over composition (千瓦 is not 千 of 瓦), and arithmetic is exact.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from kg.vocabulary.concepts import Unit

_CANONICAL = str.maketrans({"µ": "μ", "•": "·", "‧": "·", "・": "·", "㎡": None})


def written_form(written: str) -> str:
    """A written unit in the form it is compared in: NFKC (％ is %, ／ is /), no spaces, one kind of middle dot."""
    form = unicodedata.normalize("NFKC", written.replace("㎡", "m2")).translate(_CANONICAL)
    return re.sub(r"\s", "", form)


def index(units: Mapping[str, Unit]) -> dict[str, str]:
    """Written forms of all units, to notations. An earlier unit keeps a form that a later one repeats."""
    forms: dict[str, str] = {}
    for unit in units.values():
        for label in (*unit.labels.values(), *unit.alternatives):
            forms.setdefault(written_form(label), unit.notation)
    return forms


def parse(
    written: str, units: Mapping[str, Unit], forms: Mapping[str, str], multipliers: Mapping[str, Decimal]
) -> Unit | None:
    """The unit a text writes, with its multiplier composed into the factor; None for what is no unit.

    A bare multiplier (万) is that many items.
    """
    form = written_form(written)
    found = _parse(form, units, forms, multipliers)
    return replace(found, written=written) if found else None


def _parse(
    form: str, units: Mapping[str, Unit], forms: Mapping[str, str], multipliers: Mapping[str, Decimal]
) -> Unit | None:
    if not form:
        return None
    notation = forms.get(form)
    if notation is not None:
        return units[notation]
    if form in multipliers:
        return units["one"].times(multipliers[form], form) if "one" in units else None
    for length in range(max(map(len, multipliers), default=0), 0, -1):
        if form[:length] in multipliers and len(form) > length:
            rest = _parse(form[length:], units, forms, multipliers)
            if rest is not None:
                return rest.times(multipliers[form[:length]], form)
    if form.endswith(")") and "(" in form:  # 千瓦(时), 台(套): the part outside the brackets decides
        return _parse(form[: form.rindex("(")], units, forms, multipliers)
    parts = re.split(r"[/·]|每", form)
    if len(parts) > 1 and all(parts):
        known = [unit for part in parts if (unit := _parse(part, units, forms, multipliers)) is not None]
        if len(known) == len(parts):
            return _per(known[0], known[1:])
    return None


def _per(whole: Unit, parts: list[Unit]) -> Unit:
    """``whole`` for each of ``parts``: factors divide, names join."""
    factor, divisor = whole.factor, whole.divisor
    for part in parts:
        factor, divisor = factor * part.divisor, divisor * part.factor
    languages = set(whole.labels).intersection(*(part.labels for part in parts))
    joiner = {"en": " per "}
    return Unit(
        notation="_per_".join([whole.notation, *(part.notation for part in parts)]),
        labels={
            language: joiner.get(language, "/").join(unit.labels[language] for unit in (whole, *parts))
            for language in sorted(languages)
        },
        alternatives=(),
        dimension="_per_".join([whole.dimension, *(part.dimension for part in parts)]),
        factor=factor,
        divisor=divisor,
        base="_per_".join([whole.base, *(part.base for part in parts)]),
        scale=whole.scale,
    )
