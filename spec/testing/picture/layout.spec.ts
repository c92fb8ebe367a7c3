import { expect } from 'chai';
import { COLOURS, layOut } from '../../../lib/testing/picture/layout.js';
import { tell } from '../../../lib/testing/picture/tell.js';
import { runs } from './runs.js';
import { WrittenRun } from './written-run.js';

const measure = { time: 100, margin: 20, character: 1, marble: 1, tick: 1, ellipsis: '…' };

describe('layOut', () => {
  it('has everything at its time', () => {
    const { lanes, ticks } = layOut(tell(runs['not ended']?.().events ?? []), measure);
    expect(ticks.map(({ x, label }) => `${Math.round(x)} ${label}`)).to.deep.equal([
      ...['0 0 ms', '13 10 s', '27 20 s', '40 30 s', '53 40 s', '67 50 s', '80 1 min', '93 1 min 10 s'],
    ]);
    expect(
      lanes.map(({ asked, started, ended }) => [asked, started, ended].map((x) => x && Math.round(x))),
    ).to.deep.equal([
      [0, 0, 100],
      [13, 20, 100],
      [27, undefined, 100],
    ]);
  });

  it('knows which lanes are inside which', () => {
    const { lanes } = layOut(tell(runs['eight agents']?.().events ?? []), measure);
    expect(lanes.map(({ last }) => last)).to.deep.equal([8, 1, 3, 3, 5, 5, 6, 7, 8]);
  });

  it('has a colour for each agent that says something, in turn', () => {
    const run = new WrittenRun();
    const top = run.call(0, 'silent');
    for (let index = 0; index < COLOURS + 1; index++) run.say(1, run.call(0, `agent ${index}`, top), 'text');
    const { lanes } = layOut(tell(run.events), measure);
    expect(lanes.slice(1).map(({ colour }) => colour)).to.deep.equal([0, 1, 2, 3, 4, 5, 6, 7, 0]);
  });

  it('has nothing outside of the picture', () => {
    for (const record of Object.values(runs)) {
      const { lanes } = layOut(tell(record().events), measure);
      for (const { asked, ended, clusters, streams, density } of lanes) {
        const places = [asked, ended, ...clusters.map(({ x }) => x), ...streams.flatMap(({ x, to }) => [x, to])];
        for (const x of [...places, ...density.map(({ x }) => x)]) expect(x).to.be.within(0, 100.001);
      }
    }
  });
});
