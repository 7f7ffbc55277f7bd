"""Heads and labels that the members of a coordination share: A、B高速公路, …项目一期、二期, 甲、乙、丙“三大战役”.

Invariant: a member is named by its own words and the head; never by another member's proper name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from kg.recognition.names.candidates import Candidate
from kg.recognition.names.clauses import Clause, Phrase
from kg.recognition.names.evidence import LEVELS, evidence, rare_runs
from kg.recognition.names.groups import Group
from kg.recognition.names.lexicon import Lexicon
from kg.recognition.names.listings import BUILT, SPLITS, is_route
from kg.recognition.names.lists import named_after
from kg.recognition.names.marks import NUMERALS, sales
from kg.recognition.names.quotes import figurative, label_head
from kg.recognition.names.shapes import EXTENSIONS, Shape, shape, span_of, tail_of_work
from kg.recognition.names.tokens import Kind, Token
from kg.recognition.names.wares import begins_with_ware, begins_with_works
from kg.recognition.spans import EntityType as T

_COUNTING = re.compile(r"([二两三四五六七八九十]|\d{1,2})(?:[大个项条类张块]|[一-鿿]{1,6}$)")


def counted_label(clause: Clause, group: Group, lexicon: Lexicon) -> Iterator[Candidate]:
    """Items and the label that counts them are one name: 大气、水、土壤污染防治“三大战役”."""
    for position, item in enumerate(group.items):
        for index in range(item.first, item.last):
            token = clause.tokens[index]
            match = _COUNTING.match(token.inner) if token.kind is Kind.QUOTE else None
            if match is None or figurative(token.inner, lexicon):
                continue
            number = NUMERALS.get(match[1]) or (int(match[1]) if match[1].isdigit() else 0)
            if not 2 <= number <= position + 1 or index == item.first:
                continue
            begin = group.items[position - number + 1]
            if position - number >= 0 and clause.roles[begin.first - 1] in SPLITS:
                continue  # more items than the label counts
            headed = label_head(clause, item, index, lexicon)
            last, kind = (headed[0], headed[2]) if headed else (index + 1, T.PROGRAMME)
            start, end = span_of(clause, begin.first, last)
            yield Candidate(start, end, kind, clause.text(begin.first, last), "name-counted-list", 7)


def shared_head(clause: Clause, group: Group, lexicon: Lexicon) -> Iterator[Candidate]:
    """A、B+head: earlier members lack the head that the last one has (安盘、纳晴高速公路)."""
    items = group.items
    if len(items) < 2:
        return
    if group.summary is not None and _lines_by_summary(clause, items, group.summary):
        return
    if group.summary is not None and _SIGHTS.search(clause.text(group.summary.first, group.summary.last)):
        return  # 甲山、乙广场等景区: each is a sight by itself
    yield from _phases(clause, items, lexicon)
    lines = list(_lines_of_a_network(clause, items))
    if lines:
        yield from lines
        return
    for position in range(1, len(items)):
        yield from _share(clause, items[:position], items[position], lexicon, group.summary is not None)


_SIGHTS = re.compile(r"景区|景点|度假区")
_CLASS_OF_LINES = re.compile(r"(?:高速公路|高速|铁路|高铁|快铁)")


def _lines_by_summary(clause: Clause, items: tuple[Phrase, ...], summary: Phrase) -> bool:
    """Whether the first item is the ends of a line that the summary classes: 甲乙、…过境线等5条|高速公路."""
    tokens = clause.tokens[items[0].first : items[0].last]
    initials = 2 <= len(tokens) <= 3 and all(t.kind is Kind.WORD and len(t.text) == 1 for t in tokens)
    line = _CLASS_OF_LINES.match(clause.text(summary.first, summary.last))
    return initials and line is not None and not clause.text(items[-1].first, items[-1].last).endswith(line[0])


def known_tail(clause: Clause, group: Group, lexicon: Lexicon) -> Iterator[Candidate]:
    """大气、|水、|土壤污染防治行动计划: with the end of the last member an earlier one is a known name."""
    for position in range(1, len(group.items)):
        final = group.items[position]
        own = clause.text(final.first, final.last)
        for item in reversed(group.items[:position]):
            text = clause.text(item.first, item.last)
            if clause.roles[item.last] not in SPLITS or len(text) < 1 or text in lexicon.known:
                break
            found = _completed(clause, text, final, lexicon)
            if found is None:
                break
            last, name = found
            stretch = clause.tokens[last].text if clause.tokens[last : last + 1] and _is_stretch(clause, last) else ""
            start, end = span_of(clause, item.first, last + bool(stretch))
            full = lexicon.short.get(name, name) + stretch
            # 甲、|乙国家公园|体制试点: of two parks, what overlaps gives way
            alone = position == 1 and lexicon.known[name] is T.ZONE and not stretch
            yield Candidate(start, end, lexicon.known[name], full, "name-shared-head", 7, nested=not alone)
            if last == final.last and len(own) > _SHORT and clause.tokens[final.first].kind is not Kind.LEVEL:
                span = span_of(clause, final.first, final.last)
                yield Candidate(*span, lexicon.known[name], own, "name-shared-head", 3, nested=True)


def _is_stretch(clause: Clause, index: int) -> bool:
    """Whether a bracket says which stretch of a park or line is meant: （某省段）."""
    token = clause.tokens[index]
    return token.kind is Kind.BRACKET and token.inner.endswith("段")


_SHORT = 5  # characters of a last member that may be a general word
_KNOWN_TAILS = (T.PROGRAMME, T.POLICY, T.EVENT, T.ZONE)


_OWNERS = frozenset({"国家", "中央"})


def owned_policy(clause: Clause, group: Group, lexicon: Lexicon) -> Iterator[Candidate]:
    """国家|和|省稳经济一揽子政策: a policy of the country and one of the place, told by the same words."""
    for before, final in pairwise(group.items):
        text = clause.text(final.first, final.last)
        owner = clause.text(before.first, before.last)
        leads = clause.tokens[final.first].kind is Kind.LEVEL or clause.tokens[final.first].text in LEVELS
        if owner not in _OWNERS or not leads or "一揽子" not in text or clause.roles[before.last] not in SPLITS:
            continue
        found = lexicon.head_of(text)
        if found is None or found[1].type is not T.POLICY or final.last - final.first < 2:
            continue
        start, end = span_of(clause, before.first, final.last)
        rest = clause.text(final.first + 1, final.last)
        yield Candidate(start, end, T.POLICY, owner + rest, "name-shared-head", 6, nested=True)
        yield Candidate(*span_of(clause, final.first, final.last), T.POLICY, text, "name-policy", 6)


def _completed(clause: Clause, text: str, final: Phrase, lexicon: Lexicon) -> tuple[int, str] | None:
    """Where a known name ends that a member's own words and the end of the last member make; and the name."""
    for stop in range(final.last, final.first, -1):
        whole = clause.text(final.first, stop)
        for at in range(1, len(whole) - 1):
            name = text + whole[at:]
            if lexicon.known.get(name) in _KNOWN_TAILS and len(name) > 3:
                return stop, name
    return None


_EXTENDED = ("路", "道", "高速", "线", "桥", "街", "隧道", "号线")


def _phases(clause: Clause, items: tuple[Phrase, ...], lexicon: Lexicon) -> Iterator[Candidate]:
    """…项目一期、二期: the later phases are of the same thing."""
    head = items[0]
    found = shape(clause, head.first, head.last, lexicon)
    last = clause.tokens[head.last - 1]
    if not lexicon.is_a(last.text, "phase") or head.last - head.first < 2:
        return
    whole = clause.text(head.first, head.last - 1)
    kind = found.info.type if found is not None and found.info.type in BUILT else T.PROJECT
    for item in items[1:]:
        text = clause.text(item.first, item.last)
        if not lexicon.is_a(text, "phase") or (text in EXTENSIONS and not whole.endswith(_EXTENDED)):
            return
        start, _ = span_of(clause, head.first, head.last)
        _, end = span_of(clause, item.first, item.last)
        yield Candidate(start, end, kind, whole + text, "name-shared-head", 6, nested=True)


_SIDES = frozenset("东南西北")
_NETWORKS = frozenset({"地铁", "轨道交通", "轻轨"})


def _lines_of_a_network(clause: Clause, items: tuple[Phrase, ...]) -> Iterator[Candidate]:
    """地铁4、7、11号线: numbers of one network, which the first item names."""
    tokens = clause.tokens
    numbers: list[str] = []
    network, start = "", 0
    for item in items:
        words = tokens[item.first : item.last]
        if len(words) == 2 and words[0].text in _NETWORKS and words[1].kind is Kind.NUMBER:
            network, start, numbers = words[0].text, words[0].start, [words[1].text]
        elif network and len(words) == 1 and words[0].kind is Kind.NUMBER:
            numbers.append(words[0].text)
        elif network and len(words) > 1 and words[0].kind is Kind.NUMBER and words[1].text == "号线":
            for number in numbers:
                name = f"{network}{number}号线"
                yield Candidate(start, words[1].end, T.FACILITY, name, "name-shared-head", 6, nested=True)
            name = f"{network}{words[0].text}号线"
            inner = len(words) > 2  # …号线|一期工程
            yield Candidate(words[0].start, words[1].end, T.FACILITY, name, "name-numbered", 5, nested=inner)
            return
        else:
            network = ""


def _share(
    clause: Clause, earlier: tuple[Phrase, ...], final: Phrase, lexicon: Lexicon, group_ends: bool
) -> Iterator[Candidate]:
    """``group_ends`` says that the list is summed up (…等项目)."""
    found = shape(clause, final.first, final.last, lexicon)
    if found is not None and found.head.endswith("市场") and sales(found.text, final.verbs):
        return
    if found is not None and (scheme := _scheme_of_firms(clause, earlier, final, found, lexicon)):
        yield from scheme
        return
    before = earlier[-1]
    outputs = [any(t.kind is Kind.NUMBER for t in clause.tokens[p.first : p.last]) for p in (before, final)]
    if (
        found is not None
        and found.info.type is T.PROJECT
        and all(outputs)
        and clause.tokens[final.first].kind is Kind.NUMBER
        and clause.tokens[before.first].kind is not Kind.NUMBER
        and lexicon.head_of(clause.text(before.first, before.last)) is None
    ):
        span = span_of(clause, before.first, found.last)
        yield Candidate(*span, T.PROJECT, clause.text(before.first, found.last), "name-shared-head", 7)
        return  # 甲20万吨肉鸡、3万吨熟食加工项目: one project that turns out two things
    if found is None or found.info.type not in (*BUILT, T.ORGANIZATION) or not tail_of_work(found.rest, lexicon):
        return
    first = _after_proper(clause, final.first, found.last, lexicon)
    shared = clause.text(first, found.last) if first < found.last else found.head
    if len(shared) == len(found.head) + 1:
        shared = found.head  # 莲花|寺|水库: the 寺 is the name's
    if not shared or not found.text.removesuffix(found.head):
        return
    _, end = span_of(clause, final.first, found.last)
    members: list[tuple[int, T, str]] = []
    for item in reversed(earlier):
        tokens = clause.tokens[item.first : item.last]
        text = clause.text(item.first, item.last)
        start, stop = span_of(clause, item.first, item.last)
        headed = shape(clause, item.first, item.last, lexicon)
        settled = headed is not None and headed.info.type is T.PLACE and len(headed.head) == 1 and len(text) <= 4
        settled |= found.head in _OF_NATURE and headed is not None and len(headed.head) == 1 and len(text) <= 4
        own = headed is not None and headed.last == item.last and (not headed.info.weak or headed.evidence.number)
        if own and not settled:
            break  # 岳官寨、|太平|遗址: a village is what a site is named after
        whole = len(text) > 2 and text[-1] in _WHOLE and not settled
        if text in lexicon.known or found.text in lexicon.known or whole:
            break  # 青山路、|…大街: each has its own head
        if not (clause.roles[item.last] in SPLITS and clause.tokens[item.last].text in ("、", "和", "与", "及")):
            break
        if not found.head and any(t.text in ("至", "到") for t in tokens):
            break  # 甲至乙、|丙至丁一期
        place = tokens[-1].kind is Kind.PLACE and len(tokens) <= 3
        place |= tokens[0].kind is Kind.PLACE and len(tokens) == 2 and tokens[1].text in _SIDES  # 甲东、|甲北收费站
        own_head = lexicon.head_of(text)
        if found.head and text.endswith(found.head):
            break
        firm = (own_head is not None and len(own_head[0]) > 1) or any(
            text.endswith(t) for t in lexicon.cues["enterprise-trade"]
        )
        initials = 2 <= len(text) <= 3 and all(len(t.text) == 1 for t in tokens)
        initials |= _ends_of_line(text, tokens, found)
        short = len(text) <= 4 and (initials or bool(rare_runs(tokens, lexicon))) and not firm
        number = len(tokens) == 1 and {tokens[0].kind, clause.tokens[final.first].kind} == {Kind.NUMBER}
        runs = rare_runs(tokens, lexicon)
        number |= bool(_ORDINAL.fullmatch(text)) and bool(_ORDINAL.fullmatch(clause.tokens[final.first].text))
        number |= found.head == "号线" and tokens[-1].kind is Kind.NUMBER and text.startswith(_RAILS)  # 地铁4、|7号线
        number |= bool(_GRID.fullmatch(text)) and found.head in _STREETS  # 纬十七、|经十二路
        toponym = len(tokens) == 1 and len(text) == 2 and tokens[0].pos == "ns" and found.head.endswith("项目")
        number |= text in EXTENSIONS and found.head in _LINES  # 西延、|西渝高铁
        sized = tokens[0].kind is Kind.NUMBER and len(tokens) <= 5 and bool(runs) and runs[-1][1] == len(tokens)
        line = found.info.type is T.FACILITY and is_route(clause, item.first, item.last)
        if group_ends and not (place or initials or number or line or toponym):
            break  # 甲、|乙中心等项目: of a list that is summed up each item stands for itself
        if place or short or number or sized or line or toponym:
            own = tokens[0].kind is Kind.PLACE and len(tokens) > 1
            head = found.head if line or own else shared
            head = head[1:] if text[-1] == head[:1] else head  # 1号、|3号线
            members.append((start, found.info.type, text + head))
            continue
        if len(tokens) == 1 and tokens[0].kind is Kind.QUOTE:
            break  # “全面改薄”和|“10+2”项目: quotations are read for themselves
        proof = evidence(tokens, "", lexicon)
        tail = any(text.endswith(t) for t in lexicon.cues["project-tail"])
        if (earlier[0].counted and not proof.proper) or text.endswith(("性", "型", "级")):
            break  # 一批甲、乙、丙项目; 高成长性、|高科技含量项目
        sought = _EFFORT.match(clause.after(found.last))  # 加大…和…项目引进力度
        if (
            (found.head.endswith("项目") or (tail and (proof.proper or found.evidence.proper)))
            and not sought
            and (proof.proper or proof.content >= 2)
            and len(text) >= 4
        ):
            for _, kind, name in members:
                yield Candidate(members[-1][0], end, kind, name, "name-shared-head", 6, nested=True)
            members = []
            yield Candidate(start, stop, T.PROJECT, text + "项目", "name-shared-project", 6)
            for owner in named_after(clause, item.first, item.last, lexicon, listed=False):
                after = text[owner.end - start :] if owner.start == start else ""
                if begins_with_ware(after) or begins_with_works(after):
                    yield owner
            rest = clause.text(_after_proper(clause, item.first, item.last, lexicon), item.last)
            if not rest:
                break
            shared, end = rest + "项目", stop  # 甲、乙煤发电: what comes before shares with this item
            continue
        break
    for _, kind, name in members:  # the members before the last share one mention, from the first of them to the head
        yield Candidate(members[-1][0], end, kind, name, "name-shared-head", 6, nested=True)


def _ends_of_line(text: str, tokens: tuple[Token, ...], final: Shape) -> bool:
    """Whether an item of two characters, one word to the segmenter, is a line like the last one: 岳南、|岳宁高速."""
    own = len(final.text) - len(final.head)
    plain = len(tokens) == 1 and tokens[0].kind is Kind.WORD and tokens[0].pos[:1] == "n"
    return plain and len(text) == own == 2 and final.head in _LINES


_RAILS = ("地铁", "轨道交通", "轨道", "轻轨")
_GRID = re.compile(r"[经纬][一二三四五六七八九十]{1,3}")
_STREETS = frozenset({"路", "街", "大道", "大街"})
_LINES = frozenset({"高铁", "铁路", "高速", "高速公路", "城际铁路", "快铁"})
_OF_NATURE = frozenset({"自然公园", "湿地公园", "森林公园", "地质公园", "自然保护区", "保护区", "风景名胜区", "名胜区"})


def _scheme_of_firms(
    clause: Clause, earlier: tuple[Phrase, ...], final: Phrase, found: Shape, lexicon: Lexicon
) -> list[Candidate]:
    """The schemes of firms that share their output: 华能、|大唐|2000兆瓦风电. Empty if the members are no firms."""
    if lexicon.known.get(clause.tokens[final.first].text) is not T.ENTERPRISE or final.last - final.first < 3:
        return []
    if clause.tokens[final.first + 1].kind is not Kind.NUMBER:
        return []
    rest, kind = clause.text(final.first + 1, found.last), found.info.type
    _, end = span_of(clause, final.first, found.last)
    schemes = []
    for item in reversed(earlier):
        text = clause.text(item.first, item.last)
        if lexicon.known.get(text) is not T.ENTERPRISE:
            break
        start, _ = span_of(clause, item.first, item.last)
        schemes.append(
            Candidate(start, end, kind, lexicon.short.get(text, text) + rest, "name-shared-head", 7, nested=True)
        )
    return schemes


_EFFORT = re.compile(r"(?:引进|建设|招引|谋划|争取|储备)?力度")
_ORDINAL = re.compile(r"第[一二三四五六七八九十]")
_WHOLE = frozenset("路街道寺庙园城桥馆校院厂港")


def _after_proper(clause: Clause, first: int, last: int, lexicon: Lexicon) -> int:
    """The index after the proper name that begins tokens ``first`` to ``last``."""
    tokens = clause.tokens[first:last]
    if tokens[0].kind is Kind.PLACE:
        zone = lexicon.heads.get(tokens[1].text) if len(tokens) > 2 else None
        return first + 1 + (zone is not None and zone.type is T.ZONE)  # 兰州|新区|…项目
    runs = rare_runs(tokens, lexicon)
    if runs and runs[0][0] == 0:
        return first + runs[0][1]
    singles = 0
    while singles < len(tokens) and len(tokens[singles].text) == 1:
        singles += 1
    if 2 <= singles <= 3:
        return first + singles
    return first + 1 if tokens[0].kind is Kind.NUMBER or len(tokens[0].text) == 2 < last - first else last
