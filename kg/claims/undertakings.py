"""Promises and achievements: what a government says it will do or has done, as verb and object, clause by clause.

Invariant: a clause gives at most one undertaking: a promise in the parts that plan, an achievement in those that
review.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kg.claims.claim import Entity, Observation, Undertaking
from kg.claims.deadlines import deadline, deadline_alone
from kg.claims.relation_clauses import spans_between_stops
from kg.reading.edition import Edition, Part, Section, Sentence
from kg.recognition.names.lexicon import Lexicon, lexicon
from kg.recognition.spans import EntityType as T
from kg.vocabulary import Vocabulary
from kg.vocabulary.concepts import Scheme

_PLANNED = frozenset({Part.PLAN, Part.TERM_PLAN, Part.GOVERNMENT})
_REVIEWED = frozenset({Part.REVIEW, Part.TERM_REVIEW})
# A livelihood item may be promised as a state: 覆盖率达100%.
_REACHED = re.compile(r"(?P<object>[^，。；]+?(?P<verb>达到|达|实现|保持|稳定在|控制在)[^，。；]+)", re.S)
# A thing that is finished or to be finished: …高速公路建成通车.
_DONE = re.compile(
    r"(?P<object>[^，。；的]{3,60}?)"
    r"(?:全部|全面|全线|基本|正式|顺利|如期|相继|陆续|即将|年内|年底前|(?:20\d\d年)?\d{1,2}月(?:底|份)?前?|[上下]半年)*"
    r"(?P<verb>建成(?:投产|投用|通车|运营|使用|启用)?|竣工(?:投产)?|投产(?:达产)?|通车|开工(?:建设)?|动工|投入(?:使用|运营|运行)"
    r"|并网发电|挂牌(?:成立|运营)?|开园|开馆|开业|开诊|启用|落户|复工|完工)(?=$|[^一-鿿”’》]|并|运|发)"
)
_QUOTED = re.compile(r"“[^“”\n]{1,60}”|《[^《》\n]{1,60}》")
# What is left of a clause such as 加快建设步伐 once its verb is taken off: it names nothing that could be done.
_EMPTY = re.compile(
    r"(?:步伐|功能|工程|工作|建设|规划|行动|进度|力度|水平|能力|规模|修订|调整|机制|任务|目标|合作"
    r"|推进|实施|完成|落实|投用|投产|通车|开业|营业|开放|开园|开馆|开诊|成立|运营|运行|使用|筹建|设立|挂牌|提升|发展|做[优大强精])+"
)
_ACTORS = frozenset({T.PLACE, T.ZONE, T.ORGANIZATION, T.ENTERPRISE})
_OURSELVES = re.compile(r"我们|[我全][省市县区州盟旗]|各级各部门")
_BACKING = re.compile(r"支持|鼓励|引导|指导|督促|推动|帮助")
_JOINS = re.compile(r"(?:、|和|与|及)")
_ITEM = re.compile(
    r"^\s*(?:（(?P<han>[一二三四五六七八九十]{1,3})）|(?P<digits>\d{1,2})[.．、]|（(?P<round>\d{1,2})）|(?P<word>[一二三四五六七八九十]{1,3})是)"
)
_LIVELIHOOD = re.compile(r"(?:民生|惠民|为民)[^，。\n]{0,4}实事|实事[^，。\n]{0,4}(?:项目|工程)")
_HAN = "一二三四五六七八九十"


def undertake(
    edition: Edition, entities: Sequence[Entity], observations: Sequence[Observation], vocabulary: Vocabulary
) -> tuple[Undertaking, ...]:
    """The promises and achievements of an edition, in text order."""
    words = lexicon(vocabulary)
    verb = _verb_pattern(words)
    areas = _Areas(vocabulary.scheme("policy-area"))
    named = _outermost(entities)
    starts = [n.start for n in named]
    figures = sorted(observations, key=lambda o: o.start)
    figure_starts = [o.start for o in figures]
    found: list[Undertaking] = []
    items = _Items(edition)
    for sentence in edition.sentences:
        item = items.of(sentence)
        if sentence.part not in _PLANNED and sentence.part not in _REVIEWED:
            continue
        section = edition.sections[sentence.section] if sentence.section < len(edition.sections) else None
        announced = ""  # 到2025年，… holds for the clauses that follow it in the sentence
        for start, end in spans_between_stops(edition.norm, sentence.start, sentence.end):
            text = edition.norm[start:end]
            announced = deadline_alone(text, edition.metadata.plan_year) or announced
            inside = [n for n in named[bisect_left(starts, start) : bisect_left(starts, end)] if n.end <= end]
            quantities = tuple(
                o.start for o in figures[bisect_left(figure_starts, start) : bisect_left(figure_starts, end)]
            )
            if not quantities and all(n.entity_type is T.PLACE for n in inside):
                continue
            who, length = _subject(text, start, inside)
            match = verb.match(text, length) or verb.match(text) or (_REACHED.match(text) if item is not None else None)
            if match is None or _EMPTY.fullmatch(match["object"]):
                match = _DONE.match(_QUOTED.sub(lambda m: "“" * len(m.group()), text))
            if match is None:
                continue
            topic = match.start("topic") if match.groupdict().get("topic") else -1
            if match.start() != length:
                who = []
            by_when = deadline(text, edition.metadata.plan_year) or announced
            found.append(
                Undertaking(
                    start=start,
                    end=end,
                    achieved=sentence.part in _REVIEWED,
                    verb=match["verb"],
                    object=edition.norm[
                        start + (topic if topic >= 0 else match.start("object")) : start + match.end("object")
                    ].strip(),
                    observations=quantities,
                    deadline=by_when if sentence.part in _PLANNED else "",
                    policy_area=areas.of(_headings(edition, section), edition.norm[sentence.start : sentence.end]),
                    concerns=tuple(dict.fromkeys(n.key for n in inside if n.key not in who)),
                    responsible=tuple(who),
                    item=item,
                    rule="undertaking-clause",
                )
            )
    return tuple(found)


class _Name(NamedTuple):
    """A name where it stands."""

    start: int
    end: int
    key: str
    entity_type: T


def _outermost(entities: Sequence[Entity]) -> list[_Name]:
    """The names that are not part of a longer name (a lake's name in that of a bridge says nothing of the lake)."""
    names = sorted(
        (_Name(m.start, m.end, e.key, e.entity_type) for e in entities for m in e.mentions),
        key=lambda n: (n.start, -n.end, n.key),
    )
    shared = {m.start for e in entities for m in e.mentions if m.rule.startswith("name-shared")}
    found: list[_Name] = []
    for name in names:
        holders = [n for n in found[-8:] if n.end >= name.end and (n.start, n.end) != (name.start, name.end)]
        things = name.entity_type not in (T.PLACE, T.ENTERPRISE)
        if all(n.start in shared and things for n in holders):
            found.append(name)
    return found


def _subject(text: str, start: int, inside: Sequence[_Name]) -> tuple[list[str], int]:
    """Who a clause names first as the one who acts, and how far into the clause that goes: 水城区、盘州市|建成…."""
    backing = _BACKING.match(text)
    at = backing.end() if backing else 0
    ourselves = _OURSELVES.match(text, at)
    if ourselves:
        return [], ourselves.end()
    who: list[str] = []
    end = at
    for name in inside:
        if name.start != start + at or name.entity_type not in _ACTORS:
            continue
        who.append(name.key)
        end = name.end - start
        join = _JOINS.match(text, end)
        at = join.end() if join else -1
    return (who, end) if who else ([], 0)


def _verb_pattern(words: Lexicon) -> re.Pattern[str]:
    """Adverbs, then one or more verbs, then the object: 大力|推进|…."""
    lists = ("run", "issue", "award", "seek", "hold", "build", "soft-verb", "deed")
    verbs = sorted({w for name in lists for w in words.cues[name] if len(w) > 1}, key=lambda w: (-len(w), w))
    adverbs = sorted((w for w in words.cues["adverb"] if len(w) > 1), key=lambda w: (-len(w), w))
    doing = "|".join(verbs)
    return re.compile(
        rf"(?:{_LEAD})*(?:(?:{'|'.join(adverbs)})[地]?)*(?:(?:{_HELPING})(?=(?:{doing}))(?!.{{2}}(?:{_NOUNS})))?"
        rf"(?:(?P<topic>城镇|农村)(?=新增|净增|实现))?(?!{_NOUNS})(?P<verb>(?:{doing})(?:[、和及与](?:{doing}))*)(?:了|好)?(?P<object>(?![、和及]).{{2,}})",
        re.S,
    )


_LEAD = (
    r"力争|确保|争取|努力|今年|全年|预计|将|要|年内|(?:到)?20\d\d年(?:年?底|末)?前?"
    r"|(?:今年)?(?:年底|[上下]半年|[一二三四]季度|\d{1,2}月(?:份|底)?)之?前?"
)
# Words that only begin like a verb.
_NOUNS = "开发区|服务[业员区]|投资[者额]|建成区|保护区|运营商|搬迁[点区]|安置[点区房]|培训班|种植业|改造区|建设者"
# Before another verb these only say how: 加快|构建….
_HELPING = "加快|加速|抓紧|努力|力争|争取|确保|推动|促进|继续"


def _headings(edition: Edition, section: Section | None) -> str:
    titles: list[str] = []
    while section is not None:
        titles.append(section.title)
        section = edition.sections[section.parent] if section.parent is not None else None
    return "\n".join(titles[:2])


class _Areas:
    """Policy areas by the cue words of heading and sentence; a heading's word weighs more, a longer word more."""

    def __init__(self, scheme: Scheme) -> None:
        self.cues = [
            (word, notation, 2 if concept.broader else 1)
            for notation, concept in scheme.concepts.items()
            for word in dict.fromkeys((*concept.labels.values(), *concept.alternatives))
            if re.fullmatch(r"[一-鿿A-Za-z0-9]{2,}", word)
        ]
        self.known: dict[tuple[str, str], str] = {}

    def of(self, heading: str, sentence: str) -> str:
        """The area with most cue words in heading and sentence; "" where none is there."""
        scores: dict[str, float] = {}
        for word, notation, depth in self.cues:
            weight = (3 if word in heading else 0) + sentence.count(word)
            if weight:
                scores[notation] = scores.get(notation, 0) + weight * len(word) * depth
        return max(scores, key=lambda n: (scores[n], n)) if scores else ""


@dataclass
class _Items:
    """Which livelihood item a sentence belongs to, as sentences are read in order.

    A sentence that speaks of 民生实事 opens the list; items are the marked sentences or paragraphs after it, numbered
    from one without a gap; what stands between two marks belongs to the earlier item.
    """

    edition: Edition
    opened: int | None = None  # paragraph that opened the list
    item: int | None = None
    paragraph: int = -1

    def of(self, sentence: Sentence) -> int | None:
        """The number of the item that ``sentence``, the next one, belongs to."""
        text = self.edition.norm[sentence.start : sentence.end]
        line = self.edition.paragraphs[sentence.paragraph]
        opens_line = not self.edition.norm[line.start : sentence.start].strip()
        marker = _ITEM.match(text)
        number = _marked(marker) if marker and (opens_line or marker["round"] or marker["word"]) else None
        if self.item is None and self.opened is not None and sentence.paragraph > self.opened + 1:
            self.opened = None
        if self.opened is not None and number == (self.item or 0) + 1:
            self.item, self.paragraph = number, sentence.paragraph
        elif _LIVELIHOOD.search(text):
            self.opened, self.item = sentence.paragraph, None
        elif self.item is not None and sentence.paragraph != self.paragraph:
            self.opened, self.item = None, None
        return self.item


def _marked(marker: re.Match[str]) -> int | None:
    digits = marker["digits"] or marker["round"]
    return int(digits) if digits else _number(marker["han"] or marker["word"])


def _number(han: str) -> int:
    if "十" in han:
        tens, _, ones = han.partition("十")
        return (_HAN.index(tens) + 1 if tens else 1) * 10 + (_HAN.index(ones) + 1 if ones else 0)
    return _HAN.index(han) + 1
