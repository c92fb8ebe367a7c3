import { expect } from 'chai';
import { AzureOpenAI, OpenAI } from 'openai';
import { OpenAI as OpenAI7 } from 'openai7';
import { isOpenAIClient, type OpenAIClient } from '../../lib/llm/openai-client.js';

describe('OpenAIClient', () => {
  it('is a client of openai 6 or 7, or one for Azure', () => {
    const clients: OpenAIClient[] = [
      new OpenAI({ apiKey: 'key' }),
      new OpenAI7({ apiKey: 'key' }),
      new AzureOpenAI({ apiKey: 'key', endpoint: 'http://127.0.0.1', apiVersion: '1' }),
    ];
    expect(clients.map(isOpenAIClient)).to.deep.equal([true, true, true]);
  });

  it('is nothing else', () => {
    const others = [undefined, null, 'key', {}, { chat: {} }, { chat: { completions: {} }, responses: {} }, OpenAI];
    expect(others.filter(isOpenAIClient)).to.deep.equal([]);
  });
});
