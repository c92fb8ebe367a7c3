import { install } from '@sinonjs/fake-timers';
import { expect } from 'chai';
import { AsyncTime } from '../../lib/testing/async-time.js';
import type { FakeClock } from '../../lib/testing/async-time.js';
import { EndlessTimeError } from '../../lib/testing/endless-time-error.js';
import { rejection } from '../streams/support.js';

describe('AsyncTime', () => {
  const { setImmediate } = globalThis;
  const turn = () => new Promise<void>((resolve) => void setImmediate(resolve));
  let clock: ReturnType<typeof install>;
  let time: AsyncTime;

  beforeEach(() => {
    clock = install({ now: 0, toFake: ['setTimeout', 'clearTimeout'] });
    time = new AsyncTime(clock as unknown as FakeClock, turn, 1000);
  });

  afterEach(() => {
    clock.uninstall();
  });

  const wait = (ms: number) => new Promise<void>((resolve) => void setTimeout(resolve, ms));

  it('lets all promises settle that can before time goes on', async () => {
    const log: string[] = [];
    const deep = async () => {
      for (let i = 0; i < 100; i++) await undefined;
      log.push(`promise at ${time.frame}`);
    };
    time.schedule(() => void deep(), 5);
    time.schedule(() => log.push(`timer at ${time.frame}`), 6);
    await time.passUntil(wait(10));
    expect(log).to.deep.equal(['promise at 5', 'timer at 6']);
    expect(time.frame).to.equal(10);
  });

  it('does what is scheduled for now in this frame, and what is called off never', async () => {
    const log: string[] = [];
    time.schedule(() => {
      log.push('one');
      time.schedule(() => log.push(`other at ${time.frame}`), 0);
    }, 0);
    time.schedule(() => log.push('never'), 0).unsubscribe();
    time.schedule(() => log.push('never'), 5).unsubscribe();
    await time.passUntil(wait(1));
    expect(log).to.deep.equal(['one', 'other at 0']);
  });

  it('lets all time pass for whoever waits for that', async () => {
    const log: string[] = [];
    time.schedule(() => log.push(`timer at ${time.frame}`), 700);
    const work = async () => {
      await time.idle();
      log.push(`idle at ${time.frame}`);
      await wait(5);
      await time.idle();
      log.push(`idle at ${time.frame}`);
    };
    await time.passUntil(work());
    expect(log).to.deep.equal(['timer at 700', 'idle at 700', 'idle at 705']);
  });

  it('passes to the end also where the promise rejects', async () => {
    const log: string[] = [];
    time.schedule(() => log.push('timer'), 5);
    const failed = Promise.reject(new RangeError('boom'));
    await time.passUntil(failed);
    expect(await rejection(failed)).to.include({ message: 'boom' });
    expect(log).to.deep.equal(['timer']);
  });

  it('throws what the promise rejected with, also where time does not end then', async () => {
    const again = (): void => void time.schedule(again, 100);
    again();
    const failed = Promise.reject(new RangeError('boom'));
    expect(await rejection(time.passUntil(failed))).to.include({ message: 'boom' });
  });

  it('does not wait for ever: neither for time that does not end, nor for what is not in it', async () => {
    const again = (): void => void time.schedule(again, 100);
    again();
    expect(await rejection(time.passUntil(wait(1))))
      .to.be.instanceOf(EndlessTimeError)
      .and.include({
        message: 'virtual time did not end: after 1000 frames there was still more to come',
      });
    clock.reset();
    const endless = new AsyncTime(clock as unknown as FakeClock, async () => {}, Infinity);
    again();
    expect(await rejection(endless.passUntil(wait(1e9)))).to.include({
      message: 'virtual time did not end: after 100000 timers there was still more to come',
    });
    clock.reset();
    expect(await rejection(time.passUntil(new Promise(() => {}))))
      .to.be.instanceOf(EndlessTimeError)
      .and.include({
        message:
          'virtual time did not end: it waits for something that is not in virtual time, since nothing is due after frame 0',
      });
  });
});
