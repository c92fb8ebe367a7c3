import { Anthropic } from '@anthropic-ai/sdk';
import { expect } from 'chai';
import { isAnthropicClient, type AnthropicClient } from '../../lib/llm/anthropic-client.js';

describe('AnthropicClient', () => {
  it('is a client of the SDK', () => {
    const client: AnthropicClient = new Anthropic({ apiKey: 'key' });
    expect(isAnthropicClient(client)).to.equal(true);
  });

  it('is nothing else', () => {
    expect([undefined, null, 'key', {}, { messages: {} }, Anthropic].filter(isAnthropicClient)).to.deep.equal([]);
  });
});
