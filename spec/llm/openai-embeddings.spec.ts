import { expect } from 'chai';
import { OpenAI } from 'openai';
import { OpenAI as OpenAI7 } from 'openai7';
import { isOpenAIEmbeddingsClient, requestVectors } from '../../lib/llm/openai-embeddings.js';
import { Reply } from '../../lib/llm/reply.js';

describe('openai-embeddings', () => {
  it('a client is one that makes embeddings', () => {
    const clients = [new OpenAI({ apiKey: 'key' }), new OpenAI7({ apiKey: 'key' })];
    expect(clients.map(isOpenAIEmbeddingsClient)).to.deep.equal([true, true]);
    const others = [undefined, null, 'key', {}, { embeddings: {} }, OpenAI];
    expect(others.filter(isOpenAIEmbeddingsClient)).to.deep.equal([]);
  });

  it('sends the signal along, and tells the count', async () => {
    const { signal } = new AbortController();
    const reply = new Reply();
    const asked: unknown[] = [];
    const answer = { data: [{ embedding: [1] }], usage: { prompt_tokens: 3 } };
    const create = (...given: unknown[]) => {
      asked.push(...given);
      return { asResponse: async () => new Response(JSON.stringify(answer)) };
    };
    const vectors = await requestVectors({ embeddings: { create } }, { model: 'm' }, ['one'], reply, signal);
    expect(vectors).to.deep.equal([[1]]);
    expect(asked).to.deep.equal([{ model: 'm', encoding_format: 'float', input: 'one' }, { signal }]);
    expect(reply.data('m')).to.deep.include({ usage: { inputTokens: 3, outputTokens: undefined } });
  });
});
