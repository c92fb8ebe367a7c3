import { expect } from 'chai';
import { ErrorMessage, Message } from 'miniagents';
import { EndOfLoop, LoopInterruptedError } from 'miniagents/agents';
import { isInterruption, isSignOfEnd } from '../../lib/agents/end-of-loop.js';
import { MessageSequence } from '../../lib/streams/message-sequence.js';

const asMessage = async (error: Error): Promise<Message> =>
  (await MessageSequence.from(error).errorsAsMessages().resolve()).first() as Message;

describe('EndOfLoop', () => {
  it('is a message, and one again after a round trip', () => {
    expect(new EndOfLoop({ text: 'bye' })).to.be.instanceOf(Message);
    expect(Message.fromJSON(new EndOfLoop().toJSON())).to.be.instanceOf(EndOfLoop);
  });

  it('is a sign of the end, as an interruption is where errors are messages', async () => {
    const interruption = await asMessage(new LoopInterruptedError());
    expect([new EndOfLoop(), interruption].map(isSignOfEnd)).to.deep.equal([true, true]);
    expect([new EndOfLoop(), interruption].map(isInterruption)).to.deep.equal([false, true]);
  });

  it('nothing else is', async () => {
    const text = 'LoopInterruptedError: the loop was interrupted';
    const others = [new Message({ text }), await asMessage(new RangeError(text)), new ErrorMessage({ text })];
    expect(others.filter(isSignOfEnd)).to.deep.equal([]);
  });
});
