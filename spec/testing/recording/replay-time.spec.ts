import { expect } from 'chai';
import { marbles } from 'miniagents/testing';
import { HurriedTime, rxjsTime } from '../../../lib/testing/recording/replay-time.js';

describe('the time of replays', () => {
  it("is that of RxJS's timers", () => {
    marbles(() => {
      const seen: number[] = [];
      const began = rxjsTime.now();
      rxjsTime.schedule(() => seen.push(rxjsTime.now() - began), 30);
      rxjsTime.schedule(() => expect(seen).to.deep.equal([30]), 31);
    });
  });

  it('hurried, is the same order without the waiting', () => {
    const seen: string[] = [];
    const frames = marbles(() => {
      const time = new HurriedTime();
      const at = (ms: number) => () => seen.push(`${ms} ${time.now()}`);
      for (const ms of [3000, 1000, 2000]) time.schedule(at(ms), ms);
      time.schedule(at(1500), 1500).unsubscribe();
      time.schedule(() => time.schedule(at(1700), 700), 1000);
      return rxjsTime;
    });
    expect(frames).to.equal(rxjsTime);
    expect(seen).to.deep.equal(['1000 1000', '1700 1700', '2000 2000', '3000 3000']);
  });
});
