"""Lists that are summed up: where their items and the words that class them stand (A、B等3个项目).

Invariant: items are in text order, do not overlap, and stand before what sums them up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.recognition.names.clauses import Clause, Role
from kg.recognition.names.lexicon import Lexicon
from kg.recognition.names.shapes import shape
from kg.recognition.names.tokens import Kind
from kg.recognition.spans import EntityType as T

BUILT = (T.FACILITY, T.ZONE, T.PROJECT)


@dataclass(frozen=True, slots=True)
class Listing:
    """Items (ranges of tokens) and the words that sum them up: tokens ``first`` to ``last`` after 等 or a count."""

    items: tuple[tuple[int, int], ...]
    first: int
    last: int
    counted: bool
    etc: bool
    works: bool = False  # what is said of the items tells that they are works: A、B等竣工投产


def listings(clause: Clause, lexicon: Lexicon) -> Iterator[Listing]:
    """The lists of a clause that are summed up: A、B等N个X, or A、B2个X.

    Between 、 an item is taken whole, whatever words it is made of (新希望养殖): only the first needs a beginning.
    """
    roles = clause.roles
    for index in range(len(roles) - 1):
        if roles[index] is Role.ETC and roles[index + 1] is Role.VERB and clause.tokens[index + 1].text == "创建":
            items = items_before(clause, index, lexicon)
            if items:
                yield Listing(tuple(items), index + 1, index + 2, False, True)
        if roles[index] is Role.ETC and _WORKS_BEGIN.match(clause.after(index + 1)):
            items = items_before(clause, index, lexicon)
            if items:
                yield Listing(tuple(items), index + 1, index + 1, False, True, works=True)
    for phrase in clause.phrases:
        index = _before_qualities(clause, phrase.first - 1)
        if index > 0 and roles[index] is Role.SOFT and roles[index - 1] is Role.COUNT:
            index -= 1  # 14个|治理|项目
        while index >= 0 and roles[index] is Role.COUNT:
            index -= 1
        counted = index < phrase.first - 1
        etc = index >= 0 and roles[index] is Role.ETC
        if etc:
            items = items_before(clause, index, lexicon)
            if items:
                yield Listing(tuple(items), phrase.first, phrase.last, counted, True)
        elif counted and index >= 0 and roles[index] in (Role.CONTENT, Role.SOFT):
            items = items_before(clause, index + 1, lexicon)
            if len(items) > 1:
                yield Listing(tuple(items), phrase.first, phrase.last, True, False)


def _before_qualities(clause: Clause, index: int) -> int:
    """The index before words that only praise what is summed up (等|一批高质量的|大项目); ``index`` if none do."""
    if index < 1 or clause.tokens[index].text != "的":
        return index
    praising = (Role.ADVERB, Role.CONTENT, Role.SOFT, Role.COUNT)
    for before in range(index - 1, max(-1, index - 6), -1):
        if clause.roles[before] is Role.ETC:
            return before
        if clause.roles[before] not in praising:
            break
    return index


_WORKS_BEGIN = re.compile(
    r"(?:全面|全部|正式|加快|顺利|相继|陆续|先后|如期|有序|加速)*(?:竣工|建成投|投产|开工|动工|启动建设|复工|达产|进展顺利|推进顺利|加快建设)"
)
SPLITS = frozenset({Role.COMMA, Role.JOINER})


def items_before(clause: Clause, end: int, lexicon: Lexicon) -> list[tuple[int, int]]:
    """The items of a list that ends before token ``end``, first to last."""
    tokens, roles = clause.tokens, clause.roles
    items: list[tuple[int, int]] = []
    stop = end
    while stop > 0:
        comma = stop - 1
        while comma >= 0 and roles[comma] is not Role.COMMA:
            comma -= 1
        first = comma + 1
        if comma < 0:
            first = 0 if _short_and_whole(clause, stop) else _beginning(clause, stop)
        elif roles[first] in (Role.VERB, Role.ADVERB, Role.FUNCTION) and len(tokens[first].text) > 1:
            first = _beginning(clause, stop)
            if first < stop:
                items[:0] = _split(clause, first, stop, lexicon)
            return items
        if first >= stop:
            return items
        if any(roles[n] is Role.ETC for n in range(first, stop)):
            return items  # 甲、乙等商圈|和丙路、丁路等街区: the list before is another
        items[:0] = _split(clause, first, stop, lexicon)
        if comma < 0:
            return items
        stop = comma
    return items


def _short_and_whole(clause: Clause, stop: int) -> bool:
    """Whether what stands before the first 、 is short and holds no grammar but single characters (永兴饲料)."""
    length = sum(len(t.text) for t in clause.tokens[:stop])
    grammar = (Role.VERB, Role.ADVERB, Role.FUNCTION, Role.COUNT, Role.JOINER)
    plain = not any(r in grammar and len(t.text) > 1 for t, r in zip(clause.tokens[:stop], clause.roles, strict=False))
    return 3 <= length <= 10 and plain and clause.roles[0] is Role.CONTENT


def _beginning(clause: Clause, stop: int) -> int:
    """Where the first item of a list begins: where the phrase before ``stop`` does, with what is joined before it."""
    first = stop
    for phrase in reversed(clause.phrases):
        if phrase.first >= stop or (phrase.last > first + 1 and first < stop):
            continue
        joined = first < stop and phrase.last == first - 1 and clause.roles[phrase.last] is Role.JOINER
        sized = first < stop and phrase.last < first and set(clause.roles[phrase.last : first]) == {Role.COUNT}
        if first == stop or joined or sized:
            if (
                first == stop
                and phrase.last < stop
                and any(r is not Role.NOTE for r in clause.roles[phrase.last : stop])
            ):
                return stop
            first = phrase.first
        else:
            break
    return first


def _split(clause: Clause, first: int, stop: int, lexicon: Lexicon) -> list[tuple[int, int]]:
    """An item, or two where a conjunction joins names: 和 nearly always, 及 and 与 only between two that have heads."""
    for index in range(first + 1, stop - 1):
        if clause.roles[index] is not Role.JOINER:
            continue
        word = clause.tokens[index].text
        left, right = shape(clause, first, index, lexicon), shape(clause, index + 1, stop, lexicon)
        headed = left is not None and left.last == index and right is not None and right.last == stop
        generic = right is not None and not right.evidence.proper and right.evidence.content == 0
        whole = left is not None and left.last == index and left.evidence.proper and not left.info.weak
        strong = right is not None and right.info.type in BUILT and not right.info.weak and len(right.head) > 2
        if (word == "和" or headed) and (not generic or (whole and strong and headed)):
            return [(first, index), *_split(clause, index + 1, stop, lexicon)]
    return [(first, stop)]


_LINE_TOLD = re.compile(r"段|高速|铁路|客专|公路|大道")
_LONGEST_ROUTE = 12  # characters
_JOINTS = frozenset({"至", "到", "-", "—", "–", "－"})


def is_route(clause: Clause, first: int, last: int) -> bool:
    """Whether an item is only the ends of a road or line: 贵阳至黔西, 贵阳-黔西, 贵阳经清镇至黔西（贵州段）."""
    tokens = [t for t in clause.tokens[first:last] if t.kind is not Kind.BRACKET]
    text = "".join(t.text for t in tokens)
    placed = any(t.kind is Kind.PLACE or t.pos == "ns" for t in tokens)
    ends = placed and len(text) <= _LONGEST_ROUTE and not _LINE_TOLD.search(text)
    joints = [n for n, t in enumerate(tokens) if t.text in _JOINTS and 0 < n < len(tokens) - 1]
    return ends and bool(joints) and sum(len(t.text) for t in tokens[joints[-1] + 1 :]) <= 4
