"""A sentence as a report of its own: the sentence under a heading that says whether it reviews or plans."""

from __future__ import annotations

from kg.claims.claim import Observation
from kg.claims.observations import observe
from kg.reading import edition_of
from kg.reading.edition import Edition, Metadata
from kg.recognition.numbers import find_numbers
from kg.vocabulary import load

_HEADINGS = {
    "review": "一、2023年工作回顾",
    "plan": "二、2024年工作安排",
    "term_review": "一、过去五年工作回顾",
}
_YEARS = Metadata(review_year=2023, plan_year=2024, review_term=(2019, 2023), plan_term=(2024, 2028))


def report(text: str, part: str = "review") -> Edition:
    """An edition that holds ``text`` in the given part, of a report that reviews 2023 and plans 2024."""
    return edition_of(f"{_HEADINGS[part]}\n{text}\n", overrides=_YEARS)


def read(text: str, part: str = "review") -> tuple[Edition, tuple[Observation, ...]]:
    """The observations of ``text``; those without a digit are left out."""
    edition = report(text, part)
    vocabulary = load()
    start = edition.text.index(text)
    found = observe(edition, find_numbers(edition, vocabulary), (), vocabulary)
    return edition, tuple(o for o in found if o.start >= start and o.number and o.number.tokens)


def line(edition: Edition, observation: Observation) -> str:
    """An observation as the cases write it."""
    value = str(observation.value) if observation.value_max is None else f"{observation.value}..{observation.value_max}"
    return " | ".join(
        [
            edition.text[observation.start : observation.end],
            "；".join(i.phrase for i in observation.indicators),
            observation.measure.value,
            value,
            observation.unit or "-",
            observation.status.value,
            observation.period,
            observation.bound.value,
        ]
    )
