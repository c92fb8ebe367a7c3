import { expect } from 'chai';
import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const load = createRequire(__filename);
const root = dirname(load.resolve('miniagents/package.json'));
const fromSource = load.resolve('miniagents').endsWith('.ts')
  ? ['--conditions=miniagents-source', '--require', join(root, 'scripts/register.cjs')]
  : [];

/** Programs that drop promises whose errors nobody hears of, and how many of these are to be printed (NaN: any number). */
const programs: Record<string, [code: string, printed: number]> = {
  'inquiries that nobody reads': [`failing('one').inquire(); failing('two').inquire();`, 2],
  'resolve(), text() and iterators that nobody awaits': [
    `const replies = failing('one').inquire(); replies.resolve(); replies.text(); replies.resolveMessages();
     const iterator = failing('two').inquire()[Symbol.asyncIterator]();`,
    2,
  ],
  'messages that nobody reads': [
    `const boom = (name) => throwError(() => new Error('of ' + name));
     Message.stream(boom('one')); Message.stream(boom('two')).resolve();
     Message.stream(of(42)).resolve(); MessageSequence.from([new Error('of four'), Promise.reject(new Error('of five'))]);`,
    5,
  ],
  'cancelled inquiries, messages and runs': [
    `const never = miniagent('never', () => NEVER); const replies = never.inquire(); replies.resolve(); replies.text(); replies.cancel();
     const message = Message.stream(NEVER); message.resolve(); message.cancel();
     never('x').subscribe().unsubscribe(); never.inquire('x', { signal: AbortSignal.abort() }).resolve();
     const one = new MiniAgents(); const running = one.run(() => { never.inquire().resolve(); }); setTimeout(() => one.cancel()); await running;`,
    0,
  ],
  'replies, errors and rejections after the end': [
    `let late; await miniagent('agent', (ctx) => { late = ctx; }).inquire().resolve(); late.reply('late'); late.replyOutOfOrder('later');
     await miniagent('waits', (ctx) => { ctx.waitFor(Promise.reject(new Error('of waits'))); }).inquire().resolve();
     await miniagent('early', async (ctx) => { ctx.finishEarly(); throw new Error('of early'); }).inquire().resolve();`,
    4,
  ],
  'errors thrown in timers and promises of an agent that has ended or was cancelled': [
    `const gate = new Subject(); const agent = miniagent('agent', async () => { await new Promise((r) => gate.subscribe({ complete: r })); throw new Error('of agent'); });
     const replies = agent.inquire(); await 0; setTimeout(() => { replies.cancel(); gate.complete(); });`,
    0,
  ],
  'promises that are sent where nobody takes them any more, and then are rejected': [
    `const rejects = () => new Promise((_, reject) => setTimeout(() => reject(new Error('of nobody')), 5));
     let gone; const replies = miniagent('gone', (ctx) => { gone = ctx; return NEVER; }).inquire(); await turn(); replies.cancel();
     gone.reply(rejects()); gone.reply(['a', [rejects()]]);
     let late; await miniagent('late', (ctx) => { late = ctx; }).inquire().resolve(); late.reply(rejects());
     const echo = miniagent('echo', (ctx) => ctx.messages);
     echo.inquire(rejects(), { signal: AbortSignal.abort() }); echo.inquire(rejects(), { startSoon: false });
     const cut = MessageSequence.from(NEVER); cut.cancel();
     await new Promise((resolve) => setTimeout(resolve, 20));`,
    1,
  ],
  'an error that is read late': [
    `const replies = failing('one').inquire(); await turn(); await turn(); await replies.resolve().catch(() => {});`,
    1,
  ],
  'handlers that throw': [
    `const fails = () => { throw new Error('from the handler'); };
     const one = new MiniAgents({ onUnhandledError: fails, onPersistMessages: fails });
     let late;
     await one.run(() => { failing('one').inquire(); miniagent('agent', (ctx) => { late = ctx; return 'x'; }).inquire(); }).catch(() => {});
     late.reply('late');`,
    NaN,
  ],
  'iterators that answer nonsense': [
    `const nonsense = { [Symbol.asyncIterator]: () => ({ next: async () => undefined }) };
     const replies = miniagent('agent', () => nonsense).inquire(); replies.resolve(); await turn(); replies.cancel();`,
    1,
  ],
};

/** Runs all of them, one after the other, in a process that ends as any other does: by itself, or by an error nobody handled. */
const script = `
  const { miniagent, MiniAgents, Message, MessageSequence } = require('miniagents');
  const { of, NEVER, Subject, throwError } = require('rxjs');
  const failing = (name) => miniagent(name, () => { throw new Error('of ' + name); });
  const turn = () => new Promise((resolve) => setTimeout(resolve));
  let printed = 0;
  console.error = (text) => { if (/^Nobody consumed this error/.test(text)) printed++; };
  const programs = {
    ${Object.entries(programs)
      .map(([name, [code]]) => `${JSON.stringify(name)}: async () => { ${code} },`)
      .join('\n')}
  };
  (async () => {
    for (const [name, program] of Object.entries(programs)) {
      printed = 0;
      await program();
      for (let turns = 0; turns < 5; turns++) await turn();
      console.log(JSON.stringify([name, printed]));
    }
  })();`;

describe('bad input: dropped promises with errors never end the process', () => {
  let code: unknown;
  let stderr: string;
  const lines = new Map<string, number>();

  before(async () => {
    const run = promisify(execFile)(process.execPath, [...fromSource, '-e', script], { cwd: root });
    const outcome = await run.then(
      (output) => ({ code: 0, ...output }),
      (error: Error & { code: number; stdout: string; stderr: string }) => error,
    );
    ({ code, stderr } = outcome);
    for (const line of outcome.stdout.trim().split('\n')) lines.set(...(JSON.parse(line) as [string, number]));
  });

  for (const [name, [, printed]] of Object.entries(programs)) {
    it(name, () => {
      expect(lines.has(name), `the process came to its end: ${stderr}`).to.be.true;
      if (!Number.isNaN(printed)) expect(lines.get(name)).to.equal(printed);
    });
  }

  it('the process ends as if nothing had happened', () => {
    expect(stderr).to.equal('');
    expect(code).to.equal(0);
  });
});
