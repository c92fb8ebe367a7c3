import { expect } from 'chai';
import { CancelledError, Message, MessageSequence, miniagent } from 'miniagents';
import type { MessagePromise } from 'miniagents';
import { asyncMarbles } from 'miniagents/testing';
import {
  concatAll,
  concatMap,
  delay,
  finalize,
  map,
  NEVER,
  Observable,
  of,
  ReplaySubject,
  Subject,
  switchMap,
  take,
  tap,
} from 'rxjs';
import type { ObservableInput } from 'rxjs';
import { forEachStart, inside, marbles, pass, turn } from './support.js';

const cancelled = (what: string, reason?: unknown) => new CancelledError(what, reason);

/** Sources that say something and then stall, each noting when it is let go. */
const stalled: Record<string, (letGo: () => void) => ObservableInput<string>> = {
  'an Observable': (letGo) =>
    new Observable<string>((subscriber) => {
      subscriber.next('a');
      return letGo;
    }),
  'an async iterable': (letGo) => {
    const results = [Promise.resolve({ done: false, value: 'a' })];
    const iterator = {
      next: () => results.pop() ?? new Promise<IteratorResult<string>>(() => {}),
      return: async () => (letGo(), { done: true as const, value: undefined }),
    };
    return { [Symbol.asyncIterator]: () => iterator as AsyncIterator<string> };
  },
  'a web stream': (letGo) =>
    new ReadableStream<string>({ start: (controller) => controller.enqueue('a'), cancel: () => letGo() }),
};

describe('law 6: nothing is left listening', () => {
  it('to a sequence that was sent to agents which have ended, or were cancelled', async () => {
    const room = MessageSequence.from(new Subject<string>());
    const done = miniagent('done', () => 'a');
    const patient = miniagent('patient', (ctx) => {
      ctx.replyOutOfOrder(room);
      return NEVER;
    });
    await Promise.all([1, 2, 3].map(() => done.inquire(['hello', room], { startSoon: true }).resolve()));
    expect(room.log.readers?.size ?? 0).to.equal(0);
    const waiting = [1, 2, 3].map(() => patient.inquire([room, NEVER], { startSoon: true }));
    await turn();
    expect(room.log.readers?.size).to.equal(6);
    for (const replies of waiting) replies.cancel();
    expect(room.log.readers?.size).to.equal(0);
  });

  forEachStart((here) => {
    for (const [name, open] of Object.entries(stalled)) {
      describe(`${name} that has stalled is let go`, () => {
        let letGo: Subject<string>;
        let source: ObservableInput<string>;
        beforeEach(() => {
          letGo = new Subject();
          source = open(() => letGo.next('x'));
        });
        const agent = miniagent('agent', () => source);
        const places: Record<string, () => MessageSequence> = {
          'where an agent returned it': () => agent.inquire(),
          'where an agent replied with it': () => miniagent('agent', (ctx) => (ctx.reply(source), NEVER)).inquire(),
          'out of order': () => miniagent('agent', (ctx) => ctx.replyOutOfOrder([[source]])).inquire(),
          'as tokens': () => miniagent('agent', () => Message.stream(source)).inquire(),
          'as tokens of a message that nobody sends': () =>
            miniagent('agent', () => (Message.stream(source), NEVER)).inquire(),
          'in what was asked': () => miniagent('agent', (ctx) => ctx.messages).inquire([source, NEVER]),
          'in what an agent inside was asked': () => miniagent('agent', (ctx) => ctx.inquire(pass, source)).inquire(),
          'in a sequence that an agent made': () => miniagent('agent', () => MessageSequence.from([source])).inquire(),
          'in a sequence': () => MessageSequence.from([source]),
        };
        for (const [place, make] of Object.entries(places)) {
          it(place, () =>
            asyncMarbles(({ cold, expectObservable }) => {
              const replies = make();
              cold('--x').subscribe(() => replies.cancel('enough'));
              const what = place === 'in a sequence' ? 'the sequence' : 'agent agent';
              expectObservable(replies.whole$).toBe('--#', {}, cancelled(what, 'enough'));
              expectObservable(letGo).toBe('--x');
            }),
          );
        }

        it('when its message is cancelled', () =>
          asyncMarbles(({ cold, expectTokens, expectObservable }) => {
            const message = Message.stream(source);
            cold('--x').subscribe(() => message.cancel());
            expectTokens(message).toBe('a-#', {}, cancelled('the message'));
            expectObservable(letGo).toBe('--x');
          }));

        it('when the subscriber of agent(x) leaves', () =>
          asyncMarbles(({ expectTokens, expectObservable }) => {
            const replies = miniagent('agent', () => [Message.stream(source), NEVER])('x');
            expectTokens(replies.pipe(concatAll()), '^-!').toBe('a');
            expectObservable(letGo).toBe('--x');
          }));

        it('when its MiniAgents is cancelled', () =>
          asyncMarbles(({ cold, expectTokens, expectObservable }) => {
            const replies = agent.inquire(null, { startSoon: true });
            cold('--x').subscribe(() => here.miniAgents.cancel());
            expectTokens(replies).toBe('a-#', {}, cancelled('the MiniAgents'));
            expectObservable(letGo).toBe('--x');
          }));
      });
    }

    describe('the code of an agent is told', () => {
      it('a generator is ended at its yield', () => {
        marbles(({ expectTokens, expectObservable }) => {
          const log = new ReplaySubject<string>(1);
          const agent = miniagent('agent', function* () {
            try {
              yield 'a';
              replies.cancel();
              yield 'b';
              log.next('never');
            } finally {
              log.next('finally');
            }
          });
          const replies = agent.inquire();
          expectTokens(replies).toBe('(a#)', {}, cancelled('agent agent'));
          expectObservable(log).toBe('f', { f: 'finally' });
        });
      });

      it('an async generator that listens to the signal ends', () =>
        asyncMarbles(({ cold, expectTokens, expectObservable }) => {
          const log = new Subject<string>();
          const agent = miniagent('agent', async function* (ctx) {
            try {
              yield 'a';
              await new Promise((_resolve, reject) => (ctx.signal.onabort = reject));
            } finally {
              log.next('finally');
            }
          });
          const replies = agent.inquire(null, { startSoon: true });
          cold('--x').subscribe(() => replies.cancel());
          expectTokens(replies).toBe('a-#', {}, cancelled('agent agent'));
          expectObservable(log).toBe('--f', { f: 'finally' });
        }));

      it('a loop over what an agent inside says ends', () =>
        asyncMarbles(({ agent, cold, expectObservable }) => {
          const log = new Subject<string>();
          const leaf = agent('leaf', '-a');
          const loop = miniagent('loop', async (ctx) => {
            try {
              for await (const message of ctx.inquire(leaf)) log.next(String(await message.resolve()));
            } catch (error) {
              log.next((error as Error).name);
            }
          });
          const replies = loop.inquire(null, { startSoon: true });
          cold('--x').subscribe(() => replies.cancel());
          expectObservable(log).toBe('-ac', { c: 'CancelledError' });
        }));
    });

    it('a teardown that throws keeps nothing else from being let go', async () => {
      marbles(({ cold, expectTokens, expectSubscriptions }) => {
        const source = cold('-');
        const throwing = source.pipe(
          finalize(() => {
            throw new Error('in teardown');
          }),
        );
        const leaf = miniagent('leaf', () => source);
        const agent = miniagent('agent', (ctx) => {
          ctx.reply([throwing, source, Message.stream(throwing), Message.stream(source)]);
          ctx.inquire(leaf, null, { startSoon: true });
          return throwing;
        });
        const replies = agent.inquire(null, { startSoon: true });
        cold('--x').subscribe(() => expect(() => replies.cancel()).not.to.throw());
        expectTokens(replies).toBe('--#', {}, cancelled('agent agent'));
        expectSubscriptions(source.subscriptions).toBe(Array<string>(6).fill('^-!'));
      });
      await here.end();
      const reported = here.takeReported();
      expect(reported.filter((error) => String(error).endsWith('in teardown'))).to.have.length(3);
      expect(reported).to.have.length(3);
    });

    it('what an agent was asked is let go when the agent is over', () => {
      marbles(({ cold, expectTokens, expectSubscriptions }) => {
        const input = cold('-a|');
        expectTokens(miniagent('agent', () => 'b').inquire(input)).toBe('(b|)');
        expectSubscriptions(input.subscriptions).toBe('(^!)');
      });
    });

    it('a message that was made in an agent is let go with it, wherever it was sent', () => {
      marbles(({ cold, expectTokens, expectSubscriptions }) => {
        const tokens = cold('-a-b|');
        const elsewhere = new ReplaySubject<MessagePromise>(1);
        const agent = miniagent('agent', () => (elsewhere.next(Message.stream(tokens)), NEVER));
        const replies = agent.inquire(null, { startSoon: true });
        cold('--x').subscribe(() => replies.cancel());
        expectTokens(elsewhere.pipe(concatAll())).toBe('-a#', {}, cancelled('agent agent'));
        expectSubscriptions(tokens.subscriptions).toBe('^-!');
      });
    });

    it('a message that is cancelled is cancelled alone', () => {
      marbles(({ expectMessages }) => {
        const replies = miniagent('agent', () => [Message.stream(NEVER), 'b', NEVER]).inquire();
        replies.pipe(take(1), delay(2)).subscribe((message) => message.cancel('only this one'));
        expectMessages(replies).toBe('(mb)', { m: cancelled('the message', 'only this one') });
      });
    });

    it('cancelling a view of a sequence cancels the sequence', () => {
      marbles(({ agent, cold, expectTokens }) => {
        const replies = agent('agent', '-a-b|').inquire();
        cold('--x').subscribe(() => replies.errorsAsMessages().cancel('enough'));
        expectTokens(replies).toBe('-a#', {}, cancelled('agent agent', 'enough'));
      });
    });
  });

  describe('after an unsubscribe of agent(x)', () => {
    inside();

    it('whoever still reads one of its messages sees the tokens end there, and its whole fails', () => {
      marbles(({ cold, expectTokens, expectObservable, expectSubscriptions }) => {
        const tokens = cold('-a-b-c|');
        const leaf = miniagent('leaf', () => Message.stream(tokens));
        const top = miniagent('top', (ctx) => ctx.inquire(leaf));
        const kept = new ReplaySubject<MessagePromise>(1);
        const message$ = kept.pipe(take(1));
        expectTokens(of('x').pipe(top, tap(kept), concatAll()), '^---!').toBe('-a-b');
        expectTokens(message$.pipe(concatAll())).toBe('-a-b|');
        const snapshots$ = message$.pipe(concatMap((message) => message.snapshots$));
        expectObservable(snapshots$.pipe(map(String))).toBe('0a-b|', { 0: '', b: 'ab' });
        const whole$ = message$.pipe(concatMap((message) => message.whole$));
        expectObservable(whole$).toBe('----#', {}, cancelled('agent top', 'its subscriber left'));
        expectSubscriptions(tokens.subscriptions).toBe('^---!');
      });
    });

    it('q$.pipe(switchMap(agent), concatAll()) survives a new question', () => {
      marbles(({ hot, cold, expectTokens, expectSubscriptions }) => {
        const questions = hot('                          -x---y--------z|');
        const tokens = cold('                            a-b-c-d|');
        const leaf = miniagent('leaf', () => Message.stream(tokens));
        const agent = miniagent('agent', (ctx) => ctx.inquire(leaf));
        const expected = '              -a-b-a-b-c-d--a-b-c-d|';
        expectTokens(questions.pipe(switchMap(agent), concatAll())).toBe(expected);
        expectSubscriptions(tokens.subscriptions).toBe(['-^---!', '-----^------!', '--------------^------!']);
      });
    });

    it('take(1) is an unsubscribe: what the message still owes is cut off', () => {
      marbles(({ cold, expectTokens, expectSubscriptions }) => {
        const tokens = cold('                           a-b|');
        const agent = miniagent('agent', () => Message.stream(tokens));
        expectTokens(of('x').pipe(agent, take(1), concatAll())).toBe('|');
        expectSubscriptions(tokens.subscriptions).toBe('(^!)');
      });
    });

    it('the messages of an inquiry inside are cut off as quietly', () => {
      marbles(({ cold, expectTokens, expectObservable, expectSubscriptions }) => {
        const tokens = cold('a-b-c-d|');
        const leaf = miniagent('leaf', () => Message.stream(tokens));
        const kept = new ReplaySubject<MessagePromise>(1);
        const agent = miniagent('agent', (ctx) => ctx.inquire(leaf).pipe(tap(kept)));
        expectTokens(agent('x').pipe(concatAll()), '---!').toBe('a-b-');
        expectTokens(kept.pipe(take(1), concatAll()), '-----^').toBe('-----(ab|)');
        expectObservable(
          kept.pipe(
            take(1),
            concatMap((message) => message.whole$),
          ),
          '-----^',
        ).toBe('-----#', {}, cancelled('agent agent', 'its subscriber left'));
        expectSubscriptions(tokens.subscriptions).toBe('^--!');
      });
    });
  });
});
