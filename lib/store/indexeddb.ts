import { InvalidArgumentError } from '../errors/invalid-argument-error.js';
import { EngineStore } from './engine-store.js';
import { openIndexedDb } from './indexeddb-engine.js';
import type { MessageStore } from './message-store.js';
import type { StoreProblem } from './store-error.js';

/**
 * A store in a browser's IndexedDB, by the package `idb`: for pages and workers. The database is made if there is none.
 *
 * Several tabs may use it at once: their appends come one after the other. What is acknowledged was written with the
 * durability `strict`. How much there is room for, and for how long, is up to the browser: see `navigator.storage.persist()`.
 * A database that Chromium finds damaged it deletes: the first use of the store is then a `StoreError` (`corrupt`) that
 * says so, and the next one goes on with an empty database.
 *
 * @param name - the name of the database, for this origin.
 *
 * @example
 * ```ts
 * miniAgents.onPersistMessages(persistTo(indexedDbStore('chat')));
 * ```
 *
 * @throws InvalidArgumentError if the name is no text.
 */
export function indexedDbStore(name: string): MessageStore {
  if (typeof name !== 'string' || name === '') throw new InvalidArgumentError('the name of a database', name);
  const store = `IndexedDB store ${name}`;
  return new EngineStore({ name: store, open: () => openIndexedDb(name, store), problemOf });
}

function problemOf(error: unknown): StoreProblem | undefined {
  return (Object(error) as { name?: unknown }).name === 'VersionError' ? 'newer' : undefined;
}
