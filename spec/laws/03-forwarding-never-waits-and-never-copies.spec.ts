import { expect } from 'chai';
import { List } from 'immutable';
import { Message, MessagePromise, MessageSequence, miniagent, StreamedPromise } from 'miniagents';
import type { AgentFunction, InteractionContext, MessageType } from 'miniagents';
import { asyncMarbles } from 'miniagents/testing';
import { map, Observable, of, take, zip } from 'rxjs';
import { forEachStart, inside, marbles, pass, turn } from './support.js';

class Forwarder {
  constructor(private readonly ctx: InteractionContext) {}

  run(): MessageType {
    return this.ctx.messages;
  }
}

class YieldingForwarder extends Forwarder {
  override async *run() {
    yield super.run() as string;
  }
}

const ways: Record<string, AgentFunction<object>> = {
  reply: (ctx) => ctx.reply(ctx.messages),
  replyOutOfOrder: (ctx) => ctx.replyOutOfOrder(ctx.messages),
  return: (ctx) => ctx.messages,
  'return of an array': (ctx) => [[ctx.messages]],
  'return of an async function': async (ctx) => ctx.messages,
  'return of an async function, later': async (ctx) => {
    await turn();
    return [ctx.messages];
  },
  yield: function* (ctx) {
    yield ctx.messages;
  },
  'return of a generator': function* (ctx) {
    return ctx.messages;
  },
  'yield of an async generator': async function* (ctx) {
    yield ctx.messages;
  },
  'return of an async generator': async function* (ctx) {
    return ctx.messages;
  },
  'yield* of an async generator': async function* (ctx) {
    yield* ctx.messages;
  },
  'a loop over the messages': async function* (ctx) {
    for await (const message of ctx.messages) yield message;
  },
  'an operator': (ctx) => ctx.messages.pipe(map((message) => message)),
  'a promise': (ctx) => Promise.resolve(ctx.messages),
  'a promise in waitFor': (ctx) =>
    ctx.waitFor(
      turn().then(() => {
        ctx.reply(ctx.messages);
      }),
    ),
  'another agent': (ctx) => ctx.inquire(pass, ctx.messages),
  'another agent as an operator': (ctx) => ctx.messages.pipe(pass),
  'another agent by its Observable': (ctx) => pass(ctx.messages),
  'a sequence of its own': (ctx) => MessageSequence.from([ctx.messages]),
};

describe('law 3: forwarding never waits and never copies', () => {
  forEachStart(() => {
    describe('a promise passed on is the same object at the other end, there before it is whole', () => {
      for (const [name, forward] of Object.entries(ways)) {
        it(`by ${name}`, () =>
          asyncMarbles(({ tokens, expectMessages, expectObservable }) => {
            const [promise, done] = [tokens('---a|'), Message.stream(of('done'))];
            const agent = miniagent('agent', forward);
            const replies = agent.inquire([promise, [done]]).pipe(take(2));
            expectObservable(replies).toBe('(pd|)', { p: promise, d: done });
            expectMessages(replies).toBe('(ad|)', { d: 'done' });
          }));
      }

      for (const [name, type] of Object.entries({
        'a class': Forwarder,
        'a class with a generator': YieldingForwarder,
      })) {
        it(`by ${name}`, () =>
          asyncMarbles(({ tokens, expectObservable }) => {
            const promise = tokens('---a|');
            expectObservable(miniagent('agent', type).inquire(promise)).toBe('(p|)', { p: promise });
          }));
      }

      it('in lists, collections, promises and Observables, nested', () =>
        asyncMarbles(({ tokens, expectObservable }) => {
          const promise = tokens('---a|');
          const sent = [List([promise]), [[promise]], new Set([promise]), Promise.resolve([promise]), of(promise)];
          expectObservable(pass.inquire(sent)).toBe('(ppppp|)', { p: promise });
        }));

      it('through ten agents of every kind', () =>
        asyncMarbles(({ tokens, expectObservable }) => {
          const promise = tokens('---a|');
          const agents = Object.entries(ways).map(([name, forward]) => miniagent(name, forward));
          const replies = agents.reduce<MessageType>((messages, agent) => agent.inquire(messages), promise);
          expectObservable(replies as MessageSequence).toBe('p---|', { p: promise });
        }));

      it('by agents in a pipe', () =>
        asyncMarbles(({ tokens, expectObservable }) => {
          const promise = tokens('---a|');
          const agents = Object.entries(ways).map(([name, forward]) => miniagent(name, forward));
          const piped = agents.reduce<Observable<MessageType>>((messages, agent) => messages.pipe(agent), of(promise));
          expectObservable(piped).toBe('p---|', { p: promise });
        }));

      it('and so is a promise that has failed, where errors are errors', () => {
        marbles(({ tokens, expectTokens, expectObservable }) => {
          const failing = tokens('a#', {}, {}, new RangeError('boom'));
          const replies = pass.inquire(pass.inquire(failing));
          expectObservable(replies).toBe('(p|)', { p: failing });
          expectObservable(replies, '--^').toBe('--(p|)', { p: failing });
          expectTokens(failing).toBe('a#', {}, new RangeError('boom'));
        });
      });

      it('and so is a promise seen through errorsAsMessages() that has no error', () => {
        marbles(({ expectObservable }) => {
          const promise = Message.stream(of('a'));
          expectObservable(pass.inquire(promise).errorsAsMessages()).toBe('(p|)', { p: promise });
        });
      });

      it("and so are an agent's own messages, read twice", () => {
        marbles(({ expectObservable }) => {
          const replies = miniagent('agent', () => ['text', new Message({ text: 'message' })]).inquire();
          const same = zip(replies, pass.inquire(replies)).pipe(map(([one, other]) => one === other));
          expectObservable(same).toBe('(tt|)', { t: true });
        });
      });

      it('the Message that was sent is the whole that arrives', async () => {
        const message = new Message({ text: 'message', data: { n: [1] } });
        const whole = await pass.inquire(pass.inquire([message])).resolve();
        expect(whole.get(0) === message).to.be.true;
      });
    });

    it('nothing waits for a message to be whole: agents start, run and end before its first token', () => {
      marbles(({ cold, expectTokens, expectMessages }) => {
        const log: string[] = [];
        const promise = Message.stream(cold('---a|'));
        const agent = miniagent('agent', function* (ctx) {
          log.push(`${ctx.id} starts`);
          yield ctx.messages;
          log.push(`${ctx.id} ends`);
        });
        const replies = agent.inquire(agent.inquire(promise));
        expectMessages(replies).toBe('(a|)');
        expectTokens(replies).toBe('---a|');
        cold('-x').subscribe(() => expect(log).to.have.length(4));
      });
    });
  });

  describe('a StreamedPromise has no `then`', () => {
    inside();
    const message = () => Message.stream(of('a', 'b'));
    const sequence = () => MessageSequence.from(['a']);

    it('and is an Observable', () => {
      for (const promise of [message(), sequence(), pass.inquire('a')]) {
        expect('then' in promise).to.be.false;
        expect(promise).to.be.instanceOf(StreamedPromise).and.instanceOf(Observable);
      }
      expect(message()).to.be.instanceOf(MessagePromise).and.not.instanceOf(MessageSequence);
      expect(sequence()).to.be.instanceOf(MessageSequence).and.not.instanceOf(MessagePromise);
    });

    it('so that `await`, `return` and `yield` leave it as it is', async () => {
      for (const promise of [message(), sequence(), pass.inquire('a')]) {
        const awaited: unknown = await (promise as unknown);
        const returned: unknown = await (async () => promise)();
        const yielded: unknown = (
          await (async function* () {
            yield promise;
          })().next()
        ).value;
        expect([awaited, returned, yielded].every((each) => each === promise)).to.be.true;
      }
    });

    it('an async generator yields it before its first token', () =>
      asyncMarbles(({ tokens, expectTokens, expectMessages }) => {
        const leaf = miniagent('leaf', () => tokens('---a|'));
        const generator = miniagent('generator', async function* (ctx) {
          yield ctx.inquire(leaf);
        });
        const replies = generator.inquire();
        expectMessages(replies).toBe('(a|)');
        expectTokens(replies).toBe('---a|');
      }));
  });
});
