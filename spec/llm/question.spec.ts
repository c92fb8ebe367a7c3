import { expect } from 'chai';
import { InvalidArgumentError } from '../../lib/errors/invalid-argument-error.js';
import { readInquiry } from '../../lib/llm/question.js';
import { SmallClient, smallProvider } from './small-provider.js';

describe('readInquiry', () => {
  const provider = smallProvider(async () => SmallClient);
  afterEach(() => delete process.env['SMALL_MODEL']);

  it('tells options from parameters', () => {
    const client = new SmallClient();
    const given = { client, name: 'n', model: 'm', system: 's', stream: false, api: undefined, temperature: 0 };
    const inquiry = readInquiry(provider, given);
    expect(inquiry.client).to.equal(client);
    expect(inquiry.wireFormat).to.equal(provider.wireFormat(undefined));
    const question = { name: 'n', model: 'm', system: 's', stream: false, request: { temperature: 0 } };
    expect(inquiry.question).to.deep.equal(question);
  });

  it('fills in what is left out', () => {
    const { client, question } = readInquiry(provider, {});
    expect(client).to.equal(undefined);
    expect(question).to.deep.equal({ name: 'small', model: 'small-1', system: undefined, stream: true, request: {} });
    process.env['SMALL_MODEL'] = 'small-2';
    expect(readInquiry(provider, {}).question.model).to.equal('small-2');
  });

  it('an option that is undefined is that with which the agent was made; a parameter is left out', () => {
    const client = new SmallClient();
    const options = { client, name: 'n', model: 'm', system: 's', stream: false };
    const none = { client: undefined, name: undefined, model: undefined, system: undefined, stream: undefined };
    const inquiry = readInquiry(provider, { ...none, temperature: undefined }, { ...options, temperature: 0 });
    expect(inquiry.client).to.equal(client);
    expect({ client, ...inquiry.question }).to.deep.equal({ ...options, request: { temperature: undefined } });
  });

  for (const [given, message] of [
    [{ name: 1 }, 'expected a string as name; got 1 (number)'],
    [{ model: null }, 'expected a string, and not an empty one, as model; got null'],
    [{ stream: 'yes' }, 'expected true or false as stream; got "yes" (string)'],
    [{ client: {} }, 'expected a client of the package small-sdk as client; got [object Object] (Object)'],
    [{ messages: 'q' }, 'expected no messages, which is made of what the agent is sent; got "q" (string)'],
  ] as const)
    it(`refuses ${JSON.stringify(given)}`, () => {
      expect(() => readInquiry(provider, given)).to.throw(InvalidArgumentError, message);
    });
});
