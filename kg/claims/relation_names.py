"""What a thing's name alone states: where it lies, what it is part of, whose it is.

Invariant: both ends of a relation stand in the name, and each end is an entity of the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from kg.claims.claim import Entity, Predicate, Relation
from kg.claims.relation_clauses import Named, NamedClause
from kg.recognition.spans import EntityType as T
from kg.vocabulary.divisions import below

BUILT = frozenset({T.PROJECT, T.FACILITY, T.ZONE})
HOSTS = frozenset({T.PLACE, T.ZONE})

# A line from one place to another lies in neither.
_LINE = re.compile(r"[至—-].*(?:铁路|高速|公路|高铁|快速路|通道|专线|航线|班列|联络线|线|段)(?:.{0,6}(?:工程|项目))?$")
_PHASE = re.compile(r"[（(]?(?:首|第?[一二三四五六])期[）)]?(?P<tail>工程|项目|建设)?$")
_KINDS_OF_WORK = ("", "项目", "工程")
# Rules that find regions and nation-wide names: nothing is located by these.
_WIDE = frozenset({"place-region", "name-known"})
_ROAD = re.compile(r"(?:铁路|公路|高速|大道|路|线|渠|管道|大桥|隧道|[GSX]\d{2,3})$")
_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")
# What of a school, a hospital or a plant is a part of it on another site, and what is built on its own.
_SITE = re.compile(r"(?:新?[院校园厂]区|新院|分院|分校|新址)$")
_ON_ITS_GROUND = re.compile(r"楼|改造|扩建|扩容|提标|新建|配套|迁建")


def by_name(
    clause: NamedClause,
    thing: Named,
    names: Mapping[tuple[T, str], Entity],
    firms: Mapping[str, Entity],
    home: str,
) -> Iterator[Relation]:
    """The relations that the name of ``thing`` states; ``names`` are the document's entities by type and name.

    ``firms`` are its enterprises by every name they have, ``home`` is the key of the report's own place.
    """
    entity = thing.entity
    if thing.mention.rule.startswith("name-body"):
        return
    found = (
        *_phase(entity, names),
        *_stretch(thing),
        *_village(thing, home),
        *_hosts(thing, home),
        *_body(thing),
        *_firm(thing, firms),
    )
    for predicate, other, rule in found:
        subject, target = other if isinstance(other, tuple) else (entity, other)
        if subject is not target:
            yield Relation(clause.start, clause.end, subject.key, predicate, target.key, rule=rule)


def firm_names(entities: Iterable[Entity]) -> dict[str, Entity]:
    """The enterprises of a document by name and alias, longest first."""
    firms = [e for e in entities if e.entity_type is T.ENTERPRISE]
    labels = {label: e for e in firms for label in (*e.aliases, e.name) if len(label) > 1}
    return dict(sorted(labels.items(), key=lambda pair: (-len(pair[0]), pair[0])))


def locates(named: Named, home: str) -> bool:
    """Whether a place says more than the report's own place does: it is below it or elsewhere, not above."""
    host = named.entity
    if host.entity_type is not T.PLACE:
        return True
    code = home.removeprefix("place:")
    if not host.code:
        return named.mention.rule not in _WIDE
    return host.code != code and host.code.startswith(below(code))


_Stated = tuple[Predicate, Entity | tuple[Entity, Entity], str]


def whole_of(entity: Entity, names: Mapping[tuple[T, str], Entity]) -> Entity | None:
    """The thing that a phase is a phase of, where the document names it."""
    phase = _PHASE.search(entity.name)
    if phase is None or entity.entity_type not in (*BUILT, T.ORGANIZATION):
        return None
    stem = entity.name[: phase.start()].removesuffix("项目").removesuffix("工程")
    for kind in (entity.entity_type, T.ZONE, T.FACILITY, T.PROJECT):
        for work in _KINDS_OF_WORK:
            whole = names.get((kind, stem + work))
            if whole is not None and whole is not entity:
                return whole
    return None


def _phase(entity: Entity, names: Mapping[tuple[T, str], Entity]) -> Iterator[_Stated]:
    whole = whole_of(entity, names)
    if whole is not None:
        yield Predicate.PART_OF, whole, "relation-phase"


_STRETCH = re.compile(r"[\u4e00-\u9fff—至]{1,8}(?:段|片区)(?:工程|项目|[一二三四]期)?")


_VILLAGE = re.compile(r"^.{3,10}(?:村|社区|岛|街道|[镇乡])$")
_SPOT = re.compile(r"(?:村|社区|岛)$")
_TOWN = re.compile(r"(?:街道|[镇乡])$")
_TOWNSHIP = re.compile(r"(?:街道|[镇乡州县区市])$")


def _village(thing: Named, home: str) -> Iterator[_Stated]:
    """A village, or a division told with the one above it (花溪区|青岩镇), is a part of what its name begins with; a
    village or an island of a county lies there.
    """
    if thing.entity.entity_type is not T.PLACE or not (thing.entity.code or _VILLAGE.search(thing.entity.name)):
        return
    above = [n for n in _inside(thing) if n.start == thing.start and n.end < thing.end]
    towns = [n for n in above if n.entity.entity_type is T.PLACE and _TOWNSHIP.search(n.entity.name)]
    for town in towns[-1:]:
        county = _SPOT.search(thing.entity.name) and not _TOWN.search(town.entity.name)
        if not county or locates(town, home):
            yield (Predicate.LOCATED_IN if county else Predicate.PART_OF), town.entity, "relation-village"


def _stretch(thing: Named) -> Iterator[_Stated]:
    """A stretch of a line, an area of a zone: 雄织高铁青厚段 is a part of 雄织高铁."""
    for n in _inside(thing):
        if n.start != thing.start or n.entity.entity_type not in (T.FACILITY, T.ZONE):
            continue
        if _STRETCH.fullmatch(thing.entity.name.removeprefix(n.entity.name)):
            yield Predicate.PART_OF, n.entity, "relation-stretch"


def _inside(thing: Named) -> list[Named]:
    """The names inside a name; of a list with a shared head (A、B医院) only those that are in this member's name."""
    shared = thing.mention.rule.startswith("name-shared")
    return [
        n
        for n in thing.inside
        if (n.start, n.end) != (thing.start, thing.end)
        and n.entity is not thing.entity
        and (
            not shared
            or any(len(label) > 1 and label in thing.entity.name for label in (n.entity.name, *n.entity.aliases))
        )
    ]


def _hosts(thing: Named, home: str) -> Iterator[_Stated]:
    entity = thing.entity
    if entity.entity_type not in (*BUILT, T.ORGANIZATION) or _LINE.search(_BRACKETS.sub("", entity.name)):
        return
    body = _body_at_start(thing)
    ground = body.end if body is not None and _on_its_ground(thing, body) else thing.start
    hosts = [
        n
        for n in _inside(thing)
        if n.entity.entity_type in HOSTS and n.start >= ground and not _is_phase_of(entity, n.entity)
    ]
    near = [n for n in hosts if locates(n, home)]
    zones = [n for n in near if n.entity.entity_type is T.ZONE]
    places = [n for n in near if n.entity.entity_type is T.PLACE]
    # After a division a short name (县 + 地名 + 电站) may be a spot as well as the township it sounds like
    places = [n for n in places if n is places[0] or n.mention.rule != "place-short-name"]
    for host in zones[-1:] or places:
        part = entity.entity_type is T.ZONE and host.entity.entity_type is T.ZONE
        yield (Predicate.PART_OF if part else Predicate.LOCATED_IN), host.entity, "relation-name-place"
    for zone in zones:
        for place in places:
            if zone.start <= place.start and place.end <= zone.end:
                yield Predicate.LOCATED_IN, (zone.entity, place.entity), "relation-name-place"
    if not near and entity.entity_type in BUILT:
        own = [n for n in hosts if n.entity.key == home and (body is None or n.start >= body.end)]
        for host in own[:1]:
            yield Predicate.LOCATED_IN, host.entity, "relation-name-place"


def _is_phase_of(entity: Entity, other: Entity) -> bool:
    """Whether a name is the other's with 二期, 项目 or both."""
    phase = _PHASE.search(entity.name)
    return (
        entity.name[: phase.start()] if phase else re.sub(r"(?:建设)?(?:项目|工程)$", "", entity.name)
    ) == other.name


def _body_at_start(thing: Named) -> Named | None:
    bodies = [
        n for n in _inside(thing) if n.entity.entity_type in (T.ORGANIZATION, T.FACILITY) and n.start == thing.start
    ]
    return max(bodies, key=lambda n: n.end) if bodies else None


def _body(thing: Named) -> Iterator[_Stated]:
    """…医院病房楼 stands in the hospital; …医院新院区 is a part of it."""
    body = _body_at_start(thing)
    if body is None or thing.entity.entity_type not in (*BUILT, T.ORGANIZATION):
        return
    rest = thing.entity.name.removeprefix(body.entity.name)
    if _on_its_ground(thing, body):
        yield Predicate.LOCATED_IN, body.entity, "relation-name-body"
    elif _SITE.search(rest) or _ON_ITS_GROUND.search(rest):
        yield Predicate.PART_OF, body.entity, "relation-name-body"


def _on_its_ground(thing: Named, body: Named) -> bool:
    rest = thing.entity.name.removeprefix(body.entity.name)
    return bool(_ON_ITS_GROUND.search(rest)) and not _PHASE.search(rest) and not _ROAD.search(body.entity.name)


_PLACED = re.compile(r"$|新?[区城]|[市县镇乡村路街湾岛河湖山]|大道")  # a place of the same name


def _firm(thing: Named, firms: Mapping[str, Entity]) -> Iterator[_Stated]:
    """A project or a park with a firm's name at its head, or right after a place's, is the firm's undertaking."""
    if thing.entity.entity_type not in BUILT:
        return
    name = thing.entity.name
    line = name.endswith(("代线", "生产线"))
    facility = thing.entity.entity_type is T.FACILITY and not line and not _PHASE.search(name)
    predicate = Predicate.OPERATED_BY if facility else Predicate.UNDERTAKEN_BY
    read, at = 0, thing.start
    firm: Entity | None = None
    for n in sorted(thing.inside, key=lambda n: (n.start, -n.end)):
        if n.start == at and n.entity.entity_type is T.ENTERPRISE:
            read, firm = n.end - thing.start, n.entity
            break
        if n.start == at and n.entity.entity_type is T.PLACE and n.end < thing.end:
            at = n.end
    # The document may name a firm elsewhere that this name begins with.
    known = next((label for label in firms if name.startswith(label) and not _PLACED.match(name, len(label))), "")
    if len(known) > max(read, at - thing.start):
        firm = firms[known]
    if firm is not None:
        yield predicate, firm, "relation-name-firm"
