import { InvalidArgumentError } from '../errors/invalid-argument-error.js';
import { isMessage } from '../messages/brand.js';
import { isWellFormed } from '../messages/freeze.js';
import type { Message } from '../messages/message.js';

/** What every database takes as a part of an index. */
const LONGEST_NAME = 500;

/** @throws InvalidArgumentError unless it is a list of messages. */
export function expectMessages(given: unknown): Message[] {
  const isList = typeof given === 'object' && given !== null && Symbol.iterator in given && !isMessage(given);
  if (!isList) throw new InvalidArgumentError('a list of messages', given);
  const messages = [...(given as Iterable<unknown>)];
  const odd = messages.findIndex((message) => !isMessage(message));
  if (odd >= 0) throw new InvalidArgumentError(`a list of messages; item ${odd} to be one`, messages[odd]);
  return messages as Message[];
}

/** @throws InvalidArgumentError unless it can be the name of a conversation in every store. */
export function expectConversation(given: unknown): string {
  if (
    typeof given === 'string' &&
    given !== '' &&
    given.length <= LONGEST_NAME &&
    !given.includes('\0') &&
    isWellFormed(given)
  )
    return given;
  const text = `text of 1 to ${LONGEST_NAME} characters, without NUL and half surrogate pairs`;
  throw new InvalidArgumentError(`the name of a conversation: ${text}`, given);
}

/** @throws InvalidArgumentError unless it is text. */
export function expectKey(what: string, given: unknown): string {
  if (typeof given === 'string') return given;
  throw new InvalidArgumentError(`the hashKey of a message${what}`, given);
}
