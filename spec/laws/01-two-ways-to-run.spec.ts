import { expect } from 'chai';
import { CancelledError, Message, miniagent } from 'miniagents';
import type { MessageSequence } from 'miniagents';
import { asapScheduler, concatAll, firstValueFrom, lastValueFrom, mergeAll, of, Subject } from 'rxjs';
import { forEachStart, inside, marbles, pass, rejection, texts, turn } from './support.js';

const SHAPES = {
  never: '-',
  empty: '---|',
  'empty at once': '|',
  one: '--a|',
  many: '-a--b-c|',
  synchronous: '(abc|)',
  'error at once': '#',
  'error in the middle': '-a-b#',
  'synchronous with an error': '(ab#)',
};

/** The marbles of a subscription that lasts as long as a source does. */
const lifeOf = (marble: string): string => {
  const end = marble.includes('(') ? 0 : marble.search(/[|#]/);
  return end < 0 ? '^' : end === 0 ? '(^!)' : `^${'-'.repeat(end - 1)}!`;
};

describe('law 1: two ways to run, one agent', () => {
  for (const [name, marble] of Object.entries(SHAPES)) {
    describe(`a source that is: ${name}`, () => {
      forEachStart(() => {
        it('comes out of inquire(x) as it went in', () => {
          marbles(({ cold, expectObservable, expectSubscriptions }) => {
            const source = cold(marble);
            const replies = miniagent('agent', () => source).inquire();
            expectObservable(replies.tokens$).toBe(marble);
            expectObservable(replies.pipe(concatAll())).toBe(marble);
            expectSubscriptions(source.subscriptions).toBe(lifeOf(marble));
          });
        });
      });
      inside();

      it('comes out of agent(x) as it went in, once for each subscription', () => {
        marbles(({ cold, expectObservable, expectSubscriptions }) => {
          const source = cold(marble);
          const replies = miniagent('agent', () => source)('x');
          expectObservable(replies.pipe(concatAll())).toBe(marble);
          expectObservable(replies.pipe(mergeAll())).toBe(marble);
          expectSubscriptions(source.subscriptions).toBe([lifeOf(marble), lifeOf(marble)]);
        });
      });

      it('comes out of tokens as it went in', () => {
        marbles(({ cold, expectObservable, expectSubscriptions }) => {
          const [asked, piped] = [cold(marble), cold(marble)];
          expectObservable(
            miniagent('agent', () => Message.stream(asked))
              .inquire()
              .pipe(concatAll()),
          ).toBe(marble);
          expectObservable(
            of('x').pipe(
              miniagent('agent', () => Message.stream(piped)),
              concatAll(),
            ),
          ).toBe(marble);
          expectSubscriptions(asked.subscriptions).toBe(lifeOf(marble));
          expectSubscriptions(piped.subscriptions).toBe(lifeOf(marble));
        });
      });
    });
  }

  describe('agent.inquire(x) is a promise: hot, run exactly once, replayed to everyone', () => {
    forEachStart((_here, startSoon) => {
      it('gives a late subscriber all of it, and the source runs once', () => {
        marbles(({ cold, expectObservable, expectSubscriptions }) => {
          const source = cold('              a-b-----c|');
          const replies = miniagent('agent', () => source).inquire();
          const late = startSoon ? '         ---(ab)-c|' : '---a-b-----c|';
          expectObservable(replies.tokens$, '---^').toBe(late);
          expectObservable(replies.tokens$, '20ms ^').toBe('20ms (abc|)');
          expectSubscriptions(source.subscriptions).toBe(startSoon ? '^--------!' : '---^--------!');
        });
      });

      it('an unsubscribe does not stop it', () => {
        marbles(({ cold, expectObservable, expectSubscriptions }) => {
          const source = cold('              a-b-c-d|');
          const replies = miniagent('agent', () => source).inquire();
          expectObservable(replies.tokens$, '^--!').toBe('a-b-');
          expectSubscriptions(source.subscriptions).toBe('^------!');
        });
      });

      it('an unsubscribe of its only reader stops neither its tokens nor what is inside (B29)', () => {
        marbles(({ cold, expectObservable, expectSubscriptions }) => {
          const tokens = cold('              a-b-c-d|');
          const leaf = miniagent('leaf', () => Message.stream(tokens));
          const replies = miniagent('top', (ctx) => ctx.inquire(leaf)).inquire();
          expectObservable(replies.pipe(concatAll()), '^--!').toBe('a-b-');
          expectSubscriptions(tokens.subscriptions).toBe('^------!');
          expectObservable(replies.pipe(concatAll()), '10ms ^').toBe('10ms (abcd|)');
        });
      });

      it('cancel() stops it', () => {
        marbles(({ cold, expectObservable, expectSubscriptions }) => {
          const source = cold('              a-b-c-d|');
          const replies = miniagent('agent', () => source).inquire();
          const expected = '                 a-b#';
          expectObservable(replies.tokens$).toBe(expected, undefined, new CancelledError('agent agent', 'enough'));
          expectSubscriptions(source.subscriptions).toBe('^--!');
          cold('                             ---x').subscribe(() => replies.cancel('enough'));
        });
      });

      it('a signal stops it', () => {
        marbles(({ cold, expectObservable, expectSubscriptions }) => {
          const source = cold('              a-b-c-d|');
          const controller = new AbortController();
          const replies = miniagent('agent', () => source).inquire('x', { signal: controller.signal });
          const expected = '                 a-b#';
          expectObservable(replies.tokens$).toBe(expected, undefined, new CancelledError('the inquiry', 'enough'));
          expectSubscriptions(source.subscriptions).toBe('^--!');
          cold('                             ---x').subscribe(() => controller.abort('enough'));
        });
      });

      it('what it is asked is subscribed to once, however many read', () => {
        marbles(({ cold, expectObservable, expectSubscriptions }) => {
          const question = cold('            a-b|');
          const replies = pass.inquire(question);
          expectObservable(replies.tokens$).toBe('a-b|');
          expectObservable(replies.tokens$, '-^').toBe('-ab|');
          expectSubscriptions(question.subscriptions).toBe('^--!');
        });
      });
    });

    inside();

    it('is started soon: by the asapScheduler, never inside the call', async () => {
      const log: string[] = [];
      const agent = miniagent('agent', () => void log.push('agent'));
      asapScheduler.schedule(() => log.push('before'));
      const replies = agent.inquire();
      asapScheduler.schedule(() => log.push('after'));
      log.push('called');
      await replies.resolve();
      expect(log).to.deep.equal(['called', 'before', 'agent', 'after']);
    });

    it('is not started inside the call by a subscriber, either', async () => {
      const log: string[] = [];
      const agent = miniagent('agent', () => void log.push('agent'));
      const replies = agent.inquire(null, { startSoon: false });
      replies.subscribe({ complete: () => log.push('complete') });
      log.push('subscribed');
      await replies.resolve();
      expect(log).to.deep.equal(['subscribed', 'agent', 'complete']);
    });

    it('runs without anybody reading, once, and not again for those who do (B24)', async () => {
      let runs = 0;
      const replies = miniagent('agent', () => `run ${++runs}`).inquire();
      await turn();
      expect(runs).to.equal(1);
      expect([await texts(replies), await texts(replies), await replies.text()]).to.deep.equal([
        ['run 1'],
        ['run 1'],
        'run 1',
      ]);
      expect(runs).to.equal(1);
    });

    it('two inquiries are two runs, side by side in the order of the calls (B88)', async () => {
      const log: string[] = [];
      const agent = miniagent('agent', async (_ctx, { n }: { n?: number }) => {
        log.push(`${n} starts`);
        await turn();
        log.push(`${n} ends`);
      });
      const both = [agent.inquire(null, { n: 1 }), agent.inquire(null, { n: 2 })];
      for (const replies of both) await replies.resolve();
      expect(log).to.deep.equal(['1 starts', '2 starts', '1 ends', '2 ends']);
    });

    it('those that wait for a reader run one after the other when read in turn (B88)', async () => {
      const log: string[] = [];
      const agent = miniagent('agent', async (_ctx, { n }: { n?: number }) => {
        log.push(`${n} starts`);
        await turn();
        log.push(`${n} ends`);
      });
      const both = [1, 2].map((n) => agent.inquire(null, { n, startSoon: false }));
      for (const replies of both) await replies.resolve();
      expect(log).to.deep.equal(['1 starts', '1 ends', '2 starts', '2 ends']);
    });

    it('what was asked while the caller was busy starts at its first turn, callers before callees (B89)', async () => {
      const log: string[] = [];
      const agent = miniagent('agent', async (ctx, { n }: { n?: number }) => {
        log.push(`${n} starts`);
        ctx.reply(`${n}a`);
        await turn();
        ctx.reply(`${n}b`);
        log.push(`${n} ends`);
      });
      const both = miniagent('both', (ctx) => {
        log.push('both starts');
        ctx.reply(['*', ctx.inquire(agent, null, { n: 1 }), ctx.inquire(agent, null, { n: 2 })]);
        log.push('both ends');
      });
      const replies = both.inquire();
      log.push('asked');
      expect(await texts(replies)).to.deep.equal(['*', '1a', '1b', '2a', '2b']);
      const expected = ['asked', 'both starts', 'both ends', '1 starts', '2 starts', '1 ends', '2 ends'];
      expect(log).to.deep.equal(expected);
    });
  });

  describe('startSoon: false waits for somebody to look', () => {
    const here = inside({ startSoon: false });
    let runs: number;
    const agent = miniagent('agent', () => {
      runs++;
      return 'reply';
    });
    beforeEach(() => (runs = 0));

    const ways: Record<string, (replies: MessageSequence) => unknown> = {
      subscribe: (replies) => replies.subscribe(),
      'resolve()': (replies) => replies.resolve(),
      'resolveMessages()': (replies) => replies.resolveMessages(),
      'text()': (replies) => replies.text(),
      whole$: (replies) => replies.whole$.subscribe(),
      tokens$: (replies) => replies.tokens$.subscribe(),
      snapshots$: (replies) => replies.snapshots$.subscribe(),
      'an iterator': (replies) => replies[Symbol.asyncIterator]().next(),
      'a reader of errorsAsMessages()': (replies) => replies.errorsAsMessages().resolve(),
      'sending it on': (replies) => pass.inquire(replies, { startSoon: true }),
    };
    for (const [name, look] of Object.entries(ways)) {
      it(`${name} starts it, once (B24)`, async () => {
        const replies = agent.inquire();
        await turn();
        expect(runs).to.equal(0);
        look(replies);
        await turn();
        look(replies);
        expect(await texts(replies)).to.deep.equal(['reply']);
        expect(runs).to.equal(1);
      });
    }

    it('one that nobody reads never runs, and its MiniAgents ends without it (B90, B91)', async () => {
      const question = new Subject<string>();
      agent.inquire(question);
      await turn();
      await here.miniAgents.finalize();
      expect(runs).to.equal(0);
      expect(question.observed, 'the question is not subscribed to').to.be.false;
    });

    it('the first pull runs it to its end, and what it asks starts as it says (B90)', async () => {
      const log: string[] = [];
      const eager = miniagent('eager', () => void log.push('eager'));
      const top = miniagent('top', async (ctx) => {
        ctx.inquire(eager, null, { startSoon: true });
        ctx.inquire(agent);
        ctx.reply('one');
        await turn();
        ctx.reply('two');
        log.push('end');
      });
      expect(String(await (await firstValueFrom(top.inquire())).resolve())).to.equal('one');
      await turn();
      expect(log).to.deep.equal(['eager', 'end']);
      expect(runs).to.equal(0);
    });

    it('the call wins over the fork, the fork over the MiniAgents', async () => {
      agent.inquire(null, { startSoon: true });
      await turn();
      expect(runs).to.equal(1);
      agent.fork({ startSoon: true }).inquire();
      await turn();
      expect(runs).to.equal(2);
      agent.fork({ startSoon: true }).inquire(null, { startSoon: false });
      await turn();
      expect(runs).to.equal(2);
    });

    it('cancelled before somebody looked, it never runs', async () => {
      const replies = agent.inquire();
      replies.cancel();
      expect(await rejection(replies.resolve())).to.be.instanceOf(CancelledError);
      expect(runs).to.equal(0);
    });

    it('does not change agent(x)', async () => {
      expect(String(await (await lastValueFrom(agent('x'))).resolve())).to.equal('reply');
      expect(runs).to.equal(1);
    });
  });
});
