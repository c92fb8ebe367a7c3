import { createParser } from 'eventsource-parser';

/**
 * Reads the server-sent events of a body, and hands over each one's data, and its type if it has one, as it comes: all those of
 * a chunk in the turn in which the chunk came. It keeps nothing of them.
 *
 * @returns when the body has ended.
 * @throws what reading the body, or `take`, throws.
 */
export async function readEvents(
  body: ReadableStream<Uint8Array>,
  take: (data: string, type: string | undefined) => void,
): Promise<void> {
  const parser = createParser({ onEvent: ({ data, event }) => take(data, event) });
  const decoder = new TextDecoder();
  const reader = body.getReader();
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    parser.feed(decoder.decode(chunk.value, { stream: true }));
  }
  // Some servers leave out the blank line after the last event.
  parser.feed(`${decoder.decode()}\n\n`);
}
