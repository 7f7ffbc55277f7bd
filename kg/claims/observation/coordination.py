"""Parallel heads: 蔬菜、生猪、禽蛋产量 are three outputs.

Invariant: restoring never loses a word: each restored head is an item with the shared words of its list.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import regex

from kg.claims.observation.lexicon import Kind, Lexicon
from kg.claims.observation.tokens import Token

_BOTH = (
    ("城乡居民", ("城镇居民", "农村居民")),
    ("城乡", ("城市", "农村")),
    ("存贷款", ("存款", "贷款")),
    ("进出口", ("进口", "出口")),
    ("内外资", ("内资", "外资")),
    ("收支", ("收入", "支出")),
)
_TOGETHER = regex.compile("第?(?P<numerals>[一二三]{2,3})(?:次)?(?:产业|产)(?P<tail>.*)")
_LONGEST_BARE = 4  # characters of an attribute that may need a modifier (贷款余额); 固定资产投资 needs none
_INDUSTRIES = {"一": "第一产业", "二": "第二产业", "三": "第三产业"}


def both_of(phrase: str) -> list[str]:
    """城乡低保标准 is 城市低保标准 and 农村低保标准; an empty list for a phrase that names one thing."""
    for both, parts in _BOTH:
        if both in phrase:
            return [phrase.replace(both, part, 1) for part in parts]
    return []


def items_of(core: Sequence[Token], mark: str = "") -> list[list[Token]]:
    """The items of a list, split at 、, 和 and the like, or at ``mark`` alone."""
    items: list[list[Token]] = [[]]
    for token in core:
        if token.kind is Kind.AND and (not mark or token.text == mark):
            items.append([])
        else:
            items[-1].append(token)
    return [item for item in items if item]


def restored(
    core: Sequence[Token],
    known: Callable[[str], bool],
    named: Callable[[str], bool],
    lexicon: Lexicon,
    count: int | None = None,
) -> list[str]:
    """The heads of a list in full: the shared noun of the last item is given to the others, the shared modifier of the
    first to the rest. ``known`` says whether words are an indicator, ``named`` whether they are one by its very name.
    ``count`` is how many are wanted: 、 alone parts the items where that gives as many, or where nobody says how many.
    """
    items = items_of(core, "、")
    if (count is not None and len(items) != count) or (count is None and len(items) == 1):
        items = items_of(core)
    texts = ["".join(t.text for t in item) for item in items]
    industries = _industries(texts)
    if industries:
        return industries
    if len(texts) == 1:
        return both_of(texts[0]) or texts
    last = items[-1]
    side = last[-1].text if last[-1].kind in (Kind.SHARE_NOUN, Kind.GROWTH_UP, Kind.GROWTH_DOWN) else ""
    if side:  # 工业投资、民间投资占比: both are shares
        return [text if text.endswith(side) else text + side for text in texts]
    head = _shared_head(items, texts, known, named, lexicon)
    result = [text + head if _lacks(text, head, texts[-1], known, lexicon) else text for text in texts[:-1]]
    result.append(texts[-1])
    return _with_modifier(items, result, named, lexicon) if last else result


def _lacks(text: str, head: str, last: str, known: Callable[[str], bool], lexicon: Lexicon) -> bool:
    """Whether ``text`` is to be given the shared ``head`` of the ``last`` item."""
    if not head or text.endswith(head):
        return False
    if head in lexicon.attributes and text[-1] == last.removesuffix(head)[-1:]:
        return True  # 规模以上工业、高技术产业、新兴产业产值
    return known(text + head) or not _complete(text, known, lexicon)


def _complete(text: str, known: Callable[[str], bool], lexicon: Lexicon) -> bool:
    return known(text) or text.endswith(lexicon.amounts)


def _shared_head(
    items: list[list[Token]],
    texts: list[str],
    known: Callable[[str], bool],
    named: Callable[[str], bool],
    lexicon: Lexicon,
) -> str:
    """What of the last item belongs to all."""
    last, others = texts[-1], texts[:-1]
    sizes = range(1, len(last) - 1)
    amounts = any(other.endswith(lexicon.amounts) for other in others)
    if all(_complete(text, known, lexicon) for text in others) and amounts:
        return ""
    for size in sizes:  # 国控、省控断面水质优良率: the items end alike
        alike = all(other.endswith(last[size - 1]) for other in others)
        if alike and (last[size:] in lexicon.attributes or all(len(other) >= size for other in others)):
            return last[size:]
    if all(_complete(text, known, lexicon) for text in others):
        return ""
    for size in sizes:  # 城镇、农村居民人均可支配收入: with the rest each is an indicator by name
        if all(named(other + last[size:]) for other in others):
            return last[size:]
    words = [t.text for t in items[-1]]
    for cut in range(1, len(words)):
        tail = "".join(words[cut:])
        if any(known(other + tail) for other in others):
            return tail
    for size in sizes:  # 蔬菜、生猪、禽蛋产量: the items are equally long
        if any(len(other) == size for other in others) and any(
            len("".join(words[:c])) == size and (len(words[c]) > 1 or words[c] in "年月日")
            for c in range(1, len(words))
        ):
            return last[size:]
    cut = max(1, min(len(items[0]), len(words) - 1))
    shared = "".join(words[cut:])
    alone = words[cut : cut + 1] == [shared[:1]] and shared[:1] not in "年月日"
    return shared[1:] if alone and shared[1:] in lexicon.attributes else shared  # 凯莱英[产值]: 英 belongs to the name


def _with_modifier(
    items: list[list[Token]], heads: list[str], named: Callable[[str], bool], lexicon: Lexicon
) -> list[str]:
    """Later items that are a bare attribute take the modifier of the first (道路交通事故起数、死亡人数)."""
    first = items[0]
    words = [t.text for t in first[:-1]] if first[-1].text in lexicon.attributes else []
    result = heads[:1]
    for head in heads[1:]:
        complete = head not in lexicon.attributes or (len(head) > _LONGEST_BARE and named(head))
        own = words[:-1] if words and head.startswith(words[-1]) else words  # 亩均增加值、亩均税收
        result.append(head if complete else "".join(own) + head)
    return result


def _industries(texts: list[str]) -> list[str]:
    """第一、二、三产业 in any of their short forms (一二三产), with what follows (增加值)."""
    together = _TOGETHER.fullmatch(texts[0]) if len(texts) == 1 else None
    if together:
        return [_INDUSTRIES[numeral] + (together["tail"] or "增加值") for numeral in together["numerals"]]
    last = texts[-1]
    for form in ("产业", "产"):
        position = last.find(form)
        if position in (1, 2) and last[:position].removeprefix("第") in _INDUSTRIES:
            tail = last[position + len(form) :]
            result = []
            for text in texts:
                numeral = text.removeprefix("第")[:1]
                if numeral not in _INDUSTRIES or len(text.replace(tail, "", 1)) > 4:
                    return []
                result.append(_INDUSTRIES[numeral] + (tail or "增加值"))
            return result
    return []
