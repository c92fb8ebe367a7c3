/// <reference lib="esnext.disposable" preserve="true" />
import { currentScope, runIn, survivesAwait } from '#ambient';
import type { Observable, Subscription } from 'rxjs';
import { CancelledError } from '../errors/cancelled-error.js';
import { InvalidArgumentError } from '../errors/invalid-argument-error.js';
import { LifecycleError } from '../errors/lifecycle-error.js';
import { activeSessions, defaultSession, openSessions, ownerNow, printUnhandledError } from '../scope/owner.js';
import type { Message } from '../messages/message.js';
import type { Scope } from '../scope/scope.js';
import { Session } from '../scope/session.js';
import { tell, UnhandledErrors } from '../scope/unhandled-errors.js';
import type { UnhandledErrorHandler } from '../scope/unhandled-errors.js';
import { MessageSequence } from '../streams/message-sequence.js';
import { StreamedPromise } from '../streams/streamed-promise.js';
import { Events } from './events.js';
import type { MiniAgentsEvent } from './events.js';
import { expectObject } from './expect-object.js';
import { inquireIn } from './mini-agent.js';
import { Persistence } from './persistence.js';
import type { PersistMessagesHandler } from './persistence.js';

/** The settings of a {@link MiniAgents}. */
export interface MiniAgentsOptions {
  /** Whether inquiries start without waiting for somebody to look at the replies. Default `true`. */
  readonly startSoon?: boolean | undefined;
  /** Whether errors are messages at their places in the replies of agents (never in what an agent is asked). Default `false`. */
  readonly errorsAsMessages?: boolean | undefined;
  /** As with {@link MiniAgents.onPersistMessages}. */
  readonly onPersistMessages?: PersistMessagesHandler | undefined;
  /** Told of each error that nobody consumed, once. By default it is printed. */
  readonly onUnhandledError?: UnhandledErrorHandler | undefined;
}

/** What a run's result is, where it is a promise or a sequence. */
export type Result<Given> = Given extends { resolve(): Promise<infer Whole> } ? Whole : Given;

/**
 * The settings, hooks and life of everything that runs inside. Agents also work outside of any: then in a default one, which
 * never ends.
 *
 * @example
 * ```ts
 * const miniAgents = new MiniAgents({ errorsAsMessages: true });
 * const replies = await miniAgents.run(() => agent.inquire('question'));
 * ```
 */
export class MiniAgents {
  readonly startSoon: boolean;
  readonly errorsAsMessages: boolean;
  /** How many inquiries were made outside any agent. @internal */
  inquiries = 0;
  /** @internal */
  readonly events = new Events();
  /** Called when a run or an activation has ended, before the last messages are persisted. @internal */
  readonly beforePersisted = new Set<() => void>();
  readonly #onUnhandledError: UnhandledErrorHandler;
  readonly #persistence = new Set<Persistence>();
  #active: Session | undefined;
  #closing: Promise<void> | undefined;

  /** @throws InvalidArgumentError for options of the wrong kind. */
  constructor(options: MiniAgentsOptions = {}) {
    expectObject('options', options);
    const {
      startSoon = true,
      errorsAsMessages = false,
      onPersistMessages,
      onUnhandledError = printUnhandledError,
    } = options;
    for (const [name, value] of Object.entries({ startSoon, errorsAsMessages }))
      if (typeof value !== 'boolean') throw new InvalidArgumentError(`a boolean as ${name}`, value);
    if (typeof onUnhandledError !== 'function')
      throw new InvalidArgumentError('a function as onUnhandledError', onUnhandledError);
    this.startSoon = startSoon;
    this.errorsAsMessages = errorsAsMessages;
    this.#onUnhandledError = onUnhandledError;
    if (onPersistMessages) this.onPersistMessages(onPersistMessages);
  }

  /**
   * Everything that happens inside, as it happens, from now on: hot, shared, without end. What logs, traces, persists or
   * records is a subscriber of it. Where nobody subscribes it costs nothing.
   */
  get events$(): Observable<MiniAgentsEvent> {
    return this.events.events$;
  }

  /**
   * Has messages that are sent and received handed to `handler` when they are whole: in batches, each message (by content)
   * once, those inside others first. Batches come one at a time; `finalize` and `run` wait for the last. If the handler
   * fails, the error is reported, the agents go on, and the messages are not taken as persisted.
   *
   * @returns a Subscription that ends it.
   * @throws InvalidArgumentError if the handler is no function.
   */
  onPersistMessages(handler: PersistMessagesHandler): Subscription {
    if (typeof handler !== 'function') throw new InvalidArgumentError('a function as onPersistMessages', handler);
    const persistence = new Persistence(this.events, handler, (error) => tell(this.#onUnhandledError, error, ''));
    this.#persistence.add(persistence);
    persistence.subscription.add(() => void persistence.idle().then(() => this.#persistence.delete(persistence)));
    return persistence.subscription;
  }

  /** Hands over a message that was neither sent nor received to be persisted like those that were. @internal */
  persist(message: Message): void {
    for (const persistence of this.#persistence) persistence.take(message);
  }

  /**
   * Runs a function inside, or takes over a promise or a sequence, and gives its result (of a sequence, its whole) when
   * everything inside has ended and is persisted.
   *
   * If it fails, what still runs inside is cancelled, and its error thrown.
   *
   * @throws InvalidArgumentError for an agent, which nobody has asked anything.
   */
  async run<Given>(work: (() => Given | PromiseLike<Given>) | PromiseLike<Given> | Given): Promise<Result<Given>> {
    if (inquireIn in Object(work)) throw new InvalidArgumentError('what an agent was asked, as by inquire', work);
    const session = this.#open(currentScope() && ownerNow());
    if (work instanceof MessageSequence) work.origin.moveTo?.(session);
    if (!survivesAwait) activeSessions.push(session);
    try {
      const given = await (typeof work === 'function' ? runIn(session, work as () => Given, undefined) : work);
      return (
        given instanceof StreamedPromise ? await (given as StreamedPromise<unknown, unknown>).resolve() : given
      ) as Result<Given>;
    } catch (error) {
      session.cancel({ error: new CancelledError('the run', error), quiet: false });
      throw error;
    } finally {
      await this.#close(session);
    }
  }

  /**
   * Makes this the MiniAgents of whatever is started outside any agent, until {@link MiniAgents.finalize}: for servers and
   * front ends, where there is no one function to run.
   *
   * @throws LifecycleError if it is active.
   */
  activate(): this {
    if (this.#active) throw new LifecycleError('this MiniAgents is active already; finalize it first');
    this.#active = this.#open();
    activeSessions.push(this.#active);
    return this;
  }

  /** Ends what `activate` began, when everything inside has ended and is persisted. Without it, waits for what is persisted. */
  async finalize(): Promise<void> {
    if (this.#active) this.#closing = this.#close(this.#active);
    this.#active = undefined;
    await this.#closing; // Whoever calls it twice waits twice.
    await this.#persisted();
  }

  /** Cancels everything inside. What is started in there later is cancelled, too, up to the end of the `run` or activation. */
  cancel(reason?: unknown): void {
    const cancellation = { error: new CancelledError('the MiniAgents', reason), quiet: false };
    for (const session of openSessions) if (owners.get(session) === this) session.cancel(cancellation);
    if (this === defaultMiniAgents) defaultSession.cancelOwned(cancellation);
  }

  /** The same as {@link MiniAgents.finalize}, for `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.finalize();
  }

  #open(around?: Scope): Session {
    const session = new Session(around, new UnhandledErrors(this.#onUnhandledError));
    owners.set(session, this);
    openSessions.add(session);
    around?.own(session);
    return session;
  }

  async #close(session: Session): Promise<void> {
    session.letGo();
    await session.whenOver;
    const index = activeSessions.indexOf(session);
    if (index >= 0) activeSessions.splice(index, 1);
    openSessions.delete(session);
    session.cancellation = undefined; // What is started in there now is outside.
    await this.#persisted();
    session.unhandledErrors.close();
  }

  async #persisted(): Promise<void> {
    for (const finish of this.beforePersisted) finish();
    for (const persistence of this.#persistence) await persistence.idle();
  }
}

const owners = new WeakMap<Scope, MiniAgents>();
let defaultMiniAgents: MiniAgents | undefined;

/** The MiniAgents that a session is of. @internal */
export function miniAgentsOf(session: Scope): MiniAgents {
  return owners.get(session) ?? (defaultMiniAgents ??= new MiniAgents());
}
