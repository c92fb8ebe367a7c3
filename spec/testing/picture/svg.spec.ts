import { expect } from 'chai';
import { toSVG } from '../../../lib/testing/picture/svg.js';
import { tell } from '../../../lib/testing/picture/tell.js';
import { runs } from './runs.js';

const draw = (title: string, width = 1000): string =>
  toSVG(tell(runs[title]?.().events ?? []), { width, title: `${title} <&>` });

/** What of a text is not closed, and what is closed that is not open. */
function unbalanced(markup: string): string[] {
  const open: string[] = [];
  for (const [, close, name = '', self] of markup.matchAll(/<(\/?)([\w-]+)[^>]*?(\/?)>/g)) {
    if (close && open.pop() !== name) return [`</${name}>`];
    if (!close && !self) open.push(name);
  }
  return open;
}

describe('toSVG', () => {
  it('is one image for those who cannot see it, with a title and a description', () => {
    const svg = draw('eight agents');
    expect(svg).to.match(
      /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" [^>]*role="img" aria-labelledby="title desc">/,
    );
    expect(svg).to.include('<title id="title">eight agents &lt;&amp;&gt;</title>');
    expect(svg).to.include('<desc id="desc">9 runs of 8 agents, 6 messages');
  });

  for (const title of Object.keys(runs))
    it(`${title}: is well formed, without scripts, and asks for nothing from elsewhere`, () => {
      const svg = draw(title);
      expect(unbalanced(svg)).to.deep.equal([]);
      expect(svg).to.not.match(/<script|<foreignObject|\bon\w+="|href=|url\(|@import/);
      // XML has no place for control characters, not even escaped.
      expect(svg).to.not.match(/[\0-\x08\x0b-\x1f\ufffe\uffff]|\p{Surrogate}/u);
      expect(svg).to.not.match(/NaN|Infinity|undefined/);
      expect(svg).to.not.match(/="[^"]*\d\.\d{2,}/);
      expect(draw(title)).to.equal(svg);
    });

  it('stays small: 50,000 tokens are no more than a few shapes', () => {
    expect(draw('50,000 tokens').length).to.be.below(10_000);
    expect(draw('one hundred agents').length).to.be.below(200_000);
  });

  it('is as wide as it is told to be', () => {
    expect(draw('eight agents', 400)).to.match(/^<svg [^>]*width="400"/);
    expect(draw('one hundred agents', 400)).to.not.match(/width="-/);
  });

  it('says so where nothing happened', () => {
    expect(draw('nothing')).to.include('>Nothing happened in this run.</text>');
  });
});
