import { expect } from 'chai';
import { closeSync, existsSync, openSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { lastValueFrom, ReplaySubject, take } from 'rxjs';
import { modelServer } from './model-server.js';
import { startSample } from './start-sample.js';

const start = (args: readonly string[], env?: NodeJS.ProcessEnv) => startSample('digest.ts', args, env);
const headings = (out: string): string[] => [...out.matchAll(/^## (.*)$/gm)].map(([, name = '']) => name);

/** What stands under a heading. */
const under = (out: string, name: string): string | undefined =>
  out.split(/^## (.*)\n\n/m)[headings(out).indexOf(name) * 2 + 2]?.trim();

// Each of these is a process that compiles what it runs: some seconds.
describe('samples/digest.ts', () => {
  let folder: string;
  let server: Awaited<ReturnType<typeof modelServer>> | undefined;
  const at = (name: string): string => join(folder, name);

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'miniagents-'));
    await mkdir(at('a-folder'));
    await writeFile(at('binary.bin'), 'PNG\0\x01');
    await writeFile(at('empty.txt'), '');
    await writeFile(at('agents.md'), '# Agents\n\nAgents send messages to agents. It rained.\n');
    await writeFile(at('two\nlines.md'), 'Many agents send their messages to other agents.\n\n```\ncode\n```\n');
  });

  after(() => rm(folder, { recursive: true }));

  afterEach(() => server?.close());

  it('without a key digests the documents of this repository by itself, and says so', async () => {
    const { code, out, log } = await start([]).ended;
    expect(code, log).to.equal(0);
    expect(out).to.match(/^A digest of \d+ files by an embedded extractive summariser \(no API key is set\)\.\n/);
    expect(headings(out)).to.include.members(['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md']);
    expect(headings(out)).to.include('docs/decisions/0001-commonjs-and-a-node-condition.md');
    expect(headings(out).at(-1)).to.equal('editor');
    expect(under(out, 'editor')).to.match(/^- .* \(.*\.md\)$/m);
    expect(out).not.to.match(/Skipped|\x1b/);
    expect(log).to.match(/^\d+ files, 0 errors, \d+\.\d s\n$/);
  });

  it('has a line for each file that it cannot read, and goes on', async () => {
    const files = ['nosuch.md', 'a-folder', 'binary.bin', 'agents.md', 'empty.txt', 'two\nlines.md', 'agents.md'].map(
      at,
    );
    const { code, out, log } = await start(files).ended;
    expect(code, log).to.equal(0);
    expect(headings(out)).to.deep.equal([...files.slice(0, 5), at('two lines.md'), 'editor']);
    expect(under(out, at('nosuch.md'))).to.equal('Skipped: there is no such file');
    expect(under(out, at('a-folder'))).to.equal('Skipped: it is a folder; name the files in it');
    expect(under(out, at('binary.bin'))).to.equal('Skipped: it is not a text file (UTF-8)');
    expect(under(out, at('agents.md'))).to.equal('Agents send messages to agents.');
    expect(under(out, at('empty.txt'))).to.equal('Skipped: it is empty');
    expect(under(out, 'editor')).to.equal(
      `- Agents send messages to agents. (${at('agents.md')}, ${at('two lines.md')})`,
    );
    expect(log).to.match(/^6 files, 4 errors, /);
  });

  it('fails where there was nothing to digest', async () => {
    const { code, out, log } = await start([at('nosuch.md')]).ended;
    expect(code).to.equal(1);
    expect(under(out, at('nosuch.md'))).to.equal('Skipped: there is no such file');
    expect(log).to.match(/^1 file, 1 error, .*\n$/);
  });

  it('asks a model that there is, about a few files at once, and goes on where it fails', async () => {
    const names = Array.from({ length: 12 }, (_, number) => at(`${number}.md`));
    await Promise.all(names.map((name, number) => writeFile(name, `number ${number}`)));
    const asked$ = new ReplaySubject<void>(4);
    const fourAsked = lastValueFrom(asked$.pipe(take(4)));
    server = await modelServer(async function* (question, system) {
      // Nobody answers before four are asked, which would take forever if that were too many at once.
      asked$.next();
      await fourAsked;
      if (question === 'number 3') throw new Error('no threes');
      yield system.includes('editor') ? `All of ${question.match(/^## /gm)?.length}.` : 'About ';
      await setTimeout(5);
      if (!system.includes('editor')) yield question;
    });
    const { code, out, log } = await start(names, { OPENAI_BASE_URL: server.url, OPENAI_MODEL: 'mine' }).ended;
    expect(code, log).to.equal(0);
    expect(out).to.include(`by mine at ${server.url}`);
    expect(headings(out)).to.deep.equal([...names, 'editor']);
    for (const [number, name] of names.entries()) {
      const expected = number === 3 ? 'InternalServerError: 500 no threes' : `About number ${number}`;
      expect(under(out, name)).to.equal(expected);
    }
    expect(under(out, 'editor')).to.equal('All of 11.');
    expect(server.state).to.include({ asked: 13, mostOpen: 4 });
  });

  it('stops every request at once on Ctrl-C', async () => {
    server = await modelServer(async function* () {
      for (let token = 0; ; token++) {
        yield `token${token} `;
        await setTimeout(10);
      }
    });
    const { child, out, ended } = start([at('agents.md'), at('two\nlines.md')], { OPENAI_BASE_URL: server.url });
    await out.has('token5 ');
    expect(server.state).to.include({ asked: 2, open: 2 });
    child.kill('SIGINT');
    const { code, log } = await ended;
    expect(code).to.equal(130);
    expect(log).to.equal('Stopped (Ctrl-C): every request that was under way is cancelled.\n');
    expect(out.text).to.match(/token\d+ $/);
    await server.idle();
    expect(server.state.asked).to.equal(2);
  });

  it('stops every request when nobody reads its output any more, which is no failure', async () => {
    server = await modelServer(async function* () {
      for (;;) {
        yield 'more and more ';
        await setTimeout(10);
      }
    });
    const { child, out, ended } = start([at('agents.md')], { OPENAI_BASE_URL: server.url });
    await out.has('more and more ');
    child.stdout?.destroy();
    const { code, log } = await ended;
    expect(code).to.equal(0);
    expect(log).to.include('Stopped (nobody reads the output any more): every request');
    await server.idle();
  });

  // A device that is always full is a thing of Linux.
  if (existsSync('/dev/full'))
    it('fails where its output cannot be written', async () => {
      const full = openSync('/dev/full', 'w');
      const { code, log } = await startSample('digest.ts', [at('agents.md')], {}, { output: full }).ended;
      closeSync(full);
      expect(code).to.equal(1);
      expect(log).to.match(/^Stopped \(the output cannot be written: ENOSPC.*\)/m);
    });
});
