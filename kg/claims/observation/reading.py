"""A sentence's figures with their subjects.

Invariant: figures are read from left to right; each gets one subject of its own or one that stands before it in the
sentence. Rules are named in ``ontology/rules/observation-rules.toml``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from kg.claims.claim import Measure
from kg.claims.observation.clause import Cell, cells_of
from kg.claims.observation.coordination import items_of, restored
from kg.claims.observation.lexicon import Kind, Lexicon
from kg.claims.observation.naming import clean, level_name
from kg.claims.observation.parse import Form, Left, noun_phrase, parse_left, phrase_of
from kg.claims.observation.tokens import Token
from kg.recognition.spans import Bound
from kg.vocabulary.vocabulary import Vocabulary

_PERCENT = frozenset({"%", "％", "‰"})
_MAX_PREDICATE = 14  # characters of a predicate that still name what is counted


@dataclass(slots=True)
class Subject:
    """What a figure measures. ``phrase`` is its indicator; ``topic`` the thing it is of, which a bare attribute after it
    continues (粮食播种面积275万亩、产量64.9万吨)."""

    phrase: str
    topic: str
    verb: str = ""
    unit: str = ""
    whole: str = ""
    counted: bool = False


@dataclass(slots=True)
class Draft:
    """A figure read: everything of an observation but time, status and about."""

    cell: Cell
    phrases: list[str]
    measure: Measure
    value: Decimal
    value_max: Decimal | None
    form: Form
    rule: str
    bound: Bound
    unit: str
    comparator: str = ""
    whole: str = ""
    carried: bool = False
    since: str = ""
    size_of: bool = False
    subject_tokens: list[Token] = field(default_factory=list)


class SentenceReader:
    """Reads the figures of one sentence; holds what later clauses may continue."""

    def __init__(self, tokens: Sequence[Token], lexicon: Lexicon, vocabulary: Vocabulary) -> None:
        self._tokens = tokens
        self._lexicon = lexicon
        self._vocabulary = vocabulary
        self._subjects: list[Subject] = []
        self._whole = ""
        self._whole_clause = -1
        self._drafts: list[Draft] = []

    def read(self) -> list[Draft]:
        """All figures of the sentence in order."""
        cells = cells_of(self._tokens)
        at = 0
        taken = 0  # words after the last figure that belong to it
        while at < len(cells):
            run = self._run(cells, at)
            taken = self._read_run(run, taken)
            at += len(run)
        return self._drafts

    def _run(self, cells: list[Cell], at: int) -> list[Cell]:
        """The figures of a bare list beginning at ``at``: 5.2%、0.3%、17.1%."""
        run = [cells[at]]
        for cell in cells[at + 1 :]:
            if cell.clause != run[0].clause or not cell.left or any(
                t.kind not in (Kind.AND, Kind.BOUND, Kind.ADVERB) for t in cell.left
            ) or not any(t.kind is Kind.AND for t in cell.left):
                break
            run.append(cell)
        return run

    def _read_run(self, run: list[Cell], taken: int) -> int:
        first, last = run[0], run[-1]
        left = parse_left(first.left[taken:], self._lexicon)
        if left.among:
            self._whole = self._subjects[-1].phrase if self._subjects else ""
            self._whole_clause = first.clause
        if first.number.rule == "number/ratio":
            self._read_ratio(run, left)
            return 0
        subjects, rule, consumed = self._subjects_of(run, left)
        for index, cell in enumerate(run):
            several = subjects if len(run) == 1 or len(subjects) != len(run) else [subjects[index]]
            self._draft(cell, several, left, rule, last.right if cell is last else [])
        return consumed

    # -- subjects ---------------------------------------------------------------------------------------------------

    def _dimension(self, cell: Cell) -> str:
        unit = self._vocabulary.unit_for(cell.number.unit) if cell.number.unit else None
        return unit.dimension if unit else "count" if cell.number.unit else ""

    def _known(self, phrase: str) -> bool:
        return bool(self._vocabulary.indicator_for(phrase))

    def _subjects_of(self, run: list[Cell], left: Left) -> tuple[list[Subject], str, int]:
        """Subjects (one, one for each figure of the run, or several for one figure), the rule, and how many words after
        the run they use."""
        cell = run[-1]
        right_head = self._right_head(cell, left) if left.predicate.form is not Form.RANK else None
        if right_head:
            subject, consumed, rule = right_head
            return [subject], rule, consumed
        core = left.core
        if not core:
            return self._continued(run, left)
        phrase = phrase_of(core)
        form = left.predicate.form
        noun = core[-1]
        if noun.kind in (Kind.GROWTH_UP, Kind.GROWTH_DOWN, Kind.SHARE_NOUN) and len(core) == 1:
            return self._attribute(run, left, phrase)
        if phrase in self._lexicon.attributes and self._subjects and not self._stands_alone(phrase, first=run[0]):
            return self._attribute(run, left, phrase)
        if phrase in self._lexicon.attributes and not self._known(phrase):
            topic = self._topic_before(run[0])
            if topic:
                return [self._subject(topic + phrase, cell, core, left)], "observation/topic-of-sentence", 0
        items = items_of(core)
        several = left.predicate.distributive or (
            len(run) == 1 and cell.number.unit in _PERCENT and form in (Form.NONE, Form.LEVEL)
            and any(t.text == "、" for t in core)
        )
        names = restored(core, self._known, self._lexicon) if len(run) > 1 or several else [phrase]
        if len(run) > 1 and len(names) != len(run) and len(items) > len(run):
            names = names[-len(run) :]
        if len(names) > 1 and (len(names) == len(run) or several):
            rule = "observation/distributed" if len(run) > 1 else "observation/one-for-several"
            return [self._subject(name, cell, core, left) for name in names], rule, 0
        return [self._subject(phrase, cell, core, left)], "observation/left-head", 0

    def _stands_alone(self, phrase: str, first: Cell) -> bool:
        """Whether an attribute is an indicator in its own right here (税收 after 地区生产总值)."""
        return self._known(phrase) and self._known(self._subjects[-1].phrase)

    def _subject(self, phrase: str, cell: Cell, core: Sequence[Token], left: Left) -> Subject:
        """A subject named ``phrase`` with the name its unit asks for."""
        lexicon = self._lexicon
        verbs = [t for t in core if t.kind is Kind.VERB]
        verb = core[0].text if core and core[0].kind is Kind.VERB else ""
        if core and core[-1].kind is Kind.VERB and core[-1].text in lexicon.inheritable and len(core) > 1 and not verb:
            # 科技型中小企业新增29家
            phrase = core[-1].text + phrase.removesuffix(core[-1].text)
            verb = core[-1].text
        if (
            not verb and not verbs and left.predicate.form is Form.NONE and self._subjects and self._subjects[-1].verb
            and self._subjects[-1].counted and cell.number.unit and cell.number.unit not in _PERCENT
            and (left.joined or self._subjects[-1].unit == cell.number.unit)
            and self._dimension(cell) not in ("money",)
            and not self._known(phrase)
        ):
            verb = self._subjects[-1].verb
            phrase = verb + phrase
        topic = clean(phrase.removeprefix(verb), lexicon)
        for attribute in sorted(lexicon.attributes, key=lambda w: (-len(w), w)):
            if topic.endswith(attribute) and len(topic) > len(attribute) + 1:
                topic = topic.removesuffix(attribute)
                break
        name = phrase
        measured = left.predicate.form in (Form.NONE, Form.LEVEL, Form.REACHED, Form.RANK)
        if measured and not (cell.number.unit in _PERCENT):
            name = level_name(phrase, self._dimension(cell), cell.number.unit, lexicon, known=self._known(phrase))
        else:
            name = clean(phrase, lexicon)
        inherit = verb if verb in lexicon.inheritable else ""
        return Subject(name, topic, inherit, cell.number.unit, counted=measured)

    def _continued(self, run: list[Cell], left: Left) -> tuple[list[Subject], str, int]:
        """No words of its own: the subject that was spoken of."""
        count = len(run)
        if left.predicate.distributive and count > 1 and len(self._subjects) >= count:
            return self._subjects[-count:], "observation/continued-list", 0
        if self._subjects:
            last = self._subjects[-1]
            if count == 1 or not left.predicate.distributive:
                same = self._same_draft_subjects()
                return (same or [last]), "observation/continued", 0
            return [last], "observation/continued", 0
        topic = self._topic_before(run[0], own=True)
        return [Subject(topic, topic, unit=run[-1].number.unit)], "observation/topic-of-sentence", 0

    def _same_draft_subjects(self) -> list[Subject]:
        return []

    def _attribute(self, run: list[Cell], left: Left, phrase: str) -> tuple[list[Subject], str, int]:
        """A bare attribute (产量, 占比, 增速) of what was spoken of."""
        cell = run[-1]
        count = len(run)
        sources = self._subjects[-count:] if count > 1 and len(self._subjects) >= count else self._subjects[-1:]
        if not sources:
            topic = self._topic_before(run[0], own=True)
            sources = [Subject(topic, topic)] if topic else []
        kind = left.core[-1].kind
        found = []
        for source in sources:
            if kind in (Kind.GROWTH_UP, Kind.GROWTH_DOWN):
                found.append(Subject(source.phrase, source.topic, unit=cell.number.unit))
            elif kind is Kind.SHARE_NOUN:
                whole = self._whole if self._whole and self._whole != source.phrase else ""
                base = source.phrase
                name = f"{whole}中{base}{phrase}" if whole else f"{base}{phrase}"
                found.append(Subject(name, source.topic, unit=cell.number.unit, whole=whole))
            else:
                found.append(self._subject(source.topic + phrase, cell, [], left))
        if not found:
            found = [self._subject(phrase, cell, left.core, left)]
        return found, "observation/attribute", 0

    def _topic_before(self, cell: Cell, *, own: bool = False) -> str:
        """What the sentence's earlier clauses speak of: the noun phrase of the nearest clause that has one."""
        chunks: list[list[Token]] = [[]]
        for token in cell.earlier:
            if token.kind is Kind.STOP:
                chunks.append([])
            elif token.kind is not Kind.QUANTITY:
                chunks[-1].append(token)
        chunks = [c for c in chunks if any(t.kind is Kind.NOUN for t in c)]
        if not chunks:
            return ""
        chunk = chunks[-1] if own else chunks[0]
        if own:
            phrase: list[Token] = []
            for token in chunk:
                if token.kind in (Kind.NOUN, Kind.AND, Kind.OF) or (token.kind is Kind.VERB and not phrase):
                    phrase.append(token)
                elif phrase:
                    break
            return clean("".join(t.text for t in phrase), self._lexicon)
        tail: list[Token] = []
        for token in reversed(chunk):
            if token.kind is not Kind.NOUN:
                break
            tail.append(token)
        return clean("".join(t.text for t in reversed(tail)), self._lexicon)

    # -- heads after the figure -----------------------------------------------------------------------------------

    def _right_head(self, cell: Cell, left: Left) -> tuple[Subject, int, str] | None:
        """The subject when the figure stands before what it counts: 新增100户[科技型中小企业]."""
        right = cell.right
        skip = 0
        while skip < len(right) and right[skip].kind is Kind.BOUND:
            skip += 1
        rest = right[skip:]
        if not rest:
            return None
        dimension = self._dimension(cell)
        unit = cell.number.unit
        if unit in _PERCENT or unit.endswith("百分点") or dimension in ("rank", "ratio") or not unit:
            return None
        counting = dimension in ("count", "persons", "person-times", "households", "livestock", "container", "")
        head = rest[0]
        has_noun = any(t.kind is Kind.NOUN for t in left.core)
        modified = head.kind is Kind.OF
        if modified:
            rest = rest[1:]
            skip += 1
            if not rest or rest[0].kind in (Kind.UP, Kind.DOWN, Kind.GROWTH_UP, Kind.GROWTH_DOWN, Kind.SHARE_NOUN):
                return None
            head = rest[0]
        if head.kind not in (Kind.NOUN, Kind.VERB, Kind.ORDINAL, Kind.ADVERB, Kind.WHERE, Kind.CAUSE, Kind.LIGHT):
            return None
        if left.predicate.form in (Form.UP, Form.DOWN, Form.GAP, Form.SHARE) and has_noun:
            return None
        things, said = noun_phrase(rest, self._lexicon)
        if not things:
            return None
        if has_noun:
            if not counting and not modified:
                return None
            if head.kind is not Kind.NOUN and not modified:
                return None
            if head.text in self._lexicon.attributes and not modified:
                return None
            if left.predicate.form in (Form.LEVEL, Form.REACHED) and not modified and left.core[-1].kind is Kind.NOUN:
                thing = clean(phrase_of(things), self._lexicon)
                base = phrase_of(left.core)
                if left.predicate.form is Form.REACHED:
                    name = level_name(base + thing, dimension, unit, self._lexicon, known=False)
                    return Subject(name, base, unit=unit, counted=True), skip + len(things), "observation/reached-count"
        if modified:
            return self._size_of(cell, left, things, skip)
        # 524个重大工程项目完成投资531.32亿元: an amount named after the things belongs to the next figure.
        thing = clean(phrase_of(things), self._lexicon)
        verb = self._verb_of(left)
        predicate = self._said(said, cell)
        said_words = phrase_of(predicate)
        if verb:
            phrase = verb + thing
        elif said_words and len(said_words) <= _MAX_PREDICATE:
            phrase = said_words + thing
        else:
            phrase = thing
        name = level_name(phrase, dimension, unit, self._lexicon, known=self._known(phrase))
        inherit = verb if verb in self._lexicon.inheritable else ""
        subject = Subject(name, thing, inherit, unit, counted=True)
        return subject, skip + len(things), "observation/right-head"

    def _size_of(self, cell: Cell, left: Left, things: list[Token], skip: int) -> tuple[Subject, int, str]:
        """总投资323亿元的[重点项目]: the amount is the thing's."""
        thing = clean(phrase_of(things), self._lexicon)
        core = left.core
        attribute: list[Token] = []
        for token in reversed(core):
            if token.kind is not Kind.NOUN:
                break
            attribute.append(token)
        size = "".join(t.text for t in reversed(attribute))
        name = level_name(thing + size, self._dimension(cell), cell.number.unit, self._lexicon, known=False)
        verb = core[0].text if core and core[0].kind is Kind.VERB else ""
        # The thing stays for the next figure (的重点项目82项).
        return Subject(name, thing, verb, cell.number.unit, counted=True), skip - 1, "observation/size-of"

    def _verb_of(self, left: Left) -> str:
        """The verb kept in front of what is counted: directly before the figure, else the clause's first."""
        if left.verbs:
            return "".join(t.text for t in left.verbs)
        if left.core and left.core[0].kind is Kind.VERB:
            return left.core[0].text
        effective = [t for t in left.core if t.kind is Kind.CAUSE and t.text in self._lexicon.effective]
        if effective and effective[-1] is left.core[-1]:
            return ""
        return ""

    def _said(self, said: Sequence[Token], cell: Cell) -> list[Token]:
        """What is said of the things counted, in this clause (or of a later item of their list)."""
        words: list[Token] = []
        for token in said:
            if token.kind in (Kind.QUANTITY, Kind.STOP):
                break
            if token.kind is Kind.AND and not words:
                break
            words.append(token)
        while words and words[0].kind in (Kind.ADVERB, Kind.TIME, Kind.WHEN, Kind.DISTRIBUTIVE, Kind.WHERE):
            words.pop(0)
        while words and words[-1].kind in (Kind.ADVERB, Kind.BOUND, Kind.AND):
            words.pop()
        return words

    # -- drafts ---------------------------------------------------------------------------------------------------

    def _draft(self, cell: Cell, subjects: list[Subject], left: Left, rule: str, right: Sequence[Token]) -> None:
        number = cell.number
        predicate = left.predicate
        form = predicate.form
        value = number.value if number.value is not None else Decimal(0)
        unit = number.unit
        phrases = [s.phrase for s in subjects]
        grown = self._grown_after(right)
        noun = left.core[-1].kind if left.core else None
        measure = Measure.LEVEL
        down = predicate.down
        if number.rule == "number/rank":
            measure = Measure.RANK
            scope = predicate.comparator
            phrases = [f"{p}{'增速' if noun is Kind.GROWTH_UP else ''}{scope}排名" for p in phrases]
            rule = "observation/rank"
        elif form is Form.GAP:
            measure = Measure.GROWTH if unit in _PERCENT else Measure.CHANGE
            if noun in (Kind.GROWTH_UP, Kind.GROWTH_DOWN) and not phrases[0].endswith(("增速", "增幅", "涨幅", "降幅")):
                phrases = [p + left.core[-1].text for p in phrases]
            phrases = [f"{p}（较{predicate.comparator}）" for p in phrases]
            rule = "observation/gap"
        elif form in (Form.UP, Form.DOWN) or grown:
            if unit in _PERCENT or unit.endswith(("倍", "番", "成")):
                measure = Measure.GROWTH
            else:
                measure = Measure.CHANGE
            if noun in (Kind.GROWTH_UP, Kind.GROWTH_DOWN) and unit not in _PERCENT:
                phrases = [p if p.endswith(left.core[-1].text) else p + left.core[-1].text for p in phrases]
            if predicate.whole:
                phrases = [f"{p}占{predicate.whole}{predicate.share_noun or '比例'}" for p in phrases]
            elif predicate.comparator:
                phrases = [f"{p}（较{predicate.comparator}）" for p in phrases]
        elif noun in (Kind.GROWTH_UP, Kind.GROWTH_DOWN) and unit in _PERCENT:
            measure = Measure.GROWTH
            down = noun is Kind.GROWTH_DOWN
            phrases = [p.removesuffix(left.core[-1].text) or p for p in phrases]
        elif form is Form.SHARE:
            measure = Measure.SHARE if unit in _PERCENT or not unit else Measure.LEVEL
            whole = predicate.whole
            if whole:
                phrases = [f"{p}占{whole}{predicate.share_noun or '比例'}" for p in phrases]
            else:
                phrases = [f"{p}占比" for p in phrases]
            rule = "observation/share"
        elif unit in _PERCENT or number.rule == "number/fraction":
            measure = self._bare_percent(phrases)
        if predicate.average and measure is Measure.GROWTH:
            measure = Measure.AVERAGE_GROWTH
        if down and measure in (Measure.GROWTH, Measure.AVERAGE_GROWTH, Measure.CHANGE):
            value = -value
        self._drafts.append(
            Draft(
                cell, phrases, measure, value,
                -number.value_max if number.value_max is not None and value < 0 else number.value_max,
                form, rule, number.bound, unit, predicate.comparator,
                subjects[0].whole or (self._whole if cell.clause == self._whole_clause else ""),
                carried=form is Form.LEVEL and not any(t.kind is Kind.BE for t in cell.left),
                since=predicate.since if predicate.origin else "",
                size_of=rule == "observation/size-of",
                subject_tokens=list(left.core),
            )
        )
        if measure is Measure.RANK:
            return
        for subject in subjects:
            self._subjects.append(subject)

    def _bare_percent(self, phrases: list[str]) -> Measure:
        """A percentage that nothing moves: a share, unless the vocabulary knows a level (then it is its growth)."""
        notation = self._vocabulary.indicator_for(phrases[0])
        concept = self._vocabulary.indicators.get(notation)
        if concept and concept.measure == "level":
            return Measure.GROWTH
        return Measure.SHARE

    def _grown_after(self, right: Sequence[Token]) -> bool:
        """29%的快速增长, 7%以上的增速."""
        words = [t for t in right if t.kind not in (Kind.BOUND, Kind.ADVERB, Kind.OF)]
        return bool(
            words and words[0].kind in (Kind.UP, Kind.GROWTH_UP) and right[0].kind in (Kind.OF, Kind.BOUND, Kind.UP, Kind.GROWTH_UP)
        )

    def _read_ratio(self, run: list[Cell], left: Left) -> None:
        """The terms of a ratio, one record each."""
        phrase = clean(phrase_of(left.core), self._lexicon)
        names = ["第一产业", "第二产业", "第三产业"]
        structure = len(run) == 3 and any(word in phrase for word in ("产业", "三产", "三次"))
        if not phrase and self._subjects:
            phrase = self._subjects[-1].topic
        for index, cell in enumerate(run):
            number = cell.number
            name = f"三次产业结构中{names[index]}占比" if structure else phrase
            self._drafts.append(
                Draft(
                    cell, [name], Measure.SHARE if structure else Measure.LEVEL, number.value or Decimal(0), None,
                    left.predicate.form, "observation/ratio", number.bound, number.unit,
                    since=left.predicate.since if left.predicate.origin else "",
                )
            )
        if structure:
            self._subjects.append(Subject("三次产业结构", "三次产业结构"))
