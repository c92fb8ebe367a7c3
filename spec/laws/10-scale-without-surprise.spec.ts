import { expect } from 'chai';
import { is, List } from 'immutable';
import { CancelledError, Message, MessageSequence, miniagent } from 'miniagents';
import type { MessageType, MiniAgent } from 'miniagents';
import { concatAll, from, lastValueFrom, map, Observable, of, reduce, Subject } from 'rxjs';
import { inside, marbles, pass, rejection, texts, turn } from './support.js';

const range = (size: number): string[] => Array.from({ length: size }, (_, index) => String(index));
const count = reduce((total: number) => total + 1, 0);

describe('law 10: scale without surprise', () => {
  const here = inside();

  describe('100,000 replies queued behind one slow one all arrive', () => {
    it('by one reply', () => {
      marbles(({ cold, expectObservable }) => {
        const replies = miniagent('agent', (ctx) => {
          ctx.reply(cold('-f|'));
          ctx.reply([range(50_000), range(500).map(() => range(100))]);
        }).inquire();
        const size = map((list: List<Message>) => list.size);
        for (const counted of [replies.pipe(count), replies.tokens$.pipe(count), replies.whole$.pipe(size)])
          expectObservable(counted).toBe('--(n|)', { n: 100_001 });
      });
    });

    it('one by one, by a generator', () => {
      marbles(({ cold, expectObservable }) => {
        const replies = miniagent('agent', function* () {
          yield cold('--|');
          yield* range(100_000);
        }).inquire();
        const whole = replies.whole$.pipe(map((list) => `${list.size}: ${list.last()}`));
        expectObservable(whole).toBe('--(w|)', { w: '100000: 99999' });
      });
    });

    it('10,000 Observables, promises and agents that were ready long before', async () => {
      const slow = new Subject<string>();
      const replies = miniagent('agent', (ctx) => [
        slow,
        range(10_000).map((text) => of(text)),
        range(10_000).map((text) => Promise.resolve(text)),
        range(1_000).map((text) => ctx.inquire(pass, text)),
        range(10_000).map((text) => Message.stream(of(text))),
      ]).inquire();
      await turn();
      slow.complete();
      const whole = await replies.resolve();
      expect(whole.size).to.equal(31_000);
      const [all, part] = [List(range(10_000)), List(range(1_000))];
      expect(is(whole.map(String), all.concat(all, part, all))).to.be.true;
    });

    it('10,000 out of order', () => {
      marbles(({ cold, expectObservable }) => {
        const replies = miniagent('agent', (ctx) => {
          ctx.reply(cold('-l|', { l: 'last' }));
          for (const text of range(10_000)) ctx.replyOutOfOrder(text);
        }).inquire();
        const whole = replies.whole$.pipe(map((list) => list.map(String)));
        expectObservable(whole).toBe('--(w|)', { w: List([...range(10_000), 'last']) });
      });
    });
  });

  it('cost grows linearly: ten times as much takes about ten times as long, not a hundred times', async () => {
    const queue = async (size: number) => {
      const slow = new Subject<string>();
      const replies = miniagent('agent', () => [slow, range(size).map((text) => of(text))]).inquire();
      await turn();
      const start = performance.now();
      slow.complete();
      expect((await replies.resolve()).size).to.equal(size);
      return performance.now() - start;
    };
    const best = async (size: number) => Math.min(await queue(size), await queue(size));
    await best(1_000);
    const [few, many] = [await best(1_000), await best(10_000)];
    expect(many / few).to.be.lessThan(40);
  });

  it('many that are sent out of order, and many that are asked at once, are linear, too', async () => {
    const agent = miniagent('agent', (ctx, { size = 0 }: { size?: number }) =>
      range(size).forEach((text) => ctx.replyOutOfOrder(text)),
    );
    const ways: Record<string, (size: number) => Promise<unknown>> = {
      'out of order': (size) => agent.inquire(null, { size }).resolve(),
      'asked at once': (size) => Promise.all(range(size).map((text) => pass.inquire(text).resolve())),
    };
    for (const [way, go] of Object.entries(ways)) {
      const time = async (size: number) => {
        const start = performance.now();
        await go(size);
        return performance.now() - start;
      };
      await time(5_000);
      const [few, many] = [Math.min(await time(5_000), await time(5_000)), await time(50_000)];
      expect(many / few, way).to.be.lessThan(40);
    }
  });

  describe('10,000 levels of nesting do not overflow the stack', () => {
    const nestings: Record<string, (inner: MessageType, level: number) => MessageType> = {
      'arrays, Lists and generators': (inner, level) =>
        level % 3 ? [inner] : level % 2 ? List([inner]) : [null, inner].values(),
      Observables: (inner) => of(inner),
      sequences: (inner) => MessageSequence.from([inner]),
      agents: (inner) => pass.inquire(inner),
      'agents that wait for a reader': (inner) => pass.inquire(inner, { startSoon: false }),
    };
    for (const [name, nest] of Object.entries(nestings)) {
      it(`${name}: delivered, tokens and an error too, and let go`, () => {
        marbles(({ cold, expectTokens, expectObservable, expectSubscriptions }) => {
          const boom = new Error('boom');
          const endless = cold('-');
          let nested: MessageType = ['deep', Message.stream(cold('-t-|')), boom, endless];
          for (let level = 0; level < 10_000; level++) nested = nest(nested, level);
          const replies = pass.inquire(nested);
          cold('-----x').subscribe(() => here.miniAgents.cancel());
          expectTokens(replies).toBe('dt-#', { d: 'deep' }, boom);
          expectObservable(replies.whole$).toBe('---#', {}, boom);
          expectSubscriptions(endless.subscriptions).toBe('^----!');
        });
      });
    }

    it('views of views: delivered', async () => {
      let view = MessageSequence.from(['deep', new RangeError('boom')]);
      for (let level = 0; level < 10_000; level++) view = MessageSequence.from([view.errorsAsMessages()]);
      expect(await texts(view)).to.deep.equal(['deep', 'RangeError: boom']);
      let deeper = pass.inquire('deep', { startSoon: false });
      for (let level = 0; level < 10_000; level++) deeper = deeper.errorsAsMessages();
      expect(await texts(deeper)).to.deep.equal(['deep']);
    });

    it('agents that ask themselves: delivered, cancelled, and over', async () => {
      let stopped = 0;
      type Level = { n?: number; last?: MessageType };
      const nest: MiniAgent<Level> = miniagent('nest', (ctx, { n = 0, last }: Level): MessageType =>
        n > 0 ? ctx.inquire(nest, null, { n: n - 1, last }) : last,
      );
      expect(await texts(nest.inquire(null, { n: 10_000, last: 'deep' }))).to.deep.equal(['deep']);
      const endless = new Observable<string>(() => () => void stopped++);
      const replies = nest.inquire(null, { n: 10_000, last: endless });
      const resolved = rejection(replies.resolve());
      await turn();
      await turn();
      replies.cancel();
      expect(await resolved).to.be.instanceOf(CancelledError);
      expect(stopped).to.equal(1);
    });

    it('1,000 agents in a pipe: delivered, and unsubscribed', async () => {
      let letGo = 0;
      const through = (source: Observable<MessageType>) => {
        let piped = source;
        for (let level = 0; level < 1_000; level++) piped = piped.pipe(pass);
        return piped as ReturnType<typeof pass>;
      };
      expect(await lastValueFrom(through(of('deep')).pipe(concatAll()))).to.equal('deep');
      const left = through(new Observable<string>(() => () => void letGo++)).subscribe();
      left.unsubscribe();
      expect(letGo).to.equal(1);
    });

    it('messages inside messages', () => {
      const chain = (innermost: string) => {
        let message = new Message({ text: innermost });
        for (let level = 0; level < 10_000; level++) message = new Message({ data: { inside: message } });
        return message;
      };
      const [one, other, different] = [chain('a'), chain('a'), chain('b')];
      expect(one.hashKey).to.equal(other.hashKey).and.not.equal(different.hashKey);
      expect(is(one, other)).to.be.true;
      expect([...one.subMessages()]).to.have.length(10_000);
    });
  });

  describe('10,000 agents run at once', () => {
    it('and reply in order, with one that fails among them', async () => {
      let running = 0;
      const gate = new Subject<void>();
      const leaf = miniagent('leaf', async (_ctx, { n }: { n?: number }) => {
        running++;
        await lastValueFrom(gate, { defaultValue: undefined });
        if (n === 5_000) throw new Error('boom');
        return String(n);
      });
      const top = miniagent('top', (ctx) => range(10_000).map((_text, n) => ctx.inquire(leaf, null, { n })));
      const replies = top.inquire();
      await turn();
      expect(running).to.equal(10_000);
      gate.complete();
      const expected = List(range(10_000)).set(5_000, 'Error: boom');
      expect(is(List(await texts(replies.errorsAsMessages())), expected)).to.be.true;
    });

    it('and are cancelled at once, each once', () => {
      marbles(({ cold, expectObservable, expectSubscriptions }) => {
        const source = cold('-');
        const leaf = miniagent('leaf', () => source);
        const replies = miniagent('top', (ctx) => range(10_000).map(() => ctx.inquire(leaf))).inquire();
        cold('--x').subscribe(() => replies.cancel());
        expectObservable(replies.whole$).toBe('--#', {}, new CancelledError('agent top'));
        expectSubscriptions(source.subscriptions).toBe(range(10_000).map(() => '^-!'));
      });
    });
  });

  it('100,000 tokens, read whole and by many who come late', async () => {
    const tokens = range(100_000);
    const message = Message.stream(from(tokens));
    const expected = tokens.join('');
    expect(String(await message.resolve())).to.equal(expected);
    const readers = Array.from({ length: 20 }, () => lastValueFrom(message.pipe(count)));
    expect(new Set(await Promise.all(readers))).to.deep.equal(new Set([100_000]));
    expect(await lastValueFrom(message.pipe(reduce((text, token) => text + token, '')))).to.equal(expected);
  });

  it('1,000 readers of one sequence, who come and go', async () => {
    const source = new Subject<string>();
    const replies = MessageSequence.from(source);
    const left = Array.from({ length: 1_000 }, () => replies.subscribe());
    const seen = Array.from({ length: 1_000 }, () => lastValueFrom(replies.pipe(map((message) => message.draft.text))));
    for (const subscription of left) subscription.unsubscribe();
    source.next('a');
    source.complete();
    expect(new Set(await Promise.all(seen))).to.deep.equal(new Set(['a']));
  });
});
