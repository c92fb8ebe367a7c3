import { expect } from 'chai';
import { InvalidArgumentError } from '../../lib/errors/invalid-argument-error.js';
import { MiniAgentsError } from '../../lib/errors/mini-agents-error.js';

describe('InvalidArgumentError', () => {
  it('is a TypeError and a MiniAgentsError', () => {
    const error = new InvalidArgumentError('a token', 42);
    expect(error).to.be.instanceOf(InvalidArgumentError).and.instanceOf(TypeError).and.instanceOf(MiniAgentsError);
    expect(error.name).to.equal('InvalidArgumentError');
  });

  it('says what was expected and what came, and has it', () => {
    const error = new InvalidArgumentError('a token', 42);
    expect(error.message).to.equal('expected a token; got 42 (number)');
    expect(error.value).to.equal(42);
  });
});
