import { expect } from 'chai';
import { List } from 'immutable';
import { Message, MessagePromise, MessageSequence, miniagent, StreamedPromise } from 'miniagents';
import type { AgentFunction, InteractionContext, MessageType } from 'miniagents';
import { firstValueFrom, lastValueFrom, map, Observable, of, Subject, take, toArray } from 'rxjs';
import { forEachStart, inside, marbles, pass, turn } from './support.js';

/** The promises that a sequence is made of, whole or not. */
const promisesOf = (sequence: Observable<MessagePromise>): Promise<MessagePromise[]> =>
  lastValueFrom(sequence.pipe(toArray()));

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
        it(`by ${name}`, async () => {
          const tokens = new Subject<string>();
          const [promise, done] = [Message.stream(tokens), Message.stream(of('done'))];
          const agent = miniagent('agent', forward);
          const [first, second] = await promisesOf(agent.inquire([promise, [done]]).pipe(take(2)));
          expect(first === promise && second === done, 'the same objects').to.be.true;
          expect(tokens.observed, 'and its tokens are still to come').to.be.true;
          tokens.complete();
        });
      }

      for (const [name, type] of Object.entries({
        'a class': Forwarder,
        'a class with a generator': YieldingForwarder,
      })) {
        it(`by ${name}`, async () => {
          const promise = Message.stream(of('a'));
          const agent = miniagent('agent', type);
          expect((await promisesOf(agent.inquire(promise)))[0] === promise).to.be.true;
        });
      }

      it('in lists, collections, promises and Observables, nested', async () => {
        const promise = Message.stream(of('a'));
        const sent = [List([promise]), [[promise]], new Set([promise]), Promise.resolve([promise]), of(promise)];
        const promises = await promisesOf(pass.inquire(sent));
        expect(promises).to.have.length(5);
        expect(promises.every((each) => each === promise)).to.be.true;
      });

      it('through ten agents of every kind', async () => {
        const promise = Message.stream(of('a'));
        let replies: MessageType = promise;
        for (const [name, forward] of Object.entries(ways)) replies = miniagent(name, forward).inquire(replies);
        const promises = await promisesOf(replies as MessageSequence);
        expect(promises).to.have.length(1);
        expect(promises[0] === promise).to.be.true;
      });

      it('by agents in a pipe', async () => {
        const promise = Message.stream(of('a'));
        const agents = Object.entries(ways).map(([name, forward]) => miniagent(name, forward));
        const piped = agents.reduce<Observable<MessageType>>((messages, agent) => messages.pipe(agent), of(promise));
        expect((await promisesOf(piped as Observable<MessagePromise>))[0] === promise).to.be.true;
      });

      it('and so is a promise that has failed, where errors are errors', async () => {
        const failing = Message.stream(
          new Observable<string>((subscriber) => {
            subscriber.next('a');
            subscriber.error(new RangeError('boom'));
          }),
        );
        const [promise] = await promisesOf(pass.inquire(pass.inquire(failing)));
        expect(promise === failing).to.be.true;
        failing.subscribe({ error: () => {} });
      });

      it('and so is a promise seen through errorsAsMessages() that has no error', async () => {
        const promise = Message.stream(of('a'));
        const [seen] = await promisesOf(pass.inquire(promise).errorsAsMessages());
        expect(seen === promise).to.be.true;
      });

      it("and so are an agent's own messages, read twice", async () => {
        const replies = miniagent('agent', () => ['text', new Message({ text: 'message' })]).inquire();
        const [one, other] = [await promisesOf(replies), await promisesOf(pass.inquire(replies))];
        expect(one.length === 2 && one.every((promise, index) => promise === other[index])).to.be.true;
      });

      it('the Message that was sent is the whole that arrives', async () => {
        const message = new Message({ text: 'message', data: { n: [1] } });
        const whole = await pass.inquire(pass.inquire([message])).resolve();
        expect(whole.get(0) === message).to.be.true;
      });
    });

    it('nothing waits for a message to be whole: agents start, run and end before its first token', () => {
      marbles(({ cold, expectObservable }) => {
        const log: string[] = [];
        const promise = Message.stream(cold('---a|'));
        const agent = miniagent('agent', function* (ctx) {
          log.push(`${ctx.id} starts`);
          yield ctx.messages;
          log.push(`${ctx.id} ends`);
        });
        const replies = agent.inquire(agent.inquire(promise));
        expectObservable(replies.pipe(map(() => 'm'))).toBe('(m|)');
        expectObservable(replies.tokens$).toBe('---a|');
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

    it('an async generator yields it before its first token', async () => {
      const tokens = new Subject<string>();
      const leaf = miniagent('leaf', () => Message.stream(tokens));
      const agent = miniagent('agent', async function* (ctx) {
        yield ctx.inquire(leaf);
      });
      const promise = await firstValueFrom(agent.inquire());
      const seen: string[] = [];
      promise.subscribe((token) => seen.push(token));
      tokens.next('one');
      expect(seen).to.deep.equal(['one']);
      tokens.complete();
    });
  });
});
