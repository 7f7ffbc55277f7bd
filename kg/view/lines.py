"""Statements as lines for people: words, links, figures with their bounds, and the sentences they were read from.

Invariant: a line says what its statement says and no more; every line leads to the place in the report it was read
from. Hrefs are relative to the root of the site.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from kg.view.contents import Contents, Edition, Figure, Link, Names, Quote, Said, Sentence, StatusChange, Undertaking
from kg.view.picture import INDICATOR, indicator_slug

BOUNDS = {"approx": "≈ ", "ge": "≥ ", "gt": "> ", "le": "≤ ", "lt": "< "}
# A relation seen from its object.
INVERSE = {
    "locatedIn": Names("位于此地", "", "located here"),
    "operatedBy": Names("运营", "", "operates"),
    "undertakenBy": Names("承担实施", "", "undertakes"),
    "partOf": Names("包含", "", "has as part"),
    "awarded": Names("获得者", "", "awarded to"),
    "seeks": Names("争创者", "", "sought by"),
    "issued": Names("出台者", "", "issued by"),
    "implements": Names("实施者", "", "implemented by"),
}
PLANNED = Names("计划", "", "planned")


@dataclass(frozen=True, slots=True)
class Ref:
    """A link to the page of a thing or an indicator."""

    href: str
    names: Names
    type: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence with the part that is quoted, and where it stands."""

    before: str
    exact: str
    after: str
    language: str
    href: str
    where: Names
    edition: int


@dataclass(frozen=True, slots=True)
class Line:
    """A statement in words. ``kind`` is relation, status, figure, promise or done."""

    iri: str
    kind: str
    subject: tuple[Ref, ...]
    words: Names
    object: tuple[Ref, ...]
    text: str  # what is promised or done, in the report's words
    value: str  # a figure with its bound
    measure: Names
    period: str
    chip: str  # actual, estimate, target or ""
    chip_names: Names
    area: Names
    deadline: str
    figures: tuple[Line, ...]
    passages: tuple[Passage, ...]
    rule: str
    confidence: str
    start: int
    report: Names


class Speaker:
    """Turns the statements of ``contents`` into lines."""

    def __init__(self, contents: Contents) -> None:
        self.contents = contents
        self.figure = {f.iri: f for f in contents.figures}
        self.report = {r.iri: r for r in contents.reports}
        self.number = {e.iri: i for r in contents.reports for i, e in enumerate(r.editions)}

    @cached_property
    def _headings(self) -> dict[str, str]:
        return {s.iri: s.title for e in self.contents.editions.values() for s in e.sections}

    def ref(self, iri: str) -> Ref | None:
        """A link to ``iri``'s page, None if it has none."""
        if thing := self.contents.things.get(iri):
            return Ref(f"thing/{thing.slug}.html", thing.names, thing.type)
        if concept := self.contents.indicators.get(iri):
            slug = indicator_slug(iri, concept.notation, self.contents.base)
            return Ref(f"thing/{slug}.html", concept.names, INDICATOR)
        return None

    def refs(self, iris: Iterable[str]) -> tuple[Ref, ...]:
        """Links to the pages of ``iris``, those that have one."""
        return tuple(r for i in iris if (r := self.ref(i)))

    def label(self, scheme: str, notation: str) -> Names:
        """The label of a concept; its notation where no vocabulary has it."""
        concept = self.contents.concept(scheme, notation)
        return concept.names if concept else Names(notation)

    def href(self, quote: Quote) -> str:
        """The sentence of ``quote`` in the report's page."""
        edition = self.contents.editions[quote.edition]
        sentence = self.contents.sentences[quote.sentence]
        return f"report/{self.report[edition.report].slug}.html#{anchor(self.number[quote.edition], sentence.start)}"

    def passage(self, quote: Quote) -> Passage | None:
        """The quoted sentence."""
        edition = self.contents.editions.get(quote.edition)
        sentence = self.contents.sentences.get(quote.sentence)
        if edition is None or sentence is None:
            return None
        a, b = max(0, quote.start - sentence.start), max(0, quote.end - sentence.start)
        return Passage(
            sentence.text[:a],
            sentence.text[a:b],
            sentence.text[b:],
            edition.language,
            self.href(quote),
            self._where(edition, sentence),
            self.number[quote.edition],
        )

    def passages(self, quotes: Sequence[Quote], editions: int = 2) -> tuple[Passage, ...]:
        """The quoted sentences of the first ``editions`` editions, each sentence once."""
        seen: dict[str, Quote] = {}
        for q in quotes:
            if self.number.get(q.edition, 0) < editions:
                seen.setdefault(q.sentence, q)
        return tuple(p for q in seen.values() if (p := self.passage(q)))

    def _where(self, edition: Edition, sentence: Sentence) -> Names:
        heading = self._headings.get(sentence.section, "")
        title = self.report[edition.report].title
        after = f" · {heading}" if heading else ""
        return Names(title.zh + after, "", (title.en or title.zh) + after)

    def value(self, f: Figure) -> str:
        """The value as written, with its bound."""
        return BOUNDS.get(f.bound, "") + f.text.zh

    def line(self, said: Said, viewpoint: str = "", editions: int = 1) -> Line:
        """``said`` in words; ``viewpoint`` is the thing whose page it stands on, which it need not name again."""
        subject: tuple[Ref, ...] = ()
        object_: tuple[Ref, ...] = ()
        words = measure = chip_names = area = Names("")
        text = value = chip = deadline = ""
        figures: tuple[Line, ...] = ()
        kind = "relation"
        if isinstance(said, Link):
            out = said.subject == viewpoint or viewpoint != said.object
            words = self.contents.predicates.get(said.predicate, Names(said.predicate))
            if not out:
                words = INVERSE.get(said.predicate, Names(f"← {words.zh}", "", f"← {words.en}"))
            subject = self.refs([said.subject]) if not viewpoint else ()
            object_ = self.refs([said.object if out else said.subject])
            chip, chip_names = ("target", PLANNED) if said.target else ("", chip_names)
        elif isinstance(said, StatusChange):
            kind = "status"
            subject = self.refs([said.subject]) if said.subject != viewpoint else ()
            words = self.label("project-status", said.status)
            chip, chip_names = ("target", PLANNED) if said.target else ("", chip_names)
        elif isinstance(said, Figure):
            kind = "figure"
            subject = self.refs(i for i in said.about if i != viewpoint)
            object_ = self.refs(i for i in said.indicators if i != viewpoint)
            words = said.phrase
            value = self.value(said)
            if said.measure != "level":
                measure = self.label("measure", said.measure)
            chip, chip_names = said.status, self.label("status", said.status)
        elif isinstance(said, Undertaking):
            kind = "done" if said.achieved else "promise"
            words, text = said.verb, said.object.zh
            object_ = self.refs(i for i in (*said.concerns, *said.responsible) if i != viewpoint)
            chip = "actual" if said.achieved else "target"
            chip_names = Names("已完成事项", "", "done") if said.achieved else Names("承诺", "", "promise")
            area = self.label("policy-area", said.area) if said.area else area
            deadline = said.deadline
            figures = tuple(self.line(self.figure[f], viewpoint) for f in said.figures if f in self.figure)
        return Line(
            iri=said.iri,
            kind=kind,
            subject=subject,
            words=words,
            object=object_,
            text=text,
            value=value,
            measure=measure,
            period=said.period,
            chip=chip,
            chip_names=chip_names,
            area=area,
            deadline=deadline,
            figures=figures,
            passages=self.passages(said.quotes, editions),
            rule=said.rule,
            confidence=said.confidence,
            start=said.quotes[0].start if said.quotes else 0,
            report=self.report[said.report].title if said.report in self.report else Names(""),
        )


def anchor(edition: int, start: int) -> str:
    """The fragment of a sentence in its report's page; a first edition's is the shorter one."""
    return f"s-{start}" if edition == 0 else f"s{edition}-{start}"
