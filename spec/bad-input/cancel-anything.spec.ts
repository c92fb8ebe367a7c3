import { expect } from 'chai';
import { CancelledError, Message, MessageSequence, miniagent, MiniAgents } from 'miniagents';
import type { StreamedPromise } from 'miniagents';
import { asyncMarbles } from 'miniagents/testing';
import { from, NEVER, timer } from 'rxjs';
import type { Observable } from 'rxjs';
import { forEachStart, marbles, pass, rejection, texts } from '../laws/support.js';

type Anything = StreamedPromise<unknown, unknown>;

/** Everything that can be cancelled, waiting for more; when a reader sees the first of it, and when it has seen all, if not at the end. */
const kinds: Record<string, { make: (more: Observable<string>) => Anything; seen: number; ended?: number }> = {
  'a message': { make: (more) => Message.stream(more), seen: 3 },
  'a sequence': { make: (more) => MessageSequence.from(['a', more]), seen: 0 },
  'an inquiry': { make: (more) => miniagent('agent', (ctx) => (ctx.reply('a'), more)).inquire(), seen: 0 },
  'an inquiry of which only tokens are to come': {
    make: (more) => miniagent('agent', () => ['a', Message.stream(more)]).inquire(),
    seen: 0,
    ended: 0,
  },
  'an inquiry whose question is to come': { make: (more) => pass.inquire(['a', more]), seen: 0 },
  'an inquiry that waits for another': {
    make: (more) => miniagent('agent', async (ctx) => ctx.inquire(pass, ['a', more]).text()).inquire(),
    seen: 6,
  },
  'a view of its errors as messages': {
    make: (more) => miniagent('agent', () => ['a', more]).inquire(null, { errorsAsMessages: true }),
    seen: 0,
  },
};

const boom = new Error('boom');

describe('bad input: cancel() of anything at any time', () => {
  forEachStart((here) => {
    for (const [name, { make, seen, ended = 4 }] of Object.entries(kinds)) {
      describe(name, () => {
        /** Does something in a frame, and sees when it is over, with what, for good; and that it then listens no longer. */
        const comesTo = (
          [frame, outcome]: readonly [number, unknown],
          steps: Readonly<Record<number, (promise: Anything) => void>>,
          diagram = '---b--|',
        ) =>
          asyncMarbles(async ({ cold, expectObservable, flush }) => {
            const more = cold(diagram, undefined, boom);
            const promise = make(more);
            const resolved = () =>
              promise.resolve().then(
                () => 'whole',
                (error: unknown) => (error instanceof CancelledError ? error.cause : error),
              );
            steps[-1]?.(promise);
            expectObservable(from(resolved())).toBe(`${'-'.repeat(frame)}(x|)`, { x: outcome });
            for (const [at, step] of Object.entries(steps))
              if (Number(at) >= 0) timer(Number(at)).subscribe(() => step(promise));
            await flush();
            expect(await resolved()).to.equal(outcome);
            for (const { unsubscribedFrame } of more.subscriptions) expect(unsubscribedFrame).to.be.at.most(frame);
          });

        it('twice: the first one counts', () =>
          comesTo([2, 'first'], {
            2: (promise) => (promise.cancel('first'), promise.cancel('second')),
            4: (promise) => promise.cancel('third'),
          }));

        it('before anything has started', () => comesTo([0, 'early'], { [-1]: (promise) => promise.cancel('early') }));

        it('in the middle of an iteration', () =>
          asyncMarbles(async ({ cold, expectObservable }) => {
            const promise = make(cold('---b--|'));
            const iterate = async () => {
              const iterator = promise[Symbol.asyncIterator]();
              const steps = async () => {
                while (!(await iterator.next()).done);
              };
              const outcome = await steps().catch((error: unknown) => error);
              if (outcome !== undefined) expect(outcome).to.be.instanceOf(CancelledError);
              return (await iterator.next()).done;
            };
            expectObservable(from(iterate())).toBe(`${'-'.repeat(ended)}(x|)`, { x: true });
            timer(4).subscribe(() => promise.cancel('in the middle'));
          }));

        it('by its reader, while it is read', () =>
          comesTo([Math.min(seen, 4), 'by its reader'], {
            [-1]: (promise) => {
              promise.subscribe({ next: () => promise.cancel('by its reader'), error: () => {} });
              promise.whole$.subscribe({ error: () => promise.cancel('again') });
            },
            4: (promise) => promise.cancel('by its reader'),
          }));

        it('after its end: nothing', () => comesTo([6, 'whole'], { 8: (promise) => promise.cancel('too late') }));

        it('after it failed: it stays failed', () => {
          const outcome = name === 'a view of its errors as messages' ? 'whole' : boom;
          return comesTo([3, outcome], { 5: (promise) => promise.cancel('too late') }, '---#');
        });

        it('with a resolve() that nobody awaits: nothing is reported', async () => {
          await asyncMarbles(async ({ cold }) => {
            const promise = make(cold('-'));
            void promise.resolve();
            timer(2).subscribe(() => promise.cancel());
          });
          await here.end();
          expect(here.takeReported()).to.deep.equal([]);
        });

        it('with a reason of any kind', () => {
          const reason = { any: ['kind', Symbol('of reason')] };
          return comesTo([2, reason], { 2: (promise) => promise.cancel(reason) });
        });

        it('with its MiniAgents, twice', () =>
          comesTo([2, 'all'], { 2: () => (here.miniAgents.cancel('all'), here.miniAgents.cancel('again')) }));
      });
    }
  });

  it('of a MiniAgents from inside one of its agents', async () => {
    const miniAgents = new MiniAgents();
    const agent = miniagent('agent', (ctx) => {
      ctx.miniAgents.cancel('from inside');
      return NEVER;
    });
    expect(await rejection(miniAgents.run(() => agent.inquire()))).to.have.property('cause', 'from inside');
  });

  it('of a message that was sent whole: nothing', async () => {
    const replies = pass.inquire(['a', new Message({ text: 'b' })]);
    replies.subscribe((promise) => promise.cancel());
    expect(await texts(replies)).to.deep.equal(['a', 'b']);
  });

  it('of a signal that is aborted twice, or by one of its own readers', () => {
    marbles(({ cold, expectTokens }) => {
      const controller = new AbortController();
      const replies = pass.inquire(NEVER, { signal: controller.signal });
      expectTokens(replies).toBe('--#', {}, new CancelledError('the inquiry', 'first'));
      replies.subscribe({ error: () => controller.abort('again') });
      cold('--x').subscribe(() => (controller.abort('first'), controller.abort('second')));
    });
  });
});
