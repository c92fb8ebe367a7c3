import { expect } from 'chai';
import { List, Map } from 'immutable';
import { Message } from '../../lib/messages/message.js';
import { isSameValue } from '../../lib/testing/same-value.js';

describe('isSameValue', () => {
  const same: [string, unknown, unknown][] = [
    [
      'messages of equal content',
      new Message({ text: 'a', data: { b: [1] } }),
      new Message({ text: 'a', data: { b: [1] } }),
    ],
    ['Immutable collections', List([Map({ a: 1 })]), List([Map({ a: 1 })])],
    ['NaN', NaN, NaN],
    ['arrays and plain objects, deeply', [{ a: [1, { b: 2 }] }], [{ a: [1, { b: 2 }] }]],
    ['errors of one name and message', new RangeError('boom'), new RangeError('boom')],
  ];
  for (const [what, one, other] of same) it(`knows ${what}`, () => void expect(isSameValue(one, other)).to.equal(true));

  const different: [string, unknown, unknown][] = [
    ['messages of another role', new Message({ text: 'a' }), new Message({ text: 'a', role: 'user' })],
    ['a message and its fields', new Message({ text: 'a' }), { text: 'a' }],
    ['collections and arrays', List([1]), [1]],
    ['errors of another name', new RangeError('boom'), new Error('boom')],
    ['a key that is missing', { a: undefined }, { b: undefined }],
    ['a longer array', [1], [1, 2]],
    ['an object and nothing', {}, null],
  ];
  for (const [what, one, other] of different)
    it(`tells apart ${what}`, () => {
      expect(isSameValue(one, other)).to.equal(false);
      expect(isSameValue(other, one)).to.equal(false);
    });
});
