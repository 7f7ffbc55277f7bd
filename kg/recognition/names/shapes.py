"""The name part of a phrase: from its beginning to its last head, with phase and evidence.

Invariant: a shape lies inside its phrase; words that only say what is done with the thing (建设, 前期工作) are no part
of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.recognition.names.clauses import Clause
from kg.recognition.names.evidence import Evidence, evidence
from kg.recognition.names.lexicon import Head, Lexicon
from kg.recognition.names.tokens import Kind, Token
from kg.recognition.names.wares import ENERGY, is_made_for
from kg.recognition.spans import EntityType as T


@dataclass(frozen=True, slots=True)
class Shape:
    """Tokens ``first`` to ``last`` (exclusive) of a clause as a name: its text, its head ("" for a bare phase) and the
    evidence for it. ``phase`` is what follows the head (二期); ``rest`` the words of the phrase after the name.
    """

    first: int
    last: int
    text: str
    head: str
    info: Head
    evidence: Evidence
    phase: str = ""
    rest: str = ""


EXTENSIONS = frozenset({"东延", "南延", "西延", "北延"})  # phases of roads that are works of their own
_PHASED = Head((T.PROJECT,), True)


def span_of(clause: Clause, first: int, last: int) -> tuple[int, int]:
    """Offsets of tokens ``first`` to ``last`` (exclusive), footnote marks at the ends left out."""
    tokens = [t for t in clause.tokens[first:last] if t.kind is not Kind.NOTE]
    return tokens[0].start, tokens[-1].end


def shape(clause: Clause, first: int, last: int, lexicon: Lexicon) -> Shape | None:
    """The name part of tokens ``first`` to ``last``, up to the last head in it; ``None`` if no head is in it."""
    for stop in range(last, first, -1):
        token = clause.tokens[stop - 1]
        if token.kind in (Kind.QUOTE, Kind.BOOK):
            return None
        if token.kind is not Kind.WORD and not (token.kind is Kind.BRACKET and _is_part(token, lexicon)):
            continue
        found = _shape(clause, first, stop, last, lexicon)
        if found is not None:
            return found
    return None


def _shape(clause: Clause, first: int, stop: int, last: int, lexicon: Lexicon) -> Shape | None:
    word = clause.tokens[stop - 1].inner
    rest = clause.text(stop, last)
    part = clause.tokens[stop - 1].kind is Kind.BRACKET
    phase = word if (part or lexicon.is_a(word, "phase")) and stop - 1 > first else ""
    inner = stop - 1 if phase else stop
    line = _before_stretch(clause, first, stop, lexicon)
    if line:
        inner = line
        phase = clause.text(inner, stop)
    text = clause.text(first, inner)
    if not phase and (lexicon.is_a(word, "tail-work") or text.endswith(tuple(lexicon.cues["not-head"]))):
        return None
    found = lexicon.head_of(text)
    if phase and clause.tokens[inner - 1].kind is Kind.PLACE:
        found = None  # …至珠海|（广西段）: 海 is no sea here
    own = found is not None and found[0] in ("桥", "路", "街", "寺") and clause.tokens[stop - 1].pos in ("ns", "nr")
    own = own and word not in lexicon.common and stop - 1 > first  # 兴|龙桥
    if found is None or (not phase and not own and not _fits(word, found[0])):
        if not phase:
            return None
        proof = evidence(clause.tokens[first:inner], "", lexicon)
        return Shape(first, stop, clause.text(first, stop), "", _PHASED, proof, phase, rest)
    head, info = found
    if is_made_for(head, rest):
        return None
    if info.weak and not phase:
        if info.type in (T.PROGRAMME, T.BRAND) and T.HONOUR not in info.types:
            return None
        shorter = lexicon.head_of(text.removesuffix(head))
        if (
            shorter is not None
            and not shorter[1].weak
            and len(shorter[0]) > 1
            and shorter[1].type in (T.ZONE, T.FACILITY)
            and len(head) >= 2
            and info.type in (T.ZONE, T.PLACE)
        ):
            return None  # 装备制造园|集群
    sized = any(t.kind is Kind.NUMBER for t in clause.tokens[first:inner])
    if head in ENERGY and (sized or phase.endswith("期")):
        info = Head((T.PROJECT,), info.weak)  # …光伏|二期, 恒岳|2000兆瓦风电: what is put up
    proof = evidence(clause.tokens[first:inner], head, lexicon)
    return Shape(first, stop, clause.text(first, stop), head, info, proof, phase, rest)


_LINES = re.compile(r"(?:铁路|高铁|高速|高速公路|公路|大道|国道|省道|航道|快速路|通道|环线|号线)$")


_NO_STRETCH = re.compile(r"[期两各全]|部分")


def _before_stretch(clause: Clause, first: int, stop: int, lexicon: Lexicon) -> int:
    """Where the line ends of which the tokens before ``stop`` tell a stretch: 某高铁|曲阳段. 0 if they tell none."""
    last = clause.tokens[stop - 1]
    broken = len(last.text) == 2 and last.text.endswith("段") and last.text not in lexicon.common  # 深|江段
    if last.text != "段" and not broken:
        return 0
    for index in range(stop - 2 + broken, max(first, stop - 4), -1):
        where = clause.text(index, stop)
        plain = all(
            t.kind in (Kind.WORD, Kind.PLACE) and t.pos[:1] not in ("v", "m", "u") for t in clause.tokens[index:stop]
        )
        named = clause.tokens[index].kind is Kind.PLACE or 3 <= len(where) <= 5
        if named and plain and not _NO_STRETCH.search(where) and _LINES.search(clause.text(first, index)):
            return index
    return 0


def _is_part(token: Token, lexicon: Lexicon) -> bool:
    """Whether a bracket after a name says which part of it is meant: （一期）, （广西段）."""
    return (
        lexicon.is_a(token.inner, "phase")
        or (token.inner.endswith("段") and len(token.inner) <= 8)
        or (token.inner.endswith(("片区", "园")) and len(token.inner) <= 6)
        or bool(_VARIETY.fullmatch(token.inner))
    )


_VARIETY = re.compile(r"[A-Z甲乙丙]型")  # 保税物流中心（B型）


def _fits(word: str, head: str) -> bool:
    """Whether a phrase's last word is of the kind of its head: 火车站 is a 站; a head inside a short word is chance."""
    return len(head) >= len(word) or len(head) >= 2 or len(word) - len(head) >= 2


def tail_of_work(rest: str, lexicon: Lexicon) -> bool:
    """Whether what follows a name in its phrase is only general nouns (建设, 前期工作, 成果)."""
    if not rest:
        return True
    words = lexicon.cues["tail-work"] | lexicon.cues["soft"]
    return any(rest[:n] in words and tail_of_work(rest[n:], lexicon) for n in range(1, len(rest) + 1))


_TIMES = frozenset({"年", "月", "日", "年度", "日前", "月底", "月份", "年底", "月前", "年前"})


def leading_time(clause: Clause, first: int, last: int) -> int:
    """The index after a year or other time that begins a phrase: 2023年…, 年底…."""
    index = first
    tokens = clause.tokens
    while index < last - 1:
        token = tokens[index]
        following = tokens[index + 1].text if index + 1 < last else ""
        if token.kind is Kind.NUMBER and following in _TIMES and index + 2 < last:
            index += 2
        elif token.text in ("年", "月", "日", "底", "初", "末"):
            index += 1
        else:
            break
    return index
