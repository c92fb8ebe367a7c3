import { CANCELLED, textOf } from './said.js';
import type { Log, Said } from './said.js';

/** What a reader of the messages sees: those before the first error, then that error or the end, each with its frame. */
export interface Reading {
  readonly arrivals: readonly { readonly at: number; readonly message: Said }[];
  readonly end: number;
  readonly error?: string | undefined;
}

/** One thing that a reader sees, and when. */
export type Seen = readonly [frame: number, what: string];

/** What a late reader sees: all of it, that which was before at once. */
export function since(from: number, seen: readonly Seen[]): Seen[] {
  return seen.map(([frame, what]) => [Math.max(from, frame), what]);
}

/**
 * Reads the messages up to the first error, which comes when all messages before it have ended.
 *
 * @param whole - whether the end, too, comes only then: as with `agent(x)`.
 */
export function plain({ arrivals, end, cut }: Log, whole = false): Reading {
  const read: { at: number; message: Said }[] = [];
  let ended = 0;
  const finish = (at: number, error?: string): Reading => {
    if (!cut || at < cut.at) return { arrivals: read, end: at, error };
    return { arrivals: read, end: cut.at, error: cut.quiet ? undefined : CANCELLED };
  };
  for (const { at, message, error } of arrivals) {
    if (!message) return finish(Math.max(at, ended), error);
    read.push({ at, message });
    ended = Math.max(ended, message.end);
  }
  return finish(whole ? Math.max(end, ended) : end);
}

/**
 * What is seen by somebody who reads one message after the other: its tokens, or each whole.
 *
 * @param composed - whether it is an operator of RxJS that does so: it hears nothing of a sequence that it has to the end.
 */
export function oneByOne(log: Log, read: (message: Said) => Seen[], composed = false): Seen[] {
  const { arrivals, end, error } = plain(log);
  const seen: Seen[] = [];
  const finish = (last: Seen) => (composed && error !== CANCELLED ? [...seen, last] : cutShort(log, [...seen, last]));
  let frame = 0;
  for (const { at, message } of arrivals) {
    const part = since(Math.max(frame, at), read(message));
    const [last, how] = part.pop() as Seen;
    seen.push(...part);
    if (how !== 'end') return finish([last, how]);
    frame = last;
  }
  return finish([Math.max(frame, end), error ?? 'end']);
}

/** After a cancellation there is only the cancellation. */
function cutShort({ cut }: Log, seen: Seen[]): Seen[] {
  const [last] = seen.at(-1) as Seen;
  if (!cut || cut.quiet || last < cut.at) return seen;
  return [...seen.filter(([frame]) => frame < cut.at), [cut.at, CANCELLED]];
}

/** The tokens of a message, and its end. */
export function tokensOf({ tokens, end, error, quiet }: Said): Seen[] {
  return [...tokens, [end, quiet ? 'end' : (error ?? 'end')]];
}

/** The text of a message, when it is whole. */
export function wholeOf(message: Said): Seen[] {
  const { end, error } = message;
  return error === undefined ? [[end, textOf(message)], [end, 'end']] : [[end, error]]; // prettier-ignore
}

/** The whole of a sequence: all texts, or the first error in order, as soon as all before it is whole. */
export function wholeOfAll({ arrivals, end, cut }: Log): Seen[] {
  let frame = 0;
  const texts: string[] = [];
  let error: string | undefined;
  for (const { at, message, error: own } of arrivals) {
    frame = Math.max(frame, at, message?.end ?? 0);
    error = own ?? message?.error;
    if (error !== undefined || !message) break;
    texts.push(textOf(message));
  }
  if (error === undefined) frame = Math.max(frame, end);
  if (cut && frame >= cut.at) return [[cut.at, CANCELLED]];
  return error === undefined ? [[frame, texts.join('|')], [frame, 'end']] : [[frame, error]]; // prettier-ignore
}

/** The last list that is seen in each frame by somebody who looks at the whole as it grows, and the end. */
export function growing(log: Log): Seen[] {
  const settled = wholeOfAll(log);
  const [end, how] = settled.at(-1) as Seen;
  const { arrivals } = plain(log);
  const frames = arrivals.flatMap(({ at, message }) => {
    const ends = message.error === undefined ? [message.end] : [];
    return [0, ...message.tokens.map(([frame]) => frame), ...ends].map((frame) => Math.max(at, frame));
  });
  const times = [...new Set([0, ...frames])].filter((frame) => frame < end).sort((a, b) => a - b);
  const seen = times.map((frame): Seen => {
    const there = arrivals.filter(({ at }) => at <= frame);
    return [frame, there.map(({ message }) => textSoFar(message, frame)).join('|')];
  });
  return how === 'end' ? [...seen, ...settled] : [...seen, [end, how]];
}

function textSoFar({ tokens }: Said, until: number): string {
  return tokens.flatMap(([frame, token]) => (frame <= until ? [token] : [])).join('');
}
