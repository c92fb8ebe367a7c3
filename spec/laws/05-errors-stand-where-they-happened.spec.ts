import { expect } from 'chai';
import { Message, miniagent } from 'miniagents';
import type { MessageType } from 'miniagents';
import { asyncMarbles } from 'miniagents/testing';
import { concat, ignoreElements, lastValueFrom, map, of, Subject, throwError, timer } from 'rxjs';
import type { Observable } from 'rxjs';
import { forEachStart, marbles, pass, rejection, texts, turn } from './support.js';

const boom = new RangeError('boom');
const fail = (): never => {
  throw boom;
};

/** What holds a message `x` and then an error. */
const faulty: Record<string, () => MessageType> = {
  'an Error': () => ['x', boom],
  'an Observable': () =>
    concat(
      of('x'),
      throwError(() => boom),
    ),
  'a rejected promise': () => ['x', Promise.reject(boom)],
  'a generator': () =>
    (function* () {
      yield 'x';
      fail();
    })(),
  'an async generator': () =>
    (async function* () {
      yield 'x';
      fail();
    })(),
  'a web stream': () => {
    const parts = ['x'];
    const pull = (controller: ReadableStreamDefaultController<string>) => {
      const part = parts.shift();
      if (part) controller.enqueue(part);
      else controller.error(boom);
    };
    return new ReadableStream<string>({ pull });
  },
  'an agent': () => miniagent('faulty', (ctx) => (ctx.reply('x'), fail())).inquire(),
  'an async agent': () =>
    miniagent('faulty', async (ctx) => {
      ctx.reply('x');
      await turn();
      fail();
    }).inquire(),
  'an agent that is a generator': () =>
    miniagent('faulty', function* () {
      yield 'x';
      fail();
    }).inquire(),
  'an agent that is an async generator': () =>
    miniagent('faulty', async function* () {
      yield 'x';
      fail();
    }).inquire(),
  'an agent that is a class': () =>
    miniagent(
      class Faulty {
        *run() {
          yield 'x';
          fail();
        }
      },
    ).inquire(),
  "an agent's Observable": () => miniagent('faulty', (ctx) => (ctx.reply('x'), fail()))('x'),
};

describe('law 5: errors stand where they happened', () => {
  forEachStart((here) => {
    describe('everything sent before the error is delivered first; then the error', () => {
      it('unfinished nested sequences and their tokens included', () => {
        marbles(({ cold, expectTokens, expectSubscriptions }) => {
          const slow = cold('                --a---b|');
          const tokens = cold('              -c-------d|');
          const nested = miniagent('nested', () => [slow, Message.stream(tokens)]);
          const agent = miniagent('agent', (ctx) => {
            ctx.reply(ctx.inquire(nested));
            fail();
          });
          const expected = '                 --a---bc-d#';
          expectTokens(agent.inquire()).toBe(expected, undefined, boom);
          expectSubscriptions(slow.subscriptions).toBe('  ^------!');
          expectSubscriptions(tokens.subscriptions).toBe('^---------!');
        });
      });

      it('what was sent by reply, when the Observable that was returned fails', () => {
        marbles(({ cold, expectTokens }) => {
          const agent = miniagent('agent', (ctx) => {
            ctx.reply(cold('                 ----a|'));
            return cold('                    -b#');
          });
          const expected = '                 ----a(b#)';
          expectTokens(agent.inquire()).toBe(expected);
        });
      });

      it('a nested error ends the outer sequence for plain readers; what came after it is not lost (B31)', () => {
        const values = { o: 'o', a: 'a', b: 'b', p: 'p', q: 'q', x: 'RangeError: boom' };
        marbles(({ cold, expectTokens }) => {
          const inner = miniagent('inner', () => cold('--a-b-#', undefined, boom));
          const outer = miniagent('outer', (ctx) => ['o', ctx.inquire(inner), 'p', cold('--q|')]);
          const [plain, view] = ['                      o-a-b-#', 'o-a-b-(xpq|)'];
          const replies = outer.inquire();
          expectTokens(replies).toBe(plain, values, boom);
          expectTokens(replies.errorsAsMessages()).toBe(view, values);
        });
      });

      for (const [name, make] of Object.entries(faulty)) {
        it(`the error of ${name} stands at its place (B36, B37)`, async () => {
          const replies = miniagent('outer', () => ['before', [make()], 'after']).inquire();
          const seen: string[] = [];
          const reading = async () => {
            for await (const message of replies) seen.push(String(await message.resolve()));
          };
          expect(await rejection(reading())).to.equal(boom);
          expect(seen).to.deep.equal(['before', 'x']);
          const expected = ['before', 'x', 'RangeError: boom', 'after'];
          expect(await texts(replies.errorsAsMessages())).to.deep.equal(expected);
        });
      }

      it('an error at once leaves the sequence empty', () => {
        marbles(({ expectTokens }) => {
          expectTokens(miniagent('agent', fail).inquire()).toBe('#', undefined, boom);
        });
      });
    });

    describe('every way of reading comes to the same error', () => {
      it('once, after the same messages, again and again (B16, B20, B101)', async () => {
        const replies = miniagent('agent', (ctx) => {
          ctx.reply(['a', 'b']);
          fail();
        }).inquire();
        for (const whole of [replies.resolve(), replies.resolveMessages(), replies.text(), replies.resolve()]) {
          expect(await rejection(whole)).to.equal(boom);
        }
        for (const read of [replies, replies.tokens$, replies.snapshots$, replies.whole$, replies.tokens$]) {
          const errors: unknown[] = [];
          (read as Observable<unknown>).subscribe({
            error: (error: unknown) => errors.push(error),
            complete: () => errors.push('complete'),
          });
          expect(errors).to.deep.equal([boom]);
        }
        for (let times = 0; times < 2; times++) {
          const iterator = replies[Symbol.asyncIterator]();
          expect([(await iterator.next()).done, (await iterator.next()).done]).to.deep.equal([false, false]);
          expect(await rejection(iterator.next())).to.equal(boom);
          expect(await iterator.next()).to.deep.equal({ done: true, value: undefined });
          expect(await iterator.next()).to.deep.equal({ done: true, value: undefined });
        }
      });

      it('what is thrown need be no Error', async () => {
        for (const thrown of ['text', 42, null, undefined, { code: 1 }, Symbol.for('thrown')]) {
          const replies = pass.inquire(
            miniagent('agent', () => {
              throw thrown;
            }).inquire(),
          );
          expect(await rejection(replies.resolve())).to.equal(thrown);
          expect(await rejection(replies.resolve())).to.equal(thrown);
        }
      });
    });

    describe('an error in the middle of a message', () => {
      it('is an error to those who read the message; its sequence has it where it resolves (B83)', () => {
        marbles(({ cold, expectTokens, expectMessages, expectObservable }) => {
          const broken = Message.stream(cold('a-#', undefined, boom));
          const whole = Message.stream(cold(' b---|'));
          const replies = miniagent('agent', () => [broken, whole, 'c']).inquire();
          expectTokens(broken).toBe('          a-#', undefined, boom);
          expectObservable(broken.whole$).toBe('--#', undefined, boom);
          expectTokens(whole).toBe('           b---|');
          expectMessages(replies).toBe('       (mwc|)', { m: boom, w: 'b' });
          expectTokens(replies).toBe('a-#', undefined, boom);
          expectObservable(replies.whole$).toBe(' --#', undefined, boom);
          expectObservable(replies.snapshots$.pipe(ignoreElements())).toBe('--#', undefined, boom);
        });
      });

      it('the first error in order is the one that the whole fails with, whichever came first', () => {
        marbles(({ cold, expectTokens, expectObservable }) => {
          const late = Message.stream(cold('a----#', undefined, 'late'));
          const early = Message.stream(cold('b-#', undefined, 'early'));
          const replies = miniagent('agent', (ctx) => {
            ctx.reply([late, early]);
            throw 'last';
          }).inquire();
          expectObservable(replies.whole$).toBe('-----#', undefined, 'late');
          expectTokens(replies).toBe('a----#', undefined, 'late');
          expectObservable(replies.pipe(map(() => 'm'))).toBe('(mm)-#', undefined, 'last');
          expectObservable(early.pipe(ignoreElements())).toBe('--#', undefined, 'early');
        });
      });
    });

    describe("a message's own readers hear of its end before anything that waits for it", () => {
      for (const [ending, diagram] of Object.entries({ complete: '--|', error: '--#' })) {
        it(`when it ends by ${ending}`, () => {
          marbles(({ cold, expectObservable }) => {
            const ends = new Subject<string>();
            const listen = (name: string, observable: Observable<unknown>) =>
              observable.subscribe({ error: () => ends.next(name), complete: () => ends.next(name) });
            const message = Message.stream(cold(diagram, {}, boom));
            const agent = miniagent('agent', (ctx) => (ctx.reply(message), fail()));
            const replies = agent.inquire();
            listen('s', replies);
            listen('w', replies.whole$);
            listen('p', pass.inquire(replies));
            listen('r', agent('x'));
            listen('m', message);
            listen('t', message.whole$);
            expectObservable(ends).toBe('--(mtwspr)');
          });
        });
      }
    });

    describe("an agent's own error", () => {
      it('comes after its out-of-order replies, too (B43)', () => {
        marbles(({ cold, expectTokens }) => {
          const agent = miniagent('agent', (ctx) => {
            ctx.reply('a');
            ctx.replyOutOfOrder('u');
            ctx.replyOutOfOrder(cold('-------v-w|'));
            ctx.reply(cold('          -----b|'));
            fail();
          });
          const expected = '          (au)-b-v-w#';
          expectTokens(agent.inquire()).toBe(expected, undefined, boom);
        });
      });

      it('comes after what it waits for has replied', () =>
        asyncMarbles(async ({ expectTokens }) => {
          const agent = miniagent('agent', (ctx) => {
            ctx.waitFor(lastValueFrom(timer(3)).then(() => ctx.reply('l')));
            fail();
          });
          expectTokens(agent.inquire()).toBe('---(l#)', {}, boom);
          expectTokens(agent.inquire().errorsAsMessages()).toBe('---(lx|)', { x: 'RangeError: boom' });
        }));

      it('is one, whatever it does after it', async () => {
        const agent = miniagent('agent', (ctx) => {
          ctx.reply(boom);
          ctx.reply('between');
          throw new RangeError('own');
        });
        const expected = ['RangeError: boom', 'between', 'RangeError: own'];
        expect(await texts(agent.inquire().errorsAsMessages())).to.deep.equal(expected);
        const [first, second] = [agent.inquire(), agent.inquire()];
        expect(await rejection(first.resolve())).to.equal(boom);
        expect(await rejection(second.resolve())).to.equal(boom);
        await here.end();
        const unread = here.takeReported() as Error[];
        expect(unread.map(({ message }) => message)).to.deep.equal(['own', 'own']);
      });
    });

    describe('an error inside an out-of-order reply stands where it arrives', () => {
      it('before what is in order and not there yet', () => {
        const values = { a: 'a', y: 'y', z: 'z', x: 'RangeError: boom' };
        marbles(({ cold, expectTokens }) => {
          const agent = miniagent('agent', (ctx) => {
            ctx.reply(cold('         -----a|'));
            ctx.replyOutOfOrder(cold('-y-#', undefined, boom));
            ctx.replyOutOfOrder(cold('--------z|'));
          });
          const [plain, view] = ['   -y-#', '-y-x-a--z|'];
          const replies = agent.inquire();
          expectTokens(replies).toBe(plain, values, boom);
          expectTokens(replies.errorsAsMessages()).toBe(view, values);
        });
      });
    });

    describe('the caller is hit only where it consumes', () => {
      it('one that never reads is not', async () => {
        const unread = new Error('unread');
        const failing = miniagent('failing', () => {
          throw unread;
        });
        const agent = miniagent('agent', (ctx) => {
          ctx.inquire(failing, null, { startSoon: true });
          return 'fine';
        });
        expect(await texts(agent.inquire())).to.deep.equal(['fine']);
        await here.end();
        expect(here.takeReported()).to.deep.equal([unread]);
      });

      it('one that awaits is hit there, and may catch it', async () => {
        const agent = miniagent('agent', async (ctx) => {
          const replies = ctx.inquire(miniagent('faulty', fail));
          ctx.reply('before');
          await replies.resolve().catch((error: unknown) => ctx.reply(`caught ${String(error)}`));
          ctx.reply('after');
        });
        const expected = ['before', 'caught RangeError: boom', 'after'];
        expect(await texts(agent.inquire())).to.deep.equal(expected);
      });

      it('one that does not catch it fails with it (B55)', async () => {
        const agent = miniagent('agent', async (ctx) => {
          ctx.reply('before');
          await ctx.inquire(miniagent('faulty', fail)).resolve();
          ctx.reply('never');
        });
        expect(await texts(agent.inquire().errorsAsMessages())).to.deep.equal(['before', 'RangeError: boom']);
      });

      it('what an agent is asked fails in the agent, where it reads (B49)', async () => {
        const echo = miniagent('echo', async function* (ctx) {
          for await (const message of ctx.messages) yield ['echo', message];
        });
        const replies = echo.inquire(['ok', boom, 'after']);
        expect(await texts(replies.errorsAsMessages())).to.deep.equal(['echo', 'ok', 'RangeError: boom']);
        expect(await rejection(replies.resolve())).to.equal(boom);
        const unread = new Error('unread');
        expect(await texts(miniagent('deaf', () => 'fine').inquire(['ok', unread]))).to.deep.equal(['fine']);
        await here.end();
        expect(here.takeReported()).to.deep.equal([unread]);
      });
    });
  });
});
