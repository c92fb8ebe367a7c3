import type { Contender, Make, Row } from './harness/row.js';
import { Counter } from './fixtures/counter.js';
import { llmAgent, openAIClient } from './fixtures/llm-agents.js';
import { modelServer } from './fixtures/model-server.js';
import { rawFetch } from './fixtures/raw-fetch.js';
import { readers, type OnToken, type Reading } from './fixtures/readers.js';
import { wires, type WireName } from './fixtures/wires.js';

const TOKENS = 5_000;
/** Before each long answer, so that what happens once for an answer is as warm as what happens for each token. */
const SHORT_ANSWERS = 10;
const SHORT_TOKENS = 20;
const messages = [{ role: 'user' as const, content: 'question' }];

type Read = (model: string, onToken: OnToken) => Promise<void>;

/** Counts what `read` reads. */
function reading(read: Read): Contender {
  const count = async (tokens: number) => {
    const counter = new Counter();
    await read(`say ${tokens}`, counter.onToken);
    return counter.told(tokens);
  };
  const prepare = async () => {
    for (let index = 0; index < SHORT_ANSWERS; index++) await count(SHORT_TOKENS);
  };
  return { units: TOKENS, prepare, run: () => count(TOKENS) };
}

function fetching(at: string, wire: WireName): Contender {
  return reading((model, onToken) => rawFetch(at, wires[wire], model, onToken));
}

async function chatLoop(at: string): Promise<Contender> {
  const client = await openAIClient(at);
  return reading(async (model, onToken) => {
    const chunks = await client.chat.completions.create({ model, messages, stream: true });
    for await (const chunk of chunks) {
      const token = chunk.choices[0]?.delta.content;
      if (token) onToken(token);
    }
  });
}

async function responsesLoop(at: string): Promise<Contender> {
  const client = await openAIClient(at);
  return reading(async (model, onToken) => {
    const events = await client.responses.create({ model, input: messages, stream: true });
    for await (const event of events) if (event.type === 'response.output_text.delta') onToken(event.delta);
  });
}

async function agent(at: string, wire: WireName, way: Reading): Promise<Contender> {
  const llm = await llmAgent(at, wire, `say ${TOKENS}`);
  return reading((model, onToken) => readers[way](llm.inquire('question', { model }), onToken));
}

function tokensOverHttp(wire: WireName, clientLoop?: Make): Row {
  const against = 'raw fetch';
  const ours: Record<string, Make> = {
    'agent, tokens$': (at) => agent(at, wire, 'tokens$'),
    'agent, for await': (at) => agent(at, wire, 'for await'),
  };
  const aim = { metric: 'cpu', ours: Object.keys(ours) };
  return {
    name: `W1 ${wire}`,
    what: `an LLM agent streams ${TOKENS} tokens over HTTP (${wire}): CPU per token`,
    limit: '1.0',
    contenders: { [against]: (at) => fetching(at, wire), ...(clientLoop && { 'openai client': clientLoop }), ...ours },
    aims: [
      { what: 'CPU × raw fetch, events parsed by hand', ...aim, against, atMost: 1.35 },
      ...(clientLoop
        ? [{ what: "CPU × the official client's loop", ...aim, against: 'openai client', atMost: 0.7 }]
        : []),
      { what: 'first token × raw fetch', metric: 'first', ours: aim.ours, against, atMost: 1.5 },
    ],
    units: { first: 'ms' },
    fixture: modelServer,
  };
}

export const tokensOverHttpRows: readonly Row[] = [
  tokensOverHttp('chat', chatLoop),
  tokensOverHttp('responses', responsesLoop),
  tokensOverHttp('messages'),
];
