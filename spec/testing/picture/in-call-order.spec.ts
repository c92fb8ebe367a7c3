import { expect } from 'chai';
import { inCallOrder } from '../../../lib/testing/picture/in-call-order.js';
import type { Lane } from '../../../lib/testing/picture/story.js';

const lane = (run: string, parent?: Lane): Lane => ({
  ...{ run, agent: run, parent, depth: 0, askedAt: 0, end: 'open', marks: [], said: [], heard: [] },
});

describe('inCallOrder', () => {
  it('has each lane followed by those called in it, in the order of the calls', () => {
    const [one, two] = [lane('1'), lane('2')];
    const [first, second] = [lane('1.1', one), lane('1.2', one)];
    const ordered = inCallOrder([one, two, first, second, lane('2.1', two), lane('1.1.1', first)]);
    expect(ordered.map(({ run }) => run)).to.deep.equal(['1', '1.1', '1.1.1', '1.2', '2', '2.1']);
  });

  it('takes any depth', () => {
    const lanes = [lane('1')];
    for (let depth = 1; depth < 50_000; depth++) lanes.push(lane(String(depth), lanes.at(-1)));
    expect(inCallOrder(lanes)).to.have.length(50_000);
  });
});
