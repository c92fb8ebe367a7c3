import { brandErrors, MiniAgentsError } from '../../errors/mini-agents-error.js';

/** A file that is to be read as a history is no text: not UTF-8. It is left as it is. */
export class UnreadableHistoryError extends MiniAgentsError {
  declare readonly name: 'UnreadableHistoryError';

  /** @param file - the path that was given; @param cause - what the decoder said. */
  constructor(
    readonly file: string,
    cause: unknown,
  ) {
    super(`expected a history in Markdown (UTF-8 text); got ${file}, which is not UTF-8`, { cause });
  }

  static {
    brandErrors(this, 'UnreadableHistoryError');
  }
}
