import { expect } from 'chai';
import { Reply } from '../../lib/llm/reply.js';
import { Message } from '../../lib/messages/message.js';

describe('Reply', () => {
  const dataOf = (reply: Reply): object => new Message({ data: reply.data('model-1') }).data;

  it('has nothing in its data that was not told', () => {
    expect(dataOf(new Reply())).to.deep.equal({ model: 'model-1' });
  });

  it('has what was told', () => {
    const reply = new Reply();
    reply.id = 'id-1';
    reply.finishReason = 'stop';
    reply.count(1, 2);
    expect(dataOf(reply)).to.deep.equal({
      model: 'model-1',
      id: 'id-1',
      usage: { inputTokens: 1, outputTokens: 2 },
      finishReason: 'stop',
    });
  });

  it('takes the last count of each kind, and only numbers', () => {
    const reply = new Reply();
    reply.count(1, undefined);
    expect(dataOf(reply)).to.deep.include({ usage: { inputTokens: 1 } });
    reply.count(undefined, 2);
    reply.count(null, 3);
    reply.count('4', {});
    expect(dataOf(reply)).to.deep.include({ usage: { inputTokens: 1, outputTokens: 3 } });
  });

  it('says that it is a refusal', () => {
    const reply = new Reply();
    reply.finishReason = 'stop';
    reply.refused = true;
    expect(dataOf(reply)).to.deep.include({ finishReason: 'refusal' });
  });
});
