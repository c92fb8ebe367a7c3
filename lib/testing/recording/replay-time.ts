import { asapScheduler, asyncScheduler } from 'rxjs';
import type { Subscription, Unsubscribable } from 'rxjs';

/** The time in which recorded runs are replayed. */
export interface ReplayTime {
  now(): number;
  /**
   * Does something in so many milliseconds, after all that can happen until then; of what is due at the same time, what came
   * first when it was recorded. What is returned calls it off.
   *
   * @param place - which event of the recording it is.
   */
  wait(ms: number, place: number, work: () => void): Unsubscribable;
}

/** What is to be done, and which event of the recording it is. */
interface Waiting {
  readonly place: number;
  readonly work: () => void;
}

/** The time that RxJS's timers have: real, or virtual. */
export class TimersTime implements ReplayTime {
  readonly #waiting = new Set<Waiting & { readonly due: number; ready: boolean }>();

  now(): number {
    return asyncScheduler.now();
  }

  wait(ms: number, place: number, work: () => void): Unsubscribable {
    const waiting = { place, work, due: this.now() + ms, ready: false };
    this.#waiting.add(waiting);
    const ready = () => {
      waiting.ready = true;
      this.#next();
    };
    // What is due now takes no time, in virtual time either.
    const timer = (ms > 0 ? asyncScheduler : asapScheduler).schedule(ready, ms);
    const unsubscribe = () => {
      timer.unsubscribe();
      if (this.#waiting.delete(waiting)) this.#nextSoon();
    };
    return { unsubscribe };
  }

  /** Does what came first of all that is due, when its timer says so. */
  #next(): void {
    const now = this.now();
    const due = [...this.#waiting].filter((each) => each.ready || each.due <= now);
    const first = firstOf(due);
    if (!first?.ready) return;
    this.#waiting.delete(first);
    this.#nextSoon();
    first.work();
  }

  #nextSoon(): void {
    if (this.#waiting.size > 0) asapScheduler.schedule(() => this.#next());
  }
}

function firstOf<Each extends Waiting>(waiting: Iterable<Each>): Each | undefined {
  let first: Each | undefined;
  for (const each of waiting) if (!first || each.place < first.place) first = each;
  return first;
}

/** So long what is next waits for a question that came before it when it was recorded, in milliseconds. */
const PATIENCE = 1000;

/**
 * Time that does not wait: what came next when it was recorded is done next, but not before all that can happen until then
 * has happened. So the order of things is the recorded one, though nothing takes its time.
 */
export class HurriedTime implements ReplayTime {
  #waiting: Waiting[] = [];
  #turn: Subscription | undefined;
  #heldSince: number | undefined;

  /** @param isEarly - whether something is still to be asked that was asked before that place. It is waited for, but not for ever. */
  constructor(private readonly isEarly: (place: number) => boolean = () => false) {}

  now(): number {
    return 0;
  }

  wait(_ms: number, place: number, work: () => void): Unsubscribable {
    const waiting = { place, work };
    this.#waiting.push(waiting);
    this.#next(0);
    return { unsubscribe: () => (this.#waiting = this.#waiting.filter((other) => other !== waiting)) };
  }

  #next(ms: number): void {
    if (this.#turn || this.#waiting.length === 0) return;
    this.#turn = asyncScheduler.schedule(() => {
      this.#turn = undefined;
      const first = firstOf(this.#waiting);
      if (!first || this.#isHeld(first.place)) return this.#next(1);
      this.#waiting.splice(this.#waiting.indexOf(first), 1);
      this.#next(0);
      first.work();
    }, ms);
  }

  #isHeld(place: number): boolean {
    const now = asyncScheduler.now();
    this.#heldSince = this.isEarly(place) ? (this.#heldSince ?? now) : undefined;
    return this.#heldSince !== undefined && now - this.#heldSince < PATIENCE;
  }
}
