import { ownerIn } from '../scope/owner.js';
import type { MessageSequence } from '../streams/message-sequence.js';
import type { MessageType } from '../streams/message-type.js';
import { StreamedPromise } from '../streams/streamed-promise.js';
import { expectAgent, inquireIn } from './mini-agent.js';
import type { InquiryParams, MiniAgent } from './mini-agent.js';
import type { MiniAgents } from './mini-agents.js';
import type { Run } from './run.js';

/**
 * What an agent function is given: what it was asked, and ways to reply, to ask others, and to know that it is cancelled. It may be
 * taken apart: `({ messages, reply }) => …`.
 *
 * @example
 * ```ts
 * const agent = miniagent('agent', async (ctx) => {
 *   ctx.reply('Thinking …');
 *   ctx.reply(ctx.inquire(other, ctx.messages));
 *   const page = await fetch(url, { signal: ctx.signal });
 *   ctx.reply(page.text());
 * });
 * ```
 */
export class InteractionContext {
  readonly #run: Run;

  /** @internal */
  constructor(
    run: Run,
    /** The agent whose run this is. */
    readonly agent: MiniAgent,
  ) {
    this.#run = run;
  }

  /** What the agent was asked: a flat sequence, as it comes. Its errors are errors, whatever the settings. */
  get messages(): MessageSequence {
    return this.#run.messages;
  }

  /** The settings and hooks that it runs under. */
  get miniAgents(): MiniAgents {
    return this.#run.miniAgents;
  }

  /** Its place in the tree of inquiries, the same from run to run: `2.1` is the first inquiry inside the second one. */
  get id(): string {
    return this.#run.interaction.id;
  }

  /** The id of the run in which the inquiry was made, if it was made in one. */
  get parent(): string | undefined {
    return this.#run.interaction.parent;
  }

  /** This agent and those it was called by, in turn: `leaf <- top`. Whoever reads the replies, and whenever it started. */
  get path(): string {
    return this.#run.path;
  }

  /** Aborted when the run is cancelled, with the {@link CancelledError} as its reason: for `fetch` and the like. */
  get signal(): AbortSignal {
    return this.#run.signal;
  }

  /**
   * Sends messages to whoever asked: in this order, expanded in place, and without waiting for any of them. A reply after the
   * agent's end is not thrown but reported through `onUnhandledError`; after a cancellation it is dropped.
   *
   * @throws NotAMessageError for what is no {@link MessageType}; nothing of it is sent then.
   */
  get reply(): (messages: MessageType) => void {
    return (messages) => this.#run.body.reply(messages);
  }

  /** Sends messages that are merged in as they arrive, a turn after the ordered ones: past those that are not there yet. */
  get replyOutOfOrder(): (messages: MessageType) => void {
    return (messages) => this.#run.body.reply(messages, true);
  }

  /** Ends the replies for the caller as soon as those sent have come; the agent works on. */
  get finishEarly(): () => void {
    return () => this.#run.body.finishEarly();
  }

  /** Keeps the replies open, and the run from being over, until a promise has settled. Its rejection is reported. */
  get waitFor(): (promise: PromiseLike<unknown> | StreamedPromise<unknown, unknown>) => void {
    return (promise) => this.#run.body.waitFor(promise instanceof StreamedPromise ? promise.resolve() : promise);
  }

  /**
   * As {@link MiniAgent.inquire}, and a part of this run wherever it is called: cancelled with it, and waited for. Of what is
   * around it, once the run is over.
   *
   * @throws InvalidArgumentError if it is no agent.
   */
  get inquire(): <Own extends object>(
    agent: MiniAgent<Own>,
    messages?: MessageType,
    params?: InquiryParams<Own>,
  ) => MessageSequence {
    return (agent, messages, params) => expectAgent(agent)[inquireIn](ownerIn(this.#run), messages, params);
  }
}
