"""The rules that class number tokens, read from ``ontology/rules/number-rules.toml``.

Invariant: rules are tried in file order, and a rule only sees the text around one token.
"""

from __future__ import annotations

from dataclasses import dataclass

import regex

from kg.errors import VocabularyError
from kg.recognition.quantities.figures import DASH, LITERAL, SCALE, Grammar
from kg.recognition.quantities.words import read_toml
from kg.recognition.spans import NumberClass

FILE = "number-rules.toml"
_YEAR = r"(?:18|19|20)\d\d"
_CONTEXT = 40  # characters to the left that a rule may look at


@dataclass(frozen=True, slots=True)
class NumberRule:
    """One rule: an id, why it holds, and the pattern that must match at a token."""

    id: str
    number_class: NumberClass
    reason: str
    within: str  # "", "quotation" or "title"
    pattern: regex.Pattern[str]
    not_after: regex.Pattern[str] | None
    not_before: regex.Pattern[str] | None
    examples: tuple[str, ...]

    def claim(self, text: str, at: int) -> tuple[int, int] | None:
        """Start and end of what the rule claims with its first digit at ``at``."""
        match = self.pattern.match(text, at)
        if match is None or match.end() == at:
            return None
        if self.not_before and self.not_before.match(text[at : at + _CONTEXT]):
            return None
        start = match.start("before") if "before" in self.pattern.groupindex and match["before"] else at
        if self.not_after and self.not_after.search(text[max(0, at - _CONTEXT) : at]):
            return None
        return start, match.end()


def load_rules(grammar: Grammar) -> tuple[NumberRule, ...]:
    """The rules of the installation over ``grammar``'s units.

    Raises:
        VocabularyError: a rule lacks a field or its pattern is no regular expression; the message names the rule.

    """
    literal = f"(?>{LITERAL})"  # all of its digits or none
    figure = rf"{literal}[余多]?{SCALE}?[余多]?{grammar.unit}"
    measure = rf"{literal}[余多]?{SCALE}?[余多]?(?!%|％|个百分点)(?:(?:亿|万)?美?元|{grammar.measuring})"
    macros = {
        "{n}": literal,
        "{figure}": f"(?:{figure})",
        "{measure}": f"(?:{measure})",
        "{year}": rf"(?:(?<!\d){_YEAR}(?![\d.]))",
        "{dash}": DASH,
        "{unit}": grammar.unit,
    }
    rules = []
    for entry in read_toml(FILE)["rule"]:
        if "pattern" not in entry:
            continue  # a rule of the grammar of figures
        try:
            pattern = entry["pattern"]
            for macro, expression in macros.items():
                pattern = pattern.replace(macro, expression)
            rules.append(
                NumberRule(
                    id=entry["id"],
                    number_class=NumberClass(entry["class"]),
                    reason=entry["reason"],
                    within=entry.get("in", ""),
                    pattern=regex.compile(pattern),
                    not_after=regex.compile(entry["not_after"]) if "not_after" in entry else None,
                    not_before=regex.compile(entry["not_before"]) if "not_before" in entry else None,
                    examples=tuple(entry["examples"]),
                )
            )
        except (KeyError, ValueError, regex.error) as error:
            raise VocabularyError(f"{FILE}: rule {entry.get('id', '?')}: {error}") from error
    return tuple(rules)
