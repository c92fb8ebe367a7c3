import { jsonlStore } from 'miniagents/store/jsonl';
import { sqliteStore } from 'miniagents/store/sqlite';
import { join } from 'node:path';
import { kill } from './kill.js';
import { temporaryFolders } from './temporary.js';

describe('after each of 200 kill -9 of a writing process, everything acknowledged is there, and nothing corrupt', () => {
  const folder = temporaryFolders();

  it('in a JSONL file', () => kill('jsonl', 200, () => join(folder(), 'messages.jsonl'), jsonlStore)).timeout(300_000);

  it('in a SQLite database', () => kill('sqlite', 200, () => join(folder(), 'messages.db'), sqliteStore)).timeout(
    300_000,
  );
});
