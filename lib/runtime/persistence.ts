import type { Subscription } from 'rxjs';
import { currentScope, runIn } from '#ambient';
import type { Message } from '../messages/message.js';
import { subMessages } from '../messages/sub-messages.js';
import { defaultSession } from '../scope/owner.js';
import type { Events } from './events.js';

/**
 * Takes messages to keep: each once, those inside others first. What it throws is reported, and the messages come again when
 * they, or what they are inside of, are said again. What it asks is no part of what runs meanwhile. It must not await `run` or
 * `finalize` of its own MiniAgents, which wait for it.
 */
export type PersistMessagesHandler = (messages: readonly Message[]) => void | PromiseLike<void>;

/** How many messages are remembered as persisted: far beyond what comes twice in short order. */
const REMEMBERED = 100_000;

/** Hands the messages that are sent and received to a handler: in batches, one at a time, each message once. */
export class Persistence {
  /** The keys of what was persisted. */
  readonly #known = new Set<string>();
  readonly subscription: Subscription;
  readonly #scope = currentScope() ?? defaultSession;
  /** What waits, by its key. */
  #batch = new Map<string, Message>();
  #writing: Promise<void> | undefined;

  constructor(
    events: Events,
    private readonly handler: PersistMessagesHandler,
    private readonly report: (error: unknown) => void,
  ) {
    this.subscription = events.events$.subscribe((event) => {
      if (event.type === 'resolved') this.take(event.message);
    });
  }

  /** Takes a message to be handed over, if it is not known, after those inside it. */
  take(message: Message): void {
    if (this.subscription.closed) return;
    const isThere = ({ hashKey }: Message) => this.#known.has(hashKey) || this.#batch.has(hashKey);
    for (const each of [...subMessages(message, isThere), message])
      if (!isThere(each)) this.#batch.set(each.hashKey, each);
    if (this.#batch.size > 0) this.#writing ??= this.#write();
  }

  /** Resolves when everything that has come so far was handled: with the batch that is being written, or the next one. */
  async idle(): Promise<void> {
    await this.#writing;
    await this.#writing;
  }

  /** Writes a batch. What comes while one is being written goes into the next, unless it is in this one, and that is persisted. */
  async #write(): Promise<void> {
    await Promise.resolve(); // What comes in the same turn is one batch.
    const batch = [...this.#batch.values()].filter(({ hashKey }) => !this.#known.has(hashKey));
    this.#batch.clear();
    try {
      if (batch.length > 0) await runIn(this.#scope, this.handler, Object.freeze(batch));
      for (const { hashKey } of batch) this.#known.add(hashKey);
    } catch (error) {
      this.report(error);
    }
    for (const key of this.#known) {
      if (this.#known.size <= REMEMBERED) break;
      this.#known.delete(key);
    }
    this.#writing = this.#batch.size > 0 ? this.#write() : undefined;
  }
}
