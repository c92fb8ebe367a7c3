import type { Observable } from 'rxjs';
import { CancelledError } from '../errors/cancelled-error.js';
import { Message } from '../messages/message.js';
import type { Task } from '../scope/call.js';
import type { Failure } from '../scope/failure.js';
import type { Cancellation } from '../scope/scope.js';
import { observe } from './delivery.js';
import { errorMessage } from './error-message.js';
import { readerOf } from './reader.js';
import type { Reader } from './reader.js';
import { readSnapshots } from './snapshots.js';
import { brandInstances, hasBrand, StreamedPromise } from './streamed-promise.js';
import { TokenLog } from './token-log.js';
import { TokenReader } from './token-reader.js';

const brand = Symbol.for('miniagents.MessagePromise');

/** Where the tokens of a message come from, and what message they become. */
export interface MessageOrigin {
  readonly log: TokenLog;
  readonly draft: Message;
  /** The message, of all its tokens joined. */
  whole(text: string): Message;
  /** Makes an error that comes of it one that must be consumed or reported. */
  fail(error: unknown): Failure;
  cancel(cancellation: Cancellation): void;
  /**
   * Told where it is sent. Where no context survives an `await`, a stream that was made in none belongs to the run that sends it
   * first, if it was made after that.
   */
  sentIn?(scope: unknown): void;
}

/**
 * A message that is on its way: its pieces are text tokens, its whole is the {@link Message}. Made by {@link Message.stream},
 * by an LLM agent, or out of whatever is sent.
 *
 * Passed on (replied, returned, sent to another agent) it is the same object at the other end, and its tokens go straight
 * from their source to whoever reads them, through any number of agents.
 *
 * @example
 * ```ts
 * const message = Message.stream(of('Hel', 'lo'), { role: 'assistant' });
 * message.draft.role; // 'assistant', before any token
 * message.subscribe((token) => console.log(token));
 * (await message.resolve()).text; // 'Hello'
 * ```
 */
export class MessagePromise extends StreamedPromise<string, Message> {
  #settled: Message | Failure | undefined;
  #tolerant: MessagePromise | undefined;

  /** @internal */
  constructor(
    private readonly origin: MessageOrigin,
    /** Another view of the same message, to which this is the one for those who want its error as text. */
    private readonly strict?: MessagePromise,
  ) {
    super();
  }

  /** The promise of a message that is there: a text, or a Message. @internal */
  static of(sent: string | Message): MessagePromise {
    return new MessagePromise(new SentMessage(sent));
  }

  /** The message as far as it is known before its text: its class, role, name and data. */
  get draft(): Message {
    return this.origin.draft;
  }

  /**
   * The message as it grows: as it is when somebody subscribes, then after each token; the last one *is* the whole. Half of
   * a surrogate pair waits for its other half.
   */
  get snapshots$(): Observable<Message> {
    return observe((task) => readerOf(readSnapshots(this, task)));
  }

  cancel(reason?: unknown): void {
    this.origin.cancel({ error: new CancelledError('the message', reason), quiet: false });
  }

  /** @internal */
  get log(): TokenLog {
    return this.origin.log;
  }

  /** @internal */
  sentIn(scope: unknown): void {
    this.origin.sentIn?.(scope);
  }

  /** What cut it short, for those to whom that is an error. @internal */
  get failure(): Failure | undefined {
    return this.strict ? undefined : this.log.failure;
  }

  /** The same message for those who want its error as text: always the same object, this one if it has no error. @internal */
  get tolerant(): MessagePromise {
    if (this.strict || (this.log.over && !this.log.failure)) return this;
    this.log.tolerate();
    return (this.#tolerant ??= new MessagePromise(this.origin, this));
  }

  /** @internal */
  override reader(task: Task): Reader<string> {
    return new TokenReader(this.log, task, this.strict !== undefined);
  }

  /** @internal */
  override settled(): Message | Failure | undefined {
    return (this.#settled ??= this.log.ended ? this.#settle() : undefined);
  }

  /** @internal */
  override whenSettled(task: Task, readsWhole: boolean): void {
    this.log.whenOver(task, readsWhole);
  }

  /** @internal */
  override forget(task: Task): void {
    this.log.forget(task);
  }

  #settle(): Message | Failure {
    const { log, origin, strict } = this;
    const whole = strict?.settled();
    if (!log.failure) {
      try {
        return whole ?? origin.whole(log.text);
      } catch (error) {
        log.failure = origin.fail(error);
      }
    }
    return this.failure ?? errorMessage(log.failure, origin.draft, log.text);
  }

  static {
    brandInstances(this, brand);
  }
}

/** @internal */
export function isMessagePromise(value: unknown): value is MessagePromise {
  return hasBrand(value, brand);
}

/** A message that was there when it was sent. A text is made a Message when somebody asks for one. */
class SentMessage implements MessageOrigin {
  #draft: Message | undefined;
  #log: TokenLog | undefined;

  constructor(private readonly sent: string | Message) {}

  get draft(): Message {
    return (this.#draft ??= typeof this.sent === 'string' ? new Message({ text: this.sent }) : this.sent);
  }

  get log(): TokenLog {
    return (this.#log ??= TokenLog.of(typeof this.sent === 'string' ? this.sent : this.sent.text));
  }

  whole(): Message {
    return this.draft;
  }

  fail(error: unknown): never {
    throw error;
  }

  cancel(): void {}
}
