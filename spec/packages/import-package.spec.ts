import { expect } from 'chai';
import { createRequire } from 'node:module';
import { runInThisContext } from 'node:vm';
import type * as Rxjs from 'rxjs';
import { importPackage } from '../../lib/packages/import-package.js';

/** As it is in Jest, for CommonJS. */
const refused = runInThisContext('(name) => import(name)') as (
  name: string,
) => Promise<typeof Rxjs & { default: unknown }>;

describe('importPackage', () => {
  it('gives what is imported', async () => {
    const imported = await import('rxjs');
    expect(await importPackage('rxjs', async () => imported)).to.equal(imported);
  });

  it('gives the same by require, where import() is refused', async () => {
    const rxjs = createRequire(__filename)('rxjs') as typeof Rxjs;
    const got = await importPackage('rxjs', () => refused('rxjs'));
    expect(got.default).to.equal(rxjs);
    expect(got.Observable).to.equal(rxjs.Observable);
  });

  it('fails as they do', async () => {
    const failed = new Error('no such file');
    const failureOf = (name: string, load: (name: string) => Promise<unknown>) =>
      importPackage(name, () => load(name)).catch((error: unknown) => error);
    expect(await failureOf('rxjs', () => Promise.reject(failed))).to.equal(failed);
    expect(await failureOf('nobody-has-it', refused)).to.have.property('code', 'MODULE_NOT_FOUND');
  });
});
