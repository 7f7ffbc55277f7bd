"""Names in pinyin, for searching and as an aid to reading."""

from __future__ import annotations

import re

_HAN = re.compile("[\u3400-\u9fff]")


def syllables(name: str) -> str:
    """``name`` in pinyin without tones, a space between syllables; what is not Chinese stays, in lower case."""
    from pypinyin import lazy_pinyin

    if not _HAN.search(name):
        return ""
    parts = lazy_pinyin(name, errors=lambda other: " ".join(re.findall(r"[a-z]+|\d+", other.lower())))
    return " ".join(p for p in parts if p)


def with_tones(name: str) -> str:
    """``name`` in pinyin with tones; "" if it is not all Chinese."""
    from pypinyin import Style, lazy_pinyin

    if not name or not all(_HAN.match(c) for c in name):
        return ""
    return " ".join(lazy_pinyin(name, style=Style.TONE))
