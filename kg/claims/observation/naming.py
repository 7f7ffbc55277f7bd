"""The name of what a figure measures: the report's words, closed with the noun its unit asks for.

Invariant: a name holds no place, time or bound; a count ends in 数, an area in 面积, a length in 里程 or 长度, money in an amount.
"""

from __future__ import annotations

import regex

from kg.claims.observation.lexicon import Lexicon

_PERSON = regex.compile("(?:人|群众|员|生|者|劳动力|农民|居民|干部|老人|对象|儿童|妇女|人才|名师|医生|教师|选手|人口|职工|户主|官|兵|族)$")
_TRAILING = regex.compile("(?:的|了|等|平均|[、，和与“‘（]|(?<![惠普涉波触])及)+$")
_LEADING = regex.compile("^(?:的|了|[、，和与及”’）])+")
_COUNTED = frozenset({"count", "persons", "person-times", "households", "livestock", "container"})
_COUNTS = ("数", "人次", "场次", "批次", "出栏", "存栏")
_COUNT_SUFFIX = {"套": "套数", "场": "场次", "场次": "场次", "人次": "人次", "批次": "批次", "笔": "笔数", "批": "批次", "起": "起数", "架次": "架次", "班": "班次"}


def clean(phrase: str, lexicon: Lexicon) -> str:
    """``phrase`` without loose particles and without nouns that only say that it is work to be done."""
    phrase = _LEADING.sub("", _TRAILING.sub("", phrase))
    for tail in lexicon.tails:
        if phrase.endswith(tail) and len(phrase) > len(tail) + 1:
            return _TRAILING.sub("", phrase.removesuffix(tail))
    return phrase


def level_name(phrase: str, dimension: str, unit: str, lexicon: Lexicon) -> str:
    """The name of a level given in ``unit``."""
    phrase = clean(phrase, lexicon)
    if phrase.endswith("）") and "（" in phrase and phrase[: phrase.rindex("（")].endswith(lexicon.amounts):
        return phrase  # 出口总额（不含省属企业）
    bare = unit.lstrip("万亿千百十")
    if not phrase:
        return phrase
    if dimension == "power" and phrase.endswith("装机"):
        return phrase + "容量"
    if dimension in _COUNTED or not dimension:
        if phrase.endswith(_COUNTS) or (phrase.endswith("量") and not phrase.endswith("质量")):
            return phrase
    elif phrase.endswith(lexicon.amounts):
        return phrase
    if bare in _COUNT_SUFFIX:
        suffix = _COUNT_SUFFIX[bare]
        return phrase if phrase.endswith(suffix) else phrase + suffix
    if dimension == "persons" or bare in ("人", "名"):
        return phrase + ("数" if phrase.endswith(("人", "人口")) else "人数")
    if dimension == "households":
        return phrase + ("数" if phrase.endswith(lexicon.firms) else "户数")
    if dimension == "money":
        return phrase + "额"
    if dimension == "area":
        return phrase + "面积"
    if dimension == "length":
        return phrase + ("里程" if phrase.endswith(lexicon.lengthwise) else "长度")
    if dimension in ("mass", "volume", "energy", "energy-coal"):
        return phrase + "量"
    if dimension in ("power", "steam", "apparent-power"):
        return phrase + "容量"
    if dimension in ("", "count", "livestock", "container") and unit:
        return phrase + "数"
    return phrase


def is_person(phrase: str) -> bool:
    """Whether ``phrase`` ends in a word for people."""
    return bool(_PERSON.search(phrase))
