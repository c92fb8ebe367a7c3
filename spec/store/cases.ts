import { expect } from 'chai';
import { is, List } from 'immutable';
import { defineMessage, ErrorMessage, InvalidArgumentError, Message, miniagent, MiniAgents } from 'miniagents';
import { persistTo, StoreError } from 'miniagents/store';
import type { MessageStore } from 'miniagents/store';
import { concatMap, lastValueFrom, take, toArray } from 'rxjs';
import type { Observable } from 'rxjs';

/** A place for one store, with nothing in it at first. */
export interface Location {
  /** A store there; what an earlier one left there is in it. */
  open(): MessageStore;
}

export const Rating = defineMessage('spec/store/Rating', { stars: 0, of: null });

/** A message with others inside it. */
export const said = (text: string, ...inside: unknown[]) =>
  new Message({ text, ...(inside.length > 0 ? { data: { inside } } : {}) });
export const numbered = (count: number) => Array.from({ length: count }, (_, number) => said(`message ${number}`));
export const all = <Value>(values$: Observable<Value>) => lastValueFrom(values$.pipe(toArray()));
export const failure = (promise: Promise<unknown>) =>
  promise.then(
    (value) => expect.fail(`expected a failure; got ${String(value)}`),
    (error: unknown) => error as StoreError,
  );

/** Equal, in the same order, each of the class it was and under the key it had. */
export function expectSame(got: Iterable<Message | undefined>, expected: Iterable<Message>): void {
  const [given, wanted] = [[...got], [...expected]];
  expect(given.map(String)).to.deep.equal(wanted.map(String));
  expect(given.map((message) => message?.hashKey)).to.deep.equal(wanted.map((message) => message.hashKey));
  expect(is(List(given), List(wanted))).to.equal(true);
  expect(given.map((message) => message?.constructor)).to.deep.equal(wanted.map((message) => message.constructor));
}

const inner = said('inner');
const ALL_KINDS = [
  said(''),
  new Message({ text: 'who', role: 'user', name: 'Ada' }),
  new Message({ text: 'ünïcødé 🦉 \0 \u2028 "quoted" \\ \n end' }),
  new Message({
    text: 'data',
    data: { a: [1, -0.5, 1e300, { b: null, c: true, '': 'é' }], hashKey: 'none', date: new Date(0) },
  }),
  new Rating({ text: 'rated', stars: 4 }),
  new Rating({ text: 'nested', of: said('film', said('cast')), data: { by: [inner, { again: inner }] } }),
  new ErrorMessage({ text: 'RangeError: boom', error: 'RangeError: boom' }),
];

/** What every store does: run against each of them. `locate` gives a place of its own to each test. */
export function storeCases(locate: () => Promise<Location>, { lasting = true } = {}): void {
  let location: Location;
  let store: MessageStore;
  const opened: MessageStore[] = [];
  const open = () => {
    const another = location.open();
    opened.push(another);
    return another;
  };

  beforeEach(async () => {
    location = await locate();
    store = open();
  });

  afterEach(async () => {
    await Promise.all(opened.splice(0).map((each) => each.close()));
  });

  describe('append and get', () => {
    it('give back every kind of message as what it was', async () => {
      await store.append(ALL_KINDS);
      for (const message of ALL_KINDS) expectSame([await store.get(message.hashKey)], [message]);
    });

    it('keep the messages inside others as messages of their own', async () => {
      const top = said('top', said('a', inner), { b: [said('b', inner)] }, inner);
      await store.append([top]);
      for (const each of [...top.subMessages(), top]) expectSame([await store.get(each.hashKey)], [each]);
    });

    it('any depth of them', async () => {
      let deep = said('deep');
      for (let depth = 0; depth < 300; depth++) deep = said(`${depth}`, deep);
      await store.append([deep]);
      expectSame([await store.get(deep.hashKey)], [deep]);
    });

    it('do it again and again: nothing is there twice', async () => {
      const messages = [...ALL_KINDS, ...ALL_KINDS];
      for (let times = 0; times < 3; times++) await store.append(messages, { conversation: 'chat' });
      expectSame(await all(store.replay('chat')), ALL_KINDS);
    });

    it('give nothing under an unknown key', async () => {
      await store.append([inner]);
      for (const key of ['', 'unknown', "'; --", '0'.repeat(64)]) expect(await store.get(key)).to.equal(undefined);
    });

    it('take any list of messages, also an empty one', async () => {
      await store.append([]);
      await store.append(List([said('a')]));
      await store.append(new Set([said('b')]), {});
      for (const text of ['a', 'b']) expectSame([await store.get(said(text).hashKey)], [said(text)]);
    });

    it('keep ten thousand messages that come at once', async () => {
      const messages = numbered(10_000);
      await Promise.all([
        store.append(messages.slice(0, 5000), { conversation: 'many' }),
        ...messages.slice(5000).map((message) => store.append([message], { conversation: 'many' })),
      ]);
      expectSame(await all(store.replay('many')), messages);
    });

    it('keep a message of 20 MB', async () => {
      const huge = new Message({ text: 'x'.repeat(20_000_000), data: { inside: [inner] } });
      await store.append([said('before'), huge, said('after')], { conversation: 'huge' });
      const texts = (await all(store.replay('huge'))).map((message) => message.hashKey);
      expect(texts).to.deep.equal([said('before').hashKey, huge.hashKey, said('after').hashKey]);
    });
  });

  describe('replay', () => {
    it('gives a conversation in the order of its appends, each message once', async () => {
      const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((text) => said(text)) as [Message, Message, Message, Message];
      await Promise.all([
        store.append([c, a], { conversation: 'chat' }),
        store.append([a, b], { conversation: 'chat' }),
        store.append([c], { conversation: 'chat' }),
      ]);
      await store.append([d, a], { conversation: 'chat' });
      expectSame(await all(store.replay('chat')), [c, a, b, d]);
    });

    it('knows the messages of a conversation, and no others', async () => {
      const top = said('top', inner);
      await store.append([top, said('both')], { conversation: 'one' });
      await store.append([said('both'), said('two')], { conversation: 'two' });
      await store.append([said('none')]);
      expectSame(await all(store.replay('one')), [top, said('both')]);
      expectSame(await all(store.replay('two')), [said('both'), said('two')]);
      expectSame(await all(store.replay('three')), []);
      await store.append([inner], { conversation: 'one' });
      expectSame(await all(store.replay('one')), [top, said('both'), inner]);
    });

    it('gives what is there when it is subscribed to, whatever is appended meanwhile', async () => {
      const messages = numbered(250);
      await store.append(messages.slice(0, 200), { conversation: 'chat' });
      const replay$ = store.replay('chat');
      await store.append(messages.slice(200), { conversation: 'chat' });
      // As an agent does whose replies are persisted into the conversation that it is told of.
      const answered$ = replay$.pipe(
        concatMap(async (message) => {
          await store.append([said(`to ${message.text}`)], { conversation: 'chat' });
          return message;
        }),
      );
      expectSame(await all(answered$), messages);
      const last = messages.at(-1)?.hashKey;
      expect(await all(store.replay('chat', { after: last }))).to.have.lengthOf(250);
    });

    it('gives what comes after a message', async () => {
      const messages = numbered(250);
      await store.append(messages, { conversation: 'chat' });
      for (const place of [0, 98, 99, 100, 149, 199, 248, 249]) {
        const after = messages[place]?.hashKey;
        expectSame(await all(store.replay('chat', { after })), messages.slice(place + 1));
      }
      await store.append([said('elsewhere')], { conversation: 'other' });
      for (const after of [said('elsewhere').hashKey, 'unknown', '']) {
        const error = await failure(all(store.replay('chat', { after })));
        expect(error).to.be.instanceOf(InvalidArgumentError);
        expect(error.message).to.match(/hashKey of a message of conversation chat as after/);
      }
    });

    it('reads anew for each subscriber, and no further than it listens', async () => {
      const messages = numbered(250);
      const replayed$ = store.replay('chat');
      expectSame(await all(replayed$), []);
      await store.append(messages, { conversation: 'chat' });
      const [first, second] = await Promise.all([all(replayed$), all(replayed$.pipe(take(120)))]);
      expectSame(first, messages);
      expectSame(second, messages.slice(0, 120));
    });

    it('takes names of every kind for conversations, and tells them apart', async () => {
      const names = [
        ' ',
        'a',
        'A',
        'a ',
        "it's",
        '"',
        '%',
        '_',
        '\\',
        'ünï 🦉',
        '__proto__',
        'constructor',
        'x'.repeat(500),
      ];
      for (const name of names) await store.append([said(`in ${name}`), said('in all')], { conversation: name });
      for (const name of names) expectSame(await all(store.replay(name)), [said(`in ${name}`), said('in all')]);
    });

    it('is something that agents can be asked', async () => {
      await store.append([said('first'), said('second')], { conversation: 'chat' });
      const echo = miniagent('echo', (ctx) => ctx.messages);
      expectSame(
        await echo.inquire([store.replay('chat'), 'third']).resolve(),
        ['first', 'second', 'third'].map((text) => said(text)),
      );
    });
  });

  describe('persistTo', () => {
    const echo = miniagent('echo', (ctx) => ['You said:', ctx.messages]);

    it('has it kept before run() is through, and the conversation go on', async () => {
      const miniAgents = new MiniAgents({ onPersistMessages: persistTo(store, { conversation: 'chat' }) });
      await miniAgents.run(() => echo.inquire(['Hello', new Rating({ stars: 5 })]));
      const before = await all(store.replay('chat'));
      expect(before.map(String)).to.have.members(['Hello', '', 'You said:']);
      await miniAgents.run(() => echo.inquire([store.replay('chat'), 'more']));
      expectSame(await all(store.replay('chat')), [...before, said('more')]);
    });
  });

  describe('bad input', () => {
    it('is refused by name, and nothing is kept of it', async () => {
      const junk = [undefined, null, 1, 'text', {}, said('one'), [1], ['text'], [said('a'), null], [{ text: 'plain' }]];
      for (const messages of junk) {
        const error = await failure(store.append(messages as never, { conversation: 'chat' }));
        expect(error).to.be.instanceOf(InvalidArgumentError);
        expect(error.message).to.match(/^expected a list of messages.*; got /);
      }
      for (const name of ['', 1, null, {}, 'a\0b', 'half \ud800', 'x'.repeat(501)] as string[]) {
        const refused = /^expected the name of a conversation/;
        const error = await failure(store.append([said('a')], { conversation: name }));
        expect(error).to.be.instanceOf(InvalidArgumentError);
        expect(error.message).to.match(refused);
        expect(() => store.replay(name)).to.throw(InvalidArgumentError, refused);
      }
      expect((await failure(store.get(1 as never))).message).to.match(/^expected the hashKey of a message; got 1/);
      expect(() => store.replay('a', { after: 1 as never })).to.throw(InvalidArgumentError, /as after; got 1/);
      expect(await store.get(said('a').hashKey)).to.equal(undefined);
      expectSame(await all(store.replay('chat')), []);
    });
  });

  describe('close', () => {
    it('waits for what is being appended, and can be called twice', async () => {
      const log: string[] = [];
      const appended = store.append([inner], { conversation: 'chat' }).then(() => log.push('appended'));
      await Promise.all([store.close(), store.close()].map((closed) => closed.then(() => log.push('closed'))));
      await appended;
      expect(log).to.deep.equal(['appended', 'closed', 'closed']);
      await store.close();
      if (lasting) expectSame(await all(open().replay('chat')), [inner]);
    });

    it('ends the store: what comes later is refused', async () => {
      await store.append([inner], { conversation: 'chat' });
      const replayed$ = store.replay('chat');
      await store.close();
      for (const refused of [
        store.append([inner]),
        store.get(inner.hashKey),
        all(replayed$),
        all(store.replay('chat')),
      ]) {
        const error = await failure(refused);
        expect(error).to.be.instanceOf(StoreError);
        expect(error.problem).to.equal('closed');
      }
    });

    it('of one that was never used is nothing', async () => {
      await location.open().close();
    });
  });

  if (lasting)
    describe('a store that is opened again', () => {
      const reopen = async () => {
        await store.close();
        store = open();
      };

      it('has all that was there, in its order', async () => {
        await store.append(ALL_KINDS, { conversation: 'chat' });
        await store.append(numbered(250), { conversation: 'long' });
        await reopen();
        for (const message of ALL_KINDS) expectSame([await store.get(message.hashKey)], [message]);
        expectSame(await all(store.replay('chat')), ALL_KINDS);
        expectSame(await all(store.replay('long')), numbered(250));
      });

      it('goes on where it ended, and keeps nothing twice', async () => {
        await store.append([said('a'), said('b', inner)], { conversation: 'chat' });
        await reopen();
        await store.append([said('b', inner), inner, said('c')], { conversation: 'chat' });
        await reopen();
        expectSame(await all(store.replay('chat')), [said('a'), said('b', inner), inner, said('c')]);
        expectSame(await all(store.replay('chat', { after: inner.hashKey })), [said('c')]);
      });
    });
}
