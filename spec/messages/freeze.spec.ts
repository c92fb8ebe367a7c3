import { expect } from 'chai';
import { List, Map as ImmutableMap, OrderedMap, Record, Set as ImmutableSet, Stack } from 'immutable';
import { InvalidMessageError } from '../../lib/errors/invalid-message-error.js';
import { freeze, isPlain, isWellFormed } from '../../lib/messages/freeze.js';
import { Message } from '../../lib/messages/message.js';

/** The error that a value is refused with. */
function refused(value: unknown): InvalidMessageError {
  try {
    freeze(value, 'data');
  } catch (error) {
    expect(error).to.be.instanceOf(InvalidMessageError);
    return error as InvalidMessageError;
  }
  return expect.fail('expected it to be refused');
}

describe('freeze', () => {
  it('takes what a JSON value is', () => {
    const value = { text: 'text', number: -1.5, yes: true, none: null, list: [1, [2], { three: 3 }], empty: {} };
    expect(freeze(value, 'data')).to.deep.equal(value);
  });

  it('freezes a copy on every level, and leaves the original alone', () => {
    const value = { list: [{ deep: ['x'] }] };
    const frozen = freeze(value, 'data') as typeof value;
    for (const level of [frozen, frozen.list, frozen.list[0], frozen.list[0]?.deep]) {
      expect(level).to.satisfy(Object.isFrozen);
    }
    expect(value).not.to.satisfy(Object.isFrozen);
    value.list[0]?.deep.push('y');
    expect(frozen).to.deep.equal({ list: [{ deep: ['x'] }] });
  });

  it('keeps messages as they are', () => {
    const message = new Message({ text: 'inner' });
    expect(freeze([message], 'data')).to.satisfy(([first]: unknown[]) => first === message);
  });

  it('makes the ISO text of a Date', () => {
    expect(freeze(new Date(0), 'data')).to.equal('1970-01-01T00:00:00.000Z');
    expect(refused({ at: new Date(NaN) }).path).to.equal('data.at');
  });

  it('makes of an Immutable collection the array or object that it is like', () => {
    const Point = Record({ x: 0, y: 0 });
    const value = {
      list: List([1, List([2])]),
      map: ImmutableMap({ a: List([1]) }),
      ordered: OrderedMap([['b', 1]]),
      set: ImmutableSet(['one']),
      stack: Stack([1, 2]),
      point: new Point({ x: 1 }),
    };
    expect(freeze(value, 'data')).to.deep.equal({
      list: [1, [2]],
      map: { a: [1] },
      ordered: { b: 1 },
      set: ['one'],
      stack: [1, 2],
      point: { x: 1, y: 0 },
    });
  });

  it('leaves out what is undefined in an object', () => {
    expect(freeze({ a: undefined, b: 1 }, 'data')).to.deep.equal({ b: 1 });
    expect(Object.keys(freeze({ a: undefined }, 'data') as object)).to.deep.equal([]);
  });

  it('refuses what could change later or has no JSON form, saying where it is and what', () => {
    const refusals: [unknown, string][] = [
      [() => {}, 'function'],
      [Symbol('mark'), 'symbol'],
      [10n, 'bigint'],
      [NaN, 'NaN'],
      [-Infinity, '-Infinity'],
      ['\ud800', 'half surrogate'],
      [new (class Wallet {})(), 'Wallet'],
      [new Map(), 'Map'],
      [new Set(), 'Set'],
      [new Uint8Array(1), 'Uint8Array'],
      [new Error('boom'), 'boom'],
      [/x/, 'RegExp'],
      [Promise.resolve(), 'Promise'],
      [Object('boxed'), 'String'],
      [ImmutableMap([[1, 'one']]), 'Map'],
      [Object.create({ inherited: true }), 'object'],
    ];
    for (const [value, what] of refusals) {
      const error = refused({ list: [0, { wrong: value }] });
      expect(error.path, what).to.equal('data.list[1].wrong');
      expect(error.message)
        .to.match(/^message field data\.list\[1\]\.wrong: expected .*; got .*/)
        .and.contain(what);
    }
  });

  it('refuses nothing where something must be: in an array, in the place of a field', () => {
    expect(refused([1, undefined]).path).to.equal('data[1]');
    expect(refused(new Array(1)).path).to.equal('data[0]');
    expect(refused(undefined).path).to.equal('data');
  });

  it('names a field within Immutable collections, too', () => {
    expect(refused(List([ImmutableMap({ wrong: List([() => {}]) })])).path).to.equal('data[0].wrong[0]');
  });

  it('names a key as it is', () => {
    expect(refused({ '1a': () => {} }).path).to.equal('data.1a');
  });

  it('refuses keys that could be taken for something else, or have no canonical JSON', () => {
    expect(refused({ inner: { $type: 'Message' } }).path).to.equal('data.inner.$type');
    expect(refused(JSON.parse('{"__proto__":{"polluted":true}}')).path).to.equal('data.__proto__');
    expect(refused({ '\ud800': 1 }).path).to.equal('data.\ud800');
  });

  it('refuses a cycle, and what is deeper than a bound', () => {
    const cycle: unknown[] = [];
    cycle.push({ cycle });
    expect(refused(cycle).message).to.match(/^message field data\[0\]\.cycle\[0\]\.cycle.*cycle\?/);
    const nested = (levels: number) => {
      let value: unknown = 'bottom';
      for (let level = 0; level < levels; level++) value = [value];
      return value;
    };
    expect(() => freeze(nested(900), 'data')).not.to.throw();
    expect(refused(nested(5000)).message.length).to.be.lessThan(300);
  });

  it('takes the same value at many places, which is no cycle', () => {
    const shared = { list: [1] };
    expect(freeze([shared, shared, { shared }], 'data')).to.deep.equal([shared, shared, { shared }]);
  });

  it('throws what a getter throws', () => {
    const boom = new Error('boom');
    const value = Object.defineProperty({}, 'field', {
      enumerable: true,
      get: () => {
        throw boom;
      },
    });
    expect(() => freeze(value, 'data')).to.throw(boom);
  });
});

describe('isPlain', () => {
  it('is true of an object of fields, and not of a class', () => {
    for (const plain of [{}, { a: 1 }, Object.create(null)]) expect(isPlain(plain)).to.equal(true);
    const others = [null, undefined, 'text', 42, [], () => {}, new Map(), new (class {})(), Object.create({})];
    for (const other of others) expect(isPlain(other)).to.equal(false);
  });
});

describe('isWellFormed', () => {
  it('is true of text without half surrogate pairs', () => {
    for (const text of ['', 'text', '😀', '\ue000']) expect(isWellFormed(text), text).to.equal(true);
    for (const half of ['\ud83d', 'a\ude00', '\ude00\ud83d']) expect(isWellFormed(half), half).to.equal(false);
  });

  it('says the same where the platform cannot', () => {
    const platform = Object.getOwnPropertyDescriptor(String.prototype, 'isWellFormed');
    Object.defineProperty(String.prototype, 'isWellFormed', { value: undefined, configurable: true });
    try {
      expect(isWellFormed('😀')).to.equal(true);
      expect(isWellFormed('a\ude00')).to.equal(false);
    } finally {
      if (platform) Object.defineProperty(String.prototype, 'isWellFormed', platform);
      else Reflect.deleteProperty(String.prototype, 'isWellFormed');
    }
  });
});
