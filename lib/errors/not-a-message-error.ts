import { describe } from './describe.js';
import { brandErrors } from './mini-agents-error.js';

/**
 * Something was sent that is no {@link MessageType}: a number, a function, a class instance, a Map (its values or its
 * entries?) … A `TypeError` and a `MiniAgentsError`; `value` is what came.
 */
export class NotAMessageError extends TypeError {
  declare readonly name: 'NotAMessageError';

  constructor(readonly value: unknown) {
    super(
      `expected a message: text, a Message or its fields, an Error, or an iterable, Promise or Observable of messages; got ${describe(value)}`,
    );
  }

  static {
    brandErrors(this, 'NotAMessageError');
  }
}
