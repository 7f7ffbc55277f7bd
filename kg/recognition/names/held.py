"""Events by the verb that holds them: 举办|…博览会, 开展|…技能竞赛; of a row each.

Invariant: an event's name begins after such a verb or a comma of its row, ends like an event and is no class of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.recognition.names.candidates import Candidate
from kg.recognition.names.clauses import Clause, Role
from kg.recognition.names.lexicon import Lexicon
from kg.recognition.names.occasions import FAIR
from kg.recognition.names.shapes import span_of
from kg.recognition.spans import EntityType as T


def held_events(clause: Clause, lexicon: Lexicon) -> Iterator[Candidate]:
    """举办|…系列活动: what is held, from the verb to its last word; items of a list each."""
    tokens, roles = clause.tokens, clause.roles
    for index, token in enumerate(tokens):
        held = lexicon.is_a(token.text, "hold")
        if not held and token.text not in _CARRIES_OUT:
            continue
        first = index + 1
        while first < len(tokens) and (roles[first] in (Role.ADVERB, Role.NOTE) or tokens[first].text in _BEFORE_HELD):
            first += 1
        begin = _after_edition(clause, first)
        for last in range(first, len(tokens) + 1):
            if last < len(tokens) and (roles[last] not in _ENDS_ITEM or last < begin):
                continue
            joined = last < len(tokens) and roles[last] is Role.JOINER
            if joined and (tokens[last].text == "暨" or not clause.text(first, last).endswith(_HELD)):
                if tokens[last].text == "暨":  # …博览会暨|第29届|…交易会
                    begin = _after_edition(clause, last + 1)
                continue
            of = next((n + 1 for n in range(last - 1, first, -1) if tokens[n].text in ("的", "为主题的")), first)
            counted = last < len(tokens) and roles[last] is Role.COUNT
            text = clause.text(of, last)
            contest = held or (first == index + 1 and len(text) >= _LEAST_CONTEST and text.endswith(_CONTEST))
            if not counted and contest and _bears_name(text, lexicon):
                sure = 7 if "“" in text else 5
                yield Candidate(*span_of(clause, of, last), T.EVENT, text, "name-event", sure)
            if last == len(tokens) or roles[last] not in (Role.COMMA, Role.JOINER):
                break
            first = last + 1
            begin = _after_edition(clause, first)
        if held:
            return


_BEFORE_HELD = frozenset({"了", "好", "参与", "参加", "承办"})
_CARRIES_OUT = frozenset({"组织", "开展"})
_CONTEST = ("竞赛", "巡展", "大赛", "联赛", "锦标赛", "邀请赛", "挑战赛")
_LEAST_CONTEST = 7  # characters of a contest after 开展, which contests of all sorts follow
_EDITION = re.compile(r"20\d\d年?|第\d{1,3}届")


def _after_edition(clause: Clause, first: int) -> int:
    """The index after the year or number of an event, which words of counting make: 2022|年, 第|13|届."""
    edition = _EDITION.match(clause.after(first))
    last = first
    while edition is not None and last < len(clause.tokens) and len(clause.text(first, last)) < edition.end():
        last += 1
    return last


_ENDS_ITEM = frozenset({Role.COMMA, Role.JOINER, Role.ETC, Role.COUNT})
_COMMON = 5  # places whose reports hold a phrase, from which it is no event's own name
_HELD_FAIR = re.compile(
    rf"(?:\d{{4}}年?|第\d+届)?(?:{FAIR.pattern}|[一-鿿][农科文旅茶港台商]会)|[一-鿿]{{2,8}}之[春夏秋冬]"
)
_SEVERAL = re.compile(
    r"^(?:各类|各种|一批|系列|多场|专场|大型|重大(?!.*暨)|重要|有关|相关)|各类|系列赛事|^20\d\d年?(?:.{0,6}会议|春节|元旦)$"
)


_TWO = re.compile(r"”(?:以及|和|与|及)")


def _bears_name(text: str, lexicon: Lexicon) -> bool:
    """Whether what is held bears a name: a fair by its short name, a number, or a long name that ends like an event."""
    if text in lexicon.common or _SEVERAL.search(text) or _TWO.search(text):
        return False
    if _HELD_FAIR.fullmatch(text):
        return True
    known = lexicon.heads.get(text)
    if known is not None and known.type is T.EVENT and not known.weak and len(text) > 3:
        return True
    edition = _EDITION.match(text)
    own = text[edition.end() :] if edition is not None else text
    if edition is not None and (len(own) < 3 or lexicon.common.get(own, 0) > _COMMON):
        return False
    return text.endswith(_HELD) and (len(text) >= 8 or (len(text) > 4 and text.startswith(("首届", "第"))))


_HELD = ("推介", "活动", "展", "赛", "节", "周", "会", "论坛", "季", "月", "仪式")
