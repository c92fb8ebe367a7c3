// An option, parameter or field that may be `undefined` in the caller's own types is one that may be left out (exactOptionalPropertyTypes).
import { defineMessage, MiniAgents, miniagent } from 'miniagents';
import { createAnthropicAgent } from 'miniagents/anthropic';
import { createOpenAIAgent, createOpenAIEmbeddingsAgent } from 'miniagents/openai';
import { replay, scriptedAgent, toMarbleDiagram, Recording } from 'miniagents/testing';

declare const flag: boolean | undefined;
declare const number: number | undefined;
declare const text: string | undefined;

new MiniAgents({ startSoon: flag, errorsAsMessages: flag, onPersistMessages: undefined, onUnhandledError: undefined });
miniagent('hello', () => 'Hello!', { name: text, description: text, params: undefined }).fork({}, { name: text });

const Rating = defineMessage('Rating', { stars: 0 });
new Rating({ text, stars: number });
// @ts-expect-error a field still has its own kind
new Rating({ stars: 'five' });

createOpenAIAgent({ model: text, temperature: number });
createOpenAIAgent({ api: 'chat', max_completion_tokens: number });
createOpenAIAgent().inquire('question', { temperature: number, stream: flag });
createOpenAIEmbeddingsAgent({ dimensions: number });
createAnthropicAgent({ max_tokens: number }).inquire('question', { service_tier: undefined });
// @ts-expect-error a parameter still has its own kind
createAnthropicAgent({ thinking: 'a lot' });

scriptedAgent([{ reply: 'Hello!', times: number, asked: undefined }], { inAnyOrder: flag, name: text });
replay(Recording.parse(''), { delays: flag, redact: undefined, live: undefined });
toMarbleDiagram(new MiniAgents(), { title: text }).toText({ width: number, unicode: flag });
