import { describeError } from '../errors/describe-error.js';
import { defineMessage } from '../messages/define-message.js';
import { wellFormed } from '../messages/freeze.js';
import type { Message } from '../messages/message.js';
import type { Failure } from '../scope/failure.js';

/**
 * An error as a message: what `errorsAsMessages` puts in an error's place. Its text is the error in one line
 * (`RangeError: boom`), below what had been said where a message was cut short; `error` is that line alone.
 *
 * @example
 * ```ts
 * for (const message of await replies.errorsAsMessages().resolve()) {
 *   if (message instanceof ErrorMessage) console.error(message.error);
 * }
 * ```
 */
export const ErrorMessage = defineMessage('ErrorMessage', { error: '' });

/** The line that an error is, as text: on a line of its own below a text that was cut short. */
export function errorText(failure: Failure, textSoFar: string): string {
  return `${textSoFar && '\n'}${wellFormed(describeError(failure.consume()))}`;
}

/** The message that an error is, with what was known and said of the message that it cut short. */
export function errorMessage(failure: Failure, draft?: Message, textSoFar = ''): Message {
  const { role, name, data } = draft ?? {};
  const line = errorText(failure, textSoFar);
  return new ErrorMessage({ role, name, data, text: wellFormed(textSoFar) + line, error: line.trimStart() });
}
