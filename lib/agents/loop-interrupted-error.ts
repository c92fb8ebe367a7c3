import { brandErrors, MiniAgentsError } from '../errors/mini-agents-error.js';

/**
 * What an agent throws to break off the loop that it is a part of, now and without a result: Ctrl-C in a console, a limit
 * that is reached. A dialog loop ends quietly; an `agentLoop` fails with it, unless it is told otherwise. A loop that is to end
 * with a result is ended by an {@link EndOfLoop}, or by `until`.
 *
 * @example
 * ```ts
 * const user = miniagent('user', async () => {
 *   if (closed) throw new LoopInterruptedError('the window was closed');
 *   return readLine();
 * });
 * ```
 */
export class LoopInterruptedError extends MiniAgentsError {
  declare readonly name: 'LoopInterruptedError';

  /** @param reason - why, for people: the end of the message. */
  constructor(reason?: string) {
    super(`the loop was interrupted${reason ? `: ${reason}` : ''}`);
  }

  static {
    brandErrors(this, 'LoopInterruptedError');
  }
}
