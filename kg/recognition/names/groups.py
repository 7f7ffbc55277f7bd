"""Coordinated phrases: A、B和C, with the phrase that sums them up (等3个项目) if there is one.

Invariant: the groups of a clause hold every phrase of it exactly once.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.recognition.names.clauses import Clause, Phrase
from kg.recognition.names.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class Group:
    items: tuple[Phrase, ...]
    summary: Phrase | None

    @property
    def last(self) -> Phrase:
        """The phrase after which the clause goes on to say something of the group."""
        return self.summary or self.items[-1]


def groups(clause: Clause) -> list[Group]:
    """The phrases of a clause, coordinated ones together."""
    found: list[list[Phrase]] = []
    summaries: dict[int, Phrase] = {}
    for phrase in clause.phrases:
        if phrase.summary and found:
            summaries[len(found) - 1] = phrase
        elif phrase.joiner and found and len(found) - 1 not in summaries:
            found[-1].append(phrase)
        else:
            found.append([phrase])
    return [Group(tuple(items), summaries.get(index)) for index, items in enumerate(found)]


def governed(phrase: Phrase, lexicon: Lexicon, *lists: str) -> bool:
    """Whether one of the verbs that govern a phrase stands in one of the cue lists, alone or after an adverb."""
    return any(
        lexicon.is_a(verb, *lists) or (len(verb) == 4 and lexicon.is_a(verb[2:], *lists)) for verb in phrase.verbs
    )
