import { asyncScheduler } from 'rxjs';
import type { Subscription, Unsubscribable } from 'rxjs';

/** The time in which recorded runs are replayed. */
export interface ReplayTime {
  now(): number;
  /** Does something in so many milliseconds; what is returned calls it off. */
  schedule(work: () => void, ms: number): Unsubscribable;
}

/** The time that RxJS's timers have: real, or virtual. */
export const rxjsTime: ReplayTime = {
  now: () => asyncScheduler.now(),
  schedule: (work, ms) => asyncScheduler.schedule(work, ms),
};

/**
 * Time that does not wait: what is due next is done next, whenever it is due, but not before all that can happen until then
 * has happened. So the order of things is the recorded one, though nothing takes its time.
 */
export class HurriedTime implements ReplayTime {
  #now = 0;
  #waiting: { readonly due: number; readonly work: () => void }[] = [];
  #turn: Subscription | undefined;

  now(): number {
    return this.#now;
  }

  schedule(work: () => void, ms: number): Unsubscribable {
    const waiting = { due: this.#now + ms, work };
    this.#waiting.push(waiting);
    this.#next();
    return { unsubscribe: () => (this.#waiting = this.#waiting.filter((other) => other !== waiting)) };
  }

  #next(): void {
    if (this.#turn || this.#waiting.length === 0) return;
    this.#turn = asyncScheduler.schedule(() => {
      this.#turn = undefined;
      const due = Math.min(...this.#waiting.map((each) => each.due));
      const first = this.#waiting.findIndex((each) => each.due === due);
      const [waiting] = first < 0 ? [] : this.#waiting.splice(first, 1);
      this.#now = Math.max(this.#now, waiting?.due ?? 0);
      this.#next();
      waiting?.work();
    });
  }
}
