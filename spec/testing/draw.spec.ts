import { expect } from 'chai';
import * as fc from 'fast-check';
import { happeningsOf } from '../../lib/testing/diagram.js';
import { draw } from '../../lib/testing/draw.js';
import { Legend } from '../../lib/testing/legend.js';

describe('draw', () => {
  const drawn = (...diagrams: string[]) =>
    draw(
      diagrams.map((diagram, index) => ({ label: String(index), happenings: happeningsOf(diagram, 'error') })),
      new Legend([]),
    );

  it('puts what happens in the same frame into the same column', () => {
    expect(drawn('--a-b|', '--a--(b|)')).to.deep.equal(['0  --a-b|', '1  --a--(b|)']);
    expect(drawn('-(ab)-c|', '------c--d|')).to.deep.equal(['0  -(ab)-   c|', '1  --   ----c--d|']);
    expect(drawn('(ab)c|', '-a--c|')).to.deep.equal(['0  (ab)   c|', '1  -   a--c|']);
  });

  it('draws long waits as a time', () => {
    expect(drawn('-a 100ms b|', '-a 40ms b|')).to.deep.equal(['0  -a 40ms -- 58ms b|', '1  -a 40ms b|']);
  });

  it('draws any number of things', () => {
    const happenings = Array.from({ length: 200_000 }, (_, frame) => ({
      frame: frame >> 1,
      kind: 'N' as const,
      value: 'a',
    }));
    const [line = ''] = draw([{ label: 'many', happenings }], new Legend([]));
    expect(line.slice(0, 14)).to.equal('many  (aa)(aa)');
  });

  it('draws nothing after the end of a stream, and nothing at all of one that never says anything', () => {
    expect(drawn('a', '--b|')).to.deep.equal(['0  a', '1  --b|']);
    expect(drawn('-', '--b|')).to.deep.equal(['0', '1  --b|']);
  });

  it('gives diagrams back that mean the same', () => {
    const frames = fc.array(fc.tuple(fc.nat({ max: 40 }), fc.constantFrom('a', 'b', '(ab)', '(abc)')), {
      maxLength: 6,
    });
    const diagram = frames.map((steps) => `${steps.map(([gap, cell]) => `${'-'.repeat(gap)}${cell}`).join('')}|`);
    fc.assert(
      fc.property(diagram, diagram, (one, other) => {
        const [first = '', second = ''] = drawn(one, other).map((line) => line.slice(3));
        expect(happeningsOf(first, 'error')).to.deep.equal(happeningsOf(one, 'error'));
        expect(happeningsOf(second, 'error')).to.deep.equal(happeningsOf(other, 'error'));
      }),
      { seed: 7 },
    );
  });
});
