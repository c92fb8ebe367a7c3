// In Node, what a caller's code carries along in an AsyncLocalStorage of its own (the id of a request, a span) goes where its
// inquiries go, and comes back to its readers.
import { AsyncLocalStorage } from 'node:async_hooks';
import { expect } from 'chai';
import { Message, miniagent, MiniAgents } from 'miniagents';
import type { MiniAgent } from 'miniagents';
import { defer, Subject, timer } from 'rxjs';
import { turn } from './support.js';

describe('What callers carry along', () => {
  const storage = new AsyncLocalStorage<string>();
  const carried = () => String(storage.getStore());
  const names = Array.from({ length: 20 }, (_, index) => `request ${index}`);

  /** What an agent replies that is asked by many requests in the same turn, after another has been asked outside of all. */
  function askedByAll(agent: MiniAgent): Promise<string[]> {
    void agent.inquire();
    const replies = names.map((name) => storage.run(name, () => agent.inquire()));
    return Promise.all(replies.map((each) => each.text()));
  }

  const inner = miniagent('inner', () => carried());
  const agents: Record<string, MiniAgent> = {
    'a function': miniagent('function', () => carried()),
    'an async function': miniagent('async', async () => {
      await new Promise((resolve) => setTimeout(resolve, 1));
      return carried();
    }),
    'a generator': miniagent('generator', function* () {
      yield carried();
    }),
    'an async generator': miniagent('async generator', async function* () {
      await turn();
      yield carried();
    }),
    'an Observable': miniagent('Observable', () => defer(() => [carried()])),
    'a timer in an agent': miniagent('timer', async () => {
      await new Promise((resolve) => timer(1).subscribe(resolve));
      return carried();
    }),
    'tokens of an async generator': miniagent('tokens', () =>
      Message.stream(
        (async function* () {
          await turn();
          yield carried();
        })(),
      ),
    ),
    'an agent asked by an agent': miniagent('outer', async (ctx) => {
      await turn();
      return ctx.inquire(inner);
    }),
  };

  for (const [what, agent] of Object.entries(agents)) {
    it(`goes into ${what}`, async () => {
      expect(await askedByAll(agent)).to.deep.equal(names);
    });
  }

  it('is there when an agent is asked as an operator', async () => {
    const replies = names.map((name) =>
      storage.run(
        name,
        () => new Promise((resolve) => inner('question').subscribe((reply) => resolve(reply.resolve()))),
      ),
    );
    expect((await Promise.all(replies)).map(String)).to.deep.equal(names);
  });

  it('is what readers had when they subscribed, wherever tokens and events come from', async () => {
    const tokens = new Subject<string>();
    const seen: string[][] = [];
    const see = () => void seen.at(-1)?.push(carried());
    const miniAgents = new MiniAgents();
    const agent = miniagent('agent', () => Message.stream(tokens));
    await storage.run('run', () =>
      miniAgents.run(async () => {
        const replies = agent.inquire();
        storage.run('events', () => miniAgents.events$.subscribe(see));
        storage.run('messages', () => replies.subscribe(see));
        storage.run('tokens', () => replies.tokens$.subscribe(see));
        storage.run('snapshots', () => replies.snapshots$.subscribe(see));
        storage.run('whole', () => replies.whole$.subscribe(see));
        seen.push([]);
        await turn();
        for (const token of ['a', 'b']) storage.run('source', () => (seen.push([]), tokens.next(token)));
        seen.push([]);
        storage.run('source', () => tokens.complete());
      }),
    );
    expect(seen.map((each) => [...new Set(each)].sort())).to.deep.equal([
      ['events', 'messages', 'snapshots'],
      ['snapshots', 'tokens'],
      ['snapshots', 'tokens'],
      ['events', 'snapshots', 'whole'],
    ]);
  });
});
