"""The name of what a figure measures: the report's words, closed with the noun its unit asks for.

Invariant: a name holds no place, time or bound; a count ends in 数, an area in 面积, a length in 里程 or 长度, money in
an amount.
"""

from __future__ import annotations

from dataclasses import dataclass

import regex

from kg.claims.claim import Measure
from kg.claims.observation.clause import Cell
from kg.claims.observation.draft import PERCENT, Subject
from kg.claims.observation.lexicon import Kind, Lexicon
from kg.vocabulary.vocabulary import Vocabulary

_TRAILING = regex.compile("(?:的|了|等|平均|[、，和与“‘（]|(?<![惠普涉波触])及)+$")
_LEADING = regex.compile("^(?:的|了|[、，和与及”’）])+")
_COUNTED = frozenset({"count", "persons", "person_times", "households", "livestock", "container"})
_COUNTS = ("数", "人次", "场次", "批次", "出栏", "存栏")
_CAPACITIES = ("产能", "能力")  # in pieces or heads; of works and firms they are what is counted
_WORKS = frozenset("项家所个处座户")
_COUNT_SUFFIX = {
    "套": "套数",
    "场": "场次",
    "场次": "场次",
    "人次": "人次",
    "批次": "批次",
    "笔": "笔数",
    "批": "批次",
    "起": "起数",
    "架次": "架次",
    "班": "班次",
}


def clean(phrase: str, lexicon: Lexicon) -> str:
    """``phrase`` without loose particles and without nouns that only say that it is work to be done."""
    phrase = str(_LEADING.sub("", _TRAILING.sub("", phrase)))
    for tail in lexicon.tails:
        if phrase.endswith(tail) and len(phrase) > len(tail) + 1:
            return str(_TRAILING.sub("", phrase.removesuffix(tail)))
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
        if phrase.endswith(_CAPACITIES) and bare not in _WORKS:
            return phrase
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
    if dimension in ("mass", "volume", "energy", "energy_coal"):
        return phrase + "量"
    if dimension in ("power", "steam", "apparent_power"):
        return phrase + "容量"
    if dimension in ("", "count", "livestock", "container") and unit:
        return phrase + "数"
    return phrase


@dataclass(frozen=True, slots=True)
class Namer:
    """Names by the lexicon and the vocabulary."""

    lexicon: Lexicon
    vocabulary: Vocabulary

    def dimension(self, cell: Cell) -> str:
        """What kind of quantity the figure's unit measures; "count" for a unit the vocabulary does not know."""
        if not cell.number.unit:
            return ""
        unit = self.vocabulary.unit_for(cell.number.unit)
        if unit and unit.dimension == "rank" and cell.right and cell.right[0].kind is Kind.NOUN:
            return "persons"  # 100位母亲
        return unit.dimension if unit else "count"

    def relative(self, cell: Cell) -> bool:
        """Whether the figure is a percentage or a multiple."""
        unit = cell.number.unit
        return unit in PERCENT or unit in ("倍", "番", "成") or self.dimension(cell) == "times"

    def known(self, phrase: str) -> bool:
        """Whether ``phrase`` is an indicator, by name or by the head it ends in."""
        return bool(self.vocabulary.indicator_for(phrase))

    def named(self, phrase: str) -> bool:
        """Whether ``phrase`` is an indicator by its very name."""
        return self.vocabulary.wording.canonical(phrase) in self.vocabulary.indicator_labels

    def is_rate(self, phrase: str) -> bool:
        """Whether the vocabulary knows ``phrase`` as a rate although it ends like a growth (人口自然增长率)."""
        concept = self.vocabulary.indicators.get(self.vocabulary.indicator_for(phrase))
        return concept is not None and concept.measure == "share"

    def bare_percent(self, phrase: str) -> Measure:
        """What a percentage measures that nothing moves: a share, unless the vocabulary knows a level (its growth)."""
        concept = self.vocabulary.indicators.get(self.vocabulary.indicator_for(phrase))
        rate = phrase.endswith(("率", "占比", "比重", "比例", "度", "强度"))
        return Measure.GROWTH if concept and concept.measure == "level" and not rate else Measure.SHARE

    def level(self, subject: Subject, cell: Cell) -> str:
        """The name of ``subject`` for the level that ``cell`` gives."""
        base = clean(subject.base, self.lexicon)
        if cell.number.unit in PERCENT:
            return base
        return level_name(base, self.dimension(cell), cell.number.unit, self.lexicon)

    def topic(self, phrase: str, verb: str) -> str:
        """The thing a subject is of: without the verb in front and the attribute behind."""
        plain = verb in self.lexicon.inheritable or verb in self.lexicon.predicates
        topic = clean(phrase.removeprefix(verb if plain else ""), self.lexicon) or phrase
        for attribute in self.lexicon.attributes_longest_first:
            if topic.endswith(attribute) and len(topic) > len(attribute) + 1:
                rest = topic.removesuffix(attribute)
                return rest.removesuffix("总") or rest
        return topic
