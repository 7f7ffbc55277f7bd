"""Firms by the company they keep: a bare short name in a row with a firm is a firm's too (京岳、|宏安科技|荣获…).

Invariant: what is proposed is a whole member of the row, holds no head and is no word that many reports share.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.recognition.names.candidates import Candidate
from kg.recognition.names.clauses import Clause, Role
from kg.recognition.names.evidence import rare_runs
from kg.recognition.names.lexicon import Lexicon
from kg.recognition.names.lists import class_of
from kg.recognition.names.shapes import span_of
from kg.recognition.names.tokens import Kind
from kg.recognition.names.wares import begins_with_ware
from kg.recognition.spans import EntityType as T

_SURE = frozenset({"name-firm", "name-firm-trade", "name-known", "name-listed-firm", "name-firm-listed"})
_ENDS = frozenset({Role.COMMA, Role.ETC})
_PLAIN = frozenset("vdpmqucb")
_NOT_OF_FIRMS = re.compile(r"产业|园区|技术|领域|行业|专业|学科|人才|基地|功能|功效|精神|材料|设备")


def beside(clause: Clause, proposed: Sequence[Candidate], lexicon: Lexicon) -> Iterator[Candidate]:
    """The members of rows in which another member is a firm as a whole."""
    firms = {(c.start, c.end) for c in proposed if c.entity_type is T.ENTERPRISE and c.rule in _SURE}
    if not firms:
        return
    taken = {(c.start, c.end) for c in proposed}
    for row, last in _rows(clause):
        if not any(span_of(clause, *member) in firms for member in row) or _of_another_kind(clause, last, lexicon):
            continue
        for member in row:
            if span_of(clause, *member) not in taken and _bare_name(clause, *member, lexicon):
                yield Candidate(
                    *span_of(clause, *member), T.ENTERPRISE, clause.text(*member), "name-listed-firm", 4, nested=True
                )


def _rows(clause: Clause) -> Iterator[tuple[list[tuple[int, int]], int]]:
    """Members between 、, at least two, and the index after the last; the outer ones end where phrases do."""
    roles = clause.roles
    commas = [n for n, role in enumerate(roles) if role is Role.COMMA]
    while commas:
        row, first = [], _opening(clause, commas[0])
        index = commas[0]
        while True:
            row.append((first, index))
            commas.pop(0)
            first, index = index + 1, index + 1
            while index < len(roles) and roles[index] not in _ENDS and not _predicate(clause, index, first):
                index += 1
            if index >= len(roles) or roles[index] is not Role.COMMA:
                break
        while index > first + 1 and roles[index - 1] is Role.SOFT:
            index -= 1  # …、恒岳|合作
        row.append((first, index))
        yield [m for m in row if m[0] < m[1]], index


def _predicate(clause: Clause, index: int, first: int) -> bool:
    """Whether a word of grammar of two characters ends the member that began before it."""
    grammar = clause.roles[index] in (Role.VERB, Role.ADVERB, Role.COUNT, Role.FUNCTION, Role.JOINER)
    return grammar and index > first and (len(clause.tokens[index].text) > 1 or clause.roles[index] is not Role.VERB)


def _opening(clause: Clause, comma: int) -> int:
    """Where the first member of a row begins: after the verb or preposition before it."""
    first = comma
    while first and clause.roles[first - 1] in (Role.CONTENT, Role.SOFT, Role.NOTE):
        first -= 1
    if first and len(clause.tokens[first].text) == 1 and clause.roles[first - 1] is Role.SOFT:
        return comma
    return first


def _of_another_kind(clause: Clause, last: int, lexicon: Lexicon) -> bool:
    """Whether what sums a row up says that its members are no firms (等…产业, 等…园区)."""
    if last >= len(clause.roles) or clause.roles[last] not in (Role.ETC, Role.COUNT):
        return False
    rest = clause.after(last)[:16]
    kind, _ = class_of(rest, lexicon)
    return kind not in (None, T.ENTERPRISE, T.PROJECT, T.BRAND) or bool(_NOT_OF_FIRMS.search(rest))


def _bare_name(clause: Clause, first: int, last: int, lexicon: Lexicon) -> bool:
    """Whether a member is two to five characters that are a name as far as words tell."""
    tokens, text = clause.tokens[first:last], clause.text(first, last)
    if not 2 <= len(text) <= 5 or text in lexicon.common or text in lexicon.known or lexicon.head_of(text) is not None:
        return False
    if any(t.kind not in (Kind.WORD, Kind.PLACE) for t in tokens) or all(t.kind is Kind.PLACE for t in tokens):
        return False
    if lexicon.is_a(text, "general", "firm-end", "enterprise-trade", "project-tail") or begins_with_ware(text):
        return False
    long = [t for t in tokens if len(t.text) > 1 and t.kind is Kind.WORD]
    if any(t.pos[:1] in _PLAIN or t.text in lexicon.common or lexicon.is_a(t.text, "general", "soft") for t in long):
        return False
    if text in lexicon.compounds or (text[-1] in lexicon.cues["material"] and len(text) < 4):
        return False
    return bool(rare_runs(tokens, lexicon)) or all(len(t.text) == 1 for t in tokens) or len(tokens) == 1
