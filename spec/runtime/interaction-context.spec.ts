import { expect } from 'chai';
import { from, ignoreElements, NEVER, timer } from 'rxjs';
import { CancelledError } from '../../lib/errors/cancelled-error.js';
import { InvalidArgumentError } from '../../lib/errors/invalid-argument-error.js';
import { LifecycleError } from '../../lib/errors/lifecycle-error.js';
import type { InteractionContext } from '../../lib/runtime/interaction-context.js';
import { miniagent } from '../../lib/runtime/miniagent.js';
import { asyncMarbles } from '../../lib/testing/async-marbles.js';
import { marbles } from '../../lib/testing/marbles.js';
import { observed, rejection, texts, turn } from './support.js';

describe('InteractionContext', () => {
  const echo = miniagent('echo', (ctx) => ctx.messages);

  it('knows what was asked, who is asked, and where', async () => {
    const { miniAgents } = observed();
    const seen: object[] = [];
    const inner = miniagent('inner', (ctx) => void seen.push({ id: ctx.id, parent: ctx.parent }));
    const outer = miniagent('outer', async (ctx) => {
      seen.push({ id: ctx.id, parent: ctx.parent });
      expect([ctx.agent, ctx.miniAgents]).to.have.ordered.members([outer, miniAgents]);
      await ctx.inquire(inner).resolve();
      return ctx.messages;
    });
    const replies = await miniAgents.run(() => outer.inquire(['a', 'b']));
    expect(replies.map(({ text }) => text).toArray()).to.deep.equal(['a', 'b']);
    expect(seen).to.deep.equal([
      { id: '1', parent: undefined },
      { id: '1.1', parent: '1' },
    ]);
  });

  for (const startSoon of [true, false])
    it(`knows its path, whoever reads its replies (startSoon: ${startSoon})`, async () => {
      const { miniAgents } = observed({ startSoon });
      const seen: string[] = [];
      const leaf = miniagent('leaf', async (ctx) => {
        await turn();
        seen.push(ctx.path);
      });
      const middle = miniagent('middle', async (ctx) => {
        await turn();
        ctx.reply(ctx.inquire(leaf));
        seen.push(ctx.path);
      });
      const top = miniagent('top', (ctx) => {
        seen.push(ctx.path);
        return ctx.inquire(middle);
      });
      const other = miniagent('other', (ctx) => ctx.messages);
      await miniAgents.run(() => other.inquire(top.inquire()));
      expect(seen).to.deep.equal(['top', 'middle <- top', 'leaf <- middle <- top']);
    });

  it('may be taken apart', async () => {
    const taken = miniagent('taken', ({ messages, reply, replyOutOfOrder, finishEarly, waitFor, inquire }) => {
      waitFor(turn());
      reply(inquire(echo, messages));
      replyOutOfOrder('b');
      finishEarly();
    });
    expect(await texts(taken.inquire('a'))).to.have.members(['a', 'b']);
  });

  it('has errors among what was asked as errors, whatever the settings', async () => {
    const { miniAgents } = observed({ errorsAsMessages: true });
    const agent = miniagent('agent', async (ctx) => String(await rejection(ctx.messages.resolve())));
    const replies = await miniAgents.run(() => agent.inquire(['a', new RangeError('boom')]));
    expect(replies.get(0)?.text).to.equal('RangeError: boom');
  });

  it('replies in order, and out of order past what is not there yet', () => {
    marbles(({ cold, expectTokens }) => {
      const slow = cold('----b|');
      const agent = miniagent('agent', (ctx) => {
        ctx.reply('a');
        ctx.reply(slow);
        ctx.replyOutOfOrder('o');
        ctx.reply('c');
      });
      expectTokens(agent.inquire()).toBe('(ao)b(c|)');
    });
  });

  it('gives nothing back for a reply: there is nothing to wait for', async () => {
    const agent = miniagent('agent', (ctx) => {
      expect([ctx.reply('a'), ctx.replyOutOfOrder('b')]).to.deep.equal([undefined, undefined]);
    });
    expect(await texts(agent.inquire())).to.deep.equal(['a', 'b']);
  });

  it('can be kept: a reply after the end is reported, not thrown', async () => {
    const { miniAgents, reported } = observed();
    const kept: InteractionContext[] = [];
    await miniAgents.run(async () => {
      await miniagent('agent', (ctx) => void kept.push(ctx))
        .inquire()
        .resolve();
      expect(() => kept[0]?.reply('late')).not.to.throw();
    });
    expect(reported).to.have.lengthOf(1);
    expect(reported[0]).to.have.property('error').that.is.instanceOf(LifecycleError);
    expect(reported[0]?.path).to.equal('agent');
  });

  it('can end the replies early, and work on inside the run', async () => {
    await asyncMarbles(({ tokens, expectTokens, expectObservable }) => {
      const { miniAgents } = observed();
      const agent = miniagent('agent', async (ctx) => {
        ctx.reply('a');
        ctx.finishEarly();
        await tokens('----w|').resolve();
      });
      const run = miniAgents.run(() => expectTokens(agent.inquire()).toBe('(a|)'));
      expectObservable(from(run).pipe(ignoreElements())).toBe('-----|');
    });
  });

  it('waits for promises, of its own kind, too, with the replies open', async () => {
    await asyncMarbles(({ tokens, expectTokens }) => {
      const wait = (ctx: InteractionContext) => ctx.waitFor(new Promise((resolve) => setTimeout(resolve, 2)));
      const waitForBoth = (ctx: InteractionContext) => (wait(ctx), ctx.waitFor(tokens('---t|')));
      expectTokens(miniagent(wait).inquire()).toBe('--|');
      expectTokens(miniagent(waitForBoth).inquire()).toBe('----|');
    });
  });

  it('has a signal that is aborted when the run is cancelled, with the CancelledError as its reason', async () => {
    const signals: AbortSignal[] = [];
    const agent = miniagent('agent', (ctx) => {
      signals.push(ctx.signal);
      return NEVER;
    });
    const replies = agent.inquire();
    await turn();
    expect(signals[0]?.aborted).to.equal(false);
    replies.cancel('enough');
    expect(signals[0]?.aborted).to.equal(true);
    expect(signals[0]?.reason).to.be.instanceOf(CancelledError).and.include({ cause: 'enough' });
    expect(signals[0]?.reason).to.equal(await rejection(replies.resolve()));
  });

  describe('inquires', () => {
    it('as a part of this run, wherever it is called: cancelled with it', () => {
      marbles(({ cold, expectTokens, expectSubscriptions }) => {
        const work = cold('-');
        const inner = miniagent('inner', () => work);
        const agent = miniagent('agent', (ctx) => {
          timer(2).subscribe(() => expectTokens(ctx.inquire(inner)).toBe('-----#', {}, cancelled));
          return NEVER;
        });
        const replies = agent.inquire();
        const cancelled = new CancelledError('agent agent', 'enough');
        timer(5).subscribe(() => replies.cancel('enough'));
        expectTokens(replies).toBe('-----#', {}, cancelled);
        expectSubscriptions(work.subscriptions).toBe('--^--!');
      });
    });

    it('with messages and parameters', async () => {
      const told = miniagent('told', (ctx, params) => [ctx.messages, JSON.stringify(params)]);
      const agent = miniagent('agent', (ctx) => ctx.inquire(told, 'a', { depth: 3 }));
      expect(await texts(agent.inquire())).to.deep.equal(['a', '{"depth":3}']);
    });

    it('agents only', async () => {
      const agent = miniagent('agent', (ctx) => ctx.inquire((() => {}) as never));
      expect(await rejection(agent.inquire().resolve())).to.be.instanceOf(InvalidArgumentError);
      expect(await texts(miniagent('agent', (ctx) => ctx.inquire(echo, 'a')).inquire())).to.deep.equal(['a']);
    });
  });
});
