import { expect } from 'chai';
import { Message, MessageSequence, miniagent, MiniAgents } from 'miniagents';
import type { InteractionContext } from 'miniagents';
import { concat, firstValueFrom, lastValueFrom, NEVER, of, Subject, throwError, toArray } from 'rxjs';
import { forEachStart, pass, rejection, texts, turn } from './support.js';

type Replies = MessageSequence;

/** Fails with an error of its own each time: one that was reported is not reported again. */
const faulty = miniagent('faulty', (ctx) => {
  ctx.reply('before');
  throw new Error('unread');
});
const broken = () =>
  Message.stream(
    concat(
      of('a'),
      throwError(() => new Error('unread')),
    ),
  );
const ignore = { error: () => {} };
const messagesOf = (errors: unknown[]) => errors.map((error) => (error as Error).message);

/** What consumes the error of a sequence. */
const consumers: Record<string, (replies: Replies) => unknown> = {
  'a subscriber': (replies) => replies.subscribe(ignore),
  'a subscriber of whole$': (replies) => replies.whole$.subscribe(ignore),
  'a subscriber of tokens$': (replies) => replies.tokens$.subscribe(ignore),
  'a subscriber of snapshots$': (replies) => replies.snapshots$.subscribe(ignore),
  'await resolve()': (replies) => rejection(replies.resolve()),
  'await resolveMessages()': (replies) => rejection(replies.resolveMessages()),
  'await text()': (replies) => rejection(replies.text()),
  'a catch on resolve()': (replies) => replies.resolve().catch(() => {}),
  'Promise.allSettled': (replies) => Promise.allSettled([replies.resolve()]),
  'for await': async (replies) => {
    const reading = async () => {
      for await (const message of replies) await message.resolve();
    };
    await rejection(reading());
  },
  'a reader of the view': (replies) => texts(replies.errorsAsMessages()),
  'a reader of a sequence that it was forwarded to': (replies) => rejection(pass.inquire(replies).resolve()),
  'an agent that reads what it is asked': (replies) =>
    texts(miniagent('reader', async (ctx) => String(await rejection(ctx.messages.resolve()))).inquire(replies)),
  'a reader who comes late': async (replies) => {
    await turn();
    await rejection(replies.resolve());
  },
};

/** What does not. */
const passersBy: Record<string, (replies: Replies) => unknown> = {
  nobody: () => {},
  'a resolve() that nobody awaits': (replies) => void replies.resolve(),
  'a text() that nobody awaits': (replies) => void replies.text(),
  'one who takes the first message': (replies) => firstValueFrom(replies),
  'one who leaves before the error': (replies) => replies.subscribe(ignore).unsubscribe(),
  'a view that nobody reads': (replies) => void replies.errorsAsMessages(),
  'an agent that does not read it': (replies) =>
    miniagent('deaf', () => {})
      .inquire(replies)
      .resolve(),
  'three agents that forward it': (replies) => {
    const ask = { startSoon: true };
    pass.inquire(pass.inquire(pass.inquire(replies, ask), ask), ask);
  },
};

describe('law 5: an error that nobody consumed is reported once, never lost', () => {
  forEachStart((here) => {
    for (const [name, consume] of Object.entries(consumers)) {
      it(`it is consumed by ${name}`, async () => {
        await consume(faulty.inquire(null, { startSoon: true }));
        await here.end();
        expect(here.takeReported()).to.deep.equal([]);
      });
    }

    for (const [name, pass] of Object.entries(passersBy)) {
      it(`it is reported where it is read by: ${name} (B11)`, async () => {
        await pass(faulty.inquire(null, { startSoon: true }));
        await turn();
        expect(here.takeReported(), 'it is decided when the MiniAgents ends').to.deep.equal([]);
        await here.miniAgents.finalize();
        expect(messagesOf(here.takeReported())).to.deep.equal(['unread']);
      });
    }

    describe('in the middle of a message', () => {
      for (const name of ['await resolve()', 'a subscriber of tokens$', 'a reader of the view', 'for await']) {
        it(`it is consumed by ${name}`, async () => {
          await consumers[name]?.(miniagent('agent', () => broken()).inquire());
          await here.end();
          expect(here.takeReported()).to.deep.equal([]);
        });
      }

      it('it is consumed by a subscriber of the message', async () => {
        broken().subscribe(ignore);
        await rejection(broken().resolve());
        broken().whole$.subscribe(ignore);
        broken().snapshots$.subscribe(ignore);
        await here.end();
        expect(here.takeReported()).to.deep.equal([]);
      });

      it('it is reported where nobody reads the message, though its sequence is read', async () => {
        const [promise] = await lastValueFrom(pass.inquire(broken()).pipe(toArray()));
        expect(promise?.draft.text).to.equal('');
        await here.end();
        expect(messagesOf(here.takeReported())).to.deep.equal(['unread']);
      });
    });

    it('each of several, once; the same one, once, wherever it turns up', async () => {
      const same = new Error('same');
      const agent = miniagent('agent', (ctx) => {
        ctx.reply([same, new Error('one'), same]);
        ctx.reply(new Error('two'));
        throw same;
      });
      agent.inquire(null, { startSoon: true });
      await turn();
      await here.end();
      expect(messagesOf(here.takeReported()).sort()).to.deep.equal(['one', 'same', 'two']);
    });

    it('a reader of the first error has not consumed the ones after it', async () => {
      const replies = pass.inquire([new Error('first'), new Error('second')]);
      await rejection(replies.resolve());
      await here.end();
      expect(messagesOf(here.takeReported())).to.deep.equal(['second']);
    });

    it('in what was sent after the end of an agent, and in what it said after finishing early (B100)', async () => {
      const agent = miniagent('agent', (ctx) => {
        ctx.finishEarly();
        throw new Error('after finishing early');
      });
      expect(await texts(agent.inquire())).to.deep.equal([]);
      await here.end();
      expect(messagesOf(here.takeReported())).to.deep.equal(['after finishing early']);
    });

    it('of what an agent waits for: reported, not delivered (B98)', async () => {
      const agent = miniagent('agent', (ctx) => {
        ctx.waitFor(Promise.reject(new Error('waited for')));
        return 'fine';
      });
      expect(await texts(agent.inquire())).to.deep.equal(['fine']);
      await here.end();
      expect(messagesOf(here.takeReported())).to.deep.equal(['waited for']);
    });

    it('of what an agent was asked and nobody read', async () => {
      await texts(miniagent('deaf', () => 'fine').inquire(['ok', new Error('asked')]));
      await here.end();
      expect(messagesOf(here.takeReported())).to.deep.equal(['asked']);
    });

    it('what is thrown need be no Error', async () => {
      for (const thrown of ['text', undefined]) {
        const agent = miniagent('agent', () => {
          throw thrown;
        });
        agent.inquire(null, { startSoon: true });
      }
      await turn();
      await here.end();
      expect(here.takeReported()).to.deep.equal(['text', undefined]);
    });

    it('cancellations are not reported', async () => {
      const agent = miniagent('agent', () => [NEVER, Message.stream(NEVER)]);
      agent.inquire(null, { startSoon: true }).cancel();
      agent.inquire(null, { startSoon: true, signal: AbortSignal.abort('reason') });
      void agent.inquire().resolve();
      agent('x').subscribe().unsubscribe();
      MessageSequence.from(NEVER).cancel();
      Message.stream(NEVER).cancel();
      await turn();
      await here.end();
      expect(here.takeReported()).to.deep.equal([]);
    });

    it('an error of an agent after it was cancelled is not reported', async () => {
      const gate = new Subject<void>();
      const agent = miniagent('agent', async () => {
        await firstValueFrom(gate);
        throw new Error('after the cancel');
      });
      const replies = agent.inquire(null, { startSoon: true });
      await turn();
      replies.cancel();
      gate.next();
      await turn();
      await here.end();
      expect(here.takeReported()).to.deep.equal([]);
    });
  });

  it('with the path of the agent it happened in, callee first (B12, B109)', async () => {
    const reported: [unknown, string][] = [];
    const miniAgents = new MiniAgents({ onUnhandledError: (error, path) => reported.push([error, path]) });
    const [deep, lost] = [new Error('deep'), new Error('lost')];
    const leaf = miniagent('leaf', () => {
      throw deep;
    });
    const middle = miniagent('middle', (ctx) => ctx.inquire(leaf, null, { startSoon: false }));
    const top = miniagent('top', (ctx) => ctx.inquire(middle));
    await miniAgents.run(() => {
      top.inquire(lost);
      MessageSequence.from(new Error('outside'));
    });
    const paths = Object.fromEntries(reported.map(([error, path]) => [(error as Error).message, path]));
    expect(paths).to.deep.equal({ deep: 'leaf <- middle <- top', lost: '', outside: '' });
  });

  it('after the end of its MiniAgents: on its own', async () => {
    const reported: unknown[] = [];
    const miniAgents = new MiniAgents({ onUnhandledError: (error) => reported.push(error) });
    let late: (() => void) | undefined;
    await miniAgents.run(() => {
      const agent = miniagent('agent', (ctx) => {
        late = () => ctx.reply('late');
      });
      return agent.inquire();
    });
    expect(reported).to.deep.equal([]);
    late?.();
    await turn();
    await turn();
    expect(reported).to.have.length(1);
    expect(String(reported[0])).to.include('agent').and.include('late');
  });

  describe('in the default MiniAgents it is decided a macrotask after it failed', () => {
    let printed: unknown[][];
    const { error: print } = console;
    beforeEach(() => {
      printed = [];
      console.error = (...parts: unknown[]) => printed.push(parts);
    });
    afterEach(() => (console.error = print));

    it('nobody consumed it: it is printed, with its path', async () => {
      faulty.inquire();
      await Promise.resolve();
      expect(printed).to.deep.equal([]);
      await turn();
      await turn();
      expect(printed).to.have.length(1);
      expect(printed.flat().map(String).join(' ')).to.include('faulty').and.include('unread');
    });

    it('it stands behind what is not whole yet: it is decided when that is', async () => {
      const slow = new Subject<string>();
      const late = miniagent('late', (ctx) => {
        ctx.reply(Message.stream(slow));
        throw new Error('behind');
      });
      const read = late.inquire();
      late.inquire();
      const caught = rejection(read.resolve());
      await turn();
      await turn();
      expect(printed).to.deep.equal([]);
      slow.complete();
      expect(String(await caught)).to.equal('Error: behind');
      await turn();
      await turn();
      expect(printed).to.have.length(1);
    });

    it('it stands behind what never comes, since it was cancelled: it is decided then', async () => {
      for (const hold of [
        (ctx: InteractionContext) => ctx.reply(Message.stream(NEVER)),
        (ctx: InteractionContext) => ctx.waitFor(new Promise(() => {})),
      ]) {
        const late = miniagent('late', (ctx) => {
          hold(ctx);
          throw new Error('behind');
        });
        const cut = late.inquire();
        await turn();
        await turn();
        expect(printed).to.deep.equal([]);
        cut.cancel();
        await turn();
        await turn();
        expect(printed.splice(0).flat().map(String).join(' ')).to.include('behind');
      }
    });

    it('consumed in the meantime: it is not', async () => {
      const replies = faulty.inquire();
      await Promise.resolve();
      await rejection(replies.resolve());
      await turn();
      await turn();
      expect(printed).to.deep.equal([]);
    });
  });
});
