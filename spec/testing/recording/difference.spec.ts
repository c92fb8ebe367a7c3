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

  it('is nothing where nothing differs', () => expect(difference(['a'], ['a'])).to.equal(''));
});
