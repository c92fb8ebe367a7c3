import { Anthropic } from '@anthropic-ai/sdk';
import { expect } from 'chai';
import { AzureOpenAI, OpenAI } from 'openai';
import { OpenAI as OpenAI7 } from 'openai7';
import { apiErrorOf, ProviderFailure, providerError } from '../../lib/llm/provider-failure.js';

describe('providerError', () => {
  const headers = new Headers({ 'x-request-id': 'request-1', 'request-id': 'request-1' });
  const azure = { apiKey: 'key', endpoint: 'http://127.0.0.1', apiVersion: '1' };

  for (const [title, client, SDK] of [
    ['openai 6', new OpenAI({ apiKey: 'key' }), OpenAI],
    ['openai 7', new OpenAI7({ apiKey: 'key' }), OpenAI7],
    ['a client derived of it', new AzureOpenAI(azure), OpenAI],
  ] as const)
    it(`is the APIError of ${title}`, () => {
      const failure = new ProviderFailure({ message: 'overloaded', type: 'server_error', code: 'busy' });
      const error = providerError(client, failure, headers);
      expect(error).to.be.instanceOf(SDK.APIError);
      expect(error).to.include({ message: 'overloaded', type: 'server_error', code: 'busy', requestID: 'request-1' });
    });

  it('is the APIError of anthropic', () => {
    const failure = new ProviderFailure({ type: 'error', error: { type: 'overloaded_error', message: 'overloaded' } });
    const error = providerError(new Anthropic({ apiKey: 'key' }), failure, headers);
    expect(error).to.be.instanceOf(Anthropic.APIError);
    expect(error).to.include({ type: 'overloaded_error', apiMessage: 'overloaded', requestID: 'request-1' });
  });

  it('is the failure itself where the client is of no SDK', () => {
    const failure = new ProviderFailure({ message: 'overloaded' });
    expect(providerError({}, failure, headers)).to.equal(failure);
    expect(failure.message).to.equal('{"message":"overloaded"}');
    expect(apiErrorOf(Object)).to.equal(undefined);
  });
});
