import { expect } from 'chai';
import type Database from 'libsql';
import { copyFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Message } from '../../lib/messages/message.js';
import { openSqlite } from '../../lib/store/sqlite-engine.js';
import { rowOf } from '../../lib/store/stored-form.js';
import { failure } from './cases.js';
import { temporaryFolders } from './temporary.js';

describe('the engine of a SQLite database', () => {
  const folder = temporaryFolders();
  const [a, b] = ['a', 'b'].map((text) => rowOf(new Message({ text }))) as [
    ReturnType<typeof rowOf>,
    ReturnType<typeof rowOf>,
  ];
  const turn = ({ hashKey }: { hashKey: string }, conversation = 'chat') => ({ conversation, hashKey });

  it('keeps all of a batch or nothing', async () => {
    const path = join(folder(), 'messages.db');
    const engine = await openSqlite(path, 'the store');
    const broken = { conversation: 'chat', hashKey: null as never };
    expect(String(await failure(engine.write({ rows: [a], turns: [turn(a), broken] })))).to.match(/NOT NULL/);
    expect(await engine.read([a.hashKey])).to.deep.equal(new Map());
    await engine.write({ rows: [a, b], turns: [turn(b), turn(a)] });
    expect(await engine.page('chat', undefined, 9)).to.deep.equal([b.hashKey, a.hashKey]);
    expect(await engine.page('chat', b.hashKey, 9)).to.deep.equal([a.hashKey]);
    expect(await engine.page('chat', 'x', 9)).to.equal(undefined);
    await engine.close();
  });

  it('writes durably: with a log beside the database, and each commit on the disk', async () => {
    const path = join(folder(), 'messages.db');
    const engine = await openSqlite(path, 'the store');
    const database = (engine as unknown as { database: Database.Database }).database;
    expect(database.prepare('PRAGMA synchronous').get()).to.include({ synchronous: 2 });
    expect(database.prepare('PRAGMA journal_mode').get()).to.include({ journal_mode: 'wal' });
    await engine.close();
  });

  it('leaves all in the file itself when it is closed, though another one is reading', async () => {
    const path = join(folder(), 'messages.db');
    const [engine, other] = [await openSqlite(path, 'the store'), await openSqlite(path, 'the other')];
    await engine.write({ rows: [a], turns: [turn(a)] });
    expect(await other.last('chat')).to.equal(a.hashKey);
    expect(statSync(`${path}-wal`).size).to.be.above(0);
    await engine.close();
    const copy = join(folder(), 'copy.db');
    copyFileSync(path, copy);
    const copied = await openSqlite(copy, 'the copy');
    expect(await copied.page('chat', undefined, 9)).to.deep.equal([a.hashKey]);
    await copied.close();
    await other.close();
  });

  it('lets several make the tables at once', async () => {
    const path = join(folder(), 'messages.db');
    const engines = await Promise.all([1, 2, 3, 4].map(() => openSqlite(path, 'the store')));
    await Promise.all(
      engines.map((engine, place) => engine.write({ rows: [a, b], turns: [turn(a), turn(b, `${place}`)] })),
    );
    expect(await engines[0]?.page('chat', undefined, 9)).to.deep.equal([a.hashKey]);
    await Promise.all(engines.map((engine) => engine.close()));
  });
});
