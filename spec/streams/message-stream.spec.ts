import { expect } from 'chai';
import { is } from 'immutable';
import { concat, lastValueFrom, NEVER, Observable, of, Subject, throwError, timer, toArray } from 'rxjs';
import { CancelledError } from '../../lib/errors/cancelled-error.js';
import { InvalidArgumentError } from '../../lib/errors/invalid-argument-error.js';
import { InvalidMessageError } from '../../lib/errors/invalid-message-error.js';
import { defineMessage } from '../../lib/messages/define-message.js';
import { Message } from '../../lib/messages/message.js';
import { runIn } from '../../lib/scope/ambient.node.js';
import type { MessagePromise } from '../../lib/streams/message-promise.js';
import '../../lib/streams/message-stream.js';
import { marbles } from '../../lib/testing/marbles.js';
import { rejection, TestScope } from './support.js';

describe('Message.stream', () => {
  const Rating = defineMessage('StreamedRating', { stars: 0 });
  const tokensOf = (message: MessagePromise) => lastValueFrom(message.pipe(toArray()));
  const inside = <Result>(work: () => Result, scope = new TestScope()) => runIn(scope, work, undefined);

  it('is a promise of a message out of its tokens', async () => {
    const message = Message.stream(of('Hel', 'lo'), { role: 'assistant', data: { model: 'm' } });
    expect(message.draft).to.include({ text: '', role: 'assistant' });
    expect(await tokensOf(message)).to.deep.equal(['Hel', 'lo']);
    const whole = new Message({ text: 'Hello', role: 'assistant', data: { model: 'm' } });
    expect(is(await message.resolve(), whole)).to.equal(true);
  });

  it('is of the class that it is called on', async () => {
    const message = Rating.stream(of('good'), { stars: 5 });
    expect(message.draft).to.be.instanceOf(Rating);
    expect(await message.resolve())
      .to.be.instanceOf(Rating)
      .and.include({ text: 'good', stars: 5 });
  });

  it('takes tokens from any source, of a generator what it yields', async () => {
    async function* generator() {
      yield 'a';
      yield 'b';
      return { usage: 2 };
    }
    const stream = new ReadableStream({
      start(controller) {
        for (const token of ['a', 'b']) controller.enqueue(token);
        controller.close();
      },
    });
    for (const source of [of('a', 'b'), ['a', 'b'], generator(), stream]) {
      expect(await tokensOf(Message.stream(source))).to.deep.equal(['a', 'b']);
    }
    expect(await tokensOf(Message.stream(Promise.resolve('ab')))).to.deep.equal(['ab']);
    expect(await tokensOf(Message.stream('ab'))).to.deep.equal(['ab']);
  });

  it('subscribes at once and once, so that a hot source loses nothing', () => {
    marbles(({ hot, expectTokens, expectSubscriptions }) => {
      const source = hot('-a--b|');
      const message = Message.stream(source);
      expectTokens(message).toBe('-a--b|');
      expectTokens(message, '--^').toBe('--a-b|');
      expectTokens(message, '------^').toBe('------(ab|)');
      expectSubscriptions(source.subscriptions).toBe('^----!');
    });
  });

  describe('takes fields that are known only at the end', () => {
    it('once, with the whole text; they win over those before', async () => {
      const texts: string[] = [];
      const last = (text: string) => (texts.push(text), { name: 'last', data: { usage: text.length } });
      const message = Message.stream(of('Hel', 'lo'), { role: 'assistant', name: 'first' }, last);
      await message.resolve();
      const whole = await message.resolve();
      expect(whole).to.include({ text: 'Hello', role: 'assistant', name: 'last' });
      expect(whole.data).to.deep.equal({ usage: 5 });
      expect(message.draft.name).to.equal('first');
      expect(texts).to.deep.equal(['Hello']);
    });

    it('and not, where it fails before', async () => {
      let called = 0;
      const message = inside(() =>
        Message.stream(
          throwError(() => new Error('boom')),
          {},
          () => (called++, {}),
        ),
      );
      await rejection(message.resolve());
      expect(called).to.equal(0);
    });

    it('and fails for all its readers, where they cannot be had or do not fit', async () => {
      const boom = new Error('boom');
      const throws = () => {
        throw boom;
      };
      const failing = inside(() => Message.stream(of('a'), {}, throws));
      const unfit = inside(() => Message.stream(of('a'), {}, () => ({ data: { wrong: () => {} } })));
      expect(await rejection(failing.resolve())).to.equal(boom);
      expect(await rejection(lastValueFrom(failing))).to.equal(boom);
      expect(await rejection(lastValueFrom(unfit))).to.be.instanceOf(InvalidMessageError);
    });

    it('may be a message, and no promise of one, which ends nothing if it is rejected', async () => {
      const known = new Message({ text: 'not this', name: 'last' });
      expect((await Message.stream(of('a'), { role: 'user' }, () => known).resolve()).toObject()).to.deep.include({
        text: 'a',
        name: 'last',
      });
      for (const wrong of [Promise.reject(new Error('boom')), Promise.resolve({ name: 'last' }), null, 'text']) {
        const message = inside(() => Message.stream(of('a'), {}, () => wrong as never));
        expect(await rejection(message.resolve()))
          .to.be.instanceOf(InvalidMessageError)
          .with.property('path', 'last');
      }
    });
  });

  describe('fails', () => {
    it('at once, where the fields are not a message’s, or have a text', () => {
      const subscribed = new Observable<string>(() => expect.fail('subscribed'));
      for (const fields of [{ model: 'm' }, { role: 1 }, { text: 'a' }, { text: '' }]) {
        expect(() => Message.stream(subscribed, fields as never)).to.throw(InvalidMessageError);
      }
    });

    it('with the error of the source, after the tokens before it', async () => {
      const boom = new Error('boom');
      const message = inside(() =>
        Message.stream(
          concat(
            of('a'),
            throwError(() => boom),
          ),
        ),
      );
      const seen: unknown[] = [];
      message.subscribe({ next: (token) => seen.push(token), error: (error: unknown) => seen.push(error) });
      expect(seen).to.deep.equal(['a', boom]);
      expect(await rejection(message.resolve())).to.equal(boom);
    });

    it('as a part of that in which it was made: nobody else reports it', () => {
      const scope = new TestScope();
      inside(() => Message.stream(throwError(() => new Error('boom'))), scope);
      expect(scope.unconsumed().map(String)).to.deep.equal(['Error: boom']);
    });

    it('with what is no token, and lets go of the source, which may write on at once', async () => {
      let pulled = 0;
      function* tokens() {
        for (;;) yield ++pulled === 3 ? (42 as never) : 'a';
      }
      const message = inside(() => Message.stream(tokens()));
      expect(await rejection(message.resolve()))
        .to.be.instanceOf(InvalidArgumentError)
        .and.include({ message: 'expected a token, which is a string; got 42 (number)', value: 42 });
      expect(pulled).to.equal(3);
    });

    it('with a source that is none', async () => {
      for (const source of [42, null, undefined, {}, () => {}]) {
        const thrown = await rejection(inside(() => Message.stream(source as never)).resolve());
        expect(thrown).to.be.instanceOf(InvalidArgumentError).and.include({ value: source });
        expect((thrown as Error).message).to.match(/^expected a source of tokens; got /);
      }
    });

    it('for all its readers alike, where the text is no text: half of a surrogate pair', async () => {
      const message = inside(() => Message.stream(of('a', '\ud83d')));
      const endOf = () =>
        lastValueFrom(message.pipe(toArray())).then(
          () => 'complete',
          (error: Error) => error.name,
        );
      const early = endOf();
      expect(await rejection(message.resolve())).to.be.instanceOf(InvalidMessageError);
      expect([await early, await endOf()]).to.deep.equal(['InvalidMessageError', 'InvalidMessageError']);
    });
  });

  describe('lets go of the source', () => {
    it('when it is cancelled: its readers get a CancelledError after the tokens so far', () => {
      marbles(({ cold, expectTokens, expectObservable, expectSubscriptions }) => {
        const source = cold('-a-b');
        const message = inside(() => Message.stream(source));
        const cancelled = new CancelledError('the message', 'enough');
        timer(2).subscribe(() => message.cancel('enough'));
        expectTokens(message).toBe('-a#', {}, cancelled);
        expectObservable(message.whole$).toBe('--#', {}, cancelled);
        expectSubscriptions(source.subscriptions).toBe('^-!');
      });
    });

    it('when that in which it was made is cancelled, and is no part of it any more when it has ended', () => {
      const [scope, tokens, others] = [new TestScope(), new Subject<string>(), new Subject<string>()];
      inside(() => [tokens, others].map((source) => Message.stream(source)), scope);
      others.complete();
      scope.letGo();
      expect(scope.over).to.equal(false);
      scope.cancel({ error: new CancelledError('the run'), quiet: true });
      expect(tokens.observed).to.equal(false);
      expect(scope.over).to.equal(true);
    });

    it('at once, where that is cancelled already', async () => {
      const [scope, tokens] = [new TestScope(), new Subject<string>()];
      scope.cancel({ error: new CancelledError('the run'), quiet: false });
      const message = inside(() => Message.stream(tokens), scope);
      expect(tokens.observed).to.equal(false);
      expect(await rejection(message.resolve())).to.be.instanceOf(CancelledError);
    });

    it('though its teardown throws, which is reported', async () => {
      const scope = new TestScope();
      const throws = () => {
        throw new Error('in teardown');
      };
      const message = inside(() => Message.stream(new Observable(() => throws)), scope);
      expect(() => message.cancel()).not.to.throw();
      await rejection(message.resolve());
      scope.letGo();
      expect(scope.over).to.equal(true);
      expect(scope.unconsumed()).to.have.lengthOf(1);
    });

    it('once: what comes after the end changes nothing', async () => {
      const message = Message.stream(of('a'));
      message.cancel();
      expect((await message.resolve()).text).to.equal('a');
      const never = inside(() => Message.stream(NEVER));
      never.cancel('first');
      never.cancel('second');
      expect(await rejection(never.resolve())).to.have.property('cause', 'first');
    });
  });
});
