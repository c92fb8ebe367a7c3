import type { Observable } from 'rxjs';
import type { Message } from '../messages/message.js';

/** What `append` may be told beside the messages. */
export interface AppendOptions {
  /** The conversation that the messages go on with, in their order; it begins with its first message. */
  readonly conversation?: string | undefined;
}

/** What `replay` may be told beside the conversation. */
export interface ReplayOptions {
  /** The `hashKey` of the message of that conversation after which to begin. */
  readonly after?: string | undefined;
}

/**
 * Where messages are kept, by their content: each once, whoever says it and however often. Messages inside others are messages
 * of their own there.
 *
 * A conversation is a list of such messages, in the order in which they were appended to it, each once. What is said a second
 * time in one conversation needs something of its own to be there again: the number of the turn, or the time, in `data`.
 *
 * Whatever fails is a {@link StoreError} that says which store and why; `problem` tells the reasons apart.
 */
export interface MessageStore {
  /**
   * Keeps messages, those inside them first. Resolves when all of them are durable: they would survive the end of the process,
   * and of the machine as far as the store's engine can tell. Where it rejects, nothing is known of them; to append them again is
   * safe, since nothing is kept twice. Appends that come while one is under way are written in one go. An append of no messages
   * sees whether the store can be opened.
   */
  append(messages: Iterable<Message>, options?: AppendOptions): Promise<void>;
  /** The message that has this `hashKey`, as what it was: equal, of the same class, with the messages inside it. */
  get(hashKey: string): Promise<Message | undefined>;
  /**
   * The messages of a conversation, in order: what is there when it is subscribed to, and then the end. Each subscription reads
   * anew, page by page. It fails where something cannot be read, after all that comes before it.
   *
   * ```
   * ask.inquire([store.replay('chat'), 'And what is new?'])
   * ```
   */
  replay(conversation: string, options?: ReplayOptions): Observable<Message>;
  /** Waits for what is being appended, and lets everything go. The store takes and gives nothing from then on. */
  close(): Promise<void>;
}
