import { expect } from 'chai';
import { InvalidArgumentError } from 'miniagents';
import { StoreError } from 'miniagents/store';
import { indexedDbStore } from 'miniagents/store/indexeddb';
import { failure } from './cases.js';

// What needs a browser is in indexeddb.services.ts.
describe('indexedDbStore', () => {
  it('refuses what is no name', () => {
    for (const name of [undefined, '', 1, {}] as never[])
      expect(() => indexedDbStore(name)).to.throw(InvalidArgumentError, /^expected the name of a database; got/);
  });

  it('where there is no IndexedDB is an error', async () => {
    const error = await failure(indexedDbStore('chat').get('a'));
    expect(error).to.be.instanceOf(StoreError);
    expect(error.problem).to.equal('unavailable');
    expect(error.message).to.match(/^IndexedDB store chat: cannot open: ReferenceError: indexedDB is not defined/);
  });
});
