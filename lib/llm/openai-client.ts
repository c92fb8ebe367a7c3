import type { RawAnswer } from './raw-answer.js';

interface Resource {
  create(body: object, options: { readonly signal: AbortSignal }): RawAnswer;
}

/**
 * What an agent needs of a client: any `OpenAI` of the official SDK, `AzureOpenAI` included, from version 6 on.
 *
 * @example
 * ```ts
 * new OpenAI({ baseURL: 'http://localhost:11434/v1', apiKey: 'none' }); // a local server
 * ```
 */
export interface OpenAIClient {
  readonly chat: { readonly completions: Resource };
  readonly responses: Resource;
}

/** Whether a value is such a client, as far as one can see. */
export function isOpenAIClient(value: unknown): value is OpenAIClient {
  const { chat, responses } = (value ?? {}) as Partial<OpenAIClient>;
  return typeof chat?.completions?.create === 'function' && typeof responses?.create === 'function';
}
