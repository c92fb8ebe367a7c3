import { isKeyed, isRecord } from 'immutable';
import type { InteropObservable, Observable, ObservableInput, ReadableStreamLike } from 'rxjs';
import { describe } from '../errors/describe.js';
import { NotAMessageError } from '../errors/not-a-message-error.js';
import { isMessage } from '../messages/brand.js';
import { isPlain, isWellFormed } from '../messages/freeze.js';
import { Message } from '../messages/message.js';
import type { MessageFields } from '../messages/message.js';
import { isFailure } from '../scope/failure.js';
import type { Failure } from '../scope/failure.js';
import type { Log } from './log.js';
import { isMessagePromise, MessagePromise } from './message-promise.js';
import { hasBrand } from './streamed-promise.js';
import { hushRejections, isSource } from './subscribe-to.js';

/**
 * Whatever may be sent: what agents reply, return and yield, and what they are asked. It comes out flat and in order.
 *
 * `null` and `undefined` are nothing to send; an Error is an error at its place. Arrays, Immutable collections and other
 * iterables are read at once, so a later change is not seen (and one that never ends never returns). Promises, Observables,
 * async iterables and streams are subscribed to at once, and may hold any of this again, to any depth.
 */
export type MessageType =
  | string
  | Message
  | MessageFields
  | Error
  | null
  | undefined
  | void
  | Iterable<MessageType>
  | AsyncIterable<MessageType>
  | PromiseLike<MessageType>
  | ArrayLike<MessageType>
  | Observable<unknown>
  | InteropObservable<unknown>
  | ReadableStreamLike<unknown>;

/** A message or an error, at its place in a sequence. */
export type Entry = MessagePromise | Failure;

/** A flat sequence that stands in another one. */
export interface Nested {
  readonly log: Log<Entry>;
  /** Starts what fills it, if that waits for somebody to look. */
  begin(): void;
}

/** One thing at its place in what was sent: an entry, a sequence, or a source of more. */
export type Sent = Entry | Nested | ObservableInput<unknown>;

/** What tells a sequence from all else, whichever copy of the library it is of. */
export const sequenceBrand = Symbol.for('miniagents.MessageSequence');

export function isNested(value: unknown): value is Nested {
  return hasBrand(value, sequenceBrand);
}

export function isEntry(value: unknown): value is Entry {
  return isFailure(value) || isMessagePromise(value);
}

/** Makes an error one that must be consumed or reported. */
interface Failing {
  fail(error: unknown): Failure;
}

/**
 * Reads what was sent, down to messages, sequences and sources of more, whatever the depth of arrays and iterables.
 *
 * @throws NotAMessageError for anything that is no {@link MessageType}, before any of it is sent.
 */
export function readSent(value: unknown, scope: Failing): Sent[] {
  if (typeof value === 'string') return [textMessage(value)];
  const sent: Sent[] = [];
  const open: Iterator<unknown>[] = [[value].values()];
  try {
    for (let top = open[0]; top; top = open.at(-1)) {
      const item = next(top, scope);
      if (item === END) open.pop();
      else if (typeof item === 'object' && item !== null) {
        const read = readObject(item, scope);
        if (Array.isArray(read)) open.push(...read);
        else sent.push(read);
      } else if (typeof item === 'string') sent.push(textMessage(item));
      else if (item !== null && item !== undefined) throw new NotAMessageError(item);
    }
  } catch (error) {
    for (const iterator of open) iterator.return?.();
    throw error;
  }
  return sent;
}

/** Text is made a Message when somebody asks for one; that it can be one is seen at once. */
function textMessage(text: string): MessagePromise {
  return MessagePromise.of(isWellFormed(text) ? text : new Message({ text }));
}

const END = Symbol('end');

/** The next item of an iterator; one that throws has its error there, and then ends. */
function next(iterator: Iterator<unknown>, scope: Failing): unknown {
  try {
    const result = iterator.next();
    if (typeof result !== 'object' || result === null)
      throw new TypeError(`expected an iterator result; got ${describe(result)}`);
    return result.done ? END : result.value;
  } catch (error) {
    iterator.next = () => ({ done: true, value: undefined });
    return scope.fail(error);
  }
}

/** An iterable that throws when it is asked for its iterator has that error at its place. */
function iterate(iterable: Iterable<unknown>, scope: Failing): [Iterator<unknown>] | Failure {
  try {
    return [iterable[Symbol.iterator]()];
  } catch (error) {
    return scope.fail(error);
  }
}

/** What an object is to the one it was sent to; an iterator over what it holds, in an array, if it holds more. */
function readObject(item: object, scope: Failing): Sent | [Iterator<unknown>] {
  if (isMessage(item)) return MessagePromise.of(item);
  if (isMessagePromise(item)) item.sentIn(scope);
  if (isEntry(item) || isNested(item)) return item;
  if (item instanceof Error) return scope.fail(item);
  if (isSource(item)) {
    hushRejections(item);
    return item;
  }
  if (isKeyed(item) || isRecord(item) || item instanceof Map) throw new NotAMessageError(item);
  if (Symbol.iterator in item) return iterate(item as Iterable<unknown>, scope);
  if (!isPlain(item)) throw new NotAMessageError(item);
  return MessagePromise.of(new Message(item));
}
