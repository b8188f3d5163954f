"""The official Python client against the real command: python client.py DATELINE INDEX URL, where a server of the same
index has its tools at URL.

The client validates every structured answer against the schema of its tool.
"""

import asyncio
import json
import sys

from mcp import Client, MCPError, StdioServerParameters

CALLS = [
    ("dateline_about", {}),
    ("dateline_search", {"query": "harbour fire", "limit": 2}),
    ("dateline_search", {"q": "museum", "source": "TNA", "detail": "full"}),
    ("dateline_read", {"ref": "4647702e593d5af2#1"}),
    ("dateline_timeline", {"query": "harbour fire", "mentions": True}),
    ("dateline_sources", {}),
    ("dateline_first", {"query": "sea wall", "detail": "full"}),
    ("dateline_compare", {"queries": ["83", "68"], "near": "boats"}),
    ("dateline_figures", {"query": "boats destroyed"}),
    ("dateline_copies", {"ref": "4647702e593d5af2"}),
    ("dateline_verify_quote", {"quotes": ["destroying 83 boats and two net lofts", "destroying 38 boats"]}),
]


async def talk(server, mode):
    async with Client(server, mode=mode) as client:
        tools = (await client.list_tools()).tools
        assert {name for name, _ in CALLS} == {tool.name for tool in tools}, tools
        assert all(tool.output_schema and tool.annotations.read_only_hint for tool in tools)
        answers = []
        for name, arguments in CALLS:
            result = await client.call_tool(name, arguments)
            assert not result.is_error, (name, result.content)
            answers.append(result.structured_content)
        assert answers[1]["total"] == 18, answers[1]
        wrong = await client.call_tool("dateline_search", {"querry": "fire"})
        assert wrong.is_error and "did you mean `query`?" in wrong.content[0].text, wrong
        try:
            await client.call_tool("search", {})
            raise AssertionError("an unknown tool was called")
        except MCPError as error:
            assert "dateline_search" in str(error), error
        contents = (await client.read_resource("dateline:///doc/4647702e593d5af2")).contents
        assert "83 boats" in contents[0].text, contents
        cited = await client.read_resource("dateline:///doc/4647702e593d5af2/cite/bibtex")
        assert "1992" in cited.contents[0].text, cited
        assert len((await client.list_resource_templates()).resource_templates) >= 2
        prompt = await client.get_prompt("who_said_first", {"claim": "the bell was sold"})
        assert "the bell was sold" in prompt.messages[0].content.text
        return client.protocol_version, json.dumps(answers, sort_keys=True)


async def main(command, index, url):
    stdio = StdioServerParameters(command=command, args=["--index", index, "mcp"])
    talks = [await talk(server, mode) for server in (stdio, url) for mode in ("legacy", "auto")]
    versions = [version for version, _ in talks]
    assert versions == ["2025-11-25", "2026-07-28"] * 2, versions
    assert len({answers for _, answers in talks}) == 1, "versions or transports answer differently"
    print(f"python client: {len(CALLS)} calls in each of {', '.join(versions[:2])}, over stdio and HTTP, the same answers")


asyncio.run(main(*sys.argv[1:]))
