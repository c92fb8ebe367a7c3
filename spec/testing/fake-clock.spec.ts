import { expect } from 'chai';
import { AsyncLocalStorage } from 'node:async_hooks';
import { LifecycleError } from '../../lib/errors/lifecycle-error.js';
import { installClock } from '../../lib/testing/fake-clock.js';
import { rejection } from '../streams/support.js';

describe('installClock', () => {
  it('has timers of every kind, and what tells the time, follow one clock, and puts back what was there', async () => {
    const before = [setTimeout, setInterval, setImmediate, Date, performance.now, AbortSignal.timeout(0).constructor];
    const { clock, uninstall } = await installClock();
    const log: string[] = [];
    try {
      setTimeout(() => log.push(`timeout ${Date.now()}`), 20);
      const interval = setInterval(() => log.push(`interval ${performance.now()}`), 15);
      const signal = AbortSignal.timeout(25);
      signal.addEventListener('abort', () =>
        log.push(`signal ${(signal.reason as Error).name} ${new Date().getTime()}`),
      );
      for (let i = 0; i < 3; i++) clock.next();
      clearInterval(interval);
    } finally {
      uninstall();
    }
    expect(log).to.deep.equal(['interval 15', 'timeout 20', 'signal TimeoutError 25']);
    expect([
      setTimeout,
      setInterval,
      setImmediate,
      Date,
      performance.now,
      AbortSignal.timeout(0).constructor,
    ]).to.deep.equal(before);
  });

  it('calls back in the context in which a timer was set', async () => {
    const storage = new AsyncLocalStorage<string>();
    const { clock, uninstall } = await installClock();
    const seen: unknown[] = [];
    const see = (name: string) => seen.push([name, storage.getStore()]);
    storage.run('inside', () => {
      setImmediate(see, 'immediate');
      setTimeout(see, 10, 'timeout');
      const interval = setInterval(() => (see('interval'), clearInterval(interval)), 20);
    });
    for (let i = 0; i < 3; i++) storage.run('outside', () => clock.next());
    uninstall();
    expect(seen).to.deep.equal([
      ['immediate', 'inside'],
      ['timeout', 'inside'],
      ['interval', 'inside'],
    ]);
  });

  it('has a turn of real time, in which promises settle', async () => {
    const { turn, uninstall } = await installClock();
    let settled = false;
    void (async () => {
      for (let i = 0; i < 100; i++) await undefined;
      settled = true;
    })();
    await turn();
    uninstall();
    expect(settled).to.equal(true);
  });

  it('lets a timer that began before be called off, and says nothing of it', async () => {
    const warnings: unknown[] = [];
    const { emitWarning } = process;
    process.emitWarning = (warning) => void warnings.push(warning);
    let ran = false;
    const before = setTimeout(() => (ran = true), 1);
    const { uninstall } = await installClock();
    clearTimeout(before);
    uninstall();
    process.emitWarning = emitWarning;
    await new Promise((resolve) => setTimeout(resolve, 2));
    expect([ran, warnings]).to.deep.equal([false, []]);
  });

  it('is one at a time', async () => {
    const { uninstall } = await installClock();
    expect(await rejection(installClock())).to.be.instanceOf(LifecycleError);
    uninstall();
    (await installClock()).uninstall();
  });
});
