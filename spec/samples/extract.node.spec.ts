import { expect } from 'chai';
import { candidatesOf, sayTheSame, weightiest } from '../../samples/digest/extract.js';

describe('extraction', () => {
  it('considers statements that can stand alone', () => {
    const alone = ['Agents reply to what they are asked.', 'Every message is a value of its own.'];
    const others = ['Is every agent a function of messages?', 'And that is all there is to it.', 'Too short.'];
    const aside = '(This is said in passing and in brackets.)';
    expect(candidatesOf([...alone, ...others, aside, 'no full stop at all'].join('\n\n'))).to.deep.equal(alone);
  });

  it('considers everything where nothing can stand alone', () => {
    expect(candidatesOf('- one\n- two')).to.deep.equal(['one', 'two']);
  });

  it('gives the beginning of what has no end: data, and what is encoded', () => {
    const words = candidatesOf('word '.repeat(100_000));
    expect(words.join('').length).to.be.lessThan(600);
    expect(words[0]).to.match(/^word .* word …$/);
    expect(candidatesOf('👋'.repeat(100_000)).join('')).to.match(/^(👋)+ …$/u);
    const long = `A sentence of six words ${'x'.repeat(100_000)}.`;
    expect(candidatesOf(long).join('').length).to.be.lessThan(600);
  });

  it('knows two sentences that are nearly one', () => {
    expect(sayTheSame('Agents stream every token at once.', 'At once, every agent streams tokens!')).to.equal(true);
    expect(sayTheSame('Agents stream every token at once.', 'Agents persist every message on disk.')).to.equal(false);
    expect(sayTheSame('Agents stream every token.', 'Agents stream every token and message.')).to.equal(true);
    expect(sayTheSame('Agents stream every token.', 'Agents stream songs and films.')).to.equal(false);
    expect(sayTheSame('is it', 'is it')).to.equal(true);
    expect(sayTheSame('is it', 'was it')).to.equal(false);
  });

  it('chooses the weightiest, heaviest first, nothing twice', async () => {
    const sentences = [
      'The weather was fine on that day in May.',
      'Agents send messages to agents.',
      'Agents send messages to agents!',
      'Messages are sent by somebody, and agents may well be far away from it all then.',
    ];
    const { signal } = new AbortController();
    const chosen = (await weightiest(sentences, 2, signal)).map(({ sentence }) => sentence);
    expect(chosen).to.deep.equal([sentences[1], sentences[3]]);
  });
});
