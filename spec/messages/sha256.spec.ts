import { expect } from 'chai';
import { sha256 as inBrowsers } from '../../lib/messages/sha256.js';
import { sha256 as inNode } from '../../lib/messages/sha256.node.js';

describe('sha256', () => {
  // FIPS 180-2, appendix B.
  const vectors: [string, string][] = [
    ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    [
      'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
      '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
    ],
    ['a'.repeat(1_000_000), 'cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0'],
  ];

  for (const [platform, sha256] of Object.entries({ inNode, inBrowsers })) {
    it(`is the standard’s, ${platform}`, () => {
      for (const [text, digest] of vectors) expect(sha256(text), text.slice(0, 20)).to.equal(digest);
    });
  }

  it('is of the UTF-8 form, and the same on all platforms', () => {
    expect(inNode('€')).to.equal('c4cc90ed3d26f12d4b08a75140970a7904035c31cbb4515a83f19b9003c00d1d');
    for (const text of ['é', '😀', '\u0000\u2028', 'x'.repeat(55), 'x'.repeat(56), 'x'.repeat(63), 'x'.repeat(64)]) {
      expect(inBrowsers(text)).to.equal(inNode(text));
    }
  });
});
