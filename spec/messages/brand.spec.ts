import { expect } from 'chai';
import { Record } from 'immutable';
import { isMessage, messageValues } from '../../lib/messages/brand.js';
import { defineMessage } from '../../lib/messages/define-message.js';
import { Message } from '../../lib/messages/message.js';

describe('isMessage', () => {
  it('knows a message, of whichever class', () => {
    expect(isMessage(new Message())).to.equal(true);
    expect(isMessage(new (defineMessage('Branded', {}))())).to.equal(true);
  });

  it('knows the messages of another copy of the library, which shares only the symbol', () => {
    expect(messageValues).to.equal(Symbol.for('miniagents.message'));
    class Other {
      [messageValues] = {};
    }
    expect(isMessage(new Other())).to.equal(true);
  });

  it('takes nothing else for one', () => {
    const spread = { ...new Message({ text: 'a' }) };
    const others = [
      spread,
      null,
      undefined,
      'text',
      42,
      {},
      { text: 'text' },
      Message,
      new (Record({ text: '' }))(),
      () => {},
    ];
    for (const other of others) expect(isMessage(other), String(other)).to.equal(false);
  });
});
