import { loadPackage } from './load-package.js';

/** What a store needs of a client of the package `pg`. */
export interface PostgresClient {
  query(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
  release(error?: Error | boolean): void;
  on(event: 'error', listener: () => void): unknown;
}

/** What a store needs of a `Pool` of the package `pg`. */
export interface PostgresPool {
  connect(): Promise<PostgresClient>;
  end(): Promise<void>;
  on?(event: 'error', listener: () => void): unknown;
  off?(event: 'error', listener: () => void): unknown;
}

/** How long to wait for a connection, and for the answer to a query, in milliseconds, unless the options say it. */
const CONNECTION_TIMEOUT = 10_000;
const QUERY_TIMEOUT = 60_000;

/** A pool of one's own. A connection that breaks while nobody uses it is no error: the next call makes another. */
export async function makePool(options: object, store: string): Promise<PostgresPool> {
  const { default: pg } = await loadPackage(store, 'pg', () => import('pg'));
  const timeouts = { connectionTimeoutMillis: CONNECTION_TIMEOUT, query_timeout: QUERY_TIMEOUT };
  const pool = new pg.Pool({ ...timeouts, keepAlive: true, max: 4, ...options });
  pool.on('error', () => {});
  return pool;
}

const watched = new WeakSet<PostgresClient>();

/** Uses a connection of a pool; one on which something failed is not used again. */
export async function useClient<Result>(
  pool: PostgresPool,
  work: (query: PostgresClient['query']) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  // A connection that breaks fails the query that waits for it; as an event without a listener it would end the process.
  if (!watched.has(client)) client.on('error', () => {});
  watched.add(client);
  try {
    const result = await work((text, values) => client.query(text, values));
    client.release();
    return result;
  } catch (error) {
    client.release(true);
    throw error;
  }
}

/** Does all of it or nothing. */
export function transaction<Result>(
  pool: PostgresPool,
  work: (query: PostgresClient['query']) => Promise<Result>,
): Promise<Result> {
  return useClient(pool, async (query) => {
    await query('BEGIN ISOLATION LEVEL READ COMMITTED');
    const result = await work(query);
    await query('COMMIT');
    return result;
  });
}
