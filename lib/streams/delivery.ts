import { Observable } from 'rxjs';
import type { Subscriber, Unsubscribable } from 'rxjs';
import { Context } from '#ambient';
import { call } from '../scope/call.js';
import type { Task } from '../scope/call.js';
import { isFailure } from '../scope/failure.js';
import { ENDED, WAITING } from './reader.js';
import type { Open, Reader } from './reader.js';

/**
 * Hands what a reader reads to a subscriber: at once, in the turn in which it was written, and in the context in which the
 * subscriber subscribed. A subscriber that is busy (it writes while it reads) gets the rest when it is done.
 */
class Delivery<Piece> implements Task, Unsubscribable {
  readonly #context = new Context();
  #reader: Reader<Piece> | undefined;
  #busy = false;
  #again = false;

  constructor(
    private readonly open: Open<Piece>,
    private readonly subscriber: Subscriber<Piece>,
  ) {}

  run(): void {
    this.#again = true;
    if (this.#busy || this.subscriber.closed) return;
    this.#busy = true;
    this.#context.run(deliver, this);
    this.#busy = false;
    if (this.subscriber.closed) this.unsubscribe();
  }

  unsubscribe(): void {
    if (!this.#busy) this.#reader?.close();
  }

  deliver(): void {
    const { subscriber } = this;
    this.#reader ??= this.open(this);
    while (!subscriber.closed) {
      this.#again = false;
      const value = this.#reader.read();
      if (value === WAITING) {
        if (!this.#again) return;
        continue;
      }
      if (value === ENDED) subscriber.complete();
      else if (isFailure(value)) subscriber.error(value.consume());
      else subscriber.next(value);
    }
  }
}

function deliver(delivery: Delivery<unknown>): void {
  delivery.deliver();
}

/** An Observable of what such a reader reads, anew for each subscriber. */
export function observe<Piece>(open: Open<Piece>): Observable<Piece> {
  return new Observable((subscriber) => subscribe(open, subscriber));
}

/** Starts delivering to a subscriber. */
export function subscribe<Piece>(open: Open<Piece>, subscriber: Subscriber<Piece>): Unsubscribable {
  const delivery = new Delivery(open, subscriber);
  call(delivery);
  return delivery;
}
