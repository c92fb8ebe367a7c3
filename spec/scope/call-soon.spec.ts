import { expect } from 'chai';
import { asapScheduler } from 'rxjs';
import { callSoon } from '../../lib/scope/call-soon.js';
import { marbles } from '../../lib/testing/marbles.js';
import { turn } from '../laws/support.js';

describe('callSoon', () => {
  const started: string[] = [];
  const start = (name: string, then = () => {}) => callSoon({ run: () => (started.push(name), then()) });
  beforeEach(() => (started.length = 0));

  it('runs what it is given in order, and never inside the call', async () => {
    start('one');
    start('two', () => {
      start('four');
      started.push('still two');
    });
    start('three');
    expect(started).to.deep.equal([]);
    await turn();
    expect(started).to.deep.equal(['one', 'two', 'still two', 'three', 'four']);
  });

  it('lets what the first have begun go on before the last begins', async () => {
    for (let index = 0; index < 1000; index++) start(`${index}`);
    const heard: number[] = [];
    start('begins something', () => void Promise.resolve().then(() => heard.push(started.length)));
    for (let index = 0; index < 1000; index++) start(`${index}`);
    await turn();
    expect(started).to.have.length(2001);
    expect(heard[0]).to.be.within(1001, 1010);
  });

  it('runs few in the turn in which they were asked for', async () => {
    for (const name of ['one', 'two', 'three']) start(name);
    asapScheduler.schedule(() => started.push('another'));
    await turn();
    expect(started).to.deep.equal(['one', 'two', 'three', 'another']);
  });

  it('takes linear time, for however long it goes on', async () => {
    const done = new Promise<void>((resolve) => {
      let left = 200_000;
      const next = () => (--left > 0 ? callSoon({ run: next }) : resolve());
      for (let index = 0; index < 100_000; index++) callSoon({ run() {} });
      next();
    });
    await done;
  });

  it('goes on with the others where one throws', async () => {
    const listeners = process.rawListeners('unhandledRejection') as (() => void)[];
    const thrown: unknown[] = [];
    process.removeAllListeners('unhandledRejection').on('unhandledRejection', (error) => thrown.push(error));
    start('one', () => {
      throw new RangeError('boom');
    });
    start('two');
    await turn();
    process.removeAllListeners('unhandledRejection');
    for (const listener of listeners) process.on('unhandledRejection', listener);
    expect(started).to.deep.equal(['one', 'two']);
    expect(thrown.map(String)).to.deep.equal(['RangeError: boom']);
  });

  it('takes no time', () => {
    marbles(({ time, flush }) => {
      for (let index = 0; index < 100; index++) start(`${index}`);
      flush();
      expect(time('|')).to.equal(0);
    });
    expect(started).to.have.length(100);
  });

  it('has what waits in real time wait while time is virtual', async () => {
    start('real');
    marbles(({ flush }) => {
      start('virtual');
      flush();
    });
    expect(started).to.deep.equal(['virtual']);
    await turn();
    expect(started).to.deep.equal(['virtual', 'real']);
  });

  it('is not held up by what an error in virtual time left behind', async () => {
    const failing = () =>
      marbles(() => {
        start('fails', () => {
          throw new RangeError('boom');
        });
        for (let index = 0; index < 20; index++) start(`${index}`);
      });
    expect(failing).to.throw('boom');
    start('real');
    await turn();
    expect(started).to.deep.equal(['fails', 'real']);
  });
});
