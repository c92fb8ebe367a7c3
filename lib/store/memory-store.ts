import type { Batch, Engine } from './engine.js';
import { Conversations } from './conversations.js';
import { EngineStore } from './engine-store.js';
import type { MessageStore } from './message-store.js';

/**
 * A store in memory, which ends with the process: for tests, and where messages need not outlive it.
 *
 * @example
 * ```ts
 * const store = memoryStore();
 * miniAgents.onPersistMessages(persistTo(store, { conversation: 'chat' }));
 * ```
 */
export function memoryStore(): MessageStore {
  const engine = new MemoryEngine();
  return new EngineStore({ name: 'memory store', open: async () => engine });
}

class MemoryEngine implements Engine {
  readonly #bodies = new Map<string, string>();
  readonly #conversations = new Conversations();

  async write({ rows, turns }: Batch): Promise<void> {
    for (const { hashKey, body } of rows) this.#bodies.set(hashKey, body);
    for (const { conversation, hashKey } of turns) this.#conversations.add(conversation, hashKey);
  }

  async read(hashKeys: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const bodies = new Map<string, string>();
    for (const hashKey of hashKeys) {
      const body = this.#bodies.get(hashKey);
      if (body !== undefined) bodies.set(hashKey, body);
    }
    return bodies;
  }

  async last(conversation: string): Promise<string | undefined> {
    return this.#conversations.last(conversation);
  }

  async page(conversation: string, after: string | undefined, limit: number): Promise<readonly string[] | undefined> {
    return this.#conversations.page(conversation, after, limit);
  }

  async close(): Promise<void> {}
}
