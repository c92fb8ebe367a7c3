import type { Task } from '../scope/call.js';
import { isFailure } from '../scope/failure.js';
import type { Failure } from '../scope/failure.js';
import type { Log } from './log.js';

/** There is nothing to read now; the reader's task is run when there may be. */
export const WAITING: unique symbol = Symbol.for('miniagents.waiting');

/** There is nothing more to read. */
export const ENDED: unique symbol = Symbol.for('miniagents.ended');

/** What a reader gives instead of a piece. */
export type Sign = Failure | typeof WAITING | typeof ENDED;

/**
 * Gives the pieces of a stream one by one, to one who asks at his own pace; {@link ENDED} or a Failure is the last. Readers are
 * made of readers, so that nothing is copied between them.
 */
export interface Reader<Piece> {
  read(): Piece | Sign;
  /** Ends the waiting: when the end was delivered, or earlier. Another `read` would wait again. */
  close(): void;
}

/** Makes a reader that runs a task when there may be something to read. */
export type Open<Piece> = (task: Task) => Reader<Piece>;

/** Whether it is no piece. */
export function isSign(reading: unknown): reading is Sign {
  return typeof reading === 'symbol' || isFailure(reading);
}

/** Reads the entries of a log, from the first on. What its failure means is for others to say. */
export class LogReader<Entry> implements Reader<Entry> {
  /** How many have been read. */
  index = 0;
  readonly #entries: readonly Entry[];
  #waiting = false;

  constructor(
    readonly log: Log<Entry>,
    private readonly task: Task,
    entries: readonly Entry[] = log.entries,
  ) {
    this.#entries = entries;
  }

  read(): Entry | Sign {
    if (this.index < this.#entries.length) return this.#entries[this.index++] as Entry;
    if (this.log.ended) return ENDED;
    if (!this.#waiting) this.log.wait(this.task);
    this.#waiting = true;
    return WAITING;
  }

  close(): void {
    if (!this.#waiting) return;
    this.#waiting = false;
    this.log.leave(this.task);
  }
}

/** A reader as a generator. */
export function readerOf<Piece>(pieces: Generator<Piece | Sign, void, void>): Reader<Piece> {
  return { read: () => pieces.next().value ?? ENDED, close: () => void pieces.return() };
}
