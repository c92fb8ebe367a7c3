import { expect } from 'chai';
import { density } from '../../../lib/testing/picture/density.js';

const same = (at: number): number => at;

describe('density', () => {
  it('leaves single tokens what they are', () => {
    expect(density([0, 2, 10], same, 2)).to.deep.equal([
      { x: 0, width: 2, level: 1 },
      { x: 2, width: 2, level: 1 },
      { x: 10, width: 2, level: 1 },
    ]);
  });

  it('is one stretch where it is the same, and another where it is not', () => {
    const times = Array.from({ length: 80 }, (_, index) => index / 10);
    expect(density([...times, 8, 8.5], same, 2)).to.deep.equal([
      { x: 0, width: 8, level: 4 },
      { x: 8, width: 2, level: 2 },
    ]);
  });

  it('is no more to draw than there is room for', () => {
    const times = Array.from({ length: 50_000 }, (_, index) => index);
    expect(density(times, (at) => at / 100, 2)).to.have.length.at.most(2);
  });
});
