import { CancelledError } from '../errors/cancelled-error.js';
import type { Message } from '../messages/message.js';
import { Failure, isFailure } from '../scope/failure.js';
import { errorMessage } from '../streams/error-message.js';
import type { Entry } from '../streams/message-type.js';

/**
 * What became of an entry of a sequence, as a message: the very message that it came to; an error, and a message that was cut
 * short, as an ErrorMessage; so, too, one that is still being said. Whoever must hear of the error still must.
 */
export function entryAsMessage(entry: Entry): Message {
  if (isFailure(entry)) return errorMessage(seen(entry.error));
  const whole = entry.settled();
  if (whole && !isFailure(whole)) return whole;
  const error = whole ? whole.error : new CancelledError('the message', 'it was not whole when the trace ended');
  return errorMessage(seen(error), entry.draft, entry.log.text);
}

/** An error to be shown: a failure that nobody need consume. */
function seen(error: unknown): Failure {
  return new Failure(error, { path: '' }, new Set());
}
