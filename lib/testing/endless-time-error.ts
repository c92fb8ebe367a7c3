import { brandErrors, MiniAgentsError } from '../errors/mini-agents-error.js';

/** Virtual time did not come to an end: something goes on and on. It names the agents that had not ended by then. */
export class EndlessTimeError extends MiniAgentsError {
  declare readonly name: 'EndlessTimeError';

  constructor(
    why: string,
    /** The names of the agents that had not ended. */
    readonly unfinished: readonly string[],
  ) {
    super(`virtual time did not end: ${why}${notEnded(unfinished)}`);
  }

  static {
    brandErrors(this, 'EndlessTimeError');
  }
}

/** Who had not ended, for the end of an error's message; of many the first ones. */
export function notEnded(names: readonly string[]): string {
  if (names.length === 0) return '';
  const more = names.length > 20 ? ` and ${names.length - 20} more` : '';
  return `; not ended: ${names.slice(0, 20).join(', ')}${more}`;
}
