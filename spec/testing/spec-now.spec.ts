import { expect } from 'chai';
import { beginSpec, checkAtTheEnd } from '../../lib/testing/spec-now.js';

describe('the spec that runs now', () => {
  const checked = (name: string) => ({ check: () => new Error(name) });

  it('has what was made in it, the inner one first', () => {
    const outer = beginSpec();
    const inner = beginSpec();
    const [one, other] = [checked('one'), checked('other')];
    checkAtTheEnd(one);
    inner.end();
    checkAtTheEnd(other);
    outer.end();
    checkAtTheEnd(checked('outside'));
    expect([inner.checks, outer.checks]).to.deep.equal([[one], [other]]);
  });
});
