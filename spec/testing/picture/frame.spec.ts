import { expect } from 'chai';
import { nameIn, namesOf, tree } from '../../../lib/testing/picture/frame.js';
import { layOut } from '../../../lib/testing/picture/layout.js';
import { tell } from '../../../lib/testing/picture/tell.js';
import type { RecordedEvent } from 'miniagents/testing';
import { runs } from './runs.js';
import { WrittenRun } from './written-run.js';

const measure = { time: 100, margin: 20, character: 1, marble: 1, tick: 1, ellipsis: '…' };
const lanesOf = (events: readonly RecordedEvent[]) => layOut(tell(events), measure).lanes;
const drawn = (title: string) => lanesOf(runs[title]?.().events ?? []);

describe('the column of names', () => {
  it('has room for names that are not too long, however they are nested', () => {
    for (const title of ['eight agents', 'through ten agents', 'one hundred agents']) {
      const lanes = drawn(title);
      const names = namesOf(lanes, 1000);
      expect(lanes.map((lane) => nameIn(lane, names))).to.deep.equal(lanes.map(({ lane }) => lane.agent));
    }
  });

  it('leaves room for the rest, and cuts what is longer', () => {
    const lanes = drawn('long names');
    const names = namesOf(lanes, 1000);
    expect(names.width).to.be.at.most(320);
    expect(nameIn(lanes[0] as (typeof lanes)[number], names)).to.match(/^an agent whose name goes.*…$/);
  });

  it('says something of each agent, however deep it is', () => {
    const run = new WrittenRun();
    let outer = run.call(0, 'level 0');
    for (let level = 1; level < 500; level++) outer = run.call(0, `level ${level}`, outer);
    const lanes = lanesOf(run.events);
    const names = namesOf(lanes, 400);
    for (const lane of lanes) {
      expect(nameIn(lane, names)).to.not.equal('');
      expect(lane.lane.depth * names.indent).to.be.below(names.width);
    }
  });
});

describe('the tree', () => {
  it('leads from each lane to those that were called in it, each stretch drawn once', () => {
    const run = new WrittenRun();
    const top = run.call(0, 'top');
    run.call(1, 'inner', run.call(1, 'first', top));
    run.call(2, 'second', top);
    const lines = tree(lanesOf(run.events), [10, 20, 30, 40], { width: 100, indent: 16 });
    expect(lines).to.equal('M4 19V20h9M20 29V30h9M4 20V40h9');
  });
});
