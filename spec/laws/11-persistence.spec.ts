import { expect } from 'chai';
import { InvalidArgumentError, Message, miniagent, MiniAgents } from 'miniagents';
import { NEVER, Subject } from 'rxjs';
import { pass, rejection, texts, turn } from './support.js';

/** A MiniAgents that persists into a list, in its own time, and sometimes fails to. */
function keeping(fails: (batch: readonly Message[]) => boolean = () => false) {
  const messages: Message[] = [];
  const batches: (readonly Message[])[] = [];
  const reported: unknown[] = [];
  const miniAgents = new MiniAgents({
    onUnhandledError: (error) => reported.push(error),
    onPersistMessages: async (batch) => {
      batches.push(batch);
      await turn();
      if (fails(batch)) throw new Error('disk full');
      messages.push(...batch);
    },
  });
  return { messages, batches, reported, miniAgents, texts: () => messages.map(String) };
}

const message = (text: string, inside: unknown[] = []) => new Message({ text, data: { inside } });

describe('law 11: persistence is a subscriber of the events', () => {
  it('every message that was sent or received, once, awaited by run (B111)', async () => {
    const kept = keeping();
    const agent = miniagent('agent', (ctx) => [ctx.messages, 'reply']);
    const got = await kept.miniAgents.run(() => texts(agent.inquire(['hi', 'there'])));
    expect(got).to.deep.equal(['hi', 'there', 'reply']);
    expect(kept.texts().sort()).to.deep.equal(['hi', 'reply', 'there']);
  });

  it('also what is streamed, what nobody reads, and what agents inside say', async () => {
    const kept = keeping();
    const inner = miniagent('inner', (ctx) => [Message.stream(['strea', 'med']), ctx.messages]);
    const outer = miniagent('outer', (ctx) => (ctx.inquire(inner, 'asked'), 'said'));
    await kept.miniAgents.run(() => void outer.inquire('question'));
    expect(kept.texts().sort()).to.deep.equal(['asked', 'question', 'said', 'streamed']);
  });

  it('the same content once, also as other objects, in later batches and runs (B112, B113)', async () => {
    const kept = keeping();
    const same = message('same');
    await kept.miniAgents.run(async () => {
      await pass.inquire([same, same, message('same')]).resolve();
      await turn();
      await pass.inquire([message('same'), message('other')]).resolve();
    });
    await kept.miniAgents.run(() => pass.inquire([same, message('other')]));
    expect(kept.texts()).to.deep.equal(['same', 'other']);
  });

  it('children before parents; those that are persisted already are left out (B114)', async () => {
    const kept = keeping();
    const [deep, other] = [message('deep'), message('other')];
    const top = message('top', [message('middle', [deep]), { list: [[other]] }, deep]);
    await kept.miniAgents.run(async () => {
      await pass.inquire(top).resolve();
      await pass.inquire(message('next', [deep, top])).resolve();
    });
    expect(kept.texts().slice().sort()).to.deep.equal(['deep', 'middle', 'next', 'other', 'top']);
    const order = ['deep', 'middle', 'top', 'next'].map((text) => kept.texts().indexOf(text));
    expect(order).to.deep.equal(order.slice().sort((a, b) => a - b));
  });

  it('one message twice in a tree that is not persisted yet hangs nothing (bug 1)', async () => {
    const kept = keeping();
    const twice = message('twice');
    await kept.miniAgents.run(() => pass.inquire(message('top', [twice, twice, { again: twice }])));
    expect(kept.texts()).to.deep.equal(['twice', 'top']);
  });

  it('batches come one at a time, never empty, and cannot be changed (B6, bug 2)', async () => {
    let writing = 0;
    let most = 0;
    const sizes: number[] = [];
    const miniAgents = new MiniAgents();
    miniAgents.onPersistMessages(async (batch) => {
      most = Math.max(most, ++writing);
      sizes.push(batch.length);
      expect(() => (batch as Message[]).push(message('more'))).to.throw(TypeError);
      await turn();
      writing--;
    });
    await miniAgents.run(async () => {
      for (const text of ['a', 'b', 'c']) {
        await pass.inquire([text, message('again')]).resolve();
        await turn();
      }
      await pass.inquire([null, message('again')]).resolve();
    });
    expect(most).to.equal(1);
    expect(Math.min(...sizes)).to.be.greaterThan(0);
    expect(sizes.reduce((sum, size) => sum + size)).to.equal(4);
  });

  it('a handler may be synchronous (B10)', async () => {
    const seen: string[] = [];
    const onPersistMessages = (batch: readonly Message[]) => void seen.push(...batch.map(String));
    await new MiniAgents({ onPersistMessages }).run(() => pass.inquire('a'));
    expect(seen).to.deep.equal(['a']);
  });

  it('one that is no function is refused (B10)', () => {
    for (const handler of [1, 'text', {}, true, [() => {}]] as never[]) {
      expect(() => new MiniAgents({ onPersistMessages: handler })).to.throw(InvalidArgumentError, /onPersistMessages/);
      expect(() => new MiniAgents().onPersistMessages(handler)).to.throw(InvalidArgumentError, /onPersistMessages/);
    }
    expect(() => new MiniAgents().onPersistMessages(undefined as never)).to.throw(InvalidArgumentError);
  });

  it('a handler that fails is reported, hurts no reply, and gets the messages again (B116, bug 2)', async () => {
    let failures = 0;
    const kept = keeping(() => failures++ === 0);
    const got = await kept.miniAgents.run(async () => {
      const first = await texts(pass.inquire('a'));
      await turn();
      await turn();
      return [...first, ...(await texts(pass.inquire(['a', 'b'])))];
    });
    expect(got).to.deep.equal(['a', 'a', 'b']);
    expect(kept.texts().sort()).to.deep.equal(['a', 'b']);
    expect(kept.reported.map(String)).to.deep.equal(['Error: disk full']);
  });

  it('an error is persisted as a message where it is one, once, however often it is read (B59, bug 11)', async () => {
    const kept = keeping();
    await kept.miniAgents.run(async () => {
      const failing = miniagent('failing', () => {
        throw new Error('boom');
      });
      const view = pass.inquire(failing.inquire(null, { errorsAsMessages: true }));
      for (let times = 0; times < 3; times++) await view.resolve();
    });
    expect(kept.texts()).to.deep.equal(['Error: boom']);
  });

  it('an agent that was cancelled leaves what it had said', async () => {
    const kept = keeping();
    await kept.miniAgents.run(async () => {
      const source = new Subject<string>();
      const replies = miniagent('agent', () => ['said', Message.stream(source)]).inquire();
      const resolved = rejection(replies.resolve());
      await turn();
      source.next('half of a mess');
      replies.cancel();
      await resolved;
    });
    expect(kept.texts()).to.deep.equal(['said']);
  });

  it('finalize() awaits it (B5)', async () => {
    const kept = keeping();
    kept.miniAgents.activate();
    await pass.inquire('a').resolve();
    await kept.miniAgents.finalize();
    expect(kept.texts()).to.deep.equal(['a']);
  });

  it('what a handler asks is no part of the run whose messages it is given, nor cancelled with that', async () => {
    const kept: string[] = [];
    const paths: string[] = [];
    const index = miniagent('index', async (ctx) => {
      paths.push(ctx.path);
      await new Promise((resolve) => setTimeout(resolve, 5));
      kept.push(await ctx.messages.text());
    });
    const miniAgents = new MiniAgents({
      onPersistMessages: async (messages) => void (await index.inquire(messages).resolve()),
    });
    const slow = miniagent('slow', (ctx) => [ctx.messages, NEVER]);
    await miniAgents
      .run(() => {
        const replies = slow.inquire('a');
        setTimeout(() => replies.cancel('enough'), 1);
        return replies;
      })
      .catch(String);
    expect({ kept, paths }).to.deep.equal({ kept: ['a'], paths: ['index'] });
  });

  it('several handlers get everything; one that was taken away gets no more', async () => {
    const kept = keeping();
    const seen: string[] = [];
    const subscription = kept.miniAgents.onPersistMessages((batch) => void seen.push(...batch.map(String)));
    await kept.miniAgents.run(() => pass.inquire('a'));
    subscription.unsubscribe();
    await kept.miniAgents.run(() => pass.inquire('b'));
    expect(kept.texts()).to.deep.equal(['a', 'b']);
    expect(seen).to.deep.equal(['a']);
  });

  it('the messages of an inner MiniAgents are persisted by it, not by the outer one (B6)', async () => {
    const [outer, inner] = [keeping(), keeping()];
    await outer.miniAgents.run(async () => {
      await pass.inquire('outer').resolve();
      await inner.miniAgents.run(() => pass.inquire('inner'));
    });
    expect(outer.texts()).to.deep.equal(['outer']);
    expect(outer.batches).to.have.length(1);
    expect(inner.texts()).to.deep.equal(['inner']);
  });
});
