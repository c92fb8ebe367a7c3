import { statSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type Database from 'libsql';
import type { Batch, Engine } from './engine.js';
import { loadPackage } from './load-package.js';
import { StoreError } from './store-error.js';

/** The version of the tables that this library makes, and the latest that it knows. */
const VERSION = 1;
/** How long to wait for another process to be done with writing, and how often to look, in milliseconds. */
const PATIENCE = 10_000;
const LOOK = 20;

const TABLES = `
  CREATE TABLE miniagents_store (version INTEGER NOT NULL);
  CREATE TABLE miniagents_messages (hash_key TEXT PRIMARY KEY, body TEXT NOT NULL);
  CREATE TABLE miniagents_turns (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation TEXT NOT NULL,
    hash_key TEXT NOT NULL REFERENCES miniagents_messages,
    UNIQUE (conversation, hash_key)
  );
  CREATE INDEX miniagents_turns_in_order ON miniagents_turns (conversation, position);
  INSERT INTO miniagents_store VALUES (${VERSION});`;

/** Opens a database, and makes its tables if there are none. */
export async function openSqlite(path: string, store: string): Promise<Engine> {
  const { default: Libsql } = await loadPackage(store, 'libsql', () => import('libsql'));
  if (path !== ':memory:') await mkdir(dirname(path), { recursive: true });
  const database = new Libsql(path);
  try {
    await patiently(() => expectKnown(database, store));
    await patiently(() => database.exec('PRAGMA journal_mode = WAL'));
    database.exec('PRAGMA synchronous = FULL');
    if (!hasTables(database))
      await transaction(database, () => {
        if (!hasTables(database)) database.exec(TABLES);
      });
    expectKnown(database, store);
    return new SqliteEngine(database, { path, store });
  } catch (error) {
    database.close();
    throw error;
  }
}

function hasTables(database: Database.Database): boolean {
  return database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'miniagents_store'").get() !== undefined;
}

/** @throws StoreError if the tables, where there are any, are of another version. */
function expectKnown(database: Database.Database, store: string): void {
  if (!hasTables(database)) return;
  const row = database.prepare('SELECT version FROM miniagents_store').get() as { version: unknown } | undefined;
  const version = row?.version as number;
  if (!Number.isInteger(version)) throw new StoreError('corrupt', store, 'its table miniagents_store has no version');
  if (version > VERSION)
    throw new StoreError('newer', store, `of version ${version}; this library knows version ${VERSION}`);
}

const STATEMENTS = {
  addRow: 'INSERT INTO miniagents_messages VALUES (?, ?) ON CONFLICT DO NOTHING',
  addTurn: 'INSERT INTO miniagents_turns (conversation, hash_key) VALUES (?, ?) ON CONFLICT DO NOTHING',
  rows: 'SELECT hash_key, body FROM miniagents_messages WHERE hash_key IN (SELECT value FROM json_each(?))',
  last: 'SELECT hash_key FROM miniagents_turns WHERE conversation = ? ORDER BY position DESC LIMIT 1',
  place: 'SELECT position FROM miniagents_turns WHERE conversation = ? AND hash_key = ?',
  turns: 'SELECT hash_key FROM miniagents_turns WHERE conversation = ? AND position > ? ORDER BY position LIMIT ?',
};

class SqliteEngine implements Engine {
  isGone = false;
  readonly #prepared = new Map<string, Database.Statement<unknown[]>>();
  readonly #file: string | undefined;

  constructor(
    private readonly database: Database.Database,
    private readonly opened: { readonly path: string; readonly store: string },
  ) {
    this.#file = fileAt(opened.path);
  }

  async write({ rows, turns }: Batch): Promise<void> {
    await transaction(this.database, () => {
      const [addRow, addTurn] = [this.#statement('addRow'), this.#statement('addTurn')];
      for (const { hashKey, body } of rows) addRow.run(hashKey, body);
      for (const { conversation, hashKey } of turns) addTurn.run(conversation, hashKey);
    });
    const { path, store } = this.opened;
    if (fileAt(path) === this.#file) return;
    // SQLite writes on into a file that is elsewhere now, or deleted.
    this.isGone = true;
    this.database.close();
    throw new StoreError(
      'unavailable',
      store,
      'cannot write: somebody else has moved or deleted it since it was opened',
    );
  }

  async read(hashKeys: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const rows = this.#statement('rows').all(JSON.stringify(hashKeys)) as { hash_key: string; body: string }[];
    return new Map(rows.map((row) => [row.hash_key, row.body]));
  }

  async last(conversation: string): Promise<string | undefined> {
    return (this.#statement('last').get(conversation) as { hash_key: string } | undefined)?.hash_key;
  }

  async page(conversation: string, after: string | undefined, limit: number): Promise<readonly string[] | undefined> {
    const place = after === undefined ? { position: 0 } : this.#statement('place').get(conversation, after);
    if (!place) return undefined;
    const turns = this.#statement('turns').all(conversation, (place as { position: number }).position, limit);
    return (turns as { hash_key: string }[]).map((turn) => turn.hash_key);
  }

  /** The package lets go of a file only when its statements are collected: until then all is in the file itself, not in its log. */
  async close(): Promise<void> {
    if (this.isGone) return;
    this.#prepared.clear();
    this.database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    this.database.close();
  }

  #statement(name: keyof typeof STATEMENTS): Database.Statement<unknown[]> {
    const statement = this.#prepared.get(name) ?? this.database.prepare(STATEMENTS[name]);
    this.#prepared.set(name, statement);
    return statement;
  }
}

/** Which file is at a path, if one is. */
function fileAt(path: string): string | undefined {
  const found = path === ':memory:' ? undefined : statSync(path, { throwIfNoEntry: false });
  return found && `${found.dev} ${found.ino}`;
}

/** Does all of it or nothing, durably. No other writer comes in between. */
async function transaction(database: Database.Database, work: () => void): Promise<void> {
  await patiently(() => database.exec('BEGIN IMMEDIATE'));
  try {
    work();
    database.exec('COMMIT');
  } catch (error) {
    if (database.inTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

/** Does something as soon as no other process is in the way. SQLite would block this one while it waits. */
async function patiently(work: () => void): Promise<void> {
  for (const until = performance.now() + PATIENCE; ; await setTimeout(LOOK)) {
    try {
      return work();
    } catch (error) {
      if (!isBusy(error) || performance.now() > until) throw error;
    }
  }
}

function isBusy(error: unknown): boolean {
  return String((Object(error) as { code?: unknown }).code).startsWith('SQLITE_BUSY');
}
