"""Figures in Chinese numerals where they rank, part or multiply: 全省第一, 四分之一, 翻一番, 两倍.

Invariant: counts in numerals (三个, 五年) are left alone: such reports write what they measure in digits, and what they
name in numerals.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import regex

from kg.recognition.quantities.figures import Figure
from kg.recognition.quantities.words import Words

_DIGITS = {character: value for value, character in enumerate("〇一二三四五六七八九")} | {"两": 2}
_NUMERAL = "[一二三四五六七八九十]{1,3}"
_RANK = regex.compile(
    rf"第(?P<n>{_NUMERAL})(?P<unit>位|名)?(?![\p{{Han}}]|\d)|第(?P<n>{_NUMERAL})(?P<unit>位|名)(?!书记|代表)"
)
_FRACTION = regex.compile(rf"(?P<of>{_NUMERAL}|百|千)分之(?P<n>{_NUMERAL})")
_DOUBLED = regex.compile("翻(?:了)?(?P<n>[一两二三])?番")
_TIMES = regex.compile(rf"(?P<n>{_NUMERAL}|两)倍(?!数)")
_NO_RANK = regex.compile("(?:放在|摆在|作为|列为|当作|视为|摆上|位于|始终|是|把)$")


def value_of(numeral: str) -> int:
    """The value of a numeral below one hundred: 二十三 is 23."""
    tens, ten, units = numeral.rpartition("十")
    if not ten:
        return _DIGITS[numeral] if len(numeral) == 1 else int("".join(str(_DIGITS[c]) for c in numeral))
    return 10 * (_DIGITS[tens] if tens else 1) + (_DIGITS[units] if units else 0)


def figures_in_numerals(text: str, words: Words) -> Iterator[tuple[Figure, str]]:
    """The figures of a dense text that are written in numerals, each with its rule, in text order."""
    found: list[tuple[Figure, str]] = []
    for match in _RANK.finditer(text):
        before = text[max(0, match.start() - 24) : match.start() + 1]
        if _NO_RANK.search(before[:-1]) or not (match["unit"] or words.rank_before.search(before)):
            continue
        value = Decimal(value_of(match["n"]))
        found.append(
            (Figure(match.start(), match.end(), value, None, match["unit"] or "", form="rank"), "number/rank-numeral")
        )
    for match in _FRACTION.finditer(text):
        n = Decimal(value_of(match["n"]))
        if match["of"] in ("百", "千"):
            unit = "%" if match["of"] == "百" else "‰"
            figure = Figure(match.start(), match.end(), n, None, unit, form="fraction")
        else:
            share = (n / Decimal(value_of(match["of"]))).quantize(Decimal("0.0001"))
            figure = Figure(match.start(), match.end(), share, None, "", form="fraction")
        found.append((figure, "number/fraction-numeral"))
    for match in _DOUBLED.finditer(text):
        n = Decimal(_DIGITS[match["n"] or "一"])
        found.append((Figure(match.start(), match.end(), n, None, "番", form="doubling"), "number/doubling"))
    for match in _TIMES.finditer(text):
        found.append(
            (
                Figure(match.start(), match.end(), Decimal(value_of(match["n"])), None, "倍", form="times"),
                "number/times-numeral",
            )
        )
    yield from sorted(found, key=lambda item: item[0].start)
