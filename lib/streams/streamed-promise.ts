import { Observable } from 'rxjs';
import type { Subscriber, TeardownLogic } from 'rxjs';
import type { Task } from '../scope/call.js';
import type { Failure } from '../scope/failure.js';
import { observe, subscribe } from './delivery.js';
import { PullIterator } from './pull-iterator.js';
import type { Reader } from './reader.js';
import { Resolution } from './resolution.js';
import { readWhole } from './whole.js';

/**
 * A stream of pieces that is kept, plus the whole that they make up.
 *
 * As an Observable it replays every piece to every subscriber from the start, in the same order, and then follows live. It
 * runs once, whoever looks: an unsubscribe leaves it running, {@link StreamedPromise.cancel} stops it. A failure is replayed
 * too. It is **not thenable**: JavaScript would await a thenable at every `yield` of an async generator and every `return`
 * of an async function, and the stream would be lost there. Await `resolve()`.
 *
 * @example
 * ```ts
 * const message = Message.stream(of('Hel', 'lo'));
 * for await (const token of message) console.log(token);
 * String(await message.resolve()); // 'Hello'
 * ```
 */
export abstract class StreamedPromise<Piece, Whole> extends Observable<Piece> {
  #resolution: Promise<Whole> | undefined;

  constructor() {
    super(deliverPieces as (this: Observable<Piece>, subscriber: Subscriber<Piece>) => TeardownLogic);
  }

  /** The whole, once, when it is there; or the error that came instead. For each subscriber, whenever it subscribes. */
  get whole$(): Observable<Whole> {
    return observe((task) => readWhole(this, task));
  }

  /**
   * A Promise of the whole. It rejects with the error that a reader would get, of which it then counts as told if it is
   * awaited; a rejection that nobody awaits is reported through `onUnhandledError` and does not end the process.
   */
  resolve(): Promise<Whole> {
    return (this.#resolution ??= Resolution.of((task) => readWhole(this, task)));
  }

  /** Stops it: the source is let go, and every reader that is not through gets a {@link CancelledError}. */
  abstract cancel(reason?: unknown): void;

  /** Iterates over the pieces from the start. `break` leaves the promise running; an error is thrown at its place and ends it. */
  [Symbol.asyncIterator](): AsyncIterableIterator<Piece, undefined> {
    return new PullIterator((task) => this.reader(task));
  }

  /** How it is to be read: what stands in a text, in the console or in JSON in the place of what it comes to. */
  override toString(): string {
    return `${this.constructor.name}, read by resolve(), for await or subscribe`;
  }

  /** @internal */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString();
  }

  /** The same line as {@link StreamedPromise.toString}: what has a JSON form of its own is the whole. */
  toJSON(): string {
    return this.toString();
  }

  /** @internal */
  abstract reader(task: Task): Reader<Piece>;

  /** @internal */
  abstract settled(): Whole | Failure | undefined;

  /** @internal */
  abstract whenSettled(task: Task, readsWhole: boolean): void;

  /** @internal */
  abstract forget(task: Task): void;

  static {
    brandInstances(this, Symbol.for('miniagents.StreamedPromise'));
  }
}

/** Lets `instanceof` know the instances of other copies of the library. @internal */
export function brandInstances(type: { readonly prototype: object }, brand: symbol): void {
  Object.defineProperty(type.prototype, brand, { value: true });
  Object.defineProperty(type, Symbol.hasInstance, { value: (value: unknown) => hasBrand(value, brand) });
}

/** @internal */
export function hasBrand(value: unknown, brand: symbol): boolean {
  return typeof value === 'object' && value !== null && brand in value;
}

function deliverPieces<Piece>(this: StreamedPromise<Piece, unknown>, subscriber: Subscriber<Piece>): TeardownLogic {
  return subscribe((task) => this.reader(task), subscriber);
}
