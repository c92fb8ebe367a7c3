import { importPackage } from '../packages/import-package.js';
import { StoreError } from './store-error.js';

/** Loads a package that only some stores need. @throws StoreError that says what to install. */
export async function loadPackage<Module>(store: string, name: string, load: () => Promise<Module>): Promise<Module> {
  try {
    return await importPackage(name, load);
  } catch (error) {
    throw new StoreError('unavailable', store, `cannot open: install the package ${name}`, error);
  }
}
