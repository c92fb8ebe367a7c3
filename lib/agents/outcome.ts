import type { List } from 'immutable';
import type { Observable } from 'rxjs';
import type { Message } from '../messages/message.js';
import type { Failure } from '../scope/failure.js';
import { observe } from '../streams/delivery.js';
import type { MessageSequence } from '../streams/message-sequence.js';
import { readWhole } from '../streams/whole.js';

/** What a sequence came to: its messages, or why there are none. */
export interface Outcome {
  readonly whole: List<Message> | Failure;
}

/**
 * Emits once, when the sequence is whole or has failed. It never errors: unlike for whoever reads `whole$`, a failure does
 * not count as consumed, so that the sequence can be passed on with it.
 */
export function outcomeOf(sequence: MessageSequence): Observable<Outcome> {
  return observe((task) => {
    const reader = readWhole(sequence, task);
    const read = () => {
      const whole = reader.read();
      return typeof whole === 'symbol' ? whole : { whole };
    };
    return { read, close: () => reader.close() };
  });
}
