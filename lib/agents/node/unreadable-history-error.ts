import { brandErrors, MiniAgentsError } from '../../errors/mini-agents-error.js';

/** A file that is to be a history is no text: not UTF-8, or no ordinary file. It is left as it is. */
export class UnreadableHistoryError extends MiniAgentsError {
  declare readonly name: 'UnreadableHistoryError';

  /** @param file - the path that was given; @param cause - what the decoder said; @param found - what it is instead. */
  constructor(
    readonly file: string,
    cause: unknown,
    found = 'not UTF-8',
  ) {
    super(`expected a history in Markdown (UTF-8 text); got ${file}, which is ${found}`, { cause });
  }

  static {
    brandErrors(this, 'UnreadableHistoryError');
  }
}
