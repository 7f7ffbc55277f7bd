"""What a place wants to be: 健康|某市|建设, 加快建设|健康|某省.

Invariant: what is proposed is an adjective of aspiration and the name of a place, as a standing work of that place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.recognition.names.candidates import Candidate
from kg.recognition.names.clauses import Clause, Role
from kg.recognition.names.lexicon import Lexicon
from kg.recognition.names.shapes import span_of
from kg.recognition.names.tokens import Kind
from kg.recognition.spans import EntityType as T


def aspirations(clause: Clause, lexicon: Lexicon) -> Iterator[Candidate]:
    """健康|某市|建设: what a place wants to be."""
    tokens = clause.tokens
    last = len(tokens) - 1
    ends = last > 1 and tokens[last].kind is Kind.PLACE and tokens[last - 1].text in _STANDING
    if ends and tokens[last - 2].text.endswith(_BUILDS):  # 加快建设|健康|某省
        name = clause.text(last - 1, last + 1) + "建设"
        yield Candidate(*span_of(clause, last - 1, last + 1), T.PROGRAMME, name, "name-aspiration", 5)
    for index in range(1, last):
        if tokens[index].kind is not Kind.PLACE:
            continue
        if tokens[index + 1].text != "建设":
            if lexicon.is_a(tokens[index - 1].text, "aspiration") and _ADVANCES.match(clause.after(index + 1)):
                name = clause.text(index - 1, index + 1) + "建设"
                yield Candidate(*span_of(clause, index - 1, index + 1), T.PROGRAMME, name, "name-aspiration", 5)
            continue
        goes_on = index + 2 < len(tokens) and clause.roles[index + 2] in (Role.CONTENT, Role.SOFT)
        if lexicon.is_a(tokens[index - 1].text, "aspiration") and not goes_on:
            start, end = span_of(clause, index - 1, index + 2)
            yield Candidate(start, end, T.PROGRAMME, clause.text(index - 1, index + 2), "name-aspiration", 6)


_ADVANCES = re.compile(
    r"(?:、(?:平安|法治|健康|美丽|数字|书香|信用|智造|质量)[一-鿿]{2,3}建设|(?:建设)?(?:扎实|深入|全面|持续|加快|稳步|有序)(?:推进|建设)$)"
)
_STANDING = frozenset({"健康", "数字", "平安", "法治", "信用", "智慧"})
_BUILDS = ("建设", "打造", "推进")
