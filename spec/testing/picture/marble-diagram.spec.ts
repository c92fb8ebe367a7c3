import { expect } from 'chai';
import { InvalidArgumentError } from 'miniagents';
import { MarbleDiagram } from '../../../lib/testing/picture/marble-diagram.js';
import { runs } from './runs.js';

describe('MarbleDiagram', () => {
  const diagram = new MarbleDiagram(() => runs['eight agents']?.().events ?? [], 'a title');

  it('is drawn in three ways', () => {
    expect(diagram.toSVG()).to.match(/^<svg [^>]*width="1000"/);
    expect(diagram.toHTML()).to.match(/^<!doctype html>/);
    expect(diagram.toText()).to.match(/^a title\n/);
    expect(diagram.toText({ unicode: true })).to.include('●');
    expect(String(diagram)).to.equal(diagram.toText({ width: 80 }));
  });

  it('refuses a width that it cannot have', () => {
    const draws = [
      () => diagram.toSVG({ width: 399 }),
      () => diagram.toHTML({ width: NaN }),
      () => diagram.toText({ width: 39 }),
      () => diagram.toText({ width: 80.5 }),
      () => diagram.toSVG({ width: '1000' as never }),
    ];
    for (const draw of draws)
      expect(draw).to.throw(InvalidArgumentError, /expected a whole number from \d+ to 100000 as width; got/);
  });
});
