import { expect } from 'chai';
import { ErrorMessage } from '../../lib/streams/error-message.js';
import { errorAsMessage } from '../../lib/streams/errors-as-messages.js';
import { MessagePromise } from '../../lib/streams/message-promise.js';
import { Counted, failureOf, growing, readNow, TestScope } from './support.js';

describe('errorAsMessage', () => {
  it('is a message that is there, in an error’s place', () => {
    const message = errorAsMessage(failureOf(new RangeError('boom')));
    expect(message.settled()).to.be.instanceOf(ErrorMessage).and.include({ text: 'RangeError: boom' });
    expect(readNow(message.reader(new Counted()))).to.deep.equal(['RangeError: boom', 'end']);
  });

  it('consumes the error', () => {
    const scope = new TestScope();
    errorAsMessage(scope.fail('boom'));
    expect(scope.unconsumed()).to.deep.equal([]);
  });

  it('is always the same object for the same error', () => {
    const failure = failureOf('boom');
    expect(errorAsMessage(failure)).to.equal(errorAsMessage(failure));
    expect(errorAsMessage(failure)).not.to.equal(errorAsMessage(failureOf('boom')));
  });

  it('is the message itself, where that has no error', () => {
    const message = MessagePromise.of('a');
    expect(errorAsMessage(message)).to.equal(message);
  });

  it('is always the same object for the same message, that ends with its error as a line', () => {
    const { log, message } = growing({ role: 'assistant' });
    const shown = errorAsMessage(message);
    expect(errorAsMessage(message)).to.equal(shown);
    expect(errorAsMessage(shown)).to.equal(shown);
    log.append('Hel');
    log.end(failureOf(new RangeError('boom')));
    expect(errorAsMessage(message)).to.equal(shown);
    expect(readNow(shown.reader(new Counted()))).to.deep.equal(['Hel', '\nRangeError: boom', 'end']);
    expect(shown.settled()).to.be.instanceOf(ErrorMessage).and.include({ role: 'assistant' });
    expect(readNow(message.reader(new Counted()))).to.deep.equal(['Hel', 'error: RangeError: boom']);
  });
});
