import { expect } from 'chai';
import { is } from 'immutable';
import { Message } from 'miniagents';
import { AgentCall, AgentReply } from 'miniagents/trace';

describe('AgentReply', () => {
  it('is a message that holds its call', () => {
    const call = new AgentCall({ agent: 'leaf' });
    const reply = new AgentReply({ call, messages: [new Message({ text: 'answer' })], outcome: 'failed' });
    expect([...reply.subMessages()].map((each) => each.inspect().split(' ')[0])).to.deep.equal([
      'AgentCall',
      'Message',
    ]);
    expect(is(Message.fromJSON(reply.toJSON()), reply)).to.equal(true);
  });
});
