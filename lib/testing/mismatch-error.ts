import { brandErrors, MiniAgentsError } from '../errors/mini-agents-error.js';

/** What was seen in virtual time is not what was expected: its message has both, drawn one below the other. */
export class MarbleMismatchError extends MiniAgentsError {
  /** Test runners would show their own difference of the two below the drawing. */
  readonly showDiff = false;

  constructor(
    message: string,
    /** The diagram that was expected. */
    readonly expected: string,
    /** The diagram of what was seen. */
    readonly actual: string,
  ) {
    super(message);
  }

  static {
    brandErrors(this, 'MarbleMismatchError');
  }
}
