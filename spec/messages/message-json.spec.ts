import { expect } from 'chai';
import { is } from 'immutable';
import { InvalidMessageError } from '../../lib/errors/invalid-message-error.js';
import { defineMessage } from '../../lib/messages/define-message.js';
import { fieldsOf, isEmpty, revive, reviveMessage, writeOut } from '../../lib/messages/message-json.js';
import { Message } from '../../lib/messages/message.js';

const Rating = defineMessage('RatingAsJson', { stars: 0, about: null });

describe('fieldsOf', () => {
  it('has the type and the fields that hold something', () => {
    expect(fieldsOf(new Message())).to.deep.equal({ $type: 'Message', text: '' });
    const message = new Message({ text: 'a', role: 'b', name: 'c', data: { d: 1 } });
    expect(fieldsOf(message)).to.deep.equal({ $type: 'Message', text: 'a', role: 'b', name: 'c', data: { d: 1 } });
    expect(fieldsOf(new Rating())).to.deep.equal({ $type: 'RatingAsJson', text: '', stars: 0, about: null });
  });

  it('has messages among them as messages', () => {
    const about = new Message({ text: 'inner' });
    expect(fieldsOf(new Rating({ about }))['about']).to.equal(about);
  });
});

describe('isEmpty', () => {
  it('says whether data holds nothing', () => {
    expect(isEmpty({})).to.equal(true);
    for (const data of [{ a: 1 }, { a: null }, new Message()]) expect(isEmpty(data)).to.equal(false);
  });
});

describe('writeOut and revive', () => {
  it('write messages out, at any depth, and make them messages again, each of its class', () => {
    const inner = new Rating({ stars: 3, about: new Message({ text: 'innermost' }) });
    const value = { list: [{ inner }, 1, null, 'text', true], none: {} };
    const written = writeOut(value) as object;
    expect(written).to.deep.equal({
      list: [
        { inner: { $type: 'RatingAsJson', text: '', stars: 3, about: { $type: 'Message', text: 'innermost' } } },
        ...[1, null, 'text', true],
      ],
      none: {},
    });
    const revived = revive(JSON.parse(JSON.stringify(written))) as { list: [{ inner: Message }] };
    expect(revived.list[0].inner).to.be.instanceOf(Rating);
    expect(is(revived.list[0].inner, inner)).to.equal(true);
    expect(writeOut(revived)).to.deep.equal(written);
  });

  it('leave what holds no messages as it is', () => {
    for (const value of [null, 1, 'text', [], {}, { a: [{ b: 1 }] }]) {
      expect(writeOut(value)).to.deep.equal(value);
      expect(revive(value)).to.deep.equal(value);
    }
  });

  it('revive refuses a type that is not defined, and fields that do not fit, wherever they are', () => {
    for (const $type of ['Unheard', 42, null, 'toString']) {
      expect(() => revive([{ $type, text: '' }])).to.throw(
        InvalidMessageError,
        'message field $type: expected the name',
      );
    }
    expect(() => revive({ $type: 'RatingAsJson', stars: 'five' })).to.throw(InvalidMessageError, 'field stars');
    expect(() => revive({ $type: 'Message', data: { x: { $type: 'Message', y: 1 } } })).to.throw('field y');
  });
});

describe('reviveMessage', () => {
  it('is the message that a JSON form describes', () => {
    const rating = new Rating({ stars: 3 });
    expect(is(reviveMessage(rating.toJSON()), rating)).to.equal(true);
  });

  it('refuses whatever else it is given, a cycle, too', () => {
    const cycle: Record<string, unknown> = { $type: 'Message', text: '' };
    cycle['data'] = { cycle };
    for (const json of [null, undefined, 'text', 42, [], new Map(), new Message(), cycle]) {
      expect(() => reviveMessage(json)).to.throw(InvalidMessageError, /^message field JSON: /);
    }
  });
});
