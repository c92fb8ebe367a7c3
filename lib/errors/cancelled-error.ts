import { brandErrors, MiniAgentsError } from './mini-agents-error.js';

/**
 * What a reader gets of something that was cancelled: by `cancel()`, by a signal, or (from `whole$` and `resolve()`)
 * because the subscriber of `agent(x)` left. `cause` is the reason that was given. It is never reported as unhandled.
 */
export class CancelledError extends MiniAgentsError {
  declare readonly name: 'CancelledError';

  /** @param what - what was cancelled, for the text; @param reason - what `cancel(reason)` or the signal said. */
  constructor(what: string, reason?: unknown) {
    const why = reason instanceof Error ? reason.message : reason;
    super(`${what} was cancelled${typeof why === 'string' && why ? `: ${why}` : ''}`, { cause: reason });
  }

  static {
    brandErrors(this, 'CancelledError');
  }
}
