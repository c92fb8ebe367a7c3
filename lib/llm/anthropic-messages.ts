import type { List } from 'immutable';
import type { Message } from '../messages/message.js';
import type { AnthropicClient } from './anthropic-client.js';
import { anthropicTurns } from './anthropic-turns.js';
import { expectOption } from './expect-option.js';
import { ProviderFailure } from './provider-failure.js';
import type { Question, WireFormat } from './provider.js';
import type { Reply } from './reply.js';

/** Enough for a long answer; every current model takes it, streamed or not. */
const MAX_TOKENS = 8192;

/** What is read of a message. */
interface Answer {
  readonly error?: unknown;
  readonly id?: string;
  readonly content?: readonly Block[] | null;
  readonly stop_reason?: string | null;
  readonly usage?: Usage | null;
}

interface Block {
  readonly type?: string;
  readonly text?: string | null;
}

interface Usage {
  readonly input_tokens?: number | null;
  readonly cache_creation_input_tokens?: number | null;
  readonly cache_read_input_tokens?: number | null;
  readonly output_tokens?: number | null;
}

/** What is read of an event. */
interface AnswerEvent extends Answer {
  readonly type?: string;
  readonly message?: Answer | null;
  readonly content_block?: Block | null;
  readonly delta?: (Block & Answer) | null;
}

/** Anthropic's Messages API. */
export const anthropicMessages: WireFormat<AnthropicClient> = {
  reserved: ['messages'],

  check(system: unknown): void {
    const fits = system === undefined || typeof system === 'string' || Array.isArray(system);
    expectOption('a string or an array of text blocks as system', system, fits);
  },

  body({ model, stream, system, request }: Question, messages: List<Message>): object {
    const { system: more, turns } = anthropicTurns(messages);
    const { max_tokens = MAX_TOKENS, ...rest } = request;
    return { model, max_tokens, stream, ...rest, system: prompt(system, more), messages: turns };
  },

  send: (client, body, options) => client.messages.create(body, options),

  readEvent(data: string, reply: Reply): string {
    const event = (JSON.parse(data) ?? {}) as AnswerEvent;
    switch (event.type ?? '') {
      case 'content_block_delta':
        return textOf(event.delta, 'text_delta');
      case 'content_block_start':
        return textOf(event.content_block, 'text');
      case 'message_start':
        note(event.message, reply);
        break;
      case 'message_delta':
        note({ ...event.delta, usage: event.usage ?? null }, reply);
        break;
      case 'message_stop':
        reply.whole = reply.over = true;
        break;
    }
    // Proxies leave out the type `error`.
    if (event.error || event.type === 'error') throw new ProviderFailure(event);
    return '';
  },

  readWhole(body: unknown, reply: Reply): string {
    const answer = body as (Answer & { readonly type?: string }) | null;
    if (answer?.error || answer?.type === 'error') throw new ProviderFailure(answer);
    note(answer, reply);
    reply.whole = Array.isArray(answer?.content);
    return (answer?.content ?? []).map((block) => textOf(block, 'text')).join('');
  },
};

/** The system prompt of the agent, and after it what the system said in the conversation. */
function prompt(system: unknown, more: readonly string[]): unknown {
  if (Array.isArray(system)) return [...(system as unknown[]), ...more.map((text) => ({ type: 'text', text }))];
  return [system, ...more].filter(Boolean).join('\n\n') || undefined;
}

function textOf(block: Block | null | undefined, type: string): string {
  return (block?.type === type && block.text) || '';
}

function note(answer: Answer | null | undefined, reply: Reply): void {
  const { id, stop_reason, usage } = answer ?? {};
  if (id) reply.id = id;
  if (stop_reason) reply.finishReason = stop_reason;
  reply.count(inputTokens(usage, reply), usage?.output_tokens);
}

const INPUT = ['input_tokens', 'cache_creation_input_tokens', 'cache_read_input_tokens'] as const;

/**
 * All that went in: what was read from a cache, or written to one, is counted apart by this API. A count that is given takes the
 * place of an earlier one; what is not given stays.
 */
function inputTokens(usage: Usage | null | undefined, { counts }: Reply): number | undefined {
  for (const name of INPUT) {
    const count = usage?.[name];
    if (typeof count === 'number') counts.set(name, count);
  }
  return counts.has('input_tokens') ? INPUT.reduce((sum, name) => sum + (counts.get(name) ?? 0), 0) : undefined;
}
