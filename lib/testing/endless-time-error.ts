import { brandErrors, MiniAgentsError } from '../errors/mini-agents-error.js';

/** Virtual time did not come to an end: something goes on and on. It names the agents that had not ended by then. */
export class EndlessTimeError extends MiniAgentsError {
  constructor(
    why: string,
    /** The names of the agents that had not ended. */
    readonly unfinished: readonly string[],
  ) {
    const who = unfinished.length > 0 ? `; not ended: ${unfinished.slice(0, 20).join(', ')}` : '';
    super(`virtual time did not end: ${why}${who}`);
  }

  static {
    brandErrors(this, 'EndlessTimeError');
  }
}
