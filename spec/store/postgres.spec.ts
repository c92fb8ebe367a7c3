import { expect } from 'chai';
import { InvalidArgumentError } from 'miniagents';
import { StoreError } from 'miniagents/store';
import { postgresStore } from 'miniagents/store/postgres';
import { createServer, type AddressInfo } from 'node:net';
import { failure, said } from './cases.js';

// What needs a database is in postgres.services.ts.
describe('postgresStore', () => {
  /** A port at which nobody listens. */
  async function freePort(): Promise<number> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    return port;
  }

  it('refuses options that are none', () => {
    for (const options of [null, 1, 'postgres://host'] as never[])
      expect(() => postgresStore(options)).to.throw(InvalidArgumentError, /^expected options of a pg Pool; got/);
    expect(() => postgresStore({ pool: {} as never })).to.throw(
      InvalidArgumentError,
      /^expected a pg Pool as pool; got/,
    );
  });

  it('that is down is an error, which names the place and no password', async () => {
    const port = await freePort();
    for (const options of [
      { connectionString: `postgres://me:secret@127.0.0.1:${port}/chat` },
      { host: '127.0.0.1', port, user: 'me', password: 'secret', database: 'chat' },
    ]) {
      const store = postgresStore(options);
      const error = await failure(store.append([said('a')]));
      expect(error).to.be.instanceOf(StoreError);
      expect(error.problem).to.equal('unavailable');
      expect(error.message).to.equal(
        `PostgreSQL store 127.0.0.1:${port}/chat: cannot open: Error: connect ECONNREFUSED 127.0.0.1:${port}`,
      );
      await store.close();
    }
  });

  it('is called by what is known of it', async () => {
    const down = { connect: () => Promise.reject(new Error('down')), end: async () => {} };
    const nameOf = async (options: object) => (await failure(postgresStore({ pool: down, ...options }).get('a'))).store;
    expect(await nameOf({})).to.equal('PostgreSQL store');
    expect(await nameOf({ host: 'db' })).to.equal('PostgreSQL store db');
    expect(await nameOf({ database: 'chat' })).to.equal('PostgreSQL store chat');
    expect(await nameOf({ connectionString: 'no address' })).to.equal('PostgreSQL store');
  });
});
