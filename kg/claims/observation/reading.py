"""A sentence's figures with their subjects.

Invariant: figures are read from left to right; each gets a subject of its own words, or one that stands before it in
the sentence. The rules are named and explained in ``ontology/rules/observation-rules.toml``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import regex

from kg.claims.claim import Measure
from kg.claims.observation.clause import Cell, cells_of
from kg.claims.observation.coordination import both_of, items_of, restored
from kg.claims.observation.draft import (
    COUNTING,
    GROWTH_NOUNS,
    LONGEST_PREDICATE,
    PERCENT,
    RANKS,
    Draft,
    Head,
    Spoken,
    Subject,
    without_verbs,
)
from kg.claims.observation.lexicon import Kind, Lexicon
from kg.claims.observation.measuring import draft_of
from kg.claims.observation.naming import Namer, clean
from kg.claims.observation.parse import Form, Left, parse_left, phrase_of
from kg.claims.observation.right_heads import right_head, said_of
from kg.claims.observation.tokens import Token
from kg.claims.observation.topics import topic_before, topic_text, topic_words
from kg.vocabulary.vocabulary import Vocabulary

_HANDLED = frozenset({"满意率", "办结率", "办复率", "满意度", "答复率"})  # of what the clause before deals with
_WHOLES = frozenset({"GDP", "地区生产总值", "生产总值"})  # 民营经济增加值…，GDP占比…
_MEDALS = frozenset("金银铜")
_PER = ("亩均", "人均", "户均", "地均", "单位面积")
_NOTHING_SAID = frozenset({Kind.UP, Kind.DOWN, Kind.AND, Kind.OF, Kind.SHARE, Kind.RANK})


class SentenceReader:
    """Reads the figures of one sentence; holds what later clauses may continue."""

    def __init__(self, tokens: Sequence[Token], lexicon: Lexicon, vocabulary: Vocabulary, context: str = "") -> None:
        self._tokens = tokens
        self._lexicon = lexicon
        self._namer = Namer(lexicon, vocabulary)
        self._spoken = Spoken(context)
        self._waiting: list[Draft] = []  # items of a list whose shared words come with a later item

    def read(self) -> list[Draft]:
        """All figures of the sentence in order."""
        cells = cells_of(self._tokens)
        at = taken = 0
        clause = -1
        while at < len(cells):
            run = _run(cells, at)
            if run[0].clause != clause and _semicolon_before(run[0], clause):
                self._spoken.barrier = len(self._spoken.subjects)
            if run[0].clause != clause:
                taken, clause = 0, run[0].clause
                self._waiting = []
            taken = self._read_run(run, taken)
            at += len(run)
        return self._spoken.drafts

    def _read_run(self, run: list[Cell], taken: int) -> int:
        first, last = run[0], run[-1]
        left = parse_left(
            first.left[taken:], self._lexicon, rank=first.number.rule in RANKS, relative=self._namer.relative(first)
        )
        if left.among:
            self._spoken.whole = self._spoken.last.phrase if self._spoken.last else ""
            self._spoken.whole_clause = first.clause
        if first.number.rule == "number/ratio":
            self._read_ratio(run, left)
            return 0
        head = self._head_of(run, left)
        drafts = []
        standards = _standards(left.predicate.comparator) if left.predicate.form is Form.GAP else []
        for index, cell in enumerate(run):
            if len(standards) == len(run) > 1:
                left.predicate.comparator = standards[index]  # 分别高于全国、全省0.7和0.6个百分点
            each = [head.subjects[index]] if len(head.subjects) == len(run) > 1 else head.subjects
            right = last.right if cell is last else []
            drafts.append(draft_of(cell, each, left, head, right, self._spoken, self._namer))
        if len(run) > 1:
            self._spoken.run = self._spoken.subjects[-len(run) :] if len(head.subjects) == len(run) else []
        self._settle(drafts, head)
        return head.consumed

    def _settle(self, drafts: list[Draft], head: Head) -> None:
        """Give a list's shared predicate to the items that waited for it."""
        if head.awaits:
            self._waiting.extend(drafts)
        elif self._waiting and head.things and any(t.kind is Kind.NOUN for t in head.things) and self._waiting[0].said:
            for draft in self._waiting:  # 131个续建和195个新建[重点项目]
                thing = phrase_of(without_verbs(head.things))
                subject = replace(draft.subjects[0], base=draft.subjects[0].base + thing)
                draft.subjects, draft.phrases = [subject], [self._namer.level(subject, draft.cell)]
            self._waiting = []
        elif head.said and self._waiting:
            for draft in self._waiting:
                said = phrase_of(head.said)
                if len(said) <= LONGEST_PREDICATE:
                    subject = replace(draft.subjects[0], base=said + draft.subjects[0].base)
                    draft.phrases = [self._namer.level(subject, draft.cell)]
            self._waiting = []

    def _subject(self, phrase: str, cell: Cell, core: Sequence[Token], left: Left) -> Subject:
        """A subject of its own words. A verb that a list writes once is given to its later items."""
        verb = _first_verb(core)
        if not verb and len(core) > 1 and core[-1].text in self._lexicon.turned:
            verb = core[-1].text  # 科技型中小企业新增29家
            phrase = verb + phrase.removesuffix(verb)
        before = self._spoken.last
        if (
            not verb
            and left.predicate.form is Form.NONE
            and before is not None
            and before.verb
            and cell.number.unit not in PERCENT
            and (left.joined or (before.unit == cell.number.unit and self._spoken.near))
            and self._namer.dimension(cell) != "money"
        ):
            verb = before.verb
            phrase = verb + phrase
        inherited = verb if verb in self._lexicon.inheritable or verb.startswith("新") else ""
        return Subject(
            phrase, self._namer.topic(phrase, verb), verb=inherited, unit=cell.number.unit, tokens=tuple(core)
        )

    def _head_of(self, run: list[Cell], left: Left) -> Head:
        """What the run of figures measures."""
        cell = run[-1]
        if cell.number.unit in _MEDALS:
            return Head([Subject(c.number.unit + "牌", c.number.unit + "牌") for c in run], "observation/medal")
        after = right_head(cell, left, self._spoken, self._namer) if left.predicate.form is not Form.RANK else None
        if after:
            return after
        core = left.core
        moved = (
            bool(self._spoken.drafts)
            and self._spoken.drafts[-1].origin
            and self._spoken.drafts[-1].cell.clause == cell.clause
        )
        if not core or (moved and not any(t.kind is Kind.NOUN for t in core)):
            return self._continued(run, left)
        phrase = phrase_of(core)
        effect = self._effect(run, left, phrase)
        if effect:
            return effect
        if core[-1].kind in (*GROWTH_NOUNS, Kind.SHARE_NOUN) and (
            len(core) == 1 or (phrase_of(core[:-1]) in _WHOLES and self._spoken.near)
        ):
            return self._attribute(run, left, phrase)
        if core[0].text == "对" and self._spoken.subjects:  # 对经济增长的贡献率
            return self._attribute(run, left, phrase)
        if self._lexicon.is_attribute(phrase):
            if self._spoken.near and not self._stands_alone(phrase, left):
                return self._attribute(run, left, phrase)
            alone = self._namer.known(phrase) or bool(self._spoken.subjects)
            topic = "" if alone else topic_before(run[0], self._namer, nearest=phrase in _HANDLED)
            if topic:
                names = both_of(topic + phrase) if left.predicate.distributive else []
                names = names if len(names) == len(run) else [topic + phrase]
                subjects = [self._subject(n, cell, core, left) for n in names]
                return Head(subjects, "observation/topic-of-sentence")
        return self._left_head(run, left, phrase)

    def _left_head(self, run: list[Cell], left: Left, phrase: str) -> Head:
        """The words before the figure, one head or parallel ones."""
        cell, core = run[-1], left.core
        several = left.predicate.distributive or (
            len(run) == 1 and cell.number.unit in PERCENT and self._parallel(core, left.predicate.form)
        )
        if len(run) == 1 and not several:
            return Head([self._subject(phrase, cell, core, left)], "observation/left-head")
        if len(run) == 1 and cell.number.unit not in PERCENT and self._namer.dimension(cell) in COUNTING:
            return self._each_counted(cell, left)
        listed = [t for t in core if t.kind is not Kind.DISTRIBUTIVE]  # 规上工业、服务业企业分别新增150户、500户
        names = restored(
            listed, self._namer.known, self._namer.named, self._lexicon, len(run) if len(run) > 1 else None
        )
        if len(run) > 1 and len(names) == len(run):
            subjects = [self._subject(n, c, core[:1], left) for n, c in zip(names, run, strict=True)]
            return Head(subjects, "observation/distributed")
        if len(run) == 1 and len(names) > 1:
            return Head([self._subject(n, cell, core[:1], left) for n in names], "observation/one-for-several")
        return Head([self._subject(phrase, cell, core, left)], "observation/left-head")

    def _done_to_listed(self, run: list[Cell], left: Left, phrase: str) -> Head | None:
        """启动小规模学校、寄宿制学校建设，分别完工240所、77所: what is done to the things listed before."""
        if len(run) == 1 or not left.predicate.distributive:
            return None
        names = restored(
            topic_words(run[0], nearest=True), self._namer.known, self._namer.named, self._lexicon, len(run)
        )
        if len(names) != len(run):
            return None
        subjects = [Subject(phrase + n, n, unit=c.number.unit) for n, c in zip(names, run, strict=True)]
        return Head(subjects, "observation/continued-list")

    def _effect(self, run: list[Cell], left: Left, phrase: str) -> Head | None:
        """惠及20余万人, 带动消费4亿元 after the thing that does it; 建成投产50个 of the things counted before."""
        cell = run[-1]
        if left.predicate.form is not Form.NONE:
            return None
        if self._spoken.near and left.core[0].text in self._lexicon.effective:
            source = self._spoken.near[-1]
            named = len(phrase) - len(left.core[0].text)
            if named > 4 or (named and not left.joined):  # names whom it reaches: 带动城镇转移就业
                return None
            return Head(
                [replace(source, base=source.topic + phrase, phrase="", verb="", tokens=())], "observation/effect"
            )
        if all(t.kind is Kind.VERB for t in left.core):
            listed = self._done_to_listed(run, left, phrase)
            if listed:
                return listed
        if self._spoken.subjects and all(t.kind is Kind.VERB for t in left.core):
            same = self._spoken.same_unit(cell.number.unit)
            if same is not None and cell.number.unit not in PERCENT:
                return Head(
                    [replace(same, base=phrase + same.topic, phrase="", verb="")], "observation/continued-count"
                )
        return None

    def _parallel(self, core: Sequence[Token], form: Form) -> bool:
        """Whether one rate holds for several heads: a list of rates (工业投资、民间投资占比), or of indicators that are
        complete each (工业投资、技改投资增长20%).
        """
        if any(t.kind is Kind.OF for t in core):
            return False
        if form in (Form.NONE, Form.LEVEL):
            items = items_of(core, "、")
            return len(items) > 1 and all(len(phrase_of(item)) > 2 for item in items)
        if form in (Form.UP, Form.DOWN):
            words = [phrase_of(item) for item in items_of(core)]
            return len(words) > 1 and all(self._namer.known(w) and w.endswith(self._lexicon.amounts) for w in words)
        return False

    def _each_counted(self, cell: Cell, left: Left) -> Head:
        """新增四星级酒店、省级旅游品牌各1家: the verb is written once, the things are complete."""
        core = left.core
        first = next((i for i, t in enumerate(core) if t.kind is not Kind.VERB), 0)
        verb = "".join(t.text for t in core[:first])
        names = [verb + phrase_of(item) for item in items_of(core[first:])]
        rule = "observation/one-for-several" if len(names) > 1 else "observation/left-head"
        inherited = verb if verb in self._lexicon.inheritable else ""
        return Head(
            [Subject(n, self._namer.topic(n, verb), verb=inherited, unit=cell.number.unit) for n in names], rule
        )

    def _stands_alone(self, phrase: str, left: Left) -> bool:
        """Whether an attribute is an indicator in its own right here (税收 after 地区生产总值)."""
        if left.joined and self._spoken.subjects[-1].topic.endswith(_PER):
            return False  # 亩均产出强度…、税收…
        light = any(t.kind is Kind.LIGHT for t in left.functional)  # 完成投资 begins anew, 投资额 continues
        led = not left.joined and (light or phrase not in self._lexicon.attributes_proper)
        before = self._spoken.drafts[-1]
        of_things = before.measure is Measure.LEVEL and self._namer.dimension(before.cell) in COUNTING
        return (
            (led or self._namer.known(phrase)) and not of_things and self._namer.named(self._spoken.subjects[-1].phrase)
        )

    def _continued(self, run: list[Cell], left: Left) -> Head:
        """No words of its own: the subject that was spoken of."""
        count = len(run)
        if count > 1 and len(self._spoken.run) == count:
            return Head(self._spoken.run, "observation/continued-list")
        both = both_of(self._spoken.last.phrase) if self._spoken.last and count > 1 else []
        if len(both) == count:  # 城乡居民收入年均增长8%，分别达到…元和…元
            return Head([Subject(n, n, unit=run[-1].number.unit) for n in both], "observation/continued-list")
        if left.predicate.distributive and count > 1 and len(self._spoken.subjects) >= count:
            return Head(self._spoken.subjects[-count:], "observation/continued-list")
        if count == 1 and left.predicate.distributive:
            several = self._spoken.clause_before(run[0])
            if len(several) > 1:
                return Head(several, "observation/continued-list")
        counted = self._said_of_counted(run[-1])
        if counted:
            return counted
        if self._spoken.subjects:
            return Head([self._spoken.subjects[-1]], "observation/continued")
        words = topic_words(run[0], nearest=True)
        if count > 1 and left.predicate.distributive:
            names = restored(words, self._namer.known, self._namer.named, self._lexicon, count)
            if len(names) == count:
                return Head([Subject(n, n, unit=run[-1].number.unit) for n in names], "observation/topic-of-sentence")
        topic = topic_text(words, self._namer) or self._spoken.context or self._first_noun()
        return Head([Subject(topic, topic, unit=run[-1].number.unit)], "observation/topic-of-sentence")

    def _said_of_counted(self, cell: Cell) -> Head | None:
        """其中15项首创，9项[在全国复制推广]: what is said of some of the things counted before."""
        same = next((s for s in reversed(self._spoken.subjects) if s.unit == cell.number.unit and s.topic), None)
        words = said_of(cell.right) if same is not None and self._namer.dimension(cell) in COUNTING else []
        if same is None or not words or words[0].kind in _NOTHING_SAID:
            return None
        said = phrase_of(words)
        if len(said) > LONGEST_PREDICATE:
            return None
        return Head(
            [replace(same, base=said + same.topic, phrase="", verb="")], "observation/continued-count", len(words)
        )

    def _first_noun(self) -> str:
        return next((t.text for t in self._tokens if t.kind is Kind.NOUN), "") or "数值"

    def _attribute(self, run: list[Cell], left: Left, phrase: str) -> Head:
        """A bare attribute (产量, 占比, 增速) of what was spoken of."""
        cell, count = run[-1], len(run)
        sources = (
            self._spoken.subjects[-count:]
            if count > 1 and len(self._spoken.subjects) >= count
            else self._spoken.subjects[-1:]
        )
        if count == 1 and left.predicate.distributive:
            sources = self._spoken.clause_before(run[0]) or sources
        if not left.joined and self._spoken.drafts and self._spoken.drafts[-1].rule == "observation/size-in-name":
            topic = topic_before(run[0], self._namer)  # after projects of a list the sentence's topic goes on
            sources = [Subject(topic, topic, phrase=topic)] if topic else sources
        if phrase == "资金" and left.joined and sources and sources[-1].verb:
            return Head([self._subject(sources[-1].verb + phrase, cell, [], left)], "observation/attribute")
        if not sources:
            topic = topic_before(run[0], self._namer, nearest=True) or self._spoken.context
            sources = [Subject(topic, topic, phrase=topic)] if topic else []
        kind = left.core[-1].kind
        found = []
        for source in sources:
            named = source.phrase or source.base
            if kind in GROWTH_NOUNS:
                found.append(replace(source, unit=cell.number.unit))
            elif kind is Kind.SHARE_NOUN:
                whole = self._spoken.whole if self._spoken.whole != named else ""
                base = f"{whole}中{named}{phrase}" if whole else f"{named}{phrase}"
                found.append(Subject(base, source.topic, unit=cell.number.unit, whole=whole))
            else:
                # 知识产权质押登记…，质押金额…: what the attribute repeats is not said twice
                limited = self._lexicon.with_limit(source.topic, phrase)
                if limited:
                    found.append(replace(source, base=limited, phrase="", verb=""))
                    continue
                if source.topic in self._lexicon.attributes:  # 新增学位…、床位…
                    found.append(self._subject(phrase, cell, [], left))
                    continue
                at = source.topic.rfind(phrase[:2])
                topic = source.topic[:at] if at > 0 else source.topic
                found.append(self._subject(topic + phrase, cell, [], left))
        if not found:
            found = [self._subject(phrase, cell, left.core, left)]
        return Head(found, "observation/attribute")

    def _read_ratio(self, run: list[Cell], left: Left) -> None:
        """The terms of a ratio, one record each."""
        phrase = clean(phrase_of(left.core), self._lexicon)
        structure = len(run) == 3 and any(word in phrase for word in ("产业", "三产", "三次"))
        if not phrase:
            structure = structure or (
                len(run) == 3 and any("产业结构" in d.phrases[0] for d in self._spoken.drafts[-3:])
            )
            phrase = (
                self._spoken.subjects[-1].topic if self._spoken.subjects else self._spoken.context or self._first_noun()
            )
        for index, cell in enumerate(run):
            name = f"三次产业结构中第{'一二三'[index]}产业占比" if structure else phrase
            self._spoken.drafts.append(
                Draft(
                    cell,
                    [Subject(name, name)],
                    [name],
                    Measure.SHARE if structure else Measure.LEVEL,
                    cell.number.value or Decimal(0),
                    None,
                    left.predicate.form,
                    "observation/ratio",
                    cell.number.bound,
                    cell.number.unit,
                    since=left.predicate.since,
                    origin=left.predicate.origin,
                )
            )
        self._spoken.subjects.append(Subject("三次产业结构", "三次产业结构") if structure else Subject(phrase, phrase))


def _standards(comparator: str) -> list[str]:
    """The items of a list of standards: 全国、全省, or 全国全省."""
    return (
        ["全国", *comparator.split("全国", 1)[1:]]
        if comparator.startswith("全国全")
        else regex.split("[、和与及]", comparator)
    )


def _semicolon_before(cell: Cell, clause: int) -> bool:
    """Whether a semicolon stands between clause number ``clause`` and the clause of ``cell``."""
    stops = [t.text for t in cell.earlier if t.kind is Kind.STOP]
    return "；" in stops[max(clause, 0) :]


def _run(cells: list[Cell], at: int) -> list[Cell]:
    """The figures of a bare list beginning at ``at``: 5.2%、0.3%、17.1%."""
    run = [cells[at]]
    if cells[at].number.rule == "number/ratio":
        while len(run) < 4 and at + len(run) < len(cells):
            cell = cells[at + len(run)]
            if cell.number.rule != "number/ratio" or cell.quantity.start - run[-1].quantity.end > 2:
                break
            run.append(cell)
        return run
    for cell in cells[at + 1 :]:
        kinds = [t.kind for t in cell.left]
        bare = all(kind in (Kind.AND, Kind.BOUND, Kind.ADVERB, Kind.MARK) for kind in kinds)
        bare = bare and (Kind.AND in kinds or not kinds)  # 、 between them, or nothing (21500户70433人)
        if cell.clause != run[0].clause or not bare:
            break
        run.append(cell)
    return run


def _first_verb(core: Sequence[Token]) -> str:
    """The verb a subject begins with: 新增, or 新 and a verb (新设立)."""
    if core and core[0].kind is Kind.VERB:
        return core[0].text
    if len(core) > 2 and core[0].text in ("新", "再", "续") and core[1].kind is Kind.VERB:
        return core[0].text + core[1].text
    return ""


__all__ = ["Draft", "SentenceReader", "Subject"]
