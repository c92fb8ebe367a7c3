import { expect } from 'chai';
import { CancelledError } from '../../lib/errors/cancelled-error.js';
import { MiniAgentsError } from '../../lib/errors/mini-agents-error.js';

describe('CancelledError', () => {
  it('is a MiniAgentsError with a name of its own', () => {
    const error = new CancelledError('the message');
    expect(error).to.be.instanceOf(CancelledError).and.instanceOf(MiniAgentsError).and.instanceOf(Error);
    expect(error.name).to.equal('CancelledError');
  });

  it('says what was cancelled', () => {
    expect(new CancelledError('the message').message).to.equal('the message was cancelled');
  });

  it('says why, where the reason is text or an error', () => {
    expect(new CancelledError('agent a', 'too slow').message).to.equal('agent a was cancelled: too slow');
    expect(new CancelledError('agent a', new Error('late')).message).to.equal('agent a was cancelled: late');
  });

  it('says no more, where the reason is something else', () => {
    for (const reason of [undefined, null, '', 42, { why: 'so' }, new Error('')]) {
      expect(new CancelledError('agent a', reason).message).to.equal('agent a was cancelled');
    }
  });

  it('has the reason, whatever it is, as its cause', () => {
    for (const reason of [undefined, 'too slow', 42, { why: 'so' }, new Error('late')]) {
      expect(new CancelledError('agent a', reason).cause).to.equal(reason);
    }
  });
});
