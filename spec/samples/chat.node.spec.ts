import { expect } from 'chai';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { modelServer } from './model-server.js';
import { startSample } from './start-sample.js';

// Each of these is a process that compiles what it runs: some seconds.
describe('samples/chat.ts', () => {
  let folder: string;
  let file: string;
  let server: Awaited<ReturnType<typeof modelServer>> | undefined;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'miniagents-'));
  });
  beforeEach(() => (file = join(folder, `${Math.random()}.md`)));
  after(() => rm(folder, { recursive: true }));
  afterEach(() => server?.close());

  /** Says lines to the chat, through a pipe, and leaves. */
  const chat = (lines: readonly string[], env?: NodeJS.ProcessEnv) => {
    const started = startSample('chat.ts', [file], env, { input: 'pipe' });
    started.child.stdin?.end(lines.map((line) => `${line}\n`).join(''));
    return started.ended;
  };

  it('without a key answers from the documents of this repository, and says so', async () => {
    const { code, out, log } = await chat(['How do I cancel an agent?', '', 'Ψ']);
    expect(code, log).to.equal(0);
    expect(log).to.match(/^No API key is set, so there is no model: .* by full-text search\.\n/);
    expect(log).to.include(`The conversation is kept in ${file}: no messages so far.\n`);
    expect(out).to.match(/^you: How do I cancel an agent\?\n\nsearch: (README|docs\/[\w/-]+)\.md, ".*":\n\n/);
    expect(out).to.match(
      /cancel[^]*\n\nyou: Ψ\n\nsearch: I find nothing about that in the documents of this repository\.\n\n$/,
    );
    expect(out).not.to.include('\x1b');
  });

  it('has its history after a restart, and what was edited in it', async () => {
    server = await modelServer(async function* (question) {
      yield `You said ${question}`;
    });
    const env = { OPENAI_BASE_URL: server.url, OPENAI_MODEL: 'mine' };
    const first = await chat(['My name is Ada.', 'exit', 'never said'], env);
    expect(first.code, first.log).to.equal(0);
    expect(first.log).to.include(`You talk with mine at ${server.url}.`);
    expect(first.out).to.equal('you: My name is Ada.\n\nopenai: You said My name is Ada.\n\nyou: exit\n\n');

    await writeFile(file, (await readFile(file, 'utf8')).replace('is Ada', 'is Grace'));
    const second = await chat(['What is my name?'], env);
    expect(second.log).to.include(': 2 messages so far.');
    // This server answers the first message that it is asked.
    expect(second.out).to.include('openai: You said My name is Grace.\n');
    expect(await readFile(file, 'utf8')).to.match(
      /^\nuser\n=+\nMy name is Grace\.\n\nassistant \/ openai\n=+\n[^]*What is my name\?/,
    );
  });

  it('tells of an answer that fails, goes on, and does not remember it', async () => {
    server = await modelServer(async function* (question) {
      if (question === 'fail') throw new Error('out of order');
      yield 'ok';
    });
    const { code, out, log } = await chat(['fail', 'again'], { OPENAI_BASE_URL: server.url });
    expect(code, log).to.equal(0);
    expect(out).to.match(/^you: fail\n\nopenai: .*500 out of order\n\nyou: again\n\n/);
    expect(await readFile(file, 'utf8')).not.to.include('out of order');
  });

  it('stops an answer on Ctrl-C, which is remembered as far as it came; then it leaves', async () => {
    server = await modelServer(async function* () {
      for (let token = 0; ; token++) {
        yield `token${token} `;
        await setTimeout(10);
      }
    });
    const { child, out, ended } = startSample('chat.ts', [file], { OPENAI_BASE_URL: server.url }, { input: 'pipe' });
    child.stdin?.write('Count.\n');
    await out.has('token5 ');
    child.kill('SIGINT');
    await server.idle();
    await out.has(' \n\n');
    child.stdin?.write('Again.\n');
    await out.has('you: Again.\n\nopenai: token0 token1 token2 token3 token4 token5 ');
    child.kill('SIGINT');
    child.stdin?.end();
    expect((await ended).code).to.equal(0);
    expect(await readFile(file, 'utf8')).to.match(/assistant \/ openai\n=+\ntoken0 [^]*token5 [^]*Again\.[^]*token5 /);
    expect(server.state.asked).to.equal(2);
  });

  it('says what is wrong with a history that it cannot read', async () => {
    await writeFile(file, Buffer.from([0xff, 0xfe]));
    const { code, out, log } = await chat(['Hi.']);
    expect({ code, out }).to.deep.equal({ code: 1, out: '' });
    expect(log).to.equal(
      `UnreadableHistoryError: expected a history in Markdown (UTF-8 text); got ${file}, which is not UTF-8\n`,
    );
  });
});
