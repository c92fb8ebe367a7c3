import { EndlessTimeError } from './endless-time-error.js';
import type { Time } from './scheduled-source.js';
import { Unfinished } from './unfinished.js';

/** A promise that nobody settles; where no guard can see real input and output (in browsers), that looks like this, too. */
const WAITS = 'it waits for something that is not in virtual time, since nothing is due after frame';

/** So many timers may come due before it is said that there is no end to them. */
const MOST_TIMERS = 100_000;

/** What is used of a clock of `@sinonjs/fake-timers`. */
export interface FakeClock {
  readonly now: number;
  setTimeout(work: () => void, ms: number): unknown;
  clearTimeout(timer: never): void;
  countTimers(): number;
  next(): number;
}

/** Looks, in each turn, for what must not be in virtual time. */
export interface Guard {
  /** @throws what is wrong. */
  check(unfinished: () => readonly string[]): void;
}

/** A turn of the event loop in real time, in which every promise that can settle has settled. */
export type Turn = () => Promise<void>;

/**
 * Virtual time in which promises settle: between two frames, as many turns of real time pass as it takes until nothing moves any
 * more, and then time goes on to when the next timer is due.
 */
export class AsyncTime implements Time {
  readonly #unfinished = new Unfinished();
  #now: (() => void)[] = [];
  #idle: (() => void)[] = [];
  #timers = 0;

  constructor(
    private readonly clock: FakeClock,
    private readonly turn: Turn,
    private readonly limit: number,
    private readonly guards: readonly Guard[] = [],
  ) {}

  get frame(): number {
    return this.clock.now;
  }

  schedule(work: () => void, frames: number): { unsubscribe(): void } {
    if (frames > 0) {
      const timer = this.clock.setTimeout(work, frames) as never;
      return { unsubscribe: () => this.clock.clearTimeout(timer) };
    }
    this.#now.push(work);
    return { unsubscribe: () => (this.#now = this.#now.filter((other) => other !== work)) };
  }

  /** Lets all time pass that is left: resolves when nothing is due any more. */
  idle(): Promise<void> {
    return new Promise((resolve) => this.#idle.push(resolve));
  }

  /**
   * Lets time pass until a promise has settled and nothing is due any more.
   *
   * @throws EndlessTimeError if it takes too long, or nothing is due and the promise waits all the same; what the promise has
   * rejected with, if it has by then; what a guard throws. Then the agents that have not ended are cancelled.
   */
  async passUntil(promise: Promise<unknown>): Promise<void> {
    let settled = false;
    const rejected: unknown[] = [];
    promise.then(
      () => (settled = true),
      (reason: unknown) => (settled = true) && rejected.push(reason),
    );
    try {
      await this.#pass(() => settled);
    } catch (error) {
      const [first] = error instanceof EndlessTimeError ? [...rejected, error] : [error];
      this.#unfinished.cancel(error);
      throw first;
    }
  }

  async #pass(isSettled: () => boolean): Promise<void> {
    for (;;) {
      await this.#settle();
      if (this.clock.countTimers() > 0) this.#next();
      else if (this.#idle.length > 0) this.#idle.splice(0).forEach((resolve) => resolve());
      else if (isSettled()) return;
      else throw new EndlessTimeError(`${WAITS} ${this.frame}`, this.#unfinished.names);
    }
  }

  /** Does what is due in this frame, until nothing moves. */
  async #settle(): Promise<void> {
    do {
      for (const work of this.#now.splice(0)) work();
      await this.turn();
      for (const guard of this.guards) guard.check(() => this.#unfinished.names);
    } while (this.#now.length > 0);
  }

  #next(): void {
    const frame = this.clock.next();
    const end = frame > this.limit ? `${this.limit} frames` : ++this.#timers > MOST_TIMERS && `${MOST_TIMERS} timers`;
    if (end) throw new EndlessTimeError(`after ${end} there was still more to come`, this.#unfinished.names);
  }
}
