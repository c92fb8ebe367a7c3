import { defer, lastValueFrom, retry, throwError, timer } from 'rxjs';
import { InvalidArgumentError } from '../errors/invalid-argument-error.js';
import type { Message } from '../messages/message.js';
import type { PersistMessagesHandler } from '../runtime/persistence.js';
import { expectConversation } from './expect.js';
import type { MessageStore } from './message-store.js';
import { NotPersistedError } from './not-persisted-error.js';
import { StoreError } from './store-error.js';

/** What {@link persistTo} may be told beside the store. */
export interface PersistToOptions {
  /**
   * The conversation that messages go on with: one for all that is handed over, or what this function says of each message
   * (`undefined`: none). By default messages are kept and belong to no conversation.
   */
  readonly conversation?: string | ((message: Message) => string | undefined) | undefined;
  /** How often the store is tried with a batch, the first time included. Default 5. */
  readonly attempts?: number | undefined;
  /** The wait after the first failure, in milliseconds; each further one is twice as long. Default 100. */
  readonly delayMs?: number | undefined;
}

/**
 * Has a store keep what is said, as a handler for `onPersistMessages`: `run` and `finalize` end when it is durable.
 *
 * A store that fails is tried again. If it goes on failing, a {@link NotPersistedError} with the messages is reported; the agents
 * are not affected. A message of which the function `conversation` cannot say where it belongs is reported so, too, and keeps no
 * other from being kept. Those messages wait in memory, and are tried again with the next batch, or when the handler is called with
 * an empty list: so they are kept when a database is back.
 *
 * @example
 * ```ts
 * miniAgents.onPersistMessages(persistTo(jsonlStore('messages.jsonl')));
 * ```
 *
 * @throws InvalidArgumentError if it is given no store, or an option that does not fit.
 */
export function persistTo(store: MessageStore, options: PersistToOptions = {}): PersistMessagesHandler {
  const { conversation, attempts = 5, delayMs = 100 } = options;
  expectOptions(store, conversation, attempts, delayMs);
  const conversationOf = typeof conversation === 'function' ? conversation : () => conversation;
  const unsaved = new Map<string, Message>();

  return async (messages) => {
    for (const message of messages) unsaved.set(message.hashKey, message);
    const batch = [...unsaved.values()];
    const { groups, refused } = grouped(batch, conversationOf);
    let tries = 0;
    const writing = defer(() => (tries++, append(store, groups))).pipe(
      retry({
        count: attempts - 1,
        delay: (error, failures) =>
          isFinal(error) ? throwError(() => error as unknown) : timer(delayMs * 2 ** (failures - 1)),
      }),
    );
    await lastValueFrom(writing).catch((error: unknown) => {
      throw new NotPersistedError(batch, tries, error);
    });
    for (const message of batch) if (!refused.has(message)) unsaved.delete(message.hashKey);
    const [first] = refused.values();
    if (first) throw new NotPersistedError([...refused.keys()], 1, first.error);
  };
}

/** Messages by the conversation that each belongs to, and those of which that could not be said, with why. */
interface Grouped {
  readonly groups: ReadonlyMap<string | undefined, readonly Message[]>;
  readonly refused: ReadonlyMap<Message, { readonly error: unknown }>;
}

function grouped(messages: readonly Message[], conversationOf: (message: Message) => string | undefined): Grouped {
  const groups = new Map<string | undefined, Message[]>();
  const refused = new Map<Message, { readonly error: unknown }>();
  for (const message of messages) {
    try {
      const conversation = conversationOf(message);
      if (conversation !== undefined) expectConversation(conversation);
      const group = groups.get(conversation) ?? [];
      groups.set(conversation, group);
      group.push(message);
    } catch (error) {
      refused.set(message, { error });
    }
  }
  return { groups, refused };
}

/** Appends each message to its conversation. The store writes all of it together. */
async function append(store: MessageStore, groups: Grouped['groups']): Promise<void> {
  await Promise.all([...groups].map(([conversation, group]) => store.append(group, { conversation })));
}

/** Whether the same call would fail in the same way again. */
function isFinal(error: unknown): boolean {
  if (error instanceof InvalidArgumentError) return true;
  return error instanceof StoreError && error.problem !== 'unavailable' && error.problem !== 'in use';
}

function expectOptions(store: unknown, conversation: unknown, attempts: unknown, delayMs: unknown): void {
  if (typeof (store as Partial<MessageStore> | null | undefined)?.append !== 'function')
    throw new InvalidArgumentError('a MessageStore', store);
  if (!['undefined', 'string', 'function'].includes(typeof conversation))
    throw new InvalidArgumentError('a name or a function as conversation', conversation);
  if (!Number.isInteger(attempts) || (attempts as number) < 1)
    throw new InvalidArgumentError('a whole number from 1 on as attempts', attempts);
  if (typeof delayMs !== 'number' || !(delayMs >= 0))
    throw new InvalidArgumentError('milliseconds from 0 on as delayMs', delayMs);
}
