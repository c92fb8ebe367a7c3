import { expect } from 'chai';
import { dark, light } from '../../../lib/testing/picture/colours.js';
import { COLOURS } from '../../../lib/testing/picture/layout.js';

/** https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
function contrast(one: string, other: string): number {
  const luminance = (colour: string): number => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
      const part = parseInt(colour.slice(start, start + 2), 16) / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((first, second) => first - second);
  return (high + 0.05) / (low + 0.05);
}

for (const [name, theme] of Object.entries({ light, dark }))
  describe(`the ${name} colours`, () => {
    const { surface, bar, text, quiet, error, edge, agents } = theme;

    it('of texts stand out 4.5 to 1', () => {
      for (const colour of [text, quiet, error]) expect(contrast(colour, surface), colour).to.be.at.least(4.5);
      // How many marbles one stands for is written on it.
      for (const colour of agents) expect(contrast(surface, colour), colour).to.be.at.least(4.5);
    });

    it('of shapes stand out 3 to 1, from the body of a run, too', () => {
      for (const colour of [edge, error, ...agents]) expect(contrast(colour, surface), colour).to.be.at.least(3);
      for (const colour of [error, edge, ...agents]) expect(contrast(colour, bar), colour).to.be.at.least(3);
    });

    it('are as many as are given out, each its own', () => {
      expect(new Set(agents).size).to.equal(COLOURS);
      expect(agents).to.have.length(COLOURS);
    });
  });
