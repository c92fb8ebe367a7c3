import { expect } from 'chai';
import { marbles } from 'miniagents/testing';
import { asyncScheduler } from 'rxjs';
import { HurriedTime, TimersTime } from '../../../lib/testing/recording/replay-time.js';

describe('the time of replays', () => {
  it("is that of RxJS's timers", () => {
    marbles(() => {
      const time = new TimersTime();
      const seen: number[] = [];
      const began = time.now();
      time.wait(30, 1, () => seen.push(time.now() - began));
      time.wait(20, 2, () => seen.push(20)).unsubscribe();
      time.wait(31, 3, () => expect(seen).to.deep.equal([30]));
    });
  });

  it('has what is due at the same time in the order in which it was recorded', () => {
    const seen: number[] = [];
    marbles(() => {
      const time = new TimersTime();
      for (const place of [7, 5, 6]) time.wait(10, place, () => seen.push(place));
      time.wait(20, 1, () => seen.push(1));
    });
    expect(seen).to.deep.equal([5, 6, 7, 1]);
  });

  it('hurried, is the same order without the waiting', () => {
    const seen: string[] = [];
    marbles(() => {
      const time = new HurriedTime();
      const began = asyncScheduler.now();
      const at = (place: number) => () => seen.push(`${place} ${time.now()} ${asyncScheduler.now() - began}`);
      for (const place of [30, 10, 20]) time.wait(place * 100, place, at(place));
      time.wait(1500, 15, at(15)).unsubscribe();
      time.wait(1000, 10, () => time.wait(1700, 17, at(17)));
    });
    expect(seen).to.deep.equal(['10 0 0', '17 0 0', '20 0 0', '30 0 0']);
  });

  it('hurried, waits for what was asked before, a while', () => {
    const seen: string[] = [];
    marbles(() => {
      let asked = false;
      const time = new HurriedTime((place) => place > 5 && !asked);
      const began = asyncScheduler.now();
      const at = (place: number) => () => seen.push(`${place} ${asyncScheduler.now() - began}`);
      for (const place of [4, 6]) time.wait(0, place, at(place));
      asyncScheduler.schedule(() => (asked = true), 100);
      asyncScheduler.schedule(() => {
        asked = false;
        for (const place of [8, 9]) time.wait(0, place, at(place));
      }, 200);
    });
    expect(seen).to.deep.equal(['4 0', '6 100', '8 1200', '9 1200']);
  });
});
