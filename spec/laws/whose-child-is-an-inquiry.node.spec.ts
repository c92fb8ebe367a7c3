import { expect } from 'chai';
import { CancelledError, miniagent, MiniAgents } from 'miniagents';
import type { MessageSequence, MiniAgent } from 'miniagents';
import { EventEmitter, once } from 'node:events';
import { firstValueFrom, NEVER, Subject, tap, timer } from 'rxjs';
import { forEachStart, pass, rejection, texts, turn } from './support.js';

let parents: (string | undefined)[] = [];
const child = miniagent('child', (ctx) => void parents.push(ctx.parent));
const ask = (): void => void child.inquire(null, { startSoon: true });

/** Places that only AsyncLocalStorage knows. */
const places: Record<string, MiniAgent> = {
  'after an await': miniagent('parent', async () => {
    await turn();
    await Promise.resolve();
    ask();
  }),
  'in an async generator, after a yield and an await': miniagent('parent', async function* (ctx) {
    yield ctx.messages;
    await turn();
    ask();
    yield 'b';
    ask();
  }),
  'in a loop over what it was asked': miniagent('parent', async (ctx) => {
    for await (const message of ctx.messages) {
      await message.resolve();
      ask();
    }
  }),
  'after resolve()': miniagent('parent', async (ctx) => {
    await ctx.messages.resolve();
    ask();
  }),
  'after what another agent said': miniagent('parent', async (ctx) => {
    await ctx.inquire(pass, 'x').text();
    ask();
  }),
  'in a then': miniagent('parent', () => turn().then(ask)),
  'in a timer': miniagent('parent', (ctx) => ctx.waitFor(new Promise((resolve) => setTimeout(() => resolve(ask()))))),
  'in an Observable of its own': miniagent('parent', () => timer(1).pipe(tap(ask))),
  'in something that is waited for': miniagent('parent', (ctx) => ctx.waitFor(turn().then(turn).then(ask))),
};

describe('whose child is an inquiry, where AsyncLocalStorage exists', () => {
  beforeEach(() => (parents = []));

  forEachStart((here) => {
    for (const [name, parent] of Object.entries(places)) {
      it(`${name}: its run's`, async () => {
        const question = new Subject<string>();
        const replies = parent.inquire(question, { startSoon: true });
        await turn();
        question.next('from outside');
        question.complete();
        await replies.resolve().catch(() => {});
        await turn();
        expect(parents.length).to.be.greaterThan(0);
        expect(new Set(parents)).to.deep.equal(new Set(['1']));
        expect(here.takeReported()).to.deep.equal([]);
      });
    }

    it('two agents that wait for one event: each its own', async () => {
      const emitter = new EventEmitter();
      const waits = (name: string) =>
        miniagent(name, async () => {
          await once(emitter, 'go');
          ask();
        }).inquire(null, { startSoon: true });
      const both = [waits('one'), waits('other')];
      await turn();
      emitter.emit('go');
      await Promise.all(both.map((replies) => replies.resolve()));
      await turn();
      expect(parents.sort()).to.deep.equal(['1', '2']);
    });

    it('cancelling the run reaches what it asked after an await', async () => {
      let aborted = false;
      const leaf = miniagent('leaf', (ctx) => {
        ctx.signal.onabort = () => (aborted = true);
        return NEVER;
      });
      const replies = miniagent('top', async () => {
        await turn();
        await leaf.inquire(null, { startSoon: true }).resolve();
      }).inquire();
      const resolved = rejection(replies.resolve());
      await turn();
      await turn();
      await turn();
      replies.cancel();
      expect(aborted).to.be.true;
      expect(await resolved).to.be.instanceOf(CancelledError);
    });

    it('what a cancelled run asks afterwards is cancelled', async () => {
      let late: unknown;
      const gate = new Subject<void>();
      const replies = miniagent('top', async () => {
        await firstValueFrom(gate);
        late = await rejection(pass.inquire('late').resolve());
      }).inquire(null, { startSoon: true });
      await turn();
      replies.cancel();
      gate.next();
      await turn();
      expect(late).to.be.instanceOf(CancelledError);
    });

    it('what a run asks when it is over belongs to what is around it', async () => {
      const late = new Promise<string[]>((resolve) => {
        const agent = miniagent('agent', () => void setTimeout(() => resolve(texts(pass.inquire('late'))), 5));
        agent.inquire(null, { startSoon: true });
      });
      expect(await late).to.deep.equal(['late']);
    });

    it('also what it asks in its own name: it is waited for, and cancelled with that', async () => {
      const aborted: unknown[] = [];
      const slow = miniagent('slow', (ctx) => {
        ctx.signal.onabort = () => aborted.push(ctx.signal.reason);
        return NEVER;
      });
      const agent = miniagent('agent', (ctx) => void setTimeout(() => ctx.inquire(slow, null, { startSoon: true }), 5));
      const miniAgents = new MiniAgents();
      await miniAgents.run(async () => {
        agent.inquire(null, { startSoon: true });
        await new Promise((resolve) => setTimeout(resolve, 50));
        miniAgents.cancel('enough');
      });
      expect(aborted).to.have.lengthOf(1);
    });

    it('also what it asked when it was not over and begins only now', async () => {
      const aborted: unknown[] = [];
      const slow = miniagent('slow', (ctx) => {
        ctx.signal.onabort = () => aborted.push(ctx.signal.reason);
        return NEVER;
      });
      let lazy: MessageSequence | undefined;
      const agent = miniagent('agent', () => {
        lazy = slow.inquire(null, { startSoon: false });
        return 'done';
      });
      const miniAgents = new MiniAgents();
      await miniAgents.run(async () => {
        await agent.inquire(null, { startSoon: true }).resolve();
        await turn();
        lazy?.subscribe({ error: () => {} });
        await turn();
        miniAgents.cancel('enough');
      });
      expect(aborted).to.have.lengthOf(1);
    });
  });
});
