import { expect } from 'chai';
import { InvalidArgumentError } from '../../lib/errors/invalid-argument-error.js';
import { expectNoClientOptions, expectOption } from '../../lib/llm/expect-option.js';

describe('expectOption', () => {
  it('says what was expected and what came, unless that fits', () => {
    expectOption('nothing', 1, true);
    expect(() => expectOption('nothing', 1, false)).to.throw(InvalidArgumentError, 'expected nothing; got 1 (number)');
  });
});

describe('expectNoClientOptions', () => {
  it('refuses what is the client’s, and does not say what it was', () => {
    expectNoClientOptions({ temperature: 0, apiKey: undefined });
    expect(() => expectNoClientOptions({ apiKey: 'secret' }))
      .to.throw(InvalidArgumentError, 'expected no apiKey, which is an option of the SDK')
      .and.satisfy((error: InvalidArgumentError) => !`${error.message} ${String(error.value)}`.includes('secret'));
  });
});
