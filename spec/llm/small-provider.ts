import type { Provider, WireFormat } from '../../lib/llm/provider.js';
import { ProviderFailure } from '../../lib/llm/provider-failure.js';

/** A client that answers in memory, whatever it is asked. */
export class SmallClient {
  static readonly APIError = class APIError extends Error {
    constructor(
      readonly status: undefined,
      readonly reported: unknown,
    ) {
      super('reported');
    }
  };
  readonly asked: { body: object; signal: AbortSignal }[] = [];

  constructor(
    readonly answer: (body: object, signal: AbortSignal) => Response | Promise<Response> = () => stream('.'),
  ) {}

  create(body: object, { signal }: { signal: AbortSignal }) {
    this.asked.push({ body, signal });
    const asResponse = async () => this.answer(body, signal);
    const parsed = async () => (await asResponse()).json() as Promise<unknown>;
    const then: PromiseLike<unknown>['then'] = (...given) => parsed().then(...given);
    return { then, asResponse };
  }
}

/** An answer whose events are words, each a token, until the word `.`; `!` is a failure, `?` is not to be understood. */
export const stream = (...words: string[]): Response =>
  new Response(words.map((word) => `data: ${word}\n\n`).join(''), { headers: { 'content-type': 'text/event-stream' } });

/** The smallest API there can be. */
const smallFormat: WireFormat<SmallClient> = {
  reserved: ['messages'],
  check: () => undefined,
  body: ({ name: _, ...question }, messages) => ({ ...question, messages: [...messages].map(String) }),
  send: (client, body, options) => client.create(body, options),
  readEvent(word, reply) {
    if (word === '!') throw new ProviderFailure(word);
    if (word === '?') throw new SyntaxError(word);
    if (word !== '.') return word;
    reply.whole = reply.over = true;
    reply.finishReason = 'full stop';
    return '';
  },
  readWhole(body, reply) {
    reply.whole = true;
    return String((body as { text: unknown }).text);
  },
};

export function smallProvider(load: () => Promise<new () => SmallClient>): Provider<SmallClient> {
  return {
    name: 'small',
    sdk: 'small-sdk',
    keyVariable: 'SMALL_KEY',
    modelVariable: 'SMALL_MODEL',
    defaultModel: 'small-1',
    load,
    isClient: (value): value is SmallClient => value instanceof SmallClient,
    wireFormat: () => smallFormat,
  };
}
