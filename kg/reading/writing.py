"""How an edition writes: phrases composed in Simplified characters, put as the edition itself would put them.

Invariant: ``as_written`` keeps length, and gives back an edition's own words for what it takes from the edition.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

from kg.reading.edition import Edition, Script
from kg.reading.script import to_traditional

_FULL_WIDTH = {chr(code - 0xFEE0): chr(code) for code in range(0xFF01, 0xFF5F)}
_SIGNS = frozenset("%+-/~")


def as_written(edition: Edition, phrase: str, start: int, end: int) -> str:
    """``phrase``, composed as ``norm`` has it, in the script and the signs of ``edition``.

    Each piece is taken as the edition writes it between ``start`` and ``end``, a character not found there as it
    writes it elsewhere (群众 with 众 or 眾, ％ or %), one it never writes as its script has it. The longest pieces come
    first, since a character may be written in two ways (發展, 頭髮).
    """
    window = edition.norm[start:end]
    at = window.find(phrase)
    if at >= 0:
        return edition.text[start + at : start + at + len(phrase)]
    result: list[str] = []
    converted = to_traditional(phrase) if edition.script is Script.HANT else phrase
    forms: dict[str, tuple[str, ...]] | None = None
    index = 0
    while index < len(phrase):
        length = 0
        place = -1
        while index + length < len(phrase):
            found = window.find(phrase[index : index + length + 1])
            if found < 0:
                break
            length, place = length + 1, found
        if length:
            result.append(edition.text[start + place : start + place + length])
            index += length
            continue
        if forms is None:
            forms = _forms(edition.norm, edition.text)
        character = phrase[index]
        written = forms.get(character)
        if written is None:
            result.append(_sign(forms, character) if character in _SIGNS else converted[index])
        else:
            result.append(converted[index] if converted[index] in written else written[0])
        index += 1
    return "".join(result)


@lru_cache(maxsize=8)
def _forms(norm: str, text: str) -> dict[str, tuple[str, ...]]:
    """Each character of ``norm`` with the ways ``text`` writes it, the most frequent first."""
    counted: dict[str, Counter[str]] = {}
    for (plain, written), count in sorted(Counter(zip(norm, text, strict=True)).items()):
        counted.setdefault(plain, Counter())[written] += count
    return {plain: tuple(form for form, _ in forms.most_common()) for plain, forms in counted.items()}


def _sign(forms: dict[str, tuple[str, ...]], sign: str) -> str:
    """A sign the edition never uses, as wide as those it does use."""
    used = [written[0] for other in sorted(_SIGNS) if (written := forms.get(other))]
    full = sum(form in _FULL_WIDTH.values() for form in used)
    return _FULL_WIDTH[sign] if full * 2 > len(used) else sign
