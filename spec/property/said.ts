/** A message as the model knows it: its tokens and its end, each with its frame. */
export interface Said {
  readonly label: string;
  readonly tokens: readonly (readonly [frame: number, token: string])[];
  readonly end: number;
  /** What it ended with, if it was not just through. */
  readonly error?: string | undefined;
  /** Whether those who read its tokens see just an end in spite of the error. */
  readonly quiet?: boolean | undefined;
  /** Whether it was cut short. */
  readonly cut?: boolean | undefined;
}

/** What stands at one place of a sequence: a message, an error, or only a frame before which nothing passes. */
export interface Item {
  readonly ready: number;
  readonly message?: Said | undefined;
  readonly error?: string | undefined;
}

/** A message or an error, and the frame in which it arrives. */
export interface Arrival {
  readonly at: number;
  readonly message?: Said | undefined;
  readonly error?: string | undefined;
}

/** A whole sequence: all that arrives, in order, and the frame of its end. */
export interface Log {
  readonly arrivals: readonly Arrival[];
  readonly end: number;
  /** When it was cancelled, if that was before all of it was over. */
  readonly cut?: { readonly at: number; readonly quiet: boolean } | undefined;
}

export const CANCELLED = 'CancelledError';

/** When what was sent in this order arrives: each thing when it is there and everything before it has passed. */
export function arrive(items: readonly Item[], from: number): Log {
  const arrivals: Arrival[] = [];
  let end = from;
  for (const { ready, message, error } of items) {
    end = Math.max(end, ready);
    if (end < Infinity && (message || error)) arrivals.push({ at: end, message, error });
  }
  return { arrivals, end };
}

/** What a sequence is as a part of another one. */
export function asItems({ arrivals, end, cut }: Log): Item[] {
  const items: Item[] = arrivals.map(({ at, message, error }) => ({ ready: at, message, error }));
  const cutShort = cut && cut.at <= end;
  if (cutShort && !cut.quiet) items.push({ ready: cut.at, error: CANCELLED });
  return [...items, { ready: cutShort ? cut.at : end }];
}

/** The same sequence if it is cancelled in a certain frame: what would have come later does not come. */
export function cutAt(log: Log, at: number, quiet: boolean): Log {
  return { ...log, arrivals: log.arrivals.filter((arrival) => arrival.at < at), cut: { at, quiet } };
}

/** What was seen first, of two things that arrived in one frame: less than 0 if it was the first, 0 if nobody knows. */
export type Order = (one: Arrival, other: Arrival) => number;

/** Merges sequences as they arrive. Where two arrive in one frame, what was seen says which came first. */
export function merge(logs: readonly Log[], order: Order): Log {
  const rest = logs.map(({ arrivals }) => [...arrivals]);
  const arrivals: Arrival[] = [];
  for (;;) {
    const heads = rest.flatMap((lane) => lane.slice(0, 1).map((head) => ({ lane, head })));
    const at = Math.min(...heads.map(({ head }) => head.at));
    const [first] = heads.filter(({ head }) => head.at === at).sort((one, other) => order(one.head, other.head));
    if (!first) return { arrivals, end: Math.max(...logs.map(({ end }) => end)) };
    arrivals.push(first.head);
    first.lane.shift();
  }
}

/** What an arrival is for those who want errors as messages. */
export function tolerant({ at, message, error }: Arrival): Arrival {
  if (error !== undefined) return { at, message: { label: error, tokens: [[at, error]], end: at } };
  if (!message || message.error === undefined || message.quiet) return { at, message };
  const { label, tokens, end, cut } = message;
  const line = `${textOf(message) && '\n'}${message.error}`;
  return { at, message: { label, tokens: [...tokens, [end, line]], end, cut } };
}

/** The same sequence with its errors as messages, looked at from frame 0 on. */
export function tolerantLog(log: Log): Log {
  return arrive(
    asItems(log).map(({ ready, ...item }) => ({ ...tolerant({ at: ready, ...item }), ready })),
    0,
  );
}

export function textOf({ tokens }: Said): string {
  return tokens.map(([, token]) => token).join('');
}
