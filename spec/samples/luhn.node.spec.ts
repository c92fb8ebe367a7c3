import { expect } from 'chai';
import { luhnWeights } from '../../samples/digest/luhn.js';
import { notionsOf, wordsOf } from '../../samples/digest/words.js';

describe("Luhn's summariser", () => {
  const { signal } = new AbortController();

  it('takes words of one notion together', () => {
    const notions = notionsOf([
      'cancel',
      'cancelled',
      'cancellation',
      'content',
      'context',
      'stream',
      'streaming',
      'test',
      'text',
    ]);
    expect([...notions]).to.deep.equal([
      ...['cancel', 'cancellation', 'cancelled'].map((word) => [word, 'cancel']),
      ...['content', 'context'].map((word) => [word, word]),
      ...['stream', 'streaming'].map((word) => [word, 'stream']),
      ...['test', 'text'].map((word) => [word, word]),
    ]);
  });

  it('takes code for one word', () => {
    expect(wordsOf("The agents' `new Message({ text })` isn't Ágnes’s.")).to.deep.equal([
      ...['the', 'agent', 'new message({ text })', "isn't", 'ágnes'],
    ]);
  });

  it('weighs the densest cluster of significant words: their square by what they span', async () => {
    // `lorem` and `ipsum` are significant: twice or more, and more often than the average word.
    const weights = await luhnWeights(
      [
        'Lorem ipsum dolor.', // 2² / 2
        'Lorem amet consectetur ipsum.', // 2² / 4
        'Lorem one adipiscing elit sed eiusmod tempor ipsum.', // too far apart: 1² / 1
        'Nothing significant stands here.',
        'Lorem ipsum aliqua lorem.', // 3² / 4
        'Lorem ipsum lorem magna minim veniam quis nostrud lorem ipsum lorem.', // twice 3² / 3, and not 6² / 11
      ],
      signal,
    );
    expect(weights).to.deep.equal([2, 1, 1, 0, 2.25, 3]);
  });

  it('takes for significant what comes more often than words do on average', async () => {
    expect(await luhnWeights(['Alpha alpha alpha alpha beta.', 'Beta alpha alpha.'], signal)).to.deep.equal([4, 2]);
  });

  it('takes no stop word for significant', async () => {
    expect(await luhnWeights(['The and of the.', 'The and of the.'], signal)).to.deep.equal([0, 0]);
  });

  it('weighs nothing where there is nothing', async () => {
    expect(await luhnWeights([], signal)).to.deep.equal([]);
  });
});
