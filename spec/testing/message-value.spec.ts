import { expect } from 'chai';
import { is } from 'immutable';
import { of, throwError } from 'rxjs';
import { Message } from '../../lib/messages/message.js';
import '../../lib/streams/message-stream.js';
import { follow, messageValue } from '../../lib/testing/message-value.js';
import { growing } from '../streams/support.js';

describe('message values', () => {
  it('a text and fields are compared as a message, a message and an error as they are', () => {
    expect(is(messageValue('a'), new Message({ text: 'a' }))).to.equal(true);
    expect(is(messageValue({ text: 'a', role: 'user' }), new Message({ text: 'a', role: 'user' }))).to.equal(true);
    const [message, error] = [new Message({ text: 'a' }), new Error('boom')];
    expect([messageValue(message), messageValue(error)]).to.deep.equal([message, error]);
  });

  it('follows a message: what there is of it so far, its whole, or its error', () => {
    const { message, log } = growing({ role: 'user' });
    const latest = follow(message);
    expect(is(latest(), new Message({ role: 'user' }))).to.equal(true);
    log.append('a');
    expect(is(latest(), new Message({ role: 'user', text: 'a' }))).to.equal(true);
    const whole = follow(Message.stream(of('a', 'b')));
    expect(is(whole(), new Message({ text: 'ab' }))).to.equal(true);
    const boom = new RangeError('boom');
    expect(follow(Message.stream(throwError(() => boom)))()).to.equal(boom);
  });
});
