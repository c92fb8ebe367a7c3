import { expect } from 'chai';
import { MiniAgentsError } from '../../lib/errors/mini-agents-error.js';
import { MarbleMismatchError } from '../../lib/testing/mismatch-error.js';

describe('MarbleMismatchError', () => {
  it('has both diagrams, and asks test runners for no difference of their own', () => {
    const error = new MarbleMismatchError('not as expected', '-a|', '--a|');
    expect(error).to.be.instanceOf(MarbleMismatchError).and.instanceOf(MiniAgentsError);
    expect(error).to.include({
      name: 'MarbleMismatchError',
      message: 'not as expected',
      expected: '-a|',
      actual: '--a|',
      showDiff: false,
    });
  });
});
