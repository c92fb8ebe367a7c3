import { expect } from 'chai';
import { Message } from '../../lib/messages/message.js';
import { Events } from '../../lib/runtime/events.js';
import { Persistence } from '../../lib/runtime/persistence.js';
import type { PersistMessagesHandler } from '../../lib/runtime/persistence.js';
import { currentScope, runIn } from '../../lib/scope/ambient.node.js';
import { defaultSession } from '../../lib/scope/owner.js';
import { MessagePromise } from '../../lib/streams/message-promise.js';
import { TestScope, turn } from '../streams/support.js';

describe('Persistence', () => {
  const place = { interaction: { id: '1', agent: 'agent' } };

  /** A handler that takes batches, each when it is let. */
  function persisted(handle: PersistMessagesHandler = () => {}) {
    const events = new Events();
    const batches: string[][] = [];
    const reported: unknown[] = [];
    const handler: PersistMessagesHandler = (messages) => {
      batches.push(messages.map(({ text }) => text));
      return handle(messages);
    };
    const persistence = new Persistence(events, handler, (error) => reported.push(error));
    const say = (...messages: (string | Message)[]) => {
      for (const message of messages) events.entry(place, 'replied', MessagePromise.of(message));
    };
    return { persistence, batches, reported, say };
  }
  const said = (text: string, ...inside: Message[]) => new Message({ text, data: { inside } });

  it('hands what comes in one turn to the handler in one batch', async () => {
    const { persistence, batches, say } = persisted();
    say('a', 'b');
    expect(batches).to.deep.equal([]);
    await persistence.idle();
    say('c');
    await persistence.idle();
    expect(batches).to.deep.equal([['a', 'b'], ['c']]);
  });

  it('hands over each message once, by its content', async () => {
    const { persistence, batches, say } = persisted();
    say('a', 'b', 'a');
    await persistence.idle();
    say('b', 'c', said('d', new Message({ text: 'a' })));
    await persistence.idle();
    expect(batches).to.deep.equal([
      ['a', 'b'],
      ['c', 'd'],
    ]);
  });

  it('hands over messages inside others before those', async () => {
    const { persistence, batches, say } = persisted();
    say(said('top', said('a', said('a1')), said('b', said('a1'))));
    await persistence.idle();
    expect(batches).to.deep.equal([['a1', 'a', 'b', 'top']]);
  });

  it('hands over one batch at a time: what comes meanwhile goes into the next', async () => {
    let open = 0;
    let most = 0;
    const { persistence, batches, say } = persisted(async () => {
      most = Math.max(most, ++open);
      if (batches.length < 3) say(`${batches.length}`, `${batches.length}+`);
      await Promise.resolve();
      open--;
    });
    say('a');
    await persistence.idle();
    expect(batches).to.deep.equal([['a'], ['1', '1+'], ['2', '2+']]);
    expect(most).to.equal(1);
  });

  it('is idle when everything that came so far was handled', async () => {
    const log: string[] = [];
    const { persistence, say } = persisted(async (messages) => {
      await Promise.resolve();
      log.push(...messages.map(({ text }) => text));
    });
    await persistence.idle();
    say('a');
    await persistence.idle();
    expect(log).to.deep.equal(['a']);
  });

  it('reports what the handler throws, goes on, and does not take those messages as persisted', async () => {
    let failing = true;
    const boom = new Error('boom');
    const { persistence, batches, reported, say } = persisted(() => {
      if (failing) throw boom;
    });
    say(said('a', said('inner')));
    await persistence.idle();
    failing = false;
    say('b', said('a', said('inner')));
    await persistence.idle();
    expect(reported).to.deep.equal([boom]);
    expect(batches).to.deep.equal([
      ['inner', 'a'],
      ['b', 'inner', 'a'],
    ]);
  });

  it('hands over again what is inside a message, where that has failed meanwhile', async () => {
    const { persistence, batches, say } = persisted(async () => {
      const isFirst = batches.length === 1;
      if (isFirst) say(said('a', said('inner')));
      await Promise.resolve();
      if (isFirst) throw new Error('boom');
    });
    say(said('inner'));
    await persistence.idle();
    expect(batches).to.deep.equal([['inner'], ['inner', 'a']]);
  });

  it('is idle though more comes all the time', async () => {
    const { persistence, batches, say } = persisted(async () => {
      say(`${batches.length}`);
      await Promise.resolve();
    });
    say('a');
    await persistence.idle();
    expect(batches.length).to.be.within(1, 3);
    persistence.subscription.unsubscribe();
  });

  it('has the handler do what it does in the scope in which it was handed over', async () => {
    const scope = new TestScope();
    const scopes: unknown[] = [];
    const { say } = runIn(scope, () => persisted(() => void scopes.push(currentScope())), undefined);
    const { say: sayOutside } = persisted(() => void scopes.push(currentScope()));
    for (const each of [say, sayOutside]) {
      runIn(new TestScope(), () => each('a'), undefined);
      await turn();
    }
    expect(scopes).to.deep.equal([scope, defaultSession]);
  });

  it('does the same with a rejection', async () => {
    const { persistence, reported, say } = persisted(() => Promise.reject(new Error('boom')));
    say('a');
    await persistence.idle();
    expect(reported.map(String)).to.deep.equal(['Error: boom']);
  });

  it('gives the handler a list that it cannot change', async () => {
    const lists: unknown[] = [];
    const { persistence, say } = persisted((messages) => void lists.push(messages));
    say('a');
    await persistence.idle();
    expect(lists[0]).to.satisfy(Object.isFrozen);
  });

  it('ends with its subscription', async () => {
    const { persistence, batches, say } = persisted();
    persistence.subscription.unsubscribe();
    say('a');
    await persistence.idle();
    expect(batches).to.deep.equal([]);
  });
});
