import { expect } from 'chai';
import { InvalidMessageError } from '../../lib/errors/invalid-message-error.js';
import { MiniAgentsError } from '../../lib/errors/mini-agents-error.js';

describe('InvalidMessageError', () => {
  const error = new InvalidMessageError('data.list[0].wrong', 'expected text; got 42 (number)');

  it('is a TypeError and a MiniAgentsError', () => {
    expect(error).to.be.instanceOf(InvalidMessageError).and.instanceOf(TypeError).and.instanceOf(MiniAgentsError);
    expect(error.name).to.equal('InvalidMessageError');
  });

  it('names the field, in its text and as its path', () => {
    expect(error.message).to.equal('message field data.list[0].wrong: expected text; got 42 (number)');
    expect(error.path).to.equal('data.list[0].wrong');
  });
});
