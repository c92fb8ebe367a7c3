import { expect } from 'chai';
import { is, Map as ImmutableMap } from 'immutable';
import {
  defineMessage,
  InvalidArgumentError,
  InvalidMessageError,
  Message,
  miniagent,
  MiniAgentsError,
} from 'miniagents';
import { from, of } from 'rxjs';
import { inside, rejection, texts } from '../laws/support.js';

class Wallet {
  readonly coins = 3;
}

/** What cannot be in a message, and how an error names it. */
const junk: [string, unknown, RegExp][] = [
  ['a function', () => 1, /function/],
  ['a class', Wallet, /Wallet/],
  ['a class instance', new Wallet(), /Wallet/],
  ['a symbol', Symbol('sign'), /sign/],
  ['a bigint', 10n, /bigint/],
  ['NaN', NaN, /NaN/],
  ['Infinity', -Infinity, /-Infinity/],
  ['a Map', new Map([['a', 1]]), /Map/],
  ['a Set', new Set([1]), /Set/],
  ['a RegExp', /x/, /RegExp/],
  ['a promise', Promise.resolve(1), /Promise/],
  ['an Observable', of(1), /Observable/],
  ['a message promise', Message.stream(of('a')), /MessagePromise/],
  ['bytes', new Uint8Array([1]), /Uint8Array/],
  ['an Error', new Error('x'), /Error/],
  ['an invalid Date', new Date(NaN), /NaN|Invalid/],
  ['half of a surrogate pair', 'half \ud83d', /surrogate/],
  ['an Immutable Map with keys that are no strings', ImmutableMap([[1, 'a']]), /Map|1/],
  ['a global', globalThis, /./],
];

describe('bad input: junk in a field of a message', () => {
  inside();
  const Odd = defineMessage('BadInputOdd', { anything: null });

  for (const [name, wrong, shown] of junk) {
    it(`${name}: refused wherever it comes in, with an error that names the field (B62)`, () => {
      const attempts = [
        () => new Message({ data: { list: [1, { wrong }] } }),
        () => new Message().set('data', { list: [1, { wrong }] }),
        () => new Odd({ anything: { list: [1, { wrong }] } }),
        () => Message.fromJSON({ $type: 'Message', data: { list: [1, { wrong }] } }),
        () => Message.stream(of('a'), { data: { list: [1, { wrong }] } }),
      ];
      for (const attempt of attempts.slice(0, 3)) {
        expect(attempt).to.throw(InvalidMessageError, shown);
        expect(attempt).to.throw(TypeError, /(data|anything)\.list\[1\]\.wrong/);
      }
      for (const attempt of attempts) expect(attempt).to.throw(InvalidMessageError, /wrong/);
      try {
        attempts[0]?.();
      } catch (error) {
        expect(error).to.be.instanceOf(MiniAgentsError).with.property('path', 'data.list[1].wrong');
      }
    });
  }

  it('in text, role, name: only text is text', () => {
    for (const wrong of [5, true, {}, [], () => 1, Symbol('s'), 1n, new String('x')] as never[]) {
      expect(() => new Message({ text: wrong })).to.throw(InvalidMessageError, /text/);
      expect(() => new Message({ role: wrong })).to.throw(InvalidMessageError, /role/);
      expect(() => new Message({ name: wrong })).to.throw(InvalidMessageError, /name/);
      expect(() => new Message().set('text', wrong)).to.throw(InvalidMessageError, /text/);
    }
    expect(() => new Message({ text: 'half \ud83d' })).to.throw(InvalidMessageError, /text.*surrogate/);
    expect(new Message({ text: 'both \ud83d\ude00' }).hashKey).to.match(/^[0-9a-f]{64}$/);
    expect(new Message({ role: undefined }).role).to.be.undefined;
  });

  it('fields that are no object', () => {
    for (const wrong of [5, 'text', true, [], () => 1, null] as never[])
      expect(() => new Message(wrong)).to.throw(InvalidMessageError, /fields/);
    for (const wrong of [5, 'text', [], () => 1, new Map()] as never[])
      expect(() => new Message({ data: wrong })).to.throw(InvalidMessageError, /data/);
  });

  describe('cycles and depth', () => {
    const deep = (levels: number) => {
      let data: object = {};
      for (let level = 0; level < levels; level++) data = level % 2 ? { in: data } : { in: [data] };
      return data;
    };

    it('a cycle is an error, not a hang', () => {
      const data: { list: unknown[]; self?: unknown } = { list: [] };
      data.list.push({ back: data });
      expect(() => new Message({ data })).to.throw(InvalidMessageError, /cycle/);
      data.self = data;
      expect(() => new Message({ data: { data } })).to.throw(InvalidMessageError, /cycle/);
      const list: unknown[] = [];
      list.push(list);
      expect(() => new Message({ data: { list } })).to.throw(InvalidMessageError, /cycle/);
    });

    it('the same object twice is no cycle', () => {
      const twice = { a: 1 };
      expect(new Message({ data: { one: twice, other: [twice] } }).toJSON().data).to.deep.equal({
        one: twice,
        other: [twice],
      });
    });

    it('in JSON, too', () => {
      const cycle: { self?: unknown } = {};
      cycle.self = cycle;
      for (const data of [cycle, deep(2_000), deep(200_000)])
        expect(() => Message.fromJSON({ $type: 'Message', data })).to.throw(InvalidMessageError);
    });

    it('2,000 levels, and 200,000, are an error that says so; after it all works as before', () => {
      for (const levels of [2_000, 200_000])
        expect(() => new Message({ data: deep(levels) })).to.throw(InvalidMessageError, /levels/);
      const [one, other] = [new Message({ data: deep(200) }), new Message({ data: deep(200) })];
      expect(is(one, other)).to.be.true;
      expect(() => new Message({ data: { wrong: NaN } })).to.throw(InvalidMessageError, /^message field data\.wrong:/);
    });
  });

  describe('objects with a will of their own', () => {
    it('a getter is read once, and what it throws is thrown', () => {
      let reads = 0;
      const counted = Object.defineProperty({}, 'value', { enumerable: true, get: () => ++reads });
      expect(new Message({ data: counted }).data).to.deep.equal({ value: 1 });
      expect(reads).to.equal(1);
      const throwing = Object.defineProperty({}, 'value', {
        enumerable: true,
        get: () => {
          throw new Error('from the getter');
        },
      });
      expect(() => new Message({ data: throwing })).to.throw('from the getter');
      expect(() => new Message({ data: { wrong: NaN } })).to.throw(InvalidMessageError, /^message field data\.wrong:/);
    });

    it('holes, undefined and negative zero are what JSON makes of them, or refused', () => {
      expect(JSON.stringify(new Message({ data: { nothing: undefined, zero: -0 } }).toJSON().data)).to.equal(
        '{"zero":0}',
      );

      for (const list of [[1, , 2], [undefined]])
        expect(() => new Message({ data: { list } })).to.throw(InvalidMessageError, /list\[/);
    });

    it('keys that mean something to JavaScript or to the library are refused, or only data', () => {
      expect(() => new Message({ data: JSON.parse('{"__proto__": {"polluted": true}}') as object })).to.throw(
        InvalidMessageError,
        /__proto__/,
      );
      expect(() => new Message({ data: { $type: 'Message' } })).to.throw(InvalidMessageError, /\$type/);
      const message = new Message({ data: { constructor: 1, toString: 2, toJSON: 3, then: 4, length: 5 } });
      expect(is(Message.fromJSON(JSON.parse(JSON.stringify(message)) as object), message)).to.be.true;
      expect(({} as { polluted?: boolean }).polluted).to.be.undefined;
    });
  });

  describe('JSON that is no message', () => {
    it('is an error that says what is wrong', () => {
      for (const wrong of [null, 5, 'text', undefined] as never[])
        expect(() => Message.fromJSON(wrong)).to.throw(InvalidMessageError);
      expect(() => Message.fromJSON({ $type: 'Unheard of' })).to.throw(InvalidMessageError, /Unheard of/);
      expect(() => Message.fromJSON({ $type: 5 })).to.throw(InvalidMessageError, /5/);
      expect(() => Message.fromJSON({ $type: 'Message', extra: 1 })).to.throw(InvalidMessageError, /extra/);
      expect(() => Message.fromJSON({ $type: 'Message', text: 1 })).to.throw(InvalidMessageError, /text/);
      expect(() => Message.fromJSON({ data: { inside: { $type: 'Unheard of' } } })).to.throw(InvalidMessageError);
    });
  });

  describe('a class that cannot be', () => {
    it('a name that is none, or taken', () => {
      for (const name of ['', 'Message', undefined, 5] as never[])
        expect(() => defineMessage(name, {})).to.throw(InvalidMessageError, /name/);
    });

    it('a default that cannot be in a message', () => {
      expect(() => defineMessage('BadInputDefault', { wrong: () => 1 })).to.throw(InvalidMessageError, /wrong/);
      expect(() => defineMessage('BadInputDefault', { wrong: new Wallet() })).to.throw(InvalidMessageError, /wrong/);
    });

    it('fields with names that are in the way are data all the same', () => {
      const Named = defineMessage('BadInputNamed', { get: 'x', set: 1, hashKey: 2, size: 3 });
      const message = new Named({ text: 't', set: 2 } as object);
      expect(message.get('get')).to.equal('x');
      expect(message.get('set')).to.equal(2);
      expect(message.hashKey).to.match(/^[0-9a-f]{64}$/);
      expect(is(Message.fromJSON(message.toJSON()), message)).to.be.true;
    });
  });

  describe('tokens and fields of a stream', () => {
    for (const wrong of [42, true, null, undefined, {}, ['a'], Symbol('s'), new Message({ text: 'a' })]) {
      it(`a token that is ${String(typeof wrong)} ${String(wrong)}: the message fails there (B82)`, async () => {
        const message = Message.stream(from(['a', wrong, 'b'] as string[]));
        expect(await rejection(message.resolve())).to.be.instanceOf(InvalidArgumentError);
        const seen: unknown[] = [];
        message.subscribe({ next: (token) => seen.push(token), error: (error: Error) => seen.push(error.name) });
        expect(seen).to.deep.equal(['a', 'InvalidArgumentError']);
        expect(
          (
            await texts(
              miniagent('agent', () => message)
                .inquire()
                .errorsAsMessages(),
            )
          )[0],
        ).to.match(/^a\n.*token/);
      });
    }

    it('a source that is none', async () => {
      for (const wrong of [5, null, undefined, {}, () => 1] as never[]) {
        const outcome = async () => Message.stream(wrong).resolve();
        expect(await rejection(outcome())).to.be.instanceOf(TypeError);
      }
    });

    it('fields that are given too late and do not fit: the message fails, and its tokens are there (B22)', async () => {
      const message = Message.stream(of('a'), {}, () => ({ data: { wrong: () => 1 } }));
      expect(await rejection(message.resolve())).to.be.instanceOf(InvalidMessageError);
      const thrown = Message.stream(of('a'), {}, () => {
        throw new Error('from last');
      });
      expect(await rejection(thrown.resolve())).to.have.property('message', 'from last');
      expect(await rejection(thrown.resolve())).to.equal(await rejection(thrown.resolve()));
      const seen: string[] = [];
      thrown.subscribe({ next: (token) => seen.push(token), error: (error: Error) => seen.push(error.message) });
      expect(seen).to.deep.equal(['a', 'from last']);
    });

    it('a text among the fields: it comes from the tokens', () => {
      expect(() => Message.stream(of('a'), { text: 'b' } as object)).to.throw(InvalidMessageError, /text/);
    });
  });
});
