"""The graph for assistants: a Model Context Protocol server on standard input and output.

Invariant: its tools only read; every answer is bounded in time, rows and size; every statement comes with the sentence
it was read from, so that an assistant can quote instead of guess.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError

from kg import __version__
from kg.asking.stored import stored_queries, stored_query, with_prefixes
from kg.config import Config
from kg.errors import UsageError
from kg.serving.describing import Describer, as_json
from kg.serving.jobs import JobError
from kg.serving.limits import Limits
from kg.serving.linked import resolved
from kg.serving.pages import SIMPLIFIED
from kg.serving.pool import Pool
from kg.serving.search import Searcher
from kg.serving.service import JSON_RESULTS

MOST_ROWS = 500
_INSTRUCTIONS = """A knowledge graph of Chinese government work reports (政府工作报告): places, projects, enterprises,
programmes, figures, promises and achievements, each with the sentence it was read from. Find a thing with find_entity,
read what is said of it with facts, run prepared questions with run_stored_query (list_stored_queries shows them), or
write SPARQL. Quote the sentences you are given; a figure is actual, estimated or a target: say which."""

LIMITS = Limits(workers=2, query_seconds=20.0, result_bytes=2 * 1024 * 1024, cache_bytes=8 * 1024 * 1024)


@dataclass(slots=True)
class _Graph:
    """What the tools work on."""

    pool: Pool
    searcher: Searcher
    base: str

    def describer(self) -> Describer:
        return Describer(self.pool.run, self.base, SIMPLIFIED)

    async def rows(self, query: str, limit: int) -> dict[str, Any]:
        """A query's answer as columns and rows of plain values, at most ``limit`` of them."""
        limit = max(1, min(limit, MOST_ROWS))
        try:
            result = await self.pool.run({"do": "query", "query": query, "base": self.base, "table": JSON_RESULTS,
                                          "graph": "text/turtle"})  # fmt: skip
        except JobError as error:
            raise ToolError(error.reason) from None
        data = result.read()
        if result.kind == "graph":
            text = data.decode("utf-8")
            return {"turtle": text[:100_000], "complete": len(text) <= 100_000}
        answer = json.loads(data)
        if result.kind == "boolean":
            return {"boolean": answer["boolean"]}
        columns = answer["head"]["vars"]
        found = answer["results"]["bindings"]
        rows = [[row.get(column, {}).get("value") for column in columns] for row in found[:limit]]
        return {"columns": columns, "rows": rows, "total": len(found)}


def server(store: Path, config: Config, limits: Limits = LIMITS) -> MCPServer:
    """The server over ``store``; the store is opened when the server starts."""
    pool = Pool(store, limits)
    graph = _Graph(pool, Searcher(pool), config.base)

    @asynccontextmanager
    async def lifespan(_: object) -> AsyncIterator[None]:
        await pool.start()
        try:
            yield None
        finally:
            await graph.searcher.close()
            await pool.close()

    app = MCPServer(
        "baogao", title=config.title, instructions=_INSTRUCTIONS, version=__version__, lifespan=lifespan,
        log_level="WARNING",
    )  # fmt: skip

    @app.tool()
    async def find_entity(name: str, type: str = "", year: int | None = None, limit: int = 10) -> dict[str, Any]:
        """Find places, enterprises, projects, programmes, indicators and other things by name.

        The name may be Simplified or Traditional Chinese, pinyin, a part of a name, or a former name. "exact" is true
        where the name is the thing's own; anything else is only a candidate. "type" narrows (place, enterprise,
        project, programme, indicator, organization, facility, zone, policy, honour, event, brand); with "year", a name
        counts for what bore it in that year.
        """
        index = await graph.searcher.index()
        found = index.find(name[:200], [type] if type else [], max(1, min(limit, 50)), year)
        return {
            "entities": [
                {
                    "iri": one.entity.iri, "name": one.entity.hans, "type": one.entity.type,
                    "place": one.entity.place_name, "names": index.names(one.entity.iri),
                    "mentions": one.entity.mentions, "exact": one.exact, "how": one.how,
                    "valid": [bound for bound in one.entity.valid if bound],
                }
                for one in found
            ]
        }  # fmt: skip

    @app.tool()
    async def facts(entity: str, limit: int = 40) -> dict[str, Any]:
        """Tell what the reports say of one thing, each statement with its sentence, document and offsets.

        "entity" is an IRI that find_entity gave. Statements with "target" are aims, not facts.
        """
        describer = graph.describer()
        iri = await resolved(describer, entity)
        description = await describer.describe(iri) if iri else None
        if description is None:
            raise ToolError(f"nothing is known of {entity!r}; find its IRI with find_entity")
        told = as_json(description)
        limit = max(1, min(limit, 200))
        told["left_out"]["statements"] = max(0, len(told["statements"]) - limit)
        told["statements"] = told["statements"][:limit]
        for fact in told["facts"]:
            fact["values"] = fact["values"][:50]
        return told

    @app.tool()
    async def search_sentences(words: str, limit: int = 20) -> dict[str, Any]:
        """Find sentences of the reports that have all these words (Simplified or Traditional, any length)."""
        index = await graph.searcher.index()
        found, total = index.sentences(words[:200], max(1, min(limit, 100)))
        return {"sentences": [asdict(one) for one in found], "total": total}

    @app.tool()
    async def list_stored_queries() -> dict[str, Any]:
        """List the prepared questions with their parameters."""
        return {
            "queries": [
                {
                    "name": query.name, "title": query.title, "title_zh": query.title_zh,
                    "description": query.description,
                    "parameters": [asdict(parameter) for parameter in query.parameters],
                }
                for query in stored_queries().values()
            ]
        }  # fmt: skip

    @app.tool()
    async def run_stored_query(
        name: str, parameters: Mapping[str, str] | None = None, limit: int = 100
    ) -> dict[str, Any]:
        """Run a prepared question; "parameters" as list_stored_queries describes them."""
        try:
            text = with_prefixes(stored_query(name).bind(parameters or {}))
        except UsageError as error:
            raise ToolError(str(error)) from None
        return await graph.rows(text, limit)

    @app.tool()
    async def sparql(query: str, limit: int = 100) -> dict[str, Any]:
        """Run a SPARQL 1.1 query (read-only; prefixes bg:, skos:, prov:, oa:, dcterms:, qb: … need no declaring).

        The default graph is the union of all reports, places and vocabularies. Time and rows are limited.
        """
        return await graph.rows(with_prefixes(query), limit)

    return app


def run(store: Path, config: Config) -> None:
    """Serve on standard input and output until it ends. Raises ``StoreError`` when there is no store."""
    from kg.store import open_store

    open_store(store)  # so that a missing store is told before the protocol begins
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING)
    server(store, config).run("stdio")
