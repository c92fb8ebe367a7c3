import { expect } from 'chai';
import { MiniAgentsError } from '../../lib/errors/mini-agents-error.js';
import { IncompleteReplyError } from '../../lib/llm/incomplete-reply-error.js';

describe('IncompleteReplyError', () => {
  it('says who broke off, how far it was, and why', () => {
    const cause = new TypeError('terminated');
    const error = new IncompleteReplyError('openai', 'model-1', 'so far', cause);
    expect(error).to.be.instanceOf(IncompleteReplyError).and.instanceOf(MiniAgentsError).and.instanceOf(Error);
    const { name, provider, model, text, message } = error;
    expect({ name, provider, model, text }).to.deep.equal({
      name: 'IncompleteReplyError',
      provider: 'openai',
      model: 'model-1',
      text: 'so far',
    });
    expect(message).to.equal('the reply of model-1 (openai) broke off after 6 characters: TypeError: terminated');
    expect(error.cause).to.equal(cause);
  });

  it('has no cause where the stream just ended', () => {
    const error = new IncompleteReplyError('openai', 'model-1', '');
    expect(error.message).to.include('the stream ended without its end marker');
    expect(error).to.not.have.property('cause');
  });
});
