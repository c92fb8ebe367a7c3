import type { Observable } from 'rxjs';
import type { Task } from '../scope/call.js';
import { observe } from '../streams/delivery.js';
import type { MessageSequence } from '../streams/message-sequence.js';
import type { Entry } from '../streams/message-type.js';
import { ENDED, WAITING } from '../streams/reader.js';
import type { Reader } from '../streams/reader.js';
import { Walk } from '../streams/walk.js';

/**
 * The messages and the errors of a sequence, each alone in an array, to be sent on: an error has its place, and what comes after
 * it comes. Whoever passes an error on has not consumed it.
 */
export function entriesOf(sequence: MessageSequence): Observable<readonly [Entry]> {
  return observe((task) => readEntries(sequence, task));
}

function readEntries(sequence: MessageSequence, task: Task): Reader<readonly [Entry]> {
  sequence.begin();
  const walk = new Walk(sequence, task);
  const read = () => {
    const reading = walk.read();
    return reading === WAITING || reading === ENDED ? reading : ([reading] as const);
  };
  return { read, close: () => walk.close() };
}
