import { Anthropic } from '@anthropic-ai/sdk';
import type { MiniAgent } from 'miniagents';
import { createAnthropicAgent } from 'miniagents/anthropic';
import { createOpenAIAgent } from 'miniagents/openai';
import { OpenAI as OpenAI6 } from 'openai';
import { OpenAI as OpenAI7 } from 'openai7';

/** A turn as it is sent to an API. */
export interface Turn {
  role: string;
  content: string;
  name?: string;
}

/** One API as one version of an SDK speaks it: what a server of it sends, and how one asks it. */
export interface Wire {
  readonly title: string;
  readonly path: string;
  readonly provider: 'openai' | 'anthropic';
  readonly SDK: {
    APIError: abstract new (...args: never[]) => Error;
    AuthenticationError: abstract new (...args: never[]) => Error;
    InternalServerError: abstract new (...args: never[]) => Error;
    APIConnectionError: abstract new (...args: never[]) => Error;
  };
  /** An agent that asks a server; its SDK tries again so many times. */
  agent(url: string, parameters?: Record<string, unknown>, maxRetries?: number): MiniAgent<any>;
  /** A client that makes its requests so. */
  client(url: string, fetch: (url: any, init: any) => Promise<Response>): object;
  /** The events of a reply: what begins it, one piece of it, and what ends it. */
  readonly begin: readonly string[];
  token(text: string): string;
  readonly end: readonly string[];
  /** Events that come and bring nothing. */
  readonly odd: readonly string[];
  /** The API's report of a failure in mid-stream, with the message `overloaded`. */
  readonly error: string;
  /** The same failure, in an answer with the status 200. */
  readonly errorBody: object;
  /** A reply in one piece, with the same id, counts and end as above. */
  whole(text: string): object;
  readonly finishReason: string;
  /** What it was asked, the system's part apart. */
  readSystem(body: any): unknown;
  readTurns(body: any): Turn[];
}

export const event = (data: object | string, type?: string): string =>
  `${type ? `event: ${type}\n` : ''}data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`;

const named = (data: { type: string; [field: string]: unknown }): string => event(data, data.type);

const chunk = (delta: object | null, finish_reason: string | null = null): string =>
  event({ id: 'reply-1', object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason }] });

const chat = {
  path: '/v1/chat/completions',
  provider: 'openai',
  begin: [chunk({ role: 'assistant', content: '' })],
  token: (content: string) => chunk({ content }),
  end: [
    chunk({}, 'stop'),
    event({ id: 'reply-1', choices: [], usage: { prompt_tokens: 7, completion_tokens: 3 } }),
    event('[DONE]'),
  ],
  odd: [
    ': a comment\n\n',
    chunk({ content: null }),
    chunk({ content: '' }),
    chunk({ reasoning_content: 'hm' }),
    chunk(null),
    event({ id: 'reply-1', choices: [{ index: 0 }] }),
    event({ id: 'reply-1', choices: [], usage: null }),
    event({ id: 'reply-1', choices: null }),
    event({}),
    event('null'),
    event(''),
    'retry: 10\nid: 5\n\n',
  ],
  error: event({ error: { message: 'overloaded', type: 'server_error', code: 'busy' } }),
  errorBody: { error: { message: 'overloaded', type: 'server_error', code: 'busy' } },
  whole: (content: string) => ({
    id: 'reply-1',
    choices: [{ index: 0, message: { role: 'assistant', content, refusal: null }, finish_reason: 'stop' }],
    usage: { prompt_tokens: 7, completion_tokens: 3 },
  }),
  finishReason: 'stop',
  readSystem: (body: any) => (body.messages[0]?.role === 'system' ? body.messages[0].content : undefined),
  readTurns: (body: any) => body.messages.filter(({ role }: Turn, i: number) => i > 0 || role !== 'system'),
} as const;

const response = (fields: object) => ({
  id: 'reply-1',
  object: 'response',
  usage: { input_tokens: 7, output_tokens: 3 },
  error: null,
  incomplete_details: null,
  ...fields,
});

const responses = {
  path: '/v1/responses',
  provider: 'openai',
  begin: [
    named({ type: 'response.created', response: { id: 'reply-1', status: 'in_progress' } }),
    named({ type: 'response.output_item.added', item: { type: 'message', content: [] } }),
  ],
  token: (delta: string) => named({ type: 'response.output_text.delta', delta }),
  end: [named({ type: 'response.completed', response: response({ status: 'completed' }) })],
  odd: [
    ': a comment\n\n',
    named({ type: 'response.output_text.delta', delta: null }),
    named({ type: 'response.output_text.delta', delta: '' }),
    named({ type: 'response.reasoning_text.delta', delta: 'hm' }),
    named({ type: 'response.of_a_later_year' }),
    event({}),
    event('null'),
    event(''),
  ],
  error: named({ type: 'error', code: 'busy', message: 'overloaded', param: null }),
  errorBody: response({ status: 'failed', error: { code: 'busy', message: 'overloaded' } }),
  whole: (text: string) =>
    response({
      status: 'completed',
      output: [
        { type: 'reasoning', summary: [] },
        { type: 'message', content: [{ type: 'output_text', text }] },
      ],
    }),
  finishReason: 'completed',
  readSystem: (body: any) => body.instructions,
  readTurns: (body: any) => body.input,
} as const;

const block = (delta: object): string => named({ type: 'content_block_delta', index: 0, delta });

const messages = {
  path: '/v1/messages',
  provider: 'anthropic',
  begin: [
    named({
      type: 'message_start',
      message: { id: 'reply-1', content: [], usage: { input_tokens: 7, output_tokens: 1 } },
    }),
    named({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } }),
  ],
  token: (text: string) => block({ type: 'text_delta', text }),
  end: [
    named({ type: 'content_block_stop', index: 0 }),
    named({
      type: 'message_delta',
      delta: { stop_reason: 'end_turn', stop_sequence: null },
      usage: { output_tokens: 3 },
    }),
    named({ type: 'message_stop' }),
  ],
  odd: [
    ': a comment\n\n',
    named({ type: 'ping' }),
    block({ type: 'text_delta', text: '' }),
    block({ type: 'text_delta', text: null }),
    block({ type: 'thinking_delta', thinking: 'hm' }),
    named({ type: 'of_a_later_year' }),
    event({}),
    event('null'),
    event(''),
  ],
  error: named({ type: 'error', error: { type: 'overloaded_error', message: 'overloaded' } }),
  errorBody: { type: 'error', error: { type: 'overloaded_error', message: 'overloaded' } },
  whole: (text: string) => ({
    id: 'reply-1',
    type: 'message',
    content: [
      { type: 'thinking', thinking: 'hm' },
      { type: 'text', text },
    ],
    stop_reason: 'end_turn',
    usage: { input_tokens: 7, output_tokens: 3 },
  }),
  finishReason: 'end_turn',
  readSystem: (body: any) => body.system,
  readTurns: (body: any) => body.messages,
} as const;

function openAI(OpenAI: typeof OpenAI6 | typeof OpenAI7, api: 'chat' | 'responses') {
  return {
    SDK: OpenAI,
    client: (url: string, fetch: never) => new OpenAI({ apiKey: 'key', baseURL: `${url}/v1`, maxRetries: 0, fetch }),
    agent: (url: string, parameters: object = {}, maxRetries = 0) =>
      createOpenAIAgent({
        api,
        client: new OpenAI({ apiKey: 'key', baseURL: `${url}/v1`, maxRetries }),
        ...parameters,
      }),
  };
}

export const wires: readonly Wire[] = [
  { title: 'Chat Completions, openai 6', ...chat, ...openAI(OpenAI6, 'chat') },
  { title: 'Chat Completions, openai 7', ...chat, ...openAI(OpenAI7, 'chat') },
  { title: 'Responses, openai 6', ...responses, ...openAI(OpenAI6, 'responses') },
  { title: 'Responses, openai 7', ...responses, ...openAI(OpenAI7, 'responses') },
  {
    title: 'Messages, anthropic',
    ...messages,
    SDK: Anthropic,
    client: (baseURL, fetch) => new Anthropic({ apiKey: 'key', baseURL, maxRetries: 0, fetch }),
    agent: (baseURL, parameters = {}, maxRetries = 0) =>
      createAnthropicAgent({ client: new Anthropic({ apiKey: 'key', baseURL, maxRetries }), ...parameters }),
  },
];

/** The same cases for every API, and every version of its SDK. */
export function describeEachWire(title: string, cases: (wire: Wire) => void): void {
  describe(title, () => {
    for (const wire of wires) describe(wire.title, () => cases(wire));
  });
}
