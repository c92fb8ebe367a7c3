import { expect } from 'chai';
import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { Subject } from 'rxjs';
import { EndOfLoop } from '../../../lib/agents/end-of-loop.js';
import { markdownHistoryAgent } from '../../../lib/agents/node/markdown-history-agent.js';
import { InvalidArgumentError, Message, miniagent, type MessageType } from '../../../lib/index.js';
import { temporaryFolder } from './temporary-folder.js';

describe('markdownHistoryAgent', () => {
  const at = temporaryFolder();
  const agent = (options: object = {}) => markdownHistoryAgent({ file: at('chat.md'), ...options });
  const recall = async (history = agent()) => (await history.inquire(null, { full: true }).resolve()).toArray();
  const said = (messages: readonly Message[]) => messages.map(({ role, name, text }) => [role, name, text]);

  it('passes on what it is sent, and writes it', async () => {
    const messages = [
      { role: 'user', text: 'Hi.' },
      Message.stream(['Hel', 'lo.'], { role: 'assistant', name: 'Ada L.' }),
    ];
    expect(await agent().inquire(messages).text()).to.equal('Hi.\n\nHello.');
    const line = '='.repeat(40);
    expect(await readFile(at('chat.md'), 'utf8')).to.equal(
      `\nuser\n${line}\nHi.\n\nassistant / Ada L.\n${line}\nHello.\n`,
    );
  });

  it('replies with all that it has, and then with what it is sent, if it is asked for all', async () => {
    const history = agent();
    await history.inquire([{ role: 'user', text: 'one' }, 'two']).resolve();
    const all = await history.inquire({ role: 'user', text: 'three' }, { full: true }).resolve();
    expect(said(all.toArray())).to.deep.equal([
      ['user', undefined, 'one'],
      ['assistant', undefined, 'two'],
      ['user', undefined, 'three'],
    ]);
    expect(said(await recall())).to.deep.equal(said(all.toArray()));
  });

  it('goes on after a restart, and with what somebody has edited meanwhile', async () => {
    await agent().inquire({ role: 'user', text: 'one' }).resolve();
    const restarted = agent();
    expect(said(await recall(restarted))).to.deep.equal([['user', undefined, 'one']]);
    await appendFile(at('chat.md'), '\n# system\n\nBe brief.');
    await restarted.inquire({ role: 'user', text: 'two' }).resolve();
    expect(said(await recall(restarted)).map(([role, , text]) => `${role}: ${text}`)).to.deep.equal([
      'user: one',
      'system: Be brief.',
      'user: two',
    ]);
  });

  it('passes tokens on as they come, and writes a message when it is whole, others still to come', async () => {
    const [tokens$, more$] = [new Subject<string>(), new Subject<MessageType>()];
    const message = Message.stream(tokens$);
    const history = agent();
    const replies = history.inquire([message, more$]);
    const messages = replies[Symbol.asyncIterator]();
    expect((await messages.next()).value === message).to.equal(true);
    tokens$.next('text');
    expect(said(await recall())).to.deep.equal([]);
    tokens$.complete();
    await message.resolve();
    let recalled = await recall();
    while (recalled.length === 0) recalled = await recall();
    expect(said(recalled)).to.deep.equal([['assistant', undefined, 'text']]);
    more$.complete();
    await replies.resolve();
  });

  it('writes no message that fails, and none that is not to be remembered; others beside them are written', async () => {
    const broken$ = new Subject<string>();
    const sent = [
      'before',
      Message.stream(broken$),
      new RangeError('between'),
      { text: 'secret', data: { noHistory: true } },
      new EndOfLoop(),
      'after',
    ];
    const replies = agent().inquire(sent, { errorsAsMessages: true });
    broken$.next('half');
    broken$.error(new TypeError('boom'));
    expect(await replies.text()).to.equal(
      'before\n\nhalf\nTypeError: boom\n\nRangeError: between\n\nsecret\n\n\n\nafter',
    );
    expect(said(await recall()).map(([, , text]) => text)).to.deep.equal(['before', 'after']);
  });

  it('begins anew where it is not to append', async () => {
    await agent().inquire('old').resolve();
    const fresh = agent({ append: false });
    await fresh.inquire('new').resolve();
    await fresh.inquire('newer').resolve();
    expect(said(await recall()).map(([, , text]) => text)).to.deep.equal(['new', 'newer']);
  });

  it('keeps the order of what is sent at the same time', async () => {
    const history = agent();
    const sent = Array.from({ length: 50 }, (_, number) => `${number}`);
    await Promise.all(sent.map((text) => history.inquire(text).resolve()));
    expect((await recall()).map(({ text }) => text)).to.deep.equal(sent);
  });

  it('fails where the file is none, or is no text, after what it passed on', async () => {
    await mkdir(at('folder'));
    await writeFile(at('binary'), Buffer.from([0xff]));
    const textOf = (file: string, full = false) =>
      markdownHistoryAgent({ file: at(file) })
        .inquire('text', { full, errorsAsMessages: true })
        .text();
    expect(await textOf('folder')).to.match(/^text\n\nError: EISDIR/);
    expect(await textOf('folder', true)).to.match(/^Error: EISDIR.*\n\ntext\n\nError: EISDIR/);
    expect(await textOf('binary')).to.match(/^text\n\nUnreadableHistoryError: .*binary, which is not UTF-8$/);
    expect(await textOf('binary', true)).to.match(/^UnreadableHistoryError.*\n\ntext\n\nUnreadableHistoryError/);
    expect(await readFile(at('binary'))).to.have.lengthOf(1);
  });

  it('refuses what is no path and no boolean', async () => {
    expect(() => markdownHistoryAgent({} as never)).to.throw(InvalidArgumentError, 'the path of a file as file');
    expect(() => agent({ append: 1 })).to.throw(InvalidArgumentError, 'true or false as append');
    const error = await agent()
      .inquire('x', { full: 1 } as object)
      .resolve()
      .catch(String);
    expect(error).to.match(/expected true or false as full; got 1/);
  });

  it('is a part of other agents as any agent is', async () => {
    const history = agent({ name: 'memory', description: 'remembers' });
    expect([history.name, history.description]).to.deep.equal(['memory', 'remembers']);
    const boss = miniagent('boss', (ctx) => ctx.inquire(history, ctx.messages));
    expect(await boss.inquire('text').text()).to.equal('text');
  });
});
