import { expect } from 'chai';
import { Message } from 'miniagents';
import { AgentCall } from 'miniagents/trace';

describe('AgentCall', () => {
  it('is a message that refers to those it holds by their keys', () => {
    const message = new Message({ text: 'question' });
    const call = new AgentCall({ agent: 'leaf', path: 'leaf <- top', id: '1.1', parent: '1', messages: [message] });
    expect(call).to.be.instanceOf(Message);
    expect(call.messages[0]?.text).to.equal('question');
    expect(call.set('messages', []).hashKey).not.to.equal(call.hashKey);
  });
});
