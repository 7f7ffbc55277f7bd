"""Firms by what is said of what they make: 恒岳|10万辆电动汽车…开工, 岳吉奥|新能源汽车下线, 恒岳|贵阳总部.

Invariant: a maker's name begins its phrase and is a word that reports do not share.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.recognition.names.candidates import Candidate
from kg.recognition.names.clauses import Clause, Role
from kg.recognition.names.evidence import rare_runs
from kg.recognition.names.lexicon import Lexicon
from kg.recognition.names.likely_firms import VERY_LIKELY, likely_maker
from kg.recognition.names.shapes import span_of
from kg.recognition.names.stems import firm_stem
from kg.recognition.names.tokens import Kind
from kg.recognition.names.wares import begins_with_ware, measures_output
from kg.recognition.spans import EntityType as T

_TURNED_OUT = re.compile(
    r"(?:项目)?(?:全面|全部|正式|加快|顺利|相继|陆续|先后|如期|成功|首批)*"
    r"(?:竣工|建成投|投产|开工|动工|启动建设|复工|达产|量产|下线|签约|落户|落地|问世|面世|上市)"
)
_BRANCH = re.compile(r"(?:区域|第[一二三]|全球|中国)?(?:总部|工厂|分公司|生产基地|制造基地|研发中心|子公司)$")


_LAUNCHED = re.compile(r"(?:在[一-鿿]{2,8})?(?:成功|顺利|首次|正式)*(?:首飞|下水|发射|升空|入轨|试飞|交付使用)")
_CRAFT = re.compile(
    r"(?:^|(?<=[、和]))(?:[一-鿿]{2,6}?(?:[一二三四五六七八九十]|[A-Z]?\d{1,3})?号(?:[甲乙丙])?(?:火箭|卫星|飞船)?|[一-鿿]{1,4}[A-Z]{1,3}\d{2,4})"
)


def crafts(clause: Clause, lexicon: Lexicon) -> Iterator[Candidate]:
    """Ships, planes and rockets by their names, which are launched: 碧岳一号|下水, 岳龙AG60|首飞."""
    text = clause.text(0, len(clause.tokens))
    launched = _LAUNCHED.search(text)
    if launched is None or any(t.kind is Kind.NOTE for t in clause.tokens):
        return
    for match in _CRAFT.finditer(text, 0, launched.start()):
        whole = match.end() == launched.start() or text[match.end()] in "、和"
        opens = match.start() == 0 or text[match.start() - 1] in "、和"
        if whole and opens:
            at = clause.start
            yield Candidate(at + match.start(), at + match.end(), T.BRAND, match.group(), "name-brand", 5)


def makers(clause: Clause, lexicon: Lexicon) -> Iterator[Candidate]:
    """The makers of a clause."""
    tokens, roles = clause.tokens, clause.roles
    for phrase in clause.phrases:
        first, last = phrase.first, phrase.last
        if phrase.counted or phrase.summary or last - first < 2:
            continue
        if first and roles[first - 1] not in (Role.VERB, Role.SOFT, Role.COMMA, Role.ADVERB, Role.JOINER):
            continue
        if _acts_as_firm(clause, first, last, lexicon):
            yield _maker(clause, first, last)
            continue
        if tokens[first].kind is not Kind.WORD:
            continue
        where = _before_branch(clause, first, last, lexicon)
        if where is not None:
            yield _maker(clause, first, where)
            continue
        stem = firm_stem(clause, first, last, lexicon, listed=False)
        if stem is None and (likely := likely_maker(clause, first, last, lexicon)) is not None:
            yield _maker(clause, first, likely)
        if stem is None or stem[0] != first or stem[1] >= last:
            continue
        if begins_with_ware(clause.text(stem[1], last)) and _TURNED_OUT.match(clause.after(last)):
            yield _maker(clause, *stem)
    for index in range(1, len(tokens) - 2):
        if tokens[index].kind is Kind.NUMBER and measures_output(clause.text(index + 1, index + 3)):
            begin = _before_output(clause, index, lexicon)
            following = next((n for n in range(index + 2, len(tokens)) if tokens[n].text not in "/年"), len(tokens))
            if begin is None or following == len(tokens) or roles[following] is not Role.CONTENT:
                continue
            named = bool(rare_runs(tokens[begin:index], lexicon)) and tokens[following].pos[:1] in ("n", "l")
            named |= lexicon.odds.of(clause.text(begin, index)[:2]) > VERY_LIKELY
            if named or begins_with_ware(clause.after(following)):
                yield _maker(clause, begin, index)


def _before_output(clause: Clause, index: int, lexicon: Lexicon) -> int | None:
    """Where the name right before an output begins: 恒岳|10万辆…, after a verb or 、 or at the beginning."""
    first = index
    while first and clause.tokens[first - 1].kind is Kind.WORD and clause.roles[first - 1] is Role.CONTENT:
        first -= 1
    if first and clause.roles[first - 1] not in (Role.VERB, Role.COMMA, Role.ADVERB, Role.NOTE):
        return None
    words, text = clause.tokens[first:index], clause.text(first, index)
    runs = rare_runs(words, lexicon)
    whole = runs == [(0, len(words))] or (len(words) == 1 and _own_word(clause, first, lexicon))
    other = text in lexicon.common or lexicon.head_of(text) is not None or begins_with_ware(text)
    return first if whole and 2 <= len(text) <= 5 and not other and text[-1] not in lexicon.cues["material"] else None


_GOES_PUBLIC = frozenset({"上市", "挂牌", "过会"})
_STRONG_TRADE = re.compile(r"汽车|重工|重型|制药|[^农工林牧渔产旅商茶酒物]业|钢铁|化工|机械|水泥|航空")


def _acts_as_firm(clause: Clause, first: int, last: int, lexicon: Lexicon) -> bool:
    """Whether a place or an uncommon word and a trade do what firms do: 长岳|汽车|获批…."""
    own, trade = clause.tokens[first], clause.tokens[last - 1]
    if last - first != 2 or not _STRONG_TRADE.fullmatch(trade.text) or clause.text(first, last) in lexicon.common:
        return False
    placed = own.kind is Kind.PLACE and len(own.text) == 2
    word = own.kind is Kind.WORD and len(own.text) == 2 and lexicon.odds.of(own.text) > 1
    if not placed and (not word or own.text in lexicon.common):
        return False
    roles = clause.roles
    deed = next((t.text for n, t in enumerate(clause.tokens) if n >= last and roles[n] is not Role.ADVERB), "")
    return lexicon.is_a(deed, "award") or deed in _GOES_PUBLIC


def _before_branch(clause: Clause, first: int, last: int, lexicon: Lexicon) -> int | None:
    """Where the place stands in which the firm that begins a phrase has a branch: 恒岳|贵阳|总部, 铭岳钢构|贵阳|…."""
    tokens = clause.tokens
    where = next((n for n in range(first + 1, last - 1) if tokens[n].kind is Kind.PLACE), None)
    if where is None or not _BRANCH.search(clause.text(where + 1, last)):
        return None
    if where == first + 1:
        return where if _own_word(clause, first, lexicon) else None
    words, text = tokens[first:where], clause.text(first, where)
    plain = all(t.kind is Kind.WORD and not lexicon.is_a(t.text, "general", "soft", "function") for t in words)
    trade = lexicon.is_a(words[-1].text, "enterprise-trade", "firm-end") and not lexicon.is_a(
        words[0].text, "enterprise-trade"
    )
    own = bool(rare_runs(words, lexicon)) or (len(text) == 2 and lexicon.odds.of(text) > 0) or trade
    return where if plain and own and 2 <= len(text) <= 6 and text not in lexicon.common else None


def _own_word(clause: Clause, index: int, lexicon: Lexicon) -> bool:
    token = clause.tokens[index]
    general = lexicon.is_a(token.text, "general", "soft", "function", "nominal", "project-tail")
    return 2 <= len(token.text) <= 4 and token.pos[:1] == "n" and not general and lexicon.head_of(token.text) is None


def _maker(clause: Clause, first: int, last: int) -> Candidate:
    span, name = span_of(clause, first, last), clause.text(first, last)
    return Candidate(*span, T.ENTERPRISE, name, "name-firm-of-project", 3, nested=True)
