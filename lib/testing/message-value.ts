import { isMessage } from '../messages/brand.js';
import { Message } from '../messages/message.js';
import type { MessageFields } from '../messages/message.js';
import type { MessagePromise } from '../streams/message-promise.js';

/** What a message is expected to be: a text, a Message or its fields; or the error that it fails with. */
export type ExpectedMessage = string | Message | MessageFields | Error;

/** What an expected message is compared as. */
export function messageValue(expected: ExpectedMessage): unknown {
  if (typeof expected === 'string') return new Message({ text: expected });
  return isMessage(expected) || expected instanceof Error ? expected : new Message(expected);
}

/** Follows a message: gives what has come of it so far, or its error. */
export function follow(promise: MessagePromise): () => unknown {
  let latest: unknown = promise.draft;
  promise.snapshots$.subscribe({
    next: (message) => (latest = message),
    error: (error: unknown) => (latest = error),
  });
  return () => latest;
}
