"""A sentence's figures with their subjects.

Invariant: figures are read from left to right; each gets a subject of its own words, or one that stands before it in the
sentence. The rules are named and explained in ``ontology/rules/observation-rules.toml``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from kg.claims.claim import Measure
from kg.claims.observation.clause import Cell, cells_of
from kg.claims.observation.coordination import both_of, items_of, restored
from kg.claims.observation.lexicon import Kind, Lexicon
from kg.claims.observation.naming import clean, level_name
from kg.claims.observation.parse import Form, Left, noun_phrase, parse_left, phrase_of
from kg.claims.observation.tokens import Token
from kg.recognition.spans import Bound
from kg.vocabulary.vocabulary import Vocabulary

RANKS = frozenset({"number/rank", "number/rank-numeral"})
_FRACTIONS = frozenset({"number/fraction", "number/fraction-numeral"})
PERCENT = frozenset({"%", "％", "‰"})
_COUNTING = frozenset({"count", "persons", "person-times", "households", "livestock", "container"})
_SIZES = {"power": "装机容量", "voltage": "电压等级", "apparent-power": "容量", "steam": "容量", "mass": "产能"}
_MEDALS = frozenset("金银铜")
_GROWTH_NOUNS = (Kind.GROWTH_UP, Kind.GROWTH_DOWN)
_LONGEST_PREDICATE = 14  # characters of what is said of things counted that still help to name them


@dataclass(frozen=True, slots=True)
class Subject:
    """What a figure measures. ``base`` are its words, ``phrase`` the indicator made of them; ``topic`` is the thing it is
    of, which a bare attribute after it continues (粮食播种面积275万亩、产量64.9万吨).
    """

    base: str
    topic: str
    phrase: str = ""
    verb: str = ""
    unit: str = ""
    whole: str = ""
    tokens: tuple[Token, ...] = ()


@dataclass(slots=True)
class Draft:
    """A figure read: everything of an observation but time, status and about."""

    cell: Cell
    subjects: list[Subject]
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
    done: bool = False  # counts or measures what was done (新增, 改造), not what there is
    since: str = ""
    origin: bool = False
    things: tuple[Token, ...] = ()  # the words after the figure that name what is counted
    said: tuple[Token, ...] = ()

    @property
    def bases(self) -> list[str]:
        """The words each indicator was made of, where it names a level; "" where it says more."""
        if self.measure is not Measure.LEVEL or len(self.subjects) != len(self.phrases):
            return [""] * len(self.phrases)
        return [s.base if p.startswith(s.base) else "" for s, p in zip(self.subjects, self.phrases, strict=True)]


@dataclass(slots=True)
class _Head:
    """Subjects of a run of figures (one for all, or one for each), by which rule, and how many words after it they use."""

    subjects: list[Subject]
    rule: str
    consumed: int = 0
    things: tuple[Token, ...] = ()
    said: tuple[Token, ...] = ()
    awaits: bool = False  # 15个新改建项目、5个改造项目加快推进: the predicate comes with a later item


class SentenceReader:
    """Reads the figures of one sentence; holds what later clauses may continue."""

    def __init__(self, tokens: Sequence[Token], lexicon: Lexicon, vocabulary: Vocabulary, context: str = "") -> None:
        self._tokens = tokens
        self._lexicon = lexicon
        self._vocabulary = vocabulary
        self._context = context  # what the sentence before spoke of
        self._subjects: list[Subject] = []
        self._whole = ""
        self._whole_clause = -1
        self._waiting: list[Draft] = []
        self._drafts: list[Draft] = []

    def read(self) -> list[Draft]:
        """All figures of the sentence in order."""
        cells = cells_of(self._tokens)
        at = taken = 0
        clause = -1
        while at < len(cells):
            run = _run(cells, at)
            if run[0].clause != clause:
                taken, clause = 0, run[0].clause
                self._waiting = []
            taken = self._read_run(run, taken)
            at += len(run)
        return self._drafts

    def _read_run(self, run: list[Cell], taken: int) -> int:
        first, last = run[0], run[-1]
        left = parse_left(first.left[taken:], self._lexicon, rank=first.number.rule in RANKS, relative=self._relative(first))
        if left.among:
            self._whole = self._subjects[-1].phrase if self._subjects else ""
            self._whole_clause = first.clause
        if first.number.rule == "number/ratio":
            self._read_ratio(run, left)
            return 0
        head = self._head_of(run, left)
        drafts = []
        for index, cell in enumerate(run):
            each = [head.subjects[index]] if len(head.subjects) == len(run) > 1 else head.subjects
            right = last.right if cell is last else []
            drafts.append(self._draft(cell, each, left, head, right))
        self._settle(drafts, head)
        return head.consumed

    def _settle(self, drafts: list[Draft], head: _Head) -> None:
        """Give a list's shared predicate to the items that waited for it."""
        if head.awaits:
            self._waiting.extend(drafts)
        elif self._waiting and head.things and any(t.kind is Kind.NOUN for t in head.things) and self._waiting[0].said:
            for draft in self._waiting:  # 131个续建和195个新建[重点项目]
                thing = phrase_of(_without_verbs(head.things))
                subject = replace(draft.subjects[0], base=draft.subjects[0].base + thing)
                draft.subjects, draft.phrases = [subject], [self._level(subject, draft.cell)]
            self._waiting = []
        elif head.said and self._waiting:
            for draft in self._waiting:
                said = phrase_of(head.said)
                if len(said) <= _LONGEST_PREDICATE:
                    subject = replace(draft.subjects[0], base=said + draft.subjects[0].base)
                    draft.phrases = [self._level(subject, draft.cell)]
            self._waiting = []

    # -- names ------------------------------------------------------------------------------------------------------

    def _dimension(self, cell: Cell) -> str:
        if not cell.number.unit:
            return ""
        unit = self._vocabulary.unit_for(cell.number.unit)
        if unit and unit.dimension == "rank" and cell.right and cell.right[0].kind is Kind.NOUN:
            return "persons"  # 100位母亲
        return unit.dimension if unit else "count"

    def _relative(self, cell: Cell) -> bool:
        unit = cell.number.unit
        return unit in PERCENT or unit in ("倍", "番", "成") or self._dimension(cell) == "times"

    def _known(self, phrase: str) -> bool:
        return bool(self._vocabulary.indicator_for(phrase))

    def _named(self, phrase: str) -> bool:
        """Whether ``phrase`` is an indicator by its very name."""
        return self._vocabulary.wording.canonical(phrase) in self._vocabulary.indicator_labels

    def _level(self, subject: Subject, cell: Cell) -> str:
        base = clean(subject.base, self._lexicon)
        if cell.number.unit in PERCENT:
            return base
        return level_name(base, self._dimension(cell), cell.number.unit, self._lexicon)

    def _topic(self, phrase: str, verb: str) -> str:
        """The thing a subject is of: without the verb in front and the attribute behind."""
        plain = verb in self._lexicon.inheritable or verb in self._lexicon.predicates
        topic = clean(phrase.removeprefix(verb if plain else ""), self._lexicon) or phrase
        for attribute in self._lexicon.attributes_longest_first:
            if topic.endswith(attribute) and len(topic) > len(attribute) + 1:
                return topic.removesuffix(attribute)
        return topic

    def _subject(self, phrase: str, cell: Cell, core: Sequence[Token], left: Left) -> Subject:
        """A subject of its own words. A verb that a list writes once is given to its later items."""
        verb = _first_verb(core)
        if not verb and len(core) > 1 and core[-1].text in self._lexicon.turned:
            verb = core[-1].text  # 科技型中小企业新增29家
            phrase = verb + phrase.removesuffix(verb)
        before = self._subjects[-1] if self._subjects else None
        if (
            not verb
            and left.predicate.form is Form.NONE
            and before is not None
            and before.verb
            and cell.number.unit not in PERCENT
            and (left.joined or before.unit == cell.number.unit)
            and self._dimension(cell) != "money"
        ):
            verb = before.verb
            phrase = verb + phrase
        inherited = verb if verb in self._lexicon.inheritable or verb.startswith("新") else ""
        return Subject(phrase, self._topic(phrase, verb), verb=inherited, unit=cell.number.unit, tokens=tuple(core))

    # -- heads ------------------------------------------------------------------------------------------------------

    def _head_of(self, run: list[Cell], left: Left) -> _Head:
        """What the run of figures measures."""
        cell = run[-1]
        if cell.number.unit in _MEDALS:
            return _Head([Subject(c.number.unit + "牌", c.number.unit + "牌") for c in run], "observation/medal")
        right_head = self._right_head(cell, left) if left.predicate.form is not Form.RANK else None
        if right_head:
            return right_head
        core = left.core
        moved = bool(self._drafts) and self._drafts[-1].origin and self._drafts[-1].cell.clause == cell.clause
        if not core or (moved and not any(t.kind is Kind.NOUN for t in core)):
            return self._continued(run, left)
        phrase = phrase_of(core)
        effect = self._effect(run, left, phrase)
        if effect:
            return effect
        if core[-1].kind in (*_GROWTH_NOUNS, Kind.SHARE_NOUN) and len(core) == 1:
            return self._attribute(run, left, phrase)
        if core[0].text == "对" and self._subjects:  # 对经济增长的贡献率
            return self._attribute(run, left, phrase)
        if self._lexicon.is_attribute(phrase):
            if self._subjects and not self._stands_alone(phrase, left):
                return self._attribute(run, left, phrase)
            topic = "" if self._known(phrase) else self._topic_before(run[0])
            if topic:
                names = both_of(topic + phrase) if left.predicate.distributive else []
                names = names if len(names) == len(run) else [topic + phrase]
                subjects = [self._subject(n, cell, core, left) for n in names]
                return _Head(subjects, "observation/topic-of-sentence")
        return self._left_head(run, left, phrase)

    def _left_head(self, run: list[Cell], left: Left, phrase: str) -> _Head:
        """The words before the figure, one head or parallel ones."""
        cell, core = run[-1], left.core
        several = left.predicate.distributive or (
            len(run) == 1 and cell.number.unit in PERCENT and self._parallel(core, left.predicate.form)
        )
        if len(run) == 1 and not several:
            return _Head([self._subject(phrase, cell, core, left)], "observation/left-head")
        if len(run) == 1 and cell.number.unit not in PERCENT and self._dimension(cell) in _COUNTING:
            return self._each_counted(cell, left)
        names = restored(core, self._known, self._named, self._lexicon, len(run) if len(run) > 1 else None)
        if len(run) > 1 and len(names) == len(run):
            subjects = [self._subject(n, c, core[:1], left) for n, c in zip(names, run, strict=True)]
            return _Head(subjects, "observation/distributed")
        if len(run) == 1 and len(names) > 1:
            return _Head([self._subject(n, cell, core[:1], left) for n in names], "observation/one-for-several")
        return _Head([self._subject(phrase, cell, core, left)], "observation/left-head")

    def _done_to_listed(self, run: list[Cell], left: Left, phrase: str) -> _Head | None:
        """启动小规模学校、寄宿制学校建设，分别完工240所、77所: what is done to the things listed before."""
        if len(run) == 1 or not left.predicate.distributive:
            return None
        names = restored(self._topic_words(run[0], nearest=True), self._known, self._named, self._lexicon, len(run))
        if len(names) != len(run):
            return None
        subjects = [Subject(phrase + n, n, unit=c.number.unit) for n, c in zip(names, run, strict=True)]
        return _Head(subjects, "observation/continued-list")

    def _effect(self, run: list[Cell], left: Left, phrase: str) -> _Head | None:
        """惠及20余万人, 带动消费4亿元 after the thing that does it; 建成投产50个 of the things counted before."""
        cell = run[-1]
        if left.predicate.form is not Form.NONE:
            return None
        if self._subjects and left.core[0].text in self._lexicon.effective:
            source = self._subjects[-1]
            named = len(phrase) - len(left.core[0].text)
            if named > 4 or (named and not left.joined):  # names whom it reaches: 带动城镇转移就业
                return None
            return _Head([replace(source, base=source.topic + phrase, phrase="", verb="", tokens=())], "observation/effect")
        if all(t.kind is Kind.VERB for t in left.core):
            listed = self._done_to_listed(run, left, phrase)
            if listed:
                return listed
        if self._subjects and all(t.kind is Kind.VERB for t in left.core):
            same = next((s for s in reversed(self._subjects) if s.unit == cell.number.unit), None)
            if same is not None and cell.number.unit not in PERCENT:
                return _Head([replace(same, base=phrase + same.topic, phrase="", verb="")], "observation/continued-count")
        return None

    def _parallel(self, core: Sequence[Token], form: Form) -> bool:
        """Whether one rate holds for several heads: a list of rates (工业投资、民间投资占比), or of indicators that are
        complete each (工业投资、技改投资增长20%)."""
        if any(t.kind is Kind.OF for t in core):
            return False
        if form in (Form.NONE, Form.LEVEL):
            items = items_of(core, "、")
            return len(items) > 1 and all(len(phrase_of(item)) > 2 for item in items)
        if form in (Form.UP, Form.DOWN):
            words = [phrase_of(item) for item in items_of(core)]
            return len(words) > 1 and all(self._known(w) and w.endswith(self._lexicon.amounts) for w in words)
        return False

    def _each_counted(self, cell: Cell, left: Left) -> _Head:
        """新增四星级酒店、省级旅游品牌各1家: the verb is written once, the things are complete."""
        core = left.core
        first = next((i for i, t in enumerate(core) if t.kind is not Kind.VERB), 0)
        verb = "".join(t.text for t in core[:first])
        names = [verb + phrase_of(item) for item in items_of(core[first:])]
        rule = "observation/one-for-several" if len(names) > 1 else "observation/left-head"
        inherited = verb if verb in self._lexicon.inheritable else ""
        return _Head([Subject(n, self._topic(n, verb), verb=inherited, unit=cell.number.unit) for n in names], rule)

    def _stands_alone(self, phrase: str, left: Left) -> bool:
        """Whether an attribute is an indicator in its own right here (税收 after 地区生产总值)."""
        light = any(t.kind is Kind.LIGHT for t in left.functional)  # 完成投资 begins anew, 投资额 continues
        led = not left.joined and (light or phrase not in self._lexicon.attributes_proper)
        before = self._drafts[-1]
        of_things = before.measure is Measure.LEVEL and self._dimension(before.cell) in _COUNTING
        return (led or self._known(phrase)) and not of_things and self._named(self._subjects[-1].phrase)

    def _continued(self, run: list[Cell], left: Left) -> _Head:
        """No words of its own: the subject that was spoken of."""
        count = len(run)
        if left.predicate.distributive and count > 1 and len(self._subjects) >= count:
            return _Head(self._subjects[-count:], "observation/continued-list")
        if count == 1 and left.predicate.distributive:
            several = self._clause_before(run[0])
            if len(several) > 1:
                return _Head(several, "observation/continued-list")
        counted = self._said_of_counted(run[-1])
        if counted:
            return counted
        if self._subjects:
            return _Head([self._subjects[-1]], "observation/continued")
        words = self._topic_words(run[0], nearest=True)
        if count > 1 and left.predicate.distributive:
            names = restored(words, self._known, self._named, self._lexicon, count)
            if len(names) == count:
                return _Head([Subject(n, n, unit=run[-1].number.unit) for n in names], "observation/topic-of-sentence")
        topic = self._topic_text(words) or self._context or self._first_noun()
        return _Head([Subject(topic, topic, unit=run[-1].number.unit)], "observation/topic-of-sentence")

    def _said_of_counted(self, cell: Cell) -> _Head | None:
        """其中15项首创，9项[在全国复制推广]: what is said of some of the things counted before."""
        same = next((s for s in reversed(self._subjects) if s.unit == cell.number.unit and s.topic), None)
        words = _said(cell.right) if same is not None and self._dimension(cell) in _COUNTING else []
        if same is None or not words or words[0].kind in (Kind.UP, Kind.DOWN, Kind.AND, Kind.OF, Kind.SHARE, Kind.RANK):
            return None
        said = phrase_of(words)
        if len(said) > _LONGEST_PREDICATE:
            return None
        return _Head([replace(same, base=said + same.topic, phrase="", verb="")], "observation/continued-count", len(words))

    def _clause_before(self, cell: Cell) -> list[Subject]:
        """The subjects of the nearest clause before the figure's own that has figures, each once."""
        clauses = [d.cell.clause for d in self._drafts if d.cell.clause < cell.clause]
        if not clauses:
            return []
        found: list[Subject] = []
        for draft in self._drafts:
            if draft.cell.clause == clauses[-1]:
                for subject, phrase in zip(draft.subjects, draft.phrases, strict=False):
                    if all(phrase != other.phrase for other in found):
                        found.append(replace(subject, phrase=phrase))
        return found

    def _first_noun(self) -> str:
        return next((t.text for t in self._tokens if t.kind is Kind.NOUN), "") or "数值"

    def _attribute(self, run: list[Cell], left: Left, phrase: str) -> _Head:
        """A bare attribute (产量, 占比, 增速) of what was spoken of."""
        cell, count = run[-1], len(run)
        sources = self._subjects[-count:] if count > 1 and len(self._subjects) >= count else self._subjects[-1:]
        if count == 1 and left.predicate.distributive:
            sources = self._clause_before(run[0]) or sources
        if not left.joined and self._drafts and self._drafts[-1].rule == "observation/size-in-name":
            topic = self._topic_before(run[0])  # after projects of a list the sentence's topic goes on
            sources = [Subject(topic, topic, phrase=topic)] if topic else sources
        if phrase == "资金" and left.joined and sources and sources[-1].verb:
            return _Head([self._subject(sources[-1].verb + phrase, cell, [], left)], "observation/attribute")
        if not sources:
            topic = self._topic_before(run[0], nearest=True) or self._context
            sources = [Subject(topic, topic, phrase=topic)] if topic else []
        kind = left.core[-1].kind
        found = []
        for source in sources:
            named = source.phrase or source.base
            if kind in _GROWTH_NOUNS:
                found.append(replace(source, unit=cell.number.unit))
            elif kind is Kind.SHARE_NOUN:
                whole = self._whole if self._whole != named else ""
                base = f"{whole}中{named}{phrase}" if whole else f"{named}{phrase}"
                found.append(Subject(base, source.topic, unit=cell.number.unit, whole=whole))
            else:
                # 知识产权质押登记…，质押金额…: what the attribute repeats is not said twice
                limited = self._lexicon.with_limit(source.topic, phrase)
                if limited:
                    found.append(replace(source, base=limited, phrase="", verb=""))
                    continue
                at = source.topic.rfind(phrase[:2])
                topic = source.topic[:at] if at > 0 else source.topic
                found.append(self._subject(topic + phrase, cell, [], left))
        if not found:
            found = [self._subject(phrase, cell, left.core, left)]
        return _Head(found, "observation/attribute")

    def _topic_before(self, cell: Cell, *, nearest: bool = False) -> str:
        return self._topic_text(self._topic_words(cell, nearest=nearest))

    def _topic_text(self, words: Sequence[Token]) -> str:
        """The words of a topic; an indicator at their beginning is enough."""
        for end in range(len(words), 0, -1):
            phrase = "".join(t.text for t in words[:end])
            if self._known(phrase):
                return phrase
        return clean("".join(t.text for t in words), self._lexicon)

    def _topic_words(self, cell: Cell, *, nearest: bool = False) -> list[Token]:
        """What the sentence's earlier clauses speak of: the nearest clause's subject, else the first clause's subject
        or, where it begins with a verb, its object.
        """
        chunks: list[list[Token]] = [[]]
        for token in cell.earlier:
            if token.kind is Kind.STOP:
                chunks.append([])
            elif token.kind is not Kind.QUANTITY:
                chunks[-1].append(token)
        chunks = [c for c in chunks if any(t.kind is Kind.NOUN for t in c)]
        if not chunks:
            return []
        last, is_subject = _noun_run(chunks[-1])
        if nearest or is_subject:
            return last
        return _noun_run(chunks[0])[0]

    # -- heads after the figure -------------------------------------------------------------------------------------

    def _right_head(self, cell: Cell, left: Left) -> _Head | None:
        """The head when the figure stands before what it counts or measures: 新增100户[科技型中小企业]."""
        rest, skip, modified = _after(cell.right)
        owned = bool(cell.left) and cell.left[-1].kind is Kind.OF  # 文件明确的257项[支持政策]
        dimension, unit = self._dimension(cell), cell.number.unit
        if not rest or unit.endswith("百分点") or dimension in ("rank", "change-of-ratio", "times") or not unit:
            return None
        if unit in PERCENT and not modified and (left.core or not self._opens_noun(rest)):
            return None
        reached = left.predicate.form is Form.REACHED
        counting = dimension in _COUNTING
        done = bool(left.verbs) and (counting or left.verbs[-1].text in self._lexicon.inheritable)
        has_noun = any(t.kind is Kind.NOUN for t in left.core) and (reached or not done)
        if cell.left and cell.left[-1].kind is Kind.AND and len(cell.left) > 1:
            has_noun = False  # 老年人、4.5万名[干部]: the words before belong to the item before
        nominal = self._opens_noun(rest)
        if has_noun and not (modified or owned) and (not nominal or rest[0].text in self._lexicon.attributes):
            return None
        if has_noun and left.predicate.form in (Form.UP, Form.DOWN, Form.GAP, Form.SHARE):
            return None
        members = dimension in ("persons", "households") or not unit.lstrip("万亿千百十")
        things, said = noun_phrase(rest, self._lexicon, bounded=cell.bounded, members=members)
        if not things:
            bare = not any(t.kind is Kind.NOUN for t in left.core)
            return self._verbal_head(cell, left, rest, skip) if bare and dimension in _COUNTING else None
        if unit in PERCENT:
            return self._share_of(cell, things, said, skip)
        if modified:
            return self._size_of(cell, left, things, skip)
        if dimension not in _COUNTING and (has_noun or dimension in _SIZES) and self._lexicon.is_work(cell.tail):
            return self._size_in_name(cell, left, things, skip)
        if has_noun and not counting:
            return self._amount_got(cell, left, things, skip)
        if has_noun and reached:
            base = phrase_of(left.core)
            subject = Subject(base + clean(phrase_of(things), self._lexicon), base, unit=unit, tokens=tuple(left.core))
            return _Head([subject], "observation/reached-count", skip + len(things), tuple(things))
        thing = clean(phrase_of(things), self._lexicon)
        verb, kept = self._verb_of(left), _said(said)
        words = clean(phrase_of(kept), self._lexicon)
        before = self._subjects[-1] if self._subjects else None
        if not verb and not kept and left.joined and before is not None and before.verb:
            verb = before.verb  # 创建2个示范乡镇、5个示范村
        if verb:
            base = verb + thing
        elif dimension in _COUNTING:
            base = words + thing if len(words) <= _LONGEST_PREDICATE else thing
        else:
            base = thing + words  # 1071万平方米节能暖房改造
        inherited = verb if verb in self._lexicon.inheritable else ""
        subject = Subject(base, thing, verb=inherited, unit=unit, tokens=tuple(left.core))
        awaits = not verb and not kept and _list_follows(said, cell)
        consumed = skip + len(things)
        if kept and cell.bounded:  # what is said ends with its item of the list
            joints = [i for i, t in enumerate(cell.right) if t.kind is Kind.AND and i >= consumed]
            consumed = joints[-1] if joints else consumed
        return _Head([subject], "observation/right-head", consumed, tuple(things), tuple(kept), awaits)

    def _amount_got(self, cell: Cell, left: Left, things: list[Token], skip: int) -> _Head | None:
        """项目获国家1.8亿元[补贴]: the noun after an amount that is an amount itself."""
        thing = phrase_of(things)
        got = any(t.kind in (Kind.LIGHT, Kind.VERB) for t in cell.left)
        if not got or len(thing) > 8 or not thing.endswith(self._lexicon.amounts) or left.predicate.form is not Form.NONE:
            return None
        base = phrase_of(left.core) + thing
        subject = Subject(base, self._topic(base, ""), unit=cell.number.unit, tokens=tuple(left.core))
        return _Head([subject], "observation/right-head", skip + len(things), tuple(things))

    def _opens_noun(self, rest: Sequence[Token]) -> bool:
        """Whether a noun phrase begins: a noun, or an attributive word before one (重点项目)."""
        head = rest[0]
        if head.kind in (Kind.NOUN, Kind.WHERE, Kind.ORDINAL):
            return True
        if len(rest) < 2 or rest[1].kind is not Kind.NOUN:
            return False
        if head.kind is Kind.ADVERB:
            return head.text in self._lexicon.attributive
        return head.kind is Kind.VERB and head.text not in self._lexicon.predicates  # 入园企业

    def _verbal_head(self, cell: Cell, left: Left, rest: Sequence[Token], skip: int) -> _Head | None:
        """带动5000人就业, 完成1000户、4000人搬迁安置: what is done to those counted."""
        if left.core and left.core[-1].kind is Kind.VERB and rest[0].kind is not Kind.VERB:
            return None
        words = _said(rest)
        if not words or words[0].kind not in (Kind.VERB, Kind.NOUN, Kind.BE) or len(words) > 4:
            return None
        base = "".join(t.text for t in left.core if t.kind in (Kind.VERB, Kind.CAUSE)) + phrase_of(words)
        subject = Subject(base, base, unit=cell.number.unit)
        shared = cell.bounded and skip + len(words) < len(cell.right) and cell.right[skip + len(words)].kind is Kind.AND
        return _Head([subject], "observation/right-head", skip + len(words), tuple(words), tuple(words), shared)

    def _share_of(self, cell: Cell, things: list[Token], said: list[Token], skip: int) -> _Head:
        """70%的[民生项目]启动: the share of the things of which something is true."""
        words = phrase_of(_said(said))
        thing = clean(phrase_of(things), self._lexicon)
        base = (words if len(words) <= _LONGEST_PREDICATE else "") + thing + "占比"
        return _Head([Subject(base, thing, unit=cell.number.unit)], "observation/share-of", skip + len(things), tuple(things))

    def _size_of(self, cell: Cell, left: Left, things: list[Token], skip: int) -> _Head:
        """总投资323亿元的[重点项目]: the amount is the thing's, and the thing stays for the next figure."""
        thing = clean(phrase_of(things), self._lexicon)
        size: list[Token] = []
        for token in reversed(left.core):
            if token.kind is not Kind.NOUN:
                break
            size.insert(0, token)
        verb = left.core[0].text if left.core and left.core[0].kind is Kind.VERB else ""
        subject = Subject(
            thing + "".join(t.text for t in size), thing, verb=verb, unit=cell.number.unit, tokens=tuple(things)
        )
        return _Head([subject], "observation/size-of", skip - 1, tuple(things))

    def _size_in_name(self, cell: Cell, left: Left, things: list[Token], skip: int) -> _Head:
        """贵州能源水城2×66万千瓦[燃煤发电项目]: a size inside a name."""
        listed = next((i for i, t in enumerate(things) if t.text == "等"), None)
        if listed:  # 20万吨负极材料等工业项目40个: what follows 等 is of all that is listed
            things = things[: listed + 1]
        thing = clean(phrase_of(things), self._lexicon)
        name = phrase_of(left.core[len(left.core) - len(_without_verbs(left.core)) :])
        size = _SIZES.get(self._dimension(cell), "规模")
        subject = Subject(name + thing + size, thing, unit=cell.number.unit, tokens=(*left.core, *things))
        return _Head([subject], "observation/size-in-name", skip + len(things), tuple(things))

    def _verb_of(self, left: Left) -> str:
        """The verb kept in front of what is counted: directly before the figure, else the clause's first."""
        if left.verbs:
            return "".join(t.text for t in left.verbs)
        if left.core and left.core[0].kind is Kind.VERB:
            return left.core[0].text
        return ""

    # -- drafts -----------------------------------------------------------------------------------------------------

    def _draft(self, cell: Cell, subjects: list[Subject], left: Left, head: _Head, right: Sequence[Token]) -> Draft:
        """Measure, sign and names of one figure; its subjects are remembered for what follows."""
        number, predicate = cell.number, left.predicate
        form, unit, rule = predicate.form, number.unit, head.rule
        value = number.value if number.value is not None else Decimal(0)
        noun = left.core[-1] if left.core and left.core[-1].kind in _GROWTH_NOUNS else None
        dimension = self._dimension(cell)
        named = [s.phrase or clean(s.base, self._lexicon) for s in subjects]
        phrases, measure, down, whole = named, Measure.LEVEL, predicate.down, ""
        relative = self._relative(cell)
        if form in (Form.UP, Form.DOWN) and not relative and not unit.endswith("百分点") and self._nominal_move(left, cell):
            form = Form.NONE
        if number.rule in RANKS:
            measure, rule = Measure.RANK, "observation/rank"
            side = noun.text if noun else ""
            tail = "" if named[0].endswith(("位次", "名次", "排名", "排位")) else "排名"
            phrases = [f"{p.removesuffix(side)}{side}{predicate.comparator}{tail}" for p in named]
            before = self._drafts[-1] if self._drafts else None
            if before is not None and before.origin and before.measure is Measure.RANK and not left.core:
                phrases = before.phrases  # 从全省第8位上升至第5位
        elif form is Form.GAP:
            measure, rule = (Measure.GROWTH if unit in PERCENT else Measure.CHANGE), "observation/gap"
            side = noun.text if noun else ""
            phrases = [f"{p.removesuffix(side)}{side}（较{predicate.comparator}）" for p in named]
        elif form in (Form.UP, Form.DOWN) or number.rule == "number/doubling" or self._grown_after(right):
            measure = Measure.GROWTH if relative else Measure.CHANGE
            if dimension == "rank" and any(t.kind is Kind.RANK for t in cell.left):
                phrases = [p if p.endswith(("排名", "位次", "名次")) else p + "排名" for p in named]
            if noun and not relative:
                phrases = [p.removesuffix(noun.text) + noun.text for p in named]
            if predicate.whole:
                phrases = [f"{p}占{predicate.whole}{predicate.share_noun or '比例'}" for p in phrases]
                rule = "observation/share"
            elif predicate.comparator:
                phrases = [f"{p}（较{predicate.comparator}）" for p in phrases]
        elif noun and unit in PERCENT and self._is_rate(named[0]):
            measure = Measure.SHARE  # 人口自然增长率
        elif noun and unit in PERCENT:
            measure, down = Measure.GROWTH, noun.kind is Kind.GROWTH_DOWN
            phrases = [p.removesuffix(noun.text) or p for p in named]
        elif form is Form.SHARE:
            measure, rule = (Measure.SHARE if relative or not unit else Measure.LEVEL), "observation/share"
            whole = predicate.whole
            phrases = [f"{p}占{whole}{predicate.share_noun or '比例'}" if whole else f"{p}占比" for p in named]
        elif form is Form.TIMES:
            measure, rule = (Measure.SHARE if unit in PERCENT else Measure.LEVEL), "observation/times"
            phrases = [f"{p}（较{predicate.whole}）" for p in named]
        elif form is Form.NONE and (relative or unit.endswith("百分点")) and self._moved_first(left):
            measure, down = (Measure.GROWTH if relative else Measure.CHANGE), left.core[0].kind is Kind.DOWN
            phrases = [p.removeprefix(left.core[0].text) or p for p in named]  # 精简行政职权61.7%
        elif unit in PERCENT or number.rule in _FRACTIONS:
            measure = self._bare_percent(named[0])
        else:
            phrases = [self._level(s, cell) for s in subjects]
        average = predicate.average or any(t.kind is Kind.AVERAGE for t in left.core)
        if measure is Measure.GROWTH and (average or (noun is not None and noun.text.startswith(("年均", "平均")))):
            measure = Measure.AVERAGE_GROWTH
            phrases = [p.removesuffix("年均").removesuffix("年平均") or p for p in phrases]
        negative = down and measure in (Measure.GROWTH, Measure.AVERAGE_GROWTH, Measure.CHANGE)
        draft = Draft(
            cell, subjects, phrases, measure, -value if negative else value,
            -number.value_max if number.value_max is not None and negative else number.value_max,
            form, rule, number.bound, unit, predicate.comparator or (predicate.whole if form is Form.TIMES else ""),
            whole=subjects[0].whole or (self._whole if cell.clause == self._whole_clause else ""),
            done=form is Form.NONE
            and (
                head.rule == "observation/right-head"
                or bool(subjects[0].verb)
                or any(t.kind is Kind.VERB for t in left.core)
                or any(t.kind is Kind.LIGHT for t in left.functional)
            ),
            since=predicate.since, origin=predicate.origin, things=head.things, said=head.said,
        )
        self._drafts.append(draft)
        if measure is Measure.RANK or form is Form.GAP:
            self._subjects.extend(subjects)
        else:
            moved = form is Form.SHARE or (bool(predicate.whole) and form is not Form.TIMES)
            if form is Form.TIMES:
                phrases = named
            for subject, phrase in zip(subjects, phrases, strict=True):
                self._subjects.append(replace(subject, phrase=phrase, base=phrase if moved else subject.base))
        return draft

    def _moved_first(self, left: Left) -> bool:
        return len(left.core) > 1 and left.core[0].kind in (Kind.UP, Kind.DOWN)

    def _is_rate(self, phrase: str) -> bool:
        """Whether the vocabulary knows ``phrase`` as a rate although it ends like a growth."""
        concept = self._vocabulary.indicators.get(self._vocabulary.indicator_for(phrase))
        return concept is not None and concept.measure == "share"

    def _nominal_move(self, left: Left, cell: Cell) -> bool:
        """森林质量提升0.5万亩: a movement that is work done, measured in an area, a length or a count."""
        moves = [t for t in cell.left if t.kind in (Kind.UP, Kind.DOWN)]
        return (
            bool(moves)
            and moves[-1].text in self._lexicon.works
            and not left.predicate.earlier
            and self._dimension(cell) in ("area", "length", "count", "households", "volume")
        )

    def _bare_percent(self, phrase: str) -> Measure:
        """A percentage that nothing moves: a share, unless the vocabulary knows a level (then it is its growth)."""
        concept = self._vocabulary.indicators.get(self._vocabulary.indicator_for(phrase))
        rate = phrase.endswith(("率", "占比", "比重", "比例", "度", "强度"))
        return Measure.GROWTH if concept and concept.measure == "level" and not rate else Measure.SHARE

    def _grown_after(self, right: Sequence[Token]) -> bool:
        """29%的快速增长, 7%以上的增速."""
        words = [t for t in right if t.kind not in (Kind.BOUND, Kind.ADVERB, Kind.OF)]
        return (
            bool(words)
            and words[0].kind in (Kind.UP, Kind.GROWTH_UP)
            and right[0].kind in (Kind.OF, Kind.BOUND, Kind.UP, Kind.GROWTH_UP)
        )

    def _read_ratio(self, run: list[Cell], left: Left) -> None:
        """The terms of a ratio, one record each."""
        phrase = clean(phrase_of(left.core), self._lexicon)
        structure = len(run) == 3 and any(word in phrase for word in ("产业", "三产", "三次"))
        if not phrase:
            structure = structure or (len(run) == 3 and any("产业结构" in d.phrases[0] for d in self._drafts[-3:]))
            phrase = self._subjects[-1].topic if self._subjects else self._context or self._first_noun()
        for index, cell in enumerate(run):
            name = f"三次产业结构中第{'一二三'[index]}产业占比" if structure else phrase
            self._drafts.append(
                Draft(
                    cell, [Subject(name, name)], [name], Measure.SHARE if structure else Measure.LEVEL,
                    cell.number.value or Decimal(0), None, left.predicate.form, "observation/ratio",
                    cell.number.bound, cell.number.unit, since=left.predicate.since, origin=left.predicate.origin,
                )
            )
        self._subjects.append(Subject("三次产业结构", "三次产业结构") if structure else Subject(phrase, phrase))


def _noun_run(chunk: Sequence[Token]) -> tuple[list[Token], bool]:
    """The first nouns of a clause, and whether no verb stands before them."""
    start = 0
    while start < len(chunk) and chunk[start].kind is not Kind.NOUN:
        start += 1
    run: list[Token] = []
    for token in chunk[start:]:
        if token.kind not in (Kind.NOUN, Kind.AND, Kind.OF):
            break
        run.append(token)
    verbal = (Kind.VERB, Kind.CAUSE, Kind.LIGHT, Kind.UP, Kind.DOWN, Kind.PREPOSITION)
    return run, all(t.kind not in verbal for t in chunk[:start])


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


def _after(right: Sequence[Token]) -> tuple[list[Token], int, bool]:
    """The words after a figure and its bound, how many were passed over, and whether 的 led to them."""
    skip = 0
    while skip < len(right) and right[skip].kind in (Kind.BOUND, Kind.MARK):
        skip += 1
    rest = list(right[skip:])
    modified = bool(rest) and rest[0].kind is Kind.OF
    if modified:
        rest, skip = rest[1:], skip + 1
        if rest and rest[0].kind in (Kind.UP, Kind.DOWN, *_GROWTH_NOUNS, Kind.SHARE_NOUN):
            return [], skip, True
    opening = (Kind.NOUN, Kind.VERB, Kind.ORDINAL, Kind.ADVERB, Kind.WHERE, Kind.CAUSE, Kind.LIGHT)
    if not rest or (rest[0].kind not in opening and rest[0].text not in ("有", "稳定")):
        return [], skip, modified
    return rest, skip, modified


def _first_verb(core: Sequence[Token]) -> str:
    """The verb a subject begins with: 新增, or 新 and a verb (新设立)."""
    if core and core[0].kind is Kind.VERB:
        return core[0].text
    if len(core) > 2 and core[0].text in ("新", "再", "续") and core[1].kind is Kind.VERB:
        return core[0].text + core[1].text
    return ""


def _without_verbs(core: Sequence[Token]) -> Sequence[Token]:
    """``core`` without the verbs it begins with."""
    start = 0
    while start < len(core) and core[start].kind in (Kind.VERB, Kind.CAUSE, Kind.LIGHT):
        start += 1
    return core[start:]


def _said(said: Sequence[Token]) -> list[Token]:
    """What is said of the things counted, without how and when."""
    words: list[Token] = []
    for token in said:
        if token.kind in (Kind.QUANTITY, Kind.STOP) or (token.kind is Kind.AND and not words):
            break
        words.append(token)
    while words and words[0].kind in (Kind.ADVERB, Kind.TIME, Kind.WHEN, Kind.DISTRIBUTIVE, Kind.WHERE, Kind.BOUND):
        words.pop(0)
    while words and words[-1].kind in (Kind.ADVERB, Kind.BOUND, Kind.AND, Kind.MARK, Kind.BE, Kind.TO):
        words.pop()
    return words if not words or words[0].kind is not Kind.BE or words[0].text != "为" else []


def _list_follows(said: Sequence[Token], cell: Cell) -> bool:
    """Whether a list goes on after the things counted, so that what is said of them may stand after its last item."""
    return bool(said) and said[0].kind is Kind.AND and bool(cell.right)


__all__ = ["PERCENT", "Draft", "SentenceReader", "Subject"]
