import { List } from 'immutable';
import type { Observable } from 'rxjs';
import type { Message } from '../messages/message.js';
import { call } from '../scope/call.js';
import type { Task } from '../scope/call.js';
import { isFailure } from '../scope/failure.js';
import type { Failure } from '../scope/failure.js';
import type { Scope } from '../scope/scope.js';
import { observe } from './delivery.js';
import type { Log } from './log.js';
import type { MessagePromise } from './message-promise.js';
import { isNested, sequenceBrand } from './message-type.js';
import type { Entry, MessageType } from './message-type.js';
import { Progress } from './progress.js';
import { SequenceReader, TokensReader } from './read-sequence.js';
import { readerOf } from './reader.js';
import type { Reader, Sign } from './reader.js';
import { Resolution } from './resolution.js';
import { sentSequence, tolerantSequence } from './sequence-origin.js';
import { readListSnapshots } from './snapshots.js';
import { brandInstances, StreamedPromise } from './streamed-promise.js';
import { readWhole } from './whole.js';

/** What stands behind a sequence. */
export interface SequenceOrigin {
  readonly log: Log<Entry>;
  /** Called whenever somebody looks; the first time counts. */
  begin?(): void;
  cancelBecause(reason: unknown): void;
  /** Lets a `run` take over what was started just before it. */
  moveTo?(scope: Scope): void;
}

/**
 * A flat sequence of messages that are on their way: what an agent replies, what it is asked. Its pieces are
 * {@link MessagePromise}s, there before they are whole; its whole is the List of the Messages.
 *
 * Whatever was sent is expanded in place, in the order in which it was sent, and came along in parallel. An error ends the
 * sequence for its readers, after everything that was sent before it; {@link MessageSequence.errorsAsMessages} goes on.
 *
 * @example
 * ```ts
 * const sequence = MessageSequence.from(['one', [Promise.resolve('two')], of('three')]);
 * for await (const message of sequence) console.log(String(await message.resolve()));
 * await sequence.text(); // 'one\n\ntwo\n\nthree'
 * ```
 */
export class MessageSequence extends StreamedPromise<MessagePromise, List<Message>> {
  #progress: Progress | undefined;
  #whole: List<Message> | Failure | undefined;
  #tolerant: MessageSequence | undefined;

  /** @internal */
  constructor(
    /** @internal */
    readonly origin: SequenceOrigin,
  ) {
    super();
  }

  /**
   * A sequence out of whatever may be sent. It is subscribed to at once, and let go with the agent in which that was done; a
   * sequence is given back as it is.
   *
   * @throws NotAMessageError if it is no {@link MessageType}.
   */
  static from(messages: MessageType): MessageSequence {
    return isNested(messages) ? (messages as MessageSequence) : new MessageSequence(sentSequence(messages));
  }

  /** The List of the messages, when all are whole; the same as {@link StreamedPromise.resolve}. */
  resolveMessages(): Promise<List<Message>> {
    return this.resolve();
  }

  /** All of the text, a blank line between messages, when all are whole. */
  text(): Promise<string> {
    return Resolution.of((task) => {
      const whole = readWhole(this, task);
      return { ...whole, read: () => textOf(whole.read()) };
    });
  }

  /**
   * Every token in order, one message after the other, as it comes; of any number of messages that are ready behind one that
   * is not.
   */
  get tokens$(): Observable<string> {
    return observe((task) => new TokensReader(this, task));
  }

  /**
   * The List of the messages as it grows: as it is when somebody subscribes, then after each token of any of them. What did
   * not change is the same object from one List to the next; the last one *is* the whole.
   */
  get snapshots$(): Observable<List<Message>> {
    return observe((task) => readerOf(readListSnapshots(this, task)));
  }

  /**
   * The same sequence with each error as an {@link ErrorMessage} at its place, and what was sent after it. A message that
   * fails in mid-text is there with the error as its last line. Always the same sequence of the same objects; `cancel` stops
   * the one that it shows.
   */
  errorsAsMessages(): MessageSequence {
    return (this.#tolerant ??= new MessageSequence(tolerantSequence(this)));
  }

  cancel(reason?: unknown): void {
    this.origin.cancelBecause(reason);
  }

  /** @internal */
  get log(): Log<Entry> {
    return this.origin.log;
  }

  /** @internal */
  begin(): void {
    this.origin.begin?.();
  }

  /** @internal */
  get progress(): Progress {
    if (!this.#progress) {
      this.#progress = new Progress(this.log);
      call(this.#progress);
    }
    return this.#progress;
  }

  /** Calls back when the sequence has ended and every message is whole, or failed. @internal */
  whenDone(callback: () => void): void {
    const run = () => {
      if (!this.progress.done) return;
      this.progress.forget(task);
      callback();
    };
    const task = { run };
    if (!this.#progress && this.log.ended && this.log.entries.every((entry) => isFailure(entry) || entry.log.over))
      return callback();
    this.progress.watch(task, false);
    run();
  }

  /** @internal */
  override reader(task: Task, endsWhole = false): Reader<MessagePromise> {
    this.begin();
    return new SequenceReader(this, task, endsWhole);
  }

  /** @internal */
  override settled(): List<Message> | Failure | undefined {
    this.begin();
    return (this.#whole ??= this.progress.failure ?? (this.progress.done ? this.#list() : undefined));
  }

  /** @internal */
  override whenSettled(task: Task, readsWhole: boolean): void {
    this.progress.watch(task, readsWhole);
  }

  /** @internal */
  override forget(task: Task): void {
    this.progress.forget(task);
  }

  #list(): List<Message> | Failure {
    const messages = this.log.entries.map((entry) => (isFailure(entry) ? entry : entry.settled()) as Message | Failure);
    return messages.find(isFailure) ?? shownWell(List(messages as Message[]));
  }

  static {
    brandInstances(this, sequenceBrand);
  }
}

function textOf(reading: List<Message> | Sign): string | Sign {
  return List.isList(reading) ? reading.map((message) => message.text).join('\n\n') : reading;
}

/** A List prints its items by their `toString`, which for a message is its bare text. */
function shownWell(list: List<Message>): List<Message> {
  if (list.isEmpty()) return list;
  const toString = () => `List [ ${list.map((message) => message.inspect()).join(', ')} ]`;
  const shown = { value: toString };
  return Object.defineProperties(list, { toString: shown, [Symbol.for('nodejs.util.inspect.custom')]: shown });
}
