import { expect } from 'chai';
import { CancelledError, ErrorMessage, Message } from 'miniagents';
import { ReplayedMessage } from '../../../lib/testing/recording/replayed-message.js';
import { rejection, TestScope } from '../../streams/support.js';

describe('ReplayedMessage', () => {
  it('is what it is told: tokens, and a whole of whatever class', async () => {
    const message = new ReplayedMessage(new Message({ role: 'user' }), new TestScope());
    message.token('a');
    message.token('b');
    const whole = new ErrorMessage({ text: 'ab' });
    message.resolve(whole);
    message.break(new Error('late'));
    expect(await message.promise.resolve()).to.equal(whole);
    expect(message.promise.draft.role).to.equal('user');
  });

  it('breaks with an error, and is cancelled with its run', async () => {
    const scope = new TestScope();
    const [one, other] = [new ReplayedMessage(new Message(), scope), new ReplayedMessage(new Message(), scope)];
    const boom = new RangeError('boom');
    one.break(boom);
    expect(await rejection(one.promise.resolve())).to.equal(boom);
    scope.cancel({ error: new CancelledError('the run'), quiet: false });
    expect(await rejection(other.promise.resolve())).to.be.instanceOf(CancelledError);
    expect(scope.empty).to.equal(true);
  });
});
