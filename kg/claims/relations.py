"""What a text states between named things: where, by whom, part of what, in what state, won, sought, issued, done.

Invariant: a relation is stated by one clause, which is its evidence; nothing comes from outside the text but which
division a level word stands for. The subject "" is the report's own place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.claims.claim import Entity, Predicate, ProjectStatus, Relation
from kg.claims.entities import NATION
from kg.claims.relation_clauses import Group, Named, NamedClause, named_clauses
from kg.claims.relation_status import StatusWords, status_words, statuses
from kg.reading.edition import Edition, Metadata, Part
from kg.recognition.names.lexicon import Lexicon, lexicon
from kg.recognition.spans import EntityType as T
from kg.vocabulary import Vocabulary

_BUILT = frozenset({T.PROJECT, T.FACILITY, T.ZONE})
_STATED = frozenset({*_BUILT, T.ORGANIZATION, T.ENTERPRISE})
_TO_BE_REACHED = frozenset(
    {
        ProjectStatus.APPROVED,
        ProjectStatus.STARTED,
        ProjectStatus.COMPLETED,
        ProjectStatus.IN_OPERATION,
        ProjectStatus.RESUMED,
    }
)
_HOSTS = frozenset({T.PLACE, T.ZONE})
_ACTORS = frozenset({T.PLACE, T.ZONE, T.FACILITY, T.ORGANIZATION, T.ENTERPRISE, T.BRAND})
_LINE = re.compile(r"[至—-].*(?:铁路|高速|公路|高铁|快速路|通道|专线|航线|班列|联络线|线|段)(?:.{0,6}(?:工程|项目))?$")
_PHASE = re.compile(r"(?:首|第?[一二三四五六])期(?:工程|项目)?$")
_YEAR = re.compile(r"(20\d\d)年(?!至|—|-|以来|前|底前)")


def relate(edition: Edition, entities: Sequence[Entity], vocabulary: Vocabulary) -> tuple[Relation, ...]:
    """The relations of an edition, in text order, each statement once."""
    words = lexicon(vocabulary)
    states = status_words(vocabulary.scheme("project-status"))
    home = f"place:{edition.metadata.place}" if edition.metadata.place else ""
    reader = _Reader(edition.metadata, home, {e.key: e for e in entities}, words, states)
    found: dict[tuple[str, str, str, str, int], Relation] = {}
    for clause in named_clauses(edition, entities):
        for relation in reader.read(clause):
            subject = "" if relation.subject == home else relation.subject
            key = (subject, relation.predicate, relation.object, relation.period, relation.start)
            if relation.object != home or relation.predicate is Predicate.HAS_STATUS:
                found.setdefault(key, relation)
    return tuple(sorted(found.values(), key=lambda r: (r.start, r.end, r.subject, r.predicate, r.object)))


class _Reader:
    """Reads clauses of one edition: what stays the same from clause to clause."""

    def __init__(
        self, metadata: Metadata, home: str, entities: dict[str, Entity], words: Lexicon, states: StatusWords
    ) -> None:
        self.metadata = metadata
        self.home = home
        self.entities = entities
        self.names = {(e.entity_type, e.name): e for e in entities.values()}
        self.states = states
        listed = sorted(
            (w for name in ("adverb", "nominal", "run", "seek", "award") for w in words.cues[name]),
            key=lambda w: (-len(w), w),
        )
        self.adverbs = re.compile("我们|" + "|".join(map(re.escape, (w for w in listed if len(w) > 1))))
        self.verbs = {name: _pattern(words, name) for name in ("run", "issue", "award", "seek-title", "award-weak")}

    def read(self, clause: NamedClause) -> Iterator[Relation]:
        """All relations that a clause states."""
        for group in clause.groups:
            for thing in group.things:
                yield from self._by_name(clause, thing)
        for index, group in enumerate(clause.groups):
            yield from self._stated(clause, index, group)

    # From the name alone

    def _by_name(self, clause: NamedClause, thing: Named) -> Iterator[Relation]:
        entity = thing.entity
        start, end = clause.start, clause.end
        phase = _PHASE.search(entity.name)
        if phase is not None and entity.entity_type in _BUILT:
            whole = entity.name[: phase.start()]
            for kind in (entity.entity_type, T.ZONE, T.FACILITY, T.PROJECT):
                parent = self.names.get((kind, whole))
                if parent is not None and parent is not entity:
                    yield Relation(start, end, entity.key, Predicate.PART_OF, parent.key, rule="relation-phase")
                    break
        if entity.entity_type in (*_BUILT, T.ORGANIZATION) and not thing.mention.rule.startswith("name-body"):
            hosts = [n for n in self._inside(thing) if n.entity.entity_type in _HOSTS and n.entity is not entity]
            if _LINE.search(entity.name):
                hosts = []  # a line from one place to another lies in neither
            near = [n for n in hosts if self._locates(n.entity)]
            zones = [n for n in near if n.entity.entity_type is T.ZONE]
            for host in zones[-1:] or [n for n in near if n.entity.entity_type is T.PLACE]:
                part = entity.entity_type is T.ZONE and host.entity.entity_type is T.ZONE
                predicate = Predicate.PART_OF if part else Predicate.LOCATED_IN
                yield Relation(start, end, entity.key, predicate, host.entity.key, rule="relation-name-place")
            for zone in zones:
                for place in near:
                    if place.entity.entity_type is T.PLACE and zone.start <= place.start and place.end <= zone.end:
                        yield Relation(
                            start,
                            end,
                            zone.entity.key,
                            Predicate.LOCATED_IN,
                            place.entity.key,
                            rule="relation-name-place",
                        )
        if entity.entity_type is T.PROJECT:
            firms = [n for n in thing.inside if n.entity.entity_type is T.ENTERPRISE and n.start == thing.start]
            for firm in firms[:1]:
                yield Relation(
                    start, end, entity.key, Predicate.UNDERTAKEN_BY, firm.entity.key, rule="relation-name-firm"
                )

    def _inside(self, thing: Named) -> list[Named]:
        return [n for n in thing.inside if (n.start, n.end) != (thing.start, thing.end)]

    def _locates(self, host: Entity) -> bool:
        """Whether a place says more than the report's own place does: it is below it or elsewhere, not above."""
        if host.entity_type is not T.PLACE:
            return True
        code = self.home.removeprefix("place:")
        if not host.code:
            return host.place != NATION
        return host.code != code and host.code.startswith(_stem(code))

    # From verbs

    def _stated(self, clause: NamedClause, index: int, group: Group) -> Iterator[Relation]:
        subject = self._subject(clause, index)
        for kind in dict.fromkeys(t.entity.entity_type for t in group.things):
            things = [t for t in group.things if t.entity.entity_type is kind]
            if kind in _STATED:
                yield from self._states(clause, group, things, subject)
            if kind in (T.PROGRAMME, T.POLICY):
                yield from self._plans(clause, group, things, kind, subject)
            if kind is T.HONOUR:
                yield from self._titles(clause, index, group, things, subject)

    def _states(
        self, clause: NamedClause, group: Group, things: list[Named], subject: list[Entity]
    ) -> Iterator[Relation]:
        found = statuses(group.before, group.after, self.states)
        bodies = things[0].entity.entity_type in (T.ORGANIZATION, T.ENTERPRISE)
        if bodies:
            mixed = any(t.entity.entity_type in _BUILT for t in group.things)
            built = re.search(r"建设|成立|挂牌|组建|揭牌|开诊|新建|建成|投用|启用", group.before[-8:] + group.after[:8])
            if (not mixed and not built) or things[0].mention.rule == "name-body":
                return
            if things[0].entity.entity_type is T.ENTERPRISE and not mixed:
                return
            if re.search(r"成立|挂牌|组建|揭牌", group.before[-6:] + group.after[:12]):
                found = (ProjectStatus.IN_OPERATION,)
        period, planned = self._when(clause)
        for status in found:
            target = planned and status in _TO_BE_REACHED
            for thing in things:
                yield Relation(
                    clause.start,
                    clause.end,
                    thing.entity.key,
                    Predicate.HAS_STATUS,
                    status,
                    period,
                    target,
                    "relation-status",
                )
        if found:
            for place in subject:
                if place.entity_type is T.PLACE and place.key != self.home:
                    for thing in things:
                        if not any(n.entity.entity_type in _HOSTS and self._locates(n.entity) for n in thing.inside):
                            yield Relation(
                                clause.start,
                                clause.end,
                                thing.entity.key,
                                Predicate.LOCATED_IN,
                                place.key,
                                rule="relation-subject-place",
                            )

    def _plans(
        self, clause: NamedClause, group: Group, things: list[Named], kind: T, subject: list[Entity]
    ) -> Iterator[Relation]:
        period, planned = self._when(clause)
        if re.search(r"(?:是|为)(?:实现)?$|拥护|践行", group.before[-6:]) or re.match(
            r"[”’]?(?:目标任务|规划)?(?:的关键|收官|开局|实施以来)", group.after
        ):
            return
        issued = _last(self.verbs["issue"], group.before)
        run = _last(self.verbs["run"], group.before)
        said = re.match(
            r"[^，。]{0,10}?(?:推进|实施|开展|完成|落实|收官|推行|见效|覆盖|启动|推广|执行|深化|兑现|运行)", group.after
        )
        actors = [e.key for e in subject] or [""]
        if kind is T.POLICY and issued is not None and (run is None or issued >= run - 2):
            for actor in actors:
                for thing in things:
                    yield Relation(
                        clause.start,
                        clause.end,
                        actor,
                        Predicate.ISSUED,
                        thing.entity.key,
                        period,
                        planned,
                        "relation-issued",
                    )
            return
        if kind is T.POLICY and re.search(r"(?:列入|纳入|实现|对标|对接)[^，。]{0,3}$", group.before):
            return
        sought = kind is T.PROGRAMME and _last(self.verbs["seek-title"], group.before) is not None
        if (
            run is not None
            or sought
            or re.search(r"作为[“]?$", group.before)
            or said
            or (re.search(r"以[“‘]?$", group.before) and re.match(r"[”’]?为(?:载体|抓手|引领|统领|重点)", group.after))
        ):
            for actor in actors:
                for thing in things:
                    yield Relation(
                        clause.start,
                        clause.end,
                        actor,
                        Predicate.IMPLEMENTS,
                        thing.entity.key,
                        period,
                        False,
                        "relation-carried-out",
                    )
        if (
            kind is T.PROGRAMME
            and re.match(r"[”’]?[^，。、]{0,4}(?:全面完成|圆满收官|圆满完成|如期完成|顺利完成|收官)", group.after)
        ) or (kind is T.PROGRAMME and re.search(r"(?:全面|基本|如期|圆满|顺利)?完成[^，。、]{0,4}$", group.before)):
            for thing in things:
                yield Relation(
                    clause.start,
                    clause.end,
                    thing.entity.key,
                    Predicate.HAS_STATUS,
                    ProjectStatus.COMPLETED,
                    period,
                    planned,
                    "relation-finished",
                )

    def _titles(
        self, clause: NamedClause, index: int, group: Group, things: list[Named], subject: list[Entity]
    ) -> Iterator[Relation]:
        period, _ = self._when(clause)
        won = _last(self.verbs["award"], group.before)
        sought = _last(self.verbs["seek-title"], group.before)
        success = re.search(
            r"成功(?:创建|申报|获批|入选|争创|创成)|创成|获批(?!创建)|通过[^，。]{0,8}(?:验收|认定|复审|评估)",
            group.before + group.after,
        )
        if re.search(r"获批创建|力争|争取|积极|加快|支持|全力", group.before) and sought is not None:
            predicate = Predicate.SEEKS
        elif success or (won is not None and (sought is None or won > sought)):
            predicate = Predicate.AWARDED
        elif sought is not None or re.match(r"[”’]?(?:等)?(?:创建|申报|认证|建设|争创)", group.after):
            predicate = Predicate.SEEKS
        else:
            return
        if predicate is Predicate.AWARDED and re.search(r"力争|争取|确保", group.before):
            predicate = Predicate.SEEKS
        verb = min(at for at in (won, sought, len(group.before)) if at is not None)
        if not subject and self._somebody(group.before[:verb]):
            return
        actors = [e.key for e in subject] or [""]
        for actor in actors:
            for thing in things:
                if thing.entity.key != actor:
                    yield Relation(
                        clause.start, clause.end, actor, predicate, thing.entity.key, period, False, "relation-title"
                    )

    # Who, when

    def _somebody(self, before: str) -> bool:
        """Whether words before a verb name somebody that no rule knows (725所|荣获…), so that it is not the place."""
        rest = self.adverbs.sub("", re.split(r"[，；]", before)[-1])
        return len(re.findall(r"[一-鿿\d]", rest)) >= 2

    def _subject(self, clause: NamedClause, index: int) -> list[Entity]:
        """Who does what the clause says: the group before, if only a verb parts it from this one; else nobody."""
        if index == 0:
            return []
        while index > 1 and re.match(r"[、，]", clause.groups[index].before):
            index -= 1  # …县建设A、创建B: one subject
        earlier = clause.groups[index - 1]
        if earlier.before.endswith("被") and index > 1:
            earlier = clause.groups[index - 2]  # X被Y评为Z
        if not all(t.entity.entity_type in _ACTORS for t in earlier.things):
            return []
        between = clause.groups[index].before
        if len(between) > 24 or re.search(r"[。；]|^(?:的|等)", between) or not re.search(r"[一-鿿]{2}", between):
            return []
        if re.search(r"(?:与|和|同|向|对|为|在|从|于|到|至|落实|贯彻|接受|关于)$", earlier.before):
            return []
        return [t.entity for t in earlier.things]

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


def _stem(code: str) -> str:
    """What the codes of all divisions below one begin with: 5202 for 520200, 52 for 520000, 520203 for 520203."""
    return code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code


def _pattern(words: Lexicon, name: str) -> re.Pattern[str]:
    listed = sorted((w for w in words.cues[name] if len(w) > 1 or w in "获创"), key=lambda w: (-len(w), w))
    return re.compile("|".join(map(re.escape, listed)))


def _last(pattern: re.Pattern[str], text: str) -> int | None:
    """Where the last verb of a pattern stands in the text before a thing; ``None`` without one."""
    found = None
    for match in pattern.finditer(text[-24:]):
        found = match.start() + max(0, len(text) - 24)
    return found
