import { Observable } from 'rxjs';
import type { Subscription } from 'rxjs';
import { describeError } from '../errors/describe-error.js';
import { InvalidArgumentError } from '../errors/invalid-argument-error.js';
import type { ErrorOrEnd, MiniAgentsEvent } from '../runtime/events.js';
import { MiniAgents } from '../runtime/mini-agents.js';
import type { AgentCall } from './agent-call.js';
import type { AgentReply } from './agent-reply.js';
import { TracedCall } from './traced-call.js';
import type { Ending } from './traced-call.js';

/**
 * Who inquired whom with what, and what came back, as messages: for each call an `AgentCall` and then an
 * `AgentReply`, when the agent is over and its messages are whole, also if it failed or was cancelled.
 *
 * Each subscriber is told of the inquiries made from then on. It does not end, and it consumes no error: one that nobody
 * else consumes is still reported. What is still being said when a `run` or an activation ends is shown as cut short there.
 * The same run has the same nodes: nothing of time is in them.
 *
 * @example
 * ```ts
 * traceNodes(miniAgents).subscribe((node) => {
 *   if (node instanceof AgentReply) console.log(node.call.path, node.outcome, node.messages.map(String));
 * });
 * ```
 *
 * @throws InvalidArgumentError if it is no MiniAgents.
 */
export function traceNodes(miniAgents: MiniAgents): Observable<AgentCall | AgentReply> {
  if (!(miniAgents instanceof MiniAgents)) throw new InvalidArgumentError('a MiniAgents to trace', miniAgents);
  return new Observable((subscriber) => {
    const trace = new Trace((node) => subscriber.next(node));
    const flush = () => trace.flush();
    const takeError = (what: ErrorOrEnd) => trace.takeError(what);
    const { beforePersisted, events, events$ } = miniAgents;
    beforePersisted.add(flush);
    events.onErrorOrEnd.add(takeError);
    subscriber.add(() => {
      beforePersisted.delete(flush);
      events.onErrorOrEnd.delete(takeError);
    });
    subscriber.add(events$.subscribe((event) => trace.take(event)));
  });
}

/**
 * Has the nodes of the trace ({@link traceNodes}) handed to the handlers of `onPersistMessages`, as messages are that were sent:
 * each content once, what is inside first; `run` and `finalize` wait for them.
 *
 * @returns a Subscription that ends it.
 * @throws InvalidArgumentError if it is no MiniAgents.
 */
export function persistTrace(miniAgents: MiniAgents): Subscription {
  return traceNodes(miniAgents).subscribe((node) => miniAgents.persist(node));
}

/** Makes nodes of events. */
class Trace {
  /** The calls that are not over, by their ids. */
  readonly #calls = new Map<string, TracedCall>();
  /** How to tell of those that are over, some of whose messages are not whole. */
  readonly #pending = new Set<() => void>();

  constructor(private readonly tell: (node: AgentCall | AgentReply) => void) {}

  take(event: MiniAgentsEvent): void {
    const { id } = event.interaction;
    if (event.type === 'inquired') this.#calls.set(id, new TracedCall(event.interaction, event.path, event.params));
    else if (event.type === 'received' || event.type === 'replied') this.#calls.get(id)?.add(event.type, event.message);
    else if (event.type === 'failed') this.#end(id, { outcome: event.type, error: describeError(event.error) });
    else if (event.type === 'finished' || event.type === 'cancelled') this.#end(id, { outcome: event.type, error: '' });
  }

  takeError({ interaction, type, failure }: ErrorOrEnd): void {
    if (!failure) return;
    this.#calls.get(interaction.id)?.add(type, failure);
  }

  /** Tells of all calls that are over, as far as their messages have come. */
  flush(): void {
    for (const tell of [...this.#pending]) tell();
  }

  #end(id: string, ending: Ending): void {
    const call = this.#calls.get(id);
    if (!call) return;
    this.#calls.delete(id);
    const tell = () => {
      if (this.#pending.delete(tell)) call.nodes(ending).forEach(this.tell);
    };
    this.#pending.add(tell);
    call.whenSettled(tell);
  }
}
