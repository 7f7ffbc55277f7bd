"""Standing works without a head of their own (平安某市建设, 强省会战略), and decisions by the number of their points.

Invariant: what is proposed stands after a verb that carries it out or issues it, or bears the name of a place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.recognition.names.candidates import Candidate
from kg.recognition.names.clauses import Clause, Phrase, Role
from kg.recognition.names.evidence import evidence
from kg.recognition.names.lexicon import Lexicon
from kg.recognition.names.plans import is_anchor, is_works
from kg.recognition.names.shapes import span_of
from kg.recognition.names.tokens import Kind
from kg.recognition.spans import EntityType as T


def standing(clause: Clause, lexicon: Lexicon) -> Iterator[Candidate]:
    """The standing works, strategies and numbered decisions of a clause."""
    yield from _aspirations(clause, lexicon)
    yield from _strategies(clause, lexicon)
    yield from _wide_strategies(clause, lexicon)
    yield from _numbered(clause, lexicon)
    yield from _systems(clause, lexicon)
    yield from _wide_systems(clause, lexicon)
    yield from _occasions(clause, lexicon)
    yield from _rows(clause, lexicon)
    yield from _pilots(clause, lexicon)


def _aspirations(clause: Clause, lexicon: Lexicon) -> Iterator[Candidate]:
    """健康|某市|建设: what a place wants to be."""
    tokens = clause.tokens
    last = len(tokens) - 1
    ends = last > 1 and tokens[last].kind is Kind.PLACE and tokens[last - 1].text in _STANDING
    if ends and tokens[last - 2].text.endswith(_BUILDS):  # 加快建设|健康|某省
        name = clause.text(last - 1, last + 1) + "建设"
        yield Candidate(*span_of(clause, last - 1, last + 1), T.PROGRAMME, name, "name-aspiration", 5)
    for index in range(1, last):
        if tokens[index].kind is not Kind.PLACE:
            continue
        if tokens[index + 1].text != "建设":
            if lexicon.is_a(tokens[index - 1].text, "aspiration") and _ADVANCES.match(clause.after(index + 1)):
                name = clause.text(index - 1, index + 1) + "建设"
                yield Candidate(*span_of(clause, index - 1, index + 1), T.PROGRAMME, name, "name-aspiration", 5)
            continue
        goes_on = index + 2 < len(tokens) and clause.roles[index + 2] in (Role.CONTENT, Role.SOFT)
        if lexicon.is_a(tokens[index - 1].text, "aspiration") and not goes_on:
            start, end = span_of(clause, index - 1, index + 2)
            yield Candidate(start, end, T.PROGRAMME, clause.text(index - 1, index + 2), "name-aspiration", 6)


_ADVANCES = re.compile(
    r"(?:、(?:平安|法治|健康|美丽|数字|书香|信用|智造|质量)[一-鿿]{2,3}建设|(?:建设)?(?:扎实|深入|全面|持续|加快|稳步|有序)(?:推进|建设)$)"
)
_STANDING = frozenset({"健康", "数字", "平安", "法治", "信用", "智慧"})
_BUILDS = ("建设", "打造", "推进")
_LEAST = 5  # characters of a strategy's name: 人才战略 is what every place has


def _strategies(clause: Clause, lexicon: Lexicon) -> Iterator[Candidate]:
    """落实|强省会战略: a strategy after the verb that carries it out."""
    for phrase in clause.phrases:
        last = next(
            (n + 1 for n in range(phrase.first, phrase.last) if clause.tokens[n].text.endswith("战略")), phrase.first
        )
        text = clause.text(phrase.first, last)
        yield from _two_strategies(clause, phrase, last, lexicon)
        row = phrase.joiner == "、" and clause.before(phrase.first).endswith("战略、")
        if len(text) < _LEAST or (phrase.joiner and not row) or phrase.counted:
            continue
        if text in lexicon.known or _PLAIN.search(text):
            continue
        if any(t.kind in (Kind.QUOTE, Kind.BOOK) for t in clause.tokens[phrase.first : last]):
            continue
        if not phrase.verbs or not is_anchor(phrase.verbs[-1], lexicon):
            continue
        proof = evidence(clause.tokens[phrase.first : last], "战略", lexicon)
        if proof.proper or proof.content or lexicon.common.get(text, 0) < 3:
            yield Candidate(*span_of(clause, phrase.first, last), T.PROGRAMME, text, "name-strategy", 5)


def _wide_strategies(clause: Clause, lexicon: Lexicon) -> Iterator[Candidate]:
    """实施|服务业提升战略: a strategy whose own words are verbs, which end phrases."""
    tokens, roles = clause.tokens, clause.roles
    for index, token in enumerate(tokens):
        if token.kind is not Kind.WORD or not token.text.endswith("战略"):
            continue
        if index + 1 < len(tokens) and roles[index + 1] is Role.CONTENT:
            continue
        first = index
        while first and index - first < _MOST_WORDS and not is_anchor(tokens[first - 1].text, lexicon):
            if roles[first - 1] not in _OWN or tokens[first - 1].kind not in (Kind.WORD, Kind.PLACE):
                break
            first -= 1
        text = clause.text(first, index + 1)
        if first == 0 or not is_anchor(tokens[first - 1].text, lexicon) or _PLAIN.search(text):
            continue
        if len(text) >= _LEAST and text not in lexicon.known and lexicon.common.get(text, 0) < 3:
            yield Candidate(*span_of(clause, first, index + 1), T.PROGRAMME, text, "name-strategy", 5)


def _two_strategies(clause: Clause, phrase: Phrase, last: int, lexicon: Lexicon) -> Iterator[Candidate]:
    """实施|创新驱动|和|人才强市战略: both are strategies."""
    before = next((p for p in clause.phrases if p.last == phrase.first - 1), None)
    if phrase.joiner not in ("和", "与") or before is None or before.first == 0 or before.counted:
        return
    text, other = clause.text(phrase.first, last), clause.text(before.first, before.last)
    words = (*clause.tokens[before.first : before.last], *clause.tokens[phrase.first : last])
    if not text.endswith("战略") or any(t.kind is not Kind.WORD for t in words):
        return
    if not is_anchor(clause.tokens[before.first - 1].text, lexicon) or other.endswith("战略"):
        return
    if len(text) < _LEAST_OF_TWO + 2 or len(other) < _LEAST_OF_TWO or _PLAIN.search(text) or _PLAIN.search(other):
        return
    start, end = span_of(clause, before.first, last)
    yield Candidate(start, end, T.PROGRAMME, other + "战略", "name-shared-head", 6, nested=True)
    yield Candidate(*span_of(clause, phrase.first, last), T.PROGRAMME, text, "name-strategy", 6)


_LEAST_OF_TWO = 4  # characters of what a strategy's name says of its own, where two have one head
_MOST_WORDS = 6  # words of a strategy's name
_OWN = (Role.CONTENT, Role.SOFT, Role.VERB, Role.ADVERB)
_PLAIN = re.compile(r"^(?:国家|重大|重要|发展|系列|各项|上述|以上|省委|市委|中央)|(?:重大|重要|总体|系列|长远)战略$")


def _numbered(clause: Clause, lexicon: Lexicon) -> Iterator[Candidate]:
    """出台|促进新旧动能转换25条: a decision by the number of its points, from the verb that issues it."""
    tokens, roles = clause.tokens, clause.roles
    for index in range(2, len(tokens)):
        counted = tokens[index].text == "条" and tokens[index - 1].kind is Kind.NUMBER and roles[index] is Role.COUNT
        spelt = _SPELT_POINTS.search(clause.text(index - 1, index + 1)) and tokens[index].text.endswith("条")
        if not (counted or spelt):
            continue
        if index + 1 < len(tokens) and roles[index + 1] in (Role.CONTENT, Role.SOFT):
            continue
        first = index - 1
        while first and roles[first - 1] is not Role.COMMA and index - first < 12:
            if roles[first - 1] is Role.JOINER and first > 1 and tokens[first - 2].text == "条":
                break
            if is_anchor(tokens[first - 1].text, lexicon, "issue"):
                break
            first -= 1
        issued = any(is_anchor(t.text, lexicon, "issue") for t in tokens[:first])
        if issued and len(clause.text(first, index + 1)) >= _LEAST_POINTS:
            yield Candidate(
                *span_of(clause, first, index + 1), T.POLICY, clause.text(first, index + 1), "name-points", 6
            )


_SPELT_POINTS = re.compile(r"[一二三四五六七八九]?十[一二三四五六七八九]?条$")
_LEAST_POINTS = 6  # characters of a decision told by its points, of which two say what it is about: 工业19条

_SYSTEM = re.compile(r"(?:制度|管理办法|[级任约诺保号分薪聘究]制)$")
_LEAST_SYSTEM = 7  # characters: 会议制度 is what every place has


def _systems(clause: Clause, lexicon: Lexicon) -> Iterator[Candidate]:
    """建立|干部挂包企业工作制度: a system of rules after the verb that sets it up or carries it out."""
    for phrase in clause.phrases:
        text = clause.text(phrase.first, phrase.last)
        if not _SYSTEM.search(text) or len(text) < _LEAST_SYSTEM or text in lexicon.common or text in lexicon.known:
            continue
        if phrase.joiner or phrase.counted or phrase.first == 0:
            continue
        if any(t.kind in (Kind.QUOTE, Kind.BOOK) for t in clause.tokens[phrase.first : phrase.last]):
            continue
        if phrase.last < len(clause.roles) and clause.roles[phrase.last] in (Role.COMMA, Role.COUNT):
            continue
        if is_anchor(clause.tokens[phrase.first - 1].text, lexicon):
            yield Candidate(*span_of(clause, phrase.first, phrase.last), T.PROGRAMME, text, "name-system", 4)


def _wide_systems(clause: Clause, lexicon: Lexicon) -> Iterator[Candidate]:
    """建立|联系外资企业直通车制度: a system of rules whose own words are verbs, which end phrases."""
    tokens, roles = clause.tokens, clause.roles
    for index, token in enumerate(tokens):
        if token.kind is not Kind.WORD or token.text != "制度":
            continue
        if index + 1 < len(tokens) and roles[index + 1] in (Role.CONTENT, Role.COMMA, Role.JOINER, Role.COUNT):
            continue
        first = index
        while first and index - first < _MOST_WORDS and not is_anchor(tokens[first - 1].text, lexicon):
            if roles[first - 1] not in (Role.CONTENT, Role.SOFT, Role.VERB) or tokens[first - 1].kind is not Kind.WORD:
                break
            first -= 1
        text = clause.text(first, index + 1)
        if first == 0 or tokens[first - 1].text not in _SETS_UP or Role.VERB not in roles[first:index]:
            continue
        if _LEAST_SYSTEM < len(text) <= _MOST_PILOT and text not in lexicon.known and lexicon.common.get(text, 0) < 3:
            yield Candidate(*span_of(clause, first, index + 1), T.PROGRAMME, text, "name-system", 4)


_SETS_UP = frozenset(
    {
        "建立",
        "推行",
        "实行",
        "实施",
        "全面推行",
        "建立健全",
        "全面实行",
        "探索建立",
        "率先推行",
        "施行",
        "探索",
        "先行探索",
        "率先探索",
        "探索实行",
        "创新推行",
    }
)


def _occasions(clause: Clause, lexicon: Lexicon) -> Iterator[Candidate]:
    """举办|…系列活动: what is held, from the verb to its last word; items of a list each."""
    tokens, roles = clause.tokens, clause.roles
    for index, token in enumerate(tokens):
        held = lexicon.is_a(token.text, "hold")
        if not held and token.text not in _CARRIES_OUT:
            continue
        first = index + 1
        while first < len(tokens) and (roles[first] in (Role.ADVERB, Role.NOTE) or tokens[first].text in _BEFORE_HELD):
            first += 1
        begin = _after_edition(clause, first)
        for last in range(first, len(tokens) + 1):
            if last < len(tokens) and (roles[last] not in _ENDS_ITEM or last < begin):
                continue
            joined = last < len(tokens) and roles[last] is Role.JOINER
            if joined and (tokens[last].text == "暨" or not clause.text(first, last).endswith(_HELD)):
                if tokens[last].text == "暨":  # …博览会暨|第29届|…交易会
                    begin = _after_edition(clause, last + 1)
                continue
            of = next((n + 1 for n in range(last - 1, first, -1) if tokens[n].text in ("的", "为主题的")), first)
            counted = last < len(tokens) and roles[last] is Role.COUNT
            text = clause.text(of, last)
            contest = held or (first == index + 1 and len(text) >= _LEAST_SYSTEM and text.endswith(_CONTEST))
            if not counted and contest and _is_occasion(text, lexicon):
                sure = 7 if "“" in text else 5
                yield Candidate(*span_of(clause, of, last), T.EVENT, text, "name-event", sure)
            if last == len(tokens) or roles[last] not in (Role.COMMA, Role.JOINER):
                break
            first = last + 1
            begin = _after_edition(clause, first)
        if held:
            return


_BEFORE_HELD = frozenset({"了", "好", "参与", "参加", "承办"})
_CARRIES_OUT = frozenset({"组织", "开展"})
_CONTEST = ("竞赛", "巡展", "大赛", "联赛", "锦标赛", "邀请赛", "挑战赛")
_EDITION = re.compile(r"20\d\d年?|第\d{1,3}届")


def _after_edition(clause: Clause, first: int) -> int:
    """The index after the year or number of an event, which words of counting make: 2022|年, 第|13|届."""
    edition = _EDITION.match(clause.after(first))
    last = first
    while edition is not None and last < len(clause.tokens) and len(clause.text(first, last)) < edition.end():
        last += 1
    return last


_ENDS_ITEM = frozenset({Role.COMMA, Role.JOINER, Role.ETC, Role.COUNT})
_COMMON = 5  # places whose reports hold a phrase, from which it is no event's own name
_FAIR = re.compile(
    r"(?:\d{4}年?|第\d+届)?[一-鿿](?:[博交洽贸消投智创农科文旅茶港台商]|残?运)会|[一-鿿]{2,8}之[春夏秋冬]"
)
_SEVERAL = re.compile(
    r"^(?:各类|各种|一批|系列|多场|专场|大型|重大(?!.*暨)|重要|有关|相关)|各类|系列赛事|^20\d\d年?(?:.{0,6}会议|春节|元旦)$"
)


_TWO = re.compile(r"”(?:以及|和|与|及)")


def _is_occasion(text: str, lexicon: Lexicon) -> bool:
    """Whether what is held bears a name: a fair by its short name, a number, or a long name that ends like an event."""
    if text in lexicon.common or _SEVERAL.search(text) or _TWO.search(text):
        return False
    if _FAIR.fullmatch(text):
        return True
    known = lexicon.heads.get(text)
    if known is not None and known.type is T.EVENT and not known.weak and len(text) > 3:
        return True
    edition = _EDITION.match(text)
    own = text[edition.end() :] if edition is not None else text
    if edition is not None and (len(own) < 3 or lexicon.common.get(own, 0) > _COMMON):
        return False
    return text.endswith(_HELD) and (len(text) >= 8 or (len(text) > 4 and text.startswith(("首届", "第"))))


_HELD = ("推介", "活动", "展", "赛", "节", "周", "会", "论坛", "季", "月", "仪式")


_ROW_HEAD = re.compile(r"(?:[两二三四五六七八九十]大)?((?:专项|重点|三年)?(?:工程|行动|计划)|战略|攻坚战|保卫战)$")
_LEAST_MEMBER, _MOST_MEMBER = 4, 12  # characters of what a member of a row says of its own


def _rows(clause: Clause, lexicon: Lexicon) -> Iterator[Candidate]:
    """实施|人才集聚、技术攻关、品牌培育工程: each member of a row is a programme by the head that the last one has."""
    tokens, roles = clause.tokens, clause.roles
    for index, token in enumerate(tokens):
        if (
            token.kind is not Kind.WORD
            or not _ROW_HEAD.search(token.text)
            or (index + 1 < len(tokens) and roles[index + 1] is Role.CONTENT)
        ):
            continue
        first = index
        while first and roles[first - 1] not in (Role.FUNCTION, Role.ETC, Role.COUNT, Role.NOTE):
            if is_anchor(tokens[first - 1].text, lexicon):
                break
            first -= 1
        if first == 0 or not is_anchor(tokens[first - 1].text, lexicon):
            continue
        members = _members(clause, first, index + 1)
        texts = [clause.text(*m) for m in members]
        counted = _counts(texts)
        if len(members) < 2 or not (counted or any(roles[n] is Role.COMMA for n in range(first, index))):
            continue
        if any(t.endswith("战略") for t in texts[:-1]):
            continue  # …战略、…战略: each has its own head
        found = _ROW_HEAD.search(texts[-1])
        if found is None:
            continue
        texts[-1] = texts[-1][: found.start()]
        no_member = _no_counted_member if counted else _no_member
        if any(no_member(clause, *m, t, lexicon) for m, t in zip(members, texts, strict=True)):
            continue
        _, end = span_of(clause, first, index + 1)
        for (begin, _), text in zip(members, texts, strict=True):
            last = (begin, text) == (members[-1][0], texts[-1])
            yield Candidate(
                tokens[begin].start, end, T.PROGRAMME, text + found[1], "name-shared-head", 6, nested=not last
            )


def _members(clause: Clause, first: int, last: int) -> list[tuple[int, int]]:
    """The members of a row: what stands between its commas and conjunctions."""
    found, begin = [], first
    for index in range(first, last):
        if clause.roles[index] in (Role.COMMA, Role.JOINER):
            found.append((begin, index))
            begin = index + 1
    return [*found, (begin, last)]


_NUMERALS = {n: i for i, n in enumerate("一二三四五六七八九十", 1)} | {"两": 2}
_DEED = re.compile(r"(?:提升|整治|治理|建设|改造|升级|促进|培育)$")
_COUNTED_HEAD = re.compile(r"(?P<n>[两二三四五六七八九十])大(?:专项|重点|三年)?(?:工程|行动|计划)$")


def _counts(texts: list[str]) -> bool:
    """Whether the last member of a row says how many there are: 蓝天、碧水、净土|三大|行动."""
    found = _COUNTED_HEAD.search(texts[-1])
    if found is None or _NUMERALS[found["n"]] != len(texts):
        return False
    shares = _DEED.search(texts[-1][: found.start()]) and not any(_DEED.search(t) for t in texts[:-1])
    return not shares  # 生产、储备、能力|提升三大行动: 提升 is shared too


def _no_counted_member(clause: Clause, first: int, last: int, text: str, lexicon: Lexicon) -> bool:
    """Whether a member of a row that counts itself is no programme's own words; such rows tell that all others are."""
    words = clause.tokens[first:last]
    works = clause.tokens[last - 1].text.endswith("工程") or len(words) == 0
    least = _LEAST_MEMBER if works else 2
    return not least <= len(text) <= _MOST_MEMBER or any(t.kind not in (Kind.WORD, Kind.PLACE) for t in words)


def _no_member(clause: Clause, first: int, last: int, text: str, lexicon: Lexicon) -> bool:
    """Whether a member is no programme's own words: a thing with a head, a place, a label, too short or too long."""
    if first >= last or not _LEAST_MEMBER <= len(text) <= _MOST_MEMBER or text in lexicon.known:
        return True
    if any(t.kind is not Kind.WORD for t in clause.tokens[first:last] if t.kind is not Kind.PLACE):
        return True
    headed = lexicon.head_of(text)
    own = headed is not None and not headed[1].weak and len(headed[0]) > 1
    return own or is_works(text + "工程", lexicon, proper=clause.tokens[first].kind is Kind.PLACE)


_GOES_ON = re.compile(
    r"(?:工作|建设|经验|任务|改革)?(?:正式|有序|顺利|稳步|扎实|全面|深入|成功|持续|加快|取得|在全|获|入选|成效|进展|启动|推进)"
)


def _pilots(clause: Clause, lexicon: Lexicon) -> Iterator[Candidate]:
    """开展|排污权有偿使用试点, …试点|工作有序推进: a pilot scheme whose own words are verbs, which end phrases."""
    tokens, roles = clause.tokens, clause.roles
    for index, token in enumerate(tokens):
        if token.text != "试点" or (index + 1 < len(tokens) and tokens[index + 1].text in _OF_PILOTS):
            continue
        first = index
        while first and not _leads(tokens[first - 1].text, lexicon):
            if roles[first - 1] not in _OWN or tokens[first - 1].kind not in (Kind.WORD, Kind.PLACE):
                break
            first -= 1
        text = clause.text(first, index + 1)
        led = first > 0 and _leads(tokens[first - 1].text, lexicon)
        opens = first == 0 or roles[first - 1] in (Role.COMMA, Role.JOINER)
        said = opens and _GOES_ON.match(clause.after(index + 1))
        if not (led or said) or not _LEAST_PILOT <= len(text) <= _MOST_PILOT or text in lexicon.common:
            continue
        if led and first > 1 and roles[first - 2] is Role.JOINER:
            continue
        if _EVERY.search(text) or text in lexicon.known:
            continue
        yield Candidate(*span_of(clause, first, index + 1), T.PROGRAMME, text, "name-pilot", 4)


def _leads(word: str, lexicon: Lexicon) -> bool:
    """Whether a pilot scheme's name may begin right after a word: 实施, 支持, 承担."""
    return is_anchor(word, lexicon) or word in _SUPPORTS


_SUPPORTS = frozenset({"支持", "争取", "承担", "承接", "抓好", "做好", "申报", "加快", "纳入"})
_OF_PILOTS = frozenset(
    {
        "方案",
        "城市",
        "县",
        "市",
        "区",
        "省",
        "企业",
        "单位",
        "项目",
        "示范",
        "地区",
        "村",
        "镇",
        "乡镇",
        "学校",
        "名单",
        "园区",
    }
)
_LEAST_PILOT, _MOST_PILOT = 7, 26  # characters of a pilot scheme's name
_EVERY = re.compile(
    r"^(?:全国|国家级?|省级?|市级?|首批|各类|各项|多项|一批|改革|国家和省|成为|入选|获批|列为|被列|纳入)*(?:综合|改革|示范|先行|专项)*试点$|^(?:成为|入选|获批|列为|被|纳入|选择|选取|作为)"
)
