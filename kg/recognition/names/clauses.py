"""Clauses as phrases: stretches that may hold a name, the verbs that govern them, and how they are coordinated.

Invariant: phrases of a clause are in text order and do not overlap; no phrase holds a verb that governs it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from kg.recognition.names.lexicon import Lexicon
from kg.recognition.names.routes import (
    LINE_ENDS,
    between_initials,
    ends_initials,
    in_initials,
    inside_initials,
    joins_ends,
    listed_alike,
)
from kg.recognition.names.tokens import Kind, Token
from kg.recognition.spans import EntityType


class Role(StrEnum):
    """What a token does in its clause."""

    CONTENT = "content"
    VERB = "verb"  # governs what follows
    SOFT = "soft"  # verb or noun: a verb where a phrase begins
    ADVERB = "adverb"
    FUNCTION = "function"
    JOINER = "joiner"  # 和, 与, 及
    COMMA = "comma"  # 、
    COUNT = "count"  # 12个, 一批
    ETC = "etc"  # 等
    NOTE = "note"


@dataclass(slots=True)
class Phrase:
    """Tokens ``first`` to ``last`` (exclusive) of a clause. ``wide`` is where it begins with leading words that may be
    verbs (提升…行动); ``verbs`` are what governs it, in text order; ``joined`` says it follows 、 or a conjunction
    directly; ``counted`` that a number of things precedes it; ``summary`` that it sums up a list (…等5个项目).
    """

    first: int
    last: int
    wide: int
    verbs: tuple[str, ...] = ()
    joiner: str = ""
    counted: bool = False
    summary: bool = False


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of a sentence between stops, as tokens with roles and as phrases."""

    start: int
    end: int
    tokens: tuple[Token, ...]
    roles: tuple[Role, ...]
    phrases: tuple[Phrase, ...] = field(default=())

    def text(self, first: int, last: int) -> str:
        """The characters of tokens ``first`` to ``last`` (exclusive), footnote marks left out."""
        return "".join(t.text for t in self.tokens[first:last] if t.kind is not Kind.NOTE)

    def after(self, last: int) -> str:
        """What follows token ``last`` (exclusive end) in the clause."""
        return "".join(t.text for t in self.tokens[last:])

    def before(self, first: int) -> str:
        """What precedes token ``first`` in the clause."""
        return "".join(t.text for t in self.tokens[:first])


_COUNT_WORD = re.compile(
    r"^[一二两三四五六七八九十百千多几首数]{1,4}(?:余|多)?(?:个|项|座|条|家|所|批|处|套|类|种|对|支|栋|台|大批|系列|场|场次|名|位|次)$"
)
_NUMERAL = re.compile(r"^[一二两三四五六七八九十百千万亿余多几]+$")
_DASHES = ("—", "-", "–", "~")
_SCALE = re.compile(r"^[万亿千百]?(?:余|多)?(.*)$")


def clauses(tokens: Sequence[Token], lexicon: Lexicon) -> Iterator[Clause]:
    """The clauses of a sentence's tokens."""
    first = 0
    for index, token in enumerate((*tokens, None)):
        if token is not None and token.kind is not Kind.STOP:
            continue
        part = tuple(tokens[first:index])
        first = index + 1
        if part:
            yield _clause(part, lexicon)


def _clause(tokens: tuple[Token, ...], lexicon: Lexicon) -> Clause:
    roles = _roles(tokens, lexicon)
    return Clause(tokens[0].start, tokens[-1].end, tokens, roles, tuple(_phrases(tokens, roles, lexicon)))


def _roles(tokens: Sequence[Token], lexicon: Lexicon) -> tuple[Role, ...]:
    roles = [_role(token, lexicon) for token in tokens]
    for index, token in enumerate(tokens):
        text = token.text
        following = tokens[index + 1].text if index + 1 < len(tokens) else ""
        if roles[index] in _GRAMMAR and len(text) == 1 and _in_unknown_name(tokens, roles, index, lexicon):
            roles[index] = Role.CONTENT
        if roles[index] is Role.CONTENT and lexicon.is_a(text, "locative") and index and roles[index - 1] in _NOUNS:
            follows = tokens[index + 1] if index + 1 < len(tokens) else None
            passage = follows is not None and follows.text in ("通道", "大桥", "隧道", "高速", "铁路", "高铁", "城际")
            if follows is not None and len(tokens[index - 1].text) == 1:
                owner = lexicon.heads.get(follows.text)
                passage |= owner is not None and owner.type is EntityType.ENTERPRISE  # 立|中|集团
            passage |= index > 1 and tokens[index - 2].text == "·"  # 岳岭·山|上|牧场
            passage |= text in "上下" and following in _STEPPED  # 岳坡|上|水库
            if not passage and (follows is None or follows.kind is not Kind.WORD or len(follows.text) > 1):
                roles[index] = Role.FUNCTION
        if roles[index] in _GRAMMAR and listed_alike(tokens, index):
            roles[index] = Role.CONTENT
        if roles[index] in _GRAMMAR and len(text) == 1 and inside_initials(tokens, index):
            roles[index] = Role.CONTENT
        if roles[index] in _GRAMMAR and len(text) == 1 and in_initials(tokens, index):
            roles[index] = Role.CONTENT
        if text == "更多":
            roles[index] = Role.COUNT
        if token.kind is Kind.COMMA and _between_levels(tokens, index):
            roles[index] = Role.CONTENT  # 市、区两级
        if text == "年" and index and tokens[index - 1].text == "/":
            roles[index] = Role.CONTENT  # 10万吨/年
        if text in ("至", "到", "经") and joins_ends(tokens, index):
            roles[index] = Role.CONTENT
        if (
            text in _NEW
            and index
            and roles[index - 1] in _NOUNS
            and following
            and roles[index + 1] not in (Role.COMMA, Role.VERB, Role.ADVERB)
            and not following.startswith(("项目", "工程"))
        ):
            roles[index] = Role.VERB  # …集团|新建|…基地
        if text in _DEEDS_OF_BODIES and index and index + 1 < len(tokens) and _body_acts(tokens, roles, index, lexicon):
            roles[index] = Role.VERB  # 某大学|共建|…校区
        if roles[index] in _GRAMMAR and _says_which_works(tokens, roles, index):
            roles[index] = Role.CONTENT
        if roles[index] in _GRAMMAR and len(text) == 1 and _ends_initials(tokens, roles, index):
            roles[index] = Role.CONTENT
        if text in _QUALITIES and index + 1 < len(tokens) and _noun_follows(tokens[index + 1], roles[index + 1]):
            roles[index] = Role.CONTENT
        deed = roles[index] in (Role.VERB, Role.ADVERB) and lexicon.is_a(text, "inner-verb")
        if deed and _inside_a_name(tokens, roles, index, lexicon):
            roles[index] = Role.CONTENT
        if token.kind is Kind.NUMBER or (_NUMERAL.match(text) and token.kind is Kind.WORD):
            measure = _SCALE.match(following)
            unit = measure[1] if measure else ""
            third = tokens[index + 2].text if index + 2 < len(tokens) else ""
            if lexicon.is_a(following, "measure"):
                roles[index] = roles[index + 1] = Role.COUNT
            elif not unit and lexicon.is_a(third, "measure"):
                roles[index] = roles[index + 1] = roles[index + 2] = Role.COUNT
            elif unit and unit != following and lexicon.is_a(unit, "measure"):
                roles[index] = roles[index + 1] = Role.COUNT
        elif (
            _COUNT_WORD.match(text)
            and text != "首位"
            and not (text in ("一类", "二类") and _PORTS.match(following))  # 某港二类|水运口岸
            and not (_ROUND.fullmatch(text) and _names_campaign(tokens, index, lexicon))
            and not (text[-1] == "条" and index and lexicon.is_a(following, "class-policy", "measures"))
        ):
            roles[index] = Role.COUNT
        elif (
            text in _DASHES
            and 0 < index < len(tokens) - 1
            and tokens[index - 1].kind is tokens[index + 1].kind is Kind.PLACE
            and not LINE_ENDS.match("".join(t.text for t in tokens[index + 2 :]))
        ):
            roles[index] = Role.COMMA
    return tuple(roles)


_STEPPED = frozenset({"水库", "电站", "水电站"})  # of a stair of two the upper and the lower
_BOTH_LEVELS = re.compile(r"(?:[省市县区州乡镇村]、)?[省市县区州乡镇村][两三四五]级")
_LEVEL_BEFORE = re.compile(r"[省市县区州乡镇]")


def _between_levels(tokens: Sequence[Token], index: int) -> bool:
    """Whether a comma stands between levels of government that are spoken of together: 市|、|县两级…."""
    before = tokens[index - 1].text if index else ""
    after = "".join(t.text for t in tokens[index + 1 : index + 6])
    return bool(_LEVEL_BEFORE.fullmatch(before)) and bool(_BOTH_LEVELS.match(after))


_PORTS = re.compile(r"口岸|水运|水路|航空|铁路|公路|陆路|陆运")
_ROUND = re.compile(r"(?:[百千万]|双[百千])[家名个村企人户镇校]")
_CAMPAIGN = re.compile(r"(?:行动|工程|计划|活动)(?![一-鿿]*(?:项目|资金|方案))")
_LONGEST_CAMPAIGN = 9  # words of a campaign's name


def _names_campaign(tokens: Sequence[Token], index: int, lexicon: Lexicon) -> bool:
    """Whether a round number is the first word of a campaign's name, or one inside it: 实施|百名匠人培育工程."""
    first = index
    while first and tokens[first - 1].kind is Kind.WORD and index - first < _LONGEST_CAMPAIGN:
        if lexicon.is_a(tokens[first - 1].text, "anchor") or lexicon.is_a(tokens[first - 1].text[2:], "anchor"):
            break
        first -= 1
    else:
        return False
    if first < index and not _ROUND.fullmatch(tokens[first].text):
        return False
    rest = ""
    for token in tokens[index + 1 : index + _LONGEST_CAMPAIGN]:
        if token.kind is not Kind.WORD or token.text in _PARTICLES:
            break
        rest += token.text
    return bool(_CAMPAIGN.search(rest))


_DEEDS_OF_BODIES = frozenset({"共建", "建设", "打造", "创建"})


def _body_acts(tokens: Sequence[Token], roles: Sequence[Role], index: int, lexicon: Lexicon) -> bool:
    """Whether a verb stands between a body or firm and what it builds."""
    headed = lexicon.head_of(tokens[index - 1].text)
    owner = headed[1] if headed is not None and len(headed[0]) > 1 else None
    bodies = {EntityType.ORGANIZATION, EntityType.ENTERPRISE}
    if tokens[index].text == "共建":
        bodies.add(EntityType.ZONE)
    if owner is None or owner.weak or owner.type not in bodies or roles[index + 1] not in _NOUNS:
        return False
    return tokens[index].text == "共建" or tokens[index + 1].text not in lexicon.cues["tail-work"]


def _says_which_works(tokens: Sequence[Token], roles: Sequence[Role], index: int) -> bool:
    """Whether a verb after a count or 等 says which works a list is of: 等50个|续建|项目, 等|建成|项目."""
    after = tokens[index + 1].text if index + 1 < len(tokens) else ""
    told = after.endswith(("项目", "工程")) and len(after) <= _LONGEST_CLASS
    state = bool(_STATE_OF_WORKS.fullmatch(tokens[index].text))
    return told and state and index > 0 and roles[index - 1] in (Role.COUNT, Role.ETC)


_STATE_OF_WORKS = re.compile(
    r"[续新在拟]建|(?:新|已|拟)?(?:开工|竣工|投产|签约|落地|复工|入库|达产|建成|引进|储备|谋划|招引)"
)
_LONGEST_CLASS = 4  # characters: 重点项目


def _ends_initials(tokens: Sequence[Token], roles: Sequence[Role], index: int) -> bool:
    """Whether a character is the second of a line's initials, the first of which stands by itself."""
    alone = index < 2 or roles[index - 2] not in _NOUNS
    return alone and roles[index - 1] is Role.CONTENT and ends_initials(tokens, index)


_QUALITIES = frozenset({"高质量", "高水平", "高品质", "高效能"})


def _noun_follows(token: Token, role: Role) -> bool:
    return token.text == "发展" or (role is Role.CONTENT and token.pos.startswith("n") and len(token.text) > 1)


def _inside_a_name(tokens: Sequence[Token], roles: Sequence[Role], index: int, lexicon: Lexicon) -> bool:
    """Whether a verb stands inside a compound that ends with a head: 现代服务业|集聚|示范区.

    After a place, a firm or a body it is what these do.
    """
    if not 0 < index < len(tokens) - 1 or roles[index - 1] not in _NOUNS or roles[index + 1] not in _NOUNS:
        return False
    before = tokens[index - 1]
    owner = lexicon.heads.get(before.text)
    if before.kind is not Kind.WORD or (owner is not None and not owner.weak):
        return False
    last = index + 1
    while last < len(tokens) and roles[last] in _NOUNS:
        if tokens[last].kind is not Kind.WORD:
            return False
        last += 1
    text = "".join(t.text for t in tokens[index + 1 : last])
    return any(lexicon.head_of(text[:n]) is not None for n in range(2, len(text) + 1))


_GRAMMAR = (Role.FUNCTION, Role.ADVERB, Role.VERB, Role.SOFT, Role.JOINER)
_NEW = frozenset({"新建", "续建", "改建"})
_NOUNS = (Role.CONTENT, Role.SOFT)
_PARTICLES = frozenset("的了把将被携在对从")
_LEVELS = frozenset({"市", "县", "区", "省", "州"})
_FEW = 60  # places whose reports hold a character alone, below which it is taken for part of a name


def _ends_a_firm(tokens: Sequence[Token], roles: Sequence[Role], index: int, lexicon: Lexicon) -> bool:
    """Whether a conjunction ends a firm's name of four characters that opens an item: 恒|基|泰|和|综合体."""
    first = index - 3
    if first < 0 or (first and roles[first - 1] not in _BEGIN_ITEMS) or len(tokens[index + 1].text) < 2:
        return False
    run = tokens[first:index]
    name = "".join(t.text for t in run)
    single = all(t.kind is Kind.WORD and len(t.text) == 1 for t in run) and name not in lexicon.known
    return single and roles[index + 1] is Role.CONTENT and lexicon.odds.of(name[:2]) > _LIKE_A_FIRM


_BEGIN_ITEMS = frozenset({Role.COMMA, Role.VERB})
_LIKE_A_FIRM = 3.0  # odds, as a logarithm, from which two characters are read as a firm's own name


def _in_unknown_name(tokens: Sequence[Token], roles: Sequence[Role], index: int, lexicon: Lexicon) -> bool:
    """Whether a character that has a grammatical use is part of a name segmentation broke: 恒|和|污水处理厂."""
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    if after is None or after.kind is not Kind.WORD or tokens[index].text in _PARTICLES:
        return False
    if roles[index] is Role.JOINER and _ends_a_firm(tokens, roles, index, lexicon):
        return True
    if roles[index] is Role.JOINER and index and len(tokens[index - 1].text) > 1:
        return False  # …水库|和|岳石滩…
    if roles[index] is Role.JOINER and between_initials(tokens, index):
        return False
    if tokens[index].text == "前" and index and tokens[index - 1].text.endswith(("底", "年", "月", "日", "节", "初")):
        return False  # 年底|前|…高速
    if len(after.text) == 1 and "一" <= after.text <= "鿿" and after.text not in lexicon.common:
        return True
    before = tokens[index - 1] if index else None
    later = tokens[index + 2].text if index + 2 < len(tokens) else ""
    opens = index == 0 or (before is not None and (before.kind is Kind.COMMA or before.text in _LEVELS))
    owner = lexicon.heads.get(later)
    if opens and len(after.text) == 1 and owner is not None and owner.type is EntityType.ENTERPRISE and len(later) > 1:
        return True  # 恒|风|集团
    if opens and index and before is not None and before.text in _LEVELS and lexicon.common.get(after.text, 0) < _FEW:
        return len(after.text) == 1  # 市|建|岳|…有限公司
    if len(after.text) == 1 and lexicon.is_a(later, "phase"):
        return True  # 以|岭|二期
    if index == 0 or (before is not None and before.kind is Kind.COMMA):
        rare = len(after.text) == 1 and lexicon.common.get(after.text, 0) < _FEW // 2
        if rare and roles[index] is Role.ADVERB and roles[index + 1] is Role.CONTENT:
            return True  # 正|岳|产业园
    if before is None or before.kind is not Kind.WORD or len(before.text) != 1 or roles[index - 1] is not Role.CONTENT:
        return False
    if lexicon.is_a(after.text, "enterprise-trade"):
        return True  # 西|可|通信
    alone = index == 1 or roles[index - 2] is not Role.CONTENT
    called = before.text + tokens[index].text
    joins = roles[index] is Role.JOINER and (before is None or index == 1 or roles[index - 2] not in _BEGIN_ITEMS)
    if alone and not joins and called not in lexicon.common and lexicon.odds.of(called) > _LIKE_A_FIRM:
        return len(after.text) > 1 and roles[index + 1] in (Role.CONTENT, Role.SOFT)  # 金|达|集团
    return alone and lexicon.common.get(before.text, 0) < _FEW and roles[index + 1] in (Role.CONTENT, Role.SOFT)


_POINT = re.compile(r"\d{1,2}|[一二三四五六七八九十]{1,3}")


def _role(token: Token, lexicon: Lexicon) -> Role:
    if token.kind is Kind.NOTE:
        return Role.NOTE
    if token.kind is Kind.COMMA:
        return Role.COMMA
    if token.kind is Kind.BRACKET and _POINT.fullmatch(token.inner):
        return Role.FUNCTION  # （8）建设…: the number of a point
    if token.kind is not Kind.WORD:
        return Role.CONTENT
    text = token.text
    if text in ("等", "等等"):
        return Role.ETC
    if len(text) > 2 and text in lexicon.heads and not lexicon.is_a(text, "soft"):
        return Role.CONTENT  # 发展规划, 建设项目: not the verbs they begin with
    if lexicon.is_a(text, "compound"):
        return Role.CONTENT
    if lexicon.is_a(text, "joiner"):
        return Role.JOINER
    if lexicon.is_a(text, "function"):
        return Role.FUNCTION
    if lexicon.is_a(text, "soft"):
        return Role.SOFT
    if lexicon.is_a(text, "adverb"):
        return Role.ADVERB
    if _governs(text, lexicon):
        return Role.SOFT if lexicon.is_a(text, "project-tail") and len(text) == 4 else Role.VERB
    return Role.CONTENT


def _governs(text: str, lexicon: Lexicon) -> bool:
    """Whether a token is a verb of the lists, or an adverb and such a verb in one word (全面完成, 加快推进)."""
    lists = ("run", "issue", "award", "seek", "hold", "build", "other-verb")
    if lexicon.is_a(text, *lists):
        return True
    return len(text) == 4 and lexicon.is_a(text[:2], "adverb", *lists) and lexicon.is_a(text[2:], "soft", *lists)


def _phrases(tokens: Sequence[Token], roles: Sequence[Role], lexicon: Lexicon) -> Iterator[Phrase]:
    verbs: list[str] = []
    fresh = True  # whether the verbs so far govern what comes (no phrase since the last verb)
    current: Phrase | None = None
    joiner = ""
    counted = summary = False
    wide = -1
    for index, (token, role) in enumerate(zip(tokens, roles, strict=True)):
        if role is Role.NOTE:
            continue
        if role is Role.SOFT and current is None and _opens(tokens, roles, index, bool(verbs) and fresh, lexicon):
            # where a phrase begins, such a word is a verb: 建设…园, 改造…
            if fresh or not joiner:
                verbs = [*verbs, token.text] if fresh else [token.text]
                fresh = True
            else:
                verbs = [token.text]
                fresh = True
            wide = index if wide < 0 else wide
            joiner = ""
            continue
        if role is Role.SOFT and current is not None and _predicates(tokens, roles, current, index, lexicon):
            yield current
            current, verbs, fresh, joiner, counted, summary = None, [token.text], True, "", False, False
            wide = index
            continue
        if role in (Role.CONTENT, Role.SOFT):
            if current is None:
                current = Phrase(index, index + 1, index if wide < 0 else wide, tuple(verbs), joiner, counted, summary)
            current.last = index + 1
            joiner, counted, summary, wide = "", False, False, -1
            fresh = False
            continue
        if role is Role.COUNT:
            if current is not None and index + 1 < len(tokens) and roles[index + 1] is Role.COUNT:
                pass
            if current is not None:
                yield current
                current = None
            counted = True
            wide = -1
            continue
        if current is not None:
            yield current
            current = None
        wide = -1
        if role in (Role.COMMA, Role.JOINER):
            joiner = token.text
            counted = False
        elif role is Role.ETC:
            summary, joiner = True, ""
        elif role is Role.VERB:
            verbs = [*verbs, token.text] if fresh else [token.text]
            fresh, joiner, counted, summary = True, "", False, False
        elif role is Role.ADVERB:
            joiner = ""
        else:
            joiner = ""
            if token.text not in ("了", "好", "着"):
                counted = False
    if current is not None:
        yield current


def _predicates(tokens: Sequence[Token], roles: Sequence[Role], current: Phrase, index: int, lexicon: Lexicon) -> bool:
    """Whether a word that may be verb or noun is the verb of a place: 支持六枝|提升|城区品质, 水城区|发展|….

    In a name the same words stand before the head (水城|创新中心): then head and word make one.
    """
    if tokens[index].text == "综合":  # says how, not what is done
        return False
    if current.first == 0 and tokens[index].text in _DEEDS_OF_ZONES and _is_zone(tokens[: current.last], lexicon):
        return index + 1 < len(tokens) and roles[index + 1] is Role.CONTENT  # 岳岭经济园|引进|…
    if not all(
        tokens[n].kind is Kind.PLACE or lexicon.is_a(tokens[n].text, "general")
        for n in range(current.first, current.last)
    ):
        return False
    if tokens[current.last - 1].kind is not Kind.PLACE and not lexicon.is_a(tokens[index].text, "soft-verb"):
        return False
    if index + 1 >= len(tokens) or roles[index + 1] is not Role.CONTENT:
        return False
    following = lexicon.heads.get(tokens[index + 1].text)
    if following is not None and following.type is EntityType.PROGRAMME and not following.weak:
        return False  # 学校建设|提升|工程
    if following is not None and following.type is EntityType.ZONE and tokens[current.last - 1].kind is not Kind.PLACE:
        return False  # 某市海洋经济|发展|示范区
    if tokens[current.last - 1].kind is not Kind.PLACE:
        return True
    rest = ""
    for token, role in zip(tokens[index + 1 :], roles[index + 1 :], strict=True):
        if role not in (Role.CONTENT, Role.SOFT):
            break
        rest += token.text
    if any(
        token.text in lexicon.heads and lexicon.heads[token.text].type is EntityType.ENTERPRISE
        for token in tokens[index:]
    ):
        return False  # 深圳|投资|控股有限公司
    return rest not in lexicon.heads


_DEEDS_OF_ZONES = frozenset({"引进", "完善", "培育", "扩大", "突破", "带动", "引领"})


def _is_zone(words: Sequence[Token], lexicon: Lexicon) -> bool:
    """Whether words end with a head that only zones have."""
    found = lexicon.head_of("".join(t.text for t in words))
    return found is not None and found[1].type is EntityType.ZONE and not found[1].weak


def _opens(tokens: Sequence[Token], roles: Sequence[Role], index: int, after_verb: bool, lexicon: Lexicon) -> bool:
    """Whether a word that may be verb or noun governs what follows: something of content must follow it directly.

    After another verb few such words are verbs: 推进|建设…, but 实施|搬迁安置区….
    """
    placed = index + 1 < len(tokens) and tokens[index + 1].kind is Kind.PLACE
    works = placed and lexicon.is_a(tokens[index].text, "project-tail")  # 改造提升|某市某站
    if after_verb and not works and not lexicon.is_a(tokens[index].text, "soft-verb"):
        return False
    following = index + 1
    while following < len(tokens) and roles[following] is Role.NOTE:
        following += 1
    if following == len(tokens):
        return False
    return roles[following] not in (Role.COMMA, Role.ETC, Role.FUNCTION) and roles[following] is not Role.VERB
