import { expect } from 'chai';
import Database from 'libsql';
import { InvalidArgumentError } from 'miniagents';
import { StoreError } from 'miniagents/store';
import { sqliteStore } from 'miniagents/store/sqlite';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { all, expectSame, failure, numbered, said, storeCases } from './cases.js';
import { fileCases } from './file-cases.js';
import { messageOf } from './programs/writing.js';
import { bundleProgram, startProgram } from './run-program.js';
import { temporaryFolders } from './temporary.js';

describe('sqliteStore', () => {
  const folder = temporaryFolders();
  const locate = () => join(folder(), 'some/folder/messages.db');

  storeCases(async () => {
    const path = locate();
    return { open: () => sqliteStore(path) };
  });

  fileCases('sqlite', locate, sqliteStore);

  it('refuses what is no path', () => {
    for (const path of [undefined, '', 1, {}] as never[])
      expect(() => sqliteStore(path)).to.throw(InvalidArgumentError, /^expected the path of a database; got/);
  });

  it('can be in memory', async () => {
    const store = sqliteStore(':memory:');
    await store.append(numbered(3), { conversation: 'chat' });
    expectSame(await all(store.replay('chat')), numbered(3));
    await store.close();
  });

  async function written() {
    const path = locate();
    const store = sqliteStore(path);
    await store.append([said('a'), said('b')], { conversation: 'chat' });
    await store.close();
    return path;
  }
  const change = (path: string, sql: string) => {
    const database = new Database(path);
    database.exec(sql);
    database.close();
  };

  it('lives beside other tables in a database', async () => {
    const path = join(folder(), 'own.db');
    change(path, 'CREATE TABLE messages (a); INSERT INTO messages VALUES (1); PRAGMA user_version = 7');
    const store = sqliteStore(path);
    await store.append([said('a')], { conversation: 'chat' });
    expectSame(await all(store.replay('chat')), [said('a')]);
    await store.close();
  });

  it('does not touch tables of a newer version', async () => {
    const path = join(folder(), 'newer.db');
    change(path, 'CREATE TABLE miniagents_store (version INTEGER); INSERT INTO miniagents_store VALUES (2)');
    const before = readFileSync(path);
    const error = await failure(sqliteStore(path).append([said('c')]));
    expect(error).to.be.instanceOf(StoreError);
    expect(error.problem).to.equal('newer');
    expect(error.message).to.equal(`SQLite store ${path}: of version 2; this library knows version 1`);
    expect(readFileSync(path).equals(before), 'left as it is').to.equal(true);
  });

  it('tells of tables without their version', async () => {
    const path = await written();
    for (const sql of ["UPDATE miniagents_store SET version = 'one'", 'DELETE FROM miniagents_store']) {
      change(path, sql);
      const error = await failure(sqliteStore(path).append([said('c')]));
      expect(error.problem).to.equal('corrupt');
      expect(error.message).to.equal(`SQLite store ${path}: its table miniagents_store has no version`);
    }
  });

  it('acknowledges nothing that goes into a file which was moved or deleted, and goes on with another', async () => {
    for (const take of [(path: string) => rmSync(path), (path: string) => renameSync(path, `${path}.1`)]) {
      const path = await written();
      const store = sqliteStore(path);
      await store.append([said('c')], { conversation: 'chat' });
      take(path);
      for (const end of ['-wal', '-shm']) rmSync(path + end, { force: true });
      const error = await failure(store.append([said('d')]));
      expect(error.problem).to.equal('unavailable');
      expect(error.message).to.match(/moved or deleted it since it was opened$/);
      await store.append([said('a'), said('d')], { conversation: 'chat' });
      await store.close();
      const later = sqliteStore(path);
      expectSame(await all(later.replay('chat')), [said('a'), said('d')]);
      await later.close();
    }
  });

  it('tells of a message that was changed, and of a file that is no database', async () => {
    const path = await written();
    change(path, `UPDATE miniagents_messages SET body = '{}' WHERE hash_key = '${said('b').hashKey}'`);
    const store = sqliteStore(path);
    expectSame([await store.get(said('a').hashKey)], [said('a')]);
    expect((await failure(all(store.replay('chat')))).problem).to.equal('corrupt');
    await store.close();

    const notes = join(folder(), 'notes.txt');
    writeFileSync(notes, 'These are only some notes. '.repeat(100));
    const error = await failure(sqliteStore(notes).append([]));
    expect(error.problem).to.equal('corrupt');
    expect(error.message).to.match(/notes\.txt: cannot open: .*file is not a database/);
  });

  it('waits for another process that writes, without blocking this one', async () => {
    const path = await written();
    const other = new Database(path);
    other.exec('BEGIN IMMEDIATE');
    const store = sqliteStore(path);
    const appended = store.append([said('c')], { conversation: 'chat' });
    expectSame(await all(store.replay('chat')), [said('a'), said('b')]);
    other.exec('COMMIT');
    other.close();
    await appended;
    expectSame(await all(store.replay('chat')), [said('a'), said('b'), said('c')]);
    await store.close();
  });

  it('takes what two processes append at once, one append after the other', async () => {
    const path = await written();
    const program = await bundleProgram('writer');
    const writers = ['one', 'two'].map(() => startProgram([program, 'sqlite', path, 'both']));
    await Promise.all(writers.map(({ begun }) => begun));
    const store = sqliteStore(path);
    await store.append([said('mine')], { conversation: 'both' });
    for (const { child } of writers) child.kill('SIGKILL');
    await Promise.all(writers.map(({ ended }) => ended));
    const replayed = (await all(store.replay('both'))).filter(({ text }) => text !== 'mine');
    const numbers = replayed.map(({ text }) => Number(text.split(' ')[1]));
    expectSame(replayed, numbers.map(messageOf));
    for (const { printed } of writers) {
      expect(printed.log).to.equal('');
      const last = Math.max(...[...printed.out.matchAll(/ (\d+)$/gm)].map(([, to]) => Number(to)));
      for (let number = 0; number < last; number++) if (!numbers.includes(number)) expect.fail(`lost ${number}`);
    }
    await store.close();
  });
});
