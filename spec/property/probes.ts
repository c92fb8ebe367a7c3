import { Observable } from 'rxjs';
import type { Subscriber } from 'rxjs';
import type { Ending } from './plan.js';
import type { Clock } from './virtual-time.js';

/** When a source was subscribed to, and when it was let go. */
export interface Visit {
  readonly from: number;
  to: number;
}

/** What a source does: each value some frames after the one before, then its end. */
export interface Doing<Value> {
  readonly steps: readonly { readonly after: number; value(late: boolean): Value }[];
  readonly ends: Ending;
  readonly after: number;
  readonly error: unknown;
}

/** Cold sources that do what they are told and remember every subscription. What comes after 0 frames comes in the call. */
export class Probes {
  readonly visits = new Map<number, Visit[]>();
  /** Whether what happens now is not written down any more. */
  stopped = false;
  readonly #open = new Set<number>();

  constructor(readonly clock: Clock) {}

  source<Value>(id: number, doing: Doing<Value>): Observable<Value> {
    return new Observable((subscriber) => {
      const visit = { from: this.clock.now(), to: Infinity };
      this.visits.set(id, [...(this.visits.get(id) ?? []), visit]);
      this.#open.add(id);
      subscriber.add(() => {
        this.#open.delete(id);
        if (!this.stopped) visit.to = this.clock.now();
      });
      this.#step(subscriber, doing, 0, false);
    });
  }

  /** Those that nobody has let go. */
  get open(): number[] {
    return [...this.#open];
  }

  #step<Value>(subscriber: Subscriber<Value>, doing: Doing<Value>, index: number, late: boolean): void {
    const step = doing.steps[index];
    if (!step && doing.ends === 'never') return;
    const after = step ? step.after : doing.after;
    const go = () => {
      if (subscriber.closed) return;
      if (!step) return doing.ends === 'fails' ? subscriber.error(doing.error) : subscriber.complete();
      subscriber.next(step.value(late || after > 0));
      this.#step(subscriber, doing, index + 1, late || after > 0);
    };
    if (after === 0) go();
    else subscriber.add(this.clock.later(after, go));
  }
}
