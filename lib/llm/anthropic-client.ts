import type { RawAnswer } from './raw-answer.js';

/** What an agent needs of a client: any `Anthropic` of the official SDK, or one of its kin for other platforms. */
export interface AnthropicClient {
  readonly messages: {
    create(body: object, options: { readonly signal: AbortSignal }): RawAnswer;
  };
}

/** Whether a value is such a client, as far as one can see. */
export function isAnthropicClient(value: unknown): value is AnthropicClient {
  const { messages } = (value ?? {}) as Partial<AnthropicClient>;
  return typeof messages?.create === 'function';
}
