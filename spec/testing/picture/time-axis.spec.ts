import { expect } from 'chai';
import { formatTime, timeTicks } from '../../../lib/testing/picture/time-axis.js';

const labels = (from: number, to: number, most: number): string[] =>
  timeTicks(from, to, most).map(({ label }) => label);

describe('timeTicks', () => {
  it('are round, in milliseconds, seconds, minutes, hours and days', () => {
    expect(labels(0, 7, 8)).to.deep.equal(['0 ms', '1 ms', '2 ms', '3 ms', '4 ms', '5 ms', '6 ms', '7 ms']);
    expect(labels(0, 2000, 5)).to.deep.equal(['0 ms', '500 ms', '1 s', '1.5 s', '2 s']);
    expect(labels(0, 80_000, 6)).to.deep.equal(['0 ms', '15 s', '30 s', '45 s', '1 min', '1 min 15 s']);
    expect(labels(0, 3 * 3_600_000, 7)).to.include.members(['30 min', '1 h', '1 h 30 min', '3 h']);
    expect(labels(0, 10 * 86_400_000, 6)).to.deep.equal(['0 ms', '48 h', '96 h', '144 h', '192 h', '240 h']);
  });

  it('are never more than there is room for, however long it took', () => {
    for (let to = 0.001; to < 1e13; to *= 3.7)
      for (const most of [1, 2, 5, 9]) {
        const ticks = timeTicks(0, to, most);
        expect(ticks.length, `${to} in ${most}`).to.be.within(1, most + 1);
        expect(new Set(ticks.map(({ label }) => label)).size, `${to} in ${most}`).to.equal(ticks.length);
      }
  });

  it('stand at round times where the first thing happens late', () => {
    expect(timeTicks(1234, 1300, 4).map(({ at }) => at)).to.deep.equal([1240, 1260, 1280, 1300]);
  });

  it('are one where nothing takes any time', () => {
    expect(timeTicks(0, 0, 5)).to.deep.equal([{ at: 0, label: '0 ms' }]);
    expect(timeTicks(7, 7, 5)).to.deep.equal([{ at: 7, label: '7 ms' }]);
  });
});

describe('formatTime', () => {
  it('says a time as one would', () => {
    const said = [0.25, 999.94, 1000, 1234.6, 59_999, 60_000, 75_500, 3_600_000, 5_430_000, 1e9].map(formatTime);
    expect(said).to.deep.equal([
      ...[
        '0.25 ms',
        '999.9 ms',
        '1 s',
        '1.235 s',
        '59.999 s',
        '1 min',
        '1 min 15.5 s',
        '1 h',
        '1 h 30 min 30 s',
        '277 h 46 min 40 s',
      ],
    ]);
  });

  it('never says sixty of what makes one of the next', () => {
    expect([59_999.99, 119_999, 7_199_999].map(formatTime)).to.deep.equal(['1 min', '2 min', '2 h']);
  });
});
