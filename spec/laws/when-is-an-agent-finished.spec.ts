import { expect } from 'chai';
import { List, Map as ImmutableMap, OrderedMap, Record } from 'immutable';
import { CancelledError, LifecycleError, Message, miniagent, MiniAgents, NotAMessageError } from 'miniagents';
import type { InteractionContext, MessageType } from 'miniagents';
import { NEVER, of, Subject } from 'rxjs';
import { forEachStart, inside, marbles, pass, rejection, script, texts, turn } from './support.js';

describe('when is an agent finished?', () => {
  forEachStart((here) => {
    describe('when what it returned has ended', () => {
      it('an Observable', () => {
        marbles(({ cold, expectObservable }) => {
          const agent = miniagent('agent', (ctx) => {
            ctx.reply('a');
            return cold('                               ---b--|');
          });
          expectObservable(agent.inquire().tokens$).toBe('a--b--|');
        });
      });

      it('an Observable that says nothing itself', () => {
        marbles(({ expectObservable }) => {
          const agent = miniagent('agent', (ctx) =>
            script(
              () => ctx.reply('a'),
              4,
              () => ctx.reply('b'),
              3,
            ),
          );
          expectObservable(agent.inquire().tokens$).toBe('a---b--|');
        });
      });

      it('an Observable that never does', () => {
        marbles(({ expectObservable }) => {
          const agent = miniagent('agent', (ctx) => (ctx.reply('a'), NEVER));
          expectObservable(agent.inquire().tokens$).toBe('a');
        });
      });

      it('a Promise', async () => {
        const gate = new Subject<void>();
        const agent = miniagent('agent', async (ctx) => {
          ctx.reply('a');
          await new Promise<void>((resolve) => gate.subscribe({ complete: resolve }));
          ctx.reply('b');
        });
        let ended = false;
        const replies = agent.inquire();
        replies.subscribe({ complete: () => (ended = true) });
        await turn();
        expect(ended).to.be.false;
        gate.complete();
        expect(await texts(replies)).to.deep.equal(['a', 'b']);
      });

      it("a generator, whose return value is its last reply, and an async one's", async () => {
        const sync = miniagent('sync', function* () {
          yield 'a';
          return ['b', 'c'];
        });
        const async = miniagent('async', async function* () {
          yield 'a';
          await turn();
          return of('b', 'c');
        });
        const nothing = miniagent('nothing', function* (): Generator<MessageType> {});
        expect(await texts(sync.inquire())).to.deep.equal(['a', 'b', 'c']);
        expect(await texts(async.inquire())).to.deep.equal(['a', 'b', 'c']);
        expect(await texts(nothing.inquire())).to.deep.equal([]);
      });

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
      it('its replies stay open until then', async () => {
        const agent = miniagent('agent', (ctx) => {
          ctx.waitFor(turn().then(() => ctx.reply('late')));
          ctx.waitFor(
            turn()
              .then(turn)
              .then(() => ctx.reply('later')),
          );
          return 'early';
        });
        expect(await texts(agent.inquire())).to.deep.equal(['early', 'late', 'later']);
      });

      it('a rejection is the end of a wait, too, and reported', async () => {
        const error = new Error('waited for');
        const agent = miniagent('agent', (ctx) => {
          ctx.waitFor(turn().then(() => Promise.reject(error)));
          ctx.waitFor(turn().then(() => ctx.reply('late')));
        });
        expect(await texts(agent.inquire())).to.deep.equal(['late']);
        await here.end();
        expect(here.takeReported()).to.deep.equal([error]);
      });

      it('it takes a sequence and a message, too', async () => {
        const tokens = new Subject<string>();
        const agent = miniagent('agent', (ctx) => {
          ctx.waitFor(Message.stream(tokens));
          ctx.waitFor(ctx.inquire(pass, 'asked'));
          return 'early';
        });
        let ended = false;
        const replies = agent.inquire();
        replies.subscribe({ complete: () => (ended = true) });
        await turn();
        expect(ended).to.be.false;
        tokens.complete();
        expect(await texts(replies)).to.deep.equal(['early']);
      });

      it('a cancellation does not wait for it', async () => {
        const replies = miniagent('agent', (ctx) => ctx.waitFor(new Promise(() => {}))).inquire();
        const resolved = rejection(replies.resolve());
        await turn();
        replies.cancel();
        expect(await resolved).to.be.instanceOf(CancelledError);
      });
    });

    describe('finishEarly ends the replies while the agent works on (B99)', () => {
      it('what was sent before it still comes', () => {
        marbles(({ cold, expectObservable }) => {
          const log: string[] = [];
          const agent = miniagent('agent', (ctx) => {
            ctx.reply(cold('                       --a|'));
            ctx.finishEarly();
            return script(9, () => log.push('worked on'));
          });
          expectObservable(agent.inquire().tokens$).toBe('--a|');
          cold('8ms x').subscribe(() => expect(log).to.deep.equal([]));
          cold('10ms x').subscribe(() => expect(log).to.deep.equal(['worked on']));
        });
      });

      it('and out of order, too', () => {
        marbles(({ cold, expectObservable }) => {
          const agent = miniagent('agent', (ctx) => {
            ctx.replyOutOfOrder(cold('             --a|'));
            ctx.finishEarly();
            return NEVER;
          });
          expectObservable(agent.inquire().tokens$).toBe('--a|');
        });
      });

      it('twice is once', async () => {
        const agent = miniagent('agent', (ctx) => (ctx.reply('a'), ctx.finishEarly(), ctx.finishEarly()));
        expect(await texts(agent.inquire())).to.deep.equal(['a']);
      });

      it('cancelling stops what it still does', async () => {
        let signal: AbortSignal | undefined;
        const agent = miniagent('agent', (ctx) => {
          ({ signal } = ctx);
          ctx.finishEarly();
          return NEVER;
        });
        const replies = agent.inquire();
        expect(await texts(replies)).to.deep.equal([]);
        replies.cancel();
        expect(signal?.aborted).to.be.true;
        expect(await texts(replies)).to.deep.equal([]);
      });
    });

    describe('a reply after the end is reported, not thrown (B100)', () => {
      const cases: globalThis.Record<string, (ctx: InteractionContext) => void> = {
        reply: (ctx) => ctx.reply('late'),
        replyOutOfOrder: (ctx) => ctx.replyOutOfOrder('late'),
      };
      for (const [name, send] of Object.entries(cases)) {
        it(`by ${name}, after the end of the agent`, async () => {
          let context: InteractionContext | undefined;
          const agent = miniagent('agent', (ctx) => {
            context = ctx;
            return 'a';
          });
          const replies = agent.inquire();
          expect(await texts(replies)).to.deep.equal(['a']);
          expect(() => send(context as InteractionContext)).not.to.throw();
          await here.end();
          const reported = here.takeReported();
          expect(reported).to.have.length(1);
          expect(reported[0]).to.be.instanceOf(LifecycleError);
          expect(String(reported[0])).to.include('agent').and.include('late');
          expect(await texts(replies)).to.deep.equal(['a']);
        });

        it(`by ${name}, after finishEarly: the agent goes on`, async () => {
          const log: string[] = [];
          const agent = miniagent('agent', (ctx) => {
            ctx.reply('a');
            ctx.finishEarly();
            send(ctx);
            log.push('went on');
          });
          expect(await texts(agent.inquire())).to.deep.equal(['a']);
          expect(log).to.deep.equal(['went on']);
          await here.end();
          expect(here.takeReported()).to.have.length(1);
        });
      }
    });
  });

  describe('run(fn | promise | sequence)', () => {
    const never = miniagent('never', () => NEVER);
    const slow = (log: string[]) =>
      miniagent('slow', async () => {
        await turn();
        await turn();
        log.push('agent done');
        return 'x';
      });

    it('resolves to the result when everything inside has finished (B1)', async () => {
      const log: string[] = [];
      const result = await new MiniAgents().run(() => {
        slow(log).inquire();
        log.push('main done');
        return 42;
      });
      expect(result).to.equal(42);
      expect(log).to.deep.equal(['main done', 'agent done']);
    });

    it('what agents start while it waits is waited for, too (B1)', async () => {
      const log: string[] = [];
      const chain = miniagent('chain', async (ctx, { n = 3 }: { n?: number }) => {
        await turn();
        if (n > 0) ctx.inquire(chain, null, { n: n - 1 });
        log.push(String(n));
      });
      await new MiniAgents().run(() => void chain.inquire());
      expect(log).to.deep.equal(['3', '2', '1', '0']);
    });

    it('a sequence to its whole, a promise to its value, a value to itself (B8)', async () => {
      const run = <Given>(given: Given) => new MiniAgents().run(given);
      const log: string[] = [];
      expect(await run(Promise.resolve(7))).to.equal(7);
      expect(List.isList(await run(slow(log).inquire()))).to.be.true;
      expect(List.isList(await run(() => slow(log).inquire()))).to.be.true;
      expect(List.isList(await run(async () => slow(log).inquire()))).to.be.true;
      expect(String(await run(() => Message.stream(['a', 'b'])))).to.equal('ab');
      expect(await run(() => undefined)).to.be.undefined;
    });

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

    it('if fn throws, what still runs inside is cancelled, then the error is thrown', async () => {
      const log: string[] = [];
      const noted = miniagent('noted', (ctx) => {
        ctx.signal.onabort = () => log.push('cancelled');
        return NEVER;
      });
      const boom = new Error('boom');
      const running = new MiniAgents().run(async () => {
        noted.inquire();
        await turn();
        throw boom;
      });
      expect(await rejection(running)).to.equal(boom);
      expect(log).to.deep.equal(['cancelled']);
      const thrower = () => {
        never.inquire();
        throw boom;
      };
      expect(await rejection(new MiniAgents().run(thrower))).to.equal(boom);
      expect(await rejection(new MiniAgents().run(Promise.reject(boom)))).to.equal(boom);
    });

    it('if the sequence fails, so does it', async () => {
      const boom = new Error('boom');
      const failing = miniagent('failing', (ctx) => {
        ctx.inquire(never, null, { startSoon: true });
        throw boom;
      });
      expect(await rejection(new MiniAgents().run(() => failing.inquire()))).to.equal(boom);
    });

    it('cancel() lets it end', async () => {
      const miniAgents = new MiniAgents();
      const running = miniAgents.run(() => {
        never.inquire();
        return 'result';
      });
      await turn();
      miniAgents.cancel();
      expect(await running).to.equal('result');
    });

    it('several at once, and one after the other, keep out of each other’s way', async () => {
      const miniAgents = new MiniAgents();
      const log: string[] = [];
      const both = [miniAgents.run(() => slow(log).inquire()), miniAgents.run(() => 'quick')];
      expect((await both[1]) as string).to.equal('quick');
      expect(log).to.deep.equal([]);
      await both[0];
      expect(await miniAgents.run(() => 'again')).to.equal('again');
    });
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
