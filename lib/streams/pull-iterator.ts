import type { Task } from '../scope/call.js';
import { isFailure } from '../scope/failure.js';
import { ENDED, isSign, WAITING } from './reader.js';
import type { Open, Sign } from './reader.js';

/** Somebody who has asked for a piece. */
class Waiting<Piece> {
  #resolve!: (result: IteratorResult<Piece, undefined>) => void;
  #reject!: (error: unknown) => void;
  readonly promise = new Promise<IteratorResult<Piece, undefined>>((resolve, reject) => {
    this.#resolve = resolve;
    this.#reject = reject;
  });

  answer(reading: Piece | Sign): void {
    if (reading === ENDED) return this.#resolve({ done: true, value: undefined });
    if (!isFailure(reading)) return this.#resolve({ done: false, value: reading as Piece });
    // Where nobody waits for the answer any more, that does not end the process.
    void this.promise.catch(() => {});
    this.#reject(reading.consume());
  }
}

/**
 * The async iterator over what a reader reads: it takes a piece when it is asked for one, and keeps nothing. Between two
 * questions it is no reader: nobody waits for it to see the end.
 */
export class PullIterator<Piece> implements AsyncIterableIterator<Piece, undefined>, Task {
  readonly #waiting: Waiting<Piece>[] = [];
  /** Whose turn it is among them. */
  #next = 0;
  readonly #reader;
  #busy = false;
  #over = false;

  constructor(open: Open<Piece>) {
    this.#reader = open(this);
  }

  next(): Promise<IteratorResult<Piece, undefined>> {
    const reading = this.#busy || this.#waiting.length > 0 ? WAITING : this.#read();
    if (reading !== WAITING) this.run();
    if (!isSign(reading)) return Promise.resolve({ done: false, value: reading });
    const waiting = new Waiting<Piece>();
    if (reading === WAITING) this.#waiting.push(waiting);
    else waiting.answer(reading);
    return waiting.promise;
  }

  /** Ends the iteration, for `break`; the stream goes on without it. */
  return(): Promise<IteratorResult<Piece, undefined>> {
    this.#over = true;
    this.run();
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  run(): void {
    if (this.#busy) return;
    while (this.#next < this.#waiting.length) {
      const reading = this.#read();
      if (reading === WAITING) return;
      (this.#waiting[this.#next++] as Waiting<Piece>).answer(reading);
    }
    this.#waiting.length = this.#next = 0;
    this.#reader.close();
  }

  #read(): Piece | Sign {
    if (this.#over) return ENDED;
    this.#busy = true;
    const reading = this.#reader.read();
    this.#busy = false;
    this.#over ||= reading !== WAITING && isSign(reading);
    return reading;
  }
}
