import { fromWebStream } from '../streams/subscribe-to.js';

/**
 * What an answer has to be read from: its `body`, a web stream or, where a client's own `fetch` has that, a stream of Node's; or
 * nothing but all of its `text()`, as in React Native.
 */
export interface Readable {
  readonly body?: ReadableStream<Uint8Array> | AsyncIterable<Uint8Array> | null;
  text(): Promise<string>;
}

/**
 * Reads the text of an answer, and hands over each piece of it as it comes. It lets the body go, and with it the connection, when
 * the signal is aborted, and when `take` throws: not every client's `fetch` passes the signal on.
 *
 * @returns when the body has ended, or was let go.
 * @throws what reading the body, or `take`, throws.
 */
export async function readBody(answer: Readable, signal: AbortSignal, take: (text: string) => void): Promise<void> {
  const { body } = answer;
  if (!body) return take(await answer.text());
  const chunks = 'getReader' in body ? fromWebStream(body) : body[Symbol.asyncIterator]();
  const letGo = (): void => void chunks.return?.().catch(() => {});
  signal.addEventListener('abort', letGo);
  try {
    if (signal.aborted) letGo();
    const decoder = new TextDecoder();
    for (let chunk = await chunks.next(); !chunk.done; chunk = await chunks.next())
      take(decoder.decode(chunk.value, { stream: true }));
    take(decoder.decode());
  } catch (error) {
    letGo();
    throw error;
  } finally {
    signal.removeEventListener('abort', letGo);
  }
}

/** Reads an answer in one piece. @throws SyntaxError if it is no JSON; what {@link readBody} throws. */
export async function readJSON(answer: Readable, signal: AbortSignal): Promise<unknown> {
  let json = '';
  await readBody(answer, signal, (text) => (json += text));
  return JSON.parse(json);
}
