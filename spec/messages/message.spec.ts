import { expect } from 'chai';
import { is, isImmutable, isRecord, List, Map as ImmutableMap, Set as ImmutableSet } from 'immutable';
import { inspect } from 'node:util';
import { InvalidMessageError } from '../../lib/errors/invalid-message-error.js';
import { messageValues } from '../../lib/messages/brand.js';
import { defineMessage } from '../../lib/messages/define-message.js';
import { Message } from '../../lib/messages/message.js';

describe('Message', () => {
  const Rating = defineMessage('MessageRating', { stars: 0 });
  const question = () => new Message({ text: 'Why?', role: 'user', name: 'Ann', data: { urgent: true, list: [1] } });

  describe('holds', () => {
    it('text, role, name and data; by default nothing', () => {
      const { text, role, name, data } = question();
      expect({ text, role, name, data }).to.deep.equal({
        ...{ text: 'Why?', role: 'user', name: 'Ann', data: { urgent: true, list: [1] } },
      });
      const empty = new Message();
      expect([empty.text, empty.role, empty.name, empty.data]).to.deep.equal(['', undefined, undefined, {}]);
    });

    it('what cannot change on any level', () => {
      const message = question() as { text: string; data: Record<string, unknown> };
      expect(() => (message.text = 'How?')).to.throw(TypeError);
      expect(() => (message.data = {})).to.throw(TypeError);
      expect(() => (message.data['urgent'] = false)).to.throw(TypeError);
      expect(() => (message.data['list'] as number[]).push(2)).to.throw(TypeError);
      expect(() => Object.assign(message, { more: 1 })).to.throw(TypeError);
      expect(message.text).to.equal('Why?');
    });

    it('only what a message can, with an error that names the field', () => {
      const wrong: [object, string][] = [
        [{ text: 1 }, 'text'],
        [{ model: 'x' }, 'model'],
        [{ data: { list: [{ wrong: () => {} }] } }, 'data.list[0].wrong'],
        [{ data: question() }, 'data'],
      ];
      for (const [fields, path] of wrong) {
        expect(() => new Message(fields))
          .to.throw(InvalidMessageError)
          .with.property('path', path);
      }
      expect(() => new Message('text' as never)).to.throw(InvalidMessageError, 'expected an object of fields');
    });

    it('another message’s fields, if it is made of one', () => {
      expect(is(new Message(question()), question())).to.equal(true);
      expect(() => new Message(new Rating()))
        .to.throw(InvalidMessageError)
        .with.property('path', 'stars');
    });
  });

  describe('is known by its content', () => {
    it('to Immutable.is, by type and all fields', () => {
      expect(is(question(), question())).to.equal(true);
      expect(question().equals(question())).to.equal(true);
      for (const change of [{ text: 'How?' }, { role: 'system' }, { name: 'Bob' }, { data: {} }]) {
        expect(is(question(), question().merge(change)), Object.keys(change)[0]).to.equal(false);
      }
      expect(is(new Message({ text: 'a' }), new (defineMessage('MessageOther', {}))({ text: 'a' }))).to.equal(false);
      for (const other of [
        null,
        undefined,
        'Why?',
        { ...question().toObject() },
        ImmutableMap(question().toObject()),
      ]) {
        expect(question().equals(other)).to.equal(false);
      }
    });

    it('to Immutable collections: in Lists, as members of Sets, as keys of Maps', () => {
      expect(is(List([question(), new Message()]), List([question(), new Message()]))).to.equal(true);
      expect(is(List([question()]), List([new Message()]))).to.equal(false);
      const several = [question(), new Message(), question(), new Rating(), new Rating()];
      expect(ImmutableSet(several).size).to.equal(3);
      const counts = ImmutableMap([[question(), 1]]).set(question(), 2);
      expect(counts.size).to.equal(1);
      expect(counts.get(question())).to.equal(2);
    });

    it('by the same hashCode and hashKey for the same content', () => {
      expect(question().hashCode()).to.equal(question().hashCode());
      expect(question().hashKey)
        .to.equal(question().hashKey)
        .and.match(/^[0-9a-f]{64}$/);
      expect(question().hashKey).not.to.equal(question().set('role', 'system').hashKey);
    });

    it('by a key that is worked out when first asked for, and then kept', () => {
      const message = question();
      expect(message.knownKey).to.equal(undefined);
      const { hashKey } = message;
      expect(message.knownKey).to.equal(hashKey);
    });
  });

  describe('is a Record', () => {
    it('to Immutable', () => {
      expect(isRecord(question())).to.equal(true);
      expect(isImmutable(question())).to.equal(true);
    });

    it('that has and gets', () => {
      const message = question();
      expect(message.get('text')).to.equal('Why?');
      expect(message.has('role')).to.equal(true);
      expect(message.getIn(['data', 'list', 0])).to.equal(1);
      expect(message.hasIn(['data', 'nothing'])).to.equal(false);
      expect([message.has('model'), message.has('toString')]).to.deep.equal([false, false]);
      expect([...(message as unknown as Map<string, unknown>).entries()]).to.deep.equal(
        Object.entries(message.toObject()),
      );
      expect([message.get('model', 'none'), message.get('toString')]).to.deep.equal(['none', undefined]);
    });

    it('whose changes give a new message and leave the old one', () => {
      const message = question();
      const changes: [Message, object][] = [
        [message.set('text', 'How?'), { text: 'How?' }],
        [message.update('text', (text: string) => `${text}!`), { text: 'Why?!' }],
        [message.merge({ text: 'How?' }, { role: 'system' }), { text: 'How?', role: 'system' }],
        [message.mergeDeep({ data: { more: 1 } }), { data: { urgent: true, list: [1], more: 1 } }],
        [message.setIn(['data', 'list', 0], 2), { data: { urgent: true, list: [2] } }],
        [message.updateIn(['data', 'urgent'], (urgent: boolean) => !urgent), { data: { urgent: false, list: [1] } }],
        [message.deleteIn(['data', 'list']), { data: { urgent: true } }],
        [message.delete('role'), { role: undefined }],
        [message.withMutations((draft) => draft.set('text', 'How?').delete('name')), { text: 'How?', name: undefined }],
      ];
      for (const [changed, fields] of changes) {
        expect(changed).to.be.instanceOf(Message);
        expect(changed.toObject()).to.deep.equal({ ...message.toObject(), ...fields });
        expect(is(changed, new Message(changed.toObject()))).to.equal(true);
        expect(changed.data).to.satisfy(Object.isFrozen);
      }
      expect(is(message, question())).to.equal(true);
      expect(is(message.clear(), new Message())).to.equal(true);
    });

    it('whose changes share what did not change, and are the message itself where nothing did', () => {
      const message = question();
      expect(message.set('text', 'How?').data).to.equal(message.data);
      expect(message.set('text', 'Why?')).to.equal(message);
      expect(message.set('data', message.data)).to.equal(message);
      for (const same of [
        message.merge({}),
        message.merge({ text: 'Why?' }),
        message.mergeDeep({ text: 'Why?' }),
        message.withMutations(() => {}),
        message.update('text', (text: string) => text),
      ])
        expect(same).to.equal(message);
      const none = new Message();
      expect(none.clear()).to.equal(none);
    });

    it('whose changes keep the class', () => {
      const rating = new Rating({ text: 'good', stars: 5 });
      for (const changed of [rating.set('stars', 4), rating.merge({ stars: 4 }), rating.withText('bad')]) {
        expect(changed).to.be.instanceOf(Rating);
        expect(Object.getPrototypeOf(changed)).to.equal(Rating.prototype);
      }
      expect(rating.clear().stars).to.equal(0);
    });

    it('whose changes are checked, whichever way they come in', () => {
      const message = question();
      const wrong: [() => Message, string][] = [
        [() => message.set('model', 1), 'model'],
        [() => message.set('text', 1), 'text'],
        [() => message.set('__proto__', {}), '__proto__'],
        [() => message.merge({ data: { wrong: () => {} } }), 'data.wrong'],
        [() => message.update('text', () => 1), 'text'],
        [() => message.setIn(['data', 'list', 0], Symbol('x')), 'data.list[0]'],
        [() => message.withMutations((draft) => draft.set('model', 1)), 'model'],
      ];
      for (const [change, path] of wrong) {
        expect(change).to.throw(InvalidMessageError).with.property('path', path);
      }
      expect(() => message.asMutable()).to.throw(InvalidMessageError, 'use set, merge or withMutations');
    });

    it('that is iterable: its entries', () => {
      expect([...new Rating({ text: 'good', stars: 5 })]).to.deep.equal([
        ...[
          ['text', 'good'],
          ['role', undefined],
          ['name', undefined],
          ['data', {}],
          ['stars', 5],
        ],
      ]);
      expect(question().toSeq().toObject()).to.deep.equal(question().toObject());
      expect(question().wasAltered()).to.equal(false);
    });
  });

  describe('is shown', () => {
    it('as its text, where text is asked for', () => {
      expect(String(question())).to.equal('Why?');
      expect(`${question().toString()} ${new Message().toString()}`).to.equal('Why? ');
    });

    it('with the fields that hold something, by console.log', () => {
      expect(inspect(new Message({ text: 'Why?', role: 'user' }))).to.equal(
        'Message { "text": "Why?", "role": "user" }',
      );
      expect(inspect([new Rating({ stars: 5 })])).to.contain('MessageRating { "text": "", "stars": 5 }');
      expect(new Message().inspect()).to.equal('Message { "text": "" }');
    });

    it('on one line, whatever the text', () => {
      expect(new Message({ text: 'a\n  b' }).inspect()).to.equal(String.raw`Message { "text": "a\n  b" }`);
    });
  });

  describe('as JSON', () => {
    const nested = () => new Message({ text: 'out', data: { about: new Rating({ stars: 5 }), list: [question()] } });

    it('is plain data with its type and the fields that hold something', () => {
      expect(nested().toJSON()).to.deep.equal({
        $type: 'Message',
        text: 'out',
        data: {
          about: { $type: 'MessageRating', text: '', stars: 5 },
          list: [{ $type: 'Message', text: 'Why?', role: 'user', name: 'Ann', data: { urgent: true, list: [1] } }],
        },
      });
    });

    it('comes back as what it was', () => {
      for (const message of [
        new Message(),
        question(),
        nested(),
        new Rating({ stars: 3, data: { about: nested() } }),
      ]) {
        const back = Message.fromJSON(JSON.parse(JSON.stringify(message)) as object);
        expect(is(back, message), message.inspect()).to.equal(true);
        expect(Object.getPrototypeOf(back)).to.equal(Object.getPrototypeOf(message));
      }
    });

    it('may leave out that it is a Message', () => {
      expect(is(Message.fromJSON({ text: 'a' }), new Message({ text: 'a' }))).to.equal(true);
      expect(() => Message.fromJSON({ stars: 1 }))
        .to.throw(InvalidMessageError)
        .with.property('path', 'stars');
    });
  });

  it('may be spread into fields of another message', () => {
    const message = question();
    expect(is(new Message({ ...message }), message)).to.equal(true);
    expect(is(new Message({ ...message, text: 'How?' }), message.set('text', 'How?'))).to.equal(true);
    expect(
      is(new Rating({ ...new Rating({ stars: 5 }), text: 'good' }), new Rating({ text: 'good', stars: 5 })),
    ).to.equal(true);
    expect(() => new Message({ ...new Rating({ stars: 5 }) })).to.throw(InvalidMessageError, 'stars');
  });

  it('has sub-messages: every message inside it, once, innermost first', () => {
    const inner = new Message({ text: 'inner' });
    const outer = new Message({ text: 'outer', data: { inner } });
    const message = new Message({ text: 'top', data: { outer, again: [inner, outer] } });
    expect([...message.subMessages()].map(({ text }) => text)).to.deep.equal(['inner', 'outer']);
  });

  it('knows the messages of another copy of the library as instances, and of its class by their type', () => {
    class Other {
      [messageValues] = { text: 'a' };
      constructor(readonly schema: object) {}
    }
    const other = new Other({ type: 'MessageRating' });
    expect(other).to.be.instanceOf(Message);
    expect(other).to.be.instanceOf(Rating);
    expect(new Other({ type: 'Message' })).not.to.be.instanceOf(Rating);
    for (const none of [null, undefined, 'text', {}, { text: 'a' }]) expect(none).not.to.be.instanceOf(Message);
  });
});
