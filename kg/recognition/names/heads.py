"""Names that are phrases with a head: …高速公路, …经开区, …专项行动, …项目二期.

Invariant: a phrase becomes a name only if it speaks of one thing: it holds a proper name, a quotation or a number, or
words that narrow it down so far that reports of other places do not share it, and no count stands before or after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.recognition.names.candidates import Candidate
from kg.recognition.names.clauses import Clause, Phrase, Role
from kg.recognition.names.evidence import evidence, rare_runs
from kg.recognition.names.groups import Group, governed
from kg.recognition.names.lexicon import Lexicon
from kg.recognition.names.marks import MARK
from kg.recognition.names.shapes import Shape, leading_time, shape, span_of, tail_of_work
from kg.recognition.names.stems import firm_of_works, firm_stem
from kg.recognition.names.tokens import Kind, Token
from kg.recognition.spans import EntityType as T

_THINGS = frozenset({T.ORGANIZATION, T.PLACE, T.FACILITY, T.ZONE, T.PROJECT})


def by_head(clause: Clause, phrase: Phrase, group: Group, lexicon: Lexicon) -> Iterator[Candidate]:
    """The name a phrase is, if it has a head and speaks of one thing."""
    first = leading_time(clause, _with_joined(clause, phrase, lexicon), phrase.last)
    first = _after_verbs(clause, first, phrase.last, lexicon)
    if _TREATED.search(clause.text(first, phrase.last)):
        proof = evidence(clause.tokens[first : phrase.last], "", lexicon)
        if proof.place or proof.rare:
            start, end = span_of(clause, first, phrase.last)
            yield Candidate(start, end, T.PROGRAMME, clause.text(first, phrase.last), "name-treatment", 6)
    if not phrase.counted and _PHASED_WORKS.fullmatch(clause.text(first, phrase.last)):
        proof = evidence(clause.tokens[first : phrase.last], "工程", lexicon)
        if proof.proper or proof.content > 1:
            start, end = span_of(clause, first, phrase.last)
            yield Candidate(start, end, T.PROJECT, clause.text(first, phrase.last), "name-phase", 6)
    found = shape(clause, first, phrase.last, lexicon)
    if found is None:
        return
    proof = found.evidence
    kind = found.info.type
    granted = proof.proper or MARK.match(found.text)
    if T.HONOUR in found.info.types and granted and _GRANTING.match(clause.after(found.last)):
        yield Candidate(*span_of(clause, found.first, found.last), T.HONOUR, found.text, "name-designation", 6)
        return
    if (
        kind is T.FACILITY
        and found.head == "中心"
        and lexicon.known.get(clause.tokens[found.first].text) is T.ORGANIZATION
    ):
        kind = T.ORGANIZATION
    sited = (proof.place or proof.rare) and bool(_SITES.search(found.text))
    if kind is T.PROGRAMME and found.head.endswith("工程") and (sited or is_works(found.text, found.head, lexicon)):
        kind = T.PROJECT
    quoted = proof.quote and not all(
        t.inner in lexicon.known for t in clause.tokens[found.first : found.last] if t.kind is Kind.QUOTE
    )
    named = proof.place or quoted or proof.rare or proof.owner
    if (phrase.counted and not named) or (phrase.summary and (phrase.counted or not named)):
        return
    if _counted_after(clause, found) and not named:
        return
    start, end = span_of(clause, found.first, found.last)
    listed = lexicon.known.get(found.text)
    if listed is not None and (listed is kind or kind is T.ENTERPRISE) and kind not in (T.PROGRAMME, T.POLICY):
        return  # the list of known names gives it
    if kind is T.PROGRAMME and found.head.endswith("活动") and governed(phrase, lexicon, "hold") and not proof.quote:
        if proof.proper or proof.content > 1:
            yield Candidate(start, end, T.EVENT, found.text, "name-event", 5)
    elif kind in (T.PROGRAMME, T.POLICY) and not (T.HONOUR in found.info.types and proof.place):
        yield from _plan(clause, phrase, found, kind, lexicon)
    elif kind is T.EVENT:
        if clause.after(found.last).startswith(("制度", "机制")):
            return
        told = bool(_HELD_AFTER.match(clause.after(group.last.last)))
        held = governed(phrase, lexicon, "hold", "anchor") or told
        fair = held and bool(_FAIR.fullmatch(found.text))
        if not fair and (found.text in lexicon.common or found.text == found.head):
            return
        if proof.proper or proof.level or fair or (held and proof.content):
            first = (
                wide_start(clause, phrase, found.last, lexicon, "hold", "anchor") if held and not told else found.first
            )
            first = min(first, found.last - 1)
            start, end = span_of(clause, first, found.last)
            yield Candidate(start, end, kind, clause.text(first, found.last), "name-event", 5)
    elif kind is T.BRAND:
        if proof.place and proof.content:
            yield Candidate(start, end, kind, found.text, "name-brand", 4)
    elif kind is T.ENTERPRISE:
        if proof.level and not proof.rare and len(found.head) > 1 and len(found.text) > 4:
            yield Candidate(start, end, kind, found.text, "name-level", 5)
        elif (
            proof.rare
            or proof.place
            or proof.owner
            or _own_firm(clause, found, lexicon)
            or (bool(phrase.verbs) and phrase.verbs[-1] in _FOUNDING and found.head == "集团" and len(found.text) > 3)
        ):
            first = _own_name(clause, found, lexicon)
            start, end = span_of(clause, first, found.last)
            yield Candidate(start, end, kind, clause.text(first, found.last), "name-firm", 5)
    elif kind is T.HONOUR or (
        T.HONOUR in found.info.types and _granted(found) and (proof.place or MARK.search(found.text))
    ):
        if (proof.place or MARK.search(found.text)) and _granted(found) and found.text not in lexicon.common:
            yield Candidate(start, end, T.HONOUR, found.text, "name-designation", 4)
    elif kind is T.ZONE and found.info.weak and _OF_RANK.match(found.text) and proof.content > 1 and not proof.place:
        yield Candidate(start, end, T.HONOUR, found.text, "name-designation", 4)
    elif kind in _THINGS and not (found.info.weak and not tail_of_work(found.rest, lexicon)):
        yield from _thing(clause, phrase, group, found, kind, lexicon)


_HELD_AFTER = re.compile(
    r"(?:等[^，。；]{0,8}?)?(?:在[^，。；]{1,10})?(?:相继|先后|圆满|成功|顺利|如期|隆重|永久|均|正式){0,3}(?:举办|举行|召开|开幕|落幕|闭幕|永久落户)"
)
_FAIR = re.compile(r"[一-鿿](?:[博交洽贸消投智]|残?运|青运|民运|军运|特奥)会|[省市县]运会")
_GRANTING = re.compile(
    r"认证|认定|创建|评选|命名|称号|(?:顺利|成功)?通过(?:国家|省级|全国|省)?(?:复审|复核|复查|复评|测评|验收|评估)"
)
_GRANTED = re.compile(r"示范|试点|模范|先行|样板")


def _granted(found: Shape) -> bool:
    """Whether a head is a designation that somebody grants (…试点县, …示范区)."""
    return bool(_GRANTED.search(found.head)) or (
        bool(_GRANTED.search(found.text[-len(found.head) - 3 :])) and found.head in ("县", "市", "区")
    )


def _with_joined(clause: Clause, phrase: Phrase, lexicon: Lexicon) -> int:
    """Where a phrase begins with what 与, 及 or 暨 joins to it: the two halves of one name (种苗繁育|与推广基地)."""
    index = phrase.first - 1
    if index < 1 or clause.roles[index] is not Role.JOINER or clause.tokens[index].text not in ("与", "及", "暨"):
        return phrase.first
    before = next((p for p in clause.phrases if p.last == index), None)
    if before is None or clause.tokens[before.last - 1].kind in (Kind.PLACE, Kind.QUOTE, Kind.BOOK):
        return phrase.first
    text = clause.text(before.first, before.last)
    left, right = lexicon.head_of(text), clause.text(phrase.first, phrase.last)
    if clause.tokens[index].text == "与" and _names_itself(clause, phrase, lexicon):
        return phrase.first
    works = left is not None and left[0].endswith("工程") and "项目" in right and clause.tokens[index].text == "及"
    tail = lexicon.is_a(clause.tokens[before.last - 1].text, "tail-work", "project-tail")
    return before.first if (left is None and not tail) or works else phrase.first


def _names_itself(clause: Clause, phrase: Phrase, lexicon: Lexicon) -> bool:
    """Whether a phrase begins with a proper name, so that what is joined before it is another thing."""
    tokens = clause.tokens[phrase.first : phrase.last]
    runs = rare_runs(tokens, lexicon)
    return tokens[0].kind is Kind.PLACE or (bool(runs) and runs[0][0] == 0)


_DEEDS = frozenset({"v", "vd", "vi", "d", "ad"})


def _after_verbs(clause: Clause, first: int, last: int, lexicon: Lexicon) -> int:
    """The index after verbs that no list holds, where a proper name follows them: 串联|三亚湾…长廊."""
    index = first
    while index < last - 1:
        token = clause.tokens[index]
        plain = token.kind is Kind.WORD and len(token.text) > 1 and token.pos in _DEEDS
        if not plain or lexicon.is_a(token.text, "soft") or token.text in lexicon.compounds:
            break
        index += 1
    if index == first:
        return first
    runs = rare_runs(clause.tokens[index:last], lexicon)
    proper = clause.tokens[index].kind is Kind.PLACE or (bool(runs) and runs[0][0] == 0)
    return index if proper else first


def _own_firm(clause: Clause, found: Shape, lexicon: Lexicon) -> bool:
    """Whether a firm's short name is a word that no list of general words holds: 翰瑞|公司, 文旅集团."""
    own = found.text.removesuffix(found.head)
    if not 2 <= len(own) <= 6 or found.text in lexicon.common or own in lexicon.common or found.info.weak:
        return False
    words = [t for t in clause.tokens[found.first : found.last] if len(t.text) > 1]
    return not any(
        lexicon.is_a(t.text, "general", "function", "adverb", "measure")
        or t.kind is Kind.NUMBER
        or t.pos[:1] in ("m", "q", "p", "r")
        for t in words
    ) and not _KIND_OF_FIRM.search(own)


_KIND_OF_FIRM = re.compile(
    r"企业|民营|国内|国外|国际|国有|控股|高科技|股份|融资|经营|托管|大型|上市|跨国|央企|外资|中资|合资|保险|金融|证券|担保|物业|运营|中介|咨询|平台|旅行|航空|物流|建筑|教育|医疗|出版|传媒$|下属|所属|直属|龙头|知名|优质|子|母|分|总"
)


def _own_name(clause: Clause, found: Shape, lexicon: Lexicon) -> int:
    """Where a firm's name begins: with its place or its own name; words before those say what kind of firm it is."""
    tokens = clause.tokens[found.first : found.last]
    firsts = [n for n, t in enumerate(tokens) if t.kind is Kind.PLACE or lexicon.known.get(t.text) is T.ENTERPRISE]
    firsts += [run[0] for run in rare_runs(tokens, lexicon)]
    return found.first + min(firsts, default=0)


def _counted_after(clause: Clause, found: Shape) -> bool:
    """Whether a number of things follows the name: 标准厂房4个."""
    index = found.last
    while index < len(clause.roles) and clause.roles[index] is Role.COUNT:
        index += 1
    if index == found.last:
        return False
    return index == len(clause.roles) or clause.roles[index] not in (Role.CONTENT, Role.SOFT)


def _thing(
    clause: Clause, phrase: Phrase, group: Group, found: Shape, kind: T, lexicon: Lexicon
) -> Iterator[Candidate]:
    proof, text = found.evidence, found.text
    start, end = span_of(clause, found.first, found.last)
    fits = tail_of_work(found.rest, lexicon)
    name = text + "项目" if found.phase and not found.head else text
    if found.phase and len(text) - len(found.phase) >= 4 and fits and not (proof.place or proof.rare or proof.owner):
        scheme = clause.text(found.first, found.last - 1)
        if (proof.level or proof.content) and scheme not in lexicon.common and phrase.first == found.first:
            own = T.PROJECT if found.info.weak else kind
            name = text if found.head and not found.info.weak else text + "项目"
            yield Candidate(start, end, own, name, "name-phase", 4)
        return
    if found.info.weak and len(found.head) == 1 and not (proof.place or proof.rare or proof.owner or proof.level):
        if found.head in _STREETS and len(text) > 2 and _named_alike(clause, phrase, group, found.head, lexicon):
            yield Candidate(start, end, kind, name, "name-head", 4)  # 新墩桥、|利民桥
        return
    if (proof.place or proof.quote or proof.rare or proof.owner) and not (
        found.info.weak
        and found.head
        and not (proof.place or proof.quote or proof.owner)
        and not _definite(clause, phrase, group, found, kind, lexicon)
        and not (found.head in _STREETS and proof.rare and len(text) > 2)
    ):
        yield Candidate(start, end, kind, name, "name-head", 5 if fits else 4)
        if kind in (T.ZONE, T.FACILITY):
            works = firm_of_works(clause, found.first, found.last, lexicon)
            if works is not None:
                firm = clause.text(*works)
                span = span_of(clause, *works)
                yield Candidate(
                    *span, T.ENTERPRISE, lexicon.short.get(firm, firm), "name-firm-of-works", 3, nested=True
                )
        stem = firm_stem(clause, found.first, found.last, lexicon, listed=False) if kind is T.PROJECT else None
        if stem is not None and stem[1] < found.last and clause.tokens[stem[1]].kind is Kind.NUMBER:
            span, firm = span_of(clause, *stem), clause.text(*stem)
            yield Candidate(*span, T.ENTERPRISE, firm, "name-firm-of-project", 3, nested=True)
        return
    if _QUARTER.fullmatch(text) and governed(phrase, lexicon, "build"):
        yield Candidate(start, end, T.ZONE, name, "name-head", 4)
        return
    if kind is T.PLACE and found.head in lexicon.cues["landform"] and proof.content > 1 and text not in lexicon.common:
        yield Candidate(start, end, kind, name, "name-landform", 4)
        return
    word = text.removesuffix(found.head)
    village = kind is T.PLACE and found.head in ("村", "社区") and 2 <= len(word) <= 3 and word not in lexicon.common
    if village and text not in lexicon.common and _WON_AFTER.match(clause.after(found.last)):
        yield Candidate(start, end, kind, name, "name-village", 4)
        return
    if _own_word(clause, found, kind, lexicon) and fits:
        yield Candidate(start, end, kind, name, "name-head", 4)
        return
    university = kind is T.ORGANIZATION and found.head.endswith("大学") and text not in lexicon.common and fits
    if university and len(text) - len(found.head) >= 2 and not _RANK_OF_SCHOOL.match(text):
        yield Candidate(start, end, kind, name, "name-head", 4)
        return
    single = len(clause.tokens[found.first].text) == 1
    if (
        proof.level
        and single
        and (kind is not T.PROJECT or proof.content)
        and (not found.info.weak or (fits and len(text) - len(found.head) > 2 and governed(phrase, lexicon, "build")))
        and (kind in (T.ORGANIZATION, T.FACILITY, T.PROJECT) or found.head in _OF_A_PLACE)
        and len(text) - len(found.head) >= 1
    ):
        yield Candidate(start, end, kind, name, "name-level", 5)
        return
    if (
        ((proof.number and _LABEL_NUMBER.search(text)) or proof.ordinal or proof.latin)
        and proof.content
        and not found.info.weak
        and found.head not in lexicon.cues["body-generic"]
    ):
        yield Candidate(start, end, kind, name, "name-numbered", 4)
        return
    if text == found.head:
        alone = len(text) >= 4 and kind is T.FACILITY and fits and not common_class(text, lexicon)
        alone |= text in _ONLY_ONE and governed(phrase, lexicon, "build") and not phrase.counted
        after = clause.after(group.last.last)
        if alone and (
            text in _ONLY_ONE or _has_named_sibling(clause, phrase, group, lexicon) or _ADMITTED_AFTER.match(after)
        ):
            yield Candidate(start, end, kind, name, "name-descriptive", 3)
        return
    if fits and _definite(clause, phrase, group, found, kind, lexicon):
        yield Candidate(start, end, kind, name, "name-descriptive", 3)


def _own_word(clause: Clause, found: Shape, kind: T, lexicon: Lexicon) -> bool:
    """Whether all that stands before a strong head is a short word no list holds, as proper names are: 翰瑞|物流园."""
    town = found.head == "小镇"
    if (
        (found.info.weak and not town)
        or kind not in (T.FACILITY, T.ZONE)
        or found.text in lexicon.common
        or found.phase
    ):
        return False
    own = found.text.removesuffix(found.head)
    words = [t for t in clause.tokens[found.first : found.last - 1] if t.kind is not Kind.NOTE]
    if "".join(t.text for t in words) != own or not 2 <= len(own) <= 4:
        return False
    return own not in lexicon.common and all(
        t.kind is Kind.WORD
        and (len(t.text) == 1 or t.text not in lexicon.common)
        and not lexicon.is_a(t.text, "general", "soft", "nominal", "function", "measure", "adverb")
        and t.text not in lexicon.compounds
        and t.pos[:1] not in ("v", "d", "m", "q", "p", "r")
        and lexicon.head_of(t.text) is None
        for t in words
    )


_RANK_OF_SCHOOL = re.compile(
    r"高水平|一流|知名|著名|国内|国外|世界|重点|本科|普通|各|有关|地方|应用|综合|老年|开放|社区|双一流|部属|省属|名牌|市民|农民|家长|网上|空中"
)


def _named_alike(clause: Clause, phrase: Phrase, group: Group, head: str, lexicon: Lexicon) -> bool:
    """Whether another item of the group ends with the same head and bears a proper name."""
    others = (p for p in group.items if p is not phrase and clause.text(p.first, p.last).endswith(head))
    return any(evidence(clause.tokens[p.first : p.last], head, lexicon).proper for p in others)


_OF_A_PLACE = frozenset({"开发区", "经开区", "高新区", "经济开发区", "工业园区", "综保区", "工业园"})
_PHASED_WORKS = re.compile(r"[一-鿿\w]{4,}[一二三四五六七八九十]期(?:工程|项目)")
_BUILDS = re.compile(r"建设|建成|开工|动工|启动|新建")
_ONLY_ONE = frozenset({"高铁新城", "空港新城", "临港新城", "高铁新区", "中央商务区", "大学城", "职教城", "科学城"})
_QUARTER = re.compile(r"(?:中心城区|主城区?|城市)?[东南西北]部新[城区]")
_OF_RANK = re.compile(r"世界级?|国家级|国际(?!物流|陆港)")
_FOUNDING = frozenset({"成立", "组建", "设立", "新组建", "新成立"})
_STREETS = frozenset({"路", "街", "桥", "巷"})
_LABEL_NUMBER = re.compile(r"\d(?:千伏|kV|万千瓦|兆瓦|号|线|#|万吨)|[A-Za-z]\d")
_STATUS_AFTER = re.compile(
    r"(?:[^，。；、]{0,6}?)(?:推进|进展|实施|建成|竣工|完工|开工|动工|投产|投用|通车|启用|投入|开通|获批|复工|前期|建设|主体|封顶|落地|挂牌|揭牌|开业|并网|试运行|运营|改造|具备|创建|申报|争创|获评|入选|升级|晋升|荣获|成立|正式)"
)
_FINISHED_AFTER = re.compile(r"(?:[^，。；、]{0,6}?)(?:建成|竣工|完工|开工|动工|通车|投入运营|投用|复工|贯通)")
_WON_AFTER = re.compile(
    r"(?:成功|首次|双双|均)?(?:创建|创成|获评|被评为|被认定为|入选|荣获|获批|获得|列入|跻身|上榜|荣膺|晋升)"
)
_ADMITTED_AFTER = re.compile(r"(?:纳入|列入|获批|核准|开工|动工|建成)[^，。；、]*$")
_SEVERAL = re.compile(r"[一二两三四五六七八九十]大")
_ANY = frozenset({"各", "各类", "等", "的", "每个", "所有", "其他", "一批", "若干", "更多", "多个", "类"})


def _definite(clause: Clause, phrase: Phrase, group: Group, found: Shape, kind: T, lexicon: Lexicon) -> bool:
    """Whether a phrase without a proper name speaks of one thing: something is built, finished or run by it."""
    modifier = found.text[: -len(found.head)] if found.head else found.text
    sibling = len(group.items) > 1 and len(modifier) >= 3
    named = bool(modifier) and rare_runs(clause.tokens[found.first : found.last - 1], lexicon)[:1] == [
        (0, found.last - 1 - found.first)
    ]
    if (found.evidence.content < 1 and not sibling and not named) or len(modifier) < 2:
        return False
    before = clause.tokens[phrase.first - 1].text if phrase.first else ""
    if before in _ANY or kind is T.PLACE or _SEVERAL.match(found.text):
        return False
    if kind is T.ORGANIZATION and found.head in lexicon.cues["body-generic"]:
        founded = bool(phrase.verbs) and phrase.verbs[-1] in ("成立", "组建", "设立")
        return founded and len(found.text) > 7 and found.evidence.content > 1
    after = clause.after(group.last.last if found.last == phrase.last else found.last)
    if (
        found.info.weak
        and sibling
        and (found.evidence.proper or len(modifier) > 3)
        and _has_named_sibling(clause, phrase, group, lexicon)
    ):
        return True
    built = bool(phrase.verbs) and bool(_BUILDS.search(phrase.verbs[-1]))
    if built and found.info.weak and found.evidence.rare and len(modifier) > 3 and kind in (T.FACILITY, T.ZONE):
        return True
    described = found.info.weak and len(found.head) > 1 and kind in (T.ZONE, T.FACILITY) and found.evidence.content
    if described and (_WON_AFTER.match(after) or (found.evidence.rare and _STATUS_AFTER.match(after))):
        return True  # …基地|获评…
    if named and kind is T.FACILITY and found.info.weak and _STATUS_AFTER.match(found.rest + after):
        return True
    if found.info.weak:
        return bool(_FINISHED_AFTER.match(after)) and (
            found.evidence.proper or kind is T.FACILITY or found.evidence.content > 1
        )
    sure = len(found.head) > 3 and len(group.items) > 1 and _has_named_sibling(clause, phrase, group, lexicon)
    if kind is T.PROJECT and not sure and len(modifier) < (4 if len(found.head) > 2 else 6):
        return False
    if len(group.items) > 1 and _has_named_sibling(clause, phrase, group, lexicon):
        return True
    if found.text in lexicon.common:
        return bool(_STATUS_AFTER.match(after)) and len(group.items) > 1
    return governed(phrase, lexicon, "build") or bool(_STATUS_AFTER.match(after))


def common_class(text: str, lexicon: Lexicon) -> bool:
    """Whether a head by itself is what reports sum lists up with (高速公路, 水库)."""
    return lexicon.is_a(text, "class-facility", "class-zone", "class-organization")


def _has_named_sibling(clause: Clause, phrase: Phrase, group: Group, lexicon: Lexicon) -> bool:
    """Whether another item of the group bears a proper name: a list of named things holds no general ones."""
    for item in group.items:
        if item is phrase:
            continue
        found = shape(clause, item.first, item.last, lexicon)
        if found is not None and found.info.type in _THINGS:
            proof = found.evidence
            if proof.proper or proof.level or proof.content > 2:
                return True
    return False


_ROADS = re.compile(r"省道|国道|公路|高速|铁路|大桥|水库|河道|隧道|机场|码头|航道|管网|泵站|污水|供水|供热|[一-鿿]路")


_SITES = re.compile(
    r"特高压|电网|输电|水源地|直流|电源|外送|补水|航运|航道|天然气|燃气|干线|铁路|机场|水库|电站|基础设施|水资源配置|灌区|调水|引水|防洪|棚改|安置房|桥梁|水系|管廊|输变电|片区"
)


def is_works(text: str, head: str, lexicon: Lexicon) -> bool:
    """Whether …工程 is building work (…大桥工程) and not a campaign (…带动工程)."""
    before = text.removesuffix("工程")
    if _ROADS.search(before):
        return True
    found = lexicon.head_of(before)
    if found is not None and found[1].type in (T.FACILITY, T.PROJECT, T.ZONE) and not found[1].weak:
        return True
    return any(before.endswith(tail) for tail in lexicon.cues["project-tail"])


# Programmes and policies


def _plan(clause: Clause, phrase: Phrase, found: Shape, kind: T, lexicon: Lexicon) -> Iterator[Candidate]:
    first = min(wide_start(clause, phrase, found.last, lexicon), found.last - 1)
    first = next((n for n in range(max(0, first - 3), first) if clause.text(n, found.last) in lexicon.known), first)
    text = clause.text(first, found.last)
    start, end = span_of(clause, first, found.last)
    proof = evidence(clause.tokens[first : found.last], found.head, lexicon)
    if text in lexicon.known:
        yield Candidate(start, end, lexicon.known[text], lexicon.short.get(text, text), "name-known", 7)
        return
    if text == found.head or (found.info.weak and not proof.quote):
        return
    if _SEVERAL.search(text[1:]) and not proof.quote and phrase.joiner:
        return  # 大数据、大生态三大战略行动: the label of a list, cut off
    after = clause.tokens[found.last] if found.last < len(clause.tokens) else None
    if kind is T.POLICY and found.head == "规划" and after is not None and after.pos == "v":
        return  # …高速|规划|过境…: the verb
    if kind is T.PROGRAMME:
        named = found.head in lexicon.cues["campaign"] or any(found.head.endswith(w) for w in lexicon.cues["campaign"])
        wide = first > 0 and is_anchor(clause.tokens[first - 1].text, lexicon)
        if found.head == "计划" and text in lexicon.common and proof.content < 2 and not proof.proper:
            return
        if (
            found.head == "试点"
            and proof.content < 2
            and not proof.proper
            and not (len(text) >= 8 and governed(phrase, lexicon, "run"))
        ):
            return
        named = named or found.head == "试点"
        own = (
            len(text) - len(found.head) >= (2 if found.head in _SHORT_ENDS else 4)
            and wide
            and text not in lexicon.common
        )
        if not named and (
            text in lexicon.common
            or (not proof.proper and proof.content < 2 and not (wide and proof.content) and not own)
        ):
            return
        if found.head.endswith("工程") and is_works(text, found.head, lexicon) and proof.proper:
            yield Candidate(start, end, T.PROJECT, text, "name-head", 5)
            return
        if proof.proper or proof.content or own:
            yield Candidate(start, end, kind, text, "name-programme", 5)
    elif governed(phrase, lexicon, "issue") or (
        first > 0 and is_anchor(clause.tokens[first - 1].text, lexicon, "issue")
    ):
        if proof.proper or proof.content or (len(text) - len(found.head) >= 3 and text not in lexicon.common):
            yield Candidate(start, end, kind, text, "name-policy", 5)
    elif found.head.endswith(_PLANS) and governed(phrase, lexicon, "run") and text not in lexicon.common and proof.told:
        yield Candidate(start, end, kind, text, "name-policy", 5)


_TREATED = re.compile(
    r"[河江湖海湾淀溪岛库岸山泊](?:[上中下]游|上中游|中下游|中段|流域|片区|沿岸|两岸|支流|干流|水系|区域)*"
    r"(?:水环境|水污染|生态环境|水生态|生态|环境|综合|系统)(?:综合)?(?:治理|整治)$"
)
_SHORT_ENDS = frozenset({"工程", "行动", "计划"})
_PLANS = ("方针", "规划", "纲要", "方案", "条例", "办法", "计划", "清单", "文件")
_BLOCK = frozenset({"包括", "包含", "的", "并", "而", "来", "让", "使", "将", "把", "以"})
_PART_OF_NAME = frozenset({"向", "为", "对", "与"})


def wide_start(clause: Clause, phrase: Phrase, last: int, lexicon: Lexicon, *anchors: str) -> int:
    """Where the name of a programme or policy begins: right after the verb that carries it out or issues it.

    Such names hold verbs and prepositions of their own: 实施|向科技要产能专项行动, 出台|促进…若干政策措施.
    """
    index = phrase.first
    while index > 0 and phrase.first - index <= 8:
        token, role = clause.tokens[index - 1], clause.roles[index - 1]
        if is_anchor(token.text, lexicon, *anchors) and not (index > 1 and clause.roles[index - 2] is Role.JOINER):
            first = index
            while (
                first < phrase.first
                and clause.tokens[first].text not in _PART_OF_NAME
                and clause.roles[first] in (Role.FUNCTION, Role.ADVERB, Role.NOTE, Role.COUNT)
            ):
                first += 1
            label = index - 2 - _anchors_before(clause, index, lexicon)
            if label >= 0 and clause.roles[label + 1] is Role.JOINER and clause.tokens[label].kind is Kind.QUOTE:
                return label + 2  # “五大行动”和|巩固拓展脱贫攻坚成果“六个专项行动”
            return min(leading_time(clause, first, last), last - 1)
        if role is Role.JOINER and index < phrase.first and clause.roles[index] is not Role.FUNCTION:
            return index
        if role is Role.JOINER and index == phrase.first and not anchors:
            before = next((p for p in clause.phrases if p.last == index - 1), None)
            if before is not None and _headless_after_anchor(clause, before, lexicon):
                return before.first
        if role in (Role.COMMA, Role.JOINER, Role.ETC, Role.COUNT) or token.text in _BLOCK:
            break
        index -= 1
    return leading_time(clause, phrase.first, last)


def _anchors_before(clause: Clause, index: int, lexicon: Lexicon) -> int:
    """How many verbs in a row end before token ``index``."""
    first = index
    while first and clause.roles[first - 1] is Role.VERB:
        first -= 1
    return index - first


def _headless_after_anchor(clause: Clause, phrase: Phrase, lexicon: Lexicon) -> bool:
    """Whether a phrase before a conjunction is the first half of a name: 实施|高新技术企业|和科技型企业培育计划."""
    if phrase.first == 0 or phrase.counted or not is_anchor(clause.tokens[phrase.first - 1].text, lexicon):
        return False
    if any(t.kind in (Kind.QUOTE, Kind.BOOK, Kind.PLACE) for t in clause.tokens[phrase.first : phrase.last]):
        return False
    return lexicon.head_of(clause.text(phrase.first, phrase.last)) is None and "大" not in clause.text(
        phrase.first, phrase.last
    )


def is_anchor(word: str, lexicon: Lexicon, *lists: str) -> bool:
    """Whether a programme's name may begin right after a word: 实施, 出台, 深入开展; of ``lists``, if any are given."""
    names = lists or ("anchor", "issue")
    return lexicon.is_a(word, *names) or (len(word) == 4 and lexicon.is_a(word[2:], *names))


def nested(clause: Clause, phrase: Phrase, lexicon: Lexicon) -> Iterator[Candidate]:
    """Zones, facilities and bodies that a longer name begins with: 贵阳经开区|铁路专用线."""
    first = _after_verbs(clause, leading_time(clause, phrase.first, phrase.last), phrase.last, lexicon)
    for stop in range(first + 2, phrase.last):
        if clause.tokens[stop - 1].kind is not Kind.WORD:
            continue
        text = clause.text(first, stop)
        found = lexicon.head_of(text)
        if found is not None and found[1].type is T.ENTERPRISE:
            if (
                text not in lexicon.known
                and len(found[0]) > 1
                and rare_runs(clause.tokens[first:stop], lexicon)[:1]
                and text != found[0]
            ):
                yield Candidate(*span_of(clause, first, stop), T.ENTERPRISE, text, "name-nested", 1, nested=True)
            continue
        phased = lexicon.is_a(clause.tokens[stop].text, "phase") or _is_phase_mark(clause.tokens[stop], lexicon)
        if (
            found is None
            or (found[1].weak and not (phased and len(text) > 3))
            or found[1].type not in (T.ZONE, T.FACILITY, T.ORGANIZATION, T.PLACE)
            or (len(found[0]) < 2 and not phased)
        ):
            continue
        if found[1].type is T.PLACE and not lexicon.is_a(found[0], "landform"):
            continue
        proof = evidence(clause.tokens[first:stop], found[0], lexicon)
        if found[1].type is T.FACILITY and not _new_beginning(clause, stop, lexicon):
            continue
        single = len(clause.tokens[first].text) == 1 and text[1] not in "县级州区（" and not phrase.counted
        level = proof.level and single and (phased or found[1].type is T.ORGANIZATION)
        scheme = phased and proof.content and text not in lexicon.common and found[1].type is not T.PLACE
        if proof.place or proof.rare or level or scheme or (found[1].type is T.PLACE and proof.content > 1):
            yield Candidate(*span_of(clause, first, stop), found[1].type, text, "name-nested", 1, nested=True)


def _is_phase_mark(token: Token, lexicon: Lexicon) -> bool:
    return token.kind is Kind.BRACKET and lexicon.is_a(token.inner, "phase")


def _new_beginning(clause: Clause, index: int, lexicon: Lexicon) -> bool:
    """Whether another name, or work on the facility, begins at a token: 京昆高速公路|某互通立交, …大桥|改扩建工程."""
    token = clause.tokens[index]
    if token.kind is Kind.PLACE or _is_phase_mark(token, lexicon) or lexicon.is_a(token.text, "phase", "project-tail"):
        return True
    runs = rare_runs(clause.tokens[index : index + 3], lexicon)
    return bool(runs) and runs[0][0] == 0
