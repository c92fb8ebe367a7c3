import { resolve } from 'node:path';
import { InvalidArgumentError } from '../errors/invalid-argument-error.js';
import { EngineStore } from './engine-store.js';
import type { MessageStore } from './message-store.js';
import { openSqlite } from './sqlite-engine.js';
import type { StoreProblem } from './store-error.js';

/**
 * A store in a SQLite database, in tables of its own (`miniagents_…`), by the package `libsql`. The database is made if there is
 * none, and its folder, too.
 *
 * Several processes may use it at once: their appends come one after the other. What is acknowledged is on the disk (WAL,
 * `synchronous=FULL`). Each append blocks the event loop while SQLite writes it, for a millisecond or so.
 *
 * @example
 * ```ts
 * miniAgents.onPersistMessages(persistTo(sqliteStore('messages.db')));
 * ```
 *
 * @throws InvalidArgumentError if the path is no text.
 */
export function sqliteStore(path: string): MessageStore {
  if (typeof path !== 'string' || path === '') throw new InvalidArgumentError('the path of a database', path);
  const file = path === ':memory:' ? path : resolve(path);
  const name = `SQLite store ${file}`;
  return new EngineStore({ name, open: () => openSqlite(file, name), problemOf });
}

function problemOf(error: unknown): StoreProblem | undefined {
  const { code } = Object(error) as { code?: unknown };
  return /^SQLITE_(CORRUPT|NOTADB)/.test(String(code)) ? 'corrupt' : undefined;
}
