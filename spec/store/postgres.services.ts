import { expect } from 'chai';
import { miniagent, MiniAgents } from 'miniagents';
import { type NotPersistedError, persistTo, StoreError } from 'miniagents/store';
import { postgresStore } from 'miniagents/store/postgres';
import { spawnSync } from 'node:child_process';
import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { all, expectSame, failure, numbered, said, storeCases } from './cases.js';
import { kill } from './kill.js';
import { messageOf } from './programs/writing.js';
import { bundleProgram, startProgram } from './run-program.js';

/** What scripts/test-services.mjs tells of the server: its address, and the commands that stop and start it. */
const { MINIAGENTS_POSTGRES = '', MINIAGENTS_POSTGRES_STOP = '', MINIAGENTS_POSTGRES_START = '' } = process.env;
let databases = 0;

describe('postgresStore, with a PostgreSQL', () => {
  const control = (command: string) => {
    const { status, stderr } = spawnSync('bash', ['-c', command], { encoding: 'utf8' });
    expect({ status, stderr }).to.deep.equal({ status: 0, stderr: '' });
  };
  async function sql(connectionString: string, ...statements: string[]): Promise<unknown[]> {
    const client = new pg.Client({ connectionString });
    await client.connect();
    let rows: unknown[] = [];
    for (const statement of statements) ({ rows } = await client.query(statement));
    await client.end();
    return rows;
  }
  /** An empty database. */
  async function locate(): Promise<string> {
    const name = `chat${process.pid}_${databases++}`;
    await sql(`${MINIAGENTS_POSTGRES}/postgres`, `CREATE DATABASE ${name}`);
    return `${MINIAGENTS_POSTGRES}/${name}`;
  }
  const open = (connectionString: string) => postgresStore({ connectionString });

  storeCases(async () => {
    const location = await locate();
    return { open: () => open(location) };
  });

  it('has everything acknowledged, and nothing corrupt, after each of 200 kill -9 of a writing process', async () => {
    const locations = await Promise.all(Array.from({ length: 20 }, locate));
    await kill('postgres', 200, () => locations.pop() ?? '', open);
  }).timeout(300_000);

  it('does not wait for ever for a connection that has fallen silent', async () => {
    const location = await locate();
    const { port, hostname } = new URL(location);
    let silent = false;
    const proxy = createServer((client) => {
      const server = connect(Number(port), hostname);
      for (const [from, to] of [
        [client, server],
        [server, client],
      ] as const)
        from.on('data', (data) => silent || to.write(data)).on('error', () => {});
    });
    await new Promise<void>((resolve) => void proxy.listen(0, '127.0.0.1', resolve));
    const through = new URL(location);
    through.port = String((proxy.address() as AddressInfo).port);
    const store = postgresStore({ connectionString: String(through), query_timeout: 500 });
    await store.append([said('a')]);
    silent = true;
    expect((await failure(store.append([said('b')]))).problem).to.equal('unavailable');
    silent = false;
    await store.append([said('b')]);
    expectSame([await store.get(said('b').hashKey)], [said('b')]);
    await store.close();
    proxy.close();
  });

  it('keeps a pool that it is given from ending the process, where its idle connections break', async () => {
    const location = await locate();
    const pool = new pg.Pool({ connectionString: location });
    const store = postgresStore({ pool });
    await store.append([said('a')]);
    await sql(
      location,
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()',
    );
    await new Promise((resolve) => setTimeout(resolve, 100));
    await store.append([said('b')]);
    await store.close();
    expect(pool.listenerCount('error')).to.equal(0);
    await pool.end();
  });

  it('keeps again what is gone from the database, when it is tried again', async () => {
    const location = await locate();
    const store = open(location);
    const system = said('Be brief.');
    await store.append([system]);
    await sql(location, 'TRUNCATE miniagents_messages, miniagents_turns');
    await persistTo(store, { conversation: 'chat', delayMs: 1 })([system, said('new')]);
    expectSame(await all(store.replay('chat')), [system, said('new')]);
    await store.close();
  });

  it('takes any number of conversations at once', async () => {
    const store = open(await locate());
    const system = said('Be brief.');
    await Promise.all(
      Array.from({ length: 20_000 }, (_, user) => store.append([system], { conversation: `user ${user}` })),
    );
    expectSame(await all(store.replay('user 19999')), [system]);
    await store.close();
  });

  it('uses a pool that it is given, and leaves it open', async () => {
    const pool = new pg.Pool({ connectionString: await locate() });
    const store = postgresStore({ pool });
    await store.append([said('a')], { conversation: 'chat' });
    expectSame(await all(store.replay('chat')), [said('a')]);
    await store.close();
    expect((await pool.query('SELECT conversation FROM miniagents_turns')).rows).to.deep.equal([
      { conversation: 'chat' },
    ]);
    await pool.end();
  });

  it('does not touch tables of a newer version', async () => {
    const location = await locate();
    const store = open(location);
    await store.append([]);
    await store.close();
    await sql(location, 'UPDATE miniagents_store SET version = 2');
    const error = await failure(open(location).append([said('a')]));
    expect(error).to.be.instanceOf(StoreError);
    expect(error.problem).to.equal('newer');
    expect(error.message).to.match(/^PostgreSQL store .*: of version 2; this library knows version 1$/);
  });

  it('tells of tables without their version', async () => {
    const location = await locate();
    const store = open(location);
    await store.append([]);
    await store.close();
    await sql(location, 'DELETE FROM miniagents_store');
    const error = await failure(open(location).append([said('a')]));
    expect(error.problem).to.equal('corrupt');
    expect(error.message).to.match(/^PostgreSQL store .*: its table miniagents_store has no version$/);
  });

  it('tells of a message that was changed', async () => {
    const location = await locate();
    const store = open(location);
    await store.append([said('a'), said('b')], { conversation: 'chat' });
    await sql(location, `UPDATE miniagents_messages SET body = '{}' WHERE hash_key = '${said('b').hashKey}'`);
    expectSame([await store.get(said('a').hashKey)], [said('a')]);
    expect((await failure(all(store.replay('chat')))).problem).to.equal('corrupt');
    await store.close();
  });

  it('commits durably where the database does not do so by itself', async () => {
    const location = await locate();
    await sql(location, `ALTER DATABASE ${location.split('/').pop()} SET synchronous_commit = off`);
    const pool = new pg.Pool({ connectionString: location, max: 1 });
    const settings: unknown[] = [];
    const client = await pool.connect();
    const query = client.query.bind(client) as (text: string, values?: unknown[]) => Promise<{ rows: unknown[] }>;
    const watched = async (text: string, values?: unknown[]) => {
      if (text === 'COMMIT') settings.push(...(await query('SHOW synchronous_commit')).rows);
      return query(text, values);
    };
    const store = postgresStore({
      pool: { connect: async () => ({ query: watched, release: () => {}, on: () => {} }), end: async () => {} },
    });
    await store.append([said('a')]);
    expect(settings).to.deep.equal([{ synchronous_commit: 'off' }, { synchronous_commit: 'on' }]);
    client.release();
    await pool.end();
  });

  it('takes what several processes append at once, also to one conversation', async () => {
    const location = await locate();
    const program = await bundleProgram('writer');
    const writers = [1, 2, 3].map(() => startProgram([program, 'postgres', location, 'both']));
    await Promise.all(writers.map(({ begun }) => begun));
    const store = open(location);
    await Promise.all(
      Array.from({ length: 50 }, (_, number) => store.append([said(`mine ${number}`)], { conversation: 'both' })),
    );
    for (const { child } of writers) child.kill('SIGKILL');
    await Promise.all(writers.map(({ ended }) => ended));
    const replayed = await all(store.replay('both'));
    expect(replayed.filter(({ text }) => text.startsWith('mine'))).to.have.length(50);
    const others = replayed
      .filter(({ text }) => text.startsWith('message'))
      .map(({ text }) => Number(text.split(' ')[1]));
    for (const { printed } of writers) {
      expect(printed.log).to.equal('');
      const last = Math.max(...[...printed.out.matchAll(/ (\d+)$/gm)].map(([, to]) => Number(to)));
      for (let number = 0; number < last; number++) if (!others.includes(number)) expect.fail(`lost ${number}`);
    }
    expectSame(
      replayed.filter(({ text }) => text.startsWith('message')),
      others.map(messageOf),
    );
    await store.close();
  });

  it('that is down at the start, goes down and comes back: is reported, the answers are there, and nothing is lost', async () => {
    const location = await locate();
    const store = open(location);
    const reported: NotPersistedError[] = [];
    const miniAgents = new MiniAgents({ onUnhandledError: (error) => reported.push(error as NotPersistedError) });
    miniAgents.onPersistMessages(persistTo(store, { conversation: 'chat', attempts: 2, delayMs: 1 }));
    const echo = miniagent('echo', (ctx) => ctx.messages);
    const ask = (text: string) => miniAgents.run(() => echo.inquire(text).text());
    const problems = () => reported.splice(0).map(({ cause }) => (cause as StoreError).problem);

    control(MINIAGENTS_POSTGRES_STOP);
    expect(await ask('down at the start')).to.equal('down at the start');
    expect(reported[0]?.message).to.match(/^1 message not persisted in 2 attempts.*cannot open: .*ECONNREFUSED/);
    expect(problems()).to.deep.equal(['unavailable']);
    control(MINIAGENTS_POSTGRES_START);
    expect(await ask('up')).to.equal('up');
    expectSame(await all(store.replay('chat')), [said('down at the start'), said('up')]);

    control(MINIAGENTS_POSTGRES_STOP);
    expect(await ask('down again')).to.equal('down again');
    expect(problems()).to.deep.equal(['unavailable']);
    expect((await failure(store.get(said('up').hashKey))).problem).to.equal('unavailable');
    control(MINIAGENTS_POSTGRES_START);
    expect(await ask('up again')).to.equal('up again');
    expect(reported).to.deep.equal([]);
    const texts = ['down at the start', 'up', 'down again', 'up again'];
    expectSame(
      await all(store.replay('chat')),
      texts.map((text) => said(text)),
    );
    await store.close();
  }).timeout(300_000);

  it('that goes down amid ten thousand appends: keeps what is acknowledged, refuses the rest', async () => {
    const location = await locate();
    const store = open(location);
    const messages = numbered(10_000);
    const outcomes = messages.map((message) =>
      store.append([message], { conversation: 'many' }).then(
        () => true,
        () => false,
      ),
    );
    await outcomes[1500];
    control(MINIAGENTS_POSTGRES_STOP);
    const kept = await Promise.all(outcomes);
    control(MINIAGENTS_POSTGRES_START);
    expect(new Set(kept)).to.deep.equal(new Set([true, false]));
    const acknowledged = messages.filter((_, place) => kept[place]);
    const there = new Set((await all(store.replay('many'))).map(({ hashKey }) => hashKey));
    expect(acknowledged.filter(({ hashKey }) => !there.has(hashKey))).to.deep.equal([]);
    await store.append(messages, { conversation: 'many' });
    expect(new Set((await all(store.replay('many'))).map(({ hashKey }) => hashKey)).size).to.equal(10_000);
    await store.close();
  }).timeout(300_000);
});
