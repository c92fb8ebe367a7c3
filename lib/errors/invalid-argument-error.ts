import { describe } from './describe.js';
import { brandErrors } from './mini-agents-error.js';

/**
 * A call was given something it cannot work with: a function where an agent is expected, a token that is no string, an
 * option of the wrong kind. A `TypeError` and a `MiniAgentsError`; `value` is what came.
 */
export class InvalidArgumentError extends TypeError {
  declare readonly name: 'InvalidArgumentError';

  /** @param expected - what the call needs, in words. */
  constructor(
    expected: string,
    readonly value: unknown,
  ) {
    super(`expected ${expected}; got ${describe(value)}`);
  }

  static {
    brandErrors(this, 'InvalidArgumentError');
  }
}
