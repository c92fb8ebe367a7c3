import { expect } from 'chai';
import { columnsOf, inOneLine, shorten } from '../../../lib/testing/picture/words.js';

describe('words', () => {
  it('are in one line, without anything that a terminal or a page would obey', () => {
    expect(inOneLine(' a\n\tb \u001b[31m\u0000 \u202ec \ud800d ')).to.equal('a b \ufffd[31m\ufffd \ufffdc \ufffdd');
  });

  it('are as wide as they are shown', () => {
    expect(['abc', '日本', '👩‍👩‍👧‍👦', 'é', ''].map(columnsOf)).to.deep.equal([3, 4, 2, 1, 0]);
  });

  it('are cut where they do not fit, and never inside of what is one character', () => {
    expect(shorten('a text', 6)).to.equal('a text');
    expect(shorten('a text!', 6)).to.equal('a tex…');
    expect(shorten('a text!', 6, '...')).to.equal('a t...');
    expect(shorten('日本語', 5)).to.equal('日本…');
    expect(shorten('ab👩‍👩‍👧‍👦c', 4)).to.equal('ab…');
    expect(shorten('abc', 2, '...')).to.equal('');
  });

  it('are cut without reading millions of characters', () => {
    const text = 'word '.repeat(2_000_000);
    expect(shorten(text, 10)).to.equal('word word…');
  });

  it('fit, whatever they are', () => {
    for (const text of ['😀'.repeat(50), 'ab '.repeat(50), `${' '.repeat(5000)}x`, 'e\u0301'.repeat(100)])
      for (let most = 1; most < 30; most++) expect(columnsOf(shorten(text, most))).to.be.at.most(most);
  });
});
