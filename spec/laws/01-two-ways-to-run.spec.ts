import { expect } from 'chai';
import { CancelledError, Message, miniagent } from 'miniagents';
import type { MessageSequence } from 'miniagents';
import { asapScheduler, concat, concatAll, merge, mergeAll, of, take, timer } from 'rxjs';
import { forEachStart, inside, marbles, pass, script } from './support.js';

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
          marbles(({ cold, expectTokens, expectSubscriptions }) => {
            const source = cold(marble);
            const replies = miniagent('agent', () => source).inquire();
            expectTokens(replies).toBe(marble);
            expectTokens(replies.pipe(concatAll())).toBe(marble);
            expectSubscriptions(source.subscriptions).toBe(lifeOf(marble));
          });
        });
      });
      inside();

      it('comes out of agent(x) as it went in, once for each subscription', () => {
        marbles(({ cold, expectTokens, expectSubscriptions }) => {
          const source = cold(marble);
          const replies = miniagent('agent', () => source)('x');
          expectTokens(replies.pipe(concatAll())).toBe(marble);
          expectTokens(replies.pipe(mergeAll())).toBe(marble);
          expectSubscriptions(source.subscriptions).toBe([lifeOf(marble), lifeOf(marble)]);
        });
      });

      it('comes out of tokens as it went in', () => {
        marbles(({ cold, expectTokens, expectSubscriptions }) => {
          const [asked, piped] = [cold(marble), cold(marble)];
          const [one, other] = [asked, piped].map((tokens) => miniagent('agent', () => Message.stream(tokens)));
          expectTokens(one!.inquire().pipe(concatAll())).toBe(marble);
          expectTokens(of('x').pipe(other!, concatAll())).toBe(marble);
          expectSubscriptions(asked.subscriptions).toBe(lifeOf(marble));
          expectSubscriptions(piped.subscriptions).toBe(lifeOf(marble));
        });
      });
    });
  }

  describe('agent.inquire(x) is a promise: hot, run exactly once, replayed to everyone', () => {
    forEachStart((_here, startSoon) => {
      it('gives a late subscriber all of it, and the source runs once', () => {
        marbles(({ cold, expectTokens, expectSubscriptions }) => {
          const source = cold('                 a-b-----c|');
          const replies = miniagent('agent', () => source).inquire();
          const late = startSoon ? '---(ab)-c|' : '---a-b-----c|';
          expectTokens(replies, '---^').toBe(late);
          expectTokens(replies, '20ms ^').toBe('20ms (abc|)');
          expectSubscriptions(source.subscriptions).toBe(startSoon ? '^--------!' : '---^--------!');
        });
      });

      it('an unsubscribe does not stop it', () => {
        marbles(({ cold, expectTokens, expectSubscriptions }) => {
          const source = cold('                           a-b-c-d|');
          const replies = miniagent('agent', () => source).inquire();
          expectTokens(replies, '^--!').toBe('            a-b-');
          expectSubscriptions(source.subscriptions).toBe('^------!');
        });
      });

      it('an unsubscribe of its only reader stops neither its tokens nor what is inside (B29)', () => {
        marbles(({ cold, expectTokens, expectSubscriptions }) => {
          const tokens = cold('                           a-b-c-d|');
          const leaf = miniagent('leaf', () => Message.stream(tokens));
          const replies = miniagent('top', (ctx) => ctx.inquire(leaf)).inquire();
          expectTokens(replies.pipe(concatAll()), '^--!').toBe('a-b-');
          expectSubscriptions(tokens.subscriptions).toBe('^------!');
          expectTokens(replies.pipe(concatAll()), '10ms ^').toBe('10ms (abcd|)');
        });
      });

      it('cancel() stops it', () => {
        marbles(({ cold, expectTokens, expectSubscriptions }) => {
          const source = cold('                           a-b-c-d|');
          const replies = miniagent('agent', () => source).inquire();
          expectTokens(replies).toBe('                    a-b#', {}, new CancelledError('agent agent', 'enough'));
          expectSubscriptions(source.subscriptions).toBe('^--!');
          cold('                                          ---x').subscribe(() => replies.cancel('enough'));
        });
      });

      it('a signal stops it', () => {
        marbles(({ cold, expectTokens, expectSubscriptions }) => {
          const source = cold('                           a-b-c-d|');
          const controller = new AbortController();
          const replies = miniagent('agent', () => source).inquire('x', { signal: controller.signal });
          expectTokens(replies).toBe('                    a-b#', {}, new CancelledError('the inquiry', 'enough'));
          expectSubscriptions(source.subscriptions).toBe('^--!');
          cold('                                          ---x').subscribe(() => controller.abort('enough'));
        });
      });

      it('what it is asked is subscribed to once, however many read', () => {
        marbles(({ cold, expectTokens, expectSubscriptions }) => {
          const question = cold('           a-b|');
          const replies = pass.inquire(question);
          expectTokens(replies).toBe('      a-b|');
          expectTokens(replies, '-^').toBe('-ab|');
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

    it('runs without anybody reading, once, and not again for those who do (B24)', () => {
      marbles(({ cold, expectTokens, expectSubscriptions }) => {
        const source = cold('                           --a|');
        const replies = miniagent('agent', () => source).inquire();
        expectTokens(replies, '----^').toBe('           ----(a|)');
        expectTokens(replies, '-----^').toBe('          -----(a|)');
        expectSubscriptions(source.subscriptions).toBe('^--!');
      });
    });

    it('two inquiries are two runs, side by side in the order of the calls (B88)', () => {
      marbles(({ cold, expectTokens }) => {
        const agent = miniagent('agent', (_ctx, { n = '' }) => cold(`--(${n}|)`));
        const both = ['1', '2'].map((n) => agent.inquire(null, { n }).tokens$);
        expectTokens(merge(...both)).toBe('--(12|)');
      });
    });

    it('those that wait for a reader run one after the other when read in turn (B88)', () => {
      marbles(({ cold, expectTokens }) => {
        const agent = miniagent('agent', (_ctx, { n = '' }) => cold(`--(${n}|)`));
        const both = ['1', '2'].map((n) => agent.inquire(null, { n, startSoon: false }).tokens$);
        expectTokens(concat(...both)).toBe('--1-(2|)');
      });
    });

    it('what was asked while the caller was busy starts at its first turn, callers before callees (B89)', () => {
      const log: string[] = [];
      marbles(({ cold, expectTokens }) => {
        const agent = miniagent('agent', (_ctx, { n = '' }) => {
          log.push(`${n} starts`);
          return cold(`${n}----x|`);
        });
        const both = miniagent('both', (ctx) => {
          log.push('both starts');
          ctx.reply(['*', ...['1', '2'].map((n) => ctx.inquire(agent, null, { n }))]);
          log.push('both ends');
        });
        expectTokens(both.inquire()).toBe('(*1)-x(2x|)');
        log.push('asked');
      });
      expect(log).to.deep.equal(['asked', 'both starts', 'both ends', '1 starts', '2 starts']);
    });
  });

  describe('startSoon: false waits for somebody to look', () => {
    const here = inside({ startSoon: false });

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
      it(`${name} starts it, once (B24)`, () => {
        marbles(({ cold, expectTokens, expectSubscriptions }) => {
          const source = cold('--a|');
          const replies = miniagent('agent', () => source).inquire();
          script(
            3,
            () => look(replies),
            4,
            () => look(replies),
          ).subscribe();
          expectTokens(replies, '4ms ^').toBe('-----a|');
          expectSubscriptions(source.subscriptions).toBe('---^--!');
        });
      });
    }

    it('one that nobody reads never runs, and its MiniAgents ends without it (B90, B91)', async () => {
      marbles(({ cold, expectSubscriptions }) => {
        const [question, source] = [cold('a|'), cold('a|')];
        miniagent('agent', () => source).inquire(question);
        for (const { subscriptions } of [question, source]) expectSubscriptions(subscriptions).toBe([]);
      });
      await here.miniAgents.finalize();
    });

    it('the first pull runs it to its end, and what it asks starts as it says (B90)', () => {
      marbles(({ cold, expectMessages, expectSubscriptions }) => {
        const [said, eager, lazy] = [cold('a-b|'), cold('--|'), cold('--|')];
        const top = miniagent('top', (ctx) => {
          ctx.inquire(
            miniagent('eager', () => eager),
            null,
            { startSoon: true },
          );
          ctx.inquire(miniagent('lazy', () => lazy));
          return said;
        });
        expectMessages(top.inquire().pipe(take(1))).toBe('(a|)');
        expectSubscriptions(said.subscriptions).toBe('^--!');
        expectSubscriptions(eager.subscriptions).toBe('^-!');
        expectSubscriptions(lazy.subscriptions).toBe([]);
      });
    });

    it('the call wins over the fork, the fork over the MiniAgents', () => {
      marbles(({ cold, expectSubscriptions }) => {
        const source = cold('-|');
        const agent = miniagent('agent', () => source);
        const fork = agent.fork({ startSoon: true });
        const calls = [
          () => agent.inquire(),
          () => agent.inquire(null, { startSoon: true }),
          () => fork.inquire(),
          () => fork.inquire(null, { startSoon: false }),
        ];
        calls.forEach((call, index) => timer(index).subscribe(call));
        expectSubscriptions(source.subscriptions).toBe(['-^!', '--^!']);
      });
    });

    it('cancelled before somebody looked, it never runs', () => {
      marbles(({ cold, expectTokens, expectSubscriptions }) => {
        const source = cold('a|');
        const replies = miniagent('agent', () => source).inquire();
        replies.cancel();
        expectTokens(replies, '--^').toBe('--#', {}, new CancelledError('agent agent'));
        expectSubscriptions(source.subscriptions).toBe([]);
      });
    });

    it('does not change agent(x)', () => {
      marbles(({ cold, expectTokens, expectSubscriptions }) => {
        const source = cold('-a|');
        expectTokens(miniagent('agent', () => source)('x').pipe(concatAll())).toBe('-a|');
        expectSubscriptions(source.subscriptions).toBe('^-!');
      });
    });
  });
});
