import { expect } from 'chai';
import { InvalidArgumentError } from '../../lib/errors/invalid-argument-error.js';
import { marbles } from '../../lib/testing/marbles.js';
import { timedTokens } from '../../lib/testing/timed-tokens.js';

describe('timedTokens', () => {
  const many = Array.from({ length: 20_000 }, () => 'a');

  for (const [given, seen, error] of [
    [{ tokens: '-a-(bc)-|' }, '-a-(bc)-|'],
    [{ tokens: 'a 10s b|' }, 'a 10s b|'],
    [{ tokens: '(ab|)' }, '(ab|)'],
    [{ tokens: '-a-' }, '-a-'],
    [{ tokens: '' }, ''],
    [{ tokens: '-a-b|', values: { a: '' } }, '-e-b|'],
    [{ tokens: '--#', error: 'boom' }, '--#', 'boom'],
    [{ tokens: '--#' }, '--#', new Error('cut off')],
    [{ tokens: ['a', 2, 'b', 1] }, 'a-b|'],
    [{ tokens: [] }, '|'],
    [{ tokens: [1, 'a', Infinity, 'b'] }, '-a'],
    [{ tokens: [1, 'a', new RangeError('cut'), 'b'] }, '-(a#)', new RangeError('cut')],
  ] as const)
    it(`${JSON.stringify(given)}: ${seen}`, () => {
      marbles(({ expectObservable }) => {
        const tokens$ = timedTokens(given);
        expectObservable(tokens$).toBe(seen, { e: '' }, error);
        expectObservable(tokens$, '--^').toBe(`  --${seen}`, { e: '' }, error);
      });
    });

  it('are as many as you like', () => {
    let count = 0;
    marbles(() => void timedTokens({ tokens: many }).subscribe(() => count++));
    expect(count).to.equal(20_000);
  });

  for (const tokens of ['-(a', 7, [-1], [NaN], [{}]])
    it(`refuses ${JSON.stringify(tokens)}`, () => {
      expect(() => timedTokens({ tokens } as never)).to.throw(InvalidArgumentError);
    });

  for (const value of [42, null, undefined, {}])
    it(`refuses ${String(value)} as what a letter stands for`, () => {
      const given = { tokens: '-a|', values: { a: value } } as never;
      expect(() => timedTokens(given)).to.throw(InvalidArgumentError, 'a token, which is text, as what `a` stands for');
    });
});
