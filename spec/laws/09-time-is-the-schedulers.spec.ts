import { expect } from 'chai';
import { CancelledError, Message, MessageSequence, miniagent } from 'miniagents';
import type { MessagePromise } from 'miniagents';
import {
  bufferCount,
  catchError,
  concatAll,
  concatMap,
  debounceTime,
  delay,
  map,
  mergeAll,
  of,
  retry,
  switchMap,
  throwError,
  timeout,
  timer,
} from 'rxjs';
import { forEachStart, inside, marbles, pass, script, texts } from './support.js';

const wholes = concatMap((message: MessagePromise) => message.whole$);
const upper = miniagent('upper', (ctx) =>
  ctx.messages.pipe(map((message) => Message.stream(message.pipe(map((token) => token.toUpperCase()))))),
);
const repeats = miniagent('repeats', function* (ctx) {
  yield ctx.messages;
  yield ctx.messages;
});
const waits = miniagent('waits', (ctx, { ms = 5 }: { ms?: number }) =>
  ctx.messages.pipe(
    wholes,
    delay(ms),
    map(({ text }) => text),
  ),
);
const pairs = miniagent('pairs', (ctx) =>
  ctx.messages.pipe(
    wholes,
    bufferCount(2),
    map((pair) => pair.join('+')),
  ),
);

describe("law 9: time is the scheduler's", () => {
  describe('a pipeline runs under TestScheduler frame by frame, inquire included', () => {
    forEachStart(() => {
      it('tokens that are changed on the way', () => {
        marbles(({ cold, expectObservable }) => {
          const replies = upper.inquire(pass.inquire(Message.stream(cold('-a--b-|'))));
          expectObservable(replies.tokens$).toBe('                        -A--B-|');
        });
      });

      it('generators', () => {
        marbles(({ cold, expectObservable }) => {
          const replies = repeats.inquire(repeats.inquire(cold('-a--b-|')));
          expectObservable(replies.tokens$).toBe('              -a--b-(ababab|)');
        });
      });

      it('agents that wait', () => {
        marbles(({ cold, expectObservable }) => {
          const replies = waits.inquire(waits.inquire(cold('-a--b-|')), { ms: 3 });
          expectObservable(replies.tokens$).toBe('     9ms a--(b|)');
        });
      });

      it('agents that gather', () => {
        const values = { a: 'a', b: 'b', c: 'c', d: 'd', x: 'a+b', y: 'c+d' };
        marbles(({ cold, expectObservable }) => {
          const replies = pairs.inquire(cold('     -a--b-c----d|', values));
          expectObservable(replies.tokens$).toBe(' ----x------y|', values);
        });
      });

      it('a script of replies, in order and out of order, over most of a second', () => {
        marbles(({ expectObservable }) => {
          const agent = miniagent('agent', (ctx) => {
            ctx.reply(timer(700).pipe(map(() => 'b')));
            return script(
              300,
              () => ctx.replyOutOfOrder('a'),
              600,
              () => ctx.reply('c'),
            );
          });
          expectObservable(agent.inquire().tokens$).toBe('300ms a 399ms b 199ms (c|)');
        });
      });

      it("RxJS's timeout and retry around an agent", () => {
        marbles(({ cold, expectObservable, expectSubscriptions }) => {
          const source = cold('          --a----|');
          const agent = miniagent('agent', () => source);
          const name = catchError((error: Error) => throwError(() => error.name));
          const tried = of('x').pipe(agent, mergeAll(), timeout({ each: 3 }), retry(1), name);
          expectObservable(tried).toBe(' --a----a--#', undefined, 'TimeoutError');
          expectSubscriptions(source.subscriptions).toBe(['^----!', '-----^----!']);
        });
      });

      it('debounced questions, each with an answer of its own', () => {
        const values = { a: 'a', b: 'b', c: 'c', x: '?', y: 'b?', z: 'c?' };
        marbles(({ hot, cold, expectObservable }) => {
          const typed = hot('            -a-b----c-----|', values);
          const thinking = cold('        -x|', values);
          const agent = miniagent('agent', (ctx) =>
            ctx.messages.pipe(
              wholes,
              concatMap(({ text }) => thinking.pipe(map((mark) => text + mark))),
            ),
          );
          const answers = typed.pipe(debounceTime(3), switchMap(agent), concatAll());
          expectObservable(answers).toBe('-------y----z-|', values);
        });
      });

      it('agents that ask others when they are asked themselves', () => {
        marbles(({ cold, expectObservable }) => {
          const asks = miniagent('asks', (ctx) =>
            ctx.messages.pipe(map((message) => ctx.inquire(waits, message, { ms: 4 }))),
          );
          const replies = asks.inquire(cold('      -a-b|'));
          expectObservable(replies.tokens$).toBe(' -----a-(b|)');
        });
      });
    });
  });

  describe('the core holds no timer, no microtask and no Promise between a source and its readers', () => {
    const world = globalThis as unknown as { [name: string]: (...given: unknown[]) => unknown };
    const timers = ['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask'].filter((name) => name in world);

    /** How often code asks for time by other means than a scheduler. */
    function countTimersIn(run: () => void): { [name: string]: number } {
      const calls: { [name: string]: number } = {};
      const kept = timers.map((name) => [name, world[name]] as const);
      const { then } = Promise.prototype;
      const count = (name: string) => (calls[name] = (calls[name] ?? 0) + 1);
      for (const [name, original] of kept) world[name] = (...given) => (count(name), original?.(...given));
      Promise.prototype.then = function (this: Promise<unknown>, ...given: never[]) {
        count('then');
        return Reflect.apply(then, this, given) as never;
      };
      try {
        run();
      } finally {
        Object.assign(world, Object.fromEntries(kept));
        Promise.prototype.then = then;
      }
      return calls;
    }

    it('(the count counts)', () => {
      const calls = countTimersIn(() => {
        void Promise.resolve().then(() => {});
        queueMicrotask(() => {});
      });
      expect(calls).to.deep.equal({ then: 1, queueMicrotask: 1 });
    });

    forEachStart(() => {
      it('asked, read, piped, streamed, failing and cancelled', () => {
        const calls = countTimersIn(() =>
          marbles(({ cold, expectObservable }) => {
            const leaf = miniagent('leaf', (ctx) => {
              ctx.replyOutOfOrder(cold('      --x-|'));
              return Message.stream(cold('    a--b|'));
            });
            const replies = pass.inquire([leaf.inquire(), MessageSequence.from(cold('-c|')), repeats('d')]);
            expectObservable(replies.tokens$).toBe('a--b(xcdd|)');
            expectObservable(replies.whole$.pipe(map((list) => list.join()))).toBe('----(w|)', { w: 'ab,x,c,d,d' });
            expectObservable(of('x').pipe(leaf, pass, mergeAll())).toBe('a-xb|');
            replies.snapshots$.subscribe();
            const failing = miniagent('failing', () => cold('-#')).inquire();
            expectObservable(failing.errorsAsMessages().tokens$).toBe('-(e|)', { e: 'Error: error' });
            const stopped = miniagent('stopped', () => cold('-')).inquire();
            cold('---x').subscribe(() => stopped.cancel());
            expectObservable(stopped.tokens$).toBe('---#', {}, new CancelledError('agent stopped'));
          }),
        );
        expect(calls).to.deep.equal({});
      });
    });
  });

  describe('what waits for a macrotask waits for a scheduler, too', () => {
    const { error: print } = console;
    afterEach(() => (console.error = print));

    it('the report of an error that nobody consumed', () => {
      const printed: unknown[][] = [];
      console.error = (...parts: unknown[]) => printed.push(parts);
      marbles(({ cold }) => {
        const failing = miniagent('failing', () => {
          throw new Error('unread');
        });
        failing.inquire();
        cold('-x').subscribe(() => expect(printed).to.have.length(1));
      });
      expect(printed).to.have.length(1);
    });
  });

  describe('agents that start in the same turn', () => {
    const here = inside();

    it('do not keep each other from it by failing', async () => {
      const failing = miniagent('failing', () => {
        throw new Error('boom');
      });
      const all = [failing.inquire(), pass.inquire('a'), failing.inquire(), pass.inquire('b')];
      expect(await Promise.all(all.map((replies) => texts(replies.errorsAsMessages())))).to.deep.equal([
        ['Error: boom'],
        ['a'],
        ['Error: boom'],
        ['b'],
      ]);
      expect(here.takeReported()).to.deep.equal([]);
    });
  });
});
