import { expect } from 'chai';
import * as fc from 'fast-check';
import { is, Map } from 'immutable';
import { canonicalize } from 'json-canonicalize';
import { defineMessage, InvalidMessageError, Message } from 'miniagents';
import { cases, TIMEOUT } from './cases.js';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const Note = defineMessage('PropertyNote', { tags: [], about: null, stars: 0 });

/** Keys that have stood in somebody's way: names of methods, of fields, and of what objects inherit. */
const key = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 4 }),
  fc.constantFrom(
    'text',
    'data',
    'get',
    'size',
    'toString',
    'constructor',
    'hasOwnProperty',
    'then',
    'length',
    '0',
    '10',
    '2',
    'é',
    '\u20ac',
    '😀',
    '\ufb33',
  ),
);
const number = fc.oneof(
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(-0, 0, 1e21, 1e-7, 5e-324, 0.1),
);

/** What a message can hold: JSON values. */
const json: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(null, true, false),
    number,
    fc.string({ unit: 'binary', maxLength: 8 }),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(key, tie('value'), { maxKeys: 4 }).map((object) => ({ ...object })),
  ),
})).value;
const data = fc.dictionary(key, json, { maxKeys: 5 }).map((object): { [key: string]: Json } => ({ ...object }));
const fields = fc.record({
  text: fc.string({ unit: 'binary' }),
  role: fc.constantFrom('user', 'assistant', undefined),
  name: fc.constantFrom('one', 'two', undefined),
  data,
});

/** Messages in messages, of two classes. */
const messages: fc.Arbitrary<Message> = fc.letrec<{ message: Message }>((tie) => ({
  message: fc.oneof(
    { maxDepth: 3 },
    fields.map((given) => new Message(given)),
    fc
      .tuple(fields, fc.array(tie('message'), { maxLength: 2 }))
      .map(([given, inner]) => new Message({ ...given, data: { ...given.data, inner: { inner } } })),
    fc
      .tuple(fields, tie('message'), fc.array(json))
      .map(([given, about, tags]) => new Note({ ...given, about, tags, stars: tags.length })),
  ),
})).message;

/** The same content, its keys in another order and no object the same. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, inner]) => [name, turned(inner)]),
  );
}

function expectFrozen(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  expect(Object.isFrozen(value)).to.equal(true);
  Object.values(value).forEach(expectFrozen);
}

/** Changes something on every level. */
function spoil(value: Json): void {
  if (typeof value !== 'object' || value === null) return;
  Object.values(value).forEach(spoil);
  if (Array.isArray(value)) value.push('added');
  else value['added'] = true;
}

const roundTrip = (message: Message): Message => Message.fromJSON(JSON.parse(JSON.stringify(message)) as object);

/** A message's JSON with the messages in it as references. */
function referring(message: Message): object {
  const refer = (value: unknown): unknown => {
    if (value instanceof Message) return { $type: value.toJSON().$type, hashKey: value.hashKey };
    if (Array.isArray(value)) return value.map(refer);
    return typeof value === 'object' && value !== null
      ? Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, refer(inner)]))
      : value;
  };
  const { $type } = message.toJSON();
  const given = Object.entries(message.toObject()).filter(
    ([name, value]) => value !== undefined && !(name === 'data' && Object.keys(value as object).length === 0),
  );
  return { $type, ...(refer(Object.fromEntries(given)) as object) };
}

async function sha256(text: string): Promise<string> {
  const digest = await globalThis.crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

describe('property: messages are values', function () {
  this.timeout(TIMEOUT);

  it('nothing in them can change, whatever they were made of', () => {
    fc.assert(
      fc.property(data, (given) => {
        const message = new Message({ data: given });
        const before = JSON.stringify(message);
        expectFrozen(message.data);
        spoil(given);
        expect(JSON.stringify(message)).to.equal(before);
        expect(() => Object.assign(message.data, { added: 1 })).to.throw(TypeError);
        expect(() => Object.assign(message, { text: 'changed' })).to.throw(TypeError);
      }),
      cases(400),
    );
  });

  it('they are equal, and have one hashKey, exactly if their canonical JSON is the same', () => {
    const pairs = fc.tuple(fields, fields, fc.nat({ max: 3 })).map(([one, other, how]) => {
      if (how === 0) return [one, other] as const;
      if (how === 1) return [one, turned(one) as typeof one] as const;
      return [
        one,
        how === 2 ? { ...one, text: `${one.text} ` } : { ...one, data: { ...one.data, more: null } },
      ] as const;
    });
    fc.assert(
      fc.property(pairs, ([one, other]) => {
        const [first, second] = [new Message(one), new Message(other)];
        const same =
          canonicalize(JSON.parse(JSON.stringify(first))) === canonicalize(JSON.parse(JSON.stringify(second)));
        expect(is(first, second)).to.equal(same);
        expect(first.hashKey === second.hashKey).to.equal(same);
        if (same) expect(first.hashCode()).to.equal(second.hashCode());
        expect(Map<Message, boolean>([[first, true]]).get(second, false)).to.equal(same);
        expect(is(first, new Note(one))).to.equal(false);
      }),
      cases(600),
    );
  });

  it('the hashKey is the SHA-256 of the canonical JSON, where messages inside are referred to by theirs', async () => {
    await fc.assert(
      fc.asyncProperty(messages, async (message) => {
        expect(message.hashKey).to.equal(await sha256(canonicalize(referring(message))));
      }),
      cases(400),
    );
  });

  it('a JSON round trip gives the same message of the same class, with the same ones inside', () => {
    fc.assert(
      fc.property(messages, (message) => {
        const back = roundTrip(message);
        expect(is(back, message)).to.equal(true);
        expect(back.hashKey).to.equal(message.hashKey);
        expect(back instanceof Note).to.equal(message instanceof Note);
        expect(JSON.stringify(back)).to.equal(JSON.stringify(message));
        const inside = (each: Message): string[] => [...each.subMessages()].map(({ hashKey }) => hashKey);
        expect(inside(back)).to.have.members(inside(message));
      }),
      cases(400),
    );
  });

  it('subMessages gives every message inside once, those that others refer to first', () => {
    fc.assert(
      fc.property(messages, (message) => {
        const walked = [...message.subMessages()];
        expect(new Set(walked).size).to.equal(walked.length);
        for (const [index, each] of walked.entries()) {
          for (const inner of each.subMessages()) expect(walked.slice(0, index).includes(inner)).to.equal(true);
        }
      }),
      cases(200),
    );
  });

  it('a change is a new message, as if it had been made so; what does not change stays the same object', () => {
    fc.assert(
      fc.property(fields, data, (given, other) => {
        const message = new Message(given);
        const changed = message.set('data', other);
        expect(is(changed, new Message({ ...given, data: other }))).to.equal(true);
        expect(is(message, new Message(given))).to.equal(true);
        expect(is(message.merge({ data: other }), changed)).to.equal(true);
        expect(message.set('text', 'new').data === message.data).to.equal(true);
        expect(message.set('text', message.text) === message).to.equal(true);
      }),
      cases(300),
    );
  });

  it('what could change later, or has no JSON, is refused by the name of its field', () => {
    class Wallet {}
    const wrong = fc.constantFrom<unknown>(
      () => 1,
      Symbol('s'),
      new Wallet(),
      10n,
      Number.NaN,
      Infinity,
      new globalThis.Map(),
      new Set(),
      /x/,
      '\ud83d',
    );
    fc.assert(
      fc.property(data, wrong, fc.array(fc.boolean(), { maxLength: 3 }), (given, value, path) => {
        const nested = path.reduce<unknown>((inner, inArray) => (inArray ? [inner] : { inner }), { wrong: value });
        expect(() => new Message({ data: { ...given, nested } })).to.throw(InvalidMessageError, 'wrong');
        expect(() => new Message({}).set('data', { nested })).to.throw(InvalidMessageError, 'wrong');
      }),
      cases(200),
    );
  });
});
