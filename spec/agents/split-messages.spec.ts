import { expect } from 'chai';
import fc from 'fast-check';
import { is } from 'immutable';
import {
  CancelledError,
  defineMessage,
  InvalidArgumentError,
  InvalidMessageError,
  Message,
  miniagent,
  NotAMessageError,
} from 'miniagents';
import type { MessageSequence } from 'miniagents';
import { joinMessages, splitMessages } from 'miniagents/agents';
import {
  concat,
  concatAll,
  concatMap,
  lastValueFrom,
  map,
  mergeAll,
  of,
  Subject,
  take,
  throwError,
  timer,
  toArray,
} from 'rxjs';
import { inside, marbles, rejection, texts } from '../laws/support.js';
import { markdown, paragraphsOf, tokensOf } from './paragraphs.js';

/** The tokens of each part. */
const tokensIn = (parts: MessageSequence) =>
  lastValueFrom(
    parts.pipe(
      map((part) => part.pipe(toArray())),
      concatAll(),
      toArray(),
    ),
  );

describe('splitMessages (B124)', () => {
  const here = inside();
  const code = '```js\none\n\ntwo\n```';
  const page = `para one\n\npara two\n\n${code}\n\nlast`;

  it('a message for each paragraph, a code block in one piece: from one token, or from many', async () => {
    const expected = ['para one', 'para two', code, 'last'];
    expect(await texts(splitMessages(page))).to.deep.equal(expected);
    expect(await texts(splitMessages(Message.stream(page.split(/(?<= )/))))).to.deep.equal(expected);
    expect(await texts(splitMessages(Message.stream([...page])))).to.deep.equal(expected);
  });

  it('gives the same messages however a text is split into tokens', async () => {
    await fc.assert(
      fc.asyncProperty(markdown, fc.array(fc.nat(40)), async (text, lengths) => {
        const parts = splitMessages(Message.stream(tokensOf(text, lengths)));
        expect(await texts(parts)).to.deep.equal(paragraphsOf(text));
      }),
      { numRuns: 300 },
    );
  });

  it('of nothing, nothing; of each message its own', async () => {
    for (const nothing of [null, [], '', ' \n\n', ['', '\n']])
      expect(await texts(splitMessages(nothing))).to.deep.equal([]);
    expect(await texts(splitMessages(['a\n\nb\n', '\nc', '```\nd', 'e\n\nf']))).to.deep.equal([
      ...['a', 'b', 'c', '```\nd', 'e', 'f'],
    ]);
  });

  it('parts can be joined again', async () => {
    expect((await joinMessages(splitMessages(page)).resolve()).text).to.equal(page);
  });

  it('parts have what is known of their message before its text', async () => {
    const message = Message.stream(of('a\n\nb'), { role: 'assistant', name: 'ann', data: { model: 'm' } }, () => ({
      data: { usage: 1 },
    }));
    const fields = { role: 'assistant', name: 'ann', data: { model: 'm' } };
    const parts = await splitMessages(message).resolve();
    expect(is(parts.first(), new Message({ ...fields, text: 'a' }))).to.equal(true);
    expect(is(parts.last(), new Message({ ...fields, text: 'b' }))).to.equal(true);
  });

  it('fields and class can be given', async () => {
    const Paragraph = defineMessage('SplitParagraph', { number: 0 });
    const fields = { role: 'user', number: 7 };
    const parts = await splitMessages(
      { text: 'a', role: 'assistant', name: 'ann' },
      { type: Paragraph, fields },
    ).resolve();
    expect(is(parts.first(), new Paragraph({ ...fields, name: 'ann', text: 'a' }))).to.equal(true);
  });

  it('a part is there with its first token, and its tokens take no time', () => {
    marbles(({ cold, expectObservable }) => {
      const values = { a: 'a ', b: 'b', n: '\n', m: '\n\n', x: '\nb', c: 'c' };
      const message = Message.stream(cold('-a-n-b-m-c-n|', values));
      const parts = splitMessages(message);
      expectObservable(parts.pipe(map(({ draft }) => draft.text))).toBe('-d-------d--|', { d: '' });
      expectObservable(parts.tokens$).toBe('-a---x---c--|', values);
      const split = miniagent('split', (ctx) => splitMessages(ctx.messages));
      expectObservable(of(message).pipe(split, mergeAll())).toBe('-a---x---c--|', values);
    });
  });

  it('a part ends when it is seen that another one follows', () => {
    marbles(({ cold, expectObservable }) => {
      const parts = splitMessages(Message.stream(cold('a-n-b--|', { a: 'a', n: '\n\n', b: 'b' })));
      const ends$ = parts.pipe(
        map((part) => part.whole$),
        concatAll(),
        map(String),
      );
      expectObservable(ends$).toBe('----a--(b|)');
    });
  });

  it('tokens that need no change are the originals', async () => {
    const parts = splitMessages(Message.stream(of('a ', 'b', '\n\n', 'c', ' d', '\n', 'e', 'f\n\ng')));
    expect(await tokensIn(parts)).to.deep.equal([['a ', 'b'], ['c', ' d', '\ne', 'f'], ['g']]);
  });

  it('of many messages, behind one that is slow', () => {
    marbles(({ tokens, expectObservable }) => {
      const many = Array.from({ length: 3_000 }, (_, i) => `${i}`);
      const parts = splitMessages([tokens('---(s|)'), many.map((each) => `${each}\n\n-`)]);
      const whole = ['s', ...many.flatMap((each) => [each, '-'])].join();
      expectObservable(parts.whole$.pipe(map((list) => list.join()))).toBe('---(w|)', { w: whole });
    });
  });

  describe('when it is cancelled', () => {
    it('lets go of what it subscribed to, and its parts end with it', () => {
      marbles(({ cold, tokens, expectMessages, expectTokens, expectSubscriptions }) => {
        const values = { a: 'a\n\nb' };
        const message = tokens('--a----c|', {}, values);
        const input = cold('-m-', { m: message });
        const parts = splitMessages(input);
        timer(6).subscribe(() => parts.cancel());
        const cut = new CancelledError('the message', 'nobody reads it any more');
        expectMessages(parts).toBe('--(ab)#', { a: 'a', b: cut }, new CancelledError('the sequence'));
        expectTokens(message).toBe('--a----c|', values);
        expectSubscriptions(input.subscriptions).toBe('^-----!');
      });
    });

    it('by an unsubscribe, a cold run in it is cancelled', () => {
      marbles(({ cold, expectObservable, expectSubscriptions }) => {
        const tokens = cold('a-b-c|');
        const leaf = miniagent('leaf', () => Message.stream(tokens));
        const split = miniagent('split', () => splitMessages(leaf('q')));
        expectObservable(of('q').pipe(split, concatAll()), '^--!').toBe('a-b');
        expectSubscriptions(tokens.subscriptions).toBe('^--!');
      });
    });

    it('a part alone can be: the others come', () => {
      marbles(({ tokens, expectMessages }) => {
        const parts = splitMessages(tokens('a--b|', {}, { b: ' b\n\nc' }));
        const first = parts.pipe(take(1));
        timer(2).subscribe(() => first.subscribe((part) => part.cancel()));
        expectMessages(parts).toBe('a--b|', { a: new CancelledError('the message'), b: 'c' });
      });
    });
  });

  it('a message that ended because its reader left leaves no whole part', () => {
    marbles(({ tokens, expectMessages }) => {
      const leaf = miniagent('leaf', () => tokens('a-b-c|'));
      const parts$ = leaf('q').pipe(concatMap((message) => splitMessages(message)));
      expectMessages(parts$, '^--!').toBe('p', { p: new CancelledError('agent leaf', 'its subscriber left') });
    });
  });

  describe('an error', () => {
    const failing = (...tokens: string[]) =>
      Message.stream(
        concat(
          of(...tokens),
          throwError(() => new RangeError('boom')),
        ),
      );

    it('in a part is that of the part, and later messages come', async () => {
      const parts = splitMessages([failing('a\n\n', 'b'), 'c']);
      expect(await texts(parts.errorsAsMessages())).to.deep.equal(['a', 'b\nRangeError: boom', 'c']);
      expect(await rejection(parts.resolve())).to.be.instanceOf(RangeError);
    });

    it('between two parts stands there', async () => {
      const parts = splitMessages([failing('a'), failing(), 'c']);
      expect(await texts(parts.errorsAsMessages())).to.deep.equal(['a\nRangeError: boom', 'RangeError: boom', 'c']);
      await rejection(parts.resolve());
    });

    it('of the sequence ends it, and has its place where errors are messages', async () => {
      const boom = new RangeError('boom');
      const parts = splitMessages(['a\n\nb', boom, 'c\n\nd']);
      expect(await texts(parts.errorsAsMessages())).to.deep.equal(['a', 'b', 'RangeError: boom', 'c', 'd']);
      expect(await rejection(parts.resolve())).to.equal(boom);
    });

    it('that nobody reads is reported', async () => {
      const boom = new RangeError('boom');
      splitMessages(Message.stream(throwError(() => boom)));
      await here.miniAgents.finalize();
      expect(here.takeReported()).to.deep.equal([boom]);
    });
  });

  it('late readers get the same parts, and the same objects', async () => {
    const parts = splitMessages(page);
    const early = await lastValueFrom(parts.pipe(toArray()));
    const late = await lastValueFrom(parts.pipe(toArray()));
    expect(late).to.have.length(4);
    late.forEach((part, index) => expect(part).to.equal(early[index]));
  });

  it('bad input is refused, before anything is subscribed to', () => {
    const input = new Subject<string>();
    expect(() => splitMessages(42 as never)).to.throw(NotAMessageError);
    expect(() => splitMessages(input, { type: String as never })).to.throw(InvalidArgumentError, 'as type');
    expect(() => splitMessages(input, { fields: { text: 'a' } as never })).to.throw(InvalidMessageError, 'text');
    expect(input.observed).to.equal(false);
  });
});
