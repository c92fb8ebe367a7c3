import { expect } from 'chai';
import { readFile, writeFile } from 'node:fs/promises';
import { Message } from '../../../lib/messages/message.js';
import { HistoryFile } from '../../../lib/agents/node/history-file.js';
import { UnreadableHistoryError } from '../../../lib/agents/node/unreadable-history-error.js';
import { temporaryFolder } from './temporary-folder.js';

const message = (text: string) => new Message({ role: 'user', text });
const textsIn = async (file: HistoryFile) => (await file.read()).map(({ text }) => text);

describe('HistoryFile', () => {
  const at = temporaryFolder();

  it('has what was appended before it is read, in order, whoever appended it', async () => {
    const [one, other] = [new HistoryFile(at('chat.md'), false), new HistoryFile(at('./chat.md'), false)];
    expect(await textsIn(one)).to.deep.equal([]);
    const texts = Array.from({ length: 300 }, (_, number) => `number ${number}`);
    const appended = texts.map((text, number) => (number < 100 ? one : other).append(message(text)));
    expect(await textsIn(one)).to.deep.equal(texts);
    await Promise.all(appended);
  });

  it('has nothing that is appended after it was asked to be read, whoever is waiting', async () => {
    const [one, other] = [new HistoryFile(at('chat.md'), false), new HistoryFile(at('chat.md'), false)];
    const appended = [one.append(message('a')), other.append(message('b'))];
    const read = [textsIn(one)];
    appended.push(one.append(message('c')), other.append(message('d')));
    read.push(textsIn(other));
    appended.push(one.append(message('e')));
    expect(await Promise.all(read)).to.deep.equal([
      ['a', 'b'],
      ['a', 'b', 'c', 'd'],
    ]);
    await Promise.all(appended);
    expect(await textsIn(other)).to.deep.equal(['a', 'b', 'c', 'd', 'e']);
  });

  it('is on the disk when an append has resolved', async () => {
    await new HistoryFile(at('chat.md'), false).append(message('Hi.'));
    expect(await readFile(at('chat.md'), 'utf8'))
      .to.include('\nuser\n====')
      .and.include('\nHi.\n');
  });

  it('takes the place of an older file where it is to be fresh, once', async () => {
    await new HistoryFile(at('chat.md'), false).append(message('old'));
    const fresh = new HistoryFile(at('chat.md'), true);
    await fresh.append(message('new'));
    await fresh.append(message('newer'));
    expect(await textsIn(fresh)).to.deep.equal(['new', 'newer']);
  });

  it('says which file is no text, and leaves it as it is', async () => {
    await writeFile(at('chat.md'), Buffer.from([0x23, 0xff, 0xfe]));
    const error = (await new HistoryFile(at('chat.md'), false).read().catch((reason: unknown) => reason)) as Error;
    expect(error)
      .to.be.instanceOf(UnreadableHistoryError)
      .and.include({ file: at('chat.md') });
    expect(error.message).to.include(at('chat.md')).and.include('UTF-8');
    const file = new HistoryFile(at('chat.md'), false);
    for (const text of ['one', 'two'])
      expect(await file.append(message(text)).catch((reason: unknown) => reason)).to.be.instanceOf(
        UnreadableHistoryError,
      );
    expect(await readFile(at('chat.md'))).to.have.length(3);
  });

  it('is no device, which may have no end', async () => {
    const file = new HistoryFile('/dev/full', false);
    for (const work of [() => file.read(), () => file.append(message('one'))]) {
      const error = (await work().catch((reason: unknown) => reason)) as Error;
      expect(error).to.be.instanceOf(UnreadableHistoryError);
      expect(error.message).to.include('/dev/full, which is no ordinary file');
    }
  });

  it('fails for all that it could not append', async () => {
    const file = new HistoryFile(at('.'), false);
    const results = await Promise.allSettled([file.append(message('one')), file.append(message('two')), file.read()]);
    expect(results.map(({ status }) => status)).to.deep.equal(['rejected', 'rejected', 'rejected']);
  });
});
