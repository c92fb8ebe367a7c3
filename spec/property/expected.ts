import { growing, oneByOne, plain, tokensOf, wholeOf, wholeOfAll } from './reading.js';
import type { Reading, Seen } from './reading.js';
import { tolerantLog } from './said.js';
import type { Log } from './said.js';
import type { Way } from './readers.js';

/** What does happen, of what would. */
export const happens = (seen: readonly Seen[]): Seen[] => seen.filter(([frame]) => frame < Infinity);

/** The messages that a reading gives, by their labels, and its end. */
export function labels({ arrivals, end, error }: Reading): Seen[] {
  return [...arrivals.map(({ at, message }): Seen => [at, message.label]), [end, error ?? 'end']];
}

/** What is seen of a sequence by somebody who reads it in a certain way from the start. */
export function expected(way: Way, log: Log): Seen[] {
  if (way === 'messages') return labels(plain(log));
  if (way === 'view') return labels(plain(tolerantLog(log)));
  if (way === 'tokens$') return oneByOne(log, tokensOf);
  if (way === 'concatAll') return oneByOne(log, tokensOf, true);
  if (way === 'wholes') return oneByOne(log, wholeOf, true);
  return way === 'whole$' ? wholeOfAll(log) : growing(log);
}

/** The last thing that is seen in each frame, and the end. Of the frame of an error, only the error counts. */
export function lastOfEachFrame(seen: readonly Seen[]): Seen[] {
  const ended = seen.at(-1);
  const over = ended !== undefined && (ended[1] === 'end' || /Error|^junk/.test(ended[1]));
  if (!over) return seen.filter(([frame], index) => seen[index + 1]?.[0] !== frame);
  const shown = seen.slice(0, -1).filter(([frame]) => ended[1] === 'end' || frame < ended[0]);
  return [...shown.filter(([frame], index) => shown[index + 1]?.[0] !== frame), ended];
}
