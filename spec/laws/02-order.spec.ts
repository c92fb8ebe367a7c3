import { expect } from 'chai';
import { List, OrderedSet, Seq, Set as ImmutableSet, Stack } from 'immutable';
import { Message, MessageSequence, miniagent } from 'miniagents';
import type { MessageType } from 'miniagents';
import { asyncMarbles } from 'miniagents/testing';
import { from, map, of, Subject, tap } from 'rxjs';
import { forEachStart, marbles, pass, texts } from './support.js';

describe('law 2: order', () => {
  forEachStart(() => {
    describe('replies arrive in the order in which they were sent, whatever finishes first', () => {
      it('the slow one, then the fast one; both run meanwhile (B44)', () => {
        marbles(({ cold, expectTokens, expectSubscriptions }) => {
          const slow = cold('                ---s---t|');
          const fast = cold('                -f-g|    ');
          const [one, other] = [miniagent('one', () => slow), miniagent('other', () => Message.stream(fast))];
          const sends = miniagent('sends', (ctx) => (ctx.reply(slow), ctx.reply(fast)));
          const asks = miniagent('asks', (ctx) => [ctx.inquire(one), ctx.inquire(other)]);
          for (const boss of [sends, asks]) expectTokens(boss.inquire()).toBe('---s---t(fg|)');
          expectSubscriptions(slow.subscriptions).toBe(['^-------!', '^-------!']);
          expectSubscriptions(fast.subscriptions).toBe(['^---!    ', '^---!    ']);
        });
      });

      it('what follows one that never ends waits, and runs', () => {
        marbles(({ cold, expectTokens, expectSubscriptions }) => {
          const never = cold('               -a');
          const next = cold('                b--|');
          const expected = '                 -a';
          expectTokens(miniagent('boss', () => [never, next]).inquire()).toBe(expected);
          expectSubscriptions(never.subscriptions).toBe('^');
          expectSubscriptions(next.subscriptions).toBe(' ^--!');
        });
      });

      it('what follows one that is empty does not wait', () => {
        marbles(({ cold, expectTokens }) => {
          const parts = [cold('|'), null, [], cold('--|'), cold('a|'), undefined];
          expectTokens(miniagent('boss', () => parts).inquire()).toBe('--(a|)');
        });
      });

      it('messages come when their turn comes, not when they are whole', () => {
        marbles(({ cold, expectMessages }) => {
          const boss = miniagent('boss', () => [
            Message.stream(cold('            ----a|')),
            Message.stream(cold('            -b|')),
            cold('                           ------c|'),
            cold('                           d|'),
          ]);
          const expected = '                 (ab)--c(d|)';
          expectMessages(boss.inquire()).toBe(expected);
        });
      });

      it('by reply, by yield and by return, in the order of the code (B40)', () =>
        asyncMarbles(async ({ expectTokens }) => {
          const agent = miniagent('agent', async function* (ctx) {
            ctx.reply('1');
            yield '2';
            ctx.reply(['3', '4']);
            await new Promise((resolve) => setTimeout(resolve, 7));
            yield of('5');
            ctx.reply('6');
            return '7';
          });
          expectTokens(agent.inquire()).toBe('(1234)-(567|)');
        }));
    });

    describe('nested sequences are expanded in place', () => {
      const sync = (items: MessageType[]) =>
        (function* () {
          yield* items;
        })();
      const async = (items: MessageType[]) =>
        (async function* () {
          yield* items;
        })();
      const web = (items: MessageType[]) =>
        new ReadableStream<MessageType>({
          start: (controller) => {
            for (const item of items) controller.enqueue(item);
            controller.close();
          },
        });
      const containers: Record<string, (items: MessageType[]) => MessageType> = {
        'an array': (items) => items,
        'a Set': (items) => new Set(items),
        'a generator': sync,
        'an async generator': async,
        'a promise': (items) => Promise.resolve(items),
        'an Observable': (items) => from(items),
        'an Observable of a list': (items) => of(items),
        'a web stream': web,
        'an Immutable List': (items) => List(items),
        'an Immutable Stack': (items) => Stack(items),
        'an Immutable OrderedSet': (items) => OrderedSet(items),
        'an Immutable Seq': (items) => Seq(items),
        'a sequence': (items) => MessageSequence.from(items),
        "an agent's replies": (items) => pass.inquire(items),
        "an agent's Observable": (items) => pass(items),
      };
      for (const [name, contain] of Object.entries(containers)) {
        it(`${name}, in a reply, in a question, and in itself (B30, B36, B39)`, async () => {
          const made = () => ['before', contain(['x', ['y'], null]), 'after'];
          const expected = ['before', 'x', 'y', 'after'];
          expect(await texts(miniagent('replies', (ctx) => ctx.reply(made())).inquire())).to.deep.equal(expected);
          expect(await texts(miniagent('returns', made).inquire())).to.deep.equal(expected);
          expect(await texts(miniagent('yields', () => sync(made())).inquire())).to.deep.equal(expected);
          expect(await texts(pass.inquire(made()))).to.deep.equal(expected);
          expect(await texts(MessageSequence.from(contain([contain(made())])))).to.deep.equal(expected);
        });
      }

      it('an Immutable Set, in its own order', async () => {
        expect((await texts(pass.inquire(ImmutableSet(['x', 'y'])))).sort()).to.deep.equal(['x', 'y']);
      });

      it('all kinds of messages side by side (B30)', async () => {
        const sequence = MessageSequence.from([
          'one',
          { text: 'two', role: 'user' },
          new Message({ text: 'three' }),
          MessageSequence.from([
            'four',
            MessageSequence.from(['five', ['six', 'seven'], [[{ text: 'eight' }]]]),
            'nine',
          ]),
          Message.stream(of('t', 'en')),
        ]);
        const expected = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
        expect(await texts(sequence)).to.deep.equal(expected);
        expect((await sequence.resolve()).get(1)?.role).to.equal('user');
      });

      it('a sequence of a sequence is that sequence, and of nothing empty (B48)', async () => {
        const sequence = MessageSequence.from(['one']);
        expect(MessageSequence.from(sequence)).to.equal(sequence);
        expect(await texts(MessageSequence.from([[[]], null, undefined]))).to.deep.equal([]);
        expect(await texts(sequence)).to.deep.equal(['one']);
      });

      it('each item repeated as often as it says (B47)', async () => {
        const repeat = (n: number) => Array.from({ length: n }, () => String(n));
        const sequence = MessageSequence.from(from([0, 1, 2, 3]).pipe(map(repeat)));
        expect(await texts(sequence)).to.deep.equal(['1', '2', '2', '3', '3', '3']);
      });

      it('an agent that asks itself (B108)', async () => {
        const agent = miniagent('agent', (ctx, { n = 3 }: { n?: number }) => {
          ctx.reply(`n${n}`);
          if (n > 0) ctx.reply(ctx.inquire(agent, null, { n: n - 1 }));
          ctx.reply(`/n${n}`);
        });
        const expected = ['n3', 'n2', 'n1', 'n0', '/n0', '/n1', '/n2', '/n3'];
        expect(await texts(agent.inquire())).to.deep.equal(expected);
      });

      it('a question that two agents are asked: each reads all of it (B107)', async () => {
        const question = MessageSequence.from(['1', '2']);
        const [a, b] = ['a', 'b'].map((name) =>
          miniagent(name, (ctx) => ctx.messages.pipe(map((message) => [name, message]))),
        );
        const replies = MessageSequence.from([a?.inquire(question), b?.inquire(question)]);
        expect(await texts(replies)).to.deep.equal(['a', '1', 'a', '2', 'b', '1', 'b', '2']);
      });

      it('what is changed after it was sent was sent as it was (B38)', async () => {
        const [list, fields] = [['one'], { text: 'two', data: { n: [1] } }];
        const agent = miniagent('agent', (ctx) => {
          ctx.reply([list, fields]);
          list.push('changed');
          fields.text = 'changed';
          fields.data.n.push(2);
        });
        const whole = await agent.inquire().resolve();
        expect(whole.map(({ text }) => text).toArray()).to.deep.equal(['one', 'two']);
        expect(whole.get(1)?.data).to.deep.equal({ n: [1] });
        const question = ['asked'];
        const replies = pass.inquire(question);
        question.push('changed');
        expect(await texts(replies)).to.deep.equal(['asked']);
      });

      it('a generator that is sent is read at once, another iterable too', async () => {
        let read = 0;
        const agent = miniagent('agent', (ctx) => {
          ctx.reply(sync([of('a'), (read++, 'b')]));
          ctx.reply({
            *[Symbol.iterator]() {
              read++;
              yield 'c';
            },
          });
          expect(read).to.equal(2);
        });
        expect(await texts(agent.inquire())).to.deep.equal(['a', 'b', 'c']);
      });
    });

    describe('an inner Observable is subscribed to when it is sent, not when its turn comes', () => {
      it('in a reply, in a list, in another Observable', () => {
        marbles(({ cold, expectTokens, expectSubscriptions }) => {
          const first = cold('               --------a|');
          const inner = cold('               b|');
          const outer = cold('               ---x|').pipe(map(() => ['c', inner]));
          const boss = miniagent('boss', () => [first, [[outer]], inner]);
          const expected = '                 --------a(cbb|)';
          expectTokens(boss.inquire()).toBe(expected);
          expectSubscriptions(inner.subscriptions).toBe(['^!', '---^!']);
        });
      });

      it('a hot one behind a slow one loses nothing', () => {
        marbles(({ cold, hot, expectTokens, expectSubscriptions }) => {
          const slow = cold('                ------s|');
          const quick = hot('                -a-b-c--------d|');
          const expected = '                 ------s(abc)--d|';
          expectTokens(miniagent('boss', () => [slow, quick]).inquire()).toBe(expected);
          expectSubscriptions(quick.subscriptions).toBe('^--------------!');
        });
      });

      it('what is asked, too, behind something slow', () => {
        marbles(({ cold, expectTokens, expectSubscriptions }) => {
          const slow = cold('                -----s|');
          const next = cold('                -a|');
          expectTokens(pass.inquire([slow, next])).toBe('-----s(a|)');
          expectSubscriptions(next.subscriptions).toBe('^-!');
        });
      });
    });

    describe('an inner Observable that is hot', () => {
      it('is heard from when it was sent, not before', () => {
        marbles(({ cold, expectTokens }) => {
          const source = new Subject<string>();
          expectTokens(miniagent('agent', () => [source]).inquire()).toBe('-b|');
          source.next('before the agent has started');
          cold('-b|').subscribe(source);
        });
      });

      it('is heard from when it was sent, however deep in what others say that is', async () => {
        const source = new Subject<string>();
        let message = Message.stream(source);
        for (let level = 0; level < 60; level++) {
          const inner = message;
          message = Message.stream(inner.pipe(tap((token) => heard.push(say(token)))));
        }
        const heard: MessageSequence[] = [];
        const say = (token: string) => {
          const hot = new Subject<string>();
          const sequence = MessageSequence.from(hot);
          hot.next(token);
          hot.complete();
          return sequence;
        };
        source.next('x');
        source.complete();
        expect(await Promise.all(heard.map((sequence) => sequence.text()))).to.deep.equal(Array(60).fill('x'));
      });

      it('is heard from the call on where it is asked, before the agent has started', () => {
        marbles(({ cold, expectTokens }) => {
          const source = new Subject<string>();
          expectTokens(pass.inquire([source], { startSoon: true })).toBe('ab|');
          source.next('a');
          cold('-b|').subscribe(source);
        });
      });
    });
  });
});
