"""Titles won or sought: what stands after 获, 入选, 创建, and before 称号 or 创建.

Invariant: a title bears a mark of who grants it (国家, 全省, 第三批) or a verb that only titles have; what is counted
is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.recognition.names.candidates import Candidate
from kg.recognition.names.clauses import Clause, Role
from kg.recognition.names.evidence import evidence, rare_runs
from kg.recognition.names.lexicon import Lexicon
from kg.recognition.names.marks import MARK
from kg.recognition.names.quotes import figurative, label_type
from kg.recognition.names.shapes import shape, span_of, tail_of_work
from kg.recognition.names.tokens import Kind
from kg.recognition.spans import EntityType as T

_GRANTED = re.compile(
    r"示范|试点|试验区|先行区|样板|标杆|高地|之[城都乡]$|强[市县区]$|名城$|(?:重点|中心|枢纽|节点|支点|门户|创新型)城市$"
)
_FIRSTS = frozenset({"首个", "首家", "唯一", "首座", "第一个"})
_AFTER_TITLE = frozenset({"美誉", "美称", "盛誉", "称号", "荣誉称号", "殊荣", "荣誉"})
_END = frozenset({"等", "等等", "并", "之一", "的"})


def titles(clause: Clause, lexicon: Lexicon) -> Iterator[Candidate]:
    """The titles of a clause."""
    tokens = clause.tokens
    yield from _known(clause, lexicon)
    for index, token in enumerate(tokens):
        if token.kind is not Kind.WORD:
            continue
        word = token.text
        if index + 1 < len(tokens) and lexicon.is_a(word + tokens[index + 1].text, "award"):
            continue  # 评选|为: the second word is where the title begins after
        if index and lexicon.is_a(tokens[index - 1].text + word, "award"):
            word = tokens[index - 1].text + word
        won, sought = (_verb(word, lexicon, name) for name in ("award", "seek-title"))
        built = not (won or sought) and _verb(word, lexicon, "build-title")
        if won or sought or built:
            supported = not won and _for_a_place(clause, index)
            tentative = _verb(word, lexicon, "award-weak") and not word.startswith(("成功", "被"))
            weak = not supported and (built or tentative)
            for candidate in _listed(clause, index + 1, not weak, won, lexicon):
                if not built or _GRANTED.search(candidate.name):
                    yield candidate
        elif word in _AFTER_TITLE or word == "创建":
            yield from _before(clause, index, lexicon)
        if word in _WORK_FOR_TITLE or (word == "获批" and clause.after(index).startswith("获批建设")):
            yield from _designation(clause, index, lexicon)


def _known(clause: Clause, lexicon: Lexicon) -> Iterator[Candidate]:
    """Titles of places that the whole country knows, whatever is said of them: 国家卫生城市, 国家“无废城市”."""
    tokens, roles = clause.tokens, clause.roles
    for index, token in enumerate(tokens):
        if token.kind is not Kind.WORD or not token.text.startswith(_OF_THE_COUNTRY):
            continue
        if index and (roles[index - 1] is Role.COUNT or tokens[index - 1].text.endswith(_COUNTED)):
            continue
        text = ""
        for last in range(index + 1, min(len(tokens), index + _LONGEST_KNOWN) + 1):
            text += tokens[last - 1].inner
            follows = roles[last] if last < len(tokens) else Role.COMMA
            if lexicon.known.get(text) is T.HONOUR and _OF_A_PLACE.search(text) and follows is not Role.COUNT:
                yield Candidate(*span_of(clause, index, last), T.HONOUR, text, "name-known", 4)


_COUNTED = ("批", "个", "省", "类", "的")
_OF_THE_COUNTRY = ("国家", "全国", "中国")
_OF_A_PLACE = re.compile(r"(?:城市|城|市|县|州|县城|示范区|先行区)$")
_LONGEST_KNOWN = 7  # words of a title the country knows


def _for_a_place(clause: Clause, index: int) -> bool:
    """Whether a verb's subject is a place that is helped to a title: 支持|某市|建设…."""
    named = index > 0 and clause.tokens[index - 1].kind is Kind.PLACE
    return named and any(t.text in _HELPING for t in clause.tokens[: index - 1])


_HELPING = frozenset({"支持", "推动", "推进", "争取", "鼓励", "指导", "帮助", "助力", "加快"})


def _verb(word: str, lexicon: Lexicon, name: str) -> bool:
    return lexicon.is_a(word, name) or (len(word) == 4 and lexicon.is_a(word[2:], name))


def _listed(clause: Clause, first: int, strong: bool, won: bool, lexicon: Lexicon) -> Iterator[Candidate]:
    tokens, roles = clause.tokens, clause.roles
    begin = first
    while begin < len(tokens):
        while begin < len(tokens) and (
            roles[begin] in (Role.ADVERB, Role.NOTE, Role.COMMA, Role.JOINER) or tokens[begin].text in ("了", "为")
        ):
            begin += 1
        stop = begin
        while (
            stop < len(tokens)
            and not _two_quotes(clause, begin, stop)
            and (roles[stop] not in (Role.COMMA, Role.JOINER) or _joins_halves(clause, begin, stop, lexicon))
            and (tokens[stop].text not in (_END | _AFTER_TITLE) or _ranks(clause, begin, stop))
        ):
            if (
                roles[stop] is Role.VERB
                and stop > begin
                and not (
                    MARK.match(tokens[begin].text)
                    or (won and (_granted_by(clause, begin) or _YEAR.match(clause.after(begin))))
                )
            ):
                break
            stop += 1
        if stop == begin:
            return
        yield from _title(clause, begin, stop, strong, won, lexicon)
        begin = stop
        if begin < len(tokens) and tokens[begin].text in _AFTER_TITLE:
            begin += 1
        if begin >= len(tokens) or not (
            roles[begin] in (Role.COMMA, Role.JOINER) or _two_quotes(clause, begin - 1, begin)
        ):
            return


def _two_quotes(clause: Clause, begin: int, stop: int) -> bool:
    """Whether a quotation follows another, so that both are titles: 成为“甲之乡”|“乙之都”."""
    return stop == begin + 1 and clause.tokens[stop].kind is clause.tokens[begin].kind is Kind.QUOTE


def _joins_halves(clause: Clause, first: int, stop: int, lexicon: Lexicon) -> bool:
    """Whether a conjunction stands inside a title: 民营|和|小微企业服务综合改革试点城市."""
    if clause.tokens[stop].text not in ("和", "与", "及") or stop == first:
        return False
    quoted = any(t.kind in (Kind.QUOTE, Kind.BOOK, Kind.NUMBER) for t in clause.tokens[first:stop])
    rest = clause.text(stop + 1, len(clause.tokens))
    return (
        not quoted
        and shape(clause, first, stop, lexicon) is None
        and bool(_GRANTED.search(rest) or re.search("基地|集聚区", rest))
    )


_RANKING = re.compile(r"(?:全国|全省|全区|全球|世界|国际|国内|区域)(?:重要|领先|一流|知名|著名|最大)$")


def _ranks(clause: Clause, first: int, stop: int) -> bool:
    """Whether 的 stands inside a positioning: 全国重要|的|新材料基地."""
    return clause.tokens[stop].text == "的" and bool(_RANKING.match(clause.text(first, stop)))


_RANKED = re.compile(
    r"(?:\d+|[一二三四五六七八九十百千]+)[强佳优](?:[县市区镇乡村]|县市|企业)?(?:[（(][县市区镇乡][）)])?$"
)


def _title(clause: Clause, first: int, stop: int, strong: bool, won: bool, lexicon: Lexicon) -> Iterator[Candidate]:
    for index in range(first, stop - 1):
        if clause.tokens[index].text in _FIRSTS:
            first = index + 1
    if first < stop - 1 and clause.tokens[first].text in ("建设", "创建") and clause.roles[first + 1] is Role.COUNT:
        return  # 获批|建设|5个…
    if first < stop - 1 and clause.tokens[first].text in ("建设", "创建") and MARK.match(clause.tokens[first + 1].text):
        first += 1
    while first < stop - 1 and (
        _verb(clause.tokens[first].text, lexicon, "award") or clause.tokens[first].text in ("认定", "评定")
    ):
        first += 1  # 创建成为…
    token = clause.tokens[first]
    if stop - first == 2 and clause.tokens[first + 1].kind is Kind.QUOTE and token.text.startswith("第"):
        start, end = span_of(clause, first, stop)
        yield Candidate(start, end, T.HONOUR, clause.text(first, stop), "name-title-quoted", 8)
        return
    if token.kind is Kind.QUOTE and stop - first <= 1:
        if figurative(token.inner, lexicon):
            return
        head = lexicon.head_of(token.inner)
        titled = head is not None and T.HONOUR in head[1].types
        if titled or (won and (strong or MARK.match(token.inner))):
            yield Candidate(*token.inner_span, T.HONOUR, token.inner, "name-title-quoted", 7)
        elif strong and _POSITION.search(token.inner):
            yield Candidate(*token.inner_span, T.HONOUR, token.inner, "name-title-quoted", 6)
        elif strong:
            yield Candidate(
                *token.inner_span, label_type(token.inner, lexicon) or T.PROGRAMME, token.inner, "name-quoted", 6
            )
        return
    if strong and won and _YEAR.match(clause.text(first, stop)):
        yield from _whole(clause, first, stop, won, lexicon)
    if clause.roles[first] is Role.COUNT and not MARK.match(token.text):
        return
    whole = clause.text(first, stop)
    final = clause.tokens[stop - 1]
    if final.kind is Kind.QUOTE and stop - first > 1 and not figurative(final.inner, lexicon):
        body = lexicon.known.get(token.text) is T.ORGANIZATION or token.kind is Kind.LEVEL
        if (MARK.match(whole) or body) and (won or _RANKED.search(final.inner)):
            yield Candidate(*span_of(clause, first, stop), T.HONOUR, whole, "name-title-quoted", 8)
            return
    if MARK.match(whole) and _RANKED.search(whole) and final.kind is not Kind.QUOTE:
        yield Candidate(*span_of(clause, first, stop), T.HONOUR, whole, "name-title", 8)
        return
    position, of, _ = whole.partition("的")
    headed = lexicon.head_of(whole)
    ranked = of and _RANKING.match(position) and headed is not None and T.HONOUR in headed[1].types
    if won and ranked:
        yield Candidate(*span_of(clause, first, stop), T.HONOUR, whole, "name-title", 8)
        return
    found = shape(clause, first, stop, lexicon)
    granted = MARK.match(whole) or (won and _granted_by(clause, first))
    sample = won and granted and (_DESIGNATION.search(whole) or _OF_VILLAGES.search(whole))
    if (strong or sample) and granted and (found is None or not tail_of_work(found.rest, lexicon)):
        yield from _whole(clause, first, stop, won, lexicon)
        return
    if found is None or not tail_of_work(found.rest, lexicon):
        return
    if found.info.type is T.POLICY or _NEITHER.search(found.text):
        return
    if T.HONOUR not in found.info.types and not ((strong or won) and MARK.search(found.text)):
        return
    if (
        not strong
        and found.info.type in (T.ZONE, T.FACILITY)
        and not found.info.weak
        and not lexicon.is_a(found.head, "position")
        and not (won and _LEVELLED.match(clause.text(first, stop)))
    ):
        return
    if found.last < len(clause.roles) and clause.roles[found.last] is Role.COUNT:
        return
    text = found.text
    if found.rest.startswith("名单") or found.rest.startswith("创建名单"):
        end = found.rest.index("名单") + 2
        last = found.last
        while clause.text(found.last, last) != found.rest[:end] and last < stop:
            last += 1
        yield Candidate(*span_of(clause, first, last), T.HONOUR, text + found.rest[:end], "name-title", 8)
        return
    marked = (
        bool(MARK.search(text))
        or (won and token.kind is Kind.PLACE and len(found.head) > 1)
        or text in lexicon.known
        or (found.evidence.place and len(found.head) > 2 and not found.info.weak)
    )
    if not marked and (text in lexicon.common or len(text) - len(found.head) < 2):
        return
    if not marked and not (strong and (found.evidence.proper or found.evidence.content)):
        told = (found.evidence.proper or found.evidence.content) and not found.evidence.quote
        if told and not won and _BUILT_TITLE.search(text) and len(text) >= _LEAST:
            yield Candidate(*span_of(clause, first, found.last), T.HONOUR, text, "name-title", 3)
        return
    if (
        found.evidence.content < 1
        and not found.evidence.proper
        and text not in lexicon.known
        and len(text) < 7
        and not (strong and won and marked and len(text) >= _LEAST)
        and not (marked and (len(found.head) > 3 or (_LEVELLED.match(text) and len(found.head) > 2)))
    ):
        return
    yield Candidate(*span_of(clause, first, found.last), T.HONOUR, text, "name-title", 8)


def _before(clause: Clause, index: int, lexicon: Lexicon) -> Iterator[Candidate]:
    """A title before 称号 or 创建: 国家知识产权试点示范|创建."""
    phrase = next((p for p in clause.phrases if p.first < index <= p.last), None)
    if phrase is None:
        return
    found = shape(clause, phrase.first, index, lexicon)
    if found is None or found.rest or T.HONOUR not in found.info.types:
        return
    titled = not found.info.weak and len(found.head) > 1 and len(found.text) > 4 and found.info.type is T.HONOUR
    if MARK.search(found.text) or found.text in lexicon.known or titled:
        yield Candidate(*span_of(clause, phrase.first, found.last), T.HONOUR, found.text, "name-title", 6)


_WORK_FOR_TITLE = frozenset({"建设", "创建", "申建", "申创", "争创", "申报"})
_OF_VILLAGES = re.compile(r"(?:重点|示范|特色|文明|先进)(?:村镇?|乡镇|镇村?|社区|单位|集体|企业)$")
_DESIGNATION = re.compile(r"(?:示范|试点|先行|样板|样本|模范|标杆)(?:省份?|市|县|城市)$")
_CITY = re.compile(r"(?:[^级心型]|创新型|国家(?:[^，。]{0,4})中心)城市$|名城$|制[造种]高地$")
_BUILT_TITLE = re.compile(r"(?:示范|先行|样板|引领|标杆)(?:区|省|市|县|城市)$")
_LEAST = 6  # characters of a title that is told by the work for it


def _designation(clause: Clause, index: int, lexicon: Lexicon) -> Iterator[Candidate]:
    """What a whole place is to become, before 建设 or 申建: 全域旅游示范省|建设, 省级创新型城市|建设."""
    phrase = next((p for p in clause.phrases if p.first < index <= p.last), None)
    if phrase is None or phrase.counted or not tail_of_work(clause.text(index, phrase.last), lexicon):
        return
    if any(t.kind not in (Kind.WORD, Kind.PLACE, Kind.LEVEL) for t in clause.tokens[phrase.first : index]):
        return
    first = phrase.first
    before = next((p for p in clause.phrases if p.last == first - 1), None)
    if before is not None and phrase.joiner in ("和", "与") and not before.counted:
        half = clause.text(before.first, before.last)
        if lexicon.head_of(half) is None and not half.endswith(("”", "》")):
            first = before.first  # 国家文化|和|旅游消费试点城市
    if clause.tokens[first].kind is Kind.PLACE and MARK.match(clause.text(first + 1, index)):
        first += 1  # 西安|国家中心城市
    text = clause.text(first, index)
    applied = clause.tokens[index].text == "申建"  # said of titles only
    if len(text) < _LEAST or (text in lexicon.common and not applied):
        return
    ranked = MARK.match(text) or "国家级" in text or applied
    if _DESIGNATION.search(text) or (_CITY.search(text) and ranked):
        yield Candidate(*span_of(clause, first, index), T.HONOUR, text, "name-title", 4)


_YEAR = re.compile(r"20\d\d(?:年度|年)?(?![\d.万亿元]|.*(?:名|人|次|项|家|个)$)")
_GRANTER = re.compile(r"中央财政|联合国|人类|年度|[一-鿿]{1,6}部(?=[\d一-鿿]{4})|国务院")
_NO_TITLE = re.compile(r"为|工作.")


def _granted_by(clause: Clause, first: int) -> bool:
    """Whether a title begins with who grants it or where it holds: 贵阳市|文明乡镇, 工信部|…示范."""
    if clause.tokens[first].kind is Kind.PLACE:
        return not first or not clause.tokens[first - 1].text.endswith(("取", "得"))  # 夺取|某市疫情防控…胜利
    return clause.tokens[first].kind is Kind.WORD and bool(_GRANTER.match(clause.after(first)))


def _whole(clause: Clause, first: int, stop: int, won: bool, lexicon: Lexicon) -> Iterator[Candidate]:
    """A title whose last word no list holds: 获评|省级景区化村庄. All that follows the verb, if it is one phrase."""
    plain = (Role.CONTENT, Role.SOFT, Role.NOTE)
    inside = (*plain, Role.VERB)
    counted = stop < len(clause.roles) and clause.roles[stop] is Role.COUNT
    body = first
    while body < stop and clause.roles[body] is Role.COUNT and _YEAR.match(clause.text(first, stop)):
        body += 1  # 2021|年|…
    if counted or body >= stop - 1 or any(clause.roles[n] not in plain for n in (body, stop - 1)):
        return
    if any(role not in inside for role in clause.roles[body:stop]):
        return
    if clause.tokens[stop - 1].text in _RANKS_OF and stop - body > 2:
        stop -= 1  # 跨入|全国文明城市|行列
    text = clause.text(first, stop)
    if text.endswith("唯一") or (Role.VERB in clause.roles[body:stop] and (_NO_TITLE.search(text) or not won)):
        return
    if text.endswith(("评估", "认定", "验收", "考核", "检查", "复审", "复核", "审查")):
        return
    marked = any(t.kind in (Kind.QUOTE, Kind.BOOK) for t in clause.tokens[first:stop])
    if 6 <= len(text) <= 25 and not marked and not lexicon.is_a(clause.tokens[stop - 1].text, "tail-work"):
        yield Candidate(*span_of(clause, first, stop), T.HONOUR, text, "name-title", 5)


_RANKS_OF = frozenset({"行列", "序列", "方阵"})
_NEITHER = re.compile(r"民生实事|^国家(?:计划|规划|品牌)$")  # programmes, and kinds of things
_LEVELLED = re.compile(r"(?:国家级?|省级|自治区级|全国|全省|首批|第[一二三四五六七八九十\d]+批)")
_POSITION = re.compile(r"(?:[^一二三四五六七八九十]港|谷|之都|之城|之乡|名城|高地|中心|门户|枢纽|样板|胜地|福地)$")
_SCENIC = re.compile(r"[2-5]A级?(?:旅游)?景区|旅游度假区|[2-5]A级?$")
_VILLAGE = re.compile(r"[村镇乡](?:名录|名单)?$")


_CRAFT = re.compile(r"非遗|非物质文化遗产|地理标志|农产品|品牌|农业文化遗产")
_WARES = re.compile(
    r"(?:非遗[^，。]*|非物质文化遗产[^，。]*|农业文化遗产[^，。]*|品牌|商标|老字号|地理标志(?:保护)?(?:产品)?|名优产品|名牌产品)(?:名录|名单|称号)?$"
)


def wares(clause: Clause, lexicon: Lexicon) -> Iterator[Candidate]:
    """Brands, which a title for brands tells: 某公司的“某牌”|入选“全国十大品牌”."""
    tokens = clause.tokens
    verb = next((n for n, t in enumerate(tokens) if _verb(t.text, lexicon, "award") or t.text == "评选"), None)
    if verb is None or verb + 1 == len(tokens):
        return
    last = tokens[-1]
    title = last.inner if last.kind is Kind.QUOTE else clause.text(verb + 1, len(tokens))
    if not _WARES.search(title):
        return
    for token in tokens[:verb]:
        if token.kind is Kind.QUOTE and not figurative(token.inner, lexicon):
            yield Candidate(*token.inner_span, T.BRAND, token.inner, "name-brand", 7)
    for phrase in clause.phrases:
        if phrase.last > verb or not _CRAFT.search(title):
            break
        words = tokens[phrase.first : phrase.last]
        text = clause.text(phrase.first, phrase.last)
        own = words[0].kind is Kind.PLACE or rare_runs(words, lexicon)[:1] == [(0, 1)]
        if own and len(words) > 1 and len(text) <= 8 and lexicon.head_of(text) is None:
            yield Candidate(*span_of(clause, phrase.first, phrase.last), T.BRAND, text, "name-brand", 5)


def resorts(clause: Clause, lexicon: Lexicon) -> Iterator[Candidate]:
    """Sights without a head, which a title for sights tells: 明月谷|成功创建国家4A级旅游景区."""
    verb = next(
        (n for n, t in enumerate(clause.tokens) if any(_verb(t.text, lexicon, c) for c in ("award", "seek"))), None
    )
    if verb is None or not verb or not _SCENIC.search(clause.text(verb + 1, len(clause.tokens))):
        return
    for phrase in clause.phrases:
        if phrase.last > verb:
            break
        words = clause.tokens[phrase.first : phrase.last]
        text = clause.text(phrase.first, phrase.last)
        proof = evidence(words, "", lexicon)
        headed = lexicon.head_of(text)
        other = headed is not None and headed[1].type not in (T.PLACE, T.ZONE, T.FACILITY)
        single = len(words) == 1 and words[0].kind is not Kind.WORD
        if single or other or phrase.counted or not (proof.place or proof.rare) or not 3 <= len(text) <= 9:
            continue
        if text not in lexicon.common and clause.roles[phrase.last] in (
            Role.COMMA,
            Role.JOINER,
            Role.ADVERB,
            Role.VERB,
        ):
            yield Candidate(*span_of(clause, phrase.first, phrase.last), T.ZONE, text, "name-resort", 3)


def villages(clause: Clause, lexicon: Lexicon) -> Iterator[Candidate]:
    """Villages written without 村, which a title for villages tells: 某家台|入选“全国乡村旅游重点村”."""
    tokens = clause.tokens
    verb = next((n for n, t in enumerate(tokens) if _verb(t.text, lexicon, "award") or t.text == "评选"), None)
    if verb is None:
        return
    last = tokens[-1]
    title = last.inner if last.kind is Kind.QUOTE else clause.text(verb + 1, len(tokens))
    if not _VILLAGE.search(title):
        return
    for phrase in clause.phrases:
        if phrase.last > verb:
            break
        text = clause.text(phrase.first, phrase.last)
        words = tokens[phrase.first : phrase.last]
        named = any(t.kind is not Kind.WORD for t in words) or text in lexicon.common or text in lexicon.known
        headed = lexicon.head_of(text)
        if named or not 2 <= len(text) <= 4 or (headed is not None and headed[1].type is not T.PLACE):
            continue
        yield Candidate(*span_of(clause, phrase.first, phrase.last), T.PLACE, text, "name-village", 4)
