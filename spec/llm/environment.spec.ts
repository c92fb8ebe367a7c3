import { expect } from 'chai';
import { environment } from '../../lib/llm/environment.js';

describe('environment', () => {
  const NAME = 'MINIAGENTS_SPEC_VARIABLE';
  afterEach(() => delete process.env[NAME]);

  it('gives a variable, unless it is missing or empty', () => {
    expect(environment(NAME)).to.equal(undefined);
    process.env[NAME] = '';
    expect(environment(NAME)).to.equal(undefined);
    process.env[NAME] = 'value';
    expect(environment(NAME)).to.equal('value');
  });

  it('gives nothing where there is no process, as in browsers', () => {
    const { process } = globalThis;
    try {
      globalThis.process = undefined as never;
      expect(environment('PATH')).to.equal(undefined);
    } finally {
      globalThis.process = process;
    }
  });
});
