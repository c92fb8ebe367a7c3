import { expect } from 'chai';
import { asapScheduler, asyncScheduler, delay, interval, map, of, take, timer } from 'rxjs';
import { miniagent } from '../../lib/runtime/miniagent.js';
import { EndlessTimeError } from '../../lib/testing/endless-time-error.js';
import { VirtualTime } from '../../lib/testing/virtual-time.js';

describe('VirtualTime', () => {
  const play = (work: (time: VirtualTime) => void, limit = 1000) => new VirtualTime(limit).play(work);

  it('lets time pass frame by frame, in no time', () => {
    const frames: number[] = [];
    play((time) => {
      timer(5).subscribe(() => frames.push(time.frame));
      of('a')
        .pipe(delay(700))
        .subscribe(() => frames.push(time.frame));
      asapScheduler.schedule(() => frames.push(time.frame));
    });
    expect(frames).to.deep.equal([0, 5, 700]);
  });

  it('lets much happen, frame after frame', () => {
    let ticks = 0;
    play(
      () =>
        void interval(1)
          .pipe(take(300_000))
          .subscribe(() => ticks++),
      400_000,
    );
    expect(ticks).to.equal(300_000);
  });

  it('gives what was returned, and throws what was thrown when time has passed', () => {
    expect(new VirtualTime(10).play(() => 'result')).to.equal('result');
    const done: string[] = [];
    const failing = () =>
      play(() => {
        asapScheduler.schedule(() => done.push('asap'));
        throw new RangeError('boom');
      });
    expect(failing).to.throw(RangeError, 'boom');
    expect(done).to.deep.equal(['asap']);
  });

  it('throws what was thrown also where time does not end then', () => {
    const failing = () =>
      play(() => {
        interval(10).subscribe();
        throw new RangeError('boom');
      });
    expect(failing).to.throw(RangeError, 'boom');
  });

  it('leaves asapScheduler alive, whatever is thrown in there', async () => {
    const failing = () =>
      play(() => {
        asapScheduler.schedule(() => {
          throw new RangeError('in a task');
        });
      });
    expect(failing).to.throw(RangeError, 'in a task');
    await new Promise<void>((resolve) => void asapScheduler.schedule(() => resolve()));
  });

  it('lets what is pending in real time wait, and be run in real time', async () => {
    const done: string[] = [];
    const real = new Promise<void>((resolve) => void asapScheduler.schedule(() => (done.push('real'), resolve())));
    play(() => void asapScheduler.schedule(() => done.push('virtual')));
    expect(done).to.deep.equal(['virtual']);
    await real;
    expect(done).to.deep.equal(['virtual', 'real']);
  });

  it('bears a task that calls off a timer that is due in the same frame', () => {
    const done: string[] = [];
    play(() => {
      const due = asyncScheduler.schedule(() => done.push('timer'), 5);
      asyncScheduler.schedule(() => {
        done.push('first');
        asapScheduler.schedule(() => due.unsubscribe());
      }, 5);
    });
    expect(done).to.include('first');
  });

  it('ends: what goes on longer is an error that names who has not ended', () => {
    const forever = miniagent('forever', () => interval(10).pipe(map(String)));
    const error = (() => {
      try {
        play(() => void forever.inquire());
      } catch (thrown) {
        return thrown;
      }
      return undefined;
    })();
    expect(error).to.be.instanceOf(EndlessTimeError).and.include({
      message: 'virtual time did not end: after 1000 frames there was still more to come; not ended: forever',
    });
  });

  it('ends, too, where time does not pass', () => {
    const again = (): void => void asapScheduler.schedule(again);
    expect(() => play(again)).to.throw(EndlessTimeError, 'in frame 0, after 250001 actions');
  });
});
