"""Heads after the figure: 新增100户[科技型中小企业], 总投资323亿元的[重点项目], 2×66万千瓦[燃煤发电项目].

Invariant: a head after the figure is taken only where the words before it leave the figure without a noun of its own,
or where what follows is certainly what is counted; ``Head.consumed`` words of ``Cell.right`` are then used up.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.claims.observation.clause import Cell
from kg.claims.observation.draft import (
    COUNTING,
    GROWTH_NOUNS,
    LONGEST_PREDICATE,
    PERCENT,
    Head,
    Spoken,
    Subject,
    without_verbs,
)
from kg.claims.observation.lexicon import Kind, Lexicon
from kg.claims.observation.naming import Namer, clean
from kg.claims.observation.parse import Form, Left, noun_phrase, phrase_of
from kg.claims.observation.tokens import Token

_SIZES = {"power": "装机容量", "voltage": "电压等级", "apparent_power": "容量", "steam": "容量", "mass": "产能"}
_MAKING = frozenset({"年产", "日产", "年处理", "日处理", "年加工", "年生产", "年产能"})
_MOVED = frozenset({Form.UP, Form.DOWN, Form.GAP, Form.SHARE})
_LONGEST_AMOUNT = 8  # characters of a noun that names an amount (补贴, 专项资金)


def right_head(cell: Cell, left: Left, spoken: Spoken, namer: Namer) -> Head | None:
    """The head when the figure stands before what it counts or measures: 新增100户[科技型中小企业]."""
    lexicon = namer.lexicon
    rest, skip, modified = _after(cell.right)
    owned = bool(cell.left) and cell.left[-1].kind is Kind.OF  # 文件明确的257项[支持政策]
    dimension, unit = namer.dimension(cell), cell.number.unit
    if not rest or unit.endswith("百分点") or dimension in ("rank", "change_of_ratio", "times") or not unit:
        return None
    if unit in PERCENT and not modified and (left.core or not _opens_noun(rest, lexicon)):
        return None
    reached = left.predicate.form is Form.REACHED
    counting = dimension in COUNTING
    done = bool(left.verbs) and (counting or left.verbs[-1].text in lexicon.inheritable)
    has_noun = any(t.kind is Kind.NOUN for t in left.core) and (reached or not done)
    if cell.left and cell.left[-1].kind is Kind.AND and len(cell.left) > 1:
        has_noun = False  # 老年人、4.5万名[干部]: the words before belong to the item before
    nominal = _opens_noun(rest, lexicon)
    if has_noun and not (modified or owned) and (not nominal or rest[0].text in lexicon.attributes):
        return None
    if has_noun and left.predicate.form in _MOVED:
        return None
    members = dimension in ("persons", "households") or not unit.lstrip("万亿千百十")
    things, said = noun_phrase(rest, lexicon, bounded=cell.bounded, members=members)
    if not things:
        bare = not any(t.kind is Kind.NOUN for t in left.core)
        return _verbal_head(cell, left, rest, skip) if bare and dimension in COUNTING else None
    if unit in PERCENT:
        return _share_of(cell, things, said, skip, lexicon)
    if modified:
        return _size_of(cell, left, things, skip, lexicon)
    made = bool(left.core) and left.core[-1].text in _MAKING  # 年产120万条轮胎生产线
    if (made or (dimension not in COUNTING and (has_noun or dimension in _SIZES))) and lexicon.is_work(cell.tail):
        return _size_in_name(cell, left, things, skip, namer, made=made)
    if has_noun and dimension in ("length", "area") and nominal and left.core[-1].text in lexicon.parts_of_town:
        return _counted(cell, left, things, said, skip, spoken, namer)
    if has_noun and not counting:
        return _amount_got(cell, left, things, skip, namer)
    if has_noun and reached:
        base = phrase_of(left.core)
        subject = Subject(base + clean(phrase_of(things), lexicon), base, unit=unit, tokens=tuple(left.core))
        return Head([subject], "observation/reached-count", skip + len(things), tuple(things))
    return _counted(cell, left, things, said, skip, spoken, namer)


def _counted(
    cell: Cell, left: Left, things: list[Token], said: list[Token], skip: int, spoken: Spoken, namer: Namer
) -> Head:
    """Things counted (or measured) with the verb before the figure, or with what is said of them."""
    lexicon, unit = namer.lexicon, cell.number.unit
    thing = clean(phrase_of(things), lexicon)
    verb, kept = _verb_of(left), said_of(said)
    words = clean(phrase_of(kept), lexicon)
    before = spoken.last
    if not verb and not kept and left.joined and before is not None and before.verb:
        verb = before.verb  # 创建2个示范乡镇、5个示范村
    if verb:
        base = verb + thing
    elif namer.dimension(cell) in COUNTING:
        base = words + thing if len(words) <= LONGEST_PREDICATE else thing
    else:
        base = thing + words  # 1071万平方米节能暖房改造
    inherited = verb if verb in lexicon.inheritable else ""
    subject = Subject(base, thing, verb=inherited, unit=unit, tokens=tuple(left.core))
    awaits = not verb and not kept and bool(said) and said[0].kind is Kind.AND
    consumed = skip + len(things)
    if kept and cell.bounded:  # what is said ends with its item of the list
        joints = [i for i, t in enumerate(cell.right) if t.kind is Kind.AND and i >= consumed]
        consumed = joints[-1] if joints else consumed
    return Head([subject], "observation/right-head", consumed, tuple(things), tuple(kept), awaits)


def _amount_got(cell: Cell, left: Left, things: list[Token], skip: int, namer: Namer) -> Head | None:
    """项目获国家1.8亿元[补贴]: the noun after an amount that is an amount itself."""
    thing = phrase_of(things)
    owner = phrase_of(left.core)
    got = any(t.kind in (Kind.LIGHT, Kind.VERB) for t in cell.left) or not owner.endswith(namer.lexicon.amounts)
    if (
        not got
        or len(thing) > _LONGEST_AMOUNT
        or not thing.endswith(namer.lexicon.amounts)
        or left.predicate.form is not Form.NONE
    ):
        return None
    base = phrase_of(left.core) + thing
    subject = Subject(base, namer.topic(base, ""), unit=cell.number.unit, tokens=tuple(left.core))
    return Head([subject], "observation/right-head", skip + len(things), tuple(things))


def _opens_noun(rest: Sequence[Token], lexicon: Lexicon) -> bool:
    """Whether a noun phrase begins: a noun, or an attributive word before one (重点项目)."""
    head = rest[0]
    if head.kind in (Kind.NOUN, Kind.WHERE, Kind.ORDINAL):
        return True
    if len(rest) < 2 or rest[1].kind is not Kind.NOUN:
        return False
    if head.kind is Kind.ADVERB:
        return head.text in lexicon.attributive
    return head.kind is Kind.VERB and head.text not in lexicon.predicates  # 入园企业


def _verbal_head(cell: Cell, left: Left, rest: Sequence[Token], skip: int) -> Head | None:
    """带动5000人就业, 完成1000户、4000人搬迁安置: what is done to those counted."""
    if left.core and left.core[-1].kind is Kind.VERB and rest[0].kind is not Kind.VERB:
        return None
    words = said_of(rest)
    if not words or words[0].kind not in (Kind.VERB, Kind.NOUN, Kind.BE) or len(words) > 4:
        return None
    base = "".join(t.text for t in left.core if t.kind in (Kind.VERB, Kind.CAUSE)) + phrase_of(words)
    subject = Subject(base, base, unit=cell.number.unit)
    shared = cell.bounded and skip + len(words) < len(cell.right) and cell.right[skip + len(words)].kind is Kind.AND
    return Head([subject], "observation/right-head", skip + len(words), tuple(words), tuple(words), shared)


def _share_of(cell: Cell, things: list[Token], said: list[Token], skip: int, lexicon: Lexicon) -> Head:
    """70%的[民生项目]启动: the share of the things of which something is true."""
    words = phrase_of(said_of(said))
    thing = clean(phrase_of(things), lexicon)
    base = (words if len(words) <= LONGEST_PREDICATE else "") + thing + "占比"
    return Head(
        [Subject(base, thing, unit=cell.number.unit)], "observation/share-of", skip + len(things), tuple(things)
    )


def _size_of(cell: Cell, left: Left, things: list[Token], skip: int, lexicon: Lexicon) -> Head:
    """总投资323亿元的[重点项目]: the amount is the thing's, and the thing stays for the next figure."""
    thing = clean(phrase_of(things), lexicon)
    size: list[Token] = []
    for token in reversed(left.core):
        if token.kind is not Kind.NOUN:
            break
        size.insert(0, token)
    verb = left.core[0].text if left.core and left.core[0].kind is Kind.VERB else ""
    subject = Subject(
        thing + "".join(t.text for t in size), thing, verb=verb, unit=cell.number.unit, tokens=tuple(things)
    )
    return Head([subject], "observation/size-of", skip - 1, tuple(things))


def _size_in_name(cell: Cell, left: Left, things: list[Token], skip: int, namer: Namer, *, made: bool) -> Head:
    """某地2×66万千瓦[燃煤发电项目], 某厂年产120万条[轮胎生产线]: a size inside a name."""
    listed = next((i for i, t in enumerate(things) if t.text == "等"), None)
    if listed:  # 20万吨负极材料等工业项目40个: what follows 等 is of all that is listed
        things = things[: listed + 1]
    before = without_verbs(left.core)
    marks = [i for i, t in enumerate(before) if t.text == "、"]
    if marks:  # A、B60万吨C、D等项目: the size is one item's
        before = before[marks[-1] + 1 :]
    if marks or made or any(t.kind is Kind.NOUN for t in before):
        things = things[: next((i for i, t in enumerate(things) if t.text == "、"), len(things))]
    thing = clean(phrase_of(things), namer.lexicon)
    name = phrase_of(before[:-1] if made else before)
    size = "产能" if made else _SIZES.get(namer.dimension(cell), "规模")
    subject = Subject(name + thing + size, thing, unit=cell.number.unit, tokens=(*left.core, *things))
    return Head([subject], "observation/size-in-name", skip + len(things), tuple(things))


def _verb_of(left: Left) -> str:
    """The verb kept in front of what is counted: directly before the figure, else the clause's first."""
    if left.verbs:
        return "".join(t.text for t in left.verbs)
    if left.core and left.core[0].kind is Kind.VERB:
        return left.core[0].text
    return ""


def _after(right: Sequence[Token]) -> tuple[list[Token], int, bool]:
    """The words after a figure and its bound, how many were passed over, and whether 的 led to them."""
    skip = 0
    while skip < len(right) and right[skip].kind in (Kind.BOUND, Kind.MARK):
        skip += 1
    rest = list(right[skip:])
    modified = bool(rest) and rest[0].kind is Kind.OF
    if modified:
        rest, skip = rest[1:], skip + 1
        if rest and rest[0].kind in (Kind.UP, Kind.DOWN, *GROWTH_NOUNS, Kind.SHARE_NOUN):
            return [], skip, True
    opening = (Kind.NOUN, Kind.VERB, Kind.ORDINAL, Kind.ADVERB, Kind.WHERE, Kind.CAUSE, Kind.LIGHT)
    if not rest or (rest[0].kind not in opening and rest[0].text not in ("有", "稳定") and rest[0].text[0] != "“"):
        return [], skip, modified
    return rest, skip, modified


def said_of(said: Sequence[Token]) -> list[Token]:
    """What is said of the things counted, without how and when."""
    words: list[Token] = []
    for token in said:
        if token.kind in (Kind.QUANTITY, Kind.STOP) or (token.kind is Kind.AND and not words):
            break
        words.append(token)
    while words and words[0].kind in (Kind.ADVERB, Kind.TIME, Kind.WHEN, Kind.DISTRIBUTIVE, Kind.WHERE, Kind.BOUND):
        words.pop(0)
    while words and words[-1].kind in (Kind.ADVERB, Kind.BOUND, Kind.AND, Kind.MARK, Kind.BE, Kind.TO):
        words.pop()
    return words if not words or words[0].kind is not Kind.BE or words[0].text != "为" else []
