import { expect } from 'chai';
import { interval, map, timer } from 'rxjs';
import { InvalidArgumentError } from '../../lib/errors/invalid-argument-error.js';
import { LifecycleError } from '../../lib/errors/lifecycle-error.js';
import { miniagent } from '../../lib/runtime/miniagent.js';
import { EndlessTimeError } from '../../lib/testing/endless-time-error.js';
import { marbles } from '../../lib/testing/marbles.js';

describe('marbles', () => {
  it('runs a whole system of agents in virtual time', () => {
    marbles(({ agent, tokens, expectTokens }) => {
      const slow = agent('slow', '---s|');
      const boss = miniagent('boss', (ctx) => [ctx.inquire(slow), tokens('a-b|')]);
      expectTokens(boss.inquire()).toBe('---s(ab|)');
    });
  });

  it('gives what its function returns', () => {
    expect(marbles(() => 'result')).to.equal('result');
  });

  it('lets so much time pass, and no more', () => {
    expect(() => marbles(() => void interval(10).subscribe(), { frames: 100 })).to.throw(
      EndlessTimeError,
      '100 frames',
    );
  });

  it('throws what its function throws, also where time does not end', () => {
    const failing = () =>
      marbles(
        () => {
          interval(10).subscribe();
          throw new RangeError('boom');
        },
        { frames: 100 },
      );
    expect(failing).to.throw(RangeError, 'boom');
  });

  it('refuses to run inside another, which goes on', () => {
    marbles(({ expectObservable }) => {
      expectObservable(timer(2).pipe(map(() => 'a'))).toBe('--(a|)');
      expect(() => marbles(() => {})).to.throw(LifecycleError, 'marbles runs already');
    });
  });

  it('refuses what is no function, and one that is async: nothing in it would be checked', () => {
    expect(() => marbles('-a|' as never)).to.throw(InvalidArgumentError, 'a function');
    expect(() => marbles(async () => {})).to.throw(InvalidArgumentError, 'not async');
  });
});
