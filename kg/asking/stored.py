"""Stored queries: one ``.rq`` a file, with title, description and parameters in its header.

A header is comment lines ``# key: value``. A parameter is ``# param: name type [= default] — what it is`` with type
``string``, ``integer``, ``decimal`` or ``iri``; in the query it stands as ``$name``, and ``$`` stands for nothing else.

Invariant: a parameter's value enters the query as one RDF term, written by the RDF library, never as text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from kg.errors import UsageError
from kg.graph.terms import PREFIXES, XSD_DECIMAL, XSD_INTEGER
from kg.resources import folder

_HEADER = re.compile(r"#\s*([a-z-]+):\s*(.*)")
_PARAM = re.compile(r"(\w+)\s+(string|integer|decimal|iri)(?:\s*=\s*(.*?))?(?:\s*—\s+(.*))?$")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a stored query; ``default`` None means that it must be given."""

    name: str
    type: str
    default: str | None
    meaning: str


@dataclass(frozen=True, slots=True)
class StoredQuery:
    """A query with what people need to know to use it."""

    name: str
    title: str
    title_zh: str
    description: str
    parameters: tuple[Parameter, ...]
    text: str

    def bind(self, given: Mapping[str, str]) -> str:
        """The query with its parameters' values in place.

        Raises:
            UsageError: a parameter is unknown, missing, or of the wrong type.

        """
        known = {p.name: p for p in self.parameters}
        for name in given:
            if name not in known:
                has = "; it has " + ", ".join(known) if known else "; it has none"
                raise UsageError(f"Query {self.name!r} has no parameter {name!r}{has}.")
        text = self.text
        for p in self.parameters:
            value = given.get(p.name, p.default)
            if value is None:
                raise UsageError(f"Query {self.name!r} needs --param {p.name}=… ({p.meaning}).")
            written = _term(self.name, p, value)
            text = re.sub(rf"\${p.name}\b", lambda _, w=written: w, text)  # type: ignore[misc]
        return text


def _term(query: str, parameter: Parameter, value: str) -> str:
    try:
        if parameter.type == "integer":
            return str(Literal(str(int(value)), datatype=XSD_INTEGER))
        if parameter.type == "decimal":
            if not re.fullmatch(r"[+-]?\d+(\.\d+)?", value):
                raise ValueError
            return str(Literal(value, datatype=XSD_DECIMAL))
        if parameter.type == "iri":
            return str(NamedNode(value))
    except ValueError:
        raise UsageError(f"Query {query!r}: {parameter.name} must be {_A[parameter.type]}, not {value!r}.") from None
    return str(Literal(value))


_A = {"integer": "a whole number", "decimal": "a number", "iri": "an absolute IRI"}


def stored_queries() -> dict[str, StoredQuery]:
    """All stored queries by name, in alphabetical order."""
    return {path.stem: parse(path) for path in sorted(folder("queries").glob("*.rq"))}


def stored_query(name: str) -> StoredQuery:
    """The stored query ``name``.

    Raises:
        UsageError: there is none of this name.

    """
    path = folder("queries") / f"{name}.rq"
    if not re.fullmatch(r"[\w-]+", name) or not path.is_file():
        near = ", ".join(stored_queries())
        raise UsageError(f"There is no stored query {name!r}. There are: {near}.")
    return parse(path)


def parse(path: Path) -> StoredQuery:
    """Read a stored query from its file."""
    text = path.read_text(encoding="utf-8")
    headers: dict[str, list[str]] = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        if m := _HEADER.match(line):
            headers.setdefault(m.group(1), []).append(m.group(2).strip())
    parameters = []
    for declared in headers.get("param", []):
        m = _PARAM.match(declared)
        if not m:
            raise UsageError(f"{path}: cannot read the parameter {declared!r}; write “name type = default — meaning”.")
        default = m.group(3)
        parameters.append(
            Parameter(m.group(1), m.group(2), default.strip('"') if default is not None else None, m.group(4) or "")
        )
    return StoredQuery(
        name=path.stem,
        title=" ".join(headers.get("title", [])),
        title_zh=" ".join(headers.get("title-zh", [])),
        description=" ".join(headers.get("description", [])),
        parameters=tuple(parameters),
        text=text,
    )


def with_prefixes(text: str) -> str:
    """``text`` with the project's prefixes declared on its first line where it uses them undeclared.

    They stand on one line before the text and add no line, so that an error still points at the writer's own line.
    """
    declared = set(re.findall(r"(?i)\bprefix\s+([\w-]*):", text))
    used = {p for p in re.findall(r"([A-Za-z][\w-]*):", text) if p in PREFIXES}
    return " ".join(f"PREFIX {p}: <{PREFIXES[p]}>" for p in sorted(used - declared)) + " " + text
