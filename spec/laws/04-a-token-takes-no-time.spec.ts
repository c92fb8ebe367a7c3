import { expect } from 'chai';
import { Message, miniagent } from 'miniagents';
import type { MessageSequence, MessageType, MiniAgent } from 'miniagents';
import { concatAll, concatMap, distinctUntilChanged, map, mergeAll, Observable, of, Subject, switchAll } from 'rxjs';
import { forEachStart, inside, marbles, pass, turn } from './support.js';

/** Agents that forward what they are asked, each in its own way, none of them asynchronously. */
const forwarders = [
  pass,
  miniagent('by reply', (ctx) => ctx.reply(ctx.messages)),
  miniagent('by list', (ctx) => [[ctx.messages], null]),
  miniagent('by generator', function* (ctx) {
    yield ctx.messages;
  }),
  miniagent('by operator', (ctx) => ctx.messages.pipe(map((message) => [message]))),
  miniagent('by asking', (ctx) => ctx.inquire(pass, ctx.messages)),
  miniagent('out of order', (ctx) => ctx.replyOutOfOrder(ctx.messages)),
];

const through = (levels: number, messages: MessageType): MessageSequence => {
  let replies = pass.inquire(messages);
  for (let level = 1; level < levels; level++) {
    replies = (forwarders[level % forwarders.length] as MiniAgent).inquire(replies);
  }
  return replies;
};

describe('law 4: a token takes no time', () => {
  forEachStart(() => {
    const shapes = ['-', '|', '---|', 'a|', '-a--b-c|', '(abc|)', '-a-#', '-a-(bc)-d|'];
    for (const marble of shapes) {
      it(`tokens ${marble} pass twenty agents in the frames in which they come`, () => {
        marbles(({ cold, expectTokens }) => {
          const leaf = miniagent('leaf', () => Message.stream(cold(marble)));
          const replies = through(20, leaf.inquire());
          expectTokens(replies).toBe(marble);
          expectTokens(replies.pipe(concatAll())).toBe(marble);
          expectTokens(replies.pipe(mergeAll())).toBe(marble);
          expectTokens(replies.pipe(switchAll())).toBe(marble);
        });
      });
    }

    it('agents in a pipe', () => {
      marbles(({ cold, expectTokens, expectSubscriptions }) => {
        const tokens = cold('                           -a--b-c|');
        let piped: Observable<MessageType> = of('x').pipe(miniagent('leaf', () => Message.stream(tokens)));
        for (const forwarder of [...forwarders, ...forwarders]) piped = piped.pipe(forwarder);
        expectTokens(piped.pipe(concatMap((message) => message as Observable<string>))).toBe('-a--b-c|');
        expectSubscriptions(tokens.subscriptions).toBe('^------!');
      });
    });

    it('whole$, snapshots$ and text are there in the frame of the last token', () => {
      marbles(({ cold, expectObservable }) => {
        const replies = through(20, Message.stream(cold('-a--b-|')));
        const texts = map((list: { join(): string }) => list.join());
        const [whole, growing] = ['               ------(w|)', 'ea--w-|'];
        expectObservable(replies.whole$.pipe(texts)).toBe(whole, { w: 'ab' });
        const snapshots$ = replies.snapshots$.pipe(texts, distinctUntilChanged());
        expectObservable(snapshots$).toBe(growing, { e: '', a: 'a', w: 'ab' });
      });
    });

    it('messages, too, pass in the frames in which they come', () => {
      marbles(({ cold, expectMessages }) => {
        const replies = through(20, cold('-a--b-(cd)-|'));
        expectMessages(replies).toBe('-a--b-(cd)-|');
      });
    });

    it('a token reaches the outermost reader before next() returns, through 100 agents', async () => {
      const tokens = new Subject<string>();
      const seen: string[] = [];
      const replies = through(100, miniagent('leaf', () => Message.stream(tokens)).inquire());
      replies.tokens$.subscribe((token) => seen.push(token));
      await turn();
      await turn();
      for (const token of ['a', 'b', 'c']) {
        tokens.next(token);
        expect(seen.at(-1)).to.equal(token);
      }
      let whole: unknown;
      replies.whole$.subscribe((list) => (whole = list.join()));
      tokens.complete();
      expect(whole).to.equal('abc');
    });

    it('also through async generators, once they have passed the message on', async () => {
      const tokens = new Subject<string>();
      const seen: string[] = [];
      const agent = miniagent('agent', async function* (ctx) {
        for await (const message of ctx.messages) yield message;
      });
      let replies = pass.inquire(Message.stream(tokens));
      for (let level = 0; level < 20; level++) replies = agent.inquire(replies);
      replies.tokens$.subscribe((token) => seen.push(token));
      await turn();
      await turn();
      tokens.next('a');
      expect(seen).to.deep.equal(['a']);
      tokens.complete();
    });
  });

  describe('at no cost per level', () => {
    inside();

    /** How deep the calls are from a token's source to its reader, and how often the source is subscribed to. */
    async function costOf(levels: number) {
      let subscriptions = 0;
      let depth = 0;
      const tokens = new Subject<string>();
      const counted = new Observable<string>((subscriber) => {
        subscriptions++;
        return tokens.subscribe(subscriber);
      });
      const replies = through(levels, Message.stream(counted));
      replies.tokens$.subscribe(() => (depth = stackDepth()));
      await turn();
      tokens.next('a');
      tokens.complete();
      return { subscriptions, depth };
    }

    const stackDepth = (): number => {
      const { stackTraceLimit } = Error;
      Error.stackTraceLimit = Infinity;
      const depth = new Error().stack?.split('\n').length ?? 0;
      Error.stackTraceLimit = stackTraceLimit;
      return depth;
    };

    it('a token goes from its source to its reader by the same few calls through 1 agent and through 200', async () => {
      const [one, many] = [await costOf(1), await costOf(200)];
      expect(one.depth).to.be.greaterThan(0);
      expect(many).to.deep.equal(one);
      expect(many.subscriptions).to.equal(1);
    });

    it('what comes out is the promise that went in, with the one log of its tokens', () => {
      marbles(({ tokens, expectObservable }) => {
        const promise = tokens('-a-b|');
        expectObservable(through(50, promise)).toBe('(p|)', { p: promise });
      });
    });
  });
});
