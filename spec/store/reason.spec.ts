import { expect } from 'chai';
import { reasonOf } from '../../lib/store/reason.js';

describe('reasonOf', () => {
  it('is what an error says', () => {
    expect(reasonOf(new RangeError('boom'))).to.equal('RangeError: boom');
    expect(reasonOf('text')).to.equal('Error: text');
  });

  it('is what the first of several says, where they say nothing together', () => {
    const errors = [new Error('connect ECONNREFUSED ::1:5432'), new Error('connect ECONNREFUSED 127.0.0.1:5432')];
    expect(reasonOf(new AggregateError(errors))).to.equal('Error: connect ECONNREFUSED ::1:5432');
    expect(reasonOf(new AggregateError(errors, 'both'))).to.equal('AggregateError: both');
    expect(reasonOf(new AggregateError([]))).to.match(/undefined/);
  });
});
