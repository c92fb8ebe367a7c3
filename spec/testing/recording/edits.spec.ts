import { expect } from 'chai';
import * as fc from 'fast-check';
import { cutAnew, editBetween, editsByPattern } from '../../../lib/testing/recording/edits.js';
import { cases } from '../../property/cases.js';

describe('edits', () => {
  it('of all that a pattern matches', () => {
    expect(cutAnew(['a1', 'b2'], editsByPattern('a1b2', /\d/, '#'))).to.deep.equal(['a#', 'b#']);
    expect(editsByPattern('abc', /x*/g, '#')).to.deep.equal([]);
  });

  it('go to the first of the tokens that they are in; there are as many as before', () => {
    const tokens = ['my ', 'key sk', '-12', '', '34', ' ok'];
    expect(cutAnew(tokens, editsByPattern(tokens.join(''), /sk-\d+/, '*'))).to.deep.equal([
      'my ',
      'key *',
      '',
      '',
      '',
      ' ok',
    ]);
    expect(cutAnew(['ab', 'cd'], editsByPattern('abcd', /bc/, '*'))).to.deep.equal(['a*', 'd']);
    expect(cutAnew(['a', 'b'], editBetween('ab', 'ab!'))).to.deep.equal(['a', 'b!']);
  });

  it('property: tokens say what the text says', () => {
    const token = fc.string({ unit: fc.constantFrom('a', 'b', 's', '-', '1'), maxLength: 4 });
    fc.assert(
      fc.property(fc.array(token, { minLength: 1 }), fc.string(), (tokens, other) => {
        const text = tokens.join('');
        expect(cutAnew(tokens, editsByPattern(text, /s-1*|ab/, '*')).join('')).to.equal(text.replace(/s-1*|ab/g, '*'));
        const anew = cutAnew(tokens, editBetween(text, other));
        expect(anew.join('')).to.equal(other);
        expect(anew).to.have.lengthOf(tokens.length);
      }),
      cases(500),
    );
  });
});
