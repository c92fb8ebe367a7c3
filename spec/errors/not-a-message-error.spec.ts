import { expect } from 'chai';
import { MiniAgentsError } from '../../lib/errors/mini-agents-error.js';
import { NotAMessageError } from '../../lib/errors/not-a-message-error.js';

describe('NotAMessageError', () => {
  it('is a TypeError and a MiniAgentsError', () => {
    const error = new NotAMessageError(42);
    expect(error).to.be.instanceOf(NotAMessageError).and.instanceOf(TypeError).and.instanceOf(MiniAgentsError);
    expect(error.name).to.equal('NotAMessageError');
  });

  it('says what may be sent and what came, and has it', () => {
    const error = new NotAMessageError(42);
    expect(error.message).to.match(/^expected a message: text, .*; got 42 \(number\)$/);
    expect(error.value).to.equal(42);
  });
});
