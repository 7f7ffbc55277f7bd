"""Standing works without a head of their own (平安某市建设, 强省会战略), and decisions by the number of their points.

Invariant: what is proposed stands after a verb that carries it out or issues it, or bears the name of a place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.recognition.names.candidates import Candidate
from kg.recognition.names.clauses import Clause, Role
from kg.recognition.names.evidence import evidence, rare_runs
from kg.recognition.names.groups import governed
from kg.recognition.names.lexicon import Lexicon
from kg.recognition.names.plans import is_anchor
from kg.recognition.names.shapes import shape, span_of
from kg.recognition.names.tokens import Kind
from kg.recognition.spans import EntityType as T


def standing(clause: Clause, lexicon: Lexicon) -> Iterator[Candidate]:
    """The standing works, strategies and numbered decisions of a clause."""
    yield from _aspirations(clause, lexicon)
    yield from _strategies(clause, lexicon)
    yield from _numbered(clause, lexicon)
    yield from _systems(clause, lexicon)
    yield from _occasions(clause, lexicon)
    yield from _works(clause, lexicon)


def _aspirations(clause: Clause, lexicon: Lexicon) -> Iterator[Candidate]:
    """健康|某市|建设: what a place wants to be."""
    tokens = clause.tokens
    for index in range(1, len(tokens) - 1):
        if tokens[index].kind is not Kind.PLACE or tokens[index + 1].text != "建设":
            continue
        goes_on = index + 2 < len(tokens) and clause.roles[index + 2] in (Role.CONTENT, Role.SOFT)
        if lexicon.is_a(tokens[index - 1].text, "aspiration") and not goes_on:
            start, end = span_of(clause, index - 1, index + 2)
            yield Candidate(start, end, T.PROGRAMME, clause.text(index - 1, index + 2), "name-aspiration", 6)


_LEAST = 5  # characters of a strategy's name: 人才战略 is what every place has


def _strategies(clause: Clause, lexicon: Lexicon) -> Iterator[Candidate]:
    """落实|强省会战略: a strategy after the verb that carries it out."""
    for phrase in clause.phrases:
        last = next(
            (n + 1 for n in range(phrase.first, phrase.last) if clause.tokens[n].text.endswith("战略")), phrase.first
        )
        text = clause.text(phrase.first, last)
        if len(text) < _LEAST or phrase.joiner or phrase.counted or text in lexicon.known:
            continue
        if any(t.kind in (Kind.QUOTE, Kind.BOOK) for t in clause.tokens[phrase.first : last]):
            continue
        if not phrase.verbs or not is_anchor(phrase.verbs[-1], lexicon):
            continue
        proof = evidence(clause.tokens[phrase.first : last], "战略", lexicon)
        if proof.proper or proof.content or lexicon.common.get(text, 0) < 3:
            yield Candidate(*span_of(clause, phrase.first, last), T.PROGRAMME, text, "name-strategy", 5)


def _numbered(clause: Clause, lexicon: Lexicon) -> Iterator[Candidate]:
    """出台|促进新旧动能转换25条: a decision by the number of its points, from the verb that issues it."""
    tokens, roles = clause.tokens, clause.roles
    for index in range(2, len(tokens)):
        if tokens[index].text != "条" or roles[index] is not Role.COUNT or tokens[index - 1].kind is not Kind.NUMBER:
            continue
        if index + 1 < len(tokens) and roles[index + 1] in (Role.CONTENT, Role.SOFT):
            continue
        first = index - 1
        while first and roles[first - 1] is not Role.COMMA and index - first < 12:
            if is_anchor(tokens[first - 1].text, lexicon, "issue"):
                break
            first -= 1
        issued = any(is_anchor(t.text, lexicon, "issue") for t in tokens[:first])
        if issued and index - first > 2:
            yield Candidate(
                *span_of(clause, first, index + 1), T.POLICY, clause.text(first, index + 1), "name-points", 6
            )


_SYSTEM = re.compile(r"(?:制度|管理办法|[级任约诺保号分薪聘]制)$")
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


def _occasions(clause: Clause, lexicon: Lexicon) -> Iterator[Candidate]:
    """举办|…系列活动: what is held, from the verb to its last word; items of a list each."""
    tokens, roles = clause.tokens, clause.roles
    for index, token in enumerate(tokens):
        if not lexicon.is_a(token.text, "hold"):
            continue
        first = index + 1
        while first < len(tokens) and (roles[first] in (Role.ADVERB, Role.NOTE) or tokens[first].text in ("了", "好")):
            first += 1
        for last in range(first, len(tokens) + 1):
            if last < len(tokens) and roles[last] not in _ENDS_ITEM:
                continue
            if last < len(tokens) and roles[last] is Role.JOINER and not clause.text(first, last).endswith(_HELD):
                continue
            of = next((n + 1 for n in range(last - 1, first, -1) if tokens[n].text in ("的", "为主题的")), first)
            counted = last < len(tokens) and roles[last] is Role.COUNT
            text = clause.text(of, last)
            if not counted and _is_occasion(text, lexicon):
                sure = 7 if "“" in text else 5
                yield Candidate(*span_of(clause, of, last), T.EVENT, text, "name-event", sure)
            if last == len(tokens) or roles[last] not in (Role.COMMA, Role.JOINER):
                break
            first = last + 1
        return


_ENDS_ITEM = frozenset({Role.COMMA, Role.JOINER, Role.ETC, Role.COUNT})
_FAIR = re.compile(r"(?:\d{4})?[一-鿿](?:[博交洽贸消投智创农科文旅茶]|残?运)会|[一-鿿]{2,8}之[春夏秋冬]")
_SEVERAL = re.compile(r"^(?:各类|各种|一批|系列|多场|专场|大型|重大|重要|有关|相关)|各类|系列赛事")


def _is_occasion(text: str, lexicon: Lexicon) -> bool:
    """Whether what is held bears a name: a fair by its short name, a number, or a long name that ends like an event."""
    if text in lexicon.common or _SEVERAL.search(text):
        return False
    if _FAIR.fullmatch(text):
        return True
    known = lexicon.heads.get(text)
    if known is not None and known.type is T.EVENT and not known.weak and len(text) > 3:
        return True
    return text.endswith(_HELD) and (len(text) >= 8 or (len(text) > 4 and text.startswith(("首届", "第"))))


_HELD = ("推介", "活动", "展", "赛", "节", "周", "会", "论坛", "季", "月")


_ROAD = re.compile(r"(?:国道|省道)?[GSX]\d{2,3}(?!\d)(?:线|国道|省道)?[一-鿿]{0,12}?(?:改造|改扩建|扩建|改线|拓宽)$")
_WORK = re.compile(r"(?:改造|改扩建|扩建|迁建|重建|拓宽|清淤|加固|治理|整治)$")
_SAID = re.compile(r"(?:[、和及]|[^，。；]{0,6}(?:开工|动工|启动|完成|完工|竣工|建成|推进|建设|进展|等))")


def _works(clause: Clause, lexicon: Lexicon) -> Iterator[Candidate]:
    """启动|花溪片区老旧小区改造: works that are told by what is done, at a place or thing that is named."""
    for phrase in clause.phrases:
        text = clause.text(phrase.first, phrase.last)
        if phrase.counted or len(text) < _LEAST_SYSTEM or not _WORK.search(text) or text in lexicon.common:
            continue
        words = clause.tokens[phrase.first : phrase.last]
        road = _ROAD.match(text)
        if road and not phrase.joiner:
            yield Candidate(*span_of(clause, phrase.first, phrase.last), T.PROJECT, text + "项目", "name-works", 4)
            continue
        if any(t.kind not in (Kind.WORD, Kind.PLACE) for t in words):
            continue
        runs = rare_runs(words, lexicon)
        body = lexicon.head_of(words[0].text)
        placed = words[0].kind is Kind.PLACE or (
            body is not None and body[1].type is T.ORGANIZATION and len(body[0]) < len(words[0].text) and len(words) > 2
        )
        if not placed and runs[:1] != [(0, runs[0][1] if runs else 0)]:
            continue
        rest = "".join(t.text for t in words[1 if placed else runs[0][1] :])
        if rest in lexicon.common or len(rest) < 2 or (placed and len(rest) < _LEAST):
            continue
        thing = shape(clause, phrase.first, phrase.last, lexicon)
        scheme = thing is not None and len(_WORK.sub("", thing.rest)) > 3 and thing.info.type is not T.PROJECT
        if thing is not None and thing.info.type is not T.PLACE and not scheme:
            continue  # a facility is named: its state is what is said
        counted = phrase.last < len(clause.roles) and clause.roles[phrase.last] is Role.COUNT
        if not counted and (governed(phrase, lexicon, "build") or _SAID.match(clause.after(phrase.last))):
            span = span_of(clause, phrase.first, phrase.last)
            yield Candidate(*span, T.PROJECT, text + "项目", "name-works", 4)
