import { expect } from 'chai';
import { CancelledError } from 'miniagents';
import { errorFrom, recordedError } from '../../../lib/testing/recording/recorded-error.js';

describe('an error that is written down', () => {
  class OwnError extends Error {}

  it('has its name, its text and its plain facts', () => {
    const error = Object.assign(new RangeError('a: b\nc'), { status: 429, code: 'busy', headers: {}, not: NaN });
    expect(recordedError(error)).to.deep.equal({
      name: 'RangeError',
      message: 'a: b\nc',
      facts: { status: 429, code: 'busy' },
    });
    expect(recordedError(new OwnError('x'))).to.deep.equal({ name: 'OwnError', message: 'x' });
    expect(recordedError('thrown')).to.deep.equal({ name: 'Error', message: 'thrown' });
  });

  it('comes back as it looked, an instance of a built-in class', () => {
    const facts = { status: 429 };
    expect(errorFrom({ name: 'RangeError', message: 'x', facts }))
      .to.be.instanceOf(RangeError)
      .and.include({ message: 'x', status: 429 });
    expect(errorFrom({ name: 'CancelledError', message: 'x' }))
      .to.be.instanceOf(CancelledError)
      .and.include({ message: 'x' });
    expect(errorFrom({ name: 'AggregateError', message: 'x' }))
      .to.be.instanceOf(AggregateError)
      .and.deep.include({ message: 'x', errors: [] });
    for (const error of [
      new OwnError('x'),
      new TypeError('y'),
      new AggregateError([], 'a'),
      new CancelledError('z', 'why'),
    ])
      expect(recordedError(errorFrom(recordedError(error)))).to.deep.equal(recordedError(error));
  });
});
