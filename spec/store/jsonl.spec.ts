import { expect } from 'chai';
import { InvalidArgumentError } from 'miniagents';
import { StoreError } from 'miniagents/store';
import { jsonlStore } from 'miniagents/store/jsonl';
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { all, expectSame, failure, numbered, said, storeCases } from './cases.js';
import { fileCases } from './file-cases.js';
import { bundleProgram, startProgram } from './run-program.js';
import { temporaryFolders } from './temporary.js';

describe('jsonlStore', () => {
  const folder = temporaryFolders();
  const locate = () => join(folder(), 'some/folder/messages.jsonl');

  storeCases(async () => {
    const path = locate();
    return { open: () => jsonlStore(path) };
  });

  fileCases('jsonl', locate, jsonlStore);

  it('refuses what is no path', () => {
    for (const path of [undefined, '', 1, {}] as never[])
      expect(() => jsonlStore(path)).to.throw(InvalidArgumentError, /^expected the path of a file; got/);
  });

  /** A file with some messages, and what is in it. */
  async function written() {
    const path = locate();
    const store = jsonlStore(path);
    await store.append([said('a'), said('b', said('inner'))], { conversation: 'chat' });
    await store.append([said('c')], { conversation: 'chat' });
    await store.close();
    return { path, text: readFileSync(path, 'utf8') };
  }
  const replayed = async (path: string) => {
    const store = jsonlStore(path);
    return all(store.replay('chat')).finally(() => store.close());
  };

  it('is lines that can be read: messages with their keys, in canonical JSON, and conversations', async () => {
    const { text } = await written();
    const [a, inner, b, c] = [said('a'), said('inner'), said('b', said('inner')), said('c')];
    const reference = { $type: 'Message', hashKey: inner.hashKey };
    expect(
      text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).to.deep.equal([
      { miniagents: 'messages', version: 1 },
      { hashKey: a.hashKey, message: { $type: 'Message', text: 'a' } },
      { hashKey: inner.hashKey, message: { $type: 'Message', text: 'inner' } },
      { hashKey: b.hashKey, message: { $type: 'Message', text: 'b', data: { inside: [reference] } } },
      { conversation: 'chat', hashKeys: [a.hashKey, b.hashKey] },
      { hashKey: c.hashKey, message: { $type: 'Message', text: 'c' } },
      { conversation: 'chat', hashKeys: [c.hashKey] },
    ]);
  });

  it('cut off at any byte: has the lines before, and goes on', async () => {
    const { path, text } = await written();
    for (let size = 0; size < text.length; size += 29) {
      writeFileSync(path, text.slice(0, size));
      const texts = (await replayed(path)).map(String);
      expect(['a b c', 'a b', '']).to.include(texts.join(' '));
      const store = jsonlStore(path);
      await store.append([said('a'), said('d')], { conversation: 'chat' });
      await store.close();
      expect((await replayed(path)).map(String)).to.deep.equal([...new Set([...texts, 'a', 'd'])]);
    }
  });

  it('has a last line, too, whose end alone is missing, and ends it', async () => {
    const { path, text } = await written();
    for (const whole of [text, text.replace(/.*\n$/, '')]) {
      writeFileSync(path, whole.slice(0, -1));
      expect((await replayed(path)).map(String)).to.deep.equal(whole === text ? ['a', 'b', 'c'] : ['a', 'b']);
      expect(readFileSync(path, 'utf8')).to.equal(whole);
    }
  });

  it('refuses what is no ordinary file, and leaves nothing there', async () => {
    for (const device of ['/dev/full', '/dev/null', '/dev/zero']) {
      const error = await failure(jsonlStore(device).append([said('a')]));
      expect(error.problem).to.equal('unavailable');
      expect(error.message).to.equal(`JSONL store ${device}: cannot open: it is no ordinary file`);
      expect(existsSync(`${device}.lock`)).to.equal(false);
    }
  });

  it('is corrupt where a line before the last is not what was written, and says which', async () => {
    const { path, text } = await written();
    const lines = text.split('\n');
    for (const number of [2, 3, 4, 5, 7]) {
      const line = lines[number - 1] ?? '';
      for (const changed of [
        '',
        line.slice(0, -9),
        line.replace(/[0-9a-f]{6}/, 'abcdef'),
        'null',
        '{"a":1}',
        lines[0] ?? '',
      ]) {
        const broken = lines.map((each, place) => (place === number - 1 ? changed : each)).join('\n');
        writeFileSync(path, broken);
        const error = await failure(replayed(path));
        expect(error).to.be.instanceOf(StoreError);
        expect(error.problem).to.equal('corrupt');
        expect(error.message).to.equal(`JSONL store ${path}: line ${number} is not what was written`);
        expect(readFileSync(path, 'utf8'), 'left as it is').to.equal(broken);
      }
    }
  });

  it('leaves a file alone that is not its own', async () => {
    for (const foreign of ['notes', 'some\nnotes\n', '{"text":"json"}\n', '{"miniagents":1}\n', '\n', '\0\0\0']) {
      const path = join(folder(), 'notes.txt');
      writeFileSync(path, foreign);
      const error = await failure(jsonlStore(path).append([said('a')]));
      expect(error.problem).to.equal('corrupt');
      expect(error.message).to.match(/line 1 is not that of a file of messages$/);
      expect(readFileSync(path, 'utf8')).to.equal(foreign);
      expect(existsSync(`${path}.lock`)).to.equal(false);
    }
  });

  it('does not touch a file of a newer version', async () => {
    const { path, text } = await written();
    const newer = text.replace('"version":1', '"version":2');
    writeFileSync(path, `${newer}{"what":"ever"`);
    const error = await failure(replayed(path));
    expect(error.problem).to.equal('newer');
    expect(error.message).to.match(/messages\.jsonl: of version 2; this library knows version 1$/);
    expect(readFileSync(path, 'utf8')).to.equal(`${newer}{"what":"ever"`);
  });

  it('tells of a message that is no longer there when it is read', async () => {
    const { path, text } = await written();
    const store = jsonlStore(path);
    await store.append([]);
    truncateSync(path, text.length - 300);
    expect((await failure(store.get(said('c').hashKey))).problem).to.equal('corrupt');
    await store.close();
  });

  describe('a file that is changed while it is open', () => {
    const changes: Record<string, (path: string) => void> = {
      'is deleted': (path) => rmSync(path),
      'is moved': (path) => renameSync(path, `${path}.1`),
      'is another one': (path) => {
        renameSync(path, `${path}.1`);
        copyFileSync(`${path}.1`, path);
      },
      'is emptied': (path) => truncateSync(path, 0),
      'has a line more': (path) => appendFileSync(path, '{"conversation":"other","hashKeys":[]}\n'),
    };
    for (const [title, change] of Object.entries(changes))
      it(`${title}: nothing is acknowledged that is not there, and it goes on with what is there`, async () => {
        const { path } = await written();
        const store = jsonlStore(path);
        await store.append([said('d')], { conversation: 'chat' });
        change(path);
        const error = await failure(store.append([said('e')]));
        expect(error.problem).to.equal('unavailable');
        expect(error.message).to.match(/cannot write: .* since it was opened$/);
        await store.append([said('a'), said('e')], { conversation: 'chat' });
        await store.close();
        expect((await replayed(path)).map(String).slice(-1)).to.deep.equal(['e']);
        expect(existsSync(`${path}.lock`)).to.equal(false);
      });
  });

  describe('two at one file', () => {
    it('of one process: the second is refused until the first is closed', async () => {
      const { path } = await written();
      const [first, second] = [jsonlStore(path), jsonlStore(path)];
      await first.append([said('d')], { conversation: 'chat' });
      const error = await failure(second.append([said('e')]));
      expect(error.problem).to.equal('in use');
      expect(error.message).to.match(/messages\.jsonl: this process has it open already$/);
      await first.close();
      await second.append([said('e')], { conversation: 'chat' });
      await second.close();
      expect((await replayed(path)).map(String)).to.deep.equal(['a', 'b', 'c', 'd', 'e']);
    });

    it('is one file under each of its names', async () => {
      const { path } = await written();
      const [there, folderLink] = [dirname(path), join(folder(), 'link')];
      symlinkSync(path, join(there, 'link.jsonl'));
      symlinkSync(there, folderLink);
      const first = jsonlStore(path);
      await first.append([said('d')]);
      for (const name of [join(there, 'link.jsonl'), join(folderLink, 'messages.jsonl')])
        expect((await failure(jsonlStore(name).append([said('e')]))).problem, name).to.equal('in use');
      await first.close();
      const later = jsonlStore(join(folderLink, 'messages.jsonl'));
      expect((await later.get(said('d').hashKey))?.text).to.equal('d');
      await later.close();
      expect(readdirSync(there).sort()).to.deep.equal(['link.jsonl', 'messages.jsonl']);
    });

    it('of two processes: the second is refused, and gets it when the first has died', async () => {
      const { path } = await written();
      const { child, begun, ended } = startProgram([await bundleProgram('writer'), 'jsonl', path, 'other']);
      await begun;
      const store = jsonlStore(path);
      const error = await failure(store.append([said('d')]));
      expect(error.problem).to.equal('in use');
      expect(error.message).to.match(
        new RegExp(`process ${child.pid} on \\S+ has it open; if that is not so, delete .*\\.lock$`),
      );
      child.kill('SIGKILL');
      await ended;
      await store.append(numbered(3), { conversation: 'chat' });
      expectSame((await all(store.replay('chat'))).slice(-3), numbered(3));
      await store.close();
    });

    it('of several processes that find one left behind: one has it, the others are refused', async () => {
      const { path } = await written();
      const program = await bundleProgram('writer');
      const dead = startProgram([program, 'jsonl', path, 'other']);
      await dead.begun;
      dead.child.kill('SIGKILL');
      await dead.ended;
      const started = [1, 2, 3].map(() => startProgram([program, 'jsonl', path, 'other']));
      await Promise.all(started.map(({ begun }) => begun));
      const refused = started.filter(({ printed }) => printed.out === '');
      for (const { child } of started) child.kill('SIGKILL');
      await Promise.all(started.map(({ ended }) => ended));
      expect(refused).to.have.length(2);
      for (const { printed } of refused) expect(printed.log).to.match(/has it open; if that is not so/);
      await replayed(path);
    });
  });
});
