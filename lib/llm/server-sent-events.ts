import { createParser } from 'eventsource-parser';
import { readBody } from './read-body.js';

/**
 * Reads the server-sent events of a body, and hands over each one's data, and its type if it has one, as it comes: all those of
 * a chunk in the turn in which the chunk came. It keeps nothing of them.
 *
 * @returns when the body has ended, or the signal was aborted, which lets it go.
 * @throws what reading the body, or `take`, throws.
 */
export async function readEvents(
  body: ReadableStream<Uint8Array>,
  signal: AbortSignal,
  take: (data: string, type: string | undefined) => void,
): Promise<void> {
  const parser = createParser({ onEvent: ({ data, event }) => take(data, event) });
  await readBody(body, signal, (text) => parser.feed(text));
  // Some servers leave out the blank line after the last event.
  if (!signal.aborted) parser.feed('\n\n');
}
