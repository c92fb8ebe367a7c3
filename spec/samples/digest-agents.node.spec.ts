import { expect } from 'chai';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defer, Subject } from 'rxjs';
import { ErrorMessage, Message, miniagent, type MiniAgent, MiniAgents } from 'miniagents';
import { digest } from '../../samples/digest/agents.js';
import { Heading } from '../../samples/digest/heading.js';

describe('the agents of the digest', () => {
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'miniagents-'));
  });

  after(() => rm(folder, { recursive: true }));

  // What fails is read in its turn, which may be long after it failed: whether it was is decided at the end.
  let unhandled: unknown[];
  let miniAgents: MiniAgents;

  beforeEach(() => {
    unhandled = [];
    miniAgents = new MiniAgents({ onUnhandledError: (error) => unhandled.push(error) }).activate();
  });

  afterEach(async () => {
    await miniAgents.finalize();
    expect(unhandled).to.deep.equal([]);
  });

  /** Asks for a digest of files with these texts, of models of one's own; null stands for a file that is not there. */
  async function ask(texts: readonly (string | null)[], summarise: MiniAgent, edit: MiniAgent) {
    const documents = texts.map((_, at) => ({ name: `${at}.md`, path: join(folder, `${at}.md`) }));
    for (const [at, { path }] of documents.entries()) {
      const text = texts[at];
      await (text ? writeFile(path, text) : rm(path, { force: true }));
    }
    return digest.inquire(null, { documents, summarise, edit });
  }

  const shout = miniagent('shout', async (ctx) => (await ctx.messages.text()).toUpperCase());
  const quote = miniagent('quote', (ctx) => ctx.messages);
  const never = miniagent('never', () => {
    throw new Error('was asked all the same');
  });
  const shown = (messages: Iterable<Message>) =>
    Array.from(messages, (message) => (message instanceof Heading ? `[${message.text}]` : message.text));

  it('summarise each file under its name, and have the summaries merged', async () => {
    const messages = await (await ask(['a', 'b'], shout, quote)).resolve();
    expect(shown(messages)).to.deep.equal(['[0.md]', 'A', '[1.md]', 'B', '[editor]', '## 0.md\n\nA\n\n## 1.md\n\nB']);
  });

  it('put what went wrong in the place of the summary, and go on', async () => {
    const picky = miniagent('picky', async (ctx) => {
      const text = await ctx.messages.text();
      if (text === 'bad') throw new RangeError('too bad');
      const broken = defer(function* () {
        yield 'begun';
        throw new RangeError('cut');
      });
      return text === 'cut' ? Message.stream(broken) : text;
    });
    const messages = await (await ask(['a', null, 'bad', 'cut', 'b'], picky, quote)).resolve();
    expect(shown(messages)).to.deep.equal([
      ...['[0.md]', 'a', '[1.md]', 'Skipped: there is no such file', '[2.md]', 'RangeError: too bad'],
      ...['[3.md]', 'begun\nRangeError: cut', '[4.md]', 'b', '[editor]', '## 0.md\n\na\n\n## 4.md\n\nb'],
    ]);
    expect(messages.filter((message) => message instanceof ErrorMessage).size).to.equal(3);
  });

  it('leave the editor alone where there is nothing to merge', async () => {
    expect(shown(await (await ask(['a', null], quote, never)).resolve())).to.have.length(4);
    expect(shown(await (await ask([null, null], quote, never)).resolve())).to.have.length(4);
  });

  it('show that the editor failed', async () => {
    const messages = await (await ask(['a', 'b'], quote, never)).resolve();
    expect(shown(messages).slice(-2)).to.deep.equal(['[editor]', 'Error: was asked all the same']);
  });

  it('pass on every token as it comes, in the order of the files', async () => {
    const models = [new Subject<string>(), new Subject<string>()] as const;
    const model = miniagent('model', async (ctx) => Message.stream(models[Number(await ctx.messages.text())] ?? []));
    const seen: string[] = [];
    const replies = await ask(['0', '1'], model, quote);
    replies.tokens$.subscribe((token) => seen.push(token));
    // Both are asked before either has said anything.
    while (!models[0].observed || !models[1].observed) await new Promise((resolve) => setImmediate(resolve));
    models[1].next('second');
    expect(seen).to.deep.equal(['0.md']);
    models[0].next('fir');
    models[0].next('st');
    expect(seen).to.deep.equal(['0.md', 'fir', 'st']);
    models[0].complete();
    expect(seen).to.deep.equal(['0.md', 'fir', 'st', '1.md', 'second']);
    models[1].complete();
    await replies.resolve();
  });

  it('take 200 files', async () => {
    const texts = Array.from({ length: 200 }, (_, at) => `text ${at}`);
    const messages = await (await ask(texts, shout, quote)).resolve();
    const summaries = texts.flatMap((text, at) => [`[${at}.md]`, text.toUpperCase()]);
    expect(shown(messages).slice(0, 400)).to.deep.equal(summaries);
    expect(messages.size).to.equal(402);
  });
});
