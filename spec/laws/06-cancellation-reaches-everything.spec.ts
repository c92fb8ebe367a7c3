import { expect } from 'chai';
import { CancelledError, Message, miniagent, MiniAgentsError } from 'miniagents';
import type { InteractionContext, MessagePromise, MessageSequence, MessageType } from 'miniagents';
import { asyncMarbles } from 'miniagents/testing';
import {
  concatAll,
  concatMap,
  defer,
  from,
  ignoreElements,
  map,
  mergeAll,
  NEVER,
  Observable,
  ReplaySubject,
  Subject,
  switchMap,
  tap,
  timer,
} from 'rxjs';
import { forEachStart, marbles, pass, rejection, turn } from './support.js';

const cancelled = (what: string, reason?: unknown) => new CancelledError(what, reason);

describe('law 6: cancellation reaches everything', () => {
  forEachStart((here) => {
    describe('cancelling a run', () => {
      it('aborts its signal, its sources, and every inquiry made inside it, to any depth', () => {
        marbles(({ cold, expectTokens, expectObservable, expectSubscriptions }) => {
          const aborted = new Subject<string>();
          const note = (ctx: InteractionContext) => (ctx.signal.onabort = () => aborted.next(ctx.agent.name));
          const source = cold('                           a-b-c-d|');
          const input = cold('                            -------|');
          const leaf = miniagent('leaf', (ctx) => (note(ctx), source));
          const middle = miniagent('middle', (ctx) => (note(ctx), ctx.inquire(leaf, input)));
          const replies = miniagent('top', (ctx) => (note(ctx), ctx.inquire(middle))).inquire();
          cold('                                          ---x').subscribe(() => replies.cancel('enough'));
          expectTokens(replies).toBe('                    a-b#', {}, cancelled('agent top', 'enough'));
          expectObservable(aborted).toBe('                ---(tml)', { t: 'top', m: 'middle', l: 'leaf' });
          expectSubscriptions(source.subscriptions).toBe('^--!');
          expectSubscriptions(input.subscriptions).toBe(' ^--!');
        });
      });

      it('also when its sequence has ended and only tokens still flow', () => {
        marbles(({ cold, expectTokens, expectMessages, expectSubscriptions }) => {
          const tokens = cold('                           a-b-c-d|');
          const leaf = miniagent('leaf', () => Message.stream(tokens));
          const replies = miniagent('top', (ctx) => ctx.inquire(leaf)).inquire();
          cold('                                          ---x').subscribe(() => replies.cancel('enough'));
          expectMessages(replies).toBe('                  (m|)', { m: cancelled('agent top', 'enough') });
          expectTokens(replies).toBe('                    a-b#', {}, cancelled('agent top', 'enough'));
          expectSubscriptions(tokens.subscriptions).toBe('^--!');
        });
      });

      it('an end that it brings about is none, and what comes with it is too late', () => {
        for (const makeChild of [
          () => miniagent('child', (ctx) => ctx.messages),
          (input: Subject<string>) => miniagent('child', (ctx) => (ctx.reply(input), NEVER)),
        ]) {
          marbles(({ cold, expectTokens }) => {
            const [input, made] = [new Subject<string>(), new ReplaySubject<MessageSequence>(1)];
            const replies = miniagent('top', (ctx) => {
              made.next(ctx.inquire(makeChild(input), input));
              ctx.signal.onabort = () => (input.next('late'), input.complete());
              return NEVER;
            }).inquire();
            cold('-a-b').subscribe((letter) => (letter === 'a' ? input.next('a') : replies.cancel('enough')));
            expectTokens(replies).toBe('---#', {}, cancelled('agent top', 'enough'));
            const inner = made.pipe(concatMap((sequence) => sequence.pipe(concatAll())));
            expectTokens(inner).toBe('  -a-#', {}, cancelled('agent top', 'enough'));
          });
        }
      });

      it('what is not inside it goes on: what it was asked, and what it only forwards', () => {
        marbles(({ cold, expectTokens, expectSubscriptions }) => {
          const [asked, forwarded] = [cold('a-b-c-d|'), cold('a-b-c-d|')];
          const [question, other] = [Message.stream(asked), miniagent('other', () => forwarded).inquire()];
          const replies = miniagent('agent', (ctx) => [ctx.messages, other]).inquire(question);
          cold('                                         ---x').subscribe(() => replies.cancel('enough'));
          expectTokens(replies).toBe('                   a-b#', {}, cancelled('agent agent', 'enough'));
          expectTokens(question).toBe('                  a-b-c-d|');
          expectTokens(other).toBe('                     a-b-c-d|');
          expectSubscriptions(asked.subscriptions).toBe('^------!');
          expectSubscriptions(forwarded.subscriptions).toBe('^------!');
        });
      });

      it('one of several leaves the others', () => {
        marbles(({ cold, expectTokens, expectObservable, expectSubscriptions }) => {
          const aborted = new Subject<string>();
          const sources = ['---a|', '---b|', '---c|', '---d|'].map((diagram) => cold(diagram));
          const branches = sources.map((source, index) =>
            miniagent('branch', (ctx) => {
              ctx.signal.onabort = () => aborted.next(`${index}`);
              return source;
            }).inquire(null, { startSoon: true }),
          );
          const all = pass.inquire(branches);
          cold('                                     --x').subscribe(() => branches[2]?.cancel());
          expectTokens(all).toBe('                   ---a(b#)', {}, cancelled('agent branch'));
          expectTokens(all.errorsAsMessages()).toBe('---a(bed|)', { e: String(cancelled('agent branch')) });
          expectObservable(aborted).toBe('           --2');
          ['^---!', '^---!', '^-!', '^---!'].forEach((life, index) =>
            expectSubscriptions(sources[index]!.subscriptions).toBe(life),
          );
        });
      });

      it('what is asked or streamed inside it afterwards is cancelled at once', () => {
        marbles(({ cold, expectTokens, expectSubscriptions }) => {
          const source = cold('a|');
          let context: InteractionContext | undefined;
          const agent = miniagent('agent', (ctx) => ((context = ctx), NEVER));
          const late = miniagent('late', () => source);
          const replies = agent.inquire(null, { startSoon: true });
          timer(1).subscribe(() => replies.cancel());
          const asked = timer(2).pipe(
            tap(() => expect(context!.signal.aborted).to.be.true),
            concatMap(() => context!.inquire(late, null, { startSoon: true }).tokens$),
          );
          expectTokens(asked).toBe('--#', {}, cancelled('agent agent'));
          expectSubscriptions(source.subscriptions).toBe([]);
        });
      });

      const sending: Record<string, (ctx: InteractionContext, message: () => MessagePromise) => MessageType> = {
        'ctx.reply': async (ctx, message) => (await turn(), ctx.reply(message())),
        return: async (_ctx, message) => (await turn(), message()),
        'return, among others': async (_ctx, message) => (await turn(), ['a', [message()]]),
        yield: async function* (_ctx, message) {
          await turn();
          yield message();
        },
        'an Observable': ({ messages }, message) => messages.pipe(switchMap(async () => (await turn(), message()))),
        'another agent': async (ctx, message) => (await turn(), ctx.inquire(pass, [message()])),
      };
      for (const [way, send] of Object.entries(sending))
        it(`what is streamed after an await, and sent by ${way}`, async () => {
          let stopped = 0;
          const endless = new Observable<string>((to) => (to.next('a'), () => void stopped++));
          const agent = miniagent('agent', (ctx) => send(ctx, () => Message.stream(endless)));
          const replies = agent.inquire('q');
          const failed = rejection(replies.resolve());
          const left = agent('q').pipe(mergeAll()).subscribe();
          for (let turns = 0; turns < 5; turns++) await turn();
          expect(stopped).to.equal(0);
          replies.cancel();
          expect(await failed).to.be.instanceOf(CancelledError);
          expect(stopped).to.equal(1);
          left.unsubscribe();
          expect(stopped).to.equal(2);
        });

      it('and not what was streamed before it, or sent to it, by somebody else', async () => {
        let stopped = 0;
        const stream = () => Message.stream(new Observable<string>(() => () => void stopped++));
        const [before, sent] = [stream(), new Subject<MessagePromise>()];
        const agent = miniagent('agent', ({ messages }) => [before, messages.pipe(map((message) => message))]);
        const replies = agent.inquire(sent);
        const failed = rejection(replies.resolve());
        await turn();
        sent.next(stream());
        await turn();
        replies.cancel();
        expect(await failed).to.be.instanceOf(CancelledError);
        expect(stopped).to.equal(0);
      });

      it('before it has started: it never runs', () => {
        marbles(({ cold, expectTokens, expectSubscriptions }) => {
          const source = cold('a|');
          const replies = miniagent('agent', () => source).inquire();
          replies.cancel('too early');
          expectTokens(replies).toBe('#', {}, cancelled('agent agent', 'too early'));
          expectSubscriptions(source.subscriptions).toBe([]);
        });
      });

      it('as it starts, by whoever hears of that: it never runs', () => {
        marbles(({ cold, expectTokens, expectSubscriptions }) => {
          const source = cold('a|');
          const { miniAgents } = here;
          miniAgents.events$.subscribe(({ type }) => type === 'started' && miniAgents.cancel('no'));
          const replies = miniagent('agent', () => {
            source.subscribe();
            return 'b';
          }).inquire();
          expectTokens(replies).toBe('#', {}, cancelled('the MiniAgents', 'no'));
          expectSubscriptions(source.subscriptions).toBe([]);
        });
      });

      it('by itself, in the middle of what it says', () => {
        marbles(({ expectTokens }) => {
          const agent = miniagent('agent', function* () {
            yield 'a';
            replies.cancel('from inside');
            yield 'b';
          });
          const replies = agent.inquire();
          expectTokens(replies).toBe('(a#)', {}, cancelled('agent agent', 'from inside'));
        });
      });

      it('by a reader, in the middle of a token', () => {
        marbles(({ cold, expectTokens, expectSubscriptions }) => {
          const tokens = cold('                           -(ab)|');
          const replies = miniagent('agent', () => Message.stream(tokens)).inquire();
          const cancelling = replies.tokens$.pipe(tap(() => replies.cancel()));
          expectTokens(cancelling).toBe('                 -(a#)', {}, cancelled('agent agent'));
          expectSubscriptions(tokens.subscriptions).toBe('^!');
        });
      });

      it('twice, or after its end, changes nothing', () => {
        marbles(({ agent, cold, expectTokens }) => {
          const [never, ended] = [agent('never', '-').inquire(), agent('ended', '-a|').inquire()];
          cold('                              ---12').subscribe((reason) => {
            never.cancel(reason);
            ended.cancel(reason);
          });
          expectTokens(never).toBe('          ---#', {}, cancelled('agent never', '1'));
          expectTokens(ended).toBe('          -a|');
          expectTokens(ended, '-----^').toBe('-----(a|)');
          expectTokens(timer(5).pipe(concatMap(() => pass.inquire(ended).tokens$))).toBe('-----(a|)');
        });
      });
    });

    describe('every reader gets a CancelledError, and nothing hangs', () => {
      const ways = [
        ['cancel()', 'agent agent', (replies: MessageSequence) => replies.cancel('enough')],
        ['a signal', 'the inquiry', (_: unknown, controller: AbortController) => controller.abort('enough')],
      ] as const;
      for (const [name, what, stop] of ways) {
        it(`after ${name}: those that wait, and those that come late`, () =>
          asyncMarbles(({ cold, expectObservable, expectSubscriptions }) => {
            const controller = new AbortController();
            const tokens = cold('-t');
            const agent = miniagent('agent', () => ['a', Message.stream(tokens), NEVER]);
            const replies = agent.inquire('x', { signal: controller.signal });
            cold('---x').subscribe(() => stop(replies, controller));
            const iterate = async () => {
              for await (const message of replies) void message;
            };
            const iterateTokens = async () => {
              for await (const message of replies) for await (const token of message) void token;
            };
            const observed = [replies, replies.whole$, replies.tokens$, replies.snapshots$];
            const promised = [() => replies.resolve(), () => replies.text(), iterate, iterateTokens];
            const why = (error: unknown) =>
              expect(error)
                .to.be.instanceOf(CancelledError)
                .and.instanceOf(MiniAgentsError)
                .with.property('cause', 'enough');
            for (const reader of [...observed, ...promised.map((read) => defer<Promise<unknown>>(read))]) {
              const end = (reader as Observable<unknown>).pipe(ignoreElements(), tap({ error: why }));
              expectObservable(end).toBe('---#', {}, cancelled(what, 'enough'));
              expectObservable(end, '-----^').toBe('-----#', {}, cancelled(what, 'enough'));
            }
            expectSubscriptions(tokens.subscriptions).toBe('^--!');
          }));
      }

      it('a late reader gets what had come, then the error', () =>
        asyncMarbles(({ cold, expectObservable }) => {
          const replies = miniagent('agent', () => ['a', 'b', NEVER]).inquire(null, { startSoon: true });
          cold('--x').subscribe(() => replies.cancel());
          const reading = async function* () {
            for await (const message of replies) yield String(await message.resolve());
          };
          expectObservable(from(reading()), '---^').toBe('---(ab#)', {}, cancelled('agent agent'));
        }));

      it('who waited for a whole, and gave up, leaves it as it is (bug 8)', () =>
        asyncMarbles(({ agent, cold, expectTokens, expectObservable }) => {
          const replies = agent('agent', '-----a|').inquire();
          const iterator = replies[Symbol.asyncIterator]();
          const pulled = iterator.next();
          cold('                                        --x').subscribe(() => void iterator.return?.());
          expectObservable(replies.whole$, '^-!').toBe('-');
          expectObservable(from(pulled)).toBe('         --(p|)', { p: { done: true, value: undefined } });
          expectTokens(replies).toBe('                  -----a|');
        }));

      it('the agents that read it end, too', () =>
        asyncMarbles(({ cold, expectTokens, expectObservable, expectSubscriptions }) => {
          const log = new Subject<string>();
          const reader = miniagent('reader', async (ctx) => {
            try {
              for await (const message of ctx.messages) ctx.reply(message);
            } catch (error) {
              log.next((error as Error).name);
            } finally {
              log.next('left');
            }
          });
          const input = cold('                           -a');
          const replies = reader.inquire(input, { startSoon: true });
          cold('                                         ---x').subscribe(() => replies.cancel());
          expectTokens(replies).toBe('                   -a-#', {}, cancelled('agent reader'));
          expectObservable(log).toBe('                   ---(cl)', { c: 'CancelledError', l: 'left' });
          expectSubscriptions(input.subscriptions).toBe('^--!');
        }));
    });

    describe('a signal', () => {
      it('that is aborted already starts nothing', () => {
        marbles(({ cold, expectTokens, expectSubscriptions }) => {
          const [input, source] = [cold('a|'), cold('a|')];
          const replies = miniagent('agent', () => source).inquire(input, { signal: AbortSignal.abort('before') });
          expectTokens(replies).toBe('#', {}, cancelled('agent agent', 'before'));
          for (const { subscriptions } of [input, source]) expectSubscriptions(subscriptions).toBe([]);
        });
      });

      it('may be shared: it cancels all that has it and nothing else', () => {
        marbles(({ agent, cold, expectTokens }) => {
          const [controller, never] = [new AbortController(), agent('never', '-')];
          const [{ signal }, error] = [controller, cancelled('the inquiry', 'enough')];
          cold('                              --x').subscribe(() => controller.abort('enough'));
          expectTokens(never.inquire(null, { signal })).toBe('--#', {}, error);
          expectTokens(pass.inquire(NEVER, { signal })).toBe('--#', {}, error);
          expectTokens(never.inquire()).toBe('-');
        });
      });

      it("of a run reaches what is started with it, and its reason is the run's CancelledError", () => {
        marbles(({ cold, expectObservable }) => {
          const reasons = new Subject<unknown>();
          const agent = miniagent(
            'agent',
            ({ signal }) => ((signal.onabort = () => reasons.next(signal.reason)), NEVER),
          );
          const replies = agent.inquire(null, { startSoon: true });
          cold('                          --x').subscribe(() => replies.cancel('enough'));
          expectObservable(reasons).toBe('--r', { r: cancelled('agent agent', 'enough') });
        });
      });

      it('has no listener left when the inquiries that had it are over', () => {
        marbles(({ expectObservable }) => {
          const { signal } = new AbortController();
          const listeners = new Subject<number>();
          let count = 0;
          const [add, remove] = [signal.addEventListener, signal.removeEventListener];
          Object.assign(signal, {
            addEventListener: (...given: Parameters<typeof add>) => (listeners.next(++count), add.apply(signal, given)),
            removeEventListener: (...given: Parameters<typeof remove>) => (
              listeners.next(--count),
              remove.apply(signal, given)
            ),
          });
          const leaf = miniagent('leaf', (ctx) => `${ctx.signal.aborted}`);
          const top = miniagent('top', (ctx) => timer(2).pipe(map(() => ctx.inquire(leaf, null, { signal }))));
          timer(1).subscribe(() => {
            for (let n = 0; n < 100; n++) top.inquire('x', { signal, startSoon: true }).subscribe();
          });
          expectObservable(listeners.pipe(map(String))).toBe('-1-0');
        });
      });
    });
  });
});
