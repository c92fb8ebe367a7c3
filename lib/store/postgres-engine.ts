import type { Batch, Engine } from './engine.js';
import type { PostgresOptions } from './postgres.js';
import { makePool, transaction, useClient } from './postgres-pool.js';
import type { PostgresClient, PostgresPool } from './postgres-pool.js';
import { StoreError } from './store-error.js';

/** The version of the tables that this library makes, and the latest that it knows. */
const VERSION = 1;
/** Of all advisory locks of a database, those that are about these tables. */
const LOCKS = 0x6d696e69;

const TABLES = `
  CREATE TABLE miniagents_store (version integer NOT NULL);
  CREATE TABLE miniagents_messages (hash_key text PRIMARY KEY, body text NOT NULL);
  CREATE TABLE miniagents_turns (
    position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    conversation text NOT NULL,
    hash_key text NOT NULL REFERENCES miniagents_messages,
    UNIQUE (conversation, hash_key)
  );
  CREATE INDEX miniagents_turns_in_order ON miniagents_turns (conversation, position);
  INSERT INTO miniagents_store VALUES (${VERSION});`;

/** Connects to a database, and makes its tables if there are none. */
export async function openPostgres({ pool: given, ...options }: PostgresOptions, store: string): Promise<Engine> {
  const pool = given ?? (await makePool(options, store));
  // A connection that breaks while nobody uses it would end the process, where nobody listens.
  const ignore = () => {};
  given?.on?.('error', ignore);
  try {
    const version = await transaction(pool, prepare);
    if (version === undefined) throw new StoreError('corrupt', store, 'its table miniagents_store has no version');
    if (version > VERSION)
      throw new StoreError('newer', store, `of version ${version}; this library knows version ${VERSION}`);
    return new PostgresEngine(pool, given ? async () => void given.off?.('error', ignore) : () => pool.end());
  } catch (error) {
    given?.off?.('error', ignore);
    if (!given) await pool.end();
    throw error;
  }
}

/** Makes the tables, one process at a time, and gives their version, if they have one. */
async function prepare(query: PostgresClient['query']): Promise<number | undefined> {
  await query(`SELECT pg_advisory_xact_lock(${LOCKS}, 0)`);
  const { rows: found } = await query("SELECT to_regclass('miniagents_store') IS NOT NULL AS there");
  if (!(found[0] as { there: boolean }).there) await query(TABLES);
  const { rows } = await query('SELECT version FROM miniagents_store');
  return (rows[0] as { version: number } | undefined)?.version;
}

class PostgresEngine implements Engine {
  constructor(
    private readonly pool: PostgresPool,
    private readonly letGo: () => Promise<void>,
  ) {}

  async write({ rows, turns }: Batch): Promise<void> {
    await transaction(this.pool, async (query) => {
      await query(
        "SELECT set_config('synchronous_commit', 'on', true) WHERE current_setting('synchronous_commit') = 'off'",
      );
      if (rows.length > 0) await query(ADD_ROWS, [rows.map(({ hashKey }) => hashKey), rows.map(({ body }) => body)]);
      if (turns.length === 0) return;
      const conversations = turns.map(({ conversation }) => conversation);
      await query(LOCK_CONVERSATIONS, [conversations]);
      await query(ADD_TURNS, [conversations, turns.map(({ hashKey }) => hashKey)]);
    });
  }

  async read(hashKeys: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const rows = (await this.#query(ROWS, [hashKeys])) as { hash_key: string; body: string }[];
    return new Map(rows.map((row) => [row.hash_key, row.body]));
  }

  async last(conversation: string): Promise<string | undefined> {
    const [turn] = await this.#query(LAST, [conversation]);
    return (turn as { hash_key: string } | undefined)?.hash_key;
  }

  async page(conversation: string, after: string | undefined, limit: number): Promise<readonly string[] | undefined> {
    const [place] = after === undefined ? [{ position: '0' }] : await this.#query(PLACE, [conversation, after]);
    if (!place) return undefined;
    const turns = await this.#query(TURNS, [conversation, (place as { position: string }).position, limit]);
    return (turns as { hash_key: string }[]).map((turn) => turn.hash_key);
  }

  close(): Promise<void> {
    return this.letGo();
  }

  async #query(text: string, values: unknown[]): Promise<unknown[]> {
    return useClient(this.pool, async (query) => (await query(text, values)).rows);
  }
}

/**
 * Whoever adds the same rows, or to the same conversations, does it in the same order: nobody waits for each other for ever. All
 * conversations share a few locks, of which a server has not many.
 */
const ADD_ROWS = `
  INSERT INTO miniagents_messages SELECT * FROM unnest($1::text[], $2::text[]) AS new (hash_key, body)
  ORDER BY hash_key ON CONFLICT DO NOTHING`;
const LOCK_CONVERSATIONS = `
  SELECT pg_advisory_xact_lock(${LOCKS}, lock)
  FROM (SELECT DISTINCT hashtext(name) & 255 AS lock FROM unnest($1::text[]) AS name ORDER BY lock) AS locks`;
const ADD_TURNS = `
  INSERT INTO miniagents_turns (conversation, hash_key)
  SELECT conversation, hash_key FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS new (conversation, hash_key, place)
  ORDER BY place ON CONFLICT DO NOTHING`;
const ROWS = 'SELECT hash_key, body FROM miniagents_messages WHERE hash_key = ANY ($1::text[])';
const LAST = 'SELECT hash_key FROM miniagents_turns WHERE conversation = $1 ORDER BY position DESC LIMIT 1';
const PLACE = 'SELECT position FROM miniagents_turns WHERE conversation = $1 AND hash_key = $2';
const TURNS = `
  SELECT hash_key FROM miniagents_turns WHERE conversation = $1 AND position > $2::bigint ORDER BY position LIMIT $3`;
