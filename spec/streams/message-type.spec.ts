import { expect } from 'chai';
import { List, Map as ImmutableMap, OrderedSet, Record, Seq, Set as ImmutableSet, Stack } from 'immutable';
import { of, Subject } from 'rxjs';
import { InvalidMessageError } from '../../lib/errors/invalid-message-error.js';
import { NotAMessageError } from '../../lib/errors/not-a-message-error.js';
import { Message } from '../../lib/messages/message.js';
import { MessagePromise } from '../../lib/streams/message-promise.js';
import { isEntry, isNested, readSent } from '../../lib/streams/message-type.js';
import { failureOf, TestScope, TestSequence, textOf } from './support.js';

describe('readSent', () => {
  const read = (value: unknown, scope = new TestScope()) => readSent(value, scope);
  const texts = (value: unknown) => read(value).map(textOf);

  it('makes a message promise of a text, a Message, and the fields of one', () => {
    const message = new Message({ text: 'b', role: 'user' });
    const sent = read(['a', message, { text: 'c', role: 'system', data: { d: 1 } }, { text: '' }]);
    expect(sent.map(isEntry)).to.deep.equal([true, true, true, true]);
    expect(sent.map(textOf)).to.deep.equal(['a', 'b', 'c', '']);
    expect((sent[1] as MessagePromise).settled()).to.equal(message);
    expect((sent[2] as MessagePromise).draft).to.include({ role: 'system' });
    expect(texts('alone')).to.deep.equal(['alone']);
    expect(texts('')).to.deep.equal(['']);
  });

  it('hands on what is a stream already, and reads nothing of it', () => {
    const sent = [
      ...[MessagePromise.of('a'), new TestSequence(), failureOf('boom')],
      ...[of('b'), new Subject(), Promise.resolve('c'), new ReadableStream(), (async function* () {})()],
    ];
    expect(read(sent)).to.have.ordered.members(sent);
    expect((sent[1] as TestSequence).begun).to.equal(0);
  });

  it('makes nothing of null and undefined', () => {
    expect(read([null, undefined, [null], []])).to.deep.equal([]);
    expect([read(null), read(undefined)]).to.deep.equal([[], []]);
  });

  it('makes an error at its place of an Error', () => {
    const scope = new TestScope();
    const boom = new RangeError('boom');
    expect(read(['a', boom, 'b'], scope).map(textOf)).to.deep.equal(['a', 'error: RangeError: boom', 'b']);
    expect(scope.unconsumed()).to.deep.equal([boom]);
  });

  it('expands iterables in place, to any depth', () => {
    function* generator() {
      yield 'b';
      yield ['c', new Set(['d'])];
    }
    const immutable = [List(['f']), ImmutableSet(['g']), OrderedSet(['h']), Stack(['i', 'j']), Seq(['k'])];
    const value = ['a', generator(), [[['e']]], immutable, new Map([[1, 'l']]).values(), 'm'];
    expect(texts(value)).to.deep.equal([...'abcdefghijklm']);
  });

  it('reads them at once: a later change is not seen', () => {
    const list = ['a'];
    const sent = read(list);
    list.push('b');
    expect(sent).to.have.lengthOf(1);
  });

  it('no depth of nesting overflows the stack', () => {
    let value: unknown = 'a';
    for (let i = 0; i < 10_000; i++) value = [value];
    expect(texts(value)).to.deep.equal(['a']);
  });

  it('refuses what is no message, and says what came', () => {
    const Point = Record({ x: 0 });
    const junk: [unknown, string][] = [
      ...([
        [42, '42 (number)'],
        [true, '(boolean)'],
        [10n, '(bigint)'],
        [Symbol('mark'), 'Symbol(mark)'],
      ] as [unknown, string][]),
      [() => 'a', '(function)'],
      [new Date(0), '(Date)'],
      [/x/, '(RegExp)'],
      [new (class Wallet {})(), '(Wallet)'],
      [new Map(), '(Map)'],
      [ImmutableMap({ text: 'a' }), 'Map { "text": "a" }'],
      [new Point(), 'Record'],
      [new Uint8Array(1), '0 (number)'],
    ];
    for (const [value, what] of junk) {
      for (const sent of [value, ['a', [value]]]) {
        expect(() => read(sent), what).to.throw(NotAMessageError, what);
      }
    }
  });

  it('refuses fields that are no message’s, naming the field', () => {
    const wrong: [object, string][] = [
      [{ content: 'a' }, 'content'],
      [{ text: 1 }, 'text'],
      [{ data: { x: NaN } }, 'data.x'],
    ];
    for (const [fields, path] of wrong) {
      expect(() => read(['a', fields]))
        .to.throw(InvalidMessageError)
        .with.property('path', path);
    }
  });

  it('refuses text that no message can have: half of a surrogate pair', () => {
    for (const sent of ['\ud83d', ['a', '\ud83d']]) expect(() => read(sent)).to.throw(InvalidMessageError, 'surrogate');
  });

  it('has the error of an iterator that throws at its place, after what it gave before', () => {
    function* failing() {
      yield 'b';
      throw new Error('boom');
    }
    expect(texts(['a', failing(), 'c'])).to.deep.equal(['a', 'b', 'error: Error: boom', 'c']);
    const atOnce = { [Symbol.iterator]: () => ({ next: () => expect.fail('boom') }) };
    expect(texts([atOnce, 'c'])).to.deep.equal(['error: AssertionError: boom', 'c']);
  });

  it('closes an iterable that it refuses half-way', () => {
    const log: string[] = [];
    function* generator() {
      try {
        yield 'a';
        yield 42;
      } finally {
        log.push('closed');
      }
    }
    expect(() => read(['x', [generator()]])).to.throw(NotAMessageError);
    expect(log).to.deep.equal(['closed']);
  });
});

describe('isNested, isEntry', () => {
  it('tell sequences, and messages and errors, from all else', () => {
    const [nested, entries] = [new TestSequence(), [MessagePromise.of('a'), failureOf('boom')]];
    expect(isNested(nested)).to.equal(true);
    expect(isEntry(nested)).to.equal(false);
    for (const entry of entries) expect([isEntry(entry), isNested(entry)]).to.deep.equal([true, false]);
    for (const other of [null, undefined, 'a', new Message(), new Error('boom'), {}, of('a')]) {
      expect([isEntry(other), isNested(other)]).to.deep.equal([false, false]);
    }
  });

  it('know those of another copy of the library', () => {
    expect(isNested({ [Symbol.for('miniagents.MessageSequence')]: true })).to.equal(true);
    expect(isEntry({ [Symbol.for('miniagents.MessagePromise')]: true })).to.equal(true);
  });
});
