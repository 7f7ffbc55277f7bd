"""Programmes and policies: …行动, …计划, …条例, whose names begin right after the verb that carries them out.

Invariant: a plan's name bears a proper name, or words that narrow it down, or stands after such a verb.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.recognition.names.anchors import is_anchor, wide_start
from kg.recognition.names.candidates import Candidate
from kg.recognition.names.clauses import Clause, Phrase
from kg.recognition.names.evidence import evidence
from kg.recognition.names.groups import governed
from kg.recognition.names.lexicon import Lexicon
from kg.recognition.names.marks import GENERAL_POLICY, SEVERAL
from kg.recognition.names.shapes import Shape, span_of
from kg.recognition.names.tokens import Kind
from kg.recognition.spans import EntityType as T


def plan(clause: Clause, phrase: Phrase, found: Shape, kind: T, lexicon: Lexicon) -> Iterator[Candidate]:
    """The programme or policy that a phrase with such a head is, if it bears a name."""
    first = min(wide_start(clause, phrase, found.last, lexicon), found.last - 1)
    first = next((n for n in range(max(0, first - 3), first) if clause.text(n, found.last) in lexicon.known), first)
    verb = clause.tokens[first]
    if verb.pos == "v" and first + 1 < found.last and clause.text(first + 1, found.last) in lexicon.known:
        first += 1  # 巩固|拓展|党史学习教育
    text = clause.text(first, found.last)
    start, end = span_of(clause, first, found.last)
    proof = evidence(clause.tokens[first : found.last], found.head, lexicon)
    if text in lexicon.known:
        yield Candidate(start, end, lexicon.known[text], lexicon.short.get(text, text), "name-known", 7)
        return
    if text == found.head or (found.info.weak and not proof.quote) or _NO_NAME.search(text):
        return
    if _WORKS_OF_ALL_SORTS.fullmatch(text) and not proof.quote:
        return
    if _OF_A_TRADE.match(clause.after(found.last)) or text.endswith("承包工程"):
        return  # 海洋工程|装备, 对外承包工程
    if found.head == "试点" and _PILOT_UNITS.match(clause.after(found.last)):
        return  # 跨境电商试点|企业
    if SEVERAL.search(text[1:]) and not proof.quote and phrase.joiner:
        return  # 大数据、大生态三大战略行动: the label of a list, cut off
    after = clause.tokens[found.last] if found.last < len(clause.tokens) else None
    if kind is T.POLICY and not proof.proper and GENERAL_POLICY.search(text):
        return
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
        if found.head.endswith("工程") and is_works(text, lexicon, proper=proof.place or proof.rare) and proof.proper:
            yield Candidate(start, end, T.PROJECT, text, "name-head", 5)
            return
        own |= (
            named
            and len(text) - len(found.head) >= _TOLD
            and not phrase.joiner
            and text not in lexicon.common
            and not SEVERAL.search(text)
            and clause.tokens[first].kind in (Kind.WORD, Kind.PLACE)
            and bool(_CARRIED.match(clause.after(found.last)))
        )
        if proof.proper or proof.content or own:
            yield Candidate(start, end, kind, text, "name-programme", 5)
    elif found.head == "条例" and _MADE_LAW.match(clause.after(found.last)):
        if proof.proper or (proof.content and len(text) - len(found.head) > 3):
            yield Candidate(start, end, kind, text, "name-policy", 5)
    elif _APPROVED.match(clause.after(found.last)) and len(text) > len(found.head) + 3:
        if proof.told and text not in lexicon.common:
            yield Candidate(start, end, kind, text, "name-policy", 5)
    elif governed(phrase, lexicon, "issue") or (
        first > 0 and is_anchor(clause.tokens[first - 1].text, lexicon, "issue")
    ):
        told = proof.content > 1 or len(text) - len(found.head) > 3
        told |= found.head.endswith(("规划", "实施方案", "实施办法")) and len(text) - len(found.head) > 2
        if proof.proper or (told and text not in lexicon.common):
            yield Candidate(start, end, kind, text, "name-policy", 5)
    elif found.head.endswith(_PLANS) and governed(phrase, lexicon, "run") and text not in lexicon.common and proof.told:
        yield Candidate(start, end, kind, text, "name-policy", 5)


_NO_NAME = re.compile(
    r"^(?:这|那|一?场场|到|的|[贵重]在)|实现(?!机制|规划|发展)|^基因工程$|(?:家庭|问题|存量|案件)(?:动态)?清零$|为?具体行动$|[极更较很巨重]大(?:提升|突破)$"
)
_WORKS_OF_ALL_SORTS = re.compile(r"(?:桥梁|基建|土建|市政|园林|装饰|房建|主体|附属|安装|消防)工程")
_OF_A_TRADE = re.compile(r"承包|装备|机械|技术|咨询|总承包|遗产|招投标|招标|建设领域")
_PILOT_UNITS = re.compile(r"(?:企业|单元|单位|项目|村|社区|园区|小区)")
_TOLD = 4  # characters of its own by which a campaign is told that its clause speaks of
_CARRIED = re.compile(
    r"(?:全面|深入|扎实|持续|有序|顺利|成功|加快|纵深|强力|圆满|稳步)*(?:展开|实施|推进|启动|开展|见效|收官|完成|告捷|取得|打响)"
)
_APPROVED = re.compile(
    r"(?:已|正式|顺利|成功|相继|先后|全部|均|率先)*(?:(?:获|获得|经|得到|通过|报|上报|报经)[^，。；、]{0,14}?"
    r"(?:批复|批准|审批|审议|评审|通过|同意|印发|实施)|获批|印发|出台|签订|签署|颁布|发布实施|审议通过|批复|公布实施|编制完成)"
)
_MADE_LAW = re.compile(r"(?:、[^，。；、]{2,16}条例)*(?:等[^，。；、]{0,8}?)?(?:立法|修订|修改|制定|起草|草案)")
_SHORT_ENDS = frozenset({"工程", "行动", "计划"})
_PLANS = ("方针", "规划", "纲要", "方案", "条例", "办法", "计划", "清单", "文件")


_ROADS = re.compile(
    r"号线|航站楼|省道|国道|公路|高速|铁路|大桥|水库|河道|隧道|机场|码头|航道|管网|泵站|污水|供水|供热|[一-鿿]路"
)


_SITES = re.compile(
    r"特高压|电网|输电|水源地|直流|电源|外送|补水|航运|航道|天然气|燃气|干线|铁路|机场|水库|电站|基础设施|水资源配置|灌区|调水|引水|防洪|棚改|安置房|桥梁|水系|管廊|输变电|片区"
)


_GROUND = re.compile(r"(?:园区|工业区|开发区|新区|产业园|工业园|集中区)基础设施")


def names_site(text: str) -> bool:
    """Whether …工程 says by its words which kind of road, pipe or water work is built."""
    return bool(_ROADS.search(text.removesuffix("工程")))


_SENT = re.compile(r"[电气水煤油]入[一-鿿]$")  # 陇电入鲁
_PHASES = tuple(f"{a}{n}期{b}" for n in "一二三" for a, b in ("（）", "()"))


def is_works(text: str, lexicon: Lexicon, *, proper: bool = False) -> bool:
    """Whether …工程 is building work (…大桥工程) and not a campaign (…带动工程).

    ``proper`` says that a proper name is in it: then more words of building decide (某河水源地工程).
    """
    before = text.removesuffix("工程")
    if _ROADS.search(before) or _GROUND.search(before) or (proper and _SITES.search(before)):
        return True
    if _SENT.search(before) or before.endswith(_PHASES):
        return True
    found = lexicon.head_of(before)
    if found is not None and found[1].type in (T.FACILITY, T.PROJECT, T.ZONE) and not found[1].weak:
        return True
    return any(before.endswith(tail) for tail in lexicon.cues["project-tail"])
