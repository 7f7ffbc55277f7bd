"""Firms by the short names that schemes are called after: 翰瑞|二期, 恒远|10万吨新材料, 康源药业 in a list of projects.

Invariant: a stem begins the name it is read from (or follows the place that does), holds no head of another type and is
no word that reports of many places share.
"""

from __future__ import annotations

import re

from kg.recognition.names.clauses import Clause, Role
from kg.recognition.names.evidence import LEVELS, rare_runs
from kg.recognition.names.lexicon import Lexicon
from kg.recognition.names.likely_firms import LIKELY, ends_like_land, likely_beginning, likely_owner
from kg.recognition.names.pairs import of_two_places, of_two_provinces
from kg.recognition.names.tokens import Kind, Token
from kg.recognition.names.wares import begins_with_ware, begins_with_works, is_made_for, measures_output
from kg.recognition.spans import EntityType as T

_YEARLY = frozenset({"年产", "日产", "年处理", "日处理", "年加工", "年"})
_NAMES = frozenset({"n", "nz", "nr", "ns", "nrt"})
_GROUNDS = ("基地", "园", "产业", "城", "集聚", "集群", "工业", "示范", "小镇")
_LEGAL = ("集团", "公司", "股份", "有限公司")
_NO_NAMES = frozenset("vdpmquc")
_LONGEST_STEM = 8
_LONGEST_BARE = 5


def firm_stem(clause: Clause, first: int, last: int, lexicon: Lexicon, *, listed: bool) -> tuple[int, int] | None:
    """Tokens of the firm that the scheme of tokens ``first`` to ``last`` is named after; ``None`` if it names none.

    ``listed`` says that the scheme stands in a list of projects: there a bare name is a firm's.
    """
    tokens = clause.tokens
    found = _read(clause, first, last, lexicon, listed)
    if found is not None:
        return found
    if tokens[first].kind is Kind.PLACE and last - first > 2 and _of_a_trade(tokens[first + 1], lexicon):
        rest = clause.text(first + 2, last)
        return None if rest.startswith(_GROUNDS) else (first, first + 2)  # 贵阳钨业|硬质合金
    if tokens[first].kind is Kind.PLACE and last - first > 2 and not _is_trade(tokens[first + 1], lexicon):
        inner = _read(clause, first + 1, last, lexicon, listed=False)
        if inner is None or inner[1] == last:
            return None
        rest = clause.text(inner[1], last)
        brief = 2 <= len(clause.text(*inner)) <= 3 and (begins_with_ware(rest) or begins_with_works(rest))
        if brief or _trade_ends(tokens[inner[0] : inner[1]], lexicon):
            return inner
    return None


_OF_FIRMS = re.compile(
    r"(?:产业园|工业园|科技园|智造园|智慧园|专用线|技术中心|研发中心|总部|总部基地|生产基地|制造基地|加工厂|工厂|智慧新城|产业城|基地|产业谷)(?:[一二三四五]期)?$"
)
_BARE_BASE = re.compile(r"(?<!生产)(?<!制造)(?<!总部)(?<!第[一二三])(?:基地|产业谷)$")


def firm_of_works(clause: Clause, first: int, last: int, lexicon: Lexicon) -> tuple[int, int] | None:
    """The firm that a park, a plant or a siding is named after (翰瑞|机器人产业园); what ends like land is a place."""
    text = clause.text(first, last)
    branch = _before_bracket(clause, first, last, lexicon)
    if branch is not None:
        return branch
    if not _OF_FIRMS.search(text):
        return likely_owner(clause, first, last, lexicon)
    stem = _word_and_trade(clause, first, last, lexicon) or firm_stem(clause, first, last, lexicon, listed=False)
    if (
        stem is None
        or stem[1] >= last
        or clause.tokens[stem[0]].kind is Kind.PLACE
        or ends_like_land(clause.text(*stem))
        or len(clause.text(*stem)) < 2
    ):
        return None
    token = clause.tokens[stem[0]]
    if _BARE_BASE.search(text) and clause.text(*stem).endswith(("型", "式", "性", "化", "级")):
        return None
    own = clause.text(*stem)
    if own not in lexicon.known and (of_two_places(own) or own[1:] == "大"):
        return None  # 中德|产业园, 藏青|工业园, 岳大|科技园
    rest = clause.text(stem[1], last)
    town = _TOWN.fullmatch(rest) and len(own) == 2 and own not in lexicon.known
    if town and not _trade_ends(clause.tokens[stem[0] : stem[1]], lexicon):
        return None
    if _BARE_BASE.search(text) and own[-1] in lexicon.cues["material"]:
        return None
    rest = clause.text(stem[1], last)
    if _BARE_BASE.search(text) and (not begins_with_ware(rest) or rest.startswith(tuple(lexicon.cues["ware"]))):
        return None  # 奥岳|蓝宝石基地, but no other base
    if stem[1] - stem[0] == 1 and token.pos == "n" and not begins_with_ware(clause.text(stem[1], last)):
        return None  # 书画|文创产业园
    return stem


def _word_and_trade(clause: Clause, first: int, last: int, lexicon: Lexicon) -> tuple[int, int] | None:
    """A word of two characters and a trade that only firms are named by: 华岳|特钢|铁路专用线."""
    tokens = clause.tokens
    if last - first < 3 or tokens[first].kind is not Kind.WORD or len(tokens[first].text) != 2:
        return None
    word, trade = tokens[first], tokens[first + 1]
    plain = word.pos[:1] == "n" and not lexicon.is_a(word.text, "general", "soft", "enterprise-trade", "firm-end")
    strong = _of_a_trade(trade, lexicon) or trade.text in ("特钢", "制药", "药业")
    return (first, first + 2) if plain and strong and not _material(word.text, lexicon) else None


_TOWN = re.compile(r"工业园(?:[一二三四五]期)?")
_SPOT = re.compile(r"[屯寨坊门台岩寺塔阁楼亭巷沟坪坝坡]$|丹霞$|引[江黄水].{2}$|^拆.拆")


def _before_bracket(clause: Clause, first: int, last: int, lexicon: Lexicon) -> tuple[int, int] | None:
    """The firm before the place of its branch: 恒岳|（贵阳）|产业园."""
    tokens = clause.tokens
    stop = next((n for n in range(first, last) if tokens[n].kind is Kind.BRACKET), first)
    text = clause.text(first, stop)
    if stop == first or not tokens[stop].code or stop == last - 1 or not 2 <= len(text) <= 6:
        return None
    if text not in lexicon.known and len(text) == 2 and (text[0] == "中" or of_two_provinces(text)):
        return None  # two countries or provinces
    if text in lexicon.known:
        return (first, stop) if lexicon.known[text] is T.ENTERPRISE else None
    words = tokens[first:stop]
    plain = all(t.kind is Kind.WORD and not lexicon.is_a(t.text, "general", "soft", "function") for t in words)
    runs = rare_runs(words, lexicon)
    own = bool(runs) and runs[0][0] == 0
    own |= len(words) == 2 and lexicon.is_a(words[1].text, "firm-end") and words[0].text not in lexicon.common
    return (first, stop) if plain and own and text not in lexicon.common and lexicon.head_of(text) is None else None


def _read(clause: Clause, first: int, last: int, lexicon: Lexicon, listed: bool) -> tuple[int, int] | None:
    for stop in (
        _legal_beginning(clause, first, last),
        _before_output(clause, first, last, lexicon),
        _known_beginning(clause, first, last, lexicon),
        _bare(clause, first, last, lexicon) if listed else None,
        _proper_beginning(clause, first, last, lexicon),
        _syllables_and_trade(clause, first, last, lexicon),
        _group_and_own(clause, first, last, lexicon),
        _brief_beginning(clause, first, last, lexicon),
        likely_beginning(clause, first, last, lexicon, listed),
    ):
        if stop is None:
            continue
        if stop < last and _names_works(clause, first, stop, last, lexicon):
            return None
        if last - stop == 1 and len(clause.tokens[stop].text) == 1:
            return None  # a name broken in its middle
        if clause.text(first, stop) in lexicon.known:
            return first, stop
        if _of_a_place(clause, first, stop, last, lexicon):
            return None
        if _no_other_thing(clause, first, stop, lexicon):
            return first, stop
    return None


def _syllables_and_trade(clause: Clause, first: int, last: int, lexicon: Lexicon) -> int | None:
    """Two or three single characters and a trade before what the firm runs: 华|岳|制药|科技产业园."""
    tokens = clause.tokens
    stop = first
    while stop < last and tokens[stop].kind is Kind.WORD and len(tokens[stop].text) == 1:
        stop += 1
    own = clause.text(first, stop)
    trade = stop
    while trade < last - 1 and lexicon.is_a(tokens[trade].text, "enterprise-trade"):
        trade += 1
    plain = all(t.pos[:1] not in ("m", "q", "u", "p", "c") for t in tokens[first:stop])
    if not 2 <= stop - first <= 3 or trade == stop or not plain or own in lexicon.common or _material(own, lexicon):
        return None
    if ends_like_land(own):
        return None  # 岳|村|电力装备园
    return trade


def _group_and_own(clause: Clause, first: int, last: int, lexicon: Lexicon) -> int | None:
    """Two characters and an uncommon name before a product: 中航|彩岳|无人机, 中|复|岳鹰|第二基地."""
    tokens = clause.tokens
    own = first + 1 if len(tokens[first].text) == 2 else first + 2
    if last - first < 3 or any(t.kind is not Kind.WORD for t in tokens[first:own]) or len(clause.text(first, own)) != 2:
        return None
    plain = own == first + 2 or tokens[first].pos[:1] not in "vd"
    if not plain or lexicon.is_a(tokens[first].text, "general", "soft", "function", "project-tail"):
        return None
    runs = rare_runs(tokens[own:last], lexicon)
    if not runs or runs[0][0] != 0 or begins_with_ware(clause.text(own, last)):
        return None
    stop = own + runs[0][1]
    made = begins_with_ware(clause.text(stop, last)) or begins_with_works(clause.text(stop, last))
    while stop > first + 2 and _material(tokens[stop - 1].text, lexicon):
        stop, made = stop - 1, True  # 航天|海岳|钛产业园
    return stop if stop < last and made else None


_PUBLIC = re.compile(
    r"(?:低热值煤|煤矸石|热电|燃煤|煤电|水电|火电|抽水|风电|引水|供水|灌区|污水|垃圾|输变电|扶贫|民族文化|民俗|农博园|文化产业|文旅|旅游|生态|经济开发区|开发区"
    r"|工业园区|工业集中区|循环经济|农业产业|现代农业|快速|高速|绕城|一级|二级|[东西南北中]?路|[东西南北中]?街|大道|大桥|桥)"
)


def _of_a_place(clause: Clause, first: int, stop: int, last: int, lexicon: Lexicon) -> bool:
    """Whether a stem without a trade stands before works that are called after where they are: 某山|热电联产改造."""
    words = clause.tokens[first:stop]
    return not _trade_ends(words, lexicon) and bool(_PUBLIC.match(clause.text(stop, last)))


def _names_works(clause: Clause, first: int, stop: int, last: int, lexicon: Lexicon) -> bool:
    """Whether what follows a stem makes it the name of a road, a hospital or another thing: 岳元|高速|改造."""
    for end in range(stop + 1, last + 1):
        found = lexicon.head_of(clause.text(first, end))
        named = found is not None and not found[1].weak and len(found[0]) > 1
        if found is not None and is_made_for(found[0], clause.text(end, last)):
            return False
        if found is not None and named and found[1].type in (T.FACILITY, T.PLACE, T.ORGANIZATION):
            return not found[0].endswith(("厂", "线", "厂房"))
    return False


def _known_beginning(clause: Clause, first: int, last: int, lexicon: Lexicon) -> int | None:
    """A firm the whole country knows."""
    for stop in range(min(last, first + 4), first, -1):
        if lexicon.known.get(clause.text(first, stop)) is T.ENTERPRISE:
            trade = stop
            while trade < last and lexicon.is_a(clause.tokens[trade].text, "enterprise-trade"):
                trade += 1
            following = clause.tokens[trade] if trade < last else None
            ends = following is None or following.kind is not Kind.WORD or following.text in ("项目", "工程")
            ends |= following is not None and lexicon.is_a(following.text, "phase")
            return trade if ends or begins_with_works(clause.text(trade, last)) else stop
    return None


def _legal_beginning(clause: Clause, first: int, last: int) -> int | None:
    """A firm by its legal form: 磷化|集团|磷酸铁."""
    for index in range(first + 1, min(last - 1, first + 5)):
        if clause.tokens[index].text in _LEGAL:
            return index + 1
    return None


def _no_other_thing(clause: Clause, first: int, stop: int, lexicon: Lexicon) -> bool:
    """Whether a stem is neither a place, a zone, a word of many reports, nor begun with 市, 县 …."""
    text = clause.text(first, stop)
    if lexicon.is_a(text, "firm-end", "enterprise-trade", "general") or text[0].isdigit():
        return False
    if not 2 <= len(text) <= _LONGEST_STEM or text in lexicon.common or text in lexicon.compounds:
        return False
    if (
        clause.tokens[first].kind is Kind.LEVEL
        or text[0] in LEVELS
        or (text[0] in "新老旧原沿环跨引" and len(clause.tokens[first].text) == 1)
        or text[-1] in "后前中内"
        or text[0] in "好了在以打与"
    ):
        return False
    if all(t.kind is Kind.PLACE for t in clause.tokens[first:stop]):
        return False
    product = text[0] in lexicon.cues["material"] and not _trade_ends(clause.tokens[first:stop], lexicon)
    if product and len(text) == stop - first == 3:
        return False  # 铝|圆|片
    head = lexicon.head_of(text)
    if head is None or head[1].type is T.ENTERPRISE or _trade_ends(clause.tokens[first:stop], lexicon):
        return True
    return head[1].type not in (T.PLACE, T.ZONE, T.FACILITY, T.ORGANIZATION) or (head[1].weak and len(text) > 3)


def _is_trade(token: Token, lexicon: Lexicon) -> bool:
    return lexicon.is_a(token.text, "enterprise-trade", "firm-end")


def _of_a_trade(token: Token, lexicon: Lexicon) -> bool:
    """Whether a word is a trade that only firms are named by: 钨业, 钢铁, not 医药, 物流."""
    return _is_trade(token, lexicon) and len(token.text) == 2 and token.text[1] in "业铁工化" and token.text != "农业"


def _trade_ends(tokens: tuple[Token, ...], lexicon: Lexicon) -> bool:
    return len(tokens) > 1 and _is_trade(tokens[-1], lexicon)


def _material(text: str, lexicon: Lexicon) -> bool:
    """Whether a word speaks of a material or product by its characters (钛白粉, 氯碱)."""
    return any(character in lexicon.cues["material"] for character in text)


def _unshared(token: Token, lexicon: Lexicon) -> bool:
    """Whether a word may be a firm's own: reports do not share it and it is no material."""
    return (
        token.kind is Kind.WORD
        and len(token.text) >= 2
        and all("一" <= c <= "鿿" for c in token.text)
        and token.text not in lexicon.common
        and token.text not in lexicon.compounds
        and not _material(token.text, lexicon)
        and not lexicon.is_a(token.text, "general", "soft", "function", "measure")
    )


def _begins_like_a_name(clause: Clause, first: int, lexicon: Lexicon) -> bool:
    token = clause.tokens[first]
    if _unshared(token, lexicon) or token.kind is Kind.PLACE:
        return True
    following = clause.tokens[first + 1] if first + 1 < len(clause.tokens) else None
    single = token.kind is Kind.WORD and len(token.text) == 1
    return (
        single
        and following is not None
        and following.kind is Kind.WORD
        and (len(following.text) == 1 or _unshared(following, lexicon))
    )


def _before_output(clause: Clause, first: int, last: int, lexicon: Lexicon) -> int | None:
    """A name before what a works is to turn out, or before its phase: 恒远|10万吨…, 恒远|二期|10万吨…."""
    tokens = clause.tokens
    for index in range(first + 1, last - 1):
        if tokens[index].kind is not Kind.NUMBER or not measures_output(clause.text(index + 1, index + 3)):
            continue
        stop = index
        while stop - 1 > first and lexicon.is_a(tokens[stop - 1].text, "phase", "project-tail"):
            stop -= 1
        if tokens[stop - 1].text in _YEARLY and stop - 1 > first:
            stop -= 1
        if lexicon.is_a(tokens[stop - 1].text, "soft") and not _is_trade(tokens[stop - 1], lexicon):
            return None  # 年产, 日处理
        if tokens[first].kind is Kind.PLACE and not _trade_ends(tokens[first:stop], lexicon):
            return None
        return stop if _begins_like_a_name(clause, first, lexicon) else None
    return None


def _bare(clause: Clause, first: int, last: int, lexicon: Lexicon) -> int | None:
    """A whole item that is only a name (永源东岳), or a place or an uncommon word and a trade (贵阳医药).

    Its phase may follow.
    """
    tokens = clause.tokens
    stop = last
    while stop - 1 > first and lexicon.is_a(tokens[stop - 1].text, "phase"):
        stop -= 1
    words = tokens[first:stop]
    if _SPOT.search(clause.text(first, stop)):
        return None
    if _trade_ends(words, lexicon):
        own = words[:-1]
        if own[0].kind is Kind.PLACE and len(own) == 1:
            return stop
        if all(_unshared(t, lexicon) or len(t.text) == 1 for t in own) and sum(len(t.text) for t in own) >= 2:
            return stop
        return None
    if words[0].kind is Kind.PLACE and len(words) == 3 and all(len(t.text) == 1 for t in words[1:]):
        own_head = lexicon.head_of(clause.text(first + 1, stop))
        return stop if own_head is None and clause.text(first + 1, stop) not in lexicon.common else None  # 贵州|岳|钢
    length = sum(len(t.text) for t in words)
    if any(t.kind is not Kind.WORD for t in words) or not 3 <= length <= _LONGEST_BARE:
        return None
    head = lexicon.head_of(clause.text(first, stop))
    inside = head is not None and head[1].weak and len(head[0]) == 1 < len(words[-1].text) and len(words) > 1
    if head is not None and not inside:
        return None
    if len(words) == 1:
        return stop if _unshared(words[0], lexicon) and words[0].pos in ("nz", "nr", "nt", "nrt") else None
    if len(words) > 1 and not _is_trade(words[1], lexicon) and begins_with_ware(clause.text(first + 1, stop)):
        return None  # 新安|阻燃剂
    if len(words) == 2 and len(words[1].text) > 2 and len(words[0].text) == 2 and not _is_trade(words[1], lexicon):
        return first + 1 if lexicon.odds.of(words[0].text) > LIKELY else None  # 恒安|阻燃剂
    single = all(len(t.text) == 1 or (_unshared(t, lexicon) and t.pos in _NAMES) for t in words)
    return stop if single and (length == 4 or not _material(words[-1].text, lexicon)) else None


def _proper_beginning(clause: Clause, first: int, last: int, lexicon: Lexicon) -> int | None:
    """An unknown name that the item begins with, with its trade if the item ends or goes on after it."""
    tokens = clause.tokens[first:last]
    runs = rare_runs(tokens, lexicon)
    if not runs or runs[0][0] != 0:
        return None
    stop = runs[0][1]
    if stop == 1 and stop < len(tokens) and not lexicon.is_a(tokens[stop].text, "enterprise-trade"):
        return None  # one dictionary word and a product: 锂离子|正极材料
    if stop > 3 and stop < len(tokens) and not lexicon.is_a(tokens[stop].text, "enterprise-trade"):
        return None  # a name and its product, both broken into characters
    if (ends := lexicon.head_of(clause.text(first, first + stop))) is not None and ends[1].type is T.PLACE:
        return None
    if stop < len(tokens) and (found := lexicon.head_of(tokens[stop].text)) is not None and found[1].type is T.PLACE:
        return None
    trades = stop
    while trades < len(tokens) and lexicon.is_a(tokens[trades].text, "enterprise-trade"):
        trades += 1
    if stop + 1 < trades < len(tokens) and begins_with_ware(clause.text(first + stop + 1, last)):
        trades = stop + 1  # 恒岳|建材|水泥熟料: the second is what is made
    if stop < trades < len(tokens) and _goes_on_as_ware(clause, first + stop, first + trades, last, lexicon):
        return first + stop
    if begins_with_works(clause.text(first + stop, last)):
        return first + stop  # 岳重|智能制造产业园
    if trades == len(tokens) or (trades < len(tokens) and trades > stop):
        stop = trades
    if stop < len(tokens) and (legal := lexicon.heads.get(tokens[stop].text)) and legal.type is T.ENTERPRISE:
        stop += 1
    return first + stop


_MADE_OF_IT = re.compile(r"(?:正极|负极|隔膜|级|用|组件|玻璃|塔筒|叶片|零部件|封装|测试|外延|衬底)")


def _goes_on_as_ware(clause: Clause, trade: int, stop: int, last: int, lexicon: Lexicon) -> bool:
    """Whether a trade after a firm's name begins what is made: 恒岳|电池|负极材料, not 恒岳|药业|30万吨…."""
    rest = clause.text(stop, last)
    return not _of_a_trade(clause.tokens[stop - 1], lexicon) and bool(_MADE_OF_IT.match(rest))


def _brief_beginning(clause: Clause, first: int, last: int, lexicon: Lexicon) -> int | None:
    """A short name of two characters before a product or a work: 翰瑞|元器件, 恒铝|技改扩能."""
    tokens = clause.tokens
    token = tokens[first]
    if last - first < 2:
        return None
    following = tokens[first + 1]
    own = 2 <= len(token.text) <= 4 and _unshared(token, lexicon) and token.pos[:1] not in _NO_NAMES
    rest = clause.text(first + 1, last)
    if own and (begins_with_ware(rest) or (begins_with_works(rest) and token.pos in _NAMES)):
        return first + 1
    joined = len(token.text) == 1 and token.kind is Kind.WORD and _unshared(following, lexicon)
    if joined and following.pos in _NAMES and last - first > 2 and begins_with_ware(clause.text(first + 2, last)):
        return first + 2  # 岳|德福|机器人
    if len(token.text) == 2 and _unshared(token, lexicon) and token.pos in ("n", "nz", "nr", "nt", "j"):
        return first + 1 if following.kind in (Kind.WORD, Kind.NUMBER) else None
    stop = first
    while stop < last and tokens[stop].kind is Kind.WORD and len(tokens[stop].text) == 1:
        stop += 1
    works = stop < last and lexicon.is_a(tokens[stop].text, "phase", "project-tail")
    if (
        stop < last
        and not _material(clause.text(first, stop), lexicon)
        and clause.text(first, stop) not in lexicon.common
    ):
        rest = clause.text(stop, last)
        made = begins_with_ware(rest)
        works |= made or begins_with_works(rest)
        if made and 3 < stop - first <= 5:
            return stop  # 岳邦恒世源|生猪
    plain = all(clause.roles[n] in (Role.CONTENT, Role.SOFT) for n in range(first, stop))
    return stop if works and plain and 2 <= stop - first <= 4 else None


__all__ = ["firm_of_works", "firm_stem"]
