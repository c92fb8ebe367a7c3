import type { Observable } from 'rxjs';
import { expect } from 'chai';
import { CancelledError, Message, miniagent, MiniAgentsError } from 'miniagents';
import type { InteractionContext, MessagePromise } from 'miniagents';
import { concatAll, map, NEVER, Subject } from 'rxjs';
import { forEachStart, marbles, pass, rejection, texts, turn } from './support.js';

const never = miniagent('never', () => NEVER);
const cancelled = (what: string, reason?: unknown) => new CancelledError(what, reason);
const asM = map<MessagePromise, string>(() => 'm');

/** Notes when the signal of a run is aborted. */
const note = (log: string[], name: string, ctx: InteractionContext) =>
  ctx.signal.addEventListener('abort', () => log.push(name));

describe('law 6: cancellation reaches everything', () => {
  forEachStart(() => {
    describe('cancelling a run', () => {
      it('aborts its signal, its sources, and every inquiry made inside it, to any depth', () => {
        const log: string[] = [];
        marbles(({ cold, expectObservable, expectSubscriptions }) => {
          const source = cold('       a-b-c-d|');
          const input = cold('        -------|');
          const leaf = miniagent('leaf', (ctx) => (note(log, 'leaf', ctx), source));
          const middle = miniagent('middle', (ctx) => (note(log, 'middle', ctx), ctx.inquire(leaf, input)));
          const top = miniagent('top', (ctx) => (note(log, 'top', ctx), ctx.inquire(middle)));
          const replies = top.inquire();
          cold('                      ---x').subscribe(() => replies.cancel('enough'));
          const expected = '          a-b#';
          expectObservable(replies.tokens$).toBe(expected, undefined, cancelled('agent top', 'enough'));
          expectSubscriptions(source.subscriptions).toBe('^--!');
          expectSubscriptions(input.subscriptions).toBe(' ^--!');
        });
        expect(log.sort()).to.deep.equal(['leaf', 'middle', 'top']);
      });

      it('also when its sequence has ended and only tokens still flow', () => {
        marbles(({ cold, expectObservable, expectSubscriptions }) => {
          const tokens = cold('       a-b-c-d|');
          const leaf = miniagent('leaf', () => Message.stream(tokens));
          const replies = miniagent('top', (ctx) => ctx.inquire(leaf)).inquire();
          cold('                      ---x').subscribe(() => replies.cancel('enough'));
          const [sequence, text] = ['  (m|)', 'a-b#'];
          expectObservable(replies.pipe(asM)).toBe(sequence);
          expectObservable(replies.pipe(concatAll())).toBe(text, undefined, cancelled('agent top', 'enough'));
          expectSubscriptions(tokens.subscriptions).toBe('^--!');
        });
      });

      it('what is not inside it goes on: what it was asked, and what it only forwards', () => {
        marbles(({ cold, expectObservable, expectSubscriptions }) => {
          const [asked, forwarded] = [cold('a-b-c-d|'), cold('a-b-c-d|')];
          const [question, other] = [Message.stream(asked), miniagent('other', () => forwarded).inquire()];
          const replies = miniagent('agent', (ctx) => [ctx.messages, other]).inquire(question);
          cold('                      ---x').subscribe(() => replies.cancel('enough'));
          expectObservable(replies.tokens$).toBe('a-b#', undefined, cancelled('agent agent', 'enough'));
          expectObservable(question).toBe('a-b-c-d|');
          expectObservable(other.tokens$).toBe('a-b-c-d|');
          expectSubscriptions(asked.subscriptions).toBe('^------!');
          expectSubscriptions(forwarded.subscriptions).toBe('^------!');
        });
      });

      it('one of several leaves the others', async () => {
        const gate = new Subject<string>();
        const aborted: number[] = [];
        const branch = miniagent('branch', (ctx, { n = 0 }: { n?: number }) => {
          ctx.signal.addEventListener('abort', () => aborted.push(n));
          return gate.pipe(map((text) => `${text} ${n}`));
        });
        const branches = [0, 1, 2, 3].map((n) => branch.inquire(null, { n, startSoon: true }));
        const all = pass.inquire(branches);
        const view = all.errorsAsMessages().text();
        await turn();
        branches[2]?.cancel();
        gate.next('reply');
        gate.complete();
        expect(await view).to.match(/^reply 0\n\nreply 1\n\nCancelledError: .*\n\nreply 3$/);
        expect(aborted).to.deep.equal([2]);
        expect(await rejection(all.resolve())).to.be.instanceOf(CancelledError);
      });

      it('what is asked or streamed inside it afterwards is cancelled at once', async () => {
        let context: InteractionContext | undefined;
        let runs = 0;
        const counted = miniagent('counted', () => void runs++);
        const replies = miniagent('agent', (ctx) => {
          context = ctx;
          return NEVER;
        }).inquire(null, { startSoon: true });
        await turn();
        replies.cancel();
        const late = (context as InteractionContext).inquire(counted, null, { startSoon: true });
        expect(await rejection(late.resolve())).to.be.instanceOf(CancelledError);
        expect((context as InteractionContext).signal.aborted).to.be.true;
        expect(runs).to.equal(0);
      });

      it('before it has started: it never runs', async () => {
        let runs = 0;
        const replies = miniagent('agent', () => void runs++).inquire();
        const resolved = replies.resolve();
        replies.cancel('too early');
        expect(await rejection(resolved)).to.be.instanceOf(CancelledError);
        await turn();
        expect(runs).to.equal(0);
      });

      it('by itself, in the middle of what it says', async () => {
        const agent = miniagent('agent', function* () {
          yield 'a';
          replies.cancel('from inside');
          yield 'b';
        });
        const replies = agent.inquire();
        const error = (await rejection(replies.resolve())) as CancelledError;
        expect(error).to.be.instanceOf(CancelledError).with.property('cause', 'from inside');
        const seen: string[] = [];
        replies.tokens$.subscribe({ next: (token) => seen.push(token), error: () => seen.push('error') });
        expect(seen).to.deep.equal(['a', 'error']);
      });

      it('by a reader, in the middle of a token', async () => {
        const tokens = new Subject<string>();
        const replies = miniagent('agent', () => Message.stream(tokens)).inquire();
        const seen: string[] = [];
        replies.tokens$.subscribe({
          next: (token) => {
            seen.push(token);
            replies.cancel();
          },
          error: (error: Error) => seen.push(error.name),
        });
        await turn();
        tokens.next('a');
        tokens.next('b');
        expect(seen).to.deep.equal(['a', 'CancelledError']);
        expect(tokens.observed).to.be.false;
      });

      it('twice, or after its end, changes nothing', async () => {
        const replies = never.inquire();
        const resolved = replies.resolve();
        replies.cancel('first');
        replies.cancel('second');
        expect(await rejection(resolved)).to.have.property('cause', 'first');
        const ended = pass.inquire('a');
        expect(await texts(ended)).to.deep.equal(['a']);
        await turn();
        ended.cancel();
        expect(await texts(ended)).to.deep.equal(['a']);
        expect(await texts(pass.inquire(ended))).to.deep.equal(['a']);
      });
    });

    describe('every reader gets a CancelledError, and nothing hangs', () => {
      const ways: Record<string, (controller: AbortController, cancel: (reason: unknown) => void) => void> = {
        'cancel()': (_controller, cancel) => cancel('enough'),
        'a signal': (controller) => controller.abort('enough'),
      };
      for (const [name, stop] of Object.entries(ways)) {
        it(`after ${name}: those that wait, and those that come late`, async () => {
          const controller = new AbortController();
          const tokens = new Subject<string>();
          const agent = miniagent('agent', () => ['a', Message.stream(tokens), NEVER]);
          const replies = agent.inquire('x', { signal: controller.signal });
          const ends: unknown[] = [];
          const end = { error: (error: unknown) => ends.push(error), complete: () => ends.push('complete') };
          const iterate = async () => {
            for await (const message of replies) void message;
          };
          const iterateTokens = async () => {
            for await (const message of replies) for await (const token of message) void token;
          };
          const read = () => {
            for (const each of [replies, replies.whole$, replies.tokens$, replies.snapshots$])
              (each as Observable<unknown>).subscribe(end);
            const promises = [replies.resolve(), replies.text(), iterate(), iterateTokens()];
            return Promise.all(promises.map((promise) => promise.then(end.complete, end.error)));
          };
          const early = read();
          await turn();
          tokens.next('token');
          stop(controller, (reason) => replies.cancel(reason));
          await early;
          await read();
          expect(ends).to.have.length(16);
          for (const error of ends) {
            expect(error).to.be.instanceOf(CancelledError).and.instanceOf(MiniAgentsError);
            expect(error).to.include({ name: 'CancelledError', cause: 'enough' });
          }
          expect(tokens.observed).to.be.false;
        });
      }

      it('a late reader gets what had come, then the error', async () => {
        const replies = miniagent('agent', () => ['a', 'b', NEVER]).inquire(null, { startSoon: true });
        await turn();
        replies.cancel();
        const seen: string[] = [];
        const reading = async () => {
          for await (const message of replies) seen.push(String(await message.resolve()));
        };
        expect(await rejection(reading())).to.be.instanceOf(CancelledError);
        expect(seen).to.deep.equal(['a', 'b']);
      });

      it('who waited for a whole, and gave up, leaves it as it is (bug 8)', async () => {
        const gate = new Subject<string>();
        const replies = miniagent('agent', () => gate).inquire();
        const waiting = replies.whole$.subscribe();
        const iterator = replies[Symbol.asyncIterator]();
        const pulled = iterator.next();
        await turn();
        waiting.unsubscribe();
        await iterator.return?.();
        expect((await pulled).done).to.be.true;
        gate.next('a');
        gate.complete();
        expect(await texts(replies)).to.deep.equal(['a']);
      });

      it('the agents that read it end, too', async () => {
        const log: string[] = [];
        const reader = miniagent('reader', async (ctx) => {
          try {
            for await (const message of ctx.messages) ctx.reply(message);
          } catch (error) {
            log.push((error as Error).name);
          } finally {
            log.push('left');
          }
        });
        const input = new Subject<string>();
        const replies = reader.inquire(input, { startSoon: true });
        await turn();
        expect(input.observed).to.be.true;
        replies.cancel();
        await turn();
        expect(log).to.deep.equal(['CancelledError', 'left']);
        expect(input.observed).to.be.false;
      });
    });

    describe('a signal', () => {
      it('that is aborted already starts nothing', async () => {
        let runs = 0;
        const input = new Subject<string>();
        const agent = miniagent('agent', () => void runs++);
        const replies = agent.inquire(input, { signal: AbortSignal.abort('before') });
        expect(await rejection(replies.resolve())).to.have.property('cause', 'before');
        await turn();
        expect(runs).to.equal(0);
        expect(input.observed).to.be.false;
      });

      it('may be shared: it cancels all that has it and nothing else', async () => {
        const controller = new AbortController();
        const { signal } = controller;
        const [one, other, free] = [
          never.inquire(null, { signal }),
          pass.inquire(NEVER, { signal }),
          never.inquire(null, {}),
        ];
        let ended = false;
        free.subscribe({ error: () => (ended = true) });
        const both = [one.resolve(), other.resolve()].map(rejection);
        controller.abort();
        for (const error of await Promise.all(both)) expect(error).to.be.instanceOf(CancelledError);
        expect(ended).to.be.false;
      });

      it("of a run reaches what is started with it, and its reason is the run's CancelledError", async () => {
        let inner: unknown;
        const agent = miniagent('agent', async (ctx) => {
          inner = await rejection(
            new Promise((_resolve, reject) => (ctx.signal.onabort = () => reject(ctx.signal.reason as Error))),
          );
        });
        const replies = agent.inquire(null, { startSoon: true });
        await turn();
        replies.cancel('enough');
        await turn();
        expect(inner).to.be.instanceOf(CancelledError).with.property('cause', 'enough');
      });

      it('has no listener left when the inquiries that had it are over', async () => {
        const { signal } = new AbortController();
        let listeners = 0;
        const [add, remove] = [signal.addEventListener, signal.removeEventListener];
        Object.assign(signal, {
          addEventListener: (...given: Parameters<typeof add>) => (listeners++, add.apply(signal, given)),
          removeEventListener: (...given: Parameters<typeof remove>) => (listeners--, remove.apply(signal, given)),
        });
        const leaf = miniagent('leaf', (ctx) => `${ctx.signal.aborted}`);
        const top = miniagent('top', async (ctx) => {
          await turn();
          return ctx.inquire(leaf, null, { signal });
        });
        const asked = Array.from({ length: 100 }, () => top.inquire('x', { signal, startSoon: true }));
        await turn();
        expect(listeners).to.be.greaterThan(0);
        await Promise.all(asked.map((replies) => replies.resolve()));
        await turn();
        expect(listeners).to.equal(0);
      });
    });
  });
});
