import { brandErrors, MiniAgentsError } from './mini-agents-error.js';

/**
 * Something was done at the wrong time: a second `activate()`, a reply after the agent's end. A late reply is not thrown
 * (that would end the process from a timer) but reported through `onUnhandledError`; `late` is what was to be sent.
 */
export class LifecycleError extends MiniAgentsError {
  declare readonly name: 'LifecycleError';

  constructor(
    message: string,
    readonly late?: unknown,
  ) {
    super(message);
  }

  static {
    brandErrors(this, 'LifecycleError');
  }
}
