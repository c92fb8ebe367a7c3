import { createParser } from 'eventsource-parser';
import { readBody } from './read-body.js';
import type { Readable } from './read-body.js';

/**
 * Reads the server-sent events of an answer, and hands over each one's data, and its type if it has one, as it comes: all those
 * of a chunk in the turn in which the chunk came. It keeps nothing of them.
 *
 * @returns when the body has ended, or the signal was aborted, which lets it go. Of an answer that is JSON instead, its text:
 * that is seen by how it begins, since servers do not all say so in its type.
 * @throws what reading the body, or `take`, throws.
 */
export async function readEvents(
  answer: Readable,
  signal: AbortSignal,
  take: (data: string, type: string | undefined) => void,
): Promise<string | undefined> {
  const parser = createParser({
    onEvent: ({ data, event }) => take(data, event),
    // llama.cpp had what went wrong in a field of its own (up to September 2025: its pull request 16109).
    onError: ({ field, value }) => field === 'error' && take(value ?? '', field),
  });
  let begun = false;
  let json: string | undefined;
  await readBody(answer, signal, (text) => {
    if (!begun && /^\s*[{[]/.test(text)) json = '';
    begun ||= /\S/.test(text);
    if (json === undefined) parser.feed(text);
    else json += text;
  });
  // Some servers leave out the blank line after the last event.
  if (!signal.aborted) parser.feed('\n\n');
  return json;
}
