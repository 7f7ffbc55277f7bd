"""What a SPARQL text asks for, seen by its tokens, before the engine sees it.

Invariant: a text that the engine could read as SERVICE or LOAD is found here. The engine's grammar needs no space
after a keyword (``SERVICEex:a {…}`` calls out, ``trueSERVICE`` too), so the words are looked for inside every token
that is not a string, an IRI, a comment, a variable or the plain local part of a prefixed name; a prefix that contains
such a word is refused with them, which costs its author a new name and nobody else anything.
Time is linear in the text (hence the bound on a prefix's length in the grammar).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.errors import QueryError

_TOKEN = re.compile(
    r"""
    (?P<space>\s+|\#[^\r\n]*)
  | (?P<string>\"{3}(?:[^\"\\]|\\.|\"(?!\"\"))*\"{3}|'{3}(?:[^'\\]|\\.|'(?!''))*'{3}
       |\"(?:[^\"\\\r\n]|\\.)*\"|'(?:[^'\\\r\n]|\\.)*')
  | (?P<iri><(?:[^\x00-\x20<>"{}|^`\\]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>)
  | (?P<variable>[?$][\w·]+)
  | (?P<blank>_:[\w·][\w·-]*)
  | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
  | (?P<name>(?:[^\W\d_](?:[\w·.-]{0,126}[\w·-])?)?:(?:[\w·:-]|%[0-9A-Fa-f]{2}|\\.)*)
  | (?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)
  | (?P<word>[^\W\d]\w*)
  | (?P<mark>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
# Functions whose value differs from call to call: a result that used one is not kept.
_VOLATILE = frozenset({"NOW", "RAND", "UUID", "STRUUID", "BNODE"})


@dataclass(frozen=True, slots=True)
class Token:
    """A token of a SPARQL text: ``kind`` names its group in the grammar above, ``depth`` counts open braces."""

    kind: str
    text: str
    start: int
    depth: int

    def is_word(self, *words: str) -> bool:
        return self.kind == "word" and self.text.upper() in words


def tokens(text: str) -> Iterator[Token]:
    """The tokens of ``text`` without spaces and comments. A closing brace has the depth of its opening one."""
    depth = 0
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or ""
        if kind == "space":
            continue
        if kind == "mark" and match.group() == "}":
            depth -= 1
        yield Token(kind, match.group(), match.start(), depth)
        if kind == "mark" and match.group() == "{":
            depth += 1


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda found: chr(min(int(found.group(1) or found.group(2), 16), 0x10FFFF)), text)


def _uses(text: str, word: str) -> bool:
    """Whether an engine that reads keywords without boundaries might read ``word`` (lower case) in ``text``."""
    if word not in text.lower():
        return False
    for token in tokens(text):
        if token.kind == "name":
            prefix, _, _ = token.text.partition(":")
            if word in prefix.lower():
                return True
        elif token.kind in {"word", "mark", "number"} and word in token.text.lower():
            return True
    return False


def refuse_outside(text: str) -> None:
    """Refuse a query or update that would have the service call another host or read a file.

    Raises ``QueryError`` for SERVICE and for LOAD, however they are written.
    """
    for word in ("service", "load"):
        # Code point escapes (\u0053ERVICE) are part of SPARQL, though today's engine does not read them.
        if _uses(text, word) or ("\\" in text and _uses(_unescaped(text), word)):
            raise QueryError(
                f"{word.upper()} is not offered here: this service calls no other. "
                f"(A prefix whose name contains “{word}” is refused with it: choose another.)"
            )


def names_dataset(query: str) -> bool:
    """Whether a query has a FROM clause of its own."""
    if "from" not in query.lower():
        return False
    return any(token.depth == 0 and token.is_word("FROM") for token in tokens(query))


def is_volatile(query: str) -> bool:
    """Whether the query calls a function whose value changes (NOW, RAND, UUID, STRUUID, BNODE)."""
    return any(token.is_word(*_VOLATILE) for token in tokens(query))


def with_dataset(update: str, default: Sequence[str], named: Sequence[str]) -> str:
    """``update`` with USING and USING NAMED clauses for the graphs the protocol request names.

    They stand before the WHERE of every DELETE/INSERT operation; ``DELETE WHERE {…}`` becomes
    ``DELETE {…} … WHERE {…}``, which means the same and takes a dataset. Raises ``QueryError`` when the update names a
    dataset itself (USING, WITH), which the protocol forbids together with the parameters.
    """
    outer = [token for token in tokens(update) if token.depth == 0]
    if any(token.is_word("USING", "WITH") for token in outer):
        raise QueryError(
            "using-graph-uri and using-named-graph-uri cannot be given for an update that has USING or WITH"
        )
    using = "".join([f"USING <{iri}> " for iri in default] + [f"USING NAMED <{iri}> " for iri in named])
    parts: list[str] = []
    copied = 0
    for index, token in enumerate(outer):
        if not token.is_word("WHERE"):
            continue
        parts.append(update[copied : token.start])
        copied = token.start
        if index and outer[index - 1].is_word("DELETE"):
            braces = [later for later in outer[index + 1 :] if later.text in "{}"]
            if len(braces) < 2:
                raise QueryError("the update has a WHERE without its group in braces")
            parts.append(update[braces[0].start : braces[1].start + 1] + " ")
        parts.append(using)
    parts.append(update[copied:])
    return "".join(parts)
