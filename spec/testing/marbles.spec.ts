import { expect } from 'chai';
import { interval } from 'rxjs';
import { InvalidArgumentError } from '../../lib/errors/invalid-argument-error.js';
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

  it('refuses what is no function, and one that is async: nothing in it would be checked', () => {
    expect(() => marbles('-a|' as never)).to.throw(InvalidArgumentError, 'a function');
    expect(() => marbles(async () => {})).to.throw(InvalidArgumentError, 'not async');
  });
});
