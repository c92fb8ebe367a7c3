import type { List } from 'immutable';
import type { Message } from '../messages/message.js';
import { expectOption } from './expect-option.js';
import { messageContent } from './message-content.js';
import type { OpenAIClient } from './openai-client.js';
import { ProviderFailure } from './provider-failure.js';
import type { Parameters, Question, WireFormat } from './provider.js';
import type { Reply } from './reply.js';

/** What is read of a response. */
interface ResponseObject {
  readonly id?: string;
  readonly status?: string;
  readonly error?: unknown;
  readonly incomplete_details?: { readonly reason?: string } | null;
  readonly usage?: { readonly input_tokens?: unknown; readonly output_tokens?: unknown } | null;
  readonly output?: readonly { readonly content?: readonly Part[] | null }[] | null;
}

interface Part {
  readonly type?: string;
  readonly text?: string;
  readonly refusal?: string;
}

/** What is read of an event. */
interface ResponseEvent {
  readonly type?: string;
  readonly delta?: string | null;
  readonly text?: string | null;
  readonly error?: unknown;
  readonly response?: ResponseObject | null;
}

/** OpenAI's Responses API. */
export const openAIResponses: WireFormat<OpenAIClient> = {
  reserved: ['input'],

  check(system: unknown, { n }: Parameters): void {
    expectOption('a string as system', system, system === undefined || typeof system === 'string');
    expectOption('1 as n, since an agent gives one reply', n, (n ?? 1) === 1);
  },

  body({ model, stream, system, request }: Question, messages: List<Message>): object {
    const { instructions, ...rest } = request;
    const input = messages.map((message) => ({ role: message.role ?? 'user', content: messageContent(message) }));
    const all = [system, instructions].filter(Boolean).join('\n\n');
    return { model, stream, ...rest, ...(all && { instructions: all }), input: [...input] };
  },

  send: (client, body, options) => client.responses.create(body, options),

  readEvent(data: string, reply: Reply): string {
    const event = (JSON.parse(data) ?? {}) as ResponseEvent;
    switch (event.type ?? '') {
      case 'response.refusal.delta':
        reply.refused = true;
        return said(event.delta, 'in pieces', reply);
      case 'response.output_text.delta':
        return said(event.delta, 'in pieces', reply);
      case 'response.output_text.done':
        // Some servers say each part of it in one piece.
        return reply.spoken === 'in pieces' ? '' : said(event.text, 'in parts', reply);
      case 'response.completed':
      case 'response.incomplete':
      case 'response.failed':
      case 'response.done': // as some servers end it
        finish(event.response ?? {}, reply);
        reply.whole = reply.over = true;
        // Some servers say all of it at the end only.
        return reply.spoken ? '' : textOf(event.response ?? {}, reply);
      case 'error':
        throw new ProviderFailure(event.error ?? event);
    }
    if (event.error) throw new ProviderFailure(event.error);
    return '';
  },

  readWhole(body: unknown, reply: Reply): string {
    const response = (body ?? {}) as ResponseObject;
    finish(response, reply);
    const { status = 'completed' } = response;
    reply.whole = Array.isArray(response.output) && (status === 'completed' || status === 'incomplete');
    return textOf(response, reply);
  },
};

function said(text: string | null | undefined, spoken: Reply['spoken'], reply: Reply): string {
  if (text) reply.spoken = spoken;
  return text ?? '';
}

function textOf({ output }: ResponseObject, reply: Reply): string {
  const parts = (output ?? []).flatMap((item) => item.content ?? []);
  if (parts.some((part) => part.type === 'refusal')) reply.refused = true;
  return parts.map((part) => (part.type === 'output_text' ? part.text : part.refusal) ?? '').join('');
}

function finish(response: ResponseObject, reply: Reply): void {
  const { id, status, error, incomplete_details, usage } = response;
  if (error || status === 'failed') throw new ProviderFailure(error ?? response);
  reply.id = id;
  reply.count(usage?.input_tokens, usage?.output_tokens);
  reply.finishReason = incomplete_details?.reason ?? status;
}
