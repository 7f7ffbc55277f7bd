"""Rivers, lakes and mountains by their own names, wherever a clause speaks of them: 淦|河, 晋阳湖, 丹霞山.

Invariant: a water is named by a word or characters that no list of general words holds, and is not the beginning of a
longer name (…湖公园, …河大桥).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from kg.recognition.names.candidates import Candidate
from kg.recognition.names.clauses import Clause, Role
from kg.recognition.names.evidence import rare_runs
from kg.recognition.names.lexicon import Lexicon
from kg.recognition.names.shapes import span_of
from kg.recognition.names.tokens import Kind
from kg.recognition.spans import EntityType as T

WATERS = frozenset({"河", "湖", "江", "溪", "淀"})
LONGEST_WATER = 4  # characters

_KINDS = re.compile(
    r"[不填沿环滨跨过入临依傍通治清护退排截引穿绕出向到在于与及和].*|.*[内外大小各主两三四五六七八九十几条]."
    r"|(?:母亲|护城|人工|景观|中小|主要|城市|城区|城乡|县域|市域|全域|农村|国际|界|运|山|江|河|湖|海|支|干|高原|淡水|咸水|黑臭|幸福|美丽|示范|样板|重点)."
)
_LONGER = (T.FACILITY, T.ZONE, T.ORGANIZATION, T.PLACE)
_ALONG = frozenset({"流域", "两岸", "沿线", "支流", "沿岸", "区域", "片区", "水系", "段"})
_BEFORE = frozenset("以把将经从由对")
_NOUNS = (Role.CONTENT, Role.SOFT)


def waters(clause: Clause, lexicon: Lexicon) -> Iterator[Candidate]:
    """The rivers and lakes of a clause. They give way to every longer name they stand in."""
    tokens = clause.tokens
    begins = {phrase.first for phrase in clause.phrases}
    for index, token in enumerate(tokens):
        if token.kind is not Kind.WORD or token.text[-1] not in WATERS:
            if token.kind is Kind.WORD and _is_mountain(clause, index, lexicon, begins):
                yield Candidate(token.start, token.end, T.PLACE, token.text, "name-water", 1)
            continue
        first = _first(clause, index, lexicon)
        if first is None:
            continue
        first += first < index and tokens[first].text in _BEFORE
        text = clause.text(first, index + 1)
        if not 2 <= len(text) <= LONGEST_WATER or text in lexicon.common or _KINDS.fullmatch(text):
            continue
        opens = (
            first in begins
            or tokens[first - 1].text == "综合治理"
            or clause.roles[first - 1] not in _NOUNS
            or tokens[first - 1].kind is Kind.PLACE
        )
        if opens and not _goes_on(clause, index + 1, lexicon):
            yield Candidate(*span_of(clause, first, index + 1), T.PLACE, text, "name-water", 1)


def _is_mountain(clause: Clause, index: int, lexicon: Lexicon, begins: Collection[int]) -> bool:
    """Whether a word is the name of a mountain that the segmenter's dictionary holds, alone in its phrase."""
    token = clause.tokens[index]
    named = token.text.endswith("山") and len(token.text) == 3 and token.pos in ("ns", "nr", "nz")
    if not named or token.text in lexicon.common or index not in begins:
        return False
    alone = index + 1 == len(clause.tokens) or clause.roles[index + 1] not in _NOUNS
    return alone or clause.tokens[index + 1].text in _ALONG


def _first(clause: Clause, index: int, lexicon: Lexicon) -> int | None:
    """Where the name of the water that ends with a token begins; ``None`` if it names none."""
    token = clause.tokens[index]
    broken = index > 0 and len(clause.tokens[index - 1].text) == 1 and clause.roles[index - 1] in _NOUNS
    if len(token.text) == 2 and token.pos == "ns" and token.text not in lexicon.common and not broken:
        return index
    if len(token.text) > 2:
        person = token.pos == "nr" and token.text[-1] == "江"
        return index if token.pos in ("ns", "nr", "nz", "n") and not person else None
    before = clause.tokens[index - 1] if index else None
    if before is None or before.kind is not Kind.WORD:
        return None
    if len(token.text) > 1:  # 映|月湖
        return index - 1 if broken and token.text not in lexicon.common else None
    if len(before.text) == 2:
        plain = (
            before.text not in lexicon.common and before.pos[:1] in ("n", "z") and before.text not in lexicon.compounds
        )
        return index - 1 if plain and not lexicon.is_a(before.text, "general", "function", "measure") else None
    run = next((r for r in rare_runs(clause.tokens[max(0, index - 3) : index + 1], lexicon)[::-1]), None)
    if run is None or run[1] + max(0, index - 3) < index or len(before.text) != 1:
        return None
    return max(0, index - 3) + run[0]


def _goes_on(clause: Clause, index: int, lexicon: Lexicon) -> bool:
    """Whether a longer name goes on after a water: 某湖|公园, 某江|镇."""
    if index == len(clause.tokens) or clause.roles[index] not in _NOUNS:
        return False
    token = clause.tokens[index]
    if token.text in _ALONG:
        return False
    head = lexicon.heads.get(token.text)
    return token.kind is not Kind.WORD or len(token.text) == 1 or (head is not None and head.type in _LONGER)
