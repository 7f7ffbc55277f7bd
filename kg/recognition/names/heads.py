"""Names that are phrases with a head: …高速公路, …经开区, …专项行动, …项目二期. What the head is decides who reads it.

Invariant: no name is read from a phrase that is counted and bears no proper name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.recognition.names.anchors import wide_start
from kg.recognition.names.candidates import Candidate
from kg.recognition.names.clauses import Clause, Phrase, Role
from kg.recognition.names.evidence import evidence, rare_runs
from kg.recognition.names.groups import Group, governed
from kg.recognition.names.lexicon import Lexicon
from kg.recognition.names.marks import MARK, SEVERAL, sales
from kg.recognition.names.occasions import FAIR
from kg.recognition.names.plans import is_works, plan
from kg.recognition.names.shapes import Shape, leading_time, shape, span_of, tail_of_work
from kg.recognition.names.things import THINGS, thing, wholly_own
from kg.recognition.names.tokens import Kind, Token
from kg.recognition.spans import EntityType as T


def by_head(clause: Clause, phrase: Phrase, group: Group, lexicon: Lexicon) -> Iterator[Candidate]:
    """The name a phrase is, if it has a head and speaks of one thing."""
    first = leading_time(clause, _with_joined(clause, phrase, lexicon), phrase.last)
    first = _after_rank(clause, _after_verbs(clause, first, phrase.last, lexicon), phrase.last)
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
    if FAIR.fullmatch(clause.text(first, phrase.last)) and _event_beside(clause, phrase, group, lexicon):
        start, end = span_of(clause, first, phrase.last)
        yield Candidate(start, end, T.EVENT, clause.text(first, phrase.last), "name-event", 5)
        return
    found = shape(clause, first, phrase.last, lexicon)
    if found is None or _BODIES_IN_ONE.match(found.text) or _BY_STUDENTS.match(found.head + found.rest):
        return
    proof = found.evidence
    kind = found.info.type
    granted = proof.proper or MARK.match(found.text)
    if T.HONOUR in found.info.types and granted and _GRANTING.match(clause.after(found.last)):
        yield Candidate(*span_of(clause, found.first, found.last), T.HONOUR, found.text, "name-designation", 6)
        return
    if (
        kind in (T.FACILITY, T.ZONE)
        and (found.head == "中心" or found.text.endswith(("教学实践基地", "实习基地", "教学基地", "科研基地")))
        and lexicon.known.get(clause.tokens[found.first].text) is T.ORGANIZATION
    ):
        kind = T.ORGANIZATION
    if kind is T.FACILITY and (
        _BRANCH.search(found.text) or (_SERVICE.search(found.text) and _HONOURED.match(clause.after(found.last)))
    ):
        kind = T.ORGANIZATION
    if kind is T.PLACE and _AREA_OF_ZONE.search(found.text):
        kind = T.ZONE
    works = kind is T.PROGRAMME and found.head.endswith("工程")
    if works and is_works(found.text, lexicon, proper=proof.place or proof.rare):
        kind = T.PROJECT
    quoted = proof.quote and not all(
        t.inner in lexicon.known for t in clause.tokens[found.first : found.last] if t.kind is Kind.QUOTE
    )
    named = proof.place or quoted or proof.rare or proof.owner
    if found.head == "港" and (proof.place or proof.rare or proof.content > 1) and found.text not in lexicon.common:
        yield Candidate(*span_of(clause, found.first, found.last), T.FACILITY, found.text, "name-head", 4)
        return
    if kind is T.PROJECT and clause.tokens[found.first].kind is Kind.QUOTE and not found.phase:
        return  # “双百”项目: the quotation says what it is
    if found.head == "项目" and not proof.quote and _counted(clause, phrase, found):
        return  # 32个|混改项目, 非遗项目|5个
    if found.head.endswith("市场") and sales(found.text, phrase.verbs):
        return
    if proof.quote and len(found.head) < 3 and not named and kind in THINGS:
        return  # “一带一路”|战略枢纽
    if kind is T.PROJECT and not named and (_KIND_OF_SCHEME.search(found.text) or SEVERAL.search(found.text)):
        return
    if kind is T.PLACE and _REDRAWN.search(found.text):
        return
    if kind in THINGS and not named and _EVERY_LEVEL.search(found.text):
        return
    if kind is T.ZONE and not named and _SORT_OF_GROUND.match(found.text):
        return
    sure = proof.place or quoted or proof.owner
    several = _several(clause, group)
    if kind in THINGS and not sure and (several or (phrase.counted and len(found.text) - len(found.head) <= _BRIEF)):
        return  # 一批乡镇、|社区体育健身中心, 2座|过街天桥
    counted = phrase.counted or (bool(phrase.joiner) and group.items[0].counted and kind is T.PROJECT)
    if (counted and not named) or (phrase.summary and (phrase.counted or not named)):
        return
    if _counted_after(clause, found) and (not named or found.head in _EACH_NUMBERED):
        return
    start, end = span_of(clause, found.first, found.last)
    listed = lexicon.known.get(found.text)
    if listed is not None and (listed is kind or kind is T.ENTERPRISE) and kind not in (T.PROGRAMME, T.POLICY):
        return  # the list of known names gives it
    if kind is T.PROGRAMME and found.head.endswith("活动") and governed(phrase, lexicon, "hold") and not proof.quote:
        if proof.proper or proof.content > 1:
            yield Candidate(start, end, T.EVENT, found.text, "name-event", 5)
    elif kind in (T.PROGRAMME, T.POLICY) and not (T.HONOUR in found.info.types and proof.place):
        yield from plan(clause, phrase, found, kind, lexicon)
    elif kind is T.EVENT:
        if clause.after(found.last).startswith(("制度", "机制")):
            return
        told = bool(_HELD_AFTER.match(clause.after(group.last.last)))
        held = governed(phrase, lexicon, "hold", "anchor") or told
        fair = held and bool(FAIR.fullmatch(found.text))
        if not fair and (found.text in lexicon.common or found.text == found.head):
            return
        own = len(found.text) - len(found.head) > 1 or FAIR.fullmatch(found.text)
        beside = bool(own) and _event_beside(clause, phrase, group, lexicon)
        if proof.proper or proof.level or fair or beside or (held and proof.content):
            first = (
                wide_start(clause, phrase, found.last, lexicon, "hold", "anchor") if held and not told else found.first
            )
            first = min(first, found.last - 1)
            if clause.tokens[first].text in _TAKES_PART and first < found.last - 1:
                first += 1  # 组织|参与|首届…博览会
            if _VICTORY.search(clause.text(first, found.last)):
                return
            start, end = span_of(clause, first, found.last)
            yield Candidate(start, end, kind, clause.text(first, found.last), "name-event", 5)
    elif kind is T.BRAND:
        platform = proof.rare and found.head == "平台" and not phrase.counted
        if (proof.place or platform) and proof.content:
            yield Candidate(start, end, kind, found.text, "name-brand", 4)
    elif kind is T.ENTERPRISE and _NO_FIRM.search(found.text):
        return
    elif kind is T.ENTERPRISE and _OF_HOSPITALS.search(found.text):
        if proof.level or proof.place or proof.rare:
            yield Candidate(start, end, T.ORGANIZATION, found.text, "name-level", 5)
    elif kind is T.ENTERPRISE:
        if proof.level and not proof.rare and len(found.head) > 1 and len(found.text) > 4:
            yield Candidate(start, end, kind, found.text, "name-level", 5)
        elif (
            proof.rare
            or proof.place
            or proof.owner
            or _own_firm(clause, found, lexicon)
            or (
                bool(phrase.verbs)
                and phrase.verbs[-1] in _FOUNDING
                and found.head == "集团"
                and len(found.text) > 3
                and "属" not in found.text
            )
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
    elif kind in THINGS and (
        not found.info.weak
        or tail_of_work(found.rest, lexicon)
        or (kind is T.ZONE and found.first == 0 and wholly_own(clause, found, lexicon))
    ):
        yield from thing(clause, phrase, group, found, kind, lexicon)


def _several(clause: Clause, group: Group) -> bool:
    """Whether a list begins with 一批: its items are kinds of things."""
    first = group.items[0]
    return first.counted and first.first > 0 and clause.tokens[first.first - 1].text in _SOME


_SOME = frozenset({"一批", "一大批", "一些", "若干", "一系列", "多个"})
_SORT_OF_GROUND = re.compile(r"大型|小型|专业化?(?=园|市场)|各类|基础|园区|星级|高端|新型")


def _counted(clause: Clause, phrase: Phrase, found: Shape) -> bool:
    """Whether a number of projects is spoken of, so that a word or two before 项目 say what sort they are."""
    if _counted_after(clause, found):
        return True
    brief = len(found.text) - len(found.head) <= _BRIEF
    return brief and not found.evidence.place and (phrase.counted or phrase.summary)


_BRIEF = 3  # characters
_REACHES = frozenset({"达", "达到", "增至", "增加到", "突破", "超过"})
_EACH_NUMBERED = ("航线", "班列")  # of which a place has several


def _event_beside(clause: Clause, phrase: Phrase, group: Group, lexicon: Lexicon) -> bool:
    """Whether a coordinated phrase is an event by its own name: 世界制造业大会、|集成电路大会."""
    for item in group.items:
        if item is phrase or item.counted:
            continue
        text = clause.text(item.first, item.last)
        other = shape(clause, item.first, item.last, lexicon)
        named = other is not None and other.info.type is T.EVENT and other.evidence.proper and not other.rest
        if named or lexicon.known.get(text) is T.EVENT:
            return not phrase.counted
    return False


_BRANCH = re.compile(r"(?:科学院|研究院|学院)[一-鿿]{2,6}分院$")
_SERVICE = re.compile(r"(?:服务|事务|管理|保障|监测|监督|检测|交易)中心$")
_HONOURED = re.compile(r"等?(?:\d+[个家])?(?:先后|连续|再次|均|成功)?(?:荣获|获评|获得?[“全省国]|被[评授命表])")
_BODIES_IN_ONE = re.compile(r"(?:以习近平同志为核心的)?党中央.*国务院$")
_BY_STUDENTS = re.compile(r"(?:大学|中学|高中|小学)(?:毕业生|学生|教师)")
_OF_HOSPITALS = re.compile(r"(?:医疗|卫生|健康|医院|教育|办学)集团$")
_NO_FIRM = re.compile(r"犯罪|达赖|恶势力|涉黑|黑恶|资本控股|集体资产|租赁公司$|消费金融公司$")
_KIND_OF_SCHEME = re.compile(
    r"(?:重大|重点|优质|外资|龙头|改革|扶贫|产业化|综合体|审批|许可)项目$|^(?:重大|重点|一般|优质|大型|高端).*(?:项目|工程)$"
)
_REDRAWN = re.compile(r"撤[乡镇县村]")  # 撤乡改镇
_EVERY_LEVEL = re.compile(r"县乡村|市县乡|镇村|[两三四五]级")
_TAKES_PART = frozenset({"参与", "参加", "出席", "参展", "亮相", "承办", "协办"})
_VICTORY = re.compile(r"[勇再喜连]夺|夺得|夺取|荣获")
_TREATED = re.compile(
    r"[河江湖海湾淀溪岛库岸山泊](?:[上中下]游|上中游|中下游|中段|流域|片区|沿岸|两岸|支流|干流|水系|区域)*"
    r"(?:水环境|水污染|生态环境|水生态|生态|环境|综合|系统)(?:综合)?(?:治理|整治)$"
)
_PHASED_WORKS = re.compile(r"[一-鿿\w]{4,}[一二三四五六七八九十]期(?:工程|项目)")
_FOUNDING = frozenset({"成立", "组建", "设立", "新组建", "新成立"})
_OF_RANK = re.compile(r"世界级?|国家级|国际(?!物流|陆港)")
_HELD_AFTER = re.compile(
    r"(?:等[^，。；]{0,8}?)?(?:在[^，。；]{1,10})?(?:相继|先后|圆满|成功|顺利|如期|隆重|永久|均|正式){0,3}(?:举办|举行|召开|开幕|落幕|闭幕|永久落户|取得圆满成功|圆满收官)"
)
_GRANTING = re.compile(
    r"认证|认定|创建(?!国家|省|全国|世界|[2-5]A|市级|自治区|“)|评选|命名|称号|(?:顺利|成功)?通过(?:国家|省级|全国|省)?(?:复审|复核|复查|复评|测评|验收|评估)"
)
_AREA_OF_ZONE = re.compile(r"(?:试验|示范|开发|高新|经开|保税|自贸|合作)区.{0,8}片区$")
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
    if len(text) < 3 and text in lexicon.common:
        return phrase.first  # 产业|及产业园区
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


_LEVEL_WORDS = frozenset({"省", "市", "县", "区", "州"})
_DEEDS = frozenset({"v", "vd", "vi", "d", "ad"})


def _after_verbs(clause: Clause, first: int, last: int, lexicon: Lexicon) -> int:
    """The index after verbs that no list holds, where a proper name follows them: 串联|三亚湾…长廊."""
    index = first
    while index < last - 1:
        token = clause.tokens[index]
        plain = token.kind is Kind.WORD and len(token.text) > 1 and token.pos in _DEEDS
        soft = lexicon.is_a(token.text, "soft") or token.text in lexicon.compounds
        if not lexicon.is_a(token.text, "work-on") and (not plain or soft):
            break
        index += 1
    if index == first:
        return first
    runs = rare_runs(clause.tokens[index:last], lexicon)
    proper = clause.tokens[index].kind is Kind.PLACE or (bool(runs) and runs[0][0] == 0)
    proper |= clause.tokens[index].text in _LEVEL_WORDS  # 联合|市公交公司
    return index if proper else first


_RANK = re.compile(r"(?:国家|自治区|[省市县区州])级?(?:重点|重大)(?:建设)?(?:项目|工程)")


def _after_rank(clause: Clause, first: int, last: int) -> int:
    """The index after words that say whose project it is that is named: 国家重点项目|西气东输四线…."""
    for index in range(first + 1, min(first + 5, last - 1)):
        if _RANK.fullmatch(clause.text(first, index)):
            return index
    return first


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
    r"[省市县区州]属|资本|犯罪|达赖|恶势力|[省市县州区]级|企业|民营|国内|国外|国际|国有|控股|高科技|股份|融资|经营|托管|大型|上市|跨国|央企|外资|中资|合资|保险|金融|证券|担保|物业|运营|中介|咨询|平台|旅行|航空|物流|建筑|教育|医疗|出版|传媒$|下属|所属|直属|龙头|知名|优质|子|母|分|总"
)


def _own_name(clause: Clause, found: Shape, lexicon: Lexicon) -> int:
    """Where a firm's name begins: with its place or its own name; words before those say what kind of firm it is."""
    tokens = clause.tokens[found.first : found.last]
    firsts = [n for n, t in enumerate(tokens) if t.kind is Kind.PLACE or lexicon.known.get(t.text) is T.ENTERPRISE]
    firsts += [run[0] for run in rare_runs(tokens, lexicon)]
    return found.first + min(firsts, default=0)


_NO_COUNT = re.compile(r"(?:元|月|月份|日|年|年底|%|％|个百分点)$")  # money, dates and shares number no things


def _counted_after(clause: Clause, found: Shape) -> bool:
    """Whether a number of things follows the name, or what is done to so many: 标准厂房4个, 农村公路建设50公里."""
    following = clause.tokens[found.last].text if found.last < len(clause.tokens) else ""
    reached = following in _REACHES
    if reached and found.evidence.quote:
        return False
    start = index = found.last + (reached or (following != "" and clause.roles[found.last] is Role.SOFT))
    while index < len(clause.roles) and clause.roles[index] is Role.COUNT:
        index += 1
    if index == start or _NO_COUNT.search(clause.text(start, index)):
        return False
    return index == len(clause.roles) or clause.roles[index] not in (Role.CONTENT, Role.SOFT)


def nested(clause: Clause, phrase: Phrase, lexicon: Lexicon) -> Iterator[Candidate]:
    """Zones, facilities and bodies that a longer name begins with: 贵阳经开区|铁路专用线."""
    first = _after_verbs(clause, leading_time(clause, phrase.first, phrase.last), phrase.last, lexicon)
    first = _after_rank(clause, first, phrase.last)
    whole = first < phrase.last and len(clause.tokens[first].text) > _LONG_WORD  # 某市经济技术开发区|…产业园
    for stop in range(first + (1 if whole else 2), phrase.last):
        if clause.tokens[stop - 1].kind is not Kind.WORD:
            continue
        text = clause.text(first, stop)
        if text.endswith("国家大学"):
            continue  # …国家大学|科技园
        found = lexicon.head_of(text)
        if found is not None and found[1].type is T.ENTERPRISE:
            if (
                text not in lexicon.known
                and not _NO_FIRM.search(text)
                and len(found[0]) > 1
                and rare_runs(clause.tokens[first:stop], lexicon)[:1]
                and text != found[0]
            ):
                yield Candidate(*span_of(clause, first, stop), T.ENTERPRISE, text, "name-nested", 1, nested=True)
            continue
        if clause.tokens[stop].text.startswith("型"):
            continue  # 某陆港|型枢纽
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
        if found[1].type is T.FACILITY and found[0] not in _FIELDS and not _new_beginning(clause, stop, lexicon):
            continue
        single = len(clause.tokens[first].text) == 1 and text[1] not in "县级州区（" and not phrase.counted
        level = proof.level and single and (phased or found[1].type is T.ORGANIZATION)
        scheme = phased and proof.content and text not in lexicon.common and found[1].type is not T.PLACE
        own = lexicon.is_a(found[0], "each-named") and first + 2 == stop and proof.content > 1  # 岳平|森林公园
        if proof.place or proof.rare or level or scheme or own or (found[1].type is T.PLACE and proof.content > 1):
            yield Candidate(*span_of(clause, first, stop), found[1].type, text, "name-nested", 1, nested=True)


_FIELDS = frozenset({"油田", "气田"})  # which works of any kind follow


_LONG_WORD = 6  # characters of a word that is a name with its head


def _is_phase_mark(token: Token, lexicon: Lexicon) -> bool:
    return token.kind is Kind.BRACKET and lexicon.is_a(token.inner, "phase")


def _new_beginning(clause: Clause, index: int, lexicon: Lexicon) -> bool:
    """Whether another name, or work on the facility, begins at a token: 京昆高速公路|某互通立交, …大桥|改扩建工程."""
    token = clause.tokens[index]
    if token.kind is Kind.PLACE or _is_phase_mark(token, lexicon) or lexicon.is_a(token.text, "phase", "project-tail"):
        return True
    runs = rare_runs(clause.tokens[index : index + 3], lexicon)
    return bool(runs) and runs[0][0] == 0
