"""Where the names of programmes and policies begin: right after the verb that carries them out or issues them.

Invariant: only words of the clause before the name decide.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from kg.recognition.names.clauses import Clause, Phrase, Role
from kg.recognition.names.lexicon import Lexicon
from kg.recognition.names.shapes import leading_time
from kg.recognition.names.tokens import Kind

_BLOCK = frozenset({"包括", "包含", "的", "并", "而", "来", "让", "使", "将", "把", "以"})
_PART_OF_NAME = frozenset({"向", "为", "对", "与"})


def wide_start(clause: Clause, phrase: Phrase, last: int, lexicon: Lexicon, *anchors: str) -> int:
    """Where the name of a programme or policy begins: right after the verb that carries it out or issues it.

    Such names hold verbs and prepositions of their own: 实施|向科技要产能专项行动, 出台|促进…若干政策措施.
    """
    index = phrase.first
    while index > 0 and phrase.first - index <= 8:
        token, role = clause.tokens[index - 1], clause.roles[index - 1]
        if is_anchor(token.text, lexicon, *anchors) and not (index > 1 and clause.roles[index - 2] is Role.JOINER):
            first = index
            while (
                first < phrase.first
                and clause.tokens[first].text not in _PART_OF_NAME
                and not (first == index and clause.tokens[first].text == "全面")
                and clause.roles[first] in (Role.FUNCTION, Role.ADVERB, Role.NOTE, Role.COUNT)
            ):
                first += 1
            label = index - 2 - _anchors_before(clause, index, lexicon)
            if label >= 0 and clause.roles[label + 1] is Role.JOINER and clause.tokens[label].kind is Kind.QUOTE:
                return label + 2  # “五大行动”和|巩固拓展脱贫攻坚成果“六个专项行动”
            return min(leading_time(clause, first, last), last - 1)
        if role is Role.JOINER and index < phrase.first and clause.roles[index] is not Role.FUNCTION:
            return index
        if role is Role.JOINER and index == phrase.first and not anchors:
            before = next((p for p in clause.phrases if p.last == index - 1), None)
            if before is not None and _headless_after_anchor(clause, before, lexicon):
                return before.first
        if role in (Role.COMMA, Role.JOINER, Role.ETC, Role.COUNT) or token.text in _BLOCK:
            break
        index -= 1
    return leading_time(clause, phrase.first, last)


def _anchors_before(clause: Clause, index: int, lexicon: Lexicon) -> int:
    """How many verbs in a row end before token ``index``."""
    first = index
    while first and clause.roles[first - 1] is Role.VERB:
        first -= 1
    return index - first


def _headless_after_anchor(clause: Clause, phrase: Phrase, lexicon: Lexicon) -> bool:
    """Whether a phrase before a conjunction is the first half of a name: 实施|高新技术企业|和科技型企业培育计划."""
    if phrase.first == 0 or phrase.counted or not is_anchor(clause.tokens[phrase.first - 1].text, lexicon):
        return False
    if any(t.kind in (Kind.QUOTE, Kind.BOOK, Kind.PLACE) for t in clause.tokens[phrase.first : phrase.last]):
        return False
    return lexicon.head_of(clause.text(phrase.first, phrase.last)) is None and "大" not in clause.text(
        phrase.first, phrase.last
    )


def is_anchor(word: str, lexicon: Lexicon, *lists: str) -> bool:
    """Whether a programme's name may begin right after a word: 实施, 出台, 深入开展; of ``lists``, if any are given."""
    names = lists or ("anchor", "issue")
    return lexicon.is_a(word, *names) or (len(word) == 4 and lexicon.is_a(word[2:], *names))


def back_to(
    clause: Clause,
    index: int,
    leads: Callable[[str], bool],
    roles: Collection[Role],
    kinds: Collection[Kind] = (Kind.WORD, Kind.PLACE),
    most: int | None = None,
) -> int:
    """Where the name that ends with token ``index`` begins, if words of such ``roles`` and ``kinds`` make it up.

    It goes back to a word that ``leads`` to such names, to another kind of word, or over ``most`` words.
    """
    least = 0 if most is None else max(0, index - most)
    first = index
    while first > least and not leads(clause.tokens[first - 1].text):
        if clause.roles[first - 1] not in roles or clause.tokens[first - 1].kind not in kinds:
            break
        first -= 1
    return first
