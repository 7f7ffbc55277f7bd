"""Running a query against a store."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pyoxigraph import QueryBoolean, QuerySolutions, QueryTriples, Store, Triple

from kg.asking.stored import stored_query, with_prefixes
from kg.asking.table import Table
from kg.errors import QueryError

# What parsers say they expected can run over pages.
WHY_LENGTH = 120

Answer = Table | bool | tuple[Triple, ...]


def ask(store: Store, query: str) -> Answer:
    """The answer to ``query``: a table for SELECT, a truth for ASK, triples for CONSTRUCT and DESCRIBE.

    The default graph is the union of all graphs. The project's prefixes need no declaring.

    Raises:
        QueryError: the query is wrong; the message shows the line.

    """
    try:
        answer = store.query(with_prefixes(query), use_default_graph_as_union=True)
        if isinstance(answer, QuerySolutions):
            columns = tuple(v.value for v in answer.variables)
            return Table(columns, tuple(tuple(row) for row in answer))
        if isinstance(answer, QueryBoolean):
            return bool(answer)
        if isinstance(answer, QueryTriples):
            return tuple(answer)
    except SyntaxError as error:
        raise QueryError(point_at(query, str(error))) from None
    except (ValueError, RuntimeError, OSError) as error:
        raise QueryError(f"The query failed: {error}") from None
    raise QueryError("The store gave an answer of no known kind.")


def ask_stored(store: Store, name: str, parameters: Mapping[str, str] | None = None) -> Answer:
    """The answer to the stored query ``name``."""
    return ask(store, stored_query(name).bind(parameters or {}))


def point_at(query: str, reason: str) -> str:
    """A syntax error with the line of ``query`` it speaks of (the parser knows the line well, the column less so)."""
    m = re.search(r"(\d+):(\d+)", reason)
    if not m:
        return f"The query is not SPARQL: {reason}"
    lines = query.splitlines() or [""]
    number = min(int(m.group(1)), len(lines))
    why = " ".join(reason.split(": ", 1)[-1].split())
    if "Prefix not found" in why:
        why = "a prefix that is not declared"
    elif len(why) > WHY_LENGTH:
        why = why[:WHY_LENGTH] + " …"
    return f"The query is not SPARQL, line {number}: {why}\n  {lines[number - 1]}"
