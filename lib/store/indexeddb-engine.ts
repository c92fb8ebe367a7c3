import { openDB } from 'idb';
import type { DBSchema, IDBPDatabase, IDBPTransaction } from 'idb';
import type { Batch, Engine } from './engine.js';
import { StoreError } from './store-error.js';

/** The version of the object stores that this library makes, and the latest that it knows. */
const VERSION = 1;

interface Schema extends DBSchema {
  /** Bodies under their keys. */
  messages: { key: string; value: string };
  turns: {
    key: number;
    value: { conversation: string; hashKey: string; position?: number };
    indexes: { once: [string, string]; order: [string, number] };
  };
}

/** What Chromium tells of a database that it found damaged and made anew: nothing of it is left. */
interface Loss {
  readonly dataLoss?: 'none' | 'total';
  readonly dataLossMessage?: string;
}

/** Opens a database, and makes what is to be in it if it is new. One that the browser has lost is an error, once. */
export async function openIndexedDb(name: string, store: string): Promise<Engine> {
  let isGone = false;
  let lost: string | undefined;
  const database = await openDB<Schema>(name, VERSION, {
    upgrade: (upgraded, _old, _new, _transaction, event) => {
      const { dataLoss, dataLossMessage = '' } = event as Loss;
      if (dataLoss === 'total') lost = dataLossMessage;
      upgraded.createObjectStore('messages');
      const turns = upgraded.createObjectStore('turns', { keyPath: 'position', autoIncrement: true });
      turns.createIndex('once', ['conversation', 'hashKey'], { unique: true });
      turns.createIndex('order', ['conversation', 'position']);
    },
    // Somebody deletes the database, or a newer version of this library changes it: this one is not in their way.
    blocking: (_current, _blocked, event) => {
      isGone = true;
      (event.target as IDBDatabase).close();
    },
    terminated: () => (isGone = true),
  });
  if (lost !== undefined) {
    database.close();
    throw new StoreError('corrupt', store, `the browser found it damaged and made it anew, empty: ${lost}`);
  }
  return new IndexedDbEngine(database, () => isGone);
}

class IndexedDbEngine implements Engine {
  constructor(
    private readonly database: IDBPDatabase<Schema>,
    private readonly whetherGone: () => boolean,
  ) {}

  get isGone(): boolean {
    return this.whetherGone();
  }

  async write(batch: Batch): Promise<void> {
    const transaction = this.database.transaction(['messages', 'turns'], 'readwrite', { durability: 'strict' });
    // What fails in it ends the transaction, which then tells why.
    const adding = add(transaction, batch).catch(() => {});
    await transaction.done;
    await adding;
  }

  async read(hashKeys: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const { store } = this.database.transaction('messages');
    const bodies = await Promise.all(hashKeys.map((hashKey) => store.get(hashKey)));
    const found = hashKeys.map((hashKey, place) => [hashKey, bodies[place]] as const);
    return new Map(found.filter((row): row is readonly [string, string] => row[1] !== undefined));
  }

  async last(conversation: string): Promise<string | undefined> {
    const range = IDBKeyRange.bound([conversation, 0], [conversation, Infinity]);
    const order = this.database.transaction('turns').store.index('order');
    return (await order.openCursor(range, 'prev'))?.value.hashKey;
  }

  async page(conversation: string, after: string | undefined, limit: number): Promise<readonly string[] | undefined> {
    const place = after === undefined ? 0 : await this.database.getKeyFromIndex('turns', 'once', [conversation, after]);
    if (place === undefined) return undefined;
    const range = IDBKeyRange.bound([conversation, place], [conversation, Infinity], true);
    const turns = await this.database.getAllFromIndex('turns', 'order', range, limit);
    return turns.map(({ hashKey }) => hashKey);
  }

  async close(): Promise<void> {
    this.database.close();
  }
}

type Writing = IDBPTransaction<Schema, ('messages' | 'turns')[], 'readwrite'>;

async function add(transaction: Writing, { rows, turns }: Batch): Promise<void> {
  const [messages, conversations] = [transaction.objectStore('messages'), transaction.objectStore('turns')];
  const once = conversations.index('once');
  await Promise.all(rows.map(({ hashKey, body }) => messages.put(body, hashKey)));
  for (const { conversation, hashKey } of turns)
    if ((await once.getKey([conversation, hashKey])) === undefined) await conversations.add({ conversation, hashKey });
}
