import { expect } from 'chai';
import { List } from 'immutable';
import { InvalidArgumentError } from '../../lib/errors/invalid-argument-error.js';
import { Message } from '../../lib/messages/message.js';
import { expectConversation, expectKey, expectMessages } from '../../lib/store/expect.js';

describe('what a store expects', () => {
  const message = new Message({ text: 'a' });
  const refused = (work: () => unknown, text: RegExp) => expect(work).to.throw(InvalidArgumentError, text);

  it('a list of messages, of any kind', () => {
    for (const list of [[message], List([message]), new Set([message]), [message].values()])
      expect(expectMessages(list)).to.deep.equal([message]);
    refused(() => expectMessages(message), /^expected a list of messages; got a \(Message\)/);
    refused(() => expectMessages('text'), /^expected a list of messages; got "text"/);
    refused(() => expectMessages([message, 1]), /^expected a list of messages; item 1 to be one; got 1/);
  });

  it('a name of a conversation that every database can have', () => {
    expect(expectConversation('x'.repeat(500))).to.have.length(500);
    for (const name of ['', 'x'.repeat(501), '\0', '\udead', 1, undefined])
      refused(
        () => expectConversation(name),
        /^expected the name of a conversation: text of 1 to 500 characters, without NUL and half/,
      );
  });

  it('text as a key', () => {
    expect(expectKey('', 'abc')).to.equal('abc');
    refused(() => expectKey(' as after', message), /^expected the hashKey of a message as after; got a \(Message\)/);
  });
});
