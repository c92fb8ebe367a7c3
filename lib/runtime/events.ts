import { Observable } from 'rxjs';
import type { Subscriber } from 'rxjs';
import { Context } from '#ambient';
import type { Message } from '../messages/message.js';
import { isFailure } from '../scope/failure.js';
import type { Failure } from '../scope/failure.js';
import type { MessagePromise } from '../streams/message-promise.js';
import type { Entry } from '../streams/message-type.js';
import type { Params } from './inquiry-options.js';

/** Which run of which agent something happened in. */
export interface Interaction {
  /** Its place in the tree of inquiries, the same from run to run: `2.1` is the first inquiry inside the second one. */
  readonly id: string;
  /** The id of the run that made the inquiry, if one did. */
  readonly parent?: string;
  /** The agent's name. */
  readonly agent: string;
}

/** Something that happened in a MiniAgents: see {@link MiniAgents.events$}. */
export type MiniAgentsEvent = { readonly interaction: Interaction } & (
  | {
      /** The call was made. */
      readonly type: 'inquired';
      /** The parameters that the agent gets: those of its forks, and over them those of the call. */
      readonly params: Readonly<Record<string, unknown>>;
      /** The agent and those it is called by, in turn: `leaf <- top`. */
      readonly path: string;
    }
  | {
      /** `started`: the agent runs; `finished`, `cancelled`: it is over, with all inside it. */
      readonly type: 'started' | 'finished' | 'cancelled';
    }
  | {
      /** A message arrived among what the agent was asked, or among its replies, in order; its text may be still to come. */
      readonly type: 'received' | 'replied';
      readonly message: MessagePromise;
    }
  | {
      /** A message is whole. Once for each message, in the interaction that had it first. */
      readonly type: 'resolved';
      readonly message: Message;
    }
  | {
      /** The agent is over, after an error of its own. */
      readonly type: 'failed';
      readonly error: unknown;
    }
);

interface Place {
  readonly interaction: Interaction;
}

interface Inquiry extends Place {
  readonly path: string;
  readonly agent: { readonly params: Params };
}

/** What `events$` does not tell of, among what an agent was asked or among its replies: an error, or, without one, the end. */
export interface ErrorOrEnd {
  readonly interaction: Interaction;
  readonly type: 'received' | 'replied';
  readonly failure?: Failure;
}

/** The events of one MiniAgents. Where nobody listens, nothing is made of what happens. */
export class Events {
  /** Each with the context in which it subscribed: what it does then is not a part of what it is told of. */
  readonly #subscribers = new Map<Subscriber<MiniAgentsEvent>, Context>();
  /** Messages that are followed, and, by their logs, those that were told of as whole: with errors as messages it is one. */
  readonly #seen = new WeakSet<object>();

  readonly events$ = new Observable<MiniAgentsEvent>((subscriber) => {
    this.#subscribers.set(subscriber, new Context());
    return () => this.#subscribers.delete(subscriber);
  });

  /**
   * Told of the errors among messages, and of the ends of these, at their places between the events, before whoever reads the
   * messages. To be told of an error is not to consume it.
   */
  readonly onErrorOrEnd = new Set<(what: ErrorOrEnd) => void>();

  inquired(inquiry: Inquiry): void {
    if (this.#subscribers.size === 0) return;
    const { interaction, path, agent } = inquiry;
    this.#next({ type: 'inquired', interaction, params: agent.params, path });
  }

  emit(place: Place, type: 'started' | 'finished' | 'cancelled' | 'failed', failure?: Failure): void {
    if (this.#subscribers.size === 0) return;
    const { interaction } = place;
    this.#next(type === 'failed' ? { type, interaction, error: failure?.error } : { type, interaction });
  }

  /** Tells of a message that came, and later of its whole. */
  entry(place: Place, type: 'received' | 'replied', message: Entry): void {
    if (this.#subscribers.size === 0) return;
    const { interaction } = place;
    if (isFailure(message)) return this.#tell({ interaction, type, failure: message });
    this.#next({ type, interaction, message });
    if (this.#seen.has(message)) return;
    this.#seen.add(message);
    message.whenSettled({ run: () => this.#resolved(interaction, message) }, false);
  }

  /** All messages have come; some may still be said. */
  ended(place: Place, type: 'received' | 'replied'): void {
    if (this.onErrorOrEnd.size > 0) this.#tell({ interaction: place.interaction, type });
  }

  #tell(what: ErrorOrEnd): void {
    for (const tell of this.onErrorOrEnd) tell(what);
  }

  #resolved(interaction: Interaction, promise: MessagePromise): void {
    const message = promise.settled();
    if (!message || isFailure(message) || this.#seen.has(promise.log)) return;
    this.#seen.add(promise.log);
    this.#next({ type: 'resolved', interaction, message });
  }

  #next(event: MiniAgentsEvent): void {
    // Whoever subscribes because of an event hears the next one first.
    for (const [subscriber, context] of [...this.#subscribers]) context.run(() => subscriber.next(event), undefined);
  }
}
