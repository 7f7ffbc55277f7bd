"""Script detection, the normal form of a text (Simplified, canonical punctuation), and the way back to its script.

Invariant: every function here that rewrites a text keeps its length, so that one offset serves text and normal form.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache, lru_cache

from opencc import OpenCC

from kg.reading.edition import Edition, Script

HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\u2f00-\u2fdf\U00020000-\U0003134f]")

_CHINESE_NUMERALS = "〇一二三四五六七八九十"


@cache
def _converter(config: str) -> OpenCC:
    return OpenCC(config)


@cache
def _character(config: str, character: str) -> str:
    """``character`` alone in the other script, or itself where the conversion is not one to one."""
    converted = str(_converter(config).convert(character))
    return converted if len(converted) == 1 else character


def _convert(config: str, text: str) -> str:
    """``text`` in the other script, line by line, each of its own length."""
    lines = text.split("\n")
    converted = str(_converter(config).convert(text)).split("\n")
    if len(converted) == len(lines) and all(len(a) == len(b) for a, b in zip(converted, lines, strict=True)):
        return "\n".join(converted)
    result = []
    for line in lines:
        whole = str(_converter(config).convert(line))
        result.append(whole if len(whole) == len(line) else "".join(_character(config, c) for c in line))
    return "\n".join(result)


def to_simplified(text: str) -> str:
    """``text`` with its Traditional characters Simplified; as long as ``text``."""
    return _convert("tw2s", text)


def to_traditional(text: str) -> str:
    """``text`` with its Simplified characters Traditional; as long as ``text``."""
    return _convert("s2tw", text)


def detect_script(text: str) -> Script:
    """The script most characters that differ between the scripts are written in (Simplified where none differs)."""
    traditional = simplified = 0
    for character in HAN.findall(text[:20000]):
        if _character("tw2s", character) != character:
            traditional += 1
        elif _character("s2tw", character) != character:
            simplified += 1
    return Script.HANT if traditional > simplified else Script.HANS


def _one_to_one() -> dict[int, str]:
    table: dict[int, str] = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    for mark in "，；：！？（）":
        del table[ord(mark)]
    table.update({code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)})
    for code in range(0xF900, 0xFB00):
        plain = unicodedata.normalize("NFKC", chr(code))
        if len(plain) == 1 and HAN.match(plain):
            table[code] = plain
    for marks, canonical in (
        ("「﹁", "“"),
        ("」﹂", "”"),
        ("『﹃", "‘"),
        ("』﹄", "’"),
        ("〝", "“"),
        ("〞〟", "”"),
        ("\u00a0\u3000\u2002\u2003\u2009\u202f\t", " "),
        ("−﹣‐‑–", "-"),
        ("─―⸺━", "—"),
        ("﹪", "%"),
        ("〜∼˜", "~"),
        ("﹐", "，"),
        ("﹔;", "；"),
        ("﹕︰", "："),
        ("﹖?", "？"),
        ("﹗!", "！"),
        ("﹙(", "（"),
        ("﹚)", "）"),
        ("｡﹒", "。"),
        ("､﹑", "、"),
        ("•‧・∙⋅", "·"),
        ("⁄∕", "/"),
        ("﹢", "+"),
        ("﹤", "<"),
        ("﹥", ">"),
    ):
        table.update({ord(mark): canonical for mark in marks})
    return table


_ONE_TO_ONE = _one_to_one()
_THOUSANDS = re.compile(r"(?<![\d.])\d{1,3}(?:[,，]\d{3})+(?!\d)")
_RATIO = re.compile(r"(?<=\d)[：:](?=\d)")
_COMMA = re.compile(",")
_COLON = re.compile(":(?!//)(?!\\d)|(?<!\\d):(?=\\d)")
_FULL_STOP = re.compile(r"(?<=[\u3400-\u9fff%”）》’])\.(?![\da-zA-Z.])")
_ZERO = re.compile(
    rf"(?<=[{_CHINESE_NUMERALS}])[○◯O0](?=[{_CHINESE_NUMERALS}○◯O0])|(?<=[○◯])[○◯]|[○◯](?=[一二三四五六七八九])"
)
_STRAIGHT_QUOTES = re.compile("[\"']")


def _straight_quotes(line: str) -> str:
    """Straight quotation marks turned by pairs: the first opens, the next closes; an apostrophe (Xi'an) stays."""
    open_double = open_single = False
    result = list(line)
    for match in _STRAIGHT_QUOTES.finditer(line):
        at = match.start()
        if match.group() == '"':
            result[at] = "”" if open_double else "“"
            open_double = not open_double
        elif not (0 < at < len(line) - 1 and line[at - 1].isascii() and line[at - 1].isalpha()):
            result[at] = "’" if open_single else "‘"
            open_single = not open_single
    return "".join(result)


def normalise(text: str, script: Script) -> str:
    """``text`` as :class:`kg.reading.edition.Edition` describes ``norm``; exactly as long as ``text``."""
    norm = text.translate(_ONE_TO_ONE)
    if script is Script.HANT:
        norm = to_simplified(norm)
    if '"' in norm or "'" in norm:
        norm = "\n".join(_straight_quotes(line) if '"' in line or "'" in line else line for line in norm.split("\n"))
    norm = _RATIO.sub(":", norm)
    norm = _COLON.sub("：", norm)
    grouped = _THOUSANDS.sub(lambda match: match.group().replace(",", "\0").replace("，", "\0"), norm)
    norm = _COMMA.sub("，", grouped).replace("\0", ",")
    if "○" in norm or "◯" in norm or "O" in norm or "0" in norm:
        norm = _ZERO.sub("〇", norm)
    if norm.count("。") * 4 < len(_FULL_STOP.findall(norm)):
        norm = _FULL_STOP.sub("。", norm)
    return norm


# How an edition writes

_FULL_WIDTH = {chr(code - 0xFEE0): chr(code) for code in range(0xFF01, 0xFF5F)}
_SIGNS = frozenset("%+-/~")


def as_written(edition: Edition, phrase: str, start: int, end: int) -> str:
    """``phrase``, composed as ``norm`` has it, in the script and the signs of ``edition``.

    Each piece is taken as the edition writes it between ``start`` and ``end``, else as it writes it elsewhere (群众
    or 群眾, ％ or %), what it never writes as its script has it. Longer pieces come first, since a character may be
    written in several ways (發展, 頭髮).
    """
    window = edition.norm[start:end]
    at = window.find(phrase)
    if at >= 0:
        return edition.text[start + at : start + at + len(phrase)]
    converted = to_traditional(phrase) if edition.script is Script.HANT else phrase
    result: list[str] = []
    index = 0
    while index < len(phrase):
        at, length = _longest(window, phrase, index)
        at += start
        if length < 2:
            elsewhere, further = _longest(edition.norm, phrase, index)
            if further > 1:
                at, length = elsewhere, further
        character = phrase[index]
        of_its_word = converted[index] != character and converted[index] != _character("s2tw", character)
        if length > 1 or (length == 1 and not of_its_word):
            result.append(edition.text[at : at + length])
            index += length
            continue
        written = _forms(edition.norm, edition.text).get(character, ())
        if converted[index] in written or of_its_word or not written:
            result.append(_sign(edition, character) if character in _SIGNS else converted[index])
        else:
            result.append(written[0])
        index += 1
    return "".join(result)


def _longest(text: str, phrase: str, index: int) -> tuple[int, int]:
    """Where in ``text`` the longest piece of ``phrase`` from ``index`` on stands, and its length (0: nowhere)."""
    place, length = 0, 0
    while index + length < len(phrase):
        found = text.find(phrase[index : index + length + 1])
        if found < 0:
            break
        place, length = found, length + 1
    return place, length


@lru_cache(maxsize=8)
def _forms(norm: str, text: str) -> dict[str, tuple[str, ...]]:
    """Each character of ``norm`` with the ways ``text`` writes it, the most frequent first."""
    counted: dict[str, Counter[str]] = {}
    for (plain, written), count in sorted(Counter(zip(norm, text, strict=True)).items()):
        counted.setdefault(plain, Counter())[written] += count
    return {plain: tuple(form for form, _ in forms.most_common()) for plain, forms in counted.items()}


def _sign(edition: Edition, sign: str) -> str:
    """A sign as the edition writes it; one it never uses as wide as those it does use."""
    forms = _forms(edition.norm, edition.text)
    if sign in forms:
        return forms[sign][0]
    used = [written[0] for other in sorted(_SIGNS) if (written := forms.get(other))]
    full = sum(form in _FULL_WIDTH.values() for form in used)
    return _FULL_WIDTH[sign] if full * 2 > len(used) else sign
