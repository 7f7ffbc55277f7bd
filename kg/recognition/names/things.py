"""Things built, run and settled: which phrases with a head speak of one facility, zone, project, body or place.

Invariant: a phrase becomes a name only if it holds a proper name, a quotation or a number, or words that narrow it down
to one thing, and what is said of it is said of one thing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.recognition.names.candidates import Candidate
from kg.recognition.names.clauses import Clause, Phrase
from kg.recognition.names.evidence import rare_runs
from kg.recognition.names.groups import Group, governed
from kg.recognition.names.lexicon import Lexicon
from kg.recognition.names.marks import SEVERAL
from kg.recognition.names.shapes import EXTENSIONS, Shape, shape, span_of, tail_of_work
from kg.recognition.names.stems import firm_of_works, firm_stem
from kg.recognition.names.tokens import Kind
from kg.recognition.names.wares import begins_with_ware, begins_with_works, holds_ware
from kg.recognition.spans import EntityType as T

THINGS = frozenset({T.ORGANIZATION, T.PLACE, T.FACILITY, T.ZONE, T.PROJECT})


def thing(clause: Clause, phrase: Phrase, group: Group, found: Shape, kind: T, lexicon: Lexicon) -> Iterator[Candidate]:
    """The thing that a phrase with such a head is, if it speaks of one, and the firm that its name begins with."""
    proof, text = found.evidence, found.text
    if not (proof.proper or proof.level) and _TRADES.search(clause.text(group.last.first, group.last.last)):
        return  # 发展|新能源轨道交通、生物制药产业
    start, end = span_of(clause, found.first, found.last)
    fits = tail_of_work(found.rest, lexicon)
    name = text if found.head or not found.phase else _as_project(text)
    if found.phase in EXTENSIONS and found.head.endswith(_EXTENDED):
        if (
            len(text) - len(found.head) - len(found.phase) >= (2 if found.head in _STREETS else 1)
            and not phrase.counted
        ):
            yield Candidate(start, end, T.PROJECT, text + "项目", "name-works", 5)
        return
    stretch = found.phase.endswith("段") and found.head == "号线"
    if (
        found.phase
        and not stretch
        and len(text) - len(found.phase) >= 4
        and fits
        and not (proof.place or proof.rare or proof.owner)
    ):
        scheme = clause.text(found.first, found.last - 1)
        if (proof.level or proof.content) and scheme not in lexicon.common and phrase.first == found.first:
            own = T.PROJECT if found.info.weak else kind
            name = text if found.head and not found.info.weak else _as_project(text)
            yield Candidate(start, end, own, name, "name-phase", 4)
        return
    if found.info.weak and len(found.head) == 1 and not (proof.place or proof.rare or proof.owner or proof.level):
        if found.head in _STREETS and len(text) > 2 and _named_alike(clause, phrase, group, found.head, lexicon):
            yield Candidate(start, end, kind, name, "name-head", 4)  # 新墩桥、|利民桥
        return
    if kind is T.ZONE and found.info.weak and wholly_own(clause, found, lexicon):
        yield Candidate(start, end, kind, name, "name-head", 5 if fits else 4)  # 宁东|基地
        return
    if found.info.weak and fits and _own_of_its_kind(clause, phrase, group, found, lexicon):
        yield Candidate(start, end, kind, name, "name-head", 4)  # 南寨公园、|双塔公园
        return
    if (proof.place or proof.quote or proof.rare or proof.owner) and not (
        found.info.weak
        and found.head
        and not (proof.place or proof.quote or proof.owner)
        and not _definite(clause, phrase, group, found, kind, lexicon)
        and not (found.head in _NAMED_ALONE and proof.rare and len(text) > 2)
    ):
        yield Candidate(start, end, kind, name, "name-head", 5 if fits else 4)
        yield from _owner(clause, found, kind, lexicon)
        stem = firm_stem(clause, found.first, found.last, lexicon, listed=False) if kind is T.PROJECT else None
        if stem is not None and stem[1] < found.last and _goes_on(clause, *stem, found.last, lexicon):
            span, firm = span_of(clause, *stem), clause.text(*stem)
            yield Candidate(*span, T.ENTERPRISE, firm, "name-firm-of-project", 3, nested=True)
        return
    if _NATIONAL.fullmatch(text) and not phrase.counted:
        yield Candidate(start, end, kind, name, "name-head", 4)
        return
    if _QUARTER.fullmatch(text) and governed(phrase, lexicon, "build"):
        yield Candidate(start, end, T.ZONE, name, "name-head", 4)
        return
    if _OF_THE_COUNTRY.fullmatch(text) and governed(phrase, lexicon, "run", "other-verb") and fits:
        yield Candidate(start, end, T.ZONE, name, "name-head", 4)  # 支持|中国声谷
        return
    if kind is T.PLACE and found.head in lexicon.cues["landform"] and proof.content > 1 and text not in lexicon.common:
        yield Candidate(start, end, kind, name, "name-landform", 4)
        return
    word = text.removesuffix(found.head)
    village = kind is T.PLACE and found.head in ("村", "社区") and 2 <= len(word) <= 3 and word not in lexicon.common
    if village and text not in lexicon.common and _WON_AFTER.match(clause.after(found.last)):
        yield Candidate(start, end, kind, name, "name-village", 4)
        return
    if _ORDINAL_WORKS.fullmatch(text) and found.first == phrase.first and not phrase.counted:
        if governed(phrase, lexicon, "build") or _STATUS_AFTER.match(found.rest + clause.after(group.last.last)):
            yield Candidate(start, end, kind, name, "name-numbered", 4)  # 三水厂|并网
        return
    acts = found.last < phrase.last and clause.tokens[found.last].pos == "v"  # 樟木口岸|恢复…
    if _own_word(clause, found, kind, lexicon) and (fits or acts):
        yield Candidate(start, end, kind, name, "name-head", 4)
        yield from _owner(clause, found, kind, lexicon)
        return
    university = kind is T.ORGANIZATION and found.head.endswith("大学") and text not in lexicon.common and fits
    called = text.removesuffix(found.head)
    college = kind is T.ORGANIZATION and found.head == "学院" and 2 <= len(called) <= 4 and called not in lexicon.common
    college |= found.head in _CALLED and 2 <= len(called) <= 3 and _is_called(clause, found, called, lexicon)
    general = any(
        lexicon.is_a(t.text, "general", "soft", "function") for t in clause.tokens[found.first : found.last - 1]
    )
    university |= college and not general and found.first == phrase.first and not phrase.counted and fits
    if university and len(text) - len(found.head) >= 2 and not _RANK_OF_SCHOOL.match(text):
        yield Candidate(start, end, kind, name, "name-head", 4)
        return
    single = len(clause.tokens[found.first].text) == 1
    if (
        proof.level
        and single
        and not phrase.counted
        and (kind is not T.PROJECT or proof.content)
        and (not found.info.weak or (fits and len(text) - len(found.head) > 2 and governed(phrase, lexicon, "build")))
        and (kind in (T.ORGANIZATION, T.FACILITY, T.PROJECT) or found.head in _OF_A_PLACE)
        and len(text) - len(found.head) >= 1
    ):
        yield Candidate(start, end, kind, name, "name-level", 5)
        return
    if (
        ((proof.number and _LABEL_NUMBER.search(text)) or proof.ordinal or proof.latin)
        and (proof.content or (found.head == "号线" and clause.tokens[found.first].kind is Kind.NUMBER))
        and not found.info.weak
        and found.head not in lexicon.cues["body-generic"]
    ):
        yield Candidate(start, end, kind, name, "name-numbered", 4)
        return
    if text == found.head:
        alone = len(text) >= 4 and kind is T.FACILITY and fits and not common_class(text, lexicon)
        alone |= text in _OF_CUSTOMS and (len(group.items) > 1 or phrase.first == 0)
        after = clause.after(group.last.last)
        alone |= text in _ONLY_ONE and governed(phrase, lexicon, "build") and not phrase.counted
        alone |= text in _ONLY_ONE and phrase.first == 0 and bool(_OPENED_AFTER.match(after))
        if alone and (
            text in _ONLY_ONE
            or (text in _OF_CUSTOMS and _OPENS_AFTER.match(after))
            or _has_named_sibling(clause, phrase, group, lexicon)
            or _ADMITTED_AFTER.match(after)
        ):
            yield Candidate(start, end, kind, name, "name-descriptive", 3)
        return
    if fits and _definite(clause, phrase, group, found, kind, lexicon):
        yield Candidate(start, end, kind, name, "name-descriptive", 3)
        yield from _owner(clause, found, kind, lexicon)


def _as_project(text: str) -> str:
    """The name of the project of a phase: 恒岳铝业二期|项目."""
    return text if text.endswith(("项目", "工程")) else text + "项目"


_DASHES = "—–-～~"


_CALLED = frozenset({"医院", "学校", "中学", "小学", "书院", "林场", "幼儿园"})
_KIND_OF_SCHOOL = re.compile(
    r"[各该本所级类性型制办属立直营民区县市州镇乡村校优名大小新老好]|专科|综合|重点|示范|定点|中心|[中高低]等|[一二三四五六七八九十]"
)


def _is_called(clause: Clause, found: Shape, called: str, lexicon: Lexicon) -> bool:
    """Whether a school or hospital bears a short name that no list of common words holds: 岳湖|医院."""
    words = clause.tokens[found.first : found.last - 1]
    return (
        called not in lexicon.common
        and found.text not in lexicon.common
        and not lexicon.is_a(called, "aspiration")
        and not _KIND_OF_SCHOOL.search(called)
        and all(t.kind is Kind.WORD and t.pos[:1] not in "mqrcudp" for t in words)
    )


def _goes_on(clause: Clause, first: int, stop: int, last: int, lexicon: Lexicon) -> bool:
    """Whether a firm's name is followed by what its works turn out: 恒岳|30万吨…项目, 同岳晶体|半导体…项目."""
    output = clause.tokens[stop].kind is Kind.NUMBER and clause.tokens[stop + 1 : stop + 2] != ()
    own, rest = clause.text(first, stop), clause.text(stop, last)
    if rest[0] in _DASHES:
        return False  # 准东|—|华东…工程
    if output and clause.tokens[stop + 1].text != "号":
        return True
    likely = lexicon.odds.of(own[:2]) > 1 and holds_ware(rest)
    return likely or begins_with_ware(rest) or begins_with_works(rest)


def _owner(clause: Clause, found: Shape, kind: T, lexicon: Lexicon) -> Iterator[Candidate]:
    """The firm that a zone or facility is named after."""
    works = firm_of_works(clause, found.first, found.last, lexicon) if kind in (T.ZONE, T.FACILITY) else None
    if works is not None:
        firm = clause.text(*works)
        span = span_of(clause, *works)
        yield Candidate(*span, T.ENTERPRISE, lexicon.short.get(firm, firm), "name-firm-of-works", 3, nested=True)


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
        and (t.pos[:1] not in ("v", "d", "m", "q", "p", "r") or (t.pos == "v" and len(t.text) == 1 < len(words)))
        and lexicon.head_of(t.text) is None
        for t in words
    )


_RANK_OF_SCHOOL = re.compile(
    r"高水平|一流|知名|著名|国内|国外|世界|重点|本科|普通|各|有关|地方|应用|综合|老年|开放|社区|双一流|部属|省属|名牌|市民|农民|家长|网上|空中"
)


def _named_alike(clause: Clause, phrase: Phrase, group: Group, head: str, lexicon: Lexicon) -> bool:
    """Whether another item of the group ends with the same head and bears a proper name."""
    streets = head in _ROADS
    for item in group.items:
        other = shape(clause, item.first, item.last, lexicon) if item is not phrase else None
        alike = other is not None and (other.head == head or (streets and other.head.endswith(tuple(_ROADS))))
        if other is not None and alike and other.evidence.proper:
            return True
    return False


def wholly_own(clause: Clause, found: Shape, lexicon: Lexicon) -> bool:
    """Whether all that stands before the head is one short proper name."""
    words = clause.tokens[found.first : found.last - 1]
    own = "".join(t.text for t in words)
    if not 2 <= len(own) <= 4 or own + found.head != found.text or found.phase or found.text in lexicon.common:
        return False
    return own not in lexicon.common and rare_runs(words, lexicon) == [(0, len(words))]


def _own_of_its_kind(clause: Clause, phrase: Phrase, group: Group, found: Shape, lexicon: Lexicon) -> bool:
    """Whether a weak head with a word or two of its own stands beside a thing of its kind that bears a proper name."""
    own = found.text.removesuffix(found.head)
    if found.head not in _NAMED_EACH or not 2 <= len(own) <= 4 or phrase.counted or phrase.summary:
        return False
    if found.text in lexicon.common:
        return False
    if found.evidence.content < 1 or SEVERAL.match(found.text) or lexicon.is_a(own, "general"):
        return False
    if group.summary is not None and len(group.items) > 1:
        summary = clause.text(group.summary.first, group.summary.last)
        if found.head in summary and all(clause.text(i.first, i.last).endswith(found.head) for i in group.items):
            return True  # 岳湖公园、|翠湖公园|等滨河公园
    return _named_alike(clause, phrase, group, found.head, lexicon)


_TRADES = re.compile(r"(?:产业|行业|领域|经济|服务业|制造业)$")
_EXTENDED = ("路", "街", "环", "大道", "线", "高速")
_ORDINAL_WORKS = re.compile(r"[一二三四五六七八九十]{1,2}(?:水厂|污水处理厂|热源厂|电厂|泵站|热电厂)")
_OF_A_PLACE = frozenset({"基地", "开发区", "经开区", "高新区", "经济开发区", "工业园区", "综保区", "工业园"})
_BUILDS = re.compile(r"建设|建成|开工|动工|启动|新建|打造|提升|改造")
_ONLY_ONE = frozenset(
    {"科技城", "未来科技城", "高铁新城", "空港新城", "临港新城", "高铁新区", "中央商务区", "大学城", "职教城", "科学城"}
    | {"绿博园", "花博园", "园博园", "世博园", "博览园", "内陆港", "无水港", "东环线", "西环线", "南环线", "北环线"}
)
_OF_CUSTOMS = frozenset({"保税物流中心", "综合保税区", "综保区", "自贸试验区", "自贸区"})
_OPENS_AFTER = re.compile(r"(?:顺利|正式|成功|已|通过)*(?:获批|通过|封关|验收|揭牌|挂牌|获国务院|获国家)")
_OF_THE_COUNTRY = re.compile(r"中国[一-鿿]{1,4}谷")
_NATIONAL = re.compile(r"国家[一-鿿]{2,6}(?:博物馆|美术馆|图书馆|植物园|版本馆|大剧院)")
_QUARTER = re.compile(r"(?:中心城区|主城区?|城市)?[东南西北]部新[城区]")
_STREETS = frozenset({"路", "街", "桥", "巷"})
_ROADS = frozenset({"路", "街", "巷", "大道", "大街"})
_NAMED_ALONE = _STREETS | {"公园", "寺", "庙", "渠", "闸", "坝", "小镇", "通道"}
_NAMED_EACH = _NAMED_ALONE | {"市场"}  # of which each has a name
_LABEL_NUMBER = re.compile(r"\d(?:千伏|kV|万千瓦|兆瓦|号|线|#|万吨)|[A-Za-z]\d")
_STATUS_AFTER = re.compile(
    r"(?:[^，。；、]{0,6}?)(?:推进|进展|实施|建成|竣工|完工|开工|动工|投产|投用|通车|启用|投入|开通|获批|复工|前期|建设|编制|主体|封顶|落地|挂牌|揭牌|开业|并网|试运行|运营|改造|具备|创建|申报|争创|获评|入选|升级|晋升|荣获|成立|正式)"
)
_ZONE_ACTS = re.compile(
    r"(?:现有|已有|共有|新增|累计|目前)?\d+[家户个]|已(?:入驻|引进|集聚)|(?:正在)?编制|完善|完成|实现|集聚|聚集|引进|签约|入驻|吸引|承载|产值"
)
_FINISHED_AFTER = re.compile(
    r"(?:[^，。；、]{0,6}?)(?:建成|竣工|完工|开工|动工|通车|投入运营|投用|复工|贯通|初具规模|投入使用)"
)
_OPENED_AFTER = re.compile(
    r"(?:已|正式|顺利|成功|建成|竣工|获批|火爆|盛大|如期)*(?:开园|揭牌|挂牌|封关|通过国家验收|竣工投用|建成投用|建成投运|建成运营)"
)
_WON_AFTER = re.compile(
    r"(?:成功|首次|双双|均)?(?:创建|创成|创评|获评|被评为|被认定为|被命名为|被授予|被列为|被列入|被确定为|入选|荣获|获批|获得|列入|跻身|上榜|荣膺|晋升)"
)
_ADMITTED_AFTER = re.compile(r"(?:纳入|列入|获批|核准|开工|动工|建成)[^，。；、]*$")
_ANY = frozenset({"现有", "各", "各类", "等", "的", "每个", "所有", "其他", "一批", "若干", "更多", "多个", "类"})


def _definite(clause: Clause, phrase: Phrase, group: Group, found: Shape, kind: T, lexicon: Lexicon) -> bool:
    """Whether a phrase without a proper name speaks of one thing: something is built, finished or run by it."""
    modifier = found.text[: -len(found.head)] if found.head else found.text
    deed = clause.tokens[found.first].pos == "v"  # 联通|园区
    beside = kind is T.ZONE and not phrase.counted and not deed and _beside_zone(clause, phrase, group, lexicon)
    sibling = len(group.items) > 1 and (len(modifier) >= 3 or beside or _brief_own(clause, found, kind, lexicon))
    named = bool(modifier) and rare_runs(clause.tokens[found.first : found.last - 1], lexicon)[:1] == [
        (0, found.last - 1 - found.first)
    ]
    uncommon = found.evidence.content > 1
    if (found.evidence.content < 1 and not sibling and not named) or len(modifier) < 2:
        return False
    before = clause.tokens[phrase.first - 1].text if phrase.first else ""
    measured = before == "的" and any(t.kind is Kind.NUMBER for t in clause.tokens[: phrase.first])  # 占地2000亩的|…
    if (before in _ANY and not measured) or kind is T.PLACE or SEVERAL.match(found.text):
        return False
    if kind is T.ORGANIZATION and found.head in lexicon.cues["body-generic"]:
        founded = bool(phrase.verbs) and phrase.verbs[-1] in ("成立", "组建", "设立")
        return founded and len(found.text) > 7 and found.evidence.content > 1
    after = clause.after(found.last)
    if found.last == phrase.last:
        final = shape(clause, group.last.first, group.last.last, lexicon) if group.last is not phrase else found
        after = clause.after(final.last if final is not None and final.rest else group.last.last)
    narrowed = uncommon or sibling or named or found.evidence.level or found.text in _ONLY_ONE
    narrowed = narrowed or (kind is T.ZONE and len(modifier) > 3)
    if not narrowed and not _STATUS_AFTER.match(found.rest + after):
        return False
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
    if beside and found.text not in lexicon.common and not lexicon.is_a(modifier, "general"):
        return True  # 德岳工业园、|生物科技园
    if kind is T.ZONE and uncommon and not found.info.weak and _WON_AFTER.match(after):
        return True  # 岳城电商基地|被评为…
    if kind is T.ZONE and phrase.first == 0 and not found.info.weak and _OPENED_AFTER.match(after):
        return True  # 人力资源产业园|开园
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
    if kind is T.ZONE and phrase.first == 0 and found.text not in lexicon.common and _ZONE_ACTS.match(after):
        return True
    if found.text in lexicon.common:
        return bool(_STATUS_AFTER.match(after)) and len(group.items) > 1
    return governed(phrase, lexicon, "build") or bool(_STATUS_AFTER.match(after))


def _beside_zone(clause: Clause, phrase: Phrase, group: Group, lexicon: Lexicon) -> bool:
    """Whether another item of the group is a zone that bears a proper name."""
    for item in group.items:
        other = shape(clause, item.first, item.last, lexicon) if item is not phrase else None
        if other is not None and other.info.type is T.ZONE and (other.evidence.place or other.evidence.rare):
            return True
    return False


def _brief_own(clause: Clause, found: Shape, kind: T, lexicon: Lexicon) -> bool:
    """Whether a facility is told from its kind by one word of two characters that is a name or tells where it is."""
    own = clause.tokens[found.first]
    if kind is not T.FACILITY or found.info.weak or len(own.text) != 2 or len(found.text) != len(found.head) + 2:
        return False
    return own.pos in ("ns", "nr", "nz")


def common_class(text: str, lexicon: Lexicon) -> bool:
    """Whether a head by itself is what reports sum lists up with (高速公路, 水库)."""
    return lexicon.is_a(text, "class-facility", "class-zone", "class-organization")


def _has_named_sibling(clause: Clause, phrase: Phrase, group: Group, lexicon: Lexicon) -> bool:
    """Whether another item of the group bears a proper name: a list of named things holds no general ones."""
    for item in group.items:
        if item is phrase:
            continue
        found = shape(clause, item.first, item.last, lexicon)
        if found is not None and found.info.type in THINGS:
            proof = found.evidence
            if proof.proper or proof.level or proof.content > 2:
                return True
    return False
