import { describeError } from '../errors/describe-error.js';
import { brandErrors, MiniAgentsError } from '../errors/mini-agents-error.js';
import type { Message } from '../messages/message.js';

/**
 * Messages that {@link persistTo} could not have kept, for now: it has tried as often as it may, and does so again with the next
 * messages that come. Reported through `onUnhandledError`; `cause` is what the store failed of.
 */
export class NotPersistedError extends MiniAgentsError {
  declare readonly name: 'NotPersistedError';

  constructor(
    /** All that are not kept so far, those of earlier such errors included. */
    readonly messages: readonly Message[],
    attempts: number,
    cause: unknown,
  ) {
    const [what, tries] = [count(messages.length, 'message'), count(attempts, 'attempt')];
    super(`${what} not persisted in ${tries}, to be tried again with the next ones: ${describeError(cause)}`, {
      cause,
    });
  }

  static {
    brandErrors(this, 'NotPersistedError');
  }
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
