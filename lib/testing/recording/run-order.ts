import type { Wrong } from './event-fields.js';
import type { RecordedEvent } from './recorded-event.js';

/** An event of a run after its inquiry. */
export type RunEvent = Exclude<RecordedEvent, { type: 'inquired' | 'token' | 'resolved' | 'broken' }>;

const AFTER_START = ['replied', 'repliedAll', 'finished', 'failed'];
const ENDS = ['finished', 'failed', 'cancelled'];

/**
 * How far a run has come, by its events so far, of which a recorder writes some before others only. What the run is asked may
 * come before it starts, and after; what was on its way when it was cancelled may come after that.
 */
export class RunOrder {
  readonly #seen = new Set<string>();
  readonly #messages = { received: 0, replied: 0 };

  constructor(private readonly run: string) {}

  /** Takes the next event of the run. What is wrong with its place, if anything is. */
  take(type: RunEvent['type']): Wrong | undefined {
    const expected = this.#endedBefore(type) ?? this.#startedBefore(type) ?? this.#allBefore(type);
    if (expected !== undefined) return { expected, value: type };
    this.#seen.add(type);
    return undefined;
  }

  /** The id of the message that is received or replied next, if it is seen there first. */
  place(type: 'received' | 'replied'): string {
    return `${this.run}${type === 'received' ? '<' : '>'}${++this.#messages[type]}`;
  }

  #endedBefore(type: string): string | undefined {
    const over = this.#seen.has('finished') || this.#seen.has('failed');
    const twice = this.#seen.has('cancelled') && ENDS.includes(type);
    return over || twice ? `nothing more of run ${this.run}, which has ended` : undefined;
  }

  #startedBefore(type: string): string | undefined {
    const started = this.#seen.has('started');
    if (started && type === 'started') return `run ${this.run} to start once`;
    return !started && AFTER_START.includes(type) ? `the start of run ${this.run} before that` : undefined;
  }

  #allBefore(type: string): string | undefined {
    const way = ['received', 'replied'].find((each) => type === each || type === `${each}All`);
    if (way === undefined || !this.#seen.has(`${way}All`)) return undefined;
    return `nothing more ${way} by run ${this.run}, after its ${way}All`;
  }
}
