import { expect } from 'chai';
import { CancelledError } from '../../lib/errors/cancelled-error.js';
import { describeError } from '../../lib/errors/describe-error.js';

describe('describeError', () => {
  it('is the name and the message', () => {
    expect(describeError(new RangeError('boom'))).to.equal('RangeError: boom');
    expect(describeError(new Error('boom'))).to.equal('Error: boom');
    expect(describeError(new CancelledError('it'))).to.equal('CancelledError: it was cancelled');
  });

  it('goes by the class, where the error has no name of its own', () => {
    class OutOfPaper extends Error {}
    expect(describeError(new OutOfPaper('boom'))).to.equal('OutOfPaper: boom');
    const named = Object.assign(new OutOfPaper('boom'), { name: 'PaperError' });
    expect(describeError(named)).to.equal('PaperError: boom');
  });

  it('takes what is thrown and no error', () => {
    expect(describeError('boom')).to.equal('Error: boom');
    expect(describeError(undefined)).to.equal('Error: undefined');
    expect(describeError(Symbol('boom'))).to.equal('Error: Symbol(boom)');
  });

  it('takes whatever was thrown, also what has no text', () => {
    for (const thrown of [Object.create(null), { toString: undefined, valueOf: undefined }]) {
      expect(describeError(thrown)).to.match(/^Error: ./);
    }
    const classless = Object.defineProperty(new Error('boom'), 'constructor', { value: undefined });
    expect(describeError(classless)).to.match(/^Error: ./);
  });
});
