import { expect } from 'chai';
import { createHash } from 'node:crypto';
import { canonicalize } from 'json-canonicalize';
import { defineMessage } from '../../lib/messages/define-message.js';
import { hashKey } from '../../lib/messages/hash-key.js';
import { fieldsOf } from '../../lib/messages/message-json.js';
import { Message } from '../../lib/messages/message.js';

const Rating = defineMessage('HashedRating', { stars: 0, about: null });

describe('hashKey', () => {
  const keyOf = (json: object) => createHash('sha256').update(canonicalize(json)).digest('hex');
  const referenceTo = (message: unknown) => {
    const { $type } = fieldsOf(message as Message);
    return { $type, hashKey: hashKey(message as Message) };
  };

  // By `printf '{"$type":"Message","text":""}' | sha256sum`, and so on.
  it('is the same for ever', () => {
    const hello = new Message({ text: 'Hello' });
    const full = { text: 'Hi €', role: 'user', name: 'Ann', data: { é: [true, null], b: 1 } };
    const vectors: [Message, string][] = [
      [new Message(), 'add239c61bfff445a6bd2b96d56194b8baff4b4d27b561f5414bcf497ae80af5'],
      [hello, 'c8879b8ffd70ef8c097d3d90bee83406969a5e41ab3fb8976ee078d30d851c49'],
      [new Message(full), '29051b835d1ab07cfb0c6dfb45b1152f27e365574a9729868379c1b9231db915'],
      [new Message({ data: { about: hello } }), 'fe50d37acf11453851c9e02377adc6af765fe62ef5d77a8aa1fa6eb0436152a9'],
      [
        new (defineMessage('Rating', { stars: 0 }))({ text: 'good', stars: 5 }),
        '72f2591e9d5b8f53f908f1bf9011bb589ba9ff11ceae3f4b958a382f9c38e974',
      ],
    ];
    for (const [message, key] of vectors) expect(hashKey(message), message.inspect()).to.equal(key);
  });

  it('is the SHA-256 of the canonical JSON', () => {
    const message = new Rating({ text: 'good', stars: 5, role: 'user', data: { z: [1, { y: 'x' }], a: -0 } });
    expect(hashKey(message)).to.equal(keyOf(message.toJSON()));
  });

  it('has a nested message stand as its own key, wherever it is', () => {
    const inner = new Message({ text: 'inner' });
    const rating = new Rating({ stars: 1 });
    const message = new Rating({ about: inner, data: { list: [{ rating }] } });
    expect(referenceTo(rating)).to.deep.equal({ $type: 'HashedRating', hashKey: hashKey(rating) });
    expect(hashKey(message)).to.equal(
      keyOf({ ...message.toJSON(), about: referenceTo(inner), data: { list: [{ rating: referenceTo(rating) }] } }),
    );
  });

  it('does not depend on the order in which fields were given, nor on those that hold nothing', () => {
    const one = new Message({ text: 'text', data: { a: 1, b: { c: 2, d: 3 } } });
    const other = new Message({ data: { b: { d: 3, c: 2 }, a: 1, no: undefined }, name: undefined, text: 'text' });
    expect(hashKey(one)).to.equal(hashKey(other));
  });

  it('differs with each field, with the type, and with what is nested', () => {
    const messages = [
      new Message(),
      new Message({ text: 'a' }),
      new Message({ role: 'a' }),
      new Message({ name: 'a' }),
      new Message({ data: { a: 'a' } }),
      new Message({ data: { a: ['a'] } }),
      new Message({ data: { a: new Message({ text: 'a' }) } }),
      new Message({ data: { a: new Message({ text: 'b' }) } }),
      new Message({ data: { a: new (defineMessage('HashedOther', {}))({ text: 'a' }) } }),
      new (defineMessage('HashedOther', {}))(),
    ];
    expect(new Set(messages.map(hashKey)).size).to.equal(messages.length);
  });

  it('no depth of nesting overflows the stack', () => {
    let message = new Message({ text: 'innermost' });
    for (let i = 0; i < 10_000; i++) message = new Message({ data: { inner: message } });
    const key = hashKey(message);
    expect(key).to.equal(keyOf({ $type: 'Message', text: '', data: { inner: referenceTo(message.data['inner']) } }));
  });

  it('costs no more where the same message is in many places', () => {
    let message = new Message({ text: 'innermost' });
    for (let i = 0; i < 60; i++) message = new Message({ data: { both: [message, message] } });
    expect(hashKey(message)).to.match(/^[0-9a-f]{64}$/);
  });
});
