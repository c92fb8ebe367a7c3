import { expect } from 'chai';
import { is } from 'immutable';
import { sha256 } from '#sha256';
import { InvalidMessageError } from '../../lib/errors/invalid-message-error.js';
import { defineMessage } from '../../lib/messages/define-message.js';
import { Message } from '../../lib/messages/message.js';
import { readRow, rowOf } from '../../lib/store/stored-form.js';

describe('the form in which messages are stored', () => {
  const inner = new Message({ text: 'inner' });
  const other = new Message({ text: 'other' });
  const message = new Message({ text: 'outer', data: { list: [inner, { other }], inner } });
  const known = new Map([inner, other].map((each) => [each.hashKey, each]));

  it('is the canonical JSON that the key is the hash of, with keys in the places of messages', () => {
    const { hashKey, body } = rowOf(message);
    const reference = (each: Message) => ({ $type: 'Message', hashKey: each.hashKey });
    expect(hashKey).to.equal(message.hashKey);
    expect(sha256(body)).to.equal(hashKey);
    expect(JSON.parse(body)).to.deep.equal({
      $type: 'Message',
      text: 'outer',
      data: { list: [reference(inner), { other: reference(other) }], inner: reference(inner) },
    });
  });

  it('is read as the message that it was, once those inside are known', () => {
    const reading = readRow(rowOf(message));
    expect(reading?.inside).to.deep.equal([inner.hashKey, inner.hashKey, other.hashKey]);
    const revived = reading?.revive(known);
    expect(is(revived, message)).to.equal(true);
    expect((revived?.data['list'] as unknown[])[0]).to.equal(inner);
  });

  it('is of the class that has the name now; without one it cannot be read', () => {
    const name = 'spec/store/stored-form/Changing';
    const row = rowOf(new (defineMessage(name, { stars: 0 }))({ stars: 3 }));
    defineMessage(name, { stars: 0, of: 'nothing' });
    expect(readRow(row)?.revive(known).toJSON()).to.deep.equal({ $type: name, text: '', stars: 3, of: 'nothing' });
    const body = row.body.replace('Changing', 'Unknown');
    const unknown = readRow({ hashKey: sha256(body), body });
    expect(() => unknown?.revive(known)).to.throw(InvalidMessageError, /defineMessage; got "spec.*Unknown"/);
  });

  it('is nothing if it is not what was written', () => {
    const { hashKey, body } = rowOf(message);
    for (const changed of ['', `${body} `, body.slice(0, -1), body.replace('outer', 'Outer')])
      expect(readRow({ hashKey, body: changed })).to.equal(undefined);
    expect(readRow({ hashKey: inner.hashKey, body })).to.equal(undefined);
  });
});
