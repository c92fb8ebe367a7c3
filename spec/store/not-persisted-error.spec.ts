import { expect } from 'chai';
import { Message, MiniAgentsError } from 'miniagents';
import { NotPersistedError } from 'miniagents/store';

describe('NotPersistedError', () => {
  it('has the messages, and says how often they were tried and why they failed', () => {
    const messages = [new Message({ text: 'a' }), new Message({ text: 'b' })];
    const cause = new RangeError('disk full');
    const error = new NotPersistedError(messages, 5, cause);
    expect(error).to.be.instanceOf(MiniAgentsError);
    expect(error.name).to.equal('NotPersistedError');
    expect(error.messages).to.equal(messages);
    expect(error.cause).to.equal(cause);
    expect(error.message).to.equal(
      '2 messages not persisted in 5 attempts, to be tried again with the next ones: RangeError: disk full',
    );
    expect(new NotPersistedError(messages.slice(1), 1, 'no').message).to.match(
      /^1 message not persisted in 1 attempt,/,
    );
  });
});
