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
    const create = async (...given: unknown[]) => {
      asked.push(...given);
      return answer;
    };
    const vectors = await requestVectors({ embeddings: { create } }, { model: 'm' }, ['one'], reply, signal);
    expect(vectors).to.deep.equal([[1]]);
    expect(asked).to.deep.equal([{ model: 'm', encoding_format: 'float', input: 'one' }, { signal }]);
    expect(reply.data('m')).to.deep.include({ usage: { inputTokens: 3, outputTokens: undefined } });
  });

  it('goes by the numbers of the vectors where they are an order, and otherwise by their places', async () => {
    const { signal } = new AbortController();
    for (const [indexes, expected] of [
      [
        [1, 0],
        [[2], [1]],
      ],
      [
        [undefined, 1],
        [[1], [2]],
      ],
      [
        [null, null],
        [[1], [2]],
      ],
      [
        [0, 0],
        [[1], [2]],
      ],
      [
        [1, 2],
        [[1], [2]],
      ],
    ] as [(number | undefined | null)[], number[][]][]) {
      const data = indexes.map((index, at) => ({ index, embedding: [at + 1] }));
      const client = { embeddings: { create: async () => ({ data }) } };
      const vectors = requestVectors(client, { model: 'm' }, ['one', 'two'], new Reply(), signal);
      expect(await vectors, String(indexes)).to.deep.equal(expected);
    }
  });
});
