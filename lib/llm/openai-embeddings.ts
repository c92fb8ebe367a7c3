import { IncompleteReplyError } from './incomplete-reply-error.js';
import type { Parameters } from './provider.js';
import { ProviderFailure, providerError } from './provider-failure.js';
import { readJSON } from './read-body.js';
import { receive } from './raw-answer.js';
import type { RawAnswer } from './raw-answer.js';
import type { Reply } from './reply.js';

/** What an embeddings agent needs of a client: any `OpenAI` of the official SDK, from version 6 on. */
export interface OpenAIEmbeddingsClient {
  readonly embeddings: {
    create(body: never, options: { readonly signal: AbortSignal }): RawAnswer;
  };
}

/** What is read of an answer. */
interface Answer {
  readonly error?: unknown;
  readonly usage?: { readonly prompt_tokens?: unknown } | null;
  readonly data?: readonly { readonly embedding?: unknown; readonly index?: number | null }[] | null;
}

/** Whether a value is such a client, as far as one can see. */
export function isOpenAIEmbeddingsClient(value: unknown): value is OpenAIEmbeddingsClient {
  return typeof (value as Partial<OpenAIEmbeddingsClient> | null | undefined)?.embeddings?.create === 'function';
}

/**
 * Asks for the vectors of texts: one for each, in their order.
 *
 * @param reply - told how many tokens went in.
 * @throws the SDK's error if there is no answer, or if it reports one; IncompleteReplyError if it is not what was asked for.
 */
export async function requestVectors(
  client: OpenAIEmbeddingsClient,
  { model, ...request }: Parameters & { readonly model: string },
  texts: readonly string[],
  reply: Reply,
  signal: AbortSignal,
): Promise<readonly (readonly number[])[]> {
  const body = { model, encoding_format: 'float', ...request, input: texts.length === 1 ? texts[0] : texts };
  const answer = await receive(client.embeddings.create(body as never, { signal }));
  try {
    const told = answer.response ? await readJSON(answer.response, signal) : answer.parsed;
    return readVectors(told as Answer | null, texts.length, reply);
  } catch (error) {
    if (error instanceof ProviderFailure) throw providerError(client, error, answer.response?.headers);
    throw new IncompleteReplyError('openai', model, '', error);
  }
}

function readVectors(answer: Answer | null, count: number, reply: Reply): readonly (readonly number[])[] {
  if (answer?.error) throw new ProviderFailure(answer.error);
  reply.count(answer?.usage?.prompt_tokens, undefined);
  const found = answer?.data ?? [];
  if (found.length !== count) throw new TypeError(`expected ${count} vectors; got ${found.length}`);
  const places = found.map(({ index }, position) => index ?? position);
  // Some servers number them from 1 on, or all of them 0: then they are in the order of the texts.
  const numbered = new Set(places);
  const isOrder = places.every((_, position) => numbered.has(position));
  const vectors: (readonly number[])[] = [];
  for (const [position, { embedding }] of found.entries())
    vectors[isOrder ? (places[position] as number) : position] = readVector(embedding);
  return vectors;
}

/** A vector, in either of the API's formats. */
function readVector(embedding: unknown): readonly number[] {
  if (typeof embedding === 'string') return decode(embedding);
  if (Array.isArray(embedding) && embedding.every((value) => typeof value === 'number')) return embedding;
  throw new TypeError('expected a vector of numbers');
}

/** The 32-bit numbers, little end first, that base64 stands for. */
function decode(base64: string): readonly number[] {
  const { buffer } = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const view = new DataView(buffer);
  return Array.from({ length: buffer.byteLength / 4 }, (_, index) => view.getFloat32(index * 4, true));
}
