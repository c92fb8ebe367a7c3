import { expect } from 'chai';
import { wholeCharacters } from '../../../lib/agents/node/whole-characters.js';

describe('wholeCharacters', () => {
  const high = '\ud83d';
  const low = '\ude00';
  async function* given(tokens: readonly string[]) {
    for (const token of tokens) yield await Promise.resolve(token);
  }
  for (const [tokens, whole] of [
    [[], []],
    [
      ['a', '', 'b'],
      ['a', '', 'b'],
    ],
    [
      [`Hi ${high}`, `${low}!`],
      ['Hi ', '😀!'],
    ],
    [
      [high, '', low, high, low],
      ['', '', '😀', '', '😀'],
    ],
    [
      [`a${high}`, 'b'],
      ['a', `${high}b`],
    ],
    [
      ['a', `b${high}`],
      ['a', 'b', high],
    ],
  ] as [string[], string[]][])
    it(`of ${JSON.stringify(tokens)}: ${JSON.stringify(whole)}`, async () => {
      const seen: string[] = [];
      for await (const token of wholeCharacters(given(tokens))) seen.push(token);
      expect(seen).to.deep.equal(whole);
    });
});
