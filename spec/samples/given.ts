// What the examples in doc comments take for given.
import { Message, miniagent, MiniAgents } from 'miniagents';
import type { MiniAgent } from 'miniagents';
import { EndOfLoop } from 'miniagents/agents';
import { createOpenAIAgent, createOpenAIEmbeddingsAgent, IncompleteReplyError } from 'miniagents/openai';
import { memoryStore } from 'miniagents/store';
import { throwError } from 'rxjs';

const saying = (name: string, ...tokens: string[]): MiniAgent => miniagent(name, () => Message.stream(tokens));

export const agent = saying('agent', 'The', ' answer.');
export const other = saying('other', 'Another', ' answer.');
export const miniAgents = new MiniAgents();

export const research = saying('research', 'Rayleigh scattering.');
export const write = miniagent('write', (ctx) => ['It is', ctx.messages]);
export const proofread = miniagent('proofread', (ctx) => ctx.messages);
export const careful = true;
export const writer = saying('writer', 'It rains.');
export const critic = saying('critic', 'Fine.');
export const poet = saying('poet', 'Roses are red.');
export const model = saying('model', 'One.', '\n\n', 'Two.');
export const assistant = saying('assistant', 'Hello!');
export const openaiAgent = createOpenAIAgent();
export const embeddings = createOpenAIEmbeddingsAgent();
export const digest = miniagent('digest', (ctx, params: { model?: MiniAgent }) =>
  ctx.inquire(params.model ?? model, ctx.messages),
);

export const show = miniagent('show', () => null);
export const output = miniagent('output', () => null);
export const ask = miniagent('ask', () => new EndOfLoop());
export const input = miniagent('input', () => new EndOfLoop());
export const readLine = async (): Promise<string> => 'bye';
export const closed = true;

export const message = new Message({ text: 'given' });
export const reply = Message.stream(throwError(() => new IncompleteReplyError('openai', 'gpt-5.5', 'Roses are')));
reply.resolve().catch(() => {}); // It is not asked for in every example.
export const replies = agent.inquire();
export const store = memoryStore();
export const url = 'data:text/plain,a page';
export const pages = ['One page.', 'Another.'];
export const texts = ['a text', 'another'];
export const index = { add: (_text: string, _vector: readonly number[]): void => {} };
export const myLogger = saying('myLogger', 'logged');
