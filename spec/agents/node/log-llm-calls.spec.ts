import { expect } from 'chai';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { NEVER } from 'rxjs';
import { logLLMCalls } from '../../../lib/agents/node/log-llm-calls.js';
import { InvalidArgumentError, Message, miniagent, MiniAgents } from '../../../lib/index.js';
import { modelAgent } from './model-agent.js';
import { temporaryFolder } from './temporary-folder.js';

describe('logLLMCalls', () => {
  const at = temporaryFolder();
  const pages = async (folder: string) =>
    Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name), 'utf8')));

  it('writes a file for each call, in a folder that it makes', async () => {
    const miniAgents = new MiniAgents();
    const log = logLLMCalls(miniAgents, { folder: at('new/logs') });
    const [poet, critic] = [modelAgent('poet', () => ['Roses']), modelAgent('critic', () => ['Fine.'])];
    await miniAgents.run(() => critic.inquire(poet.inquire('a poem')));
    await log.idle();
    const names = await readdir(at('new/logs'));
    for (const name of names) expect(name).to.match(/^\d{8}_\d{6}__\d{6}__model-of-(poet|critic)__[0-9a-f]{3}\.md$/);
    const [first = '', second = ''] = (await pages(at('new/logs'))).sort();
    expect(first)
      .to.match(/^critic\n/)
      .and.include('\nassistant / poet\n')
      .and.include('\nFine.\n');
    expect(second)
      .to.match(/^poet\n/)
      .and.include('\nuser\n')
      .and.include('"finishReason": "stop"');
  });

  it('has a page for each of many calls that end at the same time', async () => {
    const miniAgents = new MiniAgents();
    const log = logLLMCalls(miniAgents, { folder: at('many') });
    const model = modelAgent('model', () => ['Hi']);
    await miniAgents.run(() => Array.from({ length: 1000 }, (_, number) => model.inquire(`number ${number}`)));
    await log.idle();
    expect(await readdir(at('many'))).to.have.lengthOf(1000);
  });

  it('describes parameters that JSON cannot hold', async () => {
    const miniAgents = new MiniAgents();
    const log = logLLMCalls(miniAgents, { folder: at('odd') });
    const circular: Record<string, unknown> = {};
    circular['self'] = circular;
    const params = { big: 5n, circular, temperature: 0 } as never;
    await miniAgents.run(() => modelAgent('model', () => ['Hi']).inquire('Hello', params));
    await log.idle();
    const [page = ''] = await pages(at('odd'));
    expect(page).to.include('"big": "5 (bigint)"').and.include('"temperature": 0').and.include('\nHi\n');
  });

  it('logs calls that fail and that are cancelled, and leaves their errors to others', async () => {
    const unhandled: unknown[] = [];
    const miniAgents = new MiniAgents({ onUnhandledError: (error) => unhandled.push(String(error)) });
    const log = logLLMCalls(miniAgents, { folder: at('logs') });
    const faulty = modelAgent('faulty', () => {
      throw new RangeError('boom');
    });
    const silent = miniagent('silent', () => Message.stream(NEVER, { role: 'assistant', data: { model: 'mute' } }));
    await miniAgents.run(async () => {
      faulty.inquire();
      const replies = silent.inquire('Hello?');
      await replies[Symbol.asyncIterator]().next();
      replies.cancel('enough');
    });
    await log.idle();
    const [first = '', second = ''] = (await pages(at('logs'))).sort();
    expect(first).to.include('"error": "RangeError: boom"');
    expect(second)
      .to.match(/"error": "CancelledError: .*enough"/)
      .and.include('Hello?');
    expect(unhandled).to.deep.equal(['RangeError: boom']);
  });

  it('tells where it cannot write, and the agents go on', async () => {
    await writeFile(at('file'), '');
    const errors: unknown[] = [];
    const miniAgents = new MiniAgents();
    const log = logLLMCalls(miniAgents, { folder: at('file'), onError: (error) => errors.push(error) });
    expect((await miniAgents.run(() => modelAgent('poet', () => ['Roses']).inquire())).first()?.text).to.equal('Roses');
    await log.idle();
    expect(errors.map((error) => (error as { code: string }).code)).to.deep.equal(['EEXIST']);
  });

  it('prints what onError throws, and the agents go on', async () => {
    await writeFile(at('file'), '');
    const printed: unknown[] = [];
    const { error } = console;
    console.error = (...given: unknown[]) => printed.push(given);
    try {
      const miniAgents = new MiniAgents();
      const onError = () => {
        throw new RangeError('boom');
      };
      const log = logLLMCalls(miniAgents, { folder: at('file'), onError });
      await miniAgents.run(() => modelAgent('poet', () => ['Roses']).inquire());
      await log.idle();
    } finally {
      console.error = error;
    }
    expect(String(printed)).to.include('RangeError: boom');
  });

  it('logs no more when nobody wants it to', async () => {
    const miniAgents = new MiniAgents();
    const log = logLLMCalls(miniAgents, { folder: at('logs') });
    log.unsubscribe();
    await miniAgents.run(() => modelAgent('poet', () => ['Roses']).inquire());
    await log.idle();
    expect(await readdir(at('logs')).catch(() => 'none')).to.equal('none');
  });

  it('refuses what is no path and no function', () => {
    expect(() => logLLMCalls(new MiniAgents(), { folder: '' })).to.throw(InvalidArgumentError, 'the path of a folder');
    expect(() => logLLMCalls(new MiniAgents(), { onError: 1 as never })).to.throw(
      InvalidArgumentError,
      'a function as onError',
    );
  });
});
