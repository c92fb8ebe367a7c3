import { expect } from 'chai';
import fc from 'fast-check';
import { is } from 'immutable';
import {
  CancelledError,
  defineMessage,
  InvalidArgumentError,
  InvalidMessageError,
  Message,
  MessageSequence,
  MiniAgents,
  miniagent,
  NotAMessageError,
} from 'miniagents';
import { joinMessages } from 'miniagents/agents';
import { concat, concatAll, lastValueFrom, map, NEVER, of, reduce, Subject, throwError, timer, toArray } from 'rxjs';
import { inside, marbles, rejection } from '../laws/support.js';

const tokensOf = (...given: Parameters<typeof joinMessages>) => lastValueFrom(joinMessages(...given).pipe(toArray()));
const textOf = async (...given: Parameters<typeof joinMessages>) => (await joinMessages(...given).resolve()).text;

describe('joinMessages', () => {
  const here = inside();

  describe('B121: texts with a delimiter between', () => {
    it('a blank line, unless told otherwise', async () => {
      expect(await textOf(['a', 'b'])).to.equal('a\n\nb');
      expect(await textOf(['a', 'b'], { delimiter: ', ' })).to.equal('a, b');
      for (const delimiter of [null, '']) expect(await textOf(['a', 'b'], { delimiter })).to.equal('ab');
    });

    it('the tokens are the originals, and the delimiters', async () => {
      const messages = [Message.stream(of('a', 'b')), Message.stream(of('c')), Message.stream(of('d', 'e'))];
      expect(await tokensOf(messages)).to.deep.equal(['a', 'b', '\n\n', 'c', '\n\n', 'd', 'e']);
      expect(await tokensOf(messages, { delimiter: null })).to.deep.equal(['a', 'b', 'c', 'd', 'e']);
    });

    it('nothing is nothing, with no tokens; one is one; blank ones count', async () => {
      expect(await textOf(null)).to.equal('');
      expect(await lastValueFrom(joinMessages([]), { defaultValue: 'none' })).to.equal('none');
      expect(await tokensOf('a')).to.deep.equal(['a']);
      expect(await textOf(['a', '', 'b'])).to.equal('a\n\n\n\nb');
    });

    it('of any number of messages, behind one that is slow', () => {
      marbles(({ tokens, expectObservable }) => {
        const many = Array.from({ length: 10_000 }, (_, i) => `${i}`);
        const joined = joinMessages([tokens('---(s|)'), many], { delimiter: ' ' });
        const whole = ['s', ...many].join(' ');
        expectObservable(joined.whole$.pipe(map(String))).toBe('---(w|)', { w: whole });
        expectObservable(joined.pipe(reduce((text, token) => text + token))).toBe('---(w|)', { w: whole });
      });
    });
  });

  describe('B122: fields', () => {
    const one = new Message({ text: 'a', role: 'user', name: 'ann', data: { a: 1, b: { deep: 1 } } });
    const other = new Message({ text: 'b', role: 'assistant', data: { b: { other: 2 }, c: 2 } });

    it('of all messages, later ones winning; those given win over all', async () => {
      const joined = await joinMessages([one, other], { originalMessages: false }).resolve();
      const data = { a: 1, b: { other: 2 }, c: 2 };
      expect(is(joined, new Message({ text: 'a\n\nb', role: 'assistant', name: 'ann', data }))).to.equal(true);
      const fields = { role: 'system', data: { c: 3 } };
      const given = await joinMessages([one, other], { originalMessages: false, fields }).resolve();
      expect(is(given, joined.merge({ role: 'system', data: { ...data, c: 3 } }))).to.equal(true);
    });

    it('originalMessages lists the messages, unless told otherwise', async () => {
      const { data } = await joinMessages([one, other]).resolve();
      expect(data.originalMessages).to.deep.equal([one, other]);
      expect(Object.isFrozen(data.originalMessages)).to.equal(true);
      const { data: without } = await joinMessages([one], { originalMessages: false }).resolve();
      expect(without).to.not.have.property('originalMessages');
      const { data: again } = await joinMessages([joinMessages([one, other]), 'c']).resolve();
      expect((again.originalMessages as Message[]).map(String)).to.deep.equal(['a\n\nb', 'c']);
    });

    it('the class can be chosen', async () => {
      const Letter = defineMessage('JoinedLetter', { stamps: 0 });
      const joining = joinMessages(['a', new Letter({ text: 'b', stamps: 2 })], { type: Letter });
      expect(joining.draft).to.be.instanceOf(Letter);
      const joined = await joining.resolve();
      expect(joined).to.be.instanceOf(Letter).and.include({ text: 'a\n\nb', stamps: 2 });
      const given = joinMessages(['a'], { type: Letter, fields: { stamps: 3 } });
      expect(given.draft).to.include({ stamps: 3 });
      expect(await given.resolve()).to.include({ stamps: 3 });
      // @ts-expect-error a field that the class does not have
      expect(() => joinMessages(['a'], { fields: { stamps: 3 } })).to.throw(InvalidMessageError, 'stamps');
    });

    it('those given are known before the text', () => {
      const { draft } = joinMessages(NEVER, { fields: { role: 'user', data: { a: 1 } } });
      expect(is(draft, new Message({ role: 'user', data: { a: 1 } }))).to.equal(true);
    });
  });

  describe('B123: leading line ends', () => {
    it('are left out of each message, if asked for', async () => {
      const options = { stripLeadingNewlines: true };
      expect(await textOf(['\n\na', '\n\nb'], options)).to.equal('a\n\nb');
      const split = [Message.stream(of('\n', '\r\n', '\na', '\nb')), Message.stream(of('\n')), ' \nc\n'];
      expect(await tokensOf(split, options)).to.deep.equal(['a', '\nb', '\n\n', '\n\n', ' \nc\n']);
      const [original] = (await joinMessages('\na', options).resolve()).data.originalMessages as Message[];
      expect(original?.text).to.equal('\na');
    });

    it('stay otherwise', async () => {
      expect(await textOf(['\n\na', '\n\nb'])).to.equal('\n\na\n\n\n\nb');
    });
  });

  it('however texts are split into tokens, the joined text is the same', async () => {
    const message = fc.array(fc.string({ unit: 'grapheme', maxLength: 3 }), { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(fc.array(message, { maxLength: 5 }), fc.boolean(), async (messages, strips) => {
        const streams = messages.map((tokens) => Message.stream(of(...tokens)));
        const texts = messages.map((tokens) => tokens.join('').replace(strips ? /^[\r\n]+/ : '', ''));
        expect(await textOf(streams, { stripLeadingNewlines: strips })).to.equal(texts.join('\n\n'));
      }),
    );
  });

  it('a token takes no time', () => {
    marbles(({ cold, expectObservable }) => {
      for (const strips of [false, true]) {
        const messages$ = cold('a-b|', {
          a: Message.stream(cold('--a--b|')),
          b: Message.stream(cold('---c-------d|')),
        });
        const join = miniagent('join', (ctx) =>
          joinMessages(ctx.messages, { delimiter: '+', stripLeadingNewlines: strips }),
        );
        expectObservable(messages$.pipe(join, concatAll())).toBe('--a--b(+c)-d|');
      }
    });
  });

  describe('when it is cancelled', () => {
    for (const stripLeadingNewlines of [false, true])
      it(`lets go of what it subscribed to; strips: ${stripLeadingNewlines}`, () => {
        marbles(({ cold, tokens, expectTokens, expectSubscriptions }) => {
          const message = tokens('--a-b|');
          const input = cold('-m-', { m: message });
          const joined = joinMessages(input, { stripLeadingNewlines });
          timer(3).subscribe(() => joined.cancel());
          expectTokens(joined).toBe('--a#', {}, new CancelledError('the message'));
          expectTokens(message).toBe('--a-b|');
          expectSubscriptions(input.subscriptions).toBe('^--!');
        });
      });

    it('leaves nothing that its MiniAgents would wait for', async () => {
      const endless = Message.stream(NEVER);
      for (const stripLeadingNewlines of [false, true])
        await new MiniAgents().run(() => joinMessages(['a', endless], { stripLeadingNewlines }).cancel());
      endless.cancel();
    });

    it('cancels a cold run of an agent, and leaves what was asked by inquire', () => {
      marbles(({ cold, expectObservable, expectSubscriptions }) => {
        const tokens = cold('a-b-c-d|');
        const leaf = miniagent('leaf', () => Message.stream(tokens));
        const join = miniagent('join', () => joinMessages(leaf('q')));
        expectObservable(of('q').pipe(join, concatAll()), '^--!').toBe('a-b');
        const joined = joinMessages(leaf('q'));
        cold('----x').subscribe(() => joined.cancel());
        const replies = leaf.inquire('q');
        const other = joinMessages(replies);
        cold('----x').subscribe(() => other.cancel());
        expectObservable(replies.tokens$).toBe('a-b-c-d|');
        expectSubscriptions(tokens.subscriptions).toBe(['^---!', '^------!', '^--!']);
      });
    });
  });

  it('a message that ended because its reader left makes no whole', () => {
    marbles(({ tokens, expectMessages }) => {
      const leaf = miniagent('leaf', () => tokens('a-b-c|'));
      const joined$ = leaf('q').pipe(map((message) => joinMessages(message)));
      expectMessages(joined$, '^--!').toBe('m', { m: new CancelledError('agent leaf', 'its subscriber left') });
    });
  });

  describe('an error', () => {
    it('comes after the tokens before it', () => {
      marbles(({ cold, expectObservable }) => {
        const boom = new RangeError('boom');
        const messages = [Message.stream(cold('a-|')), Message.stream(cold('---b-#', undefined, boom)), 'c'];
        expectObservable(joinMessages(messages, { delimiter: '+' })).toBe('a-+b-#', undefined, boom);
      });
    });

    it('of the sequence is that of the message', async () => {
      const input$ = concat(
        of('a'),
        throwError(() => new RangeError('boom')),
      );
      const joined = joinMessages([input$, 'b']);
      expect(await rejection(joined.resolve())).to.be.instanceOf(RangeError);
      const [message] = await MessageSequence.from(joined).errorsAsMessages().resolve();
      expect(message?.text).to.equal('a\nRangeError: boom');
    });

    it('that nobody reads is reported, once', async () => {
      const boom = new RangeError('boom');
      joinMessages(['a', boom]);
      await here.miniAgents.finalize();
      expect(here.takeReported()).to.deep.equal([boom]);
    });
  });

  it('late readers get the same tokens', async () => {
    const joined = joinMessages([Message.stream(of('a', 'b')), 'c']);
    await joined.resolve();
    expect(await lastValueFrom(joined.pipe(toArray()))).to.deep.equal(['a', 'b', '\n\n', 'c']);
  });

  it('bad input is refused, before anything is subscribed to', () => {
    const input = new Subject<string>();
    expect(() => joinMessages(42 as never)).to.throw(NotAMessageError);
    expect(() => joinMessages(input, { delimiter: 1 as never })).to.throw(InvalidArgumentError, 'as delimiter');
    expect(() => joinMessages(input, { type: String as never })).to.throw(InvalidArgumentError, 'as type');
    expect(() => joinMessages(input, { fields: { text: 'a' } as never })).to.throw(InvalidMessageError, 'text');
    expect(() => joinMessages(input, { fields: { data: 1 } as never })).to.throw(InvalidMessageError, 'data');
    expect(input.observed).to.equal(false);
  });
});
