import { expect } from 'chai';
import { InvalidArgumentError } from '../../lib/errors/invalid-argument-error.js';
import { expectOption } from '../../lib/llm/expect-option.js';

describe('expectOption', () => {
  it('says what was expected and what came, unless that fits', () => {
    expectOption('nothing', 1, true);
    expect(() => expectOption('nothing', 1, false)).to.throw(InvalidArgumentError, 'expected nothing; got 1 (number)');
  });
});
