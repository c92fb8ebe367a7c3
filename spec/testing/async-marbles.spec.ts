import { expect } from 'chai';
import { install } from '@sinonjs/fake-timers';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  asapScheduler,
  defer,
  ignoreElements,
  map,
  observeOn,
  of,
  repeat,
  retry,
  throwError,
  timeout,
  timer,
} from 'rxjs';
import { CancelledError } from '../../lib/errors/cancelled-error.js';
import { InvalidArgumentError } from '../../lib/errors/invalid-argument-error.js';
import { LifecycleError } from '../../lib/errors/lifecycle-error.js';
import { Message } from '../../lib/messages/message.js';
import { miniagent } from '../../lib/runtime/miniagent.js';
import '../../lib/streams/message-stream.js';
import { asyncMarbles } from '../../lib/testing/async-marbles.js';
import { EndlessTimeError } from '../../lib/testing/endless-time-error.js';
import { MarbleMismatchError } from '../../lib/testing/mismatch-error.js';
import { RealInputOutputError } from '../../lib/testing/real-input-output-error.js';
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

  it('throws what the function throws, also where an agent goes on for ever', async () => {
    const ticks = miniagent('ticks', () => timer(0, 10).pipe(map(String)));
    const failing = asyncMarbles(
      async () => {
        ticks.inquire();
        throw new RangeError('boom');
      },
      { frames: 1000 },
    );
    expect(await rejection(failing)).to.include({ message: 'boom' });
  });

  it('says who it waits for, where it waits for ever', async () => {
    const stuck = miniagent('stuck', async () => new Promise<string>(() => {}));
    const error = await rejection(asyncMarbles(() => stuck.inquire().text()));
    expect(error)
      .to.be.instanceOf(EndlessTimeError)
      .and.deep.include({ unfinished: ['stuck'] });
  });

  it('says which real input or output was begun, and who waits for it, at once', async () => {
    const reads = miniagent('reads', async () => String(await readFile('package.json')));
    const slow = miniagent('slow', () => reads.inquire().tokens$.pipe(timeout(30_000)));
    const error = await rejection(asyncMarbles(() => slow.inquire().text()));
    expect(error).to.be.instanceOf(RealInputOutputError);
    expect(error).to.have.property('unfinished').deep.equal(['slow', 'reads']);
    expect(String(error)).to.match(/a file \(FSREQPROMISE\); not ended: slow, reads/);
  });

  it('does not blame what was begun before, or is begun by others meanwhile', async () => {
    const server = createServer((_, response) => response.end('a')).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const before = fetch(`http://127.0.0.1:${port}`).then((response) => response.text());
    let begin = (): void => {};
    const meanwhile = new Promise<void>((resolve) => (begin = resolve)).then(() => readFile('package.json'));
    await asyncMarbles(async () => {
      begin();
      await sleep(5000);
    });
    expect(await before).to.equal('a');
    expect(await meanwhile).not.to.have.length(0);
    server.close();
  });

  it('says who goes on for ever: in no time, or in time', async () => {
    const spins = miniagent('spins', () => of('a').pipe(observeOn(asapScheduler), repeat(), ignoreElements()));
    const ticks = miniagent('ticks', () => timer(0, 10).pipe(map(String)));
    for (const [agent, why] of [
      [spins, /50000 actions within one frame.*not ended: spins/],
      [ticks, /after 1000 frames.*not ended: ticks/],
    ] as const) {
      const error = await rejection(asyncMarbles(() => agent.inquire().text(), { frames: 1000 }));
      expect(error).to.be.instanceOf(EndlessTimeError);
      expect(String(error)).to.match(why);
    }
  });

  it('cancels those who are stuck, so that they are not left behind', async () => {
    const stuck = miniagent('stuck', async () => new Promise<string>(() => {}));
    let replies = stuck.inquire();
    await rejection(asyncMarbles(() => (replies = stuck.inquire()).text()));
    expect(await rejection(replies.resolve())).to.be.instanceOf(CancelledError);
  });

  it('says so where the fake timers of a test runner are in place', async () => {
    const clock = install({ toFake: ['setTimeout', 'Date'] });
    try {
      expect(await rejection(asyncMarbles(() => {})))
        .to.be.instanceOf(LifecycleError)
        .and.have.property('message')
        .match(/fake timers are in the place.*jest.useRealTimers/);
    } finally {
      clock.uninstall();
    }
  });

  it('refuses what is no function, and a second one at the same time', async () => {
    expect(await rejection(asyncMarbles('-a|' as never))).to.be.instanceOf(InvalidArgumentError);
    const first = asyncMarbles(() => sleep(5));
    expect(await rejection(asyncMarbles(() => {}))).to.be.instanceOf(LifecycleError);
    await first;
  });
});
