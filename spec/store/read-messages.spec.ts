import { expect } from 'chai';
import { is } from 'immutable';
import { Message } from '../../lib/messages/message.js';
import type { Engine } from '../../lib/store/engine.js';
import { readMessages } from '../../lib/store/read-messages.js';
import { StoreError } from '../../lib/store/store-error.js';
import { rowOf } from '../../lib/store/stored-form.js';

describe('readMessages', () => {
  const message = (text: string, ...inside: Message[]) => new Message({ text, data: { inside } });
  const leaf = message('leaf');
  const [left, right] = [message('left', leaf), message('right', leaf)];
  const top = message('top', left, right, leaf);

  function engineWith(...messages: Message[]) {
    const bodies = new Map(messages.map(rowOf).map(({ hashKey, body }) => [hashKey, body]));
    const reads: (readonly string[])[] = [];
    const read: Engine['read'] = async (keys) => {
      reads.push(keys);
      return new Map(keys.flatMap((key) => (bodies.has(key) ? [[key, bodies.get(key) as string]] : [])));
    };
    return { bodies, reads, engine: { read } as Engine };
  }
  const keysOf = (...messages: Message[]) => messages.map(({ hashKey }) => hashKey);

  it('reads level by level, each message once, and makes each once', async () => {
    const { engine, reads } = engineWith(leaf, left, right, top);
    const found = await readMessages(engine, 'store', keysOf(top, leaf, top));
    expect(reads).to.deep.equal([keysOf(top, leaf), keysOf(left, right)]);
    expect(is(found.message(top.hashKey), top)).to.equal(true);
    const [revived] = found.message(top.hashKey).data['inside'] as Message[];
    expect(revived).to.equal(found.message(left.hashKey));
  });

  it('knows what is there', async () => {
    const { engine } = engineWith(leaf);
    const found = await readMessages(engine, 'store', [leaf.hashKey, 'unknown']);
    expect([found.has(leaf.hashKey), found.has('unknown')]).to.deep.equal([true, false]);
  });

  it('fails where something is missing or changed, and only there', async () => {
    const { engine, bodies } = engineWith(leaf, left, right, top);
    bodies.delete(left.hashKey);
    bodies.set(right.hashKey, '{}');
    const found = await readMessages(engine, 'the store', keysOf(top, right, leaf));
    expect(is(found.message(leaf.hashKey), leaf)).to.equal(true);
    const problem = (key: string, text: string) => expect(() => found.message(key)).to.throw(StoreError, text);
    problem(top.hashKey, `the store: message ${left.hashKey}, which others refer to, is missing`);
    problem(right.hashKey, `the store: what is kept as message ${right.hashKey} is not what was written`);
  });

  it('makes messages of any depth', async () => {
    let deep = leaf;
    for (let depth = 0; depth < 3000; depth++) deep = new Message({ data: { deep } });
    const { engine } = engineWith(...deep.subMessages(), deep);
    expect(is((await readMessages(engine, 'store', [deep.hashKey])).message(deep.hashKey), deep)).to.equal(true);
  });
});
