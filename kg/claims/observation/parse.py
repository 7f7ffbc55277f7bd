"""The grammar of what stands before and after a figure.

Invariant: ``parse_left`` parts the words before a figure into what is measured (``core``) and how it is stated
(``Predicate``); nothing is looked up elsewhere in the sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import regex

from kg.claims.observation.lexicon import Kind, Lexicon
from kg.claims.observation.tokens import Token


class Form(StrEnum):
    """How a figure is stated of its subject."""

    NONE = "none"  # 新增企业30户
    LEVEL = "level"  # 达, 为, 完成
    UP = "up"  # 增长
    DOWN = "down"  # 下降
    REACHED = "reached"  # 提高到
    SHARE = "share"  # 占全省的
    GAP = "gap"  # 高于全省
    RANK = "rank"  # 居全省
    TIMES = "times"  # 是2010年的3.2倍, 达到全国平均水平的80%


@dataclass(slots=True)
class Predicate:
    """The statement's form, with what it says besides."""

    form: Form = Form.NONE
    down: bool = False
    average: bool = False
    distributive: bool = False
    earlier: bool = False  # 同比, 比上年
    comparator: str = ""  # 全省, 预期目标
    whole: str = ""  # of a share: 全省同类矿产
    share_noun: str = ""  # 比重 where the text writes it
    since: str = ""  # 比2020年, 由2015年的: the year
    origin: bool = False  # 由5%提高到6%: the figure a movement begins from


@dataclass(slots=True)
class Left:
    """The words before a figure: what is measured, and how it is stated."""

    core: list[Token] = field(default_factory=list)
    predicate: Predicate = field(default_factory=Predicate)
    among: bool = False
    joined: bool = False  # begins with 、 or 和
    verbs: list[Token] = field(default_factory=list)  # kept verbs directly before the figure
    functional: tuple[Token, ...] = ()  # what was cut off before the core


_STATED = frozenset(
    {
        Kind.BOUND,
        Kind.ADVERB,
        Kind.DISTRIBUTIVE,
        Kind.EARLIER,
        Kind.AVERAGE,
        Kind.AIM,
        Kind.WHEN,
        Kind.TIME,
        Kind.LIGHT,
        Kind.BE,
        Kind.UP,
        Kind.DOWN,
        Kind.REACHED,
        Kind.TO,
        Kind.RANK,
        Kind.SHARE,
        Kind.OF,
        Kind.MARK,
        Kind.ORDINAL,
    }
)
_LEADING = frozenset(
    {
        Kind.AND,
        Kind.ADVERB,
        Kind.WHEN,
        Kind.TIME,
        Kind.WHERE,
        Kind.AIM,
        Kind.LIGHT,
        Kind.EARLIER,
        Kind.AMONG,
        Kind.BOUND,
        Kind.DISTRIBUTIVE,
        Kind.AVERAGE,
        Kind.OF,
        Kind.TO,
    }
)
_WITH = frozenset({"与", "同", "跟"})
_EXCEEDING = frozenset({"超", "超过"})  # 超预期目标2个百分点
_LIMITING = frozenset({"低于", "高于", "少于", "多于", "优于"})  # 浓度低于26微克
_SIZE = regex.compile(r"[\d一二三四五六七八九十]*(?:\.\d+)?(?:[百千万亿]|[万亿]?元)")  # 超[50亿元企业], 超[千亿元产业]
_MOVING = frozenset({Kind.UP, Kind.DOWN, Kind.REACHED})
_SILENT = frozenset({Kind.WHEN, Kind.TIME, Kind.LIGHT, Kind.AIM, Kind.DISTRIBUTIVE})  # inside a core
_CAUSED = ("区", "园区", "基金", "中心", "房", "住房", "平台", "基地", "体系", "示范区", "资金")
_YEARLY = frozenset({"年", "年度", "每年"})  # 实现“无煤化”、年[减少用煤]
_DEGREE = ("程度", "率", "度", "水平", "进度", "情况", "额", "量")  # 实现程度 is one noun


def parse_left(tokens: Sequence[Token], lexicon: Lexicon, *, rank: bool = False, relative: bool = False) -> Left:
    """The words before a figure (a ``rank``, a ``relative`` one in % or 倍, or any other), parted."""
    left = Left()
    rest = list(tokens)
    if rest and rest[0].kind is Kind.AND:
        left.joined = True
    left.among = any(token.kind is Kind.AMONG for token in rest)
    rest = _read_rank(rest, left.predicate) if rank else _read_predicate(rest, left.predicate, relative=relative)
    _strip_leading(rest, left, lexicon)
    rest = left.core = _last_item(rest, left, lexicon)
    verbs = []
    for token in reversed(rest):
        if token.kind is not Kind.VERB:
            break
        verbs.append(token)
    left.verbs = verbs[::-1]
    return left


def _last_item(core: list[Token], left: Left, lexicon: Lexicon) -> list[Token]:
    """The last item of a list of things done (实施“三免两减”政策、[惠及群众]): a list of nouns stays whole."""
    acts = (Kind.VERB, Kind.LIGHT, Kind.CAUSE)
    begun = any(t.kind in acts for t in (*left.functional, *core[:1]))
    begun = begun or any(t.kind in (Kind.LIGHT, Kind.BE) for t in core[:-2])
    if left.predicate.distributive:
        return core
    for index in range(len(core) - 2, 0, -1):
        after = index + (2 if core[index + 1].text in _YEARLY else 1)
        act = any(t.text in lexicon.effective or t.text in lexicon.inheritable for t in core[after : after + 1])
        if act and core[index].text == "、" and begun and any(t.kind is Kind.NOUN for t in core[:index]):
            left.joined = True
            return core[after:]
    return core


def _read_predicate(rest: list[Token], predicate: Predicate, *, relative: bool) -> list[Token]:
    """Cut the statement off the end of ``rest``, into ``predicate``."""
    origin = next((i for i in range(len(rest) - 1, max(-1, len(rest) - 6), -1) if rest[i].kind is Kind.FROM), None)
    if origin is not None and all(t.kind is not Kind.VERB for t in rest[origin:]):
        predicate.form, predicate.origin = Form.LEVEL, True
        predicate.since = "".join(t.text for t in rest[origin + 1 :] if t.kind in (Kind.TIME, Kind.WHEN))
        tail = [t for t in rest[origin + 1 :] if t.kind is Kind.WHERE]
        if tail:
            predicate.comparator = "".join(t.text for t in tail)
        return _cut_stated(rest[:origin], predicate, weak=True)
    gap = _gap(rest, predicate)
    if gap is not None:
        rest = rest[:gap]
        return _cut_stated(rest, predicate, weak=True)
    share = next((i for i in range(len(rest) - 1, -1, -1) if rest[i].kind is Kind.SHARE), None)
    if share is not None:
        _read_share(rest[share + 1 :], predicate)
        return _cut_stated(rest[:share], predicate, weak=True)
    if rest and rest[-1].kind is Kind.OF:
        goal = next((i for i in range(len(rest) - 1, -1, -1) if rest[i].kind in _MEASURED_BY), None)
        if relative and goal is not None and goal < len(rest) - 2:
            # 压缩到法定时间的50%, 是2019年的1.2倍, 完成计划任务的98%
            predicate.form = Form.TIMES
            predicate.whole = "".join(t.text for t in rest[goal + 1 : -1])
            return _cut_stated(rest[:goal], predicate, weak=True)
        if not relative:  # 促进外资增长的24条措施: nothing is stated of the words before 的
            return rest[:-1]
    return _cut_stated(rest, predicate, weak=False)


_MEASURED_BY = frozenset({Kind.REACHED, Kind.BE, Kind.LIGHT, Kind.TO})
_PLACED = frozenset({Kind.RANK, Kind.UP, Kind.DOWN, Kind.REACHED, Kind.BE, Kind.LIGHT, Kind.FROM, Kind.TO})


def _read_rank(rest: list[Token], predicate: Predicate) -> list[Token]:
    """Cut off where a rank is held: 增速居[全省]第1, 由[全省]第8位上升至第5位."""
    predicate.form = Form.RANK
    at = next((i for i in range(len(rest) - 1, -1, -1) if rest[i].kind in _PLACED), None)
    if at is not None and not any(t.kind is Kind.VERB for t in rest[at + 1 :]):
        predicate.comparator = "".join(t.text for t in rest[at + 1 :] if t.kind in (Kind.NOUN, Kind.WHERE))
        predicate.origin = rest[at].kind is Kind.FROM
        predicate.since = "".join(t.text for t in rest[at + 1 :] if t.kind is Kind.TIME) if predicate.origin else ""
        return _cut_stated(rest[:at], predicate, weak=True)
    at = len(rest)
    while at and rest[at - 1].kind is Kind.WHERE:
        at -= 1
    predicate.comparator = "".join(t.text for t in rest[at:])
    return _cut_stated(rest[:at], predicate, weak=True)


def _cut_stated(rest: list[Token], predicate: Predicate, *, weak: bool) -> list[Token]:
    """Cut what states the figure; ``weak``: the form is already known."""
    stated: list[Token] = []
    compared = next((i for i in range(len(rest) - 1, -1, -1) if rest[i].kind is Kind.COMPARED), None)
    if compared is not None:  # 比2020年提高, 较上年末增加, 比年度计划增加
        moved = next((i for i in range(compared + 1, len(rest)) if rest[i].kind in _MOVING), None)
        if moved is None and all(t.kind in (Kind.TIME, Kind.WHEN, Kind.EARLIER) for t in rest[compared + 1 :]):
            moved = len(rest)  # 比2010年翻一番
        if moved is not None and 0 < moved - compared - 1 <= 8 and all(t.kind in _STATED for t in rest[moved:]):
            between = [t for t in rest[compared + 1 : moved] if t.kind is not Kind.DISTRIBUTIVE]
            predicate.distributive |= len(between) < moved - compared - 1
            _compare("".join(t.text for t in between), between, predicate)
            stated = rest[moved:]
            rest = rest[:compared]
    end = len(rest)
    while end and (
        rest[end - 1].kind in _STATED  # 达到并保持在
        or rest[end - 1].text in _LIMITING
        or (rest[end - 1].kind is Kind.AND and 1 < end < len(rest) and rest[end - 2].kind in (Kind.BE, Kind.LIGHT))
    ):
        end -= 1
    stated = rest[end:] + stated
    kinds = [t.kind for t in stated]
    predicate.average |= Kind.AVERAGE in kinds
    predicate.distributive |= Kind.DISTRIBUTIVE in kinds
    predicate.earlier |= Kind.EARLIER in kinds
    if not weak:
        predicate.form, predicate.down = _form(stated)
    return rest[:end]


def _form(stated: list[Token]) -> tuple[Form, bool]:
    kinds = [t.kind for t in stated]
    down = Kind.DOWN in kinds or any(t.kind is Kind.REACHED and t.text[0] in "降减压缩收下跌削" for t in stated)
    if Kind.REACHED in kinds:
        return Form.REACHED, down
    moves = [i for i, kind in enumerate(kinds) if kind in (Kind.UP, Kind.DOWN)]
    if moves:
        after = kinds[moves[-1] + 1 :]
        if Kind.TO in after or (Kind.BE in after and stated[-1].text in ("为", "达到", "达")):
            return Form.REACHED, down
        return (Form.DOWN if kinds[moves[-1]] is Kind.DOWN else Form.UP), kinds[moves[-1]] is Kind.DOWN
    if Kind.BE in kinds or Kind.LIGHT in kinds or Kind.TO in kinds or Kind.RANK in kinds or Kind.BOUND in kinds:
        return Form.LEVEL, False
    return Form.NONE, False


def _compare(words: str, between: list[Token], predicate: Predicate) -> None:
    time = [t for t in between if t.kind in (Kind.TIME, Kind.WHEN, Kind.EARLIER)]
    if time or words in ("上年", "去年", "同期", "期初"):
        predicate.earlier = True
        predicate.since = next((t.text for t in between if t.kind is Kind.TIME), "")
    else:
        predicate.comparator = words


def _gap(rest: list[Token], predicate: Predicate) -> int | None:
    """Where a gap to a comparator begins (高于全省, 比全国平均水平高), reading it into ``predicate``."""
    for index in range(len(rest) - 1, -1, -1):
        token = rest[index]
        if token.kind is Kind.THAN or (token.text in _EXCEEDING and index < len(rest) - 1):
            if _limits(rest, index):
                return None
            after = [t for t in rest[index + 1 :] if t.kind not in (Kind.BOUND, Kind.ADVERB, Kind.DISTRIBUTIVE)]
            down = token.text[0] in "低慢少"
            if (len(token.text) > 1 or token.text in _EXCEEDING) and after:
                predicate.form, predicate.down = Form.GAP, down
                predicate.distributive |= any(t.kind is Kind.DISTRIBUTIVE for t in rest[index + 1 :])
                words = "".join(t.text for t in after)
                if any(t.kind in (Kind.TIME, Kind.EARLIER) for t in after) or words in ("上年", "去年", "上年同期"):
                    predicate.form = Form.DOWN if down else Form.UP
                    predicate.earlier = True
                else:
                    predicate.comparator = words
                return index
            if not after:
                compared = next((i for i in range(index - 1, -1, -1) if rest[i].kind is Kind.COMPARED), None)
                if compared is None:
                    return None  # 浓度低于26微克: a bound
                between = rest[compared + 1 : index]
                predicate.form, predicate.down = Form.GAP, down
                _compare(
                    "".join(t.text for t in between if t.kind not in (Kind.BOUND, Kind.ADVERB)), between, predicate
                )
                if predicate.earlier and not predicate.comparator:
                    predicate.form = Form.DOWN if down else Form.UP
                return compared
            return None
        if token.kind not in (
            Kind.NOUN,
            Kind.WHERE,
            Kind.BOUND,
            Kind.ADVERB,
            Kind.TIME,
            Kind.WHEN,
            Kind.EARLIER,
            Kind.VERB,
            Kind.AIM,
            Kind.GROWTH_UP,
            Kind.OF,
            Kind.UP,
            Kind.DISTRIBUTIVE,
            Kind.AND,
            Kind.AIM,
        ):
            return None
    return None


def _limits(rest: Sequence[Token], index: int) -> bool:
    """Whether the word at ``index`` says of what size the things counted are (超50亿元企业), not what is stated."""
    if rest[index].text not in _EXCEEDING and rest[index].text not in _LIMITING:
        return False
    return _SIZE.match("".join(t.text for t in rest[index + 1 : index + 4])) is not None


def _read_share(after: list[Token], predicate: Predicate) -> None:
    """What follows 占: the whole, the noun 比重, and whether the share moves."""
    predicate.form = Form.SHARE
    whole: list[str] = []
    for index, token in enumerate(after):
        if token.kind is Kind.SHARE_NOUN:
            predicate.share_noun = token.text
            break
        if token.kind in (Kind.BE, Kind.UP, Kind.DOWN, Kind.REACHED, Kind.BOUND, Kind.OF) and (
            index == len(after) - 1 or token.kind is not Kind.OF
        ):
            break
        whole.append(token.text)
    predicate.whole = "".join(whole).removesuffix("的")
    form, down = _form([t for t in after if t.kind in _STATED])
    if form in (Form.UP, Form.DOWN):
        predicate.form, predicate.down = form, down
    kinds = [t.kind for t in after]
    predicate.distributive |= Kind.DISTRIBUTIVE in kinds
    predicate.earlier |= Kind.EARLIER in kinds


def _strip_leading(rest: list[Token], left: Left, lexicon: Lexicon) -> None:
    """Cut from the front of ``rest`` what says only when, where, how and by whose effort."""
    cut: list[Token] = []
    if rest and rest[0].text in _WITH:  # 与某集团[签订协议]
        verb = next((i for i, t in enumerate(rest) if t.kind is Kind.VERB), None)
        if verb and any(t.kind is Kind.NOUN for t in rest[verb + 1 :]):
            cut.extend(rest[:verb])
            del rest[:verb]
    while rest:
        token, following = rest[0], rest[1] if len(rest) > 1 else None
        aims = token.text == "争取" and following is not None and following.kind is not Kind.NOUN
        if (
            token.kind not in _LEADING
            and not aims
            and not (token.kind in (Kind.BE, Kind.CAUSE) and following is not None)
        ):
            break
        nominal = following is not None and following.kind in (Kind.NOUN, Kind.ORDINAL)
        if token.kind is Kind.ADVERB and nominal and token.text not in lexicon.counting:
            break
        if _limits(rest, 0):
            break
        if token.kind is Kind.CAUSE and left.predicate.form is Form.NONE and token.text in lexicon.effective:
            break
        cut.append(rest.pop(0))
        if not rest and left.core:
            break
    if (
        rest
        and rest[0].kind is Kind.PREPOSITION
        and rest[0] is not rest[-1]
        and not any(t.kind is Kind.OF for t in rest)
    ):
        # 在易地扶贫搬迁安置点[建立…]: the circumstance is passed over up to the verb
        verb = next((i for i, t in enumerate(rest) if t.kind in (Kind.VERB, Kind.LIGHT)), None)
        if verb and any(t.kind is Kind.NOUN for t in rest[verb + 1 :]):
            while verb < len(rest) and rest[verb].kind is Kind.LIGHT:
                verb += 1
            cut.extend(rest[:verb])
            del rest[:verb]
        else:
            cut.append(rest.pop(0))
    left.functional = tuple(cut)


def phrase_of(tokens: Sequence[Token]) -> str:
    """The tokens' words without what only states (完成, 全年) inside them."""
    words = []
    for index, token in enumerate(tokens):
        following = tokens[index + 1] if index < len(tokens) - 1 else None
        if index and following is not None and token.kind in _SILENT and following.text not in _DEGREE:
            continue
        words.append(token.text)
    return "".join(words)


def noun_phrase(
    right: Sequence[Token], lexicon: Lexicon, *, bounded: bool, members: bool
) -> tuple[list[Token], list[Token]]:
    """The things counted, directly after a figure, and what is said of them: 15个[国省道新改建项目][建成].

    ``bounded``: another figure of the clause follows, so that a list word ends the phrase. ``members``: people or
    households, whose possessions are another matter (26万名[离退人员]的养老金).
    """
    seen_noun = False
    for index, token in enumerate(right):
        if bounded and seen_noun and index == len(right) - 1 and token.text in lexicon.attributes:
            return list(right[:index]), list(right[index:])  # 23个项目[总投资]17亿元: the next figure's own
        if token.kind in (Kind.NOUN, Kind.SHARE_NOUN, Kind.GROWTH_UP, Kind.GROWTH_DOWN):
            seen_noun = True
            continue
        if not seen_noun:
            if token.kind in (
                Kind.VERB,
                Kind.ORDINAL,
                Kind.OF,
                Kind.WHERE,
                Kind.ADVERB,
                Kind.UP,
                Kind.BOUND,
                Kind.CAUSE,
            ):
                continue
            if token.kind in (Kind.LIGHT, Kind.AND, Kind.WHEN, Kind.TIME, Kind.PREPOSITION):
                continue
            if token.text == "有":
                continue
            return [], list(right)
        if token.kind is Kind.OF and members and all(t.kind is Kind.NOUN for t in right[:index]):
            return list(right[:index]), list(right[index:])
        if token.kind in (Kind.OF, Kind.ORDINAL, Kind.WHERE):
            continue
        attributive = index + 1 < len(right) and right[index + 1].kind is Kind.NOUN
        if token.kind is Kind.ADVERB and attributive and token.text not in lexicon.counting:
            continue
        if token.kind is Kind.BOUND and token.text in ("以上", "以下"):
            continue
        if token.kind is Kind.AND:
            if not bounded and index < len(right) - 1:
                continue
            return list(right[:index]), list(right[index:])
        if token.kind is Kind.VERB and index + 1 < len(right) and right[index + 1].kind is Kind.OF:
            continue  # 低效运营的资产项目
        if token.kind is Kind.CAUSE and attributive and right[index + 1].text.endswith(_CAUSED):
            continue  # 产业引导基金, 服务业集聚园区
        intransitive = token.kind in (Kind.VERB, Kind.UP, Kind.DOWN) and token.text not in lexicon.transitive
        if intransitive and not _closed_before_noun(right, index):
            continue
        return list(right[:index]), list(right[index:])
    return (list(right), []) if seen_noun else ([], list(right))


def _closed_before_noun(right: Sequence[Token], index: int) -> bool:
    """Whether something closes the noun phrase between ``index`` and the next noun."""
    for token in right[index + 1 :]:
        if token.kind is Kind.NOUN:
            return False
        if token.kind not in (Kind.VERB, Kind.OF, Kind.UP, Kind.DOWN, Kind.ADVERB):
            return True
    return True
