"""Quoted labels: “五大行动”, “贵商易”平台, 乡村振兴“五大行动”, “放管服”改革; and documents in book marks.

Invariant: a quotation that is a figure of speech (发挥“压舱石”作用) is no name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from kg.recognition.names.anchors import is_anchor, wide_start
from kg.recognition.names.bodies import body_at_start
from kg.recognition.names.candidates import Candidate
from kg.recognition.names.clauses import Clause, Phrase, Role
from kg.recognition.names.groups import governed
from kg.recognition.names.lexicon import Lexicon
from kg.recognition.names.plans import is_works
from kg.recognition.names.shapes import leading_time, span_of, tail_of_work
from kg.recognition.names.tokens import Kind
from kg.recognition.spans import EntityType as T

_SPEECH = re.compile(
    r"^全[国省市区县](?:率先|首创|第一|领先|前列|唯一)|[！？。；]|(?:起来|下去|出来|了|的)$|^[是有为把让用]"
    r"|^[一二三四五六七八九十\d]{1,3}连[冠增丰降涨升跌胜优快]$"
)
_COUNTED = re.compile(
    r"^[一二两三四五六七八九十百千双多]+[个大项条类种张块只把支]?[一-鿿]|\d+\s*\+|\+\s*[\dN]|^\d{3,}$|\d+[xX×]\d"
)
_NUMERAL = re.compile(r"[一二两三四五六七八九十百千万双\d]")
_POLICY_END = re.compile(r"[一二三四五六七八九十\d]条$|政策$|措施$|方案$|意见$|清单$|规划$|办法$")


def figurative(inner: str, lexicon: Lexicon) -> bool:
    """Whether a quotation is one of the figures of speech that all reports use, or a sentence."""
    if len(inner) < 2 or lexicon.is_a(inner, "figurative"):
        return True
    return bool(_SPEECH.search(inner)) and not counts_parts(inner)


def is_label(inner: str) -> bool:
    """Whether a quotation counts or abbreviates its parts, as labels do (三深化、三提升; 1+3; 3221)."""
    return bool(_COUNTED.search(inner)) or len(_NUMERAL.findall(inner)) >= 2


def counts_parts(inner: str) -> bool:
    """Whether a label counts its parts one by one (一廊两轴三板块, 1+7+1+N): no figure of speech does."""
    parts = _PART.findall(_EACH.sub("", inner))
    return len(inner) <= _LONGEST_LABEL and len(parts) >= 2 and not _COMMON_PARTS.search(inner)


_PART = re.compile(r"[一二两三四五六七八九十百双]+[^一二两三四五六七八九十百双\d]|\d+(?=\+)|\+[\dN]")
_EACH = re.compile(r"一[^一]一[^一、]")  # 一企一策: one for each, no label
_COMMON_PARTS = re.compile(
    r"位一体|[两三多]合一|不两直|抢一盗|馆一站|通一平|无两有|水两污|[一二两三四五六七八九十][河湖江渠镇县市村]|\d[·.×年月天]|[晚天]$|[，。；]|百分之"
)
_LONGEST_LABEL = 14  # characters of a label that counts its parts; longer ones are sentences

_RANKING = re.compile(r"(?:\d+|百|十|五十)[强佳]$")
_ONLINE = re.compile(r"[一-鿿]{2}(?:云|码|通|APP|平台|系统|在线|小程序|专线|热线|贷)$|[一-鿿]{3}网$")

_GOES = re.compile(
    r"(?:上云|成网|[国省市县盟村镇组乡互联畅贯流融]通)$|(?:套路|校园|现金)贷$"
)  # wishes: 企业上云, 县县通


def label_type(inner: str, lexicon: Lexicon) -> T | None:
    """The type a label's own words give it: “五大行动” a programme, “新十条” a policy; ``None`` if they give none."""
    if inner in lexicon.known:
        return lexicon.known[inner]
    if _POLICY_END.search(inner):
        return T.POLICY
    if _RANKING.search(inner):
        return T.HONOUR
    if _ONLINE.search(inner) and not is_label(inner) and not _GOES.search(inner):
        return T.BRAND
    found = lexicon.head_of(inner)
    if found is not None and found[0] == inner and len(inner) > 3 and found[1].type is T.PROGRAMME:
        return T.PROGRAMME if not found[1].weak and inner not in lexicon.cues["campaign"] else None  # “百日攻坚”
    if found is None or len(found[0]) >= len(inner) or len(found[0]) < 2:
        return None
    info = found[1]
    if info.type in (T.PROGRAMME, T.EVENT, T.POLICY):
        return info.type
    if info.type in (T.ORGANIZATION, T.FACILITY, T.ZONE) and not info.weak and len(inner) >= 6:
        return info.type
    if T.HONOUR in info.types and re.search(r"国家|全国|全省|中国|示范|试点|模范", inner):
        return T.HONOUR
    return None


def quotes(clause: Clause, lexicon: Lexicon) -> Iterator[Candidate]:
    """The quoted names of a clause."""
    for index, token in enumerate(clause.tokens):
        if token.kind is Kind.QUOTE:
            yield from _quote(clause, index, lexicon)
        elif token.kind is Kind.BOOK:
            yield from _document(clause, index, lexicon)


def _quote(clause: Clause, index: int, lexicon: Lexicon) -> Iterator[Candidate]:
    token = clause.tokens[index]
    inner = token.inner
    phrase = next((p for p in clause.phrases if p.first <= index < p.last), None)
    if phrase is None:
        return
    figure = figurative(inner, lexicon)
    summed = None if figure else _row_class(clause, index, lexicon)
    if summed is not None:
        yield Candidate(*token.inner_span, summed, inner, "name-listed-label", 6)
        return
    others = [n for n in range(phrase.first, phrase.last) if clause.tokens[n].kind is Kind.QUOTE and n != index]
    headed = None if others and others[-1] > index else label_head(clause, phrase, index, lexicon)
    if figure and not (headed and _named_all_the_same(headed[1])):
        return
    if headed is not None:
        yield from _with_head(clause, phrase, index, headed, others, lexicon)
        return
    if others and others[-1] > index and label_head(clause, phrase, others[-1], lexicon) is not None:
        yield from _beside(clause, phrase, index, others[-1], lexicon)
        return
    if others and any(clause.text(a + 1, b) for a, b in pairwise(sorted([*others, index]))):
        return  # 围绕“三资”答“三问”: a slogan
    yield from _bare(clause, phrase, index, lexicon)


_ROW = re.compile(
    r"(?:等[^，。；、“”]{0,6}?|[^，。；、“”]{0,6}?(?=品牌|名片))(品牌|应用|平台|活动|行动|产品|名片|赛事|节庆|展会)"
)
_ROW_TYPES = {"活动": T.PROGRAMME, "行动": T.PROGRAMME, "赛事": T.EVENT, "节庆": T.EVENT, "展会": T.EVENT}


def _row_class(clause: Clause, index: int, lexicon: Lexicon) -> T | None:
    """What quotations in a row are said to be: “甲”“乙”等品牌; ``None`` if nothing sums them up or one is known."""
    last = index
    while last + 1 < len(clause.tokens) and clause.tokens[last + 1].kind is Kind.QUOTE:
        last += 1
    first = index
    while first and clause.tokens[first - 1].kind is Kind.QUOTE:
        first -= 1
    match = _ROW.match(clause.after(last + 1))
    if last == first or match is None:
        return None
    inner = clause.tokens[index].inner
    return lexicon.known.get(inner) or label_type(inner, lexicon) or _ROW_TYPES.get(match[1], T.BRAND)


def _named_all_the_same(head: str) -> bool:
    return head in ("规划", "工程", "战略", "普法", "负责制", "专项行动", "行动")


def label_head(clause: Clause, phrase: Phrase, index: int, lexicon: Lexicon) -> tuple[int, str, T] | None:
    """The head after a quotation in its phrase: where it ends, the head and the type it gives."""
    inner = clause.tokens[index].inner
    aspired = any(inner.startswith(w) and len(w) + 2 <= len(inner) <= len(w) + 4 for w in lexicon.cues["aspiration"])
    if aspired and inner not in lexicon.known and index + 1 < phrase.last:
        following = clause.tokens[index + 1]
        rest = clause.text(index + 2, phrase.last)
        plain = tail_of_work(rest, lexicon) and lexicon.head_of(rest) is None
        if following.text == "建设" and plain and not inner.endswith(("之都", "之城", "之乡")):
            return index + 2, "建设", T.PROGRAMME  # “平安某市”建设
    for stop in range(phrase.last, index + 1, -1):
        text = clause.text(index + 1, stop)
        if is_label(inner) and inner not in lexicon.known and _is_label_head(clause, index + 1, stop, lexicon):
            return stop, text, T.PROGRAMME
        word = clause.tokens[stop - 1].text
        found = lexicon.head_of(text)
        if found is None or (len(found[0]) < len(word) and len(found[0]) < 2):
            continue
        head, info = found
        if head == "应用" and text != head:
            continue  # “N+1”体系贯通|应用
        between = clause.tokens[index + 1 : stop]
        one_verb = sum(t.pos == "v" for t in between) == 1 and len(head) >= _LONG_HEAD
        if not ((head in ("制度", "机制") and len(between) == 2) or one_verb) and any(
            t.pos == "v" and len(t.text) > 1 and not lexicon.is_a(t.text, "soft") and t.text not in head
            for t in between
        ):
            continue
        settled = len(head) > 2 or any(t.kind is Kind.PLACE for t in clause.tokens[index + 1 : stop])
        if inner in lexicon.known and not settled and info.type in (T.FACILITY, T.PLACE, T.ORGANIZATION):
            continue  # “一带一路”战略枢纽
        if info.weak and info.type is T.PROGRAMME and not tail_of_work(clause.text(stop, phrase.last), lexicon):
            continue
        if lexicon.is_a(head, "tail-work") or lexicon.is_a(word, "tail-work"):
            aspired = any(inner.startswith(w) and len(inner) > len(w) + 1 for w in lexicon.cues["aspiration"])
            campaign = inner.endswith((*lexicon.cues["campaign"], "工程"))
            if text == "建设" and (is_label(inner) or aspired) and inner not in lexicon.known and not campaign:
                return stop, head, T.PROGRAMME
            if head not in ("重点工作",):
                continue
        return stop, head, _kind(text, head, info.types, info.weak, clause.tokens[index].inner, lexicon)
    return None


_LONG_HEAD = 4  # characters of a head before which one verb may stand: “…”读书|分享|主题活动
_BUILT_UP = frozenset({"政府", "机关", "班子", "队伍", "支部", "社区", "乡村"})  # “五型”政府|建设
_FRAMES = ("格局", "布局", "架构", "体系", "思路", "产业集群")


def _is_label_head(clause: Clause, first: int, stop: int, lexicon: Lexicon) -> bool:
    """Whether tokens are the general noun of a label before them: “三带”|治理机制, “一核两带”|城镇空间布局."""
    text = clause.text(first, stop)
    if lexicon.is_a(text, "label-head") or (text.endswith("建设") and text[:-2] in _BUILT_UP):
        return True
    plain = all(
        t.kind is Kind.WORD and (t.pos[:1] not in "vud" or lexicon.is_a(t.text, "soft"))
        for t in clause.tokens[first:stop]
    )
    headed = lexicon.head_of(text)
    settled = headed is not None and not headed[1].weak and headed[1].type is not T.PROGRAMME
    return plain and not settled and len(text) <= _LONGEST_FRAME and text.endswith(_FRAMES)


_LONGEST_FRAME = 10  # characters of what a label is said to be: 现代农业发展格局


def _kind(text: str, head: str, types: tuple[T, ...], weak: bool, inner: str, lexicon: Lexicon) -> T:
    kind = types[0]
    if kind is T.PROGRAMME and head.endswith("工程") and is_works(text, lexicon):
        return T.PROJECT
    if T.BRAND in types and head.endswith(("品牌", "名片", "平台")):
        return T.BRAND
    if kind is T.HONOUR:
        return T.PROGRAMME if T.PROGRAMME in types else T.HONOUR
    if kind is T.PLACE and weak:
        return T.PROGRAMME
    if kind is T.FACILITY and T.BRAND in types:
        return T.BRAND
    return kind


_CLASS_WORDS = 3  # words of a quotation and the class after it: “三看”|重点|项目
_SORT_OF_PROJECTS = re.compile(r"[级型类式]$|套餐|^(?:[两双][高新重]|专精特新|[十百千]亿元?级?$|十[一二三四五]五)")


def _with_head(
    clause: Clause, phrase: Phrase, index: int, headed: tuple[int, str, T], others: list[int], lexicon: Lexicon
) -> Iterator[Candidate]:
    last, head, kind = headed
    if any(clause.after(last).startswith(word) for word in ("功能", "作用", "优势", "范围")):
        return
    if clause.text(index, last).endswith(tuple(lexicon.cues["not-head"])):
        return
    if last < phrase.last and lexicon.is_a(clause.tokens[last].inner, "phase"):
        last += 1
    token = clause.tokens[index]
    first = _start(clause, phrase, index, last, kind, lexicon)
    if kind is T.PROJECT and first == index and last - index <= _CLASS_WORDS and head.endswith("项目"):
        if _SORT_OF_PROJECTS.search(token.inner):
            return
        if is_label(token.inner) and "合一" not in token.inner:
            kind = T.PROGRAMME  # “五个100”项目
    if others and len(token.inner) >= 4 and not clause.text(others[-1] + 1, index):
        apart = len(others) > 1 or any(not _of_one(clause, n, lexicon) for n in (*others, index))
        first = index if apart else max(first, first if first < min(others) else min(others))
    elif others:
        first = (
            max(first, min(others))
            if not clause.text(min(others) + 1, index)
            or all(not clause.text(a + 1, b) for a, b in zip(others, [*others[1:], index], strict=True))
            else index
        )
    if head in ("建设", "改革") and token.inner + head in lexicon.known:
        first = index  # 支持某高校|“双一流”建设
    if head in ("称号", "荣誉称号", "殊荣", "荣誉"):
        yield Candidate(*token.inner_span, T.HONOUR, token.inner, "name-title-quoted", 7)
    elif (
        kind is T.BRAND
        and head.endswith(("名片", "品牌"))
        and first == index
        and (head in ("名片", "品牌") or len(token.inner) > 4)
    ):
        yield Candidate(*token.inner_span, T.BRAND, token.inner, "name-brand", 6)
    elif kind is T.HONOUR and last < len(clause.roles) and clause.roles[last] is Role.COUNT:
        yield Candidate(
            *token.inner_span, label_type(token.inner, lexicon) or T.PROGRAMME, token.inner, "name-quoted", 5
        )
    elif clause.tokens[index + 1].kind is Kind.NOTE and first == index:
        yield Candidate(*token.inner_span, kind, clause.text(first, last), "name-quoted-head", 6)
    else:
        start, end = span_of(clause, first, last)
        name = clause.text(first, last)
        if (
            phrase.first < first == index
            and head.endswith(_GUIDANCE)
            and _after_body(clause, phrase.first, index) == index
        ):
            kind = T.POLICY  # 省委|“…”工作思路: what a body lays down
        yield Candidate(
            start,
            end,
            kind,
            lexicon.short.get(token.inner, name) if first == index and name == f"“{token.inner}”改革" else name,
            "name-quoted-head",
            6,
        )


_GUIDANCE = ("思路", "部署", "要求")


def _of_one(clause: Clause, index: int, lexicon: Lexicon) -> bool:
    """Whether a quotation may be one of several that make one name (“甲”“乙”行动); labels stand alone."""
    inner = clause.tokens[index].inner
    return len(inner) <= 7 and inner not in lexicon.known and label_type(inner, lexicon) is None and not is_label(inner)


def _beside(clause: Clause, phrase: Phrase, index: int, other: int, lexicon: Lexicon) -> Iterator[Candidate]:
    """A quotation directly before another that has a head: “A”“B”行动."""
    token = clause.tokens[index]
    between = clause.tokens[index + 1 : other]
    if any(t.kind is not Kind.QUOTE for t in between) or len(token.inner) < 4 or figurative(token.inner, lexicon):
        return
    row = sum(t.kind is Kind.QUOTE for t in clause.tokens[phrase.first : phrase.last])
    if row == 2 and _of_one(clause, index, lexicon) and _of_one(clause, other, lexicon):
        return
    headed = label_head(clause, phrase, other, lexicon)
    if headed is not None:
        yield Candidate(
            *token.inner_span, headed[2], f"“{token.inner}”{clause.text(other + 1, headed[0])}", "name-shared-head", 6
        )


def _start(clause: Clause, phrase: Phrase, index: int, last: int, kind: T, lexicon: Lexicon) -> int:
    """Where a name that holds the quotation at ``index`` begins."""
    first = leading_time(clause, phrase.first, index) if phrase.first < index else index
    while first < index and _no_beginning(clause, first, lexicon):
        first += 1
    if first == phrase.first and first < index and kind in (T.PROGRAMME, T.POLICY):
        wide = wide_start(clause, phrase, last, lexicon)
        if wide < first:
            return wide
    return _after_body(clause, first, index)


def _after_body(clause: Clause, first: int, index: int) -> int:
    """The index after the body whose label it is, which is named for itself: 省委|“三六八九”工作思路."""
    body = body_at_start(clause.text(first, index))
    last = first
    while body and last < index and len(clause.text(first, last)) < len(body):
        last += 1
    return last if clause.text(first, last) == body else first


def _no_beginning(clause: Clause, index: int, lexicon: Lexicon) -> bool:
    """Whether a word before a quotation is its verb or says which of many, and no part of a name."""
    token = clause.tokens[index]
    if token.kind is Kind.LEVEL and len(token.text) > 1:
        return True
    if token.kind is Kind.BRACKET:
        return True
    if token.kind is not Kind.WORD:
        return False
    if token.text in ("新一轮", "新一轮的"):
        return True
    return (
        token.pos in ("v", "vd", "d", "ad", "p", "c", "r", "m", "q", "u") and not lexicon.is_a(token.text, "soft")
    ) or token.text in ("剩余", "更多")


def _bare(clause: Clause, phrase: Phrase, index: int, lexicon: Lexicon) -> Iterator[Candidate]:
    """A quotation without a head of its own: known, typed by its own words, or governed by a verb that carries out."""
    token = clause.tokens[index]
    inner = token.inner
    after = clause.after(index + 1)
    previous = clause.tokens[index - 1].text if index else ""
    if phrase.counted and inner not in lexicon.known and not is_label(inner):
        return
    if previous.endswith("品牌") and not figurative(inner, lexicon):
        yield Candidate(*token.inner_span, T.BRAND, inner, "name-brand", 6)
        return
    if after.startswith(("称号", "荣誉称号", "殊荣", "美誉", "美称", "盛誉")):
        yield Candidate(*token.inner_span, T.HONOUR, inner, "name-title-quoted", 7)
        return
    if re.match(r"[^，。、的]{0,6}(?:品牌|名片)", after) and not figurative(inner, lexicon):
        yield Candidate(*token.inner_span, T.BRAND, inner, "name-brand", 6)
        return
    if inner in lexicon.known:
        yield Candidate(*token.inner_span, lexicon.known[inner], lexicon.short.get(inner, inner), "name-known", 6)
        return
    typed = label_type(inner, lexicon)
    if typed is T.EVENT and _HELD_AFTER.match(after):
        yield Candidate(*token.inner_span, T.EVENT, inner, "name-event", 5)
        return
    first = _start(clause, phrase, index, index + 1, typed or T.PROGRAMME, lexicon)
    if any(clause.tokens[n].kind is Kind.QUOTE for n in range(first, index)):
        first = index
    goes_on = index + 1 < phrase.last and not (
        clause.tokens[index + 1].kind in (Kind.NOTE, Kind.QUOTE)
        or _SPREAD.match(after)
        or lexicon.is_a(clause.tokens[index + 1].text, "tail-work", "soft")
    )
    if (
        first < index
        and not goes_on
        and (
            (is_label(inner) and not _NOUNS.search(inner))
            or (typed is not None and governed(phrase, lexicon, "run", "seek", "issue", "build"))
            or (typed is T.PROGRAMME and _SPREAD.match(after))
        )
    ):
        yield Candidate(
            *span_of(clause, first, index + 1),
            typed or T.PROGRAMME,
            clause.text(first, index + 1),
            "name-modified-label",
            6,
        )
        return
    if _POINTS.fullmatch(inner):
        yield Candidate(*token.inner_span, T.POLICY, inner, "name-points", 6)
        return
    if (_MARKETED.match(after) or _ONLINE_AFTER.match(after)) and not is_label(inner):
        yield Candidate(*token.inner_span, T.BRAND, inner, "name-brand", 5)
        return
    named = inner.endswith(tuple(lexicon.cues["campaign"])) and len(inner) > 4
    if named and after.startswith("的") and previous not in lexicon.cues["figure-before"]:
        yield Candidate(*token.inner_span, T.PROGRAMME, inner, "name-quoted", 5)
        return
    counted = typed is T.PROGRAMME and is_label(inner)
    if (previous in lexicon.cues["figure-before"] and not counted) or any(
        after.startswith(w) for w in lexicon.cues["figure-after"]
    ):
        return
    least = 3 if is_label(inner) else 4
    if _ADVANCES.fullmatch(after) and least <= len(inner) <= 12 and typed in (None, T.PROGRAMME, T.POLICY):
        yield Candidate(*token.inner_span, typed or T.PROGRAMME, inner, "name-quoted", 4)
        return
    if _aspired(inner, lexicon) and governed(phrase, lexicon, "build", "run", "seek") and not clause.after(index + 1):
        yield Candidate(*token.inner_span, T.PROGRAMME, inner, "name-quoted", 4)
        return
    if typed is T.PROGRAMME and _CAMPAIGN.search(inner) and previous not in lexicon.cues["figure-before"]:
        yield Candidate(*token.inner_span, T.PROGRAMME, inner, "name-quoted", 4)
        return
    if is_label(inner) and 4 <= len(inner) <= 12 and re.match(r"(?:[一-鿿]{0,4})(?:做法|模式|经验|产业)", after):
        yield Candidate(*token.inner_span, T.PROGRAMME, inner, "name-quoted", 4)
        return
    following = index + 1
    while following < phrase.last and clause.tokens[following].kind is Kind.NOTE:
        following += 1
    if following < phrase.last:
        token_after = clause.tokens[following]
        if token_after.kind is not Kind.QUOTE and not lexicon.is_a(token_after.text, "tail-work"):
            if counts_parts(inner) and typed in (None, T.PROGRAMME):
                yield Candidate(*token.inner_span, T.PROGRAMME, inner, "name-quoted", 3)
            return
    if inner.endswith(tuple(lexicon.cues["campaign"])) and len(inner) > 4:
        yield Candidate(*token.inner_span, T.PROGRAMME, inner, "name-quoted", 5)
    elif typed is T.BRAND and re.match(r"[^，。；]{0,4}(?:上线|运行|投用|开通|启用|建成)", after):
        yield Candidate(*token.inner_span, typed, inner, "name-brand", 5)
    elif typed is not None and (
        governed(phrase, lexicon, "run", "seek", "issue", "hold", "build")
        or (typed is T.PROGRAMME and _SPREAD.match(after))
    ):
        yield Candidate(*token.inner_span, typed, inner, "name-quoted", 5)
    elif (
        (is_label(inner) or len(inner) <= 10)
        and phrase.verbs
        and is_anchor(phrase.verbs[-1], lexicon, "anchor", "issue", "seek-title")
    ):
        yield Candidate(*token.inner_span, T.PROGRAMME, inner, "name-quoted", 4)
    elif counts_parts(inner) and typed in (None, T.PROGRAMME):
        yield Candidate(*token.inner_span, T.PROGRAMME, inner, "name-quoted", 3)


_POINTS = re.compile(r"[一-鿿]{2,8}(?:\d{1,2}|[一二三四五六七八九十]{1,3})条")
_HELD_AFTER = re.compile(r"(?:圆满|成功|顺利|如期|隆重|正式|盛大){0,2}(?:举办|举行|召开|开幕|开赛|开跑|落幕|闭幕)")


def _aspired(inner: str, lexicon: Lexicon) -> bool:
    """Whether a quotation says what a place wants to be: “健康某市”."""
    rests = (inner.removeprefix(w) for w in lexicon.cues["aspiration"] if inner.startswith(w))
    return any(2 <= len(r) <= 3 and r not in lexicon.common and lexicon.head_of(r) is None for r in rests)


_ADVANCES = re.compile(
    r"(?:工作|任务|改革|建设)?(?:深入|全面|扎实|稳步|有序|持续|加快|强力|强势|顺利|大力|圆满|基本|如期|同步|积极)"
    r"(?:推进|实施|开展|铺开|推开|推行|落地|落实|完成|展开)"
    r"|(?:工作|任务|创建)?(?:取得[^，。]{0,6}(?:进展|成效|突破|成果|实效|胜利)|成效(?:明显|显著|显现)|进展顺利|卓有成效|扎实有效|有力有效)"
    r"|步伐(?:不断|持续|明显|全面)?加快|升级版[^，。]{0,8}"
)
_SPREAD = re.compile(
    r"(?:经验|做法|模式)?(?:成为全[国省]|在全[国省市区县]|全[国省](?:复制)?推广|向全[国省市]|[获被入][^，。；]{0,8}(?:全国|国家|中央|省|部))"
)
_CAMPAIGN = re.compile(r"..(?:战略|行动|工程|计划|攻坚战|战役)$")
_NOUNS = re.compile(r"(?:中心|基地|支点|屏障|高地|[区带园城业点环轴廊]|期叠加|指标)$")
_ONLINE_AFTER = re.compile(r"(?:正式|全面|成功|率先|顺利)*上线(?!下)")
_MARKETED = re.compile(r"(?:系列)?(?:产品|车型|新车)?(?:热销|畅销|上市销售|面世|问世|成功上市|正式上市|下线|量产)")


_ART = re.compile(
    r"(?:[一-鿿]剧|[^游把大儿]戏|电影|动漫|动画片|纪录片|专题片|宣传片|歌曲|小说|散文集|长篇小说|报告文学|丛书|画册|实景演出|大型演出|演艺节目|舞蹈|小品|剧目|曲目|专著|期刊)$"
)


def _before_row(clause: Clause, index: int) -> str:
    """What stands before the first of several titles in a row."""
    first = index
    while first and clause.tokens[first - 1].kind in (Kind.BOOK, Kind.COMMA):
        first -= 1
    return clause.before(first)


def _document(clause: Clause, index: int, lexicon: Lexicon) -> Iterator[Candidate]:
    """《…》: a document by its title."""
    token = clause.tokens[index]
    inner = token.inner
    if len(inner) < 2 or "政府工作报告" in inner:
        return
    if inner in lexicon.known:
        yield Candidate(*token.inner_span, lexicon.known[inner], lexicon.short.get(inner, inner), "name-known", 8)
        return
    if re.match(
        r"(?:大型)?(?:文献)?(?:纪录片|电视剧|电影|话剧|舞剧|歌剧|专题片|纪实)", clause.after(index + 1)
    ) or _ART.search(_before_row(clause, index)):
        yield Candidate(*token.inner_span, T.BRAND, inner, "name-work", 6)
        return
    row = index + 1
    while row < len(clause.tokens) and clause.tokens[row].kind in (Kind.BOOK, Kind.COMMA):
        row += 1
    if re.match(
        r"等[^，。；]{0,6}(?:力作|作品|佳作|剧目|舞台剧|歌曲|影视剧|纪录片|动画片|电视剧|精品|剧本|话剧|舞剧|演艺)",
        clause.after(row),
    ):
        yield Candidate(*token.inner_span, T.BRAND, inner, "name-work", 6)
        return
    following = next((t for t in clause.tokens[index + 1 :] if t.kind not in (Kind.BOOK, Kind.COMMA, Kind.NOTE)), None)
    if following is not None and lexicon.is_a(following.text, "award") and len(inner) <= 12:
        typed = lexicon.head_of(inner)
        if typed is None or T.POLICY not in typed[1].types:
            yield Candidate(*token.inner_span, T.BRAND, inner, "name-work", 6)
            return
    found = lexicon.head_of(re.sub(r"(?:[（(][^）)]*[）)])+$", "", inner))
    if len(inner) < 4:
        return
    plan = found is not None and found[1].type is T.PROGRAMME and found[0].endswith(("计划", "行动"))
    if plan or (found is not None and T.POLICY in found[1].types) or re.search(r"[法例章]$|草案|纲要", inner):
        yield Candidate(*token.inner_span, T.POLICY, inner, "name-document", 8)
