import { expect } from 'chai';
import { CancelledError, miniagent, MiniAgents } from 'miniagents';
import { asyncMarbles } from 'miniagents/testing';
import { concatMap, defer, finalize, from, ignoreElements, map, Subject, timer } from 'rxjs';
import { marbles, texts } from '../laws/support.js';

const echo = miniagent('echo', (ctx) =>
  ctx.messages.pipe(
    concatMap((message) => message.whole$),
    map((message) => `echo ${message.text}`),
  ),
);

describe('parity: lives', () => {
  describe('an input that is left open', () => {
    it('keeps a run open until it ends; what was sent is answered (B7)', async () => {
      await asyncMarbles(({ hot, expectObservable }) => {
        const input = hot('-a-b-|');
        const run = new MiniAgents().run(() => echo.inquire(input));
        expectObservable(from(run).pipe(map((replies) => replies.map(String).toArray()))).toBe('-----(r|)', {
          r: ['echo a', 'echo b'],
        });
      });
    });

    it('ends with its MiniAgents (B7)', async () => {
      await asyncMarbles(({ hot, expectObservable, expectSubscriptions }) => {
        const miniAgents = new MiniAgents();
        const input = hot('-');
        const run = miniAgents.run(() => echo.inquire(input));
        timer(3).subscribe(() => miniAgents.cancel());
        expectObservable(from(run)).toBe('---#', {}, new CancelledError('the MiniAgents'));
        expectSubscriptions(input.subscriptions).toBe('^--!');
      });
    });

    it('inside an agent is closed by whoever opened it: with what the agent returns, by finalize (B96)', async () => {
      const caller = miniagent('caller', (ctx) => {
        const input = new Subject<string>();
        ctx.reply(ctx.inquire(echo, input));
        return ctx.messages.pipe(
          concatMap((message) => message.whole$),
          map((message) => input.next(message.text)),
          map(() => null),
          finalize(() => input.complete()),
        );
      });
      expect(await new MiniAgents().run(() => texts(caller.inquire(['1', '2'])))).to.deep.equal(['echo 1', 'echo 2']);
    });

    it('is cancelled with the agent that opened it (B96)', () => {
      marbles(({ hot, expectTokens, expectSubscriptions }) => {
        const input = hot('-a-b');
        const caller = miniagent('caller', (ctx) => ctx.inquire(echo, input));
        const replies = caller.inquire();
        timer(2).subscribe(() => replies.cancel());
        expectTokens(replies).toBe('-a#', { a: 'echo a' }, new CancelledError('agent caller'));
        expectSubscriptions(input.subscriptions).toBe('^-!');
      });
    });
  });

  it('a run waits for what was started in it, while its MiniAgents stays active (B14)', async () => {
    await asyncMarbles(async ({ agent, expectObservable }) => {
      const miniAgents = new MiniAgents().activate();
      const slow = agent('slow', '---|');
      const ended$ = defer(async () => {
        await miniAgents.run(() => void slow.inquire());
        slow.inquire();
        await miniAgents.finalize();
      });
      expectObservable(ended$.pipe(ignoreElements())).toBe('------|');
    });
  });

  it('a wait that would never end is ended by a signal (B97)', async () => {
    await asyncMarbles(({ hot, expectTokens, expectSubscriptions }) => {
      const input = hot('-');
      const waiting = miniagent('waiting', async (ctx) => {
        const replies = ctx.inquire(echo, input, { signal: AbortSignal.timeout(3) });
        return String(await replies.resolve().catch((error: Error) => error.name));
      });
      expectTokens(waiting.inquire()).toBe('---(c|)', { c: 'CancelledError' });
      expectSubscriptions(input.subscriptions).toBe('^--!');
    });
  });
});
