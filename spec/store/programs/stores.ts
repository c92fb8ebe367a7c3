import type { MessageStore } from 'miniagents/store';
import { jsonlStore } from 'miniagents/store/jsonl';
import { postgresStore } from 'miniagents/store/postgres';
import { sqliteStore } from 'miniagents/store/sqlite';

/** The stores that a program can be told to use, by name and location. */
export const stores: Readonly<Record<string, (location: string) => MessageStore>> = {
  jsonl: jsonlStore,
  sqlite: sqliteStore,
  postgres: (connectionString) => postgresStore({ connectionString }),
};
