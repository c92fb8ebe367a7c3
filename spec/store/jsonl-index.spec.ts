import { expect } from 'chai';
import { writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { Message } from '../../lib/messages/message.js';
import { JsonlIndex } from '../../lib/store/jsonl-index.js';
import { header, messageLine, turnLines } from '../../lib/store/jsonl-lines.js';
import { rowOf } from '../../lib/store/stored-form.js';
import { failure } from './cases.js';
import { temporaryFolders } from './temporary.js';

describe('JsonlIndex', () => {
  const folder = temporaryFolders();
  const rows = ['ä', 'b'].map((text) => rowOf(new Message({ text })));
  const lines = rows.map(({ hashKey, body }) => messageLine(hashKey, body).toString());
  const turns = turnLines(rows.map(({ hashKey }) => ({ conversation: 'chat', hashKey }))).map(String);

  async function indexOf(content: string): Promise<JsonlIndex> {
    const path = join(folder(), 'messages.jsonl');
    writeFileSync(path, content);
    const file = await open(path, 'r');
    const index = new JsonlIndex('the store');
    await index.read(file).finally(() => file.close());
    return index;
  }

  it('knows where each message is, and what conversations are of', async () => {
    const content = [header, ...lines, ...turns].join('');
    const { messages, conversations, end } = await indexOf(content);
    for (const { hashKey, body } of rows) {
      const { at, size } = messages.get(hashKey) ?? { at: 0, size: 0 };
      expect(
        Buffer.from(content)
          .subarray(at, at + size)
          .toString(),
      ).to.equal(body);
    }
    expect(conversations.page('chat', undefined, 9)).to.deep.equal(rows.map(({ hashKey }) => hashKey));
    expect(end).to.equal(Buffer.byteLength(content));
  });

  it('ends with the last whole line, of which only the end may be missing', async () => {
    const [first = '', second = ''] = lines;
    const torn = await indexOf(`${header}${first}${second.slice(0, -2)}`);
    expect(torn).to.include({ end: Buffer.byteLength(`${header}${first}`), lacksEnd: false });
    const endless = await indexOf(`${header}${first}${second.slice(0, -1)}`);
    expect(endless).to.include({ end: Buffer.byteLength(`${header}${first}${second}`) - 1, lacksEnd: true });
    const unknown = await indexOf(`${header}${first}${turns.join('').slice(0, -1)}`);
    expect(unknown).to.include({ end: Buffer.byteLength(`${header}${first}`), lacksEnd: false });
    expect(unknown.conversations.page('chat', undefined, 9)).to.deep.equal([]);
    for (const begun of ['', header.slice(0, 10), header.slice(0, -1)]) expect((await indexOf(begun)).end).to.equal(0);
  });

  it('refuses a conversation of messages that are not there', async () => {
    const error = await failure(indexOf([header, lines[0], ...turns].join('')));
    expect(error.message).to.equal('the store: line 3 is not what was written');
  });

  it('refuses what is no file of messages, or of another version', async () => {
    const notOurs = 'the store: line 1 is not that of a file of messages';
    for (const content of ['notes', `${lines[0]}`, '{}\n'])
      expect((await failure(indexOf(content))).message).to.equal(notOurs);
    const newer = await failure(indexOf('{"miniagents":"messages","version":"2.1"}\n'));
    expect(newer.message).to.equal('the store: of version 2.1; this library knows version 1');
  });
});
