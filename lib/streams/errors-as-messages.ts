import { isFailure } from '../scope/failure.js';
import type { Failure } from '../scope/failure.js';
import { errorMessage } from './error-message.js';
import { MessagePromise } from './message-promise.js';
import type { Entry } from './message-type.js';

const messages = new WeakMap<Failure, MessagePromise>();

/** An entry of a sequence for those who want errors as messages: for the same entry always the same object. */
export function errorAsMessage(entry: Entry): MessagePromise {
  if (!isFailure(entry)) return entry.tolerant;
  const message = messages.get(entry) ?? MessagePromise.of(errorMessage(entry));
  messages.set(entry, message);
  return message;
}
