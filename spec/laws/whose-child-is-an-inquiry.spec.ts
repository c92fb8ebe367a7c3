import { expect } from 'chai';
import { CancelledError, Message, MessageSequence, miniagent, MiniAgents } from 'miniagents';
import type { InteractionContext, MessageType, MiniAgent } from 'miniagents';
import { concatMap, lastValueFrom, map, mergeMap, NEVER, Observable, of, Subject, tap } from 'rxjs';
import { forEachStart, inside, pass, rejection, texts, turn } from './support.js';

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
    await turn();
    ctx.inquire(child, null, { startSoon: true });
  }),
  'by a fork': miniagent('parent', () => void child.fork({ startSoon: true }).inquire()),
  'as an operator': miniagent('parent', (ctx) => ctx.messages.pipe(child)),
  'as an Observable': miniagent('parent', () => void child('x').subscribe()),
};

describe('whose child is an inquiry?', () => {
  beforeEach(() => (parents = []));

  forEachStart((here) => {
    describe('one made inside an agent is tied to the run', () => {
      for (const [name, parent] of Object.entries(places)) {
        it(`${name}, as its child`, async () => {
          const question = new Subject<string>();
          const replies = parent.inquire(question, { startSoon: true });
          await turn();
          question.next('from outside');
          question.complete();
          await replies.resolve();
          await turn();
          expect(new Set(parents)).to.deep.equal(new Set(['1']));
        });
      }

      it('and cancelled with it, wherever it was made', async () => {
        const log: string[] = [];
        const noted = (name: string) =>
          miniagent(name, (ctx) => {
            ctx.signal.onabort = () => log.push(name);
            return NEVER;
          });
        const input = new Subject<string>();
        const parent = (name: string) =>
          miniagent(name, (ctx) => {
            noted(`${name} at once`).inquire(null, { startSoon: true });
            return ctx.messages.pipe(mergeMap(() => noted(`${name} later`).inquire()));
          }).inquire(input, { startSoon: true });
        const [one, other] = [parent('one'), parent('other')];
        await turn();
        input.next('go');
        await turn();
        one.cancel();
        expect(log.splice(0).sort()).to.deep.equal(['one at once', 'one later']);
        other.cancel();
        expect(log.sort()).to.deep.equal(['other at once', 'other later']);
      });

      it('messages and sequences that are made there are, too', async () => {
        const [tokens, items] = [new Subject<string>(), new Subject<string>()];
        const agent = miniagent('agent', () => {
          Message.stream(tokens);
          MessageSequence.from(items);
          return NEVER;
        });
        const replies = agent.inquire(null, { startSoon: true });
        await turn();
        expect([tokens.observed, items.observed]).to.deep.equal([true, true]);
        replies.cancel();
        expect([tokens.observed, items.observed]).to.deep.equal([false, false]);
      });
    });

    describe('a StreamedPromise calls its reader in the context in which that reader subscribed', () => {
      it('one outside stays outside, though an agent writes', async () => {
        const tokens = new Subject<string>();
        const message = Message.stream(tokens);
        message.subscribe(ask);
        message.snapshots$.subscribe(ask);
        const writer = miniagent('writer', () => {
          tokens.next('a');
          tokens.complete();
        });
        await writer.inquire().resolve();
        await turn();
        expect(parents.length).to.be.greaterThan(1);
        expect(new Set(parents)).to.deep.equal(new Set([undefined]));
      });

      it('one in an agent stays in that agent, though another one writes', async () => {
        const tokens = new Subject<string>();
        const message = Message.stream(tokens);
        const reader = miniagent('reader', () => message.pipe(map(() => ask()))).inquire(null, { startSoon: true });
        await turn();
        const writer = miniagent('writer', () => {
          tokens.next('a');
          tokens.complete();
        });
        await writer.inquire().resolve();
        await reader.resolve();
        await turn();
        expect(parents).to.deep.equal(['1']);
      });

      it('one that comes late, and finds everything there', async () => {
        const replies = pass.inquire(['a', 'b']);
        await replies.resolve();
        await texts(miniagent('reader', () => replies.pipe(tap(ask))).inquire());
        await turn();
        expect(parents).to.deep.equal(['2', '2']);
      });
    });

    describe('parents are captured when the call is made', () => {
      it('whoever reads the replies (bug 5, B109)', async () => {
        const seen: (string | undefined)[] = [];
        const lazy = miniagent('lazy', (ctx) => void seen.push(ctx.parent));
        const given = new Subject<MessageSequence>();
        const maker = miniagent('maker', (ctx) => {
          given.next(ctx.inquire(lazy, null, { startSoon: false }));
          given.next(lazy.inquire(null, { startSoon: false }));
          return NEVER;
        });
        const made: MessageSequence[] = [];
        given.subscribe((replies) => made.push(replies));
        maker.inquire(null, { startSoon: true });
        await turn();
        await miniagent('reader', async () => Promise.all(made.map((replies) => replies.resolve())).then(() => null))
          .inquire()
          .resolve();
        expect(seen).to.deep.equal(['1', '1']);
      });

      it('and so is who cancels it', async () => {
        const made = new Subject<MessageSequence>();
        const lazy = new Promise<MessageSequence>((resolve) => made.subscribe(resolve));
        const maker = miniagent('maker', (ctx) => {
          made.next(
            ctx.inquire(
              miniagent('lazy', () => NEVER),
              null,
              { startSoon: false },
            ),
          );
          return NEVER;
        }).inquire(null, { startSoon: true });
        const replies = await lazy;
        const reader = pass.inquire(replies, { startSoon: true });
        await turn();
        reader.cancel();
        let ended = false;
        replies.subscribe({ error: () => (ended = true) });
        await turn();
        expect(ended).to.be.false;
        maker.cancel();
        expect(ended).to.be.true;
      });
    });

    it('a run is over when all inside it is; then it is no parent any more, but what is around it', async () => {
      let context: InteractionContext | undefined;
      const agent = miniagent('agent', (ctx) => {
        context = ctx;
      });
      await agent.inquire().resolve();
      await turn();
      const late = (context as InteractionContext).inquire(pass, 'late');
      expect(await texts(late)).to.deep.equal(['late']);
      expect(here.reported).to.deep.equal([]);
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

    it('is cancelled with the run that subscribed', async () => {
      const source = new Subject<string>();
      const leaf = miniagent('leaf', () => source);
      const top = miniagent('top', (): MessageType => {
        leaf('x').subscribe({ error: () => {} });
        return NEVER;
      });
      const replies = top.inquire();
      await turn();
      expect(source.observed).to.be.true;
      replies.cancel();
      expect(source.observed).to.be.false;
    });
  });
});
