import { expect } from 'chai';
import { Script } from 'node:vm';
import { pageScript } from '../../../lib/testing/picture/page-script.js';

// What it does is seen in a browser: picture.services.ts.
describe('pageScript', () => {
  it('is a script', () => {
    expect(() => new Script(pageScript)).to.not.throw();
  });

  it('puts what was said into the page as text alone, and runs none of it', () => {
    expect(pageScript).to.not.match(/innerHTML|outerHTML|insertAdjacent|document\.write|\beval\b|Function\(|<\//);
  });
});
