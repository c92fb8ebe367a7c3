import { expect } from 'chai';
import { is, List, Map, OrderedMap, Set } from 'immutable';
import { defineMessage, ErrorMessage, InvalidMessageError, Message, MessageSequence } from 'miniagents';

const Source = defineMessage('LawSource', { url: '' });
const Link = defineMessage('LawLink', { url: '' });
const Answer = defineMessage('LawAnswer', { source: null, sources: [], score: 0, final: false });

const sha256 = async (text: string): Promise<string> => {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
};

describe('law 8: immutable and content-addressed', () => {
  describe('a message cannot change on any level (B60, B61)', () => {
    const message = () =>
      new Answer({
        text: 'text',
        role: 'user',
        data: { list: [1, { deep: [3, 2] }], map: { key: 'value' } },
        sources: [new Source({ url: 'u' })],
      });
    const attempts: { [name: string]: (message: any) => unknown } = {
      'set a field': (m) => (m.text = 'other'),
      'set a field to what it is': (m) => (m.role = 'user'),
      'set a field of its own': (m) => (m.score = 1),
      'add a field': (m) => (m.extra = 1),
      'define a field': (m) => Object.defineProperty(m, 'text', { value: 'other' }),
      'change its prototype': (m) => Object.setPrototypeOf(m, {}),
      'set in data': (m) => (m.data.more = 1),
      'delete in data': (m) => delete m.data.map,
      'push to a list in data': (m) => m.data.list.push(3),
      'set in a list in data': (m) => (m.data.list[0] = 3),
      'set deep in data': (m) => (m.data.list[1].deep[0] = 3),
      'sort deep in data': (m) => m.data.list[1].deep.sort(),
      'push to a field of its own': (m) => m.sources.push(1),
      'set in a message inside': (m) => (m.sources[0].url = 'other'),
      'make it mutable': (m) => m.asMutable().set('text', 'other'),
    };
    for (const [name, attempt] of Object.entries(attempts)) {
      it(`not to ${name}`, () => {
        const [changed, untouched] = [message(), message()];
        const key = changed.hashKey;
        expect(() => attempt(changed)).to.throw();
        expect(is(changed, untouched)).to.be.true;
        expect(JSON.stringify(changed)).to.equal(JSON.stringify(untouched));
        expect(new Answer(changed.toObject()).hashKey).to.equal(key);
      });
    }

    it('to delete a field changes nothing', () => {
      const changed = message() as any;
      delete changed.text;
      expect(is(changed, message())).to.be.true;
    });

    it('what it was made of may change afterwards: it was copied (B38)', () => {
      const fields = { text: 'text', data: { list: [1], map: { key: 'value' } } };
      const made = [
        new Message(fields),
        new Message().merge(fields),
        new Message({ text: 'text' }).set('data', fields.data),
      ];
      fields.text = 'other';
      fields.data.list.push(2);
      fields.data.map.key = 'other';
      for (const each of made) {
        expect(each.toJSON()).to.deep.equal({
          $type: 'Message',
          text: 'text',
          data: { list: [1], map: { key: 'value' } },
        });
      }
    });

    it('a changed one is another one, with the rest shared', () => {
      const before = message();
      const after = before.set('text', 'other');
      expect(before.text).to.equal('text');
      expect(after.text).to.equal('other');
      expect(after).to.be.instanceOf(Answer);
      expect(after.data === before.data && after.sources === before.sources).to.be.true;
      expect(before.set('text', 'text') === before).to.be.true;
      expect(before.setIn(['data', 'map', 'key'], 'other').data).to.deep.equal({
        list: [1, { deep: [3, 2] }],
        map: { key: 'other' },
      });
      expect(before.update('text', (text: string) => `${text}!`).text).to.equal('text!');
      expect(before.delete('role').role).to.be.undefined;
      expect(is(before, message())).to.be.true;
    });

    it('whatever way a field comes in, it is looked at', () => {
      const wrong = () => 1;
      for (const change of [
        () => message().set('data', { wrong }),
        () => message().merge({ data: { wrong } }),
        () => message().setIn(['data', 'wrong'], wrong),
        () => message().update('data', () => ({ wrong })),
        () => message().withMutations((draft: any) => draft.set('data', { wrong })),
        () => new Message({ data: { wrong } }),
        () => Message.fromJSON({ $type: 'Message', data: { wrong } }),
        () => new Answer({ source: { wrong } }),
      ]) {
        expect(change).to.throw(InvalidMessageError, /wrong/);
      }
    });

    it('a message inside is kept as it is, not copied (B61)', () => {
      const inner = new Source({ url: 'u' });
      const outer = new Answer({ source: inner, sources: [inner], data: { deep: [{ inner }] } });
      expect(outer.source === inner && outer.sources[0] === inner).to.be.true;
      expect((outer.data['deep'] as { inner: unknown }[])[0]?.inner === inner).to.be.true;
    });
  });

  describe('equal content and type means Immutable.is, and the same hashKey', () => {
    it('whatever the order of the fields (B69)', () => {
      const one = new Message({ text: 't', role: 'user', name: 'n', data: { a: 1, b: { c: [1, 2], d: null } } });
      const other = new Message({ data: { b: { d: null, c: [1, 2] }, a: 1 }, name: 'n', role: 'user', text: 't' });
      expect(is(one, other)).to.be.true;
      expect(one.equals(other)).to.be.true;
      expect(one.hashCode()).to.equal(other.hashCode());
      expect(one.hashKey)
        .to.equal(other.hashKey)
        .and.match(/^[0-9a-f]{64}$/);
      expect(one.hashKey).to.equal(one.hashKey);
    });

    it('also in collections', () => {
      const [one, other] = [new Message({ text: 't' }), new Message({ text: 't' })];
      expect(Set([one, other]).size).to.equal(1);
      expect(Map([[one, 'found']]).get(other)).to.equal('found');
      expect(is(List([one]), List([other]))).to.be.true;
    });

    const base = { text: 't', role: 'user', name: 'n', data: { a: 1 } };
    const different: { [name: string]: object } = {
      text: { ...base, text: 'u' },
      role: { ...base, role: 'system' },
      'no role': { ...base, role: undefined },
      name: { ...base, name: 'm' },
      data: { ...base, data: { a: 2 } },
      'the type of a value': { ...base, data: { a: '1' } },
      'a field more': { ...base, data: { a: 1, b: null } },
      'another nesting': { ...base, data: { a: [1] } },
      'no data': { ...base, data: {} },
    };
    for (const [name, fields] of Object.entries(different)) {
      it(`other content is another message: ${name}`, () => {
        const [one, other] = [new Message(base), new Message(fields)];
        expect(is(one, other)).to.be.false;
        expect(one.hashKey).not.to.equal(other.hashKey);
      });
    }

    it('another type is another message (B65)', () => {
      const kinds = [
        new Message({ text: 't' }),
        new ErrorMessage({ text: 't' }),
        new Source({ text: 't' }),
        new Link({ text: 't' }),
      ];
      expect(new globalThis.Set(kinds.map(({ hashKey }) => hashKey)).size).to.equal(4);
      expect(Set<Message>(kinds).size).to.equal(4);
    });

    it('no difference is made between what JSON cannot tell apart (B71)', () => {
      const one = new Message({
        data: { n: 1.0, zero: 0, at: new Date(0), list: List([1]), map: OrderedMap({ b: 1, a: 2 }) },
      });
      const other = new Message({ data: { n: 1, zero: -0, at: new Date(0).toJSON(), list: [1], map: { a: 2, b: 1 } } });
      expect(is(one, other)).to.be.true;
      expect(one.hashKey).to.equal(other.hashKey);
    });

    it('a message is not what only looks like one', () => {
      const message = new Message({ text: 't' });
      expect(is(message, message.toJSON())).to.be.false;
      expect(message.equals({ text: 't' })).to.be.false;
      expect(message.equals(null)).to.be.false;
      expect(is(Map(message.toObject()), message)).to.be.false;
    });
  });

  describe('the hashKey is the SHA-256 of the canonical JSON (RFC 8785)', () => {
    const vectors: [string, object, string][] = [
      ['text', { text: 'hi' }, '{"$type":"Message","text":"hi"}'],
      [
        'the values of RFC 8785, section 3.2.2',
        {
          data: {
            numbers: [333333333.33333329, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
            string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/',
            literals: [null, true, false],
          },
        },
        '{"$type":"Message","data":{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
          '"string":"\u20ac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"},"text":""}',
      ],
      [
        'the keys of RFC 8785, section 3.2.3, in UTF-16 order',
        {
          data: {
            '\u20ac': 'Euro Sign',
            '\r': 'Carriage Return',
            '\ufb33': 'Hebrew Letter Dalet With Dagesh',
            '1': 'One',
            '\ud83d\ude00': 'Emoji: Grinning Face',
            '\u0080': 'Control',
            '\u00f6': 'Latin Small Letter O With Diaeresis',
          },
        },
        '{"$type":"Message","data":{"\\r":"Carriage Return","1":"One","\u0080":"Control",' +
          '"\u00f6":"Latin Small Letter O With Diaeresis","\u20ac":"Euro Sign","\ud83d\ude00":"Emoji: Grinning Face",' +
          '"\ufb33":"Hebrew Letter Dalet With Dagesh"},"text":""}',
      ],
      [
        'numbers as JavaScript writes them',
        { data: { n: [-0, 1e21, 1e-7, 123456789012345680000, 5e-324, -1.5] } },
        '{"$type":"Message","data":{"n":[0,1e+21,1e-7,123456789012345680000,5e-324,-1.5]},"text":""}',
      ],
    ];
    for (const [name, fields, canonical] of vectors) {
      it(`of ${name} (B68)`, async () => {
        expect(new Message(fields).hashKey).to.equal(await sha256(canonical));
      });
    }

    it('is the same on every machine, in every version', () => {
      const known = '8e03b012ad26e630393d0e1a37edbd4b23d20f2ebbdd8c31b5b49ea94db6cbcb';
      expect(new Message({ text: 'hi' }).hashKey).to.equal(known);
    });

    it('of messages inside it takes their own keys: same key, same message, at any depth (B70)', () => {
      const make = (url: string) =>
        new Answer({
          text: 'outer',
          source: new Answer({ sources: [new Source({ url })] }),
          data: { at: [new Link({ url })] },
        });
      expect(make('u').hashKey).to.equal(make('u').hashKey).and.not.equal(make('v').hashKey);
      expect(is(make('u'), make('u'))).to.be.true;
      expect(is(make('u'), make('v'))).to.be.false;
    });

    it('lists of messages and other things, in any mixture, count (bug 10)', () => {
      const message = (text: string) => new Message({ text });
      const lists = [
        [message('a'), 1],
        [1, message('a')],
        [[message('a')], 1],
        [message('b'), 1],
        [1, message('b')],
        [{ in: message('a') }],
      ];
      const made = lists.map((list) => new Message({ data: { list } }));
      expect(new globalThis.Set(made.map(({ hashKey }) => hashKey)).size).to.equal(lists.length);
      for (const each of made) expect([...each.subMessages()]).to.have.length(1);
    });
  });

  describe('messages inside messages', () => {
    const deep = new Source({ text: 'deep' });
    const middle = new Answer({ text: 'middle', source: deep });
    const other = new Source({ text: 'other' });
    const top = new Answer({
      text: 'top',
      source: middle,
      sources: [other, deep],
      data: { list: [[{ again: deep }]] },
    });

    it('are walked children first, in field order, each once (B74)', () => {
      const walked = [...top.subMessages()].map(String);
      expect(walked.slice().sort()).to.deep.equal(['deep', 'middle', 'other']);
      expect(walked.indexOf('deep')).to.be.lessThan(walked.indexOf('middle'));
      expect([...deep.subMessages()]).to.deep.equal([]);
    });

    it('are in its JSON in full, and back as what they were (bug 3)', () => {
      const json: unknown = JSON.parse(JSON.stringify(top));
      expect(JSON.stringify(json)).to.include('deep').and.include('other');
      const back = Message.fromJSON(json as object) as typeof top;
      expect(is(back, top)).to.be.true;
      expect(back.hashKey).to.equal(top.hashKey);
      expect(back).to.be.instanceOf(Answer);
      expect(back.source).to.be.instanceOf(Answer);
      expect(back.sources[0]).to.be.instanceOf(Source);
      expect((back.data['list'] as { again: unknown }[][])[0]?.[0]?.again).to.be.instanceOf(Source);
    });
  });

  describe('defineMessage', () => {
    it('its instances are Messages of their own class, with typed fields and defaults (B64, B72)', () => {
      const answer = new Answer({ text: 'yes', score: 5 });
      expect(answer).to.be.instanceOf(Answer).and.instanceOf(Message).and.not.instanceOf(Source);
      expect(new Message({ text: 'yes' })).not.to.be.instanceOf(Answer);
      expect(answer).to.include({ text: 'yes', score: 5, final: false, source: null });
      expect([...answer.sources]).to.deep.equal([]);
      expect(Object.keys(answer.toObject()).sort()).to.deep.equal([
        'data',
        'final',
        'name',
        'role',
        'score',
        'source',
        'sources',
        'text',
      ]);
      expect(answer.has('score') && !answer.has('extra')).to.be.true;
      expect(answer.get('extra', 'not set')).to.equal('not set');
    });

    it('an undeclared field is refused, and one of another kind (B72, B73)', () => {
      expect(() => new Answer({ extra: 1 } as object)).to.throw(InvalidMessageError, /extra/);
      expect(() => new Message({ extra: 1 } as object)).to.throw(InvalidMessageError, /extra/);
      expect(() => new Answer({ score: '5' as never })).to.throw(InvalidMessageError, /score.*number.*"5"/);
      expect(() => new Answer({ sources: {} as never })).to.throw(InvalidMessageError, /sources.*array/);
      expect(() => new Message({ text: 5 as never })).to.throw(InvalidMessageError, /text.*string.*5/);
      expect(() => new Message({ role: 5 as never })).to.throw(InvalidMessageError, /role/);
      expect(() => new Message({ data: [] })).to.throw(InvalidMessageError, /data/);
    });

    it('gives a class whose stream is of that class; what is known last wins, the text is from the tokens (B77)', async () => {
      let calls = 0;
      const promise = Source.stream(['https', '://'], { url: 'u' }, (text) => {
        calls++;
        return { url: `${text}v`, text: 'lost' };
      });
      expect(promise.draft).to.be.instanceOf(Source).and.include({ url: 'u', text: '' });
      const whole = await promise.resolve();
      expect(whole).to.be.instanceOf(Source).and.include({ text: 'https://', url: 'https://v' });
      await promise.resolve();
      expect(calls).to.equal(1);
    });

    it('the type of a message is its class and nothing that can be given (B63)', () => {
      expect(() => new Source({ $type: 'LawLink' } as object)).to.throw(InvalidMessageError, /\$type/);
      expect(new Source().toJSON()).to.include({ $type: 'LawSource' });
      expect(new Source(new Source({ url: 'u' }) as object).toJSON()).to.include({ $type: 'LawSource', url: 'u' });
    });

    it('a JSON round trip gives equal messages back, whatever they hold', () => {
      for (const message of [
        new Message(),
        new Message({ text: 'grüße \u{1f600}', role: 'user', name: 'n', data: { a: [null, true, 1.5, { b: '' }] } }),
        new Answer({ final: true, data: { text: 'x', role: 1 } }),
        new ErrorMessage({ text: 'RangeError: boom' }),
      ]) {
        const back = Message.fromJSON(JSON.parse(JSON.stringify(message)) as object);
        expect(is(back, message)).to.be.true;
        expect(back.constructor === message.constructor).to.be.true;
      }
    });
  });

  it('a message prints as its text, a list of messages shows each (B66)', async () => {
    const message = new Message({ text: 'two\nlines', role: 'user' });
    expect(String(message)).to.equal('two\nlines');
    expect(`${new Message()}`).to.equal('');
    const whole = await MessageSequence.from(['a', message]).resolve();
    expect(String(whole)).to.equal(
      'List [ Message { "text": "a" }, Message { "text": "two\\nlines", "role": "user" } ]',
    );
  });
});
