import { expect } from 'chai';
import { NEVER, Observable, of, startWith, Subject, throwError } from 'rxjs';
import { NotAMessageError } from '../../lib/errors/not-a-message-error.js';
import { currentScope } from '../../lib/scope/ambient.node.js';
import { Flattening } from '../../lib/streams/flattening.js';
import type { FlatteningListener } from '../../lib/streams/flattening.js';
import { MessageSequence } from '../../lib/streams/message-sequence.js';
import { marbles } from '../../lib/testing/marbles.js';
import { failureOf, growing, TestScope, TestSequence, textOf, textsOf } from './support.js';

describe('Flattening', () => {
  function flattened(listener: FlatteningListener = {}) {
    const scope = new TestScope();
    const flattening = new Flattening(scope, listener);
    const send = (value: unknown, outOfOrder = false) => flattening.send(flattening.read(value), outOfOrder);
    const seen = () => [...textsOf(flattening.log.entries), ...(flattening.log.ended ? ['end'] : [])];
    const sequence = new MessageSequence({ log: flattening.log, cancelBecause: () => {} });
    return { scope, flattening, send, seen, sequence };
  }

  describe('in order', () => {
    it('makes one flat sequence of what is sent, nested ones expanded in place', () => {
      const { flattening, send, seen } = flattened();
      const [source, sequence] = [new Subject(), new TestSequence()];
      for (const value of ['a', source, ['d', [of('e', ['f'])]], sequence, 'h']) send(value);
      expect(seen()).to.deep.equal(['a']);
      source.next('b');
      source.next(of('c'));
      expect(seen()).to.deep.equal(['a', 'b', 'c']);
      source.complete();
      sequence.say('g').log.end();
      flattening.close();
      expect(seen()).to.deep.equal(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'end']);
    });

    it('keeps what is forwarded the same object', () => {
      const { flattening, send } = flattened();
      const { message } = growing();
      const sequence = new TestSequence();
      sequence.log.append(message);
      send([message, of(message), sequence]);
      sequence.log.end();
      expect(flattening.log.entries).to.have.ordered.members([message, message, message]);
    });

    it('subscribes to everything when it is sent, once, in its scope', () => {
      const { scope, send } = flattened();
      const scopes: unknown[] = [];
      const source = () => new Observable(() => void scopes.push(currentScope()));
      const sequence = new TestSequence();
      send([NEVER, source(), [source()], sequence]);
      expect(scopes).to.deep.equal([scope, scope]);
      expect(sequence.begun).to.equal(1);
    });

    it('keeps together what is sent together, though whoever reads the first of it sends more', () => {
      for (const sent of [
        ['a', 'b', 'c'],
        ['a', of('b'), 'c'],
      ]) {
        const { flattening, send, seen } = flattened();
        let woken = 0;
        flattening.log.wait({ run: () => void (woken++ || send('more')) });
        send(sent);
        expect(seen()).to.deep.equal(['a', 'b', 'c', 'more']);
      }
    });

    it('has any number of places wait behind one that is not ready', () => {
      const { flattening, send } = flattened();
      const slow = new Subject();
      send(slow);
      for (let i = 0; i < 10_000; i++) send('a');
      flattening.close();
      expect(flattening.log.entries).to.have.lengthOf(0);
      slow.complete();
      expect(flattening.log.entries).to.have.lengthOf(10_000);
      expect(flattening.log.ended).to.equal(true);
    });

    it('no depth of sources in sources overflows the stack', () => {
      const { flattening, send, seen } = flattened();
      let nested: unknown = 'a';
      for (let i = 0; i < 10_000; i++) nested = of(nested);
      send(nested);
      flattening.close();
      expect(seen()).to.deep.equal(['a', 'end']);
    });
  });

  describe('out of order', () => {
    it('merges what is sent in as it arrives, a turn after the ordered', () => {
      marbles(({ cold, expectMessages }) => {
        const { flattening, send, sequence } = flattened();
        send(cold('               ----------z|').pipe(startWith('x')), true);
        send(['1', '2'], true);
        send(cold('               -------y-----|'), true);
        send(cold('               --------b|').pipe(startWith('a')));
        flattening.close();
        expectMessages(sequence).toBe('(ax12)-yb-z--|');
      });
    });

    it('subscribes to it when it is sent, all the same', () => {
      const { send } = flattened();
      const source = new Subject();
      send(source, true);
      expect(source.observed).to.equal(true);
    });

    it('keeps the order inside what is sent at once', () => {
      marbles(({ cold, expectMessages }) => {
        const { flattening, send, sequence } = flattened();
        send([cold('--a|'), 'b'], true);
        flattening.close();
        expectMessages(sequence).toBe('--a(b|)');
      });
    });
  });

  describe('errors', () => {
    it('stand at their places, and what comes after them comes', () => {
      const { flattening, send, seen } = flattened();
      const cut = new TestSequence().say('c');
      cut.log.end(failureOf('cut'));
      send(['a', new Error('sent'), throwError(() => new Error('source')), of('b', new Error('inside')), cut, 'd']);
      flattening.close();
      expect(seen()).to.deep.equal([
        ...[
          'a',
          'error: Error: sent',
          'error: Error: source',
          'b',
          'error: Error: inside',
          'c',
          'error: cut',
          'd',
          'end',
        ],
      ]);
    });

    it('are the scope’s, to be consumed or reported', () => {
      const { scope, send } = flattened();
      send([throwError(() => new Error('source')), new Error('sent')]);
      expect(scope.unconsumed().map(String)).to.have.members(['Error: source', 'Error: sent']);
    });

    it('are thrown for what is no message, and nothing of it is sent', () => {
      const { send, seen } = flattened();
      expect(() => send(['a', 42])).to.throw(NotAMessageError);
      expect(seen()).to.deep.equal([]);
    });

    it('stand in the place of what is no message, where a source said it; the source goes on', () => {
      const { send, seen } = flattened();
      const source = new Subject();
      send(source);
      for (const value of ['a', 42, { content: 'x' }, 'b']) source.next(value);
      expect(seen().map((text) => String(text).slice(0, 26))).to.deep.equal([
        ...['a', 'error: NotAMessageError: e', 'error: InvalidMessageError', 'b'],
      ]);
    });

    it('come as the last thing, where it is closed with one, after the out-of-order ones', () => {
      marbles(({ cold, expectMessages }) => {
        const { flattening, send, sequence } = flattened();
        send('a');
        send(cold('--b-|'), true);
        flattening.close(failureOf('boom'));
        expectMessages(sequence).toBe('a-b-#', {}, 'boom');
      });
    });

    it('become messages at their places, where that is wanted', () => {
      const { flattening, send, seen } = flattened();
      const { message, log } = growing();
      flattening.errorsAsMessages = true;
      send(['a', new RangeError('boom'), message]);
      flattening.close(failureOf(new TypeError('last')));
      log.append('Hel');
      log.end(failureOf(new RangeError('cut')));
      expect(seen()).to.deep.equal(['a', 'RangeError: boom', 'Hel\nRangeError: cut', 'TypeError: last', 'end']);
    });
  });

  describe('ends', () => {
    it('when it is closed and everything has come; then nothing more can be sent', () => {
      const { flattening, send, seen } = flattened();
      expect(flattening.closed).to.equal(false);
      flattening.close();
      expect(flattening.closed).to.equal(true);
      expect(seen()).to.deep.equal(['end']);
      send('late');
      flattening.close(failureOf('late'));
      expect(seen()).to.deep.equal(['end']);
    });

    it('now, and lets go of every source, when it is cut', () => {
      const { flattening, send, seen } = flattened();
      const [one, other] = [new Subject(), new Subject()];
      send(['a', one, other]);
      const cancelled = failureOf('cancelled');
      flattening.cut(cancelled, true);
      expect(flattening.log).to.include({ ended: true, failure: cancelled, quiet: true });
      expect([one.observed, other.observed, flattening.closed]).to.deep.equal([false, false, true]);
      expect(seen()).to.deep.equal(['a', 'end']);
    });

    it('without those out of order that have not had their turn, when it is cut', () => {
      marbles(({ expectMessages }) => {
        const { flattening, send, sequence } = flattened();
        send('a', true);
        flattening.cut(failureOf('cancelled'), false);
        expectMessages(sequence).toBe('#', {}, 'cancelled');
      });
    });

    it('in the middle of what a source writes at once, too', () => {
      const { flattening, send } = flattened({
        onEntry: () => seen++ === 2 && flattening.cut(failureOf('enough'), false),
      });
      let seen = 0;
      let pulled = 0;
      const source = new Observable<string>((subscriber) => {
        while (!subscriber.closed && pulled < 1000) subscriber.next(String(pulled++));
      });
      send(source);
      expect(seen).to.equal(3);
      expect(pulled).to.equal(3);
    });

    it('with the teardown of each source, whatever another’s throws', () => {
      const { scope, flattening, send } = flattened();
      const log: string[] = [];
      const source = (text: string) => () => {
        log.push(text);
        if (text === 'one') throw new Error('in teardown');
      };
      send(['one', 'other'].map((text) => new Observable(() => source(text))));
      flattening.cut(failureOf('cancelled'), false);
      expect(log).to.deep.equal(['one', 'other']);
      expect(scope.unconsumed()).to.have.lengthOf(1);
    });

    it('and subscribes to nothing then', () => {
      const { flattening, send } = flattened();
      const [outer, inner] = [new Subject(), new Subject()];
      send(outer);
      const sent = flattening.read([inner]);
      flattening.cut(failureOf('cancelled'), false);
      flattening.send(sent);
      expect(inner.observed).to.equal(false);
    });
  });

  it('tells its listener of each entry, before those who read along get it, and of the end, once', () => {
    const log: unknown[] = [];
    const { flattening, send } = flattened({
      onEntry: (entry, told) => log.push(`told ${String(textOf(entry))} ${told === flattening}`),
      onEnd: () => log.push('told of the end'),
    });
    flattening.log.wait({ run: () => log.push(flattening.log.ended ? 'read the end' : 'read') });
    send('a');
    flattening.close();
    flattening.cut(failureOf('late'), false);
    expect(log.slice(0, 2)).to.deep.equal(['told a true', 'read']);
    expect(log.filter((entry) => entry === 'told of the end')).to.have.lengthOf(1);
  });

  it('tells of its end before those who read along hear of it, and not where it was cut', () => {
    const told: string[] = [];
    const { flattening, send } = flattened({ onEnding: () => told.push(`ended: ${flattening.log.ended}`) });
    send('a');
    flattening.close();
    expect(told).to.deep.equal(['ended: false']);
    const other = flattened({ onEnding: () => told.push('cut') });
    other.flattening.cut(failureOf('boom'), false);
    expect(told).to.have.lengthOf(1);
  });
});
