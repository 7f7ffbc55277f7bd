"""Programmes in a row that share the head of the last: 实施|人才集聚、技术攻关、品牌培育工程.

Invariant: the row begins right after a verb that carries it out, and every member is a programme's own words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.recognition.names.anchors import is_anchor
from kg.recognition.names.candidates import Candidate
from kg.recognition.names.clauses import Clause, Role
from kg.recognition.names.lexicon import Lexicon
from kg.recognition.names.marks import NUMERALS
from kg.recognition.names.plans import is_works
from kg.recognition.names.shapes import span_of
from kg.recognition.names.tokens import Kind
from kg.recognition.spans import EntityType as T


def rows(clause: Clause, lexicon: Lexicon) -> Iterator[Candidate]:
    """实施|人才集聚、技术攻关、品牌培育工程: each member of a row is a programme by the head that the last one has."""
    tokens, roles = clause.tokens, clause.roles
    for index, token in enumerate(tokens):
        if (
            token.kind is not Kind.WORD
            or not _ROW_HEAD.search(token.text)
            or (index + 1 < len(tokens) and roles[index + 1] is Role.CONTENT)
        ):
            continue
        first = index
        while first and roles[first - 1] not in (Role.FUNCTION, Role.ETC, Role.COUNT, Role.NOTE):
            if is_anchor(tokens[first - 1].text, lexicon):
                break
            first -= 1
        if first == 0 or not is_anchor(tokens[first - 1].text, lexicon):
            continue
        members = _members(clause, first, index + 1)
        texts = [clause.text(*m) for m in members]
        counted = _counts(texts)
        if len(members) < 2 or not (counted or any(roles[n] is Role.COMMA for n in range(first, index))):
            continue
        if any(t.endswith("战略") for t in texts[:-1]):
            continue  # …战略、…战略: each has its own head
        found = _ROW_HEAD.search(texts[-1])
        if found is None:
            continue
        texts[-1] = texts[-1][: found.start()]
        no_member = _no_counted_member if counted else _no_member
        if any(no_member(clause, *m, t, lexicon) for m, t in zip(members, texts, strict=True)):
            continue
        _, end = span_of(clause, first, index + 1)
        for (begin, _), text in zip(members, texts, strict=True):
            last = (begin, text) == (members[-1][0], texts[-1])
            yield Candidate(
                tokens[begin].start, end, T.PROGRAMME, text + found[1], "name-shared-head", 6, nested=not last
            )


def _members(clause: Clause, first: int, last: int) -> list[tuple[int, int]]:
    """The members of a row: what stands between its commas and conjunctions."""
    found, begin = [], first
    for index in range(first, last):
        if clause.roles[index] in (Role.COMMA, Role.JOINER):
            found.append((begin, index))
            begin = index + 1
    return [*found, (begin, last)]


_DEED = re.compile(r"(?:提升|整治|治理|建设|改造|升级|促进|培育)$")
_COUNTED_HEAD = re.compile(r"(?P<n>[两二三四五六七八九十])大(?:专项|重点|三年)?(?:工程|行动|计划)$")


def _counts(texts: list[str]) -> bool:
    """Whether the last member of a row says how many there are: 蓝天、碧水、净土|三大|行动."""
    found = _COUNTED_HEAD.search(texts[-1])
    if found is None or NUMERALS[found["n"]] != len(texts):
        return False
    shares = _DEED.search(texts[-1][: found.start()]) and not any(_DEED.search(t) for t in texts[:-1])
    return not shares  # 生产、储备、能力|提升三大行动: 提升 is shared too


def _no_counted_member(clause: Clause, first: int, last: int, text: str, lexicon: Lexicon) -> bool:
    """Whether a member of a row that counts itself is no programme's own words; such rows tell that all others are."""
    words = clause.tokens[first:last]
    works = clause.tokens[last - 1].text.endswith("工程") or len(words) == 0
    least = _LEAST_MEMBER if works else 2
    return not least <= len(text) <= _MOST_MEMBER or any(t.kind not in (Kind.WORD, Kind.PLACE) for t in words)


def _no_member(clause: Clause, first: int, last: int, text: str, lexicon: Lexicon) -> bool:
    """Whether a member is no programme's own words: a thing with a head, a place, a label, too short or too long."""
    if first >= last or not _LEAST_MEMBER <= len(text) <= _MOST_MEMBER or text in lexicon.known:
        return True
    if any(t.kind is not Kind.WORD for t in clause.tokens[first:last] if t.kind is not Kind.PLACE):
        return True
    headed = lexicon.head_of(text)
    own = headed is not None and not headed[1].weak and len(headed[0]) > 1
    return own or is_works(text + "工程", lexicon, proper=clause.tokens[first].kind is Kind.PLACE)


_ROW_HEAD = re.compile(r"(?:[两二三四五六七八九十]大)?((?:专项|重点|三年)?(?:工程|行动|计划)|战略|攻坚战|保卫战)$")
_LEAST_MEMBER, _MOST_MEMBER = 4, 12  # characters of what a member of a row says of its own
