import { isFailure } from '../scope/failure.js';
import type { Failure } from '../scope/failure.js';
import { WAITING } from './reader.js';
import type { Open } from './reader.js';

/**
 * The promise of a whole that `resolve()` gives: an ordinary Promise, but a failure counts as consumed only when somebody
 * awaits it, and one that nobody awaits does not end the process; it is reported as unhandled like any other.
 */
export class Resolution<Whole> extends Promise<Whole> {
  #awaited = false;
  #failure: Failure | undefined;

  static override get [Symbol.species](): PromiseConstructor {
    return Promise;
  }

  static of<Whole>(open: Open<Whole>): Promise<Whole> {
    let settle: ((reading: Whole | Failure) => void) | undefined;
    const resolution = new Resolution<Whole>((resolve, reject) => {
      settle = (reading) => (isFailure(reading) ? reject(reading.error) : resolve(reading));
    });
    void super.prototype.then.call(resolution, undefined, () => {});
    const run = () => {
      const value = reader.read();
      if (!settle || value === WAITING) return;
      if (isFailure(value)) resolution.#fail(value);
      settle(value as Whole | Failure);
      settle = undefined;
      reader.close();
    };
    const reader = open({ run });
    run();
    return resolution;
  }

  override then<Value = Whole, Other = never>(
    onFulfilled?: ((whole: Whole) => Value | PromiseLike<Value>) | null,
    onRejected?: ((error: unknown) => Other | PromiseLike<Other>) | null,
  ): Promise<Value | Other> {
    this.#awaited = true;
    this.#failure?.consume();
    return super.then(onFulfilled, onRejected);
  }

  #fail(failure: Failure): void {
    this.#failure = failure;
    if (this.#awaited) failure.consume();
  }
}
