"""When a figure holds, and whether it is a fact, an estimate or a target.

Invariant: the part of the report decides where the sentence is silent; what the sentence says (到2025年, 预计, 五年来)
wins.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from kg.claims.claim import Measure, Status
from kg.claims.observation.clause import Cell
from kg.claims.observation.lexicon import Kind, Lexicon
from kg.claims.observation.parse import Form
from kg.claims.observation.tokens import Token
from kg.reading.edition import Metadata, Part

_PLANNED = frozenset({Part.PLAN, Part.TERM_PLAN, Part.GOVERNMENT})
_YEAR = regex.compile(r"(?:19|20)\d\d")
_SPAN = regex.compile(r"((?:19|20)\d\d)年?(?:——|--|[-—–~～至到])((?:19|20)?\d\d)年?")
_UNTIL = regex.compile(r"(?:到|至|截至|截止|截止到|于)?(?P<year>20\d\d)年(?:底|末)?")
_FIVE = regex.compile(
    "五年来|过去五年|五年累计|[“”]?十[二三四五][“”]?(?:时期|期间|以来)|本届政府|近五年|五年间|五年[，共累]"
)
_SUM = regex.compile("累计|共|总计|先后|五年|五年来")
_NEXT_FIVE = regex.compile("今后五年|未来五年|[“”]?十[三四五六][“”]?末")
_QUARTERS = {"一": "Q1", "二": "Q2", "三": "Q3", "四": "Q4", "1": "Q1", "2": "Q2", "3": "Q3", "4": "Q4"}
_PART_OF_YEAR = regex.compile("(?<![前头])(?P<q>[一二三四1-4])季度|(?P<h>[上下])半年")
_THIS_YEAR = frozenset({"今年", "全年", "年内", "当年"})
_BEFORE_DATE = frozenset({Kind.ADVERB, Kind.WHEN, Kind.AIM, Kind.PREPOSITION, Kind.WHERE, Kind.AND, Kind.TO, Kind.MARK})
_NOW = regex.compile("^(?:目前|现有|现已|至今|截至目前|去年|上年|已有|已经|当前)")


@dataclass(frozen=True, slots=True)
class Frame:
    """What the sentence's place in the report says of its figures."""

    part: Part
    metadata: Metadata

    @property
    def planned(self) -> bool:
        return self.part in _PLANNED

    @property
    def year(self) -> int | None:
        """The year the part speaks of."""
        if self.part is Part.TERM_PLAN and self.metadata.plan_term:
            return self.metadata.plan_term[1]
        if self.part is Part.TERM_REVIEW and self.metadata.review_term:
            return self.metadata.review_term[1]
        return self.metadata.plan_year if self.planned else self.metadata.review_year

    @property
    def term(self) -> str:
        """The term the part speaks of as a period, or ""."""
        span = self.metadata.plan_term if self.planned else self.metadata.review_term
        return f"{span[0]}-{span[1]}" if span else ""

    def origin(self, since: str) -> str:
        """When the figure held that a movement begins from: the year named (2015年的), else the year or term before."""
        named = _YEAR.search(since)
        if named:
            return str(named.group())
        if self.part is Part.TERM_REVIEW and self.metadata.review_term:
            return str(self.metadata.review_term[0] - 1)
        year = self.year
        return str(year - 1) if year else ""


def status_of_size(tail: str, lexicon: Lexicon, status: Status) -> Status:
    """A size inside a name, in the review, is a fact once the work is ready and a target while it is under way."""
    if any(word in tail for word in lexicon.ready):
        return status
    return Status.TARGET if any(word in tail for word in lexicon.under_way) else status


def _explicit(cell: Cell, frame: Frame) -> tuple[str, int | None]:
    """A date that the clause, or the clauses before it in the sentence, put on the figure: its text and year."""
    clause = cell.earlier
    own = cell.left
    found = _leading_date(own if cell.opens else [])
    if found is None:
        # The last clause before this one that opens with a date governs until a new one does.
        chunk: list[Token] = []
        chunks: list[list[Token]] = []
        for token in clause:
            if token.kind is Kind.STOP:
                chunks.append(chunk)
                chunk = []
                if token.text in "；。":
                    chunks = []
            else:
                chunk.append(token)
        for chunk in reversed(chunks):
            found = _leading_date(chunk)
            if found is not None:
                break
    if not found:
        return "", None
    span = _SPAN.search(found)
    if span:
        last = span[2] if len(span[2]) == 4 else span[1][:2] + span[2]
        return f"{span[1]}-{last}", int(last)
    year = _YEAR.search(found)
    return (year.group(), int(year.group())) if year else ("", None)


def _leading_date(tokens: Sequence[Token]) -> str | None:
    """The date with which a clause opens (到2025年, 2022年底), not one inside a name or a comparison; "" for 今年."""
    lead: list[str] = []
    for token in tokens[:6]:
        if token.kind is Kind.TIME and _YEAR.match(token.text) and not token.text.endswith(("年度",)):
            return "".join(lead) + token.text
        if token.text in _THIS_YEAR:
            return ""  # 今年 ends what an earlier date governs
        if token.kind not in _BEFORE_DATE and token.text not in ("到", "至", "截至", "截止", "自", "以", "于"):
            return None
        lead.append(token.text)
    return None


def period_of(cell: Cell, measure: Measure, form: Form, *, done: bool, frame: Frame, before: str) -> str:
    """The period of a figure: "2023", "2018-2022", "2023-Q1". ``done`` says that it counts what was done, not what
    there is; ``before`` is the sentence up to the figure.
    """
    year = frame.year
    text, explicit = _explicit(cell, frame)
    if explicit is not None and 1978 <= explicit <= 2060:
        if "-" in text or measure is not Measure.AVERAGE_GROWTH:
            return text
        year = explicit
    if year is None:
        return ""
    long = _term_in(before, frame, year)
    if measure is Measure.AVERAGE_GROWTH:
        return long or frame.term or _mean_of(before, year) or str(year)
    clause = regex.split("[，。；：]", before)[-1]
    parts = list(_PART_OF_YEAR.finditer(clause))
    part = parts[-1] if parts else None
    if part and "全年" not in clause:
        return f"{year}-{_QUARTERS[part['q']]}" if part["q"] else f"{year}-H{1 if part['h'] == '上' else 2}"
    if long and measure in (Measure.LEVEL, Measure.GROWTH, Measure.CHANGE) and form not in (Form.REACHED, Form.LEVEL):
        return long
    summed = _SUM.search(clause) and form is not Form.REACHED
    if frame.part in (Part.TERM_REVIEW, Part.TERM_PLAN) and measure is Measure.LEVEL and (done or summed):
        return long or frame.term or str(year)
    return str(year)


def _term_in(before: str, frame: Frame, year: int) -> str:
    """The span of years the sentence speaks of (五年来, “十三五”时期), or ""."""
    if not frame.planned and _FIVE.search(before):
        if frame.metadata.review_term:
            return f"{frame.metadata.review_term[0]}-{frame.metadata.review_term[1]}"
        return f"{year - 4}-{year}"
    if frame.planned and _NEXT_FIVE.search(before) and frame.metadata.plan_term:
        return f"{frame.metadata.plan_term[0]}-{frame.metadata.plan_term[1]}"
    return ""


def _mean_of(before: str, year: int) -> str:
    match = regex.search("([两三四五六])年(?:平均|年均)|近([两三四五六])年", before)
    if not match:
        return ""
    length = "两三四五六".index(match[1] or match[2]) + 2
    return f"{year - length + 1}-{year}"


def status_of(cell: Cell, frame: Frame, period: str, sentence: Sequence[Token]) -> Status:
    """Fact, estimate or target."""
    before = [t for t in sentence if t.start < cell.quantity.start]
    clause: list[Token] = []
    scope: list[Token] = []
    for token in before:
        if token.kind is Kind.STOP:
            clause = []
            if token.text in "；。":
                scope = []
        else:
            clause.append(token)
            scope.append(token)
    last = regex.findall(r"\d{4}", period)
    year = int(last[-1]) if last else None
    review = frame.metadata.review_year
    if frame.planned:
        if year is not None and review is not None and year <= review:
            return Status.ACTUAL
        if clause and _NOW.match("".join(t.text for t in clause)):
            return Status.ACTUAL
        return Status.TARGET
    if any(t.text in ("预计", "预期", "有望", "预计达") for t in scope):
        return Status.ESTIMATE
    if year is not None and review is not None and year > review:
        return Status.TARGET
    for token in clause:
        if token.kind in (Kind.NOUN, Kind.BE, Kind.THAN):
            break  # 完成年度投资计划的98%: a plan that is spoken of
        following = clause[clause.index(token) + 1 :]
        planned = token.text == "计划" and following and following[0].kind in (Kind.VERB, Kind.LIGHT, Kind.UP)
        if planned or token.text in ("力争", "拟", "预期目标"):
            return Status.TARGET
    return Status.ACTUAL
