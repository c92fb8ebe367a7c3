import { expect } from 'chai';
import { defer, retry, throwError, timeout, timer } from 'rxjs';
import { InvalidArgumentError } from '../../lib/errors/invalid-argument-error.js';
import { LifecycleError } from '../../lib/errors/lifecycle-error.js';
import { Message } from '../../lib/messages/message.js';
import { miniagent } from '../../lib/runtime/miniagent.js';
import '../../lib/streams/message-stream.js';
import { asyncMarbles } from '../../lib/testing/async-marbles.js';
import { EndlessTimeError } from '../../lib/testing/endless-time-error.js';
import { MarbleMismatchError } from '../../lib/testing/mismatch-error.js';
import { rejection } from '../streams/support.js';

describe('asyncMarbles', () => {
  const sleep = (ms: number) => new Promise<void>((resolve) => void setTimeout(resolve, ms));

  it('places async functions, async generators and what they send on exact frames', async () => {
    await asyncMarbles(async ({ agent, expectTokens, expectMessages }) => {
      const waits = miniagent('waits', async (ctx) => {
        await sleep(100);
        return [ctx.messages, 'a'];
      });
      expectTokens(waits.inquire('q')).toBe('100ms (qa|)');
      const speaks = miniagent('speaks', async function* (ctx) {
        yield 'a';
        await sleep(3);
        yield ctx.inquire(agent('leaf', '--b|'));
        return Message.stream(tokens());
      });
      expectTokens(speaks.inquire()).toBe('a----b(xy|)');
      expectMessages(speaks.inquire()).toBe('a----b(m|)', { m: 'xy' });
    });
  });

  async function* tokens(): AsyncGenerator<string> {
    yield 'x';
    await sleep(2);
    yield 'y';
  }

  it('a retry that backs off, and a timeout', async () => {
    await asyncMarbles(async ({ expectTokens }) => {
      let tries = 0;
      const busy = miniagent('busy', () =>
        defer(async () => {
          if (++tries < 4) throw new Error('429');
          return 'a';
        }).pipe(retry({ delay: (_, count) => timer(1000 * 2 ** count) })),
      );
      expectTokens(busy.inquire()).toBe('14s (a|)');
      const slow = miniagent('slow', () =>
        timer(60_000).pipe(timeout({ each: 500, with: () => throwError(() => 'late') })),
      );
      expectTokens(slow.inquire()).toBe('500ms #', {}, 'late');
    });
  });

  it('gives what the function resolves with, and lets it wait for what agents say, and for all time', async () => {
    const patient = miniagent('patient', async () => (await sleep(50), 'a'));
    const seen = await asyncMarbles(async ({ flush }) => {
      const text = await patient.inquire().text();
      const then = Date.now();
      setTimeout(() => {}, 700);
      await flush();
      return [text, then, Date.now()];
    });
    expect(seen).to.deep.equal(['a', 50, 750]);
  });

  it('fails where one delay is another one', async () => {
    const spec = (ms: number) =>
      asyncMarbles(({ expectTokens }) =>
        expectTokens(miniagent('waits', async () => (await sleep(ms), 'a')).inquire()).toBe('100ms (a|)'),
      );
    await spec(100);
    expect(await rejection(spec(101)))
      .to.be.instanceOf(MarbleMismatchError)
      .and.include({
        expected: 'expected   100ms (a|)',
        actual: 'actual     100ms -   (a|)',
      });
  });

  it('is the same in a hundred runs: thirty agents, one after the other, over ten minutes', async () => {
    const step = miniagent('step', async (ctx) => {
      const text = await ctx.messages.text();
      await sleep(20_000);
      return text;
    });
    const run = () =>
      asyncMarbles(async ({ expectTokens }) => {
        let replies = step.inquire('a');
        for (let count = 1; count < 30; count++) replies = step.inquire(replies);
        expectTokens(replies).toBe('600s (a|)');
      });
    for (let count = 0; count < 100; count++) await run();
  });

  it('throws what the function throws, and gives real time back', async () => {
    const { setTimeout: before } = globalThis;
    const failing = asyncMarbles(async () => {
      await sleep(10);
      throw new RangeError('boom');
    });
    expect(await rejection(failing)).to.include({ message: 'boom' });
    expect(globalThis.setTimeout).to.equal(before);
  });

  it('says who it waits for, where it waits for ever', async () => {
    const stuck = miniagent('stuck', async () => new Promise<string>(() => {}));
    const error = await rejection(asyncMarbles(() => stuck.inquire().text()));
    expect(error)
      .to.be.instanceOf(EndlessTimeError)
      .and.deep.include({ unfinished: ['stuck'] });
  });

  it('refuses what is no function, and a second one at the same time', async () => {
    expect(await rejection(asyncMarbles('-a|' as never))).to.be.instanceOf(InvalidArgumentError);
    const first = asyncMarbles(() => sleep(5));
    expect(await rejection(asyncMarbles(() => {}))).to.be.instanceOf(LifecycleError);
    await first;
  });
});
