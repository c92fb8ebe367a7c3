import { expect } from 'chai';
import { List, Map as ImmutableMap, OrderedMap, Record } from 'immutable';
import { CancelledError, LifecycleError, Message, miniagent, MiniAgents, NotAMessageError } from 'miniagents';
import type { InteractionContext, MessageType } from 'miniagents';
import { asyncMarbles } from 'miniagents/testing';
import { concat, defer, from, ignoreElements, lastValueFrom, NEVER, of, Subject, tap, timer } from 'rxjs';
import { forEachStart, inside, marbles, pass, rejection, script, texts } from './support.js';

const wait = (ms: number) => lastValueFrom(timer(ms));

describe('when is an agent finished?', () => {
  forEachStart((here) => {
    describe('when what it returned has ended', () => {
      it('an Observable', () => {
        marbles(({ cold, expectTokens }) => {
          const agent = miniagent('agent', (ctx) => {
            ctx.reply('a');
            return cold('                     ---b--|');
          });
          expectTokens(agent.inquire()).toBe('a--b--|');
        });
      });

      it('an Observable that says nothing itself', () => {
        marbles(({ expectTokens }) => {
          const agent = miniagent('agent', (ctx) =>
            script(
              () => ctx.reply('a'),
              4,
              () => ctx.reply('b'),
              3,
            ),
          );
          expectTokens(agent.inquire()).toBe('a---b--|');
        });
      });

      it('an Observable that never does', () => {
        marbles(({ expectTokens }) => {
          expectTokens(miniagent('agent', (ctx) => (ctx.reply('a'), NEVER)).inquire()).toBe('a');
        });
      });

      it('a Promise', () =>
        asyncMarbles(({ expectTokens }) => {
          const agent = miniagent('agent', async (ctx) => {
            ctx.reply('a');
            await wait(2);
            ctx.reply('b');
            await wait(2);
          });
          expectTokens(agent.inquire()).toBe('a-b-|');
        }));

      it("a generator, whose return value is its last reply, and an async one's", () =>
        asyncMarbles(({ cold, expectTokens }) => {
          const sync = miniagent('sync', function* () {
            yield 'a';
            return ['b', 'c'];
          });
          const async = miniagent('async', async function* () {
            yield 'a';
            await wait(2);
            return cold('-bc|');
          });
          const nothing = miniagent('nothing', function* (): Generator<MessageType> {});
          expectTokens(sync.inquire()).toBe('(abc|)');
          expectTokens(async.inquire()).toBe('a--bc|');
          expectTokens(nothing.inquire()).toBe('|');
        }));

      it('a promise of an Observable, of a generator, of a sequence, of a list', async () => {
        const generate = function* () {
          yield 'a';
          yield 'b';
        };
        const made: (() => MessageType)[] = [
          () => of('a', 'b'),
          generate,
          () => pass.inquire(['a', 'b']),
          () => ['a', ['b']],
        ];
        for (const make of made) {
          expect(await texts(miniagent('agent', async () => make()).inquire())).to.deep.equal(['a', 'b']);
          expect(await texts(miniagent('agent', make).inquire())).to.deep.equal(['a', 'b']);
        }
      });
    });

    describe('ctx.reply returns nothing', () => {
      it('so that an arrow that replies sends nothing twice', async () => {
        const returns: unknown[] = [];
        const agent = miniagent('agent', (ctx) => {
          returns.push(ctx.reply('a'), ctx.replyOutOfOrder('b'), ctx.finishEarly(), ctx.waitFor(Promise.resolve()));
        });
        expect(await texts(agent.inquire())).to.deep.equal(['a', 'b']);
        expect(returns).to.deep.equal([undefined, undefined, undefined, undefined]);
        expect(await texts(miniagent('arrow', (ctx) => ctx.reply('c')).inquire())).to.deep.equal(['c']);
      });
    });

    describe('and when everything given to waitFor has settled (B98)', () => {
      it('its replies stay open until then', () =>
        asyncMarbles(({ expectTokens }) => {
          const agent = miniagent('agent', (ctx) => {
            ctx.waitFor(wait(2).then(() => ctx.reply('b')));
            ctx.waitFor(wait(4).then(() => ctx.reply('c')));
            return 'a';
          });
          expectTokens(agent.inquire()).toBe('a-b-(c|)');
        }));

      it('a rejection is the end of a wait, too, and reported', async () => {
        const error = new Error('waited for');
        await asyncMarbles(({ expectTokens }) => {
          const agent = miniagent('agent', (ctx) => {
            ctx.waitFor(wait(3).then(() => Promise.reject(error)));
            ctx.waitFor(wait(1).then(() => ctx.reply('a')));
          });
          expectTokens(agent.inquire()).toBe('-a-|');
        });
        await here.end();
        expect(here.takeReported()).to.deep.equal([error]);
      });

      it('the error of a stream is reported only if nobody consumes it: to wait is not to do so', async () => {
        const bad = miniagent('bad', () => {
          throw new RangeError('boom');
        });
        const waiting = (read: boolean) =>
          miniagent('waiting', (ctx) => {
            const replies = ctx.inquire(bad);
            ctx.waitFor(replies);
            ctx.waitFor(replies.resolve());
            return read ? replies.errorsAsMessages() : undefined;
          });
        expect(await waiting(true).inquire().text()).to.equal('RangeError: boom');
        await waiting(false).inquire().resolve();
        await here.end();
        expect(here.takeReported().map(String)).to.deep.equal(['RangeError: boom']);
      });

      it('it takes a sequence and a message, too', () =>
        asyncMarbles(({ agent, tokens, expectTokens }) => {
          const patient = miniagent('patient', (ctx, { ms = 0 }) => {
            ctx.waitFor(tokens('                --b|'));
            ctx.waitFor(ctx.inquire(agent('slow', `${ms}ms |`)));
            return 'a';
          });
          expectTokens(patient.inquire()).toBe('a--|');
          expectTokens(patient.inquire(null, { ms: 5 })).toBe('a----|');
        }));

      it('a cancellation does not wait for it', () => {
        marbles(({ cold, expectTokens }) => {
          const replies = miniagent('agent', (ctx) => ctx.waitFor(new Promise(() => {}))).inquire();
          cold('                      --x').subscribe(() => replies.cancel());
          expectTokens(replies).toBe('--#', {}, new CancelledError('agent agent'));
        });
      });
    });

    describe('finishEarly ends the replies while the agent works on (B99)', () => {
      it('what was sent before it still comes', () => {
        marbles(({ cold, expectTokens, expectObservable }) => {
          const worked = new Subject<string>();
          const agent = miniagent('agent', (ctx) => {
            ctx.reply(cold('                  --a|'));
            ctx.finishEarly();
            return script(9, () => worked.next('w'));
          });
          expectTokens(agent.inquire()).toBe('--a|');
          expectObservable(worked).toBe('     ---------w');
        });
      });

      it('and out of order, too', () => {
        marbles(({ cold, expectTokens }) => {
          const agent = miniagent('agent', (ctx) => {
            ctx.replyOutOfOrder(cold('        --a|'));
            ctx.finishEarly();
            return NEVER;
          });
          expectTokens(agent.inquire()).toBe('--a|');
        });
      });

      it('twice is once', () => {
        marbles(({ expectTokens }) => {
          const agent = miniagent('agent', (ctx) => (ctx.reply('a'), ctx.finishEarly(), ctx.finishEarly()));
          expectTokens(agent.inquire()).toBe('(a|)');
        });
      });

      it('cancelling stops what it still does', () => {
        marbles(({ cold, expectTokens, expectObservable, expectSubscriptions }) => {
          const aborted = new Subject<string>();
          const work = cold('                           -');
          const agent = miniagent('agent', (ctx) => {
            ctx.signal.onabort = () => aborted.next('x');
            ctx.finishEarly();
            return work;
          });
          const replies = agent.inquire();
          cold('                                        --x').subscribe(() => replies.cancel());
          expectTokens(replies).toBe('                  |');
          expectTokens(replies, '---^').toBe('          ---|');
          expectObservable(aborted).toBe('              --x');
          expectSubscriptions(work.subscriptions).toBe('^-!');
        });
      });
    });

    describe('a reply after the end is reported, not thrown (B100)', () => {
      const cases: globalThis.Record<string, (ctx: InteractionContext) => void> = {
        reply: (ctx) => ctx.reply('late'),
        replyOutOfOrder: (ctx) => ctx.replyOutOfOrder('late'),
      };
      for (const [name, send] of Object.entries(cases)) {
        it(`by ${name}, after the end of the agent`, async () => {
          marbles(({ expectTokens }) => {
            let context: InteractionContext | undefined;
            const replies = miniagent('agent', (ctx) => ((context = ctx), 'a')).inquire();
            timer(1).subscribe(() => expect(() => send(context!)).not.to.throw());
            expectTokens(replies).toBe('(a|)');
            expectTokens(replies, '--^').toBe('--(a|)');
          });
          await here.end();
          const reported = here.takeReported();
          expect(reported).to.have.length(1);
          expect(reported[0]).to.be.instanceOf(LifecycleError);
          expect(String(reported[0])).to.include('agent').and.include('late');
        });

        it(`by ${name}, after finishEarly: the agent goes on`, async () => {
          marbles(({ cold, expectTokens, expectSubscriptions }) => {
            const work = cold('---|');
            const agent = miniagent('agent', (ctx) => {
              ctx.reply('a');
              ctx.finishEarly();
              send(ctx);
              return work;
            });
            expectTokens(agent.inquire()).toBe('(a|)');
            expectSubscriptions(work.subscriptions).toBe('^--!');
          });
          await here.end();
          expect(here.takeReported()).to.have.length(1);
        });
      }
    });
  });

  describe('run(fn | promise | sequence)', () => {
    it('resolves to the result when everything inside has finished (B1)', () =>
      asyncMarbles(({ agent, expectObservable }) => {
        const slow = agent('slow', '---x|');
        const running = new MiniAgents().run(() => (slow.inquire(), 'result'));
        expectObservable(from(running)).toBe('----(r|)', { r: 'result' });
      }));

    it('what agents start while it waits is waited for, too (B1)', () =>
      asyncMarbles(({ expectObservable }) => {
        const chain = miniagent('chain', (ctx, { n = 3 }: { n?: number }) =>
          timer(2).pipe(
            tap(() => n > 0 && ctx.inquire(chain, null, { n: n - 1 })),
            ignoreElements(),
          ),
        );
        const running = new MiniAgents().run(() => (chain.inquire(), 'result'));
        expectObservable(from(running)).toBe('--------(r|)', { r: 'result' });
      }));

    it('a sequence to its whole, a promise to its value, a value to itself (B8)', () =>
      asyncMarbles(async ({ agent, cold, expectObservable }) => {
        const [slow, whole] = [agent('slow', '---x|'), List([new Message({ text: 'x' })])];
        const run = (given: unknown) => from(new MiniAgents().run(given));
        for (const given of [slow.inquire(), () => slow.inquire(), async () => slow.inquire()])
          expectObservable(run(given)).toBe('----(w|)', { w: whole });
        const stream = () => Message.stream(cold('-a-b|'));
        expectObservable(run(stream)).toBe('----(m|)', { m: new Message({ text: 'ab' }) });
        expectObservable(run(Promise.resolve(7))).toBe('(7|)', { 7: 7 });
        expect(await new MiniAgents().run(() => undefined)).to.be.undefined;
      }));

    it('a sequence that was asked for just before belongs to it: its settings, events and end', async () => {
      const reported: unknown[] = [];
      const options = { errorsAsMessages: true, onUnhandledError: (error: unknown) => reported.push(error) };
      const failing = miniagent('failing', (ctx) => {
        ctx.reply('before');
        throw new Error('boom');
      });
      const whole = await new MiniAgents(options).run(failing.inquire());
      expect(whole.map(String).toArray()).to.deep.equal(['before', 'Error: boom']);
      expect(reported).to.deep.equal([]);
    });

    it('if fn throws, what still runs inside is cancelled, then the error is thrown', () =>
      asyncMarbles(({ cold, expectObservable, expectSubscriptions }) => {
        const [boom, source] = [new Error('boom'), cold('-')];
        const never = miniagent('never', () => source);
        const rejects = async () => {
          never.inquire();
          await wait(3);
          throw boom;
        };
        const throws = () => {
          never.inquire();
          throw boom;
        };
        expectObservable(from(new MiniAgents().run(rejects))).toBe('---#', {}, boom);
        expectObservable(from(new MiniAgents().run(throws))).toBe('#', {}, boom);
        expectObservable(from(new MiniAgents().run(Promise.reject(boom)))).toBe('#', {}, boom);
        expectSubscriptions(source.subscriptions).toBe('^--!');
      }));

    it('if the sequence fails, so does it', () =>
      asyncMarbles(({ cold, expectObservable, expectSubscriptions }) => {
        const [boom, source] = [new Error('boom'), cold('-')];
        const never = miniagent('never', () => source);
        const failing = miniagent('failing', (ctx) => {
          ctx.inquire(never, null, { startSoon: true });
          return cold('--#', {}, boom);
        });
        expectObservable(from(new MiniAgents().run(() => failing.inquire()))).toBe('--#', {}, boom);
        expectSubscriptions(source.subscriptions).toBe('^-!');
      }));

    it('cancel() lets it end', () =>
      asyncMarbles(({ agent, cold, expectObservable }) => {
        const [miniAgents, never] = [new MiniAgents(), agent('never', '-')];
        const running = miniAgents.run(() => (never.inquire(), 'result'));
        cold('--x').subscribe(() => miniAgents.cancel());
        expectObservable(from(running)).toBe('--(r|)', { r: 'result' });
      }));

    it('several at once, and one after the other, keep out of each other’s way', () =>
      asyncMarbles(({ agent, expectObservable }) => {
        const [miniAgents, slow] = [new MiniAgents(), agent('slow', '---x|')];
        const run = (work: () => unknown) => from(miniAgents.run(work));
        expectObservable(
          concat(
            run(() => (slow.inquire(), 's')),
            defer(() => run(() => 'a')),
          ),
        ).toBe('----(sa|)');
        expectObservable(run(() => 'q')).toBe('(q|)');
      }));
  });

  describe('a JS or Immutable Map is refused as a MessageType: its values or its entries?', () => {
    inside();
    const maps: globalThis.Record<string, unknown> = {
      'a Map': new Map([['a', 'b']]),
      'an Immutable Map': ImmutableMap({ a: 'b' }),
      'an Immutable OrderedMap': OrderedMap({ a: 'b' }),
      'an Immutable Record': Record({ a: 'b' })(),
      'a keyed Seq': ImmutableMap({ a: 'b' }).toSeq(),
    };
    for (const [name, map] of Object.entries(maps)) {
      it(name, async () => {
        expect(() => pass.inquire(map as MessageType)).to.throw(NotAMessageError, /Map|Record|Seq/);
        expect(() => pass.inquire(['ok', [map]] as MessageType)).to.throw(TypeError);
        const replies = miniagent('agent', () => ['ok', of(map)] as MessageType).inquire();
        expect(await rejection(replies.resolve())).to.be.instanceOf(NotAMessageError);
      });
    }

    it('its values or entries, said so, are not', async () => {
      const map = new Map([['a', 'b']]);
      expect(await texts(pass.inquire([map.values(), map.entries(), ImmutableMap(map).toList()]))).to.deep.equal([
        'b',
        'a',
        'b',
        'b',
      ]);
    });
  });
});
