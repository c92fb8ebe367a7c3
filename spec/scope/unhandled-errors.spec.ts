import { expect } from 'chai';
import { CancelledError } from '../../lib/errors/cancelled-error.js';
import { UnhandledErrors } from '../../lib/scope/unhandled-errors.js';
import { marbles } from '../../lib/testing/marbles.js';

describe('UnhandledErrors', () => {
  const where = { path: 'leaf <- top' };

  /** Unhandled errors, and what was reported of them. */
  function errors(endless = false) {
    const reported: [unknown, string][] = [];
    const unhandled = new UnhandledErrors((error, path) => reported.push([error, path]), endless);
    return { unhandled, reported };
  }

  it('reports what nobody consumed, with the path, when it is closed', () => {
    const { unhandled, reported } = errors();
    const error = new Error('boom');
    unhandled.watch(error, where);
    expect(reported).to.deep.equal([]);
    unhandled.close();
    expect(reported).to.deep.equal([[error, 'leaf <- top']]);
  });

  it('does not report what was consumed', () => {
    const { unhandled, reported } = errors();
    const error = new Error('boom');
    expect(unhandled.watch(error, where).consume()).to.equal(error);
    unhandled.close();
    expect(reported).to.deep.equal([]);
  });

  it('reports each error object once, however many failures it is, but in each session', () => {
    const [one, other] = [errors(), errors()];
    const error = new Error('boom');
    for (const { unhandled } of [one, one, other]) unhandled.watch(error, where);
    one.unhandled.close();
    other.unhandled.close();
    expect([one.reported, other.reported].map(({ length }) => length)).to.deep.equal([1, 1]);
  });

  it('reports it again where it did not come from there: what many share may fail many', () => {
    const { unhandled, reported } = errors();
    const error = new Error('boom');
    const top = { path: 'top' };
    const leaf = { path: 'leaf <- top', parent: top };
    for (const place of [leaf, leaf, top, { path: 'leaf' }]) unhandled.watch(error, place);
    unhandled.close();
    expect(reported.map(([, path]) => path)).to.deep.equal(['leaf <- top', 'leaf']);
  });

  it('reports what is no object each time', () => {
    const { unhandled, reported } = errors();
    unhandled.watch('boom', where);
    unhandled.watch('boom', where);
    unhandled.close();
    expect(reported).to.have.lengthOf(2);
  });

  it('reports no cancellation', () => {
    const { unhandled, reported } = errors();
    const error = new CancelledError('it');
    expect(unhandled.watch(error, where).error).to.equal(error);
    unhandled.close();
    expect(reported).to.deep.equal([]);
  });

  it('decides on each for itself, a macrotask after it happened, where there is no end', () => {
    marbles(({ flush }) => {
      const { unhandled, reported } = errors(true);
      unhandled.watch('boom', where);
      unhandled.watch('consumed in time', where).consume();
      expect(reported).to.deep.equal([]);
      flush();
      expect(reported).to.deep.equal([['boom', 'leaf <- top']]);
    });
  });

  it('does so, too, with what comes after the end', () => {
    marbles(({ flush }) => {
      const { unhandled, reported } = errors();
      unhandled.close();
      unhandled.watch('late', where);
      expect(reported).to.deep.equal([]);
      flush();
      expect(reported).to.deep.equal([['late', 'leaf <- top']]);
    });
  });
});
