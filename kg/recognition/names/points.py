"""Decisions by the number of their points: 出台|促进新旧动能转换25条.

Invariant: a verb that issues stands before the decision, and what it is about is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.recognition.names.anchors import is_anchor
from kg.recognition.names.candidates import Candidate
from kg.recognition.names.clauses import Clause, Role
from kg.recognition.names.lexicon import Lexicon
from kg.recognition.names.shapes import span_of
from kg.recognition.names.tokens import Kind
from kg.recognition.spans import EntityType as T


def points(clause: Clause, lexicon: Lexicon) -> Iterator[Candidate]:
    """出台|促进新旧动能转换25条: a decision by the number of its points, from the verb that issues it."""
    tokens, roles = clause.tokens, clause.roles
    for index in range(2, len(tokens)):
        counted = tokens[index].text == "条" and tokens[index - 1].kind is Kind.NUMBER and roles[index] is Role.COUNT
        spelt = _SPELT_POINTS.search(clause.text(index - 1, index + 1)) and tokens[index].text.endswith("条")
        if not (counted or spelt):
            continue
        if index + 1 < len(tokens) and roles[index + 1] in (Role.CONTENT, Role.SOFT):
            continue
        first = index - 1
        while first and roles[first - 1] is not Role.COMMA and index - first < 12:
            if roles[first - 1] is Role.JOINER and first > 1 and tokens[first - 2].text == "条":
                break
            if is_anchor(tokens[first - 1].text, lexicon, "issue"):
                break
            first -= 1
        issued = any(is_anchor(t.text, lexicon, "issue") for t in tokens[:first])
        if issued and len(clause.text(first, index + 1)) >= _LEAST_POINTS:
            yield Candidate(
                *span_of(clause, first, index + 1), T.POLICY, clause.text(first, index + 1), "name-points", 6
            )


_SPELT_POINTS = re.compile(r"[一二三四五六七八九]?十[一二三四五六七八九]?条$")
_LEAST_POINTS = 6  # characters of a decision told by its points, of which two say what it is about: 工业19条
