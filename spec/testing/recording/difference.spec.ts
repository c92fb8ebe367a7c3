import { expect } from 'chai';
import { difference } from '../../../lib/testing/recording/difference.js';

describe('difference', () => {
  it('shows lines, and the words of a line that became another one', () => {
    expect(difference(['a', 'b', 'c', 'Oslo is fine', 'd'], ['a', 'b', 'c', 'Oslo is bad', 'd'])).to.equal(
      '  b\n  c\n- Oslo is fine\n+ Oslo is bad\n  (Oslo is [-fine-]{+bad+})\n  d',
    );
  });

  it('shows lines only where several did', () => {
    expect(difference(['a', 'b'], ['c', 'd'])).to.equal('- a\n- b\n+ c\n+ d');
  });

  it('gives up looking for what is the same where texts are long and differ much, and shows the beginning', () => {
    const long = (seed: number) =>
      Array.from({ length: 5000 }, (_, index) => `w${(index * 7919 * seed + seed) % 100_003}`);
    const [one, other] = [difference([long(1).join(' ')], [long(2).join(' ')]), difference(long(1), long(2))];
    expect(one.split('\n').map((line) => line.length)).to.deep.equal([2002, 2002]);
    expect(one).to.match(/^- w1 .* …\n\+ w2 .* …$/);
    expect(other.split('\n')).to.have.lengthOf(201);
    expect(other).to.match(/^- w1\n[^]*\n {2}… 9800 more lines$/);
  });

  it('is nothing where nothing differs', () => expect(difference(['a'], ['a'])).to.equal(''));
});
