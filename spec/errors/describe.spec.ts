import { expect } from 'chai';
import { describe as describeValue } from '../../lib/errors/describe.js';

describe('describe', () => {
  class Wallet {}

  it('says the value and its type', () => {
    expect(describeValue(42)).to.equal('42 (number)');
    expect(describeValue(true)).to.equal('true (boolean)');
    expect(describeValue(10n)).to.equal('10 (bigint)');
    expect(describeValue(undefined)).to.equal('undefined (undefined)');
    expect(describeValue(Symbol('mark'))).to.equal('Symbol(mark) (symbol)');
    expect(describeValue(Wallet)).to.equal('Wallet (function)');
  });

  it('says an object’s class', () => {
    expect(describeValue(new Wallet())).to.equal('[object Object] (Wallet)');
    expect(describeValue(new Map())).to.equal('[object Map] (Map)');
    expect(describeValue([1, 2])).to.equal('1,2 (Array)');
    expect(describeValue(null)).to.equal('null (object)');
  });

  it('quotes text', () => {
    expect(describeValue('a "b"\nc')).to.equal('"a \\"b\\"\\nc" (string)');
  });

  it('keeps to one short line', () => {
    const classOf300 = { ['C'.repeat(300)]: class {} }['C'.repeat(300)] as new () => object;
    for (const value of ['x'.repeat(1000), { toString: () => 'a\nb' }, new Array(1000).fill('y'), new classOf300()]) {
      expect(describeValue(value)).to.match(/^.{1,140}$/);
    }
  });

  it('never throws', () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    const fails = () => {
      throw new Error('not to be looked at');
    };
    const values = [
      Object.create(null),
      { toString: fails },
      { toString: undefined, valueOf: undefined },
      Object.defineProperty({}, 'constructor', { get: fails }),
      { constructor: { name: {} } },
      class {
        static name = 42;
      },
      proxy,
    ];
    for (const value of values) expect(describeValue(value)).to.match(/^.* \(\w+\)$/);
  });
});
