import { expect } from 'chai';
import { asapScheduler } from 'rxjs';
import { AsapLimit } from '../../lib/testing/asap-limit.js';
import { EndlessTimeError } from '../../lib/testing/endless-time-error.js';
import { turn } from '../streams/support.js';

describe('AsapLimit', () => {
  it('lets what has no end not go on, and says so', async () => {
    const limit = new AsapLimit();
    let times = 0;
    const again = (): void => void asapScheduler.schedule(() => (times++, again()));
    limit.start();
    try {
      again();
      await turn();
      expect(() => limit.check(() => ['dialog'])).to.throw(EndlessTimeError, /within one frame.*not ended: dialog/);
    } finally {
      limit.stop();
    }
    expect(times).to.equal(50_000);
  });

  it('lets go on what ends, in each turn anew, and leaves the scheduler as it was', async () => {
    const limit = new AsapLimit();
    const { schedule } = asapScheduler;
    limit.start();
    const done: string[] = [];
    for (const what of ['one', 'other']) {
      let left = 30_000;
      const again = (): void => void asapScheduler.schedule(() => (--left > 0 ? again() : done.push(what)));
      again();
      await turn();
      limit.check(() => []);
    }
    limit.stop();
    expect(done).to.deep.equal(['one', 'other']);
    expect(asapScheduler.schedule).to.equal(schedule);
  });
});
