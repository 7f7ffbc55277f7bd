"""The assistant's tools, asked through the SDK's own client over standard input and output."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

mcp = pytest.importorskip("mcp", reason="the package mcp is not installed (pip install 'baogao[mcp]')")

BASE = "https://w3id.org/baogao/id/"
START = """
import sys
from pathlib import Path
from kg.config import Config
from kg.serving.mcp import run
run(Path(sys.argv[1]), Config())
"""


def session(store: Path, work: Callable[[Any], Awaitable[None]]) -> None:
    """Start the server on ``store`` and let ``work`` talk to it."""

    async def talk() -> None:
        parameters = mcp.StdioServerParameters(command=sys.executable, args=["-c", START, str(store)])
        async with mcp.stdio_client(parameters) as (read, write), mcp.ClientSession(read, write) as client:
            await client.initialize()
            await work(client)

    asyncio.run(asyncio.wait_for(talk(), 60))


async def call(client: Any, tool: str, **arguments: object) -> dict[str, Any]:
    result = await client.call_tool(tool, arguments)
    assert not result.is_error, result.content
    return dict(json.loads(result.content[0].text))


async def refused(client: Any, tool: str, **arguments: object) -> str:
    result = await client.call_tool(tool, arguments)
    assert result.is_error
    return str(result.content[0].text)


def test_an_assistant_finds_quotes_and_asks(sample_store: Path) -> None:
    async def work(client: Any) -> None:
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
        assert set(tools) == {
            "find_entity", "facts", "search_sentences", "list_stored_queries", "run_stored_query", "sparql",
        }  # fmt: skip
        assert all(tool.description for tool in tools.values())

        found = await call(client, "find_entity", name="抽水蓄能", type="project")
        assert found["entities"][0]["name"] == "盘州市抽水蓄能电站项目"
        told = await call(client, "facts", entity=found["entities"][0]["iri"])
        assert told["statements"][0]["quotes"][0]["sentence"] == "由甲公司承担的盘州市抽水蓄能电站项目开工建设。"
        assert (await call(client, "search_sentences", words="開工建設"))["total"] == 1
        old = await call(client, "find_entity", name="盘县", year=2016)
        assert old["entities"][0]["exact"] is True

        names = [query["name"] for query in (await call(client, "list_stored_queries"))["queries"]]
        assert "entities" in names
        answer = await call(client, "run_stored_query", name="mentions", limit=5)
        assert "document" in answer["columns"]
        rows = await call(client, "sparql", query="SELECT ?p { ?p a bg:Project }")
        assert rows["rows"] == [[BASE + "project/520281/盘州市抽水蓄能电站项目"]]
        assert (await call(client, "sparql", query="ASK { ?s ?p ?o }"))["boolean"] is True
        described = await call(client, "sparql", query="DESCRIBE <project/520281/盘州市抽水蓄能电站项目>")
        assert "undertakenBy" in described["turtle"]

        assert "wrong at line" in await refused(client, "sparql", query="SELECT {")
        assert "not offered" in await refused(client, "sparql", query="ASK { SERVICE <urn:x> { ?s ?p ?o } }")
        assert await refused(client, "sparql", query="CLEAR ALL")
        assert "find_entity" in await refused(client, "facts", entity="nobody")
        assert "no stored query" in await refused(client, "run_stored_query", name="none")
        assert "no parameter" in await refused(client, "run_stored_query", name="mentions", parameters={"x": "y"})
        many = await call(client, "sparql", query="SELECT ?s ?p ?o { ?s ?p ?o }", limit=10_000)
        assert len(many["rows"]) <= 500

    session(sample_store, work)
