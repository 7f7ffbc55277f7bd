"""Mentions to entities: one record for one thing of this document, under its fullest name.

Invariant: every mention belongs to exactly one entity; two names are one thing only where the document's own words
make them so: the same name, a level word completed by the report's place (市委), or a short form of exactly one fuller
name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kg.claims.claim import Entity
from kg.iris import normal_name
from kg.reading.edition import Edition
from kg.recognition.spans import EntityType as T
from kg.recognition.spans import Mention
from kg.vocabulary.divisions import Division, Divisions

NATION = "place:000000"  # what belongs to no division: 国务院, 京津冀, nation-wide programmes

_LEVEL = re.compile(r"(?:中共)?(?P<level>自治区|自治州|自治县|省|市|县|区|州|盟|旗)(?=[一-鿿“])")
_NO_LEVEL = re.compile(
    r"[省市县区州盟旗]+(?:[县区乡镇]|两级|三级|四级|五级)|[省市县区州盟旗](?:场|民(?!族|政|生)|域|级|块|区|城|属|直|内|外|容|际|长|情|道|间|位|花|价|值|有|营(?!商)|乡|镇)"
)
_FIRM_END = re.compile(r"(?:集团|公司|有限|责任|股份|控股|总|分|子)+$")
_TRADE = re.compile(
    r"[药铝铜纸酒矿钢乳种木茶煤锂硅钛车]业|制药|医药|食品|汽车|电子|科技|股份"
)  # what short names leave out
_OF_MANY = frozenset("中国华")  # groups with a firm for each trade (中航, 国药, 华润)
_COMPLETED = frozenset({T.ORGANIZATION, T.EVENT, T.FACILITY, T.PROJECT, T.POLICY, T.PROGRAMME, T.ZONE, T.BRAND})
_THINGS = frozenset({T.PROJECT, T.FACILITY, T.ZONE})


@dataclass(slots=True)
class _Draft:
    """An entity in the making."""

    name: str
    entity_type: T
    mentions: list[Mention] = field(default_factory=list)
    aliases: list[str] = field(default_factory=list)
    code: str = ""
    national: bool = False


def resolve_entities(edition: Edition, mentions: Sequence[Mention], divisions: Divisions) -> tuple[Entity, ...]:
    """One entity for each thing that ``mentions`` name, in the order of their first mention.

    Names begun with a level word get the division it stands for (市委 → 贵阳市委); a short form joins the one fuller
    name of its type that it abbreviates; mentions take the type and full name of their entity.
    """
    year = edition.metadata.plan_year
    levels = level_words(divisions, edition.metadata.place, year)
    drafts: dict[tuple[T, str], _Draft] = {}
    for mention in _one_type_for_a_name(mentions):
        surface = edition.norm[mention.start : mention.end]
        code = mention.code
        name = mention.name
        if mention.entity_type is T.PLACE and code:
            division = divisions.by_code(code, year)
            name = division.name if division else name
            key = (T.PLACE, code)
        else:
            name = complete(name, mention.entity_type, levels)
            key = (mention.entity_type, normal_name(name))
        draft = drafts.setdefault(key, _Draft(name, mention.entity_type, code=code))
        if len(name) > len(draft.name) and not code:
            draft.name = name
        draft.mentions.append(mention)
        draft.national |= mention.rule in ("name-known", "place-region")
        for alias in (surface, mention.name):
            listed = "、" in alias and "、" not in mention.name  # 甲、乙高速公路 is the name of neither
            if alias not in draft.aliases and not listed:
                draft.aliases.append(alias)
    joined = _join_short_forms(list(drafts.values()))
    return tuple(
        _entity(draft, edition, divisions)
        for draft in sorted(joined, key=lambda d: (d.mentions[0].start, -d.mentions[0].end, d.name))
    )


def level_words(divisions: Divisions, home: str, year: int | None) -> dict[str, str]:
    """What a level word stands for in a report of ``home``: 市 → 贵阳市, 省 → 贵州省, 州 → 黔西南州.

    州, 县 and 旗 of an autonomous division stand for its short form, as texts name its bodies; 自治州 for its full one.
    """
    own = divisions.by_code(home, year) if home else None
    found: dict[str, str] = {}
    for division in (own, *(divisions.ancestors(home, year) if own else ())):
        if division is None:
            continue
        for level in _level_names(division):
            brief = division.name.endswith("自治" + level)
            found.setdefault(level, divisions.short_name(division) + level if brief else division.name)
    return found


def _level_names(division: Division) -> tuple[str, ...]:
    name = division.name
    for level in ("自治区", "自治州", "自治县", "自治旗"):
        if name.endswith(level):
            return (level, level[-1]) if level != "自治区" else (level,)
    return (name[-1],)


def complete(name: str, kind: T, levels: Mapping[str, str]) -> str:
    """``name`` with the division that its level word stands for; unchanged where it begins with none."""
    match = _LEVEL.match(name)
    if match is None or kind not in _COMPLETED or _NO_LEVEL.match(name) or match["level"] not in levels:
        return name
    return levels[match["level"]] + name[match.end("level") :]


def _one_type_for_a_name(mentions: Iterable[Mention]) -> list[Mention]:
    """Mentions with one type for one name: that which most of them have, the earliest of equals.

    A thing and the project that builds it bear the same name in one document; readers do not tell them apart. What is
    once called a title weighs more: 打造…中心 says what the word alone does not.
    """
    ordered = sorted(mentions, key=lambda m: (m.start, -m.end, m.entity_type))
    votes: dict[str, Counter[T]] = {}
    for mention in ordered:
        if mention.entity_type is not T.PLACE:
            weight = 2 if mention.rule.startswith(("name-title", "name-designation")) else 1
            votes.setdefault(normal_name(mention.name), Counter())[mention.entity_type] += weight
    found = []
    for mention in ordered:
        kinds = votes.get(normal_name(mention.name))
        if mention.entity_type is T.PLACE or kinds is None:
            found.append(mention)
        else:
            most = max(kinds, key=lambda kind: kinds[kind])
            same = most is mention.entity_type
            found.append(mention if same else replace(mention, entity_type=most, kind=""))
    return found


# Short forms


def _join_short_forms(drafts: list[_Draft]) -> list[_Draft]:
    """Drafts with short forms joined to the fuller name they abbreviate, where there is exactly one."""
    by_type: dict[T, list[_Draft]] = {}
    for draft in drafts:
        by_type.setdefault(draft.entity_type, []).append(draft)
    into: dict[int, _Draft] = {}
    for draft in drafts:
        if draft.code or draft.entity_type is T.PLACE:
            continue
        fuller = [
            other
            for kind in (_THINGS if draft.entity_type in _THINGS else {draft.entity_type})
            for other in by_type.get(kind, ())
            if other is not draft and abbreviates(draft.name, other.name, draft.entity_type)
        ]
        if len({normal_name(other.name) for other in fuller}) == 1:
            into[id(draft)] = fuller[0]
    kept = []
    for draft in drafts:
        target = into.get(id(draft))
        seen = {id(draft)}
        while target is not None and id(target) in into and id(target) not in seen:
            seen.add(id(target))
            target = into[id(target)]
        if target is None or target is draft:
            kept.append(draft)
            continue
        target.mentions = sorted([*target.mentions, *draft.mentions], key=lambda m: (m.start, -m.end))
        target.aliases += [alias for alias in (draft.name, *draft.aliases) if alias not in target.aliases]
        target.national |= draft.national
    return kept


def abbreviates(short: str, full: str, kind: T) -> bool:
    """Whether ``short`` is how a document shortens ``full`` after giving it once.

    A firm drops its legal form, its trade (永兴 for 永兴药业) or words between (永兴焦化 for 永兴煤焦化有限公司); a
    body drops 人民 of 人民政府; a programme drops 建设; a listed thing drops what it is (永兴金桥 for
    永兴金桥服务外包基地).
    """
    if len(short) >= len(full) or len(short) < 2:
        return False
    if kind is T.ENTERPRISE:
        bare = _FIRM_END.sub("", full)
        if _FIRM_END.sub("", short) == bare and len(bare) >= 2:
            return True
        if full.startswith(short) and short[0] not in _OF_MANY and _TRADE.fullmatch(full, len(short)):
            return True
        return (
            len(short) >= 4
            and bare[:2] == short[:2]
            and bare[-1] == short[-1]
            and _subsequence(short, bare)
            and len(bare) - len(short) <= 3
        )
    if kind is T.ORGANIZATION:
        return full.endswith("人民政府") and short == full.removesuffix("人民政府") + "政府"
    if kind in _THINGS:
        bare = short.removesuffix("项目")
        return (
            bare != short
            and len(bare) >= 3
            and full.startswith(bare)
            and len(full) - len(bare) >= 3
            and not re.search(r"期", full[len(bare) :])
        )
    if kind is T.PROGRAMME and full == short + "建设":
        return True
    if kind is T.HONOUR:
        ordinal = re.match(r"(?:第[一二三四五六七八九十百\d]+[批届次]|20\d\d年度?)", full)
        return ordinal is not None and full[ordinal.end() :] == short
    return False


def _subsequence(short: str, full: str) -> bool:
    rest = iter(full)
    return all(character in rest for character in short)


# Records


def _entity(draft: _Draft, edition: Edition, divisions: Divisions) -> Entity:
    name = draft.name
    key = f"place:{draft.code}" if draft.code else f"{draft.entity_type}:{normal_name(name)}"
    own = (m.kind for m in draft.mentions if m.kind and m.entity_type is draft.entity_type)
    kind = next(own, "")  # a project's kind says nothing of the zone it was joined to
    mentions = tuple(replace(m, entity_type=draft.entity_type, name=name, kind=kind) for m in draft.mentions)
    aliases = tuple(dict.fromkeys(a for a in draft.aliases if a != name))
    return Entity(
        key, draft.entity_type, name, aliases, mentions, kind, draft.code, _place_of(draft, edition, divisions)
    )


def _place_of(draft: _Draft, edition: Edition, divisions: Divisions) -> str:
    """Where an entity belongs: the division its name begins with, the nation for what all share, else the report's."""
    if draft.code:
        return ""
    if draft.national:
        return NATION
    year = edition.metadata.plan_year
    home = edition.metadata.place
    for length in range(min(len(draft.name) - 1, 12), 1, -1):
        named = divisions.named(draft.name[:length], year)
        if not named:
            continue
        family = {home, *(d.code for d in divisions.ancestors(home, year))} if home else set()
        near = [d for d in named if d.code in family or home in {a.code for a in divisions.ancestors(d.code, year)}]
        chosen = near[0] if near else named[0] if len(named) == 1 and named[0].level != "county" else None
        if chosen is not None:
            return "" if chosen.code == home else f"place:{chosen.code}"
    return ""
