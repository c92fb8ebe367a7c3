import type { Subscription } from 'rxjs';
import type { Message } from '../messages/message.js';
import { subMessages } from '../messages/sub-messages.js';
import type { Events } from './events.js';

/** Takes messages to keep: each once, those inside others first. What it throws is reported, and the messages come again. */
export type PersistMessagesHandler = (messages: readonly Message[]) => void | PromiseLike<void>;

/** How many messages are remembered as persisted: far beyond what comes twice in short order. */
const REMEMBERED = 100_000;

/** Hands the messages that are sent and received to a handler: in batches, one at a time, each message once. */
export class Persistence {
  readonly #known = new Set<string>();
  readonly subscription: Subscription;
  #batch: Message[] = [];
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
    for (const inner of subMessages(message, (each) => this.#known.has(each.hashKey))) this.#add(inner);
    this.#add(message);
    if (this.#batch.length > 0) this.#writing ??= this.#write();
  }

  /** Resolves when everything that has come so far was handled. */
  async idle(): Promise<void> {
    while (this.#writing) await this.#writing;
  }

  #add(message: Message): void {
    if (this.#known.has(message.hashKey)) return;
    this.#known.add(message.hashKey);
    this.#batch.push(message);
  }

  /** Writes batch after batch: what comes while one is being written goes into the next. */
  async #write(): Promise<void> {
    await Promise.resolve(); // What comes in the same turn is one batch.
    while (this.#batch.length > 0) {
      const batch = this.#batch;
      this.#batch = [];
      try {
        await this.handler(Object.freeze(batch));
      } catch (error) {
        for (const message of batch) this.#known.delete(message.hashKey);
        this.report(error);
      }
    }
    for (const key of this.#known) {
      if (this.#known.size <= REMEMBERED) break;
      this.#known.delete(key);
    }
    this.#writing = undefined;
  }
}
