import { expect } from 'chai';
import { is, List } from 'immutable';
import { inspect } from 'node:util';
import { lastValueFrom, map, of, throwError, timer, toArray } from 'rxjs';
import type { Observable } from 'rxjs';
import { CancelledError } from '../../lib/errors/cancelled-error.js';
import { NotAMessageError } from '../../lib/errors/not-a-message-error.js';
import { Message } from '../../lib/messages/message.js';
import { runIn } from '../../lib/scope/ambient.node.js';
import { ErrorMessage } from '../../lib/streams/error-message.js';
import { MessagePromise } from '../../lib/streams/message-promise.js';
import { MessageSequence } from '../../lib/streams/message-sequence.js';
import type { MessageType } from '../../lib/streams/message-type.js';
import { StreamedPromise } from '../../lib/streams/streamed-promise.js';
import { marbles } from '../../lib/testing/marbles.js';
import { failureOf, growing, rejection, TestScope, TestSequence, textOf } from './support.js';

describe('MessageSequence', () => {
  const sequenceOf = (...messages: MessageType[]) => MessageSequence.from(messages);
  const failing = (...messages: MessageType[]) => runIn(new TestScope(), () => sequenceOf(...messages), undefined);
  const all = <Piece>(pieces$: Observable<Piece>) => lastValueFrom(pieces$.pipe(toArray()));

  describe('from', () => {
    it('is a flat sequence out of whatever may be sent', async () => {
      const sequence = sequenceOf('one', [Promise.resolve('two')], of('three'));
      expect(sequence).to.be.instanceOf(MessageSequence).and.instanceOf(StreamedPromise);
      expect(await sequence.text()).to.equal('one\n\ntwo\n\nthree');
      expect(await MessageSequence.from(null).resolve()).to.satisfy((list: List<Message>) => list.isEmpty());
    });

    it('gives a sequence back as it is', () => {
      const sequence = sequenceOf('a');
      expect(MessageSequence.from(sequence)).to.equal(sequence);
    });

    it('throws for what is no message', () => {
      expect(() => MessageSequence.from(42 as never)).to.throw(NotAMessageError);
    });
  });

  describe('has as its pieces', () => {
    it('message promises, the same objects that were sent, there before they are whole', () => {
      const { message, log } = growing();
      const seen: MessagePromise[] = [];
      sequenceOf(message, 'b').subscribe((piece) => seen.push(piece));
      expect(seen[0]).to.equal(message);
      expect(textOf(seen[1])).to.equal('b');
      log.end();
    });

    it('those before an error, which comes when they have ended', () => {
      const { message, log } = growing();
      const seen: unknown[] = [];
      const sequence = failing(message, new Error('boom'), 'after');
      sequence.subscribe({ next: (piece) => seen.push(piece), error: (error: unknown) => seen.push(String(error)) });
      expect(seen).to.have.ordered.members([message]);
      log.end();
      expect(seen).to.have.ordered.members([message, 'Error: boom']);
    });
  });

  describe('has as its whole', () => {
    it('the List of the messages, when all are whole, the same for everybody', async () => {
      const { message, log } = growing();
      const sequence = sequenceOf('a', message);
      expect(sequence.settled()).to.equal(undefined);
      log.append('b');
      log.end();
      const list = await sequence.resolveMessages();
      expect(is(list, List(['a', 'b'].map((text) => new Message({ text }))))).to.equal(true);
      expect(list.get(1)).to.equal(message.settled());
      expect(await sequence.resolve()).to.equal(list);
      expect(await lastValueFrom(sequence.whole$)).to.equal(list);
      expect(await lastValueFrom(sequence.snapshots$)).to.equal(list);
    });

    it('a List that prints its messages, as no other List does', async () => {
      const list = await sequenceOf({ text: 'a', role: 'user' }, 'b').resolve();
      expect(String(list)).to.equal('List [ Message { "text": "a", "role": "user" }, Message { "text": "b" } ]');
      expect(inspect(list)).to.equal(String(list));
      expect(String(await sequenceOf().resolve())).to.equal('List []');
      expect(is(list, List(list))).to.equal(true);
    });

    it('the first error in order, of a message or in its place', async () => {
      const boom = new Error('boom');
      const [first, second] = [growing(), growing()];
      const sequence = sequenceOf(first.message, second.message);
      second.log.end(failureOf('second'));
      first.log.end(failureOf('first'));
      expect(await rejection(sequence.resolve())).to.equal('first');
      expect(await rejection(sequence.text())).to.equal('first');
      expect(
        await rejection(
          failing(
            'a',
            throwError(() => boom),
            'b',
          ).resolve(),
        ),
      ).to.equal(boom);
    });
  });

  it('has all of the text, a blank line between messages', async () => {
    expect(await sequenceOf('a\nb', '', 'c').text()).to.equal('a\nb\n\n\n\nc');
    expect(await sequenceOf().text()).to.equal('');
  });

  it('has every token in order, as it comes', () => {
    marbles(({ tokens, expectTokens }) => {
      expectTokens(sequenceOf(tokens('--a-b|'), 'x', tokens('-c|'))).toBe('--a-b(xc|)');
      expectTokens(sequenceOf('a', '', 'b')).toBe('(ab|)');
    });
  });

  it('has the List as it grows', () => {
    marbles(({ tokens, expectObservable }) => {
      const texts$ = sequenceOf('a', tokens('-b-c')).snapshots$.pipe(map((list) => list.join('+')));
      expectObservable(texts$).toBe('ab-c', { a: 'a+', b: 'a+b', c: 'a+bc' });
    });
  });

  describe('with its errors as messages', () => {
    it('has each at its place, and what was sent after it', async () => {
      const { message, log } = growing();
      const sequence = failing('a', new RangeError('boom'), message, 'd').errorsAsMessages();
      log.append('c');
      log.end(failureOf(new TypeError('cut')));
      expect(await sequence.text()).to.equal('a\n\nRangeError: boom\n\nc\nTypeError: cut\n\nd');
      const list = await sequence.resolve();
      expect(list.map((each) => each instanceof ErrorMessage).toArray()).to.deep.equal([false, true, true, false]);
    });

    it('is always the same sequence of the same objects', async () => {
      const sequence = failing('a', new RangeError('boom'));
      const view = sequence.errorsAsMessages();
      expect(sequence.errorsAsMessages()).to.equal(view);
      expect(await all(view)).to.have.ordered.members(await all(view));
      expect((await all(view))[0]).to.equal(sequence.log.entries[0]);
    });

    it('leaves the sequence itself as it is', async () => {
      const sequence = failing('a', new RangeError('boom'));
      await sequence.errorsAsMessages().resolve();
      expect(await rejection(sequence.resolve())).to.be.instanceOf(RangeError);
    });
  });

  it('is cancelled where it comes from, with the reason; a view of it, too', () => {
    const reasons: unknown[] = [];
    const sequence = new MessageSequence({
      log: new TestSequence().log,
      cancelBecause: (reason) => reasons.push(reason),
    });
    sequence.cancel('one');
    sequence.errorsAsMessages().cancel('other');
    expect(reasons).to.deep.equal(['one', 'other']);
  });

  it('begins when somebody looks, in whichever way', async () => {
    const ways: ((sequence: MessageSequence) => unknown)[] = [
      (sequence) => sequence.subscribe(),
      (sequence) => sequence.tokens$.subscribe(),
      (sequence) => sequence.snapshots$.subscribe(),
      (sequence) => sequence.whole$.subscribe(),
      (sequence) => void sequence.resolve(),
      (sequence) => void sequence.text(),
      (sequence) => sequence[Symbol.asyncIterator]().next(),
      (sequence) => sequence.errorsAsMessages().subscribe(),
      (sequence) => MessageSequence.from([sequence]),
    ];
    for (const look of ways) {
      let begun = 0;
      const { log } = new TestSequence();
      const sequence = new MessageSequence({ log, begin: () => begun++, cancelBecause: () => {} });
      sequence.errorsAsMessages();
      expect(begun).to.equal(0);
      void look(sequence);
      expect(begun, String(look)).to.be.greaterThan(0);
      log.end();
    }
  });

  describe('calls back when it is done', () => {
    const watched = () => {
      const { log } = new TestSequence();
      const sequence = new MessageSequence({ log, cancelBecause: () => {} });
      let times = 0;
      return { log, sequence, done: () => times++, times: () => times };
    };

    it('once, when it has ended and every message is whole, or failed', () => {
      const { log, sequence, done, times } = watched();
      const [first, second] = [growing(), growing()];
      for (const { message } of [first, second]) log.append(message);
      sequence.whenDone(done);
      log.end();
      first.log.end();
      expect(times()).to.equal(0);
      second.log.end(failureOf('boom'));
      expect(times()).to.equal(1);
    });

    it('at once, where it is done already', () => {
      const { log, sequence, done, times } = watched();
      log.append(MessagePromise.of('a'));
      log.append(failureOf('boom'));
      log.end();
      sequence.whenDone(done);
      expect(times()).to.equal(1);
    });

    it('at once, where it is cut', () => {
      const { log, sequence, done, times } = watched();
      log.append(growing().message);
      sequence.whenDone(done);
      log.end(failureOf('cancelled'));
      expect(times()).to.equal(1);
    });
  });

  it('keeps a source that is silent only as long as it is not cancelled', () => {
    marbles(({ cold, expectSubscriptions }) => {
      const source = cold('-');
      const sequence = failing(source);
      timer(2).subscribe(() => sequence.cancel());
      expectSubscriptions(source.subscriptions).toBe('^-!');
    });
  });

  it('is cancelled for those who are not through, though all its messages are there', () => {
    const { log, message } = growing();
    const sequence = failing('a', message);
    expect(sequence.origin.log.ended).to.equal(true);
    const reads = [sequence.tokens$, sequence.snapshots$, sequence.whole$].map((pieces$) => {
      const errors: unknown[] = [];
      (pieces$ as Observable<unknown>).subscribe({ error: (error: unknown) => errors.push(error) });
      return errors;
    });
    sequence.cancel('enough');
    for (const errors of reads) {
      expect(errors).to.have.length(1);
      expect(errors[0]).to.be.instanceOf(CancelledError).and.include({ cause: 'enough' });
    }
    expect(log.ended, 'a message from elsewhere goes on').to.equal(false);
  });
});
