import { expect } from 'chai';
import { miniagent } from 'miniagents';
import type { MiniAgent } from 'miniagents';
import { asyncMarbles, scriptedAgent } from 'miniagents/testing';
import { defer, lastValueFrom, reduce, retry, timeout, timer } from 'rxjs';
import { rejection } from '../laws/support.js';

describe('ten minutes of agents, in no time', () => {
  const sleep = (ms: number) => new Promise<void>((resolve) => void setTimeout(resolve, ms));
  const busy = new Error('429');

  /** Twenty seconds: a model that is busy twice, falls silent once, and then replies; each time the wait is twice as long. */
  const step = (number: number, pause: number): MiniAgent => {
    const script = [busy, busy, { tokens: [500, 'a', Infinity] }, { tokens: [500, 'a', 500, 'b'] }];
    const model = scriptedAgent(script, { name: `model ${number}` });
    return miniagent(`step ${number}`, async function* (ctx) {
      const question = await ctx.messages.text();
      await sleep(pause);
      yield await lastValueFrom(
        defer(() => model.inquire(question).tokens$).pipe(
          timeout({ each: 3000 }),
          reduce((text, token) => text + token, `${question} > `),
          retry({ delay: (_, count) => timer(1000 * 2 ** count) }),
        ),
      );
    });
  };

  /** A pipeline, each agent asking the one before it. */
  const pipeline = (agents: number, pauseOf = (_: number) => 1500) =>
    Array.from({ length: agents }, (_, index) => step(index + 1, pauseOf(index + 1))).reduce(
      (replies, agent) => agent.inquire(replies),
      miniagent('first', () => 'go').inquire(),
    );

  const run = (pauseOf?: (number: number) => number) =>
    asyncMarbles(async ({ expectTokens }) => {
      expectTokens(pipeline(30, pauseOf)).toBe('600s (t|)', { t: `go${' > ab'.repeat(30)}` });
    });

  it('thirty agents that retry, back off and time out end in the frame that they should', () => run());

  it('no real timer is used', async () => {
    const { setTimeout: timeoutBefore, setInterval: intervalBefore } = globalThis;
    const used = (() => expect.fail('a real timer was used')) as never;
    Object.assign(globalThis, { setTimeout: used, setInterval: used });
    try {
      await run();
    } finally {
      Object.assign(globalThis, { setTimeout: timeoutBefore, setInterval: intervalBefore });
    }
  });

  it('it is not as expected where one pause of one agent is a frame longer', async () => {
    const error = await rejection(run((number) => (number === 17 ? 1501 : 1500)));
    expect(error).to.have.property('name', 'MarbleMismatchError');
    expect(error).to.include({ expected: 'expected   600000ms (t|)', actual: 'actual     600000ms -   (t|)' });
  });

  it('the diagram is the same in a thousand runs', async () => {
    const happens = () =>
      asyncMarbles(async ({ flush }) => {
        const seen: string[] = [];
        pipeline(2).tokens$.subscribe((token) => seen.push(`${Date.now()} ${token}`));
        await flush();
        return seen;
      });
    const first = await happens();
    expect(first).to.deep.equal(['40000 go > ab > ab']);
    for (let count = 1; count < 1000; count++) expect(await happens()).to.deep.equal(first);
  });
});
