"""What a text states between named things: where, by whom, part of what, in what state, won, sought, issued, done.

Invariant: a relation is stated by one clause, which is its evidence; nothing comes from outside the text but which
division a level word stands for. The subject "" is the report's own place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.claims.claim import Entity, Predicate, ProjectStatus, Relation
from kg.claims.relation_clauses import Group, Named, NamedClause, named_clauses
from kg.claims.relation_names import BUILT, HOSTS, by_name, firm_names, locates, whole_of
from kg.claims.relation_status import StatusWords, status_words, statuses
from kg.reading.edition import Edition, Metadata, Part
from kg.recognition.names.lexicon import Lexicon, lexicon
from kg.recognition.spans import EntityType as T
from kg.vocabulary import Vocabulary

_STATED = frozenset({*BUILT, T.ORGANIZATION, T.ENTERPRISE})
_TO_BE_REACHED = frozenset(
    {
        ProjectStatus.APPROVED,
        ProjectStatus.STARTED,
        ProjectStatus.COMPLETED,
        ProjectStatus.IN_OPERATION,
        ProjectStatus.RESUMED,
    }
)
_ACTORS = frozenset({T.PLACE, T.ZONE, T.FACILITY, T.ORGANIZATION, T.ENTERPRISE, T.BRAND})
_WINNERS = _ACTORS | {T.PROJECT, T.EVENT}
_SETTLERS = frozenset({*BUILT, T.ORGANIZATION, T.ENTERPRISE, T.BRAND})
_YEAR = re.compile(r"(20\d\d)年(?!至|—|-|以来|前|底前)")

_WORKS_HERE = re.compile(
    r"(?:全面|全部|顺利|正式|相继)?(?:建成|投产|并网|竣工|投用|投运|投入运营|投入使用|通车|开工|动工|点火)"
)
# X在H揭牌, X落户H: the words between a thing and where it is, and what must follow 在H.
_SETTLED = re.compile(
    r"[”’]?(?:等)?(?:项目)?(?:成功|正式|顺利|相继|全部|整体)*(?:落户|落地|落址|选址|入驻|进驻|坐落)(?:在|于|到)?"
)
_AT = re.compile(r"[”’]?(?:等)?(?:项目)?(?:成功|正式|顺利|相继)*(?:在|于)")
_OPENED = re.compile(
    r"(?:正式|顺利|成功|建成|竣工|全面)*"
    r"(?:挂牌|揭牌|成立|开工|动工|开业|开园|开馆|开诊|建成|投产|投用|启用|落成|落户|落地)"
)
# A firm or a body has a state only where it is founded, opened or built.
_FOUNDED = re.compile(r"成立|挂牌|组建|揭牌|开业|开张|营业|设立")
_NOT_YET_FOUNDED = re.compile(r"谋划|申请|争取|规划|推动|筹备|筹建|支持")
_BODY_BUILT = re.compile(
    r"建设|成立|挂牌|组建|揭牌|开业|开诊|新建|建成|投用|启用|设立|筹建|扩建|迁建|封顶|主体|开工|竣工|完工"
)
# X建成投产: what is said of the firm is said of its works.
_RUNS = re.compile(
    r"[”’]?(?:全面|顺利|正式|相继|如期|全部|陆续|均|已)*(?:建成|竣工)?(?:投产|投运|达产)(?![^，。、]{0,3}(?:项目|企业|\d))"
)
_WORKS_SUMMED = re.compile(r"[”’]?(?:、[^，。、]{2,12}){0,3}等[^，。、]{0,8}(?:项目|工程|载体|平台|设施)")
# X获国务院批复: who approves stands between a thing and its state.
_BY = re.compile(r"[”’]?(?:等)?(?:项目|工程|规划)?(?:成功|正式|顺利)?(?:获得?|经|被|通过)$")
_APPROVED = re.compile(r"(?:正式)?(?:批复|批准|核准|审批|同意)")
# X建设及Y改造工程加快推进: what is said after Y is said of both.
_BOTH = re.compile(
    r"(?:等)?(?:工程|项目)?(?:建设|改造|施工|改扩建|扩建|迁建|新建|升级|扩容|提升|治理){1,2}(?:工程|项目)?(?:、|和|与|及|以及)"
)
_FINISHED_AFTER = re.compile(
    r"[”’]?(?:各项|目标|建设|年度|工作|改造|任务|全年|总体){0,4}"
    r"(?:(?:全面|全部|圆满|如期|按期|顺利|超额|基本|提前|胜利)+(?:完成|办结|落实|收官)|收官)(?![^，。]{0,3}\d)"
)
_STARTED_BEFORE = re.compile(r"启动(?:实施|开展)?[“《]?$")
_STARTED_AFTER = re.compile(r"[”’》]?(?:等)?(?:工作|试点)?(?:正式|全面|顺利|率先)*启动")
_FINISHED_BEFORE = re.compile(r"(?:全面|基本|如期|圆满|顺利|超额)?完成[^，。、]{0,4}$")
_SUCCESS = re.compile(
    r"成功(?:创建|申报|获批|入选|争创|创成)|创成|获批(?!创建)|通过[^，。]{0,8}(?:验收|认定|复审|复核|评估)"
)
_LISTED_WITH = re.compile(r"[”’]?(?:、|和|与|及)[一-鿿]{2,6}(?:成功|双双|均|分别|相继|先后|正式|荣|获|入|晋|跻|被|创)")
_SHAPED = re.compile(r"(?:建设|打造|培育|发展|建|创)成?为?[“‘]?$")

_APPLIES = re.compile(r"(?:申报|申建|申创|争取|争创)[^一-鿿]*$")
_NOT_SUBJECT = re.compile(r"(?:与|和|同|向|对|为|在|从|于|到|至|落实|贯彻|接受|关于)$")
_CHAINED = re.compile(r"[”’》]?(?:[、，和与及并]|以及)")
_PUSHED = re.compile(r"(?:推动|支持|争取|力争|确保|力促|促进|助推|推进)[^，。、]{0,4}$")
# 等3户企业, 等企业, 等地: what sums up those named before, of whom the verb is said.
_SUMMED = r"\d+[个家所户名位件项地]|(?:重点|龙头|骨干)?(?:企业|单位|地|县区|区县|县市|市县|县|市|村|镇|景区|学校|医院)"
_TOGETHER = re.compile(r"[”’]?(?:一同|一起|共同|一道|同时|双双|均)")


def relate(edition: Edition, entities: Sequence[Entity], vocabulary: Vocabulary) -> tuple[Relation, ...]:
    """The relations of an edition, in text order, each statement once."""
    words = lexicon(vocabulary)
    states = status_words(vocabulary.scheme("project-status"))
    home = f"place:{edition.metadata.place}" if edition.metadata.place else ""
    reader = _Reader(edition.metadata, home, {(e.entity_type, e.name): e for e in entities}, words, states)
    found: dict[tuple[str, str, str, str, int], Relation] = {}
    for clause in named_clauses(edition, entities):
        for relation in reader.read(clause):
            subject = "" if relation.subject == home else relation.subject
            key = (subject, relation.predicate, relation.object, relation.period, relation.start)
            if relation.object != home or relation.predicate is Predicate.LOCATED_IN:
                found.setdefault(key, relation)
    return tuple(sorted(found.values(), key=lambda r: (r.start, r.end, r.subject, r.predicate, r.object)))


@dataclass(frozen=True)
class _Said:
    """What holds for a clause as a whole: its span, the period it speaks of, whether that lies ahead."""

    start: int
    end: int
    period: str
    planned: bool

    def relations(
        self, subjects: Iterable[str], predicate: Predicate, things: Iterable[str], rule: str, *, target: bool = False
    ) -> Iterator[Relation]:
        """Each of the subjects to each of the things; where and whose a thing is holds at all times."""
        lasting = predicate in (Predicate.LOCATED_IN, Predicate.PART_OF)
        objects = list(things)
        for subject in subjects:
            for thing in objects:
                if subject != thing:
                    period = "" if lasting else self.period
                    yield Relation(self.start, self.end, subject, predicate, thing, period, target, rule)


class _Reader:
    """Reads clauses of one edition: what stays the same from clause to clause."""

    def __init__(
        self, metadata: Metadata, home: str, names: dict[tuple[T, str], Entity], words: Lexicon, states: StatusWords
    ) -> None:
        self.metadata = metadata
        self.home = home
        self.names = names
        self.firms = firm_names(names.values())
        self.states = states
        listed = sorted(
            (w for name in ("adverb", "nominal", "run", "seek", "award") for w in words.cues[name]),
            key=lambda w: (-len(w), w),
        )
        self.adverbs = re.compile("我们|" + "|".join(map(re.escape, (w for w in listed if len(w) > 1))))
        self.building = _pattern(words, "build")
        self.verbs = {name: _pattern(words, name) for name in ("run", "issue", "award", "seek-title")}

    def read(self, clause: NamedClause) -> Iterator[Relation]:
        """All relations that a clause states."""
        for group in clause.groups:
            for thing in group.things:
                yield from by_name(clause, thing, self.names, self.firms, self.home)
        said = _Said(clause.start, clause.end, *self._when(clause))
        for index, group in enumerate(clause.groups):
            yield from self._stated(said, clause, index, group)

    def _stated(self, said: _Said, clause: NamedClause, index: int, group: Group) -> Iterator[Relation]:
        earlier = clause.groups[index - 1] if index else None
        place = clause.groups[index + 1] if index + 1 < len(clause.groups) else None
        if earlier is not None and _settle(earlier, group):
            return  # nothing is said of the place in …落户H
        after = group.after
        if place is not None and _settle(group, place):
            settled = (t.entity.key for t in group.things)
            yield from said.relations(settled, Predicate.LOCATED_IN, (place.things[-1].entity.key,), "relation-settled")
            after = place.after  # X在H揭牌: what is said after H is said of X
        if place is not None and _BY.fullmatch(after) and place.things[-1].entity.entity_type is T.ORGANIZATION:
            after += place.after if _APPROVED.match(place.after) else ""
        if place is not None and _BOTH.fullmatch(after) and place.things[0].entity.entity_type in BUILT:
            after = place.after
        if earlier is not None and group.before == "“":
            yield from self._before_quotation(said, earlier.things[-1], group.things[0])
        if place is not None and _APPLIES.search(after):
            after = ""  # X申报T: what is applied for is a title, not X itself
        subject = self._subject(clause, index, _ACTORS)
        for kind in dict.fromkeys(t.entity.entity_type for t in group.things):
            things = [t for t in group.things if t.entity.entity_type is kind]
            if kind in _STATED or (kind is T.BRAND and things[0].entity.name.endswith(("平台", "系统"))):
                yield from self._states(said, group, after, things, subject)
            if kind in (T.PROGRAMME, T.POLICY) or (kind is T.EVENT and things[0].entity.name.endswith("普查")):
                yield from self._plans(said, _with_owner(clause, index), things, subject)
            if kind is T.HONOUR and not (_granted_by(clause, index) and index < 2):  # 被Y评为Z: nobody says who was
                pushes = earlier.before if earlier is not None and subject else ""
                yield from self._titles(said, group, things, self._subject(clause, index, _WINNERS), pushes)

    def _before_quotation(self, said: _Said, place: Named, thing: Named) -> Iterator[Relation]:
        """A place right before a thing in quotation marks: …县“…产业园”."""
        if place.entity.entity_type is T.PLACE and thing.entity.entity_type in BUILT and place.end == thing.start - 1:
            yield from said.relations(
                (thing.entity.key,), Predicate.LOCATED_IN, (place.entity.key,), "relation-subject-place"
            )

    # What becomes of things

    def _states(
        self, said: _Said, group: Group, after: str, things: list[Named], subject: list[Entity]
    ) -> Iterator[Relation]:
        works = things[0].entity.entity_type in (T.FACILITY, T.PROJECT) and _WORKS_HERE.match(after)
        if group.before.endswith(("在", "于", "到", "向", "对")) and not works:
            return  # 在X挂牌企业260家: X is only where it happens; …机组在X电厂建成投产: X runs
        found = statuses(group.before, after, self.states)
        if things[0].entity.entity_type in (T.ORGANIZATION, T.ENTERPRISE):
            near = group.before[-8:] + after[:8]
            mixed = any(t.entity.entity_type in BUILT for t in group.things) or bool(_WORKS_SUMMED.match(after))
            founded = bool(_FOUNDED.search(group.before[-6:] + after[:12])) and not (
                found and _NOT_YET_FOUNDED.search(group.before[-6:])
            )
            runs = things[0].entity.entity_type is T.ENTERPRISE and _RUNS.match(after)
            if things[0].mention.rule == "name-body" or not (mixed or runs or _BODY_BUILT.search(near)):
                return
            if things[0].entity.entity_type is T.ENTERPRISE and not (mixed or runs or founded):
                return
            if founded:
                found = (ProjectStatus.IN_OPERATION,)
        keys = [t.entity.key for t in things]
        for status in found:
            target = said.planned and status in _TO_BE_REACHED
            yield from said.relations(keys, Predicate.HAS_STATUS, (status,), "relation-status", target=target)
        if found and self.building.search(group.before):
            places = [p.key for p in subject if p.entity_type is T.PLACE and p.key != self.home]
            here = [t.entity.key for t in things if not self._placed(t)]
            yield from said.relations(here, Predicate.LOCATED_IN, places, "relation-subject-place")

    def _placed(self, thing: Named) -> bool:
        """Whether a thing's name says where it lies: it holds a division, or another zone than its own whole."""
        whole = whole_of(thing.entity, self.names)
        return any(
            n.entity.entity_type in HOSTS
            and n.entity is not whole
            and (n.entity.code or n.entity.entity_type is T.ZONE)
            and locates(n, self.home)
            for n in thing.inside
        )

    # What is issued and carried out

    def _plans(self, said: _Said, group: Group, things: list[Named], subject: list[Entity]) -> Iterator[Relation]:
        kind = things[0].entity.entity_type
        before, after = group.before, group.after
        if re.search(r"^是|(?:是|为)(?:实现)?$|拥护|践行", before[:1] + before[-6:]) or re.match(
            r"[”’]?(?:目标任务|规划)?(?:的关键|收官之|开局|实施以来)", after
        ):
            return
        keys = [t.entity.key for t in things]
        actors = [e.key for e in subject] or [""]
        issued = _last(self.verbs["issue"], before)
        run = _last(self.verbs["run"], before)
        if run is None and before.endswith(("、", "、“", "、《")):  # 推进甲改革、乙改革、“丙”改革: the list's verb
            run = 0 if self.verbs["run"].search(re.split(r"[，；]", before)[-1][:6]) else None
        if kind is not T.EVENT and issued is not None and (run is None or issued >= run - 2):
            yield from said.relations(actors, Predicate.ISSUED, keys, "relation-issued", target=said.planned)
            if re.search(r"(?:实施|落实|执行)好?[“《]?$", before):
                yield from said.relations(actors, Predicate.IMPLEMENTS, keys, "relation-carried-out")
            return
        if kind is T.POLICY and re.search(r"(?:列入|纳入|实现|对标|对接)[^，。]{0,3}$", before):
            return
        done = re.match(
            r"(?:、[^，。、]{2,10}?){0,2}[^，。、]{0,10}?"
            r"(?:推进|实施|开展|完成|落实|落地|收官|推行|见效|覆盖|启动|推广|执行|深化|兑现|运行|展开|推开|实行|进展|打响)",
            after,
        )
        sought = kind is T.PROGRAMME and _last(self.verbs["seek-title"], before) is not None
        means = re.search(r"以[“‘]?$", before) and re.match(r"[”’]?为(?:载体|抓手|引领|统领|重点)", after)
        if run is not None or sought or done or means or re.search(r"作为[“]?$", before):
            yield from said.relations(actors, Predicate.IMPLEMENTS, keys, "relation-carried-out")
        if kind is T.PROGRAMME and (_STARTED_BEFORE.search(before) or _STARTED_AFTER.match(after)):
            yield from said.relations(
                keys, Predicate.HAS_STATUS, (ProjectStatus.STARTED,), "relation-status", target=said.planned
            )
        if kind is T.PROGRAMME and (_FINISHED_AFTER.match(after) or _FINISHED_BEFORE.search(before)):
            yield from said.relations(
                keys, Predicate.HAS_STATUS, (ProjectStatus.COMPLETED,), "relation-finished", target=said.planned
            )

    # What is won and sought

    def _titles(
        self, said: _Said, group: Group, things: list[Named], subject: list[Entity], pushes: str
    ) -> Iterator[Relation]:
        """Titles won or sought by ``subject``; ``pushes`` are the words before it (推动|X获批T)."""
        before = group.before
        won = _last(self.verbs["award"], before)
        sought = _last(self.verbs["seek-title"], before)
        shaped = _SHAPED.search(before)
        hoped = re.search(r"力争|争取|确保|努力|力促", before) or said.planned
        pushed = re.search(r"获批创建|力争|争取|积极|加快|支持|全力", before)
        if (pushed and sought is not None) or (shaped and hoped):
            predicate = Predicate.SEEKS
        elif _SUCCESS.search(before + group.after) or (won is not None and (sought is None or won > sought)):
            predicate = Predicate.AWARDED
        elif sought is not None or re.match(r"[”’]?(?:等)?(?:创建|申报|认证|建设|争创)", group.after):
            predicate = Predicate.SEEKS
        else:
            return
        if predicate is Predicate.AWARDED and (re.search(r"力争|争取|确保", before) or _PUSHED.search(pushes)):
            predicate = Predicate.SEEKS
        verbs = (self.verbs["award"].search(before), self.verbs["seek-title"].search(before))
        first = min((m.start() for m in verbs if m is not None), default=len(before))
        last = min(at for at in (won, sought, len(before)) if at is not None)
        listed = subject and _LISTED_WITH.match(before)  # X、某地晋升…: said of X too
        if not listed and (self._somebody(before[:first]) or self._somebody(before[:last])):
            return
        actors = [e.key for e in subject] or [""]
        if "分别" in before and len(actors) == len(things) > 1:
            for actor, thing in zip(actors, things, strict=True):
                yield from said.relations((actor,), predicate, (thing.entity.key,), "relation-title")
            return
        yield from said.relations(actors, predicate, (t.entity.key for t in things), "relation-title")

    # Who, when

    def _somebody(self, before: str) -> bool:
        """Whether words before a verb name somebody that no rule knows (725所|荣获…), so that nobody can be told."""
        rest = re.split(r"[，；]", before)[-1].rpartition("、")[2]
        rest = re.sub(
            rf"20\d\d年|[一-鿿]{{1,3}}性|被[^，、]{{0,12}}|^等(?:{_SUMMED})[一-鿿]{{0,4}}"
            r"|(?:连续|第)[一二三四五六七八九十\d]+(?:年|次|届|轮)|围绕|聚焦|瞄准|紧扣|对标|锚定",
            "",
            rest,
        )
        return len(re.findall(r"[一-鿿\d]", self.adverbs.sub("", rest))) >= 2

    def _subject(self, clause: NamedClause, index: int, actors: frozenset[T]) -> list[Entity]:
        """Who does what the clause says: the group before, if only a verb parts it from this one; else nobody."""
        if index == 0:
            return []
        while index > 1 and _CHAINED.match(clause.groups[index].before.removeprefix(clause.groups[index - 1].before)):
            index -= 1  # …县建设A、创建B: one subject
        earlier = clause.groups[index - 1]
        if _granted_by(clause, index):
            if index < 2:
                return []
            earlier = clause.groups[index - 2]  # X被Y评为Z
        if not all(t.entity.entity_type in actors for t in earlier.things):
            return []
        between = clause.groups[index].before
        if (
            len(between) > 24
            or re.search(rf"[。；]|^(?:的|等(?!{_SUMMED}))", between)
            or not re.search(r"[一-鿿]{2}|[获夺创]", between)
            or between.endswith(("、", "和", "与", "及"))
        ):
            return []
        together = re.search(r"(?:与|和|同)$", earlier.before) and _TOGETHER.match(between)
        if not together and _NOT_SUBJECT.search(earlier.before):
            return []
        found = [t.entity for t in earlier.things]
        at = clause.groups.index(earlier)
        while at and re.fullmatch(r"的[“《]?", clause.groups[at].before):
            at -= 1  # 甲公司的“A”、乙公司的“B”获评…: A and B
            found += [t.entity for t in clause.groups[at].things[:-1]]
        return found

    def _when(self, clause: NamedClause) -> tuple[str, bool]:
        """The period a clause speaks of, and whether it lies ahead."""
        meta, part = self.metadata, clause.sentence.part
        planned = part in (Part.PLAN, Part.TERM_PLAN, Part.GOVERNMENT)
        year = _YEAR.search(clause.text)
        if year is not None and not planned and meta.review_year and int(year[1]) <= meta.review_year:
            return year[1], False
        if part is Part.TERM_REVIEW and meta.review_term:
            return f"{meta.review_term[0]}-{meta.review_term[1]}", False
        if part is Part.TERM_PLAN and meta.plan_term:
            return f"{meta.plan_term[0]}-{meta.plan_term[1]}", True
        when = meta.plan_year if planned else meta.review_year
        return (str(when) if when else ""), planned


def _granted_by(clause: NamedClause, index: int) -> bool:
    """Whether what is named before a title is who grants it: 被|省文旅厅|确定为…."""
    if not index:
        return False
    earlier = clause.groups[index - 1]
    return earlier.before.endswith(("被", "获", "经", "由", "受到")) and earlier.things[-1].entity.entity_type in (
        T.ORGANIZATION,
        T.ENTERPRISE,
    )


def _with_owner(clause: NamedClause, index: int) -> Group:
    """A group with the verb before the body or place whose it is: 落实|省委、省政府《…规划》."""
    group = clause.groups[index]
    if not index or not re.fullmatch(r"的?[“《]", group.before):
        return group
    owner = clause.groups[index - 1]
    if not all(t.entity.entity_type in (T.ORGANIZATION, T.PLACE) for t in owner.things):
        return group
    return Group(group.things, owner.before + group.before, group.after, group.start, group.end)


def _settle(group: Group, place: Group) -> bool:
    """Whether a group's things are said to come to the place after them: …落户H, …在H揭牌."""
    last = place.things[-1].entity
    if not all(t.entity.entity_type in _SETTLERS for t in group.things):
        return False
    if _SETTLED.fullmatch(place.before):
        return last.entity_type in HOSTS
    return (
        bool(_AT.fullmatch(place.before))
        and last.entity_type in (*HOSTS, T.ORGANIZATION, T.FACILITY)
        and bool(_OPENED.match(place.after))
    )


def _pattern(words: Lexicon, name: str) -> re.Pattern[str]:
    listed = sorted((w for w in words.cues[name] if len(w) > 1 or w in "获创"), key=lambda w: (-len(w), w))
    return re.compile("|".join(map(re.escape, listed)))


def _last(pattern: re.Pattern[str], text: str) -> int | None:
    """Where the last verb of a pattern stands in the text before a thing; ``None`` without one."""
    found = None
    for match in pattern.finditer(text[-24:]):
        found = match.start() + max(0, len(text) - 24)
    return found
