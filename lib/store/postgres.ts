import { InvalidArgumentError } from '../errors/invalid-argument-error.js';
import { EngineStore } from './engine-store.js';
import type { MessageStore } from './message-store.js';
import { openPostgres } from './postgres-engine.js';
import type { PostgresPool } from './postgres-pool.js';

/** Where the database is: whatever a `Pool` of the package `pg` takes; what is left out comes from the environment (`PGHOST` …). */
export interface PostgresOptions {
  /** Such as `postgres://user:password@host:5432/database`. */
  readonly connectionString?: string | undefined;
  readonly host?: string | undefined;
  readonly port?: number | undefined;
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  readonly database?: string | undefined;
  /** A `Pool` of the package `pg` to use, instead of one of the store's own; `close()` leaves it open. */
  readonly pool?: PostgresPool | undefined;
  readonly [option: string]: unknown;
}

/**
 * A store in a PostgreSQL database, in tables of its own (`miniagents_…`), by the package `pg`. The tables are made when the store
 * is first used, if there are none.
 *
 * Any number of processes may use it at once: what they append to one conversation comes one append after the other. What is
 * acknowledged is committed, with `synchronous_commit` at least `local`. A database that was away is connected to again with the next call;
 * one that does not answer within a minute (`query_timeout`) is unavailable.
 *
 * @example
 * ```ts
 * miniAgents.onPersistMessages(persistTo(postgresStore({ connectionString: process.env.DATABASE_URL })));
 * ```
 *
 * @throws InvalidArgumentError if the options are no object, or the pool is none.
 */
export function postgresStore(options: PostgresOptions = {}): MessageStore {
  if (typeof options !== 'object' || options === null) throw new InvalidArgumentError('options of a pg Pool', options);
  const { pool } = options;
  if (pool !== undefined && typeof pool?.connect !== 'function')
    throw new InvalidArgumentError('a pg Pool as pool', pool);
  const name = nameOf(options);
  return new EngineStore({ name, open: () => openPostgres(options, name) });
}

/** The place of the database, as far as it was given, without the password. */
function nameOf({ connectionString, host, port, database }: PostgresOptions): string {
  const url = connectionString !== undefined && URL.canParse(connectionString) ? new URL(connectionString) : undefined;
  const where = url ? url.host : [host, port].filter((part) => part !== undefined).join(':');
  const place = [where, url ? url.pathname.slice(1) : database].filter(Boolean).join('/');
  return place === '' ? 'PostgreSQL store' : `PostgreSQL store ${place}`;
}
