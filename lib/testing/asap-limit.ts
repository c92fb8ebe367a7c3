import { asapScheduler, Subscription } from 'rxjs';
import { EndlessTimeError } from './endless-time-error.js';

/** So many actions may there be between two turns of the event loop before it is said that there is no end to them. */
const MOST_ACTIONS = 50_000;

/**
 * Counts what goes through `asapScheduler`, as the start of each agent does. Agents that ask each other for ever, and take no
 * time for it, would keep everything else from running: here it is them who do not go on.
 */
export class AsapLimit {
  #actions = 0;

  start(): void {
    const schedule = asapScheduler.schedule.bind(asapScheduler);
    asapScheduler.schedule = (work, delay, state) =>
      ++this.#actions > MOST_ACTIONS ? Subscription.EMPTY : schedule(work, delay, state);
  }

  /** Called in each turn. @throws EndlessTimeError if there was no end to it. */
  check(unfinished: () => readonly string[]): void {
    const actions = this.#actions;
    this.#actions = 0;
    if (actions > MOST_ACTIONS)
      throw new EndlessTimeError(
        `after ${MOST_ACTIONS} actions within one frame, there was still more to come`,
        unfinished(),
      );
  }

  stop(): void {
    delete (asapScheduler as Partial<typeof asapScheduler>).schedule;
  }
}
