import { expect } from 'chai';
import { List } from 'immutable';
import { Message, MessageSequence, miniagent } from 'miniagents';
import type { StreamedPromise } from 'miniagents';
import { config, defer, filter, forkJoin, from, lastValueFrom, map, mergeMap, of, Subject, tap, toArray } from 'rxjs';
import type { Observable } from 'rxjs';
import { forEachStart, marbles, pass, rejection, texts } from './support.js';

const read = <Piece>(source: Observable<Piece>): Promise<Piece[]> => lastValueFrom(source.pipe(toArray()));

const boom = new Error('boom');

/** A source that counts how often it is subscribed to. */
const counted = (items: string[]) => {
  const source = { runs: 0, items$: defer((): Observable<never> => (source.runs++, from(items as never[]))) };
  return source;
};

describe('law 7: replay', () => {
  forEachStart(() => {
    describe('any number of subscribers, at any time, sees the same pieces in the same order', () => {
      it('of a message: from the start, in the middle, after the end', () => {
        marbles(({ cold, expectObservable, expectSubscriptions }) => {
          const source = cold('         a-b-------c|');
          const message = Message.stream(source);
          expectObservable(message).toBe('a-b-------c|');
          expectObservable(message, '   ----^').toBe('----(ab)--c|');
          expectObservable(message, '   --------------^').toBe('--------------(abc|)');
          expectSubscriptions(source.subscriptions).toBe('^----------!');
        });
      });

      it("of an agent's replies: from the start, in the middle, after the end", () => {
        marbles(({ cold, expectTokens, expectMessages, expectSubscriptions }) => {
          const source = cold('         a-b-------c|');
          const replies = miniagent('agent', () => source).inquire();
          expectTokens(replies).toBe('a-b-------c|');
          expectTokens(replies, '----^').toBe('----(ab)--c|');
          expectMessages(replies, '        --------------^').toBe('--------------(abc|)');
          expectSubscriptions(source.subscriptions).toBe('^----------!');
        });
      });

      it('of a sequence: from the start, in the middle, after the end', () => {
        marbles(({ cold, expectTokens, expectSubscriptions }) => {
          const source = cold('         a-b-------c|');
          const sequence = MessageSequence.from(source);
          expectTokens(sequence).toBe('a-b-------c|');
          expectTokens(sequence, '----^').toBe('----(ab)--c|');
          expectTokens(sequence, '--------------^').toBe('--------------(abc|)');
          expectSubscriptions(source.subscriptions).toBe('^----------!');
        });
      });

      it('by a subscriber that leaves early, and one that comes back', () => {
        marbles(({ cold, expectObservable, expectSubscriptions }) => {
          const source = cold('         a-b-------c|');
          const message = Message.stream(source);
          expectObservable(message, '   ^!').toBe('a');
          expectObservable(message, '   ----^!').toBe('----(ab)');
          expectObservable(message, '   --------------^').toBe('--------------(abc|)');
          expectSubscriptions(source.subscriptions).toBe('^----------!');
        });
      });

      it('as the same objects, whole included (B15)', async () => {
        const replies = miniagent('agent', () => ['a', Message.stream(of('b', 'c'))]).inquire();
        const [one, other] = [await read(replies), await read(replies)];
        expect(one.length === 2 && one.every((promise, index) => promise === other[index])).to.be.true;
        const whole = await replies.resolve();
        expect(List.isList(whole)).to.be.true;
        expect((await replies.resolveMessages()) === whole && (await lastValueFrom(replies.whole$)) === whole).to.be
          .true;
        expect((await one[1]?.resolve()) === whole.get(1)).to.be.true;
        expect((await lastValueFrom(one[1]?.whole$ as Observable<Message>)) === whole.get(1)).to.be.true;
      });

      it('each with a place of its own (B18, B19)', async () => {
        const message = Message.stream(from(['1', '2', '3']));
        const [a, b] = [message[Symbol.asyncIterator](), message[Symbol.asyncIterator]()];
        expect((await a.next()).value).to.equal('1');
        expect(await Promise.all([b.next(), b.next(), b.next(), b.next()])).to.deep.equal([
          { done: false, value: '1' },
          { done: false, value: '2' },
          { done: false, value: '3' },
          { done: true, value: undefined },
        ]);
        expect((await a.next()).value).to.equal('2');
        expect((await message.resolve()).text).to.equal('123');
        expect((await a.next()).value).to.equal('3');
        expect((await a.next()).done).to.be.true;
        expect((await a.next()).done).to.be.true;
      });

      it('also a break leaves the promise as it is', async () => {
        const replies = miniagent('agent', () => ['a', 'b', Message.stream(of('c', 'd'))]).inquire();
        for await (const message of replies) {
          expect((await message.resolve()).text).to.equal('a');
          break;
        }
        for await (const message of replies) for await (const token of message) if (token === 'c') break;
        expect(await texts(replies)).to.deep.equal(['a', 'b', 'cd']);
      });

      it('and a subscriber that writes while it reads disturbs nobody', () => {
        marbles(({ cold, expectTokens }) => {
          const source = new Subject<string>();
          const message = Message.stream(source);
          const again = message.pipe(
            filter((token) => token === 'b'),
            mergeMap(() => message),
          );
          expectTokens(message.pipe(tap((token) => token === 'a' && source.next('b')))).toBe('(ab)-c|');
          for (const reader of [message, again]) expectTokens(reader).toBe('(ab)-c|');
          cold('a----c|').subscribe(source);
        });
      });

      it('and one that throws keeps nothing from the others', () => {
        const { onUnhandledError } = config;
        try {
          marbles(({ cold, expectTokens, expectObservable }) => {
            const thrown = new Subject<unknown>();
            config.onUnhandledError = (error) => thrown.next(error);
            const message = Message.stream(cold('a-b|'));
            message.subscribe(() => {
              throw boom;
            });
            expectTokens(message).toBe('a-b|');
            expectObservable(thrown).toBe('x-x', { x: boom });
          });
        } finally {
          config.onUnhandledError = onUnhandledError;
        }
      });
    });

    describe('a source runs once', () => {
      const ways: Record<string, (promise: StreamedPromise<unknown, unknown>) => unknown> = {
        subscribe: (promise) => lastValueFrom(promise),
        whole$: (promise) => lastValueFrom(promise.whole$),
        'resolve()': (promise) => promise.resolve(),
        'for await': async (promise) => {
          for await (const piece of promise) void piece;
        },
      };
      it('whatever reads it, and however often (B15, B17)', async () => {
        const [tokens, replies, list] = [counted(['a', 'b']), counted(['c', 'd']), counted(['e'])];
        const promises: StreamedPromise<unknown, unknown>[] = [
          Message.stream(tokens.items$),
          miniagent('agent', () => replies.items$).inquire(),
          MessageSequence.from(list.items$),
        ];
        for (let times = 0; times < 3; times++)
          for (const promise of promises) await Promise.all(Object.values(ways).map((way) => way(promise)));
        expect([tokens.runs, replies.runs, list.runs]).to.deep.equal([1, 1, 1]);
      });

      it('an async generator, too, step by step (B17)', async () => {
        let steps = 0;
        const generate = async function* () {
          for (const token of ['a', 'b', 'c']) {
            steps++;
            yield token;
          }
        };
        const message = Message.stream(generate());
        expect(await read(message)).to.deep.equal(['a', 'b', 'c']);
        expect(await read(message)).to.deep.equal(['a', 'b', 'c']);
        expect(steps).to.equal(3);
      });

      it('a stream of tokens is subscribed to at once, so that a hot one loses nothing', () => {
        marbles(({ hot, expectTokens, expectSubscriptions }) => {
          const source = hot('                       a-b|');
          expectTokens(Message.stream(source), ' -^').toBe('-ab|');
          expectSubscriptions(source.subscriptions).toBe('^--!');
        });
      });

      it('one promise can be the source of another (B27)', async () => {
        const message = Message.stream(of('a', 'b'));
        const louder = Message.stream(message.pipe(map((token) => token.toUpperCase())));
        expect(String(await louder.resolve())).to.equal('AB');
        expect(String(await Message.stream(message).resolve())).to.equal('ab');
      });
    });

    describe('a failure is replayed too', () => {
      it('after the same pieces, as the same error (B20, B21)', () => {
        marbles(({ cold, expectTokens, expectObservable, expectSubscriptions }) => {
          const source = cold('         a-b----#', undefined, boom);
          const replies = miniagent('agent', () => source).inquire();
          expectTokens(replies).toBe('a-b----#', undefined, boom);
          expectTokens(replies, '-^').toBe('-ab----#', undefined, boom);
          expectTokens(replies, '----------^').toBe('----------(ab#)', undefined, boom);
          expectObservable(replies.whole$, ' ----------^').toBe('----------#', undefined, boom);
          expectSubscriptions(source.subscriptions).toBe('^------!');
        });
      });

      it('to those who iterate: each is thrown to, and then ends (B20)', async () => {
        const message = Message.stream(
          (async function* () {
            yield '1';
            yield '2';
            throw boom;
          })(),
        );
        for (let times = 0; times < 2; times++) {
          const iterator = message[Symbol.asyncIterator]();
          expect([(await iterator.next()).value, (await iterator.next()).value]).to.deep.equal(['1', '2']);
          expect(await rejection(iterator.next())).to.equal(boom);
          expect([(await iterator.next()).done, (await iterator.next()).done]).to.deep.equal([true, true]);
        }
        expect(await rejection(message.resolve())).to.equal(boom);
        expect(await rejection(message.resolve())).to.equal(boom);
      });
    });

    it('ten agents that read one promise see the same', () => {
      marbles(({ cold, expectTokens, expectMessages, expectSubscriptions }) => {
        const source = cold('                                    --b-c|');
        const question = MessageSequence.from(['a', Message.stream(source)]);
        for (const replies of Array.from({ length: 10 }, () => pass.inquire(question))) {
          expectMessages(replies).toBe('                         (ab|)', { b: 'bc' });
          expectTokens(replies).toBe('                           a-b-c|');
          expectTokens(replies, '                     -------^').toBe('-------(abc|)');
        }
        expectSubscriptions(source.subscriptions).toBe('         ^----!');
      });
    });

    describe('a message has the same text however it is read (B76, B84)', () => {
      const made: Record<string, () => ReturnType<typeof Message.stream>> = {
        'by tokens': () => Message.stream(of('one ', '', 'two')),
        'by no token': () => Message.stream(of()),
      };
      for (const [name, make] of Object.entries(made)) {
        it(`made ${name}: tokens first, whole first, snapshots`, async () => {
          const [first, second] = [make(), make()];
          const tokens = (await read(first)).join('');
          const { text } = await second.resolve();
          expect([(await first.resolve()).text, (await read(second)).join('')]).to.deep.equal([tokens, text]);
          expect((await lastValueFrom(second.snapshots$)) === (await second.resolve())).to.be.true;
          expect(tokens).to.equal(text);
        });
      }

      it('one that was sent whole is its own only token; an empty one has none (B76, B79)', async () => {
        const [promise, empty] = await read(MessageSequence.from(['one two', '']));
        expect(await read(promise as Observable<string>)).to.deep.equal(['one two']);
        expect(await read(empty as Observable<string>)).to.deep.equal([]);
        expect(promise?.draft.text).to.equal('one two');
        expect((await promise?.resolve()) === promise?.draft).to.be.true;
      });
    });

    describe('draft and snapshots$', () => {
      it('what is known before the text is there before the first token, and in the whole (B80)', async () => {
        const source = new Subject<string>();
        const message = Message.stream(source, { role: 'assistant', name: 'writer', data: { model: 'm' } });
        expect(message.draft).to.include({ role: 'assistant', name: 'writer', text: '' });
        expect(message.draft.data).to.deep.equal({ model: 'm' });
        source.next('text');
        source.complete();
        const whole = await message.resolve();
        expect(whole).to.include({ role: 'assistant', name: 'writer', text: 'text' });
        expect(whole.data === message.draft.data).to.be.true;
      });

      it('the message grows token by token; the last snapshot is the whole', () => {
        marbles(({ cold, expectObservable, expectSubscriptions }) => {
          const source = cold('         -a--b-|');
          const message = Message.stream(source, { role: 'user' });
          const at = (text: string) => new Message({ role: 'user', text });
          const same = forkJoin([message.snapshots$, message.whole$]).pipe(map(([one, other]) => one === other));
          expectObservable(message.snapshots$).toBe('ea--w-(w|)', { e: at(''), a: at('a'), w: at('ab') });
          expectObservable(same).toBe('------(t|)', { t: true });
          expectSubscriptions(source.subscriptions).toBe('^-----!');
        });
      });

      it('the list grows, and what did not change in it is the same object', async () => {
        const [one, two] = [new Subject<string>(), new Subject<string>()];
        const replies = MessageSequence.from(['first', Message.stream(one), Message.stream(two)]);
        const lists: List<Message>[] = [];
        replies.snapshots$.subscribe((list) => lists.push(list));
        one.next('a');
        two.next('x');
        one.next('b');
        one.complete();
        two.complete();
        const shown = lists.map((list) => list.map(String).join('|'));
        expect(
          [...new Set(shown)].filter((text) => text.startsWith('first|a') || text.startsWith('first||')),
        ).to.deep.equal(['first||', 'first|a|', 'first|a|x', 'first|ab|x']);
        expect(lists.at(-1) === (await replies.resolve())).to.be.true;
        for (const [index, list] of lists.entries()) {
          const before = lists[index - 1];
          const same = before?.filter((message, place) => message === list.get(place)) ?? List();
          if (before?.size === list.size) expect(same.size).to.be.at.least(list.size - 1);
        }
      });
    });

    it('text() joins the messages with a blank line (B121)', async () => {
      const replies = miniagent('agent', () => ['one', [Message.stream(of('t', 'wo'))], '', 'three']).inquire();
      expect(await replies.text()).to.equal('one\n\ntwo\n\n\n\nthree');
      expect(await MessageSequence.from(null).text()).to.equal('');
    });
  });
});
