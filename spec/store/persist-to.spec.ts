import { expect } from 'chai';
import { InvalidArgumentError, Message, miniagent, MiniAgents } from 'miniagents';
import { memoryStore, NotPersistedError, persistTo, StoreError } from 'miniagents/store';
import type { MessageStore } from 'miniagents/store';
import { all, expectSame, failure, said } from './cases.js';

/** A store in memory that fails first, as often as there are errors. */
function failing(...errors: unknown[]) {
  const kept = memoryStore();
  const tried: string[] = [];
  const store: MessageStore = {
    append: async (messages, options) => {
      tried.push([...messages].map(String).join(' '));
      if (errors.length > 0) throw errors.shift();
      await kept.append(messages, options);
    },
    get: (hashKey) => kept.get(hashKey),
    replay: (conversation, options) => kept.replay(conversation, options),
    close: () => kept.close(),
  };
  return { store, tried };
}
const down = () => new Error('connection refused');
const times = (count: number) => Array.from({ length: count }, down);

describe('persistTo', () => {
  const echo = miniagent('echo', (ctx) => ctx.messages);

  /** Agents over a store that fails so often, with no waits worth mentioning. */
  function agents(errors: unknown[], attempts?: number) {
    const { store, tried } = failing(...errors);
    const reported: unknown[] = [];
    const onPersistMessages = persistTo(store, { conversation: 'chat', delayMs: 1, attempts });
    const miniAgents = new MiniAgents({ onPersistMessages, onUnhandledError: (error) => reported.push(error) });
    const ask = (...texts: string[]) => miniAgents.run(() => echo.inquire(texts).text());
    const kept = async () => (await all(store.replay('chat'))).map(String).join(' ');
    return { ask, kept, tried, reported, onPersistMessages };
  }

  it('tries again what failed, and run() waits for it', async () => {
    const { ask, kept, tried, reported } = agents(times(4));
    expect(await ask('a', 'b')).to.equal('a\n\nb');
    expect(await kept()).to.equal('a b');
    expect(tried).to.deep.equal(Array(5).fill('a b'));
    expect(reported).to.deep.equal([]);
  });

  it('reports what fails too often, with the messages, and hurts no reply', async () => {
    const { ask, kept, tried, reported } = agents(times(3), 3);
    expect(await ask('a', 'b')).to.equal('a\n\nb');
    expect(await kept()).to.equal('');
    expect(tried).to.deep.equal(Array(3).fill('a b'));
    const [error] = reported as NotPersistedError[];
    expect(reported).to.have.length(1);
    expect(error).to.be.instanceOf(NotPersistedError);
    expectSame(error?.messages ?? [], [said('a'), said('b')]);
    expect(error?.message).to.equal(
      '2 messages not persisted in 3 attempts, to be tried again with the next ones: Error: connection refused',
    );
  });

  it('keeps them for the next batch, in their order, each once', async () => {
    const { ask, kept, tried, reported } = agents(times(4), 2);
    await ask('a', 'b');
    await ask('b', 'c');
    await ask('d');
    await ask('e');
    expect(await kept()).to.equal('a b c d e');
    expect(tried.slice(-2)).to.deep.equal(['a b c d', 'e']);
    expect((reported as NotPersistedError[]).map(({ messages }) => messages.map(String).join(' '))).to.deep.equal([
      'a b',
      'a b c',
    ]);
  });

  it('tries them again when it is called with nothing new', async () => {
    const { ask, kept, onPersistMessages } = agents(times(1), 1);
    await ask('a');
    await onPersistMessages([]);
    expect(await kept()).to.equal('a');
  });

  it('does not insist where another time would be no better', async () => {
    const final = [
      new StoreError('newer', 's', 'n'),
      new StoreError('corrupt', 's', 'c'),
      new StoreError('closed', 's', 'c'),
    ];
    for (const error of [...final, new InvalidArgumentError('a name', 1)]) {
      const { ask, tried, reported } = agents([error]);
      await ask('a');
      expect(tried).to.have.length(1);
      expect((reported[0] as Error).cause).to.equal(error);
    }
    for (const problem of ['unavailable', 'in use'] as const) {
      const { ask, kept } = agents([new StoreError(problem, 's', 'later')]);
      await ask('a');
      expect(await kept()).to.equal('a');
    }
  });

  it('waits twice as long each time', async () => {
    const { store } = failing(...times(3));
    const started = performance.now();
    await persistTo(store, { delayMs: 20 })([said('a')]);
    expect(performance.now() - started).to.be.within(20 + 40 + 80 - 5, 2000);
  });

  it('puts messages into the conversation that a function names, or into none', async () => {
    const store = memoryStore();
    const handler = persistTo(store, { conversation: ({ role }) => role && `of ${role}` });
    const [a, b, c, d] = ['user', undefined, 'assistant', 'user'].map(
      (role, place) => new Message({ text: `${place}`, role }),
    );
    await handler([a, b, c, d] as Message[]);
    expectSame(await all(store.replay('of user')), [a, d] as Message[]);
    expectSame(await all(store.replay('of assistant')), [c] as Message[]);
    expectSame([await store.get(b?.hashKey ?? '')], [b as Message]);
  });

  it('reports a function that throws, and a name that is none', async () => {
    for (const conversation of [() => '', () => expect.fail('boom')]) {
      const error = await failure(Promise.resolve(persistTo(memoryStore(), { conversation, delayMs: 0 })([said('a')])));
      expect(error).to.be.instanceOf(NotPersistedError);
      expect(error.message).to.match(/name of a conversation|boom/);
    }
  });

  it('keeps all others than the one with which a function has trouble, and that one when it has none', async () => {
    const store = memoryStore();
    let trouble = true;
    const conversation = ({ text }: Message) => (text === 'b' && trouble ? expect.fail('boom') : 'chat');
    const handler = persistTo(store, { conversation });
    const error = (await failure(Promise.resolve(handler([said('a'), said('b'), said('c')])))) as Error;
    expectSame((error as NotPersistedError).messages as Message[], [said('b')]);
    expect(error.message).to.match(/^1 message not persisted in 1 attempt, .*boom/);
    expect((await all(store.replay('chat'))).map(String)).to.deep.equal(['a', 'c']);
    trouble = false;
    await handler([said('d')]);
    expect((await all(store.replay('chat'))).map(String)).to.deep.equal(['a', 'c', 'b', 'd']);
  });

  it('refuses what is no store, and options that do not fit', () => {
    for (const store of [undefined, null, 1, {}, 'path', () => {}] as never[])
      expect(() => persistTo(store)).to.throw(InvalidArgumentError, /^expected a MessageStore; got/);
    for (const [options, text] of [
      [{ conversation: 1 }, /a name or a function as conversation; got 1/],
      [{ attempts: 0 }, /a whole number from 1 on as attempts; got 0/],
      [{ attempts: 1.5 }, /attempts; got 1.5/],
      [{ delayMs: -1 }, /milliseconds from 0 on as delayMs; got -1/],
      [{ delayMs: '1' }, /delayMs; got "1"/],
    ] as [never, RegExp][])
      expect(() => persistTo(memoryStore(), options)).to.throw(InvalidArgumentError, text);
  });
});
