import type { Task } from '../scope/call.js';
import { isFailure } from '../scope/failure.js';
import { ENDED, WAITING } from './reader.js';
import type { Open, Sign } from './reader.js';

interface Waiting<Piece> {
  resolve(result: IteratorResult<Piece, undefined>): void;
  reject(error: unknown): void;
}

/**
 * The async iterator over what a reader reads: it takes a piece when it is asked for one, and keeps nothing. Between two
 * questions it is no reader: nobody waits for it to see the end.
 */
export class PullIterator<Piece> implements AsyncIterableIterator<Piece, undefined>, Task {
  readonly #waiting: Waiting<Piece>[] = [];
  readonly #reader;
  #busy = false;
  #over = false;

  constructor(open: Open<Piece>) {
    this.#reader = open(this);
  }

  next(): Promise<IteratorResult<Piece, undefined>> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.run();
    });
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
    this.#busy = true;
    for (let first = this.#waiting[0]; first; first = this.#waiting[0]) {
      const reading = this.#over ? ENDED : this.#reader.read();
      if (reading === WAITING) break;
      this.#waiting.shift();
      this.#answer(first, reading);
    }
    if (this.#waiting.length === 0) this.#reader.close();
    this.#busy = false;
  }

  #answer(waiting: Waiting<Piece>, reading: Piece | Sign): void {
    this.#over = reading === ENDED || isFailure(reading);
    if (isFailure(reading)) waiting.reject(reading.consume());
    else if (reading === ENDED) waiting.resolve({ done: true, value: undefined });
    else waiting.resolve({ done: false, value: reading as Piece });
  }
}
