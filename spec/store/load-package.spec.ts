import { expect } from 'chai';
import { loadPackage } from '../../lib/store/load-package.js';
import { failure } from './cases.js';

describe('loadPackage', () => {
  it('gives what was loaded', async () => {
    expect(await loadPackage('the store', 'left-pad', async () => 'module')).to.equal('module');
  });

  it('says what to install where there is no such package', async () => {
    const name = 'a-package-that-nobody-has';
    const error = await failure(loadPackage('the store', name, () => import(name)));
    expect(error.problem).to.equal('unavailable');
    expect(error.message).to.equal(`the store: cannot open: install the package ${name}`);
    expect(String(error.cause)).to.include(name);
  });
});
