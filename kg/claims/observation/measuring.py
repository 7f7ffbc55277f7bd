"""How a figure measures its subject: level, growth, change, share or rank; its sign; and the indicator's full name.

Invariant: a change is negative for a fall; a gap to another place never has the name of the indicator alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from kg.claims.claim import Measure
from kg.claims.observation.clause import Cell
from kg.claims.observation.draft import GROWTH_NOUNS, PERCENT, RANKS, Draft, Head, Spoken, Subject
from kg.claims.observation.lexicon import Kind, Lexicon
from kg.claims.observation.naming import Namer, clean
from kg.claims.observation.parse import Form, Left
from kg.claims.observation.tokens import Token

_FRACTIONS = frozenset({"number/fraction", "number/fraction-numeral"})
_SIGNED = frozenset({Measure.GROWTH, Measure.AVERAGE_GROWTH, Measure.CHANGE})
_DONE_IN = frozenset({"area", "length", "count", "households", "volume"})
_PLACES = ("位次", "名次", "排名", "排位")


@dataclass(slots=True)
class _Reading:
    """Measure, direction, names and rule of one figure."""

    measure: Measure
    down: bool
    phrases: list[str]
    rule: str
    form: Form


def draft_of(
    cell: Cell,
    subjects: list[Subject],
    left: Left,
    head: Head,
    right: Sequence[Token],
    spoken: Spoken,
    namer: Namer,
) -> Draft:
    """The figure of ``cell`` with its measure and names; its subjects are remembered in ``spoken``."""
    number, predicate = cell.number, left.predicate
    named = [s.phrase or clean(s.base, namer.lexicon) for s in subjects]
    read = _read(cell, subjects, named, left, head, right, spoken, namer)
    value = number.value if number.value is not None else Decimal(0)
    maximum = number.value_max
    if read.down and read.measure in _SIGNED:
        value, maximum = (-value, None) if maximum is None else (-maximum, -value)
    draft = Draft(
        cell=cell,
        subjects=subjects,
        phrases=read.phrases,
        measure=read.measure,
        value=value,
        value_max=maximum,
        form=read.form,
        rule=read.rule,
        bound=number.bound,
        unit=number.unit,
        comparator=predicate.comparator or (predicate.whole if read.form is Form.TIMES else ""),
        whole=subjects[0].whole or (spoken.whole if cell.clause == spoken.whole_clause else ""),
        done=read.form is Form.NONE and _is_done(subjects[0], left, head),
        since=predicate.since,
        origin=predicate.origin,
        things=head.things,
        said=head.said,
    )
    spoken.drafts.append(draft)
    spoken.subjects.extend(_remembered(draft, named, partly=bool(predicate.whole)))
    return draft


def _remembered(draft: Draft, named: list[str], *, partly: bool) -> list[Subject]:
    """The subjects as later figures continue them: a share as a share, a rank or gap as what it ranks or compares."""
    if draft.measure is Measure.RANK or draft.form is Form.GAP:
        return draft.subjects
    phrases = named if draft.form is Form.TIMES else draft.phrases
    is_share = draft.form is Form.SHARE or (partly and draft.form is not Form.TIMES)
    return [
        replace(subject, phrase=phrase, base=phrase if is_share else subject.base)
        for subject, phrase in zip(draft.subjects, phrases, strict=True)
    ]


def _is_done(subject: Subject, left: Left, head: Head) -> bool:
    """Whether the figure counts or measures what was done (新增, 改造, 实施), not what there is."""
    return (
        head.rule == "observation/right-head"
        or bool(subject.verb)
        or any(t.kind is Kind.VERB for t in left.core)
        or any(t.kind is Kind.LIGHT for t in left.functional)
    )


def _read(
    cell: Cell,
    subjects: list[Subject],
    named: list[str],
    left: Left,
    head: Head,
    right: Sequence[Token],
    spoken: Spoken,
    namer: Namer,
) -> _Reading:
    number, predicate = cell.number, left.predicate
    unit, relative, points = number.unit, namer.relative(cell), number.unit.endswith("百分点")
    noun = left.core[-1] if left.core and left.core[-1].kind in GROWTH_NOUNS else None
    read = _Reading(Measure.LEVEL, predicate.down, named, head.rule, predicate.form)
    if read.form in (Form.UP, Form.DOWN) and not relative and not points and _is_work(cell, left, namer):
        read.form = Form.NONE
    if number.rule in RANKS:
        _read_rank(read, left, noun, spoken)
    elif read.form is Form.GAP:
        side = noun.text if noun else ""
        read.measure = Measure.GROWTH if unit in PERCENT else Measure.CHANGE
        read.phrases = [f"{p.removesuffix(side)}{side}（较{predicate.comparator}）" for p in named]
        read.rule = "observation/gap"
    elif read.form in (Form.UP, Form.DOWN) or number.rule == "number/doubling" or _grown_after(right):
        _read_movement(read, cell, left, noun, namer)
    elif noun and unit in PERCENT:
        if namer.is_rate(named[0]):
            read.measure = Measure.SHARE
        else:
            read.measure, read.down = Measure.GROWTH, noun.kind is Kind.GROWTH_DOWN
            read.phrases = [p.removesuffix(noun.text) or p for p in named]
    elif read.form is Form.SHARE:
        whole = predicate.whole
        read.measure, read.rule = Measure.SHARE if relative or not unit else Measure.LEVEL, "observation/share"
        read.phrases = [f"{p}占{whole}{predicate.share_noun or '比例'}" if whole else f"{p}占比" for p in named]
    elif read.form is Form.TIMES:
        read.measure, read.rule = Measure.SHARE if unit in PERCENT else Measure.LEVEL, "observation/times"
        read.phrases = [f"{p}（较{predicate.whole}）" for p in named]
    elif read.form is Form.NONE and (relative or points) and _begins_moving(left):
        read.measure, read.down = Measure.GROWTH if relative else Measure.CHANGE, left.core[0].kind is Kind.DOWN
        read.phrases = [p.removeprefix(left.core[0].text) or p for p in named]  # 精简行政职权61.7%
    elif unit in PERCENT or number.rule in _FRACTIONS:
        read.measure = namer.bare_percent(named[0])
    else:
        read.phrases = [namer.level(s, cell) for s in subjects]
    _average(read, left, noun)
    return read


def _read_rank(read: _Reading, left: Left, noun: Token | None, spoken: Spoken) -> None:
    """增速居全省第3位 is the rank of the growth in the province."""
    side, comparator = noun.text if noun else "", left.predicate.comparator
    tail = "" if read.phrases[0].endswith(_PLACES) else "排名"
    read.measure, read.rule = Measure.RANK, "observation/rank"
    read.phrases = [f"{p.removesuffix(side)}{side}{comparator}{tail}" for p in read.phrases]
    before = spoken.drafts[-1] if spoken.drafts else None
    if before is not None and before.origin and before.measure is Measure.RANK and not left.core:
        read.phrases = before.phrases  # 从全省第8位上升至第5位


def _read_movement(read: _Reading, cell: Cell, left: Left, noun: Token | None, namer: Namer) -> None:
    """增长5% is growth, 提高3个百分点 a change; of a share, a rank or a gap where the words say so."""
    predicate, relative = left.predicate, namer.relative(cell)
    read.measure = Measure.GROWTH if relative else Measure.CHANGE
    if namer.dimension(cell) == "rank" and any(t.kind is Kind.RANK for t in cell.left):
        read.phrases = [p if p.endswith(_PLACES) else p + "排名" for p in read.phrases]
    if noun and not relative:
        read.phrases = [p.removesuffix(noun.text) + noun.text for p in read.phrases]
    if predicate.whole:
        read.phrases = [f"{p}占{predicate.whole}{predicate.share_noun or '比例'}" for p in read.phrases]
        read.rule = "observation/share"
    elif predicate.comparator:
        read.phrases = [f"{p}（较{predicate.comparator}）" for p in read.phrases]


def _average(read: _Reading, left: Left, noun: Token | None) -> None:
    """年均增长 and 年均增速 are means over years."""
    told = left.predicate.average or any(t.kind is Kind.AVERAGE for t in left.core)
    if read.measure is Measure.GROWTH and (told or (noun is not None and noun.text.startswith(("年均", "平均")))):
        read.measure = Measure.AVERAGE_GROWTH
        read.phrases = [p.removesuffix("年均").removesuffix("年平均") or p for p in read.phrases]


def _begins_moving(left: Left) -> bool:
    return len(left.core) > 1 and left.core[0].kind in (Kind.UP, Kind.DOWN)


def _is_work(cell: Cell, left: Left, namer: Namer) -> bool:
    """森林质量提升0.5万亩: a movement that is work done, measured in an area, a length or a count."""
    moves = [t for t in cell.left if t.kind in (Kind.UP, Kind.DOWN)]
    lexicon: Lexicon = namer.lexicon
    return (
        bool(moves)
        and moves[-1].text in lexicon.works
        and not left.predicate.earlier
        and namer.dimension(cell) in _DONE_IN
    )


def _grown_after(right: Sequence[Token]) -> bool:
    """29%的快速增长, 7%以上的增速."""
    words = [t for t in right if t.kind not in (Kind.BOUND, Kind.ADVERB, Kind.OF)]
    return (
        bool(words)
        and words[0].kind in (Kind.UP, Kind.GROWTH_UP)
        and right[0].kind in (Kind.OF, Kind.BOUND, Kind.UP, Kind.GROWTH_UP)
    )
