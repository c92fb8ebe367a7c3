import { expect } from 'chai';
import { take } from 'rxjs';
import type { Message } from '../../lib/messages/message.js';
import type { Batch, Engine } from '../../lib/store/engine.js';
import { EngineStore } from '../../lib/store/engine-store.js';
import { StoreError } from '../../lib/store/store-error.js';
import { all, failure, numbered, said } from './cases.js';

/** An engine that holds nothing but what it was told, and whose opening and writing fail as long as there are errors for it. */
function setUp({ opening = [] as Error[], writing = [] as (Error | undefined)[] } = {}) {
  const batches: Batch[] = [];
  const log: string[] = [];
  const rows = new Map<string, string>();
  let isGone = false;
  const engine: Engine = {
    get isGone() {
      return isGone;
    },
    write: async (batch) => {
      const error = writing.shift();
      if (error) throw error;
      batches.push(batch);
      for (const { hashKey, body } of batch.rows) rows.set(hashKey, body);
    },
    read: async (keys) => new Map(keys.flatMap((key) => (rows.has(key) ? [[key, rows.get(key) as string]] : []))),
    last: async () => batches.flatMap(({ turns }) => turns.map(({ hashKey }) => hashKey)).at(-1),
    page: async (conversation, after, limit) => {
      log.push(`page of ${conversation}`);
      const keys = batches.flatMap(({ turns }) => turns.map(({ hashKey }) => hashKey));
      const place = after === undefined ? 0 : keys.indexOf(after) + 1;
      return keys.slice(place, place + limit);
    },
    close: async () => void log.push('closed'),
  };
  const open = async () => {
    log.push('opened');
    isGone = false;
    const error = opening.shift();
    if (error) throw error;
    return engine;
  };
  const takeAway = () => {
    isGone = true;
    rows.clear();
  };
  return { store: new EngineStore({ name: 'the store', open }), batches, log, rows, takeAway };
}

describe('EngineStore', () => {
  const down = () => new Error('connection refused');

  it('opens its engine when it is first used, once', async () => {
    const { store, log } = setUp();
    store.replay('chat');
    await Promise.resolve();
    expect(log).to.deep.equal([]);
    await Promise.all([store.append([]), store.get('a'), store.append([said('a')])]);
    expect(log).to.deep.equal(['opened']);
    await store.close();
    expect(log).to.deep.equal(['opened', 'closed']);
  });

  it('says what it could not do and why, and tries again with the next call', async () => {
    const { store, log } = setUp({ opening: [down(), down()], writing: [down()] });
    const problems = [await failure(store.append([])), await failure(all(store.replay('chat')))];
    expect(problems.map(String)).to.deep.equal(
      Array(2).fill('StoreError: the store: cannot open: Error: connection refused'),
    );
    const error = await failure(store.append([said('a')]));
    expect(error).to.be.instanceOf(StoreError);
    expect(error).to.include({ problem: 'unavailable', store: 'the store' });
    expect(error.message).to.equal('the store: cannot write: Error: connection refused');
    expect(error.cause).to.be.instanceOf(Error);
    await store.append([said('a')]);
    expect((await store.get(said('a').hashKey))?.text).to.equal('a');
    expect(log).to.deep.equal(['opened', 'opened', 'opened']);
  });

  it('passes on what an engine says itself', async () => {
    const newer = new StoreError('newer', 'the store', 'written by a newer version');
    expect(await failure(setUp({ opening: [newer] }).store.get('a'))).to.equal(newer);
  });

  it('keeps again what was durable, when its engine was taken away with all that it had, also meanwhile', async () => {
    const { store, takeAway } = setUp();
    const message = said('a');
    await store.append([message]);
    takeAway();
    await store.append([message]);
    expect((await store.get(message.hashKey))?.text).to.equal('a');
    const appending = store.append([message]);
    takeAway();
    await appending;
    expect((await store.get(message.hashKey))?.text).to.equal('a');
  });

  it('hands over messages inside others first, each once, and none that is durable', async () => {
    const { store, batches } = setUp();
    const leaf = said('leaf');
    const top = said('top', said('a', leaf), said('b', leaf));
    await store.append([top, leaf, top], { conversation: 'chat' });
    await store.append([said('next', top)]);
    const texts = batches.map(({ rows }) => rows.map(({ body }) => (JSON.parse(body) as Message).text));
    expect(texts).to.deep.equal([['leaf', 'a', 'b', 'top'], ['next']]);
    expect(batches[0]?.turns.map(({ hashKey }) => hashKey)).to.deep.equal([top.hashKey, leaf.hashKey]);
  });

  it('does not take for durable what failed', async () => {
    const { store, batches } = setUp({ writing: [down()] });
    const message = said('a');
    await failure(store.append([message]));
    await store.append([message]);
    expect(batches.map(({ rows }) => rows.map(({ hashKey }) => hashKey))).to.deep.equal([[message.hashKey]]);
  });

  it('writes again what was durable, when something has failed: that may be gone, too', async () => {
    const { store, batches } = setUp({ writing: [undefined, down()] });
    const message = said('a');
    await store.append([message]);
    await failure(store.append([message], { conversation: 'chat' }));
    await store.append([message], { conversation: 'chat' });
    expect(batches.at(-1)?.rows.map(({ hashKey }) => hashKey)).to.deep.equal([message.hashKey]);
  });

  it('reads a conversation page by page, and no further than it is listened to', async () => {
    const { store, log } = setUp();
    await store.append(numbered(250), { conversation: 'chat' });
    expect(await all(store.replay('chat'))).to.have.length(250);
    expect(log.slice(1)).to.deep.equal(['page of chat', 'page of chat', 'page of chat']);
    expect(await all(store.replay('chat').pipe(take(50)))).to.have.length(50);
    expect(log.slice(4)).to.deep.equal(['page of chat']);
  });

  it('delivers what comes before a message that cannot be read; what is after it can be reached', async () => {
    const { store, rows } = setUp();
    const messages = numbered(5);
    await store.append(messages, { conversation: 'chat' });
    const broken = messages[2]?.hashKey ?? '';
    rows.set(broken, '{"$type":"Message","text":"forged"}');
    const got: string[] = [];
    const error = await failure(store.replay('chat').forEach(({ text }) => got.push(text)));
    expect(got).to.deep.equal(['message 0', 'message 1']);
    expect(error.problem).to.equal('corrupt');
    expect((await failure(store.get(broken))).problem).to.equal('corrupt');
    expect((await all(store.replay('chat', { after: broken }))).map(String)).to.deep.equal(['message 3', 'message 4']);
  });
});
