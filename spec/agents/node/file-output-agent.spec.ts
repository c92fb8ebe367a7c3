import { expect } from 'chai';
import { mkdir, readFile } from 'node:fs/promises';
import { Subject } from 'rxjs';
import { fileOutputAgent } from '../../../lib/agents/node/file-output-agent.js';
import { Message } from '../../../lib/index.js';
import { temporaryFolder } from './temporary-folder.js';

describe('fileOutputAgent', () => {
  const at = temporaryFolder();
  const textIn = (name: string) => readFile(at(name), 'utf8');

  it('writes the joined text into a file, whose folders it makes, and passes on what it is sent', async () => {
    const replies = fileOutputAgent({ file: at('new/folder/out.txt') }).inquire(['x', Message.stream(['y', 'z'])]);
    expect(await replies.text()).to.equal('x\n\nyz');
    expect(await textIn('new/folder/out.txt')).to.equal('x\n\nyz');
  });

  it('takes the place of what was in the file, or comes after it, as it is told, at a call too', async () => {
    const save = fileOutputAgent();
    await save.inquire('a longer text', { file: at('out.txt') }).resolve();
    await save.inquire('one', { file: at('out.txt') }).resolve();
    await Promise.all(
      ['two', 'three'].map((text) => save.inquire(text, { file: at('out.txt'), append: true }).resolve()),
    );
    expect(await textIn('out.txt')).to.equal('onetwothree');
  });

  it('passes on the same promises, before they are whole', async () => {
    const tokens$ = new Subject<string>();
    const message = Message.stream(tokens$);
    const replies = fileOutputAgent({ file: at('out.txt') }).inquire(message);
    for await (const passed of replies) {
      expect(passed === message).to.equal(true);
      tokens$.next('text');
      tokens$.complete();
    }
    expect(await textIn('out.txt')).to.equal('text');
  });

  it('writes a character whose halves come in two tokens', async () => {
    await fileOutputAgent({ file: at('out.txt') })
      .inquire(Message.stream(['Hi \ud83d', '\ude00!']))
      .resolve();
    expect(await textIn('out.txt')).to.equal('Hi 😀!');
  });

  it('writes to what is no ordinary file, too', async () => {
    const replies = fileOutputAgent({ file: '/dev/null' }).inquire('text', { errorsAsMessages: true });
    expect(await replies.text()).to.equal('text');
  });

  it('has errors as lines of the text, and passes them on as errors', async () => {
    const replies = fileOutputAgent({ file: at('out.txt') }).inquire(['before', new RangeError('boom'), 'after']);
    expect(await replies.resolve().catch(String)).to.equal('RangeError: boom');
    await fileOutputAgent({ file: at('out.txt'), append: true })
      .inquire()
      .resolve();
    expect(await textIn('out.txt')).to.equal('before\n\nRangeError: boom\n\nafter');
  });

  it('leaves what came before a cancellation in the file', async () => {
    const tokens$ = new Subject<string>();
    const replies = fileOutputAgent({ file: at('out.txt') }).inquire(['whole', Message.stream(tokens$)]);
    tokens$.next('so far');
    let written = '';
    while (!written.includes('so far')) written = await textIn('out.txt').catch(() => '');
    replies.cancel();
    await fileOutputAgent({ file: at('out.txt'), append: true })
      .inquire()
      .resolve();
    expect(await textIn('out.txt')).to.equal('whole\n\nso far');
  });

  it('leaves a file alone, where it is cancelled while it waits for its turn, or before it has begun', async () => {
    const [save, input] = [fileOutputAgent({ file: at('out.txt') }), new Subject<string>()];
    const first = save.inquire(input);
    input.next('precious');
    const second = save.inquire('b');
    await new Promise((resolve) => setTimeout(resolve, 20));
    second.cancel();
    input.complete();
    await first.resolve();
    expect(await textIn('out.txt')).to.equal('precious');
    const third = save.inquire('c');
    await null;
    third.cancel();
    await fileOutputAgent({ file: at('out.txt'), append: true })
      .inquire()
      .resolve();
    expect(await textIn('out.txt')).to.equal('precious');
  });

  it('fails where it cannot write, after what it passed on', async () => {
    await mkdir(at('folder'));
    const save = fileOutputAgent({ errorsAsMessages: true } as object);
    const textOf = (params: object) => save.inquire('text', { errorsAsMessages: true, ...params }).text();
    expect(await textOf({ file: at('folder') })).to.match(/^text\n\nError: EISDIR/);
    expect(await textOf({})).to.match(
      /^text\n\nInvalidArgumentError: expected the path of a file as file; got undefined/,
    );
    expect(await textOf({ file: at('x'), append: 1 })).to.match(
      /InvalidArgumentError: expected true or false as append/,
    );
  });
});
