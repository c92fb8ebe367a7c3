import { expect } from 'chai';
import { sentencesOf } from '../../samples/digest/sentences.js';

/** `|` stands where a sentence ends. */
const PARAGRAPHS = [
  'One. | Two! | Three? | Four …',
  'Mr. Smith met Dr. J. R. Jones, e.g. in Fig. 3 (cf. No. 5). | He said no. | Then he left.',
  'He asked: "Why?" | Nobody knew. | (See below.) | The end',
  'Version 1.2.3 of Node.js is out. | 20 of 22 do. | `code` can begin one. | ts-node too.',
  'The U.S. policy is etc. pp. and so on. | It ends... | Here.',
  'これは文です。| 次の文です。| 終わり',
];

describe('sentences of a paragraph', () => {
  for (const paragraph of PARAGRAPHS)
    it(paragraph, () => {
      const parts = paragraph.split('|').map((sentence) => sentence.trim());
      const joined = paragraph.includes('。') ? parts.join('') : parts.join(' ');
      expect(sentencesOf(joined)).to.deep.equal(parts);
    });

  it('are none of an empty one', () => {
    expect(sentencesOf('')).to.deep.equal([]);
  });
});
