import { expect } from 'chai';
import { Message } from '../../lib/messages/message.js';
import { ErrorMessage, errorMessage, errorText } from '../../lib/streams/error-message.js';
import { failureOf, TestScope } from './support.js';

describe('ErrorMessage', () => {
  it('is a message of a class of its own, which knows the error’s line', () => {
    const message = new ErrorMessage({ text: 'Hel\nRangeError: boom', error: 'RangeError: boom' });
    expect(message).to.be.instanceOf(Message);
    expect(Message.fromJSON(message.toJSON())).to.be.instanceOf(ErrorMessage);
    expect(new Message({ text: 'RangeError: boom' })).not.to.be.instanceOf(ErrorMessage);
  });
});

describe('errorText', () => {
  it('is the error in one line, on a line of its own below what was said', () => {
    expect(errorText(failureOf(new RangeError('boom')), '')).to.equal('RangeError: boom');
    expect(errorText(failureOf(new RangeError('boom')), 'Hel')).to.equal('\nRangeError: boom');
    expect(errorText(failureOf('boom'), 'Hel')).to.equal('\nError: boom');
  });

  it('consumes the error', () => {
    const scope = new TestScope();
    errorText(scope.fail('boom'), '');
    expect(scope.unconsumed()).to.deep.equal([]);
  });
});

describe('errorMessage', () => {
  it('is the message that an error is', () => {
    const message = errorMessage(failureOf(new RangeError('boom')));
    expect(message).to.be.instanceOf(ErrorMessage);
    expect(message).to.include({ text: 'RangeError: boom', error: 'RangeError: boom', role: undefined });
  });

  it('has what was known and said of the message that the error cut short', () => {
    const draft = new Message({ role: 'assistant', name: 'Ann', data: { model: 'm' } });
    const message = errorMessage(failureOf(new RangeError('boom')), draft, 'Hel');
    expect(message).to.include({ text: 'Hel\nRangeError: boom', error: 'RangeError: boom' });
    expect(message).to.include({ role: 'assistant', name: 'Ann' });
    expect(message.data).to.deep.equal({ model: 'm' });
  });

  it('is one, too, where the text was cut, or the error thrown, in the middle of a surrogate pair', () => {
    const message = errorMessage(failureOf('boom \ude00'), undefined, 'Hel\ud83d');
    expect(message.text).to.equal('Hel\ufffd\nError: boom \ufffd');
  });
});
