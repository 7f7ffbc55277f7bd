"""Promises and achievements: what a government says it will do or has done, as verb and object, clause by clause.

Invariant: a clause gives at most one undertaking: a promise in the parts that plan, an achievement in those that
review.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from kg.claims.claim import Entity, Observation, Undertaking
from kg.claims.relation_clauses import spans_between_stops
from kg.reading.edition import Edition, Part, Section, Sentence
from kg.recognition.names.lexicon import Lexicon, lexicon
from kg.recognition.spans import EntityType as T
from kg.vocabulary import Vocabulary
from kg.vocabulary.concepts import Scheme

_PLANNED = frozenset({Part.PLAN, Part.TERM_PLAN, Part.GOVERNMENT})
_REVIEWED = frozenset({Part.REVIEW, Part.TERM_REVIEW})
_DEADLINE = re.compile(
    r"(?:到)?20\d\d年(?:底|末|上半年|下半年|\d{1,2}月(?:底|份)?)?(?:前|底|末)?|(?:今年)?(?:年内|年底前|年底|上半年|下半年|一季度|二季度|三季度|四季度|\d{1,2}月(?:底|份)?(?:前)?)"
)
_AMOUNT = re.compile(r"\d")
# A livelihood item may be promised as a state: 覆盖率达100%.
_REACHED = re.compile(r"(?P<subject>)(?P<object>[^，。；]+?(?P<verb>达到|达|实现|保持|稳定在|控制在)[^，。；]+)", re.S)
# A thing that is finished or to be finished: …高速公路建成通车.
_DONE = re.compile(
    r"(?P<subject>)(?P<object>[^，。；的]{3,60}?)(?:全面|全线|基本|正式|顺利|如期|相继|陆续|年内|年底前)*"
    r"(?P<verb>建成(?:投产|投用|通车|运营|使用|启用)?|竣工(?:投产)?|投产(?:达产)?|通车|开工(?:建设)?|动工|投入(?:使用|运营|运行)"
    r"|并网发电|挂牌(?:成立|运营)?|开园|开馆|开业|开诊|启用|落户|复工|完工)(?=$|[^一-鿿]|并|运|发)"
)
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
    named = sorted(((m.start, m.end, e) for e in entities for m in e.mentions), key=lambda n: (n[0], -n[1], n[2].key))
    starts = [n[0] for n in named]
    figures = sorted(observations, key=lambda o: o.start)
    figure_starts = [o.start for o in figures]
    found: list[Undertaking] = []
    items = _Items(edition)
    for sentence in edition.sentences:
        item = items.of(sentence)
        if sentence.part not in _PLANNED and sentence.part not in _REVIEWED:
            continue
        section = edition.sections[sentence.section] if sentence.section < len(edition.sections) else None
        for start, end in spans_between_stops(edition.norm, sentence.start, sentence.end):
            text = edition.norm[start:end]
            match = verb.match(text) or (_REACHED.match(text) if item is not None else None) or _DONE.match(text)
            if match is None:
                continue
            inside = [e for s, x, e in named[bisect_left(starts, start) : bisect_left(starts, end)] if x <= end]
            quantities = tuple(
                o.start for o in figures[bisect_left(figure_starts, start) : bisect_left(figure_starts, end)]
            )
            if not quantities and not any(e.entity_type is not T.PLACE for e in inside):
                continue
            subject = match["subject"] or ""
            split = start + match.start("object")
            before = {e.key for s, x, e in named if start <= s < start + len(subject)}
            deadline = _DEADLINE.search(text)
            found.append(
                Undertaking(
                    start=start,
                    end=end,
                    achieved=sentence.part in _REVIEWED,
                    verb=match["verb"],
                    object=edition.norm[split : start + match.end("object")],
                    observations=quantities,
                    deadline=deadline.group() if deadline and sentence.part in _PLANNED else "",
                    policy_area=areas.of(_headings(edition, section), edition.norm[sentence.start : sentence.end]),
                    concerns=tuple(dict.fromkeys(e.key for e in inside if e.key not in before)),
                    responsible=tuple(sorted(before)),
                    item=item,
                    rule="undertaking-clause",
                )
            )
    return tuple(found)


def _verb_pattern(words: Lexicon) -> re.Pattern[str]:
    """Adverbs, then one or more verbs, then the object: 大力|推进|…; a place or 我市 may come first."""
    lists = ("run", "issue", "award", "seek", "hold", "build", "soft-verb", "deed")
    verbs = sorted({w for name in lists for w in words.cues[name] if len(w) > 1}, key=lambda w: (-len(w), w))
    adverbs = sorted((w for w in words.cues["adverb"] if len(w) > 1), key=lambda w: (-len(w), w))
    subject = (
        r"(?P<subject>(?:我们|我[省市县区州]|全[省市县区州]|支持[^，。、]{2,6}?|[^，。、的]{2,8}?[省市县区州镇]))?"
    )
    doing = "|".join(verbs)
    return re.compile(
        rf"{subject}(?:{_AMOUNT_LEAD})?(?:(?:{'|'.join(adverbs)})[地]?)*"
        rf"(?P<verb>(?:{doing}))(?:和(?:{doing}))?(?:了|好)?(?P<object>.{{2,}})",
        re.S,
    )


_AMOUNT_LEAD = (
    r"力争|确保|争取|努力|今年|全年|年内|预计|将|(?:到)?20\d\d年(?:底|末)?前?"
    r"|(?:今年)?(?:年底|上半年|下半年|\d{1,2}月底?)前?"
)


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
