"""What makes a phrase a name: evidence that it speaks of one thing, not of a kind of things.

Invariant: evidence depends only on the phrase's own tokens and the lexicon.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.recognition.names.lexicon import Lexicon
from kg.recognition.names.pairs import begins_with_two_countries
from kg.recognition.names.tokens import Kind, Token
from kg.recognition.spans import EntityType

_OWNERS = frozenset({EntityType.ORGANIZATION, EntityType.ENTERPRISE})
LEVELS = frozenset({"省", "市", "县", "区", "州", "盟", "旗", "自治区", "自治州", "自治县"})
_LATIN = re.compile(r"[A-Za-z]")
_ORDINAL = re.compile(r"^第[一二三四五六七八九十百\d]+")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a phrase holds: ``place``, ``quote``, ``number`` (of a label), ``latin``, ``ordinal``, ``level`` (市 in
    市第一中学), ``owner`` (a body or firm the whole country knows), ``rare`` (words few places' reports hold, which
    are mostly proper names); ``content``: how much its words narrow the head down without naming.
    """

    place: bool = False
    level: bool = False
    quote: bool = False
    number: bool = False
    latin: bool = False
    ordinal: bool = False
    rare: bool = False
    owner: bool = False
    content: int = 0

    @property
    def proper(self) -> bool:
        """Whether the phrase holds a proper name or a label."""
        return self.place or self.quote or self.rare or self.owner or self.number or self.ordinal or self.latin

    @property
    def told(self) -> bool:
        """Whether the phrase names something, or narrows it down by two words or an uncommon one."""
        return self.proper or self.content >= 2


_FEW = 50  # places whose reports hold a character, below which a row of single characters is taken for a name
_PROPER = frozenset({"nr", "ns", "nt", "nz", "nrt", "nrfg", "g", "zg"})


def rare_runs(tokens: Sequence[Token], lexicon: Lexicon) -> list[tuple[int, int]]:
    """Index ranges of words that are proper names, as far as words tell: unknown single characters, and words that few
    places' reports hold and the segmenter's dictionary has as names.

    Segmentation breaks an unknown name into characters (润|岄), each of which may be common.
    """
    found: list[tuple[int, int]] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if not _is_word(token):
            index += 1
            continue
        last = index
        while last < len(tokens) and _is_word(tokens[last]) and len(tokens[last].text) == 1:
            last += 1
        run = "".join(t.text for t in tokens[index:last])
        if last > index and _unknown(run, lexicon):
            if last < len(tokens) and _is_word(tokens[last]) and _is_name(tokens[last], lexicon):
                last += 1  # 皓|吉达
            found.append((index, last))
            index = last
        elif last > index:
            toponym = _settlement(tokens, last - 1, lexicon)
            if toponym > last:
                found.append((last - 1, toponym))
            index = max(last, toponym)
        elif (toponym := _settlement(tokens, index, lexicon)) > index:
            found.append((index, toponym))
            index = toponym
        elif _is_name(token, lexicon) or _before_trade(tokens, index, lexicon):
            last = index + 1
            while (
                last < len(tokens)
                and _is_word(tokens[last])
                and len(tokens[last].text) == 1
                and lexicon.head_of(tokens[last].text) is None
            ):
                last += 1
            found.append((index, last))
            index = last
        else:
            index += 1
    return found


_LAND = frozenset("山河坝湾岭坪塘沟岗洼溪寨屯庄洲岛峡堡滩坡冲峪垭垸")


def _settlement(tokens: Sequence[Token], index: int, lexicon: Lexicon) -> int:
    """The index after an uncommon word and the land or settlement it names (武家|湾, 杨|官寨); ``index`` if none."""
    token = tokens[index]
    later = tokens[index + 1] if index + 1 < len(tokens) else None
    if later is None or not _is_word(later) or token.pos[:1] != "n":
        return index
    if len(token.text) == 1:
        own = len(later.text) == 2 and later.text[1] in _LAND and later.pos[:1] == "n"
        return index + 2 if own and later.text not in lexicon.common else index
    if len(token.text) != 2 or token.text in lexicon.common or lexicon.is_a(token.text, "general"):
        return index
    return index + 2 if later.text in _LAND else index


def _before_trade(tokens: Sequence[Token], index: int, lexicon: Lexicon) -> bool:
    """Whether a word no list holds stands before a trade, as a firm's own name does (双元|铝业)."""
    token = tokens[index]
    return (
        len(token.text) > 1
        and token.text not in lexicon.common
        and token.text not in lexicon.compounds
        and not lexicon.is_a(token.text, "general")
        and not token.pos.startswith("v")
        and index + 1 < len(tokens)
        and lexicon.is_a(tokens[index + 1].text, "enterprise-trade")
    )


def _is_word(token: Token) -> bool:
    return token.kind is Kind.WORD and all("一" <= c <= "鿿" for c in token.text)


def _unknown(run: str, lexicon: Lexicon) -> bool:
    """Whether single characters in a row are a name and not words of their own."""
    if run in lexicon.common and len(run) > 1:
        return False
    fewest = min(lexicon.common.get(c, 0) for c in run)
    return fewest == 0 if len(run) == 1 else fewest < _FEW


def _is_name(token: Token, lexicon: Lexicon) -> bool:
    return (
        len(token.text) > 1
        and token.text not in lexicon.common
        and token.pos in _PROPER
        and not lexicon.is_a(token.text, "general")
        and token.text not in lexicon.compounds
    )


def evidence(tokens: Sequence[Token], head: str, lexicon: Lexicon) -> Evidence:
    """The evidence of a phrase that ends with ``head``."""
    text = "".join(t.text for t in tokens if t.kind is not Kind.NOTE)
    modifiers: list[Token] = []
    left = len(text) - len(head)
    at = 0
    for token in tokens:
        if token.kind is Kind.NOTE:
            continue
        if at < left:
            modifiers.append(token)
        at += len(token.text)
    words = [t for t in modifiers if t.kind is Kind.WORD]
    return Evidence(
        place=any(t.kind is Kind.PLACE or (t.kind is Kind.BRACKET and t.code) for t in modifiers)
        or (_of_two_countries(text, head, tokens, lexicon)),
        level=bool(modifiers) and (modifiers[0].kind is Kind.LEVEL or modifiers[0].text in LEVELS),
        quote=any(t.kind is Kind.QUOTE for t in modifiers),
        number=any(t.kind is Kind.NUMBER for t in modifiers),
        latin=any(_LATIN.search(t.text) for t in words),
        ordinal=any(_ORDINAL.match(t.text) for t in words),
        rare=bool(rare_runs(modifiers, lexicon)) or _initials(modifiers, head, lexicon),
        owner=any(lexicon.known.get(t.text) in _OWNERS for t in words),
        content=sum(_weight(t, lexicon) for t in words),
    )


def _of_two_countries(text: str, head: str, tokens: Sequence[Token], lexicon: Lexicon) -> bool:
    """Whether a zone or facility is told by the countries that share it: 中德|合作产业园."""
    info = lexicon.heads.get(head)
    shared = info is not None and info.type in (EntityType.ZONE, EntityType.FACILITY) and len(head) > 1
    return shared and begins_with_two_countries(text) and (len(tokens[0].text) == 2 or tokens[0].text == "中")


def _weight(token: Token, lexicon: Lexicon) -> int:
    """How much a word narrows a head down: a word few reports hold counts double, general words nothing."""
    if len(token.text) < 2 or lexicon.is_a(token.text, "general", "soft", "nominal", "function", "measure"):
        return 0
    return 1 if token.text in lexicon.common else 2


def _initials(modifiers: Sequence[Token], head: str, lexicon: Lexicon) -> bool:
    """Whether a line is named by one character of each of its ends (贵|黄|高速公路), however common those are."""
    info = lexicon.heads.get(head)
    if info is None or info.weak or info.type is not EntityType.FACILITY or not 2 <= len(modifiers) <= 3:
        return False
    return all(_is_word(t) and len(t.text) == 1 for t in modifiers)
