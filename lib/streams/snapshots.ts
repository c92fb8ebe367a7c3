import { List } from 'immutable';
import type { Message } from '../messages/message.js';
import { call } from '../scope/call.js';
import type { Task } from '../scope/call.js';
import { isFailure } from '../scope/failure.js';
import { ENDED, isSign, readerOf, WAITING } from './reader.js';
import type { Reader, Sign } from './reader.js';
import type { Settling } from './whole.js';

/** A promise whose snapshots are read. */
interface Growing<Piece, Whole> extends Settling<Whole> {
  readonly log: { readonly quiet: boolean };
  reader(task: Task): Reader<Piece>;
}

/** A message, of which its class, role, name and data are known before its text. */
interface GrowingMessage extends Growing<string, Message> {
  readonly draft: Message;
}

/** Reads a message as it grows: each time with all tokens that are there, and last the whole. */
export function* readSnapshots(message: GrowingMessage, task: Task): Generator<Message | Sign, void, void> {
  let text = '';
  let half = false;
  let shown: string | undefined;
  const tokens = message.reader(task);
  try {
    for (;;) {
      const token = tokens.read();
      if (typeof token === 'string') {
        text += token;
        // Looked up in the token: reading the text would put all of it together anew each time.
        if (token !== '') half = isHalf(token.charCodeAt(token.length - 1));
      } else if (shown !== text && (token === WAITING || isFailure(message.settled()))) {
        shown = text;
        yield message.draft.withText(half ? text.slice(0, -1) : text);
      } else if (token === WAITING) yield token;
      else return yield* readEnd(message);
    }
  } finally {
    tokens.close();
  }
}

/**
 * Reads a sequence as it grows: the list of all its messages, each as far as it is. Messages that grow at the same time do
 * so in the list, too; what did not change is the same object from one list to the next. The last list is the whole.
 */
export function* readListSnapshots(
  sequence: Growing<GrowingMessage, List<Message>>,
  task: Task,
): Generator<List<Message> | Sign, void, void> {
  const growing: Reader<Message>[] = [];
  const changed = new Set<number>();
  const messages = sequence.reader(task);
  let list = List<Message>();
  let shown: typeof list | undefined;
  try {
    while (sequence.settled() === undefined) {
      for (let value = messages.read(); !isSign(value); value = messages.read()) {
        const index = growing.length;
        const run = () => call((changed.add(index), task));
        changed.add(growing.push(readerOf(readSnapshots(value, { run }))) - 1);
      }
      for (const index of changed)
        list = list.set(index, latest(growing[index] as Reader<Message>) ?? (list.get(index) as Message));
      changed.clear();
      sequence.whenSettled(task, true);
      yield shown === list ? WAITING : (shown = list);
    }
    yield* readEnd(sequence);
  } finally {
    for (const reader of [messages, ...growing]) reader.close();
    sequence.forget(task);
  }
}

/** The last of what can be read now. */
function latest<Piece>(reader: Reader<Piece>): Piece | undefined {
  let last: Piece | undefined;
  let value = reader.read();
  for (; !isSign(value); value = reader.read()) last = value;
  if (value !== WAITING) reader.close();
  return last;
}

/** The whole, or the error; just the end, where it was the subscriber of its run who left. */
function* readEnd<Whole>(promise: Growing<unknown, Whole>): Generator<Whole | Sign, void, void> {
  const settled = promise.settled();
  if (settled !== undefined && !(isFailure(settled) && promise.log.quiet)) yield settled;
  yield ENDED;
}

/** Whether a text that ends so waits for the other half of a surrogate pair. */
function isHalf(code: number): boolean {
  return code >= 0xd800 && code < 0xdc00;
}
