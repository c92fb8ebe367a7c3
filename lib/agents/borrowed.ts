import { MessageSequence } from '../streams/message-sequence.js';
import type { MessageType } from '../streams/message-type.js';

/** Messages that are read on behalf of somebody. */
export interface Borrowed {
  readonly sequence: MessageSequence;
  /** Lets go of what was subscribed to for this. A sequence that was given as one is its giver's, and goes on. */
  letGo(): void;
}

/** Subscribes to messages, at once. @throws NotAMessageError */
export function borrow(messages: MessageType): Borrowed {
  const sequence = MessageSequence.from(messages);
  const letGo = () => {
    if (sequence !== messages) sequence.cancel('nobody reads it any more');
  };
  return { sequence, letGo };
}
