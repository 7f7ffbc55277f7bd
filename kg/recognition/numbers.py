"""Every number of a text: what it is for, its exact value and its unit.

Invariant: each digit token (``TOKEN`` in ``Edition.text``) lies in exactly one ``Number``. Class rules come first
(``ontology/rules/number-rules.toml``), then the grammar of figures; a bare number takes the unit that its list writes
later, and is a label where nothing says it is a value.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

import regex

from kg.reading.edition import Edition, Span
from kg.recognition.quantities.dense import DenseText, dense
from kg.recognition.quantities.figures import Figure, Grammar, bound_of
from kg.recognition.quantities.numerals import figures_in_numerals
from kg.recognition.quantities.rules import NumberRule, load_rules
from kg.recognition.quantities.words import Words, load_words
from kg.recognition.spans import Bound, Number, NumberClass
from kg.vocabulary.vocabulary import Vocabulary

TOKEN = regex.compile(r"\d+(?:\.\d+)?")
_TOLD = regex.compile(r"\d|[第番倍]|分之")  # what a paragraph with numbers holds
_DIGIT = regex.compile(r"\d")
_QUOTATION = regex.compile(r"“[^“”\n，。；！？]{1,24}”|‘[^‘’\n，。；！？]{1,24}’")
_TITLE = regex.compile(r"《[^《》\n]{1,80}》")
_RANK_AFTER = regex.compile(r"第(?P<value>\d+)(?P<unit>位次|名次|位|名)?")
_TOP_AFTER = regex.compile(
    r"前(?P<value>\d{1,3})(?P<unit>位|名|强(?=[，。；、]))?(?![\d.个年月天日季%％])(?=[，。；、行列的以]|$)"
)
_ELISION = regex.compile(r"(?:、|和|与|及|以及|或)(?=-?\d)")


@dataclass(frozen=True, slots=True)
class _Reader:
    grammar: Grammar
    rules: tuple[NumberRule, ...]
    words: Words


@lru_cache(maxsize=4)
def _reader(vocabulary_hash: str, labels: tuple[tuple[str, str], ...]) -> _Reader:
    words = load_words()
    grammar = Grammar(dict(labels), words)
    return _Reader(grammar, load_rules(grammar), words)


def _labels(vocabulary: Vocabulary) -> tuple[tuple[str, str], ...]:
    """Labels of all units in Chinese or signs, with the unit's dimension."""
    return tuple(
        sorted(
            (label, unit.dimension)
            for unit in vocabulary.units.values()
            for label in {unit.labels.get("zh-Hans", ""), *unit.alternatives}
            if label
        )
    )


def find_numbers(edition: Edition, vocabulary: Vocabulary) -> tuple[Number, ...]:
    """All numbers of ``edition`` in text order."""
    reader = _reader(vocabulary.vocabulary_hash, _labels(vocabulary))
    numbers: list[Number] = []
    for paragraph in edition.paragraphs:
        if _TOLD.search(edition.text, paragraph.start, paragraph.end):
            text = dense(edition.norm, paragraph.start, paragraph.end)
            numbers.extend(_numbers_of(text, edition.text, reader))
    return tuple(numbers)


def _numbers_of(text: DenseText, original: str, reader: _Reader) -> list[Number]:
    found = _with_numerals(text.text, _decided(text.text, list(_scan(text.text, reader)), reader.words), reader.words)
    tokens = [m.span() for m in TOKEN.finditer(original, text.offsets[0], text.offsets[-1] + 1)]
    starts = [start for start, _ in tokens]
    numbers = []
    for figure, number_class, rule, bound in found:
        span = text.span(figure.start, figure.end)
        first = bisect_left(starts, span.start)
        inside = []
        while first < len(tokens) and tokens[first][0] < span.end:
            inside.append(Span(*tokens[first]))
            first += 1
        is_value = number_class is NumberClass.OBSERVATION
        numbers.append(
            Number(
                start=span.start,
                end=max(span.end, inside[-1].end) if inside else span.end,
                number_class=number_class,
                tokens=tuple(inside),
                value=figure.value if is_value else None,
                value_max=figure.value_max if is_value else None,
                unit=figure.unit if is_value else "",
                bound=bound,
                count=figure.count if is_value else None,
                each=figure.each if is_value else None,
                rule=rule,
            )
        )
    covered = {token for number in numbers for token in number.tokens}
    numbers.extend(
        # A digit that the normal form reads as a Chinese numeral (二0一六年).
        Number(start, end, NumberClass.TIME, (Span(start, end),), rule="number/chinese-date")
        for start, end in tokens
        if Span(start, end) not in covered
    )
    return sorted(numbers, key=lambda number: number.start)


_Found = tuple[Figure, NumberClass, str, Bound]
_PENDING = "number/bare"


def _with_numerals(text: str, found: list[_Found], words: Words) -> list[_Found]:
    """``found`` with the figures in Chinese numerals, those in quotations and titles and beside digits left out."""
    closed = [*_spans(_QUOTATION, text), *_spans(_TITLE, text), *((f.start, f.end) for f, *_ in found)]
    for figure, rule in figures_in_numerals(text, words):
        if all(figure.end <= start or end <= figure.start for start, end in closed):
            found.append((figure, NumberClass.OBSERVATION, rule, bound_of(text, figure, words)))
            closed.append((figure.start, figure.end))
    return sorted(found, key=lambda item: item[0].start)


def _scan(text: str, reader: _Reader) -> Iterator[tuple[Figure, NumberClass | None, str]]:
    """Each number of ``text`` with its class (None: a bare number still to be decided) and the rule that read it."""
    within = {"quotation": _spans(_QUOTATION, text), "title": _spans(_TITLE, text)}
    done = 0
    while (digit := _DIGIT.search(text, done)) is not None:
        at = digit.start()
        claim = next(
            (
                (rule, span)
                for rule in reader.rules
                if (not rule.within or _covers(within[rule.within], at)) and (span := rule.claim(text, at))
            ),
            None,
        )
        if claim:
            rule, (start, end) = claim
            yield Figure(max(start, done), end, Decimal(0), None, ""), rule.number_class, rule.id
            done = end
            continue
        for figure, rule_id in _figures(text, at, reader):
            bare = not figure.unit and figure.form in ("plain", "range") and rule_id != "number/rank"
            yield figure, None if bare else NumberClass.OBSERVATION, rule_id
            done = figure.end


def _figures(text: str, at: int, reader: _Reader) -> list[tuple[Figure, str]]:
    """The figure at ``at``, or the terms of the ratio there, each with its rule."""
    ratio = reader.grammar.ratio_at(text, at)
    if ratio:
        return [(term, "number/ratio") for term in ratio]
    rank = _RANK_AFTER.match(text, at - 1) if at and text[at - 1] == "第" else None
    if rank and (rank["unit"] or reader.words.rank_before.search(text[max(0, at - 24) : at])):
        value = Decimal(rank["value"])
        return [(Figure(at - 1, rank.end(), value, None, rank["unit"] or "", form="rank"), "number/rank")]
    top = _TOP_AFTER.match(text, at - 1) if at else None
    if top:
        return [(Figure(at - 1, top.end(), Decimal(top["value"]), None, top["unit"] or "", form="top"), "number/rank")]
    figure = reader.grammar.figure_at(text, at)
    assert figure is not None  # a digit begins a literal
    if figure.unit and at > 0 and text[at - 1] in "-－" and (at < 2 or not regex.match(r"[\dA-Za-z%]", text[at - 2])):
        figure = replace(figure, start=at - 1, value=-figure.value)
    return [(figure, f"number/{figure.form}")]


def _spans(pattern: regex.Pattern[str], text: str) -> list[tuple[int, int]]:
    return [match.span() for match in pattern.finditer(text)]


def _covers(spans: list[tuple[int, int]], at: int) -> bool:
    return any(start < at < end for start, end in spans)


def _decided(text: str, scanned: list[tuple[Figure, NumberClass | None, str]], words: Words) -> list[_Found]:
    """``scanned`` with bare numbers decided and bounds read, from right to left: a list's last item speaks for it."""
    found: list[_Found] = []
    shared = False
    for figure, number_class, rule in reversed(scanned):
        following = found[-1] if found else None
        joined = following is not None and _joined(text, figure, following[0])
        if number_class is None:
            if joined and following is not None:
                figure, number_class, rule = replace(figure, unit=following[0].unit), following[1], "number/elided-unit"
            elif _says_value(text, figure, words):
                number_class, rule = NumberClass.OBSERVATION, "number/value"
            else:
                number_class, rule = NumberClass.LABEL, _PENDING
        bound = Bound.EQ
        if number_class is NumberClass.OBSERVATION:
            bound = Bound.LE if figure.form == "top" else bound_of(text, figure, words)
            limited = joined and following is not None and (shared or words.bound_after.match(text, following[0].end))
            shared = bool(bound is Bound.EQ and limited)
            if shared and following is not None:
                bound = following[3]  # 分别增长10%、12%和13%以上: the word after the last item limits all
        found.append((figure, number_class, rule, bound))
    found.reverse()
    return found


def _joined(text: str, figure: Figure, following: Figure) -> bool:
    """Whether the list goes on from ``figure`` to ``following`` with nothing but a list word between them."""
    link = _ELISION.match(text, figure.end)
    return link is not None and following.start == link.end()


def _says_value(text: str, figure: Figure, words: Words) -> bool:
    """Whether a bare number stands where a value is stated (指数达47)."""
    return bool(
        words.value_before.search(text[max(0, figure.start - 10) : figure.start])
        and words.value_after.match(text[figure.end : figure.end + 4])
    )
