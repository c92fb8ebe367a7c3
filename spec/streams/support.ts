import { Message } from '../../lib/messages/message.js';
import type { MessageFields } from '../../lib/messages/message.js';
import type { Task } from '../../lib/scope/call.js';
import { Failure, isFailure } from '../../lib/scope/failure.js';
import { Session } from '../../lib/scope/session.js';
import { UnhandledErrors } from '../../lib/scope/unhandled-errors.js';
import { Log } from '../../lib/streams/log.js';
import { MessagePromise } from '../../lib/streams/message-promise.js';
import { sequenceBrand } from '../../lib/streams/message-type.js';
import type { Entry, Nested } from '../../lib/streams/message-type.js';
import { ENDED, isSign, WAITING } from '../../lib/streams/reader.js';
import type { Open, Reader } from '../../lib/streams/reader.js';
import { TokenLog } from '../../lib/streams/token-log.js';
import { turn } from '../laws/support.js';

export { rejection, turn } from '../laws/support.js';

/** A scope that is no agent's, and the errors in it that nobody consumed: those so far, when they are asked for. */
export class TestScope extends Session {
  readonly #reported: unknown[];

  constructor() {
    const reported: unknown[] = [];
    super(undefined, new UnhandledErrors((error) => reported.push(error)));
    this.#reported = reported;
  }

  unconsumed(): unknown[] {
    this.unhandledErrors.close();
    return this.#reported.splice(0);
  }
}

/** A failure of nobody's. */
export const failureOf = (error: unknown): Failure => new Failure(error, { path: '' }, new Set());

/** Something read, in a form that can be compared: an error as `error: …`, an end as `end`. */
export function shown(reading: unknown): unknown {
  if (isFailure(reading)) return `error: ${String(reading.error)}`;
  if (reading === ENDED) return 'end';
  return reading === WAITING ? 'waiting' : reading;
}

/** An entry of a sequence, by the text of the message that is whole. */
export const textOf = (entry: unknown): unknown => {
  const message = isFailure(entry) ? entry : (entry as MessagePromise).settled();
  return message === undefined || isFailure(message) ? shown(message) : message.text;
};

export const textsOf = (entries: readonly Entry[]): unknown[] => entries.map(textOf);

/** All that can be read now, up to and with the sign. */
export function readNow(reader: Reader<unknown>): unknown[] {
  const read: unknown[] = [];
  do read.push(reader.read());
  while (!isSign(read.at(-1)) && read.length < 100_000);
  return read.map(shown);
}

/** Reads all that comes, as it comes, until the end or until it is closed; woken while it reads, it looks again. */
export function follow(open: Open<unknown>): { readonly seen: unknown[]; readonly close: () => void } {
  const seen: unknown[] = [];
  const state = { busy: false, again: false, over: false };
  const close = () => {
    state.over = true;
    reader.close();
  };
  const take = () => {
    const read = readNow(reader);
    const waiting = read.at(-1) === 'waiting';
    seen.push(...(waiting ? read.slice(0, -1) : read));
    if (!waiting) close();
  };
  const run = () => {
    state.again = true;
    if (state.busy) return;
    state.busy = true;
    for (; state.again && !state.over; take()) state.again = false;
    state.busy = false;
  };
  const reader = open({ run });
  run();
  return { seen, close };
}

/** A task that counts how often it is run. */
export class Counted implements Task {
  times = 0;

  run(): void {
    this.times++;
  }
}

/** What was seen when a few turns have passed: all that comes of a source that ends soon. */
export async function soon<Seen>(seen: Seen): Promise<Seen> {
  for (let i = 0; i < 5; i++) await turn();
  return seen;
}

/** A sequence that stands in another one, as far as those who read it can tell. */
export class TestSequence implements Nested {
  readonly [sequenceBrand] = true;
  readonly log = new Log<Entry>();
  begun = 0;

  begin(): void {
    this.begun++;
  }

  /** Messages of these texts come. */
  say(...texts: string[]): this {
    for (const text of texts) this.log.append(MessagePromise.of(text));
    return this;
  }
}

/** A message whose tokens are still to come. */
export function growing(fields: MessageFields = {}) {
  const log = new TokenLog();
  const draft = new Message(fields);
  const whole = (text: string) => draft.set('text', text);
  const message = new MessagePromise({ log, draft, whole, fail: failureOf, cancel: () => {} });
  return { log, draft, message };
}
