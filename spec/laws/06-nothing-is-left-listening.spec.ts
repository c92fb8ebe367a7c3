import { expect } from 'chai';
import { CancelledError, Message, MessageSequence, miniagent } from 'miniagents';
import type { MessagePromise, MessageType } from 'miniagents';
import { concatAll, firstValueFrom, map, NEVER, Observable, of, Subject, switchMap, take, tap } from 'rxjs';
import type { ObservableInput } from 'rxjs';
import { forEachStart, inside, marbles, pass, rejection, texts, turn } from './support.js';

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
  forEachStart((here) => {
    for (const [name, open] of Object.entries(stalled)) {
      describe(`${name} that has stalled is let go`, () => {
        let letGo: number;
        let source: ObservableInput<string>;
        beforeEach(() => {
          letGo = 0;
          source = open(() => letGo++);
        });
        const places: Record<string, () => MessageSequence> = {
          'where an agent returned it': () => miniagent('agent', () => source).inquire(),
          'where an agent replied with it': () => miniagent('agent', (ctx) => (ctx.reply(source), NEVER)).inquire(),
          'out of order': () => miniagent('agent', (ctx) => ctx.replyOutOfOrder([[source]])).inquire(),
          'as tokens': () => miniagent('agent', () => Message.stream(source)).inquire(),
          'as tokens of a message that nobody sends': () =>
            miniagent('agent', () => (Message.stream(source), NEVER)).inquire(),
          'in what was asked': () => pass.inquire([source, NEVER]),
          'in what an agent inside was asked': () => miniagent('agent', (ctx) => ctx.inquire(pass, source)).inquire(),
          'in a sequence that an agent made': () => miniagent('agent', () => MessageSequence.from([source])).inquire(),
          'in a sequence': () => MessageSequence.from([source]),
        };
        for (const [place, make] of Object.entries(places)) {
          it(place, async () => {
            const replies = make();
            replies.subscribe({ error: () => {} });
            await turn();
            expect(letGo).to.equal(0);
            replies.cancel();
            await turn();
            expect(letGo).to.equal(1);
            expect(await rejection(replies.resolve())).to.be.instanceOf(CancelledError);
          });
        }

        it('when its message is cancelled', async () => {
          const message = Message.stream(source);
          await turn();
          message.cancel();
          expect(await rejection(message.resolve())).to.be.instanceOf(CancelledError);
          await turn();
          expect(letGo).to.equal(1);
        });

        it('when the subscriber of agent(x) leaves', async () => {
          const left = miniagent('agent', () => [Message.stream(source), NEVER])('x').subscribe();
          await turn();
          expect(letGo).to.equal(0);
          left.unsubscribe();
          await turn();
          expect(letGo).to.equal(1);
        });

        it('when its MiniAgents is cancelled', async () => {
          const replies = miniagent('agent', () => source).inquire(null, { startSoon: true });
          await turn();
          here.miniAgents.cancel();
          await turn();
          expect(letGo).to.equal(1);
          expect(await rejection(replies.resolve())).to.be.instanceOf(CancelledError);
        });
      });
    }

    describe('the code of an agent is told', () => {
      it('a generator is ended at its yield', async () => {
        const log: string[] = [];
        const agent = miniagent('agent', function* () {
          try {
            yield 'a';
            replies.cancel();
            yield 'b';
            log.push('never');
          } finally {
            log.push('finally');
          }
        });
        const replies = agent.inquire();
        await rejection(replies.resolve());
        expect(log).to.deep.equal(['finally']);
      });

      it('an async generator that listens to the signal ends', async () => {
        const log: string[] = [];
        const agent = miniagent('agent', async function* (ctx) {
          try {
            yield 'a';
            await new Promise((_resolve, reject) => (ctx.signal.onabort = reject));
          } finally {
            log.push('finally');
          }
        });
        const replies = agent.inquire(null, { startSoon: true });
        await turn();
        replies.cancel();
        await turn();
        expect(log).to.deep.equal(['finally']);
      });

      it('a loop over what an agent inside says ends', async () => {
        const log: string[] = [];
        const leaf = miniagent('leaf', () => ['a', NEVER]);
        const agent = miniagent('agent', async (ctx) => {
          try {
            for await (const message of ctx.inquire(leaf)) log.push(String(await message.resolve()));
          } catch (error) {
            log.push((error as Error).name);
          }
        });
        const replies = agent.inquire(null, { startSoon: true });
        await turn();
        replies.cancel();
        await turn();
        expect(log).to.deep.equal(['a', 'CancelledError']);
      });
    });

    it('a teardown that throws keeps nothing else from being let go', async () => {
      let letGo = 0;
      const source = (throws: boolean) =>
        new Observable<string>(() => () => {
          letGo++;
          if (throws) throw new Error('in teardown');
        });
      const agent = miniagent('agent', (ctx) => {
        ctx.reply([source(true), source(false), Message.stream(source(true)), Message.stream(source(false))]);
        ctx.inquire(
          miniagent('leaf', () => source(false)),
          null,
          { startSoon: true },
        );
        return source(true);
      });
      const replies = agent.inquire(null, { startSoon: true });
      await turn();
      expect(() => replies.cancel()).not.to.throw();
      await turn();
      expect(letGo).to.equal(6);
      expect(await rejection(replies.resolve())).to.be.instanceOf(CancelledError);
      await here.end();
      here.takeReported();
    });

    it('what an agent was asked is let go when the agent is over', async () => {
      const input = new Subject<string>();
      const replies = miniagent('agent', () => 'done').inquire(input);
      expect(await texts(replies)).to.deep.equal(['done']);
      await turn();
      expect(input.observed).to.be.false;
    });

    it('a message that was made in an agent is let go with it, wherever it was sent', async () => {
      const tokens = new Subject<string>();
      const elsewhere = new Subject<MessageType>();
      const agent = miniagent('agent', () => {
        elsewhere.next(Message.stream(tokens));
        return NEVER;
      });
      const sent = firstValueFrom(elsewhere);
      const replies = agent.inquire(null, { startSoon: true });
      const message = (await sent) as MessagePromise;
      replies.cancel();
      expect(tokens.observed).to.be.false;
      expect(await rejection(message.resolve())).to.be.instanceOf(CancelledError);
    });

    it('a message that is cancelled is cancelled alone', async () => {
      const replies = miniagent('agent', () => [Message.stream(NEVER), 'b', NEVER]).inquire();
      const message = await firstValueFrom(replies);
      message.cancel('only this one');
      expect(await rejection(message.resolve())).to.have.property('cause', 'only this one');
      const seen: string[] = [];
      const subscription = replies.subscribe((each) => seen.push(each.draft.text));
      expect(seen).to.deep.equal(['', 'b']);
      expect(subscription.closed).to.be.false;
      subscription.unsubscribe();
    });

    it('cancelling a view of a sequence cancels the sequence', async () => {
      const replies = miniagent('agent', () => NEVER).inquire();
      const resolved = replies.resolve();
      replies.errorsAsMessages().cancel('enough');
      expect(await rejection(resolved)).to.have.property('cause', 'enough');
    });
  });

  describe('after an unsubscribe of agent(x)', () => {
    inside();

    it('whoever still reads one of its messages sees the tokens end there, and its whole fails', () => {
      const ends: string[] = [];
      marbles(({ cold, expectObservable, expectSubscriptions }) => {
        const tokens = cold('           a-b-c-d|');
        const leaf = miniagent('leaf', () => Message.stream(tokens));
        const top = miniagent('top', (ctx) => ctx.inquire(leaf));
        const kept = new Subject<MessagePromise>();
        const watch = (message: MessagePromise) => {
          for (const [name, each] of Object.entries({
            tokens: message,
            whole: message.whole$,
            snaps: message.snapshots$,
          }))
            (each as Observable<unknown>).subscribe({
              error: (error: Error) => ends.push(`${name}: ${error.name}`),
              complete: () => ends.push(name),
            });
          kept.next(message);
        };
        expectObservable(kept.pipe(concatAll())).toBe('a-b----'.trimEnd());
        expectObservable(of('x').pipe(top, tap(watch), concatAll()), '---!').toBe('a-b-');
        expectSubscriptions(tokens.subscriptions).toBe('^--!');
      });
      expect(ends.sort()).to.deep.equal(['snaps', 'tokens', 'whole: CancelledError']);
    });

    it('q$.pipe(switchMap(agent), concatAll()) survives a new question', () => {
      marbles(({ hot, cold, expectObservable, expectSubscriptions }) => {
        const questions = hot('         -x---y--------z|');
        const tokens = cold('           a-b-c-d|');
        const leaf = miniagent('leaf', () => Message.stream(tokens));
        const agent = miniagent('agent', (ctx) => ctx.inquire(leaf));
        const expected = '              -a-b-a-b-c-d--a-b-c-d|';
        expectObservable(questions.pipe(switchMap(agent), concatAll())).toBe(expected);
        expectSubscriptions(tokens.subscriptions).toBe(['-^---!', '-----^------!', '--------------^------!']);
      });
    });

    it('take(1) is an unsubscribe: what the message still owes is cut off', () => {
      marbles(({ cold, expectObservable, expectSubscriptions }) => {
        const tokens = cold('           a-b|');
        const agent = miniagent('agent', () => Message.stream(tokens));
        expectObservable(of('x').pipe(agent, take(1), concatAll())).toBe('|');
        expectSubscriptions(tokens.subscriptions).toBe('(^!)');
      });
    });

    it('the messages of an inquiry inside are cut off as quietly', async () => {
      const tokens = new Subject<string>();
      const leaf = miniagent('leaf', () => Message.stream(tokens));
      const messages: MessagePromise[] = [];
      const agent = miniagent('agent', (ctx) => {
        const replies = ctx.inquire(leaf);
        replies.subscribe((message) => messages.push(message));
        return replies.pipe(map((message) => message));
      });
      const left = agent('x').subscribe();
      await turn();
      tokens.next('a');
      left.unsubscribe();
      const [message] = messages;
      const seen: string[] = [];
      message?.subscribe({ next: (token) => seen.push(token), complete: () => seen.push('end') });
      expect(seen).to.deep.equal(['a', 'end']);
      expect(await rejection(message?.resolve() as Promise<unknown>)).to.be.instanceOf(CancelledError);
    });
  });
});
