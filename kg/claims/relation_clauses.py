"""Clauses with the things named in them: who speaks of what, under which verbs.

Invariant: a clause's groups are in text order; every mention that is not part of a longer name is in exactly one group.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.claims.claim import Entity
from kg.reading.edition import Edition, Part, Sentence
from kg.recognition.spans import EntityType as T
from kg.recognition.spans import Mention


@dataclass(frozen=True, slots=True)
class Named:
    """A mention with its entity and the mentions that lie inside it."""

    mention: Mention
    entity: Entity
    inside: tuple[Named, ...] = ()

    @property
    def start(self) -> int:
        return self.mention.start

    @property
    def end(self) -> int:
        return self.mention.end


@dataclass(frozen=True, slots=True)
class Group:
    """Coordinated things (A、B和C), the text before them back to the thing before or the clause's start, and the text
    after them up to the next thing or the clause's end.
    """

    things: tuple[Named, ...]
    before: str
    after: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class NamedClause:
    """A stretch between stops, with its groups; ``sentence`` tells part and section."""

    start: int
    end: int
    text: str
    groups: tuple[Group, ...]
    sentence: Sentence


_SHARED = "name-shared-head"
_STOP = re.compile(r"[，；：。！？\n]|——")
_QUOTED = re.compile(r"“[^“”\n]{1,60}”|《[^《》\n]{1,60}》|（[^（）\n]{1,30}）")
_GOES_ON = re.compile(r"[”’》]?(?:、|和|与|及|以及)[\d.]*[一-鿿]{0,2}[“]?")
_NO_VERB = "(?!新建|改建|扩建|续建|建|推|加|启|开|实施|做|抓|争|完|投|支|谋|规|筹|获|创|申|打|引|促|深|提|优|培|全|强)"
# What is read as nothing stands between two of a list: 书画产业园、内陆港、中农商贸城.
_UNREAD = re.compile(rf"[”’》]?(?:、|和|与|及|以及){_NO_VERB}[一-鿿A-Za-z\d]{{2,9}}(?:、|和|与|及|以及)[“]?")
# 加快青河治理、雄织工程建设: a place inside an item that is read as nothing.
_REST = re.compile(rf"{_NO_VERB}[一-鿿]{{2,6}}(?:、|和|与|及|以及)")
_RANGE = re.compile(
    r"(?:[全我][省市县区州盟旗国]|[\u4e00-\u9fff]{2,6}[省市县区州])(?:首|唯一|第一[个家批]|仅有|最[大早先]|之先)"
)
_OF_THE_LAST = re.compile(
    r"(?:积极|加快|成功|全力|努力)*(?:申报(?!工作|立项|建设|等|$)|创建(?!工作|$)|争创|获评|获批|入选|升级|升格|晋升|跻身)"
)
_SEPARATES = re.compile(r"[、和与及—-]")
_JOINS = re.compile(
    r"[”’》]?(?:〔\d+〕|\[\d+\])?(?:、|和|与|及|以及|—|-)?(?:(?:总|计划|概算)?投资[\d.]+[多余]?[万亿]元的)?[“‘《]?"
)


def named_clauses(edition: Edition, entities: Sequence[Entity]) -> Iterator[NamedClause]:
    """The clauses of an edition that name something, in text order."""
    pairs = sorted(((m, e) for e in entities for m in e.mentions), key=lambda p: (p[0].start, -p[0].end, p[1].key))
    starts = [m.start for m, _ in pairs]
    for sentence in edition.sentences:
        if sentence.part in (Part.APPENDIX,):
            continue
        spans = list(spans_between_stops(edition.norm, sentence.start, sentence.end))
        for index, (start, end) in enumerate(spans):
            inside = pairs[bisect_left(starts, start) : bisect_left(starts, end)]
            if not inside:
                continue
            things = _tree([pair for pair in inside if pair[0].end <= end])
            later = spans[index + 1] if index + 1 < len(spans) else (end, end)
            if bisect_left(starts, later[0]) == bisect_left(starts, later[1]) and _goes_on(
                edition.norm, start, end, things, later
            ):
                end = later[1]  # X项目，去年2月开工建设: said of X
            groups = tuple(_groups(edition.norm, start, end, things))
            if groups:
                yield NamedClause(start, end, edition.norm[start:end], groups, sentence)


def spans_between_stops(norm: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches between stops; stops inside quotation marks and brackets do not count."""
    masked = _QUOTED.sub(lambda m: "x" * len(m.group()), norm[start:end])
    first = 0
    for match in _STOP.finditer(masked):
        if match.start() > first:
            yield start + first, start + match.start()
        first = match.end()
    if first < len(masked):
        yield start + first, end


_OPENS = re.compile(r"(?:[^，；：。]{0,10}?(?:总|计划)?投资[\d.]+[多余]?[万亿]元的)?[“]?")
_STATE_NEXT = re.compile(
    r"(?:(?:去年|今年|上年|当年|20\d\d年)?(?:\d+月(?:份|底|初)?)?(?:\d+日)?(?:已经?|现已|目前已?|正式|全面|顺利|如期|即将|提前)*)"
    r"(?:开工|动工|开建|奠基|启动建设|建成|竣工|完工|投产|投用|投运|投入|通车|开通|开园|开业|并网|点火|主体)"
)


def _goes_on(norm: str, start: int, end: int, things: list[Named], later: tuple[int, int]) -> bool:
    """Whether a clause only names a thing and the next one says what became of it."""
    if norm[end : later[0]] != "，" or len(things) != 1 or things[0].entity.entity_type not in _BECOMES:
        return False
    bare = norm[things[0].end : end] in ("", "”") and _OPENS.fullmatch(norm, start, things[0].start)
    return bool(bare) and _STATE_NEXT.match(norm, later[0], later[1]) is not None


_BECOMES = frozenset({T.PROJECT, T.FACILITY, T.ZONE})


def _tree(pairs: list[tuple[Mention, Entity]]) -> list[Named]:
    """The mentions that are not inside another, each with those inside it.

    A list whose members share a head has spans that overlap (盘南、大湾…项目); they stand side by side, and what is
    named in one of them belongs to the member whose name has it.
    """
    top: list[tuple[Mention, Entity, list[tuple[Mention, Entity]]]] = []
    for mention, entity in pairs:
        holders = [t for t in top if t[0].end >= mention.end and (t[0].start, t[0].end) != (mention.start, mention.end)]
        whole = [t for t in holders if t[0].rule != _SHARED]
        own = [t for t in holders if any(alias in t[1].name for alias in entity.aliases)]
        twin = [t for t in top if (t[0].start, t[0].end) == (mention.start, mention.end)]
        if mention.rule == _SHARED and all(t[0].rule == _SHARED for t in twin):
            twin = []
        if twin:
            _put_together(twin[0], top, mention, entity)
        elif whole:
            whole[-1][2].append((mention, entity))
        elif holders and (entity.entity_type in (T.PLACE, T.ENTERPRISE) or holders[-1][1].name.startswith(entity.name)):
            (own or holders)[-1][2].append((mention, entity))
        else:
            top.append((mention, entity, []))
    return [Named(m, e, tuple(Named(i, x) for i, x in inner)) for m, e, inner in top]


def _put_together(
    twin: tuple[Mention, Entity, list[tuple[Mention, Entity]]],
    top: list[tuple[Mention, Entity, list[tuple[Mention, Entity]]]],
    mention: Mention,
    entity: Entity,
) -> None:
    """A firm and the project named by it alone have one span: the project stands for both."""
    if twin[1].entity_type is T.ENTERPRISE and entity.entity_type is not T.ENTERPRISE:
        top[top.index(twin)] = (mention, entity, [*twin[2], (twin[0], twin[1])])
    else:
        twin[2].append((mention, entity))


def _groups(norm: str, start: int, end: int, things: list[Named]) -> Iterator[Group]:
    current: list[Named] = []
    runs: list[list[Named]] = []
    for thing in sorted(things, key=lambda t: (t.start, -t.end)):
        if thing.entity.entity_type is T.PLACE and _RANGE.match(norm, thing.start, end):
            continue  # 全市首个…: no thing of its own
        if current and current[-1].entity.entity_type is T.HONOUR and thing.entity.entity_type is T.PLACE:
            runs.append(current)  # 支持A打造甲示范区、B打造乙示范区: B begins anew
            current = []
        if current:
            last = max(t.end for t in current)
            between = norm[last : thing.start] if thing.start >= last else ""
            if not _JOINS.fullmatch(between) or (
                not _SEPARATES.search(between) and thing.start >= last and not _alike(current[-1], thing)
            ):
                runs.append(current)
                current = []
        current.append(thing)
    if current:
        runs.append(current)
    earlier = ""
    for index, run in enumerate(runs):
        first, last = run[0].start, max(t.end for t in run)
        left = max(t.end for t in runs[index - 1]) if index else start
        right = runs[index + 1][0].start if index + 1 < len(runs) else end
        before = norm[left:first]
        rest = index and _REST.fullmatch(before) and all(t.entity.entity_type is T.PLACE for t in runs[index - 1])
        if index and (rest or _GOES_ON.fullmatch(before) or _UNREAD.fullmatch(before)):
            before = earlier + before  # 完成…改造和500户…: the verb of the item before governs
        earlier = before
        after = norm[last:right].lstrip("，")
        divisions = all(t.entity.entity_type is T.PLACE for t in run)
        if len(run) > 1 and before and not divisions and _OF_THE_LAST.match(after):
            # 加快建设A、B申报…: the verb before governs A, what follows is said of B; 支持A县、B县创建…: of both
            yield Group(tuple(run[:-1]), before, "", first, run[-2].end)
            yield Group((run[-1],), "", after, run[-1].start, last)
        else:
            yield Group(tuple(run), before, after, first, last)


def _alike(left: Named, right: Named) -> bool:
    return left.entity.entity_type is right.entity.entity_type
