import type { Task } from '../scope/call.js';
import { isFailure } from '../scope/failure.js';
import { ENDED, isSign, WAITING } from './reader.js';
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
    const reading = this.#busy || this.#waiting.length > 0 ? WAITING : this.#read();
    if (reading === WAITING) return new Promise((resolve, reject) => void this.#waiting.push({ resolve, reject }));
    this.run();
    if (!isSign(reading)) return Promise.resolve({ done: false, value: reading });
    return new Promise((resolve, reject) => answer({ resolve, reject }, reading));
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
    while (this.#waiting.length > 0) {
      const reading = this.#read();
      if (reading === WAITING) return;
      answer(this.#waiting.shift() as Waiting<Piece>, reading);
    }
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

function answer<Piece>(waiting: Waiting<Piece>, reading: Piece | Sign): void {
  if (isFailure(reading)) waiting.reject(reading.consume());
  else if (reading === ENDED) waiting.resolve({ done: true, value: undefined });
  else waiting.resolve({ done: false, value: reading as Piece });
}
