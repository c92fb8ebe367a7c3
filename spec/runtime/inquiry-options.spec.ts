import { expect } from 'chai';
import { InvalidArgumentError } from '../../lib/errors/invalid-argument-error.js';
import { readOptions } from '../../lib/runtime/inquiry-options.js';

describe('readOptions', () => {
  it('tells the options from the agent’s own parameters', () => {
    const { signal } = new AbortController();
    const tools = [() => {}];
    const { options, params } = readOptions({ signal, startSoon: false, errorsAsMessages: true, tools, depth: 3 });
    expect(options).to.deep.equal({ signal, startSoon: false, errorsAsMessages: true });
    expect(params).to.deep.equal({ tools, depth: 3 });
  });

  it('hands parameters on as they are, in an object that nobody can change', () => {
    const tools = { list: [] };
    const { params } = readOptions({ tools });
    expect(params['tools']).to.equal(tools);
    expect(params).to.satisfy(Object.isFrozen);
    expect(tools).not.to.satisfy(Object.isFrozen);
  });

  it('leaves what was given alone', () => {
    const given = { startSoon: true, depth: 3 };
    readOptions(given);
    expect(given).to.deep.equal({ startSoon: true, depth: 3 });
  });

  it('takes options that are not given, or undefined, as open', () => {
    const open = { signal: undefined, startSoon: undefined, errorsAsMessages: undefined };
    expect(readOptions({}).options).to.deep.equal(open);
    expect(readOptions(open)).to.deep.equal({ options: open, params: {} });
  });

  it('takes the signal of another realm or a polyfill', () => {
    const signal = { aborted: false, addEventListener: () => {}, removeEventListener: () => {} };
    expect(readOptions({ signal }).options.signal).to.equal(signal);
  });

  it('refuses an option’s name for something else', () => {
    const wrong: [object, string][] = [
      [{ signal: 'SIGTERM' }, 'expected an AbortSignal as signal, which is an option of inquire'],
      [{ signal: null }, 'got null'],
      [{ signal: { aborted: false } }, 'an AbortSignal'],
      [{ startSoon: 1 }, 'expected a boolean as startSoon'],
      [{ errorsAsMessages: 'yes' }, 'expected a boolean as errorsAsMessages'],
    ];
    for (const [given, text] of wrong) {
      expect(() => readOptions(given as never), JSON.stringify(given)).to.throw(InvalidArgumentError, text);
    }
  });
});
