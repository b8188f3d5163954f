// The official TypeScript client against the real command: node client.mjs DATELINE INDEX URL, where a server of the same
// index has its tools at URL.
// The client validates every structured answer against the schema of its tool.

import assert from 'node:assert';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

// The client lies where the tests were set up, which is not beside this file.
const require = createRequire(`${process.cwd()}/`);
const load = (name) => import(pathToFileURL(require.resolve(name)));
const { Client } = await load('@modelcontextprotocol/sdk/client/index.js');
const { StdioClientTransport } = await load('@modelcontextprotocol/sdk/client/stdio.js');
const { StreamableHTTPClientTransport } = await load('@modelcontextprotocol/sdk/client/streamableHttp.js');

const [command, index, url] = process.argv.slice(2);

const calls = [
  ['dateline_about', {}],
  ['dateline_search', { query: 'harbour fire', limit: 2 }],
  ['dateline_search', { pattern: 'museum', detail: 'full' }],
  ['dateline_read', { ref: '4647702e593d5af2#1' }],
  ['dateline_timeline', { query: 'harbour fire' }],
  ['dateline_sources', {}],
  ['dateline_figures', { query: 'boats destroyed' }],
  ['dateline_first', { query: 'sea wall', detail: 'full' }],
  ['dateline_compare', { queries: ['83', '68'], near: 'boats' }],
  ['dateline_copies', { ref: '4647702e593d5af2' }],
  ['dateline_verify_quote', { quotes: ['destroying 83 boats and two net lofts', 'destroying 38 boats'] }],
];

async function talk(transport) {
  const client = new Client({ name: 'test', version: '1' });
  await client.connect(transport);
  const { tools } = await client.listTools();
  assert(tools.length >= 8 && tools.every((tool) => tool.outputSchema && tool.annotations.readOnlyHint));
  const answers = [];
  for (const [name, args] of calls) {
    const result = await client.callTool({ name, arguments: args });
    assert(!result.isError && result.structuredContent.version === 2, JSON.stringify(result));
    answers.push(result.structuredContent);
  }
  const wrong = await client.callTool({ name: 'dateline_search', arguments: { querry: 'fire' } });
  assert(wrong.isError && wrong.content[0].text.includes('did you mean `query`?'), JSON.stringify(wrong));
  await assert.rejects(client.callTool({ name: 'search', arguments: {} }), /dateline_search/);
  const { contents } = await client.readResource({ uri: 'dateline:///doc/4647702e593d5af2' });
  assert(contents[0].text.includes('83 boats'));
  assert.equal((await client.listPrompts()).prompts.length, 4);
  await client.close();
  return answers;
}

const spoken = await talk(new StdioClientTransport({ command, args: ['--index', index, 'mcp'] }));
assert.deepEqual(await talk(new StreamableHTTPClientTransport(new URL(url))), spoken);
console.log(`typescript client: ${calls.length} calls, over stdio and HTTP, the same answers`);
