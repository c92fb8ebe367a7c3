import { expect } from 'chai';
import { throwAll } from '../../lib/testing/throw-all.js';

describe('throwAll', () => {
  it('throws nothing, the one error, or one with all of them', () => {
    const [one, other] = [new RangeError('one'), new Error('other')];
    throwAll([]);
    expect(() => throwAll([one])).to.throw(one);
    expect(() => throwAll([one, other])).to.throw(AggregateError, 'one\nother');
  });
});
