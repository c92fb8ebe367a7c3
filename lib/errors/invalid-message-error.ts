import { brandErrors } from './mini-agents-error.js';

/**
 * A field of a message is not what a message can hold: a value that could change later, a field that it does not have, a
 * value of another type than the field's default. A `TypeError` and a `MiniAgentsError`; `path` names the field.
 */
export class InvalidMessageError extends TypeError {
  declare readonly name: 'InvalidMessageError';

  /** @param path - the field, as in `data.list[0].wrong`; @param problem - what was expected there and what came. */
  constructor(
    readonly path: string,
    problem: string,
  ) {
    super(`message field ${path}: ${problem}`);
  }

  static {
    brandErrors(this, 'InvalidMessageError');
  }
}
