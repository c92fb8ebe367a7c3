import { setImmediate } from 'node:timers/promises';
import { expect } from 'chai';
import { inTurns } from '../../samples/digest/in-turns.js';

/** Long enough that a turn ends with it. */
const compute = (value: number): number => {
  const start = performance.now();
  while (performance.now() - start < 12);
  return value * 2;
};

describe('computing in turns', () => {
  it('maps all, in order', async () => {
    const { signal } = new AbortController();
    expect(await inTurns([], compute, signal)).to.deep.equal([]);
    expect(await inTurns([1, 2, 3], compute, signal)).to.deep.equal([2, 4, 6]);
  });

  it('lets others go on meanwhile', async () => {
    const { signal } = new AbortController();
    let turns = 0;
    let goesOn = true;
    const others = (async () => {
      for (; goesOn; turns++) await setImmediate();
    })();
    await inTurns([1, 2, 3, 4], compute, signal);
    goesOn = false;
    await others;
    expect(turns).to.be.greaterThan(3);
  });

  it('stops where the signal is aborted', async () => {
    const controller = new AbortController();
    const computed: number[] = [];
    const project = (value: number) => {
      computed.push(value);
      if (value === 2) controller.abort();
      return compute(value);
    };
    const stopped = await inTurns([1, 2, 3, 4], project, controller.signal).catch((error: unknown) => error);
    expect(stopped).to.be.an('error').with.property('name', 'AbortError');
    expect(computed).to.deep.equal([1, 2]);
  });
});
