import { expect } from 'chai';
import { Message } from '../../lib/messages/message.js';
import { Failure } from '../../lib/scope/failure.js';
import { ErrorMessage } from '../../lib/streams/error-message.js';
import { MessagePromise } from '../../lib/streams/message-promise.js';
import { entryAsMessage } from '../../lib/trace/entry-as-message.js';
import { failureOf, growing } from '../streams/support.js';

describe('entryAsMessage', () => {
  it('is the very message that an entry came to', () => {
    const message = new Message({ text: 'a' });
    expect(entryAsMessage(MessagePromise.of(message))).to.equal(message);
  });

  it('is an error as a message, and consumes it not', () => {
    const failures = new Set<Failure>();
    const failure = new Failure(new RangeError('boom'), { path: '' }, failures);
    failures.add(failure);
    expect(entryAsMessage(failure)).to.be.instanceOf(ErrorMessage).and.include({ text: 'RangeError: boom' });
    expect(failures.size).to.equal(1);
  });

  it('is a message that was cut short with its error below', () => {
    const { message, log } = growing();
    log.append('half');
    log.end(failureOf(new RangeError('boom')));
    expect(entryAsMessage(message)).to.be.instanceOf(ErrorMessage).and.include({ text: 'half\nRangeError: boom' });
  });

  it('is a message that still comes as far as it has come', () => {
    const { message, log } = growing();
    log.append('half');
    const shown = entryAsMessage(message);
    expect(shown).to.be.instanceOf(ErrorMessage);
    expect(shown.text).to.match(/^half\nCancelledError: .*not whole/);
    log.append(' and half');
    log.end();
    expect(entryAsMessage(message).text).to.equal('half and half');
  });
});
