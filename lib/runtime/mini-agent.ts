import type { Observable } from 'rxjs';
import { InvalidArgumentError } from '../errors/invalid-argument-error.js';
import type { Scope } from '../scope/scope.js';
import type { MessagePromise } from '../streams/message-promise.js';
import type { MessageSequence } from '../streams/message-sequence.js';
import type { MessageType } from '../streams/message-type.js';
import type { InquiryOptions, Params } from './inquiry-options.js';
import type { InteractionContext } from './interaction-context.js';

/** How one agent inquires another in its own name; also what tells an agent from other functions. @internal */
export const inquireIn: unique symbol = Symbol.for('miniagents.MiniAgent') as never;

/** What an agent is made of, for those who put something in its place that may leave a run to it. @internal */
export const bodyOf: unique symbol = Symbol.for('miniagents.bodyOf') as never;

/** What an agent does, in whichever run, and its presets. @internal */
export interface AgentBody {
  readonly preset: Params;
  perform(ctx: InteractionContext, params: Params): unknown;
}

/** What `inquire` takes: the agent's own parameters, and the options of every inquiry. */
export type InquiryParams<Own extends object> = Partial<Own> & InquiryOptions;

/** What is said of an agent, for people and models. */
export interface MiniAgentDescription {
  /** Who it is in events, errors and paths. By default the function's or class's name. */
  readonly name?: string | undefined;
  /** What it does, for people and for models that choose among agents. */
  readonly description?: string | undefined;
}

/**
 * An agent: a function from messages to messages, made by {@link miniagent}.
 *
 * **As a function** (`agent(messages)`, `messages$.pipe(agent)`, `switchMap(agent)`) it gives a cold Observable: a run for each
 * subscription, cancelled, with the tokens it still owes, when the subscriber leaves. It completes, or fails, when every
 * message that it emitted is whole. A second argument, such as the index that `switchMap` passes, is ignored: parameters go by
 * `agent.fork(params)`.
 *
 * **By `inquire`** it gives a promise: started soon, run once, replayed to everyone; an unsubscribe does not stop it.
 */
export interface MiniAgent<Own extends object = object> {
  (messages: MessageType, ignored?: unknown): Observable<MessagePromise>;
  readonly name: string;
  readonly description: string;

  /**
   * Asks the agent. It starts in the next microtask, never inside the call; what was sent is subscribed to at once (both
   * wait for the first reader with `startSoon: false`). Made inside an agent it is a part of that run, and is cancelled with it.
   *
   * @param params - the agent's own parameters, over those of its forks, and the options of an inquiry.
   * @throws NotAMessageError if the messages are no {@link MessageType}, InvalidArgumentError for an option of the wrong kind.
   */
  inquire(messages?: MessageType, params?: InquiryParams<Own>): MessageSequence;

  /** The same agent with parameters and options preset: later ones, and those of a call, win. The agent itself stays as it is. */
  fork(params: InquiryParams<Own>, description?: MiniAgentDescription): MiniAgent<Own>;

  /** @internal */
  readonly [bodyOf]: AgentBody;

  /** @internal */
  [inquireIn](parent: Scope, messages?: MessageType, params?: InquiryParams<Own>): MessageSequence;
}

/** @throws InvalidArgumentError if it is no agent, such as a function that `miniagent` was not applied to. @internal */
export function expectAgent<Own extends object>(agent: MiniAgent<Own>): MiniAgent<Own> {
  if (typeof agent === 'function' && inquireIn in agent) return agent;
  throw new InvalidArgumentError('an agent, made by miniagent(…)', agent);
}
