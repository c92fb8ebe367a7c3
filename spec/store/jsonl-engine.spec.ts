import { expect } from 'chai';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { Message } from '../../lib/messages/message.js';
import { openJsonl } from '../../lib/store/jsonl-engine.js';
import { rowOf } from '../../lib/store/stored-form.js';
import { failure } from './cases.js';
import { temporaryFolders } from './temporary.js';

describe('the engine of a file of messages', () => {
  const folder = temporaryFolders();
  const [a, b] = ['a', 'b'].map((text) => rowOf(new Message({ text }))) as [
    ReturnType<typeof rowOf>,
    ReturnType<typeof rowOf>,
  ];
  const turn = ({ hashKey }: { hashKey: string }) => ({ conversation: 'chat', hashKey });

  it('adds only what is not there', async () => {
    const path = join(folder(), 'messages.jsonl');
    const engine = await openJsonl(path, 'the store');
    await engine.write({ rows: [a], turns: [turn(a)] });
    const before = readFileSync(path, 'utf8');
    await engine.write({ rows: [a], turns: [turn(a)] });
    expect(readFileSync(path, 'utf8')).to.equal(before);
    await engine.write({ rows: [a, b], turns: [turn(a), turn(b)] });
    expect(readFileSync(path, 'utf8').slice(before.length).trim().split('\n')).to.have.length(2);
    await engine.close();
  });

  it('cuts off what is after the last whole line before it adds any', async () => {
    const path = join(folder(), 'messages.jsonl');
    let engine = await openJsonl(path, 'the store');
    await engine.write({ rows: [a], turns: [] });
    await engine.close();
    const before = readFileSync(path, 'utf8');
    appendFileSync(path, '{"hashKey":"12');
    engine = await openJsonl(path, 'the store');
    expect(readFileSync(path, 'utf8')).to.equal(before);
    await engine.write({ rows: [b], turns: [turn(b)] });
    expect(await engine.read([a.hashKey, b.hashKey, 'x'])).to.deep.equal(
      new Map([a, b].map((row) => [row.hashKey, row.body])),
    );
    expect(await engine.page('chat', undefined, 9)).to.deep.equal([b.hashKey]);
    await engine.close();
  });

  describe('on the disk', () => {
    let prototype: FileHandle;
    let datasync: FileHandle['datasync'];

    before(async () => {
      const file = await open(__filename);
      prototype = Object.getPrototypeOf(file) as FileHandle;
      datasync = prototype.datasync;
      await file.close();
    });
    afterEach(() => (prototype.datasync = datasync));

    it('acknowledges nothing before it is there', async () => {
      const path = join(folder(), 'messages.jsonl');
      const engine = await openJsonl(path, 'the store');
      const log: string[] = [];
      prototype.datasync = async function () {
        expect(readFileSync(path, 'utf8')).to.include(a.hashKey);
        await new Promise((resolve) => setImmediate(resolve));
        log.push('on the disk');
        await datasync.call(this);
      };
      await engine.write({ rows: [a], turns: [] });
      log.push('acknowledged');
      expect(log).to.deep.equal(['on the disk', 'acknowledged']);
      await engine.close();
    });

    it('takes back what could not be synced, and writes it anew: another sync might not tell of it', async () => {
      const path = join(folder(), 'messages.jsonl');
      const engine = await openJsonl(path, 'the store');
      const empty = readFileSync(path, 'utf8');
      prototype.datasync = () => Promise.reject(new Error('EIO'));
      expect(String(await failure(engine.write({ rows: [a, b], turns: [turn(a), turn(b)] })))).to.equal('Error: EIO');
      expect(await engine.read([a.hashKey])).to.deep.equal(new Map());
      prototype.datasync = datasync;
      await engine.write({ rows: [b], turns: [turn(b)] });
      expect(readFileSync(path, 'utf8').slice(empty.length)).to.not.include(a.hashKey);
      await engine.write({ rows: [a], turns: [turn(a)] });
      expect(await engine.page('chat', undefined, 9)).to.deep.equal([b.hashKey, a.hashKey]);
      await engine.close();
      const again = await openJsonl(path, 'the store');
      expect((await again.read([a.hashKey, b.hashKey])).size).to.equal(2);
      await again.close();
    });
  });

  it('lets the file go when it is closed', async () => {
    const path = join(folder(), 'messages.jsonl');
    const engine = await openJsonl(path, 'the store');
    expect(existsSync(`${path}.lock`)).to.equal(true);
    await engine.close();
    expect(existsSync(`${path}.lock`)).to.equal(false);
  });
});
