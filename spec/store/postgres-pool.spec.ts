import { expect } from 'chai';
import { makePool, transaction } from '../../lib/store/postgres-pool.js';
import type { PostgresPool } from '../../lib/store/postgres-pool.js';
import { failure } from './cases.js';

describe('a pool of connections to PostgreSQL', () => {
  /** A pool whose connection says what it was asked, and fails where it is told to. */
  function pool(failing?: string) {
    const log: string[] = [];
    const client = {
      query: async (text: string) => {
        log.push(text.split(' ')[0] ?? '');
        if (text === failing) throw new Error(`${text} failed`);
        return { rows: [text] };
      },
      on: (event: string) => void log.push(`listens to ${event}`),
      release: (error?: unknown) => void log.push(error ? 'thrown away' : 'released'),
    };
    return { log, pool: { connect: async () => client, end: async () => {} } as PostgresPool };
  }

  it('does the work between BEGIN and COMMIT', async () => {
    const { log, pool: given } = pool();
    expect(await transaction(given, async (query) => (await query('WORK')).rows)).to.deep.equal(['WORK']);
    expect(log).to.deep.equal(['listens to error', 'BEGIN', 'WORK', 'COMMIT', 'released']);
    await transaction(given, (query) => query('WORK'));
    expect(log.slice(5)).to.deep.equal(['BEGIN', 'WORK', 'COMMIT', 'released']);
  });

  it('does not use a connection again on which something failed', async () => {
    for (const failing of ['WORK', 'COMMIT']) {
      const { log, pool: given } = pool(failing);
      expect((await failure(transaction(given, (query) => query('WORK')))).message).to.equal(`${failing} failed`);
      expect(log.at(-1)).to.equal('thrown away');
    }
  });

  it('is made of what pg takes, and outlives the errors of connections that nobody uses', async () => {
    const made = (await makePool({ host: 'db', connectionTimeoutMillis: 5 }, 'the store')) as PostgresPool & {
      options: object;
      emit(name: string, error: Error): boolean;
    };
    expect(made.options).to.include({ host: 'db', connectionTimeoutMillis: 5, keepAlive: true });
    expect(made.emit('error', new Error('terminated'))).to.equal(true);
    await made.end();
  });
});
