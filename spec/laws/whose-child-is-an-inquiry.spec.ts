import { expect } from 'chai';
import { CancelledError, Message, MessageSequence, miniagent, MiniAgents } from 'miniagents';
import type { InteractionContext, MiniAgent } from 'miniagents';
import { asyncMarbles } from 'miniagents/testing';
import { concatMap, lastValueFrom, map, mergeMap, NEVER, Observable, of, Subject, tap, timer } from 'rxjs';
import { forEachStart, inside, marbles, pass, rejection, texts, turn } from './support.js';

/** Whose child it was, each time it ran. */
let parents: (string | undefined)[] = [];
const child = miniagent('child', (ctx) => void parents.push(ctx.parent));
const ask = (): void => void child.inquire(null, { startSoon: true });

class Asks {
  constructor() {
    ask();
  }

  *run() {
    yield 'a';
    ask();
  }
}

/** Places where an agent asks another in its own name. */
const places: Record<string, MiniAgent> = {
  'in a function': miniagent('parent', () => ask()),
  'in an async function, before it awaits': miniagent('parent', async () => ask()),
  'in a generator, after a yield': miniagent('parent', function* () {
    yield 'a';
    ask();
  }),
  'in an async generator, before it awaits': miniagent('parent', async function* () {
    ask();
  }),
  'in a class': miniagent('parent', Asks),
  'in an operator on what it was asked': miniagent('parent', (ctx) => ctx.messages.pipe(tap(ask))),
  'in an operator on the whole of it': miniagent('parent', (ctx) => ctx.messages.whole$.pipe(tap(ask))),
  'in an operator on the tokens of it': miniagent('parent', (ctx) => ctx.messages.tokens$.pipe(tap(ask))),
  'in a reader of the messages': miniagent('parent', (ctx) => {
    ctx.messages.subscribe(ask);
    ctx.waitFor(ctx.messages);
  }),
  'in a reader of their tokens': miniagent('parent', (ctx) => {
    ctx.messages.subscribe((message) => message.subscribe(ask));
    ctx.waitFor(ctx.messages);
  }),
  'in an Observable that it returned': miniagent(
    'parent',
    () =>
      new Observable<string>((subscriber) => {
        ask();
        subscriber.complete();
      }),
  ),
  'in an Observable that it replied with': miniagent('parent', (ctx) =>
    ctx.reply(
      new Observable<string>((subscriber) => {
        ask();
        subscriber.complete();
      }),
    ),
  ),
  'in a generator that it replied with': miniagent('parent', (ctx) =>
    ctx.reply(
      (function* () {
        ask();
        yield 'a';
      })(),
    ),
  ),
  'by ctx.inquire': miniagent('parent', (ctx) => void ctx.inquire(child, null, { startSoon: true })),
  'by ctx.inquire after an await': miniagent('parent', async (ctx) => {
    await lastValueFrom(timer(1));
    ctx.inquire(child, null, { startSoon: true });
  }),
  'by a fork': miniagent('parent', () => void child.fork({ startSoon: true }).inquire()),
  'as an operator': miniagent('parent', (ctx) => ctx.messages.pipe(child)),
  'as an Observable': miniagent('parent', () => void child('x').subscribe()),
};

describe('whose child is an inquiry?', () => {
  beforeEach(() => (parents = []));

  forEachStart(() => {
    describe('one made inside an agent is tied to the run', () => {
      for (const [name, parent] of Object.entries(places)) {
        it(`${name}, as its child`, async () => {
          await asyncMarbles(({ hot }) => parent.inquire(hot('-x|'), { startSoon: true }).resolve());
          expect(new Set(parents)).to.deep.equal(new Set(['1']));
        });
      }

      it('and cancelled with it, wherever it was made', () => {
        marbles(({ hot, cold, expectObservable }) => {
          const aborted = new Subject<string>();
          const noted = (name: string) =>
            miniagent(name, (ctx) => ((ctx.signal.onabort = () => aborted.next(name)), NEVER));
          const parent = (atOnce: string, later: string) =>
            miniagent('parent', (ctx) => {
              noted(atOnce).inquire(null, { startSoon: true });
              return ctx.messages.pipe(mergeMap(() => noted(later).inquire()));
            }).inquire(hot('-x'), { startSoon: true });
          const [one, other] = [parent('a', 'b'), parent('c', 'd')];
          cold('                          ---x').subscribe(() => one.cancel());
          cold('                          -------x').subscribe(() => other.cancel());
          expectObservable(aborted).toBe('---(ba)(dc)');
        });
      });

      it('messages and sequences that are made there are, too', () => {
        marbles(({ cold, expectSubscriptions }) => {
          const source = cold('-');
          const agent = miniagent('agent', () => (Message.stream(source), MessageSequence.from(source), NEVER));
          const replies = agent.inquire(null, { startSoon: true });
          cold('--x').subscribe(() => replies.cancel());
          expectSubscriptions(source.subscriptions).toBe(['^-!', '^-!']);
        });
      });
    });

    describe('a StreamedPromise calls its reader in the context in which that reader subscribed', () => {
      it('one outside stays outside, though an agent writes', () => {
        marbles(() => {
          const tokens = new Subject<string>();
          const message = Message.stream(tokens);
          message.subscribe(ask);
          message.snapshots$.subscribe(ask);
          miniagent('writer', () => void of('a').subscribe(tokens)).inquire(null, { startSoon: true });
        });
        expect(parents.length).to.be.greaterThan(1);
        expect(new Set(parents)).to.deep.equal(new Set([undefined]));
      });

      it('one in an agent stays in that agent, though another one writes', () => {
        marbles(() => {
          const tokens = new Subject<string>();
          const message = Message.stream(tokens);
          miniagent('reader', () => message.pipe(map(() => ask()))).inquire(null, { startSoon: true });
          miniagent('writer', () => void of('a').subscribe(tokens)).inquire(null, { startSoon: true });
        });
        expect(parents).to.deep.equal(['1']);
      });

      it('one that comes late, and finds everything there', () => {
        marbles(({ expectTokens }) => {
          const replies = pass.inquire(['a', 'b']);
          expectTokens(replies).toBe('(ab|)');
          const reader = miniagent('reader', () => replies.pipe(tap(ask)));
          timer(1).subscribe(() => reader.inquire(null, { startSoon: true }));
        });
        expect(parents).to.deep.equal(['2', '2']);
      });
    });

    describe('parents are captured when the call is made', () => {
      it('whoever reads the replies (bug 5, B109)', () => {
        marbles(() => {
          let made: MessageSequence[] = [];
          const maker = miniagent('maker', (ctx) => {
            made = [ctx.inquire(child, null, { startSoon: false }), child.inquire(null, { startSoon: false })];
            return NEVER;
          });
          maker.inquire(null, { startSoon: true });
          miniagent('reader', () => made).inquire(null, { startSoon: true });
        });
        expect(parents).to.deep.equal(['1', '1']);
      });

      it('and so is who cancels it', () => {
        marbles(({ cold, expectSubscriptions }) => {
          const source = cold('-');
          const lazy = miniagent('lazy', () => source);
          let made: MessageSequence | undefined;
          const maker = miniagent('maker', (ctx) => ((made = ctx.inquire(lazy, null, { startSoon: false })), NEVER));
          const making = maker.inquire(null, { startSoon: true });
          const reading = miniagent('reader', () => made).inquire(null, { startSoon: true });
          cold('--x').subscribe(() => reading.cancel());
          cold('----x').subscribe(() => making.cancel());
          expectSubscriptions(source.subscriptions).toBe('^---!');
        });
      });
    });

    it('a run is over when all inside it is; then it is no parent any more, but what is around it', () => {
      marbles(({ expectTokens }) => {
        let context: InteractionContext | undefined;
        miniagent('agent', (ctx) => void (context = ctx)).inquire(null, { startSoon: true });
        expectTokens(timer(1).pipe(concatMap(() => context!.inquire(pass, 'a').tokens$))).toBe('-(a|)');
      });
    });
  });

  describe('outside any agent', () => {
    const seen = async (options?: object) => {
      const found: MiniAgents[] = [];
      await miniagent('agent', (ctx) => void found.push(ctx.miniAgents))
        .inquire(null, options)
        .resolve();
      return found[0];
    };

    it('it belongs to the active MiniAgents, the latest if there are several, or to a default one (B2)', async () => {
      const [outer, inner] = [new MiniAgents(), new MiniAgents()];
      const byDefault = await seen();
      expect(byDefault).to.be.instanceOf(MiniAgents);
      outer.activate();
      expect((await seen()) === outer).to.be.true;
      inner.activate();
      expect((await seen()) === inner).to.be.true;
      await inner.finalize();
      expect((await seen()) === outer).to.be.true;
      await outer.finalize();
      expect((await seen()) === byDefault).to.be.true;
    });

    it('in run(fn) it belongs to that MiniAgents, also after an await', async () => {
      const miniAgents = new MiniAgents();
      await miniAgents.run(async () => {
        expect((await seen()) === miniAgents).to.be.true;
        await turn();
        expect((await seen()) === miniAgents).to.be.true;
      });
      expect((await seen()) === miniAgents).to.be.false;
    });

    it('agents work without any MiniAgents', async () => {
      expect(await texts(pass.inquire(['a', pass.inquire('b')]))).to.deep.equal(['a', 'b']);
      expect(
        await lastValueFrom(
          of('c').pipe(
            pass,
            concatMap((message) => message.whole$),
            map(String),
          ),
        ),
      ).to.equal('c');
      const stopped = miniagent('never', () => NEVER).inquire();
      const resolved = rejection(stopped.resolve());
      stopped.cancel();
      expect(await resolved).to.be.instanceOf(CancelledError);
    });
  });

  describe('agent(x) in a run', () => {
    inside();

    it('is cancelled with the run that subscribed', () => {
      marbles(({ cold, expectTokens, expectSubscriptions }) => {
        const source = cold('-');
        const leaf = miniagent('leaf', () => source);
        const top = miniagent('top', () => (leaf('x').subscribe({ error: () => {} }), NEVER));
        const replies = top.inquire();
        cold('--x').subscribe(() => replies.cancel());
        expectTokens(replies).toBe('--#', {}, new CancelledError('agent top'));
        expectSubscriptions(source.subscriptions).toBe('^-!');
      });
    });
  });
});
