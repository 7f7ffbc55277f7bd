"""A sentence as tokens: figures, words with their part in the clause, and stops.

Invariant: the tokens of a sentence tile its dense text; quotations, titles and brackets are one noun each.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import regex

from kg.claims.observation.lexicon import Kind, Lexicon, segment
from kg.reading.edition import Span
from kg.recognition.quantities.dense import DenseText
from kg.recognition.quantities.words import Words
from kg.recognition.spans import Number, NumberClass

_ATOM = regex.compile(
    r"(?P<stop>(?:(?<=[，。；：！])|^)(?:第?[一二三四五六七八九十]{1,3}|首先|其次)(?:是|要|就是))|“[^“”]*”|‘[^‘’]*’|《[^《》]*》|【[^【】]*】|〈[^〈〉]*〉|（[^（）]*）|〔[^〔〕]*〕|\[[^\[\]]*\]"
    r"|预期寿命"  # a name: its 预期 expects nothing
)
_TERM = regex.compile("“十[一二三四五]五”(?:期?[间末初内]|时期|以来)?(?!规划|纲要|目标|发展|重[点大]|项目|期)")
_STOP = frozenset("，。；：！？,;:!?…—\n①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑")
_GLUED = frozenset("均各都已仅约近超达")  # function words that segmentation may glue to the next (均居)
_AFTER = frozenset({"以上", "以下", "以内", "及以上", "及以下", "之内", "内"})
_MARKS = frozenset('“”‘’"')  # a quotation mark whose partner stands beyond a figure
_NUMERAL = regex.compile(r"^[第]?[一二三四五六七八九十百千万亿两〇零半]+[个位名项条年月次届家大种类件座所处]?$")
_VERBAL = frozenset({"v", "vd", "vi", "vq"})


@dataclass(frozen=True, slots=True)
class Token:
    """A stretch ``text[start:end]`` of the dense sentence. ``number`` for quantities."""

    kind: Kind
    text: str
    start: int
    end: int
    number: Number | None = None


def tokens_of(
    dense: DenseText, numbers: Sequence[Number], lexicon: Lexicon, words: Words, names: Sequence[Span] = ()
) -> list[Token]:
    """The tokens of a sentence. ``numbers`` are those that stand in it, in order; ``names`` are spans that are one noun
    each, in order and without overlaps.
    """
    tokens: list[Token] = []
    nouns = [(bisect_left(dense.offsets, name.start), bisect_left(dense.offsets, name.end)) for name in names]
    at = 0
    text = dense.text
    for number in numbers:
        start = bisect_left(dense.offsets, number.start)
        end = bisect_left(dense.offsets, number.end)
        if start < at:
            continue
        if number.number_class is NumberClass.OBSERVATION:
            tokens.extend(_between(text, at, start, nouns, lexicon, words))
            tokens.append(Token(Kind.QUANTITY, text[start:end], start, end, number))
            at = end
        elif number.number_class is NumberClass.TIME:
            tokens.extend(_between(text, at, start, nouns, lexicon, words))
            tokens.append(Token(Kind.TIME, text[start:end], start, end, number))
            at = end
        elif number.number_class is NumberClass.LABEL and any(mark in text[start:end] for mark in _STOP):
            tokens.extend(_between(text, at, start, nouns, lexicon, words))
            tokens.append(Token(Kind.NOUN, text[start:end], start, end))
            at = end
        elif number.number_class is NumberClass.ENUMERATOR:
            tokens.extend(_between(text, at, start, nouns, lexicon, words))
            at = end
    tokens.extend(_between(text, at, len(text), nouns, lexicon, words))
    return [_in_place(token, before) for before, token in zip([None, *tokens], tokens, strict=False)]


def _in_place(token: Token, before: Token | None) -> Token:
    """以上 limits a figure only directly after it; elsewhere it is part of a name (县级以上医院)."""
    if token.kind is Kind.BOUND and token.text in _AFTER and (before is None or before.kind is not Kind.QUANTITY):
        return replace(token, kind=Kind.NOUN)
    return token


def _between(
    text: str, start: int, end: int, nouns: Sequence[tuple[int, int]], lexicon: Lexicon, words: Words
) -> Iterator[Token]:
    """Tokens of a stretch without figures, names first."""
    at = start
    for first, last in nouns:
        if at <= first and last <= end:
            yield from _words_of(text, at, first, lexicon, words)
            yield Token(Kind.NOUN, text[first:last], first, last)
            at = last
    yield from _words_of(text, at, end, lexicon, words)


def _words_of(text: str, start: int, end: int, lexicon: Lexicon, words: Words) -> Iterator[Token]:
    """Tokens of a stretch without figures."""
    at = start
    for atom in _ATOM.finditer(text, start, end):
        if atom.start() < at:
            continue
        yield from _plain(text, at, atom.start(), lexicon, words)
        term = _TERM.match(text, atom.start(), end)
        kind = Kind.STOP if atom["stop"] else Kind.WHEN if term else Kind.NOUN
        at = term.end() if term else atom.end()
        yield Token(kind, text[atom.start() : at], atom.start(), at)
    yield from _plain(text, at, end, lexicon, words)


def _plain(text: str, start: int, end: int, lexicon: Lexicon, words: Words) -> Iterator[Token]:
    at = start
    for word, tag in segment(text[at:end]):
        stop = at + len(word)
        if len(word) > 1 and word[0] in _GLUED and word not in lexicon.kinds and word[1:] in lexicon.kinds:
            yield Token(_kind(word[0], "", lexicon, words), word[0], at, at + 1)
            yield Token(lexicon.kinds[word[1:]], word[1:], at + 1, stop)
            at = stop
            continue
        joins = word == "—" and text[at - 1 : at] not in ("", "—") and text[stop : stop + 1] not in ("", "—")
        yield Token(Kind.NOUN if joins else _kind(word, tag, lexicon, words), word, at, stop)  # 弥勒—开远高速
        at = stop


def _kind(word: str, tag: str, lexicon: Lexicon, words: Words) -> Kind:
    known = lexicon.kinds.get(word)
    if known is not None:
        return known
    if word in words.bounds_before or word in words.bounds_after:
        return Kind.BOUND
    if word[0] in _STOP:
        return Kind.STOP
    if word in _MARKS:
        return Kind.MARK
    if _NUMERAL.match(word):
        return Kind.ORDINAL
    if word in lexicon.attributes or word in lexicon.plain_nouns:
        return Kind.NOUN
    verb = word in lexicon.predicates or word in lexicon.inheritable or tag in _VERBAL
    return Kind.VERB if verb else Kind.NOUN
