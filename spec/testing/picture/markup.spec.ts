import { expect } from 'chai';
import { escapeMarkup, short } from '../../../lib/testing/picture/markup.js';

describe('markup', () => {
  it('has texts that mean nothing in it', () => {
    expect(escapeMarkup(`<a b="c" d='e'>&amp;\n\u0000`)).to.equal(
      '&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;amp; \ufffd',
    );
  });

  it('has numbers of one decimal at most, and no minus zero', () => {
    expect([1, 1.25, 0.04, -0.04, 1 / 3, 1e3].map(short)).to.deep.equal(['1', '1.3', '0', '0', '0.3', '1000']);
  });
});
