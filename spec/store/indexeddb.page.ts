// Runs in a page: the shared cases, and what only a browser does.
import { expect } from 'chai';
import { deleteDB, openDB } from 'idb';
import { StoreError } from 'miniagents/store';
import { indexedDbStore } from 'miniagents/store/indexeddb';
import { all, expectSame, failure, numbered, said, storeCases } from './cases.js';

let databases = 0;
const locate = () => `chat ${databases++}`;

describe('indexedDbStore, in a browser', () => {
  storeCases(async () => {
    const name = locate();
    return { open: () => indexedDbStore(name) };
  });

  it('does not touch a database of a newer version', async () => {
    const name = locate();
    (await openDB(name, 2)).close();
    const error = await failure(indexedDbStore(name).append([said('a')]));
    expect(error).to.be.instanceOf(StoreError);
    expect(error.problem).to.equal('newer');
    expect(error.message).to.match(/^IndexedDB store chat \d+: cannot open: VersionError: /);
  });

  it('takes what two append at once, one append after the other', async () => {
    const name = locate();
    const [one, two] = [indexedDbStore(name), indexedDbStore(name)];
    const messages = numbered(200);
    await Promise.all(
      messages.map((message, place) => (place % 2 ? one : two).append([message], { conversation: 'both' })),
    );
    const replayed = await all(one.replay('both'));
    expect(replayed).to.have.length(200);
    expectSame(await all(two.replay('both')), replayed);
    await Promise.all([one.close(), two.close()]);
  });

  it('is in nobody’s way who deletes the database, and makes it anew', async () => {
    const name = locate();
    const store = indexedDbStore(name);
    const both = [said('before'), said('after')];
    await store.append(both.slice(0, 1), { conversation: 'chat' });
    await deleteDB(name);
    await store.append(both, { conversation: 'chat' });
    expectSame(await all(store.replay('chat')), both);
    await store.close();
  });

  it('keeps what is appended while somebody deletes the database', async () => {
    const name = locate();
    const store = indexedDbStore(name);
    const messages = [said('again')];
    const appending = () => store.append(messages, { conversation: 'chat' });
    await appending();
    await Promise.all([deleteDB(name), appending()]);
    await appending();
    expectSame(await all(store.replay('chat')), messages);
    await store.close();
  });

  it('keeps all of an append or nothing', async () => {
    const name = locate();
    const store = indexedDbStore(name);
    await store.append([]);
    const original = IDBObjectStore.prototype.add;
    IDBObjectStore.prototype.add = function (...given: Parameters<typeof original>) {
      const request = original.apply(this, given);
      this.transaction.abort();
      return request;
    };
    const error = await failure(store.append([said('a')], { conversation: 'chat' }));
    IDBObjectStore.prototype.add = original;
    expect(error.problem).to.equal('unavailable');
    expect(await store.get(said('a').hashKey)).to.equal(undefined);
    await store.append([said('a')], { conversation: 'chat' });
    expectSame(await all(store.replay('chat')), [said('a')]);
    await store.close();
  });
});
