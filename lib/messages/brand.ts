import type { Message } from './message.js';

/** Where every message keeps its frozen values, and what tells it from all else: the same for all copies of the library. */
export const messageValues: unique symbol = Symbol.for('miniagents.message') as never;

/** Whether a value is a message, of whichever copy of the library; the object that one is spread into is none. */
export function isMessage(value: unknown): value is Message {
  return (
    typeof value === 'object' &&
    value !== null &&
    messageValues in value &&
    Object.getPrototypeOf(value) !== Object.prototype
  );
}
