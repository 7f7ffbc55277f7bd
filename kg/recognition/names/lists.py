"""Items of lists that a summary classes: A、B等3个项目, A、B等企业, “A”等专项行动.

Invariant: an item is named by its own words and by what the list gives it, never by another item's proper name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.recognition.names.candidates import Candidate
from kg.recognition.names.clauses import Clause, Role
from kg.recognition.names.evidence import LEVELS, Evidence, evidence, rare_runs
from kg.recognition.names.lexicon import Lexicon
from kg.recognition.names.listings import BUILT, Listing, is_route
from kg.recognition.names.occasions import FAIR
from kg.recognition.names.pairs import names_two_countries
from kg.recognition.names.plans import is_works
from kg.recognition.names.quotes import figurative, label_type
from kg.recognition.names.shapes import EXTENSIONS, Shape, leading_time, shape, span_of, tail_of_work
from kg.recognition.names.stems import firm_of_works, firm_stem
from kg.recognition.names.tokens import Kind
from kg.recognition.names.wares import ENERGY
from kg.recognition.names.waters import LONGEST_WATER, WATERS
from kg.recognition.spans import EntityType as T


def summed_up(clause: Clause, listing: Listing, lexicon: Lexicon) -> Iterator[Candidate]:
    """A、B等N个X: every item is an X."""
    text = clause.text(listing.first, listing.last)
    if text in ("乡村", "农村"):
        return  # what follows says what is in them: 等乡村|能人
    kind, word = (T.PROJECT, "项目") if listing.works else class_of(text, lexicon)
    if kind is T.PROJECT and _AT_EACH.match(text):
        return  # 甲、乙等4个|村饮水工程: where it is done
    if kind is T.ENTERPRISE and (_OF_INDUSTRIES.search(text) or _CLOSED.match(clause.after(listing.first))):
        return  # 采砂、砖瓦等行业企业
    shared = _shared_with_summary(clause, listing, kind, lexicon)
    if kind is None and shared is None:
        return
    if shared is not None and _mostly_common(clause, listing, lexicon):
        return  # 中医、精神等专科医院: kinds of hospitals
    if kind is T.PROJECT and listing.etc and not listing.works:
        yield from _brief_projects(clause, listing, lexicon, _noun(clause, listing, word))
    if kind is T.ENTERPRISE and listing.etc:
        yield from _brief_firms(clause, listing, lexicon)
    for found_item in _items(clause, listing, kind, word, shared, lexicon):
        public = found_item.rule == "name-firm-of-project" and _PUBLIC_WORKS.search(text)
        if not public or found_item.name in lexicon.known:
            yield found_item


def _noun(clause: Clause, listing: Listing, word: str) -> str:
    """The word a list has for works: 工程 in A、B等工程, else 项目."""
    text = clause.text(listing.first, listing.last)
    return "工程" if word.endswith("工程") and "项目" not in text else "项目"


def _full_noun(clause: Clause, listing: Listing, noun: str, lexicon: Lexicon) -> str:
    """The whole class of a list where it tells what works they are: 输变电工程 in A、B等输变电工程; else ``noun``."""
    tokens = clause.tokens[listing.first : listing.last]
    stop = next((n for n, t in enumerate(tokens) if t.inner.endswith(noun)), None)
    if stop is None:
        return noun
    words = [t for n, t in enumerate(tokens[:stop]) if clause.roles[listing.first + n] is not Role.COUNT]
    if not words:
        return tokens[stop].text  # 输变电工程
    told = all(
        t.kind is Kind.WORD
        and len(t.text) > 1
        and not lexicon.is_a(t.text, "general", "soft", "measure", "nominal", "function")
        and t.pos[:1] in ("n", "v", "j", "l")
        for t in words
    )
    return "".join(t.text for t in (*words, tokens[stop])) if told else noun


_AT_EACH = re.compile(r"(?:村|社区|乡镇|乡|镇|街道|小区|学校|县|片区|流域)(?!级)[一-鿿]{2,}(?:项目|工程)")
_OF_INDUSTRIES = re.compile(r"^[一-鿿]{0,6}?(?:(?:行业|产业(?!化|集团|链)|领域)[一-鿿]{0,4}?企业|类企业)")
_CLOSED = re.compile(r"[一-鿿]{0,6}?企业[一-鿿]{0,4}?(?:关停|停产|整顿|关闭|取缔|淘汰|整治)")
_PUBLIC_WORKS = re.compile(
    r"交通|治堵|道路|路网|市政|公路|铁路|桥梁|水利|水源|治理|整治|民生|文物|棚改|棚户区|安置|景观|片区"
)


def _items(
    clause: Clause, listing: Listing, kind: T | None, word: str, shared: tuple[int, T] | None, lexicon: Lexicon
) -> Iterator[Candidate]:
    text = clause.text(listing.first, listing.last)
    single = _noun(clause, listing, word)
    whole = _full_noun(clause, listing, single, lexicon)
    for first, last in listing.items:
        noun = whole if first < last and _only_placed(clause, first, last, lexicon) else single
        first = _after_price(clause, leading_time(clause, first, last), last)
        surface = clause.text(first, last)
        found = shape(clause, first, last, lexicon)
        own = found if found is not None and found.last == last else None
        proof = evidence(clause.tokens[first:last], "", lexicon)
        if (clause.roles[first] is Role.COUNT and not proof.proper) or _COUNTED.match(surface):
            continue
        if shared is not None:
            start, end = span_of(clause, first, last)
            bare = listing.etc and any(t.kind is not Kind.PLACE for t in clause.tokens[first:last])
            if not bare:  # of a list with 等 an item stands for itself
                _, end = span_of(clause, listing.first, shared[0])
                if (first, last) != listing.items[-1]:
                    start, _ = span_of(clause, *listing.items[0])
            name = surface + _SIZED.sub("", clause.text(listing.first, shared[0]))
            yield Candidate(
                start,
                end,
                shared[1],
                name,
                "name-shared-head",
                8,
                nested=not bare and (first, last) != listing.items[-1],
            )
        elif kind is T.PLACE and word in ("村", "社区") and _OF_A_TOWNSHIP.fullmatch(surface):
            name = surface if surface.endswith(word) else surface + word
            yield Candidate(*span_of(clause, first, last), T.PLACE, name, "name-listed", 6)
        elif (
            kind is T.PLACE
            and (own is None or own.head in WATERS)
            and listing.etc
            and word != "国家"
            and not text.startswith(_ENTERED)
        ):
            plain = all(t.kind is Kind.WORD for t in clause.tokens[first:last])
            if plain and 2 <= len(surface) <= 5 and surface not in lexicon.common:
                yield Candidate(*span_of(clause, first, last), T.PLACE, surface, "name-listed", 5)
        elif lexicon.known.get(surface + word) is T.PROGRAMME:
            start, end = span_of(clause, first, last)
            yield Candidate(start, end, T.PROGRAMME, surface + word, "name-listed", 6)  # 工业强基、…等|工程
        elif (
            kind is T.EVENT
            and own is None
            and listing.etc
            and clause.roles[last] is not Role.JOINER  # …部长|和行长会议
            and _among_events(clause, listing, surface, lexicon)
        ):
            yield Candidate(*span_of(clause, first, last), T.EVENT, surface, "name-listed", 5, nested=True)
        elif _fair(clause, listing, surface, lexicon) and surface not in lexicon.common and listing.etc:
            yield Candidate(*span_of(clause, first, last), T.EVENT, surface, "name-listed", 6)
        elif kind is T.PROJECT and word.endswith("工程") and not proof.proper and own is None and listing.etc:
            several = clause.roles[listing.items[0][0] - 1] is Role.COUNT and listing.items[0][0] > 0  # 一批…
            if proof.content > 1 and surface not in lexicon.common and last - first > 1 and not several:
                built = lexicon.is_a(clause.tokens[last - 1].text, "project-tail")  # 西街小学|迁建
                built |= is_works(surface + "工程", lexicon)
                sort = T.PROJECT if built else T.PROGRAMME
                yield Candidate(*span_of(clause, first, last), sort, surface + "工程", "name-listed", 5)
        elif own is not None and kind in BUILT and own.info.type is T.EVENT and listing.etc:
            if proof.proper or proof.content:
                yield Candidate(*span_of(clause, first, last), T.EVENT, surface, "name-listed", 6)
        elif (
            kind in (T.PROJECT, T.FACILITY)
            and listing.etc
            and (line := _LINES.match(text) or (_LINE_CLASS.match(text) if kind is T.FACILITY else None))
            and _is_line(clause, first, last)
        ):
            yield Candidate(*span_of(clause, first, last), T.FACILITY, surface + line[1], "name-listed", 6)
        elif (
            kind is T.PROJECT
            and own is None
            and (is_route(clause, first, last) or _shares_a_line(clause, listing, (first, last), lexicon))
        ):
            continue  # the head it shares with the item after it says what it is
        elif (
            kind in (T.ZONE, T.FACILITY)
            and (own is None or (word in _OF_SIGHTS and own.info.weak and not own.evidence.proper))
            and listing.etc
            and _bears(clause, first, last, word, lexicon)
        ):
            yield Candidate(*span_of(clause, first, last), kind, surface + word, "name-listed", 6)
        elif kind is T.FACILITY and own is None and listing.etc and word.endswith("工程") and proof.proper:
            if rare_runs(clause.tokens[first:last], lexicon) != [(0, last - first)] and last - first > 2:
                yield Candidate(*span_of(clause, first, last), T.PROJECT, surface + "工程", "name-listed-project", 6)
            else:
                yield from listed_thing(
                    clause, first, last, own, proof, kind, lexicon, counted=listing.counted, noun=noun
                )
        elif kind in BUILT and listing.etc:
            yield from listed_thing(clause, first, last, own, proof, kind, lexicon, counted=listing.counted, noun=noun)
        elif kind is not None and listing.etc:
            yield from _listed_other(clause, first, last, own, proof, kind, word, text, lexicon)


def _mostly_common(clause: Clause, listing: Listing, lexicon: Lexicon) -> bool:
    """Whether a list holds no proper name and mostly words that reports of many places share."""
    if any(evidence(clause.tokens[slice(*item)], "", lexicon).proper for item in listing.items):
        return False
    return sum(clause.text(*item) in lexicon.common for item in listing.items) * 2 > len(listing.items)


def _brief_firms(clause: Clause, listing: Listing, lexicon: Lexicon) -> Iterator[Candidate]:
    """In a list of firms that holds a name, short words that no list of common words has are firms' short names too."""
    named = [
        item
        for item in listing.items
        if rare_runs(clause.tokens[slice(*item)], lexicon)
        or lexicon.known.get(clause.text(*item)) is T.ENTERPRISE
        or any(clause.text(*item).endswith(t) for t in lexicon.cues["enterprise-trade"])
        or clause.text(*item).endswith(("集团", "公司"))
    ]
    if not named:
        return
    for item in listing.items:
        text = clause.text(*item)
        words = clause.tokens[slice(*item)]
        brief = 2 <= len(text) <= 4 and all(t.kind is Kind.WORD for t in words)
        head = lexicon.head_of(text)
        headed = head is not None and not (head[1].weak and len(head[0]) == 1 and head[1].type is T.PLACE)
        own = text not in lexicon.common and not headed and text not in lexicon.known
        plain = all(t.text in lexicon.common for t in words) and any(len(t.text) > 1 for t in words)
        if brief and own and not plain and not all(lexicon.is_a(t.text, "general") for t in words):
            yield Candidate(*span_of(clause, *item), T.ENTERPRISE, text, "name-listed-firm", 5)


def _fair(clause: Clause, listing: Listing, surface: str, lexicon: Lexicon) -> bool:
    """Whether an item is a fair by its short name, alone or beside one the whole country knows."""
    if FAIR.fullmatch(surface):
        return True
    beside = any(
        lexicon.known.get(clause.text(*i)) is T.EVENT or FAIR.fullmatch(clause.text(*i)) for i in listing.items
    )
    return beside and len(surface) == 3 and surface.endswith("会")


def _among_events(clause: Clause, listing: Listing, surface: str, lexicon: Lexicon) -> bool:
    """Whether an item without a head stands among at least two events: 瓷博会、央企入某省、…大会等重大活动."""
    if not 4 <= len(surface) <= _LONGEST_OCCASION or surface in lexicon.common or surface in lexicon.known:
        return False
    others = [clause.text(*i) for i in listing.items if clause.text(*i) != surface]
    return sum(1 for o in others if _OCCASION.search(o) or lexicon.known.get(o) is T.EVENT) > 1


_LONGEST_OCCASION = 16  # characters of an event's name without a head


def _brief_projects(clause: Clause, listing: Listing, lexicon: Lexicon, noun: str) -> Iterator[Candidate]:
    """A list of projects of which all are told by short names: 翰瑞、金源、恒远等项目. They are firms' names."""
    texts = [clause.text(*item) for item in listing.items]
    if len(texts) < 2 or not all(2 <= len(t) <= 4 for t in texts):
        return
    for item, text in zip(listing.items, texts, strict=True):
        words = clause.tokens[slice(*item)]
        if lexicon.known.get(text) is T.ENTERPRISE:
            continue
        if text in lexicon.common or lexicon.head_of(text) is not None or lexicon.is_a(text, "general", "project-tail"):
            return
        if any(t.kind is not Kind.WORD or lexicon.is_a(t.text, "general", "soft") for t in words):
            return
        if len(words[-1].text) > 1 and words[-1].pos in ("v", "vn", "l"):
            return  # 收贮, 预处理
    wares = all(any(c in lexicon.cues["material"] for c in t) for t in texts)  # 冷轧铝卷、热轧铝板
    for item, text in zip(listing.items, texts, strict=True):
        span = span_of(clause, *item)
        yield Candidate(*span, T.PROJECT, text + noun, "name-listed-project", 6)
        public = _PUBLIC_WORKS.search(clause.text(listing.first, listing.last))
        if lexicon.is_a(clause.tokens[item[1] - 1].text, "phase") or wares or public:
            continue
        yield Candidate(*span, T.ENTERPRISE, lexicon.short.get(text, text), "name-firm-of-project", 3, nested=True)


_SIZED = re.compile(
    r"^(?:小[（(][一二][）)]型|[一二三四五六七八九十]大|中小型|大中型|大型|中型|小型|重点|骨干|主要|一批)+(?=..)"
)
_OF_A_TOWNSHIP = re.compile(r"[一-鿿]{1,6}(?:镇|乡|街道)[一-鿿]{1,4}")
_LINE_CLASS = re.compile(r"(高速公路|铁路|高铁|城际铁路)")
_LINES = re.compile(r"(铁路|高铁|高速公路|高速|公路|城际铁路)(?:重大|重点)?(?:项目|工程)")


def _after_price(clause: Clause, first: int, last: int) -> int:
    """The index after what a work costs or measures: 投资7亿元的|…工程."""
    of = [n for n in range(first + 1, last - 1) if clause.tokens[n].text == "的"]
    priced = bool(of) and any(t.kind is Kind.NUMBER for t in clause.tokens[first : of[0]])
    return of[0] + 1 if priced else first


_SHARED = re.compile(r"(?:高速公路|高速|铁路|高铁|快铁|城际|公路|大桥|隧道|水库|电站|煤矿|机场|航道|灌区)(?:.期)?$")


def _shares_a_line(clause: Clause, listing: Listing, item: tuple[int, int], lexicon: Lexicon) -> bool:
    """Whether a short item without a head stands before one that ends like a line: 贵黄、|贵金|、贵南高铁."""
    first, last = item
    later = [i for i in listing.items if i[0] >= first]
    for begin, end in later:
        text = clause.text(begin, end)
        if (begin, end) != item and _SHARED.search(text):
            return len(clause.text(first, last)) <= 4
        if len(text) > 4 or lexicon.head_of(text) is not None:
            return False
    return False


def _is_line(clause: Clause, first: int, last: int) -> bool:
    """Whether an item is only the ends of a line: two or three characters, or two places."""
    tokens = clause.tokens[first:last]
    initials = 2 <= len(tokens) <= 3 and all(t.kind is Kind.WORD and len(t.text) == 1 for t in tokens)
    return initials or is_route(clause, first, last)


def class_of(text: str, lexicon: Lexicon) -> tuple[T | None, str]:
    """What a summing-up phrase says its items are, and by which word: the class word it ends with or holds first."""
    best: tuple[int, int, T, str] | None = None
    for kind in T:
        for word in lexicon.cues.get(f"class-{kind}", ()):
            at = text.find(word)
            rest = text[at + len(word) :]
            if kind is T.ZONE and at >= 0 and rest.endswith(("产业", "企业")):
                continue  # 园区|主攻产业
            if at < 0 or (kind is T.PLACE and rest[:1] not in ("和", "及") and not tail_of_work(rest, lexicon)):
                continue  # 国家|4A级旅游景区
            if kind is T.BRAND and rest and (whole := lexicon.head_of(text)) is not None and whole[1].type in BUILT:
                continue  # 农产品|加工园区
            rank = (at + len(word), -len(word))
            if best is None or rank < best[:2]:
                best = (*rank, kind, word)
    return (None, "") if best is None else best[2:]


def _shared_with_summary(clause: Clause, listing: Listing, kind: T | None, lexicon: Lexicon) -> tuple[int, T] | None:
    """Where every item is only a place or zone (六枝、水城等化工园区): where the head they share ends, and its type."""
    for first, last in listing.items:
        tokens = clause.tokens[first:last]
        short = (
            kind is T.FACILITY
            and sum(len(t.text) for t in tokens) <= 3
            and ((own := lexicon.head_of(clause.text(first, last))) is None or (own[1].weak and own[1].type is T.PLACE))
        )
        unknown = not listing.etc and rare_runs(tokens, lexicon) == [(0, len(tokens))]
        found = shape(clause, first, last, lexicon)
        zone = not listing.etc and found is not None and found.last == last and found.info.type is T.ZONE
        route = kind is T.FACILITY and is_route(clause, first, last)
        placed = bool(tokens) and tokens[0].kind is Kind.PLACE and 2 <= sum(len(t.text) for t in tokens[1:]) <= 4
        route |= kind is T.FACILITY and placed and lexicon.head_of(clause.text(first, last)) is None
        pair = kind is T.ZONE and names_two_countries(clause.text(first, last))
        if not ((len(tokens) == 1 and tokens[0].kind is Kind.PLACE) or short or unknown or zone or route or pair):
            return None
    for stop in range(listing.last, listing.first, -1):
        found_head = lexicon.head_of(clause.text(listing.first, stop))
        if found_head is not None and not found_head[1].weak and found_head[1].type in (*BUILT, T.ORGANIZATION):
            if found_head[0] in ("项目", "工程") and stop - listing.first == 1:
                return None
            return stop, found_head[1].type
        if found_head is not None and found_head[0] in ("中心", "基地"):
            return stop, T.ORGANIZATION if found_head[0] == "中心" else T.ZONE
    return None


# Classes of which every one has a name of its own: what a list names before 等 is one, however common the word.
_OF_THEIR_OWN = frozenset(
    {"商圈", "矿区", "水库", "口岸", "码头", "机场", "水电站", "大桥", "隧道", "高速公路", "历史文化街区", "污水处理厂"}
)
_OF_SIGHTS = frozenset({"景区", "景点", "旅游景区", "度假区", "旅游度假区", "风景区"})


def _bears(clause: Clause, first: int, last: int, word: str, lexicon: Lexicon) -> bool:
    """Whether a short noun in a list of such a class is the name of one: 五一、红星等商圈; sights have any words."""
    tokens = clause.tokens[first:last]
    if word in _OF_SIGHTS:
        text = clause.text(first, last)
        plain = all(t.kind in (Kind.WORD, Kind.PLACE) and not lexicon.is_a(t.text, "general") for t in tokens)
        own = any(t.kind is Kind.WORD for t in tokens) and text not in lexicon.common
        return plain and own and 2 <= len(text) <= _LONGEST_SIGHT and not _SORTS.search(text)
    if word in _OF_PLACES and len(tokens) > 1 and tokens[0].kind is Kind.PLACE:
        return clause.text(first + 1, last) not in lexicon.common  # 晋宁石岳山等国家公园
    return (
        word in _OF_THEIR_OWN
        and 2 <= sum(len(t.text) for t in tokens) <= 4
        and all(
            t.kind is Kind.WORD
            and t.pos[:1] in ("n", "m", "f", "j")
            and not lexicon.is_a(t.text, "general", "soft", "nominal", "measure", "adverb", "material", "ware")
            for t in tokens
        )
        and not _SORTS.search(clause.text(first, last))
    )


_OF_PLACES = frozenset({"国家公园", "考古遗址公园", "地质公园", "森林公园", "湿地公园", "自然保护区", "产业集群"})
_LONGEST_SIGHT = 5  # characters
_COUNTED = re.compile(r"(?:\d+|[一二三四五六七八九十]+)大")
_SORTS = re.compile(r"[类型级式性化区县市省镇乡村路]$|^[各多数]|中小|大中|沿[江海边]")


def _only_placed(clause: Clause, first: int, last: int, lexicon: Lexicon) -> bool:
    """Whether an item says only where: a place, or a place and the spot in it."""
    tokens = clause.tokens[first:last]
    if tokens[0].kind is not Kind.PLACE:
        return False
    spot = "".join(t.text for t in tokens[1:])
    plain = all(t.kind is Kind.WORD and not lexicon.is_a(t.text, "project-tail", "tail-work") for t in tokens[1:])
    return not spot or (plain and 2 <= len(spot) <= 3 and spot not in lexicon.common)


def listed_thing(
    clause: Clause,
    first: int,
    last: int,
    found: Shape | None,
    proof: Evidence,
    kind: T,
    lexicon: Lexicon,
    *,
    counted: bool = False,
    noun: str = "项目",
) -> Iterator[Candidate]:
    """An item of a list of projects, facilities or zones; ``counted`` says that the list tells how many there are,
    ``noun`` is the word it has for works (A、B等工程).
    """
    surface = clause.text(first, last)
    tokens = clause.tokens[first:last]
    start, end = span_of(clause, first, last)
    bare = firm_stem(clause, first, last, lexicon, listed=True) if kind is T.PROJECT else None
    named = proof.proper or bare == (first, last)
    if found is not None and found.text == found.head and len(surface) > 2 and found.info.type is T.ORGANIZATION:
        if any(t.kind is Kind.LEVEL or t.text in LEVELS for t in clause.tokens[:first]):
            yield Candidate(start, end, T.ORGANIZATION, surface, "name-listed", 5)  # 市二院、|中医院|等工程
        return
    long = kind is T.PROJECT and counted and len(surface) >= 6 and len(tokens) > 2
    if (
        found is not None
        and (found.info.type is kind or len(found.head) < 3)
        and not named
        and not long
        and found.evidence.content < 1
    ):
        return  # 中型水库
    if (surface in lexicon.common and not proof.place) or (not named and proof.content < 1 and not long):
        return
    if found is not None and found.info.type in (*BUILT, T.ORGANIZATION, T.ENTERPRISE):
        plant = found.head.endswith("厂") and proof.rare
        scheme = found.phase in EXTENSIONS or (
            kind is T.PROJECT and (plant or found.head.endswith("基地") or found.head in ENERGY)
        )
        own = T.PROJECT if found.info.type is T.ENTERPRISE or scheme else found.info.type
        described = kind is T.PROJECT and proof.content > 1 and len(surface) - len(found.head) > 3
        street = kind in (T.FACILITY, T.ZONE) and found.head in ("路", "街", "巷") and len(surface) >= 3
        if (
            not proof.proper
            and not described
            and not street
            and (found.info.weak or len(surface) - len(found.head) < 2)
        ):
            if not long or found.info.type is T.ORGANIZATION:
                return
            own = T.PROJECT  # 智慧园区监管平台等21个项目
        if not proof.proper and found.info.weak and not found.phase.endswith("段") and not street:
            own = T.PROJECT
        name = (
            surface
            if own is not T.PROJECT or (found.head.endswith(("项目", "工程")) and not found.phase)
            else surface + noun
        )
        yield Candidate(start, end, own, name, "name-listed", 6)
        works = firm_of_works(clause, first, last, lexicon) if own in (T.ZONE, T.FACILITY) else None
        if works is not None:
            firm = clause.text(*works)
            name = lexicon.short.get(firm, firm)
            yield Candidate(*span_of(clause, *works), T.ENTERPRISE, name, "name-firm-of-works", 3, nested=True)
    elif found is not None and found.info.type is T.PROGRAMME and lexicon.is_a(found.head, "campaign"):
        yield Candidate(start, end, T.PROGRAMME, surface, "name-listed", 6)
        return
    elif kind is T.PROJECT:
        if len(surface) < 3 or (len(tokens) == 1 and tokens[0].kind in (Kind.PLACE, Kind.LEVEL)):
            return
        if len(tokens) == 1 and tokens[0].kind is Kind.QUOTE:
            return
        plain = all(len(t.text) > 1 for t in tokens)
        if not proof.proper and bare != (first, last) and (len(surface) < (5 if plain else 4) or len(tokens) < 2):
            return
        yield Candidate(start, end, T.PROJECT, surface + noun, "name-listed-project", 6)
    elif proof.rare and (len(surface) >= 3 or (len(surface) == 2 and kind is T.ZONE)):
        water = found is not None and found.head in WATERS and len(surface) <= LONGEST_WATER
        yield Candidate(start, end, T.PLACE if water else kind, surface, "name-listed", 6)
        return
    else:
        return
    plant = found is not None and found.head.endswith(("厂", "基地")) and not found.head.endswith(_OF_A_PLACE)
    if kind is T.PROJECT and (found is None or found.info.type in (T.PROJECT, T.ENTERPRISE) or plant):
        yield from named_after(clause, first, last, lexicon, listed=True)


_OF_A_PLACE = ("电厂", "水厂", "热源厂", "污水处理厂")  # mostly named after where they stand


def named_after(clause: Clause, first: int, last: int, lexicon: Lexicon, *, listed: bool) -> Iterator[Candidate]:
    """The firm a scheme is named after."""
    stem = firm_stem(clause, first, last, lexicon, listed=listed)
    if stem is not None and not any(t.text in ("至", "到") for t in clause.tokens[first:last]):
        text = clause.text(*stem)
        name = lexicon.short.get(text, text)
        yield Candidate(*span_of(clause, *stem), T.ENTERPRISE, name, "name-firm-of-project", 3, nested=True)


def _ware(clause: Clause, first: int, last: int) -> bool:
    """Whether an item called a brand is a name of a few characters, part of it perhaps quoted: “甲”稻, 梯田红米."""
    length = sum(len(t.inner) for t in clause.tokens[first:last])
    quoted = clause.tokens[first].kind is Kind.QUOTE
    return 2 <= last - first <= 3 and (quoted or 3 <= length <= 6)


_ENTERED = ("进", "入", "到", "驻")  # 进村入户: no village sums the list up
_KINDS_OF_FIRMS = re.compile(
    r"^(?:消费|金融|小额|融资|外贸|农业|民营|国有|贷款|租赁|担保|保险|证券)+(?:公司|集团|银行)$"
)
_FESTIVE = re.compile(r"(?:电影|音乐|文化|艺术|旅游|设计|美食|戏曲|啤酒|灯会|庙)(?:节|周|季|会)$")
_SERVICE = re.compile(r"(?:[网通云码]|平台|APP|系统|小程序)$")
_SCHOOL = re.compile(r"[一-鿿]{1,3}(?:农大|师大|工大|医大|理工|科大|大学|学院|研究院|研究所|科学院)$")
_OCCASION = re.compile(r"[一-鿿](?:会|周|节|赛|论坛|展|月|季|行|展演|联展|走秀|晚会|活动)$")


def _listed_other(
    clause: Clause,
    first: int,
    last: int,
    own: Shape | None,
    proof: Evidence,
    kind: T,
    word: str,
    text: str,
    lexicon: Lexicon,
) -> Iterator[Candidate]:
    """An item of a list of firms, bodies, events, programmes, titles …"""
    surface = clause.text(first, last)
    token = clause.tokens[first]
    start, end = span_of(clause, first, last)
    if surface in lexicon.known and lexicon.known[surface] in (kind, T.ENTERPRISE, T.ORGANIZATION):
        yield Candidate(start, end, lexicon.known[surface], lexicon.short.get(surface, surface), "name-known", 6)
    elif last - first == 1 and token.kind is Kind.QUOTE:
        if figurative(token.inner, lexicon) or kind in (T.ENTERPRISE, T.ORGANIZATION, T.PLACE):
            return
        head = text if kind is T.PROGRAMME and lexicon.head_of(text) and len(text) <= 6 else ""
        name = f"“{token.inner}”{head}" if head else token.inner
        yield Candidate(*token.inner_span, label_type(token.inner, lexicon) or kind, name, "name-listed-label", 6)
    elif surface in lexicon.common and not proof.place:
        return
    elif kind is T.BRAND and own is not None and own.info.type in (T.ZONE, T.FACILITY, T.ORGANIZATION):
        if proof.proper and not own.info.weak:
            yield Candidate(start, end, own.info.type, surface, "name-listed", 6)
    elif kind is T.ENTERPRISE and _KINDS_OF_FIRMS.search(surface):
        return
    elif kind is T.BRAND and proof.place and _FESTIVE.search(surface):
        yield Candidate(start, end, T.EVENT, surface, "name-listed", 5)
    elif kind is T.ENTERPRISE and _SCHOOL.search(surface):
        yield Candidate(start, end, T.ORGANIZATION, surface, "name-listed-body", 6)
    elif kind is T.ENTERPRISE:
        other = own is not None and own.info.type in (T.ZONE, T.FACILITY, T.PROGRAMME, T.PROJECT, T.PLACE)
        trade = any(surface.endswith(t) and len(surface) > len(t) + 1 for t in lexicon.cues["enterprise-trade"])
        legal = own is not None and own.info.type is T.ENTERPRISE and len(surface) > len(own.head) + 1
        if not other and len(surface) <= 12 and (proof.rare or trade or legal or (proof.place and len(surface) > 3)):
            yield Candidate(start, end, T.ENTERPRISE, surface, "name-listed-firm", 6)
    elif kind is T.ORGANIZATION:
        if (proof.rare or proof.place) and len(surface) > 2 and not (last - first == 1 and token.kind is Kind.PLACE):
            yield Candidate(start, end, T.ORGANIZATION, surface, "name-listed-body", 6)
    elif (
        own is not None
        and own.info.type is kind
        and kind in (T.EVENT, T.PROGRAMME, T.POLICY)
        and (proof.proper or proof.content)
    ):
        yield Candidate(start, end, kind, surface, "name-listed", 6)
    elif kind is T.EVENT and own is None and 3 <= len(surface) <= 16 and _OCCASION.search(surface):
        yield Candidate(start, end, T.EVENT, surface, "name-listed", 5)
    elif (
        kind is T.HONOUR
        and own is not None
        and T.HONOUR in own.info.types
        and (proof.proper or proof.content or surface in lexicon.known)
    ):
        yield Candidate(start, end, T.HONOUR, surface, "name-listed", 6)
    elif kind is T.PROGRAMME and own is None and proof.content and lexicon.is_a(text, "campaign"):
        yield Candidate(start, end, T.PROGRAMME, surface + text, "name-listed", 5)
    elif kind is T.BRAND and word.endswith("平台") and not _SERVICE.search(surface):
        return  # zones and ports are called platforms too
    elif kind is T.BRAND and ((proof.place and last - first >= 2) or ("品牌" in text and _ware(clause, first, last))):
        yield Candidate(start, end, T.BRAND, surface, "name-listed", 5)
