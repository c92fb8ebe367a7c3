import { asyncScheduler } from 'rxjs';
import { CancelledError } from '../errors/cancelled-error.js';
import { Failure } from './failure.js';
import type { Place } from './failure.js';

/** Told of each error that nobody consumed, with the path of the agent it happened in (`leaf <- top`; may be empty). */
export type UnhandledErrorHandler = (error: unknown, path: string) => void;

/** The failures of one session, and who is told of those that nobody consumes. */
export class UnhandledErrors {
  readonly #unconsumed = new Set<Failure>();
  /** Where errors have been reported: one that passes through three agents is reported once. */
  readonly #reported = new WeakMap<object, Place[]>();

  constructor(
    private readonly handler: UnhandledErrorHandler,
    /** Whether each failure is decided on for itself, a macrotask after it happened, and not all at the end. */
    private endless = false,
  ) {}

  /** Makes an error one that must be consumed or reported. A cancellation is no fault of anybody's and needs neither. */
  watch(error: unknown, where: Place, comesLater = false): Failure {
    const failure = new Failure(error, where, this.#unconsumed);
    if (error instanceof CancelledError) return failure;
    this.#unconsumed.add(failure);
    if (!comesLater) this.came(failure);
    return failure;
  }

  /** It stands where readers find it: if nobody has by the next macrotask, and nobody else decides, it is reported. */
  came(failure: Failure): void {
    if (this.endless) asyncScheduler.schedule(() => this.#report(failure));
  }

  /** Reports every failure that nobody has consumed by now; later ones are decided on one by one. */
  close(): void {
    this.endless = true;
    for (const failure of [...this.#unconsumed]) this.#report(failure);
  }

  #report(failure: Failure): void {
    if (!this.#unconsumed.has(failure)) return;
    const error = failure.consume();
    if (typeof error === 'object' && error !== null) {
      const places = this.#reported.get(error) ?? [];
      if (places.some((place) => isInside(place, failure.where))) return;
      this.#reported.set(error, [...places, failure.where]);
    }
    tell(this.handler, error, failure.where.path);
  }
}

function isInside(place: Place | undefined, outer: Place): boolean {
  for (; place; place = place.parent) if (place === outer) return true;
  return false;
}

/** Tells a handler of an error; what it throws at that is printed. */
export function tell(handler: UnhandledErrorHandler, error: unknown, path: string): void {
  try {
    handler(error, path);
  } catch (ofHandler) {
    console.error('onUnhandledError threw:', ofHandler, 'when it was told of:', error);
  }
}
