import { expect } from 'chai';
import { is } from 'immutable';
import { Message } from 'miniagents';
import { EmbeddingMessage } from 'miniagents/openai';

describe('EmbeddingMessage', () => {
  const message = new EmbeddingMessage({ text: 'a', vector: [0.25, -1] });

  it('is a message with a vector that cannot change', () => {
    expect(message).to.be.instanceOf(Message).and.instanceOf(EmbeddingMessage);
    expect(message.vector).to.deep.equal([0.25, -1]);
    expect(Object.isFrozen(message.vector)).to.equal(true);
    expect(new EmbeddingMessage().vector).to.deep.equal([]);
  });

  it('is the same after a round trip, and another with another vector', () => {
    expect(is(Message.fromJSON(JSON.parse(JSON.stringify(message))), message)).to.equal(true);
    expect(is(message.set('vector', [0.25]), message)).to.equal(false);
  });
});
