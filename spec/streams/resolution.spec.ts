import { expect } from 'chai';
import type { Failure } from '../../lib/scope/failure.js';
import { WAITING } from '../../lib/streams/reader.js';
import { Resolution } from '../../lib/streams/resolution.js';
import { rejection, TestScope, turn } from './support.js';

describe('Resolution', () => {
  /** A resolution, and what settles it. */
  function resolution() {
    const state = { whole: WAITING as string | Failure | typeof WAITING, closed: false };
    let run = () => {};
    const promise = Resolution.of<string>((task) => {
      run = () => task.run();
      return { read: () => state.whole, close: () => void (state.closed = true) };
    });
    const settle = (whole: string | Failure) => {
      state.whole = whole;
      run();
    };
    return { promise, settle, state };
  }

  /** What the process was told of promises that nobody awaits. */
  async function unhandledRejections(work: () => unknown): Promise<unknown[]> {
    const told: unknown[] = [];
    const listener = (error: unknown) => told.push(error);
    const listeners = process.rawListeners('unhandledRejection') as (() => void)[];
    process.removeAllListeners('unhandledRejection').on('unhandledRejection', listener);
    try {
      await work();
      await turn();
    } finally {
      process.removeAllListeners('unhandledRejection');
      for (const other of listeners) process.on('unhandledRejection', other);
    }
    return told;
  }

  it('is a promise of the whole', async () => {
    const { promise, settle, state } = resolution();
    expect(promise).to.be.instanceOf(Promise);
    settle('whole');
    expect(await promise).to.equal('whole');
    expect(state.closed).to.equal(true);
  });

  it('is settled once, for good', async () => {
    const { promise, settle } = resolution();
    settle('whole');
    settle('another');
    expect(await promise).to.equal('whole');
  });

  it('is there at once, where the whole is', async () => {
    expect(await Resolution.of(() => ({ read: () => 'whole', close: () => {} }))).to.equal('whole');
  });

  it('rejects with the error that a reader would get', async () => {
    const { promise, settle } = resolution();
    const error = new Error('boom');
    settle(new TestScope().fail(error));
    expect(await rejection(promise)).to.equal(error);
  });

  it('consumes the error when somebody awaits it, before or after it came', async () => {
    const scope = new TestScope();
    const [before, after] = [resolution(), resolution()];
    const awaited = rejection(before.promise);
    for (const { settle } of [before, after]) settle(scope.fail('boom'));
    await Promise.all([awaited, rejection(after.promise)]);
    expect(scope.unconsumed()).to.deep.equal([]);
  });

  it('counts each way to look as awaiting', async () => {
    const scope = new TestScope();
    const ways: ((promise: Promise<unknown>) => Promise<unknown>)[] = [
      (promise) => promise.then(undefined, () => {}),
      (promise) => promise.catch(() => {}),
      (promise) => promise.finally(() => {}).catch(() => {}),
      (promise) => Promise.allSettled([promise]),
    ];
    for (const look of ways) {
      const { promise, settle } = resolution();
      settle(scope.fail('boom'));
      await look(promise);
    }
    expect(scope.unconsumed()).to.deep.equal([]);
  });

  it('does not end the process where nobody awaits it, and leaves the error unconsumed', async () => {
    const scope = new TestScope();
    const { settle } = resolution();
    expect(await unhandledRejections(() => settle(scope.fail('boom')))).to.deep.equal([]);
    expect(scope.unconsumed()).to.deep.equal(['boom']);
  });

  it('gives an ordinary promise from then on: one that nobody catches is the process’s business', async () => {
    const scope = new TestScope();
    const { promise, settle } = resolution();
    const told = await unhandledRejections(() => {
      const next = promise.then(() => {});
      expect(next).not.to.be.instanceOf(Resolution);
      settle(scope.fail('boom'));
    });
    expect(told).to.deep.equal(['boom']);
  });
});
