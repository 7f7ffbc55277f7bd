"""Firms by name and trade (双元|铝业), firms that go public, and the names the whole country shares.

Invariant: what is proposed here may lie inside a longer name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.recognition.names.candidates import Candidate
from kg.recognition.names.clauses import Clause, Role
from kg.recognition.names.evidence import rare_runs
from kg.recognition.names.lexicon import Lexicon
from kg.recognition.names.listings import items_before
from kg.recognition.names.shapes import span_of
from kg.recognition.names.tokens import Kind
from kg.recognition.names.wares import begins_with_ware
from kg.recognition.spans import EntityType as T

_LONGEST = 14  # words of a known name
_LONG = 10  # characters of a known name that no other reading may part


def firms(clause: Clause, lexicon: Lexicon) -> Iterator[Candidate]:
    """An unknown name followed by a trade is a firm, wherever it stands."""
    tokens, roles = clause.tokens, clause.roles
    for index, token in enumerate(tokens):
        alone = (index == 0 or roles[index - 1] is not Role.CONTENT) and (
            index + 1 == len(tokens) or roles[index + 1] is not Role.CONTENT
        )
        whole = token.kind is Kind.WORD and token.pos in ("nz", "nt") and len(token.text) >= 4
        if whole and alone and token.text not in lexicon.common and token.text not in lexicon.compounds:
            trade = next((t for t in lexicon.cues["enterprise-trade"] if token.text.endswith(t)), "")
            own = token.text.removesuffix(trade)
            if trade and own not in lexicon.common and not lexicon.is_a(own, "general", "soft"):
                yield Candidate(token.start, token.end, T.ENTERPRISE, token.text, "name-firm-trade", 2, nested=True)
    for first, stop in (*rare_runs(tokens, lexicon), *_syllables(clause, lexicon)):
        last = stop
        while (
            last < len(tokens)
            and tokens[last].kind is Kind.WORD
            and lexicon.is_a(tokens[last].text, "enterprise-trade")
        ):
            last += 1
        text = clause.text(first, last)
        if last == stop or len(text) < 3 or text in lexicon.common or _among_industries(clause, first, last, lexicon):
            continue
        if (
            last < len(tokens)
            and roles[last] in (Role.CONTENT, Role.SOFT)
            and not lexicon.is_a(tokens[last].text, "phase", "project-tail")
        ):
            continue  # a trade that goes on (…智能|装备|产业园) is no end of a firm's name
        yield Candidate(*span_of(clause, first, last), T.ENTERPRISE, text, "name-firm-trade", 2, nested=True)


def _among_industries(clause: Clause, first: int, last: int, lexicon: Lexicon) -> bool:
    """Whether the other members of a row are industries or products: 深海科技 in 航空航天、深海科技、飞机维修."""
    roles, others = clause.roles, []
    if first and roles[first - 1] is Role.COMMA:
        begin = first - 1
        while begin and roles[begin - 1] in (Role.CONTENT, Role.SOFT):
            begin -= 1
        others.append((begin, first - 1))
    if last < len(roles) and roles[last] is Role.COMMA:
        end = last + 1
        while end < len(roles) and roles[end] in (Role.CONTENT, Role.SOFT):
            end += 1
        others.append((last + 1, end))
    texts = [clause.text(*other) for other in others]
    if any(rare_runs(clause.tokens[a:b], lexicon) or clause.tokens[a].kind is Kind.PLACE for a, b in others if a < b):
        return False
    return any(t in lexicon.common or begins_with_ware(t) for t in texts)


_GOES_PUBLIC = re.compile(
    r"(?:已|成功|顺利|先后|相继|分别|实现|正式|首次|成为)*[在于]?(?:登陆)?“?(?:主板|创业板|科创板|新三板|北交所|A股|深交所|上交所|港交所|香港|纳斯达克)"
    r"[^，。；、]{0,6}?(?:上市|挂牌|过会|首发)"
)
_LONGEST_NAME = 8


def listed_firms(clause: Clause, lexicon: Lexicon) -> Iterator[Candidate]:
    """Who goes public is a firm: 恒岳|、金源|成功在科创板上市."""
    match = _GOES_PUBLIC.search(clause.text(0, len(clause.tokens)))
    if match is None:
        return
    at, index = 0, 0
    while index < len(clause.tokens) and at < match.start():
        if clause.tokens[index].kind is not Kind.NOTE:
            at += len(clause.tokens[index].text)
        index += 1
    for first, last in items_before(clause, index, lexicon) if at == match.start() else ():
        text = clause.text(first, last)
        words = clause.tokens[first:last]
        head = lexicon.head_of(text)
        plain = all(t.kind in (Kind.WORD, Kind.PLACE) for t in words) and words[-1].kind is Kind.WORD
        known = text in lexicon.common or text in lexicon.known or any(lexicon.is_a(t.text, "general") for t in words)
        other = (
            head is not None
            and head[1].type is not T.ENTERPRISE
            and not any(text.endswith(t) for t in lexicon.cues["enterprise-trade"])
        )
        if plain and not known and not other and 2 <= len(text) <= _LONGEST_NAME:
            yield Candidate(*span_of(clause, first, last), T.ENTERPRISE, text, "name-firm-listed", 5)


def _syllables(clause: Clause, lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """Two or three single characters in a row before a trade: a name that segmentation broke (恒|远|药业)."""
    tokens = clause.tokens
    for index in range(2, len(tokens)):
        if len(tokens[index].text) < 2 or not lexicon.is_a(tokens[index].text, "enterprise-trade"):
            continue
        first = index
        while first and tokens[first - 1].kind is Kind.WORD and len(tokens[first - 1].text) == 1:
            if clause.roles[first - 1] is not Role.CONTENT or tokens[first - 1].pos[:1] in ("m", "q", "u", "p", "c"):
                break
            first -= 1
        opens = first == 0 or clause.roles[first - 1] is not Role.CONTENT
        plain = not any(c in lexicon.cues["material"] for c in clause.text(first, index))
        if 2 <= index - first <= 3 and opens and plain and clause.text(first, index) not in lexicon.common:
            yield first, index


_POINTS = frozenset({".", "．", "·"})


def _apart(clause: Clause, first: int, last: int, lexicon: Lexicon) -> bool:
    """Whether tokens ``first`` to ``last`` are no part of a longer name: 全国|…改革试点 is one, and …示范|县."""
    opens = clause.tokens[first - 1] if first else None
    numbered = opens is None or opens.kind is Kind.NUMBER or opens.text in _POINTS  # 25.|…三年行动 in a list of notes
    before = numbered or clause.roles[first - 1] not in (Role.CONTENT, Role.SOFT)
    after = last == len(clause.tokens) or clause.roles[last] not in (Role.CONTENT, Role.SOFT)
    return before and (after or lexicon.is_a(clause.tokens[last].text, "tail-work"))


_NOT_OF_A_FIRM = frozenset({"路", "街", "精神", "村", "镇", "乡", "山", "湖", "桥"})
_STANDS_ALONE = (T.PROGRAMME, T.POLICY, T.EVENT, T.ORGANIZATION, T.ENTERPRISE, T.ZONE, T.FACILITY, T.BRAND)


def _with_trade(clause: Clause, last: int, lexicon: Lexicon) -> int:
    """The index after the trade and legal form of a known firm; a trade that goes on is its product (智能|电视)."""
    tokens, roles = clause.tokens, clause.roles
    stop = last
    while stop < len(tokens) and roles[stop] is Role.CONTENT and lexicon.is_a(tokens[stop].text, "enterprise-trade"):
        stop += 1
    legal = stop < len(tokens) and tokens[stop].text in ("集团", "公司", "有限公司")
    if legal:
        return stop + 1
    goes_on = stop < len(tokens) and roles[stop] is Role.CONTENT and tokens[stop].text not in ("项目", "工程")
    goes_on = goes_on and not lexicon.is_a(tokens[stop].text, "phase")
    goes_on = goes_on and (lexicon.is_a(tokens[stop - 1].text, "general") or tokens[stop - 1].text in _SOFT_TRADES)
    return last if goes_on else stop


_RANKS = frozenset({"省长", "市长", "县长", "区长", "州长", "代省长", "代市长", "代县长", "代区长", "主席"})
_SOFT_TRADES = frozenset({"新能源", "电池", "新材料", "生物医药", "半导体", "光伏", "物流", "燃气"})


def _is_part_of_word(clause: Clause, index: int, last: int, text: str, lexicon: Lexicon) -> bool:
    """Whether a known short name is part of a person's or region's name or an everyday word: 李|小鹏, 万达|开."""
    tokens, roles = clause.tokens, clause.roles
    if len(text) > 3:
        return False
    before = tokens[index - 1] if index else None
    after = tokens[last] if last < len(tokens) else None
    if before is not None and before.kind is Kind.WORD and len(before.text) == 1 and before.pos == "nr":
        return True
    if before is not None and before.text in _RANKS and after is None and index < 4:
        return True  # 市长|包钢, who speaks
    if before is not None and before.kind is Kind.PLACE and len(text) == 2 and roles[last : last + 1] in _ENDS_ITEMS:
        return True  # 花溪|小米、…等品牌
    single = after is not None and after.kind is Kind.WORD and len(after.text) == 1 and "一" <= after.text <= "鿿"
    if after is not None and single and len(text) == 2 and roles[last] is Role.CONTENT:
        return after.text not in _LINES and not lexicon.is_a(after.text, "phase", "general")
    said = before is not None and before.kind is Kind.WORD and (before.text == "了" or before.pos[:1] == "n")
    return text in lexicon.common and said and (after is None or after.kind is Kind.COMMA)  # 带来了|新希望, 客源|浪潮


_ENDS_ITEMS = ((Role.COMMA,), (Role.ETC,))
_LINES = frozenset("厂园城")


def known(clause: Clause, lexicon: Lexicon) -> Iterator[Candidate]:
    """Names the whole country shares, where they stand as words of their own."""
    tokens, roles = clause.tokens, clause.roles
    index = 0
    while index < len(tokens):
        if tokens[index].kind in (Kind.QUOTE, Kind.BOOK, Kind.COMMA, Kind.NOTE):
            index += 1
            continue
        text, best = "", None
        for last in range(index, min(len(tokens), index + _LONGEST)):
            text += tokens[last].text
            kind = lexicon.known.get(text)
            if (
                kind in _STANDS_ALONE
                and len(text) >= 2
                and (
                    kind is not T.PROGRAMME
                    or (len(text) > 3 and text not in lexicon.short)
                    or (len(text) == 3 and text.endswith("制"))
                )
            ):
                best = (last + 1, text, kind)
        if best is None:
            index += 1
            continue
        last, text, kind = best
        brief = lexicon.short.get(text, "").endswith("大学") and len(text) == 2 and last < len(tokens)
        if brief and roles[last] is Role.CONTENT and (len(tokens[last].text) == 1 or "园" in tokens[last].text):
            index = last
            continue  # 北大|壶, 清华|科技园
        if kind is T.ENTERPRISE and last < len(tokens) and tokens[last].text in _NOT_OF_A_FIRM:
            index = last
            continue  # 恒岳|路, 恒岳|精神
        if kind is T.ENTERPRISE and _is_part_of_word(clause, index, last, text, lexicon):
            index = last
            continue
        if kind is T.ENTERPRISE:
            last = _with_trade(clause, last, lexicon)
            text = clause.text(index, last)
            if (
                last < len(tokens)
                and roles[last] is Role.CONTENT
                and rare_runs(tokens[last : last + 3], lexicon)[:1] == [(0, 1)]
            ):
                index = last
                continue
        name = lexicon.short.get(text, text)
        if kind is not T.ENTERPRISE and last < len(tokens) and tokens[last].kind is Kind.BRACKET and tokens[last].code:
            name += tokens[last].text  # 中欧班列（重庆）
            last += 1
        long = (len(text) >= _LONG or "“" in text) and _apart(clause, index, last, lexicon)
        yield Candidate(
            tokens[index].start, tokens[last - 1].end, kind, name, "name-known", 8 if long else 4, nested=not long
        )
        index = last
