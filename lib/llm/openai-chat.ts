import type { List } from 'immutable';
import type { Message } from '../messages/message.js';
import { expectOption } from './expect-option.js';
import { messageContent } from './message-content.js';
import type { OpenAIClient } from './openai-client.js';
import { ProviderFailure } from './provider-failure.js';
import type { Parameters, Question, WireFormat } from './provider.js';
import type { Reply } from './reply.js';

/** What is read of a chunk or a completion. Servers leave out all kinds of things, or have null there. */
interface Completion {
  readonly object?: string;
  readonly id?: string | null;
  readonly error?: unknown;
  /** Where Groq says why a stream was stopped early. */
  readonly x_groq?: { readonly error?: unknown } | null;
  readonly usage?: { readonly prompt_tokens?: unknown; readonly completion_tokens?: unknown } | null;
  readonly choices?: readonly Choice[] | null;
}

interface Choice {
  /** Where OpenRouter says why a model got no further. */
  readonly error?: unknown;
  readonly finish_reason?: string | null;
  readonly delta?: Said | null;
  readonly message?: Said | null;
}

interface Part {
  readonly type?: string;
  readonly text?: string | null;
}

interface Said {
  /** Reasoning models of some makers say it in parts, of which some are what they think. */
  readonly content?: string | readonly Part[] | null;
  readonly refusal?: string | null;
}

/** OpenAI's Chat Completions, which is also what most other servers speak. */
export const openAIChat: WireFormat<OpenAIClient> = {
  reserved: ['messages'],

  check(system: unknown, { n }: Parameters): void {
    expectOption('a string as system', system, system === undefined || typeof system === 'string');
    expectOption('1 as n, since an agent gives one reply', n, (n ?? 1) === 1);
  },

  body({ model, stream, system, name, request }: Question, messages: List<Message>): object {
    const { stream_options, ...rest } = request;
    const said = messages.map((message) => spoken(message, name));
    return {
      model,
      stream,
      ...rest,
      // Without it there is no usage in a stream. Servers that do not know it can be spared it: `stream_options: null`.
      ...(stream && { stream_options: streamOptions(stream_options) }),
      messages: system ? [{ role: 'system', content: system }, ...said] : [...said],
    };
  },

  send: (client, body, options) => client.chat.completions.create(body, options),

  readEvent(data: string, reply: Reply): string {
    if (data.startsWith('[DONE]')) {
      if (!reply.whole) throw new Error('[DONE] came before any finish_reason');
      reply.over = true;
      return '';
    }
    return read(JSON.parse(data) as Completion | null, reply);
  },

  readWhole(body: unknown, reply: Reply): string {
    const completion = body as Completion | null;
    const text = read(completion, reply);
    // Some servers give no reason; an answer in one piece is whole all the same.
    if (completion?.choices?.[0]?.message) reply.whole = true;
    return text;
  },
};

function streamOptions(given: unknown): object | undefined {
  return given === null ? undefined : { include_usage: true, ...(given as object | undefined) };
}

/** Who said it goes along where OpenAI takes such a name, and where it was not this agent itself. */
function spoken(message: Message, self: string): object {
  const { role = 'user', name } = message;
  const named = name !== undefined && name !== self && /^[^\s<|\\/>]{1,64}$/.test(name);
  return { role, content: messageContent(message), ...(named && { name }) };
}

function read(completion: Completion | null, reply: Reply): string {
  const choice = completion?.choices?.[0];
  const failure = failureIn(completion, choice);
  if (failure) throw new ProviderFailure(failure);
  if (completion?.id) reply.id ??= completion.id;
  if (completion?.usage) reply.count(completion.usage.prompt_tokens, completion.usage.completion_tokens);
  if (choice?.finish_reason) {
    reply.finishReason = choice.finish_reason;
    reply.whole = true;
  }
  const said = choice?.delta ?? choice?.message;
  if (said?.refusal) reply.refused = true;
  return textOf(said?.content) + (said?.refusal ?? '');
}

/** The servers that speak this report what goes wrong in the midst of an answer in one place or another. */
function failureIn(completion: Completion | null, choice: Choice | undefined): unknown {
  const reported = completion?.error ?? choice?.error ?? completion?.x_groq?.error;
  if (reported) return reported;
  return completion?.object === 'error' ? completion : choice?.finish_reason === 'error' ? choice : undefined;
}

function textOf(content: Said['content']): string {
  if (!Array.isArray(content)) return (content ?? '') as string;
  return (content as readonly Part[]).map((part) => (part.type === 'text' && part.text) || '').join('');
}
