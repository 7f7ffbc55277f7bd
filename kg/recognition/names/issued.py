"""Policies told by all that follows the verb that issues them: 出台|支持甲地开放合作的政策意见, 印发|…三年规划.

Invariant: what is proposed ends with a head of policies, begins right after such a verb and holds words (verbs,
的, conjunctions) at which phrases end; plainer names are read from phrases.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.recognition.names.anchors import is_anchor
from kg.recognition.names.candidates import Candidate
from kg.recognition.names.clauses import Clause, Role
from kg.recognition.names.lexicon import Lexicon
from kg.recognition.names.marks import GENERAL_POLICY
from kg.recognition.names.shapes import span_of
from kg.recognition.names.tokens import Kind
from kg.recognition.spans import EntityType as T

_LEAST, _MOST = 9, 48  # characters of such a name
_PROGRAMME_ENDS = ("计划", "行动", "工程")
_MOST_WHOLE = 24  # characters of a name that begins with no verb: 水土流失预防与治理规划
_APPROVES = frozenset({"批复", "批准", "获批"})
_BREAKS = (Role.COMMA, Role.JOINER)


def issued(clause: Clause, lexicon: Lexicon) -> Iterator[Candidate]:
    """The policies that follow a verb of issuing to the end of the clause."""
    tokens, roles = clause.tokens, clause.roles
    for index, token in enumerate(tokens):
        if token.kind is not Kind.WORD or not (is_anchor(token.text, lexicon, "issue") or token.text in _APPROVES):
            continue
        first = index + 1
        while first < len(tokens) and (
            roles[first] is Role.NOTE
            or tokens[first].text in ("了", "好")
            or is_anchor(tokens[first].text, lexicon, "issue")
        ):
            first += 1
        last = next((n for n in range(first, len(tokens)) if roles[n] is Role.ETC), len(tokens))
        if last < len(tokens):
            continue  # …等政策: the label of a list
        for begin, end in _items(clause, first, last, lexicon):
            yield from _policy(clause, begin, end, lexicon)
        return


def _headed(clause: Clause, first: int, last: int, lexicon: Lexicon) -> str:
    """The head of policies that tokens ``first`` to ``last`` end with; "" if they end otherwise."""
    found = lexicon.head_of(clause.text(first, last))
    return found[0] if found is not None and found[1].type is T.POLICY and len(found[0]) > 1 else ""


def _items(clause: Clause, first: int, last: int, lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """The members of what is issued: a conjunction parts two of them where a head or a number stands before it."""
    begin = first
    for index in range(first, last):
        if clause.roles[index] not in _BREAKS or index == begin:
            continue
        counted = clause.roles[index - 1] is Role.COUNT or clause.tokens[index - 1].kind in (Kind.BOOK, Kind.QUOTE)
        if counted or _headed(clause, begin, index, lexicon):
            yield begin, index
            begin = index + 1
    while last > begin and clause.roles[last - 1] is Role.NOTE:
        last -= 1
    if begin < last:
        yield begin, last


def _is_whole(clause: Clause, first: int, last: int) -> bool:
    """Whether tokens hold no 的 and at most one conjunction, before which no name ends."""
    roles = clause.roles[first:last]
    joiners = [first + n for n, role in enumerate(roles) if role is Role.JOINER]
    if Role.FUNCTION in roles or len(joiners) > 1:
        return False
    return not joiners or not clause.text(first, joiners[0]).endswith(_PROGRAMME_ENDS)


def _policy(clause: Clause, first: int, last: int, lexicon: Lexicon) -> Iterator[Candidate]:
    text = clause.text(first, last)
    head = _headed(clause, first, last, lexicon)
    if not head or not _LEAST <= len(text) <= _MOST or GENERAL_POLICY.search(text) or text in lexicon.common:
        return
    roles, tokens = clause.roles[first:last], clause.tokens[first:last]
    if any(t.kind is Kind.BOOK for t in tokens) or roles[0] in (Role.COUNT, *_BREAKS):
        return
    inner = [r for r in roles[:-1] if r in (Role.VERB, Role.ADVERB, Role.FUNCTION, *_BREAKS)]
    deed = roles[0] in (Role.VERB, Role.SOFT, Role.ADVERB) or tokens[0].pos.startswith("v")
    whole = not deed and len(text) <= _MOST_WHOLE and _is_whole(clause, first, last)
    if not inner or not (deed or whole or tokens[0].kind is Kind.PLACE):
        return
    of = max((n for n in range(len(tokens)) if tokens[n].text == "的"), default=0)
    if of and len(clause.text(first + of + 1, last)) > len(head) + 4:
        return  # the 的 of a longer phrase
    breaks = [n for n, r in enumerate(roles) if r in _BREAKS]
    alike = [n for n in breaks if tokens[n + 1 : n + 2] and tokens[n + 1].text == tokens[0].text]
    if breaks and len(alike) == len(breaks) and of > breaks[-1]:
        tail = clause.text(first + of, last)
        begin = 0
        for stop in (*breaks, of):
            start, _ = span_of(clause, first + begin, last)
            _, end = span_of(clause, first + begin, last)
            name = clause.text(first + begin, first + stop) + tail
            rule = "name-shared-head" if begin < breaks[-1] else "name-issued"
            yield Candidate(start, end, T.POLICY, name, rule, 6, nested=begin < breaks[-1])
            begin = stop + 1
        return
    if breaks and not deed and not (whole and Role.COMMA not in roles):
        return
    yield Candidate(*span_of(clause, first, last), T.POLICY, text, "name-issued", 6)
