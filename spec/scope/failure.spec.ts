import { expect } from 'chai';
import { Failure, isFailure } from '../../lib/scope/failure.js';

describe('Failure', () => {
  const where = { path: 'leaf <- top' };

  it('is an error and where it happened', () => {
    const error = new Error('boom');
    expect(new Failure(error, where, new Set())).to.include({ error, where });
  });

  it('is unconsumed until somebody takes the error', () => {
    const unconsumed = new Set<Failure>();
    const failure = new Failure('boom', where, unconsumed);
    const other = new Failure('bang', where, unconsumed);
    unconsumed.add(failure).add(other);
    expect(failure.consume()).to.equal('boom');
    expect([...unconsumed]).to.deep.equal([other]);
  });

  it('can be taken again', () => {
    const failure = new Failure('boom', where, new Set());
    failure.consume();
    expect(failure.consume()).to.equal('boom');
  });

  it('is told from all else, and is known to another copy of the library', () => {
    expect(isFailure(new Failure('boom', where, new Set()))).to.equal(true);
    expect(isFailure({ [Symbol.for('miniagents.Failure')]: true })).to.equal(true);
    for (const other of [new Error('boom'), {}, null, undefined, 'boom', () => {}]) {
      expect(isFailure(other), String(other)).to.equal(false);
    }
  });
});
