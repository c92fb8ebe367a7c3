import { expect } from 'chai';
import { interactionAt, pathTo } from '../../lib/runtime/place.js';
import type { Place } from '../../lib/runtime/place.js';

describe('a place in the tree of inquiries', () => {
  const at = (name: string, number: number, outer?: Place): Place => ({ agent: { name }, number, outer });
  const top = at('top', 2);
  const leaf = at('leaf', 1, at('middle', 12, top));

  it('has an id of the numbers from the outside in, and that of the one around it', () => {
    expect(interactionAt(leaf)).to.deep.equal({ id: '2.12.1', parent: '2.12', agent: 'leaf' });
    expect(interactionAt(at('inner', 3, top))).to.deep.equal({ id: '2.3', parent: '2', agent: 'inner' });
  });

  it('has no parent outside of all agents', () => {
    expect(interactionAt(top)).to.deep.equal({ id: '2', agent: 'top' });
    expect('parent' in interactionAt(top)).to.equal(false);
  });

  it('has a path of the agents from the inside out', () => {
    expect(pathTo(leaf)).to.equal('leaf <- middle <- top');
    expect(pathTo(top)).to.equal('top');
  });

  it('may be as deep as it likes', () => {
    let place = top;
    for (let i = 0; i < 10_000; i++) place = at('a', 1, place);
    expect(interactionAt(place).id).to.have.lengthOf(1 + 2 * 10_000);
    expect(pathTo(place)).to.match(/^(a <- ){10000}top$/);
  });
});
